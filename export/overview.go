package export

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Document is what a dataset says of one document.
type Document struct {
	ID         string `json:"document_id"`
	URI        string `json:"uri"`
	Department string `json:"department"`
	// FiscalYear is 0 if it is not known.
	FiscalYear int    `json:"fiscal_year"`
	Kind       string `json:"kind"`
	Format     string `json:"format"`
	Bytes      int64  `json:"bytes"`
	Status     string `json:"status"`
	ErrorCode  string `json:"error_code"`
	Error      string `json:"error"`
	// Pipeline is the version of the program that read it.
	Pipeline string `json:"pipeline"`
}

// documentColumns are the columns of documents that a Document is made of.
type documentColumns struct {
	DocumentID string `parquet:"document_id,dict"`
	URI        string `parquet:"uri,dict"`
	Department string `parquet:"department,dict"`
	FiscalYear int32  `parquet:"fiscal_year,optional"`
	Kind       string `parquet:"kind,dict"`
	Format     string `parquet:"format,dict"`
	Bytes      int64  `parquet:"bytes"`
	Status     string `parquet:"status,dict"`
	ErrorCode  string `parquet:"error_code,dict"`
	Error      string `parquet:"error,dict"`
	Pipeline   string `parquet:"pipeline,dict"`
}

func (d documentColumns) document() string { return d.DocumentID }

// Documents passes every document of a dataset to f, in the order of the
// dataset, until f returns an error. Nothing is compared with the manifest's
// hashes; Verify does that.
func Documents(ctx context.Context, dir string, f func(Document) error) error {
	m, err := openManifest(dir)
	if err != nil {
		return fmt.Errorf("reading %s: %w", dir, err)
	}
	d := dataset{dir: dir, old: m}
	for _, p := range m.parts() {
		if err := d.documents(ctx, p, f); err != nil {
			return fmt.Errorf("reading %s: %s: %w", dir, p.path("documents"), err)
		}
	}
	return nil
}

// documents passes the documents of one part.
func (d *dataset) documents(ctx context.Context, p part, f func(Document) error) error {
	file, err := os.Open(d.file(p.path("documents")))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer file.Close()
	in, err := newCursor[documentColumns](file)
	if err != nil {
		return err
	}
	for {
		more, err := in.fill()
		if err != nil {
			return err
		}
		if !more {
			return in.close()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, r := range in.rest {
			if err := f(Document{r.DocumentID, r.URI, r.Department, int(r.FiscalYear), r.Kind, r.Format,
				r.Bytes, r.Status, r.ErrorCode, r.Error, r.Pipeline}); err != nil {
				return err
			}
		}
		in.rest = nil
	}
}

// Overview tells what a dataset holds.
type Overview struct {
	// Schema is that of all files, Pipeline the version of the program that
	// committed last, Buckets the number of parts of a year.
	Schema   string `json:"schema"`
	Pipeline string `json:"pipeline"`
	Buckets  int    `json:"buckets"`
	// Whole says that the last commit was; Interrupted that one was begun and
	// has not ended, or is under way.
	Whole bool `json:"whole"`
	// Linked says that there are links, LinksStale that they are of other
	// documents than are there now.
	Linked      bool `json:"linked"`
	LinksStale  bool `json:"links_stale"`
	Interrupted bool `json:"interrupted"`
	// Documents is their number; the maps count them, years that are not known
	// as "unknown", formats that are not as "unknown" too.
	Documents int            `json:"documents"`
	Status    map[string]int `json:"status"`
	Errors    map[string]int `json:"errors"`
	Years     map[string]int `json:"years"`
	Kinds     map[string]int `json:"kinds"`
	Formats   map[string]int `json:"formats"`
	Pipelines map[string]int `json:"pipelines"`
	// Tables are in the order of the documentation.
	Tables []TableSize `json:"tables"`
}

// TableSize is how much a table holds.
type TableSize struct {
	Name  string `json:"name"`
	Files int    `json:"files"`
	Rows  int64  `json:"rows"`
	Bytes int64  `json:"bytes"`
}

// Summarize reads the manifest and the documents of a dataset.
func Summarize(ctx context.Context, dir string) (*Overview, error) {
	const unknown = "unknown"
	m, err := openManifest(dir)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", dir, err)
	}
	d := dataset{dir: dir, old: m}
	o := &Overview{
		Schema: m.Schema, Pipeline: m.Pipeline, Buckets: m.Buckets, Tables: sizes(m),
		Linked: m.Linkage != nil, LinksStale: m.Stale(),
		Status: map[string]int{}, Errors: map[string]int{}, Years: map[string]int{}, Kinds: map[string]int{},
		Formats: map[string]int{}, Pipelines: map[string]int{},
	}
	_, err = os.Stat(d.file(successName))
	o.Whole = err == nil
	_, err = os.Stat(d.staging())
	o.Interrupted = err == nil
	err = Documents(ctx, dir, func(x Document) error {
		o.Documents++
		o.Status[x.Status]++
		if x.ErrorCode != "" {
			o.Errors[x.ErrorCode]++
		}
		year := unknown
		if x.FiscalYear != 0 {
			year = strconv.Itoa(x.FiscalYear)
		}
		o.Years[year]++
		o.Kinds[x.Kind]++
		o.Formats[cmp.Or(x.Format, unknown)]++
		o.Pipelines[x.Pipeline]++
		return nil
	})
	if err != nil {
		return nil, err
	}
	return o, nil
}

// sizes adds up the files of every table.
func sizes(m *Manifest) []TableSize {
	var out []TableSize
	at := map[string]int{}
	for i, t := range allTables() {
		at[t.name()] = i
		out = append(out, TableSize{Name: t.name()})
	}
	for _, t := range wholeTables() {
		if m.Linkage != nil {
			at[t.name] = len(out)
			out = append(out, TableSize{Name: t.name})
		}
	}
	for _, f := range m.Files {
		table, _, _ := strings.Cut(f.Path, "/")
		i, known := at[table]
		if !known {
			continue
		}
		s := &out[i]
		s.Files++
		s.Rows += f.Rows
		s.Bytes += f.Bytes
	}
	return out
}
