package corpus

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/corpus/synth"
	"yusuan/extract/document"
)

// entryOf is an entry of a test archive.
type entryOf struct {
	name    string
	data    string
	legacy  bool // the name without the mark of UTF-8
	flags   uint16
	says    uint64 // the size in the directory, 0 for the true one
	corrupt bool
}

// archiveOf writes a zip archive.
func archiveOf(t *testing.T, entries ...entryOf) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		if strings.HasSuffix(e.name, "/") {
			if _, err := w.Create(e.name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		var packed bytes.Buffer
		d, err := flate.NewWriter(&packed, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Write([]byte(e.data)); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		h := &zip.FileHeader{Name: e.name, NonUTF8: e.legacy, Flags: e.flags, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(e.data)),
			CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(e.data))}
		if !e.legacy {
			h.Flags |= 1 << 11
		}
		if e.says > 0 {
			h.UncompressedSize64 = e.says
		}
		if e.corrupt {
			h.CRC32++
		}
		f, err := w.CreateRaw(h)
		if err == nil {
			_, err = f.Write(packed.Bytes())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// docxOf is a Word file.
func docxOf() string { return string(synth.New(synth.Settings{Seed: 9}).Document(0).Docx()) }

// TestArchive runs a folder with an archive and reads what is in it.
func TestArchive(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("教育局/2020年预算.txt")
	if err != nil {
		t.Fatal(err)
	}
	good := disclosureText("邯郸市教育局", "2020")
	in := tree(t, map[string]string{
		"a/all.zip": archiveOf(t,
			entryOf{name: "folder/"}, entryOf{name: "folder/a.docx", data: docxOf()}, entryOf{name: gbk, data: good, legacy: true},
			entryOf{name: "财政局.txt", data: good + "1", legacy: true}, entryOf{name: `..\..\up.txt`, data: good + "2"},
			entryOf{name: "same.txt", data: good + "outside"}, entryOf{name: "same.txt", data: good + "6"}, entryOf{name: "__MACOSX/x.txt", data: "x"}, entryOf{name: "b/.hidden", data: "x"},
			entryOf{name: "locked.docx", data: "x", flags: 1}, entryOf{name: "inner.zip", data: archiveOf(t, entryOf{name: "deep.txt", data: "x"})},
			entryOf{name: "corrupt.txt", data: good + "3", corrupt: true}, entryOf{name: "longer.txt", data: good + "4", says: 5},
			entryOf{name: "shorter.txt", data: good + "5", says: 5000}),
		"b/document.zip": docxOf(), // a document, whatever its name
		"b/empty.zip":    archiveOf(t, entryOf{name: "folder/"}),
		"b/broken.zip":   "PK\x03\x04 no more",
		"same.txt":       good + "outside",
	})
	out := filepath.Join(t.TempDir(), "d")
	sum := mustRun(t, out, Settings{}, in)
	want := []string{
		"a/all.zip/corrupt.txt failed malformed", "a/all.zip/folder/a.docx ok", "a/all.zip/inner.zip failed unsupported_format",
		"a/all.zip/locked.docx failed encrypted", "a/all.zip/longer.txt failed malformed", "a/all.zip/same.txt ok", "a/all.zip/same.txt#2 ok",
		"a/all.zip/shorter.txt failed malformed", "a/all.zip/up.txt ok", "a/all.zip/教育局/2020年预算.txt ok", "a/all.zip/财政局.txt ok",
		"b/broken.zip failed malformed", "b/empty.zip failed unsupported_format",
	}
	if got := statuses(t, out); !slices.Equal(got, want) {
		t.Errorf("the dataset has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if sum.Duplicates != 2 { // same.txt, and the document of the archive under another name
		t.Errorf("%d duplicates", sum.Duplicates)
	}
	mustRun(t, out, Settings{Workers: 1}, in)
	if got := statuses(t, out); !slices.Equal(got, want) {
		t.Errorf("a second run made of it %q", got)
	}
}

// TestArchiveBombs bounds what an archive may cost, by what it says and by
// what is there.
func TestArchiveBombs(t *testing.T) {
	zeros := strings.Repeat("0", document.RatioAfterBytes+1)
	small := document.Limits{FileBytes: 1000}
	for name, c := range map[string]struct {
		archive string
		limits  document.Limits
		want    []string
	}{
		"packed too well": {archiveOf(t, entryOf{name: "a", data: zeros}), document.Limits{}, []string{"z"}},
		"one of many":     {archiveOf(t, entryOf{name: "a", data: zeros}, entryOf{name: "b", data: random(1 << 20)}), document.Limits{}, []string{"z/a"}},
		"a large file":    {archiveOf(t, entryOf{name: "a", data: random(1001)}, entryOf{name: "b", data: random(1000)}), small, []string{"z/a"}},
		"no number":       {archiveOf(t, entryOf{name: "a", data: "x", says: 1 << 63}), document.Limits{}, []string{"z"}},
		"overflow":        {archiveOf(t, entryOf{name: "a", data: "x", says: 1<<63 - 1}, entryOf{name: "b", data: "x", says: 1<<63 - 1}), document.Limits{}, []string{"z"}},
	} {
		in := tree(t, map[string]string{"z": c.archive})
		files, _, err := (&Settings{Limits: c.limits}).discover([]string{filepath.Join(in, "z")})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range files {
			if errors.Is(f.Err, document.ErrTooLarge) {
				got = append(got, f.URI)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: too large are %q of %q, want %q", name, got, uris(files), c.want)
		}
	}
}

// random is text that cannot be packed.
func random(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(unreadHash(fmt.Sprint(i)))
	}
	return b.String()[:n]
}

// TestArchiveInMotion replaces an archive between the plan and the reading.
func TestArchiveInMotion(t *testing.T) {
	in := tree(t, map[string]string{"z.zip": archiveOf(t, entryOf{name: "a.txt", data: disclosureText("甲局", "2020")})})
	out := filepath.Join(t.TempDir(), "d")
	mustRun(t, out, Settings{Planned: func(int) {
		other := archiveOf(t, entryOf{name: "a.txt", data: disclosureText("乙局", "2020")})
		if err := os.WriteFile(filepath.Join(in, "z.zip"), []byte(other), 0o644); err != nil {
			t.Error(err)
		}
	}}, in)
	if got := statuses(t, out); !slices.Equal(got, []string{"z.zip/a.txt failed not_found"}) {
		t.Errorf("the dataset has %q", got)
	}
	mustRun(t, out, Settings{}, in)
	if got := statuses(t, out); !slices.Equal(got, []string{"z.zip/a.txt ok"}) {
		t.Errorf("the dataset has %q", got)
	}
}

// TestArchiveCatalog names a document in an archive by its path.
func TestArchiveCatalog(t *testing.T) {
	root := tree(t, map[string]string{"in/z.zip": archiveOf(t, entryOf{name: "甲/a.txt", data: "甲"}, entryOf{name: "b.txt", data: "乙"})})
	c, err := ReadCatalog(catalogIn(t, root, "path,kind\nin/z.zip/甲/a.txt,budget\nz.zip/b.txt,other\nz.zip/c.txt,other\n"))
	if err != nil {
		t.Fatal(err)
	}
	inputs := []string{filepath.Join(root, "in")}
	files, _, err := Discover(inputs)
	if err != nil {
		t.Fatal(err)
	}
	unmatched, err := c.match(inputs, files)
	if err != nil || len(unmatched) != 1 || !strings.HasSuffix(unmatched[0], ":4: no file of the input is z.zip/c.txt") {
		t.Errorf("unmatched %q, %v", unmatched, err)
	}
	if len(files) != 2 || files[0].given().Kind != "other" || files[1].given().Kind != "budget" {
		t.Errorf("%+v", files)
	}
}

// TestMemberNames decodes the names of archives.
func TestMemberNames(t *testing.T) {
	gbk := func(s string) string {
		out, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct {
		name  string
		flags uint16
		want  string
	}{
		{"a/b.txt", 0, "a/b.txt"}, {"预算.txt", 1 << 11, "预算.txt"}, {"预算.txt", 0, "预算.txt"}, {gbk("预算.txt"), 0, "预算.txt"},
		{gbk("拢.txt"), 0, "拢.txt"}, // valid UTF-8 by chance
		{"é.txt", 1 << 11, "é.txt"}, {"\xff\xff", 1 << 11, "\ufffd"}, {"/etc/./x", 0, "etc/x"}, {`a\..\..\b`, 0, "b"},
	} {
		if got := memberName(&zip.File{FileHeader: zip.FileHeader{Name: c.name, Flags: c.flags}}); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestArchiveNames reads every entry of archives whose names are those that
// would be given to others, lead nowhere, or are also those of folders.
func TestArchiveNames(t *testing.T) {
	for name, c := range map[string]struct{ names, want []string }{
		"invented":        {[]string{"b.txt#2", "b.txt", "b.txt"}, []string{"b.txt", "b.txt#2", "b.txt#3"}},
		"invented later":  {[]string{"b.txt", "b.txt", "b.txt#2", "b.txt#2"}, []string{"b.txt", "b.txt#2", "b.txt#2#2", "b.txt#3"}},
		"as it was":       {[]string{"b.txt", "b.txt", "b.txt"}, []string{"b.txt", "b.txt#2", "b.txt#3"}},
		"without a name":  {[]string{"..", "", ".", "a/..", "entry-1"}, []string{"entry-1", "entry-1#2", "entry-2", "entry-3", "entry-4"}},
		"also of folders": {[]string{"b/", "b", "b/"}, []string{"b"}},
	} {
		var entries []entryOf
		for i, n := range c.names {
			entries = append(entries, entryOf{name: n, data: disclosureText("邯郸市教育局", "2020") + strings.Repeat("x", i)})
		}
		in := tree(t, map[string]string{"z.zip": archiveOf(t, entries...)})
		out := filepath.Join(t.TempDir(), "d")
		mustRun(t, out, Settings{}, filepath.Join(in, "z.zip"))
		var want []string
		for _, n := range c.want {
			want = append(want, "z.zip/"+n+" ok")
		}
		if got := statuses(t, out); !slices.Equal(got, want) {
			t.Errorf("%s: the dataset has %q, want %q", name, got, want)
		}
	}
}

// TestArchiveOneName names many entries of one name without looking through all
// of them for each: the square of their number would take hours.
func TestArchiveOneName(t *testing.T) {
	entries := make([]*zip.File, 300_000)
	for i := range entries {
		entries[i] = &zip.File{FileHeader: zip.FileHeader{Name: "a"}}
	}
	names := memberNames(entries)
	if first, last := names[0], names[len(names)-1]; first != "a" || last != "a#300000" {
		t.Errorf("they are called %q to %q", first, last)
	}
}
