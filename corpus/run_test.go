package corpus

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yusuan/corpus/synth"
	"yusuan/export"
)

// hashes returns the hash of every file under a folder by name.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func write(t *testing.T, dir string, n int, formats ...string) {
	t.Helper()
	if err := synth.Write(dir, synth.Settings{Seed: 3}, n, formats); err != nil {
		t.Fatal(err)
	}
}

func mustRun(t *testing.T, dir string, s Settings, inputs ...string) *Summary {
	t.Helper()
	sum, err := Run(context.Background(), inputs, dir, s)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestSameBytes runs the same files with one and with more workers, at once
// and in two halves: the dataset is the same to the byte.
func TestSameBytes(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	write(t, in, 30, synth.FormatDocx, synth.FormatText, synth.FormatGB18030)
	if err := os.WriteFile(filepath.Join(in, "broken.docx"), []byte("PK\x03\x04 no more"), 0o644); err != nil {
		t.Fatal(err)
	}
	one := filepath.Join(out, "one")
	mustRun(t, one, Settings{Workers: 1, Buckets: 2}, in)
	want := hashes(t, one)
	if len(want) < 14 {
		t.Fatalf("only %d files", len(want))
	}
	four := filepath.Join(out, "four")
	var mu sync.Mutex
	var order []string
	mustRun(t, four, Settings{Workers: 4, Buckets: 2, Done: func(o Outcome) {
		mu.Lock()
		defer mu.Unlock()
		order = append(order, o.URI)
	}}, in)
	if got := hashes(t, four); !maps.Equal(got, want) {
		t.Errorf("four workers wrote other files than one")
	}
	if len(order) != 31 {
		t.Errorf("%d documents were reported", len(order))
	}
	again := mustRun(t, four, Settings{Workers: 2}, in)
	if got := hashes(t, four); !maps.Equal(got, want) {
		t.Errorf("a second run changed the dataset (%+v)", again)
	}
}

// TestSameContent keeps files with the same bytes once, under the first name.
func TestSameContent(t *testing.T) {
	in := tree(t, map[string]string{"b/预算.txt": "青山县教育局\n2020年部门预算\n2020年预算收入100万元。", "a.txt": "别的"})
	data, err := os.ReadFile(filepath.Join(in, "b", "预算.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"c.txt", "b/a.txt"} {
		if err := os.WriteFile(filepath.Join(in, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "d")
	var also []string
	sum := mustRun(t, out, Settings{Done: func(o Outcome) { also = append(also, o.Also...) }}, in)
	slices.Sort(also)
	if sum.Documents != 2 || sum.Duplicates != 2 || !slices.Equal(also, []string{"b/预算.txt", "c.txt"}) || sum.Counts.Codes["corpus.same_content"] != 2 {
		t.Errorf("%+v, also %q", sum, also)
	}
	if got := readBack(t, out); got["b/a.txt"] == nil || len(got["b/a.txt"].Amounts) != 1 {
		t.Errorf("the dataset has %q", slices.Sorted(maps.Keys(got)))
	}
}

// TestFailures keeps documents that fail as rows, and none of the others is
// lost.
func TestFailures(t *testing.T) {
	in := tree(t, map[string]string{
		"empty.txt": "", "zip.docx": "PK\x03\x04", "good.txt": "2020年预算收入100万元。", "pdf.txt": "%PDF-1.4\n",
		"large.txt": strings.Repeat("长", 1000),
	})
	locked := filepath.Join(in, "locked.txt")
	if err := os.WriteFile(locked, []byte("x"), 0); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "d")
	codes := map[string]string{}
	s := Settings{Done: func(o Outcome) { codes[o.URI] = o.Code }}
	s.Limits.FileBytes = 1000
	sum := mustRun(t, out, s, in, filepath.Join(in, "gone"))
	for uri, want := range map[string]string{
		"empty.txt": "no_text", "zip.docx": "malformed", "good.txt": "", "large.txt": "too_large", "gone": "not_found",
	} {
		if codes[uri] != want {
			t.Errorf("%s: %q, want %q", uri, codes[uri], want)
		}
	}
	if sum.OK == 0 || sum.OK+sum.Failed != 7 || sum.Failed != len(slices.DeleteFunc(slices.Collect(maps.Values(codes)), func(c string) bool { return c == "" })) {
		t.Errorf("%+v of %v", sum, codes)
	}
	if got := readBack(t, out); len(got) != 7 {
		t.Errorf("the dataset has %d documents, want 7", len(got))
	}
}

// TestReadLater drops the row of a file that was missing once it is read.
func TestReadLater(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	late := filepath.Join(in, "late.txt")
	if sum := mustRun(t, out, Settings{}, in, late); sum.Failed != 1 {
		t.Fatalf("%+v", sum)
	}
	if err := os.WriteFile(late, []byte("2020年预算收入100万元。"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, out, Settings{}, late)
	if rows := readTable[documentColumns](t, out, "documents"); len(rows) != 1 || rows[0].URI != "late.txt" {
		t.Errorf("documents %+v", rows)
	}
}

// TestTimeLimit fails a document that takes too long, wherever it does.
func TestTimeLimit(t *testing.T) {
	in := tree(t, map[string]string{"long.txt": strings.Repeat("2020年预算收入100万元，较上年增长5%。\n", 20000)})
	s := Settings{}
	s.Limits.Time = 30 * time.Millisecond
	sum := mustRun(t, filepath.Join(t.TempDir(), "d"), s, in)
	if sum.Failed != 1 || sum.Errors["time_limit"] != 1 {
		t.Errorf("%+v", sum)
	}
}

func TestRunFails(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "甲"})
	foreign := tree(t, map[string]string{"mine.txt": "别动"})
	if _, err := Run(context.Background(), []string{in}, foreign, Settings{}); err == nil || !strings.Contains(err.Error(), "not a dataset") {
		t.Errorf("a foreign folder: %v", err)
	}
	if got := hashes(t, foreign); len(got) != 1 {
		t.Errorf("the foreign folder now has %v", got)
	}
	if _, err := Run(context.Background(), []string{t.TempDir()}, filepath.Join(t.TempDir(), "d"), Settings{}); err == nil || !strings.Contains(err.Error(), "no documents") {
		t.Errorf("an empty folder: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	out := filepath.Join(t.TempDir(), "d")
	_, err := Run(ctx, []string{in}, out, Settings{Planned: func(int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a cancelled run left a dataset")
	}
}

// BenchmarkRun takes generated disclosures through the whole pipeline.
func BenchmarkRun(b *testing.B) {
	in := b.TempDir()
	const documents = 100
	if err := synth.Write(in, synth.Settings{Seed: 3}, documents, []string{synth.FormatDocx}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		out := filepath.Join(b.TempDir(), fmt.Sprint(n))
		if _, err := Run(context.Background(), []string{in}, out, Settings{}); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(documents*n)/b.Elapsed().Seconds(), "documents/s")
}

// TestUnfitOutput refuses a place for the dataset before any work is done, and
// leaves it as it was.
func TestUnfitOutput(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "2020年预算收入100万元。"})
	there := tree(t, map[string]string{"thesis.txt": "mine"})
	three := filepath.Join(t.TempDir(), "three")
	mustRun(t, three, Settings{Buckets: 3}, in)
	for name, c := range map[string]struct {
		dir  string
		want error
	}{
		"a file":        {filepath.Join(there, "thesis.txt"), export.ErrForeign},
		"below a file":  {filepath.Join(there, "thesis.txt", "d"), nil},
		"a full folder": {there, export.ErrForeign},
		"other buckets": {three, export.ErrMismatch},
	} {
		before := hashes(t, filepath.Dir(c.dir))
		_, err := Run(context.Background(), []string{in}, c.dir, Settings{
			Buckets: 2, Planned: func(int) { t.Errorf("%s: work was planned", name) },
		})
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
		}
		if !maps.Equal(before, hashes(t, filepath.Dir(c.dir))) {
			t.Errorf("%s: files changed", name)
		}
	}
}
