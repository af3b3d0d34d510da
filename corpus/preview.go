package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"yusuan/export"
	"yusuan/extract/document"
)

// The states of a file in a Preview.
const (
	// StateNew says that the dataset does not have the content.
	StateNew = "new"
	// StateKnown says that it has, from this version of the program.
	StateKnown = "known"
	// StateChanged says that it has, from another version of the program.
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
	// LeftOut names links and special files, Unmatched rows of the catalogue
	// that no file belongs to.
	LeftOut, Unmatched []string
	// Others is the number of documents of the dataset that are none of the
	// files; they stay.
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
	// Code and Err tell why the file cannot be opened.
	Code string
	Err  error
}

// Plan tells what Run would read, without doing it: it reads every file once,
// for its hash, and writes nothing. A dataset that is not there yet has no
// documents.
func Plan(ctx context.Context, inputs []string, dir string, s Settings) (*Preview, error) {
	pipelines, err := pipelinesOf(ctx, dir)
	if err != nil {
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
	p := &Preview{Found: len(found), LeftOut: leftOut, Unmatched: unmatched, Others: len(pipelines)}
	files, err := Hash(ctx, found, s.Workers)
	if err != nil {
		return nil, err
	}
	for i := range files {
		f := &files[i]
		x := PreviewFile{URI: f.datasetURI(), ID: f.SHA256[:idDigits], Bytes: f.Bytes, Also: f.Also, State: StateNew, Code: document.Code(f.Err), Err: f.Err}
		pipeline, has := pipelines[x.ID]
		if has {
			p.Others--
			x.Pipeline = pipeline
		}
		switch {
		case f.Err != nil:
			x.State = StateUnreadable
		case has && pipeline == s.Pipeline:
			x.State = StateKnown
		case has:
			x.State = StateChanged
		}
		p.Files = append(p.Files, x)
	}
	return p, nil
}

// pipelinesOf returns the documents of a dataset, each with the version of the
// program that read it; none if the folder is empty or not there.
func pipelinesOf(ctx context.Context, dir string) (map[string]string, error) {
	there, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(there) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	out, versions := map[string]string{}, map[string]string{}
	err = export.Documents(ctx, dir, func(d export.Document) error {
		if versions[d.Pipeline] == "" {
			versions[d.Pipeline] = d.Pipeline // one string for all documents
		}
		out[d.ID] = versions[d.Pipeline]
		return nil
	})
	return out, err
}
