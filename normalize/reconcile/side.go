package reconcile

import (
	"slices"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// carried are the words of items that stand between the total of the year and
// the total of everything: 上年结转, 年初结转和结余, 弥补收支差额.
var carried = []string{"结转", "结余", "弥补"}

// budgets are the parts of 财政拨款: no other money is one.
var budgets = []string{"一般公共预算", "政府性基金", "国有资本经营"}

// sides checks the tables of revenue beside expenditure: the totals of each
// side against its items, and both sides against each other.
func (w *work) sides(s *sheet) {
	if s.Form != revenueExpenditure && s.Form != appropriationForm {
		return
	}
	last := map[string]*record.BudgetLine{}
	for _, side := range []string{revenueSide, expenditureSide} {
		lines := slices.DeleteFunc(slices.Clone(s.lines), func(l *record.BudgetLine) bool { return l.Side != side || l.Code != "" })
		for _, col := range columnsOf(lines) {
			items, totals := inColumn(lines, col, false), inColumn(lines, col, true)
			if len(totals) == 0 {
				totals = w.totalsBeside(lines, items)
			} else if last[side] == nil {
				last[side] = totals[len(totals)-1]
			}
			w.side(s, items, totals)
			w.subItems(s, items)
		}
	}
	in, out := last[revenueSide], last[expenditureSide]
	if in != nil && out != nil && in.Row == out.Row {
		w.equal(ruleBalance, in.Name+" = "+out.Name, s.figure(out), s.figure(in))
	}
}

// columnsOf lists the columns of lines from the left.
func columnsOf(lines []*record.BudgetLine) []int {
	var out []int
	for _, l := range lines {
		if !slices.Contains(out, l.Col) {
			out = append(out, l.Col)
		}
	}
	slices.Sort(out)
	return out
}

// inColumn returns the totals, or the others, of a column.
func inColumn(lines []*record.BudgetLine, col int, totals bool) []*record.BudgetLine {
	var out []*record.BudgetLine
	for _, l := range lines {
		if l.Col == col && l.IsTotal == totals {
			out = append(out, l)
		}
	}
	return out
}

// totalsBeside returns the totals of the one other column of the side that has
// the same measure: expenditure by function and by use have one total.
func (w *work) totalsBeside(lines, items []*record.BudgetLine) []*record.BudgetLine {
	var out []*record.BudgetLine
	for _, l := range lines {
		if len(items) > 0 && l.IsTotal && l.Measure == items[0].Measure {
			if len(out) > 0 && out[0].Col != l.Col {
				return nil
			}
			out = append(out, l)
		}
	}
	return out
}

// side checks the totals of a column of items from the top: the first is the
// sum of the items above it, each later one that of the total before it and
// what was carried over. Where amounts stand between whose place in the sum is
// not known, a sum that does not hold says nothing.
func (w *work) side(s *sheet, items, totals []*record.BudgetLine) {
	above := partsOf(items, totals)
	w.partRows(s, items, above)
	items = slices.DeleteFunc(slices.Clone(items), func(l *record.BudgetLine) bool { return above[l] != nil })
	var before *record.BudgetLine
	for _, t := range totals {
		parts, unknown := sideParts(items, before, t)
		if before != nil {
			parts = append(parts, before)
		}
		before = t
		if len(parts) == 0 {
			continue
		}
		w.equal(ruleSide, lineName(t), s.figure(t), s.figures(parts)...)
		w.checks[len(w.checks)-1].open = unknown
	}
}

// ofWhich begins the name of a row that is a part of the row above it.
const ofWhich = "其中"

// partsOf finds the rows that are a part of a row above them, and which: those
// that begin with 其中, and those without a label that follow, one below the
// other. A row that is larger than the one above is no part of it, unless it
// says so.
func partsOf(items, totals []*record.BudgetLine) map[*record.BudgetLine]*record.BudgetLine {
	rows := slices.Concat(items, totals)
	slices.SortStableFunc(rows, func(a, b *record.BudgetLine) int { return a.Row - b.Row })
	out := map[*record.BudgetLine]*record.BudgetLine{}
	var above *record.BudgetLine
	inside := false
	for _, l := range rows {
		level, rest := label(l.Name)
		switch {
		case strings.HasPrefix(rest, ofWhich):
			inside = above != nil
		case level > 0, l.IsTotal, inside && l.Amount.Cmp(above.Amount) > 0,
			inside && hasAny(rest, carried...) && !hasAny(above.Name, carried...):
			inside = false
		}
		if inside {
			out[l] = above
		} else {
			above = l
		}
	}
	return out
}

// partRows checks that no row is larger than the one that it is a part of. The
// budgets of 财政拨款 are so together, because no money is of two of them.
func (w *work) partRows(s *sheet, items []*record.BudgetLine, above map[*record.BudgetLine]*record.BudgetLine) {
	together := map[*record.BudgetLine][]*record.BudgetLine{}
	for _, l := range items {
		whole := above[l]
		switch {
		case whole == nil:
		case hasAny(l.Name, budgets...):
			together[whole] = append(together[whole], l)
		default:
			w.within(ruleSide, lineName(l)+" ≤ "+whole.Name, s.figure(whole), s.figure(l))
		}
	}
	for _, l := range items {
		if whole := above[l]; whole != nil && together[whole] != nil {
			w.within(ruleSide, lineName(together[whole][0])+" … ≤ "+whole.Name, s.figure(whole), s.figures(together[whole])...)
			delete(together, whole)
		}
	}
}

// sideParts are the items between two totals that the lower one sums up:
// above the first, those with a label of the highest level and what was carried
// over; below it, the latter alone. unknown tells whether there are others, or
// labels that begin anew (一、本年支出 above 一、一般公共服务支出).
func sideParts(items []*record.BudgetLine, before, t *record.BudgetLine) (parts []*record.BudgetLine, unknown bool) {
	seen := map[string]bool{}
	for _, l := range items {
		if l.Row >= t.Row || before != nil && l.Row <= before.Row {
			continue
		}
		level, rest := label(l.Name)
		carry := hasAny(rest, carried...)
		switch {
		case before == nil && level == 1, level <= 1 && carry:
			parts = append(parts, l)
			mark := strings.TrimSuffix(vocab.Key(l.Name), rest)
			unknown = unknown || level == 1 && seen[mark]
			seen[mark] = true
		case level == 0 || before != nil:
			unknown = unknown || !l.Amount.IsZero()
		}
	}
	return parts, unknown
}

// subItems checks items against those one level below: 财政拨款收入 equals its
// three budgets; of others only that no part exceeds the whole.
func (w *work) subItems(s *sheet, items []*record.BudgetLine) {
	for i, l := range items {
		if level, _ := label(l.Name); level != 1 {
			continue
		}
		var parts []*record.BudgetLine
		all := true
		for _, p := range items[i+1:] {
			level, rest := label(p.Name)
			if level != 2 {
				break
			}
			parts = append(parts, p)
			all = all && hasAny(rest, budgets...)
		}
		switch {
		case len(parts) == 0:
		case all:
			w.equal(ruleSide, lineName(l), s.figure(l), s.figures(parts)...)
		default:
			for _, p := range parts {
				w.within(ruleSide, lineName(p)+" ≤ "+l.Name, s.figure(l), s.figure(p))
			}
		}
	}
}
