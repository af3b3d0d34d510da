package corpus

import (
	"path/filepath"
	"time"
)

// Stat is what the file system says of a file: while it says the same, the
// content is the same. It is the zero value where that cannot be told.
type Stat struct {
	Bytes int64
	// Inode and Changed, the time at which anything about the file last
	// changed, in nanoseconds, are the system's own: unlike the time of
	// modification, nobody can set them back.
	Inode, Changed int64
	// Settled tells that the last change was a while ago when the file was
	// looked at. The clock of a file system ticks slowly, and a later change in
	// the same tick would not be seen.
	Settled bool
}

// settleTime is longer than the ticks of file systems: 2 s are those of FAT.
const settleTime = 3 * time.Second

// recall looks at the files before they are hashed, and gives those their hash
// that an earlier run hashed and that did not change since, so that a run that
// adds a few files does not read all others.
func (l *ledger) recall(files []File, now time.Time) {
	type name struct{ path, uri string }
	known := map[name]*File{}
	for i := range l.Documents {
		f := &l.Documents[i].File
		if l.Documents[i].Unread == "" && f.Stat.Settled {
			known[name{f.Path, f.URI}] = f
		}
	}
	for i := range files {
		f := &files[i]
		if f.Err != nil {
			continue
		}
		f.Stat = statOf(f.Path)
		f.Stat.Settled = f.Stat.Changed > 0 && now.Sub(time.Unix(0, f.Stat.Changed)) > settleTime
		path, err := filepath.Abs(f.Path)
		if err != nil {
			continue
		}
		if old := known[name{path, f.URI}]; old != nil && old.Stat == f.Stat {
			f.SHA256, f.Bytes = old.SHA256, old.Bytes
		}
	}
}
