package corpus

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"yusuan/extract"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// Catalog is a list of files with what is known of them from elsewhere
// (目录), as from the web page that linked to them.
type Catalog struct {
	file string
	rows []Known
}

// Known is what a row of a catalogue says of a file.
type Known struct {
	// Path is the file as printed, relative to the catalogue's folder or to an
	// input.
	Path string
	// URI replaces the document's URI in the dataset; "" leaves it.
	URI string
	// Given are the values that win over the document's own.
	Given normalize.Given
	// Line is where the row begins in the catalogue, 1-based.
	Line int
}

// catalogColumns are the columns that a catalogue may have, in any order; only
// the path must be there.
var catalogColumns = []string{"path", "uri", "department", "region_code", "fiscal_year", "kind"}

// The years that a catalogue may name: those of the dataset's country.
const (
	firstCatalogYear = 1949
	lastCatalogYear  = 2099
)

// ReadCatalog reads a catalogue: a CSV file with a header, in UTF-8, UTF-16 or
// GB18030, its columns apart by commas, or by semicolons or tabs where its header
// has no comma. Columns that are not known, values that cannot be, rows without a
// path and paths that are named twice are errors, all of them named with file
// and line.
func ReadCatalog(name string) (*Catalog, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the catalogue cannot be read: %w", err)
	}
	text, ok := extract.DecodeText(data)
	if !ok {
		return nil, fmt.Errorf("%s: the catalogue is no text in UTF-8, UTF-16 or GB18030", name)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	header, err := r.Read()
	if err == io.EOF {
		return nil, fmt.Errorf("%s: the catalogue is empty; its first line names the columns: %s", name, strings.Join(catalogColumns, ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	columns, err := catalogHeader(header)
	if err != nil {
		return nil, fmt.Errorf("%s:1: %w", name, err)
	}
	c := &Catalog{file: name}
	if err := c.read(r, columns); err != nil {
		return nil, err
	}
	return c, nil
}

// separators are what tools for tables put between columns, in the order of
// preference: a comma, or what they write where the comma is a decimal point.
var separators = []rune{',', ';', '\t'}

// separator is the first of the separators that stands in the header.
func separator(text string) rune {
	header, _, _ := strings.Cut(text, "\n")
	for _, s := range separators {
		if strings.ContainsRune(header, s) {
			return s
		}
	}
	return separators[0]
}

// read reads the rows behind the header. Mistakes in values do not stop it, so
// that all are told at once.
func (c *Catalog) read(r *csv.Reader, columns []string) error {
	var wrong []error
	lines := map[string]int{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return errors.Join(wrong...)
		}
		if err != nil {
			return errors.Join(append(wrong, fmt.Errorf("%s: %w", c.file, err))...)
		}
		line, _ := r.FieldPos(0)
		known, err := catalogRow(columns, row)
		known.Line = line
		if first, again := lines[known.Path]; again && err == nil {
			err = fmt.Errorf("path %q stands in line %d already", known.Path, first)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", c.file, line, err))
			continue
		}
		lines[known.Path] = line
		c.rows = append(c.rows, known)
	}
}

// catalogHeader checks the names of the columns.
func catalogHeader(header []string) ([]string, error) {
	columns := make([]string, len(header))
	for i, h := range header {
		columns[i] = strings.ToLower(strings.TrimSpace(h))
		if !slices.Contains(catalogColumns, columns[i]) {
			return nil, fmt.Errorf("column %q is not known; a catalogue has %s", h, strings.Join(catalogColumns, ", "))
		}
		if slices.Contains(columns[:i], columns[i]) {
			return nil, fmt.Errorf("column %q stands there twice", h)
		}
	}
	if !slices.Contains(columns, "path") {
		return nil, errors.New(`there is no column "path"`)
	}
	return columns, nil
}

// catalogRow reads one row.
func catalogRow(columns, row []string) (Known, error) {
	var k Known
	for i, column := range columns {
		text := strings.TrimSpace(row[i])
		if text == "" {
			continue // nothing is known
		}
		if err := k.set(column, text); err != nil {
			return k, err
		}
	}
	if k.Path == "" {
		return k, errors.New("the row has no path")
	}
	return k, nil
}

// set takes the value of a column.
func (k *Known) set(column, text string) error {
	switch column {
	case "path":
		k.Path = text
	case "uri":
		k.URI = text
	case "department":
		k.Given.Department = text
	case "region_code":
		k.Given.RegionCode = text
		if len(text) != len("130400") || strings.Trim(text, "0123456789") != "" {
			return fmt.Errorf("region_code %q does not have six digits", text)
		}
		if !normalize.KnownRegion(text) {
			return fmt.Errorf("region_code %q is no code of GB/T 2260 in any year, nor of a development zone (71 to 99 below a known prefecture)", text)
		}
	case "fiscal_year":
		year, err := strconv.Atoi(text)
		if err != nil || year < firstCatalogYear || year > lastCatalogYear {
			return fmt.Errorf("fiscal_year %q is no year", text)
		}
		k.Given.FiscalYear = year
	case "kind":
		k.Given.Kind = text
		kinds := []string{record.KindBudget, record.KindFinalAccount, record.KindOther}
		if !slices.Contains(kinds, text) {
			return fmt.Errorf("kind %q is none of %s", text, strings.Join(kinds, ", "))
		}
	}
	return nil
}

// match gives every file its row, and names the rows that no file belongs to,
// with file and line. Two rows for one file are an error.
func (c *Catalog) match(inputs []string, files []File) (unmatched []string, err error) {
	if c == nil {
		return nil, nil
	}
	at := map[string]int{}
	for i := range files {
		at[files[i].place()] = i
	}
	for i := range c.rows {
		k := &c.rows[i]
		f := -1
		for _, p := range c.places(k.Path, inputs) {
			if n, ok := at[realPath(p)]; ok {
				f = n
				break
			}
		}
		switch {
		case f < 0:
			unmatched = append(unmatched, fmt.Sprintf("%s:%d: no file of the input is %s", c.file, k.Line, k.Path))
		case files[f].Known != nil:
			return nil, fmt.Errorf("%s:%d: %s is the file of line %d", c.file, k.Line, k.Path, files[f].Known.Line)
		default:
			files[f].Known = k
		}
	}
	return unmatched, nil
}

// places are where the file of a path may be: in the catalogue's folder, in an
// input that is a folder, or as an input that is a file with this name.
func (c *Catalog) places(path string, inputs []string) []string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return []string{path}
	}
	out := []string{filepath.Join(filepath.Dir(c.file), path)}
	for _, input := range inputs {
		out = append(out, filepath.Join(input, path))
		if filepath.Base(input) == path {
			out = append(out, input)
		}
	}
	return out
}

// realPath is the absolute path of a file with links resolved, so that the same
// file has one name. Of a file that is not there, or is in an archive, those
// of its folder are.
func realPath(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	if dir := filepath.Dir(name); dir != name {
		return filepath.Join(realPath(dir), filepath.Base(name))
	}
	return name
}

// Given returns what the catalogue says of one file, false for nothing.
func (c *Catalog) Given(file string) (normalize.Given, bool, error) {
	files := []File{{Path: file}}
	_, err := c.match([]string{file}, files)
	return files[0].given(), files[0].Known != nil, err
}

// given is what the catalogue says of the file.
func (f *File) given() normalize.Given {
	if f.Known == nil {
		return normalize.Given{}
	}
	return f.Known.Given
}

// datasetURI is the file's URI in the dataset.
func (f *File) datasetURI() string {
	if f.Known != nil && f.Known.URI != "" {
		return f.Known.URI
	}
	return f.URI
}
