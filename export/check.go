package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	old, err := readManifest(d.staged(manifestName))
	if err == nil && old == nil {
		old, err = readManifest(d.file(manifestName))
	}
	if err != nil {
		return err
	}
	if old == nil {
		err = d.empty()
	} else {
		err = old.fits(s)
	}
	if err != nil {
		return err
	}
	// The folder that a commit begins with: should the program end right
	// here, the next commit removes it.
	err = os.Mkdir(d.staging(), 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil // a commit was interrupted, it could write then
	}
	if err != nil {
		return err
	}
	return os.Remove(d.staging())
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
	probe, err := os.MkdirTemp(parent, ".yusuan-check-")
	if err != nil {
		return err
	}
	return os.Remove(probe)
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
	if m.Schema != SchemaVersion {
		return fmt.Errorf("%w: its schema is %s, this program writes %s: write a new dataset",
			ErrMismatch, m.Schema, SchemaVersion)
	}
	if s.Buckets != 0 && s.Buckets != m.Buckets {
		return fmt.Errorf("%w: it was made with %d buckets, not %d: leave the number out or write a new dataset",
			ErrMismatch, m.Buckets, s.Buckets)
	}
	return nil
}

// empty refuses a folder with something in it that is not of an interrupted
// commit.
func (d *dataset) empty() error {
	there, err := os.ReadDir(d.dir)
	if err != nil {
		return err
	}
	for _, e := range there {
		if e.Name() != stagingName {
			return fmt.Errorf("%w: it has no %s but holds %s: name an empty or a new folder",
				ErrForeign, manifestName, e.Name())
		}
	}
	return nil
}
