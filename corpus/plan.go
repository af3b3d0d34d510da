package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"yusuan/extract/document"
)

// File is one file of the input.
type File struct {
	// Path is where it is opened; that of the archive for a document in one.
	Path string
	// Member says where in the archive it is, nil if it is in none.
	Member *Member
	// URI is its name in the dataset: relative to the input that was named,
	// with "/"; the base name for an input that is a file; that of the archive
	// with the name in it for a document in one.
	URI string
	// SHA256 is the hash of its content, "" before it was read.
	SHA256 string
	// Bytes is its size.
	Bytes int64
	// Also are the URIs of further files with the same content, Copies where
	// these are, in the same order.
	Also   []string
	Copies []Copy
	// Known is what the catalogue says of it, nil for nothing.
	Known *Known
	// Other are the URIs of those in Also of which the catalogue says
	// something else than of the file itself.
	Other []string
	// Stat is what the file system said of it before it was hashed.
	Stat Stat
	// Err tells why it cannot be read, nil if it can.
	Err error
}

// Copy is where a further file with the same content is.
type Copy struct {
	// Path and Member are as those of a File, and so is Stat.
	Path   string
	Member *Member
	Stat   Stat
}

// Discover lists the files of the inputs: a file as itself, a folder with all
// that is in it, what a pattern matches, the documents in a zip archive, by
// URI; an input that is not there is listed with its error. What is left out,
// because of its name or since it is no file, is named in leftOut.
func Discover(inputs []string) (files []File, leftOut []Ignored, err error) {
	return new(Settings).discover(inputs)
}

// openError turns an error of the file system into one of the extract stage.
func openError(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%w: %w", document.ErrNotFound, err)
}

func discoverFolder(root string) (out []File, leftOut []Ignored, err error) {
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", root, err)
	}
	err = filepath.WalkDir(real, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(real, name)
		uri := filepath.ToSlash(rel)
		if err != nil {
			// A folder that cannot be listed is reported, the rest goes on.
			out = append(out, File{Path: name, URI: uri, Err: openError(err)})
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if why := ignored(e.Name()); name != real && why != "" {
			if e.IsDir() {
				leftOut = append(leftOut, Ignored{uri + "/", why, name})
				return fs.SkipDir
			}
			leftOut = append(leftOut, Ignored{uri, why, name})
			return nil
		}
		if e.IsDir() {
			return nil
		}
		if !inside(real, name, e) {
			why := IgnoredSpecial
			if e.Type()&fs.ModeSymlink != 0 {
				why = IgnoredLink
			}
			leftOut = append(leftOut, Ignored{uri, why, name})
			return nil
		}
		out = append(out, File{Path: name, URI: uri})
		return nil
	})
	return out, leftOut, err
}

// inside tells whether an entry is a regular file, or a link to one within
// the root.
func inside(root, name string, e fs.DirEntry) bool {
	if e.Type().IsRegular() {
		return true
	}
	if e.Type()&fs.ModeSymlink == 0 {
		return false
	}
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return false
	}
	info, err := os.Stat(target)
	return err == nil && info.Mode().IsRegular() && strings.HasPrefix(target, root+string(filepath.Separator))
}

// dropSame leaves out a file that several inputs, or a link beside it, name.
func dropSame(files []File) []File {
	seen := map[string]bool{}
	return slices.DeleteFunc(files, func(f File) bool {
		place := f.place()
		again := seen[place]
		seen[place] = true
		return again
	})
}

// Hash reads every file without a hash once and returns those with distinct contents, by
// URI: of files with the same bytes the first in sorted order, with the
// others' URIs in Also. A file that cannot be read keeps its error and gets
// the hash of its URI in place of one of its content. When the context ends,
// within a large file too, the error is an *Interrupted.
func Hash(ctx context.Context, files []File, workers int) ([]File, error) {
	return (&hasher{workers: workers}).hash(ctx, files)
}

// distinct drops all files but the first with the same content.
func distinct(files []File) []File {
	first := map[string]int{}
	var out []File
	for _, f := range files {
		if f.Err != nil {
			f.SHA256 = unreadHash(f.URI)
		}
		if k, ok := first[f.SHA256]; ok {
			out[k].same(f)
			continue
		}
		first[f.SHA256] = len(out)
		out = append(out, f)
	}
	return out
}

// same adds a file with the same content. What the catalogue says of it fills
// in where it says nothing of the first.
func (f *File) same(other File) {
	f.Also = append(f.Also, other.URI)
	f.Copies = append(f.Copies, Copy{other.Path, other.Member, other.Stat})
	switch {
	case other.Known == nil:
	case f.Known == nil:
		f.Known = other.Known
	case f.Known.Given != other.Known.Given:
		f.Other = append(f.Other, other.URI)
	}
}

// unreadHash stands for the hash of a file that could not be opened, so that
// it has a row of its own; a later run that reads the file removes that row.
func unreadHash(uri string) string {
	sum := sha256.Sum256([]byte("uri:" + uri))
	return hex.EncodeToString(sum[:])
}

// each calls f for 0 to n-1 from several goroutines, until the context ends.
func each(ctx context.Context, n, workers int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range max(1, workers) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
feed:
	for i := range n {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
}
