package normalize

import (
	"testing"

	"yusuan/extract/document"
)

// TestListedTables has tables whose titles stand in the table of contents
// alone.
func TestListedTables(t *testing.T) {
	table := func(label string) *document.Table {
		text := []string{"科目编码", "科目名称", label, "205", "教育支出", "5"}
		t := &document.Table{Rows: 2, Cols: 3, Outer: -1}
		for i, x := range text {
			t.Cells = append(t.Cells, document.Cell{Row: i / 3, Col: i % 3, RowSpan: 1, ColSpan: 1, Text: x})
		}
		return t
	}
	unit := func() *document.Paragraph { return &document.Paragraph{Text: "单位：元"} }
	doc := &document.Document{Blocks: []document.Block{
		&document.Paragraph{Text: "部门收入总表........3"},
		&document.Paragraph{Text: "部门支出总表……4"},
		&document.Paragraph{Text: "一般公共预算支出表 5"},
		unit(), table("合计"), unit(), table("合计"), unit(), table("合计"),
	}}
	d := New().Document(doc)
	var got []string
	for _, x := range d.Tables {
		got = append(got, x.Form)
	}
	want := []string{"revenue", "expenditure", "general_public_expenditure"}
	for i, form := range want {
		if i >= len(got) || got[i] != form {
			t.Fatalf("forms %q, want %q", got, want)
		}
	}
	if len(d.BudgetLines) != 3 {
		t.Errorf("%d lines", len(d.BudgetLines))
	}
	doc.Blocks = doc.Blocks[:len(doc.Blocks)-1] // three titles, two tables
	for _, x := range New().Document(doc).Tables {
		if x.Form != "other" {
			t.Errorf("a table is %s although the list does not fit", x.Form)
		}
	}
}

// TestListShort has a list that lacks a title: the first table's own is no
// entry of it.
func TestListShort(t *testing.T) {
	table := func() *document.Table {
		doc := &document.Table{Rows: 2, Cols: 2, Outer: -1}
		for i, x := range []string{"项目", "预算数", "教育支出", "5"} {
			doc.Cells = append(doc.Cells, document.Cell{Row: i / 2, Col: i % 2, RowSpan: 1, ColSpan: 1, Text: x})
		}
		return doc
	}
	text := func(s string) *document.Paragraph { return &document.Paragraph{Text: s} }
	d := New().Document(&document.Document{Blocks: []document.Block{
		text("部门收入总表........3"), text("部门支出总表……4"),
		text("第二部分 青山县教育局预算表"), text("部门收入总表"), table(), text("部门支出总表"), table(), text("一般公共预算支出表"), table(),
	}})
	for i, want := range []string{"部门收入总表", "部门支出总表", "一般公共预算支出表"} {
		if got := d.Tables[i].Title; got != want {
			t.Errorf("table %d is called %q, want %q", i+1, got, want)
		}
	}
}
