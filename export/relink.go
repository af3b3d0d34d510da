package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"yusuan/export/parquet"
)

// ErrNoLinks means that a dataset has no tables entities and links.
var ErrNoLinks = errors.New("the dataset has no links")

// Linker computes entities and links from what a dataset holds. It takes the
// mentions from src and hands its rows to out, in any order.
type Linker func(ctx context.Context, src *LinkSource, out *LinkSink) error

// Relink computes the tables entities and links of a dataset anew and commits
// them, the other tables staying as they are. Decisions replace those that the
// dataset has; nil keeps them.
func Relink(ctx context.Context, dir string, s RelinkSettings, link Linker) (*Manifest, error) {
	m, err := relink(ctx, dir, s, link)
	if err != nil {
		return nil, fmt.Errorf("linking %s: %w", dir, err)
	}
	return m, nil
}

// RelinkSettings say how Relink goes.
type RelinkSettings struct {
	// Pipeline is the version of the program.
	Pipeline string
	// Decisions are the user's; nil means those that the dataset has.
	Decisions []Decision
	// OnlyIfThere leaves a dataset without links alone: ErrNoLinks.
	OnlyIfThere bool
	// Damaged is called for what is wrong with the tables that are replaced: ids
	// that came from them may be others now. nil means nothing.
	Damaged func(Problem)
}

func relink(ctx context.Context, dir string, s RelinkSettings, link Linker) (m *Manifest, err error) {
	if _, err := openManifest(dir); err != nil && !lockedFile(dir) {
		return nil, err
	}
	l, err := acquire(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.release()) }()
	d, err := openDataset(dir, Settings{Pipeline: s.Pipeline})
	if err != nil {
		return nil, err
	}
	if d.old.Format == "" {
		return nil, fmt.Errorf("%w: there is no %s in it", ErrForeign, manifestName)
	}
	if s.OnlyIfThere && d.old.Linkage == nil {
		return nil, ErrNoLinks
	}
	if d.old.Older() { // the manifest would say of its parts what they are not
		return nil, fmt.Errorf("%w: its schema is %s, an earlier one: bring it up to %s with yusuan commit DATASET, or a run, and link then",
			ErrMismatch, d.old.Schema, SchemaVersion)
	}
	for _, p := range d.loseLinks(true) {
		if s.Damaged != nil {
			s.Damaged(p)
		}
	}
	if s.Decisions == nil && d.old.Linkage != nil {
		s.Decisions = d.old.Linkage.Decisions
	}
	m, err = d.stageLinks(ctx, s.Decisions, link)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(d.staging()))
	}
	return m, d.publish(m)
}

// loseLinks forgets entities and links if they are not what the manifest says,
// and tells what is wrong with them: they follow from the documents, and are
// there again when the dataset is linked, which the manifest asks for. Their
// SHA-256 is looked at with all, or if it is not known that they are untouched.
func (d *dataset) loseLinks(all bool) (bad []Problem) {
	if d.old.Linkage == nil {
		return nil
	}
	for _, t := range wholeTables() {
		f := d.old.file(t.path())
		if f == nil {
			continue // lost before
		}
		if p := d.compare(f, all || d.repair != nil && !d.repair.Unchanged(*f)); p != nil {
			bad = append(bad, *p)
		}
	}
	if len(bad) == 0 {
		return nil
	}
	left := *d.old
	left.Files = slices.DeleteFunc(slices.Clone(left.Files), func(f File) bool {
		_, whole := wholeNamed(f.Path)
		return whole
	})
	left.Linkage = &Linkage{Decisions: left.Linkage.Decisions}
	d.old = &left
	return bad
}

// HasLinks tells whether a dataset has the tables entities and links.
func HasLinks(dir string) (bool, error) {
	m, err := readManifest(filepath.Join(dir, manifestName))
	return m != nil && m.Linkage != nil, err
}

