package compare

import (
	"cmp"
	"strings"
)

// What became of the target of an indicator from one year to another.
const (
	TargetLowered = "lowered" // less is demanded
	TargetRaised  = "raised"  // more is demanded
	TargetSame    = "same"
	TargetChanged = "changed" // it is another one, and which demands more is not printed
)

// TargetTitle is 降低, 提高, 不变 or 有变.
func TargetTitle(id string) string { return title(targetNames, id) }

// targetChange compares two targets of an indicator. At least (≥, >) demands
// more the higher it is, at most (≤, <) the lower; without such a sign what the
// form says of the indicator counts (正向, 反向), else the sign of the other
// year: 100 % that becomes ≥ 90 % is lowered. Other units, signs that turned and
// ranges that differ are another target.
func targetChange(a, b *Cell) string {
	words := a.Why == WhyNoNumber || b.Why == WhyNoNumber
	switch {
	case !stated(a) || !stated(b):
		return ""
	case words || a.ranged || b.ranged:
		if plain(a.Printed) == plain(b.Printed) {
			return TargetSame
		}
		return TargetChanged
	case a.Unit != b.Unit || sense(a)*sense(b) < 0:
		return TargetChanged
	case a.Value.Cmp(b.Value) == 0:
		return TargetSame
	}
	switch b.Value.Cmp(a.Value) * cmp.Or(sense(b), sense(a)) {
	case 1:
		return TargetRaised
	case -1:
		return TargetLowered
	}
	return TargetChanged
}

// stated tells whether a document states a target at all.
func stated(c *Cell) bool { return c.Why == "" || c.Why == WhyNoNumber }

// sense is 1 where a higher value demands more, −1 where a lower one does, 0
// where nothing says.
func sense(c *Cell) int {
	switch {
	case strings.HasPrefix(c.Comparator, "g"): // ge, gt
		return 1
	case strings.HasPrefix(c.Comparator, "l"): // le, lt
		return -1
	case c.Direction == "positive":
		return 1
	case c.Direction == "negative":
		return -1
	}
	return 0
}

// fillTargets says what became of the target of an indicator from year to year,
// and from the first year to the last.
func fillTargets(r *Row) {
	if r.Part != PartIndicators || r.Measure != "target" {
		return
	}
	var first, last *Cell
	for i := range r.Cells {
		c := &r.Cells[i]
		if !stated(c) {
			continue
		}
		if last != nil {
			c.Step.From, c.Step.To = last.Year, c.Year
			c.Step.Target = targetChange(last, c)
		} else {
			first = c
		}
		last = c
	}
	if first != nil && first != last {
		r.Change.From, r.Change.To = first.Year, last.Year
		r.Change.Target = targetChange(first, last)
	}
}

// becomes tells whether a target became one of some in the end, or in any year.
func (r *Row) becomes(wanted []string) bool {
	for _, w := range wanted {
		if r.Change.Target == w {
			return true
		}
		for i := range r.Cells {
			if r.Cells[i].Step.Target == w {
				return true
			}
		}
	}
	return false
}
