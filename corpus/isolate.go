package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"yusuan/extract/document"
)

// A worker is replaced after so many documents, or when it keeps more than
// this share of the memory that a document may use: what leaks is given back.
const (
	recycleAfter = 1000
	recycleShare = 2
)

// A process that something outside ended (an operator, a system short of
// memory) says nothing about its document, which is tried again this often
// before it is taken for the reason. Workers that end before they greet are
// started again this often.
const (
	outsideKills = 5
	startTries   = 20
)

// isolated reads documents in a worker process, one at a time, and keeps their
// limits from outside. It is used by one goroutine.
type isolated struct {
	command []string
	p       *process // nil before the first document and after a death
}

// process is a worker that runs.
type process struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	said *said
	// documents is how many it was given.
	documents int
}

// ending tells why a process gave no answer.
type ending struct {
	// limit is the limit that it was ended for, nil if it ended by itself.
	limit error
	// outside tells that a signal from outside ended it.
	outside bool
	// why is for people.
	why string
}

// read lets the worker read a document. A worker that ends over a document is
// replaced. The document is blamed only when that was its first: what others
// left behind, in memory above all, is not its doing, so it is asked again
// alone.
func (r *isolated) read(f *File, lim document.Limits) (*answer, error) {
	lim = lim.WithDefaults()
	if f.Err != nil {
		return failed(f, lim, f.Err), nil
	}
	outside := 0
	for {
		if err := r.start(); err != nil {
			return nil, err
		}
		fresh := r.p.documents == 0
		begin := time.Now()
		p, end := r.p.ask(&request{File: *f, Limits: lim}, lim)
		switch {
		case end == nil && p.Failed != "":
			return nil, errors.New(p.Failed)
		case end == nil:
			return &p.Answer, r.recycle(p.Memory, lim)
		}
		r.p = nil
		slog.Debug("a worker ended", "uri", f.URI, "why", end.why, "fresh", fresh)
		if end.outside {
			if outside++; outside < outsideKills {
				continue
			}
			end.limit = document.ErrMemoryLimit
			end.why = fmt.Sprintf("the process that read it was killed %d times from outside, as a system short of memory does", outside)
		} else if !fresh && !errors.Is(end.limit, document.ErrTimeLimit) {
			continue
		}
		a := failed(f, lim, end.err(lim))
		a.Meta.Elapsed = time.Since(begin)
		a.Meta.Extract = a.Meta.Elapsed // as far as one knows
		return a, nil
	}
}

// err is the error of the document; its text is the same however often it is
// read.
func (e *ending) err(lim document.Limits) error {
	switch {
	case errors.Is(e.limit, document.ErrTimeLimit):
		return fmt.Errorf("reading took longer than %v: %w", lim.Time, document.ErrTimeLimit)
	case e.limit != nil && e.why != "":
		return fmt.Errorf("%s: %w", e.why, e.limit)
	case e.limit != nil:
		return fmt.Errorf("reading took more than %d MiB; try yusuan retry with a larger --max-memory: %w", lim.Memory>>20, e.limit)
	}
	return fmt.Errorf("the process that read it ended, which is a mistake of the program: %s: %w", e.why, document.ErrCrashed)
}

// recycle ends a worker that has done its share.
func (r *isolated) recycle(memory int64, lim document.Limits) error {
	if r.p.documents < recycleAfter && memory < lim.Memory/recycleShare {
		return nil
	}
	return r.close()
}

// close ends the worker.
func (r *isolated) close() error {
	if r.p != nil {
		r.p.end()
		r.p = nil
	}
	return nil
}

// start makes sure that there is a worker that has greeted.
func (r *isolated) start() error {
	var err error
	for range startTries {
		if r.p != nil {
			return nil
		}
		if r.p, err = startProcess(r.command); err != nil && !errors.Is(err, io.EOF) {
			break
		}
	}
	if r.p != nil {
		return nil
	}
	return fmt.Errorf("the worker %q does not start; --in-process does without: %w", strings.Join(r.command, " "), err)
}

// helloTime is how long a worker may take to start, vocabularies and all, on a
// busy machine; one that is stopped would be waited for without end.
const helloTime = time.Minute

