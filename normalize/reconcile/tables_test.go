package reconcile

import (
	"reflect"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

const spending = "total:支出/合计 basic:支出/基本支出 project:支出/项目支出"

func TestCodes(t *testing.T) {
	right := []string{"201|一般公共服务支出|7.00|4.00|3.00", "20105|统计|7.00|4.00|3.00", "2010506|统计管理|5.00|4.00|1.00",
		"2010507|普查|2.00||2.00", "205|教育支出|3.00|3.00|0.00", "|合计|10.00|7.00|3.00"}
	build(t).table(expenditureForm, 4, spending, right...).want("right")

	wrong := append([]string(nil), right...)
	wrong[2] = "2010506|统计管理|5.00|4.00|9.00"
	build(t).table(expenditureForm, 4, spending, wrong...).want("a cell that its row and its column contradict", "sum.code error t1r2c2 10000 90000")

	wrong = append([]string(nil), right...)
	wrong[5] = "|合计|10.00|7.00|30.00"
	build(t).table(expenditureForm, 4, spending, wrong...).want("a total", "sum.total error t1r5c2 30000 300000")

	one := "amount:金额"
	build(t).table(expenditureForm, 4, one, "301|甲|3.01", "30101|乙|1.00", "30102|丙|2.00", "|合计|3.01").want("half a unit for each figure is rounding",
		"sum.code info t1r0c0 30000 30100")
	build(t).table(expenditureForm, 4, one, "301|甲|3.02", "30101|乙|1.00", "30102|丙|2.00", "302|丁|1.00", "30201|戊|1.00", "|合计|4.02").want("more is not",
		"sum.code error t1r0c0 30000 30200")
	build(t).table(expenditureForm, 0, one, "301|甲|3000.34", "30101|乙|1000", "30102|丙|2000", "|合计|3000.34").want("cents are cut off")
	build(t).table(expenditureForm, 4, one, "301|甲|9.00", "30101|乙|1.00", "302|丙|9.00", "30201|丁|2.00", "|合计|18.00").want("a table of some of the items",
		"sum.code warning t1r0c0 10000 90000", "sum.code warning t1r2c0 20000 90000")
	build(t).table(expenditureForm, 4, one, "301|甲|9.00", "30101|乙|1.00", "301|甲|9.00", "|合计|1.00").want("a code twice")
	build(t).table(expenditureForm, 4, one, "301|甲|9.00", "|某单位|4.00", "302|乙|1.00", "30201|丙|1.00", "|合计|14.00").want("an amount without code")
	build(t).table(expenditureForm, 4, one, "|合计|5.00").want("nothing to check")
}

// TestCostTotals has the totals of 人员经费 and 公用经费 apart, in two blocks.
func TestCostTotals(t *testing.T) {
	rows := func(personnel string) []string {
		return []string{"301|工资|5.00/302|商品和服务|4.00", "30101|基本工资|5.00/30201|办公费|1.00", "303|补助|1.00/30202|印刷费|3.00",
			"30301|离休费|1.00/310|资本性支出|2.00", "|人员经费合计|" + personnel + "/|公用经费合计|6.00"}
	}
	head := "final_amount:决算数 final_amount:决算数"
	build(t).table(generalPublicBasic, 4, head, rows("6.00")...).want("right")
	build(t).table(generalPublicBasic, 4, head, rows("5.00")...).want("wrong", "sum.total error t1r4c0 60000 50000")
}

func TestSides(t *testing.T) {
	head := "<amount:收入/金额 amount:支出/金额"
	rows := func(carried, total string) []string {
		return []string{"|一、财政拨款收入|5.00/|一、教育支出|4.00", "|1. 一般公共预算|3.00/|二、农林水支出|3.00", "|2. 政府性基金预算|2.00/||", "|二、事业收入|1.00/||",
			"|本年收入合计|6.00/|本年支出合计|7.00", "|上年结转|" + carried + "/|结转下年|", "|收入总计|" + total + "/|支出总计|7.00"}
	}
	build(t).table(revenueExpenditure, 4, head, rows("1.00", "7.00")...).want("right")
	build(t).table(revenueExpenditure, 4, head, rows("1.00", "9.00")...).want("a wrong total breaks its sum and the balance", "sum.side error t1r6c0 70000 90000")
	build(t).table(revenueExpenditure, 4, head, rows("2.00", "8.00")...).want("revenue is not expenditure", "balance.sides error t1r6c1 80000 70000")
	build(t).table(revenueExpenditure, 4, head, "|一、财政拨款收入|5.00/|一、教育支出|5.00", "|1. 一般公共预算|3.00/||", "|2. 政府性基金预算|1.00/||", "|收入总计|5.00/|支出总计|5.00").
		want("three budgets are 财政拨款", "sum.side error t1r0c0 40000 50000")
	build(t).table(revenueExpenditure, 4, head, "|一、事业收入|5.00/|一、教育支出|5.00", "|1. 教育收费|6.00/||", "|收入总计|5.00/|支出总计|5.00").
		want("a part larger than its whole", "sum.side error t1r0c0 60000 50000")
	build(t).table(revenueExpenditure, 4, head, "|一、本年收入|5.00/|一、本年支出|5.00", "|一、财政拨款收入|5.00/|一、教育支出|5.00", "|收入总计|5.00/|支出总计|5.00").
		want("labels that begin anew")
	build(t).table(revenueExpenditure, 4, head, "|一、财政拨款收入|5.00/|教育支出|2.00", "|收入总计|9.00/|支出总计|9.00").want("an item without label leaves the sum open; what the balance confirms is right",
		"sum.side error t1r0c0 90000 50000")
}

func TestAcross(t *testing.T) {
	head := "total:合计 basic:基本支出 project:项目支出"
	build(t).table(expenditureForm, 4, head, "||30.00|20.00|10.00").want("one row, by law")
	build(t).table(expenditureForm, 4, head, "||31.00|20.00|10.00").want("one row, by law", "sum.across error t1r0c0 300000 310000")
	funds := "total:总计 general_public_budget:一般公共预算 government_fund:政府性基金 business_income:事业收入 other_income:其他收入"
	build(t).table(revenueForm, 4, funds, "||1000.00|900.00|0.00|50.00|50.00").want("收入总表 since 2021, by law")
	build(t).table(revenueForm, 4, funds, "||1050.00|900.00|0.00|50.00|50.00").want("收入总表 since 2021, by law", "sum.across error t1r0c0 10000000 10500000")
	build(t).table(expenditureForm, 4, head, "||30.02|20.00|10.00").want("more than rounding", "sum.across error t1r0c0 300000 300200")
	build(t).table(expenditureForm, 4, head, "||30.01|20.00|10.00").want("rounding", "sum.across info t1r0c0 300000 300100")
	build(t).table(expenditureForm, 4, "total:合计 :上年预算 :本年", "||9.00|5.00|6.00", "||9.00|5.00|5.00").want("columns of which nobody says that they add up")
	build(t).table(expenditureForm, 4, "total:合计 :甲 :乙", "|子|9.00|5.00|4.00", "|丑|8.00|5.00|3.00", "|寅|9.00|5.00|5.00", "|卯|2.00|1.00|1.00").
		want("columns whose rows say it", "sum.across error t1r2c0 100000 90000")

	three := "three_public:三公/合计 overseas_travel:三公/出国 official_reception:三公/接待 vehicles:三公/用车/小计 vehicle_purchase:三公/用车/购置 vehicle_operation:三公/用车/运行 operating_funds:机关运行经费"
	build(t).table(threePublicForm, 4, three, "||10.00|1.00|2.00|7.00|3.00|4.00|99.00").want("三公")
	build(t).table(threePublicForm, 4, three, "||10.00|1.00|2.00|8.00|3.00|4.00|99.00").want("a wrong 小计 breaks both sums", "sum.across error t1r0c3 70000 80000")
	build(t).table(threePublicForm, 4, "budget_amount:预算数", "|合计|9.00", "|因公出国(境)费|1.00", "|公务接待费|2.00", "|公务用车购置及运行费|5.00", "|其中:公务用车运行费|5.00").
		want("三公 in rows", "sum.across error t1r0c0 80000 90000")
	final := "total/budget_amount:合计/预算数 total/final_amount:合计/决算数 official_reception/budget_amount:公务接待费/预算数 official_reception/final_amount:公务接待费/决算数"
	build(t).table(threePublicForm, 4, final, "||2.00|1.00|2.00|1.00").want("预算数 and 决算数 are no parts of each other")
}

func TestSlip(t *testing.T) {
	b := build(t).table(procurementForm, 4, "amount:总计 fiscal_total:资金/合计 general_public:资金/拨款", "|甲|10.00|1000|10.00", "|乙|5.00|5.00|5.00", "|丙|6.00|6.00|6.00", "|合计|21.00|21.00|21.00")
	b.want("1000 for 10.00", "sum.across error t1r0c1 100000 10000000")
	if m := Check(b.d).Findings[0].Message; !contains(m, "10^2") {
		t.Errorf("no slip in %q", m)
	}
}

func TestLists(t *testing.T) {
	head := "amount:金额"
	build(t).table(procurementForm, 4, head, "|合计|9.00", "|甲局小计|5.00", "|电脑|2.00", "|打印机|3.00", "|乙局小计|4.00", "|家具|4.00").want("right")
	build(t).table(procurementForm, 4, head, "|合计|9.00", "|甲局小计|5.00", "|电脑|2.00", "|打印机|4.00", "|乙局小计|4.00", "|家具|4.00").want("wrong",
		"sum.total error t1r1c0 60000 50000")
	build(t).table(procurementForm, 4, head, "|合计|9.00", "|一、货物A|5.00", "|设备购置|5.00", "|电脑|5.00", "|二、服务C|4.00").want("two levels below a heading")
	build(t).table(projectForm, 4, head, "|合计|9.00", "|甲|4.00", "|乙|4.00").want("one sum alone may be of a list of some", "sum.total warning t1r0c0 80000 90000")
}

func TestCrossTables(t *testing.T) {
	sides := func(b *builder, spent string) *builder {
		return b.table(revenueExpenditure, 0, "<budget_amount:收入/预算数 budget_amount:支出/预算数", "|一、财政拨款收入|50,000.00/|一、教育支出|"+spent, "|收入总计|50,000.00/|支出总计|"+spent)
	}
	spend := func(b *builder, amount string) *builder {
		return b.table(expenditureForm, 4, "total:合计", "205|教育支出|"+amount, "20501|管理|"+amount, "|合计|"+amount)
	}
	spend(sides(build(t), "50,000.00"), "5.00").want("right, in two units")
	spend(sides(build(t), "50,000.00"), "4.00").want("total and class differ", "cross.table error t1r0c1 40000 50000.00", "cross.table error t2r2c0 50000.00 40000")
	build(t).table(expenditureForm, 4, spending, "205|教育支出|5.00|2.00|3.00", "20501|管理|5.00|2.00|3.00").
		table(generalPublic, 4, spending, "205|教育支出|6.00|2.00|4.00", "20501|管理|6.00|2.00|4.00").
		want("a part larger than its whole", "cross.part error t1r0c0 60000 50000", "cross.part error t1r0c2 40000 30000",
			"cross.part error t1r1c0 60000 50000", "cross.part error t1r1c2 40000 30000")
	build(t).table(generalPublic, 4, spending, "205|教育支出|5.00|2.00|3.00", "20501|管理|5.00|2.00|3.00", "|合计|5.00|2.00|3.00").
		table(generalPublicBasic, 4, "final_amount:决算数 final_amount:决算数", "301|工资|1.00/302|商品|2.00", "|人员经费合计|1.00/|公用经费合计|2.00").
		want("基本支出 in two parts", "cross.table error t1r2c1 30000 20000")
	build(t).table(generalPublicBasic, 0, "total:合计", "302|商品|9,000.00", "30217|公务接待费|9,000.00").
		table(threePublicForm, 4, "three_public:三公/合计 official_reception:三公/公务接待费", "||0.80|0.80").
		want("三公 of basic expenditure", "cross.part error t2r0c1 9000.00 8000")
	build(t).table(revenueExpenditure, 4, "final_amount:支出/决算数", "|一、教育支出|5.00", "|本年支出合计|5.00", "|年末结转和结余|1.00", "|其中：项目支出结转|1.00", "|总计|6.00").
		table(expenditureForm, 4, spending, "205|教育支出|5.00|2.00|3.00", "20501|管理|5.00|2.00|3.00", "|合计|5.00|2.00|3.00").want("what is carried over of 项目支出 is not 项目支出")
	spend(spend(sides(build(t), "50,000.00"), "4.00"), "1.00").want("two tables of one form are of two units")
}

// TestVerified wants two independent identities, none of them about zeros.
func TestVerified(t *testing.T) {
	three := "three_public:三公/合计 overseas_travel:三公/出国 official_reception:三公/接待 vehicles:三公/用车/小计 vehicle_purchase:三公/用车/购置 vehicle_operation:三公/用车/运行"
	for row, want := range map[string]bool{
		"||10.00|1.00|2.00|7.00|3.00|4.00": true,
		"||7|1|3|3|4|5":                    false, // 7 = 1 + 3 + 3 in an index row
		"||3.00|1.00|2.00|0.00|0.00|0.00":  false,
	} {
		r := Check(build(t).table(threePublicForm, 4, three, row).d)
		if r.Verified[1] != want {
			t.Errorf("%s: verified %v", row, r.Verified[1])
		}
	}
}

// TestDoubt says nothing of tables with amounts left out, and warns of tables
// that were guessed at.
func TestDoubt(t *testing.T) {
	for code, want := range map[string]string{"form.row_short": "", "pdf.borderless_table": "sum.across warning t1r0c0 300000 310000"} {
		b := build(t).table(expenditureForm, 4, "total:合计 basic:基本支出 project:项目支出", "||31.00|20.00|10.00")
		b.d.Notes = []record.Note{{Origin: record.Origin{Block: 1, Table: 1, Row: 3}, Code: code}}
		if want == "" {
			b.want(code)
		} else {
			b.want(code, want)
		}
	}
}

// TestDropped has sums that fail where amounts are missing: nothing is said,
// but they do not verify the table.
func TestDropped(t *testing.T) {
	rows := []string{"|一、财政拨款收入|5.00/|一、教育支出|7.00", "|收入总计|6.00/|支出总计|7.00", "|收入总计|6.00/|支出总计|7.00"}
	b := build(t).table(revenueExpenditure, 4, "<amount:收入/金额 amount:支出/金额", rows...)
	b.d.Notes = []record.Note{{Origin: record.Origin{Block: 1, Table: 1, Row: 3}, Code: "form.row_short"}}
	b.want("incomplete")
	if r := Check(b.d); r.Verified[1] || r.Passed != 3 {
		t.Errorf("verified %v, %d passed", r.Verified[1], r.Passed)
	}
}

// TestPure finds the records unchanged.
func TestPure(t *testing.T) {
	make := func() *record.Disclosure {
		return build(t).table(expenditureForm, 4, spending, "205|教育支出|5.00|2.00|4.00", "20501|管理|5.00|2.00|3.00", "|合计|5.00|2.00|3.00").
			say("支出预算|6.00|2024", "支出预算|+5.00%|2024|2023").buy("甲|电脑|2|1.00|3.00|9.00").grade("率|优|ge|90", "率|差|lt|80").d
	}
	d := make()
	if r := Check(d); len(r.Findings) < 3 {
		t.Errorf("%d findings", len(r.Findings))
	}
	if !reflect.DeepEqual(d, make()) {
		t.Error("the records have changed")
	}
}

func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.ID == "" || r.Identity == "" || seen[r.ID] || r.Severity != record.SeverityError && r.Severity != record.SeverityWarning {
			t.Errorf("%+v", r)
		}
		seen[r.ID] = true
	}
}

