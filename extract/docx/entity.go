package docx

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"yusuan/extract/document"
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

// toUTF8 removes a byte order mark and turns UTF-16, the other encoding that
// OOXML allows, into UTF-8.
func toUTF8(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return data[3:], nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return fromUTF16(data[2:], binary.BigEndian)
	case bytes.HasPrefix(data, []byte("<\x00")):
		return fromUTF16(data, binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\x00<")):
		return fromUTF16(data, binary.BigEndian)
	}
	return data, nil
}

func fromUTF16(data []byte, order binary.ByteOrder) ([]byte, error) {
	if len(data)%2 != 0 {
		return nil, fmt.Errorf("%w: UTF-16 text of %d bytes", document.ErrMalformed, len(data))
	}
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) && i+4 <= len(data) {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data[i+2:]))); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}
