package export

import (
	"runtime"
	"testing"
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
