package corpus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"time"

	"yusuan/export"
	"yusuan/extract"
	"yusuan/extract/document"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// Settings of a run; the zero value is the recommended one.
type Settings struct {
	// Workers is how many documents are read at the same time. 0 means one
	// for each processor.
	Workers int
	// Limits bound what one document may cost.
	Limits document.Limits
	// Buckets is the number of parts of each table and year, fixed when a
	// dataset is created. 0 means that of the dataset, or 1.
	Buckets int
	// Pipeline is the version of the program, kept with every document.
	Pipeline string
	// Catalog says what is known of the files from elsewhere; nil means
	// nothing.
	Catalog *Catalog
	// Listed are further inputs, from a list: their URI is the path that the
	// list gives them, if it is relative, where that of other inputs is the
	// last name alone.
	Listed []string
	// WorkDir is where results are kept until they are committed. "" means
	// the system's folder for temporary files.
	WorkDir string
	// Planned is called once with the number of distinct documents.
	Planned func(documents int)
	// Done is called after every document, by one goroutine at a time.
	Done func(Outcome)

	// found are the files to be read in place of the inputs', nil for those:
	// what Watch has taken.
	found []File
}

// The states of a document.
const (
	StatusOK      = "ok"
	StatusPartial = "partial"
	StatusFailed  = "failed"
)

// Outcome tells how a document went.
type Outcome struct {
	// URI is the document's name in the dataset, Also the names of files
	// with the same content.
	URI  string
	Also []string
	// ID is its document_id.
	ID string
	// Status is one of the states.
	Status string
	// Code and Err tell why it failed.
	Code string
	Err  error
	// Counts are its records and notes.
	Counts Counts
	// Elapsed is how long reading it took.
	Elapsed time.Duration
}

// Counts are numbers of records.
type Counts struct {
	Paragraphs, Tables, Cells, Amounts, BudgetLines, Projects, Indicators int
	Procurement, Organizations, Assets, Fields, Findings, Notes           int
	// Forms counts tables by form, Codes notes by code.
	Forms, Codes map[string]int
}

// Summary tells how a run went.
type Summary struct {
	// Documents is the number of distinct documents, Duplicates that of
	// files with the same content as another.
	Documents, Duplicates int
	// LeftOut names links and special files in the input folders.
	LeftOut []string
	// Unmatched names the rows of the catalogue that no file belongs to.
	Unmatched []string
	// OK, Partial and Failed count documents by state.
	OK, Partial, Failed int
	// Errors counts failed documents by error code.
	Errors map[string]int
	Counts Counts
}

// Run reads the inputs into the dataset at dir and returns how it went. A
// document that fails is counted and kept with its error; an error is returned
// only when the run itself failed, and the dataset is then as it was before.
func Run(ctx context.Context, inputs []string, dir string, s Settings) (*Summary, error) {
	if s.Workers <= 0 {
		s.Workers = runtime.GOMAXPROCS(0)
	}
	out := export.Settings{Buckets: s.Buckets, Pipeline: s.Pipeline}
	if err := export.Check(dir, out); err != nil {
		return nil, err
	}
	found, leftOut, err := s.discover(inputs)
	if err != nil {
		return nil, err
	}
	unmatched, err := s.Catalog.match(s.roots(inputs), found)
	if err != nil {
		return nil, err
	}
	files, err := Hash(ctx, found, s.Workers)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no documents in %s", strings.Join(append(inputs, s.Listed...), ", "))
	}
	if s.Planned != nil {
		s.Planned(len(files))
	}
	results, err := newStore(s.WorkDir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err := results.remove(); err != nil {
			slog.Warn("the results of the run are left behind", "file", results.f.Name(), "error", err)
		}
	}()
	w := &worker{settings: s, normalizer: normalize.New(), results: results, sum: newSummary(len(files), len(found))}
	w.sum.LeftOut, w.sum.Unmatched = leftOut, unmatched
	w.entries = make([]export.Entry, len(files))
	each(ctx, len(files), s.Workers, func(i int) { w.document(ctx, &files[i], i) })
	if err := errors.Join(ctx.Err(), w.err); err != nil {
		return nil, err
	}
	out.Remove = nowRead(files)
	if _, err := export.Commit(dir, w.entries, out); err != nil {
		return nil, err
	}
	return w.sum, nil
}

// nowRead lists the rows that files had while they could not be opened.
func nowRead(files []File) []string {
	var out []string
	for _, f := range files {
		if f.Err == nil {
			for _, uri := range append([]string{f.URI}, f.Also...) {
				out = append(out, unreadHash(uri)[:32])
			}
		}
	}
	return out
}

