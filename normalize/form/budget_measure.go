package form

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/normalize/vocab"
)

// generic are fields that say less than the label above them.
var generic = []string{"subtotal", "total", "amount", ""}

// sides are fields of labels that only group the columns below.
var sides = []string{"revenue", "expenditure", "name", ""}

// kinds are fields of labels that say which figure it is, not of what.
var kinds = []string{"budget_amount", "final_amount", "executed", "initial_budget", "adjusted_budget",
	"prior_budget_amount", "prior_final_amount", "prior_executed", "prior_amount", changeAmount}

// changeAmount is by how much an amount differs from that of the year before,
// changeRate by what share of it.
const (
	changeAmount = "change_amount"
	changeRate   = "change_rate"
)

// prior begins the measures of the year before the disclosure's.
const prior = "prior_"

// IsPrior tells whether a field or a part of a measure is one of the year
// before.
func IsPrior(id string) bool { return strings.HasPrefix(id, prior) }

// IsChange tells whether a measure is one of changes from year to year.
func IsChange(measure string) bool {
	return measure == changeAmount || strings.HasSuffix(measure, "/"+changeAmount)
}

// PriorMeasure is a measure of the year before: budget_amount is
// prior_budget_amount, official_reception/budget_amount is
// official_reception/prior_budget_amount.
func PriorMeasure(measure string) string {
	item, kind, joined := strings.Cut(measure, "/")
	if joined {
		return item + "/" + prior + kind
	}
	return prior + measure
}

// measure is the field of a column: that of its lowest label, or, if that one
// says no more than 小计, that of the label above it (公务接待费/小计,
// 基本支出/小计). In a 三公 table 合计 is no more either, and a figure of 预算数
// or 决算数 is both, whichever of the labels stands above:
// official_reception/final_amount.
func (b *budget) measure(c *budgetColumn) string {
	if b.out.Form == threePublicForm {
		return b.itemMeasure(c)
	}
	low := c.low()
	if above := firstOf(c.ids, sides); low == "subtotal" && above != "" {
		low = above
	}
	if low == "" || slices.Contains(kinds, low) || len(c.ids) == 0 {
		return low
	}
	// What stands below 上年预算数 or 增减额 is not this year's amount.
	for _, id := range c.ids[1:] {
		switch {
		case IsPrior(id):
			return PriorMeasure(low)
		case id == changeAmount && slices.Contains(generic, low):
			return changeAmount
		case id == changeAmount:
			return low + "/" + changeAmount
		}
	}
	return low
}

// itemMeasure is the measure of a column of a 三公 table.
func (b *budget) itemMeasure(c *budgetColumn) string {
	item := firstOf(c.ids, slices.Concat(sides, generic, kinds))
	if item == "" {
		item = firstOf(c.ids, slices.Concat(sides, kinds))
	}
	kind := ""
	for n, id := range c.ids {
		// A comparison of 预算数 with 执行数 may stand above them, not below.
		if slices.Contains(kinds, id) && (kind == "" || id != changeAmount || n == 0) {
			kind = id
		}
	}
	switch {
	case kind == "":
		return cmp.Or(item, c.low())
	case item == "", kind == changeAmount && slices.Contains(generic, item):
		return kind
	}
	return item + "/" + kind
}

// isChangeRate tells whether a column holds shares by which amounts changed:
// one of its labels says so, and no lower one says that it is an amount.
func (c *budgetColumn) isChangeRate() bool { return slices.Contains(c.ids, changeRate) }

// settleChange takes a label of changes above an amount (增减幅度 above 金额 and 比例)
// for one of amounts.
func (c *budgetColumn) settleChange() {
	if low := c.low(); low != "amount" && low != changeAmount {
		return
	}
	for n, id := range c.ids {
		if id == changeRate {
			c.ids[n] = changeAmount
		}
	}
}

// columnID is the field of a label of a statutory table. A year alone stands
// above amounts of that year.
func (b *budget) columnID(label int) string {
	text := b.Table.Cells[label].Text
	if id := b.known(b.out.Form, text); id != "" || !isYear(vocab.Key(text)) {
		return id
	}
	return "amount"
}

// isYear tells whether a key is a year and no more: 2024年, 2024年度.
func isYear(key string) bool {
	year, ok := strings.CutSuffix(strings.TrimSuffix(key, "度"), "年")
	return ok && len(year) == 4 && strings.Trim(year, "0123456789") == ""
}
