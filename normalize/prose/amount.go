package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// amount records one quantity; limit is how far its counted noun may reach.
// It returns the end of what the amount takes of the text.
func (r *reader) amount(p *piece, q *quantity, limit int) int {
	a := record.Amount{Value: q.Value, Period: r.dated(p)}
	text, end := p.text, q.end
	text, per := perBefore(text)
	p.text = text
	a.Per = orElse(a.Per, per)
	if w, at := words().find("qualifier", text); at >= 0 {
		a.Qualifier = orElse(a.Qualifier, w.Form)
	}
	if at := shareAt(text); at >= 0 && q.Unit == "%" {
		a.Metric, a.Qualifier = cleanMetric(text[:at]), strings.TrimSuffix(text[at:], "为")
		r.name(&a, false)
	} else if _, ok := words().prefix("relation", text, false); ok {
		a.Qualifier = orElse(a.Qualifier, text) // 高于全国平均水平0.4个百分点
		r.name(&a, false)
	} else if ch, ok := changeBefore(text, q, p.compared || r.base != ""); ok {
		a.Change, a.BasePeriod = ch.direction, r.base
		if ch.unclear {
			a.Flags = append(slices.Clip(a.Flags), flagUnclear)
			a.Change = r.sameChange(&ch, q)
		}
		a.Metric = cleanMetric(orElse(ch.object, ch.subject))
		a.Metric = orElse(a.Metric, p.named(""))
		r.name(&a, ch.object != "")
	} else {
		if p.bare {
			a.Period = r.base
		}
		end = r.level(&a, p, q, limit)
	}
	if utf8.RuneCountInString(a.Qualifier) > longestMetric {
		a.Qualifier = "" // it stands in Text
	}
	a.Metric = r.dependent(&a, trimJoin(p.text))
	inferUnit(&a.Value, a.Metric, r.money)
	r.money = r.money || a.Unit == money
	if !words().is("generic", a.Metric) {
		r.last[len(r.last)-1] = a.Metric
	}
	r.object = ""
	r.put(&a, min(p.begin, q.start), end)
	return end
}

// sameChange returns the direction of a rate whose own words leave it open, by
// the change that stands right before it in the sentence and says the same in
// money: 减少0.15万元，下降（增长）27.78%. It is "" where nothing tells.
func (r *reader) sameChange(c *change, q *quantity) string {
	if len(r.out) == 0 || q.Unit != "%" || c.subject != "" || c.object != "" {
		return ""
	}
	before := &r.out[len(r.out)-1]
	if before.Unit != money || before.BasePeriod != r.base || before.Metric != r.last[len(r.last)-1] {
		return ""
	}
	return before.Change
}

// dated returns the period of the amount behind a piece.
func (r *reader) dated(p *piece) string {
	if len(p.years) > 0 {
		r.years = nil
	}
	if len(p.years) > 1 && strings.Contains(p.text, "分别") {
		r.years = p.years
	}
	switch {
	case p.local != "":
		return p.local
	case len(r.years) > 0:
		year := r.years[0]
		r.years = r.years[1:]
		return year
	}
	return r.period
}

// flagUnclear marks a change whose direction the form leaves open.
const flagUnclear = "change_direction_unclear"

// flagMetricUnknown marks an amount before which no name stands, but text too
// long to be one.
const flagMetricUnknown = "metric_unknown"

// level names what an amount that is no change measures, and returns the end
// of its counted noun, or of the quantity.
func (r *reader) level(a *record.Amount, p *piece, q *quantity, limit int) int {
	text, end := p.text, q.end
	if items := respectively(text); len(items) > 1 {
		r.list = items
		text = ""
	}
	a.Metric = cleanMetric(text)
	if subject := p.named(a.Metric); subject != "" {
		a.Qualifier = orElse(a.Qualifier, a.Metric)
		a.Metric = subject
	}
	if len(r.list) > 0 && a.Metric == "" {
		a.Metric, r.list = cleanMetric(r.list[0]), r.list[1:]
	}
	if wantsObject(a.Metric) {
		rest := r.l.s[q.end:limit]
		if noun := following(rest, q); noun != "" {
			a.Metric, end = trimMarks(noun), q.end+strings.Index(rest, noun)+len(noun)
		} else if words().is("verb", a.Metric) {
			verb := a.Metric
			a.Metric = ""
			r.name(a, true)
			a.Metric = orElse(a.Metric, verb)
			return end
		}
	}
	r.name(a, true)
	if a.Metric == "" && text == "" && q.Unit == money && len(r.out) == 0 {
		a.Metric, a.Qualifier = r.c.underHeading()
	}
	return end
}

