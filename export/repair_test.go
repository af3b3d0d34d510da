package export

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// memory is a Repairer that remembers entries.
type memory struct {
	entries  []Entry
	last     *Manifest
	forgets  int // how many of the entries it does not give
	repaired []Problem
}

func (m *memory) Unchanged(File) bool     { return true }
func (m *memory) LastManifest() *Manifest { return m.last }
func (m *memory) Repaired(p Problem)      { m.repaired = append(m.repaired, p) }

func (m *memory) Known() []string {
	var out []string
	for _, e := range m.entries {
		out = append(out, e.DocumentID)
	}
	return out
}

func (m *memory) Restore(lost []Document) ([]Entry, error) {
	var out []Entry
	for _, e := range m.entries[m.forgets:] {
		if slices.ContainsFunc(lost, func(l Document) bool { return l.ID == e.DocumentID }) {
			out = append(out, e)
		}
	}
	return out, nil
}

func flip(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		file := filepath.Join(dir, filepath.FromSlash(name))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 1
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRepair writes damaged parts anew: one that is touched, though its files
// pass the cheap look; one whose documents cannot be read; and one that loses a
// document to another year meanwhile.
func TestRepair(t *testing.T) {
	all := inventAll(t, 4)
	more := invent(t, 9, 2020, 3)
	moved := *invent(t, 0, 2021, 0).Disclosure
	moved.Identity.FiscalYear = 1999
	change := []Entry{entry(more), entry(&Result{Disclosure: &moved, URI: "moved", Status: "ok"})}
	want := t.TempDir()
	mustCommit(t, want, all, Settings{})
	mustCommit(t, want, change, Settings{})
	for _, damaged := range [][]string{
		{"cells/fiscal_year=2020/part-00000.parquet"},
		{"documents/fiscal_year=2020/part-00000.parquet", "notes/fiscal_year=2020/part-00000.parquet"},
		{"documents/fiscal_year=2020/part-00000.parquet", "documents/fiscal_year=2021/part-00000.parquet"},
		{"documents/fiscal_year=" + unknownYear + "/part-00000.parquet", "tables/fiscal_year=2021/part-00000.parquet"},
	} {
		dir := t.TempDir()
		mustCommit(t, dir, all, Settings{})
		flip(t, dir, damaged...)
		if _, err := Commit(dir, change, Settings{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: without a Repairer: %v", damaged, err)
		}
		for _, m := range []*memory{{entries: all, forgets: len(all)}, {}} {
			if _, err := Commit(dir, change, Settings{Repair: m}); !errors.Is(err, ErrDamaged) || len(m.repaired) > 0 {
				t.Errorf("%s: not all can be restored, but %v", damaged, err)
			}
		}
		m := &memory{entries: all}
		if _, err := Commit(dir, change, Settings{Repair: m}); err != nil {
			t.Fatal(err)
		}
		same(t, snapshot(t, want), snapshot(t, dir))
	}
}

// TestRepairInterrupted ends a decided commit although a part that it keeps has
// been lost since, and repairs that.
func TestRepairInterrupted(t *testing.T) {
	all := inventAll(t, 3)
	more := []Entry{entry(invent(t, 9, 2020, 3))}
	want, dir := t.TempDir(), t.TempDir()
	mustCommit(t, want, all, Settings{})
	mustCommit(t, want, more, Settings{})
	mustCommit(t, dir, all, Settings{})
	d, err := openDataset(dir, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := d.plan(more, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.stage(jobs); err != nil {
		t.Fatal(err)
	}
	lost := filepath.Join(dir, "cells", "fiscal_year=2021", "part-00000.parquet")
	if err := os.Remove(lost); err != nil {
		t.Fatal(err)
	}
	m := &memory{entries: all}
	if _, err := Commit(dir, nil, Settings{Repair: m}); err != nil {
		t.Fatal(err)
	}
	if len(m.repaired) != 1 || m.repaired[0].Check != "missing" {
		t.Errorf("repaired %v", m.repaired)
	}
	same(t, snapshot(t, want), snapshot(t, dir))
}

// TestRepairManifest begins with the last manifest where there is none, and only
// then, and refuses one that does not fit.
func TestRepairManifest(t *testing.T) {
	all := inventAll(t, 3)
	want := t.TempDir()
	last := mustCommit(t, want, all, Settings{Buckets: 2})
	other := *last
	other.Schema = "0"
	short := *last
	short.Files = last.Files[1:]
	for _, m := range []*memory{{entries: all}, {entries: all, last: &other}, {entries: all, last: &short}, {entries: all, last: last}} {
		dir := t.TempDir()
		mustCommit(t, dir, all, Settings{Buckets: 2})
		flip(t, dir, "cells/fiscal_year=2020/part-00001.parquet")
		if err := os.Remove(filepath.Join(dir, manifestName)); err != nil {
			t.Fatal(err)
		}
		for _, s := range []Settings{{}, {Repair: m}, {Rebuild: true}} {
			if _, err := Commit(dir, nil, s); !errors.Is(err, ErrDamaged) {
				t.Errorf("%+v: %v", s, err)
			}
		}
		_, err := Commit(dir, nil, Settings{Repair: m, Rebuild: true})
		if m.last != last {
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "earlier runs") {
				t.Errorf("got %v", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(m.repaired) != 2 {
			t.Errorf("repaired %v", m.repaired)
		}
		same(t, snapshot(t, want), snapshot(t, dir))
	}
}
