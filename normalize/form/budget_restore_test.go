package form

import "testing"

// TestBudgetLostHeader has tables of a text form: merged cells are printed
// once, what stands behind them has moved to the left.
func TestBudgetLostHeader(t *testing.T) {
	restored := []string{"form.spans_restored"}
	checkLayouts(t, []layout{
		{"a group of code and name, a total over both", "expenditure", []string{"支出决算表", "单位：万元"},
			[]string{"项目|本年支出合计|基本支出|项目支出", "科目编码|科目名称", "栏次|1|2|3", "合计|9|5|4", "205|教育支出|9|5|4"},
			[]string{
				"expenditure function /0 合计 total 本年支出合计 90000 total",
				"expenditure function /0 合计 basic 基本支出 50000 total",
				"expenditure function /0 合计 project 项目支出 40000 total",
				"expenditure function 205/1 教育支出 total 本年支出合计 90000",
				"expenditure function 205/1 教育支出 basic 基本支出 50000",
				"expenditure function 205/1 教育支出 project 项目支出 40000"}, restored},
		{"two groups", "general_public_expenditure", []string{"一般公共预算财政拨款支出决算表", "单位：元"},
			[]string{"项目|本年支出", "科目编码|科目名称|小计|基本支出|项目支出", "205|教育支出|9|5|4"},
			[]string{
				"expenditure function 205/1 教育支出 subtotal 本年支出/小计 9",
				"expenditure function 205/1 教育支出 basic 本年支出/基本支出 5",
				"expenditure function 205/1 教育支出 project 本年支出/项目支出 4"}, restored},
		{"levels of a code beside 栏次", "revenue", []string{"收入决算表", "单位：元"},
			[]string{"项目|本年收入合计|财政拨款收入", "科目编码|科目名称", "类|款|项|栏次|1|2", "合计|9|8", "205|教育支出|9|8", "20502|普通教育|9|8"},
			[]string{
				"revenue function /0 合计 total 本年收入合计 9 total",
				"revenue function /0 合计 fiscal_appropriation 财政拨款收入 8 total",
				"revenue function 205/1 教育支出 total 本年收入合计 9",
				"revenue function 205/1 教育支出 fiscal_appropriation 财政拨款收入 8",
				"revenue function 20502/2 普通教育 total 本年收入合计 9",
				"revenue function 20502/2 普通教育 fiscal_appropriation 财政拨款收入 8"}, restored},
		{"halves of three rows", "three_public", []string{"“三公”经费支出决算表", "单位：元"},
			[]string{"预算数|决算数", "合计|因公出国（境）费|公务用车购置及运行维护费|公务接待费|合计|因公出国（境）费|公务用车购置及运行维护费|公务接待费",
				"小计|公务用车购置费|公务用车运行维护费|小计|公务用车购置费|公务用车运行维护费", "1|2|3|4|5|6|7|8|9|10|11|12", "5||3||3|2|4||3||3|1"},
			[]string{
				"expenditure three_public /0  total/budget_amount 预算数/合计 5",
				"expenditure three_public /0  vehicles/budget_amount 预算数/公务用车购置及运行维护费/小计 3",
				"expenditure three_public /0  vehicle_operation/budget_amount 预算数/公务用车购置及运行维护费/公务用车运行维护费 3",
				"expenditure three_public /0  official_reception/budget_amount 预算数/公务接待费 2",
				"expenditure three_public /0  total/final_amount 决算数/合计 4",
				"expenditure three_public /0  vehicles/final_amount 决算数/公务用车购置及运行维护费/小计 3",
				"expenditure three_public /0  vehicle_operation/final_amount 决算数/公务用车购置及运行维护费/公务用车运行维护费 3",
				"expenditure three_public /0  official_reception/final_amount 决算数/公务接待费 1"}, restored},
		{"nothing shows which label is over which", "expenditure", []string{"支出总表", "单位：元"},
			[]string{"科目名称|甲|乙", "丙|丁", "教育支出|1|2|3"}, nil, []string{"form.column_unlabelled", "form.column_unlabelled", "form.header_misaligned"}},
		{"nothing but names and levels", "expenditure", []string{"支出总表", "单位：元"}, []string{"项目|类", "类|款|项|栏次", "合计", "甲|乙|丙|丁"}, nil, []string{"form.no_amounts"}},
		{"levels and no more", "expenditure", []string{"支出总表", "单位：元"}, []string{"项目", "栏次|", "类|款", "201", "合计"}, nil, []string{"form.no_amounts"}},
	})
	r := read(grid("项目|合计|基本支出", "科目编码|科目名称", "合计|9|5", "205|教育支出|9|5"), "支出总表", "单位：元")
	if l := r.BudgetLines[0]; l.Row != 2 || l.Col != 1 {
		t.Errorf("the place of the first amount is %d, %d and not that of its cell", l.Row, l.Col)
	}
}
