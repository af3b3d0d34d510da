package build

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// A style is a slot of the style sheet: an STD, [MS-DOC] 2.9.258.
type style struct {
	istd, kind, base, next, sti int
	name                        string
	prls                        []prl
}

// The kinds of styles, StdfBase.stk ([MS-DOC] 2.9.260).
var styleKinds = map[string]int{"paragraph": 1, "character": 2, "table": 3, "list": 4}

const (
	noStyle     = 0xFFF // istdNil
	userStyle   = 0xFFE // stiUser
	fixedStyles = 15    // the slots of built-in styles that every sheet has
)

func (f *file) style(n *node) error {
	if len(n.words) < 3 || n.words[1].kind != plainWord || n.words[2].kind != textWord {
		return n.errorf("a style has a number and a name")
	}
	istd, err := number(n.words[1].key)
	if err != nil {
		return n.errorf("%w", err)
	}
	if istd < 0 || istd >= noStyle {
		return n.errorf("styles have numbers from 0 to %d", noStyle-1)
	}
	s := style{istd: istd, kind: 1, base: noStyle, next: istd, sti: userStyle, name: n.words[2].value}
	if istd < 10 {
		s.sti = istd // Normal and the nine headings
	}
	for _, w := range n.words[3:] {
		if err := s.setting(w); err != nil {
			return n.errorf("%w", err)
		}
	}
	f.styles = append(f.styles, s)
	return nil
}

func (s *style) setting(w word) error {
	p, found, err := parsePrl(w)
	if err != nil {
		return err
	}
	if found {
		s.prls = append(s.prls, p)
		return nil
	}
	if w.kind == valueWord && w.key == "kind" {
		s.kind = styleKinds[w.value]
		if s.kind == 0 {
			return fmt.Errorf("no kind of style is named %q", w.value)
		}
		return nil
	}
	v, err := number(w.value)
	if err != nil {
		return err
	}
	switch w.key {
	case "base":
		s.base = v
	case "next":
		s.next = v
	case "sti":
		s.sti = v
	default:
		return fmt.Errorf("no property is named %q", w.key)
	}
	return nil
}

// withDefaults adds the two styles that every document has.
func withDefaults(styles []style) []style {
	for _, d := range []style{
		{istd: 0, kind: 1, base: noStyle, name: "Normal"},
		{istd: 10, kind: 2, base: noStyle, next: 10, sti: 65, name: "Default Paragraph Font"},
	} {
		if !slices.ContainsFunc(styles, func(s style) bool { return s.istd == d.istd }) {
			styles = append(styles, d)
		}
	}
	return styles
}

// styleSheet is the STSH, [MS-DOC] 2.9.271. Slots without a style are empty.
func (w *writer) styleSheet() ([]byte, error) {
	slots := map[int][]byte{}
	count := fixedStyles
	for _, s := range withDefaults(w.file.styles) {
		std, err := w.std(s)
		if err != nil {
			return nil, err
		}
		slots[s.istd] = std
		count = max(count, s.istd+1)
	}
	// STSHI ([MS-DOC] 2.9.272): the number of slots, the size of the fixed part of
	// an STD, names are written, then what a current program wrote.
	out := words16(18, count, 10, 1, 0x5B, fixedStyles, 0, 0, 0, 0)
	for i := range count {
		out = binary.LittleEndian.AppendUint16(out, uint16(len(slots[i])))
		out = append(out, slots[i]...)
	}
	return out, nil
}

// std writes one style: its fixed part, its name and its properties by kind.
func (w *writer) std(s style) ([]byte, error) {
	var byKind [8][]byte
	for _, p := range s.prls {
		grpprl, err := w.grpprl([]prl{p})
		if err != nil {
			return nil, err
		}
		byKind[p.kind()] = append(byKind[p.kind()], grpprl...)
	}
	papx := append(words16(s.istd), byKind[kindParagraph]...)
	var upxs [][]byte // in the order of grLPUpxSw
	switch s.kind {
	case 1:
		upxs = [][]byte{papx, byKind[kindCharacter]}
	case 2:
		upxs = [][]byte{byKind[kindCharacter]}
	case 3:
		upxs = [][]byte{byKind[kindTable], papx, byKind[kindCharacter]}
	default:
		upxs = [][]byte{papx}
	}
	body := xstz(s.name)
	for _, u := range upxs {
		body = append(body, words16(len(u))...)
		body = append(body, u...)
		if len(u)%2 == 1 {
			body = append(body, 0)
		}
	}
	size := 10 + len(body)
	head := words16(s.sti, s.kind|s.base<<4, len(upxs)|s.next<<4, size, 0)
	return append(head, body...), nil
}

// words16 writes numbers of 16 bits.
func words16(values ...int) []byte {
	var out []byte
	for _, v := range values {
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	return out
}

// words32 writes numbers of 32 bits.
func words32(values ...int) []byte {
	var out []byte
	for _, v := range values {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	return out
}

// A font is an entry of the font table.
type font struct {
	name    string
	charset int
}

func (f *file) font(n *node) error {
	if len(n.words) < 2 || n.words[1].kind != textWord {
		return n.errorf("a font has a name")
	}
	t := font{name: n.words[1].value}
	for _, w := range n.words[2:] {
		if w.kind != valueWord || w.key != "charset" {
			return n.errorf("%q means nothing to a font", w.key)
		}
		v, err := number(w.value)
		if err != nil {
			return n.errorf("%w", err)
		}
		t.charset = v
	}
	f.fonts = append(f.fonts, t)
	return nil
}

// defaultFonts are those that Word writes into a Chinese document.
var defaultFonts = []font{{"Times New Roman", 0}, {"Symbol", 2}, {"Arial", 0}, {"宋体", 134}}

// fontTable is the SttbfFfn ([MS-DOC] 2.9.286) of FFN structures (2.9.82).
func (w *writer) fontTable() []byte {
	fonts := w.file.fonts
	if len(fonts) == 0 {
		fonts = defaultFonts
	}
	out := words16(len(fonts), 0)
	for _, t := range fonts {
		body := append([]byte{0x04}, words16(400)...) // TrueType; weight
		body = append(body, byte(t.charset), 0)
		body = append(body, make([]byte, 10+24)...) // PANOSE, FONTSIGNATURE
		body = append(append(body, units(t.name)...), 0, 0)
		out = append(append(out, byte(len(body))), body...)
	}
	return out
}
