package vocab

import "testing"

func TestKey(t *testing.T) {
	for in, want := range map[string]string{
		"":                "",
		"项目名称":            "项目名称",
		"项 目　名\u00a0称\n":  "项目名称",
		"（万元）":            "(万元)",
		"\ufeff指标\u200b值": "指标值",
		"５０％":             "50%",
		"①":               "1",
		"第 1 页":           "第1页",
		"金额\t单位：\r\n元":    "金额单位:元",
		"a b":             "ab",
		"一般公共预算拨款（补助）\u3000": "一般公共预算拨款(补助)",
	} {
		if got := Key(in); got != want {
			t.Errorf("Key(%q) = %q, want %q", in, got, want)
		}
		if got := Key(want); got != want {
			t.Errorf("Key(%q) = %q: a key must be its own key", want, got)
		}
	}
}

func TestKeyAllocates(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Key("资金支出计划(%)") }); n != 0 {
		t.Errorf("a label that is its own key costs %v allocations", n)
	}
}
