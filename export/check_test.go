package export

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// names lists everything in a folder, folders too.
func names(t *testing.T, dir string) string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		out = append(out, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

// TestCheck agrees with Commit on where a dataset may be, and unlike it leaves
// everything as it is.
func TestCheck(t *testing.T) {
	top := t.TempDir()
	at := func(name string) string { return filepath.Join(top, name) }
	for _, name := range []string{"empty", "foreign", "begun", "broken"} {
		if err := os.Mkdir(at(name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"file", "foreign/thesis.txt", "broken/" + manifestName} {
		if err := os.WriteFile(at(name), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(at("begun"), stagingName), 0o755); err != nil {
		t.Fatal(err)
	}
	mustCommit(t, at("three"), inventAll(t, 1), Settings{Buckets: 3})
	unnamed := errors.New("an error without a name")
	for _, c := range []struct {
		name    string
		buckets int
		want    error
	}{
		{"empty", 0, nil}, {"empty", 7, nil}, {"empty", -1, unnamed}, {"empty", maxBuckets + 1, unnamed},
		{"begun", 2, nil}, {"new", 2, nil}, {"new/and/deeper", 2, nil},
		{"three", 0, nil}, {"three", 3, nil}, {"three", 2, ErrMismatch},
		{"file", 0, ErrForeign}, {"file/below", 0, unnamed}, {"foreign", 0, ErrForeign}, {"broken", 0, ErrForeign},
	} {
		s := Settings{Buckets: c.buckets}
		before := names(t, top)
		err := Check(at(c.name), s)
		if (err == nil) != (c.want == nil) || c.want != nil && c.want != unnamed && !errors.Is(err, c.want) {
			t.Errorf("%s, %d buckets: got %v, want %v", c.name, c.buckets, err, c.want)
		}
		if err != nil && c.buckets >= 0 && !strings.Contains(err.Error(), at(c.name)) {
			t.Errorf("the error does not name %s: %v", c.name, err)
		}
		if after := names(t, top); after != before {
			t.Errorf("%s: there was\n%s\nnow\n%s", c.name, before, after)
		}
		dir := at(c.name)
		if c.want == nil { // elsewhere, so that the next case finds what it expects
			dir = filepath.Join(t.TempDir(), "copy")
			if _, err := os.Stat(at(c.name)); err == nil {
				if err := os.CopyFS(dir, os.DirFS(at(c.name))); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := Commit(dir, nil, s); (err == nil) != (c.want == nil) {
			t.Errorf("%s, %d buckets: Commit says %v", c.name, c.buckets, err)
		}
	}
}

// TestCheckReadOnly finds out that a folder cannot be written to.
func TestCheckReadOnly(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if probe, err := os.Create(filepath.Join(dir, "probe")); err == nil {
		_ = probe.Close()
		t.Skip("skipped: this user may write anywhere")
	}
	for _, dir := range []string{dir, filepath.Join(dir, "new")} {
		if err := Check(dir, Settings{}); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: got %v", dir, err)
		}
	}
}
