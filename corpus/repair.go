package corpus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"yusuan/export"
)

// repairer tells a commit what damaged parts of the dataset had, from the plan
// and the results of earlier runs.
type repairer struct {
	batch *batch
	ctx   context.Context
	// before identifies the dataset before the commit, noted the one that the
	// plan is of; last and stats are what it knows of its files.
	before, noted string
	last          *export.Manifest
	stats         []Stat
	// known caches whether the plan is that of the dataset as it is, once it is
	// locked.
	known func() bool
	// stamps say what the dataset has of documents after the commit; those of
	// restored ones are added.
	stamps map[shortHash]shortHash
	// seen are what the file system said of the dataset's files before they
	// were looked at.
	seen map[string]Stat
}

var _ export.Repairer = (*repairer)(nil)

// repairer is the repairer of a commit, beside what the dataset has of the
// documents, by their stamps. The plan itself is let go: it is large, and seldom
// asked for again.
func (b *batch) repairer(ctx context.Context) (*repairer, map[shortHash]shortHash, error) {
	l, err := readLedger(b.results.dir)
	if err != nil {
		return nil, nil, err
	}
	r := &repairer{
		batch: b, ctx: ctx, before: b.manifest(l.Manifest), noted: l.Manifest, last: l.Last, stats: l.Stats,
		stamps: map[shortHash]shortHash{}, seen: map[string]Stat{},
	}
	// Ending an interrupted commit may change the manifest before the first
	// question is asked.
	r.known = sync.OnceValue(func() bool {
		return r.before != "" && r.noted == r.before && b.manifest(r.noted) == r.before
	})
	committed := map[shortHash]shortHash{}
	if r.before != "" && r.noted == r.before {
		for i := range l.Documents {
			if p := &l.Documents[i]; p.Committed != "" {
				committed[shorten(p.File.SHA256)] = shorten(p.Committed)
			}
		}
	}
	return r, committed, nil
}

// Unchanged tells whether the file system says of a file what it said when the
// file was known to be right. Where it says nothing that can be relied on, the
// file passes: its size is all that a commit looks at there.
func (r *repairer) Unchanged(f export.File) bool {
	now := statOf(filepath.Join(r.batch.dir, filepath.FromSlash(f.Path)))
	now.Settled = now.Changed > 0 && time.Since(time.Unix(0, now.Changed)) > settleTime
	r.seen[f.Path] = now
	if now.Changed == 0 {
		return true
	}
	if !r.known() || r.last == nil || len(r.stats) != len(r.last.Files) {
		return false
	}
	i, ok := slices.BinarySearchFunc(r.last.Files, f.Path, func(f export.File, path string) int { return strings.Compare(f.Path, path) })
	return ok && r.last.Files[i] == f && r.stats[i] == now
}

// statsOf lists what is known of the files of a dataset that was committed. Of
// one that was written just now nothing can be relied on: it may have been
// changed since.
func (r *repairer) statsOf(m *export.Manifest) []Stat {
	out := make([]Stat, len(m.Files))
	for i, f := range m.Files {
		out[i] = statOf(filepath.Join(r.batch.dir, filepath.FromSlash(f.Path)))
		if before := r.seen[f.Path]; before.Settled {
			before.Settled = false
			if before == out[i] {
				out[i].Settled = true
			}
		}
	}
	return out
}

// LastManifest is what the last commit left; see ledger.
func (r *repairer) LastManifest() *export.Manifest { return r.last }

// Known lists the documents that were committed.
func (r *repairer) Known() []string {
	if !r.known() {
		return nil
	}
	l, err := readLedger(r.batch.results.dir)
	if err != nil {
		return nil // was read a moment ago
	}
	var out []string
	for i := range l.Documents {
		if p := &l.Documents[i]; p.Committed != "" {
			out = append(out, p.File.SHA256[:idDigits])
		}
	}
	return out
}

// maxNamed is how many documents an error names; the rest is counted.
const maxNamed = 20

