package compare

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"yusuan/normalize/reconcile"
	"yusuan/normalize/record"
)

// TestTargets tells lowered targets from raised ones by what their signs demand.
func TestTargets(t *testing.T) {
	for _, x := range []struct{ signA, a, signB, b, direction, want string }{
		{"ge", "95", "ge", "90", "", TargetLowered},
		{"ge", "90", "gt", "95", "", TargetRaised},
		{"le", "5", "le", "8", "", TargetLowered},
		{"lt", "5", "le", "3", "", TargetRaised},
		{"ge", "95", "ge", "95", "", TargetSame},
		{"ge", "95", "le", "90", "", TargetChanged},
		{"eq", "95", "eq", "90", "", TargetChanged},
		{"eq", "95", "eq", "90", "positive", TargetLowered},
		{"", "95", "", "90", "negative", TargetRaised},
		{"ge", "95", "", "90", "positive", TargetLowered},
		{"", "100", "ge", "90", "", TargetLowered},
		{"le", "5", "eq", "4", "", TargetRaised},
		{"", "95", "ge", "95", "", TargetSame},
		{"approx", "95", "approx", "90", "", TargetChanged},
		{"", "95", "", "", "", TargetChanged},
	} {
		cell := func(sign, v string) Cell {
			c := Cell{Value: amount(t, v), Unit: "%", Comparator: sign, Direction: x.direction, Printed: v}
			if v == "" {
				c.Why, c.Unit = WhyNoNumber, ""
			}
			return c
		}
		a, b := cell(x.signA, x.a), cell(x.signB, x.b)
		if got := targetChange(&a, &b); got != x.want {
			t.Errorf("%s%s → %s%s %s: %s", x.signA, x.a, x.signB, x.b, x.direction, got)
		}
	}
	a, b := Cell{Value: amount(t, "5"), Unit: "%", Comparator: "ge"}, Cell{Value: amount(t, "4"), Unit: "h", Comparator: "ge"}
	if got := targetChange(&a, &b); got != TargetChanged {
		t.Errorf("over units: %s", got)
	}
	b = Cell{Why: WhyNotThere}
	if got := targetChange(&a, &b); got != "" {
		t.Errorf("from nothing: %s", got)
	}
}

// TestTargetFilter keeps the indicators whose target was lowered in any year.
func TestTargetFilter(t *testing.T) {
	drafts := court(t)
	for i, v := range []string{"95", "90", "96"} {
		d := drafts[[]int{0, 1, 3}[i]]
		d.d.Indicators, d.d.Projects, d.d.Cells = nil, nil, nil
		d.target(t, 8, "A-1", "办案经费", "50", v)
		more := d.d.Indicators[0]
		more.Level3, more.Row = "结案数", 6
		d.d.Indicators = append(d.d.Indicators, more)
		d.d.Indicators[1].Value.Number, d.d.Indicators[1].Value.Base = amount(t, "7"), amount(t, "7")
	}
	dir := commit(t, append(drafts, &draft{uri: "z", department: "某省统计局", year: 2018, kind: record.KindBudget})...)
	c := mustCompare(t, dir, Query{Targets: []string{TargetLowered}})
	var out bytes.Buffer
	if err := All(NewTable(&out, c), c); err != nil || strings.Contains(out.String(), "统计局") || !strings.HasSuffix(out.String(), "\n1 more departments and units have nothing of this\n") {
		t.Errorf("%v: %s", err, &out)
	}
	c = mustCompare(t, dir, Query{Targets: []string{TargetLowered}, Departments: []string{"法院"}})
	if rows := c.Bodies[0].Rows; len(rows) != 1 || rows[0].Name != "完成率" || rows[0].Change.Target != TargetRaised || rows[0].Cells[1].Step.Target != TargetLowered {
		t.Errorf("%+v", rows)
	}
	if c := mustCompare(t, dir, Query{Targets: []string{TargetSame}, Departments: []string{"法院"}}); len(c.Bodies[0].Rows) != 1 || c.Bodies[0].Rows[0].Name != "结案数" {
		t.Errorf("%+v", c.Bodies[0].Rows)
	}
}

