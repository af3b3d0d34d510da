package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The files beside the tables.
const (
	manifestName    = "manifest.json"
	datapackageName = "datapackage.json"
	croissantName   = "croissant.json"
	contractName    = "datacontract.yaml"
	successName     = "_SUCCESS"
	// documentsName is the table that the others belong to.
	documentsName = "documents"
)

// manifestFormat tells our manifest.json from others.
const manifestFormat = "yusuan dataset"

// unknownYear is what Hive calls the partition of a null.
const unknownYear = "__HIVE_DEFAULT_PARTITION__"

// Manifest lists the parts of a dataset, as manifest.json does.
type Manifest struct {
	// Format is "yusuan dataset".
	Format string `json:"format"`
	// Schema is the SchemaVersion of all parts; one that is earlier than this
	// program's has fewer columns or tables.
	Schema string `json:"schema"`
	// Pipeline is the version of the program that committed last.
	Pipeline string `json:"pipeline"`
	// Buckets is the number of parts that the documents of a year fall into.
	Buckets int `json:"buckets"`
	// Linkage says what the tables entities and links are of, nil where the
	// dataset has none.
	Linkage *Linkage `json:"linkage,omitempty"`
	// Files are the parts of all tables, sorted by path.
	Files []File `json:"files"`
}

// File is one part of one table.
type File struct {
	// Path is relative to the dataset, with "/".
	Path string `json:"path"`
	// SHA256 is in lower-case hexadecimal digits.
	SHA256 string `json:"sha256"`
	// Bytes is the size.
	Bytes int64 `json:"bytes"`
	// Rows is the number of rows, which may be 0.
	Rows int64 `json:"rows"`
}

// part is the documents of one year that fall into one bucket.
type part struct{ year, bucket int }

// partOf returns the part of a document.
func partOf(documentID string, year, buckets int) (part, error) {
	const digits = 8
	n, err := strconv.ParseUint(documentID[:min(digits, len(documentID))], 16, 64)
	if err != nil {
		return part{}, err
	}
	return part{year, int(n % uint64(buckets))}, nil
}

func (p part) compare(q part) int {
	return cmp.Or(cmp.Compare(p.year, q.year), cmp.Compare(p.bucket, q.bucket))
}

// path returns where a table keeps the part.
func (p part) path(table string) string {
	year := unknownYear
	if p.year != 0 {
		year = strconv.Itoa(p.year)
	}
	return path.Join(table, "fiscal_year="+year, fmt.Sprintf("part-%05d.parquet", p.bucket))
}

// parsePath is the inverse of path.
func parsePath(name string) (table string, p part, ok bool) {
	var bucket, year string
	f := strings.Split(name, "/")
	if len(f) != 3 {
		return "", part{}, false
	}
	year = strings.TrimPrefix(f[1], "fiscal_year=")
	bucket = strings.TrimSuffix(strings.TrimPrefix(f[2], "part-"), ".parquet")
	if year == unknownYear {
		year = "0"
	}
	var err1, err2 error
	p.year, err1 = strconv.Atoi(year)
	p.bucket, err2 = strconv.Atoi(bucket)
	ok = err1 == nil && err2 == nil && p.path(f[0]) == name
	return f[0], p, ok
}

// Older tells whether the dataset was written by a program that knew fewer
// columns or tables; the next commit brings it up to date.
func (m *Manifest) Older() bool {
	older, err := schemaAge(m.Schema)
	return older && err == nil
}

// ReadManifest reads the manifest of the dataset in dir, which must be one.
func ReadManifest(dir string) (*Manifest, error) {
	m, err := openManifest(dir)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", dir, err)
	}
	return m, nil
}

// readManifest reads and checks a manifest; it returns nil if there is none.
func readManifest(file string) (*Manifest, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return ParseManifest(data, file)
}

// ParseManifest reads what a manifest.json holds and checks it, so that every
// path that it names is that of a part; name is what errors call it.
func ParseManifest(data []byte, name string) (*Manifest, error) {
	m := &Manifest{}
	if err := json.Unmarshal(data, m); err != nil || m.Format != manifestFormat {
		return nil, fmt.Errorf("%w: %s is not the manifest of one", ErrForeign, name)
	}
	if m.Buckets < 1 {
		return nil, fmt.Errorf("%w: %s: buckets is %d", ErrDamaged, name, m.Buckets)
	}
	for _, f := range m.Files {
		if _, whole := wholeNamed(f.Path); whole {
			continue
		}
		of, _, ok := parsePath(f.Path)
		if !ok || !slices.ContainsFunc(allTables(), func(t table) bool { return t.name() == of }) {
			if _, err := schemaAge(m.Schema); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err) // a later version has more tables
			}
			return nil, fmt.Errorf("%w: %s names %q, which is no part", ErrDamaged, name, f.Path)
		}
	}
	return m, nil
}

// file returns the entry of a path, or nil.
func (m *Manifest) file(name string) *File {
	i, ok := slices.BinarySearchFunc(m.Files, name, func(f File, name string) int { return cmp.Compare(f.Path, name) })
	if !ok {
		return nil
	}
	return &m.Files[i]
}

// Pattern returns a pattern for the files of a table, relative to the dataset,
// with "*" for one folder or the part's name: "cells/*/*.parquet" for a table by
// year; "" if the dataset has no file of the table.
func (m *Manifest) Pattern(table string) string {
	for _, f := range m.Files {
		if rest, ok := strings.CutPrefix(f.Path, table+"/"); ok {
			return table + strings.Repeat("/*", strings.Count(rest, "/")) + "/*.parquet"
		}
	}
	return ""
}

// parts returns the parts of the dataset in order: those of its first table.
func (m *Manifest) parts() []part {
	var out []part
	for _, f := range m.Files {
		if table, p, _ := parsePath(f.Path); table == allTables()[0].name() {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, part.compare)
	return out
}

// encodeJSON is the one way in which the dataset's JSON files are printed.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// writeFile writes a file whole: under another name first, to the disk, then
// by rename.
func writeFile(name string, data []byte) error {
	tmp := name + ".tmp"
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err := cmp.Or(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, name); err != nil {
		return err
	}
	return syncDir(filepath.Dir(name))
}

// syncDir brings renames to the disk. Systems that cannot sync a folder keep
// the order of renames by themselves, so the error is not looked at.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
