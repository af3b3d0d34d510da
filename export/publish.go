package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// recover brings an interrupted commit to an end: forward if its manifest
// stands in the staging folder, back if not.
func (d *dataset) recover(s Settings) error {
	if _, err := os.Stat(d.staging()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	m, err := readOld(d.staged(manifestName), s)
	if err != nil {
		return err
	}
	if m == nil {
		return os.RemoveAll(d.staging())
	}
	// What has gone missing since is left to the commit that follows, or this
	// one could never be ended.
	d.recovering = true
	defer func() { d.recovering = false }()
	return d.publish(m)
}

// publish carries out a commit that is decided. Every step may be repeated,
// so that after a crash it is simply done again.
func (d *dataset) publish(m *Manifest) error {
	if err := d.unsucceed(); err != nil {
		return err
	}
	for _, f := range m.Files {
		if err := d.install(f.Path); err != nil {
			return err
		}
		d.did(f.Path)
	}
	if err := d.installDescriptions(m); err != nil {
		return err
	}
	for dir := range d.touched(m) {
		if err := syncDir(d.file(dir)); err != nil {
			return err
		}
	}
	if err := d.replaceManifest(m); err != nil {
		return err
	}
	d.did(manifestName)
	if err := d.sweep(m); err != nil {
		return err
	}
	if err := writeFile(d.file(successName), nil); err != nil {
		return err
	}
	d.did(successName)
	if err := os.Remove(d.staged(manifestName)); err != nil {
		return err
	}
	d.did(stagingName)
	return os.RemoveAll(d.staging())
}

// did tells of a step.
func (d *dataset) did(name string) {
	if d.step != nil {
		d.step(name)
	}
}

// replaceManifest puts the new manifest in the place of the old one. The staged
// one stays where it is until the end: while it stands, a crash is followed by
// another publish.
func (d *dataset) replaceManifest(m *Manifest) error {
	err := os.Rename(d.staged(nextName), d.file(manifestName))
	if errors.Is(err, fs.ErrNotExist) { // it was renamed before a crash
		data, err := encodeJSON(m)
		if err != nil {
			return err
		}
		return writeFile(d.file(manifestName), data)
	}
	return errors.Join(err, syncDir(d.dir))
}

// touched are the folders of the parts that are not those of the old manifest;
// of all parts where it is not known, after a crash.
func (d *dataset) touched(m *Manifest) map[string]bool {
	out := map[string]bool{}
	for _, f := range m.Files {
		var old *File
		if d.old != nil {
			old = d.old.file(f.Path)
		}
		if old == nil || *old != f {
			out[path.Dir(f.Path)] = true
		}
	}
	return out
}

// install renames a staged file into place; a file that is not staged has to
// be there already.
func (d *dataset) install(name string) error {
	target := d.file(name)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	err := os.Rename(d.staged(name), target)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(target); err != nil && !d.recovering {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// installDescriptions renames the descriptions into place. One that is nowhere
// was not known to the program that staged the commit, which died since: it is
// written now.
func (d *dataset) installDescriptions(m *Manifest) error {
	for _, x := range descriptions() {
		err := d.install(x.name)
		if _, gone := os.Stat(d.file(x.name)); errors.Is(gone, fs.ErrNotExist) {
			var data []byte
			if data, err = x.encode(m); err == nil {
				err = writeFile(d.file(x.name), data)
			}
		}
		if err != nil {
			return err
		}
		d.did(x.name)
	}
	return nil
}

// sweep removes the parts that the manifest does not name, the folders that
// this leaves empty, and what a check that was killed left. Files that are no
// parts of ours are left alone.
func (d *dataset) sweep(m *Manifest) error {
	probes, err := fs.Glob(os.DirFS(d.dir), probePrefix+"*")
	if err != nil {
		return err
	}
	for _, p := range probes {
		_ = os.Remove(d.file(p)) // whose check goes on removes it itself
	}
	for _, t := range wholeTables() {
		if m.file(t.path()) != nil {
			continue
		}
		if err := os.Remove(d.file(t.path())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		_ = os.Remove(d.file(t.name)) // fails while another file is there
	}
	for _, t := range allTables() {
		parts, err := fs.Glob(os.DirFS(d.dir), t.name()+"/fiscal_year=*/part-*.parquet")
		if err != nil {
			return err
		}
		for _, p := range parts {
			if _, _, ours := parsePath(p); !ours || m.file(p) != nil {
				continue
			}
			if err := os.Remove(d.file(p)); err != nil {
				return err
			}
			_ = os.Remove(filepath.Dir(d.file(p))) // fails while another part is there
		}
	}
	return nil
}
