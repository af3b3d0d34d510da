package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// volume mounts a file system of its own in memory, of so many KiB; only root
// may, so that for others the test is skipped.
func volume(t *testing.T, kib int) (dir string, remount func(options string)) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("skipped: only root may mount a small disk")
	}
	dir = t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dk", kib), "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("skipped: a small disk cannot be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return dir, func(options string) {
		t.Helper()
		if out, err := exec.Command("mount", "-o", "remount,"+options, dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
}

// bigger are documents for which a small disk has no room.
func bigger(t *testing.T) []Entry {
	var out []Entry
	for i := range 5 {
		r := invent(t, 20+i, 2020, 8000)
		for k := range r.Disclosure.Cells {
			r.Disclosure.Cells[k].Text = hashOf(fmt.Sprint(i, k)) // nothing to compress
		}
		out = append(out, entry(r))
	}
	return out
}

// elsewhere commits the same in the same steps where nothing is in the way.
func elsewhere(t *testing.T, steps ...[]Entry) map[string]string {
	t.Helper()
	dir := t.TempDir()
	for _, entries := range steps {
		mustCommit(t, dir, entries, Settings{})
	}
	return snapshot(t, dir)
}

// TestFullDisk runs out of space while parts are written: the error says so,
// the old dataset stands, and a commit with more space completes.
func TestFullDisk(t *testing.T) {
	dir, remount := volume(t, 1500)
	all := inventAll(t, 3)
	mustCommit(t, dir, all, Settings{})
	want := snapshot(t, dir)
	_, err := Commit(dir, bigger(t), Settings{})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %v", err)
	}
	same(t, want, snapshot(t, dir))
	if _, err := os.Stat(filepath.Join(dir, stagingName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder of the commit was left behind: %v", err)
	}
	remount("size=20m")
	mustCommit(t, dir, bigger(t), Settings{})
	same(t, elsewhere(t, all, bigger(t)), snapshot(t, dir))
}

// TestFullDiskOnce runs out of space when all tables of a part are finished,
// and each of them fails: the reason is told once.
func TestFullDiskOnce(t *testing.T) {
	dir, _ := volume(t, 1500)
	mustCommit(t, dir, inventAll(t, 3), Settings{})
	filler := filepath.Join(dir, ".filler")
	if err := os.WriteFile(filler, make([]byte, 2<<20), 0o644); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if err := os.Truncate(filler, 1100<<10); err != nil { // room for the beginnings of files
		t.Fatal(err)
	}
	_, err := Commit(dir, []Entry{entry(invent(t, 9, 2020, 20))}, Settings{})
	if !errors.Is(err, syscall.ENOSPC) || strings.Count(err.Error(), syscall.ENOSPC.Error()) != 1 {
		t.Errorf("got %v", err)
	}
}

// TestFullAtLast runs out of space after the commit was decided: nothing is
// written any more by then, so it completes.
func TestFullAtLast(t *testing.T) {
	dir, _ := volume(t, 20<<10)
	all := inventAll(t, 3)
	mustCommit(t, dir, all, Settings{})
	d, err := openDataset(dir, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := d.plan(bigger(t), Settings{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := d.stage(jobs)
	if err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(dir, ".filler")
	if err := os.WriteFile(filler, make([]byte, 30<<20), 0o644); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if err := d.publish(m); err != nil {
		t.Errorf("a full disk stopped a commit that was decided: %v", err)
	}
	got := snapshot(t, dir)
	delete(got, ".filler")
	same(t, elsewhere(t, all, bigger(t)), got)
}

// TestReadOnlyDisk refuses to begin, leaves the dataset whole, and completes
// once it may write.
func TestReadOnlyDisk(t *testing.T) {
	dir, remount := volume(t, 20<<10)
	all := inventAll(t, 3)
	mustCommit(t, dir, all, Settings{})
	want := snapshot(t, dir)
	remount("ro")
	for _, name := range []string{dir, filepath.Join(dir, "new")} {
		_, err := Commit(name, bigger(t), Settings{})
		if !errors.Is(err, syscall.EROFS) || !strings.Contains(err.Error(), dir) {
			t.Errorf("Commit: %v", err)
		}
		if err := Check(name, Settings{}); !errors.Is(err, syscall.EROFS) {
			t.Errorf("Check: %v", err)
		}
	}
	same(t, want, snapshot(t, dir))
	if got := findings(t, dir); len(got) > 0 {
		t.Errorf("found %q", got)
	}
	remount("rw")
	mustCommit(t, dir, bigger(t), Settings{})
	same(t, elsewhere(t, all, bigger(t)), snapshot(t, dir))
}

// TestReader opens the files of the old manifest at every step of a commit:
// until it is decided they are the old ones, and never is one of them missing
// before the new manifest stands.
func TestReader(t *testing.T) {
	dir := t.TempDir()
	first := inventAll(t, 2)
	mustCommit(t, dir, first, Settings{})
	old := snapshot(t, dir)
	moved := invent(t, 0, 2020, 0)
	moved.Disclosure.Identity.FiscalYear = 1999
	all := []Entry{entry(moved), entry(invent(t, 1, 2020, 5))}
	second := slices.Clone(all)
	load := second[1].Load
	second[1].Load = func() (*Result, error) {
		got := snapshot(t, dir)
		for name := range got {
			if strings.HasPrefix(name, ".") {
				delete(got, name)
			}
		}
		same(t, old, got)
		return load()
	}
	mustCommit(t, dir, second, Settings{})

	dir = t.TempDir()
	mustCommit(t, dir, first, Settings{})
	d, err := openDataset(dir, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := d.plan(all, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := d.stage(jobs)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.unsucceed(); err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		if err := d.install(f.Path); err != nil {
			t.Fatal(err)
		}
		for _, o := range d.old.Files {
			if _, err := os.Stat(d.file(o.Path)); err != nil {
				t.Fatalf("after the rename of %s: %v", f.Path, err)
			}
		}
		if _, err := os.Stat(d.file(successName)); err == nil {
			t.Fatal("_SUCCESS stands while parts are renamed")
		}
	}
}
