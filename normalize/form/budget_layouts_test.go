package form

import "testing"

// layout is an invented table and the lines that it must give.
type layout struct {
	name, form string
	captions   []string
	rows       []string
	lines      []string
	notes      []string
}

func checkLayouts(t *testing.T, list []layout) {
	t.Helper()
	for _, c := range list {
		t.Run(c.name, func(t *testing.T) {
			r := read(grid(c.rows...), c.captions...)
			checkLines(t, r, c.form, c.lines...)
			expect(t, "notes", codes(r.Notes), c.notes)
		})
	}
}

// TestBudgetAccounts has the tables of final accounts (部门决算): 行次 columns,
// 栏次 rows, the levels of the code beside 栏次, halves of budget and account.
func TestBudgetAccounts(t *testing.T) {
	checkLayouts(t, []layout{
		{"numbered rows on both sides", "revenue_expenditure", []string{"收入支出决算总表", "公开01表", "金额单位：万元"},
			[]string{"1x3 收入|1x3 支出", "项目|行次|决算数|项目|行次|决算数", "栏次||1|栏次||2",
				"一、一般公共预算财政拨款收入|1|100.00|一、一般公共服务支出|32|", "二、政府性基金预算财政拨款收入|2|0.00|二、外交支出|33|90.00",
				"年初结转和结余|29|5.00|年末结转和结余|60|15.00", "总计|31|105.00|总计|62|105.00"},
			[]string{
				"revenue source /0 一、一般公共预算财政拨款收入 final_amount 收入/决算数 1000000",
				"revenue source /0 二、政府性基金预算财政拨款收入 final_amount 收入/决算数 0",
				"expenditure function /0 二、外交支出 final_amount 支出/决算数 900000",
				"revenue source /0 年初结转和结余 final_amount 收入/决算数 50000",
				"expenditure function /0 年末结转和结余 final_amount 支出/决算数 150000",
				"revenue source /0 总计 final_amount 收入/决算数 1050000 total",
				"expenditure function /0 总计 final_amount 支出/决算数 1050000 total"}, nil},
		{"levels of the code beside 栏次", "revenue", []string{"单位：万元", "公开02表", "收入决算表"},
			[]string{"1x4 项目|2x1 本年收入合计|2x1 财政拨款收入|2x1 其他收入", "1x3 支出功能分类科目编码|科目名称",
				"2x1 类|2x1 款|2x1 项|栏次|1|2|3", "合计|10.00|10.00|", "1x3 201|一般公共服务支出|10.00|10.00|", "1x3 20103|政府办公厅（室）及相关机构事务|10.00|10.00|"},
			[]string{
				"revenue function /0 合计 total 本年收入合计 100000 total",
				"revenue function /0 合计 fiscal_appropriation 财政拨款收入 100000 total",
				"revenue function 201/1 一般公共服务支出 total 本年收入合计 100000",
				"revenue function 201/1 一般公共服务支出 fiscal_appropriation 财政拨款收入 100000",
				"revenue function 20103/2 政府办公厅（室）及相关机构事务 total 本年收入合计 100000",
				"revenue function 20103/2 政府办公厅（室）及相关机构事务 fiscal_appropriation 财政拨款收入 100000"}, nil},
		{"three blocks of personnel and public funds", "general_public_basic_expenditure", []string{"一般公共预算财政拨款基本支出决算表", "单位：万元"},
			[]string{"1x3 人员经费|1x6 公用经费", "科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数",
				"301|工资福利支出|8.00|302|商品和服务支出|2.00|307|债务利息及费用支出|", "1x2 人员经费合计|8.00|1x5 公用经费合计|2.00"},
			[]string{
				"expenditure economic 301/1 工资福利支出 final_amount 人员经费/决算数 80000",
				"expenditure economic 302/1 商品和服务支出 final_amount 公用经费/决算数 20000",
				"expenditure economic /0 人员经费合计 final_amount 人员经费/决算数 80000 total",
				"expenditure economic /0 公用经费合计 final_amount 公用经费/决算数 20000 total"}, nil},
		{"halves of budget and account, a bare row of numbers", "three_public", []string{"财政拨款“三公”经费支出决算表", "单位：万元"},
			[]string{"1x6 预算数|1x6 决算数",
				"2x1 合计|2x1 因公出国（境）费|1x3 公务用车购置及运行维护费|2x1 公务接待费|2x1 合计|2x1 因公出国（境）费|1x3 公务用车购置及运行维护费|2x1 公务接待费",
				"小计|公务用车购置费|公务用车运行维护费|小计|公务用车购置费|公务用车运行维护费",
				"1|2|3|4|5|6|7|8|9|10|11|12", "5.00|0.00|3.00|/|3.00|2.00|4.00||3.00|——|3.00|1.00"},
			[]string{
				"expenditure three_public /0  total/budget_amount 预算数/合计 50000",
				"expenditure three_public /0  overseas_travel/budget_amount 预算数/因公出国（境）费 0",
				"expenditure three_public /0  vehicles/budget_amount 预算数/公务用车购置及运行维护费/小计 30000",
				"expenditure three_public /0  vehicle_operation/budget_amount 预算数/公务用车购置及运行维护费/公务用车运行维护费 30000",
				"expenditure three_public /0  official_reception/budget_amount 预算数/公务接待费 20000",
				"expenditure three_public /0  total/final_amount 决算数/合计 40000",
				"expenditure three_public /0  vehicles/final_amount 决算数/公务用车购置及运行维护费/小计 30000",
				"expenditure three_public /0  vehicle_operation/final_amount 决算数/公务用车购置及运行维护费/公务用车运行维护费 30000",
				"expenditure three_public /0  official_reception/final_amount 决算数/公务接待费 10000"}, nil},
		{"revenue and expenditure of a fund in a row", "fund_expenditure", []string{"政府性基金预算财政拨款收入支出决算表", "金额单位：万元"},
			[]string{"1x2 项目|2x1 年初结转和结余|2x1 本年收入|1x3 本年支出|2x1 年末结转和结余", "科目代码|科目名称|小计|基本支出|项目支出", "1x2 栏次|1|2|3|4|5|6",
				"212|城乡社区支出|1.00|2.00|3.00||3.00|0.00"},
			[]string{
				" function 212/1 城乡社区支出 carryover 年初结转和结余 10000",
				"revenue function 212/1 城乡社区支出 revenue 本年收入 20000",
				"expenditure function 212/1 城乡社区支出 subtotal 本年支出/小计 30000",
				"expenditure function 212/1 城乡社区支出 project 本年支出/项目支出 30000",
				" function 212/1 城乡社区支出 carryover_next 年末结转和结余 0"}, nil},
	})
}

