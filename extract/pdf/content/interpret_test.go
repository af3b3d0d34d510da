package content

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// TestTextState places glyphs 5 points wide on a page 800 points high.
func TestTextState(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"Tj":             {"BT /F 10 Tf 100 700 Td (ab) Tj ET", "a@100,100 b@105,100"},
		"Td adds up":     {"BT /F 10 Tf 100 700 Td 10 -20 Td (a) Tj ET", "a@110,120"},
		"TD sets TL":     {"BT /F 10 Tf 100 700 TD 0 -20 TD (a) Tj T* (b) Tj ET", "a@100,120 b@100,140"},
		"Tm":             {"BT /F 1 Tf 10 0 0 10 50 60 Tm (ab) Tj ET", "a@50,740 b@55,740"},
		"Tc and Tw":      {"BT /F 10 Tf 2 Tc 3 Tw 0 700 Td (a b) Tj ET", "a@0,100  @7,100 b@17,100"},
		"Tz":             {"BT /F 10 Tf 50 Tz 2 Tc 0 700 Td (ab) Tj ET", "a@0,100 b@3.5,100"},
		"Ts":             {"BT /F 10 Tf 4 Ts 0 700 Td (a) Tj ET", "a@0,96"},
		"TJ":             {"BT /F 10 Tf 0 700 Td [(a) -1000 (b) 500 (c)] TJ ET", "a@0,100 b@15,100 c@15,100"},
		"TJ with Tz":     {"BT /F 10 Tf 200 Tz 0 700 Td [(a) -1000 (b)] TJ ET", "a@0,100 b@30,100"},
		"quote":          {"BT /F 10 Tf 12 TL 0 700 Td (a) Tj (b) ' ET", "a@0,100 b@0,112"},
		"double quote":   {"BT /F 10 Tf 12 TL 0 700 Td 5 1 (a b) \" ET", "a@0,112  @6,112 b@17,112"},
		"cm":             {"2 0 0 2 10 0 cm BT /F 10 Tf 0 100 Td (ab) Tj ET", "a@10,600 b@20,600"},
		"q keeps font":   {"BT /F 10 Tf ET q BT /F 20 Tf ET Q BT 0 700 Td (ab) Tj ET", "a@0,100 b@5,100"},
		"Q without q":    {"Q Q BT /F 10 Tf 0 700 Td (a) Tj ET", "a@0,100"},
		"hex string":     {"BT /F 10 Tf 0 700 Td <6 16 2> Tj ET", "a@0,100 b@5,100"},
		"escapes":        {`BT /F 10 Tf 0 700 Td (\141\)(x)\` + "\n" + `) Tj ET`, "a@0,100 )@5,100 (@10,100 x@15,100 )@20,100"},
		"numbers":        {"BT /F +10. Tf -.5 --700 Td 1 0 0 1 .5 700. Tm (a) Tj ET", "a@0.5,100"},
		"comment":        {"BT /F 10 Tf % (x) Tj\n 0 700 Td (a) Tj ET", "a@0,100"},
		"operands short": {"BT 5 Td /F Tf /F 10 Tf 1 Tm 0 700 Td (a) Tj ET", "a@0,100"},
		"inline image":   {"q BI /W 2 /H 1 /CS /G /BPC 8 ID \xff EI\x80\xff EI Q BT /F 10 Tf 0 700 Td (a) Tj ET", "a@0,100"},
	} {
		if got := where(withFont().read(t, c.content)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestGlyph looks at all that is known about one glyph.
func TestGlyph(t *testing.T) {
	p := withFont().read(t, "10 10 50 60 re W n 3 Tr BT /F 1 Tf 0 20 -20 0 30 40 Tm (a) Tj ET")
	want := page.Glyph{
		Text: "a", Box: page.Box{X0: 14, Y0: 750, X1: 34, Y1: 760}, X: 30, Y: 760, Size: 20, Font: "Probe",
		Angle: 90, Clip: page.Box{X0: 10, Y0: 730, X1: 60, Y1: 790}, Hidden: true,
	}
	if len(p.Glyphs) != 1 || p.Glyphs[0] != want {
		t.Errorf("got %+v, want %+v", p.Glyphs, want)
	}
}

// TestRotation shows the same glyph under every /Rotate, and in a crop box.
func TestRotation(t *testing.T) {
	for entries, want := range map[string]string{
		"/MediaBox [0 0 600 800]":                                     "600x800 a@100,700 0",
		"/MediaBox [0 0 600 800] /Rotate 90":                          "800x600 a@100,100 270",
		"/MediaBox [0 0 600 800] /Rotate 180":                         "600x800 a@500,100 180",
		"/MediaBox [0 0 600 800] /Rotate 270":                         "800x600 a@700,500 90",
		"/MediaBox [0 0 600 800] /Rotate -90":                         "800x600 a@700,500 90",
		"/MediaBox [600 800 0 0]":                                     "600x800 a@100,700 0",
		"/MediaBox [0 0 600 800] /CropBox [50 60 150 160]":            "100x100 a@50,60 0",
		"/MediaBox [0 0 600 800] /CropBox [50 60 150 180] /Rotate 90": "120x100 a@40,50 270",
		"/MediaBox [0 0 600 800] /CropBox [900 900 950 950]":          "600x800 a@100,700 0",
		"/MediaBox [0 0 600 800] /UserUnit 2":                         "1200x1600 a@200,1400 0",
		"/MediaBox [0 0 0 0]":                                         "612x792 a@100,692 0",
	} {
		b := withFont()
		b.page = entries
		p := b.read(t, "BT /F 10 Tf 100 100 Td (a) Tj ET")
		if got := fmt.Sprintf("%gx%g %s %d", p.Width, p.Height, where(p), p.Glyphs[0].Angle); got != want {
			t.Errorf("%s: got %s, want %s", entries, got, want)
		}
	}
}

// TestPaths hands on rectangles and axis-parallel lines, and nothing else.
func TestPaths(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"filled rectangle": {"10 20 100 0.5 re f", "fill 10,779.5,110,780 0"},
		"negative size":    {"110 20 -100 -10 re f", "fill 10,780,110,790 0"},
		"stroked line":     {"2 w 10 20 m 110 20 l S", "line 10,779,110,781 0"},
		"square caps":      {"2 w 2 J 10 20 m 110 20 l S", "line 9,779,111,781 0"},
		"stroked rectangle": {"0 w 10 20 30 40 re S",
			"line 10,780,40,780 0; line 40,740,40,780 0; line 10,740,40,740 0; line 10,740,10,780 0"},
		"open and closed": {"0 w 0 0 m 10 0 l 10 10 l S 0 0 m 10 0 l 10 10 l 0 10 l s",
			"line 0,800,10,800 0; line 10,790,10,800 0; line 0,800,10,800 0; line 10,790,10,800 0; line 0,790,10,790 0; line 0,790,0,800 0"},
		"rectangle of lines": {"0 0 m 10 0 l 10 5 l 0 5 l h f", "fill 0,795,10,800 0"},
		"triangle":           {"0 0 m 10 0 l 10 10 l h f", ""},
		"diagonal":           {"0 0 m 10 10 l S", ""},
		"curve":              {"0 0 m 0 50 50 50 50 0 c f", ""},
		"thin curve":         {"0 0 m 0 1 50 1 50 0 c f", "fill 0,799,50,800 0"},
		"frame":              {"0 0 100 100 re 1 1 98 98 re f*", "fill 0,700,100,701 0; fill 0,799,100,800 0; fill 0,700,1,800 0; fill 99,700,100,800 0"},
		"both":               {"1 g 0 G 0 w 0 0 10 0 re B", "fill 0,800,10,800 1; line 0,800,10,800 0; line 0,800,10,800 0"},
		"clip":               {"5 0 10 10 re W n 0 2 m 100 2 l 0 w S 50 50 10 10 re f", "line 5,798,15,798 0"},
		"clip and Q":         {"q 5 0 10 10 re W n Q 50 50 10 10 re f", "fill 50,740,60,750 0"},
		"cm scales width":    {"2 0 0 2 0 0 cm 1 w 0 10 m 10 10 l S", "line 0,779,20,781 0"},
		"uneven scale":       {"4 0 0 2 0 0 cm 1 w 0 10 m 10 10 l 10 20 l S", "line 0,779,40,781 0; line 38,760,42,780 0"},
		"short and slanted":  {"0 w 0 0 m 0.9 0.4 l 30 0.4 l 60 0 l S", "line 0.9,799.6,30,799.6 0; line 30,799.6,60,800 0"},
		"no painting":        {"0 0 10 10 re n", ""},
		"after h":            {"0 w 0 0 m 10 0 l h 0 5 l S", "line 0,800,10,800 0; line 0,795,0,800 0"},
	} {
		if got := shapes((&builder{}).read(t, c.content)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// TestColors paints one square in each colour.
func TestColors(t *testing.T) {
	b := &builder{}
	icc := b.stream("/N 3", "x")
	b.res = "/ColorSpace <</I [/ICCBased " + icc + "] /S [/Separation /Spot /DeviceCMYK 9 0 R] /L [/Lab <<>>] " +
		"/X [/Indexed /DeviceRGB 1 <000000FFFFFF>]>> /ExtGState <</G <</ca 0.5 /CA 0.25>>>>"
	for content, want := range map[string]float32{
		"0.25 g": 0.25, "1 0 0 rg": 0.299, "0 0 0 1 k": 0, "0 0 0 0 k": 1,
		"/DeviceRGB cs 0 1 0 sc": 0.587, "/I cs 0 0 1 scn": 0.114, "/S cs 1 scn": 0, "/S cs 0 scn": 1,
		"/L cs 50 0 0 sc": 0.5, "/X cs 1 sc": 1, "/X cs 0 sc": 0, "/Pattern cs /P scn": 0.5,
		"/I cs": 0, "/Nobody cs 0.75 sc": 0.75, "1 g /DeviceCMYK cs 0 0 0 0.5 sc": 0.5,
	} {
		p := b.read(t, content+" 0 0 9 9 re f")
		if len(p.Paths) != 1 || abs(p.Paths[0].Gray-want) > 0.001 || p.Paths[0].Alpha != 1 {
			t.Errorf("%s: got %+v, want %g", content, p.Paths, want)
		}
	}
	p := b.read(t, "/G gs 0 0 9 9 re B")
	if p.Paths[0].Alpha != 0.5 || p.Paths[1].Alpha != 0.25 {
		t.Errorf("opacity: got %+v", p.Paths)
	}
}

// TestForms nests forms with matrices, boxes and resources of their own.
func TestForms(t *testing.T) {
	b := withFont()
	face := strings.TrimSuffix(strings.TrimPrefix(b.res, "/Font <</F "), ">>")
	inner := b.packed("/Type /XObject /Subtype /Form /BBox [0 0 8 100] /Matrix [1 0 0 1 5 0] /Resources <</Font <</G "+face+">>>>",
		"BT /G 10 Tf 0 10 Td (ab) Tj ET 0 0 50 1 re f q q")
	outer := b.stream("/Subtype /Form /BBox [0 0 99 99] /Resources <</XObject <</Inner "+inner+">>>>", "2 0 0 2 0 0 cm /Inner Do")
	self := len(b.objects) + 4
	b.stream(fmt.Sprintf("/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</Me %d 0 R>>>>", self), "/Me Do 0 0 1 1 re f")
	b.res += fmt.Sprintf(" /XObject <</Outer %s /Self %d 0 R>>", outer, self)
	p := b.read(t, "/Outer Do /Self Do BT /F 10 Tf 0 700 Td (c) Tj ET")
	if got, want := where(p), "a@10,780 b@20,780 c@0,100"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := p.Glyphs[0].Clip, (page.Box{X0: 10, Y0: 701, X1: 26, Y1: 800}); got != want {
		t.Errorf("clip %+v, want %+v", got, want)
	}
	if got, want := p.Glyphs[2].Clip, (page.Box{X1: 600, Y1: 800}); got != want {
		t.Errorf("clip after a form %+v, want %+v", got, want)
	}
	if got, want := shapes(p), "fill 10,798,26,800 0; fill 0,799,1,800 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestActualText lets marked content say what its glyphs stand for.
func TestActualText(t *testing.T) {
	for content, want := range map[string]string{
		"/Span <</ActualText (xyz)>> BDC (ab) Tj EMC (c) Tj":                                "xyz@0,100 c@10,100",
		"/Span <</ActualText <FEFF4E004E8C>>> BDC (ab) Tj EMC":                              "一@0,100 二@5,100",
		"/Span <</A <</ActualText (no)>> /ActualText (y)>> BDC (a) Tj EMC":                  "y@0,100",
		"/Span <</ActualText ()>> BDC (-) Tj EMC (c) Tj":                                    "c@5,100",
		"/Span <</ActualText (xyz)>> BDC (ab) Tj 0 -50 Td (cd) Tj EMC":                      "a@0,100 b@5,100 c@0,150 d@5,150",
		"/P <</MCID 0>> BDC /Span <</ActualText (x)>> BDC (a) Tj EMC (b) Tj EMC EMC (c) Tj": "x@0,100 b@5,100 c@10,100",
		"/Span /M BDC (a) Tj EMC":                                                           "m@0,100",
		"/Span <</ActualText (x)>> BDC (a) Tj":                                              "x@0,100",
	} {
		b := withFont()
		b.res += " /Properties <</M <</ActualText (m)>>>>"
		if got := where(b.read(t, "BT /F 10 Tf 0 700 Td "+content+" ET")); got != want {
			t.Errorf("%s: got %s, want %s", content, got, want)
		}
	}
}

// TestImages counts images and measures the largest; thin stencils are rules.
func TestImages(t *testing.T) {
	b := &builder{}
	picture := b.stream("/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x")
	mask := b.stream("/Subtype /Image /Width 1 /Height 1 /ImageMask true", "x")
	b.res = "/XObject <</P " + picture + " /M " + mask + ">>"
	p := b.read(t, "q 300 0 0 400 0 0 cm /P Do Q q 100 0 0 1 50 50 cm /M Do Q q 99 0 0 99 0 0 cm /M Do Q")
	if p.Images != 3 || p.ImageArea != 0.25 {
		t.Errorf("%d images, the largest %g", p.Images, p.ImageArea)
	}
	if got, want := shapes(p), "fill 50,749,150,750 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAnnotations reads what form fields and typed notes show.
func TestAnnotations(t *testing.T) {
	b := withFont()
	look := b.stream("/Subtype /Form /BBox [0 0 50 10] /Resources <<"+b.res+">>", "BT /F 10 Tf 0 0 Td (a) Tj ET")
	field := func(entries string) string {
		return "<</Type /Annot /Subtype /Widget /Rect [100 700 200 720] " + entries + ">>"
	}
	b.page = "/Annots [" + field("/AP <</N "+look+">>") + field("/AS /On /AP <</N <</On "+look+">>>>") +
		field("/F 2 /AP <</N "+look+">>") + "<</Subtype /Link /Rect [0 0 9 9] /AP <</N " + look + ">>>> null 7 " + field("") + "]"
	if got, want := where(b.read(t, "q q 5 0 0 5 0 0 cm")), "a@100,100 a@100,100"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestDamage gives what could be read, and says that it is not all.
func TestDamage(t *testing.T) {
	for content, damaged := range map[string]bool{
		"BT /F 10 Tf 0 700 Td (a) Tj ET":              false,
		"BT /F 10 Tf 0 700 Td (a) Tj ET foo":          false,
		"BT /F 10 Tf 0 700 Td (a) Tj ET (b":           true,
		"BT /F 10 Tf 0 700 Td (a) Tj ET <61":          true,
		"BT /F 10 Tf 0 700 Td (a) Tj ET \x80\x81":     true,
		"BT /F 10 Tf 0 700 Td (a) Tj ET BI /W 1":      true,
		"BT /F 10 Tf 0 700 Td (a) Tj ET BI ID x":      true,
		"BT /F 10 Tf 0 700 Td (a) Tj /G 1 Tf (b) Tj":  true,
		"BX \x80 EX BT /F 10 Tf 0 700 Td (a) Tj ET )": false,
	} {
		p := withFont().read(t, content)
		if got := word(p); got != "a" || p.Damaged != damaged {
			t.Errorf("%q: got %q, damaged %v", content, got, p.Damaged)
		}
	}
	b := withFont()
	var long strings.Builder
	for i := range 500 {
		fmt.Fprintf(&long, "BT /F 10 Tf %d %d Td (a) Tj ET\n", i*i%601, i*i*i%797)
	}
	data := b.bytes(long.String())
	i := strings.LastIndex(string(data), "\nendstream")
	copy(data[i-20:i], strings.Repeat("\xff", 20))
	f, err := Open(data, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Page(context.Background(), 1)
	if err != nil || !p.Damaged || len(p.Glyphs) == 0 {
		t.Errorf("a broken stream: %v, %+v", err, p)
	}
}

// TestErrors has a code for every way not to get a page.
func TestErrors(t *testing.T) {
	good := withFont().bytes("BT ET")
	for name, c := range map[string]struct {
		data []byte
		lim  document.Limits
		want error
	}{
		"nothing":   {nil, document.Limits{}, document.ErrMalformed},
		"no PDF":    {[]byte("%PDF-1.7 and no more"), document.Limits{}, document.ErrMalformed},
		"no pages":  {[]byte(strings.Replace(string(good), "/Kids [3 0 R]", "/Kids []     ", 1)), document.Limits{}, nil},
		"good":      {good, document.Limits{}, nil},
		"time":      {good, document.Limits{Time: time.Nanosecond}, document.ErrTimeLimit},
		"too large": {withFont().bytes(strings.Repeat("BT ET\n", 1000)), document.Limits{ExpandedBytes: 1000}, document.ErrTooLarge},
	} {
		f, err := Open(c.data, c.lim)
		if err == nil {
			_, err = f.Page(context.Background(), 1)
		}
		if !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	f, err := Open(good, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 2} {
		if _, err := f.Page(context.Background(), n); !errors.Is(err, document.ErrMalformed) {
			t.Errorf("page %d: %v", n, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f, err = Open(withFont().bytes(strings.Repeat("BT ET\n", 1000)), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Page(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
}
