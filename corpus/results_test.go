package corpus

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yusuan/corpus/synth"
	"yusuan/extract/document"
)

func testKey(n int) string { return fmt.Sprintf("%032d", n) }

func testAnswer(n int) *answer {
	return &answer{Meta: meta{Status: StatusOK, Region: fmt.Sprint(n), Counts: Counts{Forms: map[string]int{"other": n}, Codes: map[string]int{}}},
		Blob: strings.Repeat(fmt.Sprint("result ", n, " "), 1000*n)}
}

// TestResults reads back what was stored, from several segments, the latest
// where there are two.
func TestResults(t *testing.T) {
	dir := t.TempDir()
	for segment := range 3 {
		r, err := openResults(dir)
		if err != nil {
			t.Fatal(err)
		}
		for n := segment; n < segment+3; n++ {
			if err := r.put(testKey(n), testAnswer(n+10*segment)); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.close(); err != nil {
			t.Fatal(err)
		}
		// As export/cloud does, whose names more may stand in than a number.
		name := filepath.Join(dir, r.segments[len(r.segments)-1])
		if err := os.Rename(name, strings.TrimSuffix(name, segmentSuffix)+"-0123456789abcdef"+segmentSuffix); err != nil {
			t.Fatal(err)
		}
	}
	r, err := openResults(dir)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range []int{0, 11, 22, 23, 24} {
		if a := r.get(testKey(n)); a == nil || a.Meta.Region != fmt.Sprint(want) || a.Blob != testAnswer(want).Blob {
			t.Errorf("result %d is %+v", n, a)
		}
	}
	if r.get(testKey(9)) != nil {
		t.Error("a result that was never stored")
	}
	kept, before, after, err := r.sweep(map[string]bool{testKey(1): true, testKey(4): true, testKey(9): true})
	if err != nil || kept != 2 || after >= before || r.get(testKey(4)) == nil {
		t.Errorf("%d stay, %d of %d bytes: %v", kept, after, before, err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) != 1 {
		t.Errorf("left are %q", names)
	}
}

// TestDamagedResults never gives a result that is not the one stored, wherever
// a segment ends or a byte is wrong.
func TestDamagedResults(t *testing.T) {
	dir := t.TempDir()
	r, err := openResults(dir)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		a := testAnswer(n)
		a.Blob = fmt.Sprint("result ", n)
		if err := r.put(testKey(n), a); err != nil {
			t.Fatal(err)
		}
	}
	name := r.out.Name()
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	look := func(what string, data []byte) (found int) {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := openResults(dir)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		for n := range 3 {
			if a := r.get(testKey(n)); a != nil {
				found++
				if a.Blob != fmt.Sprint("result ", n) || a.Meta.Region != fmt.Sprint(n) {
					t.Fatalf("%s: result %d is %+v", what, n, a)
				}
			}
		}
		return found
	}
	for n := range whole {
		if found := look(fmt.Sprint("cut at ", n), whole[:n]); found > 2 {
			t.Fatalf("cut at %d: %d results", n, found)
		}
		wrong := append([]byte(nil), whole...)
		wrong[n] ^= 0x10
		if found := look(fmt.Sprint("wrong at ", n), wrong); found > 2 {
			t.Fatalf("wrong at %d: %d results", n, found)
		}
	}
	if look("whole", whole) != 3 {
		t.Error("the whole segment lacks results")
	}
}

// TestServes tells when a result is made again.
func TestServes(t *testing.T) {
	usual := document.Limits{}.WithDefaults()
	longer, larger, cells := usual, usual, usual
	longer.Time, larger.Memory, cells.TableCells = time.Hour, 2<<30, 7
	for _, c := range []struct {
		name string
		m    meta
		lim  document.Limits
		want bool
	}{
		{"the same", meta{Status: StatusOK, Limits: usual}, usual, true},
		{"more time for a success", meta{Status: StatusOK, Limits: usual}, longer, true},
		{"other limits", meta{Status: StatusOK, Limits: usual}, cells, false},
		{"other limits for a success of retry", meta{Status: StatusOK, Limits: cells, Retried: true}, usual, true},
		{"other limits for a failure of retry", meta{Status: StatusFailed, Limits: cells, Retried: true}, usual, false},
		{"more time", meta{Status: StatusFailed, Code: "time_limit", Limits: usual}, longer, false},
		{"more time for what lacks none", meta{Status: StatusFailed, Code: "malformed", Limits: usual}, longer, true},
		{"less time", meta{Status: StatusFailed, Code: "time_limit", Limits: longer}, usual, true},
		{"more memory", meta{Status: StatusFailed, Code: "memory_limit", Limits: usual}, larger, false},
		{"more memory for what lacks time", meta{Status: StatusFailed, Code: "time_limit", Limits: usual}, larger, true},
	} {
		if got := c.m.serves(c.lim); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestOnlyNew reads only what is new, and commits only that: parts without new
// documents are not touched, and without anything new nothing is.
func TestOnlyNew(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 12, synth.FormatText)
	read := 0
	s := Settings{Done: func(o Outcome) {
		if !o.Reused {
			read++
		}
	}}
	mustRun(t, out, s, in)
	before := hashes(t, out)
	if err := os.WriteFile(filepath.Join(in, "new.txt"), []byte("2031年部门预算\n2031年预算收入100万元。"), 0o644); err != nil {
		t.Fatal(err)
	}
	read = 0
	sum := mustRun(t, out, s, in)
	if read != 1 || sum.Reused != 12 || sum.Documents != 13 {
		t.Errorf("%d were read: %+v", read, sum)
	}
	after := hashes(t, out)
	for name, hash := range before {
		if strings.HasSuffix(name, ".parquet") && after[name] != hash {
			t.Errorf("%s was rewritten", name)
		}
	}
	// The dataset is that of a run over all at once.
	fresh := filepath.Join(t.TempDir(), "d")
	mustRun(t, fresh, Settings{}, in)
	if !maps.Equal(after, hashes(t, fresh)) {
		t.Error("adding gave another dataset than reading all at once")
	}
	// Another version of the program reads all again; so does another build.
	for _, s := range []Settings{{Pipeline: "p/2"}, {Build: "other"}} {
		if sum := mustRun(t, out, s, in); sum.Reused != 0 {
			t.Errorf("%+v reused %d results", s, sum.Reused)
		}
	}
	// A dataset that was removed comes back from the results.
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	if sum := mustRun(t, out, Settings{}, in); sum.Reused != 13 || !maps.Equal(after, hashes(t, out)) {
		t.Errorf("after the dataset was removed: %+v", sum)
	}
	swept, err := Gc(t.Context(), out, Settings{})
	if err != nil || swept.Results != 13 || swept.After >= swept.Before {
		t.Errorf("gc: %+v, %v", swept, err)
	}
	if sum := mustRun(t, out, Settings{}, in); sum.Reused != 13 {
		t.Errorf("after gc: %+v", sum)
	}
}

// TestRenamed reads a file again that has another name, which the records may
// tell, and not one that moved to another folder.
func TestRenamed(t *testing.T) {
	in, out := tree(t, map[string]string{"a/x.txt": "2020年预算收入100万元。"}), filepath.Join(t.TempDir(), "d")
	mustRun(t, out, Settings{}, in)
	for _, c := range []struct {
		to     string
		reused int
	}{{"b/x.txt", 1}, {"b/y.txt", 0}} {
		moved := tree(t, map[string]string{c.to: "2020年预算收入100万元。"})
		if sum := mustRun(t, out, Settings{}, moved); sum.Reused != c.reused {
			t.Errorf("%s: %+v", c.to, sum)
		}
		if rows := readTable[documentColumns](t, out, "documents"); len(rows) != 1 || rows[0].URI != c.to {
			t.Errorf("%s: %+v", c.to, rows)
		}
	}
}

// TestInterrupted finishes what is in hand, commits nothing, and goes on from
// there.
func TestInterrupted(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 12, synth.FormatText)
	ctx, cancel := context.WithCancel(context.Background())
	done := 0
	s := Settings{Workers: 2, Worker: testWorker(), Done: func(Outcome) {
		if done++; done == 4 {
			cancel()
		}
	}}
	_, err := Run(ctx, []string{in}, out, s)
	var stopped *Interrupted
	if !errors.As(err, &stopped) || !errors.Is(err, context.Canceled) || stopped.Done != done || done < 4 || done == 12 {
		t.Fatalf("%v after %d", err, done)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("an interrupted run committed")
	}
	if sum := mustRun(t, out, s, in); sum.Reused != stopped.Done || sum.OK != 12 {
		t.Errorf("%+v after %d", sum, stopped.Done)
	}
}

// TestRetry reads what failed again, with other limits, and a later run leaves
// it so.
func TestRetry(t *testing.T) {
	large := strings.Repeat("2020年预算收入100万元。\n", 50)
	in := tree(t, map[string]string{"large.txt": large, "gone.txt": large + "x", "small.txt": "2020年预算收入100万元。"})
	late := filepath.Join(in, "late.txt")
	out := filepath.Join(t.TempDir(), "d")
	s := Settings{Worker: testWorker()}
	s.Limits.FileBytes = 1000
	if sum := mustRun(t, out, s, in, late); sum.Failed != 3 {
		t.Fatalf("%+v", sum)
	}
	if err := os.Remove(filepath.Join(in, "gone.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(late, []byte("2020年预算收入200万元。"), 0o644); err != nil {
		t.Fatal(err)
	}
	more := s
	more.Limits.FileBytes = 1 << 20
	sum, err := Retry(context.Background(), out, more)
	if err != nil || sum.Documents != 2 || sum.OK != 2 || len(sum.LeftOut) != 1 || sum.LeftOut[0] != "gone.txt" {
		t.Fatalf("%+v, %v", sum, err)
	}
	if rows := readTable[documentColumns](t, out, "documents"); len(rows) != 4 {
		t.Errorf("documents %+v", rows)
	}
	if sum := mustRun(t, out, s, in); sum.OK != 3 || sum.Reused != 3 {
		t.Errorf("a run after retry: %+v", sum)
	}
	if _, err := Retry(context.Background(), filepath.Join(t.TempDir(), "none"), s); err == nil || !strings.Contains(err.Error(), "no plan") {
		t.Errorf("retry of nothing: %v", err)
	}
}

// TestDamagedStore makes results again that were damaged, and puts a plan
// aside that cannot be read.
func TestDamagedStore(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 6, synth.FormatText)
	mustRun(t, out, Settings{}, in)
	want := hashes(t, out)
	segment := filepath.Join(out+".results", "00000001"+segmentSuffix)
	data, err := os.ReadFile(segment)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	for name, content := range map[string][]byte{segment: data, filepath.Join(out+".results", ledgerName): []byte("yusuan plan 0")} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if sum := mustRun(t, out, Settings{}, in); sum.Reused == 6 || sum.OK != 6 {
		t.Errorf("%+v", sum)
	}
	if !maps.Equal(want, hashes(t, out)) {
		t.Error("the dataset changed")
	}
}

// TestRecall hashes a file again only when the file system says that it may
// have changed.
func TestRecall(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "甲"})
	look := func(l *ledger, now time.Time) File {
		files, _, err := Discover([]string{in})
		if err != nil {
			t.Fatal(err)
		}
		l.recall(files, nil, now)
		return files[0]
	}
	soon, later := time.Now(), time.Now().Add(time.Minute)
	f := look(new(ledger), later)
	if f.Stat == (Stat{}) {
		t.Skip("this system does not tell whether a file changed")
	}
	f.SHA256, f.Bytes = strings.Repeat("a", 64), 3
	l := new(ledger)
	if err := l.note([]File{f}); err != nil {
		t.Fatal(err)
	}
	if got := look(l, later); got.SHA256 != f.SHA256 || got.Bytes != 3 {
		t.Errorf("an unchanged file: %+v", got)
	}
	if got := look(l, soon); got.SHA256 != "" {
		t.Errorf("a file that changed just now: %+v", got)
	}
	// The same size and time of modification, but other content.
	name := filepath.Join(in, "a.txt")
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	for look(l, later).Stat.Changed == f.Stat.Changed { // until the clock ticks
		if err := errors.Join(os.WriteFile(name, []byte("乙"), 0o644), os.Chtimes(name, info.ModTime(), info.ModTime())); err != nil {
			t.Fatal(err)
		}
	}
	if got := look(l, later); got.SHA256 != "" {
		t.Errorf("a changed file: %+v", got)
	}
}

