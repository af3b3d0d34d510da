// Package parquet writes and reads Parquet files of Go rows. It is the only
// importer of parquet-go and knows nothing about disclosures: a row type is a
// struct whose "parquet" tags say what its columns are, and everything else
// about a file (ZSTD, page index, bounds on row groups and pages) is decided
// here, once, so that the same rows always give the same bytes.
//
// Tags as parquet-go reads them, with what was found out about 0.32:
//
//   - an embedded struct stands for its fields; columns keep the order of Go;
//     it must have no pointers, whose nulls are read back as zeros;
//   - "optional" on a field that is no pointer writes its zero value as null;
//     a field whose zero is a value of its own needs a pointer;
//   - "decimal(4:18)" is scale and precision, on int64, int32 or a pointer;
//   - "list" gives the three-level LIST that all engines read, never null;
//   - "dict" is needed on every string, the elements of lists included.
//
// Two options of 0.32 are not used because they lose rows for a reader that
// trusts the file: DictionaryMaxBytes, after which a Bloom filter holds the
// dictionary's values alone, and SkipPageBounds, which leaves "" as minimum
// and maximum of every page in the page index.
package parquet

import (
	"fmt"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"
)

const (
	// groupRows and groupBytes bound a row group, and with it what a writer
	// holds in memory: fourteen are open at a time, and a dictionary takes
	// more than three times its bytes. The bytes are those of dictionaries
	// and of pages after compression; 1 MiB is about 5,000 rows of documents
	// or 50,000 cells. Of 4,000 generated documents, 2 MiB made files 5 %
	// smaller and 10 MiB more memory, half a MiB a quarter larger and 5 MiB
	// less. 122,880 rows is the row group of DuckDB.
	groupRows  = 480 * batchRows
	groupBytes = 1 << 20
	// pageBytes is the size of a page before compression. parquet-go sets
	// aside as much for every required column of an open writer, and a commit
	// keeps fourteen writers open.
	pageBytes = 64 << 10
	// indexBytes is how much of a string the page index keeps: 32 hex digits
	// of a document_id fit.
	indexBytes = 64
	// bloomBits per distinct value give about one false positive in a hundred.
	bloomBits = 10
	// batchRows is how many rows are handed to parquet-go at a time. It closes
	// pages between calls, so batches of a fixed size make the pages a
	// function of the rows alone.
	batchRows = 256
)

// Options say what a file is besides its rows. The zero value is a file
// without metadata, order and filters.
type Options struct {
	// Name is the name of the schema's root.
	Name string
	// Creator and Version name the program in the footer.
	Creator, Version string
	// Metadata are the key-value pairs of the footer.
	Metadata map[string]string
	// SortedBy are the columns that the caller sorts the rows by, ascending.
	SortedBy []string
	// Bloom are the columns that get a Bloom filter.
	Bloom []string
}

// Writer writes rows of type T to one file. It is not safe for concurrent use.
type Writer[T any] struct {
	w     *parquet.GenericWriter[T]
	batch []T
	rows  int64
	start struct{ rows, bytes int64 } // where the row group began
}

// NewWriter returns a writer on out, which it does not close.
func NewWriter[T any](out io.Writer, o Options) *Writer[T] {
	var row T
	opts := []parquet.WriterOption{
		parquet.NewSchema(o.Name, parquet.SchemaOf(row)),
		parquet.CreatedBy(o.Creator, o.Version, "parquet-go"),
		parquet.Compression(codec{}),
		parquet.PageBufferSize(pageBytes),
		parquet.ColumnIndexSizeLimit(func([]string) int { return indexBytes }),
		// The page index holds the same bounds in one place.
		parquet.DataPageStatistics(false),
	}
	for k, v := range o.Metadata {
		opts = append(opts, parquet.KeyValueMetadata(k, v))
	}
	var filters []parquet.BloomFilterColumn
	for _, c := range o.Bloom {
		filters = append(filters, parquet.SplitBlockFilter(bloomBits, c))
	}
	var order []parquet.SortingColumn
	for _, c := range o.SortedBy {
		order = append(order, parquet.Ascending(c))
	}
	opts = append(opts, parquet.BloomFilters(filters...),
		parquet.SortingWriterConfig(parquet.SortingColumns(order...)))
	return &Writer[T]{w: parquet.NewGenericWriter[T](out, opts...), batch: make([]T, 0, batchRows)}
}

// Write adds rows. It copies them and keeps no reference to the slice.
func (w *Writer[T]) Write(rows []T) error {
	for len(rows) > 0 {
		n := min(len(rows), batchRows-len(w.batch))
		w.batch = append(w.batch, rows[:n]...)
		rows = rows[n:]
		if len(w.batch) == batchRows {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *Writer[T]) flush() error {
	_, err := w.w.Write(w.batch)
	w.rows += int64(len(w.batch))
	clear(w.batch) // lets go of the strings
	w.batch = w.batch[:0]
	if err != nil {
		return fmt.Errorf("writing rows: %w", err)
	}
	if w.rows-w.start.rows < groupRows && w.w.Size()-w.start.bytes < groupBytes {
		return nil
	}
	if err := w.w.Flush(); err != nil {
		return fmt.Errorf("writing a row group: %w", err)
	}
	w.start.rows, w.start.bytes = w.rows, w.w.Size()
	return nil
}

// Rows is the number of rows written so far.
func (w *Writer[T]) Rows() int64 { return w.rows + int64(len(w.batch)) }

// Close writes what is left and the footer.
func (w *Writer[T]) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.w.Close(); err != nil {
		return fmt.Errorf("writing the footer: %w", err)
	}
	return nil
}

// Column is one top-level column of a row type.
type Column struct {
	Name string
	// Type is STRING, INT32, INT64, FLOAT, BOOLEAN, DATE, DECIMAL(p,s),
	// LIST<…> or STRUCT<name type, …>.
	Type string
	// Nullable says that the column may be null.
	Nullable bool
}

// Columns returns the columns of a row type in their order.
func Columns[T any]() []Column {
	var row T
	return columns(parquet.SchemaOf(row))
}

func columns(n parquet.Node) []Column {
	var out []Column
	for _, f := range n.Fields() {
		out = append(out, Column{Name: f.Name(), Type: typeName(f), Nullable: f.Optional()})
	}
	return out
}

// typeName prints a node's type in the words of the dataset's documentation.
func typeName(n parquet.Node) string {
	logical := n.Type().LogicalType()
	if n.Leaf() {
		switch {
		case logical == nil:
			return n.Type().Kind().String()
		case logical.String() == "INT(32,true)":
			return "INT32"
		case logical.String() == "INT(64,true)":
			return "INT64"
		}
		return logical.String()
	}
	if logical != nil && logical.String() == "LIST" {
		return "LIST<" + typeName(n.Fields()[0].Fields()[0]) + ">"
	}
	s := ""
	for i, c := range columns(n) {
		if i > 0 {
			s += ", "
		}
		s += c.Name + " " + c.Type
	}
	return "STRUCT<" + s + ">"
}

// Has tells whether the row type has a top-level column of that name.
func Has[T any](name string) bool {
	return slices.ContainsFunc(Columns[T](), func(c Column) bool { return c.Name == name })
}
