package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// stated is an amount that a sentence states, in the truth or as read.
type stated struct {
	page                           int
	base, unit, comparator, change string
	metric, text                   string
	// limit says that it is the limit of a definition (单价50万元以上设备),
	// which is no amount of the document.
	limit bool
}

func (s *stated) String() string {
	return fmt.Sprintf("p%d %s = %s %s %s %s (%s)", s.page, s.metric, s.comparator, s.base, s.unit, s.change, s.text)
}

// is tells whether an amount that was read is the true one, but for the wording
// of the metric. A paragraph may have begun on the page before.
func (s *stated) is(a *stated) bool {
	return (s.page == 0 || a.page == 0 || a.page == s.page || a.page == s.page-1) &&
		a.base == s.base && a.unit == s.unit && a.comparator == s.comparator && a.change == s.change
}

// trueAmount reads an amount of the truth: base_value in unit, or amount_yuan,
// or value × 10^scale_exp in unit. Without a comparator it is that amount exactly.
func trueAmount(o object) stated {
	s := stated{base: o.text("base_value", "amount_yuan", "value"), unit: o.text("unit"), comparator: record.EQ, change: o.text("change"),
		metric: sameWords(o.text("metric")), text: o.text("text"), limit: o.text("role") != ""}
	s.page, _ = strconv.Atoi(o.text("page"))
	if v, err := record.ParseDecimal(s.base); err == nil && !o.has("base_value", "amount_yuan") {
		exp, _ := strconv.Atoi(o.text("scale_exp"))
		s.base = v.Shift(exp).String()
	}
	s.base = asNumber(s.base)
	if !o.has("base_value") && o.has("amount_yuan") {
		s.unit = "CNY"
	}
	if o.has("comparator") {
		s.comparator = o.text("comparator")
	}
	return s
}

func readAmount(a *record.Amount) stated {
	return stated{page: a.Origin.Page, base: number(a.Base), unit: cmp.Or(a.Unit, a.UnitInferred), comparator: a.Comparator, change: a.Change,
		metric: sameWords(a.Metric), text: a.Text}
}

// sameWords drops blanks, and folds what quotation marks and brackets look like.
func sameWords(metric string) string {
	return strings.NewReplacer("“", "", "”", "", "\"", "", "(", "（", ")", "）").Replace(noBlanks(metric))
}

// scoreNarrative scores the amounts of sentences: recall of metric, base value,
// unit, comparator and change, and the same without the metric's wording. The
// truth may leave amounts out, so that what is beyond it says something only
// where it lists all.
func (r *result) scoreNarrative(t *truth, d *record.Disclosure) {
	var want, limits, got []stated
	for _, o := range t.Narrative {
		if s := trueAmount(o); s.limit {
			limits = append(limits, s)
		} else {
			want = append(want, s)
		}
	}
	for i := range d.Amounts {
		got = append(got, readAmount(&d.Amounts[i]))
	}
	p := pairing{want, got, make([]bool, len(want)), make([]bool, len(got))}
	worded := p.pair(true)
	others := p.pair(false)
	for i := range want {
		if !p.found[i] {
			r.differ("narrative", "missed %s", &want[i])
		}
	}
	for _, o := range others {
		r.differ("narrative", "the metric of %s was read as %q", &want[o[0]], got[o[1]].metric)
	}
	n := len(worded) + len(others)
	r.add("narrative", len(worded), len(want))
	r.add("narrative_values", n, len(want))
	if t.everyAmount {
		r.add("narrative_precision", n, len(got))
		for j := range got {
			if !p.used[j] {
				r.differ("narrative", "beyond the truth: %s", &got[j])
			}
		}
	}
	r.scoreLimits(limits, got, p.used)
}

// scoreLimits counts the limits of definitions that were not taken for amounts.
func (r *result) scoreLimits(limits, got []stated, used []bool) {
	right := 0
	for i := range limits {
		taken := false
		for j := range got {
			taken = taken || !used[j] && limits[i].is(&got[j]) && strings.Contains(limits[i].text, got[j].text)
		}
		if taken {
			r.differ("narrative", "the limit of a definition is no amount: %s", &limits[i])
		} else {
			right++
		}
	}
	if len(limits) > 0 {
		r.add("narrative_limits", right, len(limits))
	}
}

// pairing pairs true amounts with ones that were read, each with at most one.
type pairing struct {
	want, got []stated
	// found and used mark those that have a partner.
	found, used []bool
}

// pair pairs as many as can be paired of those that have no partner yet, with
// the metric worded alike or not, and returns the pairs.
func (p *pairing) pair(worded bool) (pairs [][2]int) {
	taken := make([]int, len(p.got)) // by which true amount, from 1
	var try func(i int, seen []bool) bool
	try = func(i int, seen []bool) bool {
		w := &p.want[i]
		for j := range p.got {
			g := &p.got[j]
			if p.used[j] || seen[j] || !w.is(g) || worded && w.metric != g.metric {
				continue
			}
			seen[j] = true
			if taken[j] == 0 || try(taken[j]-1, seen) {
				taken[j] = i + 1
				return true
			}
		}
		return false
	}
	for i := range p.want {
		if !p.found[i] {
			try(i, make([]bool, len(p.got)))
		}
	}
	for j, i := range taken {
		if i > 0 {
			p.found[i-1], p.used[j] = true, true
			pairs = append(pairs, [2]int{i - 1, j})
		}
	}
	return pairs
}
