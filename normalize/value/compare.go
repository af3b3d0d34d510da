package value

import (
	"strings"

	"yusuan/normalize/record"
)

// comparator is a comparator beside a number.
type comparator struct {
	ok bool
	// id is one of record's comparators, "" for 达到, which compares only
	// together with 以上.
	id, flag string
	// sign says that it is no word.
	sign bool
	// start is the offset of the comparator before a number, or the offset
	// behind the one after it; without a comparator the offset asked about.
	start int
}

// before returns the comparator that ends where a number begins. time says
// that the number counts time: 近五年 is no approximation.
func (f *finder) before(i int, time bool) comparator {
	none := comparator{start: i}
	p := f.t.backBlank(i)
	e, ok := f.v.before.endingAt(f.t, p)
	if !ok || p-len(e.form) < f.skip {
		return none
	}
	if e.form[0] == '=' && letter(f.t.peek(p-len(e.form)-1)) {
		return none // id=502364
	}
	if w, ok := f.v.notBefore.endingAt(f.t, p); ok && len(w.form) > len(e.form) {
		return none
	}
	if e.id == record.Approx && len(e.form) == 1 && e.form[0] == '近' && time {
		return none
	}
	return comparator{ok: true, id: e.id, flag: e.flag, sign: !han(e.form[0]), start: p - len(e.form)}
}

// after returns the comparator that begins behind a quantity.
func (f *finder) after(i int, unit string) comparator {
	p := f.t.skipBlank(i)
	e, ok := f.v.after.at(f.t, p)
	if !ok && timeUnit(unit) {
		e, ok = f.v.afterTime.at(f.t, p)
		if ok && strings.ContainsRune(notInside, f.t.peek(p+len(e.form))) {
			ok = false
		}
	}
	if !ok {
		return comparator{start: i}
	}
	return comparator{ok: true, id: e.id, flag: e.flag, start: p + len(e.form)}
}

// notInside are runes that make another word of 内: 内部, 内容.
const notInside = "部容涵在外设审控业"

// timeUnit tells whether a unit code counts time.
func timeUnit(code string) bool {
	switch code {
	case "s", "min", "h", "d", "wk", "mo", "a", "{workday}", "{quarter}", "{school-year}", "{term}":
		return true
	}
	return false
}

// compare decides the comparator from what stands before and after the
// number. A sign or word before it wins over one behind it, 约 does not.
func (q *Found) compare(before, after comparator, more, ranged bool) {
	v := &q.Value
	addFlag(v, before.flag)
	id := before.id
	switch {
	case ranged && id == "":
		// 5至10天内: the range says it all.
		v.Comparator = record.GE
		return
	case id == "" || id == record.Approx && after.ok:
		if id != "" && after.id != id {
			addFlag(v, flagConflict)
		}
		id = after.id
		if id == "" && before.id != "" {
			id = before.id
		}
	case after.ok && after.id != id && !ranged:
		addFlag(v, flagConflict)
	}
	if id == "" && more {
		id = record.GT
	}
	if id == "" {
		id, v.ComparatorImplied = record.EQ, true
		addFlag(v, FlagComparatorImplied)
	}
	v.Comparator = id
}

// unit takes over what stands behind the number.
func (q *Found) unit(u tail) {
	v := &q.Value
	v.UnitRaw, v.ScaleExp, v.Per = u.raw, u.exp, u.per
	if u.unit == nil {
		addFlag(v, flagUnitMissing)
		return
	}
	v.Unit = u.unit.id
	addFlag(v, u.unit.flag)
}

// upTo reads the upper end of a range: 90-95%, 90%～95%, 5至10天, 5-10万元. It
// returns the tail that holds for both ends, and whether there is a range.
func (f *finder) upTo(q *Found, n number, u tail) (tail, bool) {
	t := f.t
	p := t.skipBlank(u.end)
	e, ok := f.v.ranges.at(t, p)
	if !ok || n.percent || n.zero {
		return u, false
	}
	p = t.skipBlank(p + len(e.form))
	var upper number
	if n.han {
		upper, ok = t.numerals(p)
	} else {
		upper, ok = t.digits(p, asciiComma)
	}
	if !ok || n.year && upper.year && u.unit == nil {
		return u, false
	}
	w := f.tail(upper)
	if u.unit != nil && w.unit != nil && u.unit.id != w.unit.id || u.unit == nil && w.unit == nil && !f.cell {
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
		high = high.Shift(w.exp - u.exp)
		both = u
		both.end = w.end
	}
	if high.IsNull() || high.Cmp(q.Number) < 0 {
		return u, false
	}
	q.Upper, q.UpperInclusive, q.End = high, true, both.end
	return both, true
}

// alsoAtMost joins the second half of ≥90%且≤100%.
func (f *finder) alsoAtMost(q *Found) {
	v := &q.Value
	if v.ComparatorImplied || v.Comparator != record.GE && v.Comparator != record.GT {
		return
	}
	t := f.t
	p := t.skipBlank(q.End)
	if e, ok := f.v.ands.at(t, p); ok {
		p = t.skipBlank(p + len(e.form))
	} else if t.peek(p) == ',' {
		p = t.skipBlank(p + 1)
	}
	n, c, ok := f.comparedAt(p)
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

func dropFlag(flags []string, flag string) []string {
	var out []string
	for _, f := range flags {
		if f != flag {
			out = append(out, f)
		}
	}
	return out
}
