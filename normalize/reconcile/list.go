package reconcile

import (
	"slices"

	"yusuan/normalize/record"
)

// lists checks tables that list items without codes: 政府采购, 项目支出, and
// revenue by source in rows. Their total is the sum of the subtotals, and a
// subtotal that of the items below it.
func (w *work) lists(s *sheet) {
	if s.Form != procurementForm && s.Form != projectForm && s.Form != revenueForm {
		return
	}
	if slices.ContainsFunc(s.lines, func(l *record.BudgetLine) bool { return l.Code != "" }) {
		return
	}
	for _, col := range columnsOf(s.lines) {
		if lines := s.column(col); lines[0].Measure != "project_total" && lines[0].Measure != "unit_price" {
			w.list(s, lines)
		}
	}
}

// list checks one column of a list.
func (w *work) list(s *sheet, lines []*record.BudgetLine) {
	var grand *record.BudgetLine
	var subs, items []*record.BudgetLine
	below := map[*record.BudgetLine][]*record.BudgetLine{}
	for _, l := range lines {
		level, _ := label(l.Name)
		switch {
		case isGrand(l) && grand == nil:
			grand = l
		case l.IsTotal || level == 1:
			subs = append(subs, l)
		default:
			items = append(items, l)
			if len(subs) > 0 {
				below[subs[len(subs)-1]] = append(below[subs[len(subs)-1]], l)
			}
		}
	}
	switch {
	case grand != nil && len(subs) > 0:
		w.sum(s, ruleTotal, grand, subs)
	case grand != nil:
		w.sum(s, ruleTotal, grand, items)
	}
	// Subtotals that stand below their items, and headings that have two
	// levels of items below them, are left out.
	if len(subs) == 0 || len(items) > 0 && items[0].Row < subs[0].Row || slices.ContainsFunc(subs, func(l *record.BudgetLine) bool { return !l.IsTotal }) {
		return
	}
	for _, l := range subs {
		w.sum(s, ruleTotal, l, below[l])
	}
}
