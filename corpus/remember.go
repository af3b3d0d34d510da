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
func (l *ledger) recall(files []File, logged []hashed, now time.Time) {
	known := l.remembered(logged)
	for i := range files {
		f := &files[i]
		if f.Err != nil {
			continue
		}
		f.Stat = statOf(f.Path)
		f.Stat.Settled = f.Stat.Changed > 0 && now.Sub(time.Unix(0, f.Stat.Changed)) > settleTime
		if old, ok := known[fileName{absolute(f.Path), f.URI}]; ok && old.stat == f.Stat {
			f.SHA256, f.Bytes = old.sha256, old.bytes
		}
	}
}

// fileName tells files, and documents in archives, apart.
type fileName struct{ path, uri string }

// remembered is what is known of a file that was hashed.
type remembered struct {
	sha256 string
	bytes  int64
	stat   Stat
}

// remembered are the files that earlier runs hashed and of which can be told
// whether they changed since: the documents, their copies, and what a run
// logged that ended before it planned them.
func (l *ledger) remembered(logged []hashed) map[fileName]remembered {
	known := map[fileName]remembered{}
	add := func(path, uri string, r remembered) {
		if r.stat.Settled {
			known[fileName{path, uri}] = r
		}
	}
	for i := range l.Documents {
		f := &l.Documents[i].File
		if l.Documents[i].Unread != "" {
			continue
		}
		add(f.Path, f.URI, remembered{f.SHA256, f.Bytes, f.Stat})
		for k, c := range f.Copies {
			add(c.Path, f.Also[k], remembered{f.SHA256, f.Bytes, c.Stat})
		}
	}
	for _, h := range logged {
		add(h.Path, h.URI, remembered{h.SHA256, h.Bytes, h.Stat})
	}
	return known
}

// absolute is the absolute path of a file, or its path where the system cannot
// tell in which folder it is at work.
func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return name
}
