package value

import (
	"slices"

	"yusuan/normalize/record"
)

// Found is a quantity, or a date, in running text.
type Found struct {
	// Value has Number and Unit; its Kind is record.Quantity. It is zero for
	// a date.
	record.Value
	// Text is the whole printed quantity with the comparators before and after
	// it and the per-phrase that touches it: 达到4万人以上.
	Text string
	// Start and End are the rune offsets of Text in the text that was searched.
	Start, End int
	// NumberStart and NumberEnd are the rune offsets of the first number alone.
	NumberStart, NumberEnd int
	// Date says that this is a date and no quantity. Dates reads what it means.
	Date bool
	// Unread says that a quantity is printed whose number cannot be read
	// (12,34元, 9 5%): Number is null, Kind is record.Qualitative.
	Unread bool
}

// Find returns all quantities of a sentence and, marked as such, its dates, in
// their order. A number is a quantity if a unit, a scale or a comparator says
// so. Section numbers (1、 （二） 第三条), document numbers (〔2019〕145号),
// fractions, ratios and codes are none, nor are Chinese numerals that belong
// to a name (三公, 两委, 一般公共预算). A number directly behind 每 (每100人)
// is reported with the flag denominator.
func Find(s string) []Found {
	f := finder{t: newText(s), v: vocabulary()}
	f.scan()
	return f.out
}

// finder walks through a text once.
type finder struct {
	t   *text
	v   *tables
	out []Found
	// per is the per-phrase passed last, which ends at perEnd.
	per              string
	perStart, perEnd int
	// skip is the offset behind the last thing found: nothing reaches back
	// over it.
	skip int
	// cell loosens the grammar for cells of values: the unit may be missing.
	cell bool
	// codes says that codes of the budget classification stand in the text.
	codes bool
	// dates collects what the dates mean, if wanted.
	dates *[]Date
}

func (f *finder) scan() {
	for i := 0; i < len(f.t.r); {
		i = f.step(i)
	}
}

// step looks at what begins at i and returns where to go on.
func (f *finder) step(i int) int {
	r := f.t.r[i]
	if !digit(r) && !f.v.starts[r] {
		return i + 1
	}
	if d, ok := f.date(i); ok {
		f.out = append(f.out, Found{Text: d.Text, Start: d.Start, End: d.End, NumberStart: d.Start, NumberEnd: d.End, Date: true})
		if f.dates != nil {
			*f.dates = append(*f.dates, d)
		}
		f.skip = d.End
		return d.End
	}
	if per, end, ok := f.perPhrase(i); ok {
		f.per, f.perStart, f.perEnd = per, i, end
		return end
	}
	if e, ok := f.v.names.at(f.t, i); ok && !f.counts(i) {
		return i + len(e.form)
	}
	n, ok := f.numberAt(i)
	if !ok {
		return max(n.end, i+1)
	}
	if end, ok := f.broken(n); ok {
		n.end = end
		return f.unread(n, false)
	}
	q, ok := f.quantity(n)
	if q.Unread {
		n.end = q.NumberEnd
		return f.unread(n, true)
	}
	if !ok {
		return n.end
	}
	f.out = append(f.out, q)
	f.skip = q.End
	return q.End
}

// counts tells whether a comparator stands before i, which makes a quantity
// even of a numeral that looks like part of a name: 至少一部分.
func (f *finder) counts(i int) bool {
	c := f.before(i, false)
	return c.ok && c.id != ""
}

// quantity builds the quantity around a number.
func (f *finder) quantity(n number) (Found, bool) {
	n, u, ok := f.joined(n, f.tail(n))
	if !ok || f.session(n, u) {
		return Found{Unread: !ok, NumberEnd: n.end}, false
	}
	c := f.before(n.start, u.unit != nil && timeUnit(u.unit.id))
	q := Found{Start: c.start, NumberStart: n.figures(), NumberEnd: n.end, End: u.end}
	v := &q.Value
	v.Kind, v.Number = record.Quantity, n.d
	if f.negative(n, u) {
		v.Number = v.Number.Neg()
		q.NumberStart--
		if c.start == n.start {
			q.Start--
			if c = f.before(q.Start, false); c.ok {
				q.Start = c.start
			}
		}
	}
	u, ranged := f.upTo(&q, n, u)
	q.unit(u)
	after := f.after(q.End, v.Unit)
	if after.ok {
		q.End = after.start
	}
	q.compare(c, after, u.more, ranged)
	bounded := false
	if !ranged {
		f.alsoAtMost(&q)
		bounded = f.between(&q, c)
	}
	if !f.cell && !bounded && !accept(n, u, c) {
		return q, false
	}
	f.finish(&q)
	switch {
	case n.compound:
		addFlag(v, flagNumberCompound)
	case f.t.spaces(n) > 0:
		addFlag(v, flagNumberSpaced)
	}
	return q, true
}

// accept tells whether a number is a quantity in a sentence.
func accept(n number, u tail, c comparator) bool {
	if u.unit != nil || u.exp > 0 || n.percent || n.zero {
		return true
	}
	return c.ok && c.id != "" && (!n.year || c.sign)
}

// negative tells whether a minus belongs to the number: it touches it, and
// either a comparator or the cell's begin stands before it, or nothing that it
// could join and the unit is one that is negative now and then.
func (f *finder) negative(n number, u tail) bool {
	if f.t.peek(n.start-1) != '-' || n.start-1 < f.skip {
		return false
	}
	if f.cell && n.start == 1 || f.before(n.start-1, false).sign {
		return true
	}
	before := f.t.peek(n.start - 2)
	if digit(before) || letter(before) || before == '-' || before == ')' || before == '%' {
		return false
	}
	return u.unit != nil && (u.unit.id == "%" || u.unit.id == "CNY")
}

// finish fills what follows from the other columns.
func (f *finder) finish(q *Found) {
	v := &q.Value
	if f.perEnd > 0 && f.t.skipBlank(f.perVerbEnd()) == q.Start {
		q.Start = f.perStart
		v.Per = joinPer(f.per, v.Per)
	}
	if e, ok := f.v.qualifiers.endingAt(f.t, f.backOverIs(q.Start)); ok {
		v.Qualifier = string(e.form)
	}
	if f.t.peek(q.Start-1) == '每' {
		v.Flags = append(v.Flags, flagDenominator)
	}
	q.Text = f.t.slice(q.Start, q.End)
	setBase(v)
}

// backOverIs steps over the 为 that may stand between a qualifier and its
// number: 动态为零.
func (f *finder) backOverIs(i int) int {
	i = f.t.backBlank(i)
	if f.t.peek(i-1) == '为' {
		i--
	}
	return i
}

// perVerbEnd returns the end of the per-phrase and of one verb behind it:
// 每人每年补助.
func (f *finder) perVerbEnd() int {
	if e, ok := f.v.perVerb.at(f.t, f.perEnd); ok {
		return f.perEnd + len(e.form)
	}
	return f.perEnd
}

// setBase fills Base from Number and ScaleExp.
func setBase(v *record.Value) {
	v.Base = v.Number.Shift(v.ScaleExp)
	if v.Base.IsNull() && !v.Number.IsNull() {
		addFlag(v, flagBaseOverflow)
	}
}

func addFlag(v *record.Value, flag string) {
	if flag != "" && !slices.Contains(v.Flags, flag) {
		v.Flags = append(v.Flags, flag)
	}
}
