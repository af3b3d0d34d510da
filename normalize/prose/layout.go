package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// maxQuote is the length in runes beyond which a quotation mark is taken for
// one whose partner is missing: names in quotation marks are short, the
// longest of the disclosures read have about 40.
const maxQuote = 60

// layout is a text without its layout blanks, with the way back to the text
// as given. Offsets are bytes of s.
type layout struct {
	// runes is the text as given.
	runes []rune
	s     string
	// origin holds for every byte of s, and its end, the rune offset in the
	// text as given.
	origin []int
	// pairs are the brackets and quotation marks that match.
	pairs []pair
	// pairAt finds the pairs by where they open, and scopes by where they
	// close too.
	pairAt map[int]int
	// quoted marks the bytes between quotation marks, title marks and square
	// brackets.
	quoted []bool
	// quantities are the amounts to be, in order.
	quantities []quantity
}

// pair is an opening mark and its partner.
type pair struct {
	// open is the offset of the opening mark, inner of what follows it;
	// close is the offset of the closing mark and end the one behind it.
	open, inner, close, end int
	// round says that the pair is of round brackets.
	round bool
	// scope says that a round pair holds amounts.
	scope bool
}

// newLayout lays a text out. Blanks are dropped, except between Latin words;
// a line break stays where it ends a sentence.
func newLayout(text string) *layout {
	runes := []rune(text)
	l := &layout{runes: runes}
	var b strings.Builder
	for i, r := range runes {
		if vocab.Blank(r) {
			if r = blank(runes, i); r == 0 {
				continue
			}
		}
		if r >= '０' && r <= '９' {
			r += '0' - '０' // as printed elsewhere; the way back is kept
		}
		b.WriteRune(r)
		for range utf8.RuneLen(r) {
			l.origin = append(l.origin, i)
		}
	}
	l.s = b.String()
	l.origin = append(l.origin, len(runes))
	l.match()
	return l
}

// blank returns what is kept of the blank at i: a line break that ends a
// sentence, a space between Latin words, or 0.
func blank(runes []rune, i int) rune {
	if i == 0 || vocab.Blank(runes[i-1]) {
		return 0
	}
	next := i
	broken := false
	for next < len(runes) && vocab.Blank(runes[next]) {
		broken = broken || runes[next] == '\n'
		next++
	}
	if next == len(runes) {
		return 0
	}
	if broken && (strings.ContainsRune("。；：！？;:.", runes[i-1]) || labelOf(string(runes[next:min(next+maxLabel, len(runes))])) != "") {
		return '\n'
	}
	if latin(runes[i-1]) && latin(runes[next]) || pointGap(runes, i, next) {
		return gap(runes[i:next], broken)
	}
	return 0
}

// gap returns what is kept of blanks between words or digits: a tab for those
// between columns, which are no gap within a number.
func gap(blanks []rune, broken bool) rune {
	if len(blanks) > 1 || blanks[0] == '\t' || broken {
		return '\t'
	}
	return ' '
}

// pointGap tells whether the blanks from i up to next stand beside the point
// or comma of a number, or what may be one: 3. 5 or 3 .5.
func pointGap(runes []rune, i, next int) bool {
	const points = ".．,"
	digit := func(k int) bool {
		return k >= 0 && k < len(runes) && (runes[k] >= '0' && runes[k] <= '9' || runes[k] >= '０' && runes[k] <= '９')
	}
	return strings.ContainsRune(points, runes[i-1]) && digit(i-2) && digit(next) ||
		strings.ContainsRune(points, runes[next]) && digit(i-1) && digit(next+1)
}

func latin(r rune) bool {
	return r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9') || r >= '０' && r <= '９'
}

// label matches the number of a list item or heading: 一、 （一） 1. 一是 ①.
var label = regexp.MustCompile(`^(?:[（(][一二三四五六七八九十百\d]+[）)][、．.]?|[一二三四五六七八九十百]+[、．.]|第?[一二三四五六七八九十]+是|\d{1,3}[、．.）)]|[①-⑳])`)

// labelOf returns the label that s begins with, "" if there is none.
func labelOf(s string) string {
	if r, _ := utf8.DecodeRuneInString(s); r < utf8.RuneSelf && r != '(' && (r < '0' || r > '9') || hanRune(r) && !strings.ContainsRune("一二三四五六七八九十百第", r) {
		return "" // nearly always
	}
	return label.FindString(s)
}

// maxLabel is the length in runes within which a label is looked for.
const maxLabel = 8

// span returns the rune offsets of s[start:end] in the text as given.
func (l *layout) span(start, end int) (int, int) {
	if end <= start {
		return l.origin[start], l.origin[start]
	}
	_, n := utf8.DecodeLastRuneInString(l.s[:end])
	return l.origin[start], l.origin[end-n] + 1
}

var closing = map[rune]rune{'（': '）', '(': '）', '“': '”', '‘': '’', '《': '》', '〔': '〕', '【': '】', '[': '】', '「': '」', '『': '』', '〈': '〉', '„': '‟', '［': '】'}

