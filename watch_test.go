package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// ender ends a context as soon as something is written that says a word.
type ender struct {
	mu     sync.Mutex
	out    bytes.Buffer
	word   string
	cancel context.CancelFunc
}

func (e *ender) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if strings.Contains(string(p), e.word) {
		e.cancel()
	}
	return e.out.Write(p)
}

// TestWatchCommand watches a folder until the first commit.
func TestWatchCommand(t *testing.T) {
	in, dataset := t.TempDir(), filepath.Join(t.TempDir(), "dataset")
	if err := os.CopyFS(in, os.DirFS(goodSamples)); err != nil {
		t.Fatal(err)
	}
	for _, asJSON := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		args, out := []string{"watch", in, "-o", dataset, "--look", "1ms", "--every", "1ms"}, &ender{word: "committed", cancel: cancel}
		if asJSON {
			args, out.word = append(args, "--json"), `"event":"summary"`
		}
		var errs bytes.Buffer
		if code := run(ctx, args, out, &errs); code != exitOK || errs.Len() > 0 {
			t.Errorf("exit %d, said %q", code, errs.String())
		}
		if text := out.out.String(); !asJSON && text != dataset+": committed 9 documents: 9 ok, 0 partial, 0 failed\n" {
			t.Errorf("printed %q", text)
		}
		if text := out.out.String(); asJSON && !strings.Contains(text, `"left_out":[]`) {
			t.Errorf("nothing was left out, and it printed %s", text)
		}
		cancel()
	}
	for says, args := range map[string][]string{"-o": {"watch", in}, "greater than 0": {"watch", in, "-o", dataset, "--every", "0s"}, "no folder": {"watch", in + "x", "-o", dataset}} {
		if code, _, errs := command(t, args...); code == exitOK || !strings.Contains(errs, says) {
			t.Errorf("%q: exit %d, said %q", args, code, errs)
		}
	}
}
