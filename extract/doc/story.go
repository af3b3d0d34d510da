package doc

import (
	"bytes"
	"fmt"

	"yusuan/extract/document"
	"yusuan/extract/numbering"
	"yusuan/extract/symbol"
)

// The characters that end a paragraph ([MS-DOC] 2.4.2): the paragraph mark, the
// mark of a cell or a row, and that of a section, which elsewhere is a page
// break.
const (
	paragraphMark = 0x0D
	cellMark      = 0x07
	sectionMark   = 0x0C
)

// maxDepth bounds how deep tables nest; Word's own bound is not much less than
// anybody needs.
const maxDepth = 32

// labelShare bounds the list labels by the size of the stream: a few long
// definitions must not make gigabytes out of short paragraphs.
const labelShare = 64

// story is a flow of paragraphs and tables: the body, a text box, a note.
type story struct {
	role string
	// main tells that this is the body, whose references count.
	main bool
	para paragraph
	// fields are those that are open.
	fields []field
	// instr counts the open fields whose instruction is being read: that is
	// not on the page.
	instr int
	// stray are the beginnings of fields that have neither a separator nor an
	// end.
	stray map[int]bool
	// tables are the open tables, the outermost first.
	tables []*grid
}

// paragraph is the paragraph in hand. Its text outlives its mark when the mark
// is deleted or hidden, because the next paragraph goes on in the same line.
type paragraph struct {
	properties
	buf     []byte
	carried bool
	// level and label are kept from a paragraph whose mark is hidden.
	level int
	label numbering.Label
	// tc is the level of a TC field, 0 if there is none.
	tc int
	// newPage is a page or column break that shows only between texts.
	newPage                 bool
	markDeleted, markHidden bool
}

// read reads the characters of a story into blocks.
func (r *reader) read(st *story, from, to int) {
	to = min(to, len(r.text.units))
	st.stray = strayFields(r.text.units, from, to)
	for cp := from; cp < to && r.err == nil; {
		end := r.paragraphEnd(st, cp, to)
		r.step()
		r.begin(st, end-1)
		r.characters(st, cp, end)
		r.end(st, r.text.units[end-1])
		cp = end
	}
	r.flush(st)
	r.leave(st, 0)
	r.openFields(st)
}

// paragraphEnd returns where a paragraph ends, behind its mark.
func (r *reader) paragraphEnd(st *story, from, to int) int {
	for cp := from; cp < to; cp++ {
		switch r.text.units[cp] {
		case paragraphMark, cellMark:
			return cp + 1
		case sectionMark:
			if st.main && r.sections[cp+1] {
				return cp + 1
			}
		}
	}
	return to
}

// begin begins a paragraph, or goes on with one whose mark is not on the page,
// and enters or leaves tables. The properties are those of the mark.
func (r *reader) begin(st *story, mark int) {
	p := &st.para
	r.paragraphProperties(&p.properties, mark)
	depth := p.tableDepth()
	if depth > maxDepth {
		r.noteOnce(document.Nowhere, "doc.depth_ignored", fmt.Sprintf("a table that claims to be nested %d deep was not believed", depth))
		depth = max(len(st.tables), 1)
	}
	if depth != len(st.tables) {
		r.flush(st)
		r.leave(st, depth)
		r.enter(st, depth)
	}
	p.markDeleted, p.markHidden = false, false
	if p.carried {
		p.carried = false
		return
	}
	p.buf = p.buf[:0]
	p.level, p.label, p.tc, p.newPage = 0, numbering.Label{}, 0, false
}

// end ends a paragraph, and with it the cell or the row that its mark ends.
func (r *reader) end(st *story, mark uint16) {
	p := &st.para
	depth := len(st.tables)
	switch {
	case depth == 0:
		r.endParagraph(st)
	case depth == 1 && p.rowEnd || depth > 1 && p.innerRowEnd:
		r.endRow(st)
	case mark == cellMark || depth > 1 && p.innerCell:
		g := st.tables[depth-1]
		g.stands, g.shows = g.stands || !p.markDeleted, g.shows || !p.markHidden
		p.markDeleted, p.markHidden = false, false // it is the cell's mark
		r.endParagraph(st)
		r.endCell(st)
	default:
		r.endParagraph(st)
	}
}

