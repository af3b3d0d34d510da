package export

import (
	"errors"
	"path/filepath"
	"slices"
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

// TestWriteRows writes a file that reads back, and leaves nothing when it
// cannot.
func TestWriteRows(t *testing.T) {
	type row struct {
		Name  string `parquet:"name,dict"`
		Value *int64 `parquet:"value,decimal(4:18)"`
	}
	n := int64(15000)
	want := []row{{"甲", &n}, {"乙", nil}}
	file := filepath.Join(t.TempDir(), "x.parquet")
	if err := WriteRows(file, "comparison", want); err != nil {
		t.Fatal(err)
	}
	var got []row
	if err := ReadRows(file, func(r *row) error { got = append(got, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Name != "甲" || *got[0].Value != n || got[1].Value != nil {
		t.Errorf("%+v", got)
	}
	if err := WriteRows(filepath.Join(t.TempDir(), "none", "x.parquet"), "comparison", want); err == nil {
		t.Error("a folder that is not there is no error")
	}
}
