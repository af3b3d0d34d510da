package synth

import (
	"fmt"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// draft is a disclosure in the making: blocks and truth grow together.
type draft struct {
	r    *source
	odd  float64
	dept *department
	year int
	// past is nil unless names change over the years.
	past *history
	// unit makes it the budget of a single unit: no organisations, one buyer.
	unit bool
	// auto leaves the labels of lists to the word processor.
	auto bool
	// sums is how sentences print money.
	sums  moneyStyle
	fills *strings.Replacer

	blocks []block
	truth  *record.Disclosure
	spoken []record.Amount
	lists  int

	plan
}

// plan holds the figures, drawn before anything is written.
type plan struct {
	projects  []*project
	purchases []buyer
	total     money
	basic     money
	spending  money // projects
	bought    money
}

func newDraft(r *source, dept *department, year int, odd float64) *draft {
	d := &draft{r: r, odd: odd, dept: dept, year: year, truth: &record.Disclosure{}}
	d.unit = r.chance(0.08)
	d.auto = r.chance(0.25)
	d.sums = moneyStyle{yuan: d.oddly(0.06)}
	if d.oddly(0.1) {
		d.sums.comma = ","
	}
	d.fills = strings.NewReplacer("{地}", dept.place, "{部}", dept.name, "{业}", dept.business, "{象}", dept.served,
		"{年}", strconv.Itoa(year), "{旧}", strconv.Itoa(year-1), "{级}", d.level(), "{全}", dept.whole)
	return d
}

// oddly is true with probability p, scaled by the settings.
func (d *draft) oddly(p float64) bool { return d.r.chance(p * d.odd) }

func (d *draft) level() string {
	if d.unit {
		return "单位"
	}
	return "部门"
}

func (d *draft) fill(s string) string { return d.fills.Replace(s) }

// write writes the whole disclosure.
func (d *draft) write() {
	d.planProjects()
	d.planPurchases()
	d.planTotals()
	d.title()
	main := d.newList()
	sections := []struct {
		title string
		write func()
	}{
		{"部门职责及机构设置情况", d.duties},
		{d.level() + "预算安排的总体情况", d.totals},
		{"机关运行经费安排情况", d.operating},
		{"财政拨款“三公”经费预算情况及增减变化原因", d.threePublic},
		{"绩效预算信息", d.performance},
		{"政府采购预算情况", d.procurement},
		{"国有资产信息", d.assets},
		{"名词解释", d.glossary},
		{"其他需要说明的事项", d.rest},
	}
	for i, s := range sections {
		d.heading(main, 1, chinese(i+1)+"、", s.title)
		s.write()
	}
}

// newList begins a list of paragraphs that are counted together.
func (d *draft) newList() int {
	d.lists++
	return d.lists
}

func (d *draft) add(p *paragraph) { d.blocks = append(d.blocks, block{par: p}) }

func (d *draft) heading(list, level int, label, text string) {
	d.add(&paragraph{list: list, level: level, label: label, text: text})
}

func (d *draft) say(text string) { d.add(&paragraph{text: d.fill(text)}) }

// sayBlank adds a blank paragraph, which stands for nothing.
func (d *draft) sayBlank() { d.add(&paragraph{}) }

// tell adds a paragraph that states amounts.
func (d *draft) tell(s *sentence) { d.tellAs(&paragraph{}, s) }

func (d *draft) tellAs(p *paragraph, s *sentence) {
	p.text = s.text.String()
	d.add(p)
	d.truth.Amounts = append(d.truth.Amounts, s.amounts...)
	d.spoken = append(d.spoken, s.amounts...)
}

func (d *draft) addTable(t *table) {
	d.blocks = append(d.blocks, block{tab: t})
}

// chinese prints 1 to 19 as in 一、 十二、.
func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 10:
		return string(digits[n])
	case n == 10:
		return "十"
	}
	return "十" + string(digits[n-10])
}

func (d *draft) title() {
	id := &d.truth.Identity
	*id = record.Identity{
		Department: d.dept.name, DepartmentCode: d.dept.code,
		RegionCode: d.dept.regionCode, RegionName: d.dept.region,
		FiscalYear: d.year, Kind: record.KindBudget, Level: record.LevelDepartment,
	}
	if d.unit {
		id.Level = record.LevelUnit
	}
	second := fmt.Sprintf("%d年%s预算公开情况说明", d.year, d.level())
	id.Title = d.dept.name + second
	if d.r.chance(0.7) {
		d.add(&paragraph{text: d.dept.name, center: true})
		d.sayBlank()
		d.add(&paragraph{text: second, center: true})
	} else {
		d.add(&paragraph{text: id.Title, center: true})
	}
	d.sayBlank()
	d.say("根据《中华人民共和国预算法》以及政府信息公开制度等有关规定，现将{部}{年}年{级}预算公开情况说明如下：")
}

func (d *draft) duties() {
	d.say("部门职责：")
	list := d.newList()
	blank := d.r.chance(0.5)
	duties := sample(d.r, words().column("duty", 0), d.r.between(3, 7))
	for i, text := range append(duties, "完成上级交办的其他事项。") {
		d.add(&paragraph{list: list, label: strconv.Itoa(i+1) + "、", text: d.fill(text)})
		if blank {
			d.sayBlank()
		}
	}
	if d.unit {
		return
	}
	d.say("机构设置：")
	d.say("根据编制部门批准和财政拨款渠道，{部}编制{年}年度部门预算的范围包括本级和所属事业单位，具体情况如下：")
	d.sayBlank()
	d.organizations()
}

func (d *draft) glossary() {
	list := d.newList()
	for i, text := range sample(d.r, words().column("glossary", 0), d.r.between(2, 4)) {
		d.add(&paragraph{list: list, label: strconv.Itoa(i+1) + "、", text: text})
	}
}

func (d *draft) rest() {
	d.say("（1）本{级}无国有资本经营预算收入和支出。")
	d.say("（2）本{级}无政府性基金预算收入和支出。")
	for i, text := range sample(d.r, words().column("remark", 0), d.r.below(4)) {
		d.say("（" + strconv.Itoa(i+3) + "）" + text)
	}
}
