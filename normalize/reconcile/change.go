package reconcile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

var hundred = record.Int(100)

// isMoney tells whether an amount of a paragraph is money.
func isMoney(a *record.Amount) bool { return a.Table == 0 && a.Unit == "CNY" && !a.Base.IsNull() }

func isPercent(a *record.Amount) bool { return a.Table == 0 && a.Unit == "%" && !a.Base.IsNull() }

// isLevel tells whether an amount is one of money, not a change of one.
func isLevel(a *record.Amount) bool { return isMoney(a) && a.Change == "" && a.BasePeriod == "" }

// percentPlaces is the number of decimals of a computed percentage.
const percentPlaces = 2

// ratio is a printed percentage with the figures that it is between.
type ratio struct {
	rule      *Rule
	percent   *record.Amount
	part, all figure
	// doubt is the amount that all was printed as or follows from; nil if
	// it is not to be doubted.
	doubt *record.Amount
	// change says that the percentage is that of a change: part ÷ all − 1.
	change bool
}

// printed is the percentage, with its sign and, for a change, the 100 % that
// it is added to.
func (r *ratio) printed() record.Decimal {
	p := r.percent.Base
	if r.change {
		if r.percent.Change == "decrease" {
			p = p.Neg()
		}
		p = p.Add(hundred)
	}
	return p
}

// holds tells whether the percentage fits: with both figures moved by as much
// as rounding can have moved them, and the percentage itself by one unit of its
// last digit, because some cut digits off. known is false where nothing can be
// said: without a whole there is no share.
func (r *ratio) holds() (ok, known bool) { return r.fits(2) }

// fits tells whether the percentage fits when it may be off by some halves of
// its last digit.
func (r *ratio) fits(halves int64) (ok, known bool) {
	low, high := r.all.value.Sub(r.all.half), r.all.value.Add(r.all.half)
	if low.IsNull() || low.Cmp(record.Int(0)) <= 0 {
		return false, false
	}
	_, d, _ := printedDecimals(r.percent.Number.String())
	slack := halfUnit(0, d).Mul(record.Int(halves))
	least := r.part.value.Sub(r.part.half).Mul(hundred)
	most := r.part.value.Add(r.part.half).Mul(hundred)
	upper := r.printed().Add(slack).Mul(high)
	lower := r.printed().Sub(slack).Mul(low)
	if least.IsNull() || most.IsNull() || upper.IsNull() || lower.IsNull() {
		return false, false
	}
	return upper.Cmp(least) >= 0 && lower.Cmp(most) <= 0, true
}

// ratioFinding writes the finding of a percentage that does not fit.
func (w *work) ratioFinding(r *ratio) {
	expected := r.part.value.Mul(hundred).Div(r.all.value, percentPlaces)
	actual := r.printed()
	if r.change {
		expected, actual = expected.Sub(hundred), actual.Sub(hundred)
	}
	f := record.Finding{Origin: r.percent.Origin, Rule: r.rule.ID, Severity: r.rule.Severity,
		Message:  fmt.Sprintf("%s: %s, between “%s” and “%s”", r.rule.Identity, r.percent.Metric, r.all.text, r.part.text),
		Expected: expected, Actual: actual, Difference: actual.Sub(expected), Text: r.percent.Text}
	if wrong, right, ok := r.misprint(); ok {
		f.Message += fmt.Sprintf("; the rate of %s %% printed fits if one digit of “%s” is wrong", r.percent.Number, wrong.Text)
		f.Expected, f.Actual, f.Difference, f.Text = right, wrong.Base, wrong.Base.Sub(right), wrong.Text
	}
	w.add(f)
}

// paragraph are the amounts of one paragraph in order.
type paragraph []*record.Amount

// paragraphs groups the amounts by paragraph.
func (w *work) paragraphs() []paragraph {
	var out []paragraph
	for i := range w.d.Amounts {
		a := &w.d.Amounts[i]
		if a.Table != 0 {
			continue
		}
		if n := len(out); n > 0 && out[n-1][0].Block == a.Block {
			out[n-1] = append(out[n-1], a)
		} else {
			out = append(out, paragraph{a})
		}
	}
	return out
}

