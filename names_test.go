package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestShown leaves names as people write them, and quotes what would not be one
// line, or not what it looks like.
func TestShown(t *testing.T) {
	for name, want := range map[string]string{
		"预算 2020　“三公”.docx": "预算 2020　“三公”.docx", "": "", `a\n"b`: `a\n"b`,
		"a\nfailed: b": `"a\nfailed: b"`, "a\x1b[2J": `"a\x1b[2J"`, "a\u202ecod.x": `"a\u202ecod.x"`, "a\u2028b": `"a\u2028b"`, "\xff.txt": `"\xff.txt"`, "a\tb": `"a\tb"`,
	} {
		if got := shown(name); got != want {
			t.Errorf("%q is shown as %s, want %s", name, got, want)
		}
	}
	if got := escaped("a\nb: 预算 \xff\ufffd"); got != `a\nb: 预算 \xff`+"\ufffd" {
		t.Errorf("escaped: %s", got)
	}
}

// TestForgedLines runs files whose names hold lines of reports, and finds none
// of these in any report for people; JSON has the names as they are.
func TestForgedLines(t *testing.T) {
	in, dataset := t.TempDir(), filepath.Join(t.TempDir(), "dataset")
	const forged = "forged: line"
	name := func(s string) string { return filepath.Join(in, s+"\n"+forged) }
	for _, file := range []string{"good", "bad", "same", ".hidden"} {
		text := "2020年预算收入100万元。"
		if file == "bad" {
			text = "\x89PNG\r\n\x1a\n\x00\x00"
		}
		if err := os.WriteFile(name(file), []byte(text), 0o600); err != nil {
			t.Skipf("skipped: such names cannot be: %v", err)
		}
	}
	catalog := filepath.Join(t.TempDir(), "list.csv")
	put(t, catalog, "path\n\"none\n"+forged+"\"\n")
	says := func(want string, args ...string) {
		t.Helper()
		_, out, errs := command(t, args...)
		if lines := strings.Split(out+errs, "\n"); slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, forged) }) || !strings.Contains(out+errs, want) {
			t.Errorf("%q printed, where %s was to be found:\n%s%s", args, want, out, errs)
		}
	}
	says(`new         "good\nforged: line"`, "plan", in, "-o", dataset)
	says(`left out    ".hidden\nforged: line" (hidden)`, "plan", in, "-o", dataset, "--all")
	says(`failed: "bad\nforged: line": the file`, "run", in, "-o", dataset, "--in-process", "--catalog", catalog)
	says(`s  "good\nforged: line"`, "run", in, "-o", filepath.Join(t.TempDir(), "d"), "--in-process")
	says(`"bad\nforged: line": the file is a PNG`, "errors", dataset)
	says(`good\nforged: line": `, "check", name("good"), name("bad"))
	says(`bad\nforged: line": the file`, "check", name("bad"))
	says(`none\nforged: line": no such`, "normalize", name("none"))
	says(`good\nforged: line`, "normalize", name("good"), "--catalog", catalog)
	put(t, filepath.Join(dataset, "cells", "x\n"+forged+".parquet"), "x")
	says(`warning: "cells/x\nforged: line.parquet": `, "run", in, "-o", dataset, "--in-process")
	says(`"cells/x\nforged: line.parquet": `, "verify", dataset)
	if err := os.Remove(name("bad")); err != nil {
		t.Fatal(err)
	}
	says(`gone        "bad\nforged: line"`, "plan", in, "-o", dataset)
	says(`           "bad\nforged: line"`, "run", in, "-o", dataset, "--in-process", "--drop-gone")

	_, out, _ := command(t, "plan", in, "-o", dataset, "--json", "--all")
	var names []string
	for l := range strings.Lines(out) {
		var e struct{ URI string }
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Error(err)
		}
		names = append(names, e.URI)
	}
	if !slices.Contains(names, "good\n"+forged) {
		t.Errorf("JSON has the names %q", names)
	}
}
