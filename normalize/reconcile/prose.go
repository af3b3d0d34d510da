package reconcile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// fillers are the words of a metric that do not change what is measured. The
// words before 预算 that do are protected first.
var fillers = strings.NewReplacer("一般公共预算", "一般公共", "一般公共财政预算", "一般公共", "政府性基金预算", "政府性基金", "国有资本经营预算", "国有资本经营",
	"预算数", "", "决算数", "", "预算", "", "决算", "", "总计", "", "合计", "", "共计", "", "总额", "", "总金额", "", "安排", "", "本年度", "", "本年", "", "年度", "",
	"本部门", "", "本单位", "", "全年", "", "总体", "", "当年", "", "的", "", "各", "", "总", "")

// meanings are the metrics, without fillers, that stand in a table, too, and
// where. A weak one is so general that another part of the document may be
// meant; it gives a warning.
var meanings = []struct {
	metrics []string
	weak    bool
	any     []pick
}{
	{[]string{"收入"}, false, []pick{{form: revenueExpenditure, side: revenueSide}, {form: revenueForm}}},
	{[]string{"支出"}, false, []pick{{form: revenueExpenditure, side: expenditureSide}, {form: expenditureForm}}},
	{[]string{"收支", "收入支出"}, false, []pick{{form: revenueExpenditure}}},
	{[]string{"财政拨款收入"}, false, []pick{{form: revenueForm, measures: []string{"fiscal_appropriation"}},
		{form: revenueExpenditure, side: revenueSide, name: "财政拨款"}, {form: appropriationForm, side: revenueSide}}},
	{[]string{"财政拨款支出"}, false, []pick{{form: appropriationForm, side: expenditureSide}, {form: fiscalExpenditure}}},
	{[]string{"财政拨款收支", "财政拨款收入支出"}, false, []pick{{form: appropriationForm}}},
	{[]string{"一般公共支出", "一般公共拨款支出", "一般公共财政拨款支出"}, false, []pick{{form: generalPublic},
		{form: appropriationForm, side: expenditureSide, measures: generalColumn}}},
	{[]string{"一般公共收入", "一般公共拨款收入", "一般公共财政拨款收入"}, false, []pick{
		{form: revenueExpenditure, side: revenueSide, name: "一般公共预算"}, {form: appropriationForm, side: revenueSide, name: "一般公共预算"}}},
	{[]string{"一般公共财政拨款基本支出", "一般公共基本支出"}, false, []pick{{form: generalPublicBasic}, {form: generalPublic, measures: basicColumn}}},
	{[]string{"财政拨款基本支出"}, false, []pick{{form: basicForm}, {form: appropriationForm, name: "基本支出"}, {form: generalPublicBasic}}},
	{[]string{"基本支出"}, true, []pick{{form: expenditureForm, measures: basicColumn}, {form: generalPublic, measures: basicColumn},
		{form: revenueExpenditure, name: "基本支出"}, {form: appropriationForm, name: "基本支出"}, {form: generalPublicBasic}, {form: basicForm}}},
	{[]string{"项目支出"}, true, []pick{{form: expenditureForm, measures: []string{"project"}}, {form: generalPublic, measures: []string{"project"}},
		{form: revenueExpenditure, name: "项目支出"}, {form: appropriationForm, name: "项目支出"}}},
	{[]string{"政府采购"}, false, []pick{{form: procurementForm, measures: []string{"amount"}}}},
	{[]string{"政府采购货物", "拟购买货物"}, true, []pick{{form: procurementForm, name: "货物", measures: []string{"amount"}}}},
	{[]string{"政府采购工程", "拟购买工程"}, true, []pick{{form: procurementForm, name: "工程", measures: []string{"amount"}}}},
	{[]string{"政府采购服务", "拟购买服务"}, true, []pick{{form: procurementForm, name: "服务", measures: []string{"amount"}}}},
}

// counterpart is what a metric must equal one of.
type counterpart struct {
	rule *Rule
	any  [][]figure
}

