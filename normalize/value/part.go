package value

import (
	"slices"

	"yusuan/normalize/record"
)

// part is a statement of a cell with what was found in it.
type part struct {
	t          *text
	start, end int
	found      []Found
}

// split cuts a cell into its statements. Semicolons, full stops and line
// breaks separate statements if one of them holds a quantity; commas if two of
// them do, or one is a quantity and nothing else; and 、 between quantities.
// Nothing is cut within brackets or within what was found. Without a quantity
// the cell is one statement.
func (p *parser) split(t *text, found []Found) []part {
	all := part{t: t, end: len(t.r), found: found}
	if !holdsQuantity(found) {
		return []part{all}
	}
	var out []part
	for _, s := range all.cut(func(r rune) bool { return r == ';' || r == '。' || r == '\n' }) {
		pieces := s.cut(func(r rune) bool { return r == ',' })
		if holding(pieces) < 2 && !slices.ContainsFunc(pieces, p.isQuantity) {
			pieces = []part{s}
		}
		for _, piece := range pieces {
			items := piece.cut(func(r rune) bool { return r == '、' })
			if holding(items) < len(items) {
				items = []part{piece}
			}
			out = append(out, items...)
		}
	}
	return out
}

// isQuantity tells whether a part is a quantity and nothing else.
func (p *parser) isQuantity(s part) bool {
	if !holdsQuantity(s.found) {
		return false
	}
	_, ok := p.quantity(s.t.slice(s.start, s.end))
	return ok
}

func holding(parts []part) int {
	n := 0
	for _, p := range parts {
		if holdsQuantity(p.found) {
			n++
		}
	}
	return n
}

// cut splits a part at separators; empty pieces are left out.
func (p part) cut(separator func(rune) bool) []part {
	var out []part
	// What was found from low up to next stands in the piece from start on.
	depth, low, next, start := 0, 0, 0, p.start
	first := label(p.t, start)
	for i := p.start; i <= p.end; i++ {
		if next < len(p.found) && i == p.found[next].Start {
			i = p.found[next].End - 1
			next++
			continue
		}
		if i < p.end {
			depth += bracket(p.t.r[i])
			if depth > 0 || i < first || !separator(p.t.r[i]) {
				continue
			}
		}
		piece := part{t: p.t, start: start, end: i, found: p.found[low:next]}
		if tidy, ok := piece.tidy(); ok {
			out = append(out, tidy)
		}
		low, start = next, i+1
		first = label(p.t, start)
	}
	return out
}

// bracket counts what opens and closes.
func bracket(r rune) int {
	switch r {
	case '(', '[', '《', '“', '「', '〔', '【':
		return 1
	case ')', ']', '》', '”', '」', '〕', '】':
		return -1
	}
	return 0
}

// tidy cuts blanks and the list label off, and tells whether anything is left.
func (p part) tidy() (part, bool) {
	p.start = p.t.skipBlank(p.start)
	if after := label(p.t, p.start); after > p.start && after < p.end {
		p.start = p.t.skipBlank(after)
	}
	for p.end > p.start && p.t.r[p.end-1] == ' ' {
		p.end--
	}
	for len(p.found) > 0 && p.found[0].Start < p.start {
		p.found = p.found[1:]
	}
	return p, p.start < p.end
}

// label returns the offset behind a list label at i (1、 1. （1） (一) ① 一、),
// and i if there is none.
func label(t *text, i int) int {
	p := t.skipBlank(i)
	if r := t.peek(p); r >= '①' && r <= '⑳' {
		return p + 1
	}
	open := t.peek(p) == '('
	if open {
		p++
	}
	from := p
	for digit(t.peek(p)) || hanDigit(t.peek(p)) > 0 || t.peek(p) == '十' {
		p++
	}
	// longestLabel is the most runes of a number that counts items.
	const longestLabel = 3
	if p == from || p-from > longestLabel {
		return i
	}
	switch r := t.peek(p); {
	case open && r == ')', !open && (r == '、' || r == ')' || r == '.' && !digit(t.peek(p+1))):
		return p + 1
	}
	return i
}

