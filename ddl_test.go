package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestDDL prints the statements of a dataset that was just written: the path
// in them is the absolute one.
func TestDDL(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "it's a dataset")
	if code, _, stderr := command(t, "run", "corpus/samples/handmade", "-o", dir); code != exitOK && code != exitSomeFailed {
		t.Fatalf("run: exit %d: %s", code, stderr)
	}
	code, stdout, stderr := command(t, "ddl", dir, "--dialect", "duckdb")
	want := "read_parquet('" + strings.ReplaceAll(filepath.ToSlash(dir), "'", "''") + "/amounts/*/*.parquet'"
	if code != exitOK || !strings.Contains(stdout, want) || !strings.Contains(stdout, `COMMENT ON COLUMN "budget_lines"."amount" IS '金额：`) {
		t.Errorf("exit %d, %s, not in the statements: %s\n%.400s", code, stderr, want, stdout)
	}
	if code, stdout, _ = command(t, "ddl", dir, "--dialect", "bigquery", "--location", "gs://b/d"); code != exitOK || !strings.Contains(stdout, `uris = ["gs://b/d/amounts/*"]`) {
		t.Errorf("exit %d: %.400s", code, stdout)
	}
	for _, args := range [][]string{{"ddl", dir}, {"ddl", dir, "--dialect", "sqlite"}, {"ddl", dir, "--dialect", "bigquery"}} {
		if code, _, stderr := command(t, args...); code != exitUsage || stderr == "" {
			t.Errorf("%q: exit %d, %s", args, code, stderr)
		}
	}
	if code, _, stderr := command(t, "ddl", t.TempDir(), "--dialect", "duckdb"); code != exitFailed || !strings.Contains(stderr, "not a dataset") {
		t.Errorf("exit %d, %s", code, stderr)
	}
}
