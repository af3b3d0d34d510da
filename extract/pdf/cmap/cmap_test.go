package cmap

import (
	"fmt"
	"strings"
	"testing"
)

// codes cuts a string and says what each code stands for.
func codes(m *Map, s string) string {
	var out []string
	for b := []byte(s); len(b) > 0; {
		code, n := m.Next(b)
		cid, ok := m.CID(code, n)
		text, known := m.Text(code, n)
		if !ok {
			cid = -1
		}
		if !known {
			text = "?"
		}
		out = append(out, fmt.Sprintf("%X=%d%s", b[:n], cid, text))
		b = b[n:]
	}
	return strings.Join(out, " ")
}

// TestPredefined cuts strings in every character set. The CIDs are those of
// Adobe's CMaps.
func TestPredefined(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"Identity-H", "\x12\x34\x56", "1234=4660? 56=86?"},
		{"GB-EUC-H", "A \xd2\xbb\x81", "41=846A 20=7716  D2BB=4162一 81=-1?"},
		{"GB-EUC-H", "\xa6\xdb\xaa\xc1", "A6DB=575、 AAC1=846A"},
		{"GBpc-EUC-H", "A\xd2\xbb\xfd\xfe", "41=34A D2BB=4162一 FD=7713© FE=7714™"},
		{"GBK-EUC-H", "A\x81\x40\xd2\xbb", "41=846A 8140=10072丂 D2BB=4162一"},
		{"GBKp-EUC-V", "A\xd2\xbb", "41=34A D2BB=4162一"},
		{"GBK2K-H", "A\x81\x39\xee\x39\xd2\xbb", "41=34A 8139EE39=22529㐀 D2BB=4162一"},
		{"GB-H", "\x52\x3b", "523B=4162一"},
		{"UniGB-UCS2-H", "\x4e\x00\x00A", "4E00=4162一 0041=34A"},
		{"UniGB-UTF16-V", "\x4e\x00\xd8\x40\xdc\x00", "4E00=4162一 D840DC00=-1𠀀"},
		{"UniGB-UTF8-H", "A\xe4\xb8\x80\xff", "41=34A E4B880=4162一 FF=-1?"},
		{"UniGB-UTF32-H", "\x00\x00\x4e\x00\x00", "00004E00=4162一 00=-1?"},
		{"B5pc-H", "A\xa4\x40\xfe", "41=34A A440=595一 FE=-1?"},
		{"ETen-B5-H", "A\xa4\x40", "41=13681A A440=595一"},
		{"CNS-EUC-H", "A\xc4\xa1\x8e\xa2\xa1\xa1", "41=13681A C4A1=-1? 8EA2A1A1=-1?"},
		{"90ms-RKSJ-H", "A\x88\xea\xb1", "41=264A 88EA=1200一 B1=343ｱ"},
		{"90msp-RKSJ-H", "A", "41=34A"},
		{"EUC-H", "A\xb0\xec", "41=264A B0EC=1200一"},
		{"H", "\x30\x6c", "306C=1200一"},
		{"V", "\x30\x6c", "306C=1200一"},
		{"UniJIS-UTF16-H", "\x4e\x00", "4E00=1200一"},
		{"KSC-EUC-H", "A\xb0\xa1", "41=8127A B0A1=1086가"},
		{"KSCms-UHC-H", "A\x81\x41", "41=34A 8141=9333갂"},
		{"KSC-H", "\x30\x21", "3021=1086가"},
		{"UniKS-UCS2-V", "\xac\x00", "AC00=1086가"},
	} {
		m := Predefined(c.name)
		if m == nil {
			t.Errorf("%s is not known", c.name)
			continue
		}
		if got := codes(m, c.in); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
		if m.Vertical() != strings.HasSuffix(c.name, "V") {
			t.Errorf("%s: vertical %v", c.name, m.Vertical())
		}
	}
	for _, name := range []string{"", "X", "GBK-EUC", "Nobody-H", "GBK-EUC-X", "-H"} {
		if Predefined(name) != nil && name != "-H" {
			t.Errorf("%q is known", name)
		}
	}
}

