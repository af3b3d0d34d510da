package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/export"
)

// sampleDataset runs the generated and the broken samples into a dataset.
func sampleDataset(t *testing.T) string {
	t.Helper()
	dataset := filepath.Join(t.TempDir(), "dataset")
	if code, _, errs := command(t, "run", goodSamples, brokenSamples, "-o", dataset); code != exitSomeFailed {
		t.Fatalf("exit %d, %s", code, errs)
	}
	return dataset
}

// TestVerifyCommand verifies a dataset as it was written, and damaged.
func TestVerifyCommand(t *testing.T) {
	dataset := sampleDataset(t)
	code, out, errs := command(t, "verify", dataset)
	if code != exitOK || errs != "" || !strings.HasPrefix(out, "checked ") || !strings.HasSuffix(out, " rows of 13 documents: nothing is wrong\n") {
		t.Errorf("exit %d, printed %q and %q", code, out, errs)
	}
	if err := os.Remove(filepath.Join(dataset, "_SUCCESS")); err != nil {
		t.Fatal(err)
	}
	code, out, errs = command(t, "verify", dataset)
	if code != exitFailed || errs != "" || !strings.HasPrefix(out, "_SUCCESS: the last commit was not whole") || !strings.HasSuffix(out, "wrong: 1\n") {
		t.Errorf("exit %d, printed %q and %q", code, out, errs)
	}
	code, out, _ = command(t, "verify", dataset, "--json")
	var v export.Verification
	if err := json.Unmarshal([]byte(out), &v); code != exitFailed || err != nil || len(v.Problems) != 1 || v.Problems[0].Check != "commit" {
		t.Errorf("exit %d, %v, printed %q", code, err, out)
	}
	if code, _, errs = command(t, "verify", t.TempDir()); code != exitFailed || !strings.Contains(errs, "not a dataset") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}
