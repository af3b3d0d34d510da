package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// mainMeasures are the columns that hold the amount itself, not a part of it.
var mainMeasures = []string{"total", "amount", "budget_amount", "final_amount", "subtotal", "operating_funds", "expenditure_total", "revenue_total", "year_expenditure", "year_revenue", "expenditure", "revenue"}

// pick chooses lines of a statutory table.
type pick struct {
	form string
	side string
	// name is a word of the line's bare name; "" chooses the totals.
	name string
	// measures are the columns; nil chooses the main ones.
	measures []string
}

// crossing is the identity of a figure in one table with one of several
// figures in another: 年末 and 本年 totals differ by what is carried over, and
// forms differ in which of them they repeat.
type crossing struct {
	what  string
	whole pick
	any   []pick
}

var (
	generalColumn = []string{"general_public_budget"}
	basicColumn   = []string{"basic"}
)

// crossings are the figures that stand in two tables of a disclosure.
var crossings = []crossing{
	{"收入总表 = 收支总表", pick{form: revenueForm}, []pick{{form: revenueExpenditure, side: revenueSide}}},
	{"支出总表 = 收支总表", pick{form: expenditureForm}, []pick{{form: revenueExpenditure, side: expenditureSide}}},
	{"一般公共预算支出表 = 财政拨款收支总表", pick{form: generalPublic}, []pick{
		{form: appropriationForm, side: expenditureSide, measures: generalColumn},
		{form: appropriationForm, side: revenueSide, name: "一般公共预算"}}},
	{"财政拨款支出表 = 财政拨款收支总表", pick{form: fiscalExpenditure}, []pick{{form: appropriationForm, side: expenditureSide}}},
	{"一般公共预算基本支出表 = 一般公共预算支出表", pick{form: generalPublicBasic}, []pick{{form: generalPublic, measures: basicColumn}}},
	{"财政拨款基本支出表 = 财政拨款收支总表", pick{form: basicForm}, []pick{{form: appropriationForm, side: expenditureSide, name: "基本支出"}}},
	{"财政拨款收入 = 收支总表", pick{form: revenueForm, measures: []string{"fiscal_appropriation"}}, []pick{{form: revenueExpenditure, side: revenueSide, name: "财政拨款收入"}}},
	{"基本支出 = 收支总表", pick{form: expenditureForm, measures: basicColumn}, []pick{{form: revenueExpenditure, side: expenditureSide, name: "基本支出"}}},
	{"项目支出 = 收支总表", pick{form: expenditureForm, measures: []string{"project"}}, []pick{{form: revenueExpenditure, side: expenditureSide, name: "项目支出"}}},
}

// only returns the one table of a form, nil if there is none or several: a
// document of several units repeats its forms.
func (w *work) only(form string) *sheet {
	var out *sheet
	for _, s := range w.sheets {
		if s.Form == form {
			if out != nil {
				return nil
			}
			out = s
		}
	}
	return out
}

// find returns the figures that a pick chooses, with their names.
func (w *work) find(p pick) (figures [][]figure, names []string) {
	s := w.only(p.form)
	if s == nil {
		return nil, nil
	}
	for _, l := range s.lines {
		if p.chooses(l) && (p.side == "" || l.Side == p.side) && (slices.Contains(p.columns(), l.Measure) || p.measures == nil && s.isPlain()) {
			figures, names = append(figures, []figure{s.figure(l)}), append(names, lineName(l))
		}
	}
	if len(figures) == 0 && p.name == "" && p.measures == nil {
		return s.costTotals()
	}
	return figures, names
}

// columns are the measures that a pick chooses from.
func (p pick) columns() []string {
	if p.measures == nil {
		return mainMeasures
	}
	return p.measures
}

// chooses tells whether a pick chooses the row of a line: by its name, or the
// totals, which are a whole table of one row without names. What was carried
// over of a figure (项目支出结转) is another.
func (p pick) chooses(l *record.BudgetLine) bool {
	if p.name != "" {
		name := bare(l.Name)
		return strings.Contains(name, p.name) && !hasAny(name, carried...) && !l.IsTotal
	}
	return isGrand(l) || l.Name == "" && l.Code == ""
}

