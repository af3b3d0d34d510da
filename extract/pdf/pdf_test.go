package pdf

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"yusuan/extract/document"
	"yusuan/extract/pdf/content"
	"yusuan/extract/pdf/page"
	"yusuan/extract/pdf/pdfium"
)

var columns = []float64{50, 150, 350}

// sample is a disclosure of two pages with a table that goes on.
func sample() []byte {
	return buildPDF(
		text(200, 80, "收入预算总表")+text(50, 95, "编制部门：某局")+text(300, 95, "单位：元")+rules(columns, []float64{100, 120, 140})+
			text(55, 114, "项目")+text(155, 114, "金额")+text(55, 134, "财政拨款")+text(155, 134, "1,234.00")+text(290, 820, "- 1 -"),
		rules(columns, []float64{70, 90, 110})+text(55, 84, "项目")+text(155, 84, "金额")+text(55, 104, "合计")+text(155, 104, "1,234.00")+text(290, 820, "- 2 -"),
	)
}

func TestRead(t *testing.T) {
	data := sample()
	if (Reader{}).Format() != "pdf" || !(Reader{}).Detect(data) || !(Reader{}).Detect(append([]byte("junk\n"), data...)) || (Reader{}).Detect([]byte("PK\x03\x04")) {
		t.Error("the format is not recognised")
	}
	doc, err := Reader{}.Read(context.Background(), data, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Check(doc); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := document.Dump(&out, doc); err != nil {
		t.Fatal(err)
	}
	want := `p 0 p1 h1 "收入预算总表"
p 1 p1 "编制部门：某局"
p 2 p1 "单位：元"
t 3 p1 3x2
  r0c0 "项目"
  r0c1 "金额"
  r1c0 "财政拨款"
  r1c1 "1,234.00"
  r2c0 "合计"
  r2c1 "1,234.00"
n - pdf.running_text "running text of 2 pages is not in the text: page numbers such as \"- 1 -\""
n b3 pdf.repeated_header "the table goes on over pages; its title or header, repeated there, is in it once: pages 2"
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	last := doc.Blocks[3].(*document.Table)
	if last.LastPage != 2 || last.Cells[4].Place.Page != 2 || doc.Source.Pages != 2 {
		t.Errorf("pages: table to %d, last row on %d, document of %d", last.LastPage, last.Cells[4].Place.Page, doc.Source.Pages)
	}
}

// TestPictures refuses a scan and notes a scanned page.
func TestPictures(t *testing.T) {
	picture := "q 500 0 0 700 50 50 cm /I Do Q\n"
	_, err := Reader{}.Read(context.Background(), buildPDF(picture, picture), document.Limits{})
	if !errors.Is(err, document.ErrNoText) {
		t.Errorf("a scan: %v", err)
	}
	doc, err := Reader{}.Read(context.Background(), buildPDF(text(50, 100, "正文"), picture), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Notes) != 1 || doc.Notes[0].Code != "pdf.lost_page_image" || doc.Notes[0].At.Page != 2 {
		t.Errorf("notes %v", doc.Notes)
	}
}

// TestErrors wraps the sentinels.
func TestErrors(t *testing.T) {
	if _, err := (Reader{}).Read(context.Background(), []byte("%PDF-1.4\nnothing"), document.Limits{}); !errors.Is(err, document.ErrMalformed) {
		t.Errorf("damage: %v", err)
	}
	if _, err := (Reader{}).Read(context.Background(), sample(), document.Limits{Pages: 1}); !errors.Is(err, document.ErrTooLarge) {
		t.Errorf("pages: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Reader{}).Read(ctx, sample(), document.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestFallback has a page that the first engine cannot vouch for.
func TestFallback(t *testing.T) {
	r := reader{data: sample(), lim: document.Limits{}.WithDefaults()}
	defer r.close()
	p := r.other(context.Background(), 1, &page.Page{Number: 1, Damaged: true}, "a test")
	if len(p.Glyphs) == 0 || len(r.notes) != 1 || r.notes[0].Code != "pdf.fallback" {
		t.Errorf("%d glyphs, notes %v", len(p.Glyphs), r.notes)
	}
	better := &page.Page{Number: 1, Glyphs: make([]page.Glyph, 1000)}
	if q := r.other(context.Background(), 1, better, "a test"); q != better || r.notes[1].Code != "pdf.damaged_page" {
		t.Errorf("the page that says more was not kept; notes %v", r.notes)
	}
	broken := reader{data: []byte("%PDF-1.4"), lim: document.Limits{}.WithDefaults()}
	defer broken.close()
	cause := errors.New("the first reason")
	if _, err := broken.all(context.Background(), cause); !errors.Is(err, cause) {
		t.Errorf("both fail: %v", err)
	}
}

// TestEngines holds both engines against each other on the same page.
func TestEngines(t *testing.T) {
	ours, err := content.Open(sample(), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := pdfium.Open(sample(), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()
	a, err := ours.Page(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	b, err := theirs.Page(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if a.Width != b.Width || a.Height != b.Height || len(a.Paths) != len(b.Paths) || len(a.Glyphs) != len(b.Glyphs) {
		t.Fatalf("page %vx%v, %d paths, %d glyphs; PDFium %vx%v, %d, %d", a.Width, a.Height, len(a.Paths), len(a.Glyphs), b.Width, b.Height, len(b.Paths), len(b.Glyphs))
	}
	for i := range a.Glyphs {
		x, y := a.Glyphs[i], b.Glyphs[i]
		if x.Text != y.Text || math.Abs(float64(x.X-y.X)) > 1 || math.Abs(float64(x.Y-y.Y)) > 1 || math.Abs(float64(x.Size-y.Size)) > 0.1 {
			t.Errorf("glyph %d: %+v, PDFium %+v", i, x, y)
		}
	}
	for i := range a.Paths {
		x, y := a.Paths[i].Box, b.Paths[i].Box
		if math.Abs(float64(x.X0-y.X0))+math.Abs(float64(x.Y0-y.Y0))+math.Abs(float64(x.X1-y.X1))+math.Abs(float64(x.Y1-y.Y1)) > 1 {
			t.Errorf("path %d: %v, PDFium %v", i, x, y)
		}
	}
}

// TestStopped ends the second engine while it works.
func TestStopped(t *testing.T) {
	f, err := pdfium.Open(buildPDF(strings.Repeat(text(50, 100, "很多很多很多很多的正文"), 3000)), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := f.Page(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a page that takes too long: %v", err)
	}
	if _, err := f.Page(context.Background(), 1); err == nil {
		t.Error("a file that was ended still reads")
	}
}

// TestRender draws a page: its ruled corner is dark, its margin white.
func TestRender(t *testing.T) {
	f, err := pdfium.Open(sample(), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	pic, err := f.Render(context.Background(), 1, 72)
	if err != nil {
		t.Fatal(err)
	}
	if pic.Bounds().Dx() != 595 || pic.Bounds().Dy() != 842 {
		t.Errorf("size %v", pic.Bounds())
	}
	if r, _, _, _ := pic.At(200, 100).RGBA(); r > 0xd000 {
		t.Errorf("no rule at 200,100: %x", r)
	}
	if r, _, _, _ := pic.At(10, 10).RGBA(); r != 0xffff {
		t.Errorf("the margin is not white: %x", r)
	}
}

// TestEngineCharacters looks for what PDFium hands out in its own way: a hyphen
// at the end of a line as a mark, and a rare character as two halves.
func TestEngineCharacters(t *testing.T) {
	f, err := pdfium.Open(buildPDF(text(50, 100, "-7-")+text(50, 200, "budget-")+text(50, 212, "ary𠀀𠀁")), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := f.Page(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, g := range p.Glyphs {
		got.WriteString(g.Text)
	}
	if want := "-7-budget-ary𠀀𠀁"; got.String() != want || p.Unmapped != 0 {
		t.Errorf("got %q with %d unmapped, want %q", got.String(), p.Unmapped, want)
	}
}
