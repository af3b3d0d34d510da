package value

import (
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// Hint is what stands beside the value of an indicator.
type Hint struct {
	// Name is the indicator's own name (三级指标).
	Name string
	// Description is its description (绩效指标描述).
	Description string
}

// Parse reads the cell of an indicator's value. It returns at least one value:
// an empty cell is one of Kind Empty, and a cell that states several things is
// one value for each, flagged compound, of which a quantity has its metric in
// Qualifier. No value has Kind Compound: more than one part says it.
//
// The hint adds flags where value and name do not agree, and UnitInferred
// where no unit is printed but the name or the description states one.
func Parse(s string, h Hint) []record.Value {
	p := parser{v: vocabulary(), hint: h}
	trimmed := trim(s)
	switch {
	case trimmed == "":
		p.add(record.Value{Kind: record.Empty})
	case p.is(p.v.placeholders, trimmed):
		p.add(record.Value{Kind: record.Empty, Flags: []string{flagPlaceholder}})
	default:
		p.cell(trimmed)
	}
	p.finish()
	return p.out
}

// trim cuts blanks, and the full stop or semicolon that ends a statement.
func trim(s string) string {
	s = strings.TrimFunc(s, vocab.Blank)
	return strings.TrimRightFunc(s, func(r rune) bool { return vocab.Blank(r) || r == '。' || r == ';' || r == '；' })
}

// parser collects the values of one cell.
type parser struct {
	v    *tables
	hint Hint
	out  []record.Value
	// whole says that the cell is one quantity and nothing else.
	whole bool
}

func (p *parser) add(v record.Value) { p.out = append(p.out, v) }

// is tells whether s is a word of a class.
func (p *parser) is(x index, s string) bool {
	t := text{orig: s, r: foldAll(s)}
	e, ok := x.at(&t, 0)
	return ok && len(e.form) == len(t.r)
}

// cell reads a cell that is not empty.
func (p *parser) cell(s string) {
	joined := s
	if strings.ContainsRune(s, '\n') {
		joined = joinLines(s)
	}
	if v, ok := p.quantity(joined); ok {
		p.whole = true
		p.add(v)
		return
	}
	t := newText(joined)
	f := finder{t: t, v: p.v}
	f.scan()
	parts := p.split(t, f.out)
	for _, part := range parts {
		p.part(part, len(parts) > 1)
	}
	if len(p.out) == 1 && p.out[0].Kind == record.Qualitative {
		p.out[0].Qualitative = s
	}
	if len(p.out) > 1 {
		for i := range p.out {
			addFlag(&p.out[i], FlagCompound)
			p.out[i].Flags = dropFlag(p.out[i].Flags, flagQuantityInText)
		}
	}
}

// joinLines takes out the line breaks that only wrap a text: the line before
// does not end in punctuation, the line behind does not begin with a list
// label, and not both hold a quantity.
func joinLines(s string) string {
	lines := strings.Split(s, "\n")
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && separate(lines[i-1], line) {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimFunc(line, vocab.Blank))
	}
	return b.String()
}

// separate tells whether two lines are statements of their own.
func separate(a, b string) bool {
	a, b = strings.TrimFunc(a, vocab.Blank), strings.TrimFunc(b, vocab.Blank)
	if a == "" || b == "" {
		return false
	}
	if strings.ContainsRune("。；;，,.！!", fold([]rune(a)[len([]rune(a))-1])) || label(newText(b), 0) > 0 {
		return true
	}
	return holdsQuantity(Find(a)) && holdsQuantity(Find(b))
}

func holdsQuantity(list []Found) bool {
	for i := range list {
		if isQuantity(&list[i]) {
			return true
		}
	}
	return false
}

// isQuantity tells whether something found is an amount of its own.
func isQuantity(q *Found) bool { return !q.Date && !q.Unread && !q.Has(flagDenominator) }

