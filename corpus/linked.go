package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"yusuan/export"
)

// NoteLinked tells the plan of a dataset that it was linked just now, so that a
// manifest that is lost later is regained with links and decisions. WorkDir of
// the settings must be that of the runs; a dataset without a plan is left alone.
func NoteLinked(dir string, s Settings) error {
	results := s.resultsDir(dir)
	if _, err := os.Stat(filepath.Join(results, ledgerName)); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	m, err := export.ReadManifest(dir)
	if err != nil {
		return err
	}
	hash := manifestHash(dir)
	_, err = updateLedger(results, func(l *ledger) error {
		if l.Manifest == hash && l.Last != nil && len(l.Stats) == len(l.Last.Files) {
			l.Last, l.Stats = m, statsAfter(dir, m, l)
		}
		return nil
	})
	return err
}

// statsAfter are the stats of the files of a manifest: those of the plan for
// files that it knows, and new ones for the others.
func statsAfter(dir string, m *export.Manifest, l *ledger) []Stat {
	before := map[export.File]Stat{}
	for i, f := range l.Last.Files {
		before[f] = l.Stats[i]
	}
	out := make([]Stat, len(m.Files))
	for i, f := range m.Files {
		var known bool
		if out[i], known = before[f]; !known {
			out[i] = statOf(filepath.Join(dir, filepath.FromSlash(f.Path)))
		}
	}
	return out
}
