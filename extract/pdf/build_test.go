package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// built makes PDF files of drawn pages, without any library.
type built struct {
	bytes.Buffer
	offsets []int
}

// object writes the next object and returns its number.
func (b *built) object(body string) int {
	b.offsets = append(b.offsets, b.Len())
	fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", len(b.offsets), body)
	return len(b.offsets)
}

func stream(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

// buildPDF makes a file of A4 pages. Font F is Chinese text in UCS-2 whose
// glyphs are one em wide, image I a grey square.
func buildPDF(contents ...string) []byte {
	b := &built{}
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	first := 6
	var kids []string
	for i := range contents {
		kids = append(kids, fmt.Sprintf("%d 0 R", first+2*i))
	}
	b.object("<< /Type /Catalog /Pages 2 0 R >>")
	b.object(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << /I 5 0 R >> >> >>", len(kids), strings.Join(kids, " ")))
	b.object("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>")
	b.object("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000" +
		" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0 >> >>")
	b.object(stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "\x80"))
	for _, content := range contents {
		b.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", len(b.offsets)+2))
		b.object(stream("", content))
	}
	xref := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", len(b.offsets)+1)
	for _, o := range b.offsets {
		fmt.Fprintf(b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(b.offsets)+1, xref)
	return b.Bytes()
}

// text draws a text, placed from the top left.
func text(x, y float64, s string) string {
	var hex strings.Builder
	for _, c := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&hex, "%04X", c)
	}
	return fmt.Sprintf("BT /F 10 Tf %g %g Td <%s> Tj ET\n", x, 842-y, hex.String())
}

// rules draws a grid as strokes.
func rules(xs, ys []float64) string {
	var b strings.Builder
	b.WriteString("0.5 w\n")
	for _, y := range ys {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", xs[0], 842-y, xs[len(xs)-1], 842-y)
	}
	for _, x := range xs {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, 842-ys[0], x, 842-ys[len(ys)-1])
	}
	return b.String()
}
