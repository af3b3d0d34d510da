package corpus

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Hashing tells how far the hashing of the inputs is.
type Hashing struct {
	// Files of Found have their hash, those among them that an earlier run
	// hashed.
	Files, Found int
	// Bytes is how much was read for that.
	Bytes int64
}

// How often the hashing of many files is told of, and how often what was hashed
// is kept: a run that is killed hashes no more than this time again.
const (
	tellEvery = time.Second / 5
	keepEvery = 5 * time.Second
)

// hasher hashes files, tells of it, and keeps what it has.
type hasher struct {
	workers int
	// told is called now and then, by one goroutine at a time; nil for nobody.
	told func(Hashing)
	// log keeps hashes, nil for nowhere.
	log *hashLog

	found int
	bytes atomic.Int64
	mu    sync.Mutex
	done  int
	fresh []hashed // not kept yet
}

// hash gives every file its hash, until the context ends; see Hash.
func (h *hasher) hash(ctx context.Context, files []File) ([]File, error) {
	h.found = len(files)
	end := h.begin()
	each(ctx, len(files), h.workers, func(i int) { h.file(ctx, &files[i]) })
	end()
	if err := ctx.Err(); err != nil {
		h.keep()
		return nil, &Interrupted{Hashed: h.done, Files: h.found, Anew: h.log == nil, Summary: newSummary(0, 0), Err: err}
	}
	return distinct(files), nil
}

// file hashes one file, unless an earlier run did. Of a file that the end of
// the context cut off there is nothing to tell.
func (h *hasher) file(ctx context.Context, f *File) {
	known := f.SHA256 != ""
	if f.Err == nil && !known {
		f.SHA256, f.Bytes, f.Err = f.hash(ctx, &h.bytes)
		if ctx.Err() != nil && f.Err != nil {
			return
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done++
	if f.Err == nil && !known && f.Stat.Settled && h.log != nil {
		h.fresh = append(h.fresh, hashed{absolute(f.Path), f.URI, f.SHA256, f.Bytes, f.Stat})
	}
}

// begin tells of the beginning, and from then on now and then; what it returns
// ends that.
func (h *hasher) begin() (end func()) {
	h.tell()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tell, keep := time.NewTicker(tellEvery), time.NewTicker(keepEvery)
		defer tell.Stop()
		defer keep.Stop()
		for {
			select {
			case <-tell.C:
				h.tell()
			case <-keep.C:
				h.keep()
			case <-stop:
				return
			}
		}
	})
	return func() {
		close(stop)
		wg.Wait()
		h.tell()
	}
}

func (h *hasher) tell() {
	if h.told == nil {
		return
	}
	h.mu.Lock()
	p := Hashing{Files: h.done, Found: h.found, Bytes: h.bytes.Load()}
	h.mu.Unlock()
	h.told(p)
}

// keep puts what was hashed since the last time into the log. Without that
// the next run takes longer, and nothing else.
func (h *hasher) keep() {
	h.mu.Lock()
	fresh := h.fresh
	h.fresh = nil
	h.mu.Unlock()
	if len(fresh) == 0 {
		return
	}
	if err := h.log.add(fresh); err != nil {
		slog.Warn("what was hashed cannot be kept; a run that is interrupted begins to hash anew", "error", err)
	}
}

// stopReader ends with the context, in the middle of a large file too, and
// counts what was read.
type stopReader struct {
	ctx   context.Context
	in    io.Reader
	bytes *atomic.Int64
}

func (r *stopReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.in.Read(p)
	r.bytes.Add(int64(n))
	return n, err
}
