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

// Bounds are the least and the greatest text of a column in a row group; known
// is false where the file does not say.
type Bounds func(column string) (least, greatest string, known bool)

// Choice says how a file is read. The zero value reads all of a file that has
// every column.
type Choice struct {
	// Older tells by a file's metadata that it was written when rows had fewer
	// columns; nil is never.
	Older func(metadata map[string]string) bool
	// Keep tells which row groups are read; nil keeps all.
	Keep func(Bounds) bool
}

// NewReader opens a file of size bytes. T may have fewer columns than the
// file, in any order; a column that the file does not have, or has with
// another type, is an error.
func NewReader[T any](in io.ReaderAt, size int64) (*Reader[T], error) {
	return NewChoiceReader[T](in, size, Choice{})
}

// NewChoiceReader is NewReader for files that may have been written when T had
// fewer columns, and for some of their row groups: where Older says so, a column
// that the file does not have is read as null, or as the zero value where T has
// no null. Row groups that are not kept are not read from the disk.
func NewChoiceReader[T any](in io.ReaderAt, size int64, choice Choice) (*Reader[T], error) {
	f, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("opening Parquet: %w", err)
	}
	there := map[string]Column{}
	for _, c := range columns(f.Schema()) {
		there[c.Name] = c
	}
	mayLack := choice.Older != nil && choice.Older(metadata(f))
	for _, want := range Columns[T]() {
		if got := there[want.Name]; got != want && !(mayLack && got.Name == "") {
			return nil, fmt.Errorf("column %s: want %s, the file has %s", want.Name, want.Type, orNone(got.Type))
		}
	}
	if choice.Keep == nil {
		return &Reader[T]{parquet.NewGenericReader[T](f)}, nil
	}
	var kept []parquet.RowGroup
	for _, g := range f.RowGroups() {
		if choice.Keep(boundsOf(f.Schema(), g)) {
			kept = append(kept, g)
		}
	}
	switch len(kept) {
	case 0:
		return &Reader[T]{}, nil
	case len(f.RowGroups()):
		return &Reader[T]{parquet.NewGenericReader[T](f)}, nil
	}
	return &Reader[T]{parquet.NewGenericRowGroupReader[T](parquet.MultiRowGroup(kept...))}, nil
}

// boundsOf are the bounds of the columns of text of a row group, from the
// footer.
func boundsOf(schema *parquet.Schema, g parquet.RowGroup) Bounds {
	return func(column string) (string, string, bool) {
		leaf, ok := schema.Lookup(column)
		if !ok {
			return "", "", false
		}
		chunk, ok := g.ColumnChunks()[leaf.ColumnIndex].(*parquet.FileColumnChunk)
		if !ok {
			return "", "", false
		}
		least, greatest, ok := chunk.Bounds()
		if !ok || least.Kind() != parquet.ByteArray {
			return "", "", false
		}
		return string(least.ByteArray()), string(greatest.ByteArray()), true
	}
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
	if r.r == nil { // of no row group
		return 0, io.EOF
	}
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
func (r *Reader[T]) Close() error {
	if r.r == nil {
		return nil
	}
	return r.r.Close()
}
