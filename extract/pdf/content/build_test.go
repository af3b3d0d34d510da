package content

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"strings"
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// builder writes small PDFs for the tests. Objects 1 to 3 are the catalog, the
// page tree and the page.
type builder struct {
	objects []string
	page    string // further entries of the page
	res     string // entries of its resources
}

// add adds an object and returns its reference.
func (b *builder) add(body string) string {
	b.objects = append(b.objects, body)
	return fmt.Sprintf("%d 0 R", len(b.objects)+3)
}

// stream adds a stream with further entries of its dictionary.
func (b *builder) stream(entries, data string) string {
	return b.add(fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", entries, len(data), data))
}

// packed adds a compressed stream.
func (b *builder) packed(entries, data string) string {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write([]byte(data))
	w.Close()
	return b.stream(entries+" /Filter /FlateDecode", z.String())
}

// bytes returns the file of one page with that content.
func (b *builder) bytes(content string) []byte {
	contents := b.packed("", content)
	p := b.page
	if !strings.Contains(p, "/MediaBox") {
		p += " /MediaBox [0 0 600 800]"
	}
	all := append([]string{
		"<</Type /Catalog /Pages 2 0 R>>",
		"<</Type /Pages /Kids [3 0 R] /Count 1>>",
		fmt.Sprintf("<</Type /Page /Parent 2 0 R %s /Contents %s /Resources <<%s>>>>", p, contents, b.res),
	}, b.objects...)
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range all {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(all)+1)
	for _, n := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(all)+1, xref)
	return out.Bytes()
}

// simpleFace is a font with widths of 500 for all codes, ascent 800 and
// descent -200.
func (b *builder) simpleFace(entries string) string {
	desc := b.add("<</Type /FontDescriptor /FontName /Probe /Flags 32 /Ascent 800 /Descent -200>>")
	return b.add("<</Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Probe /FirstChar 0 /LastChar 255 /Widths [" +
		strings.Repeat("500 ", 256) + "] /FontDescriptor " + desc + " " + entries + ">>")
}

// read reads the page, which must not fail.
func (b *builder) read(t testing.TB, content string) *page.Page {
	t.Helper()
	p, _ := b.open(t, content)
	return p
}

func (b *builder) open(t testing.TB, content string) (*page.Page, *File) {
	t.Helper()
	f, err := Open(b.bytes(content), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Page(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return p, f
}

// withFont is a builder with a simple font F.
func withFont() *builder {
	b := &builder{}
	b.res = "/Font <</F " + b.simpleFace("/Encoding /WinAnsiEncoding") + ">>"
	return b
}

func word(p *page.Page) string {
	var out strings.Builder
	for _, g := range p.Glyphs {
		out.WriteString(g.Text)
	}
	return out.String()
}

// at prints where a glyph is.
func at(g page.Glyph) string { return fmt.Sprintf("%s@%g,%g", g.Text, g.X, g.Y) }

func where(p *page.Page) string {
	var out []string
	for _, g := range p.Glyphs {
		out = append(out, at(g))
	}
	return strings.Join(out, " ")
}

// shapes prints the paths of a page.
func shapes(p *page.Page) string {
	var out []string
	for _, s := range p.Paths {
		k := "fill"
		if s.Stroke {
			k = "line"
		}
		out = append(out, fmt.Sprintf("%s %g,%g,%g,%g %.2g", k, s.Box.X0, s.Box.Y0, s.Box.X1, s.Box.Y1, s.Gray))
	}
	return strings.Join(out, "; ")
}
