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
	// Load is called once, in the order of the rows, and its result is let
	// go before the next one is loaded.
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
	// Remove lists ids of documents that the dataset shall no longer have;
	// ids that it does not have are no error.
	Remove []string
}

// maxBuckets keeps the number of files in bounds: fourteen times as many per
// year.
const maxBuckets = 9999

// Commit writes documents into the dataset in dir, which is made if it does
// not exist. Documents that it already has, by id, are replaced. Either all
// entries are in the dataset afterwards, or an error is returned and it is
// the dataset that it was, less its _SUCCESS; an error that comes while the
// written parts are renamed (a full disk, a lost right) leaves that to be
// finished by the next commit.
func Commit(dir string, entries []Entry, s Settings) (*Manifest, error) {
	m, err := commit(dir, entries, s)
	if err != nil {
		return nil, fmt.Errorf("committing to %s: %w", dir, err)
	}
	return m, nil
}

func commit(dir string, entries []Entry, s Settings) (m *Manifest, err error) {
	// A folder that is no dataset is refused before anything is made in it.
	// While another commit publishes it may look like that.
	if err := check(dir, s); err != nil && !lockedFile(dir) {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	l, err := acquire(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.release()) }()
	return commitLocked(dir, entries, s)
}

func commitLocked(dir string, entries []Entry, s Settings) (*Manifest, error) {
	d, err := openDataset(dir, s)
	if err != nil {
		return nil, err
	}
	jobs, err := d.plan(entries, s.Remove)
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
	return m, nil
}

// dataset is a folder with what its manifest says.
type dataset struct {
	dir      string
	old      *Manifest // without files if the dataset is new
	pipeline string
}

func (d *dataset) staging() string { return filepath.Join(d.dir, stagingName) }
func (d *dataset) file(slashed string) string {
	return filepath.Join(d.dir, filepath.FromSlash(slashed))
}

// openDataset finishes or undoes an interrupted commit and reads the manifest.
func openDataset(dir string, s Settings) (*dataset, error) {
	if err := check(dir, s); err != nil {
		return nil, err
	}
	d := &dataset{dir: dir, pipeline: s.Pipeline}
	if err := d.recover(); err != nil {
		return nil, err
	}
	old, err := readManifest(d.file(manifestName))
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
	entries []Entry
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

// plan sorts the entries into parts and finds the documents they replace,
// wherever those are. Parts without documents are left out: the dataset loses
// them. A dataset without any document keeps one empty part, so that every
// table can be read.
func (d *dataset) plan(entries []Entry, remove []string) ([]*job, error) {
	jobs := map[part]*job{}
	at := func(p part) *job {
		if jobs[p] == nil {
			jobs[p] = &job{part: p, anew: d.old.Older()}
		}
		return jobs[p]
	}
	replaced := map[string]bool{}
	for _, e := range entries {
		if err := e.check(replaced); err != nil {
			return nil, err
		}
		replaced[e.DocumentID] = true
		p, err := partOf(e.DocumentID, e.FiscalYear, d.old.Buckets)
		if err != nil {
			return nil, err
		}
		at(p).entries = append(at(p).entries, e)
	}
	for _, id := range remove {
		replaced[id] = true
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
		slices.SortFunc(j.entries, func(a, b Entry) int {
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

// planOld reads which documents a part of the dataset has.
func (d *dataset) planOld(j *job, replaced map[string]bool) error {
	f, err := d.openOld(j.path("documents"))
	if err != nil {
		return err
	}
	defer f.Close()
	c, err := newCursor[oldDocument](f)
	if err != nil {
		return err
	}
	for {
		more, err := c.fill()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		for _, o := range c.rest {
			o.drop = replaced[o.DocumentID]
			j.old = append(j.old, o)
			if !o.drop {
				j.kept++
			}
		}
		c.rest = nil
	}
	if !j.changed() {
		j.old = nil // its documents need not be remembered
	}
	return c.close()
}

// isDocumentID tells whether s is 32 hexadecimal digits.
func isDocumentID(s string) bool {
	const digits = 32
	return len(s) == digits && strings.Trim(s, "0123456789abcdef") == ""
}

// check refuses entries that could not be found again.
func (e *Entry) check(seen map[string]bool) error {
	switch {
	case !isDocumentID(e.DocumentID):
		return fmt.Errorf("document_id %q is not 32 hexadecimal digits", e.DocumentID)
	case seen[e.DocumentID]:
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
