package export

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// scanned has three columns of findings, in another order.
type scanned struct {
	Difference *int64 `parquet:"difference,decimal(4:18)"`
	FiscalYear int32  `parquet:"fiscal_year,optional"`
	Row        *int32 `parquet:"row_no"`
}

// TestScan reads some columns of some years, and hands on what the callback
// says.
func TestScan(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 12), Settings{})
	years := func(table string, of ...int) (out []int32, err error) {
		err = Scan(t.Context(), dir, table, of, func(r *scanned) error {
			if r.Difference == nil || *r.Difference != 100 {
				t.Fatalf("difference %v", r.Difference)
			}
			out = append(out, r.FiscalYear)
			return nil
		})
		return out, err
	}
	all, err := years("findings")
	if err != nil || len(all) == 0 {
		t.Fatalf("%d rows, %v", len(all), err)
	}
	year := slices.Max(all)
	some, err := years("findings", int(year))
	if err != nil || len(some) == 0 || len(some) >= len(all) || slices.ContainsFunc(some, func(y int32) bool { return y != year }) {
		t.Errorf("of year %d: %d of %d rows, %v", year, len(some), len(all), err)
	}
	stop := errors.New("stop")
	if err := Scan(t.Context(), dir, "findings", nil, func(*scanned) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the error of the callback is lost: %v", err)
	}
	if none, err := years("no_such_table"); len(none) > 0 || err != nil {
		t.Errorf("a table that is not there: %v, %v", none, err)
	}
}

// TestScanDocuments passes all rows of the documents asked for, and reads no row
// group of documents that are elsewhere.
func TestScanDocuments(t *testing.T) {
	type row struct {
		DocumentID string `parquet:"document_id,dict"`
		RegionCode string `parquet:"region_code,dict"`
		FiscalYear int32  `parquet:"fiscal_year,optional"`
	}
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 12), Settings{})
	count := map[DocumentKey]int{}
	if err := Scan(t.Context(), dir, "cells", nil, func(r *row) error {
		count[DocumentKey{int(r.FiscalYear), r.RegionCode, r.DocumentID}]++
		return nil
	}); err != nil || len(count) < 6 {
		t.Fatalf("%d documents, %v", len(count), err)
	}
	scan := func(keys ...DocumentKey) map[DocumentKey]int {
		got := map[DocumentKey]int{}
		slices.SortFunc(keys, DocumentKey.Compare)
		if err := ScanDocuments(t.Context(), dir, Selection{"cells", keys}, func(r *row) error {
			got[DocumentKey{int(r.FiscalYear), r.RegionCode, r.DocumentID}]++
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	var all []DocumentKey
	for k, n := range count {
		if got := scan(k); got[k] != n {
			t.Errorf("%d of %d rows of %v", got[k], n, k)
		}
		for _, elsewhere := range []DocumentKey{{k.FiscalYear, "999999", k.DocumentID}, {1950, k.RegionCode, k.DocumentID}} {
			if got := scan(elsewhere); len(got) > 0 {
				t.Errorf("of %v: %v", elsewhere, got)
			}
		}
		all = append(all, k)
	}
	if got := scan(all...); !maps.Equal(got, count) {
		t.Errorf("%v, want %v", got, count)
	}
	if got := scan(); len(got) > 0 {
		t.Errorf("of no document: %v", got)
	}
}

// TestRowFile writes a file that reads back, puts it in the place of an older
// one only when it is whole, and leaves nothing when it cannot.
func TestRowFile(t *testing.T) {
	type row struct {
		Name  string `parquet:"name,dict"`
		Value *int64 `parquet:"value,decimal(4:18)"`
	}
	n := int64(15000)
	want := []row{{"甲", &n}, {"乙", nil}}
	dir := t.TempDir()
	file := filepath.Join(dir, "x.parquet")
	write := func(rows []row, end func(*RowFile[row]) error) {
		w, err := CreateRows[row](file, "comparison")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Write(rows...), end(w)); err != nil {
			t.Fatal(err)
		}
	}
	write(want[:1], (*RowFile[row]).Close)
	write(want, (*RowFile[row]).Close)
	write(nil, func(w *RowFile[row]) error { w.Abort(); return nil })
	var got []row
	if err := ReadRows(file, func(r *row) error { got = append(got, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Name != "甲" || *got[0].Value != n || got[1].Value != nil {
		t.Errorf("%+v", got)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
	none := filepath.Join(dir, "none", "x.parquet")
	if _, err := CreateRows[row](none, "comparison"); err == nil || !strings.Contains(err.Error(), none) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	w, err := CreateRows[row](filepath.Join(dir, "folder"), "comparison")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err == nil || !strings.Contains(err.Error(), "writing "+filepath.Join(dir, "folder")) {
		t.Errorf("a folder in its place: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
}
