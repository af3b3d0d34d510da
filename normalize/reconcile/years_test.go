package reconcile

import "testing"

func TestYearOnYear(t *testing.T) {
	head := "executed:2023年执行数 total:2024年预算数/合计 basic:2024年预算数/基本支出 project:2024年预算数/项目支出 change_amount:2024年比2023年增减/增减额"
	table := func(head, change string) *builder {
		return build(t).table(generalPublic, 4, head, "205|教育支出|65.00|70.00|70.00||5.00", "20508|培训|65.00|70.00|70.00||"+change,
			"206|科技支出|120.00|100.00||100.00|-20.00", "20601|管理|120.00|100.00||100.00|-20.00", "|合计|185.00|170.00|70.00|100.00|-15.00")
	}
	table(head, "5.00").want("right")
	table(head, "50.00").want("a wrong change", "sum.code error t1r1c4 50000 500000")
	build(t).table(threePublicForm, 4, "budget_amount:上年预算数 budget_amount:本年预算数 change_amount:增减额", "|合计|7.00|6.00|-1.00",
		"|公务用车购置及运行费|5.00|5.00|0.00", "|公务接待费|2.00|1.00|-1.10").want("years in words", "sum.across error t1r2c2 -10000 -11000")
	build(t).table(threePublicForm, 4, "budget_amount:2023年预算数 budget_amount:2024年预算数 change_amount:增减额", "|合计|7.00|6.00|1.00",
		"|公务用车购置及运行费|5.00|5.00|0.00", "|公务接待费|2.00|1.00|1.00").want("changes without their sign are no identity")
	build(t).table(threePublicForm, 4, "budget_amount:2023年预算数 final_amount:2023年决算数 budget_amount:2024年预算数 change_amount:增减额", "|合计|7.00|5.00|6.00|9.00",
		"|公务接待费|7.00|5.00|6.00|9.00").want("two figures of the year before")
	build(t).table(procurementForm, 4, "amount:2023年 amount:2024年 change_amount:增减额", "|甲||1.00|1.00", "|乙|5.00|5.00|0.00", "|丙|2.00|1.00|-1.00", "|丁||3.00|4.00").
		want("a new row", "sum.years error t1r3c1 40000 30000")
}
