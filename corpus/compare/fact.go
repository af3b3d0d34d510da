package compare

import (
	"yusuan/normalize/record"
)

// thing is what a figure is of. Facts of many documents share one.
type thing struct {
	part, form, side, scheme string
	// identity says what it is a figure of, within a body, part and form.
	identity string
	entity   string
	code     string
	level    int
	name     string
	group    string
	measure  string
	title    string
	total    bool
}

// fact is one figure of one document, held small: a comparison has many at a
// time.
type fact struct {
	*thing
	// value is in ten-thousandths, has false where what is printed is no
	// number.
	value int64
	has   bool
	// ranged says that the value has an upper bound, which is not value.
	ranged     bool
	unverified bool
	printed    string
	unit       string
	comparator string
	direction  string
	// The place: 0 where page or table is not known, −1 where the others are
	// not.
	page, block, table, row, col int32
	// project is the project that it belongs to, 0 for none.
	project int32
}

// is is the value of a fact.
func (f *fact) is() record.Decimal {
	if !f.has {
		return record.Null
	}
	return number(&f.value)
}

// says tells whether two facts of one document say the same.
func (f *fact) says(g *fact) bool {
	return f.has == g.has && f.value == g.value && (f.has || f.printed == g.printed)
}

// origin is where a fact stands.
func (f *fact) origin(s *source) *Origin {
	return &Origin{DocumentID: s.ID, URI: s.URI, Page: int(f.page), Block: int(f.block), Table: int(f.table), Row: int(f.row), Col: int(f.col),
		Title: s.tables[f.table].title, Text: f.printed}
}

// cell is a fact as a cell of a comparison.
func (f *fact) cell(s *source) Cell {
	c := Cell{Year: s.Year, Value: f.is(), Printed: f.printed, Comparator: f.comparator, Unit: f.unit, Direction: f.direction,
		Unverified: f.unverified, Origin: f.origin(s), ranged: f.ranged}
	if !f.has {
		c.Why, c.Unit = WhyNoNumber, ""
	}
	return c
}

// pool keeps one copy of each text and thing of the documents in hand: the
// dataset says each of them once for every row.
type pool struct {
	texts  map[string]string
	things map[thing]*thing
}

func newPool() pool { return pool{map[string]string{}, map[thing]*thing{}} }

// text is the one copy of a text.
func (p *pool) text(s string) string {
	if have, ok := p.texts[s]; ok {
		return have
	}
	p.texts[s] = s
	return s
}

// thing is the one copy of a thing.
func (p *pool) thing(t thing) *thing {
	if have := p.things[t]; have != nil {
		return have
	}
	p.things[t] = &t
	return &t
}

// printedTable is what is kept of a table of a document.
type printedTable struct {
	form, title string
	scale       int32
	verified    bool
}

// source is a document with everything of it that can be compared, as long as
// its body is in hand.
type source struct {
	Document
	entity   string
	tables   map[int32]printedTable
	facts    []fact
	findings []Finding
}

// forget lets go of what is in hand.
func (s *source) forget() { s.tables, s.facts, s.findings = nil, nil, nil }
