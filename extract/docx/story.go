package docx

import (
	"bytes"
	"fmt"

	"yusuan/extract/document"
	"yusuan/extract/numbering"
	"yusuan/extract/symbol"
)

// story is a flow of paragraphs and tables: the body, a cell, a text box, a
// note. A story in a cell collects text, every other one makes blocks.
type story struct {
	role   string
	inCell bool
	// outer, row and col are the cell, or the cell around a text box; outer
	// is -1 outside tables.
	outer, row, col int
	// text is what a story in a cell has collected; begun tells that it has a
	// first paragraph, which may be empty.
	text  []byte
	begun bool

	para   paragraph
	run    run
	fields []field
	// instr counts the open fields whose instruction is being read, muted the
	// deletions that are open: the text in both is not on the page.
	instr, muted int
	// swallowed counts the bytes of text found inside instructions.
	swallowed int
}

// paragraph is the paragraph in hand. Its text outlives its mark when the mark
// is deleted or hidden, because the next paragraph goes on in the same line.
type paragraph struct {
	buf     []byte
	carried bool
	// block is the index kept for the paragraph when a text box that it
	// anchors had to follow it, otherwise -1.
	block int
	// boxes is the text of the text boxes anchored here, in a cell.
	boxes []byte
	// level and label are kept from a paragraph whose mark is hidden.
	level int
	label numbering.Label
	// tc is the level of a TC field, 0 if there is none.
	tc int
	// newPage is a page or column break that shows only between texts.
	newPage bool

	style                   *style
	outline, numID, ilvl    int
	markDeleted, markHidden bool
}

// push begins a story, with the buffers of one that is over.
func (r *reader) push(role string) *story {
	s := r.archive.scratch.story(r.depth)
	r.depth++
	s.role, s.inCell, s.begun = role, false, false
	s.outer, s.row, s.col = -1, 0, 0
	s.text, s.fields = s.text[:0], s.fields[:0]
	s.instr, s.muted, s.swallowed = 0, 0, 0
	s.run = run{}
	s.para.reset()
	s.para.carried = false
	return s
}

// in tells a story which cell it is in.
func (st *story) in(outer, row, col int) *story {
	st.inCell, st.outer, st.row, st.col = true, outer, row, col
	return st
}

// reset empties the paragraph and keeps its buffers.
func (p *paragraph) reset() {
	p.buf, p.boxes, p.block = p.buf[:0], p.boxes[:0], -1
	p.level, p.label, p.tc, p.newPage = 0, numbering.Label{}, 0, false
}

// pop ends the innermost story and returns it; it is good until the next push.
func (r *reader) pop() *story {
	r.depth--
	st := r.archive.scratch.story(r.depth)
	r.flush(st)
	if len(st.fields) > 0 {
		message := "a field has no end"
		if st.swallowed > 0 {
			message += fmt.Sprintf("; %d bytes of text in its instruction were left out", st.swallowed)
		}
		r.note(r.here(st), "docx.field_open", message)
	}
	return st
}

// here is the position for a note on what is being read.
func (r *reader) here(st *story) document.Position {
	switch {
	case st.inCell:
		return document.AtCell(st.outer, st.row, st.col)
	case st.para.block >= 0:
		return document.AtBlock(st.para.block)
	}
	return document.AtBlock(len(r.doc.Blocks))
}

// blocks reads the block-level children of the current element.
func (r *reader) blocks(st *story) {
	for depth := r.x.depth; r.x.child(depth); {
		r.block(st)
	}
}

func (r *reader) block(st *story) {
	switch r.x.elem {
	case elemP:
		r.paragraph(st)
	case elemTbl:
		r.table(st)
	case elemSdt, elemSdtContent, elemCustomXML, elemSmartTag, elemIns, elemMoveTo:
		r.blocks(st)
	case elemAlternateContent:
		r.alternate(func() { r.blocks(st) })
	case elemAltChunk, elemSubDoc:
		r.note(r.here(st), "docx.alt_chunk", "a file imported here is not read")
	case elemR, elemHyperlink, elemFldSimple, elemOMath, elemOMathPara:
		// Formulas may stand between paragraphs; runs may not, but do.
		r.begin(st)
		r.inline(st)
		r.end(st)
	}
}

