package corpus

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"yusuan/export"
	"yusuan/extract"
	"yusuan/extract/document"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// reader takes a document through the first two stages. An error is one of the
// run: that a document fails is an answer.
type reader interface {
	read(f *File, lim document.Limits) (*answer, error)
	close() error
}

// inProcess reads documents here and now.
type inProcess struct {
	normalizer *normalize.Normalizer
	// fault is what a test does to a document before it is read, nil outside
	// tests.
	fault func(data []byte)
}

func (r *inProcess) close() error { return nil }

// read reads, normalises and packs a document.
func (r *inProcess) read(f *File, lim document.Limits) (*answer, error) {
	begin := time.Now()
	lim = lim.WithDefaults()
	d, extracted, err := r.disclosure(f, lim)
	a := &answer{Meta: meta{Status: StatusOK, Limits: lim}}
	if err != nil {
		a = failed(f, lim, err)
	} else {
		if lossy(d) {
			a.Meta.Status = StatusPartial
		}
		a.Meta.Region, a.Meta.Year = d.Identity.RegionCode, d.Identity.FiscalYear
		a.Meta.Counts = count(d)
		a.Blob, err = pack(d)
		if err != nil {
			return nil, fmt.Errorf("store the result of %s: %w", f.URI, err)
		}
	}
	a.Meta.Elapsed = time.Since(begin)
	a.Meta.Extract = extracted.Sub(begin)
	a.Meta.Normalize = a.Meta.Elapsed - a.Meta.Extract
	return a, nil
}

// failed is the answer for a document that cannot be read. Whether its file
// can be opened has nothing to do with its content.
func failed(f *File, lim document.Limits, err error) *answer {
	text := err.Error()
	var e *document.Error
	if errors.As(err, &e) && error(e) == err && e.Source == f.URI {
		text = (&document.Error{At: e.At, Err: e.Err}).Error()
	}
	given := f.given()
	identity := given.Identity()
	return &answer{
		Meta: meta{Status: StatusFailed, Code: document.Code(err), Error: text, Limits: lim,
			Region: identity.RegionCode, Year: identity.FiscalYear,
			Counts: Counts{Forms: map[string]int{}, Codes: map[string]int{}}},
		Passing: errors.Is(err, document.ErrNotFound),
	}
}

// disclosure takes a file through extract and normalize, and tells when the
// first was over.
func (r *inProcess) disclosure(f *File, lim document.Limits) (*record.Disclosure, time.Time, error) {
	if f.Err != nil {
		return nil, time.Now(), &document.Error{Source: f.URI, At: document.Nowhere, Err: f.Err}
	}
	data, err := f.content(lim.FileBytes)
	if err != nil {
		return nil, time.Now(), &document.Error{Source: f.URI, At: document.Nowhere, Err: err}
	}
	ctx, cancel := context.WithTimeout(context.Background(), lim.Time)
	defer cancel()
	if r.fault != nil {
		r.fault(data)
	}
	doc, err := extract.Settings{Limits: lim}.Read(ctx, f.URI, data)
	extracted := time.Now()
	if err != nil {
		return nil, extracted, err
	}
	slog.Debug("read", "uri", f.URI, "blocks", len(doc.Blocks), "notes", len(doc.Notes))
	out, err := r.normalizer.Given(ctx, doc, f.given())
	return out, extracted, err
}

// idDigits are the digits of a hash that are the document_id.
const idDigits = 32

// key names the result of a file: all that it depends on but the limits, which
// stand in the result. The records tell the document's own name, so its last
// part belongs here; the folder does not, and is put in at the commit.
func (f *File) key(version string) string {
	given := f.given()
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%q\n%q\n", f.SHA256, version, path.Base(f.URI), fmt.Sprintf("%+v", given))
	return string(h.Sum(nil))
}

// serves tells whether a result that was made under some limits is the one
// that these would give. More time and memory change only whether a document
// fails by them.
func (m *meta) serves(lim document.Limits) bool {
	if m.Status != StatusFailed && m.Retried {
		return true
	}
	switch m.Code {
	case document.Code(document.ErrTimeLimit):
		if lim.Time > m.Limits.Time {
			return false
		}
	case document.Code(document.ErrMemoryLimit):
		if lim.Memory > m.Limits.Memory {
			return false
		}
	}
	other := m.Limits
	other.Time, other.Memory = lim.Time, lim.Memory
	return other == lim
}

