package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// contents are the files of a folder with what is in them.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := filepath.Glob(filepath.Join(dir, "*", "*", "*"))
	top, err2 := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for _, name := range append(append(names, top...), filepath.Join(dir, "_SUCCESS")) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(data)
	}
	return out
}

// sealed makes a folder in which nothing can be written until it is opened
// again: by its rights, or for root, whom they do not bind, on a disk of its own.
func sealed(t *testing.T) (dir string, seal, open func()) {
	t.Helper()
	dir = t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if os.Getuid() != 0 {
		open = func() { must(os.Chmod(dir, 0o755)) }
		t.Cleanup(open)
		return dir, func() { must(os.Chmod(dir, 0o555)) }, open
	}
	mount := func(args ...string) error { return exec.Command("mount", append(args, dir)...).Run() }
	if err := mount("-t", "tmpfs", "tmpfs"); err != nil {
		t.Skipf("skipped: rights do not bind root, and a disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { must(exec.Command("umount", dir).Run()) })
	return dir, func() { must(mount("-o", "remount,ro")) }, func() { must(mount("-o", "remount,rw")) }
}

// TestReadOnlyOutput cannot write to the folder of a dataset, nor below a file:
// the run says so and fails, the dataset stands, and a later run completes.
func TestReadOnlyOutput(t *testing.T) {
	dataset, seal, open := sealed(t)
	in, work := t.TempDir(), t.TempDir()
	put(t, filepath.Join(in, "a.txt"), "青山县教育局\n2020年部门预算\n2020年预算收入100万元。")
	args := []string{"run", in, "-o", dataset, "--work-dir", work}
	if code, _, errs := command(t, args...); code != exitOK {
		t.Fatalf("exit %d, said %q", code, errs)
	}
	before := contents(t, dataset)
	put(t, filepath.Join(in, "b.txt"), "青山县水利局\n2021年部门预算\n2021年预算收入200万元。")
	seal()
	code, _, errs := command(t, args...)
	if code != exitFailed || !strings.Contains(errs, dataset) || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit %d, said %q", code, errs)
	}
	if !maps.Equal(before, contents(t, dataset)) {
		t.Error("the dataset has changed")
	}
	if code, out, errs := command(t, "verify", dataset); code != exitOK {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	open()
	if code, out, errs := command(t, args...); code != exitOK || !strings.Contains(out, "        2  ok\n") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if code, out, errs := command(t, "verify", dataset); code != exitOK {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// TestOutputBelowFile names a folder that cannot be: below a file.
func TestOutputBelowFile(t *testing.T) {
	in := t.TempDir()
	name := filepath.Join(in, "a.txt")
	put(t, name, "2020年预算收入100万元。")
	code, _, errs := command(t, "run", in, "-o", filepath.Join(name, "d"))
	if code != exitFailed || !strings.Contains(errs, filepath.Join(name, "d")) || !strings.Contains(errs, "not a directory") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "2020年预算收入100万元。" {
		t.Errorf("the file is now %q, %v", data, err)
	}
}
