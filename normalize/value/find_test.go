package value

import "testing"

func TestMoneyUnit(t *testing.T) {
	for _, c := range []struct {
		in, raw string
		exp     int
		ok      bool
	}{
		{"单位：万元", "万元", 4, true},
		{"金额单位：元", "元", 0, true},
		{"价值（金额单位：万元）", "万元", 4, true},
		{"单 位 ： 万 元", "万元", 4, true},
		{"单位:千元", "千元", 3, true},
		{"单位：百元", "百元", 2, true},
		{"单位：亿元", "亿元", 8, true},
		{"计量单位：台、金额单位：万元", "万元", 4, true},
		{"单位：万元、%", "万元", 4, true},
		{"年度预算数（万元）", "万元", 4, true},
		{"项目资金(元)", "元", 0, true},
		{"单位：人民币万元", "万元", 4, true},
		{"万元", "万元", 4, true},
		{"编制单位：某市财政局", "", 0, false},
		{"单位：元氏县财政局", "", 0, false},
		{"预算收入100万元", "", 0, false},
		{"单位：台", "", 0, false},
		{"", "", 0, false},
	} {
		raw, exp, ok := MoneyUnit(c.in)
		if raw != c.raw || exp != c.exp || ok != c.ok {
			t.Errorf("MoneyUnit(%q) = %q, %d, %v; want %q, %d, %v", c.in, raw, exp, ok, c.raw, c.exp, c.ok)
		}
	}
}
