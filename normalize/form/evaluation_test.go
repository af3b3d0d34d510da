package form

import (
	"fmt"
	"testing"

	"yusuan/normalize/record"
)

// evaluated is a self-evaluation (项目支出绩效自评表) as the national form has it,
// with the spans of Word and PDF.
var evaluated = []string{
	"1x9 项目支出绩效自评表",
	"1x9 （2022年度）",
	"1x2 项目名称|1x7 校舍维修",
	"1x2 主管部门|1x3 402-青山县教育局|1x2 实施单位|1x2 402003-青山县实验小学",
	"5x2 项目资金\\n（万元）|1x2 |年初预算数|全年预算数|全年执行数|分值|执行率",
	"1x2 年度资金总额：|12.50|13.00|12.9|10|99.23%",
	"1x2 其中：当年财政拨款|10.00|10.50|10.4|—|99.05%",
	"1x2 上年结转资金|2.50|2.50|2.5|—|100%",
	"1x2 其他资金|||0|—|",
	"2x2 年度总体目标|1x4 预期目标|1x3 实际完成情况",
	"1x4 完成屋面维修1200平方米。|1x3 已完成1250平方米。",
	"6x1 绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
	"2x1 产出指标(50分)|数量指标|维修面积|≥1200平方米|1250平方米|30|30|",
	"成本指标|维修费用|≤13万元|129000元|20|20|",
	"效益指标(30分)|社会效益指标|办学条件|明显改善|达成预期指标|30|28|宣传不足",
	"2x1 满意度指标(10分)|2x1 服务对象满意度指标|师生满意度|≥95%|≥96%|10分|10|",
	"投诉|≤3次|2件|0|0|",
	"1x6 总分|100|98|",
}

// evaluation prints what a self-evaluation says of its indicators.
func evaluation(list []record.Indicator) []string {
	var out []string
	for _, i := range list {
		out = append(out, fmt.Sprint(i.ProjectNumber, " ", i.Level1, ",", i.Level2, ",", i.Level3, ",", i.ValueRaw, ",", i.Comparator, i.Value.Number, i.Unit,
			",", i.Direction, ",", i.Weight, ",", i.ActualRaw, ",", i.Actual))
	}
	return out
}

// projectLine prints what matters of a project.
func projectLine(p *record.Project) string {
	return fmt.Sprint(p.Code, "|", p.Name, "|", p.UnitCode, p.UnitName, "|", p.Total, "|", p.Fiscal, "|", p.Other, "|", p.YearTotal, "|", p.YearFiscal, "|", p.Carryover,
		"|", p.Purpose, "|", p.OverallGoal, "|", p.Goals)
}

func TestEvaluation(t *testing.T) {
	r := read(grid(evaluated...))
	if r.Form != PerformanceEvaluation || r.Title != "项目支出绩效自评表" || r.UnitRaw != "万元" || len(r.Projects) != 1 {
		t.Fatalf("form %q, title %q, unit %q, %d projects", r.Form, r.Title, r.UnitRaw, len(r.Projects))
	}
	expect(t, "project", []string{projectLine(&r.Projects[0])},
		[]string{"|校舍维修|402003青山县实验小学||||130000|105000|25000|||[完成屋面维修1200平方米。]"})
	expect(t, "indicators", evaluation(r.Indicators), []string{
		"1 产出指标(50分),数量指标,维修面积,≥1200平方米,ge1200m2,,30,1250平方米,1250",
		"1 产出指标(50分),成本指标,维修费用,≤13万元,le13CNY,,20,129000元,12.9",
		"1 效益指标(30分),社会效益指标,办学条件,明显改善,,qualitative,30,达成预期指标,",
		"1 满意度指标(10分),服务对象满意度指标,师生满意度,≥95%,ge95%,,10,≥96%,",
		"1 满意度指标(10分),服务对象满意度指标,投诉,≤3次,le3{occurrence},,0,2件,",
	})
	expect(t, "notes", codes(r.Notes), []string{"form.amount_in_cells", "form.actual_unread", "form.actual_unread"})
	if len(r.Prose) != 2 {
		t.Errorf("%d cells of prose, want both goals", len(r.Prose))
	}
}

