package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/normalize/reconcile"
	"yusuan/normalize/record"
)

// knownFinding is a finding that a document must have: the rule, the place, and
// what was expected and is there, in yuan or as printed.
type knownFinding struct {
	rule, place, want, have string
}

// findingTruth are documents with the errors of their sources: those that the
// notes of the truth list, and those that were found by eye on the page. They
// must have these findings of severity error, and no others.
var findingTruth = []struct {
	file   string
	errors []knownFinding
	// warnings are those that must be there; others may be.
	warnings []knownFinding
}{
	{file: "putuo/万里街道2023预算.pdf", errors: []knownFinding{
		{"prose.change", "p6", "14212500", "0"},                         // 政府性基金 of 0 that rose by 1421.25
		{"prose.change", "p6", "289.12", "314.82"},                      // 群众团体事务
		{"prose.change", "p7", "232.79", "60.54"},                       // 职业年金, copied from the items above
		{"prose.table", "p7", "2206272", "4412500"},                     // the same
		{"prose.projects", "p29", "33513343.00", "33281300"},            // five forms
		{"project.funds", "p35 t14 r6c7", "10903043.00", "11419043.00"}, // 当年财政拨款 > 年度资金申请总额
	}},
	{file: "putuo/普陀区司法局2026预算-dept.pdf", errors: []knownFinding{
		{"prose.base_period", "p8", "2025", "2026"},
		{"prose.base_period", "p8", "2025", "2026"},
		{"prose.change", "p9", "32693000", "432693000"}, // 43269.3 for 3269.3
		{"prose.change", "p9", "17.93", "17.66"},
		{"prose.table", "p9", "2087959.00", "2015000"}, // 住房公积金 201.50 for 208.8
	}},
	{file: "putuo/普陀区司法局2026预算-unit.pdf", errors: []knownFinding{
		{"prose.change", "p6", "-15.13", "-1.10"},
		{"prose.table", "p6", "561240.00", "578000"},
		{"prose.change", "p7", "-29.67", "21.74"},
		{"prose.table", "p7", "2070000.00", "1700300"},
		{"sum.code", "p11 t3 r5c6", "0.00", "64840547.00"}, // 行政运行 has the 项目支出 of its class
		{"sum.code", "p14 t5 r5c6", "0.00", "64840547.00"},
	}},
	{file: "putuo/普陀区商务委2025预算-dept.pdf"},
	{file: "putuo/普陀区政府办2025预算-dept.pdf"},
	{file: "putuo/普陀区政府办2025预算-unit.pdf"},
	{file: "putuo/普陀区委社会工作部2024决算.pdf"},
	{file: "putuo/普陀区规划资源局2024决算.pdf", errors: []knownFinding{
		{"prose.table", "p24", "53647500", "53776400"}, // 基本支出 of all funds for that of the general public budget
	}, warnings: []knownFinding{
		{"prose.table", "p24", "48841000", "48969800"},
		{"prose.unit", "p21", "", ""}, // 增长13.95 without %
	}},
	{file: "jiangsu/2017年度部门预算公开表.pdf"},
	{file: "jiangsu/江苏省政协办公厅2018度部门预算公开表.pdf"},
	{file: "jiangsu/江苏省政协办公厅2019年预算公开表.pdf"},
	{file: "jiangsu/江苏省高级人民法院2019年度部门预算公开.pdf"},
	{file: "jiangsu/省法院2017年度部门预算公开.pdf", errors: []knownFinding{
		{"prose.change", "p22", "79.09", "79.05"}, // 提租补贴
	}},
	{file: "jiangsu/省法院2018年度部门预算公开.pdf", errors: []knownFinding{
		{"prose.change", "p19", "3829200", "3929200"}, // 392.92 for 382.92
	}, warnings: []knownFinding{
		{"prose.unit", "p20", "", ""}, // 减少9.52 without %
	}},
	{file: "handan-2020/disclosure.txt", errors: handanErrors, warnings: handanWarnings},
	{file: "handan-2020/disclosure.docx", errors: handanErrors, warnings: handanWarnings},
	{file: "handan-2020/disclosure.doc", errors: handanErrors, warnings: handanWarnings},
	{file: "handan-2020/disclosure.pdf", errors: handanErrors, warnings: handanWarnings},
}

var (
	handanErrors = []knownFinding{
		{"procurement.price", "t25 r11", "1280000.00", "32000"}, // 40 × 3.20 = 3.20
		{"procurement.price", "t25 r32", "30000.00", "40000"},   // 20 × 0.15 = 4.00
		{"sum.across", "t25 r46", "100000", "10000000"},         // 1000 for 10.00
	}
	handanWarnings = []knownFinding{
		{"indicator.grades", "t4 r10", "85", "70"},
		{"indicator.grades", "t4 r16", "85", "70"},
		{"project.missing", "t25 r39", "", ""}, // 金保工程数据中心服务外包服务费
	}
)

