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
	// sign says that it is no word, weak that another comparator beside the
	// number, or a range, says it better (控制在5万元左右).
	sign, weak bool
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
	if !ok {
		if e, ok = f.v.weak.endingAt(f.t, p); ok && p-len(e.form) >= f.skip {
			return comparator{ok: true, id: e.id, flag: e.flag, weak: true, start: p - len(e.form)}
		}
	}
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
		if end, more := f.moreAt(i); more && f.t.r[i] == '+' {
			return comparator{ok: true, id: record.GT, start: end} // 100人+
		}
		return comparator{start: i}
	}
	return comparator{ok: true, id: e.id, flag: e.flag, start: p + len(e.form)}
}

// behind returns the offset behind a comparator that was looked for at i.
func (c comparator) behind(i int) int {
	if c.ok {
		return c.start
	}
	return i
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
// number. A sign or word before it wins over one behind it, 约 does not; the
// two ends of a range say it all without one.
func (q *Found) compare(before, after comparator, more, ranged bool) {
	v := &q.Value
	addFlag(v, before.flag)
	soft := before.id == "" || before.weak
	if !soft && after.ok && after.id != before.id && !ranged {
		addFlag(v, flagConflict)
	}
	switch {
	case ranged && soft:
		v.Comparator = record.GE
	case after.ok && !ranged && (soft || before.id == record.Approx):
		v.Comparator = after.id
	case before.id != "":
		v.Comparator = before.id
	case more:
		v.Comparator = record.GT
	default:
		v.Comparator, v.ComparatorImplied = record.EQ, true
		addFlag(v, FlagComparatorImplied)
	}
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

func dropFlag(flags []string, flag string) []string {
	var out []string
	for _, f := range flags {
		if f != flag {
			out = append(out, f)
		}
	}
	return out
}
