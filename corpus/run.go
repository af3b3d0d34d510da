package corpus

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"yusuan/export"
	"yusuan/extract/document"
)

// Settings of a run; the zero value is the recommended one.
type Settings struct {
	// Workers is how many documents are read at the same time. 0 means one
	// for each processor.
	Workers int
	// Limits bound what one document may cost.
	Limits document.Limits
	// ArchiveEntries is how many entries a zip archive among the inputs may
	// have. 0 means DefaultArchiveEntries.
	ArchiveEntries int
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
	// Build tells builds of one Pipeline version apart: results of another
	// build are made again.
	Build string
	// WorkDir is the folder of the results of all documents, kept for later
	// runs. "" means that of the dataset with ".results" behind it.
	WorkDir string
	// Worker is the command that starts a worker process, which calls Work;
	// each document is read in one, so that none can harm the run. nil reads
	// in this process: a document that crashes, or fills the memory, then ends
	// all, and Limits.Memory is not kept.
	Worker []string
	// Shard restricts Run to a share of the documents, which it reads without
	// committing them; the zero value is all.
	Shard Shard
	// LockWait is how long to wait for others: for their commit to the dataset,
	// and for their clearing up of the results. 0 fails at once; what was read
	// is kept then, too.
	LockWait time.Duration
	// Waiting is called once when such waiting begins, with who has the lock.
	Waiting func(*export.LockedError)
	// Rebuild compares all files of the dataset with their SHA-256 before it is
	// committed to, and writes a dataset on whose manifest is lost. Damaged files
	// that a commit finds are written anew without it, too.
	Rebuild bool
	// Hashed is called now and then while files are hashed, by one goroutine at
	// a time, and when that begins and ends.
	Hashed func(Hashing)
	// DropGone lets Run remove the documents from the dataset that were among
	// the inputs in an earlier run and are no longer, as if they had never been:
	// those whose files lay in a folder that is an input, matched a pattern, or
	// were an input, and are gone, or have other content now. What cannot be
	// looked at is not gone: an input that is not there, or holds no file, and
	// whatever cannot be listed or opened.
	DropGone bool
	// Stray is called, once a commit is through, for every Parquet file in the
	// dataset's folder that is not the dataset's: who reads a table by a pattern
	// reads it too. It stays where it is.
	Stray func(export.Problem)
	// Planned is called once with the number of distinct documents.
	Planned func(documents int)
	// Done is called after every document, by one goroutine at a time.
	Done func(Outcome)

	// found are the files to be read in place of the inputs', nil for those:
	// what Watch has taken.
	found []File
	// step is told of the steps of publishing; see export.Settings.
	step func(name string)
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
	// Elapsed is how long reading it took, Reused whether that was in an
	// earlier run.
	Elapsed time.Duration
	Reused  bool
	// Extract and Normalize are the parts of Elapsed: getting at what is on the
	// page; telling what it means and packing that.
	Extract, Normalize time.Duration
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
	// Ignored is what the inputs hold and Run leaves out, by URI.
	Ignored []Ignored
	// LeftOut names the documents that Commit and Retry leave out; see there.
	LeftOut []string
	// Unmatched names the rows of the catalogue that no file belongs to.
	Unmatched []string
	// Dropped names the documents that were gone from the inputs and were removed
	// from the dataset.
	Dropped []string
	// Reused is the number of documents that earlier runs had read.
	Reused int
	// OK, Partial and Failed count documents by state.
	OK, Partial, Failed int
	// Errors counts failed documents by error code.
	Errors map[string]int
	Counts Counts
	Times  Times
	// Repaired are the files of the dataset that were damaged and were written
	// anew.
	Repaired []export.Problem
}

// Times tell what a run took. The dataset has none of it: it would not be the
// same twice.
type Times struct {
	// Hash, Commit and Total are times of the clock: for telling the files
	// apart by their content, for the commit without waiting for others, and
	// for all.
	Hash, Commit, Total time.Duration
	// Extract and Normalize are sums over the documents that were read, in
	// whatever processes; see Outcome.
	Extract, Normalize time.Duration
}

// Shard is the share I of N of the documents, 1-based: a document belongs to
// one by its hash, so that several machines share them without talking.
type Shard struct{ I, N int }

// shardDigits are the digits of the hash that decide.
const shardDigits = 8

// has tells whether a document belongs to the shard.
func (s Shard) has(f *File) bool {
	n, err := strconv.ParseUint(f.SHA256[:shardDigits], 16, 64)
	return s.N == 0 || err == nil && int(n%uint64(s.N)) == s.I-1
}

// check refuses shards that there are not.
func (s Shard) check() error {
	if s.N < 0 || s.N == 0 && s.I != 0 || s.N > 0 && (s.I < 1 || s.I > s.N) {
		return fmt.Errorf("shard %d/%d: the share is one of 1/N to N/N", s.I, s.N)
	}
	return nil
}

// Run reads the inputs into the dataset at dir and returns how it went. A
// document that fails is counted and kept with its error; an error is returned
// only when the run itself failed, and the dataset is then as it was before.
//
// What was read is kept beside the dataset (Settings.WorkDir), so that the
// same run goes on where another, ended in whatever way, came to its end. When
// the context ends, the documents in hand are finished and the error is an
// *Interrupted. With a Shard nothing is committed: Commit does that. A commit of
// others is waited for (Settings.LockWait).
func Run(ctx context.Context, inputs []string, dir string, s Settings) (*Summary, error) {
	begin := time.Now()
	sum, err := s.run(ctx, inputs, dir)
	if sum != nil {
		sum.Times.Total = time.Since(begin)
	}
	var stopped *Interrupted
	if err = interrupted(ctx, err, nil); errors.As(err, &stopped) {
		stopped.Summary.Times.Total = time.Since(begin)
	}
	return sum, err
}

