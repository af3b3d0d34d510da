package reconcile

import (
	"slices"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// ofWhole keeps the counterparts that an amount can have when the clause before
// it names its whole (本年支出合计990万元，其中：基本支出690万元): those in the tables
// of the whole, and those in tables with the same total. The 基本支出 of the
// general public budget is another when there is other money, too.
func (w *work) ofWhole(i int, any [][]figure) [][]figure {
	whole := w.wholeBefore(i)
	if whole == nil {
		return any
	}
	tables := map[int]bool{}
	for _, figures := range w.toldOf(whole).any {
		tables[figures[0].at.Table] = true
	}
	f := amountFigure(whole)
	return slices.DeleteFunc(slices.Clone(any), func(x []figure) bool {
		return !tables[x[0].at.Table] && !w.hasTotal(x[0].at.Table, f)
	})
}

// wholeBefore returns the nearest expenditure before an amount in its paragraph
// that a table states as a whole, nil if there is none. Where each part has a
// paragraph of its own, the whole is in the one before them that ends with 其中：.
func (w *work) wholeBefore(i int) *record.Amount {
	part := &w.d.Amounts[i]
	for j := i - 1; j >= 0 && part.Block-w.d.Amounts[j].Block <= shareReach; j-- {
		a := &w.d.Amounts[j]
		if a.Table == 0 && (a.Block == part.Block || w.opens(a.Block)) && w.isOwn(a) && strings.Contains(a.Metric, "支") && a.Base.Cmp(part.Base) >= 0 && isWhole(a.Metric) {
			return a
		}
	}
	return nil
}

// opens tells whether a paragraph ends with a colon.
func (w *work) opens(block int) bool {
	return slices.ContainsFunc(w.d.Paragraphs, func(p record.Paragraph) bool {
		return p.Block == block && strings.HasSuffix(vocab.Key(p.Text), ":")
	})
}

// isWhole tells whether a metric is one of those that only a whole has.
func isWhole(metric string) bool {
	metric = fillers.Replace(bare(metric))
	for _, m := range meanings {
		if slices.Contains(m.metrics, metric) {
			return !m.weak
		}
	}
	return false
}

// hasTotal tells whether a figure is the total of a table.
func (w *work) hasTotal(table int, f figure) bool {
	for _, s := range w.sheets {
		if s.Table.Table == table && slices.ContainsFunc(s.lines, func(l *record.BudgetLine) bool {
			return isGrand(l) && sameValue(f, s.figure(l))
		}) {
			return true
		}
	}
	return false
}

// sameValue tells whether two figures are the same but for rounding.
func sameValue(a, b figure) bool {
	return a.value.Sub(b.value).Abs().Cmp(tolerance(a, b)) <= 0
}

// closing leaves out of the counterparts of 总收入 and 总支出 the totals of the
// year alone, when there is more than these: a document that carries money over
// means the last total. An amount that fits one of the others all the same was
// named carelessly.
func (w *work) closing(a *record.Amount, any [][]figure) [][]figure {
	if len(any) == 0 || !strings.Contains(a.Metric, "总") || hasAny(a.Metric, "总额", "总金额") || strings.Contains(a.Text, "本年") ||
		!slices.Contains(everything, fillers.Replace(bare(a.Metric))) {
		return any
	}
	f := amountFigure(a)
	if near := any[nearest(f.value, any)]; sameValue(f, figure{value: total(near), half: tolerance(near...)}) {
		return any
	}
	years := w.yearTotals()
	return slices.DeleteFunc(slices.Clone(any), func(x []figure) bool {
		return slices.ContainsFunc(years, func(y figure) bool { return y.value.Cmp(total(x)) == 0 })
	})
}

// yearTotals are the totals of 收支总表 that are followed by another amount.
func (w *work) yearTotals() []figure {
	s := w.only(revenueExpenditure)
	if s == nil {
		return nil
	}
	var out []figure
	for _, col := range columnsOf(s.lines) {
		totals := inColumn(s.lines, col, true)
		for _, l := range totals {
			if l.Amount.Cmp(totals[len(totals)-1].Amount) != 0 {
				out = append(out, s.figure(l))
			}
		}
	}
	return out
}
