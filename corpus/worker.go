package corpus

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"syscall"
	"time"

	"yusuan/normalize"
)

// exitMemory is the exit code of a worker that finds that it uses more memory
// than its document may.
const exitMemory = 77

// maxStack ends a recursion that has no end before it looks like a want of
// memory: the runtime's own bound, 1 GiB, is also that of a document.
const maxStack = 64 << 20

// processors are what a worker uses at most: one for the document, which it
// reads alone, and one for the collector beside it.
const processors = 2

// collectAt lets the heap grow to three times what is in use before it is
// collected. Every worker has the vocabularies in its own heap, and going
// through them twice as often cost a tenth of the time; a worker is still
// smaller than the commit that follows.
const collectAt = 200

// watchEvery is how often the memory of a worker is looked at, from inside and
// from outside. Memory is filled with some gigabytes a second at most.
const watchEvery = 25 * time.Millisecond

// Work is the life of a worker process: it reads requests from in and writes
// replies to out until in ends, which is when the run that started it has
// ended, in whatever way; then it ends the process, even in the middle of a
// document. An error is returned if out cannot be written to.
//
// It changes the process: interrupts are left to the run, and what is printed
// to standard output goes to standard error.
func Work(in io.Reader, out io.Writer) error {
	os.Stdout = os.Stderr
	return work(in, out, nil)
}

func work(in io.Reader, out io.Writer, fault func([]byte)) error {
	// Ctrl-C on a terminal reaches all processes; the run decides.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	debug.SetMaxStack(maxStack)
	runtime.GOMAXPROCS(min(processors, runtime.GOMAXPROCS(0)))
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if err := sendFrame(out, []byte(greeting())); err != nil {
		return err
	}
	r := &inProcess{normalizer: normalize.New(), fault: fault}
	var limit atomic.Int64
	go watchMemory(&limit)
	requests := make(chan request)
	go func() {
		in := bufio.NewReader(in)
		for {
			var q request
			if err := receive(in, &q); err != nil {
				os.Exit(0) // nobody is left to tell
			}
			requests <- q
		}
	}()
	for q := range requests {
		lim := q.Limits.WithDefaults()
		limit.Store(lim.Memory)
		// The collector works harder as the limit comes near.
		debug.SetMemoryLimit(lim.Memory - lim.Memory/8)
		var p reply
		if a, err := r.read(&q.File, lim); err != nil {
			p.Failed = err.Error()
		} else {
			p.Answer = *a
		}
		p.Memory = memory()
		if err := send(out, &p); err != nil {
			return fmt.Errorf("answer the run: %w", err)
		}
	}
	return nil
}

// watchMemory ends the process when the runtime has taken more than the limit.
// It works on every system; where the run can see the process's memory it
// looks, too, and finds what the runtime does not know of.
func watchMemory(limit *atomic.Int64) {
	for range time.Tick(watchEvery) {
		if l := limit.Load(); l > 0 && memory() > l {
			os.Exit(exitMemory)
		}
	}
}

// memory is how much the runtime holds, in bytes.
func memory() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