// dependent returns the metric of an amount: that of the things just counted
// with its own behind it, where its own says only that it is their money
// (编报绩效目标的项目5个，涉及项目预算资金3328.13万元). What sums several things
// up (一级项目5个，二级项目12个，共涉及资金510万元) is none of theirs alone. text is
// the clause before the number.
func (r *reader) dependent(a *record.Amount, text string) string {
	last := r.last[len(r.last)-1]
	if a.Unit != money || a.Change != "" || last == "" || len(r.out) == 0 || !words().is("dependent", a.Metric) {
		return a.Metric
	}
	before := &r.out[len(r.out)-1]
	if before.Metric != last || !strings.HasPrefix(before.Unit, "{") {
		return a.Metric
	}
	if n := len(r.out); strings.HasPrefix(text, "共") && n > 1 && strings.HasPrefix(r.out[n-2].Unit, "{") && r.out[n-2].Metric != last {
		return a.Metric
	}
	if _, own, ok := cutOverlap(last, a.Metric); ok {
		return last + own
	}
	return last + a.Metric
}

// cutOverlap parts b into what a ends in and the rest.
func cutOverlap(a, b string) (both, rest string, ok bool) {
	for i := len(b); i > 0; i-- {
		if utf8.RuneStart((b + " ")[i]) && strings.HasSuffix(a, b[:i]) {
			return b[:i], b[i:], true
		}
	}
	return "", b, false
}

// underHeading names the money that a text begins with by the headings above
// it: by the nearest one that ends in a word for money, the words for a figure
// (年度预算安排) below it being the qualifier. Other headings name nothing.
func (c Context) underHeading() (metric, qualifier string) {
	for _, h := range slices.Backward(c.Headings) {
		name := cleanMetric(words().trimSuffixes("heading_end", trimMarks(h), false))
		if words().is("generic", name) {
			qualifier = orElse(qualifier, name)
			continue
		}
		if _, ok := words().suffix("money_noun", name, false); ok && sane(name) {
			return name, qualifier
		}
		break
	}
	return "", ""
}

// respectively splits the metrics of A、B分别为1万元、2万元.
func respectively(text string) []string {
	m := inOrder.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	return listJoin.Split(m[1], -1)
}

var (
	inOrder  = regexp.MustCompile(`^(.+?)(?:预算)?分别(?:为|是|安排|达到|达|约为|约)?$`)
	listJoin = regexp.MustCompile(`、|和|及|与`)
)

// name settles the metric of an amount: its own, or what the text is about.
// own says that a name of its own would be a level's and no change's.
func (r *reader) name(a *record.Amount, own bool) {
	depth := len(r.last) - 1
	switch {
	case !sane(a.Metric):
		a.Metric = ""
		a.Flags = append(slices.Clip(a.Flags), flagMetricUnknown)
	case a.Metric == "":
		a.Metric = r.inherited(own, own && a.Qualifier != "" && words().is("total", a.Qualifier))
		if a.Metric == "" && (a.Change != "" || a.BasePeriod != "") {
			a.Metric = r.c.Before
		}
	case words().is("generic", a.Metric) && r.whole() != "":
		a.Qualifier = orElse(a.Qualifier, a.Metric)
		a.Metric = otherFigure(r.whole(), a.Metric)
	case words().is("generic", a.Metric):
		// Nothing says of what it is the budget: it stays as printed.
	default:
		var basis string
		a.Metric, basis = splitBasis(a.Metric)
		a.Qualifier = orElse(a.Qualifier, basis)
		if !r.named && depth == 0 {
			r.topic, r.named = a.Metric, true
		}
	}
}

// otherFigure returns what a figure is a figure of, where the metric that was
// named before names the other one: 支出预算为15万元，支出决算为9.5万元.
func otherFigure(metric, figure string) string {
	for _, pair := range [][2]string{{"决算", "预算"}, {"执行", "预算"}, {"预算", "决算"}} {
		if !strings.Contains(figure, pair[0]) || strings.Contains(figure, pair[1]) {
			continue
		}
		if rest, ok := strings.CutSuffix(strings.TrimSuffix(metric, "数"), pair[1]); ok && utf8.RuneCountInString(rest) >= minMetric {
			return rest
		}
	}
	return metric
}

