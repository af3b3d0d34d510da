package corpus

import (
	"fmt"
	"reflect"
	"testing"

	"yusuan/extract/document"
	"yusuan/normalize"
)

// TestFileList gives files back as they were, but for their Stat: with a path
// that ends with the URI and without, in an archive, with all that a catalogue
// says, and with an error.
func TestFileList(t *testing.T) {
	sum := func(n int) string { return fmt.Sprintf("%064x", n) }
	files := []File{
		{Path: "in/局/a.docx", URI: "局/a.docx", SHA256: sum(1), Bytes: 5, Also: []string{"b.docx", "c.docx"}},
		{Path: "in/all.zip", URI: "all.zip/x.doc", SHA256: sum(2), Member: &Member{Name: "x.doc", Offset: 7, Packed: 8, Bytes: 9, Method: 8, CRC: 1 << 31}},
		{Path: "gone.pdf", URI: "gone.pdf", SHA256: unreadHash("gone.pdf"), Err: document.ErrNotFound},
		{Path: "d.txt", URI: "", SHA256: sum(3), Other: []string{"e.txt"}, Known: &Known{Path: "d.txt", URI: "x", Line: 3, Given: normalize.Given{Department: "局", FiscalYear: 2020}}},
	}
	l, err := newFileList(files)
	if err != nil {
		t.Fatal(err)
	}
	if l.len() != len(files) {
		t.Fatalf("%d files, want %d", l.len(), len(files))
	}
	changed := files[1]
	changed.SHA256 = unreadHash(changed.URI)
	l.set(1, changed)
	files[1] = changed
	for i, want := range files {
		if got, err := l.at(i); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("file %d: got %+v, %v\nwant %+v", i, got, err, want)
		}
	}
	if _, err := newFileList([]File{{SHA256: "no hash"}}); err == nil {
		t.Error("a file without a hash was taken")
	}
}
