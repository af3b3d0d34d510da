package parquet

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// Info is what the footer of a file says about it.
type Info struct {
	// Rows is the number of rows.
	Rows int64
	// Columns are the top-level columns in their order.
	Columns []Column
	// Metadata are the key-value pairs.
	Metadata map[string]string
}

// Inspect reads the footer of a file of size bytes, and no row.
func Inspect(in io.ReaderAt, size int64) (*Info, error) {
	f, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("opening Parquet: %w", err)
	}
	return &Info{Rows: f.NumRows(), Columns: columns(f.Schema()), Metadata: metadata(f)}, nil
}

// metadata are the key-value pairs of a file.
func metadata(f *parquet.File) map[string]string {
	out := map[string]string{}
	for _, kv := range f.Metadata().KeyValueMetadata {
		out[kv.Key] = kv.Value
	}
	return out
}
