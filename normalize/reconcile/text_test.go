package reconcile

import (
	"strings"
	"testing"

	"yusuan/normalize/record"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

func withTables(t *testing.T) *builder {
	return build(t).table(generalPublic, 0, spending, "205|教育支出|50,000.00|20,000.00|30,000.00", "20501|教育管理事务|50,000.00|20,000.00|30,000.00",
		"2050101|行政运行|50,000.00|20,000.00|30,000.00", "|合计|50,000.00|20,000.00|30,000.00").
		table(revenueExpenditure, 0, "<budget_amount:收入/预算数 budget_amount:支出/预算数", "|一、财政拨款收入|50,000.00/|一、教育支出|50,000.00", "|收入总计|50,000.00/|支出总计|50,000.00").
		table(threePublicForm, 4, "three_public:三公/合计 official_reception:三公/公务接待费", "||0.83|0.83")
}

func TestProse(t *testing.T) {
	for _, c := range []struct{ amount, want string }{
		{"收入预算|5.00|2024", ""}, {"收入预算|5|", ""}, {"收入预算总计|5.01|2024", "prose.table error 1000 50000.00 50100"},
		{"支出预算|4|2024", "prose.table error 1000 50000.00 40000"},
		{"支出预算|4|2023", ""}, {"收入预算|4|2024|年初预算", ""}, // other versions of the figure
		{"财政拨款收入|5.0|2024", ""}, {"一般公共预算拨款支出预算|6.00|2024", "prose.table error 1000 50000.00 60000"},
		{"教育支出（类）教育管理事务（款）行政运行（项）|5.00|2024", ""},
		{"教育支出（205类）教育管理事务（01款）行政运行（01项）|7.00|2024", "prose.table error 1000 50000.00 70000"},
		{"教育支出（类）普通教育（款）行政运行（项）|7.00|2024", ""}, // no such item
		{"教育（类）支出|7.00|2024", "prose.table error 1000 50000.00 70000"},
		{"基本支出|3.00|2024", "prose.table warning 1000 20000.00 30000"}, {"基本支出|2.00|", ""},
		{"“三公”经费|0.83|2024", ""}, {"公务接待费|0.84|2024", "prose.table info 1000 8300 8400"}, {"公务接待费|0.85|2024", "prose.table error 1000 8300 8500"}, {"国内公务接待费|0.10|2024", ""},
		{"公务用车购置费|3.00|2024", ""}, // no such column
		{"安排支出|1.00|2024", "prose.table warning 1000 50000.00 10000"},
		{"事业收入|3.00|2024", ""},
	} {
		if c.want == "" {
			withTables(t).say(c.amount).want(c.amount)
		} else {
			withTables(t).say(c.amount).want(c.amount, c.want)
		}
	}
}

// TestProseElsewhere has figures of parts of the department.
func TestProseElsewhere(t *testing.T) {
	b := withTables(t).say("局本级收入预算|1.00|2024")
	b.d.Amounts[0].Metric = "收入预算"
	b.want("a part of the department")
	b = withTables(t).say("支出预算|1.00|2024")
	b.d.Paragraphs[0].Section = "项目经费情况说明"
	b.want("below a heading about projects", "prose.table warning 1000 50000.00 10000")
	build(t).say("收入预算|1.00|2024").want("without a table")
}

func TestChanges(t *testing.T) {
	for _, c := range []struct{ name, amounts, want string }{
		{"rate", "甲|1.48|2023，甲|2.63|2024，甲|+77.70%|2024|2023", ""},
		{"rate cut off", "甲|59.11|2023，甲|57.80|2024，甲|-2.21%|2024|2023", ""},
		{"wrong rate", "甲|11.67|2023，甲|45.41|2024，甲|+314.82%|2024|2023", "prose.change error 1000 289.12 314.82"},
		{"wrong direction", "甲|10.00|2023，甲|11.00|2024，甲|-10.00%|2024|2023", "prose.change error 1000 10 -10.00"},
		{"a digit too many", "甲|43269.3|2023，甲|3845.49|2024，甲|+17.62%|2024|2023", "prose.change error 1000 32693000 432693000"},
		{"change and rate", "甲|950|2024，甲|-100|2024|2023，甲|-9.52%|2024|2023", ""},
		{"a wrong digit", "甲|6049.97|2024，甲|-392.92|2024|2023，甲|-5.95%|2024|2023", "prose.change error 1000 3829200 3929200"},
		{"one of two levels fits", "甲|208.80|，甲|198.34|2023，甲|201.50|2024，甲|+5.27%|2024|2023", ""},
		{"base 0", "甲|0|2023，甲|60.13|2024，甲|+100.00%|2024|2023", ""},
		{"another metric", "乙|10|2024，甲|+5.00%|2024|2023", ""},
		{"no base", "甲|10|2024，甲|+5.00%|2024|2023", ""},
		{"the year's own budget", "甲|12|2024，甲|+20.00%|2024|2024", ""},
		{"change in money", "甲|10|2023，甲|12|2024，甲|+2|2024|2023", ""},
		{"wrong change in money", "甲|10.00|2023，甲|12.00|2024，甲|+3.00|2024|2023", "prose.change error 1000 130000 120000"},
		{"risen by more than it is", "甲|0|2024，甲|+14.00|2024|2023", "prose.change error 1000 140000 0"},
		{"sign missing", "甲|950|2024，甲|-100|2024|2023，甲|-9.52?|2024|2023", "prose.unit warning 1000"},
		{"a number that is no rate", "甲|950|2024，甲|-100|2024|2023，甲|-7.00?|2024|2023", ""},
		{"completion", "甲|10210.34||年初预算，甲|9746.50||支出决算，甲|95.45%||完成年初预算的", ""},
		{"wrong completion", "甲|100||年初预算，甲|90||支出决算，甲|95.00%||完成年初预算的", "prose.completion error 1000 90 95.00"},
		{"completion of another version", "甲|100||年初预算，甲|95||全年预算，甲|90||支出决算，甲|94.74%||完成全年预算的", ""},
		{"completion without budget", "甲|90||支出决算，甲|95.00%||完成年初预算的", ""},
		{"shares", "总|100||合计，甲|55||，甲|55.00%||占，乙|45||，乙|45.00%||占", ""},
		{"a wrong share", "总|100||合计，甲|55||，甲|55.00%||占，乙|25||，乙|25.00%||占，丙|20||，丙|30.00%||占", "prose.share error 1000 20 30.00"},
		{"one of two shares of all of it", "总|100||合计，甲|55||，甲|65.00%||占，乙|45||，乙|45.00%||占", "prose.share error 1000 55 65.00"},
		{"one of two shares of some of it", "总|100||合计，甲|55||，甲|65.00%||占，乙|25||，乙|25.00%||占", "prose.share warning 1000 55 65.00"},
		{"the nearer of two wholes", "收|100||合计，甲|55||，甲|55.00%||占，支|80||合计，乙|20||，乙|35.00%||占，丙|60||，丙|75.00%||占", "prose.share error 1000 25 35.00"},
		{"two wholes", "收|100||合计，甲|55||，甲|55.00%||占，支|80||合计，乙|20||，乙|25.00%||占", ""},
		{"a share alone", "总|100||合计，甲|55||，甲|65.00%||占", ""},
		{"shares of something else", "总|100||合计，甲|55||，甲|90.00%||占，乙|45||，乙|10.00%||占", ""},
	} {
		b := build(t).say(strings.Split(c.amounts, "，")...)
		if c.want == "" {
			b.want(c.name)
		} else {
			b.want(c.name, c.want)
		}
	}
}

// TestOwnYear has a budget that is compared with itself.
func TestOwnYear(t *testing.T) {
	say := func(kind string) *builder {
		b := build(t).say("甲|10|2024", "甲|+2|2024|2024")
		b.d.Amounts[1].Text = "比2024年预算增加2万元"
		b.d.Identity.Kind = kind
		return b
	}
	say(record.KindBudget).want("budget", "prose.base_period error 1000 2023 2024")
	say(record.KindFinalAccount).want("an account is compared with its budget")
}

func TestProcurement(t *testing.T) {
	const good, better = "丁|椅子|2|1.00|2.00|30.00", "丁|桌子|2|2.00|4.00|30.00"
	build(t).buy("甲|打印|12|2.33|28.00|30.00").want("rounding of the unit price counts for each unit", "procurement.price info t1r0c4 279600 280000")
	build(t).buy("甲|打印|12|2.30|28.00|30.00", good, better).want("more than rounding", "procurement.price error t1r0c4 276000 280000")
	build(t).buy("甲|家具|40|320.00|1.28|30.00", "甲|家具|4|320.00|0.13|30.00").want("unit prices in another unit",
		"procurement.price warning t1r0c4 128000000 12800", "procurement.price warning t1r1c4 12800000 1300")
	build(t).buy("甲|家具|40|3.20|3.20|30.00", good, better).want("the unit price again", "procurement.price error t1r0c4 1280000 32000")
	build(t).buy("甲|家具|4|2.00|8.00|30.00", "甲|家具|4||8.00|30.00", "甲|家具||2.00|8.00|30.00").want("blank is not checkable")
	build(t).buy("甲|家具|4|2.00|8.00|10.00", "甲|电脑|1|3.00|3.00|10.00").want("more than the budget", "procurement.budget warning t1r0 110000 100000")
}

func TestProjects(t *testing.T) {
	project := func(funds ...string) *builder {
		b := build(t)
		var n []record.Decimal
		for _, f := range append(funds, make([]string, 6-len(funds))...) {
			n = append(n, b.number(f))
		}
		b.d.Projects = []record.Project{{Origin: record.Origin{Block: 5, Table: 2, Row: -1, Col: -1}, Number: 1, Name: "甲",
			Total: n[0], Fiscal: n[1], Other: n[2], Carryover: n[3], YearTotal: n[4], YearFiscal: n[5]}}
		return b
	}
	project("100", "60", "40", "", "80", "80").want("right")
	project("100", "", "", "", "80", "").want("blank")
	project("100", "60", "20", "", "", "").d.Projects[0].Total = record.Int(100)
	project("900000", "600000", "200000").want("sum", "project.funds error t2 800000 900000")
	project("100", "", "", "", "80", "90").want("a part larger than its whole", "project.funds error t2 80 90")
	project("100", "", "", "", "180", "").want("a part larger than its whole", "project.funds error t2 100 180")

	plan := func(percent ...string) *builder {
		b := project("100")
		for i, p := range percent {
			b.d.Projects[0].SpendingPlan = append(b.d.Projects[0].SpendingPlan, record.PlanStep{ThroughMonth: 3 * (i + 1), Percent: b.number(p)})
		}
		return b
	}
	plan("", "50", "50", "100").want("right")
	plan("25", "25", "25", "25").want("shares of the year")
	plan("", "", "", "").want("blank")
	plan("50", "40", "90", "100").want("falls", "project.plan error t2 100 100")
	plan("50", "60", "70", "80").want("ends early", "project.plan error t2 100 80")
}

func TestProjectSum(t *testing.T) {
	forms := func(count string) *builder {
		b := build(t).say("编报绩效目标的项目|"+count+"个|2024", "涉及项目预算资金|30.00|2024")
		b.d.Projects = []record.Project{{Name: "甲", Total: b.number("200000")}, {Name: "乙", Total: b.number("123200")}}
		return b
	}
	forms("2").want("two forms", "prose.projects error 1000 323200 300000")
	forms("3").want("not all forms are there")
}

func TestProjectNames(t *testing.T) {
	b := build(t).buy("甲|家具|||1.00|", "乙|家具|||1.00|", "丙|家具|||1.00|")
	b.want("no forms at all")
	b.d.Projects = []record.Project{{Name: "甲"}}
	b.d.Procurement[1].ProjectCode = "2" // linked by likeness
	b.want("one of three is missing", "project.missing warning t1r2")
	b.d.Procurement[1].ProjectCode = ""
	b.want("most are missing")
	b = build(t).table(projectForm, 4, "amount:金额", "|甲|1.00", "|乙|2.00", "|丙|3.00", "|合计|6.00")
	b.d.Projects = []record.Project{{Name: "甲"}, {Name: "丙"}}
	b.want("of the table of project expenditure", "project.missing warning t1r1c0")
	b = build(t).buy("甲|家具|1|1.00|1.00|5.00")
	b.d.Projects = []record.Project{{Name: "甲", Total: record.Int(60000)}}
	b.want("two budgets of one project", "cross.table error t1r0 60000 50000")
}

func TestGrades(t *testing.T) {
	build(t).grade("率|优|ge|95", "率|良|ge|85", "率|差|lt|85").want("right")
	build(t).grade("率|优|le|2", "率|良|le|5", "率|差|gt|5").want("less is better")
	build(t).grade("率|优|ge|95", "率|良|ge|96").want("wrong order", "indicator.grades error t1r1c3 95 96")
	build(t).grade("率|优|ge|95", "率|差|lt|96").want("overlap", "indicator.grades error t1r1c3 95 96")
	build(t).grade("率|优|ge|95", "率|差|le|95").want("both", "indicator.grades error t1r1c3 95 95")
	build(t).grade("率|优|ge|85", "率|差|lt|70").want("gap", "indicator.grades warning t1r1c3 85 70")
	build(t).grade("率|优|gt|85", "率|差|lt|85").want("the threshold itself", "indicator.grades warning t1r1c3 85 85")
	build(t).grade("率|优|ge|85", "量|差|lt|70", "量||ge|5").want("two indicators")
}