// TestEvaluationLayouts reads other layouts of self-evaluations.
func TestEvaluationLayouts(t *testing.T) {
	const head = "项目名称|51000021R000000012345-校园安全|主管部门|青山县教育局"
	for _, c := range []struct {
		name    string
		rows    []string
		project string
		want    []string
		notes   []string
	}{
		{"sign, value and unit in columns of their own",
			[]string{head, "一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析",
				"产出指标|数量指标|培训次数|≥|3|次|4|20|20|", "|成本指标|费用|≤|5|万元|4.5|30|30|", "|时效指标|按期完成|定性|12月底前||12月|40|40|", "合计||||||||90|"},
			"51000021R000000012345|校园安全|青山县教育局|||||||||[]",
			[]string{"1 产出指标,数量指标,培训次数,3,ge3{occurrence},,20,4,4", "1 产出指标,成本指标,费用,5,le5CNY,,30,4.5,4.5",
				"1 产出指标,时效指标,按期完成,12月底前,,qualitative,40,12月,"}, nil},
		{"the budget in pairs of label and value",
			[]string{head, "全年预算数|20|全年执行数|19", "一级指标|二级指标|三级指标|目标值|完成值|分值|得分", "产出|数量|人数|10人|10人|5|5"},
			"51000021R000000012345|校园安全|青山县教育局||||200000|||||[]",
			[]string{"1 产出,数量,人数,10人,eq10{person},,5,10人,10"}, []string{"form.amount_in_cells"}},
		{"a fraction beside a percentage, two lists of indicators, a text beside a merged label",
			[]string{"1x2 填报单位：青山县人民政府|1x6 ", "项目名称|校园安全|项目单位|1x5 青山县教育局",
				"2x1 年度预算申请（万元）|年初预算数|全年预算数|1x5 全年执行数", "其中：基本支出：1|1x6 ",
				"长期绩效指标|一级指标|二级指标|三级指标|目标值|完成值|分值|得分", "|产出|质量|合格率|≥95%|0.96|5|5",
				"年度绩效指标|一级指标|二级指标|三级指标|目标值|完成值|分值|得分", "|产出|质量|合格率|≥90%|1.5|5|5"},
			"|校园安全|青山县教育局|||||||||[]",
			[]string{"1 产出,质量,合格率,≥95%,ge95%,,5,0.96,", "1 产出,质量,合格率,≥90%,ge90%,,5,1.5,1.5"},
			[]string{"form.unread", "form.actual_unread", "form.indicators_twice"}},
		{"points that several indicators share",
			[]string{head, "一级指标|二级指标|三级指标|目标值|完成值|分值|得分", "产出|数量|人数|10人|10人|2x1 5|2x1 5", "产出|数量|次数|2次|2次"},
			"51000021R000000012345|校园安全|青山县教育局|||||||||[]",
			[]string{"1 产出,数量,人数,10人,eq10{person},,,10人,10", "1 产出,数量,次数,2次,eq2{occurrence},,,2次,2"}, []string{"form.weight_shared"}},
		{"labels with their values in one cell, remarks across the foot",
			[]string{"1x7 项目名称：校园安全", "1x7 填报单位：青山县教育局", "一级指标|二级指标|三级指标|目标值|完成值|分值|得分", "产出|数量|人数|10人|10人|5|5",
				"评价结论|1x6 很好", "1x4 项目负责人：甲|1x3 联系电话：1", "1x7 注：无偏差的不填"},
			"|校园安全|青山县教育局|||||||||[]",
			[]string{"1 产出,数量,人数,10人,eq10{person},,5,10人,10"}, nil},
	} {
		r := read(grid(c.rows...), "项目支出绩效自评表", "单位：万元")
		if r.Form != PerformanceEvaluation || len(r.Projects) != 1 {
			t.Errorf("%s: form %q, %d projects", c.name, r.Form, len(r.Projects))
			continue
		}
		expect(t, c.name+": project", []string{projectLine(&r.Projects[0])}, []string{c.project})
		expect(t, c.name, evaluation(r.Indicators), c.want)
		expect(t, c.name+": notes", codes(r.Notes), c.notes)
	}
}

// TestInline reads cells that hold a label and its value, of two projects in
// one table.
func TestInline(t *testing.T) {
	const header = "一级指标|二级指标|三级指标|指标值"
	r := read(grid("1x2 项目名称：校舍维修|1x2 填报单位：青山县教育局", "资金总额：12.5万元|其中：财政拨款：100000元|1x2 其他资金：25000元", header, "产出|数量|面积|≥20平方米",
		"1x2 项目名称：教师培训|1x2 填报单位：青山县教育局", "资金总额：5万元|财政拨款：约4万元|其他资金：1万元|", header, "产出|数量|人数|≥20人"), "绩效目标表")
	if len(r.Projects) != 2 {
		t.Fatalf("%d projects", len(r.Projects))
	}
	expect(t, "projects", []string{projectLine(&r.Projects[0]), projectLine(&r.Projects[1])},
		[]string{"|校舍维修|青山县教育局|125000|100000|25000||||||[]", "|教师培训|青山县教育局|50000||10000||||||[]"})
	expect(t, "notes", codes(r.Notes), []string{"form.unread"})
}

// TestEvaluationRagged reads the text of a web page that has lost merged and
// blank cells: what stands where is told by signs, points and percent signs,
// and what they do not tell is left out with a note.
func TestEvaluationRagged(t *testing.T) {
	r := read(grid(
		"项目名称|校园安全",
		"主管部门|青山县教育局|实施单位|青山县实验小学",
		"项目基本情况|1.项目年度目标完成情况|项目年度目标|年度目标完成情况",
		"安装10台设备。|完成",
		"预算执行情况(10分)|年度预算数(万元)|年初预算|调整后预算数|预算执行数|预算执行率|权重|得分|原因",
		"总额|1.00|3.36|3.36|100.00%|10|10",
		"其中:财政资金|1.00|3.00|3.00|100.00%|/|/",
		"单位资金|0.36|0.36",
		"其他资金|/|/",
		"绩效指标(90分)|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析",
		"产出指标|数量指标|设备|≥|10|台|10|50|50",
		"质量指标|合格率|＝|100|%|100|20|20",
		"满意度指标|满意度|≥|95|96|20|20",
		"备用|10|20|30",
		"合计|100",
		"评价结论|好",
	), "部门预算项目支出绩效自评表（2023年度）")
	if r.Form != PerformanceEvaluation || len(r.Projects) != 1 {
		t.Fatalf("form %q, %d projects", r.Form, len(r.Projects))
	}
	expect(t, "project", []string{projectLine(&r.Projects[0])}, []string{"|校园安全|青山县实验小学||||33600|30000||||[安装10台设备。]"})
	expect(t, "indicators", evaluation(r.Indicators), []string{
		"1 产出指标,数量指标,设备,10,ge10{device},,50,10,10",
		"1 产出指标,质量指标,合格率,100,eq100%,,20,100,100",
	})
	expect(t, "notes", codes(r.Notes), []string{"form.row_realigned", "form.amount_in_cells", "form.row_short", "form.row_short", "form.row_short"})
}
