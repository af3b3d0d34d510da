package vocab

import (
	"strings"
	"testing"
)

func TestUnitRows(t *testing.T) {
	sortedRows(t, unitsTSV, 5, 1)
	for _, u := range Units() {
		if u.Counted < 0 || u.Counted > 2 || strings.TrimSpace(u.Form) != u.Form || u.Form == "" {
			t.Errorf("%+v", u)
		}
		if u.Code == "" && u.Flag != "unit_doubtful" {
			t.Errorf("%s has no code and does not say why", u.Form)
		}
	}
}

func TestWordRows(t *testing.T) {
	sortedRows(t, wordsTSV, 4, 2)
	comparators := map[string]bool{"ge": true, "gt": true, "le": true, "lt": true, "eq": true, "approx": true}
	for _, w := range Words() {
		switch w.Class {
		case "after", "after_time", "more":
			if !comparators[w.ID] {
				t.Errorf("%+v is no comparator", w)
			}
		case "before":
			if w.ID != "" && !comparators[w.ID] {
				t.Errorf("%+v is no comparator", w)
			}
		case "per", "per_phrase", "per_start", "grade", "scale":
			if w.ID == "" {
				t.Errorf("%+v stands for nothing", w)
			}
		}
	}
}

// sortedRows checks that every row has n columns and that the first key
// columns are in order and unique.
func sortedRows(t *testing.T, tsv string, n, key int) {
	t.Helper()
	last := ""
	for i, row := range rows(tsv) {
		if len(row) != n {
			t.Fatalf("row %d: %q has %d columns, want %d", i, row, len(row), n)
		}
		if k := strings.Join(row[:key], "\t"); k <= last {
			t.Errorf("row %d: %q is not in order", i, row)
		} else {
			last = k
		}
	}
}
