package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDamagedDataset says what to do about a dataset that lost a part, and
// what it says works.
func TestDamagedDataset(t *testing.T) {
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(in, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.txt", "2020年预算收入100万元。\n")
	if code, stdout, stderr := command(t, "run", "--in-process", in, "-o", out); code != exitOK {
		t.Fatalf("exit code %d: %s", code, stdout+stderr)
	}
	parts, err := filepath.Glob(filepath.Join(out, "paragraphs", "*", "*.parquet"))
	if err != nil || len(parts) != 1 {
		t.Fatalf("parts %v, %v", parts, err)
	}
	if err := os.Remove(parts[0]); err != nil {
		t.Fatal(err)
	}
	write("b.txt", "2020年预算收入200万元。\n")
	if code, stdout, stderr := command(t, "run", "--in-process", in, "-o", out); code != exitFailed || !strings.Contains(stdout+stderr, "Move the folder of the dataset away") {
		t.Errorf("exit code %d: %s", code, stdout+stderr)
	}
	if err := os.Rename(out, filepath.Join(dir, "old")); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := command(t, "run", "--in-process", in, "-o", out)
	if code != exitOK || !strings.Contains(stdout+stderr, "2  of them read by earlier runs") {
		t.Errorf("exit code %d: %s", code, stdout+stderr)
	}
	if code, stdout, stderr := command(t, "verify", out); code != exitOK {
		t.Errorf("verify: exit code %d: %s", code, stdout+stderr)
	}
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
