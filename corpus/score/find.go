package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// subject is a document and what is known about it.
type subject struct {
	// document is the path in the corpus, with "/".
	document string
	truth    truth
	// disclosure is the path without the ending: files that differ in nothing
	// else are one disclosure in several formats.
	disclosure string
}

// finder looks for truth in a corpus and for the documents that it is about.
type finder struct {
	root string
	// files are the paths of all documents, sorted.
	files    []string
	subjects map[string]*subject
	// warnings are truth files that cannot be used, and why.
	warnings []string
}

// findSubjects returns the documents of a corpus with truth, sorted. The truth
// about a document lies beside it or in a folder below it: X.truth.json names
// its document by hash or file name, or is named like it; a folder "truth" with
// one file for each kind of record is about every document beside that folder;
// truth.json gives the texts of the documents beside it, by name.
func findSubjects(root string) ([]*subject, []string, error) {
	f := &finder{root: root, subjects: map[string]*subject{}}
	var truths []string
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		switch rel = filepath.ToSlash(rel); {
		case isTruth(rel):
			truths = append(truths, rel)
		case path.Ext(rel) != ".json" && path.Ext(rel) != ".md" && !strings.HasPrefix(path.Base(rel), "."):
			f.files = append(f.files, rel)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for _, t := range truths {
		if err := f.take(t); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", t, err)
		}
	}
	out := slices.SortedFunc(maps.Values(f.subjects), func(a, b *subject) int { return strings.Compare(a.document, b.document) })
	return out, f.warnings, nil
}

// take adds a truth file to the documents that it is about.
func (f *finder) take(file string) error {
	data, err := os.ReadFile(filepath.Join(f.root, filepath.FromSlash(file)))
	if err != nil {
		return err
	}
	if texts, ok := textsByFile(file, data); ok {
		for name, lines := range texts {
			doc := path.Join(path.Dir(file), name)
			if !slices.Contains(f.files, doc) {
				f.warnings = append(f.warnings, fmt.Sprintf("%s: %s is not there", file, name))
				continue
			}
			s := f.subject(doc)
			for _, l := range lines {
				s.truth.texts = append(s.truth.texts, noBlanks(l))
			}
		}
		return nil
	}
	var known truth
	if used, err := known.add(file, data); err != nil || !used {
		return err
	}
	docs, err := f.documents(file, &known)
	if err != nil {
		return err
	}
	if len(docs) == 0 {
		f.warnings = append(f.warnings, file+": no document with the hash or the name that it gives, or named like it, lies beside or above it")
	}
	for _, doc := range docs {
		if _, err := f.subject(doc).truth.add(file, data); err != nil {
			return err
		}
	}
	return nil
}

// textsByFile reads a truth.json that lists the lines of text of files. What is
// not a list of texts is a remark.
func textsByFile(file string, data []byte) (map[string][]string, bool) {
	var all map[string]json.RawMessage
	if path.Base(file) != "truth.json" || json.Unmarshal(data, &all) != nil || all["tables"] != nil || all["document"] != nil {
		return nil, false
	}
	texts := map[string][]string{}
	for name, raw := range all {
		var lines []string
		if json.Unmarshal(raw, &lines) == nil {
			texts[name] = lines
		}
	}
	return texts, true
}

func (f *finder) subject(doc string) *subject {
	s := f.subjects[doc]
	if s == nil {
		s = &subject{document: doc, disclosure: strings.TrimSuffix(doc, path.Ext(doc))}
		f.subjects[doc] = s
	}
	return s
}

// documents returns the documents that a truth file is about. Files that are
// named like one of them, but for the ending, are the same disclosure in other
// formats.
func (f *finder) documents(file string, known *truth) ([]string, error) {
	dir, base := path.Dir(file), path.Base(file)
	stem, alone := strings.CutSuffix(base, ".truth.json")
	if !alone && base != "truth.json" {
		return f.in(path.Dir(dir)), nil // a folder of truth is about the documents beside it
	}
	near := append(f.in(dir), f.in(path.Dir(dir))...)
	for _, where := range [][]string{near, f.files} {
		docs, err := f.named(where, known.Document, stem)
		if err != nil || len(docs) > 0 {
			return f.siblings(docs), err
		}
	}
	return nil, nil
}

// named returns the files that a truth names: by hash, or else by file name, or
// else by the name of the truth file itself.
func (f *finder) named(files []string, document object, stem string) ([]string, error) {
	var byHash, byName, byStem []string
	for _, name := range files {
		if hash := document.text("sha256"); hash != "" {
			data, err := os.ReadFile(filepath.Join(f.root, filepath.FromSlash(name)))
			if err != nil {
				return nil, err
			}
			if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) == strings.ToLower(hash) {
				byHash = append(byHash, name)
			}
		}
		if path.Base(document.text("file")) == path.Base(name) {
			byName = append(byName, name)
		}
		if strings.TrimSuffix(path.Base(name), path.Ext(name)) == stem {
			byStem = append(byStem, name)
		}
	}
	for _, list := range [][]string{byHash, byName, byStem} {
		if len(list) > 0 {
			return list, nil
		}
	}
	return nil, nil
}

// in returns the documents right in a folder.
func (f *finder) in(dir string) []string {
	var out []string
	for _, name := range f.files {
		if path.Dir(name) == dir {
			out = append(out, name)
		}
	}
	return out
}

// siblings adds to each document those that differ only in the ending.
func (f *finder) siblings(docs []string) []string {
	var out []string
	for _, name := range f.files {
		if slices.ContainsFunc(docs, func(d string) bool {
			return strings.TrimSuffix(d, path.Ext(d)) == strings.TrimSuffix(name, path.Ext(name))
		}) {
			out = append(out, name)
		}
	}
	return out
}