// stageLinks computes and writes both tables and the manifest that names them.
func (d *dataset) stageLinks(ctx context.Context, decisions []Decision, link Linker) (*Manifest, error) {
	if decisions == nil {
		decisions = []Decision{}
	}
	aside := d.staged("aside") // swept with the staging folder
	out := &LinkSink{entities: newSorter(aside, entitiesTable, entityOrder), links: newSorter(aside, linksTable, linkOrder)}
	src := &LinkSource{Decisions: decisions, dataset: d, aside: aside}
	err := src.readOld()
	if err == nil {
		err = link(ctx, src, out)
	}
	var files []File
	if err == nil {
		files, err = d.writeLinks(out)
	}
	if err := errors.Join(err, out.entities.close(), out.links.close(), os.RemoveAll(aside)); err != nil {
		return nil, err
	}
	m := &Manifest{Format: manifestFormat, Schema: SchemaVersion, Pipeline: d.pipeline, Buckets: d.old.Buckets}
	for _, f := range d.old.Files {
		if _, whole := wholeNamed(f.Path); !whole {
			m.Files = append(m.Files, f)
		}
	}
	m.Files = append(m.Files, files...)
	m.Linkage = &Linkage{Decisions: decisions}
	slices.SortFunc(m.Files, func(a, b File) int { return compareText(a.Path, b.Path) })
	m.Linkage.Source = m.linkSource()
	return m, d.stageManifest(m)
}

// writeLinks writes both tables into the staging folder. A table that came out
// as it was stays untouched.
func (d *dataset) writeLinks(out *LinkSink) ([]File, error) {
	entities, err := out.entities.merged()
	if err != nil {
		return nil, err
	}
	links, err := out.links.merged()
	if err != nil {
		return nil, err
	}
	var files []File
	for _, t := range wholeTables() {
		f, err := d.writeWholeFile(t, func(w io.Writer, o parquet.Options) (int64, error) {
			if t.name == entitiesTable {
				return writeWhole(w, o, entities)
			}
			return writeWhole(w, o, links)
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.path(), err)
		}
		files = append(files, f)
	}
	return files, nil
}

// writeWholeFile stages the file of a table.
func (d *dataset) writeWholeFile(t wholeTable, write func(io.Writer, parquet.Options) (int64, error)) (f File, err error) {
	name := d.staged(t.path())
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return f, err
	}
	out, err := os.Create(name)
	if err != nil {
		return f, err
	}
	sum := sha256.New()
	f = File{Path: t.path()}
	f.Rows, err = write(io.MultiWriter(out, sum), t.options(d.pipeline))
	info, err2 := out.Stat()
	if err := errors.Join(err, err2, out.Sync(), out.Close()); err != nil {
		return f, err
	}
	f.Bytes, f.SHA256 = info.Size(), hex.EncodeToString(sum.Sum(nil))
	if old := d.old.file(f.Path); old != nil && *old == f {
		return f, os.Remove(name)
	}
	return f, nil
}

// LinkSink takes what a linker found.
type LinkSink struct {
	entities *sorter[Entity]
	links    *sorter[Link]
}

// Entity takes a row of entities. Its aliases are sorted here.
func (s *LinkSink) Entity(e *Entity) error {
	slices.Sort(e.Aliases)
	return s.entities.add(e)
}

// Link takes a row of links.
func (s *LinkSink) Link(l *Link) error { return s.links.add(l) }

// scanFile passes the rows of a file to f.
func scanFile[T any](file *os.File, f func(*T) error) error {
	in, err := openRows[T](file)
	if err != nil {
		return err
	}
	buf := make([]T, cursorRows)
	for {
		n, err := in.Read(buf)
		if err != nil && !errors.Is(err, io.EOF) {
			return errors.Join(err, in.Close())
		}
		for i := range n {
			if err := f(&buf[i]); err != nil {
				return errors.Join(err, in.Close())
			}
		}
		if n < len(buf) {
			return in.Close()
		}
	}
}

// Entities passes every row of a dataset's table entities to f, in its order.
func Entities(ctx context.Context, dir string, f func(*Entity) error) error {
	return readWhole(ctx, dir, entitiesTable, f)
}

// Links passes every row of a dataset's table links to f, in its order.
func Links(ctx context.Context, dir string, f func(*Link) error) error {
	return readWhole(ctx, dir, linksTable, f)
}

// readWhole passes the rows of a table of the dataset as a whole to f.
func readWhole[T any](ctx context.Context, dir, table string, f func(*T) error) error {
	m, err := ReadManifest(dir)
	if err != nil {
		return err
	}
	if m.Linkage == nil {
		return fmt.Errorf("reading %s: %w; yusuan link makes them", dir, ErrNoLinks)
	}
	file, err := os.Open(filepath.Join(dir, table, wholePart))
	if err != nil {
		return fmt.Errorf("reading %s: %w: %w", dir, ErrDamaged, err)
	}
	defer file.Close()
	return scanFile(file, func(row *T) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return f(row)
	})
}
