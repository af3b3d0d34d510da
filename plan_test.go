package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fed runs a command line with something on standard input.
func fed(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(file, []byte(stdin), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	old := os.Stdin
	os.Stdin = f
	defer func() { os.Stdin = old }()
	var out, errs bytes.Buffer
	code = run(context.Background(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// TestPlanCommand tells what a run would read, before and after it.
func TestPlanCommand(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "dataset")
	gone := filepath.Join(t.TempDir(), "gone.docx")
	code, out, errs := command(t, "plan", goodSamples, gone, "-o", dataset)
	if code != exitOK || errs != "" || strings.Count(out, "new         ") != 9 || !strings.Contains(out, "unreadable  gone.docx: not found") ||
		!strings.Contains(out, "files 10\n        9  new\n        0  changed\n        0  read\n        0  known\n        1  unreadable\n") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	if _, err := os.Stat(dataset); err == nil {
		t.Error("a plan made the dataset")
	}
	if code, _, errs := command(t, "run", goodSamples, "-o", dataset); code != exitOK {
		t.Fatal(errs)
	}
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(filepath.Join(goodSamples, "岳塘区应急管理局"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "new.txt"), []byte("新"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "new2.txt"), []byte("新"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out, _ = command(t, "plan", copied, "-o", dataset)
	want := "new         new.txt\n  same as   new2.txt\nfiles 5\n        1  new\n        0  changed\n        0  read\n        3  known\n        0  unreadable\n" +
		"        1  duplicates, with the same content as another\n" +
		"        0  documents of the dataset that are gone from the inputs, which stay (--drop-gone removes them)\n" +
		"        6  documents of the dataset that are none of these, which stay\n"
	if out != want {
		t.Errorf("printed\n%swant\n%s", out, want)
	}
	_, out, _ = command(t, "plan", copied, "-o", dataset, "--json", "--all")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var last map[string]any
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || len(lines) != 6 || last["known"] != 3.0 || last["others"] != 6.0 {
		t.Errorf("%v, printed\n%s", err, out)
	}
	if code, _, errs := command(t, "plan", copied, "-o", copied); code != exitFailed || !strings.Contains(errs, "not a dataset") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

// TestFilesFrom takes the inputs from a list.
func TestFilesFrom(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "dataset")
	list := goodSamples + "\n" + brokenSamples + "/empty.txt\n"
	file := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(list, "\n", "\x00")), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{"-": {"-"}, "from standard input": {"--files-from", "-"}, "from a file": {"--files-from", file}} {
		code, out, errs := fed(t, list, append([]string{"plan", "-o", dataset}, args...)...)
		if code != exitOK || errs != "" || !strings.Contains(out, "files 10\n") || !strings.Contains(out, "corpus/samples/broken/empty.txt\n") {
			t.Errorf("%s: exit %d, %s\n%s", name, code, errs, out)
		}
	}
	for says, args := range map[string][]string{"one list": {"-", "--files-from", file}, "list of files cannot be read": {"--files-from", file + "x"}} {
		if code, _, errs := fed(t, list, append([]string{"run", "-o", dataset}, args...)...); code == exitOK || !strings.Contains(errs, says) {
			t.Errorf("%q: exit %d, said %q", args, code, errs)
		}
	}
	if code, _, errs := fed(t, list, "run", "-", "-o", dataset); code != exitSomeFailed || !strings.Contains(errs, "empty.txt") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

// TestDropGone names what is gone from the inputs, keeps it, and removes it
// when it is told to.
func TestDropGone(t *testing.T) {
	in, dataset := t.TempDir(), filepath.Join(t.TempDir(), "dataset")
	for name, text := range map[string]string{"a.txt": "2020年预算收入100万元。", "b.txt": "2020年预算收入200万元。"} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, errs := command(t, "run", in, "-o", dataset, "--in-process"); code != exitOK {
		t.Fatal(errs)
	}
	if err := os.Remove(filepath.Join(in, "b.txt")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want []string
	}{
		{[]string{"plan"}, exitOK, []string{"gone        b.txt (its file is no longer there)\n", "        1  documents of the dataset that are gone from the inputs, which stay (--drop-gone removes them)\n"}},
		{[]string{"plan", "--drop-gone"}, exitOK, []string{"        1  documents of the dataset that are gone from the inputs, which are removed\n"}},
		{[]string{"plan", "--json"}, exitOK, []string{`"event":"gone"`, `"removed":false`, `"uri":"b.txt"`, `"gone":1`}},
		{[]string{"run", "--in-process", "--drop-gone", "--shard", "1/2"}, exitUsage, []string{"--drop-gone"}},
		{[]string{"run", "--in-process"}, exitOK, []string{"        1  ok\n"}},
		{[]string{"run", "--in-process", "--drop-gone"}, exitOK, []string{"        1  gone from the inputs, removed from the dataset\n           b.txt\n"}},
		{[]string{"run", "--in-process", "--drop-gone", "--json"}, exitOK, []string{`"dropped":[]`}},
		{[]string{"plan"}, exitOK, []string{"        0  documents of the dataset that are gone"}},
		{[]string{"plan", "--max-entries", "0"}, exitUsage, []string{"--max-entries"}},
	} {
		code, out, errs := command(t, append(c.args, in, "-o", dataset)...)
		for _, want := range c.want {
			if code != c.code || !strings.Contains(out+errs, want) {
				t.Errorf("%q: exit %d, want %d with %q; it said\n%s%s", c.args, code, c.code, want, out, errs)
			}
		}
	}
}

// TestNamelessInput takes an argument that is empty for a mistake of usage.
func TestNamelessInput(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "dataset")
	for _, c := range []string{"run", "plan", "watch"} {
		if code, _, errs := command(t, c, goodSamples, "", "-o", dataset); code != exitUsage || !strings.Contains(errs, c+": an input has no name") {
			t.Errorf("%s: exit %d, said %q", c, code, errs)
		}
	}
	if code, _, errs := command(t, "run", filepath.Join(t.TempDir(), "gone.docx"), "-o", dataset); code != exitFailed || !strings.Contains(errs, "gone.docx") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	if _, err := os.Stat(dataset); err == nil {
		t.Error("a mistake made the dataset")
	}
}

// TestInputHelp tells with run and plan what URIs are relative to, and what is
// left out of the inputs.
func TestInputHelp(t *testing.T) {
	for _, c := range []string{"run", "plan"} {
		_, out, _ := command(t, c, "--help")
		for _, want := range []string{"The URI of a document is its path below the folder", "tells documents apart is document_id, not the URI", "Left out, and counted by reason", "cannot be named as an input"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s --help does not say %q", c, want)
			}
		}
	}
}