// TestFindingSentences has a Chinese sentence for every rule, with all figures.
func TestFindingSentences(t *testing.T) {
	for _, r := range reconcile.Rules() {
		f := Finding{Rule: r.ID, Origin: Origin{Text: "7.50"}, Expected: amount(t, "70000"), Actual: amount(t, "75000"), Difference: amount(t, "5000")}
		got := sentence(&f)
		if strings.Contains(got, r.ID) || !strings.Contains(got, "70,000") || !strings.Contains(got, "原文“7.50”，即 75,000") || !strings.Contains(got, "多 5,000") {
			t.Errorf("%s: %s", r.ID, got)
		}
		f.Expected, f.Actual = record.Null, record.Null
		if got := sentence(&f); !strings.HasPrefix(got, "原文“7.50”：不合“") || strings.Contains(got, r.ID) || strings.ContainsAny(got, "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%s: %s", r.ID, got)
		}
		if RuleTitle(r.ID) == r.ID {
			t.Errorf("%s has no title", r.ID)
		}
	}
	for _, x := range []struct{ rule, text, actual, expected, want string }{
		{"sum.total", "7.50", "70000", "75000", "原文“7.50”，即 70,000 元；按“合计等于各行之和”应为 75,000 元，少 5,000 元"},
		{"prose.change", "增长5%", "5", "6", "原文“增长5%”，即 5 %；按“增减幅度与前后两数相符”应为 6 %，少 1 %"},
		{"prose.change", "预算5万元", "50000", "60000", "原文“预算5万元”，即 50,000 元；按“增减幅度与前后两数相符”应为 60,000 元，少 10,000 元"},
		{"procurement.budget", "", "2", "1", "即 2 元；按“为项目采购的金额不超过项目预算”上限为 1 元，多 1 元"},
	} {
		f := Finding{Rule: x.rule, Origin: Origin{Text: x.text}, Expected: amount(t, x.expected), Actual: amount(t, x.actual)}
		if got := sentence(&f); got != x.want {
			t.Errorf("%s", got)
		}
	}
}

// TestRank orders departments by what they spend on a thing in one year.
func TestRank(t *testing.T) {
	var drafts []*draft
	for i, v := range []string{"10", "30", "20", "30"} {
		d := &draft{uri: v + strconv.Itoa(i) + ".pdf", department: "某省" + strconv.Itoa(i) + "局", year: 2018, kind: record.KindBudget, level: record.LevelDepartment}
		d.table(1, "expenditure", i != 2)
		d.line(t, 1, 1, "204", "公共安全支出", "total", v)
		d.line(t, 1, 2, "20405", "法院", "total", v)
		drafts = append(drafts, d)
	}
	account := *drafts[1]
	account.uri, account.kind = "x", record.KindFinalAccount
	c := mustCompare(t, commit(t, append(drafts, &account)...), Query{})
	var out bytes.Buffer
	if err := All(NewRank(&out), c); err != nil {
		t.Fatal(err)
	}
	want := `支出总表 · 公共安全支出 · 预算 · 部门 · 2018
rank  department  region            2018   change  %  since
1     某省1局     320000 江苏省  300,000
1     某省3局     320000 江苏省  300,000
3     某省2局     320000 江苏省  200,000°
4     某省0局     320000 江苏省  100,000
`
	if got, _, _ := strings.Cut(out.String(), "\namounts"); got != want {
		t.Errorf("%s", got)
	}
	out.Reset()
	c.Bodies = c.Bodies[:1]
	if err := All(NewRank(&out), c); err != nil || !strings.HasPrefix(out.String(), "nothing stands for two") {
		t.Errorf("%v: %s", err, &out)
	}
}
