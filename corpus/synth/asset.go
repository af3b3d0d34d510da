package synth

import (
	"strings"

	"yusuan/normalize/record"
)

// assets writes the section 国有资产信息 with the table of fixed assets.
func (d *draft) assets() {
	rows := []struct {
		label, item, unitRaw, unit string
		count                      int
	}{
		{"房屋（平方米）", "房屋", "平方米", "m2", d.r.between(300, 20_000)},
		{"车辆（台、辆）", "车辆", "台、辆", "{count}", d.r.between(1, 30)},
		{"单价在50万元以上的设备", "单价在50万元以上的设备", "", "", d.r.between(1, 12)},
		{"其他固定资产", "其他固定资产", "", "", 0},
	}
	style := d.drawStyle()
	var total money
	worth := make([]money, len(rows))
	for i := range rows {
		worth[i] = money(d.r.between(1_000, 400_000))
		total += worth[i]
	}
	d.assetSentence(total)
	t := &table{cols: 3}
	title := d.dept.place + "直部门固定资产占用情况表"
	if d.r.chance(0.5) {
		t.row([]int{3}, title)
	} else {
		d.add(&paragraph{text: title, center: true})
	}
	t.row([]int{1, 2}, "编制部门："+d.dept.name+"     ", d.fill("截止时间：{旧}年12月31日  "))
	worthLabel := pick(d.r, []string{"价值（金额单位：#）", "价值（金额单位：#）", "价值（#）"})
	t.row(ones(3), pick(d.r, []string{"项   目", "项目", "项　目"}), "数量", strings.Replace(worthLabel, "#", style.unit(), 1))
	t.header = len(t.rows)
	date := d.fill("{旧}") + "-12-31"
	t.row(ones(3), "资产总额", "——", style.cell(total))
	d.truth.Assets = append(d.truth.Assets, record.Asset{RowType: "total", Item: "资产总额", Worth: total.yuan(), AsOf: date})
	for i, row := range rows {
		a := record.Asset{RowType: "item", Item: row.item, UnitRaw: row.unitRaw, Unit: row.unit, Worth: worth[i].yuan(), AsOf: date}
		count := "——"
		if row.count > 0 {
			a.Quantity = record.Int(int64(row.count))
			count = a.Quantity.String()
		}
		t.row(ones(3), string(rune('1'+i))+"、"+row.label, count, style.cell(worth[i]))
		d.truth.Assets = append(d.truth.Assets, a)
	}
	d.addTable(t)
}

func (d *draft) assetSentence(total money) {
	s := &sentence{}
	s.say(d.dept.name + "（含所属单位）上年末")
	printed, unit := d.sum(total)
	s.state("固定资产金额原值为"+printed+unit, record.Amount{Metric: "固定资产金额原值", Value: quantity(record.EQ, printed, unit)})
	s.say("（详见下表）")
	if d.bought > 0 {
		s.say("，本年度各单位（处室）")
		d.statement(s, "拟购置固定资产总额", "为", d.bought)
		s.say("，主要为计算机设备、打印设备、办公家具等，已列入政府采购预算，详见政府采购预算表")
	}
	s.say("。")
	d.tell(s)
}
