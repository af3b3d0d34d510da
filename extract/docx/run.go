package docx

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"

	"yusuan/extract/heading"
	"yusuan/extract/symbol"
)

// run is what the text of a run depends on.
type run struct {
	hidden bool
	font   []byte
}

// inlines reads the inline children of the current element.
func (r *reader) inlines(st *story) {
	for depth := r.x.depth; r.x.child(depth); {
		r.inline(st)
	}
}

// inline reads what stands in a paragraph.
func (r *reader) inline(st *story) {
	switch r.x.elem {
	case elemPPr:
		r.paragraphProperties(&st.para)
	case elemR:
		r.run(st)
	case elemHyperlink, elemIns, elemMoveTo, elemSdt, elemSdtContent, elemSmartTag, elemCustomXML, elemBdo, elemDir:
		r.inlines(st)
	case elemDel, elemMoveFrom:
		// Read, not passed over: a field may begin or end in here.
		st.muted++
		r.inlines(st)
		st.muted--
	case elemFldSimple:
		r.simpleField(st)
	case elemAlternateContent:
		r.alternate(func() { r.inlines(st) })
	case elemOMath, elemOMathPara:
		r.formula(st)
	case elemSubDoc:
		r.note(r.here(st), "docx.alt_chunk", "a file imported here is not read")
	case elemTbl:
		r.aside(st, st.role, r.table)
	}
}

func (r *reader) paragraphProperties(p *paragraph) {
	x := r.x
	for depth := x.depth; x.child(depth); {
		switch x.elem {
		case elemPStyle:
			p.style = r.styles.paragraphStyle(x.attr("val"))
			p.markHidden = p.style.vanish == on
		case elemOutlineLvl:
			p.outline = heading.Outline(x.number("val", notSet))
		case elemNumPr:
			for depth := x.depth; x.child(depth); {
				switch x.elem {
				case elemIlvl:
					p.ilvl = x.number("val", notSet)
				case elemNumID:
					p.numID = x.number("val", notSet)
				}
			}
		case elemRPr:
			r.markProperties(p)
		}
	}
}

// markProperties reads what is said of the paragraph mark.
func (r *reader) markProperties(p *paragraph) {
	hidden := run{hidden: p.style.vanish == on}
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemDel, elemMoveFrom:
			p.markDeleted = true
		default:
			r.runProperty(p, &hidden)
		}
	}
	p.markHidden = hidden.hidden
}

// run reads a run. A run may stand inside another one, in a ruby text.
func (r *reader) run(st *story) {
	if r.x.closing {
		return // empty, as half of the runs in some documents are
	}
	outer := st.run
	st.run = run{hidden: st.para.style.vanish == on}
	r.runContent(st)
	st.run = outer
}

// runContent reads what stands in a run, or in an alternative inside one.
func (r *reader) runContent(st *story) {
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemT:
			r.text(st)
		case elemRPr:
			r.runProperties(st)
		case elemFldChar:
			r.fieldChar(st)
		case elemInstrText:
			r.instruction(st)
		case elemAlternateContent:
			r.alternate(func() { r.runContent(st) })
		case elemRuby:
			r.ruby(st)
		default:
			if st.visible() {
				r.sign(st)
			}
		}
	}
}

// sign reads what stands in a run beside text.
func (r *reader) sign(st *story) {
	switch r.x.elem {
	case elemTab, elemPTab:
		r.write(st, "\t")
	case elemCr:
		r.write(st, "\n")
	case elemBr:
		switch string(r.x.attr("type")) {
		case "page", "column":
			st.para.newPage = true
		default:
			r.write(st, "\n")
		}
	case elemNoBreakHyphen:
		r.write(st, "\u2011")
	case elemSym:
		r.symbol(st)
	case elemFootnoteReference:
		r.footnotes = append(r.footnotes, r.x.attrString("id"))
	case elemEndnoteReference:
		r.endnotes = append(r.endnotes, r.x.attrString("id"))
	case elemDrawing, elemPict, elemObject:
		r.graphic(st)
	case elemTbl:
		r.aside(st, st.role, r.table)
	}
}

// visible tells whether the text of the run in hand is on the page.
func (st *story) visible() bool {
	return st.muted == 0 && st.instr == 0 && !st.run.hidden
}

func (r *reader) runProperties(st *story) {
	for depth := r.x.depth; r.x.child(depth); {
		r.runProperty(&st.para, &st.run)
	}
}