func startProcess(command []string) (*process, error) {
	p := &process{cmd: exec.Command(command[0], command[1:]...), said: &said{to: os.Stderr}}
	p.cmd.Stderr = p.said
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.in, p.out = in, bufio.NewReaderSize(out, 64<<10)
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	late := time.AfterFunc(helloTime, func() { _ = p.cmd.Process.Kill() })
	hello, err := receiveFrame(p.out)
	if !late.Stop() && err != nil {
		err = fmt.Errorf("it said nothing for %v: %w", helloTime, io.EOF)
	}
	if err == nil && string(hello) != greeting() {
		err = errors.New("it is another build of the program than the run")
	}
	if err != nil {
		p.end()
		return nil, err
	}
	return p, nil
}

// end ends the process and waits for it.
func (p *process) end() {
	_ = p.in.Close()
	_ = p.cmd.Process.Kill() // it may have ended by itself
	_ = p.cmd.Wait()         // what it says was looked at before
}

// grace is what a worker gets beyond a document's time to notice by itself
// that it is over.
func grace(limit time.Duration) time.Duration { return limit/10 + time.Second/2 }

// ask sends a request and waits for the reply, or for the process to end, which
// it makes it do when a limit is reached.
func (p *process) ask(q *request, lim document.Limits) (*reply, *ending) {
	p.documents++
	done := make(chan struct{})
	var limit error
	var watch sync.WaitGroup
	watch.Go(func() { limit = p.watch(done, lim) })
	var a reply
	err := send(p.in, q)
	if err == nil {
		err = receive(p.out, &a)
	}
	close(done)
	watch.Wait()
	if err == nil {
		return &a, nil
	}
	_ = p.in.Close()
	if errors.Is(err, errGarbage) {
		_ = p.cmd.Process.Kill()
	}
	_ = p.cmd.Wait()
	return nil, p.ending(err, limit)
}

// watch kills the process when it reaches a limit, and returns which.
func (p *process) watch(done <-chan struct{}, lim document.Limits) error {
	late := time.NewTimer(lim.Time + grace(lim.Time))
	defer late.Stop()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return nil
		case <-late.C:
			_ = p.cmd.Process.Kill()
			return document.ErrTimeLimit
		case <-tick.C:
			if used, ok := residentBytes(p.cmd.Process.Pid); ok && used > lim.Memory {
				_ = p.cmd.Process.Kill()
				return document.ErrMemoryLimit
			}
		}
	}
}

// ending finds out why a process ended.
func (p *process) ending(err, limit error) *ending {
	state := p.cmd.ProcessState
	e := &ending{limit: limit}
	fatal := p.said.fatal()
	switch {
	case limit != nil:
	case errors.Is(err, errGarbage):
		e.why = err.Error()
	case state.ExitCode() == exitMemory, strings.HasPrefix(fatal, "fatal error: runtime: ") && strings.Contains(fatal, "memory"):
		e.limit = document.ErrMemoryLimit
	case killed(state):
		e.outside, e.why = true, state.String()
	default:
		e.why = state.String()
		if fatal != "" {
			e.why += ", " + fatal
		}
	}
	return e
}

// said takes what a worker prints to standard error: its log is handed on, and
// the line that tells why it dies is kept; stacks are left out.
type said struct {
	to io.Writer

	mu   sync.Mutex
	rest []byte
	line string
}

// maxLine bounds what is kept of a line without an end.
const maxLine = 64 << 10

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(b)
	s.rest = append(s.rest, b...)
	for {
		line, rest, ok := bytes.Cut(s.rest, []byte("\n"))
		if !ok {
			break
		}
		s.take(string(line))
		s.rest = rest
	}
	if len(s.rest) > maxLine {
		s.rest = nil
	}
	return n, nil
}

func (s *said) take(line string) {
	switch {
	case strings.HasPrefix(line, "time="): // the log's lines begin so
		fmt.Fprintln(s.to, line)
	case s.line == "" && (strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "panic: ")):
		s.line = line
	}
}

// fatal is the line that tells why the process died, "" if there was none.
func (s *said) fatal() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line
}
