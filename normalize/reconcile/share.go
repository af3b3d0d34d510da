package reconcile

import (
	"strings"

	"yusuan/normalize/record"
)

// shareReach is how many blocks before a share its whole is looked for: the
// sentence that ends with 其中： is followed by one paragraph for each part.
const shareReach = 6

// shares checks the shares (占55.98%) of a whole that a sentence states before
// them. Which whole is meant the words seldom say, so shares of one whole stand
// and fall together.
func (w *work) shares() {
	groups := map[figure][]*ratio{}
	var order []figure
	var last []*record.Amount
	for _, p := range w.paragraphs() {
		for i, a := range p {
			if isLevel(a) && (i == 0 || hasAny(a.Qualifier, "合计", "总计")) {
				last = append(last, a)
			}
			if !isPercent(a) || a.Change != "" || !strings.HasPrefix(a.Qualifier, "占") || i == 0 || !isLevel(p[i-1]) || p[i-1].Metric != a.Metric {
				continue
			}
			if whole := wholeOf(p, i, last); whole != nil {
				r := shareOf(p, i, whole)
				if groups[r.all] == nil {
					order = append(order, r.all)
				}
				groups[r.all] = append(groups[r.all], r)
			}
		}
	}
	for _, f := range order {
		w.shareGroup(groups[f])
	}
}

// shareOf makes the share of a whole, or, if that does not fit, of another
// amount before it in the paragraph that does: a paragraph on revenue and
// expenditure has two wholes.
func shareOf(p paragraph, i int, whole *record.Amount) *ratio {
	r := &ratio{rule: ruleShare, percent: p[i], part: amountFigure(p[i-1]), all: amountFigure(whole)}
	if ok, known := r.holds(); ok || !known {
		return r
	}
	for j := i - 2; j >= 0; j-- {
		other := *r
		other.all = amountFigure(p[j])
		if ok, known := other.holds(); isLevel(p[j]) && ok && known {
			return &other
		}
	}
	return r
}

// wholeOf finds the whole of a share: the last total before it in its
// paragraph, the first amount of that, or the last total in the paragraphs
// before.
func wholeOf(p paragraph, i int, last []*record.Amount) *record.Amount {
	for j := i - 2; j >= 0; j-- {
		if isLevel(p[j]) && hasAny(p[j].Qualifier, "合计", "总计") {
			return p[j]
		}
	}
	if p[i-1] != p[0] && isLevel(p[0]) {
		return p[0]
	}
	for j := len(last) - 1; j >= 0; j-- {
		if a := last[j]; a.Block < p[i].Block && p[i].Block-a.Block <= shareReach && hasAny(a.Qualifier, "合计", "总计") {
			return a
		}
	}
	return nil
}

// shareGroup reports the shares that do not fit if their whole is certain: most
// of the group fit it, or some do and the parts add up to it. If as many fit as
// do not, that is a warning.
func (w *work) shareGroup(group []*ratio) {
	var bad []*ratio
	good := 0
	for _, r := range group {
		switch ok, known := r.holds(); {
		case !known:
		case ok:
			good++
		default:
			bad = append(bad, r)
		}
	}
	certain := good > len(bad) || addUp(group)
	if good == 0 || !certain && good < len(bad) {
		return
	}
	w.passed += good
	w.failed += len(bad)
	for _, r := range bad {
		if !certain {
			r.rule = ruleShareWeak
		}
		w.ratioFinding(r)
	}
}

// addUp tells whether the parts of a group of shares are all of their whole.
func addUp(group []*ratio) bool {
	c := check{whole: group[0].all}
	for _, r := range group {
		c.parts = append(c.parts, r.part)
	}
	c.judge()
	return c.holds && !c.trivial
}
