package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Check tells whether Commit could begin on dir with these settings, so that
// work whose results have nowhere to go is not begun: that dir is a dataset
// that they fit, an empty folder or none yet, and that it can be written to.
// It leaves everything as it is.
func Check(dir string, s Settings) error {
	if err := check(dir, s); err != nil {
		return fmt.Errorf("dataset %s: %w", dir, err)
	}
	return nil
}

func check(dir string, s Settings) error {
	if err := s.check(); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return checkNew(dir)
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%w: it is a file", ErrForeign)
	}
	d := &dataset{dir: dir}
	// A staged manifest is that of the next commit's beginning.
	old, err := readOld(d.staged(manifestName), s)
	if err == nil && old == nil {
		old, err = readOld(d.file(manifestName), s)
	}
	switch {
	case errors.Is(err, ErrForeign) && d.headless():
		err = headlessError("")
	case err != nil:
	case old != nil:
		err = old.fits(s)
	case !d.headless():
		err = d.empty()
	case !s.Rebuild:
		err = headlessError("")
	}
	if err != nil {
		return err
	}
	return probe(dir)
}

// The folders and files of this program in a dataset that are no part of it
// begin so.
const (
	ownPrefix   = ".yusuan-"
	probePrefix = ownPrefix + "check-"
)

// probe tells whether a folder can be written to, by making one in it: of a
// name of its own, since another program may commit at the same time.
func probe(dir string) error {
	name, err := os.MkdirTemp(dir, probePrefix)
	if err != nil {
		return err
	}
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil // a commit has swept it
}

// checkNew tells whether a folder could be made, by making one beside it.
func checkNew(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	parent := filepath.Dir(dir)
	for {
		_, err := os.Stat(parent)
		if err == nil {
			break
		}
		if up := filepath.Dir(parent); up != parent && errors.Is(err, fs.ErrNotExist) {
			parent = up
			continue
		}
		return err
	}
	return probe(parent)
}

// check refuses settings that no dataset can have.
func (s Settings) check() error {
	if s.Buckets < 0 || s.Buckets > maxBuckets {
		return fmt.Errorf("buckets must be 1 to %d, not %d", maxBuckets, s.Buckets)
	}
	return nil
}

// fits tells whether a dataset can be written on with these settings.
func (m *Manifest) fits(s Settings) error {
	if _, err := schemaAge(m.Schema); err != nil {
		return err
	}
	if s.Buckets != 0 && s.Buckets != m.Buckets {
		return fmt.Errorf("%w: it was made with %d buckets, not %d: leave the number out or write a new dataset",
			ErrMismatch, m.Buckets, s.Buckets)
	}
	return nil
}

// empty refuses a folder with something in it that is not of a commit, which
// was interrupted or waits for the lock, or of a check.
func (d *dataset) empty() error {
	there, err := os.ReadDir(d.dir)
	if err != nil {
		return err
	}
	for _, e := range there {
		if !strings.HasPrefix(e.Name(), ownPrefix) {
			return fmt.Errorf("%w: it has no %s but holds %s: name an empty or a new folder",
				ErrForeign, manifestName, e.Name())
		}
	}
	return nil
}
