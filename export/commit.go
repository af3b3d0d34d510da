package export

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// What can be wrong with the folder of a dataset.
var (
	// ErrForeign means that the folder holds something that is no dataset of
	// this program; nothing in it was touched.
	ErrForeign = errors.New("not a dataset")
	// ErrMismatch means that the dataset was made with another number of
	// buckets or another schema.
	ErrMismatch = errors.New("dataset does not match")
	// ErrDamaged means that a file is missing or is not what the manifest
	// says.
	ErrDamaged = errors.New("dataset is damaged")
)

// Result is a document as the dataset keeps it.
type Result struct {
	// Disclosure is never nil: a document that failed has its Source and the
	// kind of its Identity at least.
	Disclosure *record.Disclosure
	// URI is the path relative to the input that was named, with "/", or the
	// name that a catalogue gives the document.
	URI string
	// Status is "ok", "partial" or "failed".
	Status string
	// ErrorCode and Error say why, "" if nothing went wrong.
	ErrorCode, Error string
}

// Entry is a document to be written: its keys, and how to get at the rest.
type Entry struct {
	// DocumentID is the first 32 hex digits of the SHA-256 of the bytes.
	DocumentID string
	// RegionCode and FiscalYear are those of the Disclosure's Identity.
	RegionCode string
	FiscalYear int
	// Load is called once, by one goroutine at a time in the order of the rows,
	// and its result is let go soon: a few small ones, or two large ones, are
	// held at the same time.
	Load func() (*Result, error)
}

// compare orders documents as the rows of a part are ordered.
func compare(regionA, idA, regionB, idB string) int {
	return cmp.Or(cmp.Compare(regionA, regionB), cmp.Compare(idA, idB))
}

// Settings say how a dataset is written.
type Settings struct {
	// Buckets is the number of parts that the documents of a year fall into.
	// It is fixed when the dataset is made: 1 to 9999, 0 for 1; later 0 for
	// what it is, and any other number is an error.
	Buckets int
	// Pipeline is the version of the program.
	Pipeline string
	// Step is called after each step of publishing what is decided: a file was
	// put into its place, the manifest, what is no longer needed was removed.
	// nil means nothing.
	Step func(name string)
	// Remove tells of the id of a document whether the dataset shall no longer
	// have it; nil removes none. It is asked for those that no entry replaces.
	Remove func(documentID string) bool
	// Repair gives what damaged parts are written anew from; with nil a part
	// that is not what the manifest says is an error.
	Repair Repairer
	// Stray is told, once the dataset is whole, of every Parquet file in its
	// folder that the manifest does not name. They are not removed. nil means
	// that nobody asks.
	Stray func(p Problem)
	// Rebuild compares all parts with their SHA-256, and begins with
	// Repair.LastManifest where the manifest is lost.
	Rebuild bool
}

// maxBuckets keeps the number of files in bounds: fourteen times as many per
// year.
const maxBuckets = 9999

// Commit writes documents into the dataset in dir, which is made if it does
// not exist. Documents that it already has, by id, are replaced. Either all
// entries are in the dataset afterwards, or an error is returned and it is
// the dataset that it was; an error that comes while the written parts are
// renamed (a full disk, a lost right) leaves that to be finished by the next
// commit, and the dataset without its _SUCCESS.
func Commit(dir string, entries []Entry, s Settings) (m *Manifest, err error) {
	l, err := Take(dir, s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.Release()) }()
	return l.Commit(entries, s)
}

func commitLocked(dir string, entries []Entry, s Settings) (*Manifest, error) {
	d, err := openDataset(dir, s)
	if err != nil {
		return nil, err
	}
	if bad := d.loseLinks(s.Rebuild); d.repair != nil {
		d.repaired = append(d.repaired, bad...)
	}
	jobs, err := d.plan(entries, s)
	if err != nil {
		return nil, err
	}
	m, err := d.stage(jobs)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(d.staging()))
	}
	if err := d.publish(m); err != nil {
		return nil, err
	}
	d.tell()
	d.tellStrays(m, s.Stray)
	return m, nil
}

// dataset is a folder with what its manifest says.
type dataset struct {
	dir      string
	old      *Manifest // without files if the dataset is new, and without damaged parts
	pipeline string
	step     func(name string)
	repair   Repairer // nil if nothing can be repaired
	// repaired is what is wrong with files that are written anew.
	repaired []Problem
	// recovering says that an interrupted commit is being ended.
	recovering bool
}

func (d *dataset) staging() string { return filepath.Join(d.dir, stagingName) }
func (d *dataset) file(slashed string) string {
	return filepath.Join(d.dir, filepath.FromSlash(slashed))
}

// settle finishes or undoes an interrupted commit.
func settle(dir string, s Settings) (*dataset, error) {
	if err := check(dir, s); err != nil {
		return nil, err
	}
	d := &dataset{dir: dir, pipeline: s.Pipeline, step: s.Step, repair: s.Repair}
	return d, d.recover(s)
}

// openDataset settles a dataset and reads its manifest.
func openDataset(dir string, s Settings) (*dataset, error) {
	d, err := settle(dir, s)
	if err != nil {
		return nil, err
	}
	old, err := readOld(d.file(manifestName), s)
	if err == nil && old == nil && d.headless() {
		old, err = d.regain()
	}
	if err != nil {
		return nil, err
	}
	if old != nil {
		d.old = old
		return d, nil
	}
	d.old = &Manifest{Schema: SchemaVersion, Buckets: cmp.Or(s.Buckets, 1)}
	return d, nil
}

