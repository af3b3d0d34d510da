package corpus

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"yusuan/corpus/synth"
	"yusuan/export"
)

// killStep is the step of publishing after which a run of a test kills itself.
const killStep = "YUSUAN_TEST_KILL_STEP"

// killAfter makes what kills this process, as kill -9 does, after a step.
func killAfter(step string) func(string) {
	n, err := strconv.Atoi(step)
	if err != nil {
		return nil
	}
	return func(string) {
		if n--; n == 0 {
			p, _ := os.FindProcess(os.Getpid())
			_ = p.Kill()
			select {}
		}
	}
}

// runApart starts a run in another process.
func runApart(t *testing.T, in, out string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], asRun, in, out)
	cmd.Env, cmd.Stderr = append(os.Environ(), env...), os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd
}

// clean fails unless a dataset verifies.
func clean(t *testing.T, dir string) {
	t.Helper()
	if v, err := export.Verify(t.Context(), dir); err != nil || len(v.Problems) > 0 {
		t.Errorf("%s: %v, %+v", dir, err, v)
	}
}

// TestWaitForCommit meets the commit of another: a run that may not wait fails
// and keeps what it read; one that may tells whom it waits for, can be ended
// meanwhile, and goes on when the other has ended.
func TestWaitForCommit(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 3, synth.FormatText)
	other, err := export.Take(out, export.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for _, wait := range []time.Duration{0, time.Nanosecond} {
		_, err = Run(t.Context(), []string{in}, out, Settings{LockWait: wait})
		for _, want := range []string{fmt.Sprintf("process %d on ", os.Getpid()), "all 3 documents is kept in " + out + ".results", "the same command, or yusuan commit " + out} {
			if !errors.Is(err, export.ErrLocked) || !strings.Contains(err.Error(), want) {
				t.Errorf("wait of %v: %v does not say %q", wait, err, want)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	s := Settings{LockWait: time.Hour, Waiting: func(*export.LockedError) { cancel() }}
	_, err = Run(ctx, []string{in}, out, s)
	var stopped *Interrupted
	if !errors.As(err, &stopped) || stopped.Done != 3 || stopped.Documents != 3 || stopped.Summary.Reused != 3 || !strings.Contains(err.Error(), "yusuan commit") {
		t.Errorf("ended while it waited: %v", err)
	}
	told := 0
	s.Waiting = func(held *export.LockedError) {
		told++
		if held.PID != os.Getpid() || held.Host == "" || held.Since == "" {
			t.Errorf("waits for %+v", held)
		}
		time.AfterFunc(3*waitEvery, func() {
			if err := other.Release(); err != nil {
				t.Error(err)
			}
		})
	}
	sum := mustRun(t, out, s, in)
	if told != 1 || sum.OK != 3 || sum.Reused != 3 {
		t.Errorf("told %d times, %+v", told, sum)
	}
	clean(t, out)
}

// TestCommitMeanwhile has another version commit the same documents while a run
// waits: what the run thought that the dataset had is looked at again.
func TestCommitMeanwhile(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 3, synth.FormatText)
	mustRun(t, out, Settings{Pipeline: "one"}, in)
	want := hashes(t, out)
	other, err := export.Take(out, export.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	mustRun(t, out, Settings{Pipeline: "one", LockWait: time.Hour, Waiting: func(*export.LockedError) {
		if err := other.Release(); err != nil {
			t.Error(err)
		}
		mustRun(t, out, Settings{Pipeline: "two"}, in)
	}}, in)
	if !maps.Equal(want, hashes(t, out)) {
		t.Error("rows of the other version stayed")
	}
}

// TestGcWaits lets gc come while another process is at work with the results:
// it may not begin, and what the other has read is there afterwards.
func TestGcWaits(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	write(t, in, 4, synth.FormatText)
	put(t, in, "zz.txt", faultPrefix+"sleep\n")
	run := runApart(t, in, out)
	for waits := 0; resultBytes(out+".results") < 4<<10 && waits < 10000; waits++ {
		time.Sleep(time.Millisecond)
	}
	before := resultBytes(out + ".results")
	if before == 0 {
		t.Fatal("the run reads nothing")
	}
	_, err := Gc(t.Context(), out, Settings{})
	if !errors.Is(err, export.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprintf("process %d on ", run.Process.Pid)) {
		t.Errorf("gc beside a run: %v", err)
	}
	swept, err := Gc(t.Context(), out, Settings{LockWait: time.Hour, Waiting: func(held *export.LockedError) {
		if held.PID != run.Process.Pid {
			t.Errorf("gc waits for %+v", held)
		}
		_ = run.Process.Kill()
		_ = run.Wait()
	}})
	if err != nil || swept.Before < before || swept.Results == 0 {
		t.Fatalf("%+v, %v", swept, err)
	}
	put(t, in, "zz.txt", disclosureText("甲局", "2020"))
	if sum := mustRun(t, out, Settings{}, in); sum.Reused != swept.Results || sum.OK != 5 {
		t.Errorf("gc kept %d results, the run found %+v", swept.Results, sum)
	}
}

// TestRunWaitsForGc lets runs come while results are removed.
func TestRunWaitsForGc(t *testing.T) {
	in, out := tree(t, map[string]string{"a.txt": disclosureText("甲局", "2020")}), filepath.Join(t.TempDir(), "d")
	s := new(Settings)
	gc, err := s.claim(t.Context(), out, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, shard := range []Shard{{}, {1, 1}} {
		if _, err := Run(t.Context(), []string{in}, out, Settings{Shard: shard}); !errors.Is(err, export.ErrLocked) || !strings.Contains(err.Error(), "gc") {
			t.Errorf("a run beside gc: %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var stopped *Interrupted
	if _, err := Run(ctx, []string{in}, out, Settings{LockWait: time.Hour, Waiting: func(*export.LockedError) { cancel() }}); !errors.As(err, &stopped) || stopped.Documents != 0 {
		t.Errorf("ended while it waited for gc: %v", err)
	}
	sum := mustRun(t, out, Settings{LockWait: time.Hour, Waiting: func(*export.LockedError) {
		if err := gc.release(); err != nil {
			t.Error(err)
		}
	}}, in)
	if sum.OK != 1 {
		t.Errorf("%+v", sum)
	}
}

// TestKilledPublishing kills a run in the middle of publishing, at steps all
// over it; another run completes what was decided.
func TestKilledPublishing(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	write(t, first, 4, synth.FormatText)
	if err := synth.Write(second, synth.Settings{Seed: 9}, 6, []string{synth.FormatDocx}); err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(t.TempDir(), "d")
	mustRun(t, plain, Settings{}, first)
	steps := []string{}
	mustRun(t, plain, Settings{step: func(name string) { steps = append(steps, name) }}, second)
	want := hashes(t, plain)
	kills := []int{1, 2, len(steps) / 2}
	for i, name := range steps { // and at each of the last, which are the commit itself
		if !strings.Contains(name, "/") {
			kills = append(kills, i+1)
		}
	}
	if len(kills) != 9 {
		t.Fatalf("steps %q", steps)
	}
	for _, kill := range kills {
		out := filepath.Join(t.TempDir(), "d")
		mustRun(t, out, Settings{}, first)
		cmd := runApart(t, second, out, killStep+"="+fmt.Sprint(kill))
		_ = cmd.Wait()
		if !killed(cmd.ProcessState) || maps.Equal(want, hashes(t, out)) {
			t.Errorf("the run was not killed at %s: %v", steps[kill-1], cmd.ProcessState)
		}
		sum := mustRun(t, out, Settings{Worker: testWorker()}, second)
		if sum.Reused != 6 || !maps.Equal(want, hashes(t, out)) {
			t.Errorf("killed after %s: another dataset, %+v", steps[kill-1], sum)
		}
		clean(t, out)
	}
}

// TestWatchBesideRun watches a folder while other processes run over others
// into the same dataset, which has the documents of all in the end.
func TestWatchBesideRun(t *testing.T) {
	all, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	folders := []string{}
	for i := range 4 {
		dir := filepath.Join(all, fmt.Sprint(i))
		if err := synth.Write(dir, synth.Settings{Seed: uint64(20 + i)}, 4, []string{synth.FormatText}); err != nil {
			t.Fatal(err)
		}
		folders = append(folders, dir)
	}
	plain := filepath.Join(t.TempDir(), "d")
	mustRun(t, plain, Settings{}, folders...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	committed, ended := make(chan *Summary, 100), make(chan error, 1)
	go func() {
		ended <- Watch(ctx, folders[:1], out, Settings{Worker: testWorker()}, WatchSettings{
			Look: time.Millisecond, Every: time.Millisecond, Committed: func(s *Summary) { committed <- s },
		})
	}()
	var runs []*exec.Cmd
	for _, dir := range folders[1:] {
		runs = append(runs, runApart(t, dir, out))
	}
	for _, cmd := range runs {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	for seen := 0; seen < 4; {
		select {
		case s := <-committed:
			seen += s.Documents
		case err := <-ended:
			t.Fatalf("watching ended: %v", err)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if !maps.Equal(hashes(t, plain), hashes(t, out)) {
		t.Error("the dataset is not that of one run over all")
	}
	clean(t, out)
	// The plan knows all of them, in whatever order they came.
	if l, err := readLedger(out + ".results"); err != nil || len(l.Documents) != 16 {
		t.Errorf("%v, %d documents are planned", err, len(l.Documents))
	}
}

// smallDisk mounts a disk of so many KiB in memory.
func smallDisk(t *testing.T, kib int) (dir string, remount func(options string)) {
	t.Helper()
	dir = t.TempDir()
	mount := func(args ...string) error {
		if text, err := exec.Command("mount", append(args, dir)...).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, text)
		}
		return nil
	}
	if err := mount("-t", "tmpfs", "-o", fmt.Sprintf("size=%dk", kib), "tmpfs"); err != nil {
		t.Skipf("skipped: a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if text, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, text)
		}
	})
	return dir, func(options string) {
		t.Helper()
		if err := mount("-o", "remount,"+options); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFullDisk fills the disk of the results, and that of the dataset: the old
// dataset stands, and with more space the same run completes.
func TestFullDisk(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	write(t, first, 3, synth.FormatText)
	if err := synth.Write(second, synth.Settings{Seed: 9}, 60, []string{synth.FormatDocx}); err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(t.TempDir(), "d")
	mustRun(t, plain, Settings{}, first)
	mustRun(t, plain, Settings{}, second)
	want := hashes(t, plain)
	for full, kib := range map[string]int{"results": 300, "dataset": 1000} {
		t.Run(full, func(t *testing.T) {
			disk, remount := smallDisk(t, kib)
			out, s := filepath.Join(t.TempDir(), "d"), Settings{Worker: testWorker(), Workers: 2}
			s.WorkDir = filepath.Join(disk, "r")
			if full == "dataset" {
				out, s.WorkDir = filepath.Join(disk, "d"), filepath.Join(t.TempDir(), "r")
			}
			mustRun(t, out, s, first)
			before := hashes(t, out)
			delete(before, "_SUCCESS")
			_, err := Run(t.Context(), []string{second}, out, s)
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("got %v", err)
			}
			after := hashes(t, out)
			delete(after, "_SUCCESS")
			if !maps.Equal(before, after) {
				t.Errorf("the dataset has %q now", slices.Sorted(maps.Keys(after)))
			}
			remount("size=50m")
			if sum := mustRun(t, out, s, second); sum.OK != 60 || sum.Reused == 0 || !maps.Equal(want, hashes(t, out)) {
				t.Errorf("another dataset, %+v", sum)
			}
			clean(t, out)
		})
	}
}
