// Package cmap knows what the codes of a PDF string stand for: predefined and
// embedded CMaps, the CIDs of Adobe's Chinese, Japanese and Korean character
// collections, and the glyph names and encodings of simple fonts. It knows no
// PDF objects: streams come in as bytes, names as strings.
package cmap

import (
	"slices"
	"unicode/utf8"
)

// Map is a CMap: it cuts a string into codes and says which CID, or which
// text, a code stands for. A Map is not changed after it was made and is safe
// for concurrent use.
type Map struct {
	vertical bool
	spaces   []space
	base     *Map
	legacy   *legacy // a predefined CMap, which needs no ranges

	cids  []cidRange
	chars map[uint32]string // bfchar
	texts []textRange       // bfrange
}

// space is a range of codes of n bytes; every byte lies between those of lo
// and hi.
type space struct {
	n      int
	lo, hi uint32
}

type cidRange struct {
	n      int
	lo, hi uint32
	cid    int
}

// textRange maps lo to text, and the codes after it to the runes after the
// last one of text.
type textRange struct {
	lo, hi uint32
	text   string
}

// maxCode is the length of the longest code in bytes.
const maxCode = 4

// maxBack bounds how many ranges a look-up tries before it gives up: ranges
// hardly ever overlap, and a file that makes thousands overlap is hostile.
const maxBack = 64

// Vertical tells whether the CMap writes from top to bottom.
func (m *Map) Vertical() bool { return m.vertical }

// Next returns the first code of a string and its length in bytes, which is
// at least 1 and at most the string's; the string must not be empty. Bytes
// outside every code space count as a code of the shortest length that fits.
func (m *Map) Next(s []byte) (code uint32, n int) {
	if m.legacy != nil {
		n = min(m.legacy.set.length(s), len(s))
		return number(s[:n]), n
	}
	if len(m.spaces) == 0 {
		if m.base != nil {
			return m.base.Next(s)
		}
		n = min(2, len(s)) // composite fonts without any code space: two bytes, as Identity
		return number(s[:n]), n
	}
	shortest := maxCode
	for n = 1; n <= min(maxCode, len(s)); n++ {
		code = number(s[:n])
		for _, sp := range m.spaces {
			if sp.n == n && sp.contains(code) {
				return code, n
			}
			shortest = min(shortest, sp.n)
		}
	}
	n = min(shortest, len(s))
	return number(s[:n]), n
}

func (sp space) contains(code uint32) bool {
	for shift := 0; shift < 8*sp.n; shift += 8 {
		b := code >> shift & 0xff
		if b < sp.lo>>shift&0xff || b > sp.hi>>shift&0xff {
			return false
		}
	}
	return true
}

// number is the code that the bytes are, the first byte highest.
func number(s []byte) uint32 {
	code := uint32(0)
	for _, b := range s {
		code = code<<8 | uint32(b)
	}
	return code
}

// CID returns the character identifier of a code of n bytes.
func (m *Map) CID(code uint32, n int) (int, bool) {
	if m.legacy != nil {
		return m.legacy.cid(code, n)
	}
	i, _ := slices.BinarySearchFunc(m.cids, code, func(r cidRange, c uint32) int {
		if r.lo <= c {
			return -1
		}
		return 1
	})
	for back := 0; i > 0 && back < maxBack; back++ {
		i--
		if r := m.cids[i]; r.n == n && r.lo <= code && code <= r.hi {
			return r.cid + int(code-r.lo), true
		}
	}
	if m.base != nil {
		return m.base.CID(code, n)
	}
	return 0, false
}

// Text returns what a code of n bytes stands for: by bfchar and bfrange of a
// ToUnicode CMap, by the character set of a predefined one. It is false if the
// CMap does not say.
func (m *Map) Text(code uint32, n int) (string, bool) {
	if m.legacy != nil {
		r := m.legacy.rune(code, n)
		return string(r), r != utf8.RuneError
	}
	if s, ok := m.chars[code]; ok {
		return s, true
	}
	i, _ := slices.BinarySearchFunc(m.texts, code, func(r textRange, c uint32) int {
		if r.lo <= c {
			return -1
		}
		return 1
	})
	for back := 0; i > 0 && back < maxBack; back++ {
		i--
		if r := m.texts[i]; r.lo <= code && code <= r.hi {
			return r.at(code)
		}
	}
	if m.base != nil {
		return m.base.Text(code, n)
	}
	return "", false
}

// at counts the last rune of the range's text up.
func (r textRange) at(code uint32) (string, bool) {
	last, n := utf8.DecodeLastRuneInString(r.text)
	if n == 0 || last == utf8.RuneError {
		return "", false
	}
	up := uint32(last) + (code - r.lo)
	if up > utf8.MaxRune || !utf8.ValidRune(rune(up)) {
		return "", false
	}
	return r.text[:len(r.text)-n] + string(rune(up)), true
}
