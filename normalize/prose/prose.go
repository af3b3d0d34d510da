package prose

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// Context is what a text does not say itself.
type Context struct {
	// FiscalYear is the year of the budget or account, 0 if unknown. It is
	// what 本年, 上年末 and a quarter without a year are reckoned from.
	FiscalYear int
	// Headings are the headings above the text, the outermost first. They
	// name what an amount of money measures that stands there without a word
	// of its own: 795万元 under 人民调解项目经费情况说明, 六、年度预算安排.
	Headings []string
	// Before is what the text before this one is about. It is continued by a
	// change that names nothing itself: 按同口径比上年减少12万元.
	Before string
}

// Amounts returns the amounts that a paragraph, or a cell of prose, states, in
// their order. Origin is left zero; Start and End are rune offsets of Text in
// text. A change without a number (略有减少, 持平), or a number that cannot be
// read, is an amount whose Number is null and whose Qualitative is what is
// printed. Flags are those of package value (number_unread, number_compound,
// …), unit_missing where the unit was inferred from the metric,
// change_direction_unclear for a form's 增加（减少） of which nothing was
// crossed out (the direction of a rate is then that of the change in money
// right before it, if that has one), and metric_unknown where what stands before the number is no
// name, as in text whose cells have been glued together.
func Amounts(text string, c Context) []record.Amount {
	r := reader{c: c}
	for text != "" {
		n := portion(text)
		r.text(text[:n])
		text = text[n:]
	}
	return r.out
}

// maxPortion is how many bytes of a text are laid out at once. No paragraph
// that was read is longer than a third of it; a longer text is read portion by
// portion, so that memory and time grow with its length alone.
const maxPortion = 1 << 15

// portion returns how many bytes of a text to read at once: all, or up to the
// last sentence's end within maxPortion, or else the last mark or blank, or
// else a place outside of a number.
func portion(text string) int {
	if len(text) <= maxPortion {
		return len(text)
	}
	head := text[:maxPortion]
	for _, marks := range []string{"。\n", "；！？;", "， \t"} {
		if i := strings.LastIndexAny(head, marks); i > 0 {
			_, n := utf8.DecodeRuneInString(text[i:])
			return i + n
		}
	}
	end := maxPortion
	for end > maxPortion-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	for i := end; i > maxPortion/2; i-- {
		// Behind 12, 万元 may follow, which is up to four characters.
		const unit = len("万平方米")
		if utf8.RuneStart(text[i]) && !strings.ContainsAny(text[i-unit:i], "0123456789") {
			return i
		}
	}
	return end
}

// text reads a portion of the text.
func (r *reader) text(s string) {
	l := newLayout(s)
	l.find()
	if len(l.quantities) > 0 || strings.ContainsAny(l.s, compareWords) { // few paragraphs
		r.l, r.moments = l, l.moments()
		for _, clause := range l.clauses() {
			r.read(clause)
		}
	}
	r.offset += len(l.runes)
}

// money is the unit of money.
const money = "CNY"

// reader walks through the clauses and keeps what the next one may leave
// unsaid.
type reader struct {
	l       *layout
	c       Context
	moments []moment
	out     []record.Amount
	// offset is the number of runes before the portion at hand.
	offset int

	// period governs what follows; base is what changes are against.
	period, base string
	// outer holds, for each bracket around the clause, what governed before
	// it: a period that brackets name governs in them alone.
	outer []governing
	// years are the periods of 2019年、2020年…分别为1万元、2万元 still to come.
	years []string
	// topic is what the text at hand is about: the first metric of the last
	// sentence that named one.
	topic string
	// named says that the sentence has named its own metric.
	named bool
	// last holds, by the depth of brackets, the metric of the last amount of
	// the sentence, "" at its beginning.
	last []string
	// object is the noun phrase of the clause before, if it had no amount.
	object string
	// compared says that the clause before held a comparison and no amount.
	compared bool
	// money says that the text has spoken of money.
	money bool
	// list holds the metrics of A、B分别为1万元、2万元 that are still to come.
	list []string
}

// governing is what an amount is dated and compared by.
type governing struct{ period, base string }

// enter notes what governs before the brackets around a clause, and takes it
// up again behind them.
func (r *reader) enter(depth int) {
	for len(r.outer) < depth {
		r.outer = append(r.outer, governing{r.period, r.base})
	}
	if len(r.outer) > depth {
		r.period, r.base = r.outer[depth].period, r.outer[depth].base
		r.outer = r.outer[:depth]
	}
}

