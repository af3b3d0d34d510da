package synth

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pdfPage is a page with what is drawn on it.
type pdfPage struct {
	width, height int
	// side is the margin on both sides.
	side int
	b    bytes.Buffer
}

func (p *pdfPage) textWidth() int { return p.width - 2*p.side }

// put writes operands and operators: lengths as numbers, strings as they are.
func (p *pdfPage) put(parts ...any) {
	for i, x := range parts {
		if i > 0 {
			p.b.WriteByte(' ')
		}
		switch x := x.(type) {
		case int:
			p.b.WriteString(pdfNumber(x))
		case string:
			p.b.WriteString(x)
		}
	}
	p.b.WriteByte('\n')
}

// pdfNumber prints a length in points.
func pdfNumber(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := sign + strconv.Itoa(n/point)
	if rest := n % point; rest > 0 {
		s += strings.TrimRight("."+twoDigits(int64(rest)), "0")
	}
	return s
}

// box fills or strokes a rectangle, placed from the top left.
func (p *pdfPage) box(x, top, width, height int, paint string) {
	p.put(x, p.height-top-height, width, height, "re", paint)
}

// pdfStyle is how a line of text is set.
type pdfStyle struct {
	size, leading int
	heading       pdfHeading
}

// lineOn sets a line of text on a page: its left end, and its baseline from the
// top.
func (w *pdfWriter) lineOn(p *pdfPage, s pdfStyle, l pdfLine, x, base int) {
	if l.text == "" {
		return
	}
	font := "/F1"
	if s.heading == headingFont {
		font = "/F2"
	}
	// The baseline of Chinese type is 0.12 em above the foot of its square.
	y := p.height - base + s.size*12/100
	code := w.show(l.text)
	p.put("BT", font, s.size, "Tf", l.stretch, "Tc 1 0 0 1", x, y, "Tm")
	switch s.heading {
	case headingStroked:
		p.put("2 Tr", s.size/40, "w", code, "0 Tr ET")
	case headingTwice:
		p.put(code, "1 0 0 1", x+s.size/50, y, "Tm", code, "ET")
	default:
		p.put(code, "ET")
	}
}

// show prints the operators that show a text, sometimes in several runs, which
// may part a word.
func (w *pdfWriter) show(s string) string {
	if !w.r.chance(shareSplit) {
		return w.encode(s) + " Tj"
	}
	at := cutPoint(w.r, s)
	if w.r.chance(0.5) {
		return w.encode(s[:at]) + " Tj " + w.encode(s[at:]) + " Tj"
	}
	return "[" + w.encode(s[:at]) + " 0 " + w.encode(s[at:]) + "] TJ"
}

// encode prints a text as a string of the font's CMap.
func (w *pdfWriter) encode(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.WriteByte('<')
	put := func(x byte) {
		b.WriteByte(digits[x>>4])
		b.WriteByte(digits[x&15])
	}
	for _, r := range s {
		if r == '\u00a0' {
			r = ' '
		}
		switch {
		case !w.look.gbk:
			put(byte(r >> 8))
			put(byte(r))
		case r < utf8.RuneSelf:
			put(byte(r))
		default:
			two := gb2312()[r]
			put(two[0])
			put(two[1])
		}
	}
	b.WriteByte('>')
	return b.String()
}

// pdfFont is a pair of fonts that are not embedded: of the text, and of
// headings that have their own.
type pdfFont struct{ text, heading, subtype string }

func pdfFonts() []pdfFont {
	return []pdfFont{
		{"STSong-Light", "STHeiti-Regular", "CIDFontType0"},
		{"SimSun", "SimHei", "CIDFontType2"},
		{"FangSong_GB2312", "SimHei", "CIDFontType2"},
	}
}

// pdfFile is a file in the making.
type pdfFile struct {
	bytes.Buffer
	offsets []int
}

// object writes the next object.
func (f *pdfFile) object(body string) {
	f.offsets = append(f.offsets, f.Len())
	f.WriteString(strconv.Itoa(len(f.offsets)) + " 0 obj\n" + body + "\nendobj\n")
}

// The numbers of the objects that all files have.
const (
	pdfCatalog = iota + 1
	pdfTree
	pdfTextFont
	pdfTextDescendant
	pdfHeadingFont
	pdfHeadingDescendant
	pdfFirstPage
)

// file writes the file.
func (w *pdfWriter) file() []byte {
	f := &pdfFile{}
	f.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	f.object("<< /Type /Catalog /Pages " + pdfReference(pdfTree) + " >>")
	var kids []string
	for i := range w.pages {
		kids = append(kids, pdfReference(pdfFirstPage+2*i))
	}
	f.object("<< /Type /Pages /Count " + strconv.Itoa(len(kids)) + " /Kids [" + strings.Join(kids, " ") + "] /Resources << /Font << /F1 " +
		pdfReference(pdfTextFont) + " /F2 " + pdfReference(pdfHeadingFont) + " >> >> >>")
	w.font(f, w.look.font.text, pdfTextDescendant)
	w.font(f, w.look.font.heading, pdfHeadingDescendant)
	// One compressor serves all pages, as in a Word file.
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		return nil
	}
	for i, p := range w.pages {
		f.object("<< /Type /Page /Parent " + pdfReference(pdfTree) + " /MediaBox [0 0 " + pdfNumber(p.width) + " " + pdfNumber(p.height) +
			"] /Contents " + pdfReference(pdfFirstPage+2*i+1) + " >>")
		packed.Reset()
		z.Reset(&packed)
		if _, err := z.Write(p.b.Bytes()); err != nil {
			return nil
		}
		if err := z.Close(); err != nil {
			return nil
		}
		f.object("<< /Filter /FlateDecode /Length " + strconv.Itoa(packed.Len()) + " >>\nstream\n" + packed.String() + "\nendstream")
	}
	f.end()
	return f.Bytes()
}

func pdfReference(n int) string { return strconv.Itoa(n) + " 0 R" }

// font writes a font and its descendant. The widths are those of ASCII: CIDs
// 1 to 95 under UniGB-UCS2-H, 814 to 907 and, for the blank, 7716 under
// GBK-EUC-H.
func (w *pdfWriter) font(f *pdfFile, name string, descendant int) {
	encoding := "UniGB-UCS2-H"
	if w.look.gbk {
		encoding = "GBK-EUC-H"
	}
	full := name
	if w.look.font.subtype == "CIDFontType0" {
		full += "-" + encoding
	}
	f.object("<< /Type /Font /Subtype /Type0 /BaseFont /" + full + " /Encoding /" + encoding + " /DescendantFonts [" + pdfReference(descendant) + "] >>")
	f.object("<< /Type /Font /Subtype /" + w.look.font.subtype + " /BaseFont /" + name +
		" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500 814 907 500 7716 [500]]" +
		" /FontDescriptor << /Type /FontDescriptor /FontName /" + name +
		" /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>")
}

// end writes the table of objects and the trailer.
func (f *pdfFile) end() {
	xref := f.Len()
	fmt.Fprintf(f, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, o := range f.offsets {
		fmt.Fprintf(f, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(f, "trailer\n<< /Size %d /Root %s >>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, pdfReference(pdfCatalog), xref)
}
