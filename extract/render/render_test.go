package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/extract/document"
)

var update = flag.Bool("update", false, "rewrite the expected outputs")

// sample has everything that the renderings treat specially, and text that
// tries to be markup.
func sample() *document.Document {
	return &document.Document{
		Source: document.Source{Name: "市/预算 <b>.docx", Format: "docx", Reader: "docx/1", SHA256: "00ff", Bytes: 12, Pages: 2, Title: `"><script>`},
		Blocks: []document.Block{
			&document.Paragraph{Level: 1, Label: "一、", Text: "收入*说明*"},
			&document.Paragraph{Level: 9, Text: "深"},
			&document.Paragraph{Text: "  1. 甲<script>alert(1)</script>\n\n乙 & 丙 | 丁\t_戊_ "},
			&document.Paragraph{Text: "# 不是标题"},
			&document.Paragraph{Place: document.Place{Page: 2, Box: document.Box{X0: 1, Y0: 2.5, X1: 3, Y1: 4}}, Role: "footnote", Text: "注"},
			&document.Table{Place: document.Place{Page: 2}, LastPage: 3, Rows: 3, Cols: 3, Outer: -1, Cells: []document.Cell{
				{Row: 0, Col: 0, RowSpan: 2, ColSpan: 1, Text: "项目|名称"},
				{Row: 0, Col: 1, RowSpan: 1, ColSpan: 2, Text: "金额\n（万元）"},
				{Row: 1, Col: 1, RowSpan: 1, ColSpan: 1, Text: "1,234.50"},
				{Row: 1, Col: 2, RowSpan: 1, ColSpan: 1, Text: "≥95%"},
				{Row: 2, Col: 0, RowSpan: 1, ColSpan: 1, Text: `"<img src=x onerror=y>"`},
			}},
			&document.Table{Rows: 1, Cols: 1, Outer: 5, Cells: []document.Cell{{RowSpan: 1, ColSpan: 1}}},
		},
		Notes: []document.Note{
			{At: document.Nowhere, Code: "a.whole", Message: "all of <it>"},
			{At: document.AtCell(5, 2, 0), Code: "a.cell", Message: "one"},
		},
	}
}

var writers = map[string]func(io.Writer, *document.Document) error{
	"sample.json": JSON, "sample.md": Markdown, "sample.html": HTML,
}

// TestOutputs compares every rendering of the sample with the committed one.
func TestOutputs(t *testing.T) {
	for name, write := range writers {
		var out bytes.Buffer
		if err := write(&out, sample()); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Errorf("%s differs (-update rewrites it):\n%s", name, out.String())
		}
	}
}

// TestHostile checks that no text of the document becomes an element or an
// attribute of the page.
func TestHostile(t *testing.T) {
	var out strings.Builder
	if err := HTML(&out, sample()); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img", "<b>", "<it>"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	out.Reset()
	if err := Markdown(&out, sample()); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img", "<it>"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("the Markdown has %q", bad)
		}
	}
}

// TestJSONReadsBack checks the JSON of the sample and of an empty document with
// another program's eyes.
func TestJSONReadsBack(t *testing.T) {
	type doc struct {
		Source struct{ Name string }
		Blocks []struct {
			Type, Text string
			Outer      *int
			Cells      []struct {
				Row, Col int
				RowSpan  int `json:"row_span"`
				ColSpan  int `json:"col_span"`
				Text     string
			}
		}
		Notes []struct {
			Block   *int
			Message string
		}
	}
	read := func(d *document.Document) (v doc) {
		var out bytes.Buffer
		if err := JSON(&out, d); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	got := read(sample())
	if got.Source.Name != "市/预算 <b>.docx" || len(got.Blocks) != 7 || len(got.Notes) != 2 || got.Notes[0].Block != nil || *got.Notes[1].Block != 5 {
		t.Errorf("got %+v", got)
	}
	if c := got.Blocks[5].Cells[1]; c.ColSpan != 2 || c.RowSpan != 1 || c.Col != 1 || c.Text != "金额\n（万元）" {
		t.Errorf("cell %+v", c)
	}
	if got.Blocks[5].Outer != nil || *got.Blocks[6].Outer != 5 {
		t.Error("the nested table is not marked")
	}
	if empty := read(&document.Document{}); empty.Blocks == nil || empty.Notes == nil {
		t.Errorf("lists of an empty document are null: %+v", empty)
	}
}

// TestFailures returns the errors of the writer and of impossible blocks.
func TestFailures(t *testing.T) {
	for name, write := range writers {
		if err := write(full{}, sample()); err == nil {
			t.Errorf("%s: a full disk is not noticed", name)
		}
		if err := write(io.Discard, &document.Document{Blocks: []document.Block{nil}}); err == nil || err.Error() != "render: block 0 is a <nil>" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }
