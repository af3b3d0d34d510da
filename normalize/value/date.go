package value

import "strings"

// Date is a date in running text.
type Date struct {
	// Text is the date as printed: 2019年12月31日, 3月底.
	Text string
	// ISO is 2020, 2020-03, 2020-03-31 or 2020-Q2. Without a year it begins
	// with two hyphens (--03, --03-31, --Q2), a bare day with three (---10).
	// The ends of a range are joined by a slash: 2018/2020.
	ISO string
	// Start and End are rune offsets.
	Start, End int
	// Bare says that 年 is not printed: 2020享受资助学生.
	Bare bool
}

// Dates returns the dates of a sentence in their order: years, months and days
// as digits or Chinese numerals, quarters, spans of years and of months.
// Durations (3年, 5日内) are quantities and left to Find.
func Dates(s string) []Date {
	var out []Date
	f := finder{t: newText(s), v: vocabulary(), dates: &out}
	f.scan()
	return out
}

// date reads the date at i.
func (f *finder) date(i int) (Date, bool) {
	t := f.t
	if r := t.r[i]; !digit(r) && hanDigit(r) < 0 && r != '十' && r != '第' {
		return Date{}, false
	}
	if b := t.peek(i - 1); digit(b) || letter(b) || b == ',' && digit(t.peek(i-2)) {
		return Date{}, false
	} else if _, end := f.yearDate(i); b == '.' && digit(t.peek(i-2)) && end == i {
		return Date{}, false
	}
	for _, read := range []func(*finder, int) (string, int){
		(*finder).isoDate, (*finder).yearSpan, (*finder).yearDate, (*finder).listedYear, (*finder).quarter, (*finder).monthSpan, (*finder).monthDate, (*finder).dayOnly,
	} {
		if iso, end := read(f, i); end > i {
			return Date{Text: t.slice(i, end), ISO: iso, Start: i, End: end}, true
		}
	}
	if f.bareYear(i) {
		return Date{Text: t.slice(i, i+4), ISO: t.ascii(i, 4), Start: i, End: i + 4, Bare: true}, true
	}
	return Date{}, false
}

// ascii returns n folded digits as they are written in ISO dates.
func (t *text) ascii(i, n int) string {
	b := make([]byte, n)
	for k := range b {
		b[k] = byte(t.r[i+k])
	}
	return string(b)
}

// fourDigits reads a year of four digits, Arabic or Chinese, without 年.
func (t *text) fourDigits(i int) (iso string, end int) {
	var b [4]byte
	for k := range b {
		r := t.peek(i + k)
		switch d := hanDigit(r); {
		case digit(r):
			b[k] = byte(r)
		case d >= 0 && r != '两':
			b[k] = '0' + byte(d)
		case r == '○' || r == 'O' && k > 0:
			b[k] = '0'
		default:
			return "", i
		}
	}
	if digit(t.peek(i + 4)) {
		return "", i
	}
	if b[0] == '1' && b[1] == '9' || b[0] == '2' && b[1] == '0' {
		return string(b[:]), i + 4
	}
	return "", i
}

// dashes are what joins the ends of a span.
func dash(r rune) bool { return r == '-' || r == '—' || r == '~' || r == '至' || r == '到' }

// yearSpan reads 2018-2020年.
func (f *finder) yearSpan(i int) (string, int) {
	t := f.t
	if !digit(t.peek(i)) {
		return "", i
	}
	from, p := t.fourDigits(i)
	if p = t.skipBlank(p); from == "" || !dash(t.peek(p)) {
		return "", i
	}
	for dash(t.peek(p)) {
		p++
	}
	to, p := t.fourDigits(t.skipBlank(p))
	if to == "" {
		return "", i
	}
	if p = t.skipBlank(p); t.peek(p) != '年' {
		return "", i
	}
	return from + "/" + to, f.yearEnd(p + 1)
}

// yearEnd steps over the 度 of 年度.
func (f *finder) yearEnd(p int) int {
	if f.t.peek(p) == '度' {
		p++
	}
	return p
}

// yearDate reads 2020年, 2020年度, 2020年3月, 2020年3月31日, 2020年第二季度.
func (f *finder) yearDate(i int) (string, int) {
	t := f.t
	if r := t.peek(i); !digit(r) && hanDigit(r) < 0 {
		return "", i
	}
	year, p := t.fourDigits(i)
	if year == "" {
		return "", i
	}
	if p = t.skipBlank(p); t.peek(p) != '年' {
		return "", i
	}
	p++
	next := t.skipBlank(p)
	if span, end := f.monthSpan(next); end > next {
		from, to, _ := strings.Cut(span, "/")
		return year + from[1:] + "/" + year + to[1:], end
	}
	if month, end := f.monthDate(next); end > next {
		return year + month[1:], end
	}
	if quarter, end := f.quarter(next); end > next {
		return year + quarter[1:], end
	}
	return year, f.yearEnd(p)
}

// longestYearList is the most years that share a 年: 2016、2017、2018年.
const longestYearList = 6

// listedYear reads a year whose 年 is printed behind the last of a list: the
// 2018 of 2018、2019年.
func (f *finder) listedYear(i int) (string, int) {
	t := f.t
	if !digit(t.peek(i)) {
		return "", i
	}
	year, end := t.fourDigits(i)
	for p, n := end, 1; year != "" && n < longestYearList; n++ {
		if r := t.peek(p); r != '、' && r != '和' && r != '及' && r != '与' {
			break
		}
		next, q := t.fourDigits(p + 1)
		if next == "" || !digit(t.peek(p+1)) {
			break
		}
		if t.peek(q) == '年' {
			return year, end
		}
		p = q
	}
	return "", i
}

