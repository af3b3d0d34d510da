package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// linesOf prints the lines of a table: side scheme code/level name measure
// path amount, and "total" for totals.
func linesOf(r *Records) []string {
	var out []string
	for _, l := range r.BudgetLines {
		s := fmt.Sprintf("%s %s %s/%d %s %s %s %s", l.Side, l.Scheme, l.Code, l.CodeLevel, l.Name, l.Measure, l.MeasureRaw, l.Amount)
		if l.IsTotal {
			s += " total"
		}
		out = append(out, s)
	}
	return out
}

func checkLines(t *testing.T, r *Records, form string, want ...string) {
	t.Helper()
	if r.Form != form {
		t.Errorf("form %q, want %q", r.Form, form)
	}
	got := linesOf(r)
	for i := range max(len(got), len(want)) {
		var g, w string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("line %d\n got %s\nwant %s", i, g, w)
		}
	}
}

// hasNote tells whether a note of a code was written.
func hasNote(r *Records, code string) bool {
	for _, n := range r.Notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

func TestBudgetBlocks(t *testing.T) {
	r := read(grid(
		"1x2 收入|1x4 支出",
		"2x1 项目名称|2x1 金额|1x2 功能分类|1x2 支出用途",
		"功能科目名称|金额|项目名称|金额",
		"一、财政拨款|1,200.50|一、一般公共服务支出||一、基本支出|900.00",
		"1. 一般公共预算|1,200.50|四、公共安全支出|1,200.50|二、项目支出|300.50",
		"二、其他资金|——|||三、单位预留机动经费|0",
		"收 入 合 计|1,200.50|1x3 支出合计|1,200.50",
	), "收支预算总表", "单位：万元")
	checkLines(t, r, "revenue_expenditure",
		"revenue source /0 一、财政拨款 amount 收入/金额 12005000",
		"expenditure use /0 一、基本支出 amount 支出/支出用途/金额 9000000",
		"revenue source /0 1. 一般公共预算 amount 收入/金额 12005000",
		"expenditure function /0 四、公共安全支出 amount 支出/功能分类/金额 12005000",
		"expenditure use /0 二、项目支出 amount 支出/支出用途/金额 3005000",
		"expenditure use /0 三、单位预留机动经费 amount 支出/支出用途/金额 0",
		"revenue source /0 收入合计 amount 收入/金额 12005000 total",
		"expenditure use /0 支出合计 amount 支出/支出用途/金额 12005000 total")
}

// TestBudgetSplitCodes has codes in three columns, a header of three rows, and
// a number column that nothing fills.
func TestBudgetSplitCodes(t *testing.T) {
	r := read(grid(
		"1x4 项目|1x3 支出预算",
		"1x3 功能分类科目编码|2x1 功能分类科目名称|2x1 合计|2x1 基本支出|2x1 项目支出",
		"类|款|项",
		"201|||一般公共服务支出|5,000|0|5,000",
		"201|05||统计信息事务|5,000|0|5,000",
		"|05|06|统计管理|5,000||5,000",
		"1x4 合计|5,000|0|5,000",
	), "单位：元", "2024年部门支出预算总表")
	checkLines(t, r, "expenditure",
		"expenditure function 201/1 一般公共服务支出 total 支出预算/合计 5000",
		"expenditure function 201/1 一般公共服务支出 basic 支出预算/基本支出 0",
		"expenditure function 201/1 一般公共服务支出 project 支出预算/项目支出 5000",
		"expenditure function 20105/2 统计信息事务 total 支出预算/合计 5000",
		"expenditure function 20105/2 统计信息事务 basic 支出预算/基本支出 0",
		"expenditure function 20105/2 统计信息事务 project 支出预算/项目支出 5000",
		"expenditure function 2010506/3 统计管理 total 支出预算/合计 5000",
		"expenditure function 2010506/3 统计管理 project 支出预算/项目支出 5000",
		"expenditure function /0 合计 total 支出预算/合计 5000 total",
		"expenditure function /0 合计 basic 支出预算/基本支出 0 total",
		"expenditure function /0 合计 project 支出预算/项目支出 5000 total")
}

func TestBudgetOneRow(t *testing.T) {
	r := read(grid("合计|基本支出|项目支出|单位预留机动经费|结转下年资金", "30.00|20.00|10.00||/"), "支出预算总表", "单位：万元")
	checkLines(t, r, "expenditure",
		"expenditure use /0  total 合计 300000",
		"expenditure use /0  basic 基本支出 200000",
		"expenditure use /0  project 项目支出 100000")
}

// TestBudgetThreePublic has an index row and halves of budget and account.
func TestBudgetThreePublic(t *testing.T) {
	r := read(grid(
		"2x2 合计|1x4 公务用车购置及运行维护费|2x1 会议费",
		"1x2 小计|1x2 公务用车购置费",
		"预算数|决算数|预算数|决算数|预算数|决算数|预算数",
		"1|2|3|4|5|6|7",
		"2.85|0.39|1|0|0.00||3",
	), "“三公”经费支出决算表", "单位：万元")
	checkLines(t, r, "three_public",
		"expenditure three_public /0  total/budget_amount 合计/预算数 28500",
		"expenditure three_public /0  total/final_amount 合计/决算数 3900",
		"expenditure three_public /0  vehicles/budget_amount 公务用车购置及运行维护费/小计/预算数 10000",
		"expenditure three_public /0  vehicles/final_amount 公务用车购置及运行维护费/小计/决算数 0",
		"expenditure three_public /0  vehicle_purchase/budget_amount 公务用车购置及运行维护费/公务用车购置费/预算数 0",
		"expenditure three_public /0  meeting/budget_amount 会议费/预算数 30000")
}

// TestBudgetEconomic has two blocks of codes side by side.
func TestBudgetEconomic(t *testing.T) {
	r := read(grid(
		"经济分类科目编码|科目名称|决算数|经济分类科目编码|科目名称|决算数",
		"301|工资福利支出|12.30|302|商品和服务支出|4.00",
		"30101|基本工资|12.30|30201|办公费|4.00",
		"1x2 人员经费合计|12.30|1x2 公用经费合计|4.00",
	), "单位：万元", "一般公共预算财政拨款基本支出决算表")
	checkLines(t, r, "general_public_basic_expenditure",
		"expenditure economic 301/1 工资福利支出 final_amount 决算数 123000",
		"expenditure economic 302/1 商品和服务支出 final_amount 决算数 40000",
		"expenditure economic 30101/2 基本工资 final_amount 决算数 123000",
		"expenditure economic 30201/2 办公费 final_amount 决算数 40000",
		"expenditure economic /0 人员经费合计 final_amount 决算数 123000 total",
		"expenditure economic /0 公用经费合计 final_amount 决算数 40000 total")
}

// TestBudgetUnits has a unit of its own in one column, a serial number, a
// share that is no money, and an index row.
func TestBudgetUnits(t *testing.T) {
	r := read(grid(
		"序号|项目名称|合计|财政拨款（元）|占比",
		"栏次|1|2|3|4",
		"1|楼宇维修|1.5|15000.00|100",
		"2|合同制人员|2|20000|80",
	), "单位：万元", "项目支出预算表")
	checkLines(t, r, "project_expenditure",
		"expenditure item /0 楼宇维修 total 合计 15000",
		"expenditure item /0 楼宇维修 fiscal_appropriation 财政拨款（元） 15000.00",
		"expenditure item /0 合同制人员 total 合计 20000",
		"expenditure item /0 合同制人员 fiscal_appropriation 财政拨款（元） 20000")
}

func TestBudgetEmpty(t *testing.T) {
	for _, rows := range [][]string{
		{"1x3 项目|1x2 政府性基金预算支出", "科目编码|科目编码|科目名称|合计|基本支出", "无||||", "||||", "1x3 合计||"},
		{"科目编码|科目名称|金额", "|合计|", "||"},
		{"科目编码|科目名称|金额", "1x3 本表为空表"},
	} {
		checkLines(t, read(grid(rows...), "单位：元", "政府性基金预算支出表"), "fund_expenditure")
	}
}

// TestBudgetDoubtful has tables that must give no lines, and must say so.
func TestBudgetDoubtful(t *testing.T) {
	for _, c := range []struct {
		note     string
		captions []string
		rows     []string
	}{
		{"form.unit_missing", []string{"支出预算总表"}, []string{"科目编码|科目名称|合计", "201|一般公共服务支出|5.00"}},
		{"form.line_unnamed", []string{"支出预算总表", "单位：元"}, []string{"科目编码|科目名称|合计", "||5.00", "|合计|"}},
		{"form.header_misaligned", []string{"收支预算总表", "单位：元"}, []string{"项目|预算数|项目|预算数", "一、其他资金|一、教育支出|5.00|", "收入|支出|5.00|"}},
		{"form.column_unlabelled", []string{"支出预算总表", "单位：元"}, []string{"科目名称||", "教育支出|5.00|4", "外交支出|6.00|7"}},
	} {
		r := read(grid(c.rows...), c.captions...)
		if len(r.BudgetLines) > 0 || !hasNote(r, c.note) {
			t.Errorf("%s: lines %q, notes %v", c.note, linesOf(r), r.Notes)
		}
	}
}

// TestBudgetShortRows has a text form that lost its spans and some of its
// blank cells: what cannot be placed is left out.
func TestBudgetShortRows(t *testing.T) {
	table := grid(
		"序号|收入|支出",
		"项 目|预算数|项 目|预算数",
		"栏次|1|2|3|4",
		"1|一、一般公共预算拨款收入|60.00|一、教育支出|50.00",
		"2|二、事业收入|40.00|二、其他支出|50.00",
		"3|三、农林水支出|7.00",
		"4|收入总计|100.00|支出总计|100.00",
	)
	r := read(table, "部门预算信息公开", "单位：万元")
	checkLines(t, r, "revenue_expenditure",
		"revenue source /0 一、一般公共预算拨款收入 budget_amount 收入/预算数 600000",
		"expenditure function /0 一、教育支出 budget_amount 支出/预算数 500000",
		"revenue source /0 二、事业收入 budget_amount 收入/预算数 400000",
		"expenditure function /0 二、其他支出 budget_amount 支出/预算数 500000",
		"revenue source /0 收入总计 budget_amount 收入/预算数 1000000 total",
		"expenditure function /0 支出总计 budget_amount 支出/预算数 1000000 total")
	if !hasNote(r, "form.row_short") {
		t.Errorf("no note about the short row: %v", r.Notes)
	}
}

// TestBudgetLostSpans has the sides of the table in cells of one column each.
func TestBudgetLostSpans(t *testing.T) {
	for _, sides := range []string{"收入|支出||", "收入||支出|"} {
		r := read(grid(sides, "项目|预算数|项目|预算数", "一、财政拨款收入|60|一、教育支出|50"), "收支预算总表", "单位：元")
		checkLines(t, r, "revenue_expenditure",
			"revenue source /0 一、财政拨款收入 budget_amount 收入/预算数 60",
			"expenditure function /0 一、教育支出 budget_amount 支出/预算数 50")
	}
}

func TestBudgetTitles(t *testing.T) {
	rows := []string{"科目编码|科目名称|金额", "2040501|行政运行|5.00"}
	for _, c := range []struct {
		captions, form string
	}{
		{"一般公共预算支出表|单位：元", "general_public_expenditure"},
		{"部门：某局|一般公共预算支出表|单位：元", "general_public_expenditure"},
		{"机构设置情况|单位：元", Other},
		{"支出绩效目标表|单位：元", Other},
	} {
		if r := read(grid(rows...), strings.Split(c.captions, "|")...); r.Form != c.form {
			t.Errorf("%s: %q, want %q", c.captions, r.Form, c.form)
		}
	}
	inside := slices.Concat([]string{"1x3 公开05表", "1x3 国有资本经营预算支出表", "1x3 单位：万元"}, rows)
	checkLines(t, read(grid(inside...)), "state_capital_expenditure",
		"expenditure function 2040501/3 行政运行 amount 金额 50000")
}

func TestIsSum(t *testing.T) {
	for name, want := range map[string]bool{
		"合计": true, "收入总计": true, "合计（万元）": true, "某局（机关）小计": true, "本年支出合计": true,
		"一、教育支出": false, "会计": false, "": false,
	} {
		if isSum(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

func TestSplitCode(t *testing.T) {
	for _, c := range [][3]string{
		{"201一般公共服务支出", "201", "一般公共服务支出"},
		{"[2010506]统计管理", "2010506", "统计管理"},
		{"30101-基本工资", "30101", "基本工资"},
		{"201年度", "", "201年度"},
		{"2024年支出", "", "2024年支出"},
		{"一、教育支出", "", "一、教育支出"},
		{"", "", ""},
	} {
		if code, rest := splitCode(c[0]); code != c[1] || rest != c[2] {
			t.Errorf("%s: %q %q", c[0], code, rest)
		}
	}
}

// TestBudgetUntitled has tables without a title, whose form a label tells.
func TestBudgetUntitled(t *testing.T) {
	checkLines(t, read(grid("1x2 项目|1x2 一般公共预算基本支出", "科目编码|科目名称|合计|人员经费", "301|工资福利支出|5|5"), "单位：元"), "general_public_basic_expenditure",
		"expenditure economic 301/1 工资福利支出 total 一般公共预算基本支出/合计 5",
		"expenditure economic 301/1 工资福利支出 personnel 一般公共预算基本支出/人员经费 5")
	for _, rows := range [][]string{
		{"1x2 项目|1x2 资产", "编码|名称|数量|价值", "301|房屋|5|5"},
		{"项目名称|1x2 项目支出情况", "办公|5|5"},
	} {
		if r := read(grid(rows...), "单位：元"); r.Form != Other && r.Form != FixedAssets {
			t.Errorf("%q: form %s", rows, r.Form)
		}
	}
}
