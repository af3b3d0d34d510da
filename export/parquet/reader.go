package parquet

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// Reader reads the rows of one file in order. It is not safe for concurrent
// use.
type Reader[T any] struct {
	r *parquet.GenericReader[T]
}

// NewReader opens a file of size bytes. T may have fewer columns than the
// file, in any order; a column that the file does not have, or has with
// another type, is an error.
func NewReader[T any](in io.ReaderAt, size int64) (*Reader[T], error) {
	return NewOlderReader[T](in, size, func(map[string]string) bool { return false })
}

// NewOlderReader is NewReader for files that may have been written when T had
// fewer columns: where older says so of the metadata, a column that the file
// does not have is read as null, or as the zero value where T has no null.
func NewOlderReader[T any](in io.ReaderAt, size int64, older func(metadata map[string]string) bool) (*Reader[T], error) {
	f, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("opening Parquet: %w", err)
	}
	there := map[string]Column{}
	for _, c := range columns(f.Schema()) {
		there[c.Name] = c
	}
	mayLack := older(metadata(f))
	for _, want := range Columns[T]() {
		if got := there[want.Name]; got != want && !(mayLack && got.Name == "") {
			return nil, fmt.Errorf("column %s: want %s, the file has %s", want.Name, want.Type, orNone(got.Type))
		}
	}
	return &Reader[T]{parquet.NewGenericReader[T](f)}, nil
}

func orNone(typ string) string {
	if typ == "" {
		return "none"
	}
	return typ
}

// Read fills rows from the front and returns how many it filled: fewer than
// len(rows) only at the end of the file, and then with io.EOF.
func (r *Reader[T]) Read(rows []T) (int, error) {
	clear(rows) // parquet-go leaves a pointer alone where the column is null
	n := 0
	for n < len(rows) {
		k, err := r.r.Read(rows[n:])
		n += k
		if errors.Is(err, io.EOF) && n == len(rows) {
			break // said again by the next call
		}
		if errors.Is(err, io.EOF) {
			return n, io.EOF
		}
		if err != nil {
			return n, fmt.Errorf("reading rows: %w", err)
		}
	}
	return n, nil
}

// Close lets go of the reader's buffers; the file stays open.
func (r *Reader[T]) Close() error { return r.r.Close() }
