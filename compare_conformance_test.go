package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/corpus/compare"
)

// seen are figures of the Jiangsu budgets in 万元, read by eye from the pages
// named: department, what, year, page, printed text.
var seen = []struct {
	department, part, code, measure string
	year, page                      int
	printed                         string
}{
	{"江苏省高级人民法院", compare.PartThreePublic, "", "total", 2017, 17, "2,599.37"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "three_public", 2017, 17, "670.12"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "overseas_travel", 2017, 17, "180.00"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "vehicle_operation", 2017, 17, "304.40"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "official_reception", 2017, 17, "185.72"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "training", 2017, 17, "1,701.25"},
	{"江苏省高级人民法院", compare.PartLines, "204", "total", 2018, 12, "26,200.88"},
	{"江苏省高级人民法院", compare.PartLines, "2040502", "total", 2018, 12, "6,049.97"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "three_public", 2019, 14, "513.75"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "official_reception", 2019, 14, "86.95"},
	{"江苏省高级人民法院", compare.PartThreePublic, "", "meeting", 2019, 14, "271.02"},
	{"江苏省高级人民法院", compare.PartLines, "", "reserve", 2019, 9, "5,011.40"},
	{"江苏省政协办公厅", compare.PartThreePublic, "", "three_public", 2017, 11, "676.10"},
	{"江苏省政协办公厅", compare.PartThreePublic, "", "meeting", 2017, 11, "1,094.62"},
	{"江苏省政协办公厅", compare.PartLines, "2010204", "total", 2018, 7, "814.16"},
	{"江苏省政协办公厅", compare.PartLines, "2080506", "total", 2018, 7, "163.13"},
	{"江苏省政协办公厅", compare.PartLines, "2210202", "total", 2018, 7, "1,107.60"},
	{"江苏省政协办公厅", compare.PartThreePublic, "", "overseas_travel", 2019, 9, "106.00"},
	{"江苏省政协办公厅", compare.PartThreePublic, "", "training", 2019, 9, "281.77"},
}

// TestConformanceCompare compares the Jiangsu budgets of 2017 to 2019: figures
// that were read by eye stand in their year, with the page that they were read
// from, and all forms have all years.
func TestConformanceCompare(t *testing.T) {
	folder := filepath.Join(corpusDir(), "jiangsu")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("%s is not here: the real documents are kept outside the repository", folder)
	}
	dataset := filepath.Join(t.TempDir(), "dataset")
	command(t, "run", filepath.Join(folder, "*.pdf"), "-o", dataset)
	code, out, errs := command(t, "compare", dataset, "--json")
	var c compare.Comparison
	if err := json.Unmarshal([]byte(out), &c); code != exitOK || err != nil || len(c.Bodies) != 2 || len(c.Years) != 3 {
		t.Fatalf("exit %d, %v, %s", code, err, errs)
	}
	for _, s := range seen {
		found := false
		for _, b := range c.Bodies {
			if b.Department != s.department {
				continue
			}
			for _, r := range b.Rows {
				if r.Part != s.part || r.Code != s.code || r.Measure != s.measure {
					continue
				}
				for _, x := range r.Cells {
					found = found || x.Year == s.year && x.Origin != nil && x.Origin.Page == s.page && x.Printed == s.printed &&
						x.Value.Shift(-4).String() == strings.TrimRight(strings.TrimRight(strings.ReplaceAll(s.printed, ",", ""), "0"), ".")
				}
			}
		}
		if !found {
			t.Errorf("%+v is not there", s)
		}
	}
}
