package docx

import (
	"bytes"
	"fmt"

	"yusuan/extract/document"
)

// gridSlack bounds the places of a table's grid by its greatest number of
// cells: a few spans of a broken file must not make a grid of millions of
// empty places. Real tables have less than three places to a cell.
const gridSlack = 16

// maxColumns bounds a span: Word draws 63 columns, and other programs not many
// more. What is wider is a mistake of the file.
const maxColumns = 1024

// merge is what a cell says of a merge in one direction.
type merge uint8

const (
	mergeNone merge = iota
	mergeRestart
	mergeContinue
)

// rawCell is a cell as it stands in the file.
type rawCell struct {
	col, span            int
	vertical, horizontal merge
	deleted              bool
	// text is where the text is in the grid's.
	text span
}

// placedCell is a cell of the table in hand. It has no pointers: they are
// written once, when the table is done.
type placedCell struct {
	row, col, rowSpan, colSpan int
	text                       span
}

// slot is a place that a row fills: where it is, which cell is there, and
// whether a cell below may be merged with it.
type slot struct {
	col, span, cell int
	group           bool
}

// grid builds a table row by row. The widths that the file states (tblGrid)
// are not looked at: they are often wrong, while spans are what Word draws by.
type grid struct {
	table *document.Table
	block int
	// count counts all cells in the file, those of dropped rows too.
	count int
	cells []placedCell
	// text is that of all cells: one string for a table is cheaper than one
	// for every cell.
	text  []byte
	raw   []rawCell
	above []slot
	row   []slot
}

// beginTable returns an empty grid, with the buffers of one that is done.
func (r *reader) beginTable() *grid {
	g := r.archive.scratch.grid(r.tables)
	r.tables++
	*g = grid{
		table: &document.Table{Outer: -1},
		block: len(r.doc.Blocks),
		cells: g.cells[:0],
		text:  g.text[:0],
		raw:   g.raw[:0],
		above: g.above[:0],
		row:   g.row[:0],
	}
	r.doc.Blocks = append(r.doc.Blocks, g.table)
	return g
}

// table reads a table into a block of its own; inside a cell its text goes
// there too.
func (r *reader) table(st *story) {
	r.flush(st)
	g := r.beginTable()
	if st.inCell {
		g.table.Outer = st.outer
	}
	r.rows(g)
	g.finish()
	r.doc.SettleColumns(g.block)
	r.tables--
	if g.table.Rows == 0 {
		r.drop(g.block)
		return
	}
	r.produced++
	if st.inCell {
		st.nested(g.table)
		r.note(r.here(st), "docx.nested_table", "the table in this cell is text of the cell and a table of its own")
	}
}

// finish gives the table its cells.
func (g *grid) finish() {
	text := string(g.text)
	if len(g.cells) == 0 {
		return
	}
	cells := make([]document.Cell, len(g.cells))
	for i := range cells {
		c, p := &cells[i], &g.cells[i]
		c.Row, c.Col, c.RowSpan, c.ColSpan = p.row, p.col, p.rowSpan, p.colSpan
		c.Text = text[p.text.from:p.text.to]
	}
	g.table.Cells = cells
}

// nested adds the text of a nested table to the cell around it.
func (st *story) nested(t *document.Table) {
	text := t.AppendText(nil)
	if len(text) == 0 {
		return
	}
	if st.begun {
		st.text = append(st.text, '\n')
	}
	st.begun = true
	st.text = append(st.text, text...)
}

func (r *reader) rows(g *grid) {
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemTr:
			r.row(g)
		case elemSdt, elemSdtContent, elemCustomXML, elemIns, elemMoveTo:
			r.rows(g)
		case elemAlternateContent:
			r.alternate(func() { r.rows(g) })
		}
	}
}

// rowState is what a row's properties say.
type rowState struct {
	col             int
	deleted, hidden bool
}

func (r *reader) row(g *grid) {
	r.step()
	g.raw = g.raw[:0]
	blocks := len(r.doc.Blocks)
	var state rowState
	r.cells(g, &state)
	if state.deleted || len(g.raw) == 0 || r.x.err != nil {
		return
	}
	if state.hidden && len(r.doc.Blocks) == blocks && !g.hasText() {
		return
	}
	r.place(g)
}

func (g *grid) hasText() bool {
	for _, c := range g.raw {
		if c.text.from < c.text.to {
			return true
		}
	}
	return false
}

// cells reads the cells of a row. Its properties stand before them.
func (r *reader) cells(g *grid, state *rowState) {
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemTrPr:
			r.rowProperties(g, state)
		case elemTc:
			if state.deleted {
				continue
			}
			g.raw = append(g.raw, rawCell{col: state.col, span: 1})
			c := &g.raw[len(g.raw)-1]
			if r.cell(g, c); c.deleted {
				g.raw = g.raw[:len(g.raw)-1]
				continue
			}
			state.col += c.span
		case elemSdt, elemSdtContent, elemCustomXML, elemIns, elemMoveTo:
			r.cells(g, state)
		case elemAlternateContent:
			r.alternate(func() { r.cells(g, state) })
		}
	}
}

