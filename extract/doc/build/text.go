package build

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// A char is one character of the document, with everything that is stored for
// it elsewhere.
type char struct {
	code  uint16
	prls  []prl // its character properties
	para  *para // set at the character that ends a paragraph
	ref   ref   // what it refers to in another part of the document
	piece *piece
}

// A para is what is stored for a paragraph: a PapxInFkp, [MS-DOC] 2.9.175.
type para struct {
	istd int
	prls []prl
	huge bool
}

// A ref is a note or a shape that a character stands for.
type ref struct {
	kind refKind
	auto bool // a note with a number, not with a mark of its own
	id   int  // of a shape
}

type refKind int

const (
	noRef refKind = iota
	footnoteRef
	endnoteRef
	commentRef
	shapeRef
	sectionRef // a section ends here
)

// A named is a character that has a name in braces.
type named struct {
	code    uint16
	special bool // gets sprmCFSpec
	ref     refKind
}

// namedChars are the special characters of [MS-DOC] 2.4.2, 2.6.1 (sprmCFSpec) and 2.8.25.
var namedChars = map[string]named{
	"tab": {code: 0x09}, "br": {code: 0x0B}, "page": {code: 0x0C}, "par": {code: 0x0D},
	"cell": {code: 0x07}, "column": {code: 0x0E}, "nbh": {code: 0x1E}, "sh": {code: 0x1F},
	"nbsp": {code: 0xA0},
	"pic":  {code: 0x01, special: true}, "note": {code: 0x02, special: true},
	"sym": {code: 0x28, special: true}, "field": {code: 0x13, special: true},
	"sep": {code: 0x14, special: true}, "end": {code: 0x15, special: true},
	"foot":    {code: 0x02, special: true, ref: footnoteRef},
	"endnote": {code: 0x02, special: true, ref: endnoteRef},
	"comment": {code: 0x05, special: true, ref: commentRef},
	"shape":   {code: 0x08, special: true, ref: shapeRef},
}

// parseText makes characters of a text, all with the properties of prls.
func parseText(text string, prls []prl) ([]char, error) {
	var out []char
	for text != "" {
		plain, rest, found := strings.Cut(text, "{")
		for _, unit := range utf16.Encode([]rune(plain)) {
			out = append(out, char{code: unit, prls: prls})
		}
		if !found {
			break
		}
		name, rest, found := strings.Cut(rest, "}")
		if !found {
			return nil, fmt.Errorf("a brace is not closed in %q", text)
		}
		chars, err := parseBraces(name, prls)
		if err != nil {
			return nil, err
		}
		out = append(out, chars...)
		text = rest
	}
	return out, nil
}

// parseBraces makes the characters that stand in braces: one, or one for each
// byte of {bytes:…}.
func parseBraces(name string, prls []prl) ([]char, error) {
	hexBytes, ok := strings.CutPrefix(name, "bytes:")
	if !ok {
		c, err := parseNamed(name, prls)
		return []char{c}, err
	}
	b, err := unhex(hexBytes)
	if err != nil {
		return nil, err
	}
	var out []char
	for _, v := range b {
		out = append(out, char{code: uint16(v), prls: prls})
	}
	return out, nil
}

// parseNamed makes the character that stands in braces.
func parseNamed(name string, prls []prl) (char, error) {
	name, argument, hasArgument := strings.Cut(name, ":")
	n, ok := namedChars[name]
	if !ok {
		code, err := strconv.ParseUint(name, 16, 16)
		if err != nil || hasArgument {
			return char{}, fmt.Errorf("no character is named {%s}", name)
		}
		return char{code: uint16(code), prls: prls}, nil
	}
	c := char{code: n.code, prls: prls, ref: ref{kind: n.ref, auto: true}}
	switch {
	case n.ref == shapeRef:
		id, err := number(argument)
		if err != nil {
			return char{}, fmt.Errorf("{shape:…} needs the number of the shape: %w", err)
		}
		c.ref.id = id
	case hasArgument && (n.ref == footnoteRef || n.ref == endnoteRef):
		units := utf16.Encode([]rune(argument))
		if len(units) != 1 {
			return char{}, fmt.Errorf("the mark of a note is one character, not %q", argument)
		}
		c.code, c.ref.auto, n.special = units[0], false, false
	case hasArgument:
		return char{}, fmt.Errorf("{%s} takes no argument", name)
	}
	if n.special {
		c.prls = withSpecial(prls)
	}
	return c, nil
}

// withSpecial adds sprmCFSpec=1 unless the run says it itself.
func withSpecial(prls []prl) []prl {
	spec := sprms["CFSpec"].opcode
	for _, p := range prls {
		if p.opcode() == spec {
			return prls
		}
	}
	out := append([]prl{}, prls...)
	return append(out, prl{bytes: []byte{byte(spec), byte(spec >> 8), 1}})
}

// units is a text in UTF-16, little-endian, without a length or end.
func units(text string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// xstz is a string with its length in front and a zero behind, the Xstz of
// [MS-DOC] 2.9.354.
func xstz(text string) []byte {
	u := units(text)
	n := len(u) / 2
	out := append([]byte{byte(n), byte(n >> 8)}, u...)
	return append(out, 0, 0)
}

// unhex reads bytes in hexadecimal.
func unhex(text string) ([]byte, error) {
	out, err := hex.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%q is not hexadecimal", text)
	}
	return out, nil
}

// cp1252 are the characters that an 8-bit piece stores with the bytes 0x80 to 0x9F, as
// [MS-DOC] 2.9.73 (FcCompressed) lists them; the zeros are not used.
var cp1252 = [32]uint16{
	0, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0, 0x0178,
}

// narrow is the byte that stands for a character in an 8-bit piece.
func narrow(code uint16) (byte, error) {
	if code < 0x100 {
		return byte(code), nil
	}
	for i, c := range cp1252 {
		if c == code {
			return byte(0x80 + i), nil
		}
	}
	return 0, fmt.Errorf("U+%04X has no place in an 8-bit piece", code)
}
