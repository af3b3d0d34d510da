package content

import (
	"context"
	"testing"
	"time"
	"unicode/utf8"

	"yusuan/extract/document"
)

// fuzzLimits keep a fuzzed file small.
var fuzzLimits = document.Limits{ExpandedBytes: 1 << 20, Pages: 5, Time: 10 * time.Second}

// FuzzInterpret runs any bytes as the content of a page.
func FuzzInterpret(f *testing.F) {
	for _, s := range []string{
		"BT /F 10 Tf 1 0 0 1 72 700 Tm [(ab) -20 <6162>] TJ ET", "q 2 0 0 2 0 0 cm 0 0 9 9 re W n 1 w 0 0 m 9 0 l S Q",
		"/Span <</ActualText (x)>> BDC (a) Tj EMC", "BI /W 1 /H 1 ID x EI /X Do /C cs 1 scn 1 0 0 rg 0 0 9 9 re f*",
		"0 0 m 1 1 2 2 3 3 c h B* /G gs 3 Tr (\\101\\) ' 1 2 (x) \" T*",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		b := withFont()
		form := b.stream("/Subtype /Form /BBox [0 0 9 9] /Matrix [2 0 0 2 0 0]", "BT /F 1 Tf (z) Tj ET /X Do q q")
		b.res += " /XObject <</X " + form + ">> /ColorSpace <</C [/Indexed /DeviceRGB 1 <000102030405>]>> /ExtGState <</G <</ca 0.5>>>>"
		file, err := Open(b.bytes(string(content)), fuzzLimits)
		if err != nil {
			t.Skip()
		}
		readAll(t, file)
	})
}

// FuzzOpen reads any bytes as a file.
func FuzzOpen(f *testing.F) {
	f.Add(withFont().bytes("BT /F 10 Tf 1 0 0 1 72 700 Tm (ab) Tj ET"))
	f.Add(composite("/GBK-EUC-V", "GB1", "/W [1 [500]] /W2 [1 2 3 4 5]", "").bytes(show("D4A4")))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(data, fuzzLimits)
		if err != nil {
			return
		}
		readAll(t, file)
	})
}

// readAll reads all pages and checks what every page promises.
func readAll(t *testing.T, file *File) {
	for n := 1; n <= file.Pages(); n++ {
		p, err := file.Page(context.Background(), n)
		if err != nil {
			if document.Code(err) == "" {
				t.Errorf("an error without a code: %v", err)
			}
			continue
		}
		for _, g := range p.Glyphs {
			if !utf8.ValidString(g.Text) || !utf8.ValidString(g.Font) || !(g.Box.X0 <= g.Box.X1) || !(g.Box.Y0 <= g.Box.Y1) {
				t.Fatalf("a glyph %+v", g)
			}
		}
		for _, s := range p.Paths {
			if !(s.Box.X0 <= s.Box.X1) || !(s.Box.Y0 <= s.Box.Y1) || !(s.Gray >= 0 && s.Gray <= 1) {
				t.Fatalf("a path %+v", s)
			}
		}
		if p.Unmapped < 0 {
			t.Fatalf("%d unmapped", p.Unmapped)
		}
	}
}
