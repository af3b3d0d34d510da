package reconcile

import (
	"slices"

	"yusuan/normalize/record"
)

// suspect is a figure that explains failed checks if it had another value.
type suspect struct {
	figure
	value  record.Decimal
	checks []*check // of which the first is no hint
	hints  []*check
}

// weight is how many checks the figure explains.
func (s *suspect) weight() int {
	if len(s.checks) == 0 {
		return 0
	}
	return len(s.checks) + len(s.hints)
}

// mostLocalised is how many failed checks are looked at together. So many come
// from no source, but from a table that was misread, and the search costs the
// square of their number.
const mostLocalised = 500

// localise looks for figures that explain several failed checks at once: a
// wrong cell breaks the sum of its row and that of its column by the same
// difference. What one figure explains is one finding at that figure; a check
// that stands alone is reported at its whole.
func (w *work) localise(failed, hints []*check) {
	done := map[*check]bool{}
	for len(failed)+len(hints) <= mostLocalised {
		best := w.bestSuspect(slices.Concat(failed, hints), done)
		if best == nil || best.weight() < 2 {
			break
		}
		for _, c := range slices.Concat(best.checks, best.hints) {
			done[c] = true
		}
		w.report(best.checks[0], best.figure, best.value, best.checks[1:])
	}
	failed = slices.DeleteFunc(failed, func(c *check) bool { return done[c] })
	for _, text := range []bool{false, true} { // what a text repeats depends on the tables
		for _, c := range failed {
			if (c.whole.at.Table == 0) == text && !w.excused(c) {
				f, expected := w.culprit(c)
				w.report(c, f, expected, nil)
			}
		}
	}
}

// culprit is the figure that a check which stands alone is reported at: its
// whole, unless other identities confirm that, and all of the parts but one.
func (w *work) culprit(c *check) (figure, record.Decimal) {
	var open []figure
	for _, p := range c.parts {
		if !w.confirmed[p.at] && !p.value.IsZero() {
			open = append(open, p)
		}
	}
	if c.atMost || !w.confirmed[c.whole.at] || len(open) != 1 || open[0].at.Table == 0 {
		return c.whole, total(c.parts)
	}
	return open[0], open[0].value.Add(c.diff)
}

// explained tells whether a check would hold if the cells that are reported
// already were what was expected.
func (w *work) explained(c *check) bool {
	mended := *c
	mended.whole.value = w.mended(c.whole)
	mended.parts = slices.Clone(c.parts)
	for i := range mended.parts {
		mended.parts[i].value = w.mended(c.parts[i])
	}
	mended.judge()
	return mended.holds
}

// mended is the value of a figure, or what was expected if its cell is reported.
func (w *work) mended(f figure) record.Decimal {
	if expected, ok := w.blamed[f.at]; ok && f.at.Table > 0 && f.at.Col >= 0 {
		return expected
	}
	return f.value
}

// excused tells whether a text differs from a table because a cell is wrong
// that is reported already: the one that it was compared with, or another that
// would fit it if it were right.
func (w *work) excused(c *check) bool {
	if c.rule.ID != ruleProse.ID {
		return false
	}
	return slices.ContainsFunc(c.parts, func(f figure) bool { _, ok := w.blamed[f.at]; return ok && f.at.Table > 0 }) ||
		slices.ContainsFunc(c.others, func(f figure) bool {
			expected, ok := w.blamed[f.at]
			return ok && f.at.Table > 0 && expected.Sub(c.whole.value).Abs().Cmp(c.slack) <= 0
		})
}

// bestSuspect returns the figure that explains the most checks; among equals
// one that no other identity confirms, and the first in the document.
func (w *work) bestSuspect(failed []*check, done map[*check]bool) *suspect {
	at := map[record.Origin][]*suspect{}
	var order []record.Origin
	for _, c := range failed {
		if done[c] || c.atMost {
			continue
		}
		blame := func(f figure, value record.Decimal) {
			if f.at.Table == 0 || value.IsNull() {
				return
			}
			if at[f.at] == nil {
				order = append(order, f.at)
			}
			at[f.at] = accuse(at[f.at], c, f, value)
		}
		blame(c.whole, total(c.parts))
		for _, p := range c.parts {
			blame(p, p.value.Add(c.diff))
		}
	}
	slices.SortStableFunc(order, compareOrigin)
	var best *suspect
	for _, o := range order {
		for _, s := range at[o] {
			if s.weight() > 0 && (best == nil || w.likelier(s, best)) {
				best = s
			}
		}
	}
	return best
}

// likelier tells whether one figure is rather wrong than another.
func (w *work) likelier(a, b *suspect) bool {
	if a.weight() != b.weight() {
		return a.weight() > b.weight()
	}
	return !w.confirmed[a.at] && w.confirmed[b.at]
}

// accuse adds a check to the suspicion of a figure that gives it the same
// value, or to a new one.
func accuse(suspects []*suspect, c *check, f figure, value record.Decimal) []*suspect {
	k := slices.IndexFunc(suspects, func(s *suspect) bool {
		first := slices.Concat(s.checks, s.hints)[0]
		return s.value.Sub(value).Abs().Cmp(c.slack.Add(first.slack)) <= 0
	})
	if k < 0 {
		suspects = append(suspects, &suspect{figure: f, value: value})
		k = len(suspects) - 1
	}
	s := suspects[k]
	switch {
	case slices.Contains(s.checks, c) || slices.Contains(s.hints, c):
	case c.hint:
		s.hints = append(s.hints, c)
	default:
		s.checks = append(s.checks, c)
	}
	return suspects
}
