package prose

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yusuan/normalize/value"
)

// moment is a date, or a word that stands for one, in a clause.
type moment struct {
	// start and end are byte offsets of the layout's text.
	start, end int
	// iso is as in value.Date.ISO, or one of the relative ones below.
	iso string
}

// The relative moments.
const (
	thisYear      = "this"     // 本年, 今年
	sameYear      = "same"     // 当年, 全年: the year that is being spoken of
	lastYear      = "last"     // 上年, 去年
	lastYearEnd   = "last-end" // 上年末
	yearEndSuffix = "-12-31"
)

// moments returns the dates of the text that can be periods: not those in
// names, titles and document numbers, and not 2019年起.
func (l *layout) moments() []moment {
	at := make([]int, 0, len(l.s)/2+1)
	for i := range l.s {
		at = append(at, i)
	}
	at = append(at, len(l.s))
	var out []moment
	for _, d := range value.Dates(l.s) {
		if m, ok := l.momentOf(d, at); ok {
			out = append(out, m)
		}
	}
	for i, r := range l.s {
		if r != '年' {
			continue
		}
		if m, ok := l.relativeAt(i); ok && !l.quoted[m.start] && !l.named(m) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b moment) int { return a.start - b.start })
	return l.spans(out)
}

// momentOf turns a date into a moment; at holds the byte offsets of runes. It is
// false for dates that are no period of a statement.
func (l *layout) momentOf(d value.Date, at []int) (moment, bool) {
	m := moment{at[d.Start], at[d.End], d.ISO}
	rest := l.s[m.end:]
	if strings.HasPrefix(d.ISO, "---") || l.quoted[m.start] || strings.HasPrefix(rest, "起") || strings.HasPrefix(rest, "以来") {
		return m, false
	}
	switch {
	case len(d.ISO) == len("2020") && (strings.HasPrefix(rest, "末") || strings.HasPrefix(rest, "底")):
		m.iso, m.end = d.ISO+yearEndSuffix, m.end+len("末")
	case strings.HasSuffix(d.Text, "年") && strings.HasPrefix(rest, "初"):
		m.end -= len("年") // 2022年初预算 is the 年初预算 of 2022
	case strings.HasSuffix(d.Text, "底") || strings.HasSuffix(d.Text, "末"):
		m.iso += "-end"
	}
	return m, true
}

// named tells whether a relative year is part of a name: 上年结转, 上年数, and,
// where another year governs, 一般公共预算当年拨款.
func (l *layout) named(m moment) bool {
	p, name := words().prefix("year_name", l.s[m.end:], false)
	if name && p.Value != "" {
		return m.iso == sameYear && strings.HasSuffix(l.s[:m.start], p.Value)
	}
	return name && m.iso == lastYear || strings.HasPrefix(l.s[m.end:], "数") || strings.HasPrefix(l.s[m.start:], "全年预算")
}

