package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/extract/document"
)

// ReadList reads a list of files, one a line, or with a zero byte behind each
// as find -print0 writes them; empty lines say nothing.
func ReadList(r io.Reader) ([]string, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("the list of files cannot be read: %w", err)
	}
	end := "\n"
	if bytes.IndexByte(data, 0) >= 0 {
		end = "\x00"
	}
	var out []string
	for name := range strings.SplitSeq(string(data), end) {
		if end == "\n" {
			name = strings.TrimSuffix(name, "\r")
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out, nil
}

// discover lists the files of the inputs and of the settings' list, archives
// opened; see Discover.
func (s *Settings) discover(inputs []string) (files []File, leftOut []Ignored, err error) {
	if files = slices.Clone(s.found); files == nil {
		files, leftOut, err = find(inputs)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, name := range s.Listed {
		more, skipped, err := find([]string{name})
		if err != nil {
			return nil, nil, err
		}
		// The list is the input that was named: its files are known by the
		// path that it gives them, not by their last name alone.
		if path := filepath.Clean(name); filepath.IsLocal(path) && path != "." {
			for i := range more {
				more[i].URI = listedURI(path, more[i].URI)
			}
			for i := range skipped {
				skipped[i].URI = listedURI(path, skipped[i].URI)
			}
		}
		files, leftOut = append(files, more...), append(leftOut, skipped...)
	}
	files, inArchives := openArchives(files, s)
	slices.SortStableFunc(files, func(a, b File) int { return strings.Compare(a.URI, b.URI) })
	return dropSame(files), onceEach(append(leftOut, inArchives...)), nil
}

// roots are the inputs that the paths of a catalogue may be relative to; those
// of a list are relative to the current folder.
func (s *Settings) roots(inputs []string) []string {
	if len(s.Listed) == 0 {
		return inputs
	}
	return append(slices.Clone(inputs), ".")
}

// listedURI is the URI of a file of a list, or of one in a folder of it, where
// uri is what it has in that folder.
func listedURI(listed, uri string) string {
	listed = filepath.ToSlash(listed)
	if info, err := os.Stat(listed); err == nil && info.IsDir() {
		return listed + "/" + uri
	}
	return listed
}

// absentTold is how many inputs that are not there are named.
const absentTold = 10

// anyThere is an error if none of the inputs can be found: whoever mistyped the
// only one wants no dataset of its failure.
func anyThere(inputs []string) error {
	if len(inputs) == 0 {
		return errors.New("there are no inputs: the list of files is empty")
	}
	var absent []string
	inputs = expand(inputs)
	for _, input := range inputs {
		_, err := os.Stat(input)
		if err == nil {
			return nil
		}
		if pe, ok := errors.AsType[*fs.PathError](err); ok {
			err = pe.Err
		}
		if len(absent) < absentTold {
			absent = append(absent, fmt.Sprintf("%q (%v)", input, err))
		}
	}
	if n := len(inputs) - len(absent); n > 0 {
		absent = append(absent, fmt.Sprintf("and %d more", n))
	}
	return fmt.Errorf("none of the inputs is there: %s; nothing was read or written", strings.Join(absent, ", "))
}

// expand replaces inputs that are patterns by what they match, for shells that
// leave that to programs. A file that is there is no pattern, whatever its
// name; a pattern that matches nothing is a file that is not there.
func expand(inputs []string) []string {
	var out []string
	for _, input := range inputs {
		if _, err := os.Lstat(input); err == nil || !strings.ContainsAny(input, "*?[") {
			out = append(out, input)
			continue
		}
		matches, err := filepath.Glob(input)
		if err != nil || len(matches) == 0 {
			matches = []string{input}
		}
		out = append(out, matches...)
	}
	return out
}

// find lists the files of the inputs, in their order.
func find(inputs []string) (out []File, leftOut []Ignored, err error) {
	for _, input := range expand(inputs) {
		info, err := os.Stat(input)
		switch {
		case err != nil && strings.ContainsAny(input, "*?["):
			out = append(out, File{Path: input, URI: filepath.Base(input), Err: fmt.Errorf("%w: no file matches this pattern", document.ErrNotFound)})
		case err != nil:
			out = append(out, File{Path: input, URI: filepath.Base(input), Err: openError(err)})
		case info.IsDir():
			files, skipped, err := discoverFolder(input)
			if err != nil {
				return nil, nil, err
			}
			out, leftOut = append(out, files...), append(leftOut, skipped...)
		case !info.Mode().IsRegular(): // a pipe or a device has no end
			leftOut = append(leftOut, Ignored{filepath.Base(input), IgnoredSpecial, input})
		default:
			out = append(out, File{Path: input, URI: filepath.Base(input)})
		}
	}
	return out, leftOut, nil
}