// TestPredefinedAgainst compares the predefined CMaps with Adobe's own, where
// these are at hand: every code in them has the same CID but for a few.
func TestPredefinedAgainst(t *testing.T) {
	if *resources == "" {
		t.Skip("skipped: no folder with Adobe's mapping resources (-resources)")
	}
	for name, l := range predefined() {
		switch {
		case l.ordering == "", name == "",
			strings.HasPrefix(name, "GBT"),    // traditional forms for simplified codes
			name == "CNS-EUC",                 // not decoded
			strings.HasPrefix(name, "UniCNS"): // many characters share a glyph
			continue
		}
		compareWith(t, name+"-H", l.ordering)
	}
}

// TestParse reads embedded CMaps, whole and broken.
func TestParse(t *testing.T) {
	for _, c := range []struct{ cmap, in, want string }{
		{"1 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange 1 begincidrange <20> <7e> 100 endcidrange 1 begincidchar <8001> 7 endcidchar",
			"A\x80\x01\x80\x02", "41=133? 8001=7? 8002=-1?"},
		{"2 beginbfchar <0041> <4E00> <0042> <D840DC00> endbfchar", "\x00A\x00B\x00C", "0041=-1一 0042=-1𠀀 0043=-1?"},
		{"1 beginbfrange <0041> <0043> <4E00> endbfrange", "\x00A\x00C\x00D", "0041=-1一 0043=-1丂 0044=-1?"},
		{"1 beginbfrange <0041> <0043> <00660041> endbfrange", "\x00B", "0042=-1fB"},
		{"1 beginbfrange <0041> <0043> [<4E00> /Euro (x)] <0050> <0050> <0051> endbfrange", "\x00A\x00B\x00C\x00P", "0041=-1一 0042=-1€ 0043=-1? 0050=-1Q"},
		{"1 beginbfrange <0041> <0042> [<4E00> <4E01> <4E02>] endbfrange", "\x00C", "0043=-1?"},
		{"1 beginbfchar <0041> <4E> endbfchar", "\x00A", "0041=-1N"},
		{"1 beginbfchar <0041> <D800> endbfchar", "\x00A", "0041=-1?"},
		{"1 beginbfchar <0041> <> endbfchar", "\x00A", "0041=-1?"},
		{"% beginbfchar\n1 beginbfchar <00 4 1><4E00>endbfchar", "\x00A", "0041=-1一"},
		{"beginbfchar <0041> <4E00>", "\x00A", "0041=-1?"},
		{"/GBK-EUC-H usecmap 1 begincidchar <41> 5 endcidchar", "A\xd2\xbb", "41=5A D2BB=4162一"},
		{"/Nobody usecmap 1 beginbfrange <0045> <0041> <4E00> endbfrange <", "\x00A", "0041=-1?"},
		{"/x (a \\) (b)) def 1 beginbfchar <0041> <4E00> endbfchar", "\x00A", "0041=-1一"},
	} {
		if got := codes(Parse([]byte(c.cmap), Predefined), c.in); got != c.want {
			t.Errorf("%s: got %s, want %s", c.cmap, got, c.want)
		}
	}
	if m := Parse([]byte("/WMode 1 def"), nil); !m.Vertical() || m.WithVertical(false).Vertical() {
		t.Error("the writing mode is not read")
	}
	if m := Parse([]byte("/GBK-EUC-V usecmap"), Predefined); !m.Vertical() || m.Ordering() != "GB1" {
		t.Error("the base is not used")
	}
	if m := Parse(nil, nil).WithBase(Predefined("GBK-EUC-H")); codes(m, "\xd2\xbb") != "D2BB=4162一" || m.WithBase(Predefined("H")) != m {
		t.Error("a base is not put under, or two are")
	}
}

// TestCollections looks a few CIDs up.
func TestCollections(t *testing.T) {
	for _, c := range []struct {
		ordering string
		cid      int
		want     string
	}{
		{"GB1", 1, " "}, {"GB1", 34, "A"}, {"GB1", 814, "!"}, {"GB1", 4162, "一"}, {"GB1", 7716, "\u2002"}, {"GB1", 0, ""}, {"GB1", -1, ""}, {"GB1", 40000, ""},
		{"CNS1", 595, "一"}, {"Japan1", 1200, "一"}, {"Korea1", 1086, "가"}, {"Identity", 34, ""},
	} {
		if got, ok := CollectionOf(c.ordering).Text(c.cid); got != c.want || ok != (c.want != "") {
			t.Errorf("%s %d: got %q, want %q", c.ordering, c.cid, got, c.want)
		}
	}
	if _, ok := CollectionOf("").CID('A'); ok {
		t.Error("no collection has a CID")
	}
}

