package main

import (
	"encoding/json"
	"strings"
	"testing"

	"yusuan/export"
	"yusuan/extract/document"
)

// TestStatusCommand tells what a dataset holds.
func TestStatusCommand(t *testing.T) {
	dataset := sampleDataset(t)
	code, out, errs := command(t, "status", dataset)
	if code != exitOK || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	for _, want := range []string{"       13  in all\n", "        9  ok\n", "        4  failed\n", "        2  no_text\n", "budget", "docx", "indicators", "the last commit was whole\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	code, out, _ = command(t, "status", dataset, "--json")
	var o export.Overview
	if err := json.Unmarshal([]byte(out), &o); code != exitOK || err != nil || o.Documents != 13 || !o.Whole || len(o.Tables) != 14 {
		t.Errorf("exit %d, %v, printed %s", code, err, out)
	}
	if code, _, errs = command(t, "status", goodSamples); code != exitFailed || !strings.Contains(errs, "not a dataset") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

// TestErrorsCommand lists what failed, with what to do.
func TestErrorsCommand(t *testing.T) {
	dataset := sampleDataset(t)
	code, out, errs := command(t, "errors", dataset)
	if code != exitOK || errs != "" || strings.Count(out, "\n") != 8 || strings.Count(out, "\n    ") != 4 {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	if !strings.Contains(out, "[no_text]\n    It is empty, or a scan: ") || strings.Contains(out, "picture.docx: picture.docx") {
		t.Errorf("printed\n%s", out)
	}
	_, out, _ = command(t, "errors", dataset, "--json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, l := range lines {
		var f failure
		if err := json.Unmarshal([]byte(l), &f); err != nil || f.File == "" || f.Code == "" || f.Message == "" || f.Advice == "" {
			t.Errorf("%s: %v", l, err)
		}
	}
	if len(lines) != 4 {
		t.Errorf("%d lines", len(lines))
	}
}

// TestAdvice has a word for every error code, and for no other.
func TestAdvice(t *testing.T) {
	known := advice()
	for _, err := range []error{document.ErrUnsupported, document.ErrNotFound, document.ErrTooLarge, document.ErrEncrypted,
		document.ErrMalformed, document.ErrNoText, document.ErrTimeLimit, document.ErrMemoryLimit, document.ErrCrashed} {
		code := document.Code(err)
		if !strings.HasSuffix(known[code], ".") {
			t.Errorf("%s: %q", code, known[code])
		}
		delete(known, code)
	}
	if len(known) > 0 {
		t.Errorf("unknown codes: %v", known)
	}
}
