package corpus

import (
	"reflect"
	"testing"

	"yusuan/export"
	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// filled is a result with something in every kind of field.
func filled(t *testing.T) *export.Result {
	t.Helper()
	d, err := record.ParseDecimal("-2333.00")
	if err != nil {
		t.Fatal(err)
	}
	return &export.Result{
		URI: "a/b.docx", Status: StatusOK,
		Disclosure: &record.Disclosure{
			Source:     document.Source{Name: "a/b.docx", Bytes: 1 << 40, Pages: -1},
			Identity:   record.Identity{Department: "青山县教育局", FiscalYear: 2020},
			Cells:      []record.Cell{{Box: document.Box{X0: 1.5, Y1: -2}, IsHeader: true, Number: d}, {}},
			Projects:   []record.Project{{Goals: []string{"一", ""}, SpendingPlan: []record.PlanStep{{ThroughMonth: 3}, {ThroughMonth: 12, Percent: record.Int(100)}}}},
			Indicators: []record.Indicator{{Value: record.Value{Flags: []string{"unit_typo"}, ComparatorImplied: true, Number: d}}},
		},
	}
}

func TestCodec(t *testing.T) {
	in := filled(t)
	data, err := encode(in)
	if err != nil {
		t.Fatal(err)
	}
	out := new(export.Result)
	if err := decode(data, out); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(in, out) {
		t.Errorf("read back\n%+v\nwrote\n%+v", out.Disclosure, in.Disclosure)
	}
	again, err := encode(out)
	if err != nil || string(again) != string(data) {
		t.Errorf("the same value was written in two ways (%v)", err)
	}
	// Every shorter text, and every longer one, is found out.
	for n := range data {
		if err := decode(data[:n], new(export.Result)); err == nil {
			t.Fatalf("%d of %d bytes were read without an error", n, len(data))
		}
	}
	if err := decode(append(data, 0), new(export.Result)); err == nil {
		t.Error("a byte too many was read without an error")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{1, 0, 2, 'o', 'k'})
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = decode(data, new(export.Result)) // no panic, no memory beyond the input's measure
	})
}

func BenchmarkCodec(b *testing.B) {
	r := &export.Result{Disclosure: &record.Disclosure{Cells: make([]record.Cell, 1000)}}
	for i := range r.Disclosure.Cells {
		r.Disclosure.Cells[i] = record.Cell{Text: "公务用车购置及运行费", RowSpan: 1, ColSpan: 1, Number: record.Int(int64(i))}
	}
	b.ReportAllocs()
	for b.Loop() {
		data, err := encode(r)
		if err != nil {
			b.Fatal(err)
		}
		if err := decode(data, new(export.Result)); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(data)))
	}
}
