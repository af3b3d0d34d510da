package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestLeftOut counts what the names of files keep from being read, by reason,
// and names it when it is asked for; what the program wrote itself is not meant.
func TestLeftOut(t *testing.T) {
	in := t.TempDir()
	dataset := filepath.Join(in, "dataset")
	for _, name := range []string{"a.txt", ".x.txt", ".dir/b.txt", "~$x.docx", "Thumbs.db"} {
		name = filepath.Join(in, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("2020年预算收入100万元。"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(os.TempDir(), filepath.Join(in, "link")); err != nil {
		t.Fatal(err)
	}
	counts := "        1  left out: links to folders, or out of the folder (link)\n        2  left out: hidden files and folders, .name (hidden)\n" +
		"        1  left out: lock files of office programs, ~$name (lock)\n" +
		"        1  left out: what file managers write, Thumbs.db, desktop.ini, __MACOSX (system)\n"
	code, out, errs := command(t, "run", in, "-o", dataset, "--in-process")
	if code != exitOK || !strings.Contains(out, counts) {
		t.Errorf("run: exit %d, %s\n%s", code, errs, out)
	}
	if err := os.WriteFile(filepath.Join(dataset, ".ours"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	listed := "left out    .dir/ (hidden)\nleft out    .x.txt (hidden)\nleft out    Thumbs.db (system)\nleft out    link (link)\nleft out    ~$x.docx (lock)\n"
	if _, out, _ = command(t, "plan", in, "-o", dataset, "--all"); !strings.Contains(out, listed+"files 1\n") || !strings.Contains(out, counts) {
		t.Errorf("plan --all:\n%s", out)
	}
	if _, out, _ = command(t, "plan", in, "-o", dataset); !strings.HasPrefix(out, "left out    link (link)\nfiles 1\n") || !strings.Contains(out, counts) {
		t.Errorf("plan:\n%s", out)
	}
	names := []any{".dir/", ".x.txt", "Thumbs.db", "link", "~$x.docx"}
	why := map[string]any{"link": 1.0, "hidden": 2.0, "lock": 1.0, "system": 1.0}
	for _, c := range []string{"run", "plan"} {
		_, out, _ = command(t, c, in, "-o", dataset, "--json")
		if last := lastEvent(t, out); !reflect.DeepEqual(last["left_out"], any(names)) || !reflect.DeepEqual(last["left_out_why"], any(why)) {
			t.Errorf("%s --json:\n%s", c, out)
		}
	}
	if !strings.Contains(out, `{"event":"left_out","uri":".x.txt","why":"hidden"}`) {
		t.Errorf("plan --json:\n%s", out)
	}
}
