package doc

import (
	"unicode/utf16"

	"yusuan/extract/heading"
)

// notSet stands for a number that a file does not give.
const notSet = heading.NotSet

// style is a style of the document with what its ancestors say filled in
// ([MS-DOC] 2.9.258 STD).
type style struct {
	// level is the heading's level, 0 for body text, notSet if nothing says so.
	level int
	// hidden hides the text.
	hidden bool
	// ilfo and ilvl are the list that the style numbers its paragraphs in;
	// owner is the style of the chain that names it, by which the list finds
	// the level.
	ilfo, ilvl, owner int
	fonts             fonts

	base         int
	papx, chpx   []byte
	resolved     bool
	exists, para bool
}

// styleSheet are the styles by their index (istd).
type styleSheet struct{ list []style }

// plainStyle is what a paragraph has whose style is not there.
func plainStyle() style {
	return style{level: notSet, ilfo: notSet, ilvl: notSet, owner: notSet, base: istdNil}
}

const (
	// istdNil is the index of no style (2.9.258).
	istdNil = 0xFFF
	// lastHeading is the last of the indexes 1 to 9 that are reserved for
	// heading 1 to heading 9 (2.9.271 STSH).
	lastHeading = heading.Deepest
)

// get returns a style by its index. One that the sheet lacks counts as the
// first, the default, but the index alone may still say "heading 1".
func (s *styleSheet) get(istd int) *style {
	if istd >= 0 && istd < len(s.list) && s.list[istd].exists {
		return &s.list[istd]
	}
	plain := plainStyle()
	if len(s.list) > 0 {
		plain = s.list[0]
	}
	if istd >= 1 && istd <= lastHeading {
		plain.level = istd
	}
	return &plain
}

// readStyles reads a style sheet (2.9.271 STSH): the sizes of what follows,
// then one STD after the other. It returns what it could read, and whether that
// is all.
func readStyles(data []byte) (*styleSheet, bool) {
	sheet := &styleSheet{}
	head, ok := cut(data, 0, 2)
	if !ok {
		return sheet, len(data) == 0
	}
	stshi, ok := cut(data, 2, u16(head, 0))
	if !ok || len(stshi) < 4 {
		return sheet, false
	}
	count, baseSize := u16(stshi, 0), u16(stshi, 2)
	at := 2 + len(stshi)
	for range count {
		size, ok := cut(data, at, 2)
		if !ok {
			break
		}
		std, ok := cut(data, at+2, u16(size, 0))
		if !ok {
			break
		}
		st := plainStyle()
		if len(std) > 0 {
			st.read(std, baseSize)
		}
		sheet.list = append(sheet.list, st)
		at += 2 + len(std) + len(std)%2
	}
	for i := range sheet.list {
		sheet.resolve(i)
	}
	return sheet, len(sheet.list) == count
}

// read reads an STD: a fixed part, the name, and the properties that the style
// adds to its base (2.9.258 STD, 2.9.260 StdfBase).
func (st *style) read(std []byte, baseSize int) {
	fixed, ok := cut(std, 0, 6)
	if !ok {
		return
	}
	const paragraphs, characters = 1, 2
	sti, kind := u16(fixed, 0)&0xFFF, u16(fixed, 2)&0xF
	st.base = u16(fixed, 2) >> 4
	count := u16(fixed, 4) & 0xF
	st.exists, st.para = true, kind == paragraphs
	length, ok := cut(std, baseSize, 2)
	if !ok {
		return
	}
	name, ok := cut(std, baseSize+2, 2*u16(length, 0))
	if !ok {
		return
	}
	if st.level = heading.Named(utf16Text(name)); sti >= 1 && sti <= lastHeading {
		st.level = sti
	}
	at := baseSize + 2 + len(name) + 2 // the name ends in a zero
	var upx [][]byte
	for range min(count, 3) {
		at += at % 2
		size, ok := cut(std, at, 2)
		if !ok {
			break
		}
		data, ok := cut(std, at+2, u16(size, 0))
		if !ok {
			break
		}
		upx = append(upx, data)
		at += 2 + len(data)
	}
	switch {
	case st.para && len(upx) > 0:
		st.papx = tail(upx[0], 2) // behind the style's own index
		if len(upx) > 1 {
			st.chpx = upx[1]
		}
	case kind == characters && len(upx) > 0:
		st.chpx = upx[0]
	}
}

// resolve fills in what the style inherits and adds its own. Marking it first
// ends chains that run in a circle.
func (s *styleSheet) resolve(istd int) {
	st := &s.list[istd]
	if st.resolved {
		return
	}
	st.resolved = true
	if st.base < len(s.list) && st.base != istd {
		s.resolve(st.base)
		base := &s.list[st.base]
		if st.level == notSet {
			st.level = base.level
		}
		st.hidden, st.fonts = base.hidden, base.fonts
		st.ilfo, st.ilvl, st.owner = base.ilfo, base.ilvl, base.owner
	}
	if st.para {
		var p properties
		p.of(st)
		p.apply(st.papx)
		if p.outline != notSet {
			st.level = p.outline
		}
		if p.ilfo != st.ilfo {
			st.owner = istd
		}
		st.ilfo, st.ilvl = p.ilfo, p.ilvl
	}
	c := look{hidden: st.hidden, styleHidden: st.hidden, fonts: st.fonts}
	c.apply(st.chpx, nil)
	st.hidden, st.fonts = c.hidden, c.fonts
}

// utf16Text decodes UTF-16 up to the first zero.
func utf16Text(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		u := uint16(u16(b, i))
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

// readFonts reads the names of the fonts (2.9.286 SttbfFfn, 2.9.83 FFN).
func readFonts(data []byte) []string {
	head, ok := cut(data, 0, 4)
	if !ok {
		return nil
	}
	const nameAt = 39 // behind the family, the weight, the class and the signature
	var names []string
	at := 4
	for range u16(head, 0) {
		size, ok := cut(data, at, 1)
		if !ok {
			break
		}
		ffn, ok := cut(data, at+1, int(size[0]))
		if !ok {
			break
		}
		names = append(names, utf16Text(tail(ffn, nameAt)))
		at += 1 + len(ffn)
	}
	return names
}