// small reads a number of one or two digits, Arabic or Chinese.
func (t *text) small(i int) (int, int) {
	if digit(t.peek(i)) {
		v, p := int(t.r[i]-'0'), i+1
		if digit(t.peek(p)) {
			v, p = v*10+int(t.r[p]-'0'), p+1
		}
		if digit(t.peek(p)) {
			return 0, i
		}
		return v, p
	}
	if n, ok := t.numerals(i); ok {
		if v, exact := n.d.Scaled(0); exact && v > 0 && v < 100 {
			return int(v), n.end
		}
	}
	return 0, i
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// monthDate reads 3月, 3月底, 3月31日.
func (f *finder) monthDate(i int) (string, int) {
	t := f.t
	month, p := t.small(i)
	if p = t.skipBlank(p); month < 1 || month > 12 || t.peek(p) != '月' {
		return "", i
	}
	p++
	iso := "--" + twoDigits(month)
	q := t.skipBlank(p)
	if day, end := t.small(q); day >= 1 && day <= 31 {
		if r := t.peek(t.skipBlank(end)); r == '日' || r == '号' {
			return iso + "-" + twoDigits(day), t.skipBlank(end) + 1
		}
	}
	switch t.peek(p) {
	case '底', '末', '初', '份', '中':
		p++
		if t.peek(p-1) == '份' && t.peek(p) == '底' {
			p++
		}
	default:
		if f.before(i, false).sign {
			return "", i // ≤12月: a number of months
		}
	}
	return iso, p
}

// monthSpan reads 1-6月 and 1月至6月 of one year.
func (f *finder) monthSpan(i int) (string, int) {
	t := f.t
	from, p := t.small(i)
	if from < 1 || from > 12 {
		return "", i
	}
	if t.peek(p) == '月' {
		p++
	}
	if p = t.skipBlank(p); !dash(t.peek(p)) {
		return "", i
	}
	to, p := t.small(t.skipBlank(p + 1))
	if p = t.skipBlank(p); to <= from || to > 12 || t.peek(p) != '月' {
		return "", i
	}
	if day, end := t.small(p + 1); day > 0 && (t.peek(end) == '日' || t.peek(end) == '号') {
		return "", i
	}
	return "--" + twoDigits(from) + "/--" + twoDigits(to), p + 1
}

// quarter reads 第二季度, 二季度, 第1季度.
func (f *finder) quarter(i int) (string, int) {
	t := f.t
	p := i
	if t.peek(p) == '第' {
		p++
	}
	r := t.peek(p)
	n := int64(r - '0')
	if !digit(r) {
		n = hanDigit(r)
	}
	end := t.after(p+1, "季度")
	if n < 1 || n > 4 || end == p+1 || r == '两' {
		return "", i
	}
	return "--Q" + string(rune('0'+n)), end
}

// dayOnly reads the day of a month of which nothing more is said: 10日前,
// 每月5日. A day of its own is else a duration.
func (f *finder) dayOnly(i int) (string, int) {
	t := f.t
	if !digit(t.peek(i)) {
		return "", i
	}
	day, p := t.small(i)
	if day < 1 || day > 31 || t.peek(p) != '日' && t.peek(p) != '号' {
		return "", i
	}
	next := t.peek(p + 1)
	if next == '前' || next == '之' && t.peek(p+2) == '前' || t.peek(i-1) == '月' && t.peek(i-2) != '个' {
		return "---" + twoDigits(day), p + 1
	}
	return "", i
}

// isoDate reads 2020-12-31, 2020.12.31 and 2020/12/31.
func (f *finder) isoDate(i int) (string, int) {
	t := f.t
	if !digit(t.peek(i)) || !digit(t.peek(i+3)) {
		return "", i
	}
	year, p := t.fourDigits(i)
	sep := t.peek(p)
	if year == "" || sep != '-' && sep != '.' && sep != '/' {
		return "", i
	}
	month, p := t.small(p + 1)
	if month < 1 || month > 12 || t.peek(p) != sep {
		return "", i
	}
	day, p := t.small(p + 1)
	if day < 1 || day > 31 {
		return "", i
	}
	return year + "-" + twoDigits(month) + "-" + twoDigits(day), p
}

// bareYear tells whether four digits at i are a year without 年: 2020享受资助.
// A word follows at once that is no unit, and no comparator, bracket or 第
// stands before it.
func (f *finder) bareYear(i int) bool {
	t := f.t
	if !digit(t.peek(i)) {
		return false
	}
	year, end := t.fourDigits(i)
	if year == "" || !digit(t.r[i+1]) || !digit(t.r[i+2]) || !digit(t.r[i+3]) || !han(t.peek(end)) || t.peek(end) == '号' {
		return false
	}
	switch t.peek(i - 1) {
	case '〔', '[', '第', '-', '—', '~', '至', '到', '/':
		return false
	}
	n, ok := t.digits(i, asciiComma)
	if !ok {
		return false
	}
	if u := f.tail(n); u.unit != nil || u.exp > 0 || u.more {
		return false
	}
	if _, ok := f.v.after.at(t, end); ok {
		return false
	}
	return !f.before(i, false).ok
}
