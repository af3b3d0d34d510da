package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/export"
)

// damagedDataset is a dataset of three documents, of two years and one that
// failed, with the inputs that made it.
type damagedDataset struct {
	t            *testing.T
	in, out      string
	wantManifest string
}

func newDamaged(t *testing.T, flags ...string) *damagedDataset {
	t.Helper()
	dir := t.TempDir()
	d := &damagedDataset{t: t, in: filepath.Join(dir, "in"), out: filepath.Join(dir, "out")}
	d.write("a.txt", "2020年预算收入100万元。\n")
	d.write("b.txt", "2021年预算收入200万元。\n")
	d.write("c.png", "\x89PNG\r\n\x1a\n\x00\x00")
	d.run(exitSomeFailed, flags...)
	d.wantManifest = d.read("manifest.json")
	return d
}

// write writes an input and returns its path.
func (d *damagedDataset) write(name, text string) string {
	d.t.Helper()
	file := filepath.Join(d.in, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
	return file
}

func (d *damagedDataset) read(name string) string {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.out, name))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(data)
}

// run runs the inputs and returns what was printed.
func (d *damagedDataset) run(want int, flags ...string) string {
	d.t.Helper()
	code, stdout, stderr := command(d.t, append([]string{"run", "--in-process", d.in, "-o", d.out}, flags...)...)
	if code != want {
		d.t.Errorf("run %v: exit code %d, want %d: %s", flags, code, want, stdout+stderr)
	}
	return stdout + stderr
}

// sound fails unless the dataset is what it was before it was damaged.
func (d *damagedDataset) sound() {
	d.t.Helper()
	if got := d.read("manifest.json"); got != d.wantManifest {
		d.t.Errorf("the manifest is now\n%s\nit was\n%s", got, d.wantManifest)
	}
	if code, stdout, stderr := command(d.t, "verify", d.out); code != exitOK {
		d.t.Errorf("verify: exit code %d: %s", code, stdout+stderr)
	}
}

// snapshot is every file of the dataset.
func (d *damagedDataset) snapshot() string {
	d.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(d.out, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		fmt.Fprintf(&b, "%s %q\n", name, data)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return b.String()
}

// damages are ways in which a file is damaged.
func damages() map[string]func(file string) error {
	return map[string]func(file string) error{
		"hash": func(file string) error {
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			data[len(data)/2] ^= 1
			return os.WriteFile(file, data, 0o644)
		},
		"bytes":   func(file string) error { return os.Truncate(file, 100) },
		"missing": os.Remove,
	}
}

// TestDamagedParts repairs a file of any table, damaged in any way, though no
// document of its part is new, and tells of it.
func TestDamagedParts(t *testing.T) {
	d := newDamaged(t)
	for _, table := range export.Schema() {
		parts, err := filepath.Glob(filepath.Join(d.out, table.Name, "*", "*.parquet"))
		if err != nil || len(parts) != 3 {
			t.Fatalf("parts %v, %v", parts, err)
		}
		for how, damage := range damages() {
			file := parts[len(how)%len(parts)]
			if err := damage(file); err != nil {
				t.Fatal(err)
			}
			rel, err := filepath.Rel(d.out, file)
			if err != nil {
				t.Fatal(err)
			}
			said := d.run(exitSomeFailed)
			if want := "repaired: " + filepath.ToSlash(rel) + ": "; strings.Count(said, "repaired: ") != 1 || !strings.Contains(said, want) || !strings.Contains(said, "["+how+"]") {
				t.Errorf("%s of %s: no %q in %s", how, rel, want, said)
			}
			d.sound()
		}
	}
	if said := d.run(exitSomeFailed); strings.Contains(said, "repaired") {
		t.Errorf("nothing is damaged: %s", said)
	}
}

// TestDamagedTouched repairs a part together with writing new documents to it,
// as JSON events tell.
func TestDamagedTouched(t *testing.T) {
	d := newDamaged(t)
	d.write("d.txt", "2020年预算支出300万元。\n")
	d.run(exitSomeFailed)
	d.wantManifest = d.read("manifest.json")
	if err := os.RemoveAll(d.out); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(d.in, "d.txt"), filepath.Join(d.in, "..", "d.txt")); err != nil {
		t.Fatal(err)
	}
	d.run(exitSomeFailed)
	if err := os.RemoveAll(filepath.Join(d.out, "documents")); err != nil {
		t.Fatal(err)
	}
	if err := damages()["hash"](filepath.Join(d.out, "cells", "fiscal_year=2020", "part-00000.parquet")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(d.in, "..", "d.txt"), filepath.Join(d.in, "d.txt")); err != nil {
		t.Fatal(err)
	}
	said := d.run(exitSomeFailed, "--json")
	if n := strings.Count(said, `"event":"repaired"`); n != 4 || !strings.Contains(said, `"file":"cells/fiscal_year=2020/part-00000.parquet"`) {
		t.Errorf("%d files were repaired, want 3 of documents and 1 of cells: %s", n, said)
	}
	d.sound()
}

