package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// narrativeTruth is a document with its truth, and the least recall of the
// amounts that its sentences state, without and with the metric's wording.
var narrativeTruth = []struct {
	file, truth   string
	floor, worded float64
}{
	{"putuo/万里街道2023预算.pdf", "putuo/truth/wanli-2023.truth.json", 1, 1},
	{"putuo/普陀区司法局2026预算-dept.pdf", "putuo/truth/putuo-justice-2026-dept.truth.json", 1, 0.95},
	{"jiangsu/省法院2018年度部门预算公开.pdf", "jiangsu/truth/jiangsu-court-2018.truth.json", 1, 0.95},
}

// stated is an amount of a truth file. The lists name some of the amounts of a
// document, not all, so that only recall can be told from them.
type stated struct {
	Page       int
	Text       string
	Metric     string
	Yuan       string `json:"amount_yuan"`
	Value      string
	Unit       string
	Comparator string
	Change     string
	// Role is "threshold" for the limits of definitions (单价50万元以上设备),
	// which are no amounts of the document.
	Role string
}

// TestConformanceNarrativeRecall scores the amounts in prose: recall of (base value,
// unit, comparator, change) against the truth of each document, and of these
// with the metric as the truth words it.
func TestConformanceNarrativeRecall(t *testing.T) {
	for _, c := range narrativeTruth {
		t.Run(filepath.Base(c.truth), func(t *testing.T) {
			facts := trueAmounts(t, filepath.Join(corpusDir(), c.truth))
			amounts := readCorpus(t, c.file).Amounts
			used := make([]bool, len(amounts))
			var found, worded, wanted int
			for _, f := range facts {
				k := f.find(amounts, used)
				switch {
				case f.Role != "":
					if k >= 0 && strings.Contains(f.Text, amounts[k].Text) {
						t.Errorf("page %d: the limit in %q is no amount", f.Page, f.Text)
					}
					continue
				case k < 0:
					t.Logf("page %d: missed %s %q", f.Page, f.Metric, f.Text)
				default:
					used[k] = true
					found++
					if sameMetric(amounts[k].Metric, f.Metric) {
						worded++
					} else {
						t.Logf("page %d: metric %q, want %q, of %q", f.Page, amounts[k].Metric, f.Metric, f.Text)
					}
				}
				wanted++
			}
			t.Logf("found %d of %d (%.3f), with the metric's wording %d (%.3f)", found, wanted,
				float64(found)/float64(wanted), worded, float64(worded)/float64(wanted))
			if float64(found) < c.floor*float64(wanted) || float64(worded) < c.worded*float64(wanted) {
				t.Errorf("found %d of %d, with the wording %d; the floors are %.2f and %.2f", found, wanted, worded, c.floor, c.worded)
			}
		})
	}
}

// find returns the index of the unused amount that a fact is, -1 for none: one
// of its page, or of a paragraph that began on the page before, with the same
// metric if several are equal.
func (f *stated) find(amounts []record.Amount, used []bool) int {
	best := -1
	for i := range amounts {
		a := &amounts[i]
		if used[i] || a.Origin.Page != f.Page && a.Origin.Page != f.Page-1 || !f.is(a) {
			continue
		}
		if best < 0 || sameMetric(a.Metric, f.Metric) && !sameMetric(amounts[best].Metric, f.Metric) {
			best = i
		}
	}
	return best
}

func (f *stated) is(a *record.Amount) bool {
	value, unit, comparator := f.Yuan, "CNY", f.Comparator
	if value == "" {
		value, unit = f.Value, f.Unit
	}
	if comparator == "" {
		comparator = record.EQ
	}
	want, err := record.ParseDecimal(value)
	return err == nil && !a.Base.IsNull() && a.Base.Cmp(want) == 0 && a.Unit == unit && a.Comparator == comparator && a.Change == f.Change
}

// sameMetric compares the wording of metrics, blanks and the shape of
// quotation marks and brackets aside.
func sameMetric(a, b string) bool {
	fold := strings.NewReplacer(" ", "", "“", "", "”", "", "\"", "", "(", "（", ")", "）")
	return fold.Replace(a) == fold.Replace(b)
}

// trueAmounts returns the amounts of a truth file, or skips the test.
func trueAmounts(t *testing.T, file string) []stated {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("no truth: %v", err)
	}
	var v struct{ Narrative []stated }
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return v.Narrative
}
