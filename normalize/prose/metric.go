package prose

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// maxMetric is the length in runes of the longest name that is kept whole;
// of a longer one only what stands behind its last 的 is the name, the rest
// says whose it is (某局财政拨款的机关运行经费).
const maxMetric = 20

// longestMetric and longestItem are the lengths in runes of the longest names
// there are. Of the metrics of the disclosures read, those of the budget
// classification with class, section and item have up to 42 and by its
// official names up to about 70, others up to 28. Longer text before a number
// is text that has lost its punctuation.
const (
	longestMetric = 40
	longestItem   = 80
)

// cells matches what several cells of a table leave behind in a text.
var cells = regexp.MustCompile(`\d[ \t]+\d`)

// sane tells whether a text can be the name of what is measured.
func sane(metric string) bool {
	n := utf8.RuneCountInString(metric)
	return (n <= longestMetric || n <= longestItem && budgetItem.MatchString(metric)) && !cells.MatchString(metric)
}

// minMetric is the least length of what is left then.
const minMetric = 3

// cleanMetric returns the noun phrase of a stretch of a clause: without list
// labels, joining words and verbs around it.
func cleanMetric(s string) string {
	if _, ok := words().suffix("level", s, false); ok {
		s = words().trimSuffixes("level", s, false) // 增加到 has no object 到
	}
	s = accountName.ReplaceAllString(trimFront(s), "$1")
	if figure := strings.TrimSuffix(s, "为"); words().is("generic", figure) {
		return figure
	}
	s = words().trimSuffixes("trail", trimMarks(s), true)
	s = dropIssuer(trimMarks(s))
	for _, of := range []string{"共有", "安排的"} { // 某局共有车辆, 财政拨款安排的会议费
		if _, what, ok := strings.Cut(s, of); ok && utf8.RuneCountInString(what) > 1 && balanced(what) {
			s = what
		}
	}
	return shorten(lastOfList(s))
}

// accountName matches the name of a budget item that the sentence calls so:
// “住房保障支出-住房改革支出-购房补贴”科目.
var accountName = regexp.MustCompile(`^“([^“”]+)”科目`)

// trimMarks drops punctuation and blanks at both ends, and quotation marks
// around the whole.
func trimMarks(s string) string {
	s = strings.Trim(s, " \t\n，,、；;：:。．.—-…/*")
	if of, ok := strings.CutPrefix(s, "的"); ok {
		s = of // 2019年的, without the year
	}
	if rest, ok := strings.CutPrefix(s, "“"); ok {
		if inner, ok := strings.CutSuffix(rest, "”"); ok && !strings.ContainsAny(inner, "“”") {
			return inner
		}
	}
	return s
}

// trimFront drops list labels, joining words and verbs in front of a noun.
func trimFront(s string) string {
	x := words()
	for {
		before := s
		s = strings.TrimLeft(s, " \n，,、；;：:。．.")
		s = s[len(labelOf(s)):]
		s = s[groundsOf(s):]
		for _, kind := range []string{"lead", "subject"} {
			if p, ok := x.prefix(kind, s, kind == "lead"); ok {
				s = dropRemark(s[len(p.Form):], kind == "subject")
			}
		}
		// 全市 belongs to the name in 全市技工院校补助资金, not in 全市参加….
		if p, ok := x.prefix("scope", s, false); ok {
			if _, verb := x.prefix("lead", s[len(p.Form):], true); verb || len(s) == len(p.Form) {
				s = s[len(p.Form):]
			}
		}
		if s == before {
			return s
		}
	}
}

// grounds matches what a statement is founded on, in front of its subject:
// 根据国务院通知要求运转类项目预算较上年压减10%, 按同口径比上年减少12万元.
var grounds = regexp.MustCompile(`^(?:(?:根据|按照|依据|遵照|落实)[^，。；：]{2,24}?(?:要求|规定|精神|通知|部署|意见|办法)+|按[^，。；：]{1,12}口径)`)

// groundsOf returns the bytes of the grounds that s begins with, 0 if there are
// none, or if what stands behind them is too short to be a name: then they are
// part of one.
func groundsOf(s string) int {
	n := len(grounds.FindString(s))
	if rest := utf8.RuneCountInString(s[n:]); rest > 0 && rest < minMetric {
		return 0
	}
	return n
}

// dropRemark drops a remark in brackets behind a subject: 各单位（处室）.
func dropRemark(s string, subject bool) string {
	if subject && strings.HasPrefix(s, "（") {
		if _, rest, ok := strings.Cut(s, "）"); ok {
			return rest
		}
	}
	return s
}

// dropIssuer drops the name of the issuer in front of a budget figure:
// 上海市普陀区司法局收入预算.
func dropIssuer(s string) string {
	if _, found, ambiguous := vocab.FindRegion(s, 0); !found && !ambiguous {
		return s
	}
	for _, org := range words().words["org"] {
		for at := strings.Index(s, org.Form); at > 0; {
			rest := s[at+len(org.Form):]
			if strings.HasPrefix(rest, "（") {
				if _, after, ok := strings.Cut(rest, "）"); ok {
					rest = after
				}
			}
			if _, ok := words().prefix("org_topic", rest, false); ok {
				return rest
			}
			next := strings.Index(rest, org.Form)
			if next < 0 {
				break
			}
			at = len(s) - len(rest) + next
		}
	}
	return s
}

