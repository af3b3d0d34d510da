package synth

import "yusuan/normalize/record"

// buyer is one organisation's purchases.
type buyer struct {
	name  string
	items []purchase
}

// purchase is one row of the procurement table.
type purchase struct {
	project *project
	record.Procurement
	price, amount, fund, elsewhere money
}

// general is what the general public budget pays.
func (p *purchase) general() money { return p.amount - p.fund - p.elsewhere }

// editionChange is the first year planned under the procurement catalogue of
// 2022 (财库〔2022〕31号).
const editionChange = 2023

// planPurchases draws what the projects buy, by organisation.
func (d *draft) planPurchases() {
	edition := "2013"
	if d.year >= editionChange {
		edition = "2022"
	}
	goods := words().where("goods", edition)
	for _, p := range d.projects {
		if p.Category == specialFund || d.r.chance(0.25) {
			continue
		}
		if n := len(d.purchases); n == 0 || d.purchases[n-1].name != p.UnitName {
			d.purchases = append(d.purchases, buyer{name: p.UnitName})
		}
		b := &d.purchases[len(d.purchases)-1]
		for range d.r.between(1, 5) {
			b.items = append(b.items, d.purchase(p, pick(d.r, goods)))
		}
		if d.r.chance(0.15) {
			b.items = append(b.items, d.purchase(nil, pick(d.r, goods)))
		}
	}
	for _, b := range d.purchases {
		for i := range b.items {
			d.bought += b.items[i].amount
		}
	}
}

// purchase draws an item; without a project it is paid from the budget for
// everyday costs, which has no target form.
func (d *draft) purchase(p *project, goods []string) purchase {
	count := d.r.between(1, 12)
	out := purchase{project: p, price: money(d.r.between(atoi(goods[4]), atoi(goods[5])))}
	out.amount = out.price * money(count)
	switch {
	case d.r.chance(0.06):
		out.fund = out.amount
	case d.r.chance(0.04):
		out.elsewhere = out.amount
	}
	out.Procurement = record.Procurement{
		RowType: "item", ProjectName: "机关日常公用定额", ItemName: goods[1], CatalogueCode: goods[2], CatalogueVersion: goods[0],
		UnitRaw: goods[3], Quantity: record.Int(int64(count)), UnitPrice: out.price.yuan(),
	}
	if p != nil {
		out.ProjectName, out.ProjectCode, out.ProjectTotal = p.printed, p.Code, p.budget.yuan()
	}
	return out
}

// procurementTable is a procurement table in the making, 14 columns wide.
type procurementTable struct {
	*draft
	style moneyStyle
	table table
}

const procurementColumns = 14

func (d *draft) procurement() {
	if len(d.purchases) == 0 {
		d.say("{年}年，我局未安排政府采购预算。")
		d.truth.Identity.DepartmentCode = d.codeOfUnits()
		return
	}
	s := &sentence{}
	s.say(d.yearText() + "，我局安排")
	d.statement(s, "政府采购预算", "", d.bought)
	s.say("。具体内容见下表。")
	d.tell(s)
	d.say(d.level() + "政府采购预算")
	t := &procurementTable{draft: d, style: d.drawStyle()}
	t.table.cols = procurementColumns
	t.header()
	t.rows()
	d.addTable(&t.table)
}

// codeOfUnits is the department's code as the target forms show it: the start
// of the units' codes, or nothing where there is no unit.
func (d *draft) codeOfUnits() string {
	for _, p := range d.projects {
		if p.UnitCode != "" {
			return d.dept.code
		}
	}
	return ""
}

// header writes the line with the department and the unit, which may stand
// above the table without the department, and the three header rows.
func (t *procurementTable) header() {
	down := func(cells []cell, m merge, cols ...int) {
		for _, c := range cols {
			cells[c].merge = m
		}
	}
	if t.oddly(0.15) {
		t.say("单位：" + t.style.unit())
		t.truth.Identity.DepartmentCode = t.codeOfUnits()
	} else {
		t.table.row([]int{7, 7}, t.dept.code+t.dept.name, "单位："+t.style.unit())
	}
	first := t.table.row([]int{2, 1, 1, 1, 1, 1, 7},
		"政府采购项目来源", pick(t.r, []string{"采购物品名称", "采购物品名称", "采购品目名称"}), pick(t.r, []string{"政府采购目录序号", "政府采购目录序号", "品目编码"}), pick(t.r, []string{"数量  单位", "数量单位", "计量单位"}), "数量", "单价", "政府采购金额")
	down(first, mergeStart, 1, 2, 3, 4, 5)
	second := t.table.row([]int{1, 1, 1, 1, 1, 1, 1, 1, 5, 1},
		"项目名称", "预算资金", "", "", "", "", "", "总计", "当年部门预算安排资金", "其他渠道资金")
	down(second, mergeStart, 0, 1, 7, 9)
	down(second, mergeDown, 2, 3, 4, 5, 6)
	third := t.table.row(ones(procurementColumns),
		"", "", "", "", "", "", "", "", "合计", "一般公共预算拨款", "基金预算拨款", "财政专户核拨", "其他来源收入", "")
	down(third, mergeDown, 0, 1, 2, 3, 4, 5, 6, 7, 13)
	t.table.header = len(t.table.rows)
}

// rows writes the total, at the top or, among the oddities, at the end, and
// for every buyer a subtotal and the items.
func (t *procurementTable) rows() {
	var all []purchase
	for _, b := range t.purchases {
		all = append(all, b.items...)
	}
	total := func() {
		t.sum(pick(t.r, []string{"合　计", "合计", "合  计"}), record.Procurement{RowType: "total"}, all)
	}
	last := t.oddly(0.1)
	if !last {
		total()
	}
	for _, b := range t.purchases {
		t.sum(b.name+"小计", record.Procurement{RowType: "subtotal", UnitName: b.name}, b.items)
		for i := range b.items {
			t.item(b.name, &b.items[i])
		}
	}
	if last {
		total()
	}
}

// sum writes a total or subtotal row.
func (t *procurementTable) sum(name string, p record.Procurement, items []purchase) {
	var s purchase
	for i := range items {
		s.amount += items[i].amount
		s.fund += items[i].fund
		s.elsewhere += items[i].elsewhere
	}
	s.Procurement = p
	t.put(&s, name, "", "", "", "", "", "")
}

func (t *procurementTable) item(unit string, p *purchase) {
	p.UnitName = unit
	budget := ""
	if p.project != nil {
		budget = t.style.cell(p.project.budget)
	}
	count := p.Quantity.String()
	if t.r.chance(0.8) {
		count += ".00"
	}
	t.put(p, p.ProjectName, budget, p.ItemName, p.CatalogueCode, p.UnitRaw, count, t.style.cell(p.price))
}

// put writes a row: its first seven cells are given, the amounts follow.
func (t *procurementTable) put(p *purchase, texts ...string) {
	amount := func(m money, to *record.Decimal, always bool) {
		text := ""
		if m != 0 || always {
			text = t.style.cell(m)
			*to = m.yuan()
		}
		texts = append(texts, text)
	}
	fiscal := p.amount - p.elsewhere
	amount(p.amount, &p.Amount, true)
	amount(fiscal, &p.FiscalTotal, false)
	amount(p.general(), &p.GeneralPublic, false)
	amount(p.fund, &p.Fund, false)
	amount(0, &p.SpecialAccount, false)
	amount(0, &p.OtherIncome, false)
	amount(p.elsewhere, &p.OtherSource, false)
	t.table.row(ones(procurementColumns), texts...)
	t.truth.Procurement = append(t.truth.Procurement, p.Procurement)
}
