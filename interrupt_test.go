package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	// asProgram makes the test binary the program.
	asProgram = "YUSUAN_TEST_PROGRAM"
	// holdName names a file: a worker does not get to see documents with a name
	// that begins with "hold" before it is there; meanwhile there is one of that
	// name with ".held" behind it.
	holdName = "YUSUAN_TEST_HOLD"
)

// holdInput stands between a worker and its run.
func holdInput(name string) {
	in := os.Stdin
	out, pipe, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	os.Stdin = out
	go func() {
		defer pipe.Close()
		b := make([]byte, 64<<10)
		for {
			n, err := in.Read(b)
			if bytes.Contains(b[:n], []byte("/hold")) {
				_ = os.WriteFile(name+".held", nil, 0o644)
				await(name)
			}
			if _, err2 := pipe.Write(b[:n]); err != nil || err2 != nil {
				return
			}
		}
	}()
}

// await waits for a file, and tells whether it came.
func await(name string) bool {
	for range 6000 {
		if _, err := os.Stat(name); err == nil {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}

// started is the program, run over a folder with one document that is held.
type started struct {
	t       *testing.T
	cmd     *exec.Cmd
	hold    string
	stdout  bytes.Buffer
	stderr  *bufio.Reader
	dataset string
	in      string
}

// start starts a run that has read four documents, one of which failed, and has
// one in hand; three come after it.
func start(t *testing.T, flags ...string) *started {
	t.Helper()
	s := &started{t: t, in: t.TempDir(), hold: filepath.Join(t.TempDir(), "go"), dataset: filepath.Join(t.TempDir(), "d")}
	for i, name := range []string{"a1", "a2", "a3", "hold", "z1", "z2", "z3"} {
		text := fmt.Sprintf("青山县第%d局\n2020年部门预算\n2020年预算收入%d万元。", i, i+1)
		put(t, filepath.Join(s.in, name+".txt"), text)
	}
	put(t, filepath.Join(s.in, "a0.txt"), "")
	s.cmd = exec.Command(os.Args[0], append([]string{"run", s.in, "-o", s.dataset, "--workers", "1"}, flags...)...)
	s.cmd.Env = append(os.Environ(), asProgram+"=1", holdName+"="+s.hold)
	s.cmd.Stdout = &s.stdout
	errs, err := s.cmd.StderrPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	s.stderr = bufio.NewReader(errs)
	t.Cleanup(func() {
		s.release() // a worker that is left behind ends
		_ = s.cmd.Process.Kill()
	})
	if !await(s.hold + ".held") {
		t.Fatal("the document was never held")
	}
	return s
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (s *started) release() { _ = os.WriteFile(s.hold, nil, 0o644) }

// signal sends a signal.
func (s *started) signal(sig os.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

// says reads what is said up to a line with a text.
func (s *started) says(text string) string {
	s.t.Helper()
	all := ""
	for {
		line, err := s.stderr.ReadString('\n')
		all += line
		if strings.Contains(line, text) {
			return all
		}
		if err != nil {
			s.t.Fatalf("said %q, never %q", all, text)
		}
	}
}

// end waits for the end and returns the exit code and what else is said.
func (s *started) end() (int, string) {
	rest, _ := io.ReadAll(s.stderr)
	_ = s.cmd.Wait() // the exit code tells
	return s.cmd.ProcessState.ExitCode(), string(rest)
}

// completes runs again, which must read nothing again that was read.
func (s *started) completes(reused float64) {
	s.t.Helper()
	code, out, errs := command(s.t, "run", s.in, "-o", s.dataset, "--json")
	sum := lastEvent(s.t, out)
	if code != exitSomeFailed || sum["event"] != "summary" || sum["documents"] != 8.0 || sum["ok"] != 7.0 || sum["reused"] != reused {
		s.t.Errorf("exit %d, %v\n%s", code, sum, errs)
	}
	plain := filepath.Join(s.t.TempDir(), "d")
	command(s.t, "run", s.in, "-o", plain, "--in-process")
	a, err := os.ReadFile(filepath.Join(plain, "manifest.json"))
	b, err2 := os.ReadFile(filepath.Join(s.dataset, "manifest.json"))
	if err != nil || err2 != nil || !bytes.Equal(a, b) {
		s.t.Errorf("the dataset is not that of an undisturbed run (%v, %v)", err, err2)
	}
}

// lastEvent is the last of a stream of events.
func lastEvent(t *testing.T, out string) map[string]any {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var e map[string]any
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &e); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	return e
}

const inHand = "ending after what is in hand"

// TestInterrupt asks a run for an orderly end: the document in hand is finished,
// and the run tells what it has and what is left.
func TestInterrupt(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		s := start(t)
		s.signal(sig)
		s.says(inHand)
		s.release()
		code, errs := s.end()
		if code != exitInterrupted || !strings.Contains(errs, "5 of 8 documents are read and kept, nothing was committed; the same command goes on from there") {
			t.Errorf("%v: exit %d, said %q", sig, code, errs)
		}
		out := s.stdout.String()
		for _, want := range []string{"        4  ok\n", "        1  failed\n", "        3  left, ", "        1  no_text\n", "slowest documents\n", "  hold.txt\n", "not committed: " + s.dataset} {
			if !strings.Contains(out, want) {
				t.Errorf("%v: the summary does not say %q:\n%s", sig, want, out)
			}
		}
		s.completes(5)
	}
}

// TestInterruptEvent does so with events.
func TestInterruptEvent(t *testing.T) {
	s := start(t, "--json")
	s.signal(syscall.SIGTERM)
	s.says(inHand)
	s.release()
	code, _ := s.end()
	e := lastEvent(t, s.stdout.String())
	errors, _ := e["errors"].(map[string]any)
	slowest, _ := e["slowest"].([]any)
	if code != exitInterrupted || e["event"] != "interrupted" || e["documents"] != 8.0 || e["done"] != 5.0 || e["left"] != 3.0 ||
		e["ok"] != 4.0 || e["failed"] != 1.0 || errors["no_text"] != 1.0 || len(slowest) != 5 {
		t.Errorf("exit %d, %v", code, e)
	}
	if _, err := os.Stat(s.dataset); err == nil {
		t.Error("something was committed")
	}
	s.completes(5)
}

// TestInterruptTwice stops at once, with a document in hand.
func TestInterruptTwice(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		s := start(t)
		s.signal(sig)
		s.says(inHand)
		s.signal(sig)
		if code, errs := s.end(); code != exitInterrupted || errs != "" || s.stdout.Len() > 0 {
			t.Errorf("%v: exit %d, said %q, printed %q", sig, code, errs, s.stdout.String())
		}
		s.release()
		s.completes(4)
	}
}
