package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/corpus/link"
	"yusuan/export"
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

// TestLinkWaits meets a commit of others: with --lock-wait 0 linking fails at
// once and says for whom, without it waits for its end, and tells so once.
func TestLinkWaits(t *testing.T) {
	dataset := sampleDataset(t)
	other, err := export.Take(dataset, export.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	who := fmt.Sprintf("process %d on ", os.Getpid())
	code, _, errs := command(t, "link", dataset, "--lock-wait", "0")
	if code != exitFailed || !strings.Contains(errs, who) || !strings.Contains(errs, "the same command makes them") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	said := &hearer{word: "waiting: another commit is under way: " + who, then: func() {
		if err := other.Release(); err != nil {
			t.Error(err)
		}
	}}
	if code := run(t.Context(), []string{"link", dataset, "--json"}, io.Discard, said); code != exitOK || strings.Count(said.String(), "waiting") != 1 {
		t.Errorf("exit %d, said %q", code, said.String())
	}
	if code, out, _ := command(t, "status", dataset); code != exitOK || !strings.Contains(out, "the links are up to date\n") {
		t.Errorf("exit %d, printed %s", code, out)
	}
	if code, _, errs := command(t, "link", dataset, "--lock-wait", "-1s"); code != exitUsage || !strings.Contains(errs, "--lock-wait") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}