// endParagraph ends a paragraph. Without its mark its text waits for the next
// one: a deleted mark takes the paragraph's own properties with it, a hidden
// one leaves number and level in front of the joined line.
func (r *reader) endParagraph(st *story) {
	p := &st.para
	switch {
	case p.markDeleted:
		p.carried = true
	case p.markHidden:
		p.carried = true
		if len(p.buf) > 0 {
			r.number(st)
			p.level = p.headingLevel()
		}
	default:
		r.number(st)
		p.level = p.headingLevel()
		r.emit(st)
	}
}

// number computes the label of a numbered paragraph.
func (r *reader) number(st *story) {
	p := &st.para
	if p.oldNumbers {
		r.noteOnce(document.Nowhere, "doc.old_numbering", "automatic numbers of the kind of Word 6 are not computed")
	}
	if p.label.Text != "" {
		return
	}
	ilfo, ilvl := r.lists.place(&p.properties)
	if ilfo <= 0 {
		return
	}
	label, ok := r.lists.counters.Next(ilfo, ilvl)
	if !ok {
		r.noteHereOnce(st, "doc.number_missing", "a paragraph is numbered by a list that the file does not define; it has no number here")
	}
	if label.Guessed {
		r.noteHereOnce(st, "doc.number_format", "a list number in an unknown format was written in decimal")
	}
	if symbol.Has([]byte(label.Text)) {
		r.noteHereOnce(st, "doc.unknown_symbol", fmt.Sprintf("the list label %+q has no known equivalent", label.Text))
	}
	p.label = label
	if r.labels += len(label.Text); r.labels > labelShare*(len(r.word)+pageSize) {
		r.fail(fmt.Errorf("the list labels are %d times as long as the file: %w", labelShare, document.ErrTooLarge))
	}
}

func (p *paragraph) headingLevel() int {
	switch {
	case p.level > 0:
		return p.level
	case p.outline != notSet:
		return p.outline
	case p.style.level != notSet:
		return p.style.level
	}
	return p.tc
}

// flush emits text that waits for a paragraph that does not come.
func (r *reader) flush(st *story) {
	if st.para.carried {
		st.para.carried = false
		r.emit(st)
	}
}

// emit hands the paragraph to the cell that it stands in, or makes it a block.
func (r *reader) emit(st *story) {
	p := &st.para
	if n := len(st.tables); n > 0 {
		st.tables[n-1].add(p)
		return
	}
	if p.label.Text == "" && len(bytes.TrimSpace(p.buf)) == 0 {
		return
	}
	r.doc.Blocks = append(r.doc.Blocks, &document.Paragraph{
		Level: p.level,
		Label: p.label.Text,
		Role:  st.role,
		Text:  string(p.buf),
	})
}

// add adds a paragraph to the text of the cell in hand, its label in front.
func (g *grid) add(p *paragraph) {
	if g.begun {
		g.line = append(g.line, '\n')
	}
	g.begun = true
	g.line = append(g.line, p.label.Text...)
	if p.label.Text != "" && len(p.buf) > 0 && p.label.Suffix != numbering.Nothing {
		g.line = append(g.line, ' ')
	}
	g.line = append(g.line, p.buf...)
}

// write appends text that is on the page.
func (st *story) write(text string) {
	st.breakPage()
	st.para.buf = append(st.para.buf, text...)
}

// breakPage writes a page or column break, which is a line break in the text,
// but only between texts.
func (st *story) breakPage() {
	p := &st.para
	if p.newPage && len(p.buf) > 0 {
		p.buf = append(p.buf, '\n')
	}
	p.newPage = false
}

// here is the position for a note on what is being read. In a table the column
// is the number of the cell until the grid is known.
func (r *reader) here(st *story) document.Position {
	if n := len(st.tables); n > 0 {
		g := st.tables[n-1]
		return document.AtCell(g.block, len(g.rows), len(g.cells)-g.first)
	}
	return document.AtBlock(len(r.doc.Blocks))
}

// noteHereOnce is noteHere for what would otherwise be noted again and again.
func (r *reader) noteHereOnce(st *story, code, message string) {
	if key := code + message; !r.noted[key] {
		r.noted[key] = true
		r.noteHere(st, code, message)
	}
}

// noteHere notes something about what is being read.
func (r *reader) noteHere(st *story, code, message string) {
	if n := len(st.tables); n > 0 {
		g := st.tables[n-1]
		g.located = append(g.located, len(r.doc.Notes))
	}
	r.note(r.here(st), code, message)
}