// levels returns the amounts of a metric before an amount, nearest first: of
// the period that is given, or of the disclosure's own if none is.
func (w *work) levels(p paragraph, before int, period string) []*record.Amount {
	own := strconv.Itoa(w.d.Identity.FiscalYear)
	var out []*record.Amount
	for i := before - 1; i >= 0; i-- {
		a := p[i]
		if !isLevel(a) || a.Metric != p[before].Metric || hasAny(a.Qualifier, "执行", "年初", "上年") && period == "" {
			continue
		}
		if period != "" && a.Period == period || period == "" && (a.Period == "" || a.Period == own) {
			out = append(out, a)
		}
	}
	return out
}

// changes checks the statements of change in every paragraph, and the rates of
// completion.
func (w *work) changes() {
	for _, p := range w.paragraphs() {
		if w.ownYear(p) {
			continue
		}
		for i, a := range p {
			switch {
			case isPercent(a) && (a.Change == "increase" || a.Change == "decrease"):
				w.rate(p, i)
			case isMoney(a) && (a.Change == "increase" || a.Change == "decrease"):
				w.difference(p, i)
			case a.Has("unit_missing") && (a.Change == "increase" || a.Change == "decrease"):
				w.signMissing(p, i)
			case isPercent(a) && strings.HasPrefix(a.Qualifier, "完成"):
				w.completion(p, i)
			}
		}
	}
}

// ownYear tells whether a paragraph of a budget compares the budget with that of
// its own year (比2026年预算增加 in the budget of 2026). It is reported once, and
// nothing else is said about changes whose base is unknown. Final accounts are
// compared with the budget of their year rightly.
func (w *work) ownYear(p paragraph) bool {
	year := strconv.Itoa(w.d.Identity.FiscalYear)
	if slices.ContainsFunc(p, func(a *record.Amount) bool { return a.Period != "" && a.Period != year }) {
		return false // another budget may be compared with this one
	}
	for _, a := range p {
		if w.d.Identity.Kind != record.KindBudget || a.BasePeriod != year || !hasAny(a.Text, "比"+year+"年预算", "与"+year+"年预算", "较"+year+"年预算") {
			continue
		}
		w.failed++
		w.add(record.Finding{Origin: a.Origin, Rule: rulePeriod.ID, Severity: rulePeriod.Severity, Message: rulePeriod.Identity + ": " + a.Metric,
			Expected: record.Int(int64(w.d.Identity.FiscalYear - 1)), Actual: record.Int(int64(w.d.Identity.FiscalYear)), Difference: record.Int(1), Text: a.Text})
		return true
	}
	return false
}

// rate checks a rate of change. What it is measured against is printed, or
// follows from the change in money beside it. A paragraph may state the level
// twice; the rate must fit one of them.
func (w *work) rate(p paragraph, i int) {
	now := w.levels(p, i, "")
	w.anyRatio(w.ratesOf(p, i, now))
}

// signMissing reports a rate of change that was printed without %: a number
// without a unit that fits as one.
func (w *work) signMissing(p paragraph, i int) {
	for _, r := range w.ratesOf(p, i, w.levels(p, i, "")) {
		if ok, known := r.holds(); ok && known {
			w.failed++
			w.add(record.Finding{Origin: p[i].Origin, Rule: ruleSign.ID, Severity: ruleSign.Severity,
				Message: ruleSign.Identity + ": " + p[i].Metric, Text: p[i].Text})
			return
		}
	}
}

// ratesOf pairs a rate of change with each of the levels that it may be of.
func (w *work) ratesOf(p paragraph, i int, now []*record.Amount) []*ratio {
	var pairs []*ratio
	before := w.basesOf(p, i)
	for _, n := range now {
		level := amountFigure(n)
		for _, b := range before {
			pairs = append(pairs, &ratio{rule: ruleChange, percent: p[i], part: level, all: amountFigure(b), doubt: b, change: true})
		}
		if len(before) == 0 && i > 0 && isMoney(p[i-1]) && p[i-1].Metric == p[i].Metric && p[i-1].Change == p[i].Change {
			pairs = append(pairs, &ratio{rule: ruleChange, percent: p[i], part: level, all: baseOf(level, p[i-1]), doubt: p[i-1], change: true})
		}
	}
	return pairs
}

