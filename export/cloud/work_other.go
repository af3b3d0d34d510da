//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package main

import (
	"os"
	"syscall"
)

// lockFile opens a file. Systems without flock let two runs into one working
// folder; yusuan's own locks keep them from writing one dataset at a time.
func lockFile(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
}

// apart leaves a child as it is.
func apart() *syscall.SysProcAttr { return nil }
