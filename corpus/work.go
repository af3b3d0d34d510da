package corpus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"yusuan/export"
	"yusuan/extract/document"
	"yusuan/normalize"
)

// errDone stops a run that cannot go on; the reason is kept elsewhere.
var errDone = errors.New("the run cannot go on")

// batch takes the documents of a run through the first two stages, unless
// their results are there, and commits them.
type batch struct {
	settings Settings
	dir      string
	results  *results
	// ledger is nil while documents are read.
	ledger *ledger
	// again makes documents be read although their results are there.
	again bool

	mu   sync.Mutex
	sum  *Summary
	done int
	// passing are answers that are not kept, by document.
	passing map[string]*answer
	// err is the first failure of the run.
	err error
}

// begin opens what was kept of earlier runs.
func (s *Settings) begin(dir string) (*batch, error) {
	r, err := openResults(s.resultsDir(dir))
	if err != nil {
		return nil, err
	}
	l, err := readLedger(r.dir)
	if err != nil {
		return nil, err
	}
	return &batch{settings: *s, dir: dir, results: r, ledger: l, passing: map[string]*answer{}}, nil
}

// run reads the files and, unless they are a shard, commits them.
func (b *batch) run(ctx context.Context, files []File) (*Summary, error) {
	if b.settings.Planned != nil {
		b.settings.Planned(len(files))
	}
	b.ledger = nil // is read again for the commit: it is large, and the work long
	err := b.read(ctx, files)
	if err := errors.Join(err, b.results.close()); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, &Interrupted{Done: b.done, Documents: len(files), Err: ctx.Err()}
	}
	if b.settings.Shard.N > 0 {
		return b.sum, nil
	}
	return b.sum, b.commit(files)
}

// read makes sure that every file has a result, until the context ends or the
// run fails.
func (b *batch) read(ctx context.Context, files []File) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	// Workers take a file when they are ready for one, so that the order in
	// which they end says nothing.
	next := make(chan *File)
	var wg sync.WaitGroup
	for range b.settings.workers() {
		wg.Go(func() {
			r := b.reader()
			defer r.close()
			for f := range next {
				if err := b.document(r, f); err != nil {
					b.fail(err)
					stop(errDone)
				}
			}
		})
	}
feed:
	for i := range files {
		select {
		case <-ctx.Done():
			break feed
		default:
		}
		select {
		case next <- &files[i]:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	return b.err
}

func (b *batch) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
}

// reader makes the reader of one worker.
func (b *batch) reader() reader {
	if b.settings.Worker == nil {
		return &lazy{}
	}
	return &isolated{command: b.settings.Worker}
}

// lazy reads in this process; what that takes is loaded with the first
// document.
type lazy struct{ r *inProcess }

func (l *lazy) close() error { return nil }

func (l *lazy) read(f *File, lim document.Limits) (*answer, error) {
	if l.r == nil {
		l.r = &inProcess{normalizer: normalize.New()}
	}
	return l.r.read(f, lim)
}

// document makes sure that a file has a result, and reports it.
func (b *batch) document(r reader, f *File) error {
	key := f.key(b.settings.version())
	lim := b.settings.Limits.WithDefaults()
	if !b.again {
		if a := b.results.get(key); a != nil && a.Meta.serves(lim) {
			o := f.outcome(&a.Meta)
			o.Reused = true
			b.finish(o)
			return nil
		}
	}
	a, err := r.read(f, lim)
	if err != nil {
		return err
	}
	a.Meta.Retried = b.again
	if a.Passing {
		// That the file is gone, or another by now, says nothing about the
		// content that was planned, which the dataset may have.
		f.SHA256 = unreadHash(f.URI)
		b.mu.Lock()
		b.passing[f.SHA256] = a
		b.mu.Unlock()
	} else if err := b.results.put(key, a); err != nil {
		return err
	}
	b.finish(f.outcome(&a.Meta))
	return nil
}

// finish counts a document and reports it.
func (b *batch) finish(o Outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	b.sum.add(o)
	if b.settings.Done != nil {
		b.settings.Done(o)
	}
}

// answer is what there is of a document, nil if it was not read.
func (b *batch) answer(f *File, key string) *answer {
	if a := b.passing[f.SHA256]; a != nil {
		return a
	}
	if f.Err != nil {
		return failed(f, b.settings.Limits.WithDefaults(), f.Err)
	}
	return b.results.get(key)
}

// commit brings what the dataset lacks of the files into it.
func (b *batch) commit(files []File) (err error) {
	if b.ledger, err = readLedger(b.results.dir); err != nil {
		return err
	}
	before := manifestHash(b.dir)
	committed := map[string]string{}
	if before != "" && b.ledger.Manifest == before {
		for i := range b.ledger.Documents {
			committed[b.ledger.Documents[i].File.SHA256] = b.ledger.Documents[i].Committed
		}
	}
	stamps := map[string]string{}
	var entries []export.Entry
	for i := range files {
		f := &files[i]
		key := f.key(b.settings.version())
		a := b.answer(f, key)
		if a == nil {
			return fmt.Errorf("the result of %s is gone from %s; run again", f.URI, b.results.dir)
		}
		stamps[f.SHA256] = f.stamp(key, a)
		if stamps[f.SHA256] != committed[f.SHA256] {
			entries = append(entries, b.entry(f, key, &a.Meta))
		}
	}
	out := b.settings.export()
	out.Remove = nowRead(files)
	if m, err := export.ReadManifest(b.dir); err == nil && m.Older() {
		slog.Warn("the dataset is of an earlier schema; all of its parts are written anew, and what the schema did not have stays empty for documents that are not read again",
			"dataset", b.dir, "schema", m.Schema, "now", export.SchemaVersion)
	}
	if _, err := export.Commit(b.dir, entries, out); err != nil {
		return err
	}
	if err := b.noteCommitted(stamps, before); err != nil {
		// The dataset is whole; the next run commits more than it need.
		slog.Warn("what was committed is not noted", "error", err)
	}
	return nil
}

// noteCommitted notes what the dataset has of the documents by now. What others
// noted meanwhile stays only if they committed to the same dataset before.
func (b *batch) noteCommitted(stamps map[string]string, before string) error {
	_, err := updateLedger(b.results.dir, func(l *ledger) error {
		known := before != "" && l.Manifest == before
		for i := range l.Documents {
			p := &l.Documents[i]
			if stamp, ok := stamps[p.File.SHA256]; ok {
				p.Committed = stamp
			} else if !known {
				p.Committed = ""
			}
		}
		l.Manifest = manifestHash(b.dir)
		return nil
	})
	return err
}

// entry is a document for the commit.
func (b *batch) entry(f *File, key string, m *meta) export.Entry {
	return export.Entry{
		DocumentID: f.SHA256[:32], RegionCode: m.Region, FiscalYear: m.Year,
		Load: func() (*export.Result, error) {
			a := b.answer(f, key)
			if a == nil {
				return nil, errDamaged
			}
			return f.result(a)
		},
	}
}