// TestBudgetLayouts has tables of budgets in the layouts of several provinces.
func TestBudgetLayouts(t *testing.T) {
	checkLayouts(t, []layout{
		{"a serial number, 栏次, and a subtotal under 基本支出", "expenditure", []string{"部门支出总体情况表", "单位：万元"},
			[]string{"2x1 序号|1x2 功能分类科目|2x1 合计|1x3 基本支出|2x1 项目支出", "科目编码|科目名称|小计|人员经费|日常公用经费", "栏次|1|2|3|4|5|6|7",
				"1||合计|9.00|5.00|4.00|1.00|4.00", "2|205|教育支出|9.00|5.00|4.00|1.00|0"},
			[]string{
				"expenditure function /0 合计 total 合计 90000 total",
				"expenditure function /0 合计 basic 基本支出/小计 50000 total",
				"expenditure function /0 合计 personnel 基本支出/人员经费 40000 total",
				"expenditure function /0 合计 public 基本支出/日常公用经费 10000 total",
				"expenditure function /0 合计 project 项目支出 40000 total",
				"expenditure function 205/1 教育支出 total 合计 90000",
				"expenditure function 205/1 教育支出 basic 基本支出/小计 50000",
				"expenditure function 205/1 教育支出 personnel 基本支出/人员经费 40000",
				"expenditure function 205/1 教育支出 public 基本支出/日常公用经费 10000",
				"expenditure function 205/1 教育支出 project 项目支出 0"}, nil},
		{"a change in money and one in percent", "general_public_expenditure", []string{"一般公共预算支出表", "单位：万元"},
			[]string{"1x2 功能分类科目|2x1 2019年执行数|1x3 2020年预算数|1x2 2020年预算数比2019年执行数", "科目编码|科目名称|小计|基本支出|项目支出|增减额|增减%",
				"201|一般公共服务支出|8.00|9.00|5.00|4.00|1.00|12.5"},
			[]string{
				"expenditure function 201/1 一般公共服务支出 executed 2019年执行数 80000",
				"expenditure function 201/1 一般公共服务支出 budget_amount 2020年预算数/小计 90000",
				"expenditure function 201/1 一般公共服务支出 basic 2020年预算数/基本支出 50000",
				"expenditure function 201/1 一般公共服务支出 project 2020年预算数/项目支出 40000",
				"expenditure function 201/1 一般公共服务支出 change_amount 2020年预算数比2019年执行数/增减额 10000"}, nil},
		{"the total in the column of the kind of project", "project_expenditure", []string{"项目支出表", "单位：万元"},
			[]string{"2x1 类型|2x1 项目名称|2x1 项目单位|2x1 合计|1x2 本年拨款|2x1 单位资金", "一般公共预算|政府性基金预算",
				"合计|||9.00|9.00||", "特定目标类|校舍维修|某局|9.00|9.00||"},
			[]string{
				"expenditure item /0 合计 total 合计 90000 total",
				"expenditure item /0 合计 general_public_budget 本年拨款/一般公共预算 90000 total",
				"expenditure item /0 校舍维修 total 合计 90000",
				"expenditure item /0 校舍维修 general_public_budget 本年拨款/一般公共预算 90000"}, nil},
		{"three_public as a list, with dashes", "three_public", []string{"“三公”经费支出预算表", "单位：万元"},
			[]string{"项目|上年预算数|本年预算数|增减额|增减率（%）", "合计|5.00|4.00|-1.00|-20", "1、因公出国（境）费用||||", "2、公务接待费|2.00|1.00|-1.00|-50.00", "（2）公务用车购置|——|/|无|0"},
			[]string{
				"expenditure three_public /0 合计 prior_budget_amount 上年预算数 50000 total",
				"expenditure three_public /0 合计 budget_amount 本年预算数 40000 total",
				"expenditure three_public /0 合计 change_amount 增减额 -10000 total",
				"expenditure three_public /0 2、公务接待费 prior_budget_amount 上年预算数 20000",
				"expenditure three_public /0 2、公务接待费 budget_amount 本年预算数 10000",
				"expenditure three_public /0 2、公务接待费 change_amount 增减额 -10000"}, nil},
		{"counts below the amounts", "three_public", []string{"“三公”经费预算情况表", "单位：元"},
			[]string{"项目|2017年预算数", "一、支出合计|250000", "2、公务接待费|150000", "二、相关统计数|", "1.因公出国(境)团组数(个)|0", "4.公务用车保有量（辆）|1", "6.公务接待人数|500"},
			[]string{
				"expenditure three_public /0 一、支出合计 budget_amount 2017年预算数 250000 total",
				"expenditure three_public /0 2、公务接待费 budget_amount 2017年预算数 150000"}, []string{"form.rows_counted"}},
		{"codes in brackets", "general_public_basic_expenditure", []string{"一般公共预算基本支出表", "单位：元"},
			[]string{"科目编码|科目名称|合计", "[301]|工资福利支出|8", "[30101]|基本工资|8"},
			[]string{
				"expenditure economic 301/1 工资福利支出 total 合计 8",
				"expenditure economic 30101/2 基本工资 total 合计 8"}, nil},
		{"codes of two digits below those of three", "general_public_basic_expenditure", []string{"一般公共预算基本支出表", "单位：元"},
			[]string{"科目编码|科目名称|合计", "301|工资福利支出|8", "01|基本工资|7", "02|津贴补贴|1"},
			[]string{
				"expenditure economic 301/1 工资福利支出 total 合计 8",
				"expenditure economic 30101/2 基本工资 total 合计 7",
				"expenditure economic 30102/2 津贴补贴 total 合计 1"}, []string{"form.code_joined"}},
		{"a label of names below one of amounts", "expenditure", []string{"支出总表", "单位：元"},
			[]string{"2x1 科目名称|2x1 合计|1x2 项目支出", "专项名称|部门预算", "教育支出|9|4|5"},
			[]string{
				"expenditure function /0 教育支出 total 合计 9",
				"expenditure function /0 教育支出 project 项目支出/专项名称 4",
				"expenditure function /0 教育支出  项目支出/部门预算 5"}, []string{"form.measure_unknown"}},
		{"two classifications", "general_public_basic_expenditure", []string{"一般公共预算基本支出表", "单位：元"},
			[]string{"1x2 部门预算支出经济分类科目|1x2 政府预算支出经济分类科目|2x1 金额", "科目编码|科目名称|科目编码|科目名称", "30101|基本工资|50101|工资奖金津补贴|8"},
			[]string{"expenditure economic 30101/2 基本工资 amount 金额 8"}, []string{"form.second_classification"}},
		{"a label that nobody knows, a count of people and a source of funds", "project_expenditure", []string{"项目支出表", "单位：元"},
			[]string{"类别|项目名称|资金来源|人数|合计|甲类", "特定|校舍维修|本级|3|8|9"},
			[]string{
				"expenditure item /0 校舍维修 total 合计 8",
				"expenditure item /0 校舍维修  甲类 9"}, []string{"form.measure_unknown"}},
		{"code and name in one cell", "expenditure", []string{"支出总表", "单位：元"},
			[]string{"科目|合计|基本支出", "201 一般公共服务支出|9|9", "  20103-政府办公厅（室）及相关机构事务|9|9", "合  计|9|9"},
			[]string{
				"expenditure function 201/1 一般公共服务支出 total 合计 9",
				"expenditure function 201/1 一般公共服务支出 basic 基本支出 9",
				"expenditure function 20103/2 政府办公厅（室）及相关机构事务 total 合计 9",
				"expenditure function 20103/2 政府办公厅（室）及相关机构事务 basic 基本支出 9",
				"expenditure function /0 合计 total 合计 9 total",
				"expenditure function /0 合计 basic 基本支出 9 total"}, nil},
		{"a label that is drawn too wide", "revenue_expenditure", []string{"收支预算总表", "单位：元"},
			[]string{"1x2 收入|1x4 支出", "2x1 项目名称|2x1 金额|功能分类|1x3 支出用途", "功能科目名称|金额|项目名称|金额", "一、财政拨款|5|一、教育支出|5|一、基本支出|5"},
			[]string{
				"revenue source /0 一、财政拨款 amount 收入/金额 5",
				"expenditure function /0 一、教育支出 amount 支出/功能分类/金额 5",
				"expenditure use /0 一、基本支出 amount 支出/支出用途/金额 5"}, []string{"form.header_straddles"}},
		{"one item bought in two ways", "procurement", []string{"政府采购支出预算表", "单位：元"},
			[]string{"专项名称|采购物品名称|采购组织形式|总计", "物业管理费|||9", "|物业管理服务|分散自行组织|4", "||部门集中采购|5"},
			[]string{
				"expenditure item /0 物业管理费 amount 总计 9",
				"expenditure item /0 物业管理服务 amount 总计 4",
				"expenditure item /0 物业管理服务 amount 总计 5"}, []string{"form.name_from_above"}},
	})
}

// TestBudgetWithoutAmounts has tables that state no amount, and one whose only
// amount is 0: the first are told, the second is a line.
func TestBudgetWithoutAmounts(t *testing.T) {
	captions := []string{"政府性基金预算支出表", "单位：元"}
	head := "科目编码|科目名称|合计|基本支出"
	checkLayouts(t, []layout{
		{"blank rows", "fund_expenditure", captions, []string{head, "|||", "1x2 合计||"}, nil, []string{"form.no_amounts"}},
		{"本表为空表", "fund_expenditure", captions, []string{head, "1x4 本表为空表"}, nil, []string{"form.no_amounts"}},
		{"无", "fund_expenditure", captions, []string{head, "无|无|/|——"}, nil, []string{"form.no_amounts"}},
		{"zero", "fund_expenditure", captions, []string{head, "1x2 合计|0|——"},
			[]string{"expenditure function /0 合计 total 合计 0 total"}, nil},
	})
	r := read(grid("1x2 财政拨款“三公”经费", "合计|公务接待费", "2|2"), "单位：元", "财政拨款“三公”经费支出决算表")
	if r.Title != "财政拨款“三公”经费支出决算表" {
		t.Errorf("title %q: a label of columns is no title", r.Title)
	}
}
