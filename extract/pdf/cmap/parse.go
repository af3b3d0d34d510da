package cmap

import (
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxEntries bounds the entries that an embedded CMap may have: every code of
// two bytes, with room to spare.
const maxEntries = 1 << 18

// Parse reads an embedded CMap, whichever of CIDs and text it maps to. It
// takes what it understands and skips the rest, since half of a CMap is better
// than none. Base returns the CMap that another one builds on (usecmap), nil if
// it is not known; base itself may be nil.
func Parse(data []byte, base func(name string) *Map) *Map {
	p := parser{rest: data, m: &Map{chars: map[uint32]string{}}, base: base}
	for p.token() {
	}
	slices.SortStableFunc(p.m.cids, func(a, b cidRange) int { return compare(a.lo, b.lo) })
	slices.SortStableFunc(p.m.texts, func(a, b textRange) int { return compare(a.lo, b.lo) })
	return p.m
}

// WithBase returns the CMap with another under it, as a stream's UseCMap entry
// says; a usecmap inside the stream itself goes before.
func (m *Map) WithBase(base *Map) *Map {
	if m.base != nil || base == nil || m.legacy != nil {
		return m
	}
	with := *m
	with.base = base
	return &with
}

// WithVertical returns the CMap with another writing direction.
func (m *Map) WithVertical(vertical bool) *Map {
	with := *m
	with.vertical = vertical
	return &with
}

func compare(a, b uint32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// operand is one value before an operator.
type operand struct {
	kind  byte   // 'x' string, 'n' number, '/' name, '[' and ']'
	bytes []byte // of a string or name
	num   int
}

// parser reads the few operators of CMap files; everything else of PostScript
// is passed over.
type parser struct {
	rest    []byte
	m       *Map
	base    func(string) *Map
	args    []operand
	entries int
}

// token reads one token and acts on it, false at the end.
func (p *parser) token() bool {
	p.rest = skipSpace(p.rest)
	if len(p.rest) == 0 {
		return false
	}
	switch c := p.rest[0]; {
	case c == '<' && len(p.rest) > 1 && p.rest[1] == '<', c == '>' && len(p.rest) > 1 && p.rest[1] == '>':
		p.rest = p.rest[2:]
	case c == '<':
		p.hex()
	case c == '(':
		p.literal()
	case c == '[' || c == ']':
		p.push(operand{kind: c})
		p.rest = p.rest[1:]
	case c == '/':
		word := regular(p.rest[1:])
		p.rest = p.rest[1+len(word):]
		p.push(operand{kind: '/', bytes: word})
	default:
		p.word()
	}
	return true
}

func (p *parser) push(o operand) {
	if len(p.args) < 4*maxEntries {
		p.args = append(p.args, o)
	}
}

// word reads a number or an operator.
func (p *parser) word() {
	word := regular(p.rest)
	if len(word) == 0 { // a stray delimiter
		p.rest = p.rest[1:]
		return
	}
	p.rest = p.rest[len(word):]
	if n, err := strconv.Atoi(string(word)); err == nil {
		p.push(operand{kind: 'n', num: n})
		return
	}
	p.operator(string(word))
	p.args = p.args[:0]
}

func (p *parser) operator(op string) {
	switch op {
	case "endcodespacerange":
		p.codeSpaces()
	case "endcidrange":
		p.cidRanges()
	case "endcidchar":
		p.cidChars()
	case "endbfrange":
		p.bfRanges()
	case "endbfchar":
		p.bfChars()
	case "usecmap":
		p.useMap()
	case "def":
		if n := len(p.args); n >= 2 && p.args[n-2].is("WMode") && p.args[n-1].kind == 'n' {
			p.m.vertical = p.args[n-1].num == 1
		}
	}
}

// is tells whether an operand is that name.
func (o operand) is(name string) bool { return o.kind == '/' && string(o.bytes) == name }

// useMap puts the CMap that is named last under this one.
func (p *parser) useMap() {
	n := len(p.args)
	if n == 0 || p.args[n-1].kind != '/' || p.base == nil || p.m.base != nil {
		return
	}
	if p.m.base = p.base(string(p.args[n-1].bytes)); p.m.base != nil {
		p.m.vertical = p.m.vertical || p.m.base.vertical
	}
}

// spend counts an entry, false if there are too many.
func (p *parser) spend() bool {
	p.entries++
	return p.entries <= maxEntries
}

func (p *parser) codeSpaces() {
	a := p.args
	for ; len(a) >= 2 && p.spend(); a = a[2:] {
		n := len(a[0].bytes)
		if a[0].kind == 'x' && a[1].kind == 'x' && n == len(a[1].bytes) && 1 <= n && n <= maxCode {
			p.m.spaces = append(p.m.spaces, space{n, number(a[0].bytes), number(a[1].bytes)})
		}
	}
}

// code tells whether an operand is a code.
func (o operand) code() bool { return o.kind == 'x' && 1 <= len(o.bytes) && len(o.bytes) <= maxCode }

func (p *parser) cidRanges() {
	a := p.args
	for ; len(a) >= 3 && p.spend(); a = a[3:] {
		if !a[0].code() || !a[1].code() || a[2].kind != 'n' {
			continue
		}
		if lo, hi := number(a[0].bytes), number(a[1].bytes); lo <= hi {
			p.m.cids = append(p.m.cids, cidRange{len(a[0].bytes), lo, hi, a[2].num})
		}
	}
}

func (p *parser) cidChars() {
	a := p.args
	for ; len(a) >= 2 && p.spend(); a = a[2:] {
		if a[0].code() && a[1].kind == 'n' {
			code := number(a[0].bytes)
			p.m.cids = append(p.m.cids, cidRange{len(a[0].bytes), code, code, a[1].num})
		}
	}
}

func (p *parser) bfChars() {
	a := p.args
	for ; len(a) >= 2 && p.spend(); a = a[2:] {
		if !a[0].code() {
			continue
		}
		if text, ok := a[1].text(); ok {
			p.m.chars[number(a[0].bytes)] = text
		}
	}
}

// bfRanges reads <lo> <hi> <text> and <lo> <hi> [<text> …].
func (p *parser) bfRanges() {
	a := p.args
	for len(a) >= 3 && p.spend() {
		lo, hi, to := a[0], a[1], a[2]
		a = a[3:]
		ok := lo.code() && hi.code() && number(lo.bytes) <= number(hi.bytes)
		if to.kind == '[' {
			n := 0
			for n < len(a) && a[n].kind != ']' {
				n++
			}
			if ok {
				p.bfArray(number(lo.bytes), number(hi.bytes), a[:n])
			}
			a = a[min(n+1, len(a)):]
		} else if text, known := to.text(); ok && known {
			p.m.texts = append(p.m.texts, textRange{number(lo.bytes), number(hi.bytes), text})
		}
	}
}

// bfArray maps the codes of a range to texts of their own.
func (p *parser) bfArray(lo, hi uint32, texts []operand) {
	for _, o := range texts {
		if lo > hi || !p.spend() {
			return
		}
		if text, known := o.text(); known {
			p.m.chars[lo] = text
		}
		lo++
	}
}

// text is what an operand as the target of a mapping says: UTF-16, a single
// byte by itself, or a glyph name.
func (o operand) text() (string, bool) {
	switch {
	case o.kind == '/':
		return GlyphText(string(o.bytes))
	case o.kind != 'x' || len(o.bytes) == 0:
		return "", false
	case len(o.bytes) == 1:
		return string(rune(o.bytes[0])), true
	}
	units := make([]uint16, 0, len(o.bytes)/2)
	for i := 0; i+1 < len(o.bytes); i += 2 {
		units = append(units, uint16(o.bytes[i])<<8|uint16(o.bytes[i+1]))
	}
	runes := utf16.Decode(units)
	if slices.Contains(runes, utf8.RuneError) {
		return "", false
	}
	return string(runes), true
}

// hex reads <…>; an odd last digit is followed by 0.
func (p *parser) hex() {
	out, digits := []byte(nil), 0
	i := 1
	for ; i < len(p.rest) && p.rest[i] != '>'; i++ {
		d := hexDigit(p.rest[i])
		if d < 0 {
			continue
		}
		if digits%2 == 0 {
			out = append(out, byte(d)<<4)
		} else {
			out[len(out)-1] |= byte(d)
		}
		digits++
	}
	p.rest = p.rest[min(i+1, len(p.rest)):]
	p.push(operand{kind: 'x', bytes: out})
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// literal passes over (…), which CMaps have in their system info only.
func (p *parser) literal() {
	depth, i := 0, 0
	for ; i < len(p.rest); i++ {
		switch p.rest[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			break
		}
	}
	p.rest = p.rest[min(i+1, len(p.rest)):]
	p.push(operand{kind: '('})
}

// skipSpace passes over white space and comments.
func skipSpace(s []byte) []byte {
	for len(s) > 0 {
		switch s[0] {
		case 0, '\t', '\n', '\f', '\r', ' ':
			s = s[1:]
		case '%':
			i := 0
			for i < len(s) && s[i] != '\n' && s[i] != '\r' {
				i++
			}
			s = s[i:]
		default:
			return s
		}
	}
	return s
}

// regular returns the regular characters at the start.
func regular(s []byte) []byte {
	for i, c := range s {
		switch c {
		case 0, '\t', '\n', '\f', '\r', ' ', '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
			return s[:i]
		}
	}
	return s
}