func (r *reader) rowProperties(g *grid, state *rowState) {
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemGridBefore:
			state.col = r.columns(g, state.col, 0)
		case elemDel, elemMoveFrom:
			state.deleted = true
		case elemHidden:
			state.hidden = r.x.toggle() == on
		}
	}
}

func (r *reader) cell(g *grid, c *rawCell) {
	if g.count++; g.count > r.lim.TableCells {
		r.x.fail(fmt.Errorf("%w: table with more than %d cells", document.ErrTooLarge, r.lim.TableCells))
	}
	st := r.push("").in(g.block, g.table.Rows, c.col)
	for depth := r.x.depth; r.x.child(depth); {
		if r.x.elem == elemTcPr {
			r.cellProperties(g, c)
			continue
		}
		if !c.deleted {
			r.block(st)
		}
	}
	r.pop()
	from := len(g.text)
	g.text = append(g.text, bytes.Trim(st.text, "\n")...)
	c.text = span{from, len(g.text)}
	r.produced++
}

func (r *reader) cellProperties(g *grid, c *rawCell) {
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemGridSpan:
			c.span = r.columns(g, c.col, 1)
		case elemVMerge:
			c.vertical = mergeOf(r.x.attr("val"))
		case elemHMerge:
			c.horizontal = mergeOf(r.x.attr("val"))
		case elemCellDel:
			c.deleted = true
		}
	}
}

// columns returns the number of columns that the current element gives, not
// less than the least that makes sense. An absurd number is noted and not
// believed.
func (r *reader) columns(g *grid, col, least int) int {
	n := max(r.x.number("val", least), least)
	if n > maxColumns {
		r.note(document.AtCell(g.block, g.table.Rows, col), "docx.span_ignored", fmt.Sprintf("a span of %d columns was not believed", n))
		return least
	}
	return n
}

func mergeOf(val []byte) merge {
	if string(val) == "restart" {
		return mergeRestart
	}
	return mergeContinue
}

// place puts the cells of a row into the grid.
func (r *reader) place(g *grid) {
	t := g.table
	g.row = g.row[:0]
	r.mergeAcross(g)
	for _, c := range g.raw {
		r.placeCell(g, c)
	}
	last := g.row[len(g.row)-1]
	t.Cols = max(t.Cols, last.col+last.span)
	t.Rows++
	g.above, g.row = g.row, g.above
	if t.Rows*t.Cols > r.lim.TableCells*gridSlack {
		r.x.fail(fmt.Errorf("%w: grid of %d rows and %d columns", document.ErrTooLarge, t.Rows, t.Cols))
	}
}

// mergeAcross joins the cells that the old hMerge merges, so that every cell
// left stands for all the columns it covers.
func (r *reader) mergeAcross(g *grid) {
	out := g.raw[:0]
	for _, c := range g.raw {
		if c.horizontal != mergeContinue {
			out = append(out, c)
			continue
		}
		if n := len(out); n > 0 && out[n-1].horizontal != mergeNone {
			out[n-1].span += c.span
			r.covered(g, c)
			continue
		}
		r.note(document.AtCell(g.block, g.table.Rows, c.col), "docx.merge_orphan", "a cell to be merged with the one on its left has none")
		out = append(out, c)
	}
	g.raw = out
}

// placeCell adds a cell, or lengthens the one above that it continues: the one
// that begins at the same column, is as wide, and is itself part of a vertical
// merge (ECMA-376 part 1, 17.4.84). A cell that continues none stands by itself
// and begins a merge, as Word draws it.
func (r *reader) placeCell(g *grid, c rawCell) {
	t := g.table
	if c.vertical == mergeContinue {
		if s := g.find(c); s != nil {
			g.cells[s.cell].rowSpan++
			g.row = append(g.row, *s)
			r.covered(g, c)
			return
		}
		r.note(document.AtCell(g.block, t.Rows, c.col), "docx.merge_orphan", "a cell to be merged with the one above has none of its place and width")
	}
	g.row = append(g.row, slot{col: c.col, span: c.span, cell: len(g.cells), group: c.vertical != mergeNone})
	g.cells = append(g.cells, placedCell{row: t.Rows, col: c.col, rowSpan: 1, colSpan: c.span, text: c.text})
}

func (g *grid) find(c rawCell) *slot {
	for i := range g.above {
		if s := &g.above[i]; s.group && s.col == c.col && s.span == c.span {
			return s
		}
	}
	return nil
}

// covered notes the text of a cell that a merge covers.
func (r *reader) covered(g *grid, c rawCell) {
	if text := g.text[c.text.from:c.text.to]; len(bytes.TrimSpace(text)) > 0 {
		r.note(document.AtCell(g.block, g.table.Rows, c.col), "docx.covered_text", fmt.Sprintf("text of a cell covered by a merge was left out: %q", text))
	}
}