// TestOutline has a list whose names are indented, with a second use of one
// project, and two rows that share a merged name.
func TestOutline(t *testing.T) {
	list := func(server string) *builder {
		b := build(t).table(procurementForm, 4, "amount:金额", "|合计|9.00", "|货物A|9.00", "|信息化+设备购置|6.00", "|服务器|"+server, "|存储|1.00", "|维修费|3.00", "|维护|1.00", "|维护|2.00")
		for row, col := range []int{0, 0, 1, 3, 3, 2, 3} {
			span := 1
			if row == 6 {
				span = 2
			}
			name, _, _ := strings.Cut(b.d.BudgetLines[row].Name, "+")
			b.d.Cells = append(b.d.Cells, record.Cell{Origin: record.Origin{Block: 1, Table: 1, Row: row, Col: col}, RowSpan: span, Text: name})
		}
		b.d.Cells = append(b.d.Cells, record.Cell{Origin: record.Origin{Block: 1, Table: 1, Row: 4, Col: 4}, RowSpan: 1, Text: "自行采购"})
		for i := range b.d.BudgetLines {
			b.d.BudgetLines[i].Col = 5
			b.d.BudgetLines[i].Name = strings.ReplaceAll(b.d.BudgetLines[i].Name, "+", "/")
		}
		return b
	}
	list("5.00").want("right")
	list("4.00").want("wrong", "sum.total error t1r2c5 50000 60000")
	b := list("4.00")
	b.d.Cells = append(b.d.Cells, record.Cell{Origin: record.Origin{Block: 1, Table: 1, Row: 8, Col: 5}, RowSpan: 1, Text: "1.00", Number: record.Int(1)})
	b.want("an amount that is in no line")
}

// TestTwins blames the one of two cells whose twin in another table differs.
func TestTwins(t *testing.T) {
	rows := func(a string) []string {
		return []string{"205|教育支出|3.00", "20501|甲|" + a, "20502|乙|2.00", "206|科学支出|1.00", "20601|丙|1.00", "|合计|4.00"}
	}
	build(t).table(fiscalExpenditure, 4, "amount:金额", rows("1.00")...).table(generalPublic, 4, "amount:金额", rows("4.00")...).
		want("a cell that breaks its sum and differs from its twin", "sum.code error t2r1c0 10000 40000")
	build(t).table(revenueForm, 4, "total:合计", "205|教育支出|3.00", "20501|甲|3.00").table(expenditureForm, 4, "total:合计", "205|教育支出|4.00", "20501|甲|4.00").
		want("to differ is no error")
}
