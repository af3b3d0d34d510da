package corpus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yusuan/extract/document"
)

// hashedFiles are files that settled a while ago, with a hasher that keeps what
// it has in a folder.
func hashedFiles(t *testing.T, n int) (files []File, h *hasher) {
	t.Helper()
	names := map[string]string{}
	for i := range n {
		names[fmt.Sprintf("%02d.txt", i)] = fmt.Sprint("第", i)
	}
	files, _, err := Discover([]string{tree(t, names)})
	if err != nil {
		t.Fatal(err)
	}
	new(ledger).recall(files, nil, time.Now().Add(time.Minute))
	if !files[0].Stat.Settled {
		t.Skip("this system does not tell whether a file changed")
	}
	return files, &hasher{workers: 1, log: newHashLog(t.TempDir())}
}

// TestHashInterrupted keeps what was hashed when the context ends: the next
// time the rest is read, and nothing else.
func TestHashInterrupted(t *testing.T) {
	const n, until = 12, 5
	files, h := hashedFiles(t, n)
	ctx, cancel := context.WithCancel(t.Context())
	for i := range until {
		h.file(ctx, &files[i])
	}
	cancel()
	_, err := h.hash(ctx, slices.Clone(files))
	var stopped *Interrupted
	if !errors.As(err, &stopped) || !errors.Is(err, context.Canceled) || stopped.Files != n || stopped.Hashed < until || stopped.Anew {
		t.Fatalf("%#v", err)
	}
	logged, err := h.log.read2()
	if err != nil || len(logged) != until {
		t.Fatalf("%d are kept, want %d (%v)", len(logged), until, err)
	}
	for i := range files {
		files[i].SHA256, files[i].Bytes = "", 0
	}
	new(ledger).recall(files, logged, time.Now().Add(time.Minute))
	known := 0
	for _, f := range files {
		if f.SHA256 != "" {
			known++
		}
	}
	again := &hasher{workers: 1}
	got, err := again.hash(t.Context(), files)
	if err != nil || known != until || len(got) != n || again.bytes.Load() != totalBytes(got)-totalBytes(got[:until]) {
		t.Errorf("%d were known, %d bytes were read, %v", known, again.bytes.Load(), err)
	}
}

// read2 is read without the length.
func (l *hashLog) read2() ([]hashed, error) {
	out, _, err := l.read()
	return out, err
}

func totalBytes(files []File) (sum int64) {
	for _, f := range files {
		sum += f.Bytes
	}
	return sum
}

// TestHashLog reads what several runs appended, up to a frame that one of them
// left unfinished, and goes on behind that.
func TestHashLog(t *testing.T) {
	l := newHashLog(t.TempDir())
	file := func(name string) []hashed {
		return []hashed{{Path: name, URI: name, SHA256: strings.Repeat("a", 64), Bytes: 3, Stat: Stat{Changed: 1, Settled: true}}}
	}
	if got, err := l.mend(); err != nil || len(got) != 0 {
		t.Errorf("without a log: %v, %v", got, err)
	}
	for _, name := range []string{"a", "b", "c"} {
		if err := l.add(file(name)); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(l.name)
	if err != nil {
		t.Fatal(err)
	}
	frame := len(whole) / 3
	for n := range whole {
		if err := os.WriteFile(l.name, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := l.mend()
		if err != nil || len(got) != n/frame {
			t.Fatalf("cut at %d: %d files, %v", n, len(got), err)
		}
		if err := l.add(file("d")); err != nil {
			t.Fatal(err)
		}
		if got, err := l.read2(); err != nil || len(got) != n/frame+1 || got[len(got)-1] != file("d")[0] {
			t.Fatalf("after a cut at %d: %v, %v", n, got, err)
		}
	}
	whole[len(whole)-1] ^= 1
	if err := os.WriteFile(l.name, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := l.read2(); err != nil || len(got) != 2 {
		t.Errorf("with a wrong byte: %v, %v", got, err)
	}
}

// TestHashStopsWithin ends in the middle of a file that is larger than any
// limit, as it does when nothing ends it only at its end; and tells how far it
// is meanwhile.
func TestHashStopsWithin(t *testing.T) {
	in := t.TempDir()
	const size = 64 << 30 // a hole: nothing of it is on the disk
	name := filepath.Join(in, "huge.txt")
	if err := errors.Join(os.WriteFile(name, nil, 0o644), os.Truncate(name, size)); err != nil {
		t.Skipf("no file with a hole can be made: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last Hashing
	s := Settings{Hashed: func(p Hashing) {
		if last = p; p.Bytes > 0 {
			cancel()
		}
	}}
	out := filepath.Join(t.TempDir(), "d")
	_, err := Run(ctx, []string{in}, out, s)
	var stopped *Interrupted
	if !errors.As(err, &stopped) || stopped.Hashed != 0 || stopped.Files != 1 || last.Files != 0 || last.Bytes == 0 || last.Bytes >= size {
		t.Errorf("%v, at last %+v", err, last)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("an interrupted run left a dataset")
	}
	s.Hashed = func(p Hashing) {
		if p.Bytes > 0 {
			cancel()
		}
	}
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	if _, err := Plan(ctx, []string{in}, out, s); !errors.As(err, &stopped) || !stopped.Anew {
		t.Errorf("plan: %v", err)
	}
}

// TestStopReader reads nothing more once the context has ended.
func TestStopReader(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var bytes atomic.Int64
	r := &stopReader{ctx, strings.NewReader("abcdef"), &bytes}
	b := make([]byte, 2)
	if n, err := r.Read(b); n != 2 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	cancel()
	if n, err := r.Read(b); n != 0 || !errors.Is(err, context.Canceled) || bytes.Load() != 2 {
		t.Errorf("%d, %v, %d bytes", n, err, bytes.Load())
	}
}

// TestHashedTold tells of the beginning and of the end, and keeps no log once
// the plan has the hashes.
func TestHashedTold(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": "2020年预算收入100万元。", "b.txt": "2020年预算收入200万元。"})
	out := filepath.Join(t.TempDir(), "d")
	var told []Hashing
	mustRun(t, out, Settings{Hashed: func(p Hashing) { told = append(told, p) }}, in)
	if len(told) < 2 || told[0] != (Hashing{Found: 2}) || told[len(told)-1] != (Hashing{Files: 2, Found: 2, Bytes: 2 * int64(len("2020年预算收入100万元。"))}) {
		t.Errorf("told %+v", told)
	}
	if _, err := os.Stat(filepath.Join(out+".results", hashLogName)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log of hashes is left: %v", err)
	}
}

// TestTooLargeToRead names a file by the hash of all of it, whatever the limit,
// and does not read it into memory.
func TestTooLargeToRead(t *testing.T) {
	in := tree(t, map[string]string{"large.txt": strings.Repeat("长", 1000)})
	var got Outcome
	s := Settings{Done: func(o Outcome) { got = o }}
	s.Limits.FileBytes = 1000
	mustRun(t, filepath.Join(t.TempDir(), "d"), s, in)
	files, _, err := Discover([]string{in})
	if err != nil {
		t.Fatal(err)
	}
	sum, size, err := files[0].hash(t.Context(), new(atomic.Int64))
	if err != nil || size != 3000 || got.ID != sum[:32] || !errors.Is(got.Err, document.ErrTooLarge) {
		t.Errorf("%+v, hash %s of %d bytes, %v", got, sum, size, err)
	}
}
