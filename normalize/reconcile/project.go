package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// fundsOf are the amounts of a project by their columns.
func fundsOf(p *record.Project) map[string]record.Decimal {
	return map[string]record.Decimal{"total": p.Total, "fiscal": p.Fiscal, "other": p.Other, "carryover": p.Carryover,
		"year_total": p.YearTotal, "year_fiscal": p.YearFiscal}
}

// fundParts are the funds of a project that cannot be larger than others.
var fundParts = []struct{ part, whole string }{
	{"fiscal", "total"}, {"other", "total"}, {"year_fiscal", "year_total"}, {"year_total", "total"},
}

// projects checks the target forms: funds, spending plans, and their sum
// against what the text says.
func (w *work) projects() {
	for i := range w.d.Projects {
		p := &w.d.Projects[i]
		w.funds(p)
		w.plan(p)
	}
	w.projectSum()
	w.projectNames()
}

// funds checks the amounts of one project.
func (w *work) funds(p *record.Project) {
	f := fundsOf(p)
	for _, x := range fundParts {
		part, whole := f[x.part], f[x.whole]
		if part.IsNull() || whole.IsNull() || part.IsZero() {
			continue
		}
		if part.Cmp(whole) <= 0 {
			w.passed++
			continue
		}
		w.failed++
		at, text := w.fundCell(p, part)
		w.add(record.Finding{Origin: at, Rule: ruleFunds.ID, Severity: ruleFunds.Severity,
			Message:  fmt.Sprintf("%s: %s ≤ %s of project %s", ruleFunds.Identity, x.part, x.whole, p.Name),
			Expected: whole, Actual: part, Difference: part.Sub(whole), Text: text})
	}
	if sum := p.Fiscal.Add(p.Other); !sum.IsNull() && !p.Total.IsNull() && !p.Total.IsZero() {
		at, text := w.fundCell(p, p.Total)
		half := halfUnit(w.scale(p.Table), moneyDecimals)
		w.equal(ruleFunds, "total = fiscal + other of project "+p.Name, figure{at: at, text: text, value: p.Total, half: half},
			figure{at: p.Origin, value: p.Fiscal, half: half}, figure{at: p.Origin, value: p.Other, half: half})
	}
}

// moneyDecimals are the usual decimals of money, in 元 and in 万元, where the
// record does not keep how it was printed.
const moneyDecimals = 2

// scale is the power of ten of the money of a table.
func (w *work) scale(table int) int {
	for i := range w.d.Tables {
		if w.d.Tables[i].Table == table {
			return w.d.Tables[i].ScaleExp
		}
	}
	return 0
}

// fundCell finds the cell that an amount of a project was printed in, by its
// number: the record keeps only where the form stands.
func (w *work) fundCell(p *record.Project, value record.Decimal) (record.Origin, string) {
	scale := w.scale(p.Table)
	for i := range w.d.Cells {
		c := &w.d.Cells[i]
		if c.Table != p.Table || c.IsHeader {
			continue
		}
		if n, _, ok := printedDecimals(c.Text); ok && (n.Shift(scale).Cmp(value) == 0 || n.Cmp(value) == 0) {
			return c.Origin, c.Text
		}
	}
	return p.Origin, value.String()
}

// plan checks a spending plan. Steps that add up to 100 are shares of the
// year, not what is spent by then: of those nothing more is asked.
func (w *work) plan(p *record.Project) {
	full := record.Int(100)
	sum, last := record.Int(0), record.Null
	var steps []string
	fault := ""
	for _, s := range p.SpendingPlan {
		if s.Percent.IsNull() {
			continue
		}
		if !last.IsNull() && s.Percent.Cmp(last) < 0 {
			fault = "falls"
		}
		last = s.Percent
		sum = sum.Add(s.Percent)
		steps = append(steps, fmt.Sprintf("%d: %s %%", s.ThroughMonth, s.Percent))
	}
	n := len(p.SpendingPlan)
	switch {
	case len(steps) == 0 || p.SpendingPlan[n-1].Percent.IsNull():
		return
	case len(steps) > 1 && sum.Cmp(full) == 0:
		w.passed++
		return
	case fault == "" && last.Cmp(full) != 0:
		fault = "does not end at 100 %"
	}
	if fault == "" {
		w.passed++
		return
	}
	w.failed++
	w.add(record.Finding{Origin: p.Origin, Rule: rulePlan.ID, Severity: rulePlan.Severity,
		Message:  fmt.Sprintf("%s: the plan of project %s %s", rulePlan.Identity, p.Name, fault),
		Expected: full, Actual: last, Difference: last.Sub(full), Text: strings.Join(steps, ", ")})
}

