package corpus

import (
	"cmp"
	"context"
	"path"
	"slices"
	"time"

	"yusuan/extract/document"
)

// The states of a file in a Preview. Run reads those that are new or changed,
// and tries those that are unreadable.
const (
	// StateNew says that the content was not read yet.
	StateNew = "new"
	// StateRead says that it was, by a run that did not come to its commit, or a
	// shard: it is committed without being read again.
	StateRead = "read"
	// StateKnown says that the dataset has it, and nothing is read.
	StateKnown = "known"
	// StateChanged says that the dataset has it, but that it is read again: by
	// another version or build of the program, under other limits or another
	// name, or with other values of the catalogue.
	StateChanged = "changed"
	// StateUnreadable says that the file cannot be opened.
	StateUnreadable = "unreadable"
)

// Preview tells what a run would read.
type Preview struct {
	// Files are the distinct documents, by URI.
	Files []PreviewFile
	// Found is the number of files with all duplicates.
	Found int
	// Ignored is what the inputs hold and is left out, by URI.
	Ignored []Ignored
	// Unmatched names rows of the catalogue that no file belongs to.
	Unmatched []string
	// Gone are documents of the dataset that are no longer among the inputs, by
	// URI; see Settings.DropGone, without which they stay.
	Gone []Gone
	// Others is the number of documents of the dataset that are none of the
	// files, and not gone: they came from other inputs, or no plan tells from
	// where, and stay.
	Others int
}

// PreviewFile is a document of a Preview.
type PreviewFile struct {
	URI, ID string
	Bytes   int64
	// Also are the files with the same content.
	Also []string
	// State is one of the states, Pipeline the version of the program that the
	// dataset has the document from, "" if it does not have it.
	State, Pipeline string
	// Why tells why a document that the dataset has is read again.
	Why string
	// Code and Err tell why the file cannot be opened.
	Code string
	Err  error
}

// Plan tells what Run would do with the same inputs and settings, by the same
// rules, without doing it: it reads the files that changed, for their hashes,
// and writes nothing. A dataset that is not there yet has no documents.
func Plan(ctx context.Context, inputs []string, dir string, s Settings) (*Preview, error) {
	if err := s.Shard.check(); err != nil {
		return nil, err
	}
	pipelines, err := pipelinesOf(ctx, dir)
	if err != nil {
		return nil, err
	}
	in, err := s.gather(inputs, dir)
	if err != nil {
		return nil, err
	}
	b, err := s.look(dir)
	if err != nil {
		return nil, err
	}
	logged, _, err := newHashLog(b.results.dir).read()
	if err != nil {
		return nil, err
	}
	b.ledger.recall(in.found, logged, time.Now())
	files, err := (&hasher{workers: s.workers(), told: s.Hashed}).hash(ctx, in.found)
	if err != nil {
		return nil, err
	}
	p := &Preview{Found: len(in.found), Ignored: in.leftOut, Unmatched: in.unmatched, Others: len(pipelines)}
	before := map[string]*File{}
	for i := range b.ledger.Documents {
		before[b.ledger.Documents[i].File.SHA256] = &b.ledger.Documents[i].File
	}
	for i := range files {
		if _, has := pipelines[files[i].SHA256[:idDigits]]; has {
			p.Others--
		}
		p.Files = append(p.Files, b.preview(&files[i], pipelines, before))
	}
	gone := s.gone(b.ledger, s.scope(inputs, in.found), files)
	for _, id := range nowRead(files) {
		// The row of a file that could not be opened is replaced.
		delete(gone, id)
		if _, has := pipelines[id]; has {
			p.Others--
		}
	}
	p.addGone(gone, pipelines)
	return p, nil
}

// addGone takes in those that are gone and that the dataset has.
func (p *Preview) addGone(gone map[string]Gone, pipelines map[string]string) {
	for id, g := range gone {
		if _, has := pipelines[id]; has {
			p.Others--
			p.Gone = append(p.Gone, g)
		}
	}
	slices.SortFunc(p.Gone, func(a, b Gone) int { return cmp.Or(cmp.Compare(a.URI, b.URI), cmp.Compare(a.ID, b.ID)) })
}

// look is begin for those who change nothing.
func (s *Settings) look(dir string) (*batch, error) {
	r, err := listResults(s.resultsDir(dir))
	if err != nil {
		return nil, err
	}
	l, err := readLedger(r.dir)
	if err != nil {
		return nil, err
	}
	return &batch{settings: *s, dir: dir, results: r, ledger: l}, nil
}

// preview tells what a run would do with a file.
func (b *batch) preview(f *File, pipelines map[string]string, before map[string]*File) PreviewFile {
	x := PreviewFile{URI: f.datasetURI(), ID: f.SHA256[:idDigits], Bytes: f.Bytes, Also: f.Also, Code: document.Code(f.Err), Err: f.Err}
	pipeline, has := pipelines[x.ID]
	x.Pipeline = pipeline
	key := f.key(b.settings.version())
	kept := f.Err == nil && b.kept(key) != nil
	switch {
	case f.Err != nil:
		x.State = StateUnreadable
	case kept && has:
		x.State = StateKnown
	case kept:
		x.State = StateRead
	case has:
		x.State, x.Why = StateChanged, b.why(f, pipeline, before[f.SHA256])
	default:
		x.State = StateNew
	}
	return x
}

// why tells why a document that the dataset has from a version of the program
// is read again; before is how the plan has it, nil if it does not.
func (b *batch) why(f *File, pipeline string, before *File) string {
	version := b.settings.version()
	switch {
	case pipeline != b.settings.Pipeline:
		return "by " + pipeline
	case b.results.get(f.key(version)) != nil:
		return "under other limits"
	case before == nil || b.results.get(before.key(version)) == nil:
		return "by another build, or what was read is gone"
	case path.Base(before.URI) != path.Base(f.URI):
		return "under the name " + before.URI
	}
	return "with other values of the catalogue"
}
