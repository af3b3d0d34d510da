package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"yusuan/corpus"
	"yusuan/extract/document"
)

// TestProgress tells how far a run is at times that the test names.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	p := newProgress(&out, 4)
	at := func(seconds int) time.Time { return p.begin.Add(time.Duration(seconds) * time.Second) }
	p.tell(at(30))
	p.document(&corpus.Outcome{URI: "a"})
	p.tell(at(60))
	p.document(&corpus.Outcome{URI: "b", Err: document.ErrNoText, Code: "no_text"})
	p.document(&corpus.Outcome{URI: "c"})
	p.tell(at(90))
	p.document(&corpus.Outcome{URI: "d"})
	p.tell(at(120))
	p.finish()
	want := "0 of 4 documents, 0 failed\n" +
		"1 of 4 documents, 0 failed, 0.0167 documents/s, about 3m0s left\n" +
		"failed: no text [no_text]\n" +
		"3 of 4 documents, 1 failed, 0.0333 documents/s, about 30s left\n" +
		"4 of 4 documents, 1 failed, committing\n"
	if out.String() != want {
		t.Errorf("told\n%swant\n%s", out.String(), want)
	}
}

// TestSlowest keeps ten, in whatever order they come.
func TestSlowest(t *testing.T) {
	var s slowest
	for i := range 30 {
		n := i * 7 % 30
		s.add(corpus.Outcome{URI: fmt.Sprint(n), Elapsed: time.Duration(n/2) * time.Second})
	}
	var b strings.Builder
	s.write(&b)
	want := "slowest documents\n   14.00s  28\n   14.00s  29\n   13.00s  26\n   13.00s  27\n   12.00s  24\n   12.00s  25\n" +
		"   11.00s  22\n   11.00s  23\n   10.00s  20\n   10.00s  21\n"
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
	if j := s.json(); len(j) != slowestKept || j[0]["uri"] != "28" || j[0]["seconds"] != 14.0 {
		t.Errorf("%v", j)
	}
}

// TestSlowestNamed is part of a run's summary.
func TestSlowestNamed(t *testing.T) {
	code, out, errs := command(t, "run", brokenSamples, "-o", t.TempDir())
	if code != exitSomeFailed || strings.Count(errs, "failed: ") != 4 || !strings.Contains(out, "failed documents by error code\n") || !strings.Contains(out, "slowest documents\n") {
		t.Errorf("exit %d\n%s%s", code, errs, out)
	}
}
