package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// costs says which items of the economic classification are 人员经费 and which
// 公用经费, in the final accounts that print their totals apart (财政部,
// 部门决算报表, 公开06表).
var costs = []struct {
	name  string
	codes []string
}{
	{"人员经费", []string{"301", "303"}},
	{"公用经费", []string{"302", "307", "309", "310", "311", "312", "313", "399"}},
}

// codes checks the tables that list amounts by code: every item against the
// items below it, and the totals against the items that have none above them.
func (w *work) codes(s *sheet) {
	for _, cols := range s.series() {
		lines := s.column(cols...)
		byCode, ok := codeIndex(lines)
		if !ok {
			continue
		}
		children := map[string][]*record.BudgetLine{}
		for _, l := range lines {
			if l.Code != "" {
				p := parentOf(l.Code, byCode)
				children[p] = append(children[p], l)
			}
		}
		for _, l := range lines {
			if l.Code != "" && len(children[l.Code]) > 0 {
				w.sum(s, ruleCode, l, children[l.Code])
			}
		}
		w.codeTotals(s, lines, children[""], byCode)
	}
}

// codeIndex finds lines by code. It returns false if there are no codes, if
// one occurs twice, or if codes of two classifications are mixed: whose part
// they are is then not known.
func codeIndex(lines []*record.BudgetLine) (map[string]*record.BudgetLine, bool) {
	out := map[string]*record.BudgetLine{}
	class := byte(0)
	for _, l := range lines {
		if l.Code == "" {
			continue
		}
		if out[l.Code] != nil || class != 0 && class != l.Code[0] {
			return nil, false
		}
		out[l.Code], class = l, l.Code[0]
	}
	return out, len(out) > 0
}

// parentOf is the nearest code above that has an amount in the same column.
func parentOf(code string, byCode map[string]*record.BudgetLine) string {
	for n := len(code) - 1; n > 0; n-- {
		if byCode[code[:n]] != nil {
			return code[:n]
		}
	}
	return ""
}

// codeTotals checks the totals of a column of codes.
func (w *work) codeTotals(s *sheet, lines, roots []*record.BudgetLine, byCode map[string]*record.BudgetLine) {
	for _, l := range lines {
		if !l.IsTotal {
			continue
		}
		parts := costItems(l, byCode)
		switch {
		case len(parts) > 0:
		case isGrand(l) && !hasUncoded(lines):
			parts = roots
		default:
			continue
		}
		w.sum(s, ruleTotal, l, parts)
	}
}

// costItems returns the items that a total of 人员经费 or 公用经费 sums up.
func costItems(l *record.BudgetLine, byCode map[string]*record.BudgetLine) []*record.BudgetLine {
	var out []*record.BudgetLine
	for _, c := range costs {
		if strings.Contains(bare(l.Name), c.name) {
			for _, code := range c.codes {
				if byCode[code] != nil {
					out = append(out, byCode[code])
				}
			}
		}
	}
	return out
}

// hasUncoded tells whether a column has amounts without a code that are no
// totals: what they are part of is not known.
func hasUncoded(lines []*record.BudgetLine) bool {
	return slices.ContainsFunc(lines, func(l *record.BudgetLine) bool {
		return l.Code == "" && !l.IsTotal && !l.Amount.IsZero()
	})
}

// sum adds the check that a line is the sum of others in its table. Such
// checks stand and fall together: a table that lists only some of the items
// adds up nowhere.
func (w *work) sum(s *sheet, rule *Rule, whole *record.BudgetLine, parts []*record.BudgetLine) {
	w.equal(rule, lineName(whole), s.figure(whole), s.figures(parts)...)
	if len(parts) > 0 {
		c := &w.checks[len(w.checks)-1]
		c.group, c.loose = fmt.Sprintf("sums of table %d", s.Table.Table), true
	}
}

// lineName names a line for a message: its code, name and column.
func lineName(l *record.BudgetLine) string {
	return strings.TrimSpace(strings.Join(slices.DeleteFunc([]string{l.Code, l.Name, l.MeasureRaw}, func(s string) bool { return s == "" }), " "))
}
