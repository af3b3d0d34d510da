package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"yusuan/corpus/link"
	"yusuan/export"
)

// Link links a dataset and tells the plan of its runs. A commit of others is
// waited for (Settings.LockWait), as in [Commit]; of the settings, the pipeline,
// the waiting and WorkDir matter.
func Link(ctx context.Context, dir string, decisions []export.Decision, s Settings) (*link.Summary, error) {
	var sum *link.Summary
	err := s.await(ctx, func() (err error) {
		sum, err = link.Run(ctx, dir, link.Settings{Pipeline: s.Pipeline, Decisions: decisions})
		return err
	})
	if errors.Is(err, export.ErrLocked) {
		return nil, fmt.Errorf("%w; the links stay as they are: the same command makes them", err)
	}
	if err != nil {
		return nil, err
	}
	if err := noteLinked(dir, s); err != nil {
		return nil, fmt.Errorf("the dataset is linked, the plan of its runs does not know it: %w", err)
	}
	return sum, nil
}

// noteLinked tells the plan of a dataset that it was linked just now, so that a
// manifest that is lost later is regained with links and decisions. WorkDir of
// the settings must be that of the runs; a dataset without a plan is left alone.
func noteLinked(dir string, s Settings) error {
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
