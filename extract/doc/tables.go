package doc

import (
	"fmt"
	"strings"

	"yusuan/extract/document"
)

// enter opens tables until there are as many as a paragraph is deep in.
func (r *reader) enter(st *story, depth int) {
	for len(st.tables) < depth {
		g := &grid{table: &document.Table{Outer: -1}, block: len(r.doc.Blocks)}
		g.blocks, g.notes = g.block+1, len(r.doc.Notes)
		if n := len(st.tables); n > 0 {
			g.table.Outer = st.tables[n-1].block
		}
		r.doc.Blocks = append(r.doc.Blocks, g.table)
		st.tables = append(st.tables, g)
	}
}

// leave closes tables until there are no more than a depth. The text of a
// nested one goes into the cell around it too.
func (r *reader) leave(st *story, depth int) {
	for len(st.tables) > depth {
		n := len(st.tables) - 1
		g := st.tables[n]
		if g.begun || len(g.cells) > g.first {
			r.note(document.AtBlock(g.block), "doc.row_cells", "the last row of the table has no end")
			if g.begun {
				g.endCell()
			}
			r.closeRow(st, shape{})
		}
		st.tables = st.tables[:n]
		if len(g.rows) == 0 {
			r.drop(g.block)
			continue
		}
		r.finish(g)
		if n > 0 && r.err == nil {
			st.tables[n-1].nest(g.table)
			r.noteHere(st, "doc.nested_table", "the table in this cell is text of the cell and a table of its own")
		}
	}
}

// nest adds the text of a nested table to the cell in hand.
func (g *grid) nest(t *document.Table) {
	text := t.AppendText(nil)
	if len(text) > 0 && g.begun {
		g.line = append(g.line, '\n')
	}
	g.line = append(g.line, text...)
	g.begun = true // the cell is there, whatever the table holds
}

// endCell ends the cell in hand.
func (r *reader) endCell(st *story) {
	g := st.tables[len(st.tables)-1]
	g.endCell()
	if g.count > r.lim.TableCells {
		r.fail(fmt.Errorf("a table has more than %d cells: %w", r.lim.TableCells, document.ErrTooLarge))
	}
}

// endRow ends the row in hand, whose mark has its geometry. The row is deleted
// or hidden if its mark and those of all its cells are: programs give the mark
// alone the properties of the text behind it.
func (r *reader) endRow(st *story) {
	p := &st.para
	g := st.tables[len(st.tables)-1]
	if p.carried || len(p.buf) > 0 || g.begun { // text in front of the row's mark
		p.carried = false
		if len(p.buf) > 0 {
			g.add(p)
		}
		g.endCell()
	}
	p.buf = p.buf[:0]
	hidden := p.markHidden && len(r.doc.Blocks) == g.blocks && strings.TrimSpace(string(g.text[g.from:])) == ""
	stands, shows := g.stands, g.shows
	g.stands, g.shows = false, false
	if p.markDeleted && !stands || hidden && !shows || len(g.cells) == g.first {
		r.forgetRow(g)
		return
	}
	r.closeRow(st, rowShape(p.tables, r.fib.isWord6()))
}

// closeRow adds the row in hand to the table.
func (r *reader) closeRow(st *story, s shape) {
	g := st.tables[len(st.tables)-1]
	cells := len(g.cells) - g.first
	if !g.endRow(s) && len(s.cells) > 0 {
		at := document.AtCell(g.block, len(g.rows)-1, -1)
		r.note(at, "doc.row_cells", fmt.Sprintf("the row has %d cells, its properties speak of %d", cells, len(s.cells)))
	}
	g.blocks, g.notes = len(r.doc.Blocks), len(r.doc.Notes)
}

// forgetRow drops the row in hand, with the nested tables and the notes in it.
func (r *reader) forgetRow(g *grid) {
	g.cells, g.text = g.cells[:g.first], g.text[:g.from]
	r.doc.Blocks = r.doc.Blocks[:g.blocks]
	r.forgetNotes(g.notes)
	for n := len(g.located); n > 0 && g.located[n-1] >= g.notes; n-- {
		g.located = g.located[:n-1]
	}
	g.notes = len(r.doc.Notes)
}

// forgetNotes forgets the notes from one on, since what they are about is not
// on the page; those about the whole document stay. What is noted once may be
// noted again.
func (r *reader) forgetNotes(from int) {
	kept := r.doc.Notes[:from]
	for _, n := range r.doc.Notes[from:] {
		if n.At.Block < 0 {
			kept = append(kept, n)
			continue
		}
		delete(r.noted, n.Code+n.Message)
		r.kinds[n.Code]--
	}
	r.doc.Notes = kept
}

// drop removes an empty table from the end of the blocks.
func (r *reader) drop(block int) {
	if block == len(r.doc.Blocks)-1 {
		r.doc.Blocks = r.doc.Blocks[:block]
	}
}