// TestConformanceFindings holds the findings of real documents against what
// is known of their errors.
func TestConformanceFindings(t *testing.T) {
	for _, c := range findingTruth {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			d := readCorpus(t, c.file)
			t.Logf("%d checks passed, %d failed, %d findings", d.ChecksPassed, d.ChecksFailed, len(d.Findings))
			for _, severity := range []string{record.SeverityError, record.SeverityWarning} {
				want := c.errors
				if severity == record.SeverityWarning {
					want = c.warnings
				}
				rest := slices.Clone(want)
				for i := range d.Findings {
					f := &d.Findings[i]
					if f.Severity != severity {
						continue
					}
					k := slices.IndexFunc(rest, func(e knownFinding) bool { return isFinding(e, f) })
					if k >= 0 {
						rest = slices.Delete(rest, k, k+1)
					} else {
						t.Errorf("false %s: %s", severity, describe(f))
					}
				}
				for _, e := range rest {
					t.Errorf("missed: %s %v", severity, e)
				}
			}
		})
	}
}

// mutationFloors are the least shares of single wrong figures that must be found
// at all, and at their place, over the budgets and accounts with truth or
// without errors in their tables.
const (
	mutationFound   = 0.95
	mutationAtPlace = 0.85
)

// mutationStep is how many lines are passed over between two that are changed:
// all of them would take a minute.
const mutationStep = 5

// TestConformanceMutations changes one figure of the statutory tables at a time
// and looks for the error.
func TestConformanceMutations(t *testing.T) {
	all, found, placed := 0, 0, 0
	for _, c := range findingTruth {
		if strings.HasPrefix(c.file, "handan") {
			continue
		}
		d := readCorpus(t, c.file)
		before := map[record.Origin]bool{}
		for _, f := range d.Findings {
			before[f.Origin] = before[f.Origin] || f.Severity != record.SeverityInfo
		}
		for i := 0; i < len(d.BudgetLines); i += mutationStep {
			l := &d.BudgetLines[i]
			if l.Amount.IsZero() || before[l.Origin] {
				continue
			}
			was, raw := l.Amount, l.AmountRaw
			l.Amount, l.AmountRaw = was.Add(was), was.Add(was).Shift(-d.Tables[l.Table-1].ScaleExp).String()
			here, anywhere := mutationSeen(d, before, l.Origin)
			l.Amount, l.AmountRaw = was, raw
			all++
			if anywhere {
				found++
			} else {
				t.Logf("missed: %s t%d %s %s %s %s", filepath.Base(c.file), l.Table, l.Form, l.Code, l.Name, l.MeasureRaw)
			}
			if here {
				placed++
			}
		}
	}
	if all == 0 {
		return
	}
	t.Logf("of %d wrong figures %d found, %d at their place", all, found, placed)
	if float64(found) < mutationFound*float64(all) || float64(placed) < mutationAtPlace*float64(all) {
		t.Errorf("fewer than %.2f and %.2f", mutationFound, mutationAtPlace)
	}
}

// mutationSeen tells whether there is a new finding at a place, and anywhere.
func mutationSeen(d *record.Disclosure, before map[record.Origin]bool, at record.Origin) (here, anywhere bool) {
	for _, f := range reconcile.Check(d).Findings {
		if f.Severity != record.SeverityInfo && !before[f.Origin] {
			anywhere = true
			here = here || f.Origin == at
		}
	}
	return here, anywhere
}

// isFinding compares a finding with what is expected. The place of a paragraph
// is its page. Formats without pages or with other columns have the same table
// and row.
func isFinding(e knownFinding, f *record.Finding) bool {
	at := place(f.Origin)
	if strings.HasPrefix(e.place, "t") {
		at = at[strings.Index(at, "t"):]
		at, _, _ = strings.Cut(at, "c")
	} else if f.Table == 0 {
		at, _, _ = strings.Cut(at, " ")
	}
	return f.Rule == e.rule && at == e.place && f.Expected.Cmp(parsed(e.want)) == 0 && f.Actual.Cmp(parsed(e.have)) == 0
}

// parsed reads a number, null for "".
func parsed(s string) record.Decimal {
	d, _ := record.ParseDecimal(s)
	return d
}

func describe(f *record.Finding) string {
	return fmt.Sprintf("%s at %s: %s (printed %s, expected %s, actual %s)", f.Rule, place(f.Origin), f.Message, f.Text, f.Expected, f.Actual)
}
