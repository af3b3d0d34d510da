package content

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"yusuan/extract/pdf/page"
)

// composite is a builder with a composite font F.
func composite(encoding, ordering, sub, entries string) *builder {
	b := &builder{}
	child := b.add("<</Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo <</Registry (Adobe) /Ordering (" +
		ordering + ") /Supplement 0>> " + sub + ">>")
	face := b.add("<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding " + encoding + " /DescendantFonts [" + child + "] " + entries + ">>")
	b.res = "/Font <</F " + face + ">>"
	return b
}

// show is content that shows a hexadecimal string in font F.
func show(hex string) string { return "BT /F 10 Tf 0 700 Td <" + hex + "> Tj ET" }

// TestPredefinedFonts shows text in one CMap of every family, not embedded.
func TestPredefinedFonts(t *testing.T) {
	for name, c := range map[string]struct{ ordering, hex, want string }{
		"GB-EUC-H":         {"GB1", "41D4A4CBE3", "A@0,100 预@5,100 算@15,100"},
		"GBpc-EUC-H":       {"GB1", "D4A4FDFF", "预@0,100 ©@10,100 …@20,100"},
		"GBK-EUC-H":        {"GB1", "D4A48190", "预@0,100 亹@10,100"},
		"GBKp-EUC-H":       {"GB1", "41D4A4", "A@0,100 预@10,100"},
		"GBK2K-H":          {"GB1", "D4A48139EF30", "预@0,100 㐁@10,100"},
		"UniGB-UCS2-H":     {"GB1", "98847B97", "预@0,100 算@10,100"},
		"UniGB-UTF8-H":     {"GB1", "E9A284E7AE97", "预@0,100 算@10,100"},
		"UniGB-UTF16-H":    {"GB1", "9884D840DC00", "预@0,100 𠀀@10,100"},
		"UniGB-UTF32-H":    {"GB1", "0000988400020000", "预@0,100 𠀀@10,100"},
		"ETen-B5-H":        {"CNS1", "41B977", "A@0,100 預@5,100"},
		"UniCNS-UTF16-H":   {"CNS1", "9810", "預@0,100"},
		"90ms-RKSJ-H":      {"Japan1", "41975CB1", "A@0,100 予@5,100"},
		"EUC-H":            {"Japan1", "CDBD", "予@0,100"},
		"H":                {"Japan1", "4D3D", "予@0,100"},
		"UniJIS-UCS2-H":    {"Japan1", "4E88", "予@0,100"},
		"KSCms-UHC-HW-H":   {"Korea1", "41BFB9", "A@0,100 예@5,100"},
		"UniKS-UCS2-H":     {"Korea1", "C608", "예@0,100"},
		"Identity-H":       {"GB1", "000E02FE", "-@0,100 "},
		"/Identity-H none": {"Identity", "0041", "\uFFFD@0,100"},
	} {
		encoding, _, _ := strings.Cut(strings.TrimPrefix(name, "/"), " ")
		p := composite("/"+encoding, c.ordering, "/DW 1000 /W [231 [500] 264 [500] 814 908 500 8094 8190 500 13648 13742 500]", "").read(t, show(c.hex))
		if got := where(p); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// TestWidths places glyphs by W, DW and by what is wrong in them.
func TestWidths(t *testing.T) {
	b := composite("/Identity-H", "GB1", "/DW 700 /W [34 [100 200] 40 41 300 (x) 5 1 9 9 [] 50 [(x)] 60]", "")
	p := b.read(t, show("0022 0023 0024 0028 0029 002A"))
	if got, want := where(p), "A@0,100 B@1,100 C@3,100 G@10,100 H@13,100 I@16,100"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestVertical writes from top to bottom.
func TestVertical(t *testing.T) {
	b := composite("/GBK-EUC-V", "GB1", "/DW 1000 /DW2 [800 -900]", "")
	p := b.read(t, "BT /F 10 Tf 300 700 Td [<D4A4CBE3> 1000 <D4A4>] TJ ET")
	if got, want := where(p), "预@295,108 算@295,117 预@295,136"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if g := p.Glyphs[0]; !g.Vertical || g.Box != (page.Box{X0: 295, Y0: 100, X1: 305, Y1: 109}) {
		t.Errorf("got %+v", g)
	}
}

// TestVerticalWidths takes origins and advances from W2.
func TestVerticalWidths(t *testing.T) {
	b := composite("/Identity-V", "GB1", "/W2 [34 [-500 400 700] 40 41 -250 100 200]", "")
	p := b.read(t, "BT /F 10 Tf 300 700 Td <0022 0028 0001> Tj ET")
	if got, want := where(p), "A@296,107 G@299,107  @295,116.3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const someCMap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0001> <9884> <0002> <00660066> endbfchar
3 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<7532> <4E59>] <0030> <0031> <D840DC00> endbfrange endcmap`

// TestToUnicode prefers what the file says, and falls back where it says
// nothing.
func TestToUnicode(t *testing.T) {
	b := composite("/Identity-H", "Identity", "", "")
	m := b.packed("", someCMap)
	b.objects[1] = strings.Replace(b.objects[1], "/Encoding", "/ToUnicode "+m+" /Encoding", 1)
	p := b.read(t, show("0001 0002 0010 0012 0020 0021 0031 0040"))
	if got, want := word(p), "预ff一丂甲乙\U00020001\uFFFD"; got != want || p.Unmapped != 1 {
		t.Errorf("got %q, want %q; %d unmapped", got, want, p.Unmapped)
	}
}

// TestEmbeddedCMap uses a CMap of the file that builds on a predefined one.
func TestEmbeddedCMap(t *testing.T) {
	b := composite("6 0 R", "GB1", "", "")
	b.stream("/Type /CMap /UseCMap /GBK-EUC-H", "begincmap /WMode 1 def 1 begincidchar <41> 4559 endcidchar endcmap")
	p := b.read(t, show("D4A441"))
	if got, want := word(p), "预A"; got != want || !p.Glyphs[0].Vertical {
		t.Errorf("got %q, want %q: %+v", got, want, p.Glyphs)
	}
}

// TestNoToUnicode turns the character map of an embedded font around.
func TestNoToUnicode(t *testing.T) {
	program := trueType(map[uint16]uint16{0x9884: 5, 0x7b97: 6, 0x2f00: 7, 0x4e00: 7}, 1)
	for sub, want := range map[string]string{
		"":                       "预算一\uFFFD",
		"/CIDToGIDMap /Identity": "预算一\uFFFD",
		"/CIDToGIDMap 7 0 R":     "算预\uFFFD\uFFFD",
	} {
		b := composite("/Identity-H", "Identity", "/FontDescriptor 8 0 R "+sub, "")
		b.stream("", program)
		b.stream("", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x05")
		b.add("<</Type /FontDescriptor /FontFile2 6 0 R>>")
		p := b.read(t, show("0005 0006 0007 0008"))
		if got := word(p); got != want {
			t.Errorf("%s: got %q, want %q", sub, got, want)
		}
	}
}

// trueType is a font with nothing but a character map of format 4 with one
// segment a code.
func trueType(glyphs map[uint16]uint16, encoding uint16) string {
	var codes []uint16
	for c := range 0xffff {
		if glyphs[uint16(c)] != 0 {
			codes = append(codes, uint16(c))
		}
	}
	codes = append(codes, 0xffff)
	n := uint16(len(codes))
	u16 := func(out []byte, v ...uint16) []byte {
		for _, x := range v {
			out = binary.BigEndian.AppendUint16(out, x)
		}
		return out
	}
	sub := u16(nil, 4, 16+8*n, 0, 2*n, 0, 0, 0)
	sub = u16(u16(sub, codes...), 0)
	sub = u16(sub, codes...)
	for _, c := range codes {
		sub = u16(sub, glyphs[c]-c)
	}
	for range codes {
		sub = u16(sub, 0)
	}
	table := append(u16(nil, 0, 1, 3, encoding, 0, 12), sub...)
	head := append([]byte("\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00cmap\x00\x00\x00\x00\x00\x00\x00\x1c"), 0, 0, 0, 0)
	binary.BigEndian.PutUint32(head[24:], uint32(len(table)))
	return string(append(head, table...))
}

// TestSimpleEncodings asks everyone who may know what a byte stands for.
func TestSimpleEncodings(t *testing.T) {
	for name, c := range map[string]struct{ font, hex, want string }{
		"WinAnsi":           {"/Subtype /TrueType /Encoding /WinAnsiEncoding", "41 80 92 E9", "A€’é"},
		"MacRoman":          {"/Subtype /TrueType /Encoding /MacRomanEncoding", "80 A5 DE", "Ä•fi"},
		"Standard":          {"/Subtype /Type1 /Encoding /StandardEncoding", "27 60 AE", "’‘fi"},
		"nothing, Type 1":   {"/Subtype /Type1", "27 E9", "’Ø"},
		"nothing, TrueType": {"/Subtype /TrueType", "27 E9", "'é"},
		"Differences": {"/Subtype /Type1 /Encoding <</BaseEncoding /WinAnsiEncoding /Differences [65 /Euro /uni9884 100 /f_f_i /a.alt /u20000]>>>>",
			"41 42 43 64 65 66", "€预Cffia\U00020000"},
		"unknown names":  {"/Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /Encoding <</Differences [65 /g7 /odd]>>", "41 42", "\uFFFD\uFFFD"},
		"Symbol":         {"/Subtype /Type1 /BaseFont /Symbol", "61 B3", "α≥"},
		"ZapfDingbats":   {"/Subtype /Type1 /BaseFont /ZapfDingbats", "34 6E", "✔■"},
		"ToUnicode":      {"/Subtype /TrueType /Encoding /WinAnsiEncoding /ToUnicode 4 0 R", "01 41", "预A"},
		"as Identity":    {"/Subtype /TrueType /ToUnicode /Identity-H", "41", "A"},
		"symbolic":       {"/Subtype /TrueType /FontDescriptor 6 0 R /Encoding /WinAnsiEncoding", "41 42", "预B"},
		"symbolic alone": {"/Subtype /TrueType /FontDescriptor 6 0 R", "41 42", "预\uFFFD"},
	} {
		b := &builder{}
		b.packed("", someCMap)
		// A symbolic font: byte 0x41 shows glyph 5, which is 预 by its other map.
		b.stream("", twoMaps())
		b.add("<</Type /FontDescriptor /Flags 4 /FontFile2 5 0 R>>")
		b.res = "/Font <</F " + b.add("<</Type /Font "+c.font+">>") + ">>"
		if got := word(b.read(t, show(c.hex))); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// twoMaps is a font with a Unicode and a symbol map.
func twoMaps() string {
	unicode := trueType(map[uint16]uint16{0x9884: 5}, 1)[40:]
	symbol := trueType(map[uint16]uint16{0xf041: 5}, 0)[40:]
	table := "\x00\x00\x00\x02\x00\x03\x00\x01\x00\x00\x00\x14\x00\x03\x00\x00" +
		string(binary.BigEndian.AppendUint32(nil, uint32(20+len(unicode)))) + unicode + symbol
	return "\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00cmap\x00\x00\x00\x00\x00\x00\x00\x1c" +
		string(binary.BigEndian.AppendUint32(nil, uint32(len(table)))) + table
}

// TestGBKInSimpleFont reads GBK where a font claims to be Western, by its name
// or by the bytes, and not where the bytes are Western.
func TestGBKInSimpleFont(t *testing.T) {
	for _, c := range []struct{ name, hex, want string }{
		{"#CB#CE#CC#E5", "41D4A4", "A预"},
		{"SimSun,Bold", "D4A4", "预"},
		{"FangSong_GB2312", "D4A4", "预"},
		{"Probe", "41D4A4CBE342", "A预算B"},
		{"Probe", "D4A441D4A4CBE3", "Ô¤A预算"},
		{"Probe", "636166E9", "café"},
		{"Probe", "E9E8E7", "éèç"},
	} {
		b := &builder{}
		b.res = "/Font <</F " + b.add("<</Type /Font /Subtype /TrueType /BaseFont /"+c.name+" /Encoding /WinAnsiEncoding /FirstChar 0 /Widths ["+
			strings.Repeat("500 ", 256)+"]>>") + ">>"
		p, f := b.open(t, show(c.hex))
		if got := word(p); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.name, c.hex, got, c.want)
		}
		if noted := len(f.Notes()) == 1 && f.Notes()[0].Code == "pdf.gbk"; noted != strings.Contains(c.want, "预") {
			t.Errorf("%s %s: notes %v", c.name, c.hex, f.Notes())
		}
	}
}

// TestFaces tells names, weights, ascents and the widths of the standard fonts.
func TestFaces(t *testing.T) {
	for _, c := range []struct{ base, desc, want string }{
		{"ABCDEF+SimHei", "", "SimHei false -8.8 1.2"},
		{"SimSun,Bold", "/Ascent 859 /Descent -141", "SimSun,Bold true -8.59 1.41"},
		{"#CB#CE#CC#E5", "/Ascent 9000 /Descent -141", "宋体 false -8.8 1.2"},
		{"A", "/Flags 262144 /Ascent 800 /Descent 200", "A true -8 2"},
		{"A", "/FontWeight 700", "A true -8.8 1.2"},
	} {
		b := &builder{}
		desc := b.add("<</Type /FontDescriptor " + c.desc + ">>")
		b.res = "/Font <</F " + b.add("<</Type /Font /Subtype /TrueType /BaseFont /"+c.base+" /FontDescriptor "+desc+">>") + ">>"
		g := b.read(t, "BT /F 10 Tf 1 0 0 1 0 800 Tm (a) Tj ET").Glyphs[0]
		if got := fmt.Sprintf("%s %v %.3g %.3g", g.Font, g.Bold, g.Box.Y0, g.Box.Y1); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.base, c.desc, got, c.want)
		}
	}
	b := &builder{}
	b.res = "/Font <</F " + b.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>") + ">>"
	if got, want := where(b.read(t, "BT /F 1000 Tf 0 0 Td (iW.) Tj ET")), "i@0,800 W@222,800 .@1166,800"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestType3 measures a font in its own units.
func TestType3(t *testing.T) {
	b := &builder{}
	b.res = "/Font <</F " + b.add("<</Type /Font /Subtype /Type3 /FontMatrix [0.1 0 0 0.1 0 0] /FontBBox [0 -2 8 8] /FirstChar 97 /Widths [5 6] "+
		"/Encoding <</Differences [97 /a /b]>> /CharProcs <<>>>>") + ">>"
	p := b.read(t, "BT /F 10 Tf 0 700 Td (ab) Tj ET")
	if got, want := where(p), "a@0,100 b@5,100"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if g := p.Glyphs[0]; g.Size != 10 || g.Box != (page.Box{Y0: 92, X1: 5, Y1: 102}) {
		t.Errorf("got %+v", g)
	}
}
