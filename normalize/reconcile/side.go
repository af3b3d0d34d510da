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
		c := check{rule: ruleSide, whole: s.figure(t), parts: s.figures(parts), what: lineName(t)}
		if c.judge(); c.holds || !unknown {
			w.checks = append(w.checks, c)
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