// TestOwnFolders reads neither the dataset nor the results where they lie in
// the folder of the input.
func TestOwnFolders(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "2020年预算收入100万元。"})
	for range 2 {
		if sum := mustRun(t, filepath.Join(in, "d"), Settings{}, in); sum.Documents != 1 {
			t.Errorf("%+v", sum)
		}
	}
}

// TestChangedInput keeps nothing of files that change or vanish between plan
// and work; a later run reads them.
func TestChangedInput(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "2020年预算收入100万元。", "b.txt": "2020年预算收入200万元。", "c.txt": "2020年预算收入300万元。"})
	out := filepath.Join(t.TempDir(), "d")
	s := Settings{Worker: testWorker(), Planned: func(int) {
		if err := errors.Join(os.WriteFile(filepath.Join(in, "a.txt"), []byte("2020年预算收入900万元。"), 0o644), os.Remove(filepath.Join(in, "b.txt"))); err != nil {
			t.Fatal(err)
		}
	}}
	if sum := mustRun(t, out, s, in); sum.OK != 1 || sum.Errors["not_found"] != 2 {
		t.Errorf("%+v", sum)
	}
	if err := os.WriteFile(filepath.Join(in, "b.txt"), []byte("2020年预算收入200万元。"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.Planned = nil
	if sum := mustRun(t, out, s, in); sum.OK != 3 || sum.Reused != 1 {
		t.Errorf("later: %+v", sum)
	}
}

// TestRetryUnfinished refuses to retry what failed before all that was planned
// is in the dataset: a commit of that alone would look whole.
func TestRetryUnfinished(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 6, synth.FormatText)
	if err := os.WriteFile(filepath.Join(in, "broken.docx"), []byte("PK\x03\x04 no more"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, out, Settings{Shard: Shard{1, 2}}, in)
	if _, err := Retry(t.Context(), out, Settings{}); err == nil || !strings.Contains(err.Error(), "7 of the 7 documents") {
		t.Errorf("after a shard: %v", err)
	}
	mustRun(t, out, Settings{}, in)
	want := hashes(t, out)
	if sum, err := Retry(t.Context(), out, Settings{}); err != nil || sum.Failed != 1 || sum.Documents != 1 || !maps.Equal(want, hashes(t, out)) {
		t.Errorf("after the run: %+v, %v", sum, err)
	}
}
