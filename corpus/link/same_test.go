package link_test

import (
	"path/filepath"
	"testing"

	"yusuan/corpus/synth"
	"yusuan/export"
)

// TestSameDocumentsSameLinks commits the same documents at once and in two
// turns, into one part a year and into four: what is linked from nothing is the
// same, byte for byte.
func TestSameDocumentsSameLinks(t *testing.T) {
	const n = 140
	var want [2]export.File
	for _, c := range []struct{ buckets, turns int }{{1, 1}, {4, 1}, {3, 2}} {
		dir := filepath.Join(t.TempDir(), "dataset")
		truth := map[string]string{}
		entries := synthEntries(synth.New(synth.Settings{Seed: 9, Years: 7, FirstYear: 2016, History: true}), n, truth)
		for turn := range c.turns {
			part := entries[turn*n/c.turns : (turn+1)*n/c.turns]
			if _, err := export.Commit(dir, part, export.Settings{Pipeline: "test", Buckets: c.buckets}); err != nil {
				t.Fatal(err)
			}
		}
		mustLink(t, dir)
		m, err := export.ReadManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		var got [2]export.File
		for _, f := range m.Files {
			switch f.Path {
			case "entities/part-00000.parquet":
				got[0] = f
			case "links/part-00000.parquet":
				got[1] = f
			}
		}
		if want[0].Path == "" {
			want = got
		}
		if got != want || got[1].Rows < n {
			t.Errorf("%+v: %v, not %v", c, got, want)
		}
	}
}
