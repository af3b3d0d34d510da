package docx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// decode appends text with its entities replaced. Only the five entities of
// XML itself and character references exist: OOXML has no others.
func (s *scanner) decode(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		text = text[i+1:]
		end := bytes.IndexByte(text, ';')
		if end < 0 || end > maxEntity {
			s.malformed("& without an entity")
			return dst
		}
		r, ok := entity(string(text[:end]))
		if !ok {
			s.malformed("unknown entity &%s;", text[:end])
			return dst
		}
		dst = utf8.AppendRune(dst, r)
		text = text[end+1:]
	}
}

// maxEntity is longer than any entity and character reference that means
// something: "#x10FFFF" with a few leading zeros.
const maxEntity = 16

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
