package text

import (
	"strings"

	"yusuan/extract/document"
)

// layOut places the cells of rows in a grid as wide as the longest row. With
// exact rows it restores the spans that their lengths prove:
//
//   - the only cell of a row spans all columns;
//   - the cells of a header of several rows span what stack finds.
//
// All other cells stand at consecutive columns from the left and span one. It
// returns the rows that are shorter than the grid and not explained.
func layOut(rows [][]string, exact bool) (*document.Table, []int) {
	t := &document.Table{Rows: len(rows), Outer: -1}
	cells := 0
	for _, row := range rows {
		t.Cols = max(t.Cols, len(row))
		cells += len(row)
	}
	t.Cells = make([]document.Cell, 0, cells)
	usual := plain(t.Cols)
	proved := map[int]spanned{}
	if exact {
		proved = stack(rows, t.Cols)
	}
	var unknown []int
	owner := make([]int, t.Cols) // per column, the cell that a continued one belongs to
	for r, row := range rows {
		s, ok := proved[r]
		if !ok {
			s = usual
			switch {
			case exact && len(row) == 1:
				s.widths = []int{t.Cols}
			case len(row) < t.Cols:
				unknown = append(unknown, r)
			}
		}
		col := 0
		for i, text := range row {
			if s.continued[i] {
				t.Cells[owner[col]].RowSpan++
			} else {
				owner[col] = len(t.Cells)
				t.Cells = append(t.Cells, document.Cell{
					Row: r, Col: col, RowSpan: 1, ColSpan: s.widths[i], Text: trimLines(text)})
			}
			col += s.widths[i]
		}
	}
	return t, unknown
}

// trimLines removes empty lines at the end: they are the distance that
// somebody left below the text of a cell.
func trimLines(s string) string { return strings.TrimRight(s, "\n") }

// spanned is a row whose cells have known widths; a continued cell is part of
// the one above it.
type spanned struct {
	widths    []int
	continued []bool
}

func plain(n int) spanned {
	s := spanned{make([]int, n), make([]bool, n)}
	for i := range s.widths {
		s.widths[i] = 1
	}
	return s
}

// stack finds the spans of a header whose rows get longer downwards, where
// document.StackedWidths proves them. It begins at the first row of full width,
// provided that data of that width follow, and goes upward while the numbers
// agree. A row with a number is no header: in data a blank cell is a value that
// is missing.
func stack(rows [][]string, cols int) map[int]spanned {
	proved := map[int]spanned{}
	base := 0
	for base < len(rows) && len(rows[base]) < cols {
		base++
	}
	if base == 0 || !headsData(rows, base, cols) {
		return proved
	}
	for _, row := range rows[:base+1] {
		for _, text := range row {
			if isNumber(text) {
				return proved
			}
		}
	}
	lower := plain(cols)
	for r := base; r > 0; r-- {
		upper, ok := over(len(rows[r-1]), rows[r], lower)
		if !ok {
			break
		}
		proved[r], proved[r-1] = lower, upper
		lower = upper
	}
	return proved
}

// headsData tells whether the row after the header, section titles aside, is
// of full width.
func headsData(rows [][]string, base, cols int) bool {
	for _, row := range rows[base+1:] {
		if len(row) > 1 {
			return len(row) == cols
		}
	}
	return false
}

// over returns the widths of a row of n cells that stands over a longer one,
// and marks the blank cells of the lower row, which continue it. It fails if
// nothing is proved.
func over(n int, row []string, lower spanned) (spanned, bool) {
	blank := make([]bool, len(row))
	for i, text := range row {
		blank[i] = strings.TrimSpace(text) == ""
	}
	widths, ok := document.StackedWidths(n, blank, lower.widths)
	if !ok {
		return spanned{}, false
	}
	copy(lower.continued, blank)
	return spanned{widths, make([]bool, n)}, true
}

// isNumber tells whether a cell is nothing but a number, as amounts, counts,
// shares and years are.
func isNumber(s string) bool {
	digits := 0
	for _, r := range strings.TrimSpace(s) {
		switch {
		case '0' <= r && r <= '9' || '０' <= r && r <= '９':
			digits++
		case !strings.ContainsRune(".,，．-－−%％ \u00a0", r):
			return false
		}
	}
	return digits > 0
}
