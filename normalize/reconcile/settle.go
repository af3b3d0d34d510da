package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// check is one identity between figures of the document.
type check struct {
	rule  *Rule
	whole figure
	parts []figure
	// atMost says that the parts may be less than the whole.
	atMost bool
	// group names checks that stand or fall together: if not more of them
	// hold than fail, they are no identity of this document. "" is alone.
	group string
	// loose says that failures of a group that mostly fails are warnings;
	// otherwise nothing is said.
	loose bool
	// hint says that the check is no identity, but usually holds: it is not
	// reported, and only helps to tell which figure is wrong.
	hint bool
	// open says that amounts stand beside the parts whose place in the sum
	// is not known: if the check fails, nothing is said.
	open bool
	// others are the figures that would do in place of the parts, each alone.
	others []figure
	// what says which figures they are, for the message.
	what string
	// verdict
	holds   bool
	trivial bool // everything is 0
	diff    record.Decimal
	slack   record.Decimal
}

// judge tells whether the check holds.
func (c *check) judge() {
	c.diff = c.whole.value.Sub(total(c.parts))
	c.slack = tolerance(append([]figure{c.whole}, c.parts...)...)
	c.trivial = c.whole.value.IsZero()
	for _, p := range c.parts {
		c.trivial = c.trivial && p.value.IsZero()
	}
	switch {
	case c.diff.IsNull() || c.slack.IsNull():
		c.holds, c.trivial = true, true // does not fit a decimal: not checkable
	case c.atMost:
		c.holds = c.diff.Cmp(c.slack.Neg()) >= 0
	default:
		c.holds = c.diff.Abs().Cmp(c.slack) <= 0
	}
}

// settle judges all checks, counts them, marks the tables that they verify and
// writes the findings.
func (w *work) settle() {
	for i := range w.checks {
		w.checks[i].judge()
	}
	mostly := w.groups()
	var failed, hints, weak []*check
	for i := range w.checks {
		c := &w.checks[i]
		switch {
		case w.silent(c, mostly):
			w.drop(c)
		case c.hint:
			hints = append(hints, c)
		case c.holds:
			w.passed++
			w.verify(c)
			w.confirm(c)
			w.rounded(c)
		case c.group != "" && !mostly[c.group]:
			w.failed++
			c.weaken()
			weak = append(weak, c)
		default:
			w.failed++
			failed = append(failed, c)
		}
	}
	for _, c := range failed {
		if w.touches(c, w.isDoubtful) {
			c.weaken()
		}
	}
	w.localise(failed, hints)
	for _, c := range weak {
		if !w.explained(c) {
			w.report(c, c.whole, total(c.parts), nil)
		}
	}
}

// silent tells whether nothing is to be said of a check: it is about zeros, or
// a hint that holds, or of a group that is no identity of its table, or fails
// where amounts are missing or of unknown place.
func (w *work) silent(c *check, mostly map[string]bool) bool {
	switch {
	case c.trivial, c.hint && c.holds, !c.holds && c.open, !c.holds && w.touches(c, isIncomplete):
		return true
	}
	return !c.hint && !c.loose && c.group != "" && !mostly[c.group]
}

// drop remembers a check of which nothing is said although it fails: the table
// may not be what it was read as, so it counts against its being verified.
func (w *work) drop(c *check) {
	if !c.holds && !c.hint && (c.open || w.touches(c, isIncomplete)) && c.group == "" {
		w.dropped[c.whole.at.Table]++
	}
}

// confirm remembers the cells of an identity that holds.
func (w *work) confirm(c *check) {
	if c.atMost {
		return
	}
	for _, f := range append([]figure{c.whole}, c.parts...) {
		if f.at.Table > 0 && f.at.Col >= 0 {
			w.confirmed[f.at] = true
		}
	}
}

// touches tells whether a check has a figure in a table of some kind.
func (w *work) touches(c *check, kind func(*sheet) bool) bool {
	return slices.ContainsFunc(w.sheets, func(s *sheet) bool {
		if !kind(s) {
			return false
		}
		return c.whole.at.Table == s.Table.Table || slices.ContainsFunc(c.parts, func(f figure) bool { return f.at.Table == s.Table.Table })
	})
}

func isIncomplete(s *sheet) bool { return s.incomplete }

// isDoubtful tells whether a table was guessed at and nothing verifies it.
func (w *work) isDoubtful(s *sheet) bool { return s.guessed && !w.verified(s.Table.Table) }

// verified tells whether enough independent identities hold in a table, more
// than those that are left out because they fail.
func (w *work) verified(table int) bool {
	return len(w.held[table])-w.dropped[table] >= identitiesToVerify
}

// weaken makes the finding of a check a warning.
func (c *check) weaken() {
	weak := *c.rule
	weak.Severity = record.SeverityWarning
	c.rule = &weak
}

