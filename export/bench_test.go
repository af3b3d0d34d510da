package export

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"yusuan/export/parquet"
)

// BenchmarkCells measures the way of a cell from record to file: 200
// documents of 500 cells.
func BenchmarkCells(b *testing.B) {
	const documents, cells = 200, 500
	var entries []Entry
	for i := range documents {
		entries = append(entries, entry(invent(b, i, 2020, cells)))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Commit(b.TempDir(), entries, Settings{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(documents*cells*b.N)/b.Elapsed().Seconds(), "cells/s")
}

// BenchmarkCommit measures 1,000 small documents that are made when they are
// loaded, and the memory that the commit holds while the last is loaded.
func BenchmarkCommit(b *testing.B) {
	const documents = 1000
	var peak uint64
	var entries []Entry
	for i := range documents {
		e := entry(invent(b, i, 2018+i%4, 0))
		e.Load = func() (*Result, error) {
			if i%100 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
			return invent(b, i, 2018+i%4, 40), nil
		}
		entries = append(entries, e)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Commit(b.TempDir(), entries, Settings{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(documents*b.N)/b.Elapsed().Seconds(), "documents/s")
	b.ReportMetric(float64(peak)/(1<<20), "MiB-live")
}

// BenchmarkRows writes the cells of a dataset, which are in memory as rows, to
// one file with all that a dataset has: compression, dictionaries, page index,
// Bloom filter. YUSUAN_BENCH_DATASET names the dataset; corpus/bench/rows.py
// makes one and has other programs write the same rows.
func BenchmarkRows(b *testing.B) {
	dir := os.Getenv("YUSUAN_BENCH_DATASET")
	if dir == "" {
		b.Skip("skipped: YUSUAN_BENCH_DATASET names no dataset")
	}
	rows := benchRows(b, dir)
	name := filepath.Join(b.TempDir(), "cells.parquet")
	o := parquet.Options{
		Name: "cells", Creator: "yusuan", Version: SchemaVersion,
		SortedBy: []string{"region_code", "document_id"}, Bloom: []string{"document_id"},
	}
	b.ReportAllocs()
	for b.Loop() {
		out, err := os.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		w := parquet.NewWriter[cellRow](out, o)
		if err := errors.Join(w.Write(rows), w.Close(), out.Close()); err != nil {
			b.Fatal(err)
		}
	}
	info, err := os.Stat(name)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(len(rows)), "rows")
	b.ReportMetric(float64(info.Size()), "file-bytes")
}

// benchRows reads all cells of a dataset.
func benchRows(b *testing.B, dir string) []cellRow {
	b.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "cells", "*", "*.parquet"))
	if err != nil || len(names) == 0 {
		b.Fatalf("%s: no cells: %v", dir, err)
	}
	var rows []cellRow
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		info, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		r, err := parquet.NewReader[cellRow](f, info.Size())
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			var n int
			batch := make([]cellRow, 4096)
			n, err = r.Read(batch)
			rows = append(rows, batch[:n]...)
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(name, err)
		}
		if err := errors.Join(r.Close(), f.Close()); err != nil {
			b.Fatal(err)
		}
	}
	return rows
}
