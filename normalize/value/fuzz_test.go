package value

import (
	"reflect"
	"testing"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// meaning is what Format keeps of a value.
func meaning(v record.Value) record.Value {
	v.Qualifier, v.Flags, v.UnitInferred = "", nil, ""
	return v
}

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add(c.in)
	}
	for _, c := range joinedCases {
		f.Add(c.in)
	}
	for _, c := range findCases {
		f.Add(c.in)
	}
	for _, s := range []string{"0-00万", "=0(万", "超0~0A", "≈1月"} { // found by fuzzing
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkOffsets(t, s)
		parts := Parse(s, Hint{Name: s, Description: s})
		if len(parts) == 0 {
			t.Fatalf("%q has no value", s)
		}
		for _, v := range Parse(s, Hint{}) {
			printed := Format(v)
			if utf8.ValidString(s) && !utf8.ValidString(printed) {
				t.Fatalf("%q: %q is not UTF-8", s, printed)
			}
			if v.Number.IsNull() {
				continue // words out of their sentence may read otherwise
			}
			again := Parse(printed, Hint{})
			if len(again) != 1 || !reflect.DeepEqual(meaning(again[0]), meaning(v)) {
				t.Fatalf("%q printed as %q:\n got %+v\nwant %+v", s, printed, again, v)
			}
		}
	})
}

// checkOffsets checks that all that is found lies in the text, in order.
func checkOffsets(t *testing.T, s string) {
	t.Helper()
	runes := []rune(s)
	last := 0
	for _, q := range Find(s) {
		if q.Start < last || q.NumberStart < q.Start || q.NumberEnd <= q.NumberStart || q.End < q.NumberEnd || q.End > len(runes) {
			t.Fatalf("%q: %+v", s, q)
		}
		last = q.End
		if utf8.ValidString(s) && string(runes[q.Start:q.End]) != q.Text {
			t.Fatalf("%q: %q is not at %d", s, q.Text, q.Start)
		}
		if !q.Date && !q.Unread && (q.Number.IsNull() || q.Kind != record.Quantity || q.Comparator == "" || q.Base.IsNull() && !q.Has(flagBaseOverflow)) {
			t.Fatalf("%q: %+v", s, q)
		}
	}
	last = 0
	for _, d := range Dates(s) {
		if d.Start < last || d.End <= d.Start || d.End > len(runes) || d.ISO == "" {
			t.Fatalf("%q: %+v", s, d)
		}
		last = d.End
	}
}
