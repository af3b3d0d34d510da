package synth

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// project is a project with its target form (绩效目标表).
type project struct {
	record.Project
	budget money
	// printed is the name as the procurement table prints it.
	printed string
	// identity is what the project is, whatever it is called.
	identity string
	// words is the project's row of the vocabulary.
	words []string
	// metrics are what the indicators measure, in order.
	metrics []metric
}

// specialFund is the category of projects whose name stands beside the label
// 专项资金名称.
const specialFund = "专项资金"

// planProjects draws the projects: special funds first, as they are printed.
func (d *draft) planProjects() {
	v := words()
	if !d.unit {
		for _, w := range sample(d.r, v["fund"], d.r.below(3)) {
			d.planProject(w, -1)
		}
	}
	n := d.r.between(1, 5)
	last := 0
	for _, w := range sample(d.r, v["project"], n) {
		// Forms are in the order of the organisations.
		if !d.unit && d.r.chance(0.35) {
			last = min(last+1, len(d.dept.organizations)-1)
		}
		d.planProject(w, last)
	}
	for i, p := range d.projects {
		p.Number = i + 1
	}
}

// planProject draws a project; org is -1 for a special fund.
func (d *draft) planProject(w []string, org int) {
	p := &project{words: w, budget: money(d.r.between(150, 60_000))}
	p.Name = d.fill(w[0])
	p.printed = p.Name
	if w[1] != "" && d.r.chance(0.5) {
		p.printed = d.fill(w[1])
	}
	p.Code = d.projectCode(org < 0)
	if org < 0 {
		p.Category = specialFund
	} else {
		p.UnitCode, p.UnitName = d.dept.organizationCodes[org], d.dept.organizations[org].Name
	}
	if d.past != nil {
		d.past.project(d, p, w[0])
	}
	p.metrics = d.drawMetrics()
	d.projects = append(d.projects, p)
}

// projectCode draws a code as in 316-1002-JBN-IG9G or 000-9999-JSN-VZ82; the
// number of projects before makes it unique in the document.
func (d *draft) projectCode(special bool) string {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	tail := ""
	for range 3 {
		tail += string(letters[d.r.below(len(letters))])
	}
	tail += string(letters[len(d.projects)%len(letters)])
	if special {
		return "000-9999-JSN-" + tail
	}
	section := twoDigits(int64(d.r.between(1, 12))) + twoDigits(int64(d.r.between(1, 15)))
	return d.dept.code + "-" + section + "-" + pick(d.r, []string{"JBN", "JCN", "JSN", "JZN"}) + "-" + tail
}

// drawMetrics draws what a project's indicators measure: outputs, effects and
// often satisfaction, each group ordered by its second level.
func (d *draft) drawMetrics() []metric {
	byLevel := map[string][][]string{}
	for _, row := range words()["metric"] {
		byLevel[row[1]] = append(byLevel[row[1]], row)
	}
	var out []metric
	for _, group := range []struct {
		level1 string
		n      int
	}{{"产出指标", d.r.between(1, 4)}, {"效果指标", d.r.between(1, 2)}, {"满意度指标", d.r.below(2)}} {
		drawn := sample(d.r, byLevel[group.level1], group.n)
		slices.SortStableFunc(drawn, func(a, b []string) int { return strings.Compare(a[2], b[2]) })
		for _, m := range drawn {
			out = append(out, metric{m[0], m[1], m[2], d.fill(m[3]), d.fill(m[4])})
		}
	}
	if d.r.chance(0.2) {
		for i := range out {
			if out[i].level1 == "效果指标" {
				out[i].level1 = "效益指标"
			}
		}
	}
	return out
}

// targetForms writes all forms, special funds under a heading of their own.
func (d *draft) targetForms() {
	list, n, special := 0, 0, ""
	for i, p := range d.projects {
		if i == 0 || p.Category != special {
			special = p.Category
			list, n = d.newList(), 0
			if special != "" {
				d.say("专项资金绩效目标：")
			} else {
				d.say("预算项目绩效目标：")
			}
			d.sayBlank()
		}
		n++
		field := "C"
		if special != "" {
			field = "B"
		}
		d.add(&paragraph{list: list, level: 2, label: strconv.Itoa(n) + "、", text: p.Name + "绩效目标表", field: field})
		f := &targetForm{draft: d, p: p, style: d.drawStyle()}
		f.write()
		d.truth.Projects = append(d.truth.Projects, p.Project)
	}
}

// targetForm is a target form in the making, 12 grid columns wide.
type targetForm struct {
	*draft
	p     *project
	style moneyStyle
	table table
	// order are the labels of the indicator columns after the levels.
	order [3]string
}