// isPlain tells whether a table has a single column of money.
func (s *sheet) isPlain() bool { return len(s.blocks) == 1 && len(s.blocks[0]) == 1 }

// costTotals is the total of a 基本支出 table that prints those of 人员经费 and
// 公用经费 apart: both together.
func (s *sheet) costTotals() ([][]figure, []string) {
	var parts []figure
	for _, l := range s.lines {
		if l.IsTotal && hasAny(bare(l.Name), "人员经费合计", "公用经费合计") {
			parts = append(parts, s.figure(l))
		}
	}
	if len(parts) != len(costs) {
		return nil, nil
	}
	return [][]figure{parts}, []string{"人员经费合计 + 公用经费合计"}
}

// nearest returns the alternative that comes closest to a value.
func nearest(value record.Decimal, alternatives [][]figure) int {
	best := 0
	for i := range alternatives {
		if value.Sub(total(alternatives[i])).Abs().Cmp(value.Sub(total(alternatives[best])).Abs()) < 0 {
			best = i
		}
	}
	return best
}

// crossTables checks the figures that stand in two tables.
func (w *work) crossTables() {
	for _, x := range crossings {
		wholes, _ := w.find(x.whole)
		var any [][]figure
		var names []string
		for _, p := range x.any {
			f, n := w.find(p)
			any, names = append(any, f...), append(names, n...)
		}
		if len(any) == 0 {
			continue
		}
		for _, whole := range wholes {
			k := nearest(total(whole), any)
			if len(whole) == 1 {
				w.equal(ruleCross, x.what+" ("+names[k]+")", whole[0], any[k]...)
			} else if len(any[k]) == 1 {
				w.equal(ruleCross, x.what, any[k][0], whole...)
			}
		}
	}
	w.crossNames(revenueExpenditure, expenditureForm, mainMeasures)
	w.crossNames(appropriationForm, generalPublic, generalColumn)
	w.crossCodes()
	w.crossThreePublic()
	for _, t := range twins {
		w.twin(w.only(t[0]), w.only(t[1]))
	}
}

// crossNames checks the expenditure of a table of both sides, by function,
// against the classes (类) of the same names in the table of expenditure.
func (w *work) crossNames(left, right string, measures []string) {
	a, b := w.only(left), w.only(right)
	if a == nil || b == nil {
		return
	}
	classes := map[string]*record.BudgetLine{}
	for _, l := range b.lines {
		if l.CodeLevel == 1 && slices.Contains(mainMeasures, l.Measure) {
			classes[bare(l.Name)] = l
		}
	}
	versions := map[string][][]figure{}
	names := map[string]string{}
	for _, l := range a.lines {
		if name := bare(l.Name); classes[name] != nil && l.Side == expenditureSide && slices.Contains(measures, l.Measure) {
			versions[name], names[name] = append(versions[name], []figure{a.figure(l)}), lineName(l)
		}
	}
	for _, l := range b.lines {
		// A table may have 预算数 beside 决算数: one of them is meant.
		name := bare(l.Name)
		if any := versions[name]; classes[name] == l && any != nil {
			c := b.figure(l)
			w.equal(ruleCross, fmt.Sprintf("%s (%s) = %s", names[name], left, lineName(l)), any[nearest(c.value, any)][0], c)
		}
	}
}

// crossCodes checks that no item of the general public budget is larger than
// the same item of all expenditure.
func (w *work) crossCodes() {
	whole, part := w.only(expenditureForm), w.only(generalPublic)
	if whole == nil || part == nil {
		return
	}
	type key struct{ code, measure string }
	all := map[key]*record.BudgetLine{}
	for _, l := range whole.lines {
		all[key{l.Code, l.Measure}] = l
	}
	for _, l := range part.lines {
		if a := all[key{l.Code, l.Measure}]; a != nil && l.Code != "" {
			w.within(rulePart, lineName(l)+" ≤ "+lineName(a)+" of all expenditure", whole.figure(a), part.figure(l))
		}
	}
}