func newSummary(documents, files int) *Summary {
	return &Summary{
		Documents: documents, Duplicates: files - documents, Errors: map[string]int{},
		Counts: Counts{Forms: map[string]int{}, Codes: map[string]int{}},
	}
}

// worker takes documents through the first two stages.
type worker struct {
	settings   Settings
	normalizer *normalize.Normalizer
	results    *store
	entries    []export.Entry

	mu  sync.Mutex
	sum *Summary
	// err is the first failure to store a result: that of the run.
	err error
}

func (w *worker) document(ctx context.Context, f *File, i int) {
	begin := time.Now()
	d, err := w.read(ctx, f)
	if ctx.Err() != nil {
		return
	}
	if errors.Is(err, document.ErrNotFound) {
		// That the file is gone, or another by now, says nothing about the
		// content that was planned, which the dataset may have.
		f.SHA256 = unreadHash(f.URI)
	}
	o := Outcome{URI: f.URI, Also: f.Also, ID: f.SHA256[:32], Status: StatusOK, Err: err, Code: document.Code(err), Elapsed: time.Since(begin)}
	message := ""
	switch {
	case err != nil:
		o.Status, message = StatusFailed, err.Error()
		d = &record.Disclosure{
			Source:   document.Source{Name: f.URI, SHA256: f.SHA256, Bytes: f.Bytes},
			Identity: f.given().Identity(),
		}
	case lossy(d):
		o.Status = StatusPartial
	}
	for _, uri := range f.Other {
		d.Notes = append(d.Notes, record.Note{Origin: record.Whole, Code: "identity.catalog", Message: "the catalogue says something else of " + uri + ", which has the same bytes"})
	}
	for _, uri := range f.Also {
		d.Notes = append(d.Notes, record.Note{Origin: record.Whole, Code: "corpus.same_content", Message: "the same bytes are also at " + uri})
	}
	o.Counts = count(d)
	err = w.results.put(o.ID, &export.Result{Disclosure: d, URI: f.datasetURI(), Status: o.Status, ErrorCode: o.Code, Error: message})
	w.entries[i] = export.Entry{
		DocumentID: o.ID, RegionCode: d.Identity.RegionCode, FiscalYear: d.Identity.FiscalYear,
		Load: func() (*export.Result, error) { return w.results.get(o.ID) },
	}
	w.finish(o, err)
}

// finish counts a document and reports it.
func (w *worker) finish(o Outcome, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.err = cmp.Or(w.err, err)
	w.sum.add(o)
	if w.settings.Done != nil {
		w.settings.Done(o)
	}
}

// read takes a file through extract and normalize.
func (w *worker) read(ctx context.Context, f *File) (*record.Disclosure, error) {
	if f.Err != nil {
		return nil, &document.Error{Source: f.URI, At: document.Nowhere, Err: f.Err}
	}
	data, err := f.content(w.settings.Limits.WithDefaults().FileBytes)
	if err != nil {
		return nil, &document.Error{Source: f.URI, At: document.Nowhere, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, w.settings.Limits.WithDefaults().Time)
	defer cancel()
	doc, err := extract.Settings{Limits: w.settings.Limits}.Read(ctx, f.URI, data)
	if err != nil {
		return nil, err
	}
	slog.Debug("read", "uri", f.URI, "blocks", len(doc.Blocks), "notes", len(doc.Notes))
	return w.normalizer.Given(ctx, doc, f.given())
}

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

// add counts one document.
func (s *Summary) add(o Outcome) {
	switch o.Status {
	case StatusOK:
		s.OK++
	case StatusPartial:
		s.Partial++
	default:
		s.Failed++
		s.Errors[o.Code]++
	}
	c, d := &s.Counts, o.Counts
	for _, n := range []struct {
		to   *int
		from int
	}{
		{&c.Paragraphs, d.Paragraphs}, {&c.Tables, d.Tables}, {&c.Cells, d.Cells}, {&c.Amounts, d.Amounts},
		{&c.BudgetLines, d.BudgetLines}, {&c.Projects, d.Projects}, {&c.Indicators, d.Indicators},
		{&c.Procurement, d.Procurement}, {&c.Organizations, d.Organizations}, {&c.Assets, d.Assets},
		{&c.Fields, d.Fields}, {&c.Findings, d.Findings}, {&c.Notes, d.Notes},
	} {
		*n.to += n.from
	}
	for form, n := range d.Forms {
		c.Forms[form] += n
	}
	for code, n := range d.Codes {
		c.Codes[code] += n
	}
}
