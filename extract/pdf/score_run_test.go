package pdf

import (
	"context"
	"os"
	"slices"
	"testing"

	"yusuan/extract/document"
)

// floors are the scores that are reached; a change that lowers one fails.
var floors = []struct {
	truth, folder, file string
	f1, whole           float64
}{
	{"wanli-2023", "putuo", "万里街道2023预算.pdf", 1, 1},
	{"putuo-justice-2026-dept", "putuo", "普陀区司法局2026预算-dept.pdf", 1, 1},
	{"jiangsu-court-2018", "jiangsu", "省法院2018年度部门预算公开.pdf", 1, 1},
	{"jiangsu-cppcc-2017-tables", "jiangsu", "2017年度部门预算公开表.pdf", 1, 1},
	{"jiangsu-cppcc-2019-tables", "jiangsu", "江苏省政协办公厅2019年预算公开表.pdf", 1, 1},
}

// TestScore scores whole documents against their truth. With -v it lists every
// cell that differs.
func TestScore(t *testing.T) {
	for _, f := range floors {
		t.Run(f.truth, func(t *testing.T) {
			want := readTruth(t, f.folder, "truth", f.truth+".truth.json")
			data, err := os.ReadFile(corpus(t, f.folder, f.file))
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Reader{}.Read(context.Background(), data, document.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if err := document.Check(doc); err != nil {
				t.Fatal(err)
			}
			s := scoreTables(want, doc.Blocks)
			t.Logf("%s: F1 %.4f (%d of %d cells), %d of %d tables whole", f.truth, s.f1(), s.found, s.want, s.whole, s.tables)
			slices.Sort(s.differences)
			for _, d := range s.differences {
				t.Log(d)
			}
			if s.f1() < f.f1 || s.wholeShare() < f.whole {
				t.Errorf("below the floor of F1 %.4f and %.4f of the tables whole", f.f1, f.whole)
			}
		})
	}
}
