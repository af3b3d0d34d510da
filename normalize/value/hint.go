package value

import (
	"slices"

	"yusuan/normalize/record"
)

// metric is a class of metrics by what their names end in.
type metric int

const (
	noMetric metric = iota
	// rateMetric is measured in percent: …率, …比例, 满意度.
	rateMetric
	// countMetric is counted: …数, …人次.
	countMetric
)

// metric classifies a name.
func (p *parser) metric(t *text) metric {
	end := len(t.r)
	for end > 0 && !han(t.r[end-1]) {
		if t.r[end-1] != ')' {
			end--
			continue
		}
		for end > 0 && t.r[end-1] != '(' {
			end--
		}
		end = max(end-1, 0)
	}
	if _, ok := p.v.rates.endingAt(t, end); ok {
		if _, ok := p.v.notRates.endingAt(t, end); !ok {
			return rateMetric
		}
		return noMetric
	}
	if _, ok := p.v.counts.endingAt(t, end); ok {
		if _, ok := p.v.notCounts.endingAt(t, end); !ok {
			return countMetric
		}
	}
	return noMetric
}

// finish adds what the values and the hint say together.
func (p *parser) finish() {
	inName := p.quantityInName()
	for i := range p.out {
		v := &p.out[i]
		if !v.Number.IsNull() {
			if v.ScaleExp != 0 {
				addFlag(v, flagUnitScaled)
			}
			p.infer(v)
			if p.whole && p.mismatch(v) {
				addFlag(v, flagUnitMismatch)
			}
		}
		if v.Kind == record.Qualitative && len(p.out) == 1 {
			p.describe(v)
		}
		if inName {
			addFlag(v, flagQuantityInName)
		}
	}
}

// quantityInName tells whether the name states a quantity of its own in
// digits (开展活动300场). Chinese numerals in names are mostly names.
func (p *parser) quantityInName() bool {
	if !slices.ContainsFunc([]rune(p.hint.Name), func(r rune) bool { return digit(fold(r)) }) {
		return false
	}
	t := newText(p.hint.Name)
	f := finder{t: t, v: p.v}
	f.scan()
	for i := range f.out {
		if isQuantity(&f.out[i]) && digit(t.r[f.out[i].NumberEnd-1]) {
			return true
		}
	}
	return false
}

// infer sets UnitInferred where no unit is known: name or description state
// one in brackets (毛入学率（%）), or the name in the unit's place is a rate.
func (p *parser) infer(v *record.Value) {
	if v.Unit != "" {
		return
	}
	if v.Has(flagUnitIsMetric) && p.metric(newText(v.UnitRaw)) == rateMetric {
		v.UnitInferred = "%"
		return
	}
	for _, s := range []string{p.hint.Name, p.hint.Description} {
		u, ok := p.bracketed(s)
		if !ok {
			continue
		}
		v.UnitInferred = u.unit.id
		if v.ScaleExp == 0 && u.exp != 0 {
			v.ScaleExp = u.exp
			setBase(v)
			addFlag(v, flagUnitScaled)
		}
		return
	}
}

// bracketed returns the first unit that stands in brackets of its own.
func (p *parser) bracketed(s string) (tail, bool) {
	if s == "" {
		return tail{}, false
	}
	f := finder{t: newText(s), v: p.v}
	for i, r := range f.t.r {
		if r != '(' {
			continue
		}
		if u, ok := f.inBrackets(i); ok && u.unit != nil && u.unit.id != "" {
			return u, true
		}
	}
	return tail{}, false
}

// mismatch tells whether the unit is not one that the metric can have: 受助学生数
// in percent, 网络畅通率 in hours.
func (p *parser) mismatch(v *record.Value) bool {
	name := p.hint.Name
	if name == "" {
		name = p.hint.Description
	}
	if name == "" || v.Unit == "" {
		return false
	}
	switch p.metric(newText(name)) {
	case countMetric:
		return v.Unit == "%"
	case rateMetric:
		switch v.Unit {
		case "%", "[ppth]", "{percentage-point}", "{score}", "{fold}":
			return false
		}
		return true
	}
	return false
}

// longestMetricName is the length in runes of the longest value that is taken
// for a bare metric name (及时率); longer ones are sentences.
const longestMetricName = 8

// describe flags words that are no statement: the metric's name again, or 是.
func (p *parser) describe(v *record.Value) {
	if p.is(p.v.booleans, v.Qualitative) {
		addFlag(v, flagBoolean)
		return
	}
	t := newText(v.Qualitative)
	if len(t.r) > longestMetricName || p.metric(t) != rateMetric {
		return
	}
	// 提高满意度 says something, 完善率 does not.
	if change, ok := p.v.changes.at(t, 0); ok && len(change.form)+1 < len(t.r) {
		return
	}
	addFlag(v, flagValueIsMetric)
}
