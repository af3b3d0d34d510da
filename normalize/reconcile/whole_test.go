package reconcile

import "testing"

// carryingOver has 本年支出合计 990, of which 890 is of the general public
// budget, and money that is carried over.
func carryingOver(t *testing.T, last string) *builder {
	return build(t).table(revenueExpenditure, 4, "<final_amount:收入/决算数 final_amount:支出/决算数", "|一、财政拨款收入|900.00/|一、农林水支出|950.00",
		"|二、其他收入|100.00/|二、住房保障支出|40.00", "|本年收入合计|1000.00/|本年支出合计|990.00", "|年初结转和结余|20.00/|年末结转和结余|30.00", "|总计|1020.00/|总计|"+last)
}

// TestOfWhole has a part whose whole the clause before names.
func TestOfWhole(t *testing.T) {
	tables := func() *builder {
		return carryingOver(t, "1020.00").table(generalPublic, 4, spending, "213|农林水支出|890.00|590.00|300.00", "21303|水利|890.00|590.00|300.00", "|合计|890.00|590.00|300.00")
	}
	tables().say("支出合计|990.00|2024|合计", "基本支出|690.00|2024", "项目支出|300.00|2024").want("of all expenditure")
	tables().say("一般公共预算财政拨款支出|890.00|2024", "基本支出|690.00|2024").want("of the general public budget", "prose.table warning 1000 5900000 6900000")
	tables().say("支出|890.00|2024", "基本支出|690.00|2024").want("of a table with the same total", "prose.table warning 1000 9900000 8900000", "prose.table warning 1000 5900000 6900000")
	b := tables().say("支出合计|990.00|2024|合计").say("基本支出|690.00|2024")
	b.d.Paragraphs[0].Text = "本年支出合计990.00万元，其中："
	b.want("a paragraph of its own")
	tables().say("支出合计|990.00|2024|合计").say("基本支出|690.00|2024").want("another matter", "prose.table warning 1001 5900000 6900000")
	tables().say("基本支出|690.00|2024").want("no whole", "prose.table warning 1000 5900000 6900000")
}

// TestClosing has the totals of everything beside those of the year.
func TestClosing(t *testing.T) {
	carryingOver(t, "1020.00").say("总支出|1020.00|2024", "总收入|1020.00|2024").want("right")
	carryingOver(t, "1020.00").say("总支出|1000.00|2024").want("nearer to the total of the year", "prose.table error 1000 10200000 10000000")
	carryingOver(t, "1020.00").say("支出总计|990.00|2024").want("named carelessly")
	carryingOver(t, "1002.00").say("总支出|1020.00|2024").want("one wrong cell is one finding", "sum.side error t1r4c1 10200000 10020000")
}

// TestExcused has a text that repeats a cell which is wrong.
func TestExcused(t *testing.T) {
	b := build(t).table(expenditureForm, 4, spending, "205|教育支出|50.00|20.00|30.00", "20501|管理|50.00|20.00|30.00", "|合计|59.00|20.00|30.00")
	b.say("支出预算|70.00|2024").want("the cell is reported", "sum.total error t1r2c0 500000 590000")
	b.say("支出预算|50.00|2024").want("the text confirms what was expected", "sum.total error t1r2c0 500000 590000")
}

// TestExplained has a sum that would hold if a cell were what its row says.
func TestExplained(t *testing.T) {
	build(t).table(projectForm, 4, "total:合计 project:项目支出", "|甲|30.00|10.00", "|乙|5.00|5.00", "|丙|6.00|6.00", "|合计|21.00|21.00").
		want("one wrong cell is one finding", "sum.across error t1r0c0 100000 300000")
}
