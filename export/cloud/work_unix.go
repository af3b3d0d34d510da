//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package main

import (
	"errors"
	"os"
	"syscall"
)

// lockFile opens a file and locks it; it is nil if another process has it. The
// system lets go when the holder ends, however that was.
func lockFile(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = nil
	}
	return nil, errors.Join(err, f.Close())
}

// apart lets a child not get the terminal's signals: it gets each from this
// program, once, since the second one has another meaning.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
