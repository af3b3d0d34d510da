package reconcile

import (
	"slices"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// The versions of a figure: what was planned, and what became of it.
const (
	budgetVersion  = "budget"
	accountVersion = "account"
)

// versionOf cuts off a metric what says which version of a figure it is:
// “三公”经费支出预算 is the budget of “三公”经费支出. The 预算 of 一般公共预算 is part
// of a name and says nothing of it; version is then "".
func versionOf(metric string) (stem, version string) {
	words, key := vocab.Phrases(), vocab.Key(metric)
	if slices.ContainsFunc(words["budget_name"], func(w vocab.Phrase) bool { return strings.HasSuffix(key, w.Form) }) {
		return key, ""
	}
	for _, w := range words["version"] {
		if rest, ok := strings.CutSuffix(key, w.Form); ok && rest != "" {
			return rest, w.Value
		}
	}
	return key, ""
}

// sameItem tells whether two metrics are versions of one figure: “三公”经费预算
// and “三公”经费支出决算.
func sameItem(a, b string) bool {
	a, _ = versionOf(a)
	b, _ = versionOf(b)
	return strings.TrimSuffix(a, "支出") == strings.TrimSuffix(b, "支出")
}

// isBudget tells whether an amount is a budget, by the words beside it or by
// the end of its metric.
func isBudget(a *record.Amount) bool {
	_, version := versionOf(a.Metric)
	return strings.Contains(a.Qualifier, "预算") || a.Qualifier == "" && version == budgetVersion
}

// samePeriod tells whether two amounts may be of one year.
func samePeriod(a, b *record.Amount) bool {
	return a.Period == b.Period || a.Period == "" || b.Period == ""
}
