package export

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// lockHelper is the folder that the test binary locks when it is started again
// as another process.
const lockHelper = "YUSUAN_TEST_LOCK"

// TestLockHelper is the other process: it says that it has the lock, and keeps
// it until it is killed.
func TestLockHelper(t *testing.T) {
	dir := os.Getenv(lockHelper)
	if dir == "" {
		t.Skip("no test: what TestLockOfOthers starts")
	}
	if _, err := acquire(dir); err != nil {
		t.Fatal(err)
	}
	fmt.Println("locked")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

// TestLockOfOthers waits for another process to have the lock, is refused with
// its name, kills it, and takes over.
func TestLockOfOthers(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 1), Settings{})
	want := snapshot(t, dir)
	other := exec.Command(os.Args[0], "-test.run=^TestLockHelper$")
	other.Env = append(os.Environ(), lockHelper+"="+dir)
	if _, err := other.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err == nil {
		err = other.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "locked\n" {
		t.Fatalf("the other process said %q (%v)", line, err)
	}
	host, _ := os.Hostname()
	_, err = Commit(dir, inventAll(t, 2), Settings{})
	if !errors.Is(err, ErrLocked) || strings.Contains(err.Error(), "remove") || !strings.Contains(err.Error(), fmt.Sprintf("process %d on %s, since 2", other.Process.Pid, host)) {
		t.Errorf("got %v", err)
	}
	got := snapshot(t, dir)
	delete(got, lockName)
	same(t, want, got)
	if _, err := Verify(t.Context(), dir); !errors.Is(err, ErrLocked) {
		t.Errorf("a dataset was verified during a commit: %v", err)
	}
	if err := Check(dir, Settings{}); err != nil {
		t.Errorf("work could not be begun during a commit: %v", err)
	}
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = other.Wait() // it was killed
	if !lockedFile(dir) {
		t.Error("the dead process left no lock file")
	}
	if _, err := Verify(t.Context(), dir); err != nil {
		t.Errorf("the lock of a dead process: %v", err)
	}
	mustCommit(t, dir, inventAll(t, 2), Settings{})
	if lockedFile(dir) {
		t.Error("the lock file was left behind")
	}
}

// TestLockFiles finds lock files that nobody holds.
func TestLockFiles(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		holder holder
		locked bool
	}{
		"of a dead process":   {holder{PID: os.Getpid(), Host: host, Start: "2026-01-01T00:00:00Z"}, false},
		"not signed":          {holder{}, false},
		"of another computer": {holder{PID: 7, Host: host + ".elsewhere", Start: "2026-01-01T00:00:00Z"}, true},
	} {
		dir := t.TempDir()
		data, _ := json.Marshal(c.holder)
		if c.holder.Host == "" {
			data = nil
		}
		if err := os.WriteFile(filepath.Join(dir, lockName), data, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Commit(dir, nil, Settings{})
		if errors.Is(err, ErrLocked) != c.locked || !c.locked && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if c.locked && !strings.Contains(err.Error(), "process 7 on "+host+".elsewhere, since 2026-01-01T00:00:00Z; wait for it, or, if it is sure to be dead, remove ") {
			t.Errorf("%s: %v", name, err)
		}
		if lockedFile(dir) != c.locked {
			t.Errorf("%s: the file is there: %v", name, !c.locked)
		}
	}
}

// TestLockRace has many take the lock, again and again: never two have it.
func TestLockRace(t *testing.T) {
	dir := t.TempDir()
	var inside, had atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 300 {
				l, err := acquire(dir)
				if errors.Is(err, ErrLocked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				had.Add(1)
				if inside.Add(1) != 1 {
					t.Error("two have the lock")
				}
				inside.Add(-1)
				if err := l.release(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if had.Load() == 0 || lockedFile(dir) {
		t.Errorf("the lock was had %d times, and is there: %v", had.Load(), lockedFile(dir))
	}
}

// TestCommitsAtOnce lets one commit begin while another loads a document.
func TestCommitsAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	all := inventAll(t, 2)
	load, refused := all[0].Load, false
	all[0].Load = func() (*Result, error) {
		_, err := Commit(dir, inventAll(t, 1), Settings{})
		refused = errors.Is(err, ErrLocked)
		return load()
	}
	mustCommit(t, dir, all, Settings{})
	if !refused {
		t.Error("two commits went on at the same time")
	}
}
