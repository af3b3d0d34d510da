//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"yusuan/corpus/synth"
)

// TestLedgerTurns notes documents from many goroutines at once: none is lost.
func TestLedgerTurns(t *testing.T) {
	dir := t.TempDir()
	const n = 20
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			_, err := updateLedger(dir, func(l *ledger) error {
				return l.note([]File{{Path: "a", URI: "a", SHA256: fmt.Sprintf("%064x", i)}})
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	l, err := readLedger(dir)
	if err != nil || len(l.Documents) != n {
		t.Errorf("%d documents are noted, want %d (%v)", len(l.Documents), n, err)
	}
}

// TestCommitOfShards commits what two runs with different inputs left, when a
// file went away between: it has a row that says so, and blocks nothing.
func TestCommitOfShards(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	shard := func(input string, i, n int) {
		t.Helper()
		if _, err := Run(context.Background(), []string{input}, out, Settings{Shard: Shard{i, n}}); err != nil {
			t.Fatal(err)
		}
	}
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	for input, seed := range map[string]uint64{a: 1, b: 2} {
		if err := synth.Write(input, synth.Settings{Seed: seed}, 6, []string{synth.FormatText}); err != nil {
			t.Fatal(err)
		}
	}
	shard(a, 1, 1)
	shard(b, 1, 2)
	found, _, err := Discover([]string{b})
	if err != nil {
		t.Fatal(err)
	}
	gone := 0
	for _, f := range found {
		// Those of the second share were not read yet.
		if f.SHA256, f.Bytes, f.Err = f.hash(t.Context(), new(atomic.Int64)); f.Err == nil && (Shard{2, 2}).has(&f) {
			if err := os.Remove(f.Path); err != nil {
				t.Fatal(err)
			}
			gone++
		}
	}
	sum, err := Commit(context.Background(), out, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if gone == 0 || sum.OK != 12-gone || sum.Failed != gone || sum.Errors["not_found"] != gone {
		t.Errorf("%d gone: %+v", gone, sum)
	}
}

// TestPipe leaves a pipe that is named out, since it has no end.
func TestPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no pipe can be made: %v", err)
	}
	files, leftOut, err := Discover([]string{pipe})
	if err != nil || len(files) != 0 || len(leftOut) != 1 {
		t.Errorf("files %v, left out %v, %v", files, leftOut, err)
	}
}