// groups tells for each group whether more of its checks hold than fail.
func (w *work) groups() map[string]bool {
	balance := map[string]int{}
	for i := range w.checks {
		c := &w.checks[i]
		switch {
		case c.group == "" || c.trivial || c.hint:
		case c.holds:
			balance[c.group]++
		default:
			balance[c.group]--
		}
	}
	out := map[string]bool{}
	for g, n := range balance {
		out[g] = n > 0
	}
	return out
}

// verify remembers the wholes of identities that hold: two different ones are
// independent, because neither follows from the other.
func (w *work) verify(c *check) {
	if c.atMost || c.whole.value.IsZero() {
		return
	}
	for _, f := range append([]figure{c.whole}, c.parts...) {
		if t := f.at.Table; t > 0 && t == c.whole.at.Table {
			if w.held[t] == nil {
				w.held[t] = map[record.Origin]bool{}
			}
			w.held[t][c.whole.at] = true
		}
	}
}

// rounded says that a sum is off by no more than rounding explains. Figures of
// different precision differ by rounding anyway: of those nothing is said, but
// for a product, whose factor is rounded.
func (w *work) rounded(c *check) {
	if c.atMost || c.diff.IsZero() {
		return
	}
	for _, p := range c.parts {
		if p.half.Cmp(c.whole.half) != 0 && c.rule != rulePurchase {
			return
		}
	}
	w.add(record.Finding{Origin: c.whole.at, Rule: c.rule.ID, Severity: record.SeverityInfo,
		Message:  fmt.Sprintf("%s: off by no more than the rounding of %d figures", w.says(c, c.whole), len(c.parts)+1),
		Expected: total(c.parts), Actual: c.whole.value, Difference: c.diff, Text: c.whole.text})
}

// report writes the finding of a failed check at the figure that is blamed.
func (w *work) report(c *check, f figure, expected record.Decimal, also []*check) {
	f2 := record.Finding{Origin: f.at, Rule: c.rule.ID, Severity: c.rule.Severity, Expected: expected, Actual: f.value,
		Difference: f.value.Sub(expected), Text: f.text}
	parts := []string{w.says(c, f)}
	for _, x := range also {
		if s := w.says(x, f); !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	f2.Message = strings.Join(parts, "; also ")
	if exp := slip(f.value, expected, c.slack); exp != 0 {
		f2.Message += fmt.Sprintf("; a slip of the unit or the decimal point is probable (10^%d)", exp)
	}
	w.add(f2)
	w.blamed[f.at] = expected
}

// says is the identity of the check in words, with the places of the figures
// that are not beside the one that is reported.
func (w *work) says(c *check, reported figure) string {
	out := c.rule.Identity
	if c.what != "" {
		out += ": " + c.what
	}
	var places []string
	for _, f := range append([]figure{c.whole}, c.parts...) {
		if f.at.Block == reported.at.Block {
			continue
		}
		if p := w.placeOf(f.at); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	if len(places) > 0 {
		out += " (against " + strings.Join(places, ", ") + ")"
	}
	return out
}

// placeOf names a place for a message: table 2 “支出总表”, or paragraph p3 b12,
// as check prints places.
func (w *work) placeOf(at record.Origin) string {
	if at.Table > 0 {
		for i := range w.d.Tables {
			if t := &w.d.Tables[i]; t.Table == at.Table && t.Title != "" {
				return fmt.Sprintf("table %d “%s”", at.Table, t.Title)
			}
		}
		return fmt.Sprintf("table %d", at.Table)
	}
	if at.Page > 0 {
		return fmt.Sprintf("paragraph p%d b%d", at.Page, at.Block)
	}
	return fmt.Sprintf("paragraph b%d", at.Block)
}

// slips are the powers of ten by which a figure is off when its unit is
// mistaken (元, 千元, 万元, 亿元) or its decimal point lost or moved.
var slips = []int{1, 2, 3, 4, 8, -1, -2, -3, -4, -8}

// slip returns the power of ten between what is printed and what is expected,
// 0 if there is none.
func slip(actual, expected, slack record.Decimal) int {
	if actual.IsNull() || actual.IsZero() || expected.IsZero() {
		return 0
	}
	for _, e := range slips {
		if d := expected.Shift(e).Sub(actual); !d.IsNull() && d.Abs().Cmp(slack.Shift(max(e, 0))) <= 0 && slack.Shift(max(e, 0)).Cmp(actual.Abs()) < 0 {
			return e
		}
	}
	return 0
}

func (w *work) add(f record.Finding) { w.findings = append(w.findings, f) }

// compareOrigin orders places as the document does.
func compareOrigin(a, b record.Origin) int {
	return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
}
