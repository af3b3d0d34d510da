package document

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// sample is a document with everything that a dump shows.
func sample() *Document {
	return &Document{
		Blocks: []Block{
			&Paragraph{Level: 1, Label: "一、", Text: "收入\t说明"},
			&Paragraph{Place: Place{Page: 2}, Role: "footnote", Text: "注\n二"},
			&Table{Place: Place{Page: 2}, Rows: 2, Cols: 3, Outer: -1, Cells: []Cell{
				{Row: 0, Col: 0, RowSpan: 2, ColSpan: 1, Text: "项目"},
				{Row: 0, Col: 1, RowSpan: 1, ColSpan: 2, Text: "\"金额\""},
				{Row: 1, Col: 1, RowSpan: 1, ColSpan: 1},
			}},
			&Table{Rows: 1, Cols: 1, Outer: 2, Cells: []Cell{{RowSpan: 1, ColSpan: 1, Text: "内"}}},
		},
		Notes: []Note{
			{At: Nowhere, Code: "a.b", Message: "whole"},
			{At: Position{Page: 2, Block: 2, Row: 1, Col: 1}, Code: "a.c", Message: "cell"},
			{At: Position{Block: 2, Row: 1, Col: -1}, Code: "a.d", Message: "row"},
		},
	}
}

func TestDump(t *testing.T) {
	var out strings.Builder
	if err := Dump(&out, sample()); err != nil {
		t.Fatal(err)
	}
	want := `p 0 h1 label="一、" "收入\t说明"
p 1 p2 footnote "注\n二"
t 2 p2 2x3
  r0c0 2x1 "项目"
  r0c1 1x2 "\"金额\""
  r1c1 ""
t 3 1x1 in=2
  r0c0 "内"
n - a.b "whole"
n p2 b2 r1c1 a.c "cell"
n b2 r1 a.d "row"
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	if err := Dump(failing{}, sample()); err == nil {
		t.Error("a writer that fails is not noticed")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestGrid(t *testing.T) {
	got := fmt.Sprint(sample().Blocks[2].(*Table).Grid())
	if got != "[[0 1 1] [0 2 -1]]" {
		t.Errorf("grid %s", got)
	}
}

// TestCheck breaks one promise after the other.
func TestCheck(t *testing.T) {
	if err := Check(sample()); err != nil {
		t.Fatalf("the sample: %v", err)
	}
	table := func(d *Document) *Table { return d.Blocks[2].(*Table) }
	paragraph := func(d *Document) *Paragraph { return d.Blocks[0].(*Paragraph) }
	cases := map[string]func(*Document){
		"b0: the reader made a paragraph that is not valid UTF-8: crashed":             func(d *Document) { paragraph(d).Label = "\xff" },
		"b0: the reader made a heading of level 10: crashed":                           func(d *Document) { paragraph(d).Level = 10 },
		`b0: the reader made a paragraph of the unknown role "x": crashed`:             func(d *Document) { paragraph(d).Role = "x" },
		"b4: the reader made a block of type <nil>: crashed":                           func(d *Document) { d.Blocks = append(d.Blocks, nil) },
		"b4: the reader made a nil paragraph: crashed":                                 func(d *Document) { d.Blocks = append(d.Blocks, (*Paragraph)(nil)) },
		"b4: the reader made a nil table: crashed":                                     func(d *Document) { d.Blocks = append(d.Blocks, (*Table)(nil)) },
		"b2: the reader made a table of -1 x 3: crashed":                               func(d *Document) { table(d).Rows = -1 },
		"b2: the reader made a table of 2 x 99999999: crashed":                         func(d *Document) { table(d).Cols = 99999999 },
		"b2: the reader made a table nested in block 2: crashed":                       func(d *Document) { table(d).Outer = 2 },
		"b2: the reader made a table nested in block 1, which is a paragraph: crashed": func(d *Document) { table(d).Outer = 1 },
		"b2 r1c1: the reader made a cell of 1 x 3 outside the grid of 2 x 3: crashed":  func(d *Document) { table(d).Cells[2].ColSpan = 3 },
		"b2 r1c1: the reader made a cell of 0 x 1 outside the grid of 2 x 3: crashed":  func(d *Document) { table(d).Cells[2].RowSpan = 0 },
		"b2 r0c0: the reader made a cell out of order: crashed":                        func(d *Document) { table(d).Cells[1].Col = 0 },
		"b2 r1c0: the reader made a cell that overlaps another: crashed":               func(d *Document) { table(d).Cells[2].Col = 0 },
		"b2 r0c1: the reader made a cell that is not valid UTF-8: crashed":             func(d *Document) { table(d).Cells[1].Text = "\xff" },
		"the reader made note 0 about block 4 of 4: crashed":                           func(d *Document) { d.Notes[0].At.Block = 4 },
		"b2 r1: the reader made note 2 without a code or a message: crashed":           func(d *Document) { d.Notes[2].Code = "" },
		"b2 r1: the reader made a note that is not valid UTF-8: crashed":               func(d *Document) { d.Notes[2].Message = "\xff" },
		"the reader made a title that is not valid UTF-8: crashed":                     func(d *Document) { d.Source.Title = "\xff" },
	}
	for want, spoil := range cases {
		d := sample()
		spoil(d)
		if err := Check(d); err == nil || err.Error() != want || !errors.Is(err, ErrCrashed) {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

func TestCode(t *testing.T) {
	for want, err := range map[string]error{
		"":                   nil,
		"unsupported_format": ErrUnsupported,
		"not_found":          fmt.Errorf("x: %w", ErrNotFound),
		"too_large":          &Error{Err: ErrTooLarge},
		"encrypted":          &Error{Err: fmt.Errorf("x: %w", ErrEncrypted)},
		"no_text":            ErrNoText,
		"time_limit":         ErrTimeLimit,
		"memory_limit":       ErrMemoryLimit,
		"crashed":            ErrCrashed,
		"malformed":          context.Canceled,
	} {
		if got := Code(err); got != want {
			t.Errorf("Code(%v) = %q, want %q", err, got, want)
		}
	}
	if Code(ErrMalformed) != "malformed" {
		t.Error("ErrMalformed has another code")
	}
}

func TestErrorStrings(t *testing.T) {
	for want, err := range map[string]Error{
		"malformed":                   {At: Nowhere, Err: ErrMalformed},
		"b1: malformed":               {At: AtBlock(1), Err: ErrMalformed},
		"a.docx: malformed":           {Source: "a.docx", At: Nowhere, Err: ErrMalformed},
		"a.docx: p3 b2 r5c1: no text": {Source: "a.docx", At: Position{Page: 3, Block: 2, Row: 5, Col: 1}, Err: ErrNoText},
		"a.docx: b2 r0c0: x: no text": {Source: "a.docx", At: AtCell(2, 0, 0), Err: fmt.Errorf("x: %w", ErrNoText)},
		"a.docx: p1: no text":         {Source: "a.docx", At: Position{Page: 1, Block: -1, Row: -1, Col: -1}, Err: ErrNoText},
	} {
		if got := err.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if !errors.Is(&err, err.Err) {
			t.Errorf("%s does not unwrap", want)
		}
	}
}

func TestLimits(t *testing.T) {
	got := Limits{Pages: 5, Time: time.Second}.WithDefaults()
	want := Limits{FileBytes: 256 << 20, ExpandedBytes: 1 << 30, ExpandRatio: 200, XMLDepth: 256, TableCells: 100_000, Pages: 5, Time: time.Second, Memory: 1 << 30}
	if got != want {
		t.Errorf("got %+v", got)
	}
	if d := (Limits{}).WithDefaults(); d.Pages != 2000 || d.Time != time.Minute {
		t.Errorf("defaults %+v", d)
	}
}

func TestAppendText(t *testing.T) {
	table := sample().Blocks[2].(*Table)
	if got := string(table.AppendText([]byte("前|"))); got != "前|项目\t\"金额\"\n" {
		t.Errorf("got %q", got)
	}
	if got := string((&Table{Cells: []Cell{{}, {Col: 1}}}).AppendText([]byte("前"))); got != "前" {
		t.Errorf("a table without text gives %q", got)
	}
}

func TestExcerpt(t *testing.T) {
	for want, runes := range map[string]int{"部门…": 2, "部门预算": 4, "…": 0} {
		if got := Excerpt("部门预算", runes); got != want {
			t.Errorf("%d: got %q, want %q", runes, got, want)
		}
	}
}

func TestSettleNotes(t *testing.T) {
	d := Document{Blocks: []Block{&Paragraph{}}, Notes: []Note{{At: AtBlock(3)}, {At: AtBlock(0)}, {At: Nowhere}}}
	d.SettleNotes()
	if d.Notes[0].At.Block != 0 || d.Notes[1].At.Block != 0 || d.Notes[2].At != Nowhere {
		t.Errorf("the notes are at %+v", d.Notes)
	}
}
