package form

import "testing"

// TestProjectList reads a table that lists the indicators of several projects,
// with what is said of a project in columns: under a header of one row or two,
// merged down, or only in its first row, or again in every row.
func TestProjectList(t *testing.T) {
	wantProjects := []string{"|校舍维修|青山县教育局|100000||||||||[维修20间。]", "|教师培训|青山县教育局|50000||||||||[培训3次。]"}
	want := []string{
		"1 产出指标,数量指标,维修,20,ge20{room},positive,50,,", "1 效益指标,社会效益指标,满意度,90,ge90%,positive,40,,",
		"2 产出指标,数量指标,次数,3,eq3{occurrence},positive,60,,",
	}
	for name, rows := range map[string][]string{
		"merged, header in two rows": {
			"1x11 单位：万元", "1x11 填报单位：青山县教育局",
			"2x1 项目名称|2x1 项目资金|2x1 年度目标|1x8 绩效指标", "一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|指标方向性",
			"2x1 校舍维修|2x1 10|2x1 维修20间。|产出指标|数量指标|维修|≥|20|间|50|正向指标", "效益指标|社会效益指标|满意度|≥|90|%|40|正向指标",
			"教师培训|5|培训3次。|产出指标|数量指标|次数|＝|3|次|60|正向指标",
		},
		"blank below the first row": {
			"项目名称|单位名称|预算数（万元）|年度目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|指标方向性",
			"校舍维修|青山县教育局|10|维修20间。|产出指标|数量指标|维修|≥|20|间|50|正向指标", "||||效益指标|社会效益指标|满意度|≥|90|%|40|正向指标",
			"教师培训|青山县教育局|5|培训3次。|产出指标|数量指标|次数|＝|3|次|60|正向指标", "合计||15|||||||||",
		},
		"repeated in every row": {
			"项目名称|单位名称|预算数（万元）|年度目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|指标方向性",
			"校舍维修|青山县教育局|10|维修20间。|产出指标|数量指标|维修|≥|20|间|50|正向指标", "校舍维修|青山县教育局|10|维修20间。|效益指标|社会效益指标|满意度|≥|90|%|40|正向指标",
			"教师培训|青山县教育局|5|培训3次。|产出指标|数量指标|次数|＝|3|次|60|正向指标",
		},
	} {
		r := read(grid(rows...), "部门预算项目绩效目标表")
		if r.Form != PerformanceTarget || len(r.Projects) != 2 {
			t.Errorf("%s: form %q, %d projects", name, r.Form, len(r.Projects))
			continue
		}
		expect(t, name+": projects", []string{projectLine(&r.Projects[0]), projectLine(&r.Projects[1])}, wantProjects)
		expect(t, name, evaluation(r.Indicators), want)
		expect(t, name+": notes", codes(r.Notes), nil)
	}
}

// TestMoneyWithUnit reads amounts that carry their unit, and leaves those out
// that a word changes.
func TestMoneyWithUnit(t *testing.T) {
	r := read(grid("项目名称|校园安全|预算金额|100.5万元", "其中：财政资金|约90万元|其他资金|10.5", "一级指标|二级指标|三级指标|指标值", "产出|质量|合格率|95%"), "绩效目标表")
	p := &r.Projects[0]
	if p.Total.String() != "1005000" && p.Total.String() != "1005000.0" || !p.Fiscal.IsNull() || !p.Other.IsNull() {
		t.Errorf("total %s, fiscal %s, other %s", p.Total, p.Fiscal, p.Other)
	}
	expect(t, "notes", codes(r.Notes), []string{"form.not_a_number", "form.unit_missing"})
}
