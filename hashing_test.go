package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yusuan/corpus"
)

// TestHashing tells of hashing now and then where there is no terminal, and in
// one line where there is.
func TestHashing(t *testing.T) {
	var out strings.Builder
	h := newHashing(&out)
	begin := h.last
	steps := func() {
		for i, after := range []time.Duration{0, hashingEvery, hashingEvery + 1, 2 * hashingEvery} {
			h.tellAt(corpus.Hashing{Files: 1200 * i, Found: 20000, Bytes: 1_234_567_890}, begin.Add(after))
		}
	}
	steps()
	want := "hashing 1,200 of 20,000 files, 1,234 MB read\nhashing 3,600 of 20,000 files, 1,234 MB read\n"
	if out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
	out.Reset()
	h.terminal = true
	steps()
	h.tell(corpus.Hashing{Files: 20000, Found: 20000})
	h.clear()
	if got := out.String(); strings.Contains(got, "\n") || !strings.HasSuffix(got, "MB read"+clearLine) || strings.Count(got, clearLine) != 5 {
		t.Errorf("printed %q", got)
	}
}

// TestInterruption says what to do after an interruption, whatever was under
// way.
func TestInterruption(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("reading: %w", context.Canceled), "it did not come to its end, and no dataset was changed; run the same command again"},
		{&corpus.Interrupted{Hashed: 3, Files: 9, Err: context.Canceled}, "3 of 9 files are hashed and remembered, nothing was committed; the same command goes on from there"},
		{&corpus.Interrupted{Hashed: 3, Files: 9, Anew: true, Err: context.Canceled}, "3 of 9 files were hashed, nothing was written; the same command begins anew"},
		{&corpus.Interrupted{Done: 3, Documents: 9, Err: context.Canceled}, "3 of 9 documents are read and kept, nothing was committed; the same command goes on from there"},
	} {
		if got := interruption(c.err); got != c.want || !errors.Is(c.err, context.Canceled) {
			t.Errorf("%#v: %q, want %q", c.err, got, c.want)
		}
	}
}