// alternate reads the first of several alternatives (mc:AlternateContent) that
// holds anything: the newer form, or else what older programs would see. It
// never reads two.
func (r *reader) alternate(read func()) {
	taken := false
	for depth := r.x.depth; r.x.child(depth); {
		if taken || r.x.elem != elemChoice && r.x.elem != elemFallback {
			continue
		}
		before := r.produced
		read()
		taken = r.produced != before
	}
}

func (r *reader) paragraph(st *story) {
	r.step()
	r.begin(st)
	r.inlines(st)
	r.end(st)
}

// begin begins a paragraph, or goes on with one whose mark is not on the page.
func (r *reader) begin(st *story) {
	p := &st.para
	if p.carried {
		p.carried = false
	} else {
		p.reset()
	}
	p.style, p.outline, p.numID, p.ilvl = r.styles.plain, notSet, notSet, notSet
	p.markDeleted, p.markHidden = false, p.style.vanish == on
}

// end ends a paragraph. Without its mark its text waits for the next one: a
// deleted mark takes the paragraph's own properties with it, a hidden one
// leaves number and level in front of the joined line.
func (r *reader) end(st *story) {
	p := &st.para
	switch {
	case p.markDeleted:
		p.carried = true
	case p.markHidden:
		p.carried = true
		if len(p.buf) > 0 {
			r.count(st)
			p.level = p.headingLevel()
		}
	default:
		r.count(st)
		p.level = p.headingLevel()
		r.emit(st)
	}
}

// count computes the label of a numbered paragraph.
func (r *reader) count(st *story) {
	p := &st.para
	if p.label.Text != "" {
		return
	}
	numID, ilvl := r.lists.place(p.numID, p.ilvl, p.style)
	if numID <= 0 {
		return
	}
	label, _ := r.lists.counters.Next(numID, ilvl)
	if label.Guessed {
		r.noteOnce(r.here(st), "docx.number_format", "a list number in an unknown format was written in decimal")
	}
	if symbol.Has([]byte(label.Text)) {
		r.noteOnce(r.here(st), "docx.unknown_symbol", fmt.Sprintf("the list label %+q has no known equivalent", label.Text))
	}
	p.label = label
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
		r.emit(st)
	}
}

func (r *reader) emit(st *story) {
	p := &st.para
	p.carried = false
	if st.inCell {
		st.line(p)
		return
	}
	if p.label.Text == "" && len(bytes.TrimSpace(p.buf)) == 0 {
		if p.block >= 0 {
			r.drop(p.block)
		}
		return
	}
	r.reserve(st)
	r.produced++
	r.doc.Blocks[p.block] = &document.Paragraph{
		Level: p.level,
		Label: p.label.Text,
		Role:  st.role,
		Text:  string(p.buf),
	}
}

// reserve gives the paragraph its place among the blocks before it is read to
// its end.
func (r *reader) reserve(st *story) {
	if st.para.block < 0 {
		st.para.block = len(r.doc.Blocks)
		r.doc.Blocks = append(r.doc.Blocks, &document.Paragraph{})
	}
}

// line adds a paragraph to the text of a cell, its label in front and its text
// boxes behind it.
func (st *story) line(p *paragraph) {
	if st.begun {
		st.text = append(st.text, '\n')
	}
	st.begun = true
	st.text = append(st.text, p.label.Text...)
	if p.label.Text != "" && len(p.buf) > 0 && p.label.Suffix != numbering.Nothing {
		st.text = append(st.text, ' ')
	}
	st.text = append(st.text, p.buf...)
	if len(p.boxes) > 0 {
		st.text = append(st.text, '\n')
		st.text = append(st.text, p.boxes...)
	}
}

// aside reads a story that is anchored in the paragraph in hand: a text box, or
// a table that stands inside a paragraph.
func (r *reader) aside(st *story, role string, read func(*story)) {
	if !st.inCell {
		r.reserve(st)
	}
	box := r.push(role)
	if st.inCell {
		box.in(st.outer, st.row, st.col)
	}
	read(box)
	inner := r.pop()
	text := bytes.Trim(inner.text, "\n")
	if !st.inCell || len(text) == 0 {
		return
	}
	if len(st.para.boxes) > 0 {
		st.para.boxes = append(st.para.boxes, '\n')
	}
	st.para.boxes = append(st.para.boxes, text...)
}
