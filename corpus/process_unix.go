//go:build unix

package corpus

import (
	"os"
	"syscall"
)

// killed tells whether a process was ended by a signal that comes from
// outside: faults of its own have others.
func killed(state *os.ProcessState) bool {
	w, ok := state.Sys().(syscall.WaitStatus)
	if !ok || !w.Signaled() {
		return false
	}
	switch w.Signal() {
	case syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP:
		return true
	}
	return false
}
