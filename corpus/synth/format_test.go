package synth

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// files is how many files the tests of the formats write and read.
const files = 100

// TestDocxHoldsTheBlocks reads document.xml back with encoding/xml and a few
// rules of its own, and holds the text against the blocks it was written from.
// It also checks that every part is well-formed.
func TestDocxHoldsTheBlocks(t *testing.T) {
	g := New(Settings{Seed: 2})
	for i := range files {
		d := g.Document(i)
		parts := unzip(t, d.Docx())
		for _, p := range parts {
			wellFormed(t, p)
		}
		k := slices.IndexFunc(parts, func(p part) bool { return p.name == "word/document.xml" })
		got, want := bodyText(t, parts[k].text), blockText(d)
		for k := range max(len(got), len(want)) {
			if k >= len(got) || k >= len(want) || got[k] != want[k] {
				t.Fatalf("document %d, entry %d: Word file says %q, blocks say %q", i, k, got[k:min(k+5, len(got))], want[k:min(k+5, len(want))])
			}
		}
	}
}

func unzip(t *testing.T, data []byte) []part {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []part
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, part{f.Name, string(text)})
	}
	return out
}

func wellFormed(t *testing.T, p part) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(p.text))
	for {
		_, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
	}
}

// bodyText lists paragraphs and cells; a paragraph ends in "\n", a line break
// is lineBreak, a row ends in an entry "|".
func bodyText(t *testing.T, text string) []string {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(text))
	var b body
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			b.start(x.Name.Local)
		case xml.CharData:
			if b.inText && !b.hidden && b.deleted == 0 {
				b.text.Write(x)
			}
		case xml.EndElement:
			b.end(x.Name.Local)
		}
	}
}

// body is a body being read.
type body struct {
	out  []string
	text strings.Builder
	// row is where the row began; gone says that its deletion was tracked.
	row                                           int
	gone, hidden, inCell, inText, inRowProperties bool
	deleted                                       int
}

func (b *body) start(name string) {
	switch name {
	case "tr":
		b.row, b.gone = len(b.out), false
	case "trPr":
		b.inRowProperties = true
	case "tc":
		b.inCell = true
	case "r":
		b.hidden = false
	case "vanish":
		b.hidden = true
	case "del":
		b.deleted++
		b.gone = b.gone || b.inRowProperties
	case "br":
		b.text.WriteString(lineBreak)
	case "t":
		b.inText = true
	}
}

func (b *body) end(name string) {
	switch name {
	case "t":
		b.inText = false
	case "del":
		b.deleted--
	case "p":
		b.text.WriteString("\n")
		if !b.inCell {
			b.flush()
		}
	case "tc":
		b.inCell = false
		b.flush()
	case "trPr":
		b.inRowProperties = false
	case "tr":
		b.out = append(b.out, "|")
		if b.gone {
			b.out = b.out[:b.row]
		}
	}
}

func (b *body) flush() {
	b.out = append(b.out, b.text.String())
	b.text.Reset()
}

func blockText(d *Document) []string {
	var out []string
	for _, b := range d.blocks {
		if b.par != nil {
			text := b.par.label + b.par.text
			if d.auto && b.par.list > 0 {
				text = b.par.text
			}
			out = append(out, text+"\n")
			continue
		}
		for _, row := range b.tab.rows {
			for _, c := range row {
				out = append(out, c.text+"\n")
			}
			out = append(out, "|")
		}
	}
	return out
}

// TestTableGrids checks that every row is as wide as its table, and that a
// cell that continues a merge stands below one it continues.
func TestTableGrids(t *testing.T) {
	g := New(Settings{Seed: 5})
	for i := range files {
		for _, b := range g.Document(i).blocks {
			if b.tab != nil {
				checkGrid(t, b.tab)
			}
		}
	}
}