// notes are those that the plan adds to a document.
func (f *File) notes() []record.Note {
	var out []record.Note
	note := func(code, message string) {
		out = append(out, record.Note{Origin: record.Whole, Code: code, Message: message})
	}
	each, rest := f.Other[:min(len(f.Other), sameListed)], f.Other[min(len(f.Other), sameListed):]
	for _, uri := range each {
		note("identity.catalog", "the catalogue says something else of "+uri+", which has the same bytes")
	}
	if len(rest) > 0 {
		note("identity.catalog", fmt.Sprintf("the catalogue says something else of %d further files, which have the same bytes: %s", len(rest), byFolder(rest)))
	}
	each, rest = f.Also[:min(len(f.Also), sameListed)], f.Also[min(len(f.Also), sameListed):]
	for _, uri := range each {
		note("corpus.same_content", "the same bytes are also at "+uri)
	}
	if len(rest) > 0 {
		note("corpus.same_content", fmt.Sprintf("the same bytes are also at %d further files: %s", len(rest), byFolder(rest)))
	}
	return out
}

// sameListed is how many files with the same content have a note each; the
// others share one, which counts them by folder. Their names are told by Plan,
// and by the Outcome of the document.
const sameListed = 100

// foldersListed is how many folders such a note names.
const foldersListed = 20

// byFolder counts files by the folder, or archive, that they are in.
func byFolder(uris []string) string {
	counts := map[string]int{}
	for _, uri := range uris {
		counts[path.Dir(uri)]++
	}
	var parts []string
	rest := len(uris)
	for _, dir := range slices.Sorted(maps.Keys(counts)) {
		if len(parts) == foldersListed {
			return strings.Join(parts, ", ") + fmt.Sprintf(", %d elsewhere", rest)
		}
		parts = append(parts, fmt.Sprintf("%d in %s", counts[dir], dir))
		rest -= counts[dir]
	}
	return strings.Join(parts, ", ")
}

// result is what the dataset keeps of a file.
func (f *File) result(a *answer) (*export.Result, error) {
	given := f.given()
	d := &record.Disclosure{
		Source:   document.Source{SHA256: f.SHA256, Bytes: f.Bytes},
		Identity: given.Identity(),
	}
	out := &export.Result{URI: f.datasetURI(), Status: a.Meta.Status, ErrorCode: a.Meta.Code}
	if a.Meta.Status == StatusFailed {
		out.Error = f.URI + ": " + a.Meta.Error
	} else {
		var err error
		if d, err = a.disclosure(); err != nil {
			return nil, err
		}
	}
	d.Source.Name = f.URI
	d.Notes = append(d.Notes, f.notes()...)
	out.Disclosure = d
	return out, nil
}

// outcome tells how a document went.
func (f *File) outcome(m *meta) Outcome {
	o := Outcome{URI: f.URI, Also: f.Also, ID: f.SHA256[:idDigits], Status: m.Status, Code: m.Code, Elapsed: m.Elapsed,
		Extract: m.Extract, Normalize: m.Normalize}
	if m.Status == StatusFailed {
		o.Err = &document.Error{Source: f.URI, At: document.Nowhere, Err: &failure{m.Error, document.Sentinel(m.Code)}}
	}
	c := m.Counts
	notes := f.notes()
	c.Notes += len(notes)
	for _, n := range notes {
		c.Codes[n.Code]++
	}
	o.Counts = c
	return o
}

// failure is an error of a document that was kept: its text, and what it was.
type failure struct {
	text     string
	sentinel error
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.sentinel }

// lossy tells whether something of the document was lost, which makes it
// partial: notes whose code says so.
func lossy(d *record.Disclosure) bool {
	for _, n := range d.Notes {
		if _, what, ok := strings.Cut(n.Code, "."); ok && strings.HasPrefix(what, "lost") {
			return true
		}
	}
	return false
}

func count(d *record.Disclosure) Counts {
	c := Counts{
		Paragraphs: len(d.Paragraphs), Tables: len(d.Tables), Cells: len(d.Cells), Amounts: len(d.Amounts),
		BudgetLines: len(d.BudgetLines), Projects: len(d.Projects), Indicators: len(d.Indicators),
		Procurement: len(d.Procurement), Organizations: len(d.Organizations), Assets: len(d.Assets),
		Fields: len(d.Fields), Findings: len(d.Findings), Notes: len(d.Notes),
		Forms: map[string]int{}, Codes: map[string]int{},
	}
	for _, t := range d.Tables {
		c.Forms[t.Form]++
	}
	for _, n := range d.Notes {
		c.Codes[n.Code]++
	}
	return c
}
