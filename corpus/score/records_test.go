package main

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"yusuan/normalize/record"
)

// decode reads JSON that a test states.
func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func decimal(t *testing.T, s string) record.Decimal {
	t.Helper()
	d, err := record.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAlign(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want []int
	}{
		{"abc", "abc", []int{0, 1, 2}}, {"abc", "ac", []int{0, -1, 1}}, {"ac", "abc", []int{0, 2}}, {"ab", "ba", []int{1, -1}},
		{"", "ab", []int{}}, {"ab", "", []int{-1, -1}}, {"aab", "ab", []int{0, -1, 1}},
	} {
		got := align(len(c.a), len(c.b), func(i, j int) int {
			if c.a[i] == c.b[j] {
				return 1
			}
			return 0
		})
		// Of equals any may be chosen; how many are paired, and that they do
		// not cross, is fixed.
		paired := func(l []int) []int { return slices.DeleteFunc(slices.Clone(l), func(j int) bool { return j < 0 }) }
		if len(paired(got)) != len(paired(c.want)) || !slices.IsSorted(paired(got)) || len(got) != len(c.want) {
			t.Errorf("%s, %s: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestRows(t *testing.T) {
	want := []facts{{"name": "甲", "total": "1"}, {"name": "乙", "total": "2"}, {"name": "丙"}}
	name := func(f facts) string { return f["name"] }
	for _, c := range []struct {
		title string
		got   []facts
		want  []score
	}{
		{"equal", []facts{{"name": "甲", "total": "1"}, {"name": "乙", "total": "2"}, {"name": "丙", "total": "9"}},
			[]score{{"p.rows", 3, 3}, {"p.name", 3, 3}, {"p.total", 2, 2}}},
		{"one value off", []facts{{"name": "甲", "total": "1"}, {"name": "乙", "total": "20"}, {"name": "丙"}},
			[]score{{"p.rows", 3, 3}, {"p.name", 3, 3}, {"p.total", 1, 2}}},
		{"the first is missing", []facts{{"name": "乙", "total": "2"}, {"name": "丙"}},
			[]score{{"p.rows", 2, 3}, {"p.name", 2, 3}, {"p.total", 1, 2}}},
		{"one too many", []facts{{"name": "甲", "total": "1"}, {"name": "丁", "total": "7"}, {"name": "乙", "total": "2"}, {"name": "丙"}},
			[]score{{"p.rows", 3, 4}, {"p.name", 3, 4}, {"p.total", 2, 3}}},
		{"two swapped", []facts{{"name": "乙", "total": "2"}, {"name": "甲", "total": "1"}, {"name": "丙"}},
			[]score{{"p.rows", 2, 4}, {"p.name", 2, 4}, {"p.total", 1, 3}}},
	} {
		r := &result{}
		r.scoreRows("p", want, c.got, name)
		if !slices.Equal(r.scores, c.want) {
			t.Errorf("%s: got %v, want %v; %q", c.title, r.scores, c.want, r.differences)
		}
	}
	r := &result{}
	r.scoreRows("p", nil, want, name) // nothing stated
	r.scoreRows("q", []facts{}, nil, name)
	r.scoreRows("z", []facts{}, want, name) // stated: there are none
	if !slices.Equal(r.scores, []score{{"q.rows", 0, 0}, {"z.rows", 0, 3}}) || r.scores[0].value() != 1 {
		t.Errorf("no rows: %v", r.scores)
	}
}

// TestTruthProjects reads the two ways in which truth states projects.
func TestTruthProjects(t *testing.T) {
	got := trueProjects(decode[[]object](t, `[
		{"code": "316", "name": "甲", "name_label": "专项资金名称", "unit_org": null, "budget_yuan": "25600.00", "plan": {"3": "25.00", "12": "100.00"}, "goals": ["一\n二", "三"], "indicator_rows": 4},
		{"name": "乙", "category": "特定目标类", "unit": "某局", "total_yuan": "1", "annual_goal": "丙"}]`))
	want := []facts{
		{"code": "316", "name": "甲", "category": "专项资金", "unit_name": "", "total": "25600", "spending_plan": "3:25 12:100", "goals": "一二三", "indicator_rows": "4"},
		{"name": "乙", "category": "特定目标类", "unit_name": "某局", "total": "1", "goals": "丙"},
	}
	if len(got) != 2 || !maps.Equal(got[0], want[0]) || !maps.Equal(got[1], want[1]) {
		t.Errorf("got %v, want %v", got, want)
	}
	d := &record.Disclosure{Projects: []record.Project{{Code: "316", Name: "甲", Category: "专项资金", Number: 1, Total: decimal(t, "25600"), Goals: []string{"一\n二", "三"},
		SpendingPlan: []record.PlanStep{{ThroughMonth: 12, Percent: decimal(t, "100")}, {ThroughMonth: 3, Percent: decimal(t, "25.0")}}}},
		Indicators: []record.Indicator{{ProjectNumber: 1, Origin: record.Origin{Row: 1}}, {ProjectNumber: 1, Origin: record.Origin{Row: 1}}, {ProjectNumber: 2}}}
	read := projectFacts(d)[0]
	want[0]["indicator_rows"] = "1"
	for column, value := range want[0] {
		if read[column] != value {
			t.Errorf("%s was read as %q, want %q", column, read[column], value)
		}
	}
}

// TestTruthIndicators takes the parts of a compound cell for rows.
func TestTruthIndicators(t *testing.T) {
	got := trueIndicators(decode[[]object](t, `[
		{"raw": "≥90%", "level3": "率", "unit_inferred": null, "flags": ["basis_typo", "unit_typo"], "expected": {"kind": "quantity", "comparator": "ge", "value": "90.00", "upper": null, "unit": "%"}},
		{"raw": "甲100人，乙安全", "flags": ["compound"], "expected": {"kind": "compound"}, "parts": [{"value": "100", "unit": "{person}"}, {"value": null, "qualitative": "乙安全"}]}]`))
	want := []facts{
		{"value_raw": "≥90%", "level3": "率", "unit_inferred": "", "flags": "unit_typo", "value_kind": "quantity", "part_no": "0", "comparator": "ge", "value": "90", "upper": "", "unit": "%"},
		{"value_raw": "甲100人，乙安全", "flags": "compound", "value_kind": "quantity", "part_no": "0", "value": "100", "unit": "{person}"},
		{"value_raw": "甲100人，乙安全", "flags": "compound", "value_kind": "qualitative", "part_no": "1", "value": "", "qualitative": "乙安全"},
	}
	if !slices.EqualFunc(got, want, maps.Equal) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestLines(t *testing.T) {
	known := decode[truth](t, `{"tables": [{"no": 3, "form": "revenue", "cells": []}], "lines": [
		{"table": 3, "code": "201", "name": "甲", "measure": "收入/合计", "amount_yuan": "100"},
		{"table": 3, "code": "201", "name": "甲", "measure": "收入/合计", "amount_yuan": "100"},
		{"table": 3, "code": "", "name": "乙", "measure": "金额", "amount_yuan": 2.50}]}`)
	line := func(name, amount string) record.BudgetLine {
		return record.BudgetLine{Form: "revenue", Code: map[string]string{"甲": "201"}[name], Name: name, MeasureRaw: map[string]string{"甲": "合计", "乙": "预算/金额"}[name], Amount: decimal(t, amount)}
	}
	r := &result{}
	d := &record.Disclosure{BudgetLines: []record.BudgetLine{line("乙", "2.5"), line("甲", "100.00"), line("乙", "2.5")}}
	if err := r.scoreLines(&known, d); err != nil || r.scores[0] != (score{"lines_f1", 4, 6}) {
		t.Errorf("%v, %v", r.scores, err)
	}
	known.Lines[0].Table = 9
	if r.scoreLines(&known, d) == nil {
		t.Error("a line of a table that the truth does not have")
	}
}

func TestNarrative(t *testing.T) {
	known := decode[truth](t, `{"narrative": [
		{"page": 5, "metric": "“三公”经费", "text": "", "amount_yuan": "541200", "change": null},
		{"page": 5, "metric": "收入", "text": "", "value": "3.940", "unit": "%", "change": "decrease"},
		{"page": 5, "metric": "支出", "text": "", "value": "54.12", "scale_exp": 4, "unit": "CNY", "comparator": "eq"},
		{"page": 6, "metric": "人数", "text": "", "base_value": null, "comparator": null, "change": "decrease"},
		{"page": 6, "metric": "单价", "text": "单价50万元以上设备0台", "amount_yuan": "500000", "role": "threshold", "comparator": "ge"}]}`)
	amount := func(page int, metric, base, unit, comparator, change string) record.Amount {
		a := record.Amount{Origin: record.Origin{Page: page}, Metric: metric, Change: change, Text: "50万元以上"}
		a.Unit, a.Comparator = unit, comparator
		if base != "" {
			a.Base = decimal(t, base)
		}
		return a
	}
	right := []record.Amount{amount(4, "三公经费", "541200.00", "CNY", "eq", ""), amount(5, "收入", "3.94", "%", "eq", "decrease"),
		amount(5, "支出", "541200", "CNY", "eq", ""), amount(5, "人数", "", "", "", "decrease")}
	for _, c := range []struct {
		name                  string
		got                   []record.Amount
		worded, found, limits int
	}{
		{"all", right, 4, 4, 1},
		{"another metric", append([]record.Amount{amount(5, "经费", "541200", "CNY", "eq", "")}, right[1:]...), 3, 4, 1},
		{"one for two", right[1:], 3, 3, 1},
		{"another page", []record.Amount{amount(6, "收入", "3.94", "%", "eq", "decrease")}, 0, 0, 1},
		{"no pages", []record.Amount{amount(0, "收入", "3.94", "%", "eq", "decrease")}, 1, 1, 1},
		{"another change", []record.Amount{amount(5, "收入", "3.94", "%", "eq", "increase")}, 0, 0, 1},
		{"a limit for an amount", append(slices.Clone(right), amount(6, "单价", "500000", "CNY", "ge", "")), 4, 4, 0},
	} {
		for _, every := range []bool{false, true} {
			known.everyAmount = every
			r := &result{}
			r.scoreNarrative(&known, &record.Disclosure{Amounts: c.got})
			want := []score{{"narrative", c.worded, 4}, {"narrative_values", c.found, 4}}
			if every {
				want = append(want, score{"narrative_precision", c.found, len(c.got)})
			}
			if want = append(want, score{"narrative_limits", c.limits, 1}); !slices.Equal(r.scores, want) {
				t.Errorf("%s: got %v, want %v; %q", c.name, r.scores, want, r.differences)
			}
		}
	}
}

// TestPairAmounts has an amount that two true ones could take: it goes where
// both find one.
func TestPairAmounts(t *testing.T) {
	want := []stated{{base: "1"}, {base: "1", page: 7}}
	got := []stated{{base: "1", page: 7}, {base: "1", page: 3}}
	p := pairing{want, got, make([]bool, 2), make([]bool, 2)}
	if pairs := p.pair(false); len(pairs) != 2 {
		t.Errorf("got %v", pairs)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string
		text string
		n, m int
	}{
		{"all", []string{"一、收入", "1,000", "0", "0", ""}, "一、 收\n入 1,000\t0\n0", 4, 4},
		{"a zero is not that of a thousand", []string{"1,000", "0"}, "1,000", 1, 2},
		{"as often as it is true", []string{"无", "无", "无"}, "无\t无", 2, 3},
		{"glued", []string{"甲", "乙丙"}, "甲乙丙", 2, 2},
		{"across cells only if nothing else has it", []string{"212", "2", "12"}, "2\t12\t212", 3, 3},
		{"nothing", []string{"甲"}, "", 0, 1},
	} {
		r := &result{}
		r.scoreText(c.want, c.text)
		if s, _ := r.get("text_recall"); s.n != c.n || s.m != c.m {
			t.Errorf("%s: %d of %d, want %d of %d", c.name, s.n, s.m, c.n, c.m)
		}
	}
	r := &result{}
	r.scoreText(nil, "甲")
	if len(r.scores) != 0 {
		t.Errorf("no truth: %v", r.scores)
	}
}

func TestIdentity(t *testing.T) {
	r := &result{}
	r.scoreIdentity(decode[object](t, `{"file": "x", "department": "某局", "fiscal_year": 2023, "kind": "budget", "level": null}`),
		&record.Identity{Department: "某局", FiscalYear: 2022, Kind: "budget"})
	if r.scores[0] != (score{"identity", 3, 4}) || len(r.differences) != 1 {
		t.Errorf("%v %q", r.scores, r.differences)
	}
	r = &result{}
	if r.scoreIdentity(nil, &record.Identity{}); len(r.scores) != 0 {
		t.Errorf("no truth: %v", r.scores)
	}
}

func TestSame(t *testing.T) {
	print := func(pages int, names ...string) map[string][]string {
		d := &record.Disclosure{}
		for i, n := range names {
			d.Projects = append(d.Projects, record.Project{Name: n, Origin: record.Origin{Page: pages * i, Table: i}})
		}
		out, err := printRecords(d)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := print(1, "甲", "乙", "丙") // and one identity
	for _, c := range []struct {
		got  map[string][]string
		n, m int
	}{
		{print(0, "甲", "乙", "丙"), 4, 4}, {print(0, "甲", "丙"), 3, 4}, {print(0, "甲", "丁", "丙"), 3, 4},
		{print(0, "乙", "甲", "丙"), 3, 4}, {print(0, "甲", "乙", "丙", "丙"), 4, 5}, {print(0), 1, 4},
	} {
		r := &result{}
		if r.scoreSame("x.doc", first, c.got); r.scores[0] != (score{"same_records", c.n, c.m}) {
			t.Errorf("%v: got %v, want %d of %d", c.got, r.scores, c.n, c.m)
		}
		r = &result{}
		if r.scoreSame("x.doc", c.got, first); r.scores[0] != (score{"same_records", c.n, c.m}) {
			t.Errorf("the other way round: %v", r.scores)
		}
	}
}

func TestHeads(t *testing.T) {
	known := decode[truth](t, `{"tables": [{"title": "一、 收入总表", "form": "revenue", "form_no": null, "unit": "元", "header_rows": 2, "first_page": 1, "cells": []},
		{"title": "支出总表", "form": "expenditure"}]}`)
	d := &record.Disclosure{Tables: []record.Table{{Form: "other"}, {Form: "revenue", Title: "收入总表", UnitRaw: "万元", HeaderRows: 2}}}
	r := &result{}
	r.scoreHeads(known.Tables, d, []int{1, -1})
	want := []score{{"tables.form", 1, 2}, {"tables.form_no", 1, 1}, {"tables.header_rows", 1, 1}, {"tables.title", 1, 2}, {"tables.unit", 0, 1}}
	if !slices.Equal(r.scores, want) {
		t.Errorf("got %v, want %v", r.scores, want)
	}
}
