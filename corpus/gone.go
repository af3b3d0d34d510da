package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/export"
)

// Gone is a document of the dataset that is no longer among the inputs.
type Gone struct {
	// URI is its name in the dataset, ID its document_id.
	URI, ID string
	// Why tells what became of its file.
	Why string
}

// scope is what the inputs of a run cover, so that it can be told of a document
// that is not among them whether it should be. Only what lies below a folder
// that is an input, matches a pattern, or is itself an input can be gone: the
// documents of other inputs are none of the run's business. And what cannot be
// looked at says nothing: an input that is not there or holds nothing, as a
// share that is not mounted, and whatever cannot be listed or opened.
type scope struct {
	// roots are inputs that were found, with links resolved.
	roots []string
	// patterns are inputs that are patterns, matched the folders in which
	// something matches one.
	patterns []string
	matched  map[string]bool
	// blind are places that cannot be looked at, closed files that are not
	// opened as archives, locked documents in archives that cannot be read.
	blind          []string
	closed, locked map[string]bool
}

// scope tells what the inputs cover, by the files that were found in them.
func (s *Settings) scope(inputs []string, found []File) *scope {
	c := &scope{matched: map[string]bool{}, closed: map[string]bool{}, locked: map[string]bool{}}
	holds := map[string]bool{}
	real := map[string]string{}
	for i := range found {
		f := &found[i]
		if real[f.Path] == "" {
			real[f.Path] = realPath(f.Path)
		}
		path := real[f.Path]
		switch {
		case f.Member == nil && f.Err != nil:
			c.blind = append(c.blind, path)
			continue
		case f.Member == nil:
			c.closed[path] = true
		case f.Err != nil:
			c.locked[f.place()] = true
		}
		for dir := path; !holds[dir]; dir = filepath.Dir(dir) {
			holds[dir] = true
		}
	}
	for _, input := range slices.Concat(inputs, s.Listed) {
		for _, name := range expand([]string{input}) {
			path := realPath(name)
			if name != input {
				c.matched[filepath.Dir(path)] = true
			}
			if holds[path] {
				c.roots = append(c.roots, path)
			}
		}
		if strings.ContainsAny(input, "*?[") {
			c.patterns = append(c.patterns, filepath.Join(realPath(filepath.Dir(input)), filepath.Base(input)))
		}
	}
	return c
}

// covers tells whether a place would be among the inputs if something were
// there.
func (c *scope) covers(path string, f *File) bool {
	if f.Member != nil && (c.closed[path] || c.locked[f.place()]) {
		return false
	}
	below := func(root string) bool { return path == root || strings.HasPrefix(path, withSlash(root)) }
	if slices.ContainsFunc(c.blind, below) {
		return false
	}
	return slices.ContainsFunc(c.roots, below) || c.matched[filepath.Dir(path)] && slices.ContainsFunc(c.patterns, func(p string) bool {
		ok, err := filepath.Match(p, path)
		return ok && err == nil
	})
}

// withSlash is a folder as what lies in it begins.
func withSlash(folder string) string {
	return strings.TrimSuffix(folder, string(filepath.Separator)) + string(filepath.Separator)
}

// gone tells what became of a document that is not among the inputs: "" if it
// may be elsewhere. All places where it was seen last must be covered.
func (c *scope) gone(f *File) (why string) {
	for i := -1; i < len(f.Copies); i++ {
		place := f
		if i >= 0 {
			place = f.at(i)
		}
		path := realPath(place.Path)
		if !c.covers(path, place) {
			return ""
		}
		_, err := os.Lstat(path)
		switch {
		case i >= 0 && (err == nil || errors.Is(err, fs.ErrNotExist)):
		case err == nil && place.Member != nil:
			why = "its archive no longer has it as it was"
		case err == nil:
			why = "its file has other content now, or is left out"
		case errors.Is(err, fs.ErrNotExist):
			why = "its file is no longer there"
		default:
			return "" // who knows
		}
	}
	return why
}

// gone lists the documents of a plan that should be among the files of the
// inputs and are not; those of them that the dataset has, by id, are in it.
func (s *Settings) gone(l *ledger, c *scope, files []File) map[string]Gone {
	there := map[string]bool{}
	for i := range files {
		there[files[i].SHA256] = true
	}
	out := map[string]Gone{}
	for i := range l.Documents {
		f := l.Documents[i].File
		if there[f.SHA256] {
			continue
		}
		if why := c.gone(&f); why != "" {
			id := f.SHA256[:idDigits]
			out[id] = Gone{URI: f.datasetURI(), ID: id, Why: why}
		}
	}
	return out
}

// drop makes the commit remove documents that are gone, and tells which of them
// the dataset has.
func (b *batch) drop(ctx context.Context, gone map[string]Gone) error {
	b.gone = gone
	if len(gone) == 0 {
		return nil
	}
	has, err := pipelinesOf(ctx, b.dir)
	if err != nil {
		return err
	}
	for id, g := range gone {
		if _, ok := has[id]; ok {
			b.sum.Dropped = append(b.sum.Dropped, g.URI)
		}
	}
	slices.Sort(b.sum.Dropped)
	return nil
}

// forget takes out of the plan what a commit removed; the documents of stamps
// are in the dataset.
func (b *batch) forget(l *ledger, stamps map[shortHash]shortHash) {
	l.Documents = slices.DeleteFunc(l.Documents, func(p planned) bool {
		_, has := stamps[shorten(p.File.SHA256)]
		_, gone := b.gone[p.File.SHA256[:idDigits]]
		return gone && !has
	})
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
