package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Repairer knows where the documents of a dataset come from, so that a commit
// can write damaged parts anew. Its methods are called while the dataset is
// locked, by one goroutine.
type Repairer interface {
	// Unchanged tells whether a file that is of the right size is known to be
	// untouched since it was written; any other is compared with its SHA-256.
	Unchanged(f File) bool
	// LastManifest is the manifest that the last commit is known to have left,
	// nil if none is known. It stands for one that is lost.
	LastManifest() *Manifest
	// Known lists the ids of all documents that the dataset has, nil if that is
	// not known. It is asked for when the documents of a part cannot be read.
	Known() []string
	// Restore gives documents of damaged parts, of which nothing but the ID may
	// be known. Either it gives them all, or its error names those that it
	// cannot give.
	Restore(lost []Document) ([]Entry, error)
	// Repaired is told of every damaged file, once the dataset is whole again.
	Repaired(p Problem)
}

// damage is what is wrong with the files of a part.
type damage struct {
	part
	problems []Problem
}

// text names what is wrong, the first of it.
func text(bad []damage) string {
	if n := len(bad) - 1; n > 0 {
		return fmt.Sprintf("%s, and %d more parts", bad[0].text(), n)
	}
	return bad[0].text()
}

// has tells whether a table of the part is damaged.
func (x *damage) has(table string) bool {
	return slices.ContainsFunc(x.problems, func(p Problem) bool { return p.File == x.path(table) })
}

// text names what is wrong, the rest counted.
func (x *damage) text() string {
	p := x.problems[0]
	text := p.File + ": " + p.Message
	if n := len(x.problems) - 1; n > 0 {
		text += fmt.Sprintf(" (and %d more files of the part)", n)
	}
	return text
}

// examine looks for parts that are not what the manifest says. Whether files
// are there and of their size is always looked at; their SHA-256 with all, if
// it is not known that they are untouched, and of the table of documents, whose
// rows every commit reads.
func (d *dataset) examine(parts []part, all bool) []damage {
	var out []damage
	for _, p := range parts {
		x := damage{part: p}
		for i, t := range allTables() {
			f := d.old.file(p.path(t.name()))
			if f == nil {
				continue // an earlier schema did not have the table
			}
			untouched := d.repair == nil || d.repair.Unchanged(*f)
			if problem := d.compare(f, all || i == 0 || !untouched); problem != nil {
				x.problems = append(x.problems, *problem)
			}
		}
		if len(x.problems) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// compare compares a file with what the manifest says of it; nil means that
// nothing is wrong.
func (d *dataset) compare(want *File, hash bool) *Problem {
	bad := func(check, format string, args ...any) *Problem {
		return &Problem{want.Path, check, fmt.Sprintf(format, args...)}
	}
	name := d.file(want.Path)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return bad("missing", "the file is not there")
	case err != nil:
		return bad("unreadable", "%v", cause(err))
	case info.Size() != want.Bytes:
		return bad("bytes", "the file has %d bytes, the manifest says %d", info.Size(), want.Bytes)
	case !hash:
		return nil
	}
	sum, err := hashFile(name)
	switch {
	case err != nil:
		return bad("unreadable", "%v", cause(err))
	case sum != want.SHA256:
		return bad("hash", "the SHA-256 is %s, the manifest says %s", sum, want.SHA256)
	}
	return nil
}

func hashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// plan arranges what is to be written. Parts that turn out to be damaged become
// new ones, with all their documents as entries, until no other is found.
func (d *dataset) plan(entries []Entry, s Settings) ([]*job, error) {
	bad := d.examine(d.old.parts(), s.Rebuild)
	for {
		if len(bad) > 0 {
			more, err := d.restore(bad, entries, s.Remove)
			if err != nil {
				return nil, err
			}
			entries = append(slices.Clip(entries), more...)
		}
		jobs, err := d.arrange(entries, s.Remove)
		if err != nil {
			return nil, err
		}
		// Rows are copied from these, so that the cheap look is not enough.
		var touched []part
		for _, j := range jobs {
			if j.changed() && d.old.file(j.path("documents")) != nil {
				touched = append(touched, j.part)
			}
		}
		if bad = d.examine(touched, true); len(bad) == 0 {
			return jobs, nil
		}
	}
}

// restore gets the documents of damaged parts, but those that the entries
// replace or that are to be removed, and forgets the parts.
func (d *dataset) restore(bad []damage, entries []Entry, remove func(documentID string) bool) ([]Entry, error) {
	if d.repair == nil {
		return nil, fmt.Errorf("%w: %s", ErrDamaged, text(bad))
	}
	lost, err := d.lost(bad, entries)
	if err != nil {
		return nil, err
	}
	replaced, err := replacedBy(entries, remove)
	if err != nil {
		return nil, err
	}
	lost = slices.DeleteFunc(lost, func(l Document) bool { return replaced(l.ID) })
	restored, err := d.repair.Restore(lost)
	if errors.Is(err, context.Canceled) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s; it cannot be written anew: %w", ErrDamaged, text(bad), err)
	}
	given := map[string]bool{}
	for i := range restored {
		given[restored[i].DocumentID] = true
	}
	for _, l := range lost {
		if !given[l.ID] {
			return nil, fmt.Errorf("%w: %s; document %s was not restored", ErrDamaged, text(bad), l.ID)
		}
	}
	d.forget(bad)
	return restored, nil
}

