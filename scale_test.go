package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// scaleCorpus are real documents, read too when they are there.
const scaleCorpus = "../shared/corpus"

// sampleEvery is how often the memory of a run is looked at. The system goes
// through all pages of a process for it.
const sampleEvery = 200 * time.Millisecond

// scale measures the program, built anew, in a folder of its own.
type scale struct {
	t       *testing.T
	dir     string
	program string
}

// measured is a command that has run.
type measured struct {
	seconds float64
	// memory is the largest sum of the proportional memory (PSS: what processes
	// share counts once) of all its processes, in MiB.
	memory float64
	// sum is its last event.
	sum map[string]any
}

// number is one of the summary.
func (m *measured) number(name string) float64 {
	n, _ := m.sum[name].(float64)
	return n
}

// spent is one of the times of the summary, in seconds.
func (m *measured) spent(name string) float64 {
	seconds, _ := m.sum["seconds"].(map[string]any)
	n, _ := seconds[name].(float64)
	return n
}

// TestScale measures runs over many documents, a tenth of them, the same again
// and with ten more, and makes sure that no file is lost and that nothing but
// the documents decides what comes out. make scale runs it.
func TestScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("YUSUAN_SCALE"))
	if err != nil || n < 10 {
		t.Skip("set YUSUAN_SCALE to a number of documents, or use make scale")
	}
	dir, err := filepath.Abs("out/scale")
	if err == nil {
		err = os.RemoveAll(dir)
	}
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	s := &scale{t, dir, filepath.Join(dir, "yusuan")}
	if out, err := exec.Command("go", "build", "-tags", "ne", "-o", s.program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s.generate("tenth/generated", n/10, 7)
	s.generate("all", n, 7)
	s.generate("ten", 10, 99)
	corpus := s.path("tenth/corpus")
	if err := os.CopyFS(corpus, os.DirFS(scaleCorpus)); err != nil {
		t.Logf("without %s: %v", scaleCorpus, err)
	}
	inputs := []string{s.path("all")}
	if _, err := os.Stat(corpus); err == nil {
		inputs = append(inputs, corpus)
	}
	tenth := s.read("tenth", s.path("tenth"))
	all := s.read("all", inputs...)
	t.Logf("memory: %.0f MiB for a tenth, %.0f for all, ratio %.2f", tenth.memory, all.memory, all.memory/tenth.memory)
	s.further(inputs)
	s.same(tenth)
}

func (s *scale) path(name string) string { return filepath.Join(s.dir, name) }

func (s *scale) generate(name string, documents int, seed int) {
	s.t.Helper()
	s.run("", "synth", "-o", s.path(name), "--documents", fmt.Sprint(documents), "--seed", fmt.Sprint(seed), "--format", "docx,text,doc,pdf")
}

// into is where a run writes.
func (s *scale) into(name string) []string { return []string{"-o", s.path("out-" + name), "--json"} }

// read runs over inputs and tells of it; every file must be accounted for.
func (s *scale) read(name string, inputs ...string) *measured {
	s.t.Helper()
	m := s.run("", slices.Concat([]string{"run"}, inputs, s.into(name))...)
	files := 0
	for _, in := range inputs {
		files += s.files(in)
	}
	documents, duplicates := m.number("documents"), m.number("duplicates")
	s.t.Logf("%s: %d files are %.0f documents and %.0f duplicates; ok %.0f, partial %.0f, failed %.0f %v", name, files, documents, duplicates,
		m.number("ok"), m.number("partial"), m.number("failed"), m.sum["errors"])
	if float64(files) != documents+duplicates || documents != m.number("ok")+m.number("partial")+m.number("failed") {
		s.t.Errorf("%s: not every file is accounted for", name)
	}
	read := m.spent("extract") + m.spent("normalize")
	s.t.Logf("%s: %.1f s, %.0f documents/s, at most %.0f MiB", name, m.seconds, documents/m.seconds, m.memory)
	s.t.Logf("%s: hashing %.1f s; extract %.1f s (%.0f %% of reading), normalize %.1f s, of all workers; commit %.1f s (%.0f %% of the clock)", name,
		m.spent("hash"), m.spent("extract"), 100*m.spent("extract")/read, m.spent("normalize"), m.spent("commit"), 100*m.spent("commit")/m.seconds)
	return m
}