// job is what happens to one part.
type job struct {
	part
	// entries are the new documents, in the order of the rows.
	entries []*Entry
	// old are the documents that the part has, in the order of the rows.
	old []oldDocument
	// kept is the number of old documents that stay.
	kept int
	// anew says that the part is of an earlier schema and is written again
	// whatever stays.
	anew bool
}

// oldDocument is a document of the dataset. Its tags make it a row type.
type oldDocument struct {
	DocumentID string `parquet:"document_id,dict"`
	RegionCode string `parquet:"region_code,dict"`
	// drop says that the document is replaced.
	drop bool
}

func (o oldDocument) document() string { return o.DocumentID }

// changed tells whether the part has to be written again.
func (j *job) changed() bool { return j.anew || len(j.entries) > 0 || j.kept < len(j.old) }

// arrange sorts the entries into parts and finds the documents they replace,
// wherever those are. Parts without documents are left out: the dataset loses
// them. A dataset without any document keeps one empty part, so that every
// table can be read.
func (d *dataset) arrange(entries []Entry, remove func(documentID string) bool) ([]*job, error) {
	replaced, err := replacedBy(entries, remove)
	if err != nil {
		return nil, err
	}
	jobs := map[part]*job{}
	at := func(p part) *job {
		if jobs[p] == nil {
			jobs[p] = &job{part: p, anew: d.old.Older()}
		}
		return jobs[p]
	}
	for i := range entries {
		p, err := partOf(entries[i].DocumentID, entries[i].FiscalYear, d.old.Buckets)
		if err != nil {
			return nil, err
		}
		at(p).entries = append(at(p).entries, &entries[i])
	}
	for _, p := range d.old.parts() {
		if err := d.planOld(at(p), replaced); err != nil {
			return nil, err
		}
	}
	var out []*job
	for _, j := range jobs {
		if len(j.entries)+j.kept == 0 {
			continue
		}
		slices.SortFunc(j.entries, func(a, b *Entry) int {
			return compare(a.RegionCode, a.DocumentID, b.RegionCode, b.DocumentID)
		})
		out = append(out, j)
	}
	if len(out) == 0 {
		out = append(out, at(part{}))
	}
	slices.SortFunc(out, func(a, b *job) int { return a.compare(b.part) })
	return out, nil
}

// replacedBy checks the entries and tells which documents of the dataset go.
func replacedBy(entries []Entry, remove func(documentID string) bool) (func(documentID string) bool, error) {
	given := make(map[documentHash]bool, len(entries))
	for i := range entries {
		if err := entries[i].check(given); err != nil {
			return nil, err
		}
		given[hashOfID(entries[i].DocumentID)] = true
	}
	return func(id string) bool { return given[hashOfID(id)] || remove != nil && remove(id) }, nil
}

// planOld reads which documents a part of the dataset has.
func (d *dataset) planOld(j *job, replaced func(documentID string) bool) error {
	err := eachDocument(d, j.part, func(rows []oldDocument) {
		for _, o := range rows {
			o.drop = replaced(o.DocumentID)
			j.old = append(j.old, o)
			if !o.drop {
				j.kept++
			}
		}
	})
	if !j.changed() {
		j.old = nil // its documents need not be remembered
	}
	return err
}

// eachDocument goes through the documents of a part, many at a time. The part
// has been compared with the manifest.
func eachDocument[T keyed](d *dataset, p part, f func(rows []T)) error {
	file, err := os.Open(d.file(p.path("documents")))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer file.Close()
	c, err := newCursor[T](file)
	if err != nil {
		return err
	}
	for {
		more, err := c.fill()
		if err != nil {
			return err
		}
		if !more {
			return c.close()
		}
		f(c.rest)
		c.rest = nil
	}
}

// isDocumentID tells whether s is 32 hexadecimal digits.
func isDocumentID(s string) bool {
	const digits = 32
	return len(s) == digits && strings.Trim(s, "0123456789abcdef") == ""
}

// check refuses entries that could not be found again.
func (e *Entry) check(seen map[documentHash]bool) error {
	switch {
	case !isDocumentID(e.DocumentID):
		return fmt.Errorf("document_id %q is not 32 hexadecimal digits", e.DocumentID)
	case seen[hashOfID(e.DocumentID)]:
		return fmt.Errorf("document %s was given twice", e.DocumentID)
	case e.FiscalYear < 0 || e.FiscalYear > 9999:
		return fmt.Errorf("document %s: fiscal year %d", e.DocumentID, e.FiscalYear)
	case e.Load == nil:
		return fmt.Errorf("document %s cannot be loaded: there is no Load", e.DocumentID)
	}
	return nil
}

// load loads a document and makes sure that it is the one announced: order
// and place of its rows depend on the entry's keys.
func (e *Entry) load() (*Result, error) {
	r, err := e.Load()
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", e.DocumentID, err)
	}
	if r == nil || r.Disclosure == nil {
		return nil, fmt.Errorf("document %s: nothing was loaded", e.DocumentID)
	}
	id := &r.Disclosure.Identity
	if !strings.HasPrefix(r.Disclosure.Source.SHA256, e.DocumentID) ||
		id.RegionCode != e.RegionCode || id.FiscalYear != e.FiscalYear {
		return nil, fmt.Errorf("document %s (region %q, year %d): loaded was %.32s (region %q, year %d)", e.DocumentID,
			e.RegionCode, e.FiscalYear, r.Disclosure.Source.SHA256, id.RegionCode, id.FiscalYear)
	}
	return r, nil
}
