package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/extract/document"
	"yusuan/normalize/field"
)

// grid builds a table from rows of cells separated by "|". A cell may begin
// with its size as in "2x3 text" (rows, columns); a place that a cell above or
// at the left covers is skipped. "\n" in a cell is a line break.
func grid(rows ...string) *document.Table {
	t := &document.Table{Rows: len(rows), Outer: -1}
	taken := map[[2]int]bool{}
	for r, row := range rows {
		col := 0
		for cell := range strings.SplitSeq(row, "|") {
			for taken[[2]int{r, col}] {
				col++
			}
			c := document.Cell{Row: r, Col: col, RowSpan: 1, ColSpan: 1, Text: strings.TrimSpace(cell)}
			size, text, _ := strings.Cut(c.Text, " ")
			if n, _ := fmt.Sscanf(size, "%dx%d", &c.RowSpan, &c.ColSpan); n == 2 {
				c.Text = text
			} else {
				c.RowSpan, c.ColSpan = 1, 1
			}
			c.Text = strings.ReplaceAll(c.Text, `\n`, "\n")
			for i := range c.RowSpan {
				for k := range c.ColSpan {
					taken[[2]int{r + i, col + k}] = true
				}
			}
			t.Cells = append(t.Cells, c)
			col += c.ColSpan
			t.Cols = max(t.Cols, col)
		}
	}
	return t
}

func read(t *document.Table, captions ...string) *Records {
	v := NewView(t, 0, 1)
	v.Captions = captions
	return NewReader(field.New()).Read(v)
}

// plain is a target form as the text form gives it: no spans, blank cells
// where cells are merged.
var plain = []string{
	"402003青山县实验小学|单位：万元",
	"项目编码|402-0101-JBN-AB12|项目名称|校舍维修",
	"预算规模及资金用途|预算数|12.50|其中：财政资金|10.00|其他资金|2.50",
	"|用于校舍屋面维修。",
	"资金支出计划（%）|3月底|6月底|10月底|12月底",
	"||40.00|80.00|100.00",
	`绩效目标|1、完成屋面维修。\n2、保障教学\n3、师生满意\n`,
	"一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据",
	"产出指标|数量指标|维修面积|屋面维修面积|≥1200平方米|合同",
	"|质量指标|验收合格率|一次验收|100百分比|",
	"|||",
	"满意度指标|服务对象满意度指标||师生|≥95|",
}

// merged is the same form with the spans that Word keeps.
var merged = []string{
	"1x4 402003青山县实验小学|1x3 单位：万元",
	"项目编码|1x2 402-0101-JBN-AB12|项目名称|1x3 校舍维修",
	"2x1 预算规模及资金用途|预算数|12.50|其中：财政资金|10.00|其他资金|2.50",
	"1x6 用于校舍屋面维修。",
	"2x1 资金支出计划（%）|3月底|1x2 6月底|10月底|1x2 12月底",
	"|1x2 40.00|80.00|1x2 100.00",
	`绩效目标|1x6 1、完成屋面维修。\n2、保障教学\n3、师生满意`,
	"一级指标|二级指标|三级指标|绩效指标描述|指标值|1x2 指标值确定依据",
	"2x1 产出指标|数量指标|维修面积|屋面维修面积|≥1200平方米|1x2 合同",
	"质量指标|验收合格率|一次验收|100百分比|1x2 ",
	"满意度指标|服务对象满意度指标||师生|≥95|1x2 ",
}

