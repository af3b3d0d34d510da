package export

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestMergeBatches writes a part of more documents than a batch has, with more
// rows than it may hold, at once and in steps that replace some: the bytes are
// the same.
func TestMergeBatches(t *testing.T) {
	const documents = 2*batchSteps + 7
	var all, even, changed []Entry
	for i := range documents {
		cells := 3
		if i%90 == 0 {
			cells = batchRows
		}
		e := entry(invent(t, i, 2020, cells))
		all = append(all, e)
		switch {
		case i%2 == 0:
			even = append(even, e)
		case i%5 == 0:
			changed = append(changed, entry(invent(t, i, 2020, 1)))
		}
	}
	once, steps := t.TempDir(), t.TempDir()
	mustCommit(t, once, all, Settings{})
	mustCommit(t, steps, slices.Concat(even, changed), Settings{})
	odd := slices.DeleteFunc(slices.Clone(all), func(e Entry) bool {
		return slices.ContainsFunc(even, func(o Entry) bool { return o.DocumentID == e.DocumentID })
	})
	mustCommit(t, steps, odd, Settings{})
	same(t, snapshot(t, once), snapshot(t, steps))
}

// TestMergeStops fails over a document in the middle of a part: none after it
// is loaded, and the dataset stays.
func TestMergeStops(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 2), Settings{})
	want := snapshot(t, dir)
	var entries []Entry
	for i := range 20 {
		entries = append(entries, entry(invent(t, 50+i, 2020, batchRows/4)))
	}
	slices.SortFunc(entries, func(a, b Entry) int { return compare(a.RegionCode, a.DocumentID, b.RegionCode, b.DocumentID) })
	broken, after := errors.New("broken"), 0
	entries[10].Load = func() (*Result, error) { return nil, broken }
	for i := 11; i < len(entries); i++ {
		load := entries[i].Load
		entries[i].Load = func() (*Result, error) {
			after++
			return load()
		}
	}
	_, err := Commit(dir, entries, Settings{})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), entries[10].DocumentID) || after > 0 {
		t.Errorf("got %v, %d were loaded after it", err, after)
	}
	same(t, want, snapshot(t, dir))
}
