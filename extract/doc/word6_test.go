package doc

import (
	"context"
	"encoding/binary"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// paragraph6 is a paragraph of a Word 6 file: its text with its mark in GBK and
// its properties as bytes; hidden is the range of its text that is hidden.
type paragraph6 struct {
	text     string
	props    []byte
	from, to int
}

// word6 makes the stream of a Word 6 file: a FIB, the text, and a page of
// properties of each kind.
func word6(lid uint16, paras []paragraph6) []byte {
	const textAt, chpxPage, papxPage, pages = 0x200, 4, 5, 6
	b := make([]byte, pages*pageSize)
	put16 := func(at int, v int) { binary.LittleEndian.PutUint16(b[at:], uint16(v)) }
	put32 := func(at int, v int) { binary.LittleEndian.PutUint32(b[at:], uint32(v)) }
	chars, props := b[chpxPage*pageSize:][:pageSize], b[papxPage*pageSize:][:pageSize]
	fc, free, charFree := textAt, pageSize-2, pageSize-2
	runs := []int{textAt}
	var looks []byte
	run := func(end int, props []byte) {
		if end == runs[len(runs)-1] {
			return
		}
		runs = append(runs, end)
		if len(props) == 0 {
			looks = append(looks, 0)
			return
		}
		charFree = (charFree - 1 - len(props)) &^ 1
		chars[charFree] = byte(len(props))
		copy(chars[charFree+1:], props)
		looks = append(looks, byte(charFree/2))
	}
	n := len(paras)
	for i, p := range paras {
		copy(b[fc:], p.text)
		binary.LittleEndian.PutUint32(props[4*i:], uint32(fc))
		// Half of the length, the style, the properties.
		papx := append([]byte{0, 0}, p.props...)
		papx = append(papx, make([]byte, len(papx)%2)...)
		free = (free - 1 - len(papx)) &^ 1
		props[free] = byte(len(papx) / 2)
		copy(props[free+1:], papx)
		props[4*(n+1)+oldParagraphEntry*i] = byte(free / 2)
		run(fc+p.from, nil)
		run(fc+p.to, []byte{92, 1})
		fc += len(p.text)
		run(fc, nil)
	}
	binary.LittleEndian.PutUint32(props[4*n:], uint32(fc))
	props[pageSize-1] = byte(n)
	for i, at := range runs {
		binary.LittleEndian.PutUint32(chars[4*i:], uint32(at))
	}
	copy(chars[4*len(runs):], looks)
	chars[pageSize-1] = byte(len(looks))

	put16(0, word6Magic)
	put16(2, nFib6)
	put16(6, int(lid))
	put32(24, textAt)
	put32(28, fc)
	put32(ccp6, fc-textAt)
	// The bin tables stand behind the FIB: two positions and a page number.
	for _, bin := range []struct{ at, pair, page int }{{0x180, 0xB8, chpxPage}, {0x190, 0xC0, papxPage}} {
		put32(bin.pair, bin.at)
		put32(bin.pair+4, 10)
		put32(bin.at, textAt)
		put32(bin.at+4, fc)
		put16(bin.at+8, bin.page)
	}
	return b
}

// row6 is what the mark of a row says: in a table, a row's end, and boundaries.
func row6(edges ...int) []byte {
	operand := []byte{byte(len(edges) - 1)}
	for _, e := range edges {
		operand = append(operand, byte(e), byte(e>>8))
	}
	operand = append(operand, make([]byte, tc6Size*(len(edges)-1))...)
	return append([]byte{24, 1, 25, 1, 190, byte(len(operand) + 1), 0}, operand...)
}

func readWord6(t *testing.T, stream []byte) string {
	t.Helper()
	d, err := read(context.Background(), memory{wordStream: stream}, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	checkModel(t, d, len(stream), document.Limits{})
	var out strings.Builder
	if err := document.Dump(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestWord6 reads what Word 6 wrote on a Chinese system: text in GBK, hidden
// text, a table with boundaries.
func TestWord6(t *testing.T) {
	cell := []byte{24, 1}
	got := readWord6(t, word6(0x0804, []paragraph6{
		{text: "\xb2\xbf\xc3\xc5\xd4\xa4\xcb\xe3 1995\xc4\xea\r", from: 8, to: 13},
		{text: "\xcf\xee\xc4\xbf\x07", props: cell},
		{text: "\xbd\xf0\xb6\xee\x07", props: cell},
		{text: "\x07", props: row6(0, 1000, 3000)},
		{text: "\xba\xcf\xbc\xc6\x07", props: cell},
		{text: "\x07", props: row6(0, 3000)},
		{text: "\xcd\xea\r", props: []byte{12, 2, 9, 9, 5, 1}},
	}))
	want := `p 0 "部门预算年"
t 1 2x2
  r0c0 "项目"
  r0c1 "金额"
  r1c0 1x2 "合计"
p 2 "完"
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWord6Western leaves accented letters alone where the system was not
// Chinese, and takes text for GBK that has nothing but common Han.
func TestWord6Western(t *testing.T) {
	for text, want := range map[string]string{
		"R\xe9sum\xe9 na\xefve \x93x\x94\r":                          "p 0 \"Résumé naïve “x”\"\n",
		strings.Repeat("\xb2\xbf\xc3\xc5\xd4\xa4\xcb\xe3", 2) + "\r": "p 0 \"部门预算部门预算\"\n",
	} {
		if got := readWord6(t, word6(0x0409, []paragraph6{{text: text}})); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestModern translates properties of Word 6 one by one.
func TestModern(t *testing.T) {
	for old, want := range map[string]string{
		"\x18\x01":                     "\x16\x24\x01",
		"\x05\x02\x18\x01":             "\x16\x24\x01",
		"\x17\x03\x01\x02\x03\x19\x01": "\x17\x24\x01",
		"\x44\x05\x01\x02\x03\x04\x05": "\x03\x6a\x01\x02\x03\x04",
		"\x44\x01\x01":                 "",
		"\x53\x41\x01":                 "\x33\x2a\x00\x00\x08\x01",
		"\xc5\x00\x02":                 "\x24\x56\x00\x02",
		"\x18":                         "",
		"\xbe\x00\x00":                 "",
		"\xbe\xff":                     "",
		"\x17":                         "",
	} {
		if got := string(modern([]byte(old))); got != want {
			t.Errorf("%q: got %q, want %q", old, got, want)
		}
	}
}