func checkGrid(t *testing.T, tab *table) {
	t.Helper()
	above := map[int]cell{}
	for r, row := range tab.rows {
		col := 0
		here := map[int]cell{}
		for _, c := range row {
			up, ok := above[col]
			if c.merge == mergeDown && (!ok || up.merge == single || up.span != c.span || c.text != "") {
				t.Fatalf("row %d column %d continues nothing: %+v below %+v", r, col, c, up)
			}
			here[col] = c
			col += c.span
		}
		if col != tab.cols {
			t.Fatalf("row %d is %d columns wide, the table %d: %+v", r, col, tab.cols, row)
		}
		above = here
	}
}

// TestTextFollowsTheRules reads the text form by the rules that invert it: a
// cell starts at TAB; inside a table, three line feeds or more before
// anything but TAB end it.
func TestTextFollowsTheRules(t *testing.T) {
	g := New(Settings{Seed: 2})
	for i := range files {
		d := g.Document(i)
		wantTables, wantCells := 0, 0
		for _, b := range d.blocks {
			if b.tab != nil {
				wantTables++
				for _, row := range b.tab.rows {
					wantCells += len(row)
				}
			}
		}
		text := string(d.Text())
		tables, cells := countTables(text)
		if tables != wantTables || cells != wantCells {
			t.Fatalf("document %d: %d tables with %d cells by the rules, written were %d with %d", i, tables, cells, wantTables, wantCells)
		}
		if strings.ContainsAny(text, lineBreak+"\r") {
			t.Fatalf("document %d has control characters", i)
		}
		if strings.Contains(text, deletedText) || strings.Contains(text, hiddenText) {
			t.Fatalf("document %d shows deleted text", i)
		}
	}
}

func countTables(text string) (tables, cells int) {
	inside, feeds := false, 0
	for _, r := range text {
		if r == '\n' {
			feeds++
			continue
		}
		if r == '\t' {
			cells++
			if !inside {
				tables++
			}
			inside = true
		} else if feeds >= 3 {
			inside = false
		}
		feeds = 0
	}
	return tables, cells
}

// TestTextByHand holds one small table against the text written out by hand.
func TestTextByHand(t *testing.T) {
	tab := table{cols: 2}
	tab.row(ones(2), "项目编码", "316-1002-JBN-IG9G")
	tab.row(ones(2), "绩效目标", "1、甲"+lineBreak+"2、乙"+lineBreak)
	tab.row(ones(2), "一段\n二段", "")
	d := &Document{blocks: []block{
		{par: &paragraph{label: "1、", text: "“三免”绩效目标表", field: "C"}},
		{tab: &tab},
		{par: &paragraph{text: "完"}},
	}}
	want := "1、“三免”绩效目标表 TC 1、\\“三免\\”绩效目标表 \\f C \\l 1 \n" +
		"\t项目编码\n\t316-1002-JBN-IG9G\n\n" +
		"\t绩效目标\n\t1、甲\n2、乙\n\n\n" +
		"\t一段\n\n二段\n\t\n\n\n" +
		"完\n"
	if got := string(d.Text()); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// TestGB18030 decodes the bytes by the table and compares with the text, of
// which only two marks in tables are not in GB 2312.
func TestGB18030(t *testing.T) {
	back := map[[2]byte]rune{}
	for r, two := range gb2312() {
		back[two] = r
	}
	if len(back) != 7445 {
		t.Errorf("the table has %d characters, GB 2312-80 has 7445", len(back))
	}
	if gb2312()['啊'] != [2]byte{0xB0, 0xA1} || gb2312()['预'] != [2]byte{0xD4, 0xA4} {
		t.Error("啊 is B0A1 and 预 is D4A4")
	}
	g := New(Settings{Seed: 2})
	for i := range files {
		d := g.Document(i)
		if bytes.Contains(d.Prose().GB18030(), []byte("?")) {
			t.Fatalf("document %d has prose that GB 2312 cannot print", i)
		}
		data := d.GB18030()
		var b strings.Builder
		for len(data) > 0 {
			if data[0] < 0x80 {
				b.WriteByte(data[0])
				data = data[1:]
				continue
			}
			b.WriteRune(back[[2]byte(data[:2])])
			data = data[2:]
		}
		if b.String() != strings.NewReplacer("≧", "?", "\u00a0", "?").Replace(string(d.Text())) {
			t.Fatalf("document %d does not come back", i)
		}
	}
}
