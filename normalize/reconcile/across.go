package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// partitions are sets of measures that make up a whole by law, so that a table
// of a single row can be checked, too. Of other columns the rows must show that
// they are an identity.
var partitions = [][]string{
	{"basic", "project", "reserve", "carryover_next", "superior_remittance", "operating_expenditure", "subordinate_subsidy"},
	{"personnel", "public", "project"},
	{"general_public_budget", "government_fund", "state_capital"},
	{"fiscal_appropriation", "business_income", "operating_income", "other_income", "superior_subsidy", "subordinate_remittance", "special_account"},
	// 收入总表 since 2021 has the budgets beside the money of the units.
	{"general_public_budget", "government_fund", "state_capital", "special_account", "business_income", "operating_income",
		"superior_subsidy", "subordinate_remittance", "other_income"},
	{"three_public", "meeting", "training"},
	{"overseas_travel", "vehicles", "official_reception"},
	{"vehicle_purchase", "vehicle_operation"},
	{"general_public", "fund", "special_account", "other_income"},
	{"fiscal_total", "other_sources"},
}

// variants are the lowest labels that tell versions of one figure apart, not
// parts of it.
var variants = []string{"预算数", "决算数", "上年预算数", "上年决算数", "年初预算数", "调整预算数", "全年预算数", "执行数", "预算执行数"}

// rowsToShow is how many rows can show that columns are an identity of their
// table; below that only the law can say it.
const rowsToShow = 3

// heading is a money column as across sees it.
type heading struct {
	col     int
	measure string
	variant string
	path    []string
}

// isSum tells whether the column is the whole of its group.
func (h *heading) isSum() bool {
	return hasSuffix(cutParenthesis(h.path[len(h.path)-1]), "合计", "小计", "总计", "共计")
}

// across checks the rows of a table: a column 合计 or 小计 equals the columns
// beside it under the same label.
func (w *work) across(s *sheet) {
	for b, block := range s.blocks {
		var heads []*heading
		for _, col := range block {
			heads = append(heads, headingOf(s.column(col)[0]))
		}
		for _, whole := range heads {
			if whole.isSum() {
				w.acrossGroup(s, whole, groupOf(whole, heads), fmt.Sprintf("table %d block %d col %d", s.Table.Table, b, whole.col))
			}
		}
	}
	if s.Form == threePublicForm {
		w.threePublicRows(s)
	}
}

// headingOf reads the column of a line.
func headingOf(l *record.BudgetLine) *heading {
	h := &heading{col: l.Col, path: strings.Split(l.MeasureRaw, "/")}
	h.measure, h.variant, _ = strings.Cut(l.Measure, "/")
	if low := h.path[len(h.path)-1]; len(h.path) > 1 && slices.Contains(variants, low) {
		h.variant, h.path = low, h.path[:len(h.path)-1]
	}
	return h
}

// groupOf returns the parts of a whole: the columns under the same label, each
// sub-group by its own sum if it has one, and by all of its columns otherwise.
func groupOf(whole *heading, heads []*heading) []*heading {
	above := whole.path[:len(whole.path)-1]
	groups := map[string][]*heading{}
	var order []string
	for _, h := range heads {
		n := len(above)
		if h == whole || h.variant != whole.variant || len(h.path) <= n || !slices.Equal(h.path[:n], above) || strings.Contains(strings.Join(h.path[n:], ""), "其中") {
			continue
		}
		key := h.path[n]
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], h)
	}
	var out []*heading
	for _, key := range order {
		sums := slices.IndexFunc(groups[key], func(h *heading) bool { return len(h.path) == len(above)+2 && h.isSum() })
		if sums >= 0 {
			out = append(out, groups[key][sums])
		} else {
			out = append(out, groups[key]...)
		}
	}
	return out
}

// acrossGroup adds the checks of a whole and its parts for every row.
func (w *work) acrossGroup(s *sheet, whole *heading, parts []*heading, group string) {
	if len(parts) == 0 {
		return
	}
	law := legal(parts)
	if law && len(s.column(whole.col)) < rowsToShow {
		group = ""
	}
	byRow := map[int][]figure{}
	for _, p := range parts {
		for _, l := range s.column(p.col) {
			byRow[l.Row] = append(byRow[l.Row], s.figure(l))
		}
	}
	for _, l := range s.column(whole.col) {
		if len(byRow[l.Row]) > 0 {
			w.equal(ruleAcross, lineName(l), s.figure(l), byRow[l.Row]...)
			c := &w.checks[len(w.checks)-1]
			c.group, c.loose = group, law
		}
	}
}

// legal tells whether columns are parts of one of the partitions.
func legal(parts []*heading) bool {
	return slices.ContainsFunc(partitions, func(set []string) bool {
		return !slices.ContainsFunc(parts, func(h *heading) bool { return !slices.Contains(set, h.measure) })
	})
}

// threePublicNames tells the items of 三公 by the words of their names, the
// first that fits: a name of two words stands before those of one.
var threePublicNames = []struct{ word, measure string }{
	{"出国", "overseas_travel"}, {"接待", "official_reception"},
	{"购置及运行", "vehicles"}, {"购置和运行", "vehicles"}, {"购置及运维", "vehicles"}, {"购置与运行", "vehicles"}, {"购置费及运行", "vehicles"},
	{"购置", "vehicle_purchase"}, {"运行", "vehicle_operation"}, {"运维", "vehicle_operation"},
	{"机关运行", "operating_funds"}, {"会议费", "meeting"}, {"培训费", "training"}, {"三公", "three_public"},
}

// threePublicOf returns the item of 三公 that a name is, "" if none.
func threePublicOf(name string) string {
	if strings.Contains(name, "机关运行") {
		return "operating_funds"
	}
	for _, n := range threePublicNames {
		if strings.Contains(name, n.word) {
			return n.measure
		}
	}
	return ""
}

// threePublicSums are the identities of a 三公 table that lists its items in
// rows.
var threePublicSums = []struct {
	whole string
	parts []string
}{
	{"three_public", []string{"overseas_travel", "vehicles", "official_reception"}},
	{"vehicles", []string{"vehicle_purchase", "vehicle_operation"}},
}

// threePublicRows checks a 三公 table that lists its items in rows.
func (w *work) threePublicRows(s *sheet) {
	for _, block := range s.blocks {
		for _, col := range block {
			items := map[string]*record.BudgetLine{}
			for _, l := range s.column(col) {
				id := threePublicOf(bare(l.Name))
				if isGrand(l) && id == "" {
					id = "three_public"
				}
				if id != "" && items[id] == nil {
					items[id] = l
				}
			}
			for _, sum := range threePublicSums {
				var parts []figure
				for _, p := range sum.parts {
					if items[p] != nil {
						parts = append(parts, s.figure(items[p]))
					}
				}
				if whole := items[sum.whole]; whole != nil && whole.Name != "" {
					w.equal(ruleAcross, lineName(whole), s.figure(whole), parts...)
				}
			}
		}
	}
}
