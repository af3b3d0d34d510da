package vocab

import (
	"strconv"
	"testing"
)

// TestStatutoryRows checks the file itself: columns, order, priorities.
func TestStatutoryRows(t *testing.T) {
	table := rows(statutoryTSV)
	inOrder(t, table)
	for _, row := range table {
		if len(row) != 5 {
			t.Fatalf("row %q has not five columns", row)
		}
		if n, err := strconv.Atoi(row[2]); err != nil || n < 1 || n > highestPriority {
			t.Errorf("row %q: priority %s", row, row[2])
		}
	}
	if got := len(Statutory()); got != len(table) {
		t.Errorf("%d forms of %d rows", got, len(table))
	}
}

func TestStatutoryTitles(t *testing.T) {
	for _, c := range []struct{ title, form string }{
		{"2024年收支预算总表", "revenue_expenditure"},
		{"2025年部门财务收支预算总表", "revenue_expenditure"},
		{"收入支出决算总表", "revenue_expenditure"},
		{"部门收入总体情况表", "revenue"},
		{"收入决算表", "revenue"},
		{"2024年度某局支出预算总表", "expenditure"},
		{"支出决算表", "expenditure"},
		{"财政拨款收支预算总表", "appropriation"},
		{"财政拨款收入支出决算总表", "appropriation"},
		{"财政拨款支出预算表（功能科目）", "appropriation_expenditure"},
		{"财政拨款基本支出预算表（经济科目）", "basic_expenditure"},
		{"一般公共预算支出功能分类预算表", "general_public_expenditure"},
		{"一般公共预算财政拨款支出决算表", "general_public_expenditure"},
		{"一般公共预算基本支出预算表", "general_public_basic_expenditure"},
		{"一般公共预算财政拨款基本支出决算表", "general_public_basic_expenditure"},
		{"政府性基金预算财政拨款收入支出决算表", "fund_expenditure"},
		{"财政拨款政府性基金支出预算表", "fund_expenditure"},
		{"国有资本经营预算支出表", "state_capital_expenditure"},
		{"一般公共预算机关运行经费支出预算表", "operating_funds"},
		{"“三公”经费和机关运行经费预算表", "three_public"},
		{"“三公”经费、会议费、培训费支出预算表（一般公共预算）", "three_public"},
		{"项目支出预算表", "project_expenditure"},
		{"机构设置情况表", ""},
		{"部门决算单位构成", ""},
		{"部门预算政府基金预算财政拨款支出表", "fund_expenditure"},
		{"部门预算财政拨款“三公”经费支出表", "three_public"},
		{"部门综合预算财政拨款收支总表", "appropriation"},
		{"部门综合预算支出总表", "expenditure"},
		{"部门预算收支总表", "revenue_expenditure"},
		{"部门预算国有资本经营预算财政拨款支出表", "state_capital_expenditure"},
		{"一般公共预算支出明细表（按功能科目分）", "general_public_expenditure"},
		{"行政经费及“三公”经费预算表", "three_public"},
		{"财政拨款支出表（部门经济分类科目）", "appropriation_expenditure"},
		{"部门支出总体情况表", "expenditure"},
		{"财政拨款收支总体情况表", "appropriation"},
		{"一般公共预算“三公”经费支出情况表", "three_public"},
		{"政府性基金预算收入支出决算表", "fund_expenditure"},
		{"国有资本经营预算财政拨款收入支出决算表", "state_capital_expenditure"},
		{"一般公共预算财政拨款基本支出决算明细表", "general_public_basic_expenditure"},
		{"支出预算分类汇总表（政府预算经济分类）", "expenditure"},
		{"收支预算汇总表", "revenue_expenditure"},
		{"2024年收入预算汇总表", "revenue"},
		{"部门基本支出预算表", "basic_expenditure"},
		{"部门项目支出预算表", "project_expenditure"},
		{"部门预算基本情况表", ""},
	} {
		got := ""
		for _, f := range Statutory() {
			if f.Titled(Key(c.title)) {
				got = f.ID
				break
			}
		}
		if got != c.form {
			t.Errorf("%s: %q, want %q", c.title, got, c.form)
		}
	}
}
