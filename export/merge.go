package export

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// The tables of a part have nothing to do with each other but their order of
// documents: each is written by one goroutine at a time, batch by batch, while
// the documents of the next batch are loaded. What a file becomes depends on
// the rows that it gets alone, so that this changes no byte. Several parts at
// the same time would take several times the memory: it is the open writers
// that need it.

// batchSteps and batchRows bound a batch: documents that stay cost nothing
// before they are copied, of new ones the rows are held.
const (
	batchSteps = 256
	batchRows  = 4000
)

// step is what happens to one document.
type step struct {
	// old is a document that stays or is dropped, unless there are rows.
	old oldDocument
	// rows are those of a new document.
	rows *rows
}

// batch is some steps, or the error that ended loading them.
type batch struct {
	steps []step
	err   error
}

// merge writes the old documents that stay and the new ones in one order.
func (w *partWriter) merge(j *job) error {
	batches, stop := make(chan batch), make(chan struct{})
	var loading sync.WaitGroup
	loading.Go(func() {
		defer close(batches)
		w.load(j, func(b batch) bool {
			select {
			case batches <- b:
				return b.err == nil
			case <-stop:
				return false
			}
		})
	})
	defer loading.Wait()
	defer close(stop)
	for b := range batches {
		if b.err != nil {
			return b.err
		}
		if err := w.each(func(_ int, s *shardFile) error { return s.write(b.steps) }); err != nil {
			return err
		}
	}
	return nil
}

// load brings the documents of a part into their order and loads the new ones,
// until hand refuses a batch.
func (w *partWriter) load(j *job, hand func(batch) bool) {
	old, entries := j.old, j.entries
	var b batch
	held := 0
	for len(old)+len(entries) > 0 {
		if len(entries) == 0 || len(old) > 0 &&
			compare(old[0].RegionCode, old[0].DocumentID, entries[0].RegionCode, entries[0].DocumentID) < 0 {
			b.steps = append(b.steps, step{old: old[0]})
			old = old[1:]
		} else {
			r, err := entries[0].load()
			if err != nil {
				hand(batch{err: err})
				return
			}
			rows := convert(entries[0].DocumentID, w.pipeline, r)
			b.steps, held = append(b.steps, step{rows: rows}), held+rows.count()
			entries = entries[1:]
		}
		if len(b.steps) >= batchSteps || held >= batchRows {
			if !hand(b) {
				return
			}
			b, held = batch{}, 0
		}
	}
	if len(b.steps) > 0 {
		hand(b)
	}
}

// write takes a table through a batch.
func (s *shardFile) write(steps []step) error {
	for _, x := range steps {
		var err error
		switch {
		case x.rows != nil:
			err = s.add(x.rows)
		case x.old.drop:
			err = s.drop(x.old.DocumentID)
		default:
			err = s.keep(x.old.DocumentID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// each calls f for every table, by as many goroutines as there are processors,
// and returns the first error in the order of the tables: what stops one, as a
// full disk, often stops all.
func (w *partWriter) each(f func(i int, s *shardFile) error) error {
	errs := make([]error, len(w.shards))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(w.shards)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(w.shards) {
					return
				}
				if err := f(i, w.shards[i]); err != nil {
					errs[i] = fmt.Errorf("%s: %w", w.shards[i].path, err)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// count is the number of rows.
func (r *rows) count() int {
	return len(r.documents) + len(r.paragraphs) + len(r.tables) + len(r.cells) + len(r.amounts) + len(r.budgetLines) +
		len(r.projects) + len(r.indicators) + len(r.procurement) + len(r.organizations) + len(r.assets) + len(r.fields) +
		len(r.findings) + len(r.notes)
}
