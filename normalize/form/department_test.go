package form

import "testing"

// TestDepartmentEvaluation reads the self-evaluation of a whole department as
// Chongqing prints it (部门整体绩效自评表): money in one row without a label,
// indicators without levels above them, values before and after an adjustment.
func TestDepartmentEvaluation(t *testing.T) {
	rows := []string{
		"1x11 部门整体绩效自评表",
		"1x2 主管部门|1x3 青山县教育局|1x2 财政处室|教科文科|1x2 自评总分（分）|97.6",
		"1x2 部门联系人|1x3 张三|1x2 联系电话|1x4 0310-1",
		"2x2 部门预算执行情况（万元）|年初预算数|1x2 全年（调整）预算数|1x2 全年执行数|执行率（%）|执行率权重|1x2 执行率得分（分）",
		"8000.00|1x2 9000.00|1x2 6840.00|76%|10|1x2 7.6",
		"2x2 当年绩效目标|1x3 年初绩效目标|1x3 全年（调整）绩效目标|1x3 全年目标实际完成情况",
		"1x3 办好学校。|1x3 办好3所学校。|1x3 已办好。",
		"4x1 绩效指标|指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|得分系数（%）|指标权重（分）|指标得分（分）|是否核心指标",
		"预算完成率|%|定量指标|100||76|76%|2|1.5|否",
		"培训次数|次|≥|10|12|12|100%|5|5|是",
		"管理制度|/|定性指标|健全||健全|100%|3|3|否",
	}
	r := read(grid(rows...))
	if r.Form != PerformanceEvaluation || r.Title != "部门整体绩效自评表" || len(r.Projects) != 1 {
		t.Fatalf("form %q, title %q, %d projects", r.Form, r.Title, len(r.Projects))
	}
	expect(t, "project", []string{projectLine(&r.Projects[0])}, []string{"||青山县教育局||||90000000|||||[办好3所学校。]"})
	expect(t, "indicators", evaluation(r.Indicators), []string{
		"1 ,,预算完成率,100,eq100%,,2,76,76", "1 ,,培训次数,12,ge12{occurrence},,5,12,12", "1 ,,管理制度,健全,,qualitative,3,健全,"})
	expect(t, "notes", codes(r.Notes), []string{"form.amount_in_cells"})
	// Without a rate of execution or a cell for every column nothing proves
	// which amount is which.
	rows[4] = "9000.00|1x2 6840.00"
	r = read(grid(rows...))
	expect(t, "short row", []string{projectLine(&r.Projects[0])}, []string{"||青山县教育局|||||||||[办好3所学校。]"})
	expect(t, "notes of the short row", codes(r.Notes), []string{"form.row_short"})
}
