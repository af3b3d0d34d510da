package form

import (
	"fmt"
	"testing"
)

// TestSameOrder reads tables whose rows bring more than one note, again and
// again: notes and records come in the order of the columns every time, never
// in that of a Go map, so that the same document gives the same bytes.
func TestSameOrder(t *testing.T) {
	tables := map[string][]string{
		"政府采购预算表":  {"项目名称|采购内容|数量|单价|采购预算金额|其中：财政拨款", "甲|纸|若干|约3|待定|见附件", "乙|笔|若干|约3|待定|见附件"},
		"机构设置情况":   {"单位名称|单位性质|单位规格|经费保障形式", "甲校|事业|科级|全额", "乙校|事业|科级|全额"},
		"固定资产占用情况": {"资产名称|数量|价值", "房屋|若干|待定", "车辆|若干|待定"},
	}
	const rounds = 50
	for caption, rows := range tables {
		want := ""
		for range rounds {
			r := read(grid(rows...), caption, "单位：万元")
			got := fmt.Sprint(r.Notes, r.Procurement, r.Organizations, r.Assets)
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatalf("%s\n now %s\nonce %s", caption, got, want)
			}
		}
		if r := read(grid(rows...), caption, "单位：万元"); len(r.Procurement)+len(r.Organizations)+len(r.Assets) != 2 {
			t.Errorf("%s: not all was read: %s", caption, want)
		}
	}
}