// quantity reads a text that is one quantity and nothing else, save a grade
// or a name in the place of the unit.
func (p *parser) quantity(s string) (record.Value, bool) {
	t := newText(s)
	f := finder{t: t, v: p.v, cell: true}
	grade, at := f.grade(0)
	if grade != "" && t.peek(at) == ':' {
		at++
	}
	q, ok := f.first()
	if !ok || q.Start != t.skipBlank(at) {
		return record.Value{}, false
	}
	v := q.Value
	rest := t.skipBlank(q.End)
	if rest == len(t.r) {
		if grade != "" {
			v.Kind, v.Grade = record.Graded, grade
		}
		return v, true
	}
	if grade == "" {
		if g, end := f.gradeIn(rest); g != "" && end == len(t.r) {
			v.Kind, v.Grade = record.Graded, g
			return v, true
		}
	}
	if v.UnitRaw != "" {
		return v, false
	}
	return v, p.nameAsUnit(&v, trim(t.slice(rest, len(t.r))))
}

// first returns the first quantity of a text; a date before it is in the way.
func (f *finder) first() (Found, bool) {
	for i := 0; i < len(f.t.r); {
		i = f.step(i)
		if len(f.out) > 0 {
			return f.out[0], !f.out[0].Date && !f.out[0].Unread
		}
	}
	return Found{}, false
}

// grade reads a grade at i and returns its end.
func (f *finder) grade(i int) (string, int) {
	if e, ok := f.v.grades.at(f.t, i); ok {
		return e.id, i + len(e.form)
	}
	return "", i
}

// gradeIn reads a grade, or one in brackets: ≥95%（优）.
func (f *finder) gradeIn(i int) (string, int) {
	if f.t.peek(i) != '(' {
		return f.grade(i)
	}
	g, end := f.grade(f.t.skipBlank(i + 1))
	if end = f.t.skipBlank(end); g == "" || f.t.peek(end) != ')' {
		return "", i
	}
	return g, end + 1
}

// longestUnitName is the length in runes of the longest name that is taken for
// a unit: the metric names printed in the unit's place have up to ten.
const longestUnitName = 12

// unitSigns are the signs of units in Latin letters: μg/m³.
const unitSigns = "μµ/·²³^"

// nameAsUnit takes what stands in the unit's place and is no known unit: a
// misprint, the name of the metric, or, in brackets or behind a printed
// comparator, an unknown unit. It is false for a phrase.
func (p *parser) nameAsUnit(v *record.Value, name string) bool {
	t := newText(name)
	bracketed := t.peek(0) == '(' && t.peek(len(t.r)-1) == ')'
	if bracketed {
		name = trim(t.slice(1, len(t.r)-1))
		t = newText(name)
	}
	if len(t.r) == 0 || len(t.r) > longestUnitName {
		return false
	}
	for _, r := range t.r {
		if !han(r) && !letter(r) && !strings.ContainsRune(unitSigns, r) {
			return false
		}
	}
	flag := flagUnitUnknown
	if e, ok := misprinted(p.v, t); ok {
		v.Unit, flag = e.id, flagUnitTypo
	} else if p.metric(t) != noMetric {
		flag = flagUnitIsMetric
	} else if v.ComparatorImplied && !bracketed {
		return false
	}
	v.UnitRaw = name
	v.Flags = dropFlag(v.Flags, flagUnitMissing)
	addFlag(v, flag)
	return true
}

// shortestMisprint is the length in runes of the shortest unit that may be
// printed with one wrong rune; two runes of which one is wrong say nothing.
const shortestMisprint = 3

// misprinted returns the unit that a name is with one rune replaced, such as
// 百分笔 for 百分比. Counters ({…}) are left out: with another rune they are
// mostly another counter.
func misprinted(v *tables, t *text) (*entry, bool) {
	if len(t.r) < shortestMisprint {
		return nil, false
	}
	var best *entry
	for _, list := range v.units {
		for i := range list {
			e := &list[i]
			if len(e.form) == len(t.r) && e.flag == "" && han(e.form[0]) && e.id[0] != '{' && wrongRunes(e.form, t.r) == 1 &&
				(best == nil || string(e.form) < string(best.form)) {
				best = e
			}
		}
	}
	return best, best != nil
}

func wrongRunes(a, b []rune) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}
