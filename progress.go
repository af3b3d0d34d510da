package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"yusuan/corpus"
)

// progressEvery is how often a line tells of a run where no terminal shows a
// bar.
const progressEvery = 30 * time.Second

// progress tells a person how far a run is: with a bar on a terminal, with a
// line now and then elsewhere. It may be used by several goroutines.
type progress struct {
	out   io.Writer
	bar   *progressbar.ProgressBar // nil where there is no terminal
	begin time.Time
	stop  chan struct{}
	ended sync.WaitGroup

	mu                  sync.Mutex
	total, done, failed int
}

// newProgress begins to tell of a number of documents.
func newProgress(out io.Writer, documents int) *progress {
	p := &progress{out: out, begin: time.Now(), total: documents, stop: make(chan struct{})}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions(documents, progressbar.OptionSetWriter(f), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("documents"), progressbar.OptionSetPredictTime(true),
			progressbar.OptionClearOnFinish())
		return p
	}
	p.ended.Go(func() {
		t := time.NewTicker(progressEvery)
		defer t.Stop()
		for {
			select {
			case now := <-t.C:
				p.tell(now)
			case <-p.stop:
				return
			}
		}
	})
	return p
}

// finish takes the bar away and tells no more.
func (p *progress) finish() {
	close(p.stop)
	p.ended.Wait()
	if p.bar != nil {
		_ = p.bar.Finish() // what a terminal cannot show is no error of the run
	}
}

// document counts a document, and tells of it if it failed.
func (p *progress) document(o *corpus.Outcome) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if o.Err != nil {
		p.failed++
		if p.bar != nil {
			_ = p.bar.Clear()
			p.bar.Describe(fmt.Sprintf("%d failed", p.failed))
		}
		fmt.Fprintf(p.out, "failed: %s [%s]\n", shownError(o.Err), o.Code)
	}
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

// tell prints a line. How long the rest takes is judged by all so far.
func (p *progress) tell(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := fmt.Sprintf("%d of %d documents, %d failed", p.done, p.total, p.failed)
	switch passed := now.Sub(p.begin); {
	case p.done == p.total:
		line += ", committing"
	case p.done > 0 && passed > 0:
		left := time.Duration(float64(passed) / float64(p.done) * float64(p.total-p.done))
		line += fmt.Sprintf(", %.3g documents/s, about %v left", float64(p.done)/passed.Seconds(), left.Round(time.Second))
	}
	fmt.Fprintln(p.out, line)
}

// slowestKept is how many of the slowest documents a run names.
const slowestKept = 10

// slowest are the documents that took longest, those first. How long they took
// is told and nowhere stored: the dataset would not be the same twice.
type slowest []corpus.Outcome

// add takes a document in if it is one of the slowest.
func (s *slowest) add(o corpus.Outcome) {
	order := func(a, b corpus.Outcome) int {
		return cmp.Or(-cmp.Compare(a.Elapsed, b.Elapsed), cmp.Compare(a.URI, b.URI))
	}
	i, _ := slices.BinarySearchFunc(*s, o, order)
	if i == slowestKept {
		return
	}
	*s = slices.Insert(*s, i, o)
	*s = (*s)[:min(len(*s), slowestKept)]
}

// write prints them for a person.
func (s slowest) write(b *strings.Builder) {
	if len(s) == 0 {
		return
	}
	fmt.Fprintln(b, "slowest documents")
	for _, o := range s {
		fmt.Fprintf(b, "%8.2fs  %s\n", o.Elapsed.Seconds(), shown(o.URI))
	}
}

// json is the list for an event.
func (s slowest) json() []map[string]any {
	out := []map[string]any{}
	for _, o := range s {
		out = append(out, map[string]any{"uri": o.URI, "seconds": o.Elapsed.Seconds()})
	}
	return out
}
