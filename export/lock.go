package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ErrLocked means that another program commits to the dataset; the error names
// it.
var ErrLocked = errors.New("another commit is under way")

// lockName is the file in the dataset that keeps two committers apart. It is
// there only during a commit.
const lockName = ".yusuan-lock"

// LockedError is an ErrLocked that names who has the lock.
type LockedError struct {
	// PID, Host and Since (RFC 3339) are those of the holder; PID is 0 if it
	// has not signed yet.
	PID         int
	Host, Since string
	// Message says all of it, with what to do.
	Message string
}

// Error returns the message.
func (e *LockedError) Error() string { return e.Message }

// Unwrap returns ErrLocked.
func (e *LockedError) Unwrap() error { return ErrLocked }

// Lock is a dataset that this program alone may commit to, until Release.
type Lock struct {
	dir string
	l   *lock
}

// Take locks a dataset, which is made if it does not exist, and finishes or
// undoes a commit that was interrupted, so that its manifest is the one that
// the next commit builds on. The error is a LockedError if somebody else has
// it.
func Take(dir string, s Settings) (*Lock, error) {
	l, err := take(dir, s)
	if err != nil {
		return nil, fmt.Errorf("committing to %s: %w", dir, err)
	}
	return l, nil
}

func take(dir string, s Settings) (*Lock, error) {
	// A folder that is no dataset is refused before anything is made in it.
	// While another commit publishes it may look like that.
	if err := check(dir, s); err != nil && !lockedFile(dir) {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	l, err := acquire(dir)
	if err != nil {
		return nil, err
	}
	if _, err := settle(dir, s); err != nil {
		return nil, errors.Join(err, l.release())
	}
	return &Lock{dir, l}, nil
}

// Commit is the function Commit for who has the lock.
func (l *Lock) Commit(entries []Entry, s Settings) (*Manifest, error) {
	m, err := commitLocked(l.dir, entries, s)
	if err != nil {
		return nil, fmt.Errorf("committing to %s: %w", l.dir, err)
	}
	return m, nil
}

// Release lets others commit.
func (l *Lock) Release() error { return l.l.release() }

// holder is who has a lock, as its file says in JSON.
type holder struct {
	PID   int    `json:"pid"`
	Host  string `json:"host"`
	Start string `json:"start"` // RFC 3339
}

// lock is a lock that this program holds.
type lock struct{ f *os.File }

// acquire locks the dataset's folder, or names who has.
//
// The lock is one of the operating system's (flock) on the lock file: the
// system lets it go when its holder ends, however that was, so that a dead
// holder's lock is taken over without asking whether a process of its number
// lives, and two takers cannot both have it. A file made with O_EXCL alone
// would leave that to be decided by whoever comes next, of whom there may be
// two. What the file says tells the holder to people, and holders on other
// machines apart: where several mount the folder the system may know of its
// own locks alone, so a file of another host is respected until it is removed.
// Systems without flock fall back on O_EXCL, where a dead holder's file has to
// be removed by hand (lock_other.go).
func acquire(dir string) (*lock, error) {
	name := filepath.Join(dir, lockName)
	host, err := os.Hostname()
	if err != nil {
		return nil, fmt.Errorf("the lock needs the name of this computer: %w", err)
	}
	for {
		f, err := lockFile(name)
		if errors.Is(err, errHeld) {
			return nil, held(name, diesWithHolder)
		}
		if err != nil {
			return nil, fmt.Errorf("the dataset cannot be locked: %w", err)
		}
		if !sameFile(f, name) {
			// Its last holder removed the file after this program opened it:
			// the lock on it is worth nothing.
			if err := f.Close(); err != nil {
				return nil, err
			}
			continue
		}
		l := &lock{f}
		if h, ok := readHolder(f); ok && h.Host != host {
			return nil, errors.Join(held(name, false), f.Close())
		}
		if err := l.sign(holder{PID: os.Getpid(), Host: host, Start: time.Now().Format(time.RFC3339)}); err != nil {
			return nil, errors.Join(fmt.Errorf("the dataset cannot be locked: %w", err), l.release())
		}
		return l, nil
	}
}

// lockedFile tells whether a lock file is there, whoever has left it.
func lockedFile(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, lockName))
	return err == nil
}

// errHeld says that somebody else has the lock.
var errHeld = errors.New("held")

// held is the error that names the holder of a lock. Only where it may be dead
// is removing the file a way out: a living one would not notice.
func held(name string, alive bool) error {
	data, err := os.ReadFile(name)
	var h holder
	if err == nil {
		err = json.Unmarshal(data, &h)
	}
	if err != nil {
		return &LockedError{Message: fmt.Sprintf("%v: its holder has not signed %s yet; try again", ErrLocked, name)}
	}
	way := "wait for it, or end it"
	if !alive {
		way = "wait for it, or, if it is sure to be dead, remove " + name
	}
	return &LockedError{h.PID, h.Host, h.Start, fmt.Sprintf("%v: process %d on %s, since %s; %s", ErrLocked, h.PID, h.Host, h.Start, way)}
}

// readHolder reads what a lock file says; it is false for a new file, and for
// one whose holder died before it had signed.
func readHolder(f *os.File) (holder, bool) {
	var h holder
	data, err := io.ReadAll(io.NewSectionReader(f, 0, 1<<16))
	return h, err == nil && json.Unmarshal(data, &h) == nil && h.Host != ""
}

// sameFile tells whether the name still is that of an open file.
func sameFile(f *os.File, name string) bool {
	a, err1 := f.Stat()
	b, err2 := os.Stat(name)
	return err1 == nil && err2 == nil && os.SameFile(a, b)
}

// sign writes the holder into the file.
func (l *lock) sign(h holder) error {
	data, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	_, err = l.f.WriteAt(data, 0)
	return err
}

// release removes the file, which is still locked, and lets go of it.
func (l *lock) release() error {
	err := l.remove()
	if errors.Is(err, fs.ErrNotExist) {
		err = nil // the folder may have been removed meanwhile
	}
	return err
}
