package value

import (
	"strings"

	"yusuan/normalize/record"
)

// numberAt reads the number at i if nothing around it says that it is part of
// a code, a fraction, a ratio or an ordinal. n.end is where to go on.
func (f *finder) numberAt(i int) (n number, ok bool) {
	t := f.t
	if n, ok = f.percentWord(i); ok {
		return n, true
	}
	if !digit(t.r[i]) {
		n, ok = t.numerals(i)
		return n, ok && f.numeralCounts(&n)
	}
	if n, ok = t.digits(i, asciiComma); !ok {
		return n, false
	}
	n = f.pointed(n)
	if t.partOfCode(n) || f.classification(n) {
		for c := t.peek(n.end); digit(c) || letter(c); c = t.peek(n.end) {
			n.end++
		}
		return n, false
	}
	return n, true
}

// partOfCode tells whether a number in digits is an ordinal (第3条), part of a
// name (PM2.5), of a number with leading zeros (06款), of a section number
// (3.1.2), a fraction (1/3), a ratio (1:3) or a product (7×24小时).
func (t *text) partOfCode(n number) bool {
	before, next := t.peek(n.start-1), t.peek(n.end)
	if letter(before) || t.peek(t.backBlank(n.start)-1) == '第' || t.r[n.start] == '0' && digit(t.peek(n.start+1)) {
		return true
	}
	const joints = "./:∶×*"
	return strings.ContainsRune(joints, before) && digit(t.peek(n.start-2)) ||
		strings.ContainsRune(joints[:len(joints)-len("×*")], next) && digit(t.peek(n.end+1))
}

// classification tells whether a number is a code of the budget classification
// as it is printed in brackets: （204类）司法（06款）行政运行（01项）. Only behind
// a 类 or 款 is a bracketed 项 a code.
func (f *finder) classification(n number) bool {
	t := f.t
	if t.peek(n.start-1) != '(' || t.peek(n.end+1) != ')' {
		return false
	}
	switch t.peek(n.end) {
	case '类', '款':
		f.codes = true
		return true
	case '项':
		return f.codes
	}
	return false
}

// percentWord reads 百分之九十五, 百分之95 and 千分之三; the number begins behind
// 之.
func (f *finder) percentWord(i int) (number, bool) {
	prefix := percentPrefix
	p := f.t.after(i, prefix)
	if p == i {
		prefix = permillePrefix
		if p = f.t.after(i, prefix); p == i {
			return number{end: i}, false
		}
	}
	n, ok := f.t.digits(p, asciiComma)
	if !ok {
		n, ok = f.t.numerals(p)
	}
	if !ok && prefix == percentPrefix && f.t.peek(p) == '百' && hanDigit(f.t.peek(p+1)) < 0 {
		n, ok = number{end: p + 1, d: record.Int(100), han: true}, true // 百分之百
	}
	n.start, n.percent, n.permille = i, true, prefix == permillePrefix
	n.digits = p
	return n, ok
}

// percentPrefix and permillePrefix begin shares in words.
const (
	percentPrefix  = "百分之"
	permillePrefix = "千分之"
)

// numeralCounts tells whether a Chinese numeral is a quantity: nothing before
// it makes an ordinal or an article of it, and a unit that can be counted so
// stands behind it. 零 counts behind 为 and 是.
func (f *finder) numeralCounts(n *number) bool {
	if f.partOfWord(n.start) {
		return false
	}
	if n.d.Cmp(record.Int(0)) == 0 {
		n.zero = f.zero(*n)
		return n.zero
	}
	u := f.tail(*n)
	if u.unit == nil {
		return f.wholeCell(*n, u)
	}
	if c := f.before(n.start, timeUnit(u.unit.id)); f.cell && n.start == 0 || c.ok && c.id != "" {
		return true
	}
	if u.unit.counted == 0 || f.repeated(*n, u) {
		return false
	}
	return u.exp > 0 || n.d.Cmp(record.Int(int64(u.unit.counted))) >= 0
}

// wholeCell tells whether a numeral without a unit is all that stands in a
// cell, a comparator aside: 一百零五, 不低于九十. One character (一) may be a
// label or the rest of a word.
func (f *finder) wholeCell(n number, u tail) bool {
	c := f.before(n.start, false)
	return f.cell && (c.ok || u.end-n.start > 1) && c.start == 0 && f.after(u.end, "").behind(u.end) == len(f.t.r)
}

// session tells whether a number says which session of a body it is (全国人大
// 三次会议): an ordinal.
func (f *finder) session(n number, u tail) bool {
	if u.unit == nil || string(u.unit.form) != "次" || u.exp > 0 {
		return false
	}
	if _, ok := f.v.meetings.at(f.t, u.end); !ok {
		return false
	}
	_, ok := f.v.bodies.endingAt(f.t, n.start)
	return ok
}

// partOfWord tells whether what stands before a Chinese numeral takes it in:
// 第一, 每一, 1千, or the quotation mark of a slogan (“八个本领”).
func (f *finder) partOfWord(i int) bool {
	if _, ok := f.v.numeralBefore.endingAt(f.t, i); ok {
		return true
	}
	b := f.t.peek(i - 1)
	return digit(b) || hanPower(b) > 0 || b != 0 && strings.ContainsRune("万亿“‘\"「", b)
}

// zero tells whether 零 stands for the number: 动态为零, or a cell of 零 alone.
func (f *finder) zero(n number) bool {
	b := f.t.peek(n.start - 1)
	return n.end == n.start+1 && (b == '为' || b == '是' || b == 0 && f.cell) && !han(f.t.peek(n.end))
}

// repeated tells whether a numeral and its unit stand twice (一户一策, 一人一档):
// a manner of speaking, no quantity.
func (f *finder) repeated(n number, u tail) bool {
	r := f.t.r[n.start]
	return n.end == n.start+1 && (f.t.peek(u.end) == r || f.t.peek(n.start-2) == r)
}
