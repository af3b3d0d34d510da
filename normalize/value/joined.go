package value

import (
	"strings"

	"yusuan/normalize/record"
)

// flagNumberCompound marks a number that is printed in several parts with
// scales or units of their own and given in the last of them: 1亿2000万元 as
// 12000万元, 1小时30分 as 90分.
const flagNumberCompound = "number_compound"

// joined adds up a number that is printed in several parts. ok is false if
// digits follow its scale that do not add up (3万5, 20万30万元).
func (f *finder) joined(n number, u tail) (number, tail, bool) {
	m, w, ok := f.parts(n, u)
	return m, w, ok && !f.doubtful(m, w)
}

// parts is joined without the look at what has come of it.
func (f *finder) parts(n number, u tail) (number, tail, bool) {
	if n.percent || n.zero || u.more {
		return n, u, true
	}
	if m, w, ok := f.time(n, u); ok {
		return m, w, true
	}
	exp, end := f.scaleAt(n.end, n.han)
	if exp == 0 {
		return n, u, true
	}
	if unit, _ := f.unitAt(n.end); unit != nil {
		return n, u, true
	}
	if hanDigit(f.t.peek(end)) > 0 {
		m, ok := f.t.numerals(end)
		if ok = ok && f.tail(m).unit != nil; ok { // 1亿二千万元
			n.end = m.end
		}
		return n, u, !ok
	}
	if !digit(f.t.peek(end)) || f.dated(end) {
		return n, u, true
	}
	return f.addUp(n, u, exp, end)
}

// addUp adds the digits at end to a number whose scale is exp.
func (f *finder) addUp(n number, u tail, exp, end int) (number, tail, bool) {
	m, ok := f.t.digits(end, asciiComma)
	if !ok {
		n.end = max(m.end, f.t.digitRun(end))
		return n, u, false
	}
	n.end, n.year = m.end, false
	if next, _ := f.scaleAt(m.end, false); next >= exp {
		return n, u, false // scales fall from part to part
	}
	low, w, ok := f.parts(m, f.tail(m))
	// 3万5元 could be 30005 or, as it is spoken, 35000.
	short := w.exp == 0 && low.end-end < 2
	n.end = low.end
	if !ok || short || w.unit == nil && w.exp == 0 || exp <= w.exp {
		return n, u, false
	}
	high := n.d.Shift(exp - w.exp)
	if high.IsNull() || low.d.Cmp(record.Int(1).Shift(exp-w.exp)) >= 0 {
		return n, u, false
	}
	n.d, n.compound = high.Add(low.d), true
	return n, w, !n.d.IsNull()
}

// dated tells whether a date begins at i.
func (f *finder) dated(i int) bool {
	if _, ok := f.date(i); ok {
		return true
	}
	_, end := f.yearDate(i)
	return end > i
}

// smaller are the units of time that stand behind another, and how many of
// them make one of it. 分 before 秒 is no score.
var smaller = []struct {
	unit, part string
	count      int64
}{{"d", "h", 24}, {"h", "min", 60}, {"min", "s", 60}, {"{score}", "s", 60}, {"a", "mo", 12}}

// time adds up a length of time in two units: 1小时30分, 1年6个月.
func (f *finder) time(n number, u tail) (number, tail, bool) {
	if u.unit == nil || u.exp > 0 || u.per != "" {
		return n, u, false
	}
	p := f.t.skipBlank(u.end)
	if !digit(f.t.peek(p)) {
		return n, u, false
	}
	for _, s := range smaller {
		if s.unit != u.unit.id || fractionDigits(n.d) > 0 {
			continue
		}
		m, ok := f.t.digits(p, asciiComma)
		w := f.tail(m)
		if !ok || w.unit == nil || w.exp > 0 || m.d.Cmp(record.Int(s.count)) >= 0 {
			return n, u, false
		}
		if s.part == "min" && string(w.unit.form) == "分" {
			w.unit = f.minute()
			w.raw = string(w.unit.form) // 90分 would be a score
		}
		if w.unit.id != s.part {
			return n, u, false
		}
		n.d, n.end, n.compound = n.d.Mul(record.Int(s.count)).Add(m.d), m.end, true
		return n, w, !n.d.IsNull()
	}
	return n, u, false
}

// minute returns the unit that 分 is behind hours.
func (f *finder) minute() *entry {
	t := newText("分钟")
	e, _ := f.v.units.at(t, 0)
	return e
}

// countedScale reads a scale behind 个: 1.2个亿, 3个亿元. 3个亿元项目 counts
// projects. 个 is no part of the unit.
func (f *finder) countedScale(n number, p int) (tail, bool) {
	t := f.t
	exp, end := f.scaleAt(p+1, false)
	fraction := strings.Contains(n.d.String(), ".")
	if exp < 8 && !(exp >= 6 && fraction) {
		return tail{}, false
	}
	u := tail{end: end, raw: t.slice(p+1, end), exp: exp}
	if unit, unitEnd := f.unitAt(end); unit != nil {
		if unit.id != "CNY" || han(t.peek(unitEnd)) && !fraction {
			return tail{}, false
		}
		u.unit, u.end, u.raw = unit, unitEnd, t.slice(p+1, unitEnd)
	} else if t.peek(end) == '级' {
		return tail{}, false
	}
	return u, true
}
