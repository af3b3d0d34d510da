package prose

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// quantity is an amount to be: a quantity of the text that is none of a date,
// a code, a name or a limit.
type quantity struct {
	value.Found
	// start and end are byte offsets of the layout's text.
	start, end int
}

// find fills the layout's quantities.
func (l *layout) find() {
	at := make([]int, 0, len(l.s)/2+1)
	for i := range l.s {
		at = append(at, i)
	}
	at = append(at, len(l.s))
	for _, f := range value.Find(l.s) {
		q := quantity{Found: f, start: at[f.Start], end: at[f.End]}
		l.glued(&q, at)
		if l.counts(&q) {
			l.quantities = append(l.quantities, q)
		}
	}
	l.findBare()
}

// glued gives up a number with a unit that a blank parts from it and that
// cannot be its unit: things counted one by one have no fraction of two digits
// (收入总计 16,745.59 支 | 出总计, cut by a line's end).
func (l *layout) glued(q *quantity, at []int) {
	number := at[min(q.NumberEnd, len(at)-1)]
	if q.Date || q.Unread || !strings.HasPrefix(q.Unit, "{") || q.ScaleExp > 0 || l.origin[number]-l.origin[number-1] < 2 {
		return
	}
	switch q.Unit {
	case "{percentage-point}", "{fold}", "{score}", "{mu}", "{jin}":
		return // have fractions
	}
	if _, fraction, _ := strings.Cut(q.Number.String(), "."); len(fraction) < 2 || strings.Trim(fraction, "0") == "" {
		return
	}
	q.Unread = true
	q.Value = record.Value{Kind: record.Qualitative, Qualitative: q.Text, Flags: []string{value.FlagNumberUnread}}
}

// findBare adds the changes whose unit was forgotten: 减少9.52，.
func (l *layout) findBare() {
	for i := 1; i < len(l.s); i++ {
		if !digit(l.s[i]) || digit(l.s[i-1]) || l.s[i-1] < utf8.RuneSelf || l.quoted[i] {
			continue
		}
		end := i
		for end < len(l.s) && (digit(l.s[end]) || l.s[end] == '.') {
			end++
		}
		next, _ := utf8.DecodeRuneInString(l.s[end:])
		if end < len(l.s) && !strings.ContainsRune("，。；;）)\n", next) {
			continue
		}
		_, change := words().suffix("change", strings.TrimSuffix(l.s[:i], "了"), false)
		n, ok := value.Number(l.s[i:end])
		if !change || !ok || l.inQuantity(i) {
			continue
		}
		q := quantity{start: i, end: end}
		q.Value = record.Value{Kind: record.Quantity, Comparator: record.EQ, ComparatorImplied: true,
			Number: n, Base: n, Flags: []string{flagUnitMissing, value.FlagComparatorImplied}}
		k, _ := slices.BinarySearchFunc(l.quantities, i, byStart)
		l.quantities = slices.Insert(l.quantities, k, q)
	}
}

// byStart orders quantities by where they begin.
func byStart(q quantity, at int) int { return q.start - at }

// flagUnitMissing is the flag of package value for a number without its unit.
const flagUnitMissing = "unit_missing"

// counts tells whether a quantity is an amount.
func (l *layout) counts(q *quantity) bool {
	switch {
	case q.Date || l.quoted[q.start]:
		return false
	case q.Unread:
		return true // said, so that its loss is
	case q.Unit == "" && q.UnitRaw == "" && q.ScaleExp == 0 && !q.Number.IsZero():
		return false // a number that only a comparator makes a quantity
	case q.Has("denominator"):
		return false // 每100人 is what another quantity is counted per
	case l.manner(q):
		return false
	case q.Unit == "{character}" && q.Comparator == record.LE:
		return false // how long the text of a form may be
	case l.code(q), l.threshold(q), l.duration(q):
		return false
	}
	return true
}

// manner tells whether a quantity says how something is done: 分3期实施.
func (l *layout) manner(q *quantity) bool {
	before, ok := strings.CutSuffix(l.s[:q.start], "分")
	if !ok {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune("，。；：、,;（\n", last)
}

// code tells whether a quantity is the code of a budget item: （06款）.
func (l *layout) code(q *quantity) bool {
	before, _ := utf8.DecodeLastRuneInString(l.s[:q.start])
	next, _ := utf8.DecodeRuneInString(l.s[q.end:])
	bracketed := strings.ContainsRune("（(", before) && strings.ContainsRune("）)", next)
	switch q.UnitRaw {
	case "类", "款", "项", "目":
		digits := l.s[q.start:q.end]
		return bracketed && len(digits)-len(q.UnitRaw) >= len("01")
	}
	return false
}

// limitWords are the comparators of limits, behind the number.
const limitWords = "上下内）)"

// threshold tells whether a quantity is a limit in a definition: 单价在50万元
// 以上的设备, 60岁以上老人, 不足1年的，. Shares and things counted one by one are
// limits only where a word before them says so: 4万人以上 is an aim.
func (l *layout) threshold(q *quantity) bool {
	if q.Comparator == record.EQ || q.Comparator == record.Approx {
		return false
	}
	before := l.s[max(0, q.start-len("单位价值（含税）在")):q.start]
	before = strings.ToValidUTF8(before, "")
	if _, ok := words().suffix("threshold", strings.TrimSuffix(before, "为"), false); ok {
		return true
	}
	rest, of := strings.CutPrefix(l.s[q.end:], "的")
	next, _ := utf8.DecodeRuneInString(rest)
	if of && strings.ContainsRune("，,；;：", next) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(l.s[:q.end])
	if !strings.ContainsRune(limitWords, last) || q.Unit == "%" || strings.HasPrefix(q.Text, "达") || strings.HasPrefix(q.Text, "不") {
		return false
	}
	if strings.HasPrefix(q.Unit, "{") && !of {
		return false
	}
	return rest != "" && hanRune(next) && (of || !stopsAt(rest))
}

// duration tells whether a quantity is a length of time that is not stated but
// used: 三年行动计划, 15分钟生活圈, 3年内. It is stated behind 为, 达到, a
// comparator, or a name of a length of time.
func (l *layout) duration(q *quantity) bool {
	switch q.Unit {
	case "a", "mo", "d", "h", "min", "s", "wk", "{workday}", "{quarter}", "{term}", "{school-year}":
	default:
		return false
	}
	if q.Comparator != record.EQ && !strings.HasSuffix(q.Text, "内") {
		return false
	}
	before := l.s[max(0, q.start-len("使用年限约为")):q.start]
	before = strings.ToValidUTF8(before, "")
	trimmed := words().trimSuffixes("trail", before, true)
	if _, ok := words().suffix("duration", trimmed, false); ok {
		return false
	}
	return !strings.HasSuffix(before, "为") && !strings.HasPrefix(q.Text, "达")
}

func hanRune(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// stopsAt tells whether a noun can not begin s.
func stopsAt(s string) bool {
	_, ok := words().prefix("following_stop", s, false)
	return ok
}
