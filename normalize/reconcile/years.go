package reconcile

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// changeMeasure is the measure of a column of changes in money (增减额).
const changeMeasure = "change_amount"

// columnYear is a year in the head of a column.
var columnYear = regexp.MustCompile(`(20\d\d)年`)

// yearOnYear checks the rows of a table that prints one year beside the year
// before and the change between them: before + change = now. Which columns they
// are their own heads say; where several could be meant, nothing is checked. The
// rows must show that they are an identity of the table.
func (w *work) yearOnYear(s *sheet) {
	for _, block := range s.blocks {
		var heads []*heading
		for _, col := range block {
			heads = append(heads, headingOf(s.column(col)[0]))
		}
		change := theOne(heads, func(h *heading) bool { return h.measure == changeMeasure })
		now := theOne(heads, func(h *heading) bool { return h.measure != changeMeasure && w.yearOf(h) == "now" })
		before := theOne(heads, func(h *heading) bool { return h.measure != changeMeasure && w.yearOf(h) == "before" })
		if change != nil && now != nil && before != nil {
			w.yearRows(s, [3]int{now.col, before.col, change.col})
		}
	}
}

// theOne returns the one heading of a kind: of several the one that is their
// sum, nil if none is.
func theOne(heads []*heading, kind func(*heading) bool) *heading {
	var all, sums []*heading
	for _, h := range heads {
		if kind(h) {
			all = append(all, h)
			if h.isSum() {
				sums = append(sums, h)
			}
		}
	}
	switch {
	case len(all) == 1:
		return all[0]
	case len(sums) == 1:
		return sums[0]
	}
	return nil
}

// yearOf tells whether the head of a column names the year of the disclosure
// (now) or the year before it: as a number, or in words.
func (w *work) yearOf(h *heading) string {
	path := strings.Join(h.path, "/") + "/" + h.variant
	if years := columnYear.FindAllStringSubmatch(path, -1); len(years) == 1 {
		switch years[0][1] {
		case strconv.Itoa(w.d.Identity.FiscalYear):
			return "now"
		case strconv.Itoa(w.d.Identity.FiscalYear - 1):
			return "before"
		}
		return ""
	}
	for _, word := range vocab.Phrases()["column_year"] {
		if strings.Contains(path, word.Form) {
			return word.Value
		}
	}
	return ""
}

// yearRows adds the checks of the rows that print all three figures, or no
// figure of the year before.
func (w *work) yearRows(s *sheet, cols [3]int) {
	type row [3]*record.BudgetLine
	rows := map[int]*row{}
	var order []int
	for _, l := range s.column(cols[:]...) {
		if rows[l.Row] == nil {
			rows[l.Row] = &row{}
			order = append(order, l.Row)
		}
		rows[l.Row][slices.Index(cols[:], l.Col)] = l
	}
	group := fmt.Sprintf("years of table %d col %d", s.Table.Table, cols[0])
	for _, n := range order {
		now, before, change := rows[n][0], rows[n][1], rows[n][2]
		if now == nil || change == nil {
			continue
		}
		parts := []figure{s.figure(change)}
		if before != nil {
			parts = append(parts, s.figure(before))
		}
		w.equal(ruleYears, lineName(now), s.figure(now), parts...)
		w.checks[len(w.checks)-1].group = group
	}
}
