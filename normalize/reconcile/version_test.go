package reconcile

import (
	"testing"

	"yusuan/normalize/record"
)

func TestVersionOf(t *testing.T) {
	for metric, want := range map[string][2]string{
		"“三公”经费支出预算": {"“三公”经费支出", "budget"}, "公务接待费年初预算数": {"公务接待费", "budget"}, "会议费支出决算": {"会议费支出", "account"},
		"一般公共预算": {"一般公共预算", ""}, "支出": {"支出", ""}, "预算": {"预算", ""}, "政府性基金预算": {"政府性基金预算", ""},
	} {
		stem, version := versionOf(metric)
		if s, _ := versionOf(want[0]); stem != s || version != want[1] {
			t.Errorf("%s: %s %s", metric, stem, version)
		}
	}
}

// account makes a final account with the table of 三公 in both versions.
func account(t *testing.T) *builder {
	b := build(t).table(threePublicForm, 4, "three_public/budget_amount:预算数/合计 official_reception/budget_amount:预算数/接待 vehicle_operation/budget_amount:预算数/运行 three_public/final_amount:决算数/合计 official_reception/final_amount:决算数/接待 vehicle_operation/final_amount:决算数/运行",
		"||20.00|4.00|16.00|17.20|2.20|15.00")
	b.d.Identity.Kind = record.KindFinalAccount
	return b
}

// TestPlanned holds the budget that final accounts state against the budget
// alone.
func TestPlanned(t *testing.T) {
	account(t).say("“三公”经费支出预算|20|2024", "“三公”经费支出|17.20|2024|支出决算", "公务接待费年初预算|4.00|", "“三公”经费支出|86%||完成预算的").want("right")
	account(t).say("“三公”经费支出预算|30|2024", "“三公”经费支出|17.20|2024|支出决算").want("wrong budget", "prose.table error 1000 200000 300000")
	account(t).say("“三公”经费支出|18.20|2024|支出决算").want("wrong account", "prose.table error 1000 172000 182000")
	account(t).say("“三公”经费年初预算|25|2024").want("the budget of the year's beginning is in no table")
	b := build(t).table(threePublicForm, 4, "three_public:三公/合计", "||17.20")
	b.d.Identity.Kind = record.KindFinalAccount
	b.say("“三公”经费支出预算|20|2024", "支出预算|999|2024").want("no table has the budget")
	b = build(t).table(threePublicForm, 4, "budget_amount:预算数 final_amount:决算数", "|公务接待费|4.00|2.20", "|因公出国费|1.00|1.00")
	b.d.Identity.Kind = record.KindFinalAccount
	b.say("公务接待费预算|2.20|2024").want("items in rows", "prose.table error 1000 40000 22000")
}

// TestCompletionOfMetric has the version at the end of the metric.
func TestCompletionOfMetric(t *testing.T) {
	build(t).say("甲支出预算|8.00|", "甲支出|6.00||支出决算", "甲支出|75%||完成预算的").want("right")
	build(t).say("甲支出预算|8.00|", "甲支出|6.00||支出决算", "甲支出|85%||完成预算的").want("wrong", "prose.completion error 1000 75 85")
	build(t).say("甲预算|8.00|", "甲支出决算|6.00|", "甲支出决算|85%||完成预算的").want("wrong", "prose.completion error 1000 75 85")
	build(t).say("甲预算|8.00|2023", "甲支出决算|6.00|2024", "甲支出决算|85%|2024|完成预算的").want("the budget of another year")
	build(t).say("甲年初预算|8.00|", "甲支出决算|6.00|", "甲支出决算|85%||完成全年预算的").want("another version")
	build(t).say("一般公共预算|8.00|", "一般公共预算|6.00||支出决算", "一般公共预算|85%||完成预算的").want("the name of a budget")
}