// files counts the files below a folder that are no hidden ones.
func (s *scale) files(dir string) int {
	n := 0
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			n++
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// further runs again, with nothing new and with ten documents more, with one
// part a year and with sixteen.
func (s *scale) further(inputs []string) {
	again := s.run("", slices.Concat([]string{"run"}, inputs, s.into("all"))...)
	if again.number("reused") != again.number("documents") {
		s.t.Errorf("again: %.0f of %.0f were not read again", again.number("reused"), again.number("documents"))
	}
	s.t.Logf("again with nothing new: %.1f s", again.seconds)
	more := append(slices.Clone(inputs), s.path("ten"))
	results := s.path("out-all.results")
	for buckets, flags := range map[int][]string{1: nil, 16: {"--buckets", "16", "--work-dir", results}} {
		name := "all"
		if buckets > 1 {
			name = "buckets"
			s.run("", slices.Concat([]string{"run"}, inputs, s.into(name), flags)...)
		}
		m := s.run("", slices.Concat([]string{"run"}, more, s.into(name), flags)...)
		if m.number("documents") != again.number("documents")+10 {
			s.t.Errorf("with ten more there are %.0f documents", m.number("documents"))
		}
		s.t.Logf("with 10 documents more, %d buckets: %.1f s, of them commit %.1f s", buckets, m.seconds, m.spent("commit"))
	}
}

// same reads the tenth in other ways, which must not be seen in the dataset.
func (s *scale) same(tenth *measured) {
	in := s.path("tenth")
	want := s.manifest("tenth")
	hold := func(name string) {
		if !bytes.Equal(want, s.manifest(name)) {
			s.t.Errorf("%s: another dataset", name)
			return
		}
		s.t.Logf("%s: the same manifest", name)
	}
	took := map[string]float64{}
	for name, flags := range map[string][]string{"in-process": {"--in-process"}, "workers": nil,
		"workers-1": {"--workers", "1"}, "workers-2": {"--workers", "2"}, "workers-4": {"--workers", "4"}} {
		took[name] = s.run("", slices.Concat([]string{"run", in}, s.into(name), flags)...).seconds
		hold(name)
	}
	s.t.Logf("a tenth in this process %.1f s, in workers %.1f s", took["in-process"], took["workers"])
	for i := 1; i <= 3; i++ {
		s.run("", slices.Concat([]string{"run", in}, s.into("shards"), []string{"--shard", fmt.Sprintf("%d/3", i)})...)
	}
	if m := s.run("", "commit", s.path("out-shards"), "--json"); m.number("documents") != tenth.number("documents") {
		s.t.Errorf("shards have %.0f documents", m.number("documents"))
	}
	hold("shards")
	var list []string
	err := filepath.WalkDir(in, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			rel, _ := filepath.Rel(in, name)
			list = append(list, rel)
		}
		return err
	})
	if err == nil {
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		err = os.WriteFile(s.path("list"), []byte(strings.Join(list, "\n")), 0o644)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.run(in, slices.Concat([]string{"run", "--files-from", s.path("list")}, s.into("shuffled"))...)
	hold("shuffled")
}

func (s *scale) manifest(name string) []byte {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.path("out-"+name), "manifest.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	return data
}

// run runs the program in a folder and measures it. That documents fail is no
// failure of it.
func (s *scale) run(dir string, args ...string) *measured {
	s.t.Helper()
	cmd := exec.Command(s.program, args...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	stop, peak := make(chan struct{}), make(chan float64)
	go func() { peak <- peakMemory(cmd.Process.Pid, stop) }()
	_ = cmd.Wait() // the exit code tells
	m := &measured{seconds: time.Since(begin).Seconds()}
	close(stop)
	m.memory = <-peak
	if code := cmd.ProcessState.ExitCode(); code != exitOK && code != exitSomeFailed {
		s.t.Fatalf("yusuan %q: exit %d\n%s", args, code, errs.String())
	}
	if out.Len() > 0 {
		m.sum = lastEvent(s.t, out.String())
	}
	return m
}

// peakMemory samples the memory of a process and of those below it until it is
// told to stop, and returns the most, in MiB. It is 0 where there is no /proc.
func peakMemory(pid int, stop <-chan struct{}) float64 {
	peak := 0
	for {
		select {
		case <-stop:
			return float64(peak) / (1 << 10)
		case <-time.After(sampleEvery):
		}
		sum := 0
		for p := range descendants(pid) {
			sum += proportionalKiB(p)
		}
		peak = max(peak, sum)
	}
}

// descendants are a process and all below it.
func descendants(pid int) map[int]bool {
	parent := map[int]int{}
	names, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		var of int
		var state string
		child, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		_, rest, _ := bytes.Cut(data, []byte(") "))
		if n, _ := fmt.Sscan(string(rest), &state, &of); n == 2 {
			parent[child] = of
		}
	}
	out := map[int]bool{pid: true}
	for more := true; more; {
		more = false
		for child := range maps.Keys(parent) {
			if out[parent[child]] && !out[child] {
				out[child], more = true, true
			}
		}
	}
	return out
}

// proportionalKiB is the PSS of a process.
func proportionalKiB(pid int) int {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	return 0
}
