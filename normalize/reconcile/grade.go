package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// gradeOrder is from the best grade to the worst.
var gradeOrder = []string{"优", "良", "中", "差"}

func gradeRank(i *record.Indicator) int { return slices.Index(gradeOrder, i.Grade) }

// grades checks the thresholds of the grades of each indicator: indicators of
// one name that follow each other, from better grades to worse.
func (w *work) grades() {
	for i := 1; i < len(w.d.Indicators); i++ {
		a, b := &w.d.Indicators[i-1], &w.d.Indicators[i]
		if a.Table != b.Table || a.Level3 != b.Level3 || a.Unit != b.Unit || gradeRank(a) < 0 || gradeRank(b) <= gradeRank(a) || !bounded(a) || !bounded(b) {
			continue
		}
		fault, severity := gradeFault(a, b)
		if fault == "" {
			w.passed++
			continue
		}
		w.failed++
		w.add(record.Finding{Origin: b.Origin, Rule: ruleGrades.ID, Severity: severity,
			Message:  fmt.Sprintf("%s: %s and %s of %s %s", ruleGrades.Identity, a.Grade, b.Grade, b.Level3, fault),
			Expected: a.Base, Actual: b.Base, Difference: b.Base.Sub(a.Base), Text: strings.Join([]string{a.ValueRaw, b.ValueRaw}, " | ")})
	}
}

// bounded tells whether a grade is a single threshold.
func bounded(i *record.Indicator) bool {
	return i.Upper.IsNull() && !i.Base.IsNull() && direction(i) != 0
}

// direction is 1 for thresholds that must be reached (≥, >), -1 for those that
// must not be exceeded (≤, <), 0 for others.
func direction(i *record.Indicator) int {
	switch i.Comparator {
	case record.GE, record.GT:
		return 1
	case record.LE, record.LT:
		return -1
	}
	return 0
}

func inclusive(i *record.Indicator) bool {
	return i.Comparator == record.LE || i.Comparator == record.GE
}

// gradeFault compares a grade with a worse one. Either both look the same way
// and the worse one has the easier threshold (优 ≥ 95, 良 ≥ 85), or the worse one
// is what is left (差 < 85): it must begin where the better one ends. A gap is
// a warning: a grade between the two may have been left out.
func gradeFault(a, b *record.Indicator) (fault, severity string) {
	order := b.Base.Cmp(a.Base) * direction(a)
	switch {
	case direction(a) == direction(b) && order >= 0:
		return "have thresholds in the wrong order", record.SeverityError
	case direction(a) == direction(b):
		return "", ""
	case order > 0:
		return "overlap", record.SeverityError
	case order < 0:
		return "leave a gap", record.SeverityWarning
	case inclusive(a) && inclusive(b):
		return "both include " + a.Number.String(), record.SeverityError
	case !inclusive(a) && !inclusive(b):
		return "leave out " + a.Number.String(), record.SeverityWarning
	}
	return "", ""
}