func (s *Settings) run(ctx context.Context, inputs []string, dir string) (_ *Summary, err error) {
	if err := errors.Join(export.Check(dir, s.export()), s.Shard.check()); err != nil {
		return nil, err
	}
	if s.DropGone && s.Shard.N > 0 {
		return nil, errors.New("a shard cannot drop what is gone, since it commits nothing: after the commit run once more without a shard")
	}
	in, err := s.gather(inputs, dir)
	if err != nil {
		return nil, err
	}
	if len(in.found) == 0 {
		return nil, fmt.Errorf("no documents in %s", strings.Join(slices.Concat(inputs, s.Listed), ", "))
	}
	b, err := s.begin(ctx, dir, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.claim.release()) }()
	begin := time.Now()
	log := newHashLog(b.results.dir)
	logged, err := log.mend()
	if err != nil {
		return nil, err
	}
	b.ledger.recall(in.found, logged, begin)
	files, err := (&hasher{workers: s.workers(), told: s.Hashed, log: log}).hash(ctx, in.found)
	if err != nil {
		return nil, err
	}
	took := time.Since(begin)
	if b.ledger, err = updateLedger(b.results.dir, func(l *ledger) error { return l.note(files) }); err != nil {
		return nil, err
	}
	log.remove()
	all := files
	files = slices.DeleteFunc(files, func(f File) bool { return !s.Shard.has(&f) })
	b.sum = newSummary(len(files), len(in.found)-len(all))
	b.sum.Ignored, b.sum.Unmatched, b.sum.Times.Hash = in.leftOut, in.unmatched, took
	if s.DropGone && s.found == nil { // a watch reads only what came
		if err := b.drop(ctx, s.gone(b.ledger, s.scope(inputs, in.found), all)); err != nil {
			return nil, err
		}
	}
	return b.run(ctx, files)
}

// gathered are the files of the inputs.
type gathered struct {
	found     []File
	leftOut   []Ignored
	unmatched []string
}

// gather finds the files that are read into the dataset at dir, each with what
// the catalogue says of it.
func (s *Settings) gather(inputs []string, dir string) (*gathered, error) {
	if s.found == nil {
		if err := anyThere(slices.Concat(inputs, s.Listed)); err != nil {
			return nil, err
		}
	}
	found, leftOut, err := s.discover(inputs)
	if err != nil {
		return nil, err
	}
	roots := s.roots(inputs)
	ours := written(roots, dir, s.resultsDir(dir))
	found = slices.DeleteFunc(found, func(f File) bool { return ours(f.Path) })
	leftOut = slices.DeleteFunc(leftOut, func(x Ignored) bool { return ours(x.place) })
	unmatched, err := s.Catalog.match(roots, found)
	return &gathered{found, leftOut, unmatched}, err
}

// workers is how many documents are read at the same time.
func (s *Settings) workers() int {
	if s.Workers > 0 {
		return s.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// export are the settings of the commit.
func (s *Settings) export() export.Settings {
	return export.Settings{Buckets: s.Buckets, Pipeline: s.Pipeline, Rebuild: s.Rebuild, Stray: s.Stray, Step: s.step}
}

// version is what results depend on beside the document.
func (s *Settings) version() string { return s.Pipeline + " " + s.Build }

// resultsDir is where the results of a dataset are: beside it, since the
// dataset itself is to be the same, file by file, whatever was done to make it,
// and is published as it is.
func (s *Settings) resultsDir(dir string) string {
	if s.WorkDir != "" {
		return s.WorkDir
	}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs // of "." there is nothing beside it by name
	}
	return filepath.Clean(dir) + ".results"
}

// written tells of files whether they are below the folders: what the program
// wrote is no document, where its folders lie in one of the input. A folder that
// holds an input is not meant.
func written(inputs []string, folders ...string) func(name string) bool {
	const slash = string(filepath.Separator)
	below := func(name, folder string) bool { return strings.HasPrefix(realPath(name)+slash, folder) }
	var meant []string
	for _, folder := range folders {
		folder = realPath(folder) + slash
		if !slices.ContainsFunc(inputs, func(input string) bool { return below(input, folder) }) {
			meant = append(meant, folder)
		}
	}
	return func(name string) bool {
		return slices.ContainsFunc(meant, func(folder string) bool { return below(name, folder) })
	}
}

// nowRead lists the rows that files had while they could not be opened.
func nowRead(files []File) []string {
	var out []string
	for _, f := range files {
		if f.Err == nil {
			for _, uri := range append([]string{f.URI}, f.Also...) {
				out = append(out, unreadHash(uri)[:idDigits])
			}
		}
	}
	return out
}

func newSummary(documents, duplicates int) *Summary {
	return &Summary{
		Documents: documents, Duplicates: duplicates, Errors: map[string]int{},
		Counts: Counts{Forms: map[string]int{}, Codes: map[string]int{}},
	}
}

// add counts one document.
func (s *Summary) add(o Outcome) {
	if o.Reused {
		s.Reused++
	} else {
		s.Times.Extract += o.Extract
		s.Times.Normalize += o.Normalize
	}
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
