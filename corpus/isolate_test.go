package corpus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"yusuan/corpus/synth"
	"yusuan/extract/document"
)

// What this test binary does in place of tests when one of its own tests
// starts it.
const (
	asWorker = "yusuan-test-worker"
	asRun    = "yusuan-test-run"
)

func TestMain(m *testing.M) {
	switch {
	case len(os.Args) == 2 && os.Args[1] == asWorker:
		out := os.Stdout
		os.Stdout = os.Stderr
		if err := work(os.Stdin, out, func(data []byte) { fault(data, out) }); err != nil {
			os.Exit(1)
		}
	case len(os.Args) == 4 && os.Args[1] == asRun:
		s := Settings{Workers: 2, Worker: testWorker(), LockWait: time.Minute, step: killAfter(os.Getenv(killStep))}
		if _, err := Run(context.Background(), []string{os.Args[2]}, os.Args[3], s); err != nil {
			slog.Error("the run failed", "error", err)
			os.Exit(1)
		}
	default:
		os.Exit(m.Run())
	}
}

func testWorker() []string { return []string{os.Args[0], asWorker} }

// faultPrefix begins the documents that make a worker misbehave; the rest of
// their first line says how.
const faultPrefix = "FAULT "

// fault is a reader that does what no reader should.
func fault(data []byte, out *os.File) {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	how, ok := bytes.CutPrefix(line, []byte(faultPrefix))
	if !ok {
		return
	}
	switch string(how) {
	case "hang":
		for {
			runtime.Gosched()
		}
	case "sleep":
		time.Sleep(time.Hour)
	case "memory":
		var kept [][]byte
		for {
			b := make([]byte, 1<<20)
			for i := range b {
				b[i] = 1
			}
			if kept = append(kept, b); len(kept) > 1<<20 {
				fmt.Println(len(kept[0]))
			}
		}
	case "stack":
		fmt.Println(endless(1))
	case "exit":
		os.Exit(0)
	case "panic":
		panic("a mistake")
	case "nil":
		var d *document.Document
		fmt.Println(d.Source.Name)
	case "garbage":
		_, _ = out.WriteString("this is no frame at all")
	case "kill":
		p, _ := os.FindProcess(os.Getpid())
		_ = p.Kill()
		select {}
	}
}

func endless(n int) int {
	if n < 0 {
		return n
	}
	return endless(n+1) + n
}

// faults are the codes that the faults must end in.
func faults() map[string]string {
	return map[string]string{
		"hang": "time_limit", "sleep": "time_limit", "memory": "memory_limit", "stack": "crashed",
		"exit": "crashed", "panic": "crashed", "nil": "crashed", "garbage": "crashed", "kill": "memory_limit",
	}
}

// TestFaults runs over documents that make workers hang, grow, crash and talk
// nonsense, between good ones: each has its code, no other is lost, and a
// second run reads none again and changes nothing.
func TestFaults(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 12, synth.FormatDocx)
	for how := range faults() {
		if err := os.WriteFile(filepath.Join(in, "fault-"+how+".txt"), []byte(faultPrefix+how+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	codes := map[string]string{}
	s := Settings{Workers: 2, Worker: testWorker(), Done: func(o Outcome) {
		if o.Err != nil {
			codes[o.URI] = o.Code
		}
	}}
	// A busy machine fills a memory slowly; the endless loop costs all of the time.
	s.Limits.Time, s.Limits.Memory = 6*time.Second, 300<<20
	sum := mustRun(t, out, s, in)
	for how, want := range faults() {
		if got := codes["fault-"+how+".txt"]; got != want {
			t.Errorf("%s: %q, want %q", how, got, want)
		}
	}
	if sum.OK != 12 || sum.Failed != len(faults()) || len(codes) != len(faults()) {
		t.Errorf("%+v of %v", sum, codes)
	}
	want := hashes(t, out)
	if sum := mustRun(t, out, s, in); sum.Reused != sum.Documents {
		t.Errorf("%d of %d were read again", sum.Documents-sum.Reused, sum.Documents)
	}
	other := filepath.Join(t.TempDir(), "d")
	s.Workers = 1
	mustRun(t, other, s, in)
	if !maps.Equal(want, hashes(t, other)) {
		t.Error("one worker wrote another dataset than two")
	}
	// A file that is mended is read, whatever stood there before.
	for how := range faults() {
		if err := os.WriteFile(filepath.Join(in, "fault-"+how+".txt"), []byte("2020年预算收入100万元。"+how), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if sum := mustRun(t, out, s, in); sum.Failed != 0 || sum.Reused != 12 {
		t.Errorf("mended: %+v", sum)
	}
}

// TestSameIsolated writes the same dataset in this process, in 1, 2 and 4
// worker processes, and in shards; the order of the inputs says nothing.
func TestSameIsolated(t *testing.T) {
	a, b, out := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, a, 12, synth.FormatDocx, synth.FormatText)
	if err := synth.Write(b, synth.Settings{Seed: 5}, 12, []string{synth.FormatDoc, synth.FormatGB18030}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b, "broken.docx"), []byte("PK\x03\x04 no more"), 0o644); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(b, "gone.txt")
	plain := filepath.Join(out, "plain")
	mustRun(t, plain, Settings{Workers: 1, Buckets: 2}, a, b, missing)
	want := hashes(t, plain)
	for _, workers := range []int{1, 2, 4} {
		dir := filepath.Join(out, fmt.Sprint("isolated-", workers))
		sum := mustRun(t, dir, Settings{Workers: workers, Buckets: 2, Worker: testWorker()}, missing, b, a)
		if !maps.Equal(want, hashes(t, dir)) {
			t.Errorf("%d processes wrote another dataset (%+v)", workers, sum)
		}
	}
	shards := filepath.Join(out, "shards")
	for i := 1; i <= 3; i++ {
		s := Settings{Workers: 1, Shard: Shard{I: i, N: 3}}
		if i == 2 {
			s.Worker = testWorker()
		}
		if i == 3 {
			if _, err := Commit(context.Background(), shards, Settings{}); err == nil || !strings.Contains(err.Error(), "run all shards") {
				t.Errorf("a commit before all shards: %v", err)
			}
		}
		if sum := mustRun(t, shards, s, a, b, missing); sum.Documents == 0 || sum.Documents > 20 {
			t.Errorf("shard %d has %d documents", i, sum.Documents)
		}
	}
	if _, err := os.Stat(shards); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a shard touched the dataset: %v", err)
	}
	sum, err := Commit(context.Background(), shards, Settings{Buckets: 2})
	if err != nil || sum.Documents != sum.Reused || sum.Failed != 2 {
		t.Fatalf("%+v, %v", sum, err)
	}
	if !maps.Equal(want, hashes(t, shards)) {
		t.Error("shards make another dataset")
	}
}

// TestWorkerDiesAlone replaces a worker that ended between two documents.
func TestWorkerDiesAlone(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "2020年预算收入100万元。", "b.txt": "2020年预算收入200万元。"})
	files, _, err := Discover([]string{in})
	if err != nil {
		t.Fatal(err)
	}
	if files, err = Hash(context.Background(), files, 1); err != nil {
		t.Fatal(err)
	}
	r := &isolated{command: testWorker()}
	defer r.close()
	for i := range files {
		a, err := r.read(&files[i], document.Limits{})
		if err != nil || a.Meta.Status != StatusOK {
			t.Fatalf("%+v, %v", a, err)
		}
		if err := r.p.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNoWorker ends a run whose workers cannot be started, at once.
func TestNoWorker(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "2020年预算收入100万元。"})
	for _, command := range [][]string{{filepath.Join(in, "nowhere")}, {"true"}, {"echo", "hello, hello"}} {
		_, err := Run(context.Background(), []string{in}, filepath.Join(t.TempDir(), "d"), Settings{Worker: command})
		if err == nil || !strings.Contains(err.Error(), "does not start") {
			t.Errorf("%q: %v", command, err)
		}
	}
}

