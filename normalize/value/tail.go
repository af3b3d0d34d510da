package value

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// tail is what stands behind a number: 余 万 元 /人·年.
type tail struct {
	// end is the offset behind it, the number's end if there is nothing.
	end int
	// raw is scale and unit as printed.
	raw string
	// unit is nil if none stands there.
	unit *entry
	// exp is the power of ten of the scale.
	exp int
	per string
	// more says that 余 or 多 stands there: more than the number.
	more bool
}

// tail reads what stands behind a number. Units win over scales: of a unit and
// a scale with a unit the longer is taken, and the unit if both are as long
// (千克). A scale without a unit counts where nothing follows; 万 and 亿 also
// before a noun (2万群众), for they are part of no other word there.
func (f *finder) tail(n number) tail {
	t := f.t
	if n.percent {
		if n.permille {
			return tail{end: n.end, raw: permillePrefix, unit: &f.v.units['‰'][0]}
		}
		return tail{end: n.end, raw: percentPrefix, unit: f.percentUnit()}
	}
	none := tail{end: n.end}
	if n.zero {
		return none
	}
	p := t.skipBlank(n.end)
	p, more := f.moreAt(p)
	unit, unitEnd := f.unitAt(p)
	if unit != nil && string(unit.form) == "个" {
		if u, ok := f.countedScale(n, p); ok {
			u.more = more
			return u
		}
	}
	u, ok := f.scaledTail(p, n.han)
	if unit != nil && (!ok || u.unit == nil || unitEnd-p >= utf8.RuneCountInString(u.raw)) {
		u = f.perTail(tail{end: unitEnd, raw: t.slice(p, unitEnd), unit: unit, more: more})
		if string(unit.form) == tenths {
			u.exp = 1
		}
		return u
	}
	if !ok {
		if u, ok = f.inBrackets(p); !ok {
			return none
		}
	}
	u.more = u.more || more
	return u
}

// tenths is the unit of 九成: nine times ten percent.
const tenths = "成"

// moreAt steps over a word that says more than the number: 余, 多, +. The sign
// before digits or letters adds up (1+3+N).
func (f *finder) moreAt(p int) (int, bool) {
	e, ok := f.v.more.at(f.t, p)
	if !ok {
		return p, false
	}
	end := p + len(e.form)
	if next := f.t.peek(end); e.form[0] == '+' && (digit(next) || letter(next)) {
		return p, false
	}
	return end, true
}

// scaledTail reads a scale at p and the unit behind it, if one is there.
func (f *finder) scaledTail(p int, numeral bool) (tail, bool) {
	t := f.t
	exp, scaleEnd := f.scaleAt(p, numeral)
	if exp == 0 {
		return tail{}, false
	}
	u := tail{end: scaleEnd, raw: t.slice(p, scaleEnd), exp: exp}
	u.end, u.more = f.moreAt(scaleEnd)
	gap := t.skipBlank(u.end)
	// 百分 begins 百分比 and its misprints, never a hundred points.
	if unit, end := f.unitAt(gap); unit != nil && (t.r[scaleEnd-1] != '百' || t.r[gap] != '分') {
		u.unit, u.end = unit, end
		if u.raw = t.slice(p, end); gap > scaleEnd {
			u.raw = t.slice(p, scaleEnd) + t.slice(gap, end)
		}
		return f.perTail(u), true
	}
	if numeral && !(f.cell && u.end == len(t.r)) || !f.scaleAlone(u.end, exp) {
		return tail{}, false
	}
	if in, ok := f.inBrackets(u.end); ok && in.exp == 0 {
		in.raw, in.exp, in.more = u.raw+in.raw, exp, u.more
		return in, true
	}
	return u, true
}

func (f *finder) percentUnit() *entry {
	list := f.v.units['%']
	return &list[len(list)-1]
}

// unitAt returns the longest unit at p that is not the beginning of another
// word, and its end.
func (f *finder) unitAt(p int) (*entry, int) {
	list := f.v.units[f.t.peek(p)]
	for k := range list {
		e := &list[k]
		if !f.t.has(p, e.form) {
			continue
		}
		end := p + len(e.form)
		next := f.t.peek(end)
		if slices.Contains(e.notBefore, next) || letter(e.form[len(e.form)-1]) && (letter(next) || digit(next)) {
			continue
		}
		return f.bracketedTime(e, p, end)
	}
	return nil, p
}

// bracketedTime widens a counter by the 次 that stands in brackets behind it:
// 人（次） counts what 人次 does.
func (f *finder) bracketedTime(e *entry, p, end int) (*entry, int) {
	t := f.t
	if t.peek(end) != '(' || t.peek(end+1) != '次' || t.peek(end+2) != ')' {
		return e, end
	}
	for k, list := 0, f.v.units[e.form[0]]; k < len(list); k++ {
		w := &list[k]
		if len(w.form) == len(e.form)+1 && w.form[len(e.form)] == '次' && t.has(p, w.form[:len(e.form)]) && (w.id == e.id || strings.HasSuffix(w.id, "-time}")) {
			return w, end + 3
		}
	}
	return e, end
}

