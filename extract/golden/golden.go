// Package golden runs the readers' golden cases. A case is a txtar file in
// testdata: a comment on top that says which behaviour it shows, input files,
// and a file named "want". The tests of the readers import it; the program
// does not.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the want section of the golden cases")

// Run runs every *.txtar file of dir as a subtest. read gets the case's files
// by name, "want" excepted, and returns what the want section must say.
func Run(t *testing.T, dir string, read func(t *testing.T, files map[string][]byte) []byte) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases in %s (%v)", dir, err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) { runCase(t, path, read) })
	}
}

func runCase(t *testing.T, path string, read func(*testing.T, map[string][]byte) []byte) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.TrimSpace(archive.Comment)) == 0 {
		t.Errorf("%s: no comment says which behaviour the case shows", path)
	}
	files := map[string][]byte{}
	want := -1
	for i, f := range archive.Files {
		if f.Name == "want" {
			want = i
			continue
		}
		files[f.Name] = f.Data
	}
	got := read(t, files)
	if *update {
		rewrite(t, path, archive, want, got)
		return
	}
	if want < 0 {
		t.Fatalf("%s: no want section; run make golden and read what it wrote", path)
	}
	if !bytes.Equal(got, archive.Files[want].Data) {
		t.Errorf("%s differs (make golden rewrites it)\n--- want\n%s\n--- got\n%s", path, archive.Files[want].Data, got)
	}
}

func rewrite(t *testing.T, path string, a *txtar.Archive, want int, got []byte) {
	if want < 0 {
		a.Files = append(a.Files, txtar.File{Name: "want"})
		want = len(a.Files) - 1
	}
	a.Files[want].Data = got
	if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