// prose checks the amounts of the disclosure's own year that sentences state
// against the tables.
func (w *work) prose() {
	if len(w.sheets) == 0 {
		return
	}
	for i := range w.d.Amounts {
		a := &w.d.Amounts[i]
		if !w.isOwn(a) || a.Comparator != record.EQ || w.ofAnother(a) {
			continue
		}
		if hasAny(a.Qualifier, "预算", "年初", "执行", "调整", "占", "完成", "上年") {
			continue // an earlier version of the figure
		}
		k := w.toldOf(a)
		rule, any := k.rule, k.any
		if rule == ruleProseWeak {
			any = w.ofWhole(i, any)
		}
		any = w.closing(a, any)
		if len(any) == 0 {
			continue
		}
		if rule == ruleProse && w.aside(a) {
			rule = ruleProseWeak
		}
		f := amountFigure(a)
		w.equal(rule, a.Metric, f, any[nearest(f.value, any)]...)
		c := &w.checks[len(w.checks)-1]
		for _, x := range k.any {
			if len(x) == 1 {
				c.others = append(c.others, x[0])
			}
		}
	}
}

// isOwn tells whether an amount is a level of the disclosure's own year.
func (w *work) isOwn(a *record.Amount) bool {
	return isLevel(a) && (a.Period == "" || a.Period == strconv.Itoa(w.d.Identity.FiscalYear))
}

// toldOf returns the counterparts of a metric, which are looked for once.
func (w *work) toldOf(a *record.Amount) counterpart {
	k, known := w.told[a.Metric]
	if !known {
		k.rule, k.any = w.counterparts(a)
		w.told[a.Metric] = k
	}
	return k
}

// sums are the words of a metric that is the sum of everything: 支出预算,
// 收入合计. 安排支出 may be that of anything.
var sums = []string{"预算", "决算", "合计", "总"}

// everything are the metrics, without fillers, that are the sum of a side.
var everything = []string{"收入", "支出", "收支"}

// asides are the words of headings above what is about single projects.
var asides = []string{"项目经费", "项目支出", "项目概况", "绩效"}

// aside tells whether an amount may be about a part of the budget although its
// metric names the whole.
func (w *work) aside(a *record.Amount) bool {
	if slices.Contains(everything, fillers.Replace(bare(a.Metric))) && !hasAny(a.Metric, sums...) {
		return true
	}
	return slices.ContainsFunc(w.d.Paragraphs, func(p record.Paragraph) bool { return p.Block == a.Block && hasAny(p.Section, asides...) })
}

// partWords are the words of a clause that speaks of a part of the department.
var partWords = []string{"本级", "局机关", "本部", "下属", "所属"}

// ofAnother tells whether a clause speaks of one of several units.
func (w *work) ofAnother(a *record.Amount) bool {
	if hasAny(a.Text, partWords...) && !strings.Contains(a.Metric, "机关运行") {
		return true
	}
	return slices.ContainsFunc(w.d.Organizations, func(o record.Organization) bool {
		return o.Name != "" && o.Name != w.d.Identity.Department && strings.Contains(a.Text, o.Name) && !strings.Contains(w.d.Identity.Department, o.Name)
	})
}

// counterparts finds what an amount must equal one of. The budget that final
// accounts compare themselves with stands in the table of 三公 alone, as it was
// in the end: that of the year's beginning is in no table.
func (w *work) counterparts(a *record.Amount) (*Rule, [][]figure) {
	if stem, version := versionOf(a.Metric); version == budgetVersion && w.ownVersion() == accountVersion {
		if strings.Contains(a.Metric, "年初") {
			return ruleProse, nil
		}
		return ruleProse, w.threePublicFigures(fillers.Replace(bare(stem)), version)
	}
	if any := w.itemFigures(a.Metric); any != nil {
		return ruleProse, any
	}
	metric := fillers.Replace(bare(a.Metric))
	for _, m := range meanings {
		if !slices.Contains(m.metrics, metric) {
			continue
		}
		var any [][]figure
		for _, p := range m.any {
			f, _ := w.find(p)
			any = append(any, f...)
		}
		if m.weak {
			return ruleProseWeak, any
		}
		return ruleProse, any
	}
	for _, c := range costs {
		if strings.TrimPrefix(metric, "日常") == c.name {
			return ruleProseWeak, w.costFigures(c.name)
		}
	}
	return ruleProse, w.threePublicFigures(metric, w.ownVersion())
}

