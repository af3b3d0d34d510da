package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/export/parquet"
)

// Scan passes the rows of one table of a dataset to f, in the order of the
// dataset, until f returns an error. T is a struct whose "parquet" tags name
// the columns to read, as many as are wanted, with the types of SCHEMA.md
// (decimals are int64, or a pointer where they may be null). Partitions of
// other years than those given are not opened; no years are all, and the
// partition of unknown years is year 0. The row that f gets is reused.
//
// A table without partitions is read whole. One that the dataset does not have
// has no rows. Nothing is compared with the manifest's hashes; Verify does
// that.
func Scan[T any](ctx context.Context, dir, table string, years []int, f func(*T) error) error {
	m, err := openManifest(dir)
	if err != nil {
		return fmt.Errorf("reading %s: %w", dir, err)
	}
	return scanTable(ctx, selection{dir, m, table, years, nil}, f)
}

// A DocumentKey is a document with what it is sorted by: its year, and the
// region that issued it.
type DocumentKey struct {
	FiscalYear             int
	RegionCode, DocumentID string
}

// Compare orders documents as the parts of a dataset do.
func (k DocumentKey) Compare(o DocumentKey) int {
	return cmp.Or(cmp.Compare(k.FiscalYear, o.FiscalYear), cmp.Compare(k.RegionCode, o.RegionCode), cmp.Compare(k.DocumentID, o.DocumentID))
}

// Selection is some documents of one table by year.
type Selection struct {
	Table string
	// Documents are sorted by Compare.
	Documents []DocumentKey
}

// ScanDocuments is Scan for some documents: it reads the row groups that rows
// of theirs may stand in, and passes those with what stands beside them.
func ScanDocuments[T any](ctx context.Context, dir string, of Selection, f func(*T) error) error {
	m, err := openManifest(dir)
	if err != nil {
		return fmt.Errorf("reading %s: %w", dir, err)
	}
	var years []int
	for _, k := range of.Documents {
		if n := len(years); n == 0 || years[n-1] != k.FiscalYear {
			years = append(years, k.FiscalYear)
		}
	}
	if len(years) == 0 {
		return nil
	}
	return scanTable(ctx, selection{dir, m, of.Table, years, of.Documents}, f)
}

// holdsAny tells whether a row group of a year may have rows of one of the
// documents: parts are sorted by region, then by document.
func holdsAny(b parquet.Bounds, year int, keys []DocumentKey) bool {
	first, last, known := b("region_code")
	if !known {
		return true
	}
	from, to := DocumentKey{FiscalYear: year, RegionCode: first}, DocumentKey{FiscalYear: year, RegionCode: last}
	least, greatest, one := b("document_id")
	if one = one && first == last; one {
		from.DocumentID, to.DocumentID = least, greatest
	}
	i, _ := slices.BinarySearchFunc(keys, from, DocumentKey.Compare)
	if i == len(keys) || keys[i].FiscalYear != year {
		return false
	}
	return keys[i].RegionCode <= to.RegionCode && (!one || keys[i].Compare(to) <= 0)
}

// selection is what is scanned of a table.
type selection struct {
	dir      string
	manifest *Manifest
	table    string
	years    []int
	// documents are those wanted, none for all.
	documents []DocumentKey
}

// scanTable passes the rows of a selection.
func scanTable[T any](ctx context.Context, s selection, f func(*T) error) error {
	dir, table, years := s.dir, s.table, s.years
	for _, file := range s.manifest.Files {
		if owner, _, _ := strings.Cut(file.Path, "/"); owner != table {
			continue
		}
		_, p, ok := parsePath(file.Path)
		if ok && len(years) > 0 && !slices.Contains(years, p.year) {
			continue
		}
		var keep func(parquet.Bounds) bool
		if ok && len(s.documents) > 0 {
			keep = func(b parquet.Bounds) bool { return holdsAny(b, p.year, s.documents) }
		}
		if err := scanRows(ctx, filepath.Join(dir, filepath.FromSlash(file.Path)), keep, f); err != nil {
			return fmt.Errorf("reading %s: %s: %w", dir, file.Path, err)
		}
	}
	return nil
}

// scanRows passes the rows of the row groups of one file that keep wants.
func scanRows[T any](ctx context.Context, name string, keep func(parquet.Bounds) bool, f func(*T) error) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer file.Close()
	in, err := openSomeRows[T](file, keep)
	if err != nil {
		return err
	}
	buf := make([]T, cursorRows)
	for {
		n, err := in.Read(buf)
		for i := range buf[:n] {
			if err := f(&buf[i]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return in.Close()
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
	}
}

// ReadRows passes the rows of a file of a RowFile to f, until f returns
// an error.
func ReadRows[T any](name string, f func(*T) error) error {
	if err := scanRows(context.Background(), name, nil, f); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// RowFile is one Parquet file beside no dataset that is being written: under
// another name until Close.
type RowFile[T any] struct {
	name string
	tmp  *os.File
	w    *parquet.Writer[T]
}

// CreateRows begins a file of rows of type T. table is the name of the schema's
// root. Nothing is seen under the file's name before Close; Abort leaves what
// was there.
func CreateRows[T any](name, table string) (*RowFile[T], error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return &RowFile[T]{name, tmp, parquet.NewWriter[T](tmp, parquet.Options{Name: table, Creator: "yusuan", Version: SchemaVersion})}, nil
}

// Write adds rows.
func (r *RowFile[T]) Write(rows ...T) error {
	if err := r.w.Write(rows); err != nil {
		return fmt.Errorf("writing %s: %w", r.name, err)
	}
	return nil
}

// Close ends the file and puts it under its name, in the place of what was
// there; if that fails nothing is left of it.
func (r *RowFile[T]) Close() error {
	err := r.w.Close()
	if err == nil {
		err = r.tmp.Chmod(0o644)
	}
	if err == nil {
		err = r.tmp.Close()
	}
	if err == nil {
		err = os.Rename(r.tmp.Name(), r.name)
	}
	if err != nil {
		r.Abort()
		return fmt.Errorf("writing %s: %w", r.name, err)
	}
	return nil
}

// Abort removes what was written so far.
func (r *RowFile[T]) Abort() {
	_ = r.tmp.Close()
	_ = os.Remove(r.tmp.Name())
}
