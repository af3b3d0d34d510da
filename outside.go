package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// outside refuses outputs that would become part of the dataset's folder, where
// who reads a table by a pattern, and verify, would meet them.
func (o *compareFlags) outside(dataset string, stdout io.Writer) error {
	if o.parquet != "" && o.html != "" && samePath(o.parquet, o.html) {
		return fmt.Errorf("--parquet %s and --html %s: one file cannot be both", o.parquet, o.html)
	}
	for _, x := range []struct{ flag, name string }{{"--parquet", o.parquet}, {"--html", o.html}} {
		if x.name != "" && within(dataset, x.name) {
			return fmt.Errorf("%s %s: that is in the dataset's folder, where a file that no commit wrote is taken for a part of it, or for damage; name one outside %s",
				x.flag, x.name, dataset)
		}
	}
	if file, ok := stdout.(*os.File); ok {
		if name := redirected(dataset, file); name != "" {
			return fmt.Errorf("the output goes to %s, which is in the dataset's folder; redirect it to a file outside (the empty file is left: remove it)", name)
		}
	}
	return nil
}

// samePath tells whether two names are of one file, whether it is there or not.
func samePath(a, b string) bool { return resolved(a) == resolved(b) }

// resolved is a name with the links of its folder followed.
func resolved(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return filepath.Clean(name)
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		return filepath.Join(real, filepath.Base(abs))
	}
	return abs
}

// within tells whether a file is, or would be, in a folder or one below it.
func within(folder, name string) bool {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	rel, err := filepath.Rel(abs, resolved(name))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// redirected is the name of the file in a folder that an output goes to, "" if
// it goes elsewhere.
func redirected(folder string, out *os.File) string {
	info, err := out.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	found, done := "", errors.New("found")
	_ = filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil //nolint:nilerr // what cannot be listed is not where the output is
		}
		if x, err := e.Info(); err == nil && os.SameFile(x, info) {
			found = name
			return done
		}
		return nil
	})
	return found
}
