package main

import (
	"cmp"
	"context"
	"encoding/json"
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

// lineTruth is a document with its truth, and the least F1 of its lines.
var lineTruth = []struct {
	file, truth string
	floor       float64
}{
	{"putuo/万里街道2023预算.pdf", "putuo/truth/wanli-2023.truth.json", 1},
	{"putuo/普陀区司法局2026预算-dept.pdf", "putuo/truth/putuo-justice-2026-dept.truth.json", 1},
	{"jiangsu/省法院2018年度部门预算公开.pdf", "jiangsu/truth/jiangsu-court-2018.truth.json", 1},
	{"jiangsu/2017年度部门预算公开表.pdf", "jiangsu/truth/jiangsu-cppcc-2017-tables.truth.json", 1},
	{"jiangsu/江苏省政协办公厅2019年预算公开表.pdf", "jiangsu/truth/jiangsu-cppcc-2019-tables.truth.json", 1},
}

// lineKey is what must be right about a line: form, code, name, the measure's
// last part, and the amount in yuan.
func lineKey(form, code, name, measure, yuan string) string {
	if i := strings.LastIndex(measure, "/"); i >= 0 {
		measure = measure[i+1:]
	}
	if d, err := record.ParseDecimal(yuan); err == nil {
		yuan = number(d)
	}
	return strings.Join([]string{form, code, name, measure, yuan}, "\t")
}

// TestConformanceLines scores the lines of the statutory tables: multiset F1
// against the truth of each document.
func TestConformanceLines(t *testing.T) {
	for _, c := range lineTruth {
		t.Run(filepath.Base(c.truth), func(t *testing.T) {
			want := trueLines(t, filepath.Join(corpusDir(), c.truth))
			got := map[string]int{}
			total := 0
			for _, l := range readCorpus(t, c.file).BudgetLines {
				got[lineKey(l.Form, l.Code, l.Name, l.MeasureRaw, l.Amount.String())]++
				total++
			}
			found := 0
			for _, k := range want {
				if got[k] == 0 {
					t.Logf("missed: %s", k)
					continue
				}
				got[k]--
				found++
			}
			for k, n := range got {
				if n > 0 {
					t.Logf("false, %d times: %s", n, k)
				}
			}
			f1 := 2 * float64(found) / float64(len(want)+total)
			t.Logf("%d of %d lines found, %d read, F1 %.4f", found, len(want), total, f1)
			if f1 < c.floor {
				t.Errorf("F1 %.4f, want %.4f", f1, c.floor)
			}
		})
	}
}

// trueLines returns the keys of the lines of a truth file, or skips the test.
func trueLines(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("no truth: %v", err)
	}
	var v struct {
		Tables []struct{ Form string }
		Lines  []struct {
			Table               int
			Code, Name, Measure string
			Yuan                string `json:"amount_yuan"`
		}
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var out []string
	for _, l := range v.Lines {
		out = append(out, lineKey(v.Tables[l.Table-1].Form, l.Code, l.Name, l.Measure, l.Yuan))
	}
	return out
}

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