// costFigures are the totals of 人员经费 or 公用经费 in the tables of basic
// expenditure: printed, or the sum of their items.
func (w *work) costFigures(name string) [][]figure {
	measure := map[string]string{"人员经费": "personnel", "公用经费": "public"}[name]
	var out [][]figure
	for _, form := range []string{basicForm, generalPublicBasic} {
		s := w.only(form)
		if s == nil {
			continue
		}
		for _, l := range s.lines {
			if l.IsTotal && (l.Measure == measure || strings.Contains(bare(l.Name), name)) {
				out = append(out, []figure{s.figure(l)})
			}
		}
		byCode, ok := codeIndex(s.column(s.series()[0]...))
		if items := costItems(&record.BudgetLine{Name: name}, byCode); ok && len(items) > 0 {
			out = append(out, s.figures(items))
		}
	}
	return out
}

// threePublicStarts are how a metric begins that is an item of 三公 as a whole:
// 国内公务接待费 is a part of one.
var threePublicStarts = []string{"三公", "因公出国", "公务用车", "公务车", "公车", "公务接待", "会议费", "培训费", "机关运行"}

// threePublicFigures are the figures of the 三公 table for a metric.
func (w *work) threePublicFigures(metric, version string) [][]figure {
	metric = strings.NewReplacer("财政拨款", "", "一般公共", "", "支出", "").Replace(metric)
	if !slices.ContainsFunc(threePublicStarts, func(s string) bool { return strings.HasPrefix(metric, s) }) {
		return nil
	}
	id := threePublicOf(metric)
	s := w.only(threePublicForm)
	var out [][]figure
	for _, l := range w.threePublicLines(id, version) {
		out = append(out, []figure{s.figure(l)})
	}
	if operating, _ := w.find(pick{form: operatingForm}); id == "operating_funds" && version == w.ownVersion() {
		out = append(out, operating...)
	}
	return out
}

// itemPart is one level of a classification path in a metric: 司法（06款）.
var itemPart = regexp.MustCompile(`([^()]+?)\((\d*)(类|款|项)\)`)

var itemLevels = map[string]int{"类": 1, "款": 2, "项": 3}

// itemFigures are the figures of an item of the functional classification that
// a metric names by its path, in every table that lists it.
func (w *work) itemFigures(metric string) [][]figure {
	parts := itemPart.FindAllStringSubmatch(vocab.Key(metric), -1)
	if parts == nil {
		return nil
	}
	var out [][]figure
	for _, form := range []string{generalPublic, expenditureForm, fiscalExpenditure} {
		s := w.only(form)
		if s == nil {
			continue
		}
		var found []*record.BudgetLine
		names := s.itemNames()
		for _, l := range s.lines {
			if l.Code != "" && slices.Contains(mainMeasures, l.Measure) && isItem(l, parts, names) {
				found = append(found, l)
			}
		}
		if len(found) == 1 {
			out = append(out, []figure{s.figure(found[0])})
		}
	}
	return out
}

// itemNames are the names of the items of a table by their codes.
func (s *sheet) itemNames() map[string]string {
	if s.items == nil {
		s.items = map[string]string{}
		for _, l := range s.lines {
			s.items[l.Code] = itemName(l.Name)
		}
	}
	return s.items
}

// itemName is the name of an item without what texts leave out or add.
func itemName(name string) string { return strings.TrimSuffix(bare(name), "支出") }

// isItem tells whether a line is the item at the end of a path: by the code if
// the path prints one, by the names of all of its levels otherwise.
func isItem(l *record.BudgetLine, parts [][]string, names map[string]string) bool {
	last := parts[len(parts)-1]
	if l.CodeLevel != itemLevels[last[3]] {
		return false
	}
	code := ""
	for _, p := range parts {
		code += p[2]
	}
	if len(code) == len(l.Code) {
		return code == l.Code
	}
	for _, p := range parts {
		n := 1 + 2*itemLevels[p[3]]
		if n > len(l.Code) || names[l.Code[:n]] != itemName(strings.TrimPrefix(p[1], "支出")) {
			return false
		}
	}
	return true
}
