package corpus

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"yusuan/export"
)

// Commit brings the results of all documents that were planned for a dataset
// into it: what runs with a Shard left to do. Pipeline, Build and WorkDir of the
// settings must be theirs. A document without a result stays as the dataset has
// it; if it does not, a file that is gone gets a row that says so, one that
// changed since it was planned is named in Summary.LeftOut, and any other is an
// error: nothing is committed then.
func Commit(ctx context.Context, dir string, s Settings) (*Summary, error) {
	b, err := s.reopen(dir)
	if err != nil {
		return nil, err
	}
	var files []File
	var missing []string
	b.sum = newSummary(len(b.ledger.Documents), 0)
	known := b.ledger.Manifest != "" && b.ledger.Manifest == manifestHash(dir)
	for i := range b.ledger.Documents {
		p := &b.ledger.Documents[i]
		f := p.file()
		a := b.answer(&f, f.key(s.version()))
		if a == nil && known && p.Committed != "" {
			b.sum.Documents-- // of an earlier run or version; its rows stay
			continue
		}
		if a == nil {
			if a, err = b.withoutResult(ctx, &f); err != nil {
				return nil, err
			}
		}
		if a == nil {
			missing = append(missing, f.URI)
			continue
		}
		o := f.outcome(&a.Meta)
		o.Reused = true
		b.finish(o)
		b.sum.Duplicates += len(f.Also)
		files = append(files, f)
	}
	missing = slices.DeleteFunc(missing, func(uri string) bool { return slices.Contains(b.sum.LeftOut, uri) })
	if len(missing) > 0 {
		return nil, fmt.Errorf("%d of %d documents in %s have no result of this version; run all shards first (the first is %s)",
			len(missing), len(b.ledger.Documents), b.results.dir, missing[0])
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return b.sum, b.commit(ctx, files)
}

// withoutResult looks at a document that was planned and not read. One that is
// gone becomes a file that cannot be read, and one that has other content by
// now is left out; for any other there is no answer.
func (b *batch) withoutResult(ctx context.Context, f *File) (*answer, error) {
	now, err := Hash(ctx, []File{{Path: f.Path, URI: f.URI, Known: f.Known}}, 1)
	switch {
	case err != nil:
		return nil, err
	case now[0].Err != nil:
		*f = now[0]
		return b.answer(f, ""), nil
	case now[0].SHA256 != f.SHA256:
		b.sum.LeftOut = append(b.sum.LeftOut, f.URI)
		b.sum.Documents--
	}
	return nil, nil
}

// Retry reads the documents of a dataset that failed once more, with the limits
// of the settings, and commits what comes of it. A success stands for later
// runs, whatever their limits. Files that are gone, or have other content by
// now, are named in Summary.LeftOut and stay as they are.
func Retry(ctx context.Context, dir string, s Settings) (*Summary, error) {
	b, err := s.reopen(dir)
	if err != nil {
		return nil, err
	}
	b.again = true
	var files []File
	var leftOut []string
	for i := range b.ledger.Documents {
		p := &b.ledger.Documents[i]
		f := p.file()
		if a := b.answer(&f, f.key(s.version())); a != nil && a.Meta.Status != StatusFailed {
			continue
		}
		now, err := Hash(ctx, []File{{Path: f.Path, URI: f.URI, Known: f.Known}}, 1)
		switch {
		case err != nil:
			return nil, err
		case p.Unread != "" && now[0].Err == nil:
			f = now[0]
		case now[0].SHA256 != f.SHA256:
			leftOut = append(leftOut, f.URI)
			continue
		}
		files = append(files, f)
	}
	b.sum = newSummary(len(files), 0)
	b.sum.LeftOut = leftOut
	if len(files) == 0 {
		return b.sum, nil
	}
	if b.ledger, err = updateLedger(b.results.dir, func(l *ledger) error { return l.note(files) }); err != nil {
		return nil, err
	}
	return b.run(ctx, files)
}

// Swept tells what Gc did.
type Swept struct {
	// Results is how many stay.
	Results int
	// Before and After are the bytes of all results.
	Before, After int64
}

// Gc removes results that no document of the dataset needs any more: those of
// other versions and those that later ones replaced. It must not run while
// another process works on the dataset. Pipeline, Build and WorkDir of the
// settings say which results are needed.
func Gc(dir string, s Settings) (*Swept, error) {
	b, err := s.reopen(dir)
	if err != nil {
		return nil, err
	}
	needed := map[string]bool{}
	for i := range b.ledger.Documents {
		needed[b.ledger.Documents[i].File.key(s.version())] = true
	}
	kept, before, after, err := b.results.sweep(needed)
	if err := errors.Join(err, b.results.close()); err != nil {
		return nil, fmt.Errorf("remove results from %s: %w", b.results.dir, err)
	}
	return &Swept{kept, before, after}, nil
}

// reopen begins with what earlier runs planned, which must be something.
func (s *Settings) reopen(dir string) (*batch, error) {
	if err := export.Check(dir, s.export()); err != nil {
		return nil, err
	}
	l, err := readLedger(s.resultsDir(dir))
	if err != nil {
		return nil, err
	}
	if len(l.Documents) == 0 {
		return nil, fmt.Errorf("%s has no plan of earlier runs; use yusuan run, or name its folder with --work-dir", s.resultsDir(dir))
	}
	return s.begin(dir)
}