// read reads one clause.
func (r *reader) read(c clause) {
	r.enter(c.depth)
	if c.first {
		r.named, r.object, r.compared, r.list, r.years = false, "", false, nil, nil
		r.last = r.last[:0]
	}
	for len(r.last) <= c.depth {
		inherited := ""
		if n := len(r.last); n > 0 {
			inherited = r.last[n-1]
		}
		r.last = append(r.last, inherited)
	}
	r.last = r.last[:c.depth+1]

	p := piece{from: c.start, compared: r.compared}
	marks := r.l.comparisons(c)
	for i := range c.quantities {
		q := &c.quantities[i]
		p.to = q.start
		r.cut(&p, marks)
		limit := c.end
		if i+1 < len(c.quantities) {
			limit = c.quantities[i+1].start
		}
		p.from = r.amount(&p, q, limit)
		p.again = true
	}
	p.to = c.end
	r.cut(&p, marks)
	r.rest(&p, c)
}

// piece is the part of a clause before a quantity, or behind the last one.
type piece struct {
	from, to int
	// text is the piece without dates and comparisons.
	text string
	// begin is where the statement begins, behind labels and joining words.
	begin int
	// against says that it holds a comparison, compared that it, or what
	// stands before it in the sentence, does.
	against, compared bool
	// bare says that nothing stands between a comparison and the number: the
	// number is what is compared with (比2019年12万元减少2万元).
	bare bool
	// again says that a quantity stands before it in the same clause.
	again bool
	// subject is what stands before the last date: 机关运行经费2020年预算数.
	subject string
	// local is the period of the next number alone: 由2019年的12万元.
	local string
	// years are the periods that it names.
	years []string
}

// cut takes dates and comparisons out of a piece and moves the periods on.
func (r *reader) cut(p *piece, marks []comparison) {
	s := r.l.s
	p.against, p.bare, p.subject, p.local, p.years = false, false, "", "", nil
	var b strings.Builder
	at := p.from
	for _, k := range marks {
		if k.start < at || k.start >= p.to {
			continue
		}
		r.dates(&b, p, at, k.start)
		at = min(k.end, p.to)
		r.base = k.base(r.l, r.period, r.c.FiscalYear)
		p.against, p.bare = true, at == p.to && r.base != ""
	}
	r.dates(&b, p, at, p.to)
	p.text = b.String()
	p.begin = p.from
	if !p.again {
		p.begin = p.to - len(trimJoin(s[p.from:p.to]))
	} else {
		p.begin = p.to - len(strings.TrimLeft(s[p.from:p.to], "、，,和及与的 "))
		p.text = strings.TrimLeft(p.text, "、，,和及与的 ")
	}
	p.compared = p.compared || p.against
}

// dates appends a stretch of text to b; of what stands before a date, only
// shares (占本年支出合计的) are kept, for a date begins what is measured.
func (r *reader) dates(b *strings.Builder, p *piece, from, to int) {
	s := r.l.s
	first, _ := slices.BinarySearchFunc(r.moments, from, func(m moment, at int) int { return m.start - at })
	for _, m := range r.moments[first:] {
		if m.end > to {
			break
		}
		if m.start < from {
			continue
		}
		if r.l.bracketed(m.start, from) {
			continue // a remark
		}
		if before, ok := startsFrom(s[from:m.start], s[m.end:to]); ok {
			p.local = m.resolve(r.period, r.c.FiscalYear)
			b.WriteString(before)
			from = to
			break
		}
		r.period = m.resolve(r.period, r.c.FiscalYear)
		p.years = append(p.years, r.period)
		if strings.HasSuffix(s[from:m.start], "的") {
			b.WriteString(s[from:m.start]) // 编报绩效目标的2024年度项目
			from = m.end
		} else if share := shareAt(s[from:to]); share < 0 || m.start < from+share {
			p.subject = b.String() + s[from:m.start]
			b.Reset()
			from = m.end
		}
	}
	b.WriteString(s[from:to])
}

// startsFrom tells whether a date between two stretches of text is that of the
// next number alone, as the one that a change starts from (由上年的12万元增加到
// 13万元, 从2019年决算数12万元), and returns what stands before it.
func startsFrom(before, behind string) (string, bool) {
	rest, ok := strings.CutSuffix(before, "由")
	if !ok {
		rest, ok = strings.CutSuffix(before, "从")
	}
	figure := strings.TrimSuffix(strings.TrimPrefix(behind, "的"), "的")
	return rest, ok && (figure == "" || words().is("generic", figure))
}

// bracketed tells whether an offset stands in brackets that open behind from.
func (l *layout) bracketed(i, from int) bool {
	first, _ := slices.BinarySearchFunc(l.pairs, from, func(p pair, at int) int { return p.open - at })
	for _, p := range l.pairs[first:] {
		if p.open >= i {
			break
		}
		if i < p.end {
			return true
		}
	}
	return false
}

// trimJoin drops what joins a statement to the text before it.
func trimJoin(s string) string {
	for {
		before := s
		s = strings.TrimLeft(s, " \n，,、；;：:")
		s = s[len(labelOf(s)):]
		for _, w := range []string{"其中", "包括", "此外", "另外", "以及", "主要原因是", "主要原因为", "主要是", "主要为"} {
			s = strings.TrimPrefix(s, w)
		}
		if s == before {
			return s
		}
	}
}