// TestOrphan ends workers whose run is gone, even in the middle of a document.
func TestOrphan(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": faultPrefix + "hang\n"})
	files, _, _ := Discover([]string{in})
	files, err := Hash(context.Background(), files, 1)
	if err != nil {
		t.Fatal(err)
	}
	p, err := startProcess(testWorker())
	if err != nil {
		t.Fatal(err)
	}
	if err := send(p.in, &request{File: files[0]}); err != nil {
		t.Fatal(err)
	}
	if err := p.in.Close(); err != nil { // what the end of the run does
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the worker ended with %v", err)
	}
}

// TestKilledRuns kills runs in the middle, and the workers of some before; the
// last run is left alone, and its dataset is that of a run that nothing
// happened to.
func TestKilledRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	killRuns(t, 24, 5, 0)
}

// killRuns runs over so many documents, killing so many times, each up to so
// much later than it could.
func killRuns(t *testing.T, documents, kills int, later time.Duration) {
	random := rand.New(rand.NewPCG(6, 6))
	in, out := t.TempDir(), t.TempDir()
	write(t, in, documents, synth.FormatDocx, synth.FormatDoc, synth.FormatText)
	plain, killed := filepath.Join(out, "plain"), filepath.Join(out, "killed")
	mustRun(t, plain, Settings{Workers: 2}, in)
	for i := range kills {
		cmd := exec.Command(os.Args[0], asRun, in, killed)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Each gets a little further than the one before it, every other one
		// without its workers on the way.
		grow := func(by int64) {
			before := resultBytes(killed + ".results")
			for waits := 0; waits < 1000 && resultBytes(killed+".results") < before+by; waits++ {
				time.Sleep(time.Millisecond)
			}
		}
		grow(1)
		if i%2 == 1 {
			for _, pid := range children(cmd.Process.Pid) {
				if p, err := os.FindProcess(pid); err == nil {
					_ = p.Kill()
				}
			}
			grow(int64(i) << 12)
		}
		time.Sleep(time.Duration(random.Int64N(int64(later) + 1)))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	sum := mustRun(t, killed, Settings{Workers: 2, Worker: testWorker()}, in)
	if sum.OK != documents || sum.Reused == 0 {
		t.Errorf("%+v", sum)
	}
	if !maps.Equal(hashes(t, plain), hashes(t, killed)) {
		t.Error("the kills left another dataset")
	}
	t.Logf("%d of %d documents came from runs that were killed", sum.Reused, documents)
}

// resultBytes is the size of all segments of a store.
func resultBytes(dir string) int64 {
	entries, _ := os.ReadDir(dir)
	total := int64(0)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasSuffix(e.Name(), segmentSuffix) {
			total += info.Size()
		}
	}
	return total
}

// children are the processes that a process started, where the system tells.
func children(pid int) []int {
	var out []int
	names, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		var child, parent int
		var state string
		_, rest, _ := bytes.Cut(data, []byte(") "))
		_, _ = fmt.Sscan(string(data), &child)
		if n, _ := fmt.Sscan(string(rest), &state, &parent); n == 2 && parent == pid {
			out = append(out, child)
		}
	}
	return out
}

// TestCrashLarge is TestKilledRuns in large, for make crash.
func TestCrashLarge(t *testing.T) {
	if os.Getenv("YUSUAN_CRASH") == "" {
		t.Skip("set YUSUAN_CRASH, or use make crash")
	}
	killRuns(t, 400, 20, 250*time.Millisecond)
}
