package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/corpus/link"
)

// TestLinkCommand links the samples, follows decisions, and tells what is wrong
// with a file of them.
func TestLinkCommand(t *testing.T) {
	dataset := sampleDataset(t)
	code, out, errs := command(t, "link", dataset, "--json")
	var sum link.Summary
	if err := json.Unmarshal([]byte(out), &sum); code != exitOK || errs != "" || err != nil || sum.Entities["department"] == 0 || sum.Links["project"] == 0 {
		t.Fatalf("exit %d, %v, %s%s", code, err, out, errs)
	}
	if code, out, errs = command(t, "verify", dataset); code != exitOK {
		t.Errorf("verify: exit %d, %s%s", code, out, errs)
	}
	if _, out, _ = command(t, "status", dataset); !strings.Contains(out, "the links are up to date\n") || !strings.Contains(out, "entities") {
		t.Errorf("status does not tell of the links:\n%s", out)
	}
	file := filepath.Join(t.TempDir(), "links.csv")
	if err := os.WriteFile(file, []byte("decision,type,a,b\nsame,department,130183|无此局,130183|也无此局\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs = command(t, "link", dataset, "--links", file)
	if code != exitOK || !strings.Contains(errs, "links.csv: line 2 (same): no department is called \"130183|无此局\"") || !strings.Contains(out, "links, by method\n") {
		t.Errorf("exit %d, printed %q and %q", code, out, errs)
	}
	if err := os.WriteFile(file, []byte("decision,type,a,b\nsame,house,1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs = command(t, "link", dataset, "--links", file); code != exitFailed || !strings.Contains(errs, "links.csv:2: type \"house\"") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	if code, _, errs = command(t, "link"); code != exitUsage {
		t.Errorf("exit %d, said %q", code, errs)
	}
	if code, _, errs = command(t, "link", t.TempDir()); code != exitFailed || !strings.Contains(errs, "not a dataset") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}