// scaleAt reads a chain of scales (百万, 万亿) and returns their power of ten.
// It stops before a unit (万千瓦); 十 counts before another scale only.
func (f *finder) scaleAt(p int, numeral bool) (exp, end int) {
	for end = p; ; {
		e, ok := f.v.scales.at(f.t, end)
		if !ok || numeral && e.exp < 4 || exp+e.exp > maxScale {
			break
		}
		if unit, _ := f.unitAt(end); unit != nil {
			break
		}
		exp, end = exp+e.exp, end+len(e.form)
	}
	if exp == 1 {
		return 0, p
	}
	return exp, end
}

// maxScale is the largest power of ten of a scale: 万亿 is 12.
const maxScale = 12

// scaleAlone tells whether a scale that ends at p can stand without a unit.
func (f *finder) scaleAlone(p, exp int) bool {
	next := f.t.peek(p)
	if !han(next) {
		return !letter(next) && !digit(next)
	}
	if _, ok := f.v.after.at(f.t, p); ok {
		return true
	}
	return exp >= 4
}

// inBrackets reads a unit or a scale in brackets: 13459.00(平方米), 5(万).
func (f *finder) inBrackets(p int) (tail, bool) {
	t := f.t
	p = t.skipBlank(p)
	if t.peek(p) != '(' {
		return tail{}, false
	}
	start := f.unitCaption(t.skipBlank(p + 1))
	exp, scaleEnd := f.scaleAt(start, false)
	unit, end := f.unitAt(start)
	if exp > 0 {
		scaled, scaledEnd := f.unitAt(scaleEnd)
		switch {
		case scaled != nil && (unit == nil || scaledEnd > end):
			unit, end = scaled, scaledEnd
		case unit == nil:
			end = scaleEnd
		default:
			exp = 0
		}
	}
	if unit == nil && exp == 0 {
		return tail{}, false
	}
	u := tail{end: end, raw: t.slice(start, end), unit: unit, exp: exp}
	if unit != nil {
		u = f.perTail(u)
	}
	close := t.skipBlank(u.end)
	if t.peek(close) != ')' {
		return tail{}, false
	}
	u.end = close + 1
	return u, true
}

// unitCaption steps over what a caption says before the unit: 12345.67
// （金额单位：万元）.
func (f *finder) unitCaption(p int) int {
	t := f.t
	q := p
	for _, word := range []string{"金额", "计量", "货币"} {
		q = t.after(q, word)
	}
	end := t.skipBlank(t.after(q, "单位"))
	if end == q || t.peek(end) != ':' {
		return p
	}
	return t.skipBlank(end + 1)
}

// perTail adds the per-phrase behind a unit: /人·年, 每人每年. What is printed
// as part of the unit stays in raw.
func (f *finder) perTail(u tail) tail {
	t := f.t
	p := u.end
	if t.peek(p) == '每' {
		if per, end, ok := f.perPhrase(p); ok {
			u.per, u.end = per, end
		}
		return u
	}
	if t.peek(p) != '/' {
		return u
	}
	for {
		if _, ok := f.v.perJoin.at(t, p); !ok {
			break
		}
		e, ok := f.v.per.at(t, p+1)
		if !ok || f.longerWord(p+1, e) {
			break
		}
		u.per = joinPer(u.per, e.id)
		p += 1 + len(e.form)
	}
	if u.per != "" {
		u.raw += t.slice(u.end, p)
		u.end = p
	}
	return u
}

// longerWord tells whether a per-word at p is only the beginning of a unit's
// other word (/项目), by the unit's own list.
func (f *finder) longerWord(p int, e *entry) bool {
	next := f.t.peek(p + len(e.form))
	for k, list := 0, f.v.units[e.form[0]]; k < len(list); k++ {
		if string(list[k].form) == string(e.form) {
			return slices.Contains(list[k].notBefore, next)
		}
	}
	return false
}

// perPhrase reads a per-phrase at i: 每生每学年, 人均, 年组织.
func (f *finder) perPhrase(i int) (per string, end int, ok bool) {
	t := f.t
	if e, found := f.v.perPhrase.at(t, i); found {
		return e.id, i + len(e.form), true
	}
	if e, found := f.v.perStart.at(t, i); found && !han(t.peek(i-1)) && !digit(t.peek(i-1)) {
		return e.id, i + len(e.form), true
	}
	end = i
	for t.peek(end) == '每' {
		e, found := f.v.per.at(t, end+1)
		if !found {
			break
		}
		next := end + 1 + len(e.form)
		// 每名学生, 每个工作日: the noun behind the counter says more.
		if noun, found := f.v.per.at(t, next); found && len(e.form) == 1 && strings.ContainsRune("名位个家所", e.form[0]) {
			next += len(noun.form)
			e = noun
		}
		per, end = joinPer(per, e.id), next
		if _, found := f.v.perJoin.at(t, end); found && t.peek(end+1) == '每' {
			end++
		}
	}
	return per, end, per != ""
}

func joinPer(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "," + b
}
