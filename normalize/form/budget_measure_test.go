package form

import "testing"

// TestBudgetMeasures has amounts of the year before, changes and shares beside
// those of the year: no two of them may have the same measure.
func TestBudgetMeasures(t *testing.T) {
	checkLayouts(t, []layout{
		{"items below halves", "three_public", []string{"“三公”经费支出预算表", "单位：元"},
			[]string{"1x2 上年预算数|1x2 本年预算数|1x2 增减额|1x2 增减率（%）", "合计|公务接待费|合计|公务接待费|合计|公务接待费|合计|公务接待费", "9|8|7|5|-2|-3|-22.2|-37.5"},
			[]string{
				"expenditure three_public /0  total/prior_budget_amount 上年预算数/合计 9",
				"expenditure three_public /0  official_reception/prior_budget_amount 上年预算数/公务接待费 8",
				"expenditure three_public /0  total/budget_amount 本年预算数/合计 7",
				"expenditure three_public /0  official_reception/budget_amount 本年预算数/公务接待费 5",
				"expenditure three_public /0  change_amount 增减额/合计 -2",
				"expenditure three_public /0  official_reception/change_amount 增减额/公务接待费 -3"}, nil},
		{"kinds of expenditure below the year before and a change", "general_public_expenditure", []string{"一般公共预算支出表", "单位：元"},
			[]string{"2x1 科目名称|1x2 上年预算数|1x2 本年预算数|1x2 比上年增减", "合计|基本支出|合计|基本支出|合计|基本支出", "教育支出|9|8|7|5|-2|-3"},
			[]string{
				"expenditure function /0 教育支出 prior_total 上年预算数/合计 9",
				"expenditure function /0 教育支出 prior_basic 上年预算数/基本支出 8",
				"expenditure function /0 教育支出 total 本年预算数/合计 7",
				"expenditure function /0 教育支出 basic 本年预算数/基本支出 5",
				"expenditure function /0 教育支出 change_amount 比上年增减/合计 -2",
				"expenditure function /0 教育支出 basic/change_amount 比上年增减/基本支出 -3"}, nil},
		{"an amount below a label of shares", "general_public_expenditure", []string{"一般公共预算支出表", "单位：元"},
			[]string{"2x1 科目名称|2x1 上年数|2x1 本年预算数|1x2 增减幅度", "金额|比例", "教育支出|9|7|-2|-22.2"},
			[]string{
				"expenditure function /0 教育支出 prior_amount 上年数 9",
				"expenditure function /0 教育支出 budget_amount 本年预算数 7",
				"expenditure function /0 教育支出 change_amount 增减幅度/金额 -2"}, nil},
		{"execution beside budget", "three_public", []string{"“三公”经费支出表", "单位：元"},
			[]string{"项目|上年执行数|上年度|本年预算数|比上年增减%", "公务接待费|9|8|7|-12.5"},
			[]string{
				"expenditure three_public /0 公务接待费 prior_executed 上年执行数 9",
				"expenditure three_public /0 公务接待费 prior_amount 上年度 8",
				"expenditure three_public /0 公务接待费 budget_amount 本年预算数 7"}, nil},
	})
}
