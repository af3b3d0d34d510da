//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package export

import (
	"errors"
	"io/fs"
	"os"
)

// diesWithHolder says that who has the lock is alive, which nobody knows here.
const diesWithHolder = false

// lockFile makes the lock file; errHeld means that it is there already.
func lockFile(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, errHeld
	}
	return f, err
}

// remove removes the file, which must be closed for that on some systems.
func (l *lock) remove() error { return errors.Join(l.f.Close(), os.Remove(l.f.Name())) }

// heldNow tells whether the lock file is there.
func heldNow(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