func TestTarget(t *testing.T) {
	for name, rows := range map[string][]string{"plain": plain, "merged": merged} {
		t.Run(name, func(t *testing.T) {
			r := read(grid(rows...), "校舍维修绩效目标表", "分项目绩效目标：")
			if r.Form != PerformanceTarget || r.Title != "校舍维修绩效目标表" || r.UnitRaw != "万元" || len(r.Projects) != 1 {
				t.Fatalf("form %q, title %q, unit %q, %d projects", r.Form, r.Title, r.UnitRaw, len(r.Projects))
			}
			p := r.Projects[0]
			got := fmt.Sprint(p.Code, " ", p.Name, " ", p.UnitCode, p.UnitName, " ", p.Total, " ", p.Fiscal, " ", p.Other, " ", p.Purpose, " ", p.SpendingPlan, " ", strings.Join(p.Goals, "|"))
			const want = "402-0101-JBN-AB12 校舍维修 402003青山县实验小学 125000 100000 25000 用于校舍屋面维修。" +
				" [{3 } {6 40.00} {10 80.00} {12 100.00}] 完成屋面维修。|保障教学|师生满意"
			if got != want {
				t.Errorf("project\n got %s\nwant %s", got, want)
			}
			var lines []string
			for _, i := range r.Indicators {
				lines = append(lines, strings.Join([]string{i.ProjectCode, i.Level1, i.Level2, i.Level3, i.Description, i.ValueRaw,
					i.Comparator, i.Value.Number.String(), i.Unit, i.Basis}, ","))
			}
			wantLines := []string{
				"402-0101-JBN-AB12,产出指标,数量指标,维修面积,屋面维修面积,≥1200平方米,ge,1200,m2,合同",
				"402-0101-JBN-AB12,产出指标,质量指标,验收合格率,一次验收,100百分比,eq,100,%,",
				"402-0101-JBN-AB12,满意度指标,服务对象满意度指标,,师生,≥95,ge,95,,",
			}
			if !slices.Equal(lines, wantLines) {
				t.Errorf("indicators\n got %s\nwant %s", strings.Join(lines, "\n     "), strings.Join(wantLines, "\n     "))
			}
			if !r.Indicators[2].Has("level3_missing") || !r.Indicators[2].Has("unit_missing") {
				t.Errorf("flags %v", r.Indicators[2].Flags)
			}
			if len(r.Notes) != 0 {
				t.Errorf("notes %v", r.Notes)
			}
		})
	}
}

// TestTargetBelow reads a form whose goals stand below their labels and whose
// money stands in two columns of labels.
func TestTargetBelow(t *testing.T) {
	r := read(grid(
		"1x8 财政项目支出绩效目标填报表",
		"1x2 项目名称|1x2 社区公共服务中心|项目性质|阶段性项目|项目类别|特定目标类",
		"1x2 主管部门|1x2 青山区民政局|实施单位|1x3 青山区社区服务中心",
		"1x2 计划开始日期|1x2 2023-01-01|计划完成日期|1x3 2023-12-31",
		"3x2 项目资金（元）|1x2 项目资金总额|4,100,000.00|1x2 年度资金申请总额|100,000.00",
		"1x2 其中：财政资金|4,000,000.00|1x2 其中：当年财政拨款|90,000.00",
		"1x2 其他资金|100,000.00|1x2 其他资金|10,000.00",
		"2x1 项目绩效目标|1x4 项目总目标|1x3 年度总体目标",
		"1x4 建成后作为活动场所。|1x3 完成一期。",
		"|一级指标|二级指标|1x3 三级指标|1x2 年度(/项目)指标值",
		"2x1 绩效指标|产出指标|数量指标|1x3 建筑面积|1x2 ≥13459.00(平方米)",
		"满意度指标|服务对象满意度指标|1x3 居民满意度|1x2 不低于90%",
	))
	if r.Form != PerformanceTarget || len(r.Projects) != 1 || len(r.Indicators) != 2 {
		t.Fatalf("form %q, %d projects, %d indicators", r.Form, len(r.Projects), len(r.Indicators))
	}
	p := r.Projects[0]
	got := fmt.Sprint(p.Name, p.Nature, p.Category, p.UnitName, p.StartDate, p.EndDate, p.Total, " ", p.YearTotal, " ", p.Fiscal, " ", p.YearFiscal, " ", p.Other, p.OverallGoal, p.Goals)
	const want = "社区公共服务中心阶段性项目特定目标类青山区社区服务中心2023-01-012023-12-314100000.00 100000.00 4000000.00 90000.00 100000.00建成后作为活动场所。[完成一期。]"
	if got != want {
		t.Errorf("project\n got %s\nwant %s", got, want)
	}
	if r.Title != "财政项目支出绩效目标填报表" || r.UnitRaw != "元" {
		t.Errorf("title %q, unit %q", r.Title, r.UnitRaw)
	}
	if i := r.Indicators[1]; i.Level1 != "满意度指标" || i.Value.Number.String() != "90" || i.Unit != "%" {
		t.Errorf("indicator %+v", i)
	}
}

