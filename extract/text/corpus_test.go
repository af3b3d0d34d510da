package text

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// corpus is where the real documents are; the repository has none.
const corpus = "../../../shared/corpus"

// corpusFile reads a file of the corpus, or skips the test.
func corpusFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if err != nil {
		t.Skipf("no corpus: %v", err)
	}
	return data
}

// TestHandan holds the document that this project exists for against its truth:
// every paragraph, every cell of every table.
func TestHandan(t *testing.T) {
	data := corpusFile(t, "handan-2020/disclosure.txt")
	var truth [][]json.RawMessage
	if err := json.Unmarshal(corpusFile(t, "handan-2020/truth/blocks.json"), &truth); err != nil {
		t.Fatal(err)
	}
	doc, err := Reader{}.Read(context.Background(), data, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Check(doc); err != nil {
		t.Fatal(err)
	}
	next, tables, headings := 0, 0, 0
	for _, want := range truth {
		kind := decode[string](t, want[0])
		if kind == "e" {
			continue
		}
		if next >= len(doc.Blocks) {
			t.Fatalf("only %d blocks", next)
		}
		switch got := doc.Blocks[next].(type) {
		case *document.Paragraph:
			text, _, marked := strings.Cut(decode[string](t, want[1]), " TC ")
			if kind != "p" || got.Text != text {
				t.Errorf("block %d is %q, want %s %q", next, got.Text, kind, text)
			}
			if marked != (got.Level == 1) {
				t.Errorf("block %d: level %d, marked %v", next, got.Level, marked)
			}
			headings += got.Level
		case *document.Table:
			tables++
			if kind != "t" {
				t.Fatalf("block %d is a table, want %s", next, want[1])
			}
			sameTable(t, next, got, decode[[][][]string](t, want[1]))
		}
		next++
	}
	if next != len(doc.Blocks) || tables != 26 || headings != 23 || next-tables != 87 {
		t.Errorf("%d blocks, %d of them in truth; %d tables, %d headings", len(doc.Blocks), next, tables, headings)
	}
}

// sameTable compares the cells in reading order. A blank cell that a header's
// span swallowed is the only one that may be missing.
func sameTable(t *testing.T, block int, got *document.Table, want [][][]string) {
	t.Helper()
	grid := got.Grid()
	if got.Rows != len(want) {
		t.Errorf("block %d: %d rows, want %d", block, got.Rows, len(want))
		return
	}
	for r, row := range want {
		col := 0
		for _, lines := range row {
			text := strings.TrimRight(strings.Join(lines, "\n"), "\n")
			if col >= got.Cols || grid[r][col] < 0 {
				t.Errorf("block %d r%dc%d: no cell, want %q", block, r, col, text)
				break
			}
			c := got.Cells[grid[r][col]]
			if c.Text != text && (c.Row == r || text != "") {
				t.Errorf("block %d r%dc%d is %q, want %q", block, r, col, c.Text, text)
			}
			col += c.ColSpan
		}
		if col < got.Cols && grid[r][col] >= 0 {
			t.Errorf("block %d r%d: more cells than %d", block, r, len(row))
		}
	}
}

// TestHandanProcurement checks the spans that the row lengths 7, 10, 14 prove.
func TestHandanProcurement(t *testing.T) {
	doc, err := Reader{}.Read(context.Background(), corpusFile(t, "handan-2020/disclosure.txt"), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][2]int{"政府采购项目来源": {1, 2}, "采购物品名称": {3, 1}, "政府采购金额": {1, 7},
		"项目名称": {2, 1}, "当年部门预算安排资金": {1, 5}, "其他渠道资金": {2, 1}, "合计": {1, 1}}
	for _, b := range doc.Blocks {
		table, ok := b.(*document.Table)
		if !ok || table.Cols != 14 {
			continue
		}
		for _, c := range table.Cells {
			if span, ok := want[c.Text]; ok && (c.Row < 4) {
				if span != [2]int{c.RowSpan, c.ColSpan} {
					t.Errorf("%s spans %dx%d, want %v", c.Text, c.RowSpan, c.ColSpan, span)
				}
				delete(want, c.Text)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

// TestPages reads every page of the corpus; whatever layout it has, no
// character other than blanks and bars may be lost.
func TestPages(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(corpus, "pages", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Skip("no corpus: ", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !(Reader{}).Detect(data) {
				t.Error("not detected")
			}
			doc, err := Reader{}.Read(context.Background(), data, document.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if err := document.Check(doc); err != nil {
				t.Error(err)
			}
			if got, want := squeeze(plainText(doc)), squeeze(string(data)); got != want {
				t.Errorf("text differs:\n%s\n%s", got, want)
			}
		})
	}
}

// plainText is all text of a document in reading order.
func plainText(doc *document.Document) string {
	var s strings.Builder
	for _, b := range doc.Blocks {
		switch x := b.(type) {
		case *document.Paragraph:
			s.WriteString(x.Text)
		case *document.Table:
			for _, c := range x.Cells {
				s.WriteString(c.Text)
			}
		}
	}
	return s.String()
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "|", "")), "")
}

func decode[T any](t *testing.T, raw json.RawMessage) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// BenchmarkRead reads the disclosure in the notation of Tika.
func BenchmarkRead(b *testing.B) {
	data := corpusFile(b, "handan-2020/disclosure.txt")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Reader{}).Read(context.Background(), data, document.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
