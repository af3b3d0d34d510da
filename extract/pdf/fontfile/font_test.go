package fontfile

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func u16(v ...int) string {
	var out []byte
	for _, x := range v {
		out = binary.BigEndian.AppendUint16(out, uint16(x))
	}
	return string(out)
}

func u32(v ...int) string {
	var out []byte
	for _, x := range v {
		out = binary.BigEndian.AppendUint32(out, uint32(x))
	}
	return string(out)
}

// sfnt builds a font of tables, each a name of four letters and its bytes.
func sfnt(kind string, tables ...string) string {
	n := len(tables) / 2
	head, body := kind+u16(n, 0, 0, 0), ""
	for i := 0; i < len(tables); i += 2 {
		head += tables[i] + u32(0, 12+16*n+len(body), len(tables[i+1]))
		body += tables[i+1]
	}
	return head + body
}

// subtables builds a cmap of platforms, encodings and subtables.
func subtables(parts ...any) string {
	n := len(parts) / 3
	head, body := u16(0, n), ""
	for i := 0; i < len(parts); i += 3 {
		head += u16(parts[i].(int), parts[i+1].(int)) + u32(4+8*n+len(body))
		body += parts[i+2].(string)
	}
	return head + body
}

const trueType = "\x00\x01\x00\x00"

// sorted prints a map by its keys.
func sorted[K uint16 | byte, V any](m map[K]V) string {
	var keys []K
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var out []string
	for _, k := range keys {
		out = append(out, fmt.Sprintf("%v:%v", k, m[k]))
	}
	return strings.Join(out, " ")
}

// TestCharacterMaps reads every format of subtable.
func TestCharacterMaps(t *testing.T) {
	// Two segments: 0x41–0x42 by a difference, 0x4e00–0x4e01 by an array.
	format4 := u16(4, 0, 0, 6, 0, 0, 0, 0x42, 0x4e01, 0xffff, 0, 0x41, 0x4e00, 0xffff, 5-0x41, 0, 1, 0, 4, 0, 9, 8)
	format6 := u16(6, 0, 0, 0x41, 3, 7, 0, 8)
	format12 := u16(12, 0) + u32(28, 0, 2, 0x41, 0x42, 3, 0x20000, 0x20000, 9)
	format0 := u16(0, 262, 0) + strings.Repeat("\x00", 65) + "\x02\x03" + strings.Repeat("\x00", 189)
	for name, c := range map[string]struct{ cmap, runes, codes string }{
		"format 4":        {subtables(3, 1, format4), "5:65 6:66 8:19969 9:19968", ""},
		"format 6":        {subtables(0, 3, format6), "7:65 8:67", ""},
		"format 12":       {subtables(3, 10, format12, 3, 1, format4), "3:65 4:66 9:131072", ""},
		"format 0":        {subtables(1, 0, format0), "", "65:2 66:3"},
		"symbol and Mac":  {subtables(1, 0, format0, 3, 0, u16(6, 0, 0, 0xf041, 1, 7)), "", "65:7"},
		"two of a glyph":  {subtables(3, 1, u16(6, 0, 0, 0x2f00, 1, 7)), "7:12032", ""},
		"unknown format":  {subtables(3, 1, u16(99, 0, 0)), "", ""},
		"cut short":       {subtables(3, 1, format4)[:30], "", ""},
		"hostile offsets": {u16(0, 1, 3, 1) + u32(0xffffffff), "", ""},
	} {
		f := Read([]byte(sfnt(trueType, "cmap", c.cmap)))
		if f == nil {
			t.Errorf("%s: not read", name)
			continue
		}
		var runes, codes string
		if runes, codes = sorted(f.Runes), sorted(f.Codes); runes != c.runes || codes != c.codes {
			t.Errorf("%s: got %q and %q, want %q and %q", name, runes, codes, c.runes, c.codes)
		}
	}
	f := Read([]byte(sfnt(trueType, "cmap", subtables(3, 10, u16(12, 0)+u32(40, 0, 3, 0x2f00, 0x2f00, 7, 0x4e00, 0x4e00, 7, 0xf900, 0xf900, 7)))))
	if f.Runes[7] != '一' {
		t.Errorf("of a radical, an ideograph and its double, got %q", f.Runes[7])
	}
}