// spans joins two dates with 至 or 到 between them.
func (l *layout) spans(list []moment) []moment {
	var out []moment
	for _, m := range list {
		if n := len(out) - 1; n >= 0 && digit(m.iso[0]) && digit(out[n].iso[0]) {
			if between := l.s[out[n].end:max(m.start, out[n].end)]; between == "至" || between == "到" {
				out[n] = moment{out[n].start, m.end, out[n].iso + "/" + m.iso}
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// relativeAt reads the word for a year whose 年 stands at i: 本年度, 上一年.
func (l *layout) relativeAt(i int) (moment, bool) {
	m := moment{start: i, end: i + len("年")}
	for _, w := range relatives {
		if strings.HasSuffix(l.s[:i], w.word) {
			m.start, m.iso = i-len(w.word), w.iso
			break
		}
	}
	m.end += len(l.s[m.end:]) - len(strings.TrimPrefix(l.s[m.end:], "度"))
	if m.iso == lastYear {
		for _, end := range []string{"年末", "末", "底"} {
			if strings.HasPrefix(l.s[m.end:], end) {
				m.iso, m.end = lastYearEnd, m.end+len(end)
			}
		}
	}
	return m, m.iso != ""
}

// relatives are what stands before the 年 of a relative year.
var relatives = []struct{ word, iso string }{
	{"上一", lastYear}, {"上", lastYear}, {"去", lastYear}, {"本", thisYear}, {"今", thisYear}, {"当", sameYear}, {"全", sameYear},
}

// resolve turns a moment into a period. governing is the period that is being
// spoken of, "" if none. A moment that cannot be resolved leaves it as it is.
func (m moment) resolve(governing string, fiscal int) string {
	year := yearOf(governing, fiscal)
	switch m.iso {
	case thisYear:
		if fiscal > 0 {
			return strconv.Itoa(fiscal)
		}
		return governing
	case sameYear:
		return orElse(year, governing)
	case lastYear:
		return orElse(before(year), governing)
	case lastYearEnd:
		if fiscal > 0 {
			return strconv.Itoa(fiscal-1) + yearEndSuffix
		}
		if year != "" {
			return before(year) + yearEndSuffix
		}
		return governing
	}
	iso := m.iso
	if strings.HasPrefix(iso, "--") {
		if year == "" {
			return governing
		}
		iso = year + strings.ReplaceAll(iso[1:], "/-", "/"+year)
	}
	if month, ok := strings.CutSuffix(iso, "-end"); ok {
		return monthEnd(month)
	}
	return iso
}

// monthEnd returns the last day of 2020-03.
func monthEnd(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.AddDate(0, 1, -1).Format("2006-01-02")
}

// yearOf returns the year of a period, or the fiscal year, or "".
func yearOf(period string, fiscal int) string {
	if len(period) >= len("2020") {
		return period[:len("2020")]
	}
	if fiscal > 0 {
		return strconv.Itoa(fiscal)
	}
	return ""
}

// before returns the year before.
func before(year string) string {
	n, err := strconv.Atoi(year)
	if err != nil {
		return ""
	}
	return strconv.Itoa(n - 1)
}

func orElse(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// comparison is what an amount is compared with: 较2019年预算, 与上年相比.
type comparison struct {
	start, end int
	// at is where the period stands that is compared with, -1 where none is
	// printed (较年初), sameTime for 同比.
	at int
}

// compared matches a comparison. What may stand between the period and the
// change are names of figures: 比2022年（上一年度，下同）预算执行数减少.
var compared = regexp.MustCompile(`(?:相较|对比|较|比|与|同|和)于?(?:((?:(?:19|20)\d\d年?度?|上一?年度?|上一度|前一?年度?|去年度?)(?:末|底)?)|年初|预算|计划|预期|上月|上季度|上期)` +
	`(?:[（(][^（()）]*[）)])?(?:同期|当年|年初|年中|预算|决算|执行|实际|安排|支出|收入|总额|相应|口径|情况|水平|数|额|的)*(?:相比较|相比|比较|相较)?`)

// compareWords are the characters that comparisons begin with.
const compareWords = "较比与同和"

// yearOnYear is a comparison with the same time of the year before.
var yearOnYear = regexp.MustCompile(`同比`)

// comparisons returns the comparisons of a clause, and what each compares
// with. 与 and 和 compare only where a change or 相比 says so.
func (l *layout) comparisons(c clause) []comparison {
	s := l.s[c.start:c.end]
	if !strings.ContainsAny(s, compareWords) {
		return nil
	}
	var out []comparison
	for _, x := range compared.FindAllStringSubmatchIndex(s, -1) {
		first, _ := utf8.DecodeRuneInString(s[x[0]:])
		if strings.ContainsRune("与同和", first) && !strings.HasSuffix(s[:x[1]], "相比") && !strings.HasSuffix(s[:x[1]], "比较") && !changes(s[x[1]:]) {
			continue
		}
		k := comparison{start: c.start + x[0], end: c.start + x[1], at: -1}
		if x[2] >= 0 {
			k.at = c.start + x[2]
		}
		out = append(out, k)
	}
	for _, x := range yearOnYear.FindAllStringIndex(s, -1) {
		if k := slices.IndexFunc(out, func(k comparison) bool { return k.start == c.start+x[0]+len("同") }); k >= 0 {
			out[k].start = c.start + x[0] // 同比去年: one comparison
			continue
		}
		out = append(out, comparison{start: c.start + x[0], end: c.start + x[1], at: sameTime})
	}
	slices.SortFunc(out, func(a, b comparison) int { return a.start - b.start })
	return out
}

// sameTime as a comparison's at says 同比.
const sameTime = -2

// changes tells whether s begins with a change, or with the lack of one.
func changes(s string) bool {
	x := words()
	for _, kind := range []string{"degree", "adverb", "flat_adverb"} {
		for p, ok := x.prefix(kind, s, false); ok; p, ok = x.prefix(kind, s, false) {
			s = s[len(p.Form):]
		}
	}
	_, change := x.prefix("change", s, false)
	_, flat := x.prefix("flat", s, false)
	_, noun := x.prefix("change_noun", s, false)
	return change || flat || noun
}

// base returns the period that a comparison compares with, "" if unknown.
func (k comparison) base(l *layout, governing string, fiscal int) string {
	if k.at == sameTime {
		return before(yearOf(governing, fiscal))
	}
	if k.at < 0 {
		return ""
	}
	s := l.s[k.at:k.end]
	if digit(s[0]) {
		base := s[:len("2020")]
		if rest := strings.TrimPrefix(s[len(base):], "年"); strings.HasPrefix(rest, "末") || strings.HasPrefix(rest, "底") {
			base += yearEndSuffix
		}
		return base
	}
	return before(yearOf(governing, fiscal))
}
