// Package render writes a document so that a person or another program can
// look at it: as JSON, as Markdown and as a page of HTML. It adds no meaning:
// what a reader of package extract reported is shown as it is, with its notes.
package render

import (
	"strings"

	"yusuan/extract/document"
)

// place is a place of a table's grid: the cell that begins there, a place that
// a cell from above or from the left covers, or one without a cell.
type place struct {
	cell    *document.Cell
	covered bool
}

// grid returns the places of a table, row by row.
func grid(t *document.Table) [][]place {
	out := make([][]place, t.Rows)
	for r, row := range t.Grid() {
		out[r] = make([]place, t.Cols)
		for c, i := range row {
			if i < 0 {
				continue
			}
			cell := &t.Cells[i]
			if cell.Row == r && cell.Col == c {
				out[r][c].cell = cell
			} else {
				out[r][c].covered = true
			}
		}
	}
	return out
}

// isNumber tells whether a text is a number as tables print it, for aligning
// it to the right. What the number means is not asked here.
func isNumber(s string) bool {
	s = strings.TrimSpace(s)
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789.,-%") == ""
}
