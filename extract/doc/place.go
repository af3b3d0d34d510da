package doc

import (
	"fmt"
	"strings"

	"yusuan/extract/document"
)

// gridSlack bounds the places of a table's grid by the limit on its cells: a
// few odd boundaries must not make a grid of millions of empty places.
const gridSlack = 16

// slot is a place that a row fills: where it is, which cell is there, and
// whether a cell below may be merged with it.
type slot struct {
	col, width, cell int
	group            bool
}

// placer gives a table its cells, row by row.
type placer struct {
	r *reader
	g *grid
	// text is that of all cells.
	text string
	// above and row are what the rows before and in hand fill.
	above, row []slot
	at         int
}

// finish lays the rows of a table out.
func (r *reader) finish(g *grid) {
	t := g.table
	t.Rows, t.Cols = len(g.rows), g.place()
	if g.joined {
		r.note(document.AtBlock(g.block), "doc.edges_joined", "boundaries of cells that are less than a millimetre apart were taken for one")
	}
	if t.Rows*t.Cols > r.lim.TableCells*gridSlack {
		r.fail(fmt.Errorf("a table's grid has %d rows and %d columns: %w", t.Rows, t.Cols, document.ErrTooLarge))
		return
	}
	r.locate(g)
	t.Cells = make([]document.Cell, 0, len(g.cells))
	p := placer{r: r, g: g, text: string(g.text)}
	for i, raw := range g.rows {
		p.at, p.row = i, p.row[:0]
		for _, c := range p.across(g.cells[raw.cells.from:raw.cells.to]) {
			p.place(c)
		}
		p.above, p.row = p.row, p.above
	}
	r.doc.SettleColumns(g.block)
}

// across joins the cells of a row that a horizontal merge makes one, so that
// every cell left stands for all the columns it covers.
func (p *placer) across(cells []rawCell) []rawCell {
	out := cells[:0]
	for i := range cells {
		c := cells[i]
		if c.across == mergeContinue && len(out) > 0 {
			out[len(out)-1].width += c.width
			p.covered(c)
			continue
		}
		out = append(out, c)
	}
	return out
}

// place adds a cell, or lengthens the one above that it continues: the one
// that begins at the same column, is as wide and is itself part of a vertical
// merge. A cell that continues none stands by itself and begins a merge, as
// Word draws it.
func (p *placer) place(c rawCell) {
	t := p.g.table
	if c.vertical == mergeContinue {
		if s := p.find(c); s != nil {
			t.Cells[s.cell].RowSpan++
			p.row = append(p.row, *s)
			p.covered(c)
			return
		}
		p.r.note(document.AtCell(p.g.block, p.at, c.col), "doc.merge_orphan", "a cell to be merged with the one above has none of its place and width")
	}
	p.row = append(p.row, slot{col: c.col, width: c.width, cell: len(t.Cells), group: c.vertical != mergeNone})
	t.Cells = append(t.Cells, document.Cell{Row: p.at, Col: c.col, RowSpan: 1, ColSpan: c.width, Text: p.text[c.text.from:c.text.to]})
}

// find returns the place above that a cell continues, nil if there is none.
func (p *placer) find(c rawCell) *slot {
	for i := range p.above {
		if s := &p.above[i]; s.group && s.col == c.col && s.width == c.width {
			return s
		}
	}
	return nil
}

// covered notes the text of a cell that a merge covers.
func (p *placer) covered(c rawCell) {
	if text := p.text[c.text.from:c.text.to]; strings.TrimSpace(text) != "" {
		p.r.note(document.AtCell(p.g.block, p.at, c.col), "doc.covered_text", fmt.Sprintf("text of a cell covered by a merge was left out: %q", text))
	}
}

// locate puts the column into the notes on cells of the table, which hold the
// number of the cell in its row.
func (r *reader) locate(g *grid) {
	for _, i := range g.located {
		at := &r.doc.Notes[i].At
		if cells := g.rows[at.Row].cells; at.Col < cells.to-cells.from {
			at.Col = g.cells[cells.from+at.Col].col
		} else {
			at.Col = -1
		}
	}
}