// match finds the pairs and marks what is quoted. A mark whose partner is
// missing pairs with nothing.
func (l *layout) match() {
	var open []pair
	var want []rune
	for i, r := range l.s {
		n := utf8.RuneLen(r)
		if c, ok := closing[r]; ok {
			open = append(open, pair{open: i, inner: i + n, round: c == '）'})
			want = append(want, c)
			continue
		}
		switch r {
		case ')':
			r = '）'
		case ']', '］':
			r = '】'
		case '。', '\n':
			if len(open) > 0 && !open[len(open)-1].round {
				open, want = nil, nil // a name does not go over a full stop
			}
			continue
		}
		if at := lastIndex(want, r); at >= 0 {
			p := open[at]
			open, want = open[:at], want[:at]
			p.close, p.end = i, i+n
			l.pairs = append(l.pairs, p)
		}
	}
	slices.SortFunc(l.pairs, func(a, b pair) int { return a.open - b.open })
	l.quoted = make([]bool, len(l.s)+1)
	for _, p := range l.pairs {
		if !p.round && utf8.RuneCountInString(l.s[p.inner:p.close]) <= maxQuote {
			for i := p.open; i < p.end; i++ {
				l.quoted[i] = true
			}
		}
	}
}

func lastIndex(list []rune, r rune) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == r {
			return i
		}
	}
	return -1
}

// clause is a part of a sentence between two marks of punctuation.
type clause struct {
	start, end int
	// depth counts the brackets around it.
	depth int
	// first says that it begins a sentence, last that it ends one.
	first, last bool
	// quantities are those that stand in it.
	quantities []quantity
}

// clauses cuts the text. Brackets that hold amounts are cut out as clauses
// one level deeper; other brackets, and quotations, belong to their clause
// whole.
func (l *layout) clauses() []clause {
	l.markScopes()
	var out []clause
	c := clause{first: true}
	depth, next := 0, 0
	flush := func(end, resume int, stop bool) {
		c.end = end
		for next < len(l.quantities) && l.quantities[next].start < end {
			c.quantities = append(c.quantities, l.quantities[next])
			next++
		}
		if strings.TrimSpace(l.s[c.start:c.end]) != "" {
			c.last = stop
			out = append(out, c)
			c.first = false
		} else if stop && len(out) > 0 {
			out[len(out)-1].last = true
		}
		c = clause{start: resume, depth: depth, first: c.first || stop}
	}
	for i := 0; i < len(l.s); {
		r, n := utf8.DecodeRuneInString(l.s[i:])
		if k, ok := l.pairAt[i]; ok {
			p := l.pairs[k]
			if !p.scope {
				i = p.end // a name or a remark
				continue
			}
			if i == p.open {
				depth++
			} else {
				depth--
			}
			flush(i, i+n, false)
		} else if !l.inQuantity(i) && l.boundary(i, r, c.start) {
			flush(i, i+n, strings.ContainsRune("。！？!?\n", r))
		}
		i += n
	}
	flush(len(l.s), len(l.s), true)
	return out
}

// markScopes finds the round brackets that hold amounts, and notes where
// brackets and quantities stand. Quotations that are too long to be names are
// dropped from the pairs.
func (l *layout) markScopes() {
	l.pairs = slices.DeleteFunc(l.pairs, func(p pair) bool { return !p.round && !l.quoted[p.open] })
	l.pairAt = map[int]int{}
	for i := range l.pairs {
		p := &l.pairs[i]
		k, _ := slices.BinarySearchFunc(l.quantities, p.inner, byStart)
		p.scope = p.round && k < len(l.quantities) && l.quantities[k].end <= p.close
		if l.inQuantity(p.open) {
			continue // part of a unit: 台（套）
		}
		l.pairAt[p.open] = i
		if p.scope {
			l.pairAt[p.close] = i
		}
	}
}

// inQuantity tells whether an offset stands within a quantity.
func (l *layout) inQuantity(i int) bool {
	k, found := slices.BinarySearchFunc(l.quantities, i, byStart)
	return found || k > 0 && i < l.quantities[k-1].end
}

// boundary tells whether the rune at i ends a clause that began at start. The
// enumeration comma 、 does so only behind an amount (A费1万元、B费2万元):
// elsewhere it stands inside a name (初次、复查鉴定2500人次).
func (l *layout) boundary(i int, r rune, start int) bool {
	switch r {
	case '。', '！', '？', '!', '?', '\n', '；', ';', '，', '：', '（', '）', '(', ')', '|':
		return true
	case ',', ':':
		return !(i > 0 && i+1 < len(l.s) && digit(l.s[i-1]) && digit(l.s[i+1]))
	case '、':
		k, _ := slices.BinarySearchFunc(l.quantities, start, byStart)
		return k < len(l.quantities) && l.quantities[k].end <= i
	}
	return false
}

func digit(b byte) bool { return b >= '0' && b <= '9' }
