package corpus

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// manyEntries is an archive with so many entries without content.
func manyEntries(t *testing.T, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range n {
		if _, err := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("%06d.txt", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestArchiveEntries fails an archive with more entries than the limit as one
// document, by what it says and by what is there, wherever its list is.
func TestArchiveEntries(t *testing.T) {
	const many = 70_000 // more than the short record can say
	endOf := func(b []byte) int { return bytes.LastIndex(b, []byte(endSignature)) }
	says := func(b []byte, n uint16) []byte {
		b = slices.Clone(b)
		binary.LittleEndian.PutUint16(b[endOf(b)+8:], n)
		binary.LittleEndian.PutUint16(b[endOf(b)+10:], n)
		return b
	}
	ten, large := manyEntries(t, 10), manyEntries(t, many)
	small64 := slices.Clone(large) // the long record says less than is there
	binary.LittleEndian.PutUint64(small64[bytes.LastIndex(small64, []byte(end64Signature))+32:], 4464)
	for _, c := range []struct {
		name    string
		archive []byte
		limit   int
		want    string // of the error, "" for none
	}{
		{"as many as the limit", ten, 10, ""},
		{"one more", ten, 9, "says that it has 10 entries, the limit is 9 (--max-entries)"},
		{"says less", says(ten, 3), 9, "has more than 9 entries, which is the limit (--max-entries)"},
		{"says more", says(ten, 30), 20, "says that it has 30 entries"},
		{"something before it", append([]byte("PK\x03\x04 something else"), says(ten, 3)...), 9, "has more than 9 entries"},
		{"something behind it", append(says(ten, 3), 0, 0, 0), 9, "has more than 9 entries"},
		{"a long list", large, 0, "says that it has 70000 entries, the limit is 50000"},
		{"a long list that lies", small64, 0, "has more than 50000 entries"},
		{"a long list that is allowed", large, many, ""},
		{"no list", []byte("PK\x03\x04 cut off"), 1, ""},
		{"a list that is cut off", ten[:endOf(ten)], 1, ""},
	} {
		err := tooMany(bytes.NewReader(c.archive), int64(len(c.archive)), cmp.Or(c.limit, DefaultArchiveEntries))
		if c.want == "" && err != nil || c.want != "" && (!errors.Is(err, document.ErrTooLarge) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	in := tree(t, map[string]string{"many.zip": string(large), "a.txt": budget("1")})
	out := filepath.Join(t.TempDir(), "d")
	mustRun(t, out, Settings{}, in)
	want := []string{"a.txt ok", "many.zip failed too_large"}
	if got := statuses(t, out); !slices.Equal(got, want) {
		t.Errorf("the dataset has %q", got)
	}
	// What kept it from being opened is still known to a commit.
	if _, err := Commit(t.Context(), out, Settings{}); err != nil || !slices.Equal(statuses(t, out), want) {
		t.Errorf("after a commit the dataset has %q (%v)", statuses(t, out), err)
	}
}

// TestManyCopies lists so many files with the same content and counts the
// others by folder: none is unaccounted for.
func TestManyCopies(t *testing.T) {
	f := File{URI: "a/000.txt"}
	for i := range sameListed {
		f.same(File{URI: fmt.Sprintf("a/%03d.txt", i+1)})
	}
	if notes := f.notes(); len(notes) != sameListed || notes[sameListed-1].Message != "the same bytes are also at a/100.txt" {
		t.Errorf("%d notes", len(notes))
	}
	for _, uri := range []string{"b/z.zip/1.txt", "b/z.zip/2.txt", "c.txt"} {
		f.same(File{URI: uri})
	}
	notes := f.notes()
	if got := notes[sameListed].Message; len(notes) != sameListed+1 || got != "the same bytes are also at 3 further files: 1 in ., 2 in b/z.zip" {
		t.Errorf("%d notes, the last %q", len(notes), got)
	}
	for i := range 30 {
		f.same(File{URI: fmt.Sprintf("d%02d/x.txt", i)})
	}
	if got := f.notes()[sameListed].Message; !strings.HasPrefix(got, "the same bytes are also at 33 further files: 1 in .") || !strings.HasSuffix(got, ", 1 in d17, 12 elsewhere") {
		t.Errorf("the last is %q", got)
	}
}

// TestCopies reads a document from a copy when the file that it was planned
// from is gone, cannot be read or has changed, and keeps its name.
func TestCopies(t *testing.T) {
	archive := archiveOf(t, entryOf{name: "copy.txt", data: budget("1")})
	in := tree(t, map[string]string{"a.txt": budget("1"), "b.txt": budget("1"), "c/z.zip": archive})
	at := func(name string) string { return filepath.Join(in, filepath.FromSlash(name)) }
	want := filepath.Join(t.TempDir(), "d")
	mustRun(t, want, Settings{}, in)
	for name, c := range map[string]struct {
		change func()
		status string
	}{
		"gone":               {func() { mustRemove(t, at("a.txt")) }, "a.txt ok"},
		"changed, and gone":  {func() { mustWrite(t, at("a.txt"), budget("2")); mustRemove(t, at("b.txt")) }, "a.txt ok"},
		"a folder instead":   {func() { mustRemove(t, at("a.txt")); mustWrite(t, at("a.txt/x"), "x"); mustRemove(t, at("c")) }, "a.txt ok"},
		"all gone":           {func() { mustRemove(t, at("a.txt"), at("b.txt"), at("c")) }, "a.txt failed not_found"},
		"a damaged archive":  {func() { mustRemove(t, at("a.txt"), at("b.txt")); mustWrite(t, at("c/z.zip"), "PK") }, "a.txt failed not_found"},
		"nothing is changed": {func() {}, "a.txt ok"},
	} {
		mustRemove(t, at("a.txt"), at("b.txt"), at("c"))
		mustWrite(t, at("a.txt"), budget("1"))
		mustWrite(t, at("b.txt"), budget("1"))
		mustWrite(t, at("c/z.zip"), archive)
		out := filepath.Join(t.TempDir(), "d")
		s := Settings{Planned: func(int) { c.change() }}
		if name == "gone" { // the places of the copies reach a worker
			s.Worker = testWorker()
		}
		mustRun(t, out, s, in)
		if got := statuses(t, out); !slices.Equal(got, []string{c.status}) {
			t.Errorf("%s: the dataset has %q, want %q", name, got, c.status)
		}
		if strings.HasSuffix(c.status, "ok") && !maps.Equal(hashes(t, out), hashes(t, want)) {
			t.Errorf("%s: the dataset is another", name)
		}
	}
}

// TestRetryInArchive reads a document in an archive again, with other limits
// and where it is, and one that is locked stays so.
func TestRetryInArchive(t *testing.T) {
	in := tree(t, map[string]string{"z.zip": archiveOf(t, entryOf{name: "large.txt", data: strings.Repeat(budget("1"), 50)},
		entryOf{name: "damaged.docx", data: "PK\x03\x04"}, entryOf{name: "locked.txt", data: "x", flags: 1})})
	out := filepath.Join(t.TempDir(), "d")
	var s Settings
	s.Limits.FileBytes = 1000
	mustRun(t, out, s, in)
	want := []string{"z.zip/damaged.docx failed malformed", "z.zip/large.txt failed too_large", "z.zip/locked.txt failed encrypted"}
	if got := statuses(t, out); !slices.Equal(got, want) {
		t.Fatalf("the dataset has %q", got)
	}
	s.Limits.FileBytes = 1 << 20
	sum, err := Retry(t.Context(), out, s)
	if err != nil || sum.OK != 1 || sum.Failed != 2 || len(sum.LeftOut) != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
	want[1] = "z.zip/large.txt ok"
	if got := statuses(t, out); !slices.Equal(got, want) {
		t.Errorf("the dataset has %q", got)
	}
	if err := os.Remove(filepath.Join(in, "z.zip")); err != nil {
		t.Fatal(err)
	}
	if sum, err = Retry(t.Context(), out, s); err != nil || !slices.Equal(sum.LeftOut, []string{"z.zip/damaged.docx"}) {
		t.Errorf("without the archive: %+v, %v", sum, err)
	}
	if got := statuses(t, out); !slices.Equal(got, want) {
		t.Errorf("without the archive the dataset has %q", got)
	}
}
