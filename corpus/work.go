package corpus

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"yusuan/corpus/link"
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
	// claim keeps the results from being cleared up meanwhile.
	claim *claim
	// ledger is nil while documents are read.
	ledger *ledger
	// gone are documents that the commit removes, by id.
	gone map[string]Gone
	// again makes documents be read although their results are there.
	again bool
	// quiet says that documents are read for a repair, not for the run: they
	// are not counted.
	quiet bool

	mu  sync.Mutex
	sum *Summary
	// passing are answers that are not kept, by document.
	passing map[string]*answer
	// regions are the codes of the entries.
	regions texts
	// err is the first failure of the run.
	err error
}

// begin claims and opens what was kept of earlier runs, to add to it or, alone,
// to remove from it. The batch's claim is to be released.
func (s *Settings) begin(ctx context.Context, dir string, alone bool) (*batch, error) {
	c, err := s.claim(ctx, dir, alone)
	if err != nil {
		return nil, err
	}
	r, err := openResults(s.resultsDir(dir))
	if err != nil {
		return nil, errors.Join(err, c.release())
	}
	l, err := readLedger(r.dir)
	if err != nil {
		return nil, errors.Join(err, c.release())
	}
	return &batch{settings: *s, dir: dir, results: r, claim: c, ledger: l, passing: map[string]*answer{}, regions: texts{}}, nil
}

// run reads the files and, unless they are a shard, commits them.
func (b *batch) run(ctx context.Context, files []File) (*Summary, error) {
	if b.settings.Planned != nil {
		b.settings.Planned(len(files))
	}
	list, err := newFileList(files)
	if err != nil {
		return nil, err
	}
	// The ledger, as the files, is large, and the work is long; it is read again
	// for the commit.
	b.ledger = nil
	debug.FreeOSMemory()
	err = b.read(ctx, list)
	if err := errors.Join(err, b.results.close()); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, interrupted(ctx, ctx.Err(), b.sum)
	}
	if b.settings.Shard.N > 0 {
		return b.sum, nil
	}
	if err := b.commit(ctx, list); err != nil {
		return nil, err
	}
	return b.sum, nil
}

// read makes sure that every file has a result, until the context ends or the
// run fails.
func (b *batch) read(ctx context.Context, files *fileList) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	// Workers take a file when they are ready for one, so that the order in
	// which they end says nothing.
	next := make(chan int)
	var wg sync.WaitGroup
	for range b.settings.workers() {
		wg.Go(func() {
			r := b.reader()
			defer r.close()
			for i := range next {
				if err := b.documentAt(r, files, i); err != nil {
					b.fail(err)
					stop(errDone)
				}
			}
		})
	}