// projectSum checks the number and the sum of the target forms against the
// sentence that states both (编报绩效目标的项目5个，涉及项目预算资金…万元). Without the
// same number the forms are not the ones that are meant.
func (w *work) projectSum() {
	for i := range w.d.Amounts {
		a := &w.d.Amounts[i]
		if !isMoney(a) || a.Change != "" || !hasAny(a.Metric, "项目预算资金", "涉及资金", "财政性资金", "涉及金额", "项目资金") || !w.countsProjects(a) {
			continue
		}
		var any [][]figure
		for _, f := range []string{"year_total", "total", "year_fiscal", "fiscal"} {
			var sum []figure
			for j := range w.d.Projects {
				p := &w.d.Projects[j]
				if v := fundsOf(p)[f]; !v.IsNull() {
					sum = append(sum, figure{at: p.Origin, value: v, half: halfUnit(0, 2)})
				}
			}
			if len(sum) == len(w.d.Projects) {
				any = append(any, sum)
			}
		}
		if len(any) > 0 {
			f := amountFigure(a)
			w.equal(ruleProjects, fmt.Sprintf("%d target forms", len(w.d.Projects)), f, holdingOr(f, any)...)
		}
	}
}

// holdingOr returns the alternative that fits, or the first.
func holdingOr(f figure, any [][]figure) []figure {
	for _, parts := range any {
		c := check{whole: f, parts: parts}
		if c.judge(); c.holds {
			return parts
		}
	}
	return any[0]
}

// countsProjects tells whether the paragraph of an amount says that there are
// as many projects as the document has target forms.
func (w *work) countsProjects(a *record.Amount) bool {
	n := record.Int(int64(len(w.d.Projects)))
	return len(w.d.Projects) > 0 && slices.ContainsFunc(w.d.Amounts, func(b record.Amount) bool {
		return b.Block == a.Block && b.Table == 0 && strings.HasSuffix(b.Metric, "项目") && b.Base.Cmp(n) == 0 && b.Unit == "{count}"
	})
}

// mention is a project that a table other than its target form names.
type mention struct {
	at   record.Origin
	name string
	// there says that a target form is that of the project.
	there bool
}

// projectNames checks that projects which procurement and the table of project
// expenditure name have a target form. It asks only where most of them do:
// elsewhere forms are not published for every project.
func (w *work) projectNames() {
	if len(w.d.Projects) == 0 {
		return
	}
	forms := map[string]bool{}
	for i := range w.d.Projects {
		forms[bare(w.d.Projects[i].Name)] = true
	}
	var bought, listed []mention
	for i := range w.d.Procurement {
		if p := &w.d.Procurement[i]; p.ProjectName != "" {
			bought = append(bought, mention{p.Origin, p.ProjectName, p.ProjectCode != "" || forms[bare(p.ProjectName)]})
		}
	}
	for _, s := range w.sheets {
		for _, l := range s.lines {
			if s.Form == projectForm && !l.IsTotal && l.Name != "" {
				listed = append(listed, mention{l.Origin, l.Name, forms[bare(l.Name)]})
			}
		}
	}
	w.missing(bought)
	w.missing(listed)
}

// missing reports the projects of one table that have no target form, if most
// of them have one.
func (w *work) missing(mentions []mention) {
	seen := map[string]bool{}
	var missing []mention
	found := 0
	for _, m := range mentions {
		switch {
		case seen[m.name]:
		case m.there:
			found++
		default:
			missing = append(missing, m)
		}
		seen[m.name] = true
	}
	if found <= len(missing) {
		return
	}
	w.passed += found
	w.failed += len(missing)
	for _, m := range missing {
		w.add(record.Finding{Origin: m.at, Rule: ruleMissing.ID, Severity: ruleMissing.Severity,
			Message: ruleMissing.Identity + ": no target form is that of " + m.name, Text: m.name})
	}
}