func (f *targetForm) write() {
	f.table.cols = 12
	f.table.row([]int{6, 6}, f.p.UnitCode+f.p.UnitName, "单位："+f.style.unit())
	name := f.label("项目名称")
	if f.p.Category == specialFund {
		name = f.label("专项资金名称")
	}
	f.table.row([]int{2, 3, 2, 5}, f.label("项目编码"), f.p.Code, name, f.broken(f.p.Name))
	f.money()
	f.spendingPlan()
	f.goals()
	f.indicators()
	f.addTable(&f.table)
}

// label prints a label, sometimes with the blank or the break of a narrow
// column in it.
func (f *targetForm) label(s string) string {
	if !f.oddly(0.03) {
		return s
	}
	r := []rune(s)
	return string(r[:len(r)/2]) + pick(f.r, []string{" ", "　", lineBreak}) + string(r[len(r)/2:])
}

// broken prints a name, sometimes with a line break where the cell ends.
func (f *targetForm) broken(name string) string {
	if r := []rune(name); len(r) > 12 && f.oddly(0.06) {
		return string(r[:12]) + lineBreak + string(r[12:])
	}
	return name
}

// amount prints an amount, sometimes with a blank after it.
func (f *targetForm) amount(m money) string {
	s := f.style.cell(m)
	if f.oddly(0.03) {
		s += pick(f.r, []string{" ", "　", "\u00a0"})
	}
	return s
}

// money writes the amounts and, beside the same label, the purpose.
func (f *targetForm) money() {
	p := f.p
	other := money(0)
	otherText := ""
	switch {
	case f.r.chance(0.08):
		other = p.budget / 4
		otherText = f.style.cell(other)
		p.Other = other.yuan()
	case f.r.chance(0.15):
		otherText = "0.00"
		p.Other = record.Int(0)
	case f.oddly(0.04):
		otherText = "——"
	}
	p.Total, p.Fiscal = p.budget.yuan(), (p.budget - other).yuan()
	first := f.table.row([]int{2, 2, 2, 2, 1, 2, 1}, f.label("预算规模及资金用途"),
		f.label("预算数"), f.amount(p.budget), "其中：财政资金", f.amount(p.budget-other), "其他资金", otherText)
	first[0].merge = mergeStart
	purpose := &sentence{}
	purpose.expand(f.breaks(f.fill(p.words[2])), f.r)
	p.Purpose = plain(purpose.text.String())
	f.truth.Amounts = append(f.truth.Amounts, purpose.amounts...)
	f.table.row([]int{2, 10}, "", purpose.text.String())[0].merge = mergeDown
}

// breaks turns the breaks of the vocabulary into line breaks or paragraphs.
func (f *targetForm) breaks(s string) string {
	return strings.ReplaceAll(s, "¶", pick(f.r, []string{lineBreak, "\n"}))
}

func (f *targetForm) spendingPlan() {
	months := []int{3, 6, 10, 12}
	if f.r.chance(0.15) {
		months[2] = 9
	}
	labels, texts := []string{f.label("资金支出计划（%）")}, []string{""}
	from := 0
	if f.r.chance(0.4) {
		from = f.r.between(1, 3) // nothing is planned before
	}
	for i, m := range months {
		labels = append(labels, strconv.Itoa(m)+"月底")
		step := record.PlanStep{ThroughMonth: m}
		text := ""
		if i >= from {
			text = pick(f.r, [][]string{{"20.00", "25.00", "30.00"}, {"50.00", "60.00"}, {"65.40", "75.00", "90.00"}, {"100.00"}}[i])
			step.Percent = number(text)
		}
		texts = append(texts, text)
		f.p.SpendingPlan = append(f.p.SpendingPlan, step)
	}
	spans := []int{2, 3, 2, 2, 3}
	f.table.row(spans, labels...)[0].merge = mergeStart
	f.table.row(spans, texts...)[0].merge = mergeDown
}

// goals writes the goals of one cell, numbered, each in a line or a paragraph
// of its own, as often as not with a line break at the end.
func (f *targetForm) goals() {
	gap := pick(f.r, []string{lineBreak, lineBreak, lineBreak, "\n"})
	form := pick(f.r, []string{"#、", "#、", "#、", "#.", "（#）"})
	if f.oddly(0.05) {
		gap = lineBreak + lineBreak // a blank line in the cell
	}
	all := &sentence{}
	for i, text := range f.p.words[3:5] {
		if i > 0 {
			all.say(gap)
		}
		all.say(strings.Replace(form, "#", strconv.Itoa(i+1), 1))
		one := &sentence{}
		one.expand(f.fill(text), f.r)
		for _, a := range one.amounts {
			a.Start, a.End = a.Start+all.runes, a.End+all.runes
			all.amounts = append(all.amounts, a)
		}
		all.say(one.text.String())
		f.p.Goals = append(f.p.Goals, one.text.String())
	}
	if f.r.chance(0.5) {
		all.say(lineBreak)
	}
	f.truth.Amounts = append(f.truth.Amounts, all.amounts...)
	f.table.row([]int{2, 10}, f.label("绩效目标"), all.text.String())
}