// TestRebuild goes on without a manifest, or with one that cannot be read, in a
// dataset with several parts of a year, and repairs what is damaged meanwhile.
func TestRebuild(t *testing.T) {
	d := newDamaged(t, "--buckets", "3")
	manifest := filepath.Join(d.out, "manifest.json")
	for name, damage := range map[string]func() error{
		"gone":       func() error { return os.Remove(manifest) },
		"cut off":    func() error { return os.Truncate(manifest, 100) },
		"other text": func() error { return os.WriteFile(manifest, []byte("mine"), 0o644) },
		"and a part": func() error { return errors.Join(os.Remove(manifest), os.RemoveAll(filepath.Join(d.out, "documents"))) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		before := d.snapshot()
		if said := d.run(exitFailed); !strings.Contains(said, "manifest.json is not there or cannot be read") || !strings.Contains(said, "--rebuild") {
			t.Errorf("%s: %s", name, said)
		}
		if d.snapshot() != before {
			t.Errorf("%s: the dataset was changed", name)
		}
		if name == "gone" {
			if code, stdout, stderr := command(t, "commit", "--rebuild", d.out); code != exitSomeFailed || !strings.Contains(stderr, "repaired: manifest.json: ") {
				t.Errorf("%s: exit code %d: %s", name, code, stdout+stderr)
			}
		} else if said := d.run(exitSomeFailed, "--rebuild"); !strings.Contains(said, "repaired: manifest.json: ") {
			t.Errorf("%s: %s", name, said)
		}
		d.sound()
	}
}

// TestRebuildHash finds what the cheap look cannot: a file that was changed
// without the file system saying so.
func TestRebuildHash(t *testing.T) {
	d := newDamaged(t)
	// Without results nothing is known of the files, and they are compared once.
	if err := os.RemoveAll(d.out + ".results"); err != nil {
		t.Fatal(err)
	}
	if err := damages()["hash"](filepath.Join(d.out, "notes", "fiscal_year=2021", "part-00000.parquet")); err != nil {
		t.Fatal(err)
	}
	if said := d.run(exitSomeFailed, "--rebuild"); !strings.Contains(said, "repaired: notes/fiscal_year=2021/") {
		t.Error(said)
	}
	d.sound()
}

// TestBeyondRepair names the part and the documents that cannot be restored,
// leaves the dataset as it is, and what it advises works.
func TestBeyondRepair(t *testing.T) {
	d := newDamaged(t)
	aside := filepath.Join(d.in, "..", "a.txt")
	errs := errors.Join(os.RemoveAll(d.out+".results"), os.Rename(filepath.Join(d.in, "a.txt"), aside),
		os.Remove(filepath.Join(d.out, "cells", "fiscal_year=2020", "part-00000.parquet")))
	if errs != nil {
		t.Fatal(errs)
	}
	before := d.snapshot()
	for _, flags := range [][]string{nil, {"--rebuild"}} {
		said := d.run(exitFailed, flags...)
		for _, want := range []string{"cells/fiscal_year=2020/part-00000.parquet: the file is not there", "1 of 1 documents have no result: a.txt ", "bring back the files"} {
			if !strings.Contains(said, want) {
				t.Errorf("no %q in %s", want, said)
			}
		}
		if d.snapshot() != before {
			t.Errorf("%v: the dataset was changed", flags)
		}
	}
	if err := os.Rename(aside, filepath.Join(d.in, "a.txt")); err != nil {
		t.Fatal(err)
	}
	d.run(exitSomeFailed)
	d.sound()
}

// TestUnknownDocuments does not guess which documents a part had: without a
// plan of earlier runs, documents that nobody names would be lost silently. The
// inputs of a run name them, when there are as many as the part had.
func TestUnknownDocuments(t *testing.T) {
	d := newDamaged(t)
	if err := errors.Join(os.RemoveAll(d.out+".results"), os.Remove(filepath.Join(d.out, "documents", "fiscal_year=2020", "part-00000.parquet"))); err != nil {
		t.Fatal(err)
	}
	before := d.snapshot()
	d.write("more/d.txt", "2020年预算收入300万元。\n")
	for _, inputs := range [][]string{{d.in}, {filepath.Join(d.in, "b.txt")}} {
		code, stdout, stderr := command(t, append([]string{"run", "--in-process", "-o", d.out}, inputs...)...)
		if code != exitFailed || !strings.Contains(stderr, "are known from earlier runs, or from the inputs") || d.snapshot() != before {
			t.Errorf("%v: exit code %d: %s", inputs, code, stdout+stderr)
		}
		if err := errors.Join(os.RemoveAll(d.out+".results"), os.RemoveAll(filepath.Join(d.in, "more"))); err != nil {
			t.Fatal(err)
		}
	}
	if said := d.run(exitSomeFailed); !strings.Contains(said, "repaired: documents/fiscal_year=2020/") {
		t.Error(said)
	}
	d.sound()
}

// TestReread reads documents again whose results are gone, and does not count
// them twice.
func TestReread(t *testing.T) {
	d := newDamaged(t)
	segments, err := filepath.Glob(filepath.Join(d.out+".results", "*.segment"))
	if err != nil || len(segments) != 1 {
		t.Fatalf("segments %v, %v", segments, err)
	}
	if err := errors.Join(os.Remove(segments[0]), os.Remove(filepath.Join(d.out, "documents", "fiscal_year=2021", "part-00000.parquet"))); err != nil {
		t.Fatal(err)
	}
	// A run with another input alone: b.txt is none of its documents.
	code, stdout, stderr := command(t, "run", "--in-process", filepath.Join(d.in, "a.txt"), "-o", d.out)
	if code != exitOK || !strings.Contains(stderr, "repaired: documents/fiscal_year=2021/") || !strings.Contains(stdout, "        1  ok\n") {
		t.Errorf("exit code %d: %s", code, stdout+stderr)
	}
	d.sound()
}

// TestRetryOfGone does not call all good what failed and is gone.
func TestRetryOfGone(t *testing.T) {
	dir := t.TempDir()
	file, out := filepath.Join(dir, "a.png"), filepath.Join(dir, "out")
	if err := os.WriteFile(file, []byte("\x89PNG\r\n\x1a\n\x00\x00"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := command(t, "run", "--in-process", file, "-o", out); code != exitSomeFailed {
		t.Fatalf("exit code %d: %s", code, stdout+stderr)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := command(t, "retry", "--in-process", out); code != exitSomeFailed || !strings.Contains(stdout+stderr, "is gone or has changed") {
		t.Errorf("exit code %d: %s", code, stdout+stderr)
	}
}

// TestStrayFiles warns of Parquet files that the dataset does not have, whatever
// commits, until they are removed, and removes none itself.
func TestStrayFiles(t *testing.T) {
	d := newDamaged(t)
	const stray, hidden = "cells/fiscal_year=2020/part-9.parquet", ".mine/x.parquet"
	part, err := os.ReadFile(filepath.Join(d.out, "cells/fiscal_year=2020/part-00000.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(d.out, ".mine"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{stray, hidden} {
		if err := os.WriteFile(filepath.Join(d.out, name), part, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const says = stray + ": the manifest does not name this file, but who reads the table by a pattern reads it, too; remove it, or move it out of the dataset [stray]\n"
	if out := d.run(exitSomeFailed); strings.Count(out, "warning: "+says) != 1 || strings.Contains(out, hidden) {
		t.Errorf("run: %s", out)
	}
	d.write("d.txt", "2020年预算收入300万元。\n")
	if out := d.run(exitSomeFailed, "--json"); strings.Count(out, `{"check":"stray","event":"warning","file":"`+stray+`","message":"the manifest does not`) != 1 {
		t.Errorf("run --json: %s", out)
	}
	for _, c := range [][]string{{"commit", d.out}, {"retry", d.out, "--in-process"}} {
		if _, stdout, stderr := command(t, c...); !strings.Contains(stderr, "warning: "+says) {
			t.Errorf("%q: %s", c, stdout+stderr)
		}
	}
	if code, out, _ := command(t, "verify", d.out); code != exitFailed || !strings.Contains(out, says) {
		t.Errorf("verify: exit %d, %s", code, out)
	}
	if got := d.read(stray); got != string(part) {
		t.Error("the stray file was changed")
	}
	if err := os.Remove(filepath.Join(d.out, stray)); err != nil {
		t.Fatal(err)
	}
	if out := d.run(exitSomeFailed); strings.Contains(out, "stray") {
		t.Errorf("run, when it was removed: %s", out)
	}
}