// runProperty reads one property. Hiding is a toggle: a character style undoes
// what the paragraph's style says (ECMA-376 part 1, 17.7.3), while the run's
// own property, which stands after the style, is final.
func (r *reader) runProperty(p *paragraph, run *run) {
	switch r.x.elem {
	case elemRStyle:
		if st := r.styles.get(r.x.attr("val")); st != nil {
			run.hidden = (p.style.vanish == on) != (st.vanish == on)
		}
	case elemRFonts:
		run.font = r.x.fonts()
	case elemVanish:
		run.hidden = r.x.toggle() == on
	}
}

// runFont reads a w:rPr for its font alone.
func (s *scanner) runFont() []byte {
	var font []byte
	for depth := s.depth; s.child(depth); {
		if s.elem == elemRFonts {
			font = s.fonts()
		}
	}
	return font
}

// fonts returns the font of the characters that symbol fonts have.
func (s *scanner) fonts() []byte {
	if f := s.attr("hAnsi"); f != nil {
		return f
	}
	return s.attr("ascii")
}

// write appends text that is on the page.
func (r *reader) write(st *story, text string) {
	r.pageBreak(&st.para)
	st.para.buf = append(st.para.buf, text...)
	r.produced++
}

// pageBreak writes a page or column break, which is a line break in the text,
// but only between texts.
func (r *reader) pageBreak(p *paragraph) {
	if p.newPage && len(p.buf) > 0 {
		p.buf = append(p.buf, '\n')
	}
	p.newPage = false
}

// text reads a w:t.
func (r *reader) text(st *story) {
	if !st.visible() {
		if st.instr > 0 {
			st.swallowed += len(r.x.content(nil))
		}
		return
	}
	p, attrs, before, broke := &st.para, r.x.bytes(r.x.attrs), len(st.para.buf), st.para.newPage
	r.pageBreak(p)
	from := len(p.buf)
	p.buf = r.x.content(p.buf)
	text := p.buf[from:]
	if len(text) > 0 && (isBlank(text[0]) || isBlank(text[len(text)-1]) || bytes.IndexByte(text, '\n') >= 0) {
		text = blanks(text, attrs)
	}
	if len(text) == 0 {
		p.buf, p.newPage = p.buf[:before], broke
		return
	}
	r.produced++
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
		r.invalid = true
		r.noteOnce(r.here(st), "docx.invalid_text", "bytes that are no characters were replaced by U+FFFD")
	}
	p.buf = append(p.buf[:from], text...)
	if symbol.Has(text) {
		p.buf = append(p.buf[:from], r.symbols(st, string(p.buf[from:]), string(st.run.font))...)
	}
}

// blanks treats blanks as Word does: those at the ends count only where
// xml:space says so, and a line end in the file is a blank on the page.
func blanks(text, attrs []byte) []byte {
	if !bytes.Contains(attrs, []byte("preserve")) {
		text = bytes.Trim(text, " \t\r\n")
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte(" "))
	for i, c := range text {
		if c == '\n' || c == '\r' {
			text[i] = ' '
		}
	}
	return text
}

// symbol reads a w:sym: a character of a named font.
func (r *reader) symbol(st *story) {
	code, err := strconv.ParseUint(r.x.attrString("char"), 16, 16)
	if err != nil || !utf8.ValidRune(rune(code)) || code == 0 {
		r.noteOnce(r.here(st), "docx.unknown_symbol", fmt.Sprintf("a symbol with the code %q was left out", r.x.attrString("char")))
		return
	}
	if code < 0x100 {
		code |= symbol.Area
	}
	r.write(st, r.symbols(st, string(rune(code)), r.x.attrString("font")))
}

// symbols replaces the characters of symbol fonts and notes those that have no
// known equivalent.
func (r *reader) symbols(st *story, text, font string) string {
	text = symbol.Replace(text, font)
	for _, c := range text {
		if symbol.IsPrivate(c) {
			r.noteOnce(r.here(st), "docx.unknown_symbol", fmt.Sprintf("%U of the font %q has no known equivalent", c, font))
		}
	}
	return text
}

// ruby reads the base of a ruby text; the reading above it is an aid.
func (r *reader) ruby(st *story) {
	for depth := r.x.depth; r.x.child(depth); {
		if r.x.elem == elemRubyBase {
			r.inlines(st)
		}
	}
}

// graphic reads the text boxes of a drawing. A graphic without any is noted:
// what it shows is not read.
func (r *reader) graphic(st *story) {
	if !r.shapes(st) {
		r.produced++
		r.note(r.here(st), "docx.graphic", "a picture, chart or embedded object is not read")
	}
}

// shapes reads the text boxes below the current element and tells whether
// there were any.
func (r *reader) shapes(st *story) bool {
	found := false
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemTxbxContent:
			r.aside(st, "textbox", r.blocks)
			found = true
		case elemAlternateContent:
			r.alternate(func() { found = r.shapes(st) || found })
		default:
			found = r.shapes(st) || found
		}
	}
	return found
}
