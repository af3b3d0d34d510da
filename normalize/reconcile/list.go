package reconcile

import (
	"slices"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
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
	indents := w.indents(s)
	for _, col := range columnsOf(s.lines) {
		lines := s.column(col)
		switch {
		case lines[0].Measure == "project_total" || lines[0].Measure == "unit_price":
		case len(indents) > 0:
			w.outline(s, lines, indents)
		default:
			w.list(s, lines)
		}
	}
}

// indents returns for each row of a table the column of its last name, if they
// differ: 货物 in the first, the project and its use below it in the second and
// third, what is bought for them in the fourth. Where a project has several
// uses, the second of them leaves its column blank. The total stands in any.
//
// A row that begins with a text that is no part of its name (采购组织形式 alone)
// continues the row above.
func (w *work) indents(s *sheet) map[int]int {
	first := w.firstCells(s.Table.Table)
	levels := map[int]bool{}
	out := map[int]int{}
	last := -1
	for _, l := range s.lines {
		c := first[l.Row]
		if c == nil {
			return nil
		}
		if strings.Contains(vocab.Key(l.Name), vocab.Key(c.Text)) {
			last = c.Col + strings.Count(l.Name, "/")
		}
		if _, done := out[l.Row]; last < 0 || done {
			continue
		}
		out[l.Row] = last
		if !isGrand(l) {
			levels[last] = true
		}
	}
	if len(levels) < 2 {
		return nil
	}
	return out
}

// firstCells finds the first filled cell of every row of a table, merged cells
// in all of their rows.
func (w *work) firstCells(table int) map[int]*record.Cell {
	out := map[int]*record.Cell{}
	for i := range w.d.Cells {
		c := &w.d.Cells[i]
		if c.Table != table || c.IsHeader || c.Text == "" {
			continue
		}
		for row := c.Row; row < c.Row+max(1, c.RowSpan); row++ {
			if out[row] == nil || c.Col < out[row].Col {
				out[row] = c
			}
		}
	}
	return out
}

// outline checks a column of a list whose names are indented: every row is the
// sum of the rows one step further in that follow it.
func (w *work) outline(s *sheet, lines []*record.BudgetLine, indents map[int]int) {
	var grand *record.BudgetLine
	var above, top []*record.BudgetLine
	below := map[*record.BudgetLine][]*record.BudgetLine{}
	for _, l := range lines {
		if isGrand(l) && grand == nil {
			grand = l
			continue
		}
		for len(above) > 0 && indents[above[len(above)-1].Row] >= indents[l.Row] {
			above = above[:len(above)-1]
		}
		if len(above) == 0 {
			top = append(top, l)
		} else {
			parent := above[len(above)-1]
			below[parent] = append(below[parent], l)
		}
		above = append(above, l)
	}
	if grand != nil {
		w.sum(s, ruleTotal, grand, top)
	}
	for _, l := range lines {
		w.sum(s, ruleTotal, l, below[l])
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
