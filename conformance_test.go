package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/extract"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// corpusDir is where the real documents are: beside the repository, or where
// the environment says.
func corpusDir() string { return cmp.Or(os.Getenv("YUSUAN_CORPUS"), "../shared/corpus") }

// readCorpus reads a document of the corpus, or skips the test.
func readCorpus(t *testing.T, name string) *record.Disclosure {
	t.Helper()
	file := filepath.Join(corpusDir(), name)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("%s is not here: the real documents are kept outside the repository", file)
	}
	doc, err := extract.Read(context.Background(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	return normalize.New().Document(doc)
}

// formats are the forms of the disclosure that the project began with. What its
// truth says is scored by corpus/score; here is what no truth file says.
var formats = []string{"disclosure.txt", "disclosure.docx", "disclosure.doc", "disclosure.pdf"}

func eachFormat(t *testing.T, f func(t *testing.T, d *record.Disclosure)) {
	for _, name := range formats {
		t.Run(name, func(t *testing.T) { f(t, readCorpus(t, "handan-2020/"+name)) })
	}
}

func TestConformanceTables(t *testing.T) {
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		forms := map[string]int{}
		for _, table := range d.Tables {
			forms[table.Form]++
		}
		want := map[string]int{"performance_target": 23, "organizations": 1, "procurement": 1, "fixed_assets": 1}
		if !maps.Equal(forms, want) {
			t.Errorf("tables by form: %v, want %v", forms, want)
		}
		id := d.Identity
		got := fmt.Sprint(id.Title, " ", id.Department, " ", id.DepartmentCode, " ", id.RegionCode, " ", id.FiscalYear, " ", id.Kind, " ", id.Level)
		const name = "邯郸市人力资源和社会保障局"
		if got != name+"2020年部门预算公开情况说明 "+name+" 316 130400 2020 budget department" {
			t.Errorf("identity: %s", got)
		}
	})
}

// number prints a decimal without the zeros at its end.
func number(d record.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// TestConformanceProcurement has no truth file: the counts are those of the
// document, the sums its own totals.
func TestConformanceProcurement(t *testing.T) {
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		types := map[string]int{}
		sums := map[string]record.Decimal{}
		linked := 0
		for _, p := range d.Procurement {
			types[p.RowType]++
			old, ok := sums[p.RowType]
			if !ok {
				old = record.Int(0)
			}
			if !p.Amount.IsNull() {
				sums[p.RowType] = old.Add(p.Amount)
			}
			if p.RowType == "item" && p.ProjectCode != "" {
				linked++
			}
			if p.RowType == "item" && (p.UnitName == "" || p.CatalogueCode == "" || p.Quantity.IsNull() || p.UnitPrice.IsNull() || p.CatalogueVersion != "2013") {
				t.Errorf("row %d lacks something: %+v", p.Row, p)
			}
		}
		if want := map[string]int{"item": 40, "subtotal": 4, "total": 1}; !maps.Equal(types, want) {
			t.Errorf("rows by type: %v, want %v", types, want)
		}
		for kind, sum := range sums {
			if number(sum) != "2614000" {
				t.Errorf("the %s rows add up to %s, want 2614000", kind, number(sum))
			}
		}
		// 金保工程数据中心服务外包服务费 has no target form.
		if linked != 39 {
			t.Errorf("%d items are linked to a project, want 39", linked)
		}
	})
}

// TestConformanceMeasures holds what was seen by eye in documents without
// truth: how many lines each has, that all have a measure, and which codes and
// names the vocabularies do not know.
func TestConformanceMeasures(t *testing.T) {
	for _, c := range []struct {
		file  string
		lines int
	}{
		{"putuo/普陀区司法局2026预算-unit.pdf", 391},
		{"putuo/普陀区商务委2025预算-dept.pdf", 287},
		{"putuo/普陀区政府办2025预算-dept.pdf", 221},
		{"putuo/普陀区政府办2025预算-unit.pdf", 231},
		{"putuo/普陀区委社会工作部2024决算.pdf", 205},
		{"putuo/普陀区规划资源局2024决算.pdf", 308},
		{"jiangsu/省法院2017年度部门预算公开.pdf", 202},
		{"jiangsu/江苏省高级人民法院2019年度部门预算公开.pdf", 216},
		{"jiangsu/江苏省政协办公厅2018度部门预算公开表.pdf", 170},
	} {
		d := readCorpus(t, c.file)
		if len(d.BudgetLines) != c.lines {
			t.Errorf("%s: %d lines, want %d", c.file, len(d.BudgetLines), c.lines)
		}
		for _, l := range d.BudgetLines {
			if l.Measure == "" {
				t.Errorf("%s: table %d row %d: no measure for %s", c.file, l.Table, l.Row, l.MeasureRaw)
			}
		}
		for _, u := range normalize.Unknowns(d) {
			if u.Kind == normalize.UnknownCode || u.Kind == normalize.UnknownName {
				t.Errorf("%s: table %d row %d: %s %s is not known", c.file, u.Table, u.Row, u.Kind, u.Text)
			}
		}
	}
}