// twins are tables that list the same items, with the same amounts wherever
// there is no other money than the general public budget.
var twins = [][2]string{{fiscalExpenditure, generalPublic}, {basicForm, generalPublicBasic}, {revenueForm, expenditureForm}, {expenditureForm, generalPublic}}

// twin compares two tables item by item. That they differ is no error; which of
// them breaks its own sums as well is wrong.
func (w *work) twin(a, b *sheet) {
	if a == nil || b == nil {
		return
	}
	type key struct{ code, measure string }
	keyOf := func(l *record.BudgetLine) key {
		if slices.Contains(mainMeasures, l.Measure) || l.Measure == "basic" && (a.isPlain() || b.isPlain()) {
			return key{l.Code, "total"}
		}
		return key{l.Code, l.Measure}
	}
	other := map[key]*record.BudgetLine{}
	for _, l := range b.lines {
		other[keyOf(l)] = l
	}
	for _, l := range a.lines {
		if o := other[keyOf(l)]; o != nil && l.Code != "" {
			w.checks = append(w.checks, check{rule: ruleCross, whole: a.figure(l), parts: []figure{b.figure(o)}, hint: true})
		}
	}
}

// threePublicCodes are the items of the economic classification that are items
// of 三公, too. 三公 counts what projects spend as well, so it may be more.
var threePublicCodes = map[string]string{"30212": "overseas_travel", "30217": "official_reception", "30231": "vehicle_operation"}

// crossThreePublic checks the items of 三公 in the table of basic expenditure
// against the table of 三公.
func (w *work) crossThreePublic() {
	basic, three := w.only(generalPublicBasic), w.only(threePublicForm)
	if basic == nil || three == nil {
		return
	}
	for _, l := range basic.lines {
		id := threePublicCodes[l.Code]
		if id == "" || !slices.Contains(mainMeasures, l.Measure) {
			continue
		}
		for _, t := range w.threePublicLines(id, w.ownVersion()) {
			w.within(rulePart, lineName(l)+" ≤ “三公”经费 "+t.MeasureRaw, three.figure(t), basic.figure(l))
		}
	}
}

// versionMeasures are the measures of the columns 预算数 and 决算数.
var versionMeasures = map[string]string{budgetVersion: "budget_amount", accountVersion: "final_amount"}

// ownVersion is the version of its figures that a disclosure is about.
func (w *work) ownVersion() string {
	if w.d.Identity.Kind == record.KindFinalAccount {
		return accountVersion
	}
	return budgetVersion
}

// threePublicLines returns the lines of an item of the 三公 table that are of a
// version. Columns that name none are of that which the disclosure is about.
func (w *work) threePublicLines(id, version string) []*record.BudgetLine {
	s := w.only(threePublicForm)
	if s == nil {
		return nil
	}
	var out []*record.BudgetLine
	for _, l := range s.lines {
		if ofOtherYear(l.Measure) {
			continue
		}
		measure, low, both := strings.Cut(l.Measure, "/")
		if l.Name != "" {
			if measure == versionMeasures[budgetVersion] || measure == versionMeasures[accountVersion] {
				low, both = measure, true
			}
			measure = threePublicOf(bare(l.Name))
			if isGrand(l) && measure == "" {
				measure = "three_public"
			}
		} else if measure == "total" && !s.has("three_public") {
			measure = "three_public"
		}
		if measure == id && (low == versionMeasures[version] || !both && version == w.ownVersion()) {
			out = append(out, l)
		}
	}
	return out
}

// ofOtherYear tells whether a measure is of the year before, or of the change
// from it, or is not known.
func ofOtherYear(measure string) bool {
	for part := range strings.SplitSeq(measure, "/") {
		if strings.HasPrefix(part, "prior_") || part == "change_amount" {
			return true
		}
	}
	return false
}

// has tells whether a table has a column of a measure.
func (s *sheet) has(measure string) bool {
	return slices.ContainsFunc(s.lines, func(l *record.BudgetLine) bool { return l.Measure == measure })
}
