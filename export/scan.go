package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
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
	for _, file := range m.Files {
		if owner, _, _ := strings.Cut(file.Path, "/"); owner != table {
			continue
		}
		if _, p, ok := parsePath(file.Path); ok && len(years) > 0 && !slices.Contains(years, p.year) {
			continue
		}
		if err := scanRows(ctx, filepath.Join(dir, filepath.FromSlash(file.Path)), f); err != nil {
			return fmt.Errorf("reading %s: %s: %w", dir, file.Path, err)
		}
	}
	return nil
}

// scanRows passes the rows of one file.
func scanRows[T any](ctx context.Context, name string, f func(*T) error) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer file.Close()
	in, err := openRows[T](file)
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

// ReadRows passes the rows of a file that WriteRows wrote to f, until f returns
// an error.
func ReadRows[T any](name string, f func(*T) error) error {
	if err := scanRows(context.Background(), name, f); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// WriteRows writes rows of type T to one Parquet file beside no dataset, whole
// or not at all: under another name first, then by rename. table is the name
// of the schema's root.
func WriteRows[T any](name, table string, rows []T) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+path.Base(filepath.ToSlash(name))+".*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
			err = fmt.Errorf("writing %s: %w", name, err)
		}
	}()
	w := parquet.NewWriter[T](tmp, parquet.Options{Name: table, Creator: "yusuan", Version: SchemaVersion})
	if err = w.Write(rows); err != nil {
		return err
	}
	if err = w.Close(); err != nil {
		return err
	}
	if err = tmp.Chmod(0o644); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
