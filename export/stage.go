package export

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// stagingName is the folder in the dataset where a commit is prepared.
const stagingName = ".yusuan-commit"

// nextName is a copy of the staged manifest, to be renamed into place while
// the staged one still says that the commit is decided: a disk that has become
// full then stops nothing.
const nextName = "next.json"

func (d *dataset) staged(slashed string) string {
	return filepath.Join(d.staging(), filepath.FromSlash(slashed))
}

// stage writes the changed parts and the new manifest into the staging
// folder.
func (d *dataset) stage(jobs []*job) (*Manifest, error) {
	m := &Manifest{Format: manifestFormat, Schema: SchemaVersion, Pipeline: d.pipeline, Buckets: d.old.Buckets}
	for _, j := range jobs {
		files, err := d.stagePart(j)
		if err != nil {
			return nil, err
		}
		m.Files = append(m.Files, files...)
	}
	m.Files = append(m.Files, d.old.wholeFiles()...)
	m.Linkage = d.old.Linkage // which tells that they are older, if documents changed
	return m, d.stageManifest(m)
}

// stageManifest writes what stands beside the tables into the staging folder,
// the manifest last: it decides the commit.
func (d *dataset) stageManifest(m *Manifest) error {
	slices.SortFunc(m.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	if err := os.MkdirAll(d.staging(), 0o755); err != nil {
		return err
	}
	if err := syncTree(d.staging()); err != nil {
		return err
	}
	manifest := func(m *Manifest) ([]byte, error) { return encodeJSON(m) }
	for _, x := range append(descriptions(), description{name: nextName, encode: manifest}, description{name: manifestName, encode: manifest}) {
		data, err := x.encode(m)
		if err == nil {
			err = writeFile(d.staged(x.name), data)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unsucceed removes _SUCCESS: from here on the last commit is not whole. Before
// it is decided the dataset is untouched, and whole.
func (d *dataset) unsucceed() error {
	err := os.Remove(d.file(successName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, syncDir(d.dir))
}

// syncTree brings the names of all that is in a folder to the disk: what the
// manifest names must be there when it is.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			err = syncDir(name)
		}
		return err
	})
}

// stagePart writes one part of all tables, or lists it as it is.
func (d *dataset) stagePart(j *job) ([]File, error) {
	if first := d.old.file(j.path("documents")); first != nil && !j.changed() {
		return d.asBefore(j.part)
	}
	w := &partWriter{pipeline: d.pipeline}
	err := w.open(d, j.part)
	if err == nil {
		err = w.merge(j)
	}
	if err != nil {
		return nil, errors.Join(err, w.abandon())
	}
	files, err := w.close()
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		// A part that came out as it was stays untouched.
		if old := d.old.file(f.Path); old != nil && *old == f {
			if err := os.Remove(d.staged(f.Path)); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// asBefore lists the files of an unchanged part.
func (d *dataset) asBefore(p part) ([]File, error) {
	var out []File
	for _, t := range allTables() {
		f := d.old.file(p.path(t.name()))
		if f == nil {
			return nil, fmt.Errorf("%w: %s is not in the manifest", ErrDamaged, p.path(t.name()))
		}
		out = append(out, *f)
	}
	return out, nil
}

// openOld opens a part of the dataset after making sure that it is the one
// that the manifest names, so that nothing damaged is copied on.
func (d *dataset) openOld(name string) (*os.File, error) {
	want := d.old.file(name)
	if want == nil {
		return nil, fmt.Errorf("%w: %s is not in the manifest", ErrDamaged, name)
	}
	f, err := os.Open(d.file(name))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != want.SHA256 {
		err = fmt.Errorf("%w: %s is not the file that the manifest names", ErrDamaged, name)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// partWriter writes one part of all tables at the same time, so that every
// document is loaded once.
type partWriter struct {
	pipeline string
	shards   []*shardFile
}

// shardFile is a shard with its files.
type shardFile struct {
	shard
	path string
	old  *os.File // nil if the part is new
	out  *os.File
	sum  hash.Hash
}

// open opens all tables of a part.
func (w *partWriter) open(d *dataset, p part) error {
	isNew := d.old.file(p.path("documents")) == nil
	for _, t := range allTables() {
		s := &shardFile{path: p.path(t.name()), sum: sha256.New()}
		w.shards = append(w.shards, s)
		var err error
		// A table that an earlier schema did not have begins empty.
		if !isNew && !d.old.lacks(t) {
			if s.old, err = d.openOld(s.path); err != nil {
				return err
			}
		}
		name := d.staged(s.path)
		if err = os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if s.out, err = os.Create(name); err != nil {
			return err
		}
		if s.shard, err = t.create(io.MultiWriter(s.out, s.sum), s.old, w.pipeline); err != nil {
			return err
		}
	}
	return nil
}

// abandon closes the files of a part that cannot be written. What they lack
// is not looked at: one error would be reported as many.
func (w *partWriter) abandon() error {
	var errs []error
	for _, s := range w.shards {
		for _, f := range []*os.File{s.out, s.old} {
			if f != nil {
				errs = append(errs, f.Close())
			}
		}
	}
	return errors.Join(errs...)
}

// close finishes all files and lists them.
func (w *partWriter) close() ([]File, error) {
	files := make([]File, len(w.shards))
	err := w.each(func(i int, s *shardFile) (err error) {
		files[i], err = s.finish()
		return err
	})
	return files, err
}

func (s *shardFile) finish() (File, error) {
	f := File{Path: s.path}
	var errs []error
	if s.shard != nil {
		n, err := s.close()
		f.Rows, errs = n, append(errs, err)
	}
	if s.out != nil {
		errs = append(errs, s.out.Sync())
		info, err := s.out.Stat()
		if err == nil {
			f.Bytes = info.Size()
		}
		errs = append(errs, err, s.out.Close())
	}
	if s.old != nil {
		errs = append(errs, s.old.Close())
	}
	f.SHA256 = hex.EncodeToString(s.sum.Sum(nil))
	return f, errors.Join(errs...)
}