// Restore gives documents from their results, and reads those again that have
// none.
func (r *repairer) Restore(lost []export.Document) ([]export.Entry, error) {
	b := r.batch
	ledger, err := readLedger(b.results.dir)
	if err != nil {
		return nil, err
	}
	at := map[string]*planned{}
	for i := range ledger.Documents {
		at[ledger.Documents[i].File.SHA256[:idDigits]] = &ledger.Documents[i]
	}
	var files, unread []File
	var gone []string
	for _, l := range lost {
		p := at[l.ID]
		if p == nil {
			gone = append(gone, strings.TrimSpace(l.URI+" "+l.ID)+" (in no input)")
			continue
		}
		f := p.file()
		if b.answer(&f, f.key(b.settings.version())) == nil {
			unread = append(unread, f)
			continue
		}
		files = append(files, f)
	}
	again, lacking, err := r.reread(unread)
	if err != nil {
		return nil, err
	}
	if gone = append(gone, lacking...); len(gone) > 0 {
		named := strings.Join(gone[:min(len(gone), maxNamed)], ", ")
		if more := len(gone) - maxNamed; more > 0 {
			named += fmt.Sprintf(" and %d more", more)
		}
		return nil, fmt.Errorf("%d of %d documents have no result: %s", len(gone), len(lost), named)
	}
	return r.entries(append(files, again...))
}

// entries are the documents for the commit.
func (r *repairer) entries(files []File) ([]export.Entry, error) {
	b := r.batch
	list, err := newFileList(files)
	if err != nil {
		return nil, err
	}
	out := make([]export.Entry, 0, len(files))
	for i := range files {
		f := &files[i]
		key := f.key(b.settings.version())
		a := b.answer(f, key)
		if a == nil {
			return nil, fmt.Errorf("the result of %s is gone from %s", f.URI, b.results.dir)
		}
		r.stamps[shorten(f.SHA256)] = shorten(f.stamp(key, a))
		out = append(out, b.entry(list, i, f, &a.Meta))
	}
	return out, nil
}

// reread reads documents without a result, and names those that cannot be: a
// file that is gone, or has other content by now, says nothing of them.
func (r *repairer) reread(unread []File) (read []File, gone []string, err error) {
	b := r.batch
	for _, f := range unread {
		switch err := f.still(r.ctx); {
		case r.ctx.Err() != nil:
			return nil, nil, interrupted(r.ctx, r.ctx.Err(), b.sum)
		case errors.Is(err, errOther):
			gone = append(gone, f.URI+" (has other content by now)")
		case err != nil:
			gone = append(gone, fmt.Sprintf("%s (%v)", f.URI, err))
		default:
			read = append(read, f)
		}
	}
	if len(gone) > 0 || len(read) == 0 {
		return nil, gone, nil
	}
	list, err := newFileList(read)
	if err != nil {
		return nil, nil, err
	}
	b.quiet, b.again = true, false
	err = b.read(r.ctx, list)
	if r.ctx.Err() != nil {
		return nil, nil, interrupted(r.ctx, r.ctx.Err(), b.sum)
	}
	for i := range read {
		if b.results.get(read[i].key(b.settings.version())) == nil {
			gone = append(gone, read[i].URI+" (it went away while it was read)")
		}
	}
	return read, gone, err
}

// Repaired takes note of a file that was written anew.
func (r *repairer) Repaired(p export.Problem) {
	r.batch.sum.Repaired = append(r.batch.sum.Repaired, p)
}

// manifest identifies the dataset; one whose manifest is lost and is to be
// rebuilt is the one that the last commit left.
func (b *batch) manifest(noted string) string {
	if b.settings.Rebuild {
		s := b.settings.export()
		s.Rebuild = false
		if _, err := os.Stat(b.dir); err == nil && errors.Is(export.Check(b.dir, s), export.ErrDamaged) {
			return noted
		}
	}
	return manifestHash(b.dir)
}