// part reads one statement. compound says that there are others.
func (p *parser) part(s part, compound bool) {
	if after := label(s.t, s.start); after > s.start && after < s.end {
		s.start = after
	}
	for s.end > s.start && (s.t.r[s.end-1] == ' ' || s.t.r[s.end-1] == ',') {
		s.end--
	}
	if v, ok := p.quantity(s.t.slice(s.start, s.end)); ok {
		p.whole = !compound
		p.add(v)
		return
	}
	var quantities []Found
	for _, q := range s.found {
		if isQuantity(&q) && q.Start >= s.start {
			quantities = append(quantities, q)
		}
	}
	if len(quantities) == 0 {
		p.add(p.words(s))
		return
	}
	start := s.start
	unread := slices.ContainsFunc(s.found, func(q Found) bool { return q.Unread })
	for i, q := range quantities {
		end := s.end
		if i+1 < len(quantities) {
			end = q.End
		}
		v := p.phrase(s.t, q, start, end)
		if unread {
			addFlag(&v, FlagNumberUnread)
		}
		p.add(v)
		start = end
	}
}

// phrase is a quantity with words around it.
func (p *parser) phrase(t *text, q Found, start, end int) record.Value {
	v := q.Value
	addFlag(&v, flagQuantityInText)
	head := newText(t.slice(start, q.Start))
	if v.Per == "" {
		v.Per, _, _, _ = PerPhrase(head.orig)
	}
	if v.Qualifier == "" {
		v.Qualifier = p.metricWords(head, t.slice(q.End, max(end, q.End)))
	}
	return v
}

// metricWords returns what a quantity measures, by the words before it, or if
// those are verbs alone by the words behind it.
func (p *parser) metricWords(head *text, behind string) string {
	end := len(head.r)
	start := label(head, 0)
	for end > start {
		r := head.r[end-1]
		e, verb := p.v.verbs.endingAt(head, end)
		switch {
		case verb && end-len(e.form) >= start:
			end -= len(e.form)
		case !han(r) && !letter(r) && !digit(r) && bracket(r) >= 0:
			end--
		default:
			return head.slice(start, end)
		}
	}
	t := newText(behind)
	start, end = 0, len(t.r)
	for start < end && (t.r[start] == '的' || t.r[start] == ' ' || t.r[start] == ',') {
		start++
	}
	return t.slice(start, end)
}

// words is a statement without a quantity.
func (p *parser) words(s part) record.Value {
	v := record.Value{Kind: record.Qualitative, Qualitative: s.t.slice(s.start, s.end)}
	f := finder{t: s.t, v: p.v}
	if g, end := f.grade(s.start); g != "" && end == s.end {
		v.Grade = g // a grade alone: 优
	}
	if f.numeralUnread(s) || slices.ContainsFunc(s.found, func(q Found) bool { return q.Unread }) {
		addFlag(&v, FlagNumberUnread)
	}
	next := 0
	for i := s.start; i < s.end; i++ {
		for next < len(s.found) && s.found[next].End <= i {
			next++
		}
		inside := next < len(s.found) && s.found[next].Start <= i && !s.found[next].Unread
		if digit(s.t.r[i]) && !inside {
			addFlag(&v, FlagNumberUnread)
		}
	}
	return v
}

// numeralUnread tells whether a statement without a quantity has a Chinese
// numeral that must be one: behind a comparator (不低于九成五) or a fraction in
// words (万分之五), or because its scales do not stand at the end.
func (f *finder) numeralUnread(s part) bool {
	for i := s.start; i < s.end; i++ {
		if f.t.after(i, "分之") > i && i > s.start && hanDigit(f.t.peek(i+2)) >= 0 {
			return true
		}
		if hanDigit(f.t.r[i]) > 0 || f.t.r[i] == '十' {
			if n := f.t.peek(i + 1); (n == '亿' || n == '万') && hanDigit(f.t.peek(i+2)) > 0 {
				return true // 一亿二千万元
			}
			if c := f.before(i, false); c.ok && c.id != "" && c.start >= s.start {
				return true
			}
		}
	}
	return false
}