func TestProcurement(t *testing.T) {
	r := read(grid(
		"1x9 402青山县教育局|1x3 单位：万元",
		"1x2 政府采购项目来源|2x1 采购物品名称|2x1 政府采购目录序号|2x1 数量单位|2x1 数量|2x1 单价|1x5 政府采购金额",
		"项目名称|预算资金|总计|合计|一般公共预算拨款|基金预算拨款|其他渠道资金",
		"合　计|||||||3.95|3.95|3.95||",
		"青山县实验小学小计|||||||3.95|3.95|3.95||",
		"校舍维修|12.50|打印设备|A02010601|台|3.00|0.65|1.95|1.95|1.95||",
		"校舍维修|12.50|专用仪器|A0334|个|40|0.05|2.00|2.00|2.00|——|",
		"校舍维修|12.50|印刷品|A0802|批|若干||1.00||||1.00",
	), "部门政府采购预算")
	if r.Form != ProcurementForm || r.HeaderRows != 3 || r.Unit != (OrgRef{"402", "青山县教育局"}) {
		t.Fatalf("form %q, %d header rows, unit %v", r.Form, r.HeaderRows, r.Unit)
	}
	var got []string
	for _, p := range r.Procurement {
		got = append(got, fmt.Sprint(p.RowType, ",", p.UnitName, ",", p.ProjectName, ",", p.ProjectTotal, ",", p.ItemName, ",", p.CatalogueCode, ",",
			p.UnitRaw, ",", p.Quantity, ",", p.UnitPrice, ",", p.Amount, ",", p.FiscalTotal, ",", p.GeneralPublic, ",", p.Fund, ",", p.OtherSource))
	}
	want := []string{
		"total,,,,,,,,,39500,39500,39500,,",
		"subtotal,青山县实验小学,,,,,,,,39500,39500,39500,,",
		"item,青山县实验小学,校舍维修,125000,打印设备,A02010601,台,3.00,6500,19500,19500,19500,,",
		"item,青山县实验小学,校舍维修,125000,专用仪器,A0334,个,40,500,20000,20000,20000,,",
		"item,青山县实验小学,校舍维修,125000,印刷品,A0802,批,,,10000,,,,10000",
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	if len(r.Notes) != 1 || r.Notes[0].Code != "form.not_a_number" || r.Notes[0].Row != 7 {
		t.Errorf("notes %v, want one about 若干", r.Notes)
	}
}

// TestProcurementStacked reads a header whose rows stand from the left without
// spans, as Word files made from text have it: the lengths of its rows say
// what stands above what.
func TestProcurementStacked(t *testing.T) {
	r := read(grid(
		"项目来源|采购物品名称|政府采购目录序号|数量单位|数量|单价|1x4 政府采购金额",
		"项目名称|预算资金||||||总计|当年部门预算安排资金|其他渠道资金",
		"校舍维修|12.50|打印设备|A02010601|台|3.00|0.65|1.95|1.95|",
		"校舍维修|12.50|印刷品|A0802|批|1|1.00|1.00||1.00",
	), "政府采购预算", "单位：万元")
	if len(r.Procurement) != 2 || len(r.Notes) != 1 || r.Notes[0].Code != "form.header_realigned" {
		t.Fatalf("%d rows, notes %v", len(r.Procurement), r.Notes)
	}
	p := r.Procurement[0]
	got := fmt.Sprint(p.ProjectName, p.ProjectTotal, p.ItemName, p.CatalogueCode, p.UnitRaw, p.Quantity, " ", p.UnitPrice, " ", p.Amount, " ", p.FiscalTotal, p.OtherSource)
	if want := "校舍维修125000打印设备A02010601台3.00 6500 19500 19500 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOrganizationsAndAssets(t *testing.T) {
	r := read(grid("单位名称|单位性质|单位规格|经费保障形式", "青山县教育局机关|行政|正科级|财政拨款", "青山县实验\\n小学|事业||财政性资金基本保证"), "机构设置：")
	if r.Form != OrganizationsForm || len(r.Organizations) != 2 || r.Title != "机构设置" {
		t.Fatalf("form %q, title %q, %v", r.Form, r.Title, r.Organizations)
	}
	if o := r.Organizations[1]; o.Name != "青山县实验小学" || o.Nature != "事业" || o.Grade != "" || o.Funding != "财政性资金基本保证" {
		t.Errorf("%+v", o)
	}
	r = read(grid("1x3 青山县固定资产占用情况表", "编制部门：青山县教育局|1x2 截止时间：2020年12月31日", "项   目|数量|价值（金额单位：万元）",
		"资产总额|——|614.14", "1、房屋（平方米）|1913.78|441.48", "2、车辆（台、辆）|2|32.88", "3、单价在50万元以上的设备|8|0"))
	var got []string
	for _, a := range r.Assets {
		got = append(got, fmt.Sprint(a.RowType, ",", a.Item, ",", a.Quantity, ",", a.UnitRaw, ",", a.Unit, ",", a.Worth, ",", a.AsOf))
	}
	want := []string{
		"total,资产总额,,,,6141400,2020-12-31", "item,房屋,1913.78,平方米,m2,4414800,2020-12-31",
		"item,车辆,2,台、辆,{count},328800,2020-12-31", "item,单价在50万元以上的设备,8,,,0,2020-12-31",
	}
	if r.Form != FixedAssets || !slices.Equal(got, want) {
		t.Errorf("form %q\n got %s\nwant %s", r.Form, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// TestOther leaves to "other" what no form claims, and what only looks like
// one.
func TestOther(t *testing.T) {
	for name, table := range map[string]*document.Table{
		"budget":     grid("项目|预算数", "基本支出|100.00", "项目支出|50.00"),
		"evaluation": grid("项目|执行率|分值|得分", "培训|98%|10|9.8"),
		"things":     grid("名称|类别", "甲|乙"),
		"stock":      grid("项目|数量|金额", "桌|2|100"),
	} {
		if r := read(table); r.Form != Other || len(r.Indicators)+len(r.Projects)+len(r.Assets)+len(r.Organizations) > 0 {
			t.Errorf("%s is taken for %q", name, r.Form)
		}
	}
	r := read(grid("项目|预算数", "基本支出|100.00"), "单位：元", "公开02表", "支出预算表")
	if r.FormNo != "公开02表" || r.Title != "支出预算表" || r.HeaderRows != 1 || !r.Header[0] || r.Header[2] {
		t.Errorf("%+v", r)
	}
}

// TestUnitMissing leaves amounts out when no unit says what they are in.
func TestUnitMissing(t *testing.T) {
	r := read(grid("项目名称|校舍维修|预算数|12.50", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|面积|≥5平方米"), "绩效目标表")
	if len(r.Projects) != 1 || !r.Projects[0].Total.IsNull() {
		t.Errorf("projects %+v", r.Projects)
	}
	if len(r.Notes) != 1 || r.Notes[0].Code != "form.unit_missing" {
		t.Errorf("notes %v", r.Notes)
	}
}

func TestText(t *testing.T) {
	for _, c := range [][2]string{
		{"合　计", "合计"}, {"项   目", "项目"}, {"SYB 网创 班", "SYB网创班"}, {"A B\nC", "A BC"}, {" \n", ""}, {"“三公” 经费", "“三公”经费"},
	} {
		if got := Name(c[0]); got != c[1] {
			t.Errorf("Name(%q) = %q, want %q", c[0], got, c[1])
		}
	}
	if got := goals("1、甲\n（1）乙\n续行\n\n3.5万元"); !slices.Equal(got, []string{"甲", "乙\n续行\n3.5万元"}) {
		t.Errorf("goals %q", got)
	}
	for text, month := range map[string]int{"3月底": 3, "12月末": 12, "第一季度": 3, "13月底": 0, "三月": 0, "预算数": 0} {
		if got := throughMonth(text); got != month {
			t.Errorf("throughMonth(%q) = %d, want %d", text, got, month)
		}
	}
	if ref, ok := orgRef("219001-青山县人民政府"); !ok || ref != (OrgRef{"219001", "青山县人民政府"}) {
		t.Errorf("orgRef: %v %v", ref, ok)
	}
	if ref, ok := orgRef("2020年部门预算"); ok {
		t.Errorf("orgRef takes a year for a code: %v", ref)
	}
}

func BenchmarkTarget(b *testing.B) {
	table := grid(plain...)
	r := NewReader(field.New())
	b.ReportAllocs()
	for b.Loop() {
		if len(r.Read(NewView(table, 0, 1)).Indicators) != 3 {
			b.Fatal("indicators lost")
		}
	}
}
