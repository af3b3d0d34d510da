package corpus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/export"
)

// clocked is a watcher whose looks a test makes, a minute apart.
type clocked struct {
	*watcher
	t   *testing.T
	now time.Time
}

func watchOf(t *testing.T, in, out string, every time.Duration) *clocked {
	t.Helper()
	w, err := newWatcher([]string{in}, out, Settings{}, WatchSettings{Every: every})
	if err != nil {
		t.Fatal(err)
	}
	return &clocked{w, t, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// tick makes a look, and says what the dataset has then.
func (c *clocked) tick() string {
	c.t.Helper()
	if err := errors.Join(c.look(), c.commit(c.t.Context(), c.now)); err != nil {
		c.t.Fatal(err)
	}
	c.now = c.now.Add(time.Minute)
	if _, err := os.Stat(c.dir); err != nil {
		return ""
	}
	return strings.Join(statuses(c.t, c.dir), ", ")
}

func (c *clocked) expect(want string) {
	c.t.Helper()
	if got := c.tick(); got != want {
		c.t.Errorf("the dataset has %q, want %q", got, want)
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestWatch takes files that have stopped growing, and commits in intervals.
func TestWatch(t *testing.T) {
	in := t.TempDir()
	out := filepath.Join(in, "dataset") // its own files must not be taken
	c := watchOf(t, in, out, 3*time.Minute)
	c.expect("")
	put(t, in, "a/1.txt", disclosureText("甲局", "2020"))
	c.expect("") // seen once
	c.expect("a/1.txt ok")
	put(t, in, "b/2.txt", "乙")
	c.expect("a/1.txt ok")
	put(t, in, "b/2.txt", disclosureText("乙局", "2020")) // it grows
	c.expect("a/1.txt ok")
	c.expect("a/1.txt ok, b/2.txt ok") // three minutes after the first
	put(t, in, "3.txt", disclosureText("丙局", "2020"))
	c.expect("a/1.txt ok, b/2.txt ok")
	c.expect("a/1.txt ok, b/2.txt ok") // stable, but it is not time yet
	c.expect("3.txt ok, a/1.txt ok, b/2.txt ok")
	before := hashes(t, out)
	for range 5 {
		c.tick()
	}
	if len(c.taken) > 0 || len(before) != len(hashes(t, out)) {
		t.Errorf("files of the dataset were taken: %v", c.taken)
	}
}

// TestWatchGone forgets a file that goes before it is read.
func TestWatchGone(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	c := watchOf(t, in, out, time.Hour)
	put(t, in, "1.txt", disclosureText("甲局", "2020"))
	put(t, in, "z.zip", archiveOf(t, entryOf{name: "a.txt", data: disclosureText("乙局", "2020")}))
	c.tick()
	c.expect("1.txt ok, z.zip/a.txt ok")
	put(t, in, "2.txt", "乙")
	c.tick()
	c.tick()
	if len(c.taken) != 1 {
		t.Errorf("taken: %v", c.taken)
	}
	if err := os.Remove(filepath.Join(in, "2.txt")); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(time.Hour)
	c.expect("1.txt ok, z.zip/a.txt ok")
}

// TestWatchLocked tries again when another committer is done.
func TestWatchLocked(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	c := watchOf(t, in, out, time.Minute)
	put(t, in, "1.txt", disclosureText("甲局", "2020"))
	lock := `{"pid": 1, "host": "elsewhere", "start": "2026-01-01T00:00:00Z"}`
	put(t, out, ".yusuan-lock", lock)
	for range 2 {
		if err := errors.Join(c.look(), c.commit(t.Context(), c.now)); err != nil {
			t.Fatal(err)
		}
		c.now = c.now.Add(time.Minute)
	}
	if len(c.taken) != 1 {
		t.Errorf("taken: %v", c.taken)
	}
	if err := os.Remove(filepath.Join(out, ".yusuan-lock")); err != nil {
		t.Fatal(err)
	}
	c.expect("1.txt ok")
}

// TestWatchEnds is ended while a document is in hand: it is finished and
// committed.
func TestWatchEnds(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	put(t, in, "1.txt", disclosureText("甲局", "2020"))
	put(t, in, "2.txt", disclosureText("乙局", "2020"))
	ctx, cancel := context.WithCancel(t.Context())
	commits := 0
	w, err := newWatcher([]string{in}, out, Settings{Workers: 1, Done: func(Outcome) { cancel() }}, WatchSettings{Committed: func(*Summary) { commits++ }})
	if err != nil {
		t.Fatal(err)
	}
	ticks := make(chan time.Time, 1)
	ticks <- time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := w.watch(ctx, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), ticks); err != nil {
		t.Fatal(err)
	}
	if got := statuses(t, out); commits != 1 || !slices.Equal(got, []string{"1.txt ok", "2.txt ok"}) {
		t.Errorf("%d commits, the dataset has %q", commits, got)
	}
	if v, err := export.Verify(t.Context(), out); err != nil || len(v.Problems) > 0 {
		t.Errorf("%v, %+v", err, v)
	}
}

// TestWatchRefuses what it cannot watch, and where it cannot write.
func TestWatchRefuses(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "甲"})
	for _, folder := range []string{filepath.Join(in, "a.txt"), filepath.Join(in, "gone")} {
		if err := Watch(t.Context(), []string{folder}, filepath.Join(t.TempDir(), "d"), Settings{}, WatchSettings{}); err == nil || !strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", folder, err)
		}
	}
	if err := Watch(t.Context(), []string{in}, in, Settings{}, WatchSettings{}); !errors.Is(err, export.ErrForeign) {
		t.Errorf("a foreign folder: %v", err)
	}
}
