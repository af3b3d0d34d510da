package content

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// corpus is the folder with documents that are not in the repository.
const corpus = "../../../../shared/corpus"

// corpusFolder returns a folder of the corpus, or skips the test.
func corpusFolder(t testing.TB, name string) string {
	t.Helper()
	for _, root := range []string{corpus, os.Getenv("YUSUAN_CORPUS")} {
		if dir := filepath.Join(root, name); root != "" {
			if _, err := os.Stat(dir); err == nil {
				return dir
			}
		}
	}
	t.Skipf("skipped: no corpus at %s", filepath.Join(corpus, name))
	return ""
}

// pages reads all pages of a file.
func pages(t testing.TB, file string) (*File, []*page.Page) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(data, document.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(file), err)
	}
	var out []*page.Page
	for n := 1; n <= f.Pages(); n++ {
		p, err := f.Page(context.Background(), n)
		if err != nil {
			t.Fatalf("%s: %v", filepath.Base(file), err)
		}
		out = append(out, p)
	}
	return f, out
}

// lines joins glyphs that follow each other on one line in writing direction:
// a glyph begins another line where it stands more than a size away across.
func lines(p *page.Page) []string {
	var out []string
	var last page.Glyph
	for i, g := range p.Glyphs {
		dx, dy := abs(g.X-last.X), abs(g.Y-last.Y)
		if across := min(dx, dy); i == 0 || across > g.Size/2 || max(dx, dy) > 2*g.Size {
			out = append(out, "")
		}
		out[len(out)-1] += g.Text
		last = g
	}
	return out
}

func abs(v float32) float32 { return max(v, -v) }

// TestEncodings compares the text of small files, one trait each.
func TestEncodings(t *testing.T) {
	dir := corpusFolder(t, "pdf/encodings")
	raw, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string][]string
	if err := json.Unmarshal(raw, &truth); err != nil {
		t.Fatal(err)
	}
	if len(truth) == 0 {
		t.Fatal("the truth is empty")
	}
	for name, want := range truth {
		_, all := pages(t, filepath.Join(dir, name))
		if got := lines(all[0]); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		if all[0].Unmapped != 0 || all[0].Damaged {
			t.Errorf("%s: %d unmapped, damaged %v", name, all[0].Unmapped, all[0].Damaged)
		}
	}
}

// TestRepairs reads one document with every kind of damage to its structure,
// and encrypted in every way without a password: the text is always the same.
func TestRepairs(t *testing.T) {
	dir := corpusFolder(t, "pdf/encodings")
	files, err := filepath.Glob(filepath.Join(dir, "rb_*.pdf"))
	if err != nil || len(files) < 2 {
		t.Fatal("no files", err)
	}
	want := ""
	for _, file := range files {
		_, all := pages(t, file)
		var got strings.Builder
		for _, p := range all {
			got.WriteString(strings.Join(lines(p), "\n"))
			if p.Damaged {
				t.Errorf("%s: page %d is damaged", filepath.Base(file), p.Number)
			}
		}
		if want == "" {
			want = got.String()
		}
		if got.String() != want || got.Len() == 0 {
			t.Errorf("%s: %d bytes of text, other than %d of %s", filepath.Base(file), got.Len(), len(want), filepath.Base(files[0]))
		}
	}
}

// maxFile is how long a single test file may take; the largest take a second.
const maxFile = 20 * time.Second

// TestCorpusSurvives reads files that were made to break readers: each gives
// pages, or an error with a code.
func TestCorpusSurvives(t *testing.T) {
	for _, name := range []string{"pdf/robustness", "pdf/pdfplumber", "pdf/cjk", "pdf/encodings", "putuo", "jiangsu"} {
		dir := corpusFolder(t, name)
		files, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			survive(t, file)
		}
	}
}

func survive(t *testing.T, file string) {
	ctx, cancel := context.WithTimeout(context.Background(), maxFile)
	defer cancel()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(data, document.Limits{Time: maxFile})
	if err != nil {
		if errors.Is(err, document.ErrTimeLimit) {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
		t.Logf("%s: %s: %v", filepath.Base(file), document.Code(err), err)
		return
	}
	for n := 1; n <= f.Pages(); n++ {
		p, err := f.Page(ctx, n)
		if err != nil {
			t.Errorf("%s: page %d: %v", filepath.Base(file), n, err)
			return
		}
		if p.Damaged || p.Unmapped > 0 {
			t.Logf("%s: page %d: damaged %v, %d of %d glyphs unmapped", filepath.Base(file), n, p.Damaged, p.Unmapped, len(p.Glyphs))
		}
		for _, g := range p.Glyphs {
			if strings.ToValidUTF8(g.Text, "") != g.Text {
				t.Errorf("%s: page %d: text %q is not valid", filepath.Base(file), n, g.Text)
			}
		}
	}
}