// inherited returns the metric that an amount without its own continues: the
// last one of the sentence, for a level also the noun of the clause before
// (编制目录，印刷3000册), else what the text is about. What is about the
// whole (合计5万元, 预算执行数3万元) continues what the text is about.
func (r *reader) inherited(level, whole bool) string {
	last := r.last[len(r.last)-1]
	if whole && r.topic != "" {
		return r.topic
	}
	if last == "" && level {
		last = r.object
	}
	return orElse(last, r.topic)
}

// whole returns what a figure (预算数) without a name is a figure of: the item
// that the clause before names, or what the text is about.
func (r *reader) whole() string {
	if budgetItem.MatchString(r.object) {
		return r.object
	}
	return orElse(r.inherited(false, true), r.object)
}

// rest reads what stands behind the last quantity of a clause, or a clause
// without one: a change without a number, or what a later clause continues.
func (r *reader) rest(p *piece, c clause) {
	text := trimMarks(p.text)
	if s, ok := changeStated(text, p.against, r.compared); ok && (s.direction != "" || r.base != "") && (p.against || r.compared) {
		a := record.Amount{Period: r.period, Change: s.direction, BasePeriod: r.base, Metric: cleanMetric(s.subject)}
		a.Kind, a.Qualitative = record.Qualitative, s.phrase
		r.name(&a, false)
		r.put(&a, p.begin, c.end)
		r.compared = false
		return
	}
	r.compared = p.against && len(c.quantities) == 0
	if len(c.quantities) > 0 {
		return
	}
	r.object = cleanMetric(text)
	longest := maxMetric
	if budgetItem.MatchString(r.object) {
		longest = longestItem
	}
	if utf8.RuneCountInString(r.object) > longest {
		r.object = ""
	}
	if c.first && c.last && budgetItem.MatchString(text[max(0, strings.LastIndexAny(text, "（(")):]) {
		r.topic = cleanMetric(text)
	}
}

// budgetItem matches an item of the budget classification, by the marks of its
// levels (司法（款）普法宣传（项）) or a class with its parts joined by dashes
// (住房保障支出-住房改革支出-购房补贴). The sentences behind one that is nothing
// else tell its figures.
var budgetItem = regexp.MustCompile(`[（(]\d*[类款项][）)]|^[^-－—]+支出[-－—]`)

// put records an amount whose text is s[start:end].
func (r *reader) put(a *record.Amount, start, end int) {
	a.Start, a.End = r.l.span(start, end)
	a.Text = string(r.l.runes[a.Start:a.End])
	a.Start, a.End = a.Start+r.offset, a.End+r.offset
	r.out = append(r.out, *a)
}

// perBefore tells what a clause counts per, by its first word (每年完成…,
// 年组织…) or its last (…一年两次), and returns what is left of it.
func perBefore(s string) (rest, per string) {
	x := words()
	if p, ok := x.suffix("per", s, false); ok {
		return strings.TrimSuffix(s, p.Form), p.Value
	}
	trimmed := trimJoin(s)
	if p, ok := x.prefix("per", trimmed, false); ok {
		if strings.HasSuffix(p.Form, "均") {
			return s, p.Value // 年均 is part of what is measured
		}
		return strings.TrimPrefix(trimmed, p.Form), p.Value
	}
	if verb, ok := strings.CutPrefix(trimmed, "年"); ok {
		if p, ok := x.prefix("year_verb", verb, false); ok {
			return verb, p.Value
		}
	}
	return s, ""
}

// shareAt returns where a share of something else begins, -1 if s does not
// end in one: 占本年支出合计的.
func shareAt(s string) int {
	p, at := words().find("share", s)
	if at < 0 {
		return -1
	}
	tail := s[at+len(p.Form):]
	if tail == "" {
		return at
	}
	for _, end := range []string{"的", "比", "比重", "比例", "为", "约", "达", "比重为", "比例为"} {
		if strings.HasSuffix(tail, end) {
			return at
		}
	}
	return -1
}
