package value

import (
	"strings"

	"yusuan/normalize/record"
)

// upTo reads the upper end of a range: 90-95%, 90%～95%, 5至10天, 5-10万元. It
// returns the tail that holds for both ends, and whether there is a range.
func (f *finder) upTo(q *Found, n number, u tail) (tail, bool) {
	upper, w, ok := f.upper(n, u)
	if !ok {
		return u, false
	}
	both, high := w, upper.d
	switch {
	case w.unit == nil && w.exp == 0: // 90%-95
		both = u
		both.end = w.end
	case u.unit == nil && u.exp == 0: // 5-10万元
	case u.unit == nil && w.unit != nil && w.exp != u.exp: // 5千-1万元
		both.raw, both.exp, high = u.raw+string(w.unit.form), u.exp, high.Shift(w.exp-u.exp)
	case u.unit == nil: // 5万-10万元
	default:
		both = u
		both.end, high = w.end, high.Shift(w.exp-u.exp)
	}
	if high.IsNull() || high.Cmp(q.Number) < 0 {
		return u, false
	}
	q.Upper, q.UpperInclusive, q.End = high, true, both.end
	return both, true
}

// upper reads the number behind a range sign, and its tail. Two years are no
// range of numbers, nor are numbers with different units.
func (f *finder) upper(n number, u tail) (upper number, w tail, ok bool) {
	p := f.t.skipBlank(u.end)
	e, ok := f.v.ranges.at(f.t, p)
	if !ok || n.percent || n.zero {
		return upper, w, false
	}
	p = f.t.skipBlank(p + len(e.form))
	if n.han {
		upper, ok = f.t.numerals(p)
	} else {
		upper, ok = f.t.digits(p, asciiComma)
	}
	if !ok || n.year && upper.year && u.unit == nil {
		return upper, w, false
	}
	if upper, w, ok = f.joined(upper, f.tail(upper)); !ok {
		return upper, w, false
	}
	if u.unit == nil && w.unit == nil {
		return upper, w, f.cell
	}
	return upper, w, u.unit == nil || w.unit == nil || u.unit.id == w.unit.id
}

// alsoAtMost joins the second half of ≥90%且≤100%.
func (f *finder) alsoAtMost(q *Found) {
	v := &q.Value
	if v.ComparatorImplied || v.Comparator != record.GE && v.Comparator != record.GT {
		return
	}
	n, c, ok := f.comparedAt(f.conjunction(q.End))
	if !ok || c.id != record.LE && c.id != record.LT {
		return
	}
	u := f.tail(n)
	switch {
	case u.unit != nil && v.UnitRaw == "":
		q.unit(u)
		v.Flags = dropFlag(v.Flags, flagUnitMissing)
	case u.unit != nil && u.unit.id != v.Unit, u.unit == nil && !f.cell:
		return
	}
	high := n.d.Shift(u.exp - v.ScaleExp)
	if high.IsNull() || high.Cmp(v.Number) < 0 {
		return
	}
	v.Upper, v.UpperInclusive, q.End = high, c.id == record.LE, u.end
}

// longestBoundName is the length in runes of the longest name between two
// bounds: 得分, 群众满意度, 综合评价得分率.
const longestBoundName = 12

// between reads what a first number bounds from one side and a second from
// the other: 80分≤得分＜90分, 100%≥x≥95%. The first number has no comparator of
// its own.
func (f *finder) between(q *Found, before comparator) bool {
	t, v := f.t, &q.Value
	if before.ok {
		return false
	}
	first, name, ok := f.signAt(t.skipBlank(q.End))
	if !ok {
		return false
	}
	end := t.nameEnd(name)
	n, second, ok := f.comparedAt(end)
	down := atLeast(first)
	if !ok || !second.sign || down != atLeast(second.id) {
		return false
	}
	u := f.tail(n)
	if !f.commonUnit(q, u) {
		return false
	}
	low, high := v.Number, n.d
	if u.unit != nil || u.exp > 0 {
		high = high.Shift(u.exp - v.ScaleExp)
	}
	lower, upper := inclusive(first), inclusive(second.id)
	if down {
		low, high, lower, upper = high, low, upper, lower
	}
	if low.IsNull() || high.IsNull() || low.Cmp(high) > 0 {
		return false
	}
	v.Number, v.Upper, v.UpperInclusive, q.End = low, high, upper, u.end
	v.Comparator, v.ComparatorImplied = record.GT, false
	if lower {
		v.Comparator = record.GE
	}
	v.Flags = dropFlag(v.Flags, FlagComparatorImplied)
	if s := strings.TrimSpace(t.slice(name, end)); !letter(t.peek(name)) {
		v.Qualifier = orElse(s, v.Qualifier)
	}
	return true
}

// nameEnd returns the end of the name at i that two bounds may have between
// them.
func (t *text) nameEnd(i int) int {
	end := i
	for end-i < longestBoundName && (han(t.peek(end)) || letter(t.peek(end)) || t.peek(end) == ' ') {
		end++
	}
	return end
}

// atLeast tells whether a comparator bounds from below.
func atLeast(id string) bool { return id == record.GE || id == record.GT }

// inclusive tells whether a comparator includes the number itself.
func inclusive(id string) bool { return id == record.LE || id == record.GE }

func orElse(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// commonUnit gives the unit behind the second bound to the first, if it has
// none, and is false if their units differ.
func (f *finder) commonUnit(q *Found, u tail) bool {
	v := &q.Value
	switch {
	case v.UnitRaw == "" && u.unit != nil:
		v.Flags = dropFlag(v.Flags, flagUnitMissing)
		q.unit(u)
	case u.unit != nil && u.unit.id != v.Unit, u.unit == nil && u.exp == 0 && v.UnitRaw == "" && !f.cell:
		return false
	}
	return true
}

// signAt reads a sign of order that begins at p, and returns its end.
func (f *finder) signAt(p int) (id string, end int, ok bool) {
	for end = p + 2; end > p; end-- {
		e, found := f.v.before.endingAt(f.t, end)
		if found && end-len(e.form) == p && !han(e.form[0]) && e.id != record.EQ && e.id != record.Approx {
			return e.id, end, true
		}
	}
	return "", p, false
}

// conjunction steps over 且 or a comma.
func (f *finder) conjunction(i int) int {
	p := f.t.skipBlank(i)
	if e, ok := f.v.ands.at(f.t, p); ok {
		return f.t.skipBlank(p + len(e.form))
	}
	if f.t.peek(p) == ',' {
		return f.t.skipBlank(p + 1)
	}
	return p
}

// comparedAt reads a comparator and a number that begin at p.
func (f *finder) comparedAt(p int) (number, comparator, bool) {
	// longestComparator is the length of 低于或等于 and one more.
	const longestComparator = 6
	for i := p + 1; i <= p+longestComparator; i++ {
		if !digit(f.t.peek(i)) {
			continue
		}
		saved := f.skip
		f.skip = p
		c := f.before(i, false)
		f.skip = saved
		n, ok := f.t.digits(i, asciiComma)
		return n, c, ok && c.ok && c.start == p
	}
	return number{}, comparator{}, false
}
