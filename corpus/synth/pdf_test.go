package synth

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"
)

// shownText is a text that a page shows, with the place where it begins.
type shownText struct {
	text       string
	page       int
	x, y, size float64
	// width is how far it reaches, without what characters are moved apart.
	width float64
}

// readPDF reads a file back by the rules of its format and a few of the
// writer's own: it checks where objects are said to be, and returns the texts of
// the pages, what is printed twice once.
func readPDF(t *testing.T, data []byte) (texts []shownText, pages [][2]float64) {
	t.Helper()
	at := bytes.LastIndex(data, []byte("startxref\n"))
	xref, _ := strconv.Atoi(strings.Fields(string(data[at:]))[1])
	lines := strings.Split(string(data[xref:at]), "\n")
	count, _ := strconv.Atoi(strings.Fields(lines[1])[1])
	gbk := bytes.Contains(data, []byte("/Encoding /GBK-EUC-H"))
	for n := 1; n < count; n++ {
		offset, _ := strconv.Atoi(strings.TrimLeft(lines[2+n][:10], "0"))
		body, found := strings.CutPrefix(string(data[offset:]), fmt.Sprintf("%d 0 obj\n", n))
		if !found {
			t.Fatalf("object %d is not at %d", n, offset)
		}
		if box := regexp.MustCompile(`^<< /Type /Page .*/MediaBox \[0 0 (\S+) (\S+)\]`).FindStringSubmatch(body); box != nil {
			pages = append(pages, [2]float64{numberOf(box[1]), numberOf(box[2])})
		}
		if length := regexp.MustCompile(`^<< /Filter /FlateDecode /Length (\d+) >>\nstream\n`).FindStringSubmatch(body); length != nil {
			start, n := len(length[0]), int(numberOf(length[1]))
			if !strings.HasPrefix(body[start+n:], "\nendstream\nendobj\n") {
				t.Fatalf("the stream at %d is not %d bytes long", offset, n)
			}
			texts = append(texts, readContent(t, inflate(t, body[start:start+n]), len(pages), gbk)...)
		}
	}
	return texts, pages
}

func numberOf(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64)
	return n
}

