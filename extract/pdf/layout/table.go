package layout

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// table is a grid, or several on following pages that are one table.
type table struct {
	grid
	first, last int
	// firstBox is the box of the first part.
	firstBox page.Box
	// width is the width of its page: a table does not go on over a change of
	// the paper.
	width float32
	// repeats are the pages on which its header or title is repeated, broken
	// the rows that a page break parts, cut those that it parts an amount of and
	// that were left apart.
	repeats, broken, cut []int
}

// titleRunes is the greatest length of a title that stands in a grid.
const titleRunes = 40

// newTable makes a table of a grid of a sheet.
func newTable(s *sheet, g *grid) *table {
	for i := range g.cells {
		g.cells[i].page = s.number
	}
	return &table{grid: *g, first: s.number, last: s.number, firstBox: g.box, width: s.width}
}

// texts sets the text of every cell.
func (g *grid) texts() {
	for i := range g.cells {
		g.cells[i].setText(g.aligned)
	}
}

// filled counts the cells with text.
func (g *grid) filled() int {
	n := 0
	for _, c := range g.cells {
		if c.text != "" {
			n++
		}
	}
	return n
}

// fullRow returns the cell that is a row by itself, over all columns.
func (g *grid) fullRow(r int) *cell {
	for i := range g.cells {
		if c := &g.cells[i]; c.r0 == r {
			if c.r1 == r+1 && c.c0 == 0 && c.c1 == g.cols() {
				return c
			}
			return nil
		}
	}
	return nil
}

// isTitle tells whether text can be the title of a table: 收入预算总表.
func isTitle(s string) bool {
	s = squeeze(s)
	if before, _, ok := strings.Cut(s, "（"); ok && strings.HasSuffix(before, "表") {
		s = before
	}
	return strings.HasSuffix(s, "表") && utf8.RuneCountInString(s) <= titleRunes && utf8.RuneCountInString(s) > 2
}

// splitTitled parts a grid where a row in it is the title of another table: a
// title like its own first row, or one after a table that has its own columns.
func splitTitled(g *grid) []*grid {
	own := g.fullRow(0)
	for r := 1; r+1 < g.rows(); r++ {
		c := g.fullRow(r)
		if c == nil || !isTitle(c.text) {
			continue
		}
		if own != nil && squeeze(own.text) == squeeze(c.text) || own != nil && isTitle(own.text) {
			upper, lower := g.cutAtRow(r)
			return append([]*grid{upper}, splitTitled(lower)...)
		}
	}
	return []*grid{g}
}

// cutAtRow parts a grid above a row that no cell crosses.
func (g *grid) cutAtRow(r int) (upper, lower *grid) {
	upper = &grid{xs: g.xs, ys: g.ys[:r+1], openTop: g.openTop, box: g.box, aligned: g.aligned, text: g.text}
	lower = &grid{xs: g.xs, ys: g.ys[r:], openBottom: g.openBottom, box: g.box, aligned: g.aligned, text: g.text}
	upper.box.Y1, lower.box.Y0 = g.ys[r], g.ys[r]
	for _, c := range g.cells {
		if c.r0 < r {
			upper.cells = append(upper.cells, c)
		} else {
			c.r0, c.r1 = c.r0-r, c.r1-r
			lower.cells = append(lower.cells, c)
		}
	}
	upper.compress()
	lower.compress()
	return upper, lower
}

// notes tell what was left out of the table and what was guessed.
func (t *table) notes(block int) []document.Note {
	var out []document.Note
	if t.aligned {
		out = append(out, document.Note{At: document.Position{Page: t.first, Block: block, Row: -1, Col: -1}, Code: "pdf.borderless_table",
			Message: "the table has no ruled columns; its cells were found by alignment"})
	}
	if len(t.repeats) > 0 {
		out = append(out, document.Note{At: document.AtBlock(block), Code: "pdf.repeated_header",
			Message: "the table goes on over pages; its title or header, repeated there, is in it once: pages " + strings.Trim(fmt.Sprint(t.repeats), "[]")})
	}
	for _, r := range t.broken {
		out = append(out, document.Note{At: document.Position{Block: block, Row: r, Col: -1}, Code: "pdf.broken_row",
			Message: "the row was put together from two pages, because its text goes on over the page"})
	}
	for _, r := range t.cut {
		out = append(out, document.Note{At: document.Position{Block: block, Row: r, Col: -1}, Code: "pdf.cut_amount",
			Message: "the page break cuts an amount, and it could not be told for certain that the rows on both sides of it are one; their amounts may be parts of one"})
	}
	return out
}

// block makes the document's table of it.
func (t *table) block(sheets map[int]*sheet) *document.Table {
	out := &document.Table{
		Place: place(t.first, sheets[t.first].box(t.firstBox)), LastPage: t.last,
		Rows: t.rows(), Cols: t.cols(), Outer: -1,
	}
	slices.SortFunc(t.cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.r0, b.r0), cmp.Compare(a.c0, b.c0)) })
	for _, c := range t.cells {
		out.Cells = append(out.Cells, document.Cell{
			Place: place(c.page, sheets[c.page].box(c.box)), Row: c.r0, Col: c.c0,
			RowSpan: c.r1 - c.r0, ColSpan: c.c1 - c.c0, Text: c.text,
		})
	}
	return out
}