// lost lists the documents of damaged parts. Where the table of documents is
// damaged itself, they are those that the dataset is known to have and that no
// other part has; as many as the manifest says, or else some would be lost with
// nobody noticing. Where it is not known what the dataset has, the entries can
// still be all of it.
func (d *dataset) lost(bad []damage, entries []Entry) (out []Document, err error) {
	damaged := map[part]bool{}
	var unread []damage
	want := 0
	for _, x := range bad {
		if x.has("documents") {
			damaged[x.part] = true
			unread = append(unread, x)
			want += int(d.old.file(x.path("documents")).Rows)
			continue
		}
		if out, err = d.list(out, x.part); err != nil {
			return nil, err
		}
	}
	if len(unread) == 0 {
		return out, nil
	}
	elsewhere := map[string]bool{}
	for _, p := range d.old.parts() {
		if damaged[p] {
			continue
		}
		there, err := d.list(nil, p)
		if err != nil {
			return nil, err
		}
		for _, x := range there {
			elsewhere[x.ID] = true
		}
	}
	known := d.repair.Known()
	if known == nil {
		for i := range entries {
			known = append(known, entries[i].DocumentID)
		}
	}
	known = slices.DeleteFunc(known, func(id string) bool { return elsewhere[id] })
	if len(known) != want {
		return nil, fmt.Errorf("%w: %s; it cannot be written anew: of its %d documents %d are known from earlier runs, or from the inputs of this one",
			ErrDamaged, text(unread), want, len(known))
	}
	for _, id := range known {
		out = append(out, Document{ID: id})
	}
	return out, nil
}

// list appends the documents of a part.
func (d *dataset) list(out []Document, p part) ([]Document, error) {
	err := eachDocument(d, p, func(rows []documentColumns) {
		for _, r := range rows {
			out = append(out, Document{ID: r.DocumentID, URI: r.URI})
		}
	})
	return out, err
}

// forget makes damaged parts new ones.
func (d *dataset) forget(bad []damage) {
	gone := map[part]bool{}
	for _, x := range bad {
		gone[x.part] = true
		d.repaired = append(d.repaired, x.problems...)
	}
	left := *d.old
	left.Files = slices.DeleteFunc(slices.Clone(left.Files), func(f File) bool {
		_, p, ok := parsePath(f.Path)
		return ok && gone[p]
	})
	d.old = &left
}

// tell reports what was repaired, in the order of the manifest.
func (d *dataset) tell() {
	slices.SortFunc(d.repaired, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	for _, p := range d.repaired {
		d.repair.Repaired(p)
	}
}

// readOld reads a manifest that a commit begins with; nil means that there is
// none. With Rebuild, one that cannot be used is none.
func readOld(file string, s Settings) (*Manifest, error) {
	m, err := readManifest(file)
	if err == nil && m != nil {
		err = m.whole()
	}
	if err != nil && s.Rebuild && (errors.Is(err, ErrForeign) || errors.Is(err, ErrDamaged)) {
		return nil, nil
	}
	return m, err
}

// whole refuses a manifest of a schema that is not read, and one that leaves
// tables of a part out.
func (m *Manifest) whole() error {
	if _, err := schemaAge(m.Schema); err != nil {
		return err
	}
	if !slices.IsSortedFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) }) {
		return fmt.Errorf("%w: %s: its files are not sorted", ErrDamaged, manifestName)
	}
	for _, f := range m.Files {
		_, p, ok := parsePath(f.Path)
		if !ok {
			continue // a table of the dataset as a whole
		}
		for _, t := range allTables() {
			if name := p.path(t.name()); m.file(name) == nil && !m.lacks(t) {
				return fmt.Errorf("%w: %s is not in the manifest, %s is", ErrDamaged, name, f.Path)
			}
		}
	}
	return nil
}

// lacks tells whether the manifest is one of an earlier schema that did not have
// a table.
func (m *Manifest) lacks(t table) bool { return m.Older() && m.Pattern(t.name()) == "" }

// headless tells whether the folder is a dataset without its manifest: whether
// there are parts of several tables. One file may be somebody else's.
func (d *dataset) headless() bool {
	tables := 0
	for _, t := range allTables() {
		parts, err := fs.Glob(os.DirFS(d.dir), t.name()+"/fiscal_year=*/part-*.parquet")
		if err == nil && slices.ContainsFunc(parts, func(p string) bool { _, _, ours := parsePath(p); return ours }) {
			tables++
		}
	}
	return tables > 1
}

// headlessError tells that a manifest is lost.
func headlessError(more string) error {
	return fmt.Errorf("%w: %s is not there or cannot be read, parts of tables are there%s", ErrDamaged, manifestName, more)
}

// regain gives a dataset without a manifest the one that the last commit is
// known to have left. Its files are then held against it as against any.
func (d *dataset) regain() (*Manifest, error) {
	var m *Manifest
	if d.repair != nil {
		m = d.repair.LastManifest()
	}
	if m == nil {
		return nil, headlessError("; what it said is not known from earlier runs")
	}
	if m.Buckets < 1 || m.whole() != nil {
		return nil, headlessError("; what is known of it from earlier runs does not fit this program")
	}
	if m.Linkage != nil && m.Linkage.Decisions == nil {
		// What keeps it may not tell no decisions from an empty list.
		own := *m
		own.Linkage = &Linkage{Source: m.Linkage.Source, Decisions: []Decision{}}
		m = &own
	}
	d.repaired = append(d.repaired, Problem{manifestName, "missing", "the file is not there or cannot be read"})
	return m, nil
}
