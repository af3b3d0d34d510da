package reconcile

import "testing"

// ofWhichTable has a row that begins with 其中, and one below it without label.
func ofWhichTable(t *testing.T, other, special, education string) *builder {
	return build(t).table(revenueExpenditure, 4, "<amount:收入/金额 amount:支出/金额", "|一、财政拨款收入|900/|一、农林水支出|960", "|其中：专项收入|"+special+"/|二、住房保障支出|40",
		"|教育费附加|"+education+"/||", "|二、其他收入|"+other+"/||", "|本年收入合计|1000/|本年支出合计|1000", "|收入总计|1000/|支出总计|1000")
}

// TestOfWhich has rows that are parts of the row above and no part of the sum.
func TestOfWhich(t *testing.T) {
	ofWhichTable(t, "100", "50", "30").want("right")
	ofWhichTable(t, "150", "50", "30").want("a wrong item", "sum.side error t1r4c0 10500000 10000000")
	ofWhichTable(t, "100", "950", "30").want("a part larger than its whole", "sum.side error t1r0c0 9500000 9000000")
	build(t).table(revenueExpenditure, 4, "<amount:收入/金额", "|一、财政拨款收入|900", "|其中：一般公共预算拨款|800", "|政府性基金预算拨款|200", "|收入总计|900").
		want("two budgets larger than their whole", "sum.side error t1r0c0 10000000 9000000")
	build(t).table(revenueExpenditure, 4, "<amount:收入/金额", "|一、财政拨款收入|900", "|本年收入合计|900", "|上年结转|50", "|其中：一般公共预算结转|50", "|收入总计|950").want("parts of what was carried over")
}

// TestOpen has a row of unknown place: a sum that does not hold is not
// reported, but the table is not verified by two others.
func TestOpen(t *testing.T) {
	rows := []string{"|一、财政拨款收入|900/|一、农林水支出|1000", "|其中：专项收入|50/||", "|基金收入|950/||", "|本年收入合计|1000/|本年支出合计|1000", "|收入总计|1000/|支出总计|1000"}
	b := build(t).table(revenueExpenditure, 4, "<amount:收入/金额 amount:支出/金额", rows...)
	b.want("unknown place")
	if r := Check(b.d); !r.Verified[1] || r.Passed == 0 {
		t.Errorf("three sums less one: %v", r.Verified)
	}
	rows = []string{rows[0], rows[1], rows[2], "|收入总计|1000/|支出总计|1000"}
	if r := Check(build(t).table(revenueExpenditure, 4, "<amount:收入/金额 amount:支出/金额", rows...).d); r.Verified[1] {
		t.Error("verified in spite of a sum that does not hold")
	}
}

// TestConfirmed blames the cell that no other identity confirms.
func TestConfirmed(t *testing.T) {
	head := "<amount:收入/金额 amount:支出/金额"
	build(t).table(revenueExpenditure, 4, head, "|一、财政拨款收入|90/|一、农林水支出|100", "|本年收入合计|80/|本年支出合计|100", "|上年结转|10/||", "|收入总计|100/|支出总计|100").
		want("both sums fail at the total of the year", "sum.side error t1r1c0 900000 800000")
	build(t).table(revenueExpenditure, 4, head, "|一、财政拨款收入|90/|一、农林水支出|100", "|上年结转|20/||", "|收入总计|100/|支出总计|100").
		want("neither item is confirmed", "sum.side error t1r2c0 1100000 1000000")
}
