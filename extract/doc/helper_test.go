package doc

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// shared is a file of the documents that are kept beside the repository.
func shared(name string) string {
	return filepath.Join("..", "..", "..", "shared", "corpus", filepath.FromSlash(name))
}

// sharedFile reads a document that is kept beside the repository, or skips.
func sharedFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(shared(name))
	if errors.Is(err, os.ErrNotExist) {
		tb.Skipf("%s is not here: the shared documents are not part of the repository", shared(name))
	}
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// dump reads a document and prints it.
func dump(t *testing.T, data []byte) string {
	t.Helper()
	d, err := Reader{}.Read(context.Background(), data, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Check(d); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := document.Dump(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// allText returns all texts of a document, a line for each.
func allText(d *document.Document) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		switch x := block.(type) {
		case *document.Paragraph:
			b.WriteString(x.Text + "\n")
		case *document.Table:
			for _, c := range x.Cells {
				b.WriteString(c.Text + "\n")
			}
		}
	}
	return b.String()
}
