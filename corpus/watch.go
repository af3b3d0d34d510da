package corpus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yusuan/export"
)

// WatchSettings say how a folder is watched; the zero value is recommended.
type WatchSettings struct {
	// Look is the time between two looks at the folders. 0 means 10 s.
	Look time.Duration
	// Every is the least time between two commits. 0 means 10 minutes.
	Every time.Duration
	// Committed is called after every commit, with how it went.
	Committed func(*Summary)
}

// The defaults of WatchSettings.
const (
	defaultLook  = 10 * time.Second
	defaultEvery = 10 * time.Minute
)

// watchBatch is how many files are read for one commit: when watching ends,
// those in hand are finished, and that should not take long.
const watchBatch = 500

// Watch looks at folders again and again and takes files that are new, or have
// changed, as soon as two looks see them with the same size and time. What was
// taken is read and committed in intervals. It goes by the names of files
// alone, without help of the operating system, so that it works for folders
// that other machines write to. When the context ends, the files in hand are
// finished and committed, and nil is returned; others wait for the next time.
// A dataset that somebody else is committing to is tried again later.
func Watch(ctx context.Context, folders []string, dir string, s Settings, ws WatchSettings) error {
	t := time.NewTicker(cmp.Or(ws.Look, defaultLook))
	defer t.Stop()
	w, err := newWatcher(folders, dir, s, ws)
	if err != nil {
		return err
	}
	return w.watch(ctx, time.Now(), t.C)
}

// watcher watches folders.
type watcher struct {
	folders  []string
	dir      string
	settings Settings
	ws       WatchSettings

	// seen is how each file looked last, by its place.
	seen map[string]sight
	// taken are files that wait to be read, by their place.
	taken map[string]File
	// last is when the last commit began.
	last time.Time
}

// sight is how a file looked.
type sight struct {
	bytes int64
	time  time.Time
	// taken says that it was taken as it looked.
	taken bool
}

func newWatcher(folders []string, dir string, s Settings, ws WatchSettings) (*watcher, error) {
	for _, f := range folders {
		if info, err := os.Stat(f); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("%s cannot be watched: it is no folder that can be opened", f)
		}
	}
	if err := export.Check(dir, export.Settings{Buckets: s.Buckets, Pipeline: s.Pipeline}); err != nil {
		return nil, err
	}
	ws.Every = cmp.Or(ws.Every, defaultEvery)
	return &watcher{folders: folders, dir: dir, settings: s, ws: ws, seen: map[string]sight{}, taken: map[string]File{}}, nil
}

// watch looks now and at every tick, until the context ends.
func (w *watcher) watch(ctx context.Context, now time.Time, ticks <-chan time.Time) error {
	for {
		if err := w.look(); err != nil {
			return err
		}
		if err := w.commit(ctx, now); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case now = <-ticks:
		}
		if ctx.Err() != nil { // both were there
			return nil
		}
	}
}

// look takes the files that look as they did the last time.
func (w *watcher) look() error {
	files, _, err := find(w.folders)
	if err != nil {
		return err
	}
	now := map[string]sight{}
	for _, f := range files {
		place := f.place()
		info, err := os.Stat(f.Path)
		if err != nil || w.own(place) {
			continue // gone, or not to be opened yet: the next look sees
		}
		s := sight{bytes: info.Size(), time: info.ModTime()}
		if before, ok := w.seen[place]; ok && before.bytes == s.bytes && before.time.Equal(s.time) {
			s.taken = true
			if !before.taken {
				w.taken[place] = f
			}
		} else {
			delete(w.taken, place) // it changed while it waited
		}
		now[place] = s
	}
	w.seen = now
	for place := range w.taken {
		if _, ok := now[place]; !ok {
			delete(w.taken, place)
		}
	}
	return nil
}

// own tells whether a file belongs to the dataset, or to the results beside
// it: every commit would bring new ones.
func (w *watcher) own(place string) bool {
	dataset := realPath(w.dir)
	own := []string{dataset, dataset + ".results"}
	if w.settings.WorkDir != "" {
		own = append(own, realPath(w.settings.WorkDir))
	}
	return slices.ContainsFunc(own, func(dir string) bool { return strings.HasPrefix(place, dir+string(filepath.Separator)) })
}

// commit reads and commits what was taken, once it is time. A batch that has
// begun is finished whatever happens to the context.
func (w *watcher) commit(ctx context.Context, now time.Time) error {
	if len(w.taken) == 0 || !w.last.IsZero() && now.Sub(w.last) < w.ws.Every {
		return nil
	}
	w.last = now
	places := slices.SortedFunc(maps.Keys(w.taken), func(a, b string) int { return strings.Compare(w.taken[a].URI, w.taken[b].URI) })
	for batch := range slices.Chunk(places, watchBatch) {
		if ctx.Err() != nil {
			return nil
		}
		s := w.settings
		for _, place := range batch {
			s.found = append(s.found, w.taken[place])
		}
		s.LockWait = 0 // the next look is the next try
		sum, err := Run(context.WithoutCancel(ctx), w.folders, w.dir, s)
		if errors.Is(err, export.ErrLocked) {
			slog.Warn("what was taken waits for another process", "error", err)
			return nil
		}
		if err != nil {
			return err
		}
		for _, place := range batch {
			delete(w.taken, place)
		}
		if w.ws.Committed != nil {
			w.ws.Committed(sum)
		}
	}
	return nil
}
