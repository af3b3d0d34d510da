package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/extract"
	"yusuan/extract/document"
)

// TestConformanceGeometry holds the tables of the .doc against those of the
// .docx cell by cell, places and spans too. The blanks at the end of two cells
// are lost in the .doc itself.
func TestConformanceGeometry(t *testing.T) {
	docx, doc := readTables(t, "disclosure.docx"), readTables(t, "disclosure.doc")
	if len(docx) != 26 || len(doc) != len(docx) {
		t.Fatalf("%d and %d tables, want 26", len(docx), len(doc))
	}
	cells := 0
	for i := range docx {
		want, got := printTable(docx[i]), printTable(doc[i])
		cells += len(want) - 1 // the first line is the table's size
		for k := range max(len(want), len(got)) {
			if k >= len(want) || k >= len(got) || want[k] != got[k] {
				t.Errorf("table %d differs at cell %d:\n.docx %v\n.doc  %v", i+1, k, want[min(k, len(want)):], got[min(k, len(got)):])
				break
			}
		}
	}
	t.Logf("%d cells of %d tables are equal", cells, len(docx))
}

func readTables(t *testing.T, name string) []*document.Table {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpusDir(), "handan-2020", name))
	if os.IsNotExist(err) {
		t.Skipf("%s is not here: the real documents are kept outside the repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	d, err := extract.Read(context.Background(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	var tables []*document.Table
	for _, b := range d.Blocks {
		if table, ok := b.(*document.Table); ok {
			tables = append(tables, table)
		}
	}
	return tables
}

func printTable(table *document.Table) []string {
	out := []string{fmt.Sprintf("%dx%d", table.Rows, table.Cols)}
	for _, c := range table.Cells {
		out = append(out, fmt.Sprintf("r%dc%d %dx%d %q", c.Row, c.Col, c.RowSpan, c.ColSpan, strings.TrimRight(c.Text, " ")))
	}
	return out
}