// TestNames reads glyph names of a post table.
func TestNames(t *testing.T) {
	post := u32(0x00020000) + strings.Repeat("\x00", 28) + u16(3, 0, 259, 258) + "\x07uni4E00\x01x"
	f := Read([]byte(sfnt(trueType, "post", post)))
	if got, want := sorted(f.Names), "1:x 2:uni4E00"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// index builds a CFF INDEX with offsets of one byte.
func index(parts ...string) string {
	out, at := u16(len(parts))+"\x01\x01", 1
	for _, p := range parts {
		at += len(p)
		out += string(rune(at))
	}
	return out + strings.Join(parts, "")
}

// cff builds a font with three glyphs; top is added to its Top DICT, and tail
// stands at offset 64.
func cff(top, tail string) string {
	const at = 64
	body := "\x01\x00\x04\x01" + index("Song") + index(top+"\x1c"+u16(at)+"\x0f"+"\x1c"+u16(at+20)+"\x11") + index("uni4E00") + u16(0)
	return body + strings.Repeat("\x00", at-len(body)) + tail
}

func TestCFF(t *testing.T) {
	chars := index("\x0e", "\x0e", "\x0e")
	pad := func(s string) string { return s + strings.Repeat("\x00", 20-len(s)) + chars }
	f := Read([]byte(cff("", pad("\x00"+u16(34, 391)))))
	if got, want := sorted(f.Names), "0:.notdef 1:A 2:uni4E00"; got != want {
		t.Errorf("names: got %q, want %q", got, want)
	}
	if f.CodeNames['A'] != "A" || f.CodeNames[0xfb] != "germandbls" || f.CodeNames[0xa1] != "exclamdown" {
		t.Errorf("the standard encoding: %v", f.CodeNames)
	}
	f = Read([]byte(cff("\x1c"+u16(64+5)+"\x10", pad("\x00"+u16(34, 391)+"\x00\x02\x21\x22"))))
	if got, want := sorted(f.Codes), "33:1 34:2"; got != want {
		t.Errorf("codes: got %q, want %q", got, want)
	}
	f = Read([]byte(cff("\x8b\x8b\x8b\x0c\x1e", pad("\x02"+u16(100, 1)))))
	if got, want := sorted(f.CIDs), "0:0 100:1 101:2"; got != want {
		t.Errorf("CIDs: got %q, want %q", got, want)
	}
	if f := Read([]byte(sfnt("OTTO", "CFF ", cff("", pad("\x01"+u16(34)+"\x01"))))); sorted(f.Names) != "0:.notdef 1:A 2:B" {
		t.Errorf("OpenType: %v", f.Names)
	}
}

func TestType1(t *testing.T) {
	for in, want := range map[string]string{
		"%!PS-AdobeFont\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /uni4E00 put\ndup 66 /B put\nreadonly def\ndup 67 /C put": "65:uni4E00 66:B",
		"%!PS\n/Encoding 256 array dup 300 /A put dup x /B put dup 1 B put dup 67 /C put eexec dup 68 /D put":                                           "67:C",
		"%!PS no encoding": "",
		"\x80\x01\x00\x00\x00\x00%!PS /Encoding 2 array dup 65 /A put": "65:A",
	} {
		if got := sorted(Read([]byte(in)).CodeNames); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if f := Read([]byte("%!PS /Encoding StandardEncoding def")); f.CodeNames[0x27] != "quoteright" {
		t.Errorf("the standard encoding: %v", f.CodeNames)
	}
	for _, in := range []string{"", "abc", "abcdefgh"} {
		if Read([]byte(in)) != nil {
			t.Errorf("%q is a font", in)
		}
	}
}

// FuzzRead reads any bytes as a font program.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sfnt(trueType, "cmap", subtables(3, 1, u16(6, 0, 0, 0x41, 1, 7)), "post", u32(0x00020000))))
	f.Add([]byte(sfnt("OTTO", "CFF ", cff("", "\x00"))))
	f.Add([]byte(cff("\x8b\x8b\x8b\x0c\x1e", "\x02"+u16(100, 1))))
	f.Add([]byte("%!PS /Encoding 256 array dup 65 /A put"))
	f.Fuzz(func(t *testing.T, data []byte) {
		font := Read(data)
		if font != nil && len(font.Runes) > maxGlyphs {
			t.Fatal("more glyphs than there can be")
		}
	})
}
