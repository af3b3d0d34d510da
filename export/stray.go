package export

import (
	"io/fs"
	"path/filepath"
	"strings"
)

// strayAdvice says what is wrong with a stray file, and what to do.
const strayAdvice = "the manifest does not name this file, but who reads the table by a pattern reads it, too; remove it, or move it out of the dataset"

// strays lists Parquet files of the folder that the manifest does not name, by
// path: who reads a table by a pattern reads them too. Hidden folders are
// nobody's tables. What cannot be listed is an error, behind those found so far.
func (d *dataset) strays(m *Manifest) (out []Problem, err error) {
	err = filepath.WalkDir(d.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name != d.dir && strings.HasPrefix(e.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(d.dir, name)
		rel = filepath.ToSlash(rel)
		if err == nil && strings.HasSuffix(rel, ".parquet") && m.file(rel) == nil {
			out = append(out, Problem{rel, "stray", strayAdvice})
		}
		return err
	})
	return out, err
}

// tellStrays tells of stray files after a commit, which did not write them and
// so does not remove them. What cannot be listed is no failure of the commit:
// Verify tells.
func (d *dataset) tellStrays(m *Manifest, told func(Problem)) {
	if told == nil {
		return
	}
	found, _ := d.strays(m)
	for _, p := range found {
		told(p)
	}
}
