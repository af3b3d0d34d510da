// Package fontfile reads of an embedded font program the little that tells
// what its glyphs stand for, where the PDF itself does not say: character maps
// turned around, glyph names and built-in encodings of TrueType, OpenType, CFF
// and Type 1. It draws nothing and knows no PDF objects.
package fontfile

import (
	"bytes"
	"encoding/binary"
)

// Font is what is known about the glyphs of a font program. Every field may be
// empty. It is not changed after it was read.
type Font struct {
	// Runes maps glyphs to characters, from the Unicode subtables of cmap.
	Runes map[uint16]rune
	// Names are the glyph names by glyph, from post or a CFF charset.
	Names map[uint16]string
	// Codes maps the codes of a simple font to glyphs: the symbol subtable
	// (3,0), else the Macintosh one (1,0), of cmap; or a CFF's encoding.
	Codes map[byte]uint16
	// CodeNames are the glyph names of a Type 1 font's built-in encoding.
	CodeNames map[byte]string
	// CIDs maps the CIDs of a CID-keyed CFF font to glyphs; nil for others.
	CIDs map[uint16]uint16
}

// maxGlyphs is how many glyphs a font can have.
const maxGlyphs = 0x10000

// Read reads a font program of whatever format; nil if it is none that is
// known. What is broken in it is left out.
func Read(data []byte) *Font {
	f := &Font{}
	switch {
	case len(data) < 4:
		return nil
	case bytes.HasPrefix(data, []byte("ttcf")):
		t := table(data)
		f.sfnt(data, int(t.u32(12)))
	case bytes.HasPrefix(data, []byte("\x00\x01\x00\x00")), bytes.HasPrefix(data, []byte("true")), bytes.HasPrefix(data, []byte("OTTO")):
		f.sfnt(data, 0)
	case data[0] == 1 && data[1] <= 1 && data[2] >= 4:
		f.cff(data)
	case bytes.HasPrefix(data, []byte("%!")):
		f.type1(data)
	case data[0] == 0x80 && len(data) > 8: // a PFB segment
		f.type1(data[6:])
	default:
		return nil
	}
	return f
}

// table is bytes whose numbers can be read anywhere: outside they are 0.
type table []byte

func (t table) u8(i int) int {
	if i < 0 || i >= len(t) {
		return 0
	}
	return int(t[i])
}

func (t table) u16(i int) uint16 {
	if i < 0 || i+2 > len(t) {
		return 0
	}
	return binary.BigEndian.Uint16(t[i:])
}

func (t table) u32(i int) uint32 {
	if i < 0 || i+4 > len(t) {
		return 0
	}
	return binary.BigEndian.Uint32(t[i:])
}

// from is the table from i on.
func (t table) from(i int) table {
	if i < 0 || i > len(t) {
		return nil
	}
	return t[i:]
}

// cut is n bytes from i on, or as many as there are.
func (t table) cut(i, n int) table {
	t = t.from(i)
	if n < 0 {
		return nil
	}
	return t[:min(n, len(t))]
}
