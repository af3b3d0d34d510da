package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// summary prints what matters of indicators, a line each.
func summary(list []record.Indicator) []string {
	var out []string
	for _, i := range list {
		out = append(out, fmt.Sprint(i.ProjectNumber, i.ProjectName, ",", i.Level1, ",", i.Level2, ",", i.Level3, ",", i.ValueRaw, ",",
			i.Comparator, i.Value.Number, i.Unit, i.Grade))
	}
	return out
}

func codes(notes []record.Note) []string {
	var out []string
	for _, n := range notes {
		out = append(out, n.Code)
	}
	return out
}

func expect(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// TestIndicatorLayouts reads other layouts of the indicators.
func TestIndicatorLayouts(t *testing.T) {
	const head = "项目名称|校园安全|预算数|100"
	for _, c := range []struct {
		name  string
		rows  []string
		want  []string
		notes []string
	}{
		{"sign and unit in columns of their own",
			[]string{head, "一级指标|二级指标|三级指标|指标性质|指标值|度量单位", "产出指标|数量指标|合格率|≥|95|%", "产出指标|数量指标|完成时间|定性|12月底前|/", "|质量指标|次数|＝|3|次"},
			[]string{"1校园安全,产出指标,数量指标,合格率,95,ge95%", "1校园安全,产出指标,数量指标,完成时间,12月底前,", "1校园安全,产出指标,质量指标,次数,3,eq3{occurrence}"}, nil},
		{"unit in the header",
			[]string{head, "一级指标|二级指标|三级指标|指标值（%）", "产出指标|质量指标|合格率|≥95", "产出指标|质量指标|及格率|90"},
			[]string{"1校园安全,产出指标,质量指标,合格率,≥95,ge95", "1校园安全,产出指标,质量指标,及格率,90,eq90%"}, nil},
		{"a column for each grade",
			[]string{head, "2x1 一级指标|2x1 二级指标|2x1 三级指标|1x4 绩效指标值", "优|良|中|差", "产出|质量|合格率|≥95%|≥90%|≥80%|<80%"},
			[]string{"1校园安全,产出,质量,合格率,≥95%,ge95%优", "1校园安全,产出,质量,合格率,≥90%,ge90%良", "1校园安全,产出,质量,合格率,≥80%,ge80%中", "1校园安全,产出,质量,合格率,<80%,lt80%差"}, nil},
		{"the values of two years",
			[]string{head, "一级指标|二级指标|三级指标|2020年指标值|2021年指标值", "产出|质量|合格率|≥90%|≥95%"},
			[]string{"1校园安全,产出,质量,合格率,≥95%,ge95%"}, []string{"form.column_ambiguous"}},
		{"two lists side by side",
			[]string{"项目名称|1x3 校园安全|预算数|1x3 100", "一级指标|二级指标|三级指标|指标值|一级指标|二级指标|三级指标|指标值", "产出|数量|人数|≥100人|效益|社会|满意度|≥90%"},
			[]string{"1校园安全,产出,数量,人数,≥100人,ge100{person}", "1校园安全,效益,社会,满意度,≥90%,ge90%"}, nil},
		{"two projects in one table",
			[]string{head, "一级指标|二级指标|三级指标|指标值", "产出|质量|合格率|≥95%", "项目名称|校舍维修|预算数|20", "一级指标|二级指标|三级指标|指标值", "产出|数量|面积|≥20平方米"},
			[]string{"1校园安全,产出,质量,合格率,≥95%,ge95%", "2校舍维修,产出,数量,面积,≥20平方米,ge20m2"}, nil},
		{"no levels above the indicators",
			[]string{"项目名称|校园安全|主管部门|教育局|当年预算|10", "指标名称|指标权重|计量单位|指标性质|指标值|是否核心指标", "设备|20|台|≥|5|是", "合格率|30|%|=|100|否"},
			[]string{"1校园安全,,,设备,5,ge5{device}", "1校园安全,,,合格率,100,eq100%"}, nil},
		{"no indicators",
			[]string{head, "一级指标|二级指标|三级指标|指标值"}, nil, []string{"form.no_indicators"}},
	} {
		r := read(grid(c.rows...), "绩效目标表", "单位：万元")
		expect(t, c.name, summary(r.Indicators), c.want)
		expect(t, c.name+": notes", codes(r.Notes), c.notes)
	}
}

// TestUnitsOfLabels reads amounts in the unit that the nearest label names.
func TestUnitsOfLabels(t *testing.T) {
	r := read(grid("项目名称|校园安全|预算数|100", "资金总额（元）|1000000|财政拨款（元）|600000", "年度资金总额|50|其中：财政拨款|20|其他资金|30",
		"一级指标|二级指标|三级指标|指标值", "产出|质量|合格率|95%"), "绩效目标表", "单位：万元")
	p := r.Projects[0]
	got := fmt.Sprint(p.Total, " ", p.Fiscal, " ", p.Other, " ", p.YearTotal, " ", p.YearFiscal)
	if got != "1000000 600000  500000 200000" {
		t.Errorf("amounts %s", got)
	}
	r = read(grid("采购项目|品目名称|数量|单价（元）|采购金额（万元）|其中：一般公共预算（万元）", "甲|纸|1000|150|15|15"), "政府采购预算表")
	if q := r.Procurement[0]; fmt.Sprint(q.UnitPrice, " ", q.Amount, " ", q.GeneralPublic) != "150 150000 150000" || r.UnitRaw != "" {
		t.Errorf("%+v, unit %q", q, r.UnitRaw)
	}
}

// TestProcurementLayouts reads other layouts of procurement tables.
func TestProcurementLayouts(t *testing.T) {
	types := func(r *Records) (out []string) {
		for _, p := range r.Procurement {
			out = append(out, fmt.Sprint(p.RowType, ",", p.UnitName, ",", p.ItemName, ",", p.Amount))
		}
		return out
	}
	r := read(grid("单位名称|采购内容|采购数量|采购预算金额|其中：财政拨款", "合计|||1,234.00|1,000.00", "教育局本级|||234|0", "|办公家具|1|234|", "第一中学|服务器|3|1000|1000"),
		"政府采购预算表", "金额单位：元")
	expect(t, "an organisation's own line", types(r), []string{"total,,,1234.00", "subtotal,教育局本级,,234", "item,教育局本级,办公家具,234", "item,第一中学,服务器,1000"})
	r = read(grid("序号|采购项目名称|品目编码|品目名称|数量|单价|金额", "1|设备|A02010104|计算机|100|0.5|50", "|小计||||0|50", "|采购合计|||||50", "注：不含税|||||| "),
		"政府采购预算表", "单位：万元")
	expect(t, "totals and remarks", types(r), []string{"item,,计算机,500000", "subtotal,,,500000", "total,,,500000"})
	expect(t, "notes", codes(r.Notes), []string{"form.row_unread"})
	r = read(grid("2x1 采购项目|2x1 品目名称|1x2 2020年预算|1x2 2021年预算", "数量|采购金额|数量|采购金额", "甲|纸|10|10|20|40"), "政府采购预算表", "单位：万元")
	if len(r.Procurement) != 1 || !r.Procurement[0].Amount.IsNull() || !r.Procurement[0].Quantity.IsNull() {
		t.Errorf("two years: %+v", r.Procurement)
	}
	expect(t, "two years", codes(r.Notes), []string{"form.column_ambiguous"})
	r = read(grid("序号|单位名称|单位性质|单位规格", "1|教育局|行政|正科级", "合计|2家||"), "机构设置情况")
	if len(r.Organizations) != 1 {
		t.Errorf("a total is taken for an organisation: %+v", r.Organizations)
	}
}

func TestDescribe(t *testing.T) {
	for _, c := range []struct {
		captions        []string
		title, unit, no string
	}{
		{[]string{"数量单位：台 金额单位：万元", "采购表"}, "采购表", "万元", ""},
		{[]string{"单位名称：青山县教育局 单位：万元 公开08表", "支出总表"}, "支出总表", "万元", "公开08表"},
		{[]string{"单位：万元", "收支总表", "表十一"}, "收支总表", "万元", "表十一"},
		{[]string{"表一", "收支总表", "附表二"}, "收支总表", "", "表一"},
		{[]string{"预算一览表"}, "预算一览表", "", ""},
		{[]string{"（一）情况如下：", "本表反映收支。", "收支总表："}, "收支总表", "", ""},
	} {
		r := read(grid("项目|预算数", "基本支出|100.00"), c.captions...)
		if r.Title != c.title || r.UnitRaw != c.unit || r.FormNo != c.no {
			t.Errorf("%q: title %q, unit %q, number %q", c.captions, r.Title, r.UnitRaw, r.FormNo)
		}
	}
}
