package form

import "testing"

// TestWholeDepartment reads the target form of a whole department: the sum of
// its tasks is its money, and no task's.
func TestWholeDepartment(t *testing.T) {
	r := read(grid(
		"1x7 部门整体支出绩效目标表",
		"1x2 部门（单位）名称|1x5 青山县教育局",
		"5x1 年度主要任务|2x1 任务名称|2x1 主要内容|1x4 预算金额（万元）",
		"总额|财政拨款|1x2 其他资金",
		"校舍维修|维修20间|100|90|1x2 10",
		"培训|培训3次|50|50|1x2 0",
		"1x2 金额合计|150|140|1x2 10",
		"年度总体目标|1x6 完成维修和培训。",
		"3x1 年度绩效指标|一级指标|二级指标|三级指标|1x3 指标值",
		"产出指标|数量指标|维修|1x3 ≥20间",
		"效益指标|社会效益指标|满意|1x3 ≥90%",
	))
	if r.Form != PerformanceTarget || len(r.Projects) != 1 {
		t.Fatalf("form %q, %d projects", r.Form, len(r.Projects))
	}
	expect(t, "project", []string{projectLine(&r.Projects[0])}, []string{"||青山县教育局|1500000|1400000|100000||||||[完成维修和培训。]"})
	expect(t, "indicators", evaluation(r.Indicators), []string{
		"1 产出指标,数量指标,维修,≥20间,ge20{room},,,,", "1 效益指标,社会效益指标,满意,≥90%,ge90%,,,,"})
	expect(t, "notes", codes(r.Notes), []string{"form.tasks_in_cells"})
}

// TestAdjustedValue takes the adjusted goal and the adjusted value of an
// indicator where there is one.
func TestAdjustedValue(t *testing.T) {
	r := read(grid("项目名称|校园安全|主管部门|教育局|||",
		"2x1 当年绩效目标|1x2 年初绩效目标|1x2 全年（调整）绩效目标|1x2 全年目标实际完成情况", "1x2 办10次班。|1x2 办20次班。|1x2 已办。",
		"指标名称|计量单位|年初指标值|调整指标值|全年完成值|指标权重（分）|指标得分（分）",
		"培训次数|次|10|12|12|5|5", "合格率|%|95||96|5|5"), "绩效自评表")
	expect(t, "project", []string{projectLine(&r.Projects[0])}, []string{"|校园安全|教育局|||||||||[办20次班。]"})
	expect(t, "indicators", evaluation(r.Indicators), []string{"1 ,,培训次数,12,eq12{occurrence},,5,12,12", "1 ,,合格率,95,eq95%,,5,96,96"})
}