func inflate(t *testing.T, packed string) string {
	t.Helper()
	z, err := zlib.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// readContent reads the texts of a page.
func readContent(t *testing.T, content string, page int, gbk bool) []shownText {
	t.Helper()
	var out []shownText
	object := regexp.MustCompile(`(?s)BT /F[12] (\S+) Tf \S+ Tc 1 0 0 1 (\S+) (\S+) Tm(.*?)ET`)
	for _, m := range object.FindAllStringSubmatch(content, -1) {
		s := shownText{page: page, size: numberOf(m[1]), x: numberOf(m[2]), y: numberOf(m[3])}
		once, _, _ := strings.Cut(m[4], " Tm")
		for _, x := range regexp.MustCompile(`<([0-9A-F]*)>`).FindAllStringSubmatch(once, -1) {
			code, err := hex.DecodeString(x[1])
			if err != nil {
				t.Fatal(err)
			}
			s.text += decodePDF(code, gbk)
		}
		for _, r := range s.text {
			s.width += s.size
			if r < 0x80 {
				s.width -= s.size / 2
			}
		}
		out = append(out, s)
	}
	return out
}

// backGB2312 gives the characters of GB 2312 by their codes.
var backGB2312 = sync.OnceValue(func() map[[2]byte]rune {
	m := map[[2]byte]rune{}
	for r, two := range gb2312() {
		m[two] = r
	}
	return m
})

// decodePDF decodes a string of a page.
func decodePDF(code []byte, gbk bool) string {
	var b strings.Builder
	if !gbk {
		for i := 0; i+1 < len(code); i += 2 {
			b.WriteString(string(utf16.Decode([]uint16{uint16(code[i])<<8 | uint16(code[i+1])})))
		}
		return b.String()
	}
	for i := 0; i < len(code); i++ {
		if code[i] < 0x80 {
			b.WriteByte(code[i])
			continue
		}
		b.WriteRune(backGB2312()[[2]byte(code[i:i+2])])
		i++
	}
	return b.String()
}

// unspaced drops blanks, which no page shows.
func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// TestPDFHoldsTheBlocks reads files back and holds their texts against the
// blocks: in order where no row is parted and no header comes again, and
// otherwise every character at least as often.
func TestPDFHoldsTheBlocks(t *testing.T) {
	g := New(Settings{Seed: 2})
	whole := 0
	for i := range files {
		d := g.Document(i)
		look := drawPDFLook(newSource(d.look, 'p'))
		texts, pages := readPDF(t, d.PDF())
		var got, want strings.Builder
		for _, s := range texts {
			w, h := pages[s.page-1][0], pages[s.page-1][1]
			if s.x < 0 || s.x+s.width > w || s.y < 36 || s.y+s.size > h-36 {
				t.Fatalf("document %d, page %d: %q stands beyond the margins at %.1f, %.1f", i, s.page, s.text, s.x, s.y)
			}
			if s.size != footerSize/point || s.y > 60 {
				got.WriteString(s.text)
			}
		}
		for _, b := range d.blocks {
			want.WriteString(textOf(b))
		}
		a, b := unspaced(got.String()), unspaced(want.String())
		if look.repeat || look.split {
			more := counted(a)
			for r, n := range counted(b) {
				if more[r] < n {
					t.Fatalf("document %d shows %q %d times, not %d", i, r, more[r], n)
				}
			}
			continue
		}
		whole++
		if a != b {
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			t.Fatalf("document %d: the pages say %.60q, the blocks %.60q", i, a[at:], b[at:])
		}
	}
	if whole == 0 {
		t.Error("no document could be compared in order")
	}
}

func textOf(b block) string {
	if b.par != nil {
		return b.par.label + b.par.text
	}
	var out strings.Builder
	for _, row := range b.tab.rows {
		for _, c := range row {
			out.WriteString(plain(c.text))
		}
	}
	return out.String()
}

func counted(s string) map[rune]int {
	out := map[rune]int{}
	for _, r := range s {
		out[r]++
	}
	return out
}

// TestPDFLooks checks that a few hundred files have every look, tables over
// several pages, parted rows and turned pages.
func TestPDFLooks(t *testing.T) {
	g := New(Settings{Seed: 2})
	seen := map[string]bool{}
	for i := range documents {
		d := g.Document(i)
		data := d.PDF()
		w := &pdfWriter{look: drawPDFLook(newSource(d.look, 'p'))}
		seen[fmt.Sprint("heading ", w.look.heading)], seen[fmt.Sprint("ruling ", w.look.ruling)] = true, true
		seen["footer "+w.look.footer], seen["font "+w.look.font.text] = true, true
		seen[fmt.Sprint("gbk ", bytes.Contains(data, []byte("GBK-EUC-H")))] = true
		seen[fmt.Sprint("turned ", bytes.Contains(data, []byte("/MediaBox [0 0 841.9 595.3]")))] = true
	}
	if want := int(pdfHeadings) + int(pdfRulings) + len(pdfFooters()) + len(pdfFonts()) + 4; len(seen) != want {
		t.Errorf("%d looks are drawn, there are %d: %v", len(seen), want, seen)
	}
}

// TestSetLines breaks lines as word processors do.
func TestSetLines(t *testing.T) {
	for _, c := range []struct {
		text         string
		first, width int
		want         []string
	}{
		{"一二三四五", 0, 30, []string{"一二三", "四五"}},
		{"一二三四五", 10, 30, []string{"一二", "三四五"}},
		{"一二三，四五", 0, 30, []string{"一二", "三，四", "五"}},
		{"一二（三四五）", 0, 30, []string{"一二", "（三四", "五）"}},
		{"收入1234.56万元", 0, 40, []string{"收入", "1234.56", "万元"}},
		{"财预〔2019〕145号", 0, 50, []string{"财预", "〔2019〕", "145号"}},
		{"ABCDEFGHI", 0, 30, []string{"ABCDEF", "GHI"}},
		{"甲" + lineBreak + "乙\n", 0, 30, []string{"甲", "乙", ""}},
		{"数量  单位", 0, 25, []string{"数量", "单位"}},
	} {
		var got []string
		for _, l := range setLines(c.text, 10, c.first, c.width) {
			got = append(got, l.text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q in %d: got %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// TestPDFNumber prints lengths in points.
func TestPDFNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1050: "10.5", 1200: "12", 5: "0.05", -30: "-0.3", 59530: "595.3"} {
		if got := pdfNumber(n); got != want {
			t.Errorf("%d is printed as %s, not %s", n, got, want)
		}
	}
}

// TestPDFParts parts a row over two pages where its text goes on, if
// it has room for a line and rows are to be parted.
func TestPDFParts(t *testing.T) {
	long := strings.Repeat("长", 40)
	tab := table{cols: 2}
	tab.row(ones(2), "项目", "说明")
	tab.row(ones(2), "甲", long)
	w := &pdfWriter{look: pdfLook{cell: 10 * point, padX: 250, padY: 100, split: true}}
	p := &pdfTable{pdfGrid: newPDFGrid(&tab, w.look, 200*point), w: w}
	lines := len(p.cells[3].lines)
	if lines < 3 {
		t.Fatalf("the long cell has %d lines", lines)
	}
	if n := p.parting(1, p.heightOf(2)); n != 2 {
		t.Errorf("with room for two lines, %d are left on the page", n)
	}
	if n := p.parting(1, p.heightOf(0)); n != 0 {
		t.Errorf("without room, %d lines are left on the page", n)
	}
	w.look.split = false
	if n := p.parting(1, p.heightOf(2)); n != 0 {
		t.Errorf("a row is parted though none is to be")
	}
}
