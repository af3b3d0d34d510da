package synth

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// pdfCell is a cell as it is seen: merged cells are one.
type pdfCell struct {
	// It covers the rows from row to before last, the columns from col to
	// before end.
	row, last, col, end int
	text                string
	lines               []pdfLine
	align               pdfAlign
}

// pdfAlign is where in its cell text stands.
type pdfAlign int

const (
	alignLeft pdfAlign = iota
	alignCentre
	alignRight
)

// pdfGrid is a table on its way onto pages.
type pdfGrid struct {
	size, padX, padY int
	header           int
	// label is the width in em that short texts get without a break.
	label int
	cells []pdfCell
	// edges are the left edges of the columns and the right end, from the
	// left margin; heights are those of the rows.
	edges, heights []int
	// fits says that no word had to be broken.
	fits bool
}

// leading is the distance of baselines in cells.
func (g *pdfGrid) leading() int { return g.size * 13 / 10 }

// newPDFGrid sets a table to a width. It is in the size that is asked for, or in
// a smaller one if its words need that.
func newPDFGrid(t *table, l pdfLook, width int) *pdfGrid {
	g := &pdfGrid{size: l.cell, padX: l.padX, padY: l.padY, header: t.header, cells: seenCells(t), label: labelWidth}
	if t.wide() {
		g.label = wideLabelWidth
	}
	for g.columns(t.cols, width); !g.fits && g.size > smallestSize; g.columns(t.cols, width) {
		g.size -= point / 2
		g.padX = min(g.padX, 250)
	}
	for i := range g.cells {
		c := &g.cells[i]
		c.lines = setLines(c.text, g.size, 0, g.edges[c.end]-g.edges[c.col]-2*g.padX)
	}
	g.rows(len(t.rows))
	g.align()
	return g
}

// smallestSize is the size below which no table is set.
const smallestSize = 6 * point

// seenCells are the cells of a table as they are seen.
func seenCells(t *table) []pdfCell {
	var out []pdfCell
	open := map[int]int{} // merges by column: where in out they are
	for r, row := range t.rows {
		col := 0
		for _, c := range row {
			if c.merge == mergeDown {
				out[open[col]].last = r + 1
			} else {
				open[col] = len(out)
				out = append(out, pdfCell{row: r, last: r + 1, col: col, end: col + c.span, text: c.text})
			}
			col += c.span
		}
	}
	return out
}

const (
	// narrowColumn is the least width of a column.
	narrowColumn = 14 * point
	// wideColumn is the width of a line, in em, from which more is no gain.
	wideColumn = 16
	// labelWidth is the width in em up to which a text is not broken where a
	// table has room, wideLabelWidth that in a table of many columns.
	labelWidth, wideLabelWidth = 4, 2
)

// columns finds the widths of the columns: what their words need, and of the
// rest more where there is more text. It fits if the words do.
func (g *pdfGrid) columns(n, width int) {
	need, want := make([]int, n), make([]int, n)
	for i := range need {
		need[i], want[i] = narrowColumn, narrowColumn
	}
	order := make([]int, len(g.cells))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return g.cells[a].end - g.cells[a].col - g.cells[b].end + g.cells[b].col
	})
	for _, i := range order {
		c := &g.cells[i]
		widen(need[c.col:c.end], max(longestWord(c.text, g.size), min(widthOf(c.text, g.size), g.label*g.size))+2*g.padX)
		widen(want[c.col:c.end], min(widthOf(c.text, g.size), wideColumn*g.size*(c.end-c.col))+2*g.padX)
	}
	total, more := 0, 0
	for i := range need {
		want[i] = max(want[i], need[i])
		total += need[i]
		more += want[i] - need[i]
	}
	rest := width - total
	g.edges = make([]int, n+1)
	for i := range need {
		share := rest / n
		if more > 0 && rest > 0 {
			share = rest * (want[i] - need[i]) / more
		}
		g.edges[i+1] = g.edges[i] + max(need[i]+share, narrowColumn)
	}
	g.fits = rest >= 0
}

// widen makes columns together as wide as asked.
func widen(columns []int, width int) {
	have := 0
	for _, w := range columns {
		have += w
	}
	for i := range columns {
		if missing := width - have; missing > 0 {
			more := missing / (len(columns) - i)
			columns[i] += more
			have += more
		}
	}
}

// rows finds the heights of the rows: those of the cells in them, and of a
// merged cell what is missing in its last row.
func (g *pdfGrid) rows(n int) {
	g.heights = make([]int, n)
	for _, merged := range []bool{false, true} {
		for _, c := range g.cells {
			if (c.last-c.row > 1) == merged {
				have := sumOf(g.heights[c.row:c.last])
				g.heights[c.last-1] += max(0, g.heightOf(len(c.lines))-have)
			}
		}
	}
}

// height is that of a cell of some lines.
func (g *pdfGrid) heightOf(lines int) int { return lines*g.leading() + 2*g.padY }

func sumOf(list []int) int {
	n := 0
	for _, x := range list {
		n += x
	}
	return n
}

// shortText is the number of characters up to which the cells of a column are
// centred.
const shortText = 12

// align sets where text stands in its cells: money at the right, long text at
// the left, the rest in the middle. Cells below each other are alike.
func (g *pdfGrid) align() {
	type column struct{ col, end int }
	long := map[column]bool{}
	for _, c := range g.cells {
		if c.row >= g.header && utf8.RuneCountInString(c.text) > shortText {
			long[column{c.col, c.end}] = true
		}
	}
	for i := range g.cells {
		c := &g.cells[i]
		switch {
		case isMoney(c.text):
			c.align = alignRight
		case strings.HasPrefix(c.text, "单位："):
			c.align = alignRight
		case c.row >= g.header && long[column{c.col, c.end}]:
			c.align = alignLeft
		default:
			c.align = alignCentre
		}
	}
}

// isMoney tells whether a text is a number with decimals.
func isMoney(s string) bool {
	decimals := false
	for _, r := range s {
		if (r < '0' || r > '9') && r != ',' && r != '.' && r != ' ' {
			return false
		}
		decimals = decimals || r == '.'
	}
	return decimals
}
