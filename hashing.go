package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"golang.org/x/term"

	"yusuan/corpus"
)

// hashingEvery is how often hashing is told of where no terminal shows it;
// what is over before then is not told of.
const hashingEvery = 10 * time.Second

// hashing tells a person how far the hashing of the inputs is, which comes
// before any document is read: on a terminal in a line that is written over,
// elsewhere with a line now and then.
type hashing struct {
	out      io.Writer
	terminal bool
	last     time.Time
	// shown tells that the terminal shows a line.
	shown bool
}

// clearLine goes to the beginning of a terminal's line and makes it empty.
const clearLine = "\r\x1b[K"

// newHashing begins to tell to out.
func newHashing(out io.Writer) *hashing {
	f, ok := out.(*os.File)
	return &hashing{out: out, terminal: ok && term.IsTerminal(int(f.Fd())), last: time.Now()}
}

// tell tells how far it is.
func (h *hashing) tell(p corpus.Hashing) { h.tellAt(p, time.Now()) }

func (h *hashing) tellAt(p corpus.Hashing, now time.Time) {
	line := fmt.Sprintf("hashing %s of %s files, %s MB read", thousands(p.Files), thousands(p.Found), thousands(int(p.Bytes/1e6)))
	switch {
	case h.terminal && p.Files == p.Found:
		h.shown = true
		h.clear()
	case h.terminal:
		h.shown = true
		fmt.Fprint(h.out, clearLine+line)
	case now.Sub(h.last) >= hashingEvery:
		h.last = now
		fmt.Fprintln(h.out, line)
	}
}

// clear leaves the line on the terminal to what follows.
func (h *hashing) clear() {
	if h.shown {
		fmt.Fprint(h.out, clearLine)
	}
	h.shown = false
}

// hashed returns what a run calls while it hashes: it tells of it, by events
// with JSON.
func (r *reporter) hashed() func(corpus.Hashing) {
	if !r.json {
		r.hashing = newHashing(r.err)
		return r.hashing.tell
	}
	last := time.Now()
	return func(p corpus.Hashing) {
		if now := time.Now(); now.Sub(last) >= hashingEvery || p.Files == p.Found {
			last = now
			r.event(map[string]any{"event": "hashed", "files": p.Files, "found": p.Found, "bytes": p.Bytes})
		}
	}
}

// thousands writes a number as people read it: 1,234,567.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