func TestGlyphText(t *testing.T) {
	for name, want := range map[string]string{
		"A": "A", "z": "z", "space": " ", "Aacute": "Á", "ccedilla": "ç", "Zdotaccent": "Ż", "uni4E00": "一", "uni4E004E8C": "一二",
		"u20000": "𠀀", "f_i": "fi", "one.oldstyle": "1", "alpha": "α", "Euro": "€", "quotedblleft": "“", "grave": "`", "bullet": "•",
		"": "", ".notdef": "", "g12": "", "uniD800": "", "uni12": "", "u110000": "", "uniXYZW": "", "f_nobody": "", "union": "∪",
	} {
		if got, ok := GlyphText(name); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]int{"g12": 12, "cid00034": 34, "glyph7": 7, "index5": 5, "gid3": 3, "a12": -1, "g": -1, "g99999": -1, "12": -1, "": -1} {
		n, ok := GlyphNumber(name)
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q: got %d, want %d", name, n, want)
		}
	}
}

func TestSimple(t *testing.T) {
	for _, c := range []struct {
		name string
		code byte
		want rune
	}{
		{"WinAnsiEncoding", 0x80, '€'}, {"WinAnsiEncoding", 0x95, '•'}, {"WinAnsiEncoding", 0x9f, 'Ÿ'}, {"WinAnsiEncoding", 0xff, 'ÿ'}, {"WinAnsiEncoding", 'A', 'A'},
		{"MacRomanEncoding", 0x80, 'Ä'}, {"MacRomanEncoding", 0xca, '\u00a0'}, {"MacRomanEncoding", 0xd0, '–'}, {"MacRomanEncoding", 0xf0, 0}, {"MacRomanEncoding", 0xff, 'ˇ'},
		{"StandardEncoding", 0x27, '’'}, {"StandardEncoding", 0xa1, '¡'}, {"StandardEncoding", 0xb7, '•'}, {"StandardEncoding", 0xd0, '—'}, {"StandardEncoding", 0xe1, 'Æ'},
		{"StandardEncoding", 0xe9, 'Ø'}, {"StandardEncoding", 0xf5, 'ı'}, {"StandardEncoding", 0xfb, 'ß'}, {"StandardEncoding", 0x80, 0},
	} {
		if got := Simple(c.name)[c.code]; got != c.want {
			t.Errorf("%s %x: got %q, want %q", c.name, c.code, got, c.want)
		}
	}
	for code, want := range map[byte]rune{'a': 'α', 'A': 'Α', 0x22: '∀', 0xa3: '≤', 0xb7: '•', 0xd6: '√', 0xe5: '∑', 0xf2: '∫', 0xff: 0} {
		if got := Symbol("Symbol")[code]; got != want {
			t.Errorf("Symbol %x: got %q, want %q", code, got, want)
		}
	}
	if Simple("MacExpertEncoding") != nil || Symbol("SimSun") != nil {
		t.Error("an encoding of nothing")
	}
}

// FuzzParse reads any bytes as a CMap, and any string by it.
func FuzzParse(f *testing.F) {
	f.Add([]byte("1 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange 1 begincidrange <20> <7e> 100 endcidrange"), []byte("A\x80\x01"))
	f.Add([]byte("/GBK-EUC-H usecmap 1 beginbfrange <0041> <0043> [<4E00> /Euro (x)] endbfrange 1 beginbfchar <41> <D840DC00> endbfchar"), []byte("A\xd2\xbb"))
	f.Fuzz(func(t *testing.T, data, s []byte) {
		m := Parse(data, Predefined)
		for len(s) > 0 {
			code, n := m.Next(s)
			if n < 1 || n > len(s) {
				t.Fatalf("a code of %d bytes of %d", n, len(s))
			}
			m.CID(code, n)
			if text, ok := m.Text(code, n); ok && strings.ToValidUTF8(text, "") != text {
				t.Fatalf("%x is %q", code, text)
			}
			s = s[n:]
		}
	})
}
