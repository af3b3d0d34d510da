//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd && !dragonfly

package corpus

import "os"

// lockLedger opens the file and keeps nobody apart: where there are no locks
// that die with their holder, runs of one dataset must not be at the same time.
func lockLedger(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
}