feed:
	for i := range files.len() {
		select {
		case <-ctx.Done():
			break feed
		default:
		}
		select {
		case next <- i:
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

// documentAt makes sure that a file of the list has a result.
func (b *batch) documentAt(r reader, files *fileList, i int) error {
	f, err := files.at(i)
	if err != nil {
		return err
	}
	planned := f.SHA256
	if err := b.document(r, &f); err != nil {
		return err
	}
	if f.SHA256 != planned {
		files.set(i, f)
	}
	return nil
}

// document makes sure that a file has a result, and reports it.
func (b *batch) document(r reader, f *File) error {
	key := f.key(b.settings.version())
	if a := b.kept(key); a != nil {
		o := f.outcome(&a.Meta)
		o.Reused = true
		b.finish(o)
		return nil
	}
	a, err := r.read(f, b.settings.Limits.WithDefaults())
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

// kept is the result of an earlier run that makes it needless to read a
// document again, nil for none. It is what Plan goes by, too.
func (b *batch) kept(key string) *answer {
	if b.again {
		return nil
	}
	if a := b.results.get(key); a != nil && a.Meta.serves(b.settings.Limits.WithDefaults()) {
		return a
	}
	return nil
}

// finish counts a document and reports it.
func (b *batch) finish(o Outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.quiet {
		return
	}
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

// commit brings what the dataset lacks of the files into it, and its links up
// to date where it has any.
func (b *batch) commit(ctx context.Context, files *fileList) error {
	if err := b.commitFiles(ctx, files); err != nil {
		return err
	}
	return b.relink(ctx)
}

// relink links the dataset anew if it has links, of whatever documents. The
// commit before stands: if this fails, verify says that they are old.
func (b *batch) relink(ctx context.Context) error {
	var sum *link.Summary
	err := b.settings.await(ctx, func() error {
		// Who had the lock may have linked what this run committed, too.
		m, err := export.ReadManifest(b.dir)
		if err != nil || !m.Stale() {
			return err
		}
		sum, err = link.Refresh(ctx, b.dir, b.settings.Pipeline)
		return err
	})
	if err != nil {
		return fmt.Errorf("the documents are committed, the links are not up to date (yusuan link does that): %w", err)
	}
	if sum == nil {
		return nil
	}
	for _, u := range sum.Unfollowed {
		slog.Warn("a decision about links is not followed", "reason", u)
	}
	b.sum.Repaired = append(b.sum.Repaired, sum.Repaired...)
	return noteLinked(b.dir, b.settings)
}

// commitFiles brings what the dataset lacks of the files into it, when nobody
// else commits. What it lacks is looked for only then: others may have changed it.
func (b *batch) commitFiles(ctx context.Context, files *fileList) (err error) {
	var l *export.Lock
	err = b.settings.await(ctx, func() (err error) {
		l, err = export.Take(b.dir, b.settings.export())
		return err
	})
	if errors.Is(err, export.ErrLocked) {
		return fmt.Errorf("%w; what was read of all %d documents is kept in %s: the same command, or yusuan commit %s, ends it",
			err, files.len(), b.results.dir, b.dir)
	}
	if err != nil {
		return interrupted(ctx, err, b.sum)
	}
	defer func() { err = errors.Join(err, l.Release()) }()
	begin := time.Now()
	defer func() { b.sum.Times.Commit = time.Since(begin) }()
	return b.commitLocked(ctx, l, files)
}

func (b *batch) commitLocked(ctx context.Context, l *export.Lock, files *fileList) error {
	r, committed, err := b.repairer(ctx)
	if err != nil {
		return err
	}
	out := b.settings.export()
	out.Repair = r
	remove := map[shortHash]bool{}
	out.Remove = func(id string) bool {
		_, gone := b.gone[id]
		return gone || remove[shorten(id)]
	}
	var entries []export.Entry
	for i := range files.len() {
		f, err := files.at(i)
		if err != nil {
			return err
		}
		key := f.key(b.settings.version())
		a := b.answer(&f, key)
		if a == nil {
			return fmt.Errorf("the result of %s is gone from %s; run again", f.URI, b.results.dir)
		}
		id, stamp := shorten(f.SHA256), shorten(f.stamp(key, a))
		r.stamps[id] = stamp
		if before, ok := committed[id]; !ok || before != stamp {
			entries = append(entries, b.entry(files, i, &f, &a.Meta))
		}
		if f.Err == nil {
			for _, uri := range append([]string{f.URI}, f.Also...) {
				remove[shorten(unreadHash(uri))] = true
			}
		}
	}
	b.warnOlder()
	debug.FreeOSMemory()
	m, err := l.Commit(entries, out)
	if err := errors.Join(err, b.results.close()); err != nil {
		return err
	}
	lost, err := b.lost(files)
	if err != nil {
		return err
	}
	if err := b.noteCommitted(r, m, lost); err != nil {
		// The dataset is whole; the next run commits more than it need.
		slog.Warn("what was committed is not noted", "error", err)
	}
	return nil
}

// warnOlder says that the commit writes everything anew.
func (b *batch) warnOlder() {
	if m, err := export.ReadManifest(b.dir); err == nil && m.Older() {
		slog.Warn("the dataset is of an earlier schema; all of its parts are written anew, and what the schema did not have stays empty for documents that are not read again",
			"dataset", b.dir, "schema", m.Schema, "now", export.SchemaVersion)
	}
}

// lost lists the files that went away, or changed, between plan and work: the
// dataset has a row of each that the plan must know to drop it one day.
func (b *batch) lost(files *fileList) ([]File, error) {
	var out []File
	if len(b.passing) == 0 {
		return nil, nil
	}
	for i := range files.len() {
		f, err := files.at(i)
		if err != nil {
			return nil, err
		}
		if a := b.passing[f.SHA256]; a != nil {
			f.Bytes, f.Copies = 0, nil
			f.Err = &failure{a.Meta.Error, document.Sentinel(a.Meta.Code)}
			out = append(out, f)
		}
	}
	return out, nil
}

// noteCommitted notes what the dataset has of the documents by now, the lost
// files among them. What others noted meanwhile stays only if they committed to
// the same dataset before.
func (b *batch) noteCommitted(r *repairer, m *export.Manifest, lost []File) error {
	_, err := updateLedger(b.results.dir, func(l *ledger) error {
		if err := l.note(lost); err != nil {
			return err
		}
		known := r.before != "" && l.Manifest == r.before
		for i := range l.Documents {
			p := &l.Documents[i]
			if stamp, ok := r.stamps[shorten(p.File.SHA256)]; ok {
				p.Committed = hex.EncodeToString(stamp[:])
			} else if !known {
				p.Committed = ""
			}
		}
		b.forget(l, r.stamps)
		l.Manifest, l.Last, l.Stats = manifestHash(b.dir), m, r.statsOf(m)
		return nil
	})
	return err
}

// entry is a document for the commit: file i of the list.
func (b *batch) entry(files *fileList, i int, f *File, m *meta) export.Entry {
	return export.Entry{
		DocumentID: strings.Clone(f.SHA256[:idDigits]), RegionCode: b.regions.of(m.Region), FiscalYear: m.Year,
		Load: func() (*export.Result, error) {
			f, err := files.at(i)
			if err != nil {
				return nil, err
			}
			a := b.answer(&f, f.key(b.settings.version()))
			if a == nil {
				return nil, errDamaged
			}
			return f.result(a)
		},
	}
}

// texts keeps one copy of each of a few texts that come again and again.
type texts map[string]string

func (t texts) of(s string) string {
	if kept, ok := t[s]; ok {
		return kept
	}
	t[s] = s
	return s
}
