package doc

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"yusuan/extract/symbol"
)

// Characters that stand for something else ([MS-DOC] 2.4.4, and 2.6.3 where it
// names characters with sprmCFSpec).
const (
	charPicture     = 0x01
	charNote        = 0x02
	charDrawing     = 0x08
	charTab         = 0x09
	charLine        = 0x0B
	charColumn      = 0x0E
	charHyphen      = 0x1E // does not break
	charSoftHyphen  = 0x1F
	charSymbol      = 0x28
	firstRealChar   = 0x20
	noBreakHyphen   = "\u2011"
	replacementChar = "\uFFFD"
)

// characters reads the characters of a paragraph, its mark among them, run by
// run of equal properties.
func (r *reader) characters(st *story, from, to int) {
	for cp := from; cp < to; {
		piece := r.text.find(cp)
		if piece == nil {
			return
		}
		r.step()
		fc := piece.offset(cp)
		grpprl, endFC := r.chars.find(fc)
		end := min(to, piece.to, cp+max(1, (endFC-fc+piece.width-1)/piece.width))
		c := r.look(st, grpprl, piece.prm)
		if end == to {
			st.para.markDeleted, st.para.markHidden = c.deleted, c.hidden
		}
		r.run(st, &c, cp, end)
		cp = end
	}
}

// lookKey tells lists of properties apart by where they stand.
type lookKey struct {
	style       *style
	grpprl, prm *byte
}

func start(b []byte) *byte {
	if len(b) == 0 {
		return nil
	}
	return &b[0]
}

// look resolves the properties of a run: the paragraph's style, then the run's
// own, then the piece's (2.4.6.2).
func (r *reader) look(st *story, grpprl, prm []byte) look {
	key := lookKey{st.para.style, start(grpprl), start(prm)}
	if key == r.lastKey {
		return r.lastLook
	}
	style := st.para.style
	c := look{hidden: style.hidden, styleHidden: style.hidden, fonts: style.fonts}
	c.apply(grpprl, r.styles)
	c.apply(prm, r.styles)
	r.lastKey, r.lastLook = key, c
	return c
}

// run reads characters of equal properties.
func (r *reader) run(st *story, c *look, from, to int) {
	visible := !c.hidden && !c.deleted
	if visible && st.main && st.instr == 0 {
		r.see(from, to)
	}
	for cp := from; cp < to; cp++ {
		u := r.text.units[cp]
		switch {
		case u == fieldBegin && st.stray[cp]:
			r.noteHere(st, "doc.field_open", "a field has no end; its instruction stands in the text")
		case u >= fieldBegin && u <= fieldEnd:
			r.fieldMark(st, u, c.deleted)
		case st.instr > 0:
			r.instruction(st, c, u)
		case !visible:
		case c.standsForSymbol(u):
			r.symbol(st, c)
		case u < firstRealChar:
			r.sign(st, c, u)
		default:
			cp = r.plain(st, c, cp, to) - 1
		}
	}
}

// standsForSymbol tells whether a character stands for that of a symbol font
// (2.6.3 sprmCSymbol).
func (c *look) standsForSymbol(u uint16) bool {
	return c.symbol != 0 && (u == charSymbol || u >= firstRealChar && c.special)
}

// plain writes characters up to the next that stands for something else and
// returns where that is.
func (r *reader) plain(st *story, c *look, from, to int) int {
	st.breakPage()
	buf := st.para.buf
	cp := from
	for ; cp < to; cp++ {
		u := r.text.units[cp]
		if u < firstRealChar {
			break
		}
		switch char := rune(u); {
		case u < utf8.RuneSelf:
			buf = append(buf, byte(u))
		case utf16.IsSurrogate(char):
			buf = append(buf, r.surrogate(st, cp)...)
		case symbol.IsPrivate(char):
			buf = append(buf, r.explain(st, char, r.font(c.fonts))...)
		default:
			buf = utf8.AppendRune(buf, char)
		}
	}
	st.para.buf = buf
	return cp
}

// surrogate returns the character that a half of one at a position stands for:
// the first half stands for both, wherever the second is, since that may be in
// the next run.
func (r *reader) surrogate(st *story, cp int) string {
	half := func(cp int) rune {
		if cp < 0 || cp >= len(r.text.units) {
			return 0
		}
		return rune(r.text.units[cp])
	}
	if utf16.DecodeRune(half(cp-1), half(cp)) != utf8.RuneError {
		return ""
	}
	pair := utf16.DecodeRune(half(cp), half(cp+1))
	if pair == utf8.RuneError {
		r.noteHereOnce(st, "doc.invalid_text", "half of a character was replaced by U+FFFD")
	}
	return string(pair)
}

// instruction reads a character of a field's instruction. It counts in hidden
// text as well: Word hides the fields that only mark something, such as TC.
func (r *reader) instruction(st *story, c *look, u uint16) {
	n := len(st.fields)
	if c.deleted || n == 0 {
		return
	}
	f := &st.fields[n-1]
	switch {
	case u == paragraphMark || u == cellMark:
		f.marks++
	case u == charPicture && c.data && !f.result:
		f.form = formField(r.data, c.picture)
	case f.result || u < firstRealChar:
	case c.symbol != 0 && u == charSymbol:
		f.instr = append(f.instr, r.explain(st, rune(c.symbol), r.fontName(c.symbolFont))...)
	default:
		f.instr = utf8.AppendRune(f.instr, rune(u))
	}
}

// sign reads a character that stands for something else.
func (r *reader) sign(st *story, c *look, u uint16) {
	switch u {
	case charTab:
		st.write("\t")
	case charLine:
		st.write("\n")
	case sectionMark, charColumn:
		st.para.newPage = true
	case charHyphen:
		st.write(noBreakHyphen)
	case charPicture:
		if c.special && !c.data {
			r.noteHere(st, "doc.graphic", "a picture, chart or embedded object is not read")
		}
	}
}

// symbol writes a character of a symbol font.
func (r *reader) symbol(st *story, c *look) {
	char := rune(c.symbol)
	if char < 0x100 {
		char |= symbol.Area
	}
	st.write(r.explain(st, char, r.fontName(c.symbolFont)))
}

// explain returns what a character of the private area means in a font, and
// notes one that has no known equivalent.
func (r *reader) explain(st *story, char rune, font string) string {
	text := string(char) // U+FFFD for what is no character
	text = symbol.Replace(text, font)
	for _, c := range text {
		if symbol.IsPrivate(c) {
			r.noteHereOnce(st, "doc.unknown_symbol", fmt.Sprintf("%U of the font %q has no known equivalent", c, font))
		}
	}
	return text
}

// font returns the name of the font that symbols are taken from.
func (r *reader) font(f fonts) string {
	if name := r.fontName(f.other); name != "" && f.other != 0 {
		return name
	}
	return r.fontName(f.ascii)
}

func (r *reader) fontName(index int) string {
	if index < 0 || index >= len(r.fonts) {
		return ""
	}
	return r.fonts[index]
}