// basesOf returns the amounts that a change may be measured against: those of
// the same metric in its base period. Another version of the figure of the same
// year (比年初预算) is not told from the level itself.
func (w *work) basesOf(p paragraph, i int) []*record.Amount {
	if p[i].BasePeriod == "" || p[i].BasePeriod == strconv.Itoa(w.d.Identity.FiscalYear) {
		return nil
	}
	return w.levels(p, i, p[i].BasePeriod)
}

// baseOf is what a level was before a change.
func baseOf(level figure, change *record.Amount) figure {
	c := amountFigure(change)
	base := figure{at: level.at, text: level.text + ", " + change.Text, value: level.value.Sub(c.value), half: tolerance(level, c)}
	if change.Change == "decrease" {
		base.value = level.value.Add(c.value)
	}
	return base
}

// anyRatio counts a percentage as right if it fits one of several pairs of
// figures.
func (w *work) anyRatio(pairs []*ratio) {
	var fails *ratio
	for _, r := range pairs {
		ok, known := r.holds()
		if ok && known {
			w.passed++
			return
		}
		if known && fails == nil {
			fails = r
		}
	}
	if fails != nil {
		w.failed++
		w.ratioFinding(fails)
	}
}

// difference checks a change in money: against both levels if they are
// printed, and against the level alone, which cannot have risen by more than
// itself.
func (w *work) difference(p paragraph, i int) {
	now, change := w.levels(p, i, ""), amountFigure(p[i])
	if len(now) == 0 {
		return
	}
	var tries []check
	for _, b := range w.basesOf(p, i) {
		for _, n := range now {
			part := amountFigure(b)
			part.half = tolerance(part, change)
			if p[i].Change == "decrease" {
				part.value = part.value.Sub(change.value)
			} else {
				part.value = part.value.Add(change.value)
			}
			tries = append(tries, check{rule: ruleChange, what: p[i].Metric + " " + p[i].Text, whole: amountFigure(n), parts: []figure{part}})
		}
	}
	if len(tries) > 0 {
		best := 0
		for k := range tries {
			if tries[k].judge(); tries[k].holds && !tries[best].holds {
				best = k
			}
		}
		w.checks = append(w.checks, tries[best])
		return
	}
	if p[i].Change == "increase" && p[i].BasePeriod != "" {
		w.checks = append(w.checks, check{rule: ruleChange, whole: amountFigure(now[0]), parts: []figure{change}, atMost: true,
			what: fmt.Sprintf("%s cannot have risen by more than it is: %s", p[i].Metric, p[i].Text)})
	}
}

// budgetWords tell the versions of a budget apart.
var budgetWords = []string{"年初", "全年", "调整"}

// completion checks a rate of completion against the budget and the account
// before it. Of several versions of the budget it must be the one that is named.
// Sentences name the version beside the metric or at its end.
func (w *work) completion(p paragraph, i int) {
	var pairs []*ratio
	var account *record.Amount
	for j := i - 1; j >= 0; j-- {
		a := p[j]
		switch {
		case !isLevel(a) || !sameItem(a.Metric, p[i].Metric):
		case !isBudget(a):
			if account == nil {
				account = a
			}
		case account != nil && samePeriod(a, account) && sameVersion(a.Qualifier+a.Metric, p[i].Qualifier):
			pairs = append(pairs, &ratio{rule: ruleCompletion, percent: p[i], part: amountFigure(account), all: amountFigure(a)})
		}
	}
	w.anyRatio(pairs)
}

// sameVersion tells whether a budget is of the version that a rate names.
func sameVersion(budget, rate string) bool {
	for _, word := range budgetWords {
		if strings.Contains(rate, word) {
			return strings.Contains(budget, word)
		}
	}
	return true
}
