package corpus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"yusuan/export"
	"yusuan/extract/document"
)

// Commit brings the results of all documents that were planned for a dataset
// into it: what runs with a Shard left to do. Pipeline, Build and WorkDir of the
// settings must be theirs. A document without a result stays as the dataset has
// it; if it does not, a file that is gone gets a row that says so, one that
// changed since it was planned is named in Summary.LeftOut, and any other is an
// error: nothing is committed then.
func Commit(ctx context.Context, dir string, s Settings) (_ *Summary, err error) {
	begin := time.Now()
	b, err := s.reopen(ctx, dir, false)
	if err != nil {
		return nil, interrupted(ctx, err, nil)
	}
	defer func() { err = errors.Join(err, b.claim.release()) }()
	files, err := b.planned(ctx)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = b.commit(ctx, files)
	}
	if err != nil {
		return nil, interrupted(ctx, err, b.sum)
	}
	b.sum.Times.Total = time.Since(begin)
	return b.sum, nil
}

// planned lists the documents of the plan that there is something to commit of,
// and counts them.
func (b *batch) planned(ctx context.Context) (_ *fileList, err error) {
	s := &b.settings
	var files []File
	var missing []string
	b.sum = newSummary(len(b.ledger.Documents), 0)
	before := b.manifest(b.ledger.Manifest)
	known := before != "" && b.ledger.Manifest == before
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
	b.ledger = nil // is read again, and large
	return newFileList(files)
}

// withoutResult looks at a document that was planned and not read. One that is
// gone becomes a file that cannot be read, and one that has other content by
// now is left out; for any other there is no answer.
func (b *batch) withoutResult(ctx context.Context, f *File) (*answer, error) {
	switch err := f.still(ctx); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errOther):
		b.sum.LeftOut = append(b.sum.LeftOut, f.URI)
		b.sum.Documents--
	case err != nil:
		f.SHA256, f.Bytes, f.Err = unreadHash(f.URI), 0, err
		return b.answer(f, ""), nil
	}
	return nil, nil
}

// allCommitted refuses a plan that is not in the dataset: what failed is not
// known before all was read, and a commit of that alone would look whole. A
// document that was planned with another content than its file has by now does
// not count; that is for the next run.
func (b *batch) allCommitted(ctx context.Context) error {
	before := b.manifest(b.ledger.Manifest)
	known := before != "" && b.ledger.Manifest == before
	waiting := 0
	for i := range b.ledger.Documents {
		p := &b.ledger.Documents[i]
		if known && p.Committed != "" {
			continue
		}
		f := p.file()
		if p.Unread != "" || f.still(ctx) == nil {
			waiting++
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if waiting > 0 {
		return fmt.Errorf("%d of the %d documents that were planned for %s are not in it; end that first, by the same run or by yusuan commit %[3]s",
			waiting, len(b.ledger.Documents), b.dir)
	}
	return nil
}

// Retry reads the documents of a dataset that failed once more, with the limits
// of the settings, and commits what comes of it. A success stands for later
// runs, whatever their limits. Files that are gone, or have other content by
// now, are named in Summary.LeftOut and stay as they are.
func Retry(ctx context.Context, dir string, s Settings) (_ *Summary, err error) {
	begin := time.Now()
	b, err := s.reopen(ctx, dir, false)
	if err != nil {
		return nil, interrupted(ctx, err, nil)
	}
	defer func() { err = errors.Join(err, b.claim.release()) }()
	sum, err := b.retry(ctx)
	if sum != nil {
		sum.Times.Total = time.Since(begin)
	}
	return sum, interrupted(ctx, err, nil)
}

func (b *batch) retry(ctx context.Context) (_ *Summary, err error) {
	if err := b.allCommitted(ctx); err != nil {
		return nil, err
	}
	b.again = true
	s := &b.settings
	var files []File
	var leftOut []string
	for i := range b.ledger.Documents {
		p := &b.ledger.Documents[i]
		f := p.file()
		if a := b.answer(&f, f.key(s.version())); a != nil && a.Meta.Status != StatusFailed {
			continue
		}
		there := true
		if p.Unread != "" {
			f.openAgain(ctx, p.UnreadCode, b.settings.Limits)
		} else {
			there = f.still(ctx) == nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if there {
			files = append(files, f)
		} else {
			leftOut = append(leftOut, f.URI)
		}
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

// openAgain hashes a file that could not be opened when it was planned. One that
// its archive keeps from being read stays as it is, unless the limits did that
// and are others now.
func (f *File) openAgain(ctx context.Context, code string, lim document.Limits) {
	switch {
	case code == document.Code(document.ErrNotFound):
	case code == document.Code(document.ErrTooLarge) && f.Member != nil && f.Member.tooLarge(lim.WithDefaults()) == nil:
	default:
		return
	}
	if sum, size, err := f.hash(ctx, new(atomic.Int64)); err == nil {
		f.SHA256, f.Bytes, f.Err = sum, size, nil
	}
}

// Swept tells what Gc did.
type Swept struct {
	// Results is how many stay.
	Results int
	// Before and After are the bytes of all results.
	Before, After int64
}

// Gc removes results that no document of the dataset needs any more: those of
// other versions and those that later ones replaced. It waits for runs that are
// at work with the results, as long as the settings say, and they wait for it.
// Pipeline, Build and WorkDir of the settings say which results are needed.
func Gc(ctx context.Context, dir string, s Settings) (_ *Swept, err error) {
	b, err := s.reopen(ctx, dir, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.claim.release()) }()
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
func (s *Settings) reopen(ctx context.Context, dir string, alone bool) (*batch, error) {
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
	return s.begin(ctx, dir, alone)
}
