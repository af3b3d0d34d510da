package synth

import (
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// planTotals draws the figures of the prose: income and spending are equal,
// and spending is the sum of its parts.
func (d *draft) planTotals() {
	for _, p := range d.projects {
		d.spending += p.budget
	}
	d.basic = money(d.r.between(10_000, 900_000))
	d.total = d.basic + d.spending
}

// sum prints an amount as the sentences of this document do, and its unit.
func (d *draft) sum(m money) (printed, unit string) {
	printed = trimZeros(d.sums.cell(m))
	return printed, d.sums.unit()
}

// statement states an amount of money of the fiscal year: metric, lead,
// number.
func (d *draft) statement(s *sentence, metric, lead string, m money) {
	printed, unit := d.sum(m)
	a := record.Amount{Metric: metric, Period: strconv.Itoa(d.year), Value: quantity(record.EQ, printed, unit)}
	s.state(metric+lead+printed+unit, a)
}

func (d *draft) totals() {
	d.say("按照预算管理有关规定，目前{级}预算的编制实行综合预算制度，即全部收入和支出都反映在预算中。")
	list := d.newList()
	for i, part := range []struct {
		title string
		tell  func(*sentence)
	}{
		{"收入说明", d.income}, {"支出说明", d.expenditure}, {"比上年增减情况", d.comparison},
	} {
		d.heading(list, 2, strconv.Itoa(i+1)+"、", part.title)
		s := &sentence{}
		part.tell(s)
		d.tell(s)
	}
}

func (d *draft) yearText() string { return strconv.Itoa(d.year) + "年" }

func (d *draft) income(s *sentence) {
	var account money
	if d.r.chance(0.4) {
		account = d.total / 50
	}
	s.say(d.yearText())
	d.statement(s, "预算收入", "", d.total)
	s.say("，其中：")
	d.statement(s, "一般公共预算收入", "", d.total-account)
	s.say("，")
	d.statement(s, "政府性基金收入", "", 0)
	s.say("，")
	d.statement(s, "国有资本经营收入", "", 0)
	s.say("；")
	d.statement(s, "财政专户收入", "", account)
	s.say("。")
}

func (d *draft) expenditure(s *sentence) {
	s.say(d.yearText())
	d.statement(s, "支出预算", "", d.total)
	s.say("，其中")
	d.statement(s, "基本支出", "", d.basic)
	s.say("，包括人员经费和日常公用经费；")
	d.statement(s, "项目支出", "", d.spending)
	named := 0
	for _, p := range d.projects {
		if strings.ContainsAny(p.Name, "“（〔与") || named == 2 {
			continue
		}
		if named == 0 {
			s.say("，包括")
		} else {
			s.say("，")
		}
		d.statement(s, p.Name, "", p.budget)
		named++
	}
	s.say("。")
}

// comparison tells how the budget differs from the year before.
func (d *draft) comparison(s *sentence) {
	last := strconv.Itoa(d.year - 1)
	s.say(d.yearText())
	d.statement(s, "预算收支安排", "", d.total)
	s.say("，")
	basicBefore, spendingBefore := d.before(d.basic), d.before(d.spending)
	d.change(s, change{"预算收支安排", "较" + last + "年预算", d.total, basicBefore + spendingBefore})
	s.say("。其中：")
	d.change(s, change{"基本支出", "基本支出", d.basic, basicBefore})
	s.say("，" + pick(d.r, words().column("reason", 0)) + "；")
	d.change(s, change{"项目支出", "项目支出", d.spending, spendingBefore})
	s.say("，" + pick(d.r, words().column("reason", 0)) + "。")
}

// before draws what an amount was in the year before, never the same.
func (d *draft) before(m money) money {
	share := money(d.r.between(2, 45))
	if d.r.chance(0.5) {
		share = -share
	}
	return m + m*share/100 + share/max(share, -share)
}

// change is a difference to be stated: of what, after which words.
type change struct {
	metric, lead string
	now, before  money
}

// change states a difference as an amount and in per cent.
func (d *draft) change(s *sentence, c change) {
	word, direction, diff := "增加", "increase", c.now-c.before
	if diff < 0 {
		word, direction, diff = "减少", "decrease", -diff
	}
	printed, unit := d.sum(diff)
	a := record.Amount{Metric: c.metric, Change: direction, BasePeriod: strconv.Itoa(d.year - 1)}
	a.Value = quantity(record.EQ, printed, unit)
	s.state(c.lead+word+printed+unit, a)
	s.say("，")
	perCent := trimZeros(moneyStyle{}.cell((diff*10_000 + c.before/2) / c.before))
	a.Value = quantity(record.EQ, perCent, "%")
	s.state(word+perCent+"%", a)
}

func (d *draft) operating() {
	s := &sentence{}
	printed, unit := d.sum(money(d.r.between(1_000, 120_000)))
	// No year is printed here, so the period is left open.
	s.state("机关运行经费共计安排"+printed+unit, record.Amount{Metric: "机关运行经费", Value: quantity(record.EQ, printed, unit)})
	s.say("，为局机关及参公事业单位的日常公用及专项公用经费总体安排情况，包括办公及印刷费、邮电费、差旅费、会议费、福利费、日常维修费、办公用房水电费等日常运行支出。")
	d.tell(s)
}

func (d *draft) threePublic() {
	running, hosting := money(d.r.between(100, 6_000)), money(d.r.between(10, 2_000))
	var bought money
	if d.r.chance(0.15) {
		bought = money(d.r.between(1_500, 3_000))
	}
	s := &sentence{}
	s.say(d.yearText() + "，我局财政拨款")
	if d.r.chance(0.5) {
		s.say(" ") // as printed in the disclosure that the project began with
	}
	d.statement(s, "“三公”经费", "预算安排", running+hosting+bought)
	s.say("，其中：")
	d.statement(s, "因公出国（境）费", "", 0)
	s.say("；")
	d.statement(s, "公务用车购置及运维费", "", running+bought)
	s.say("（其中：")
	d.statement(s, "公务用车购置费", "为", bought)
	s.say("，")
	d.statement(s, "公务用车运行费", "", running)
	s.say(pick(d.r, []string{"）", ")"}) + "；")
	d.statement(s, "公务接待费", "", hosting)
	s.say("。")
	direction, text := "decrease", "略有减少"
	if d.r.chance(0.3) {
		direction, text = "increase", "略有增加"
	}
	last := strconv.Itoa(d.year - 1)
	s.state("较"+last+"年预算"+text, record.Amount{
		Metric: "“三公”经费", Change: direction, BasePeriod: last,
		Value: record.Value{Kind: record.Qualitative, Qualitative: text},
	})
	s.say("。")
	d.tell(s)
}

func (d *draft) performance() {
	v := words()
	d.say("总体绩效目标：")
	d.stateList(sample(d.r, v.column("overall", 0), d.r.between(2, 4)))
	d.say("分项绩效目标：")
	d.sayBlank()
	var goals []string
	for _, g := range sample(d.r, v["goal"], d.r.between(2, 5)) {
		goals = append(goals, g[0]+"绩效目标："+g[1])
	}
	d.stateList(goals)
	d.targetForms()
}

// stateList writes a list （一）, （二） whose items may state amounts.
func (d *draft) stateList(texts []string) {
	list := d.newList()
	for i, text := range texts {
		s := &sentence{}
		s.expand(d.fill(text), d.r)
		d.tellAs(&paragraph{list: list, label: "（" + chinese(i+1) + "）"}, s)
	}
}