// lastOfList returns what stands behind the 等 that closes a list: 举办“春季
// 招聘会”等招聘活动. In the names of the budget classification (自然资源海洋
// 气象等支出) it closes nothing.
func lastOfList(s string) string {
	at := strings.LastIndex(s, "等")
	if at <= 0 {
		return s
	}
	rest := s[at+len("等"):]
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	if !strings.ContainsRune("”’》", before) && !strings.Contains(s[:at], "、") || utf8.RuneCountInString(rest) < minMetric {
		return s
	}
	for _, name := range []string{"支出", "收入", "费", "经费"} {
		if strings.HasPrefix(rest, name) {
			return s
		}
	}
	return rest
}

// shorten cuts what only says whose or which figure it is.
func shorten(s string) string {
	if utf8.RuneCountInString(s) > maxMetric && !budgetItem.MatchString(s) {
		at := strings.LastIndex(s, "的")
		if rest := s[max(at, 0):]; at >= 0 && utf8.RuneCountInString(rest) > minMetric && balanced(rest) {
			s = strings.TrimPrefix(rest, "的")
		}
	}
	// 机关运行经费预算 is how much 机关运行经费 there is to be.
	for _, tail := range []string{"预算数", "预算", ""} {
		if rest, ok := strings.CutSuffix(s, tail); ok {
			if p, ok := words().suffix("head", rest, false); ok {
				return p.Form
			}
		}
	}
	return s
}

// balanced tells whether brackets and quotation marks in s all have partners.
func balanced(s string) bool {
	return strings.Count(s, "（") == strings.Count(s, "）") && strings.Count(s, "“") == strings.Count(s, "”")
}

// splitBasis parts a metric from the words that say which figure of it is
// meant: 财政拨款支出年初预算.
func splitBasis(s string) (metric, basis string) {
	if p, ok := words().suffix("basis", s, false); ok && len(p.Form) < len(s) {
		return s[:len(s)-len(p.Form)], p.Form
	}
	return s, ""
}

// following returns the counted noun behind a quantity, as far as end: 300家
// 用人单位需求信息.
func following(s string, q *quantity) string {
	s = strings.TrimPrefix(strings.TrimLeft(s, " "), "的")
	if s == "" || stopsAt(s) {
		return ""
	}
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("（(【[≥≤<>=", first) || digit(s[0]) {
		return ""
	}
	cut := len(s)
	for _, p := range words().words["following_stop"] {
		if len(p.Form) <= len("为") && p.Form != "为" {
			continue // single characters are parts of too many nouns
		}
		if at := strings.Index(s, p.Form); at > 0 {
			cut = min(cut, at)
		}
	}
	if at := strings.Index(s[:cut], "的"); at > 0 {
		cut = at
	}
	s = strings.TrimSpace(words().trimSuffixes("trail", s[:cut], true))
	if utf8.RuneCountInString(s) < 2 || q.Unit == "%" || utf8.RuneCountInString(s) > maxMetric {
		return ""
	}
	return s
}

// named returns what stands before the date of a piece, if it is what the
// number measures: of an item, any figure (机关运行经费2020年预算数为12万元), of
// a sum of money also where no figure is named. It is "" for phrases of time
// and place, and for names of issuers.
func (p *piece) named(figure string) string {
	generic := words().is("generic", figure)
	if p.subject == "" || figure != "" && !generic {
		return ""
	}
	s := strings.TrimRight(p.subject, "在于到至自从由 ")
	for _, w := range []string{"截至", "截止", "根据", "按照", "依据", "经", "自", "从", "在", "对", "到", "与", "比", "较"} {
		if strings.HasPrefix(s, w) {
			return ""
		}
	}
	s = cleanMetric(s)
	n := utf8.RuneCountInString(s)
	_, org := words().suffix("org", s, false)
	if n < 2 || !sane(s) || org || wantsObject(s) || words().is("generic", s) {
		return ""
	}
	_, money := words().suffix("money_noun", s, false)
	if !generic && !money && !budgetItem.MatchString(s) {
		return ""
	}
	return s
}

// wantsObject tells whether a noun is to be looked for behind the number: the
// clause up to it is nothing but a verb, or ends in one.
func wantsObject(np string) bool {
	if np == "" {
		return true
	}
	_, ok := words().suffix("verb", np, false)
	return ok
}

// inferUnit fills a unit that is not printed from what is measured: 0.39万
// behind 支出 is money, 零 behind 家庭 counts households. money says that the
// text has spoken of money before.
func inferUnit(v *record.Value, metric string, money bool) {
	if v.Unit != "" || v.Number.IsNull() {
		return
	}
	kind := "zero_unit"
	if v.ScaleExp > 0 {
		kind = "money_noun"
	}
	p, ok := words().suffix(kind, metric, false)
	if !ok && kind == "money_noun" && money {
		p, ok = words().words[kind][0], true
	}
	if ok {
		v.Unit, v.UnitInferred = p.Value, p.Value
	}
}
