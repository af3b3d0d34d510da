package compare

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yusuan/export"
	"yusuan/normalize/record"
)

// decimalPlaces is the scale of the dataset's decimals.
const decimalPlaces = 4

// ErrNothing says that a dataset has nothing of what was asked for.
var ErrNothing = errors.New("the dataset has nothing of that")

// number is a decimal as the dataset stores it.
func number(n *int64) record.Decimal {
	if n == nil {
		return record.Null
	}
	return record.Int(*n).Shift(-decimalPlaces)
}

// index is a grid coordinate, −1 for null.
func index(n *int32) int {
	if n == nil {
		return -1
	}
	return int(*n)
}

// source is a document with everything of it that can be compared.
type source struct {
	Document
	entity   string
	tables   map[int]tableRow
	facts    []fact
	findings []Finding
}

// fact is one figure of one document.
type fact struct {
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
	cell     Cell
	// project is the project that it belongs to, 0 for none.
	project int
}

// loader reads what a comparison needs.
type loader struct {
	ctx   context.Context
	dir   string
	query Query
	years []int
	docs  map[string]*source
	links links
	// wanted are the ids of the query's forms and measures.
	forms, measures []string
}

// load reads the documents that the query is about, with their facts.
func load(ctx context.Context, dir string, q Query) (*loader, error) {
	l := &loader{ctx: ctx, dir: dir, query: q, docs: map[string]*source{}}
	var err error
	if l.forms, err = wanted(formNames, "form", q.Forms); err != nil {
		return nil, err
	}
	if l.measures, err = wanted(measureNames, "measure", q.Measures); err != nil {
		return nil, err
	}
	if err := l.links.bodies(l); err != nil {
		return nil, err
	}
	if err := l.documents(); err != nil {
		return nil, err
	}
	if err := l.places(); err != nil {
		return nil, err
	}
	return l, l.facts()
}

// facts reads what the documents say.
func (l *loader) facts() error {
	for _, step := range []func() error{l.tables, l.lines, l.projects, l.indicators, l.prose, l.findings} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// wanted translates the words of the user.
func wanted(class, flag string, words []string) ([]string, error) {
	var out []string
	for _, w := range words {
		ids := lookUp(class, w)
		if ids == nil && class == measureNames && strings.Contains(w, "/") {
			ids = []string{w} // official_reception/budget_amount
		}
		if ids == nil {
			var known []string
			for _, n := range allNames() {
				if n.class == class {
					known = append(known, n.id+" "+n.names[0])
				}
			}
			return nil, fmt.Errorf("--%s %s: there is no such %s; use one of: %s", flag, w, flag, strings.Join(known, ", "))
		}
		out = append(out, ids...)
	}
	return out, nil
}

// scan passes the rows of a table that belong to the documents wanted.
func scan[T any](l *loader, table string, id func(*T) string, f func(*source, *T)) error {
	return export.Scan(l.ctx, l.dir, table, l.years, func(r *T) error {
		if s := l.docs[id(r)]; s != nil {
			f(s, r)
		}
		return nil
	})
}

// part tells whether a part is wanted.
func (l *loader) part(id string) bool {
	return len(l.query.Parts) == 0 || slices.Contains(l.query.Parts, id)
}

// keeps tells whether a fact is wanted.
func (l *loader) keeps(f *fact) bool {
	if !l.part(f.part) {
		return false
	}
	// The items of 三公 are of that form wherever they stand.
	if len(l.forms) > 0 && !slices.Contains(l.forms, f.form) && !(f.part == PartThreePublic && slices.Contains(l.forms, PartThreePublic)) {
		return false
	}
	if len(l.measures) == 0 {
		return true
	}
	return slices.Contains(l.measures, f.measure) ||
		slices.ContainsFunc(strings.Split(f.measure, "/"), func(id string) bool { return slices.Contains(l.measures, id) })
}

// add keeps a fact that is wanted.
func (l *loader) add(s *source, f fact) {
	if !l.keeps(&f) {
		return
	}
	f.cell.Year = s.Year
	if o := f.cell.Origin; o != nil {
		o.DocumentID, o.URI = s.ID, s.URI
		if t, ok := s.tables[o.Table]; ok {
			o.Title = t.Title
			f.cell.Unverified = !t.Verified && f.part == PartLines || !t.Verified && f.part == PartThreePublic && f.form != PartProse
		}
	}
	s.facts = append(s.facts, f)
}

// tables reads what the tables of the documents are.
func (l *loader) tables() error {
	return scan(l, "tables", func(r *tableRow) string { return r.DocumentID }, func(s *source, r *tableRow) {
		if r.TableNo > 0 {
			s.tables[int(r.TableNo)] = *r
		}
	})
}

// lines reads the lines of the statutory tables.
func (l *loader) lines() error {
	if !l.part(PartLines) && !l.part(PartThreePublic) {
		return nil
	}
	columns := map[string]map[string]bool{} // measures by document, form, side and scheme
	side := func(id string, r *lineRow) string { return id + "\n" + r.Form + "\n" + r.Side + "\n" + r.Scheme }
	rows := map[*source][]lineRow{}
	err := scan(l, "budget_lines", func(r *lineRow) string { return r.DocumentID }, func(s *source, r *lineRow) {
		rows[s] = append(rows[s], *r)
		k := side(s.ID, r)
		if columns[k] == nil {
			columns[k] = map[string]bool{}
		}
		columns[k][measureID(r)] = true
	})
	for s, of := range rows {
		for i := range of {
			l.add(s, l.line(s, &of[i], columns[side(s.ID, &of[i])]))
		}
	}
	return err
}

// measureID is the measure of a line: its id, or what stands above it.
func measureID(r *lineRow) string {
	if r.Measure != "" {
		return r.Measure
	}
	return plain(r.MeasureRaw)
}

// line is the fact of a line. columns are the measures of its side of the form.
func (l *loader) line(s *source, r *lineRow, columns map[string]bool) fact {
	f := fact{
		part: PartLines, form: r.Form, side: r.Side, scheme: r.Scheme, code: r.Code, level: int(r.CodeLevel),
		name: unnumbered(r.Name), measure: measureID(r), total: r.IsTotal,
		entity: l.links.at(place{s.ID, "budget_lines", r.TableNo, index32(r.RowNo), 0}),
		cell: Cell{Value: number(&r.Amount), Printed: r.AmountRaw, Unit: "CNY", Origin: &Origin{
			Page: int(r.PageNo), Block: -1, Table: int(r.TableNo), Row: index(r.RowNo), Col: index(r.ColNo), Text: r.AmountRaw}},
	}
	if f.code == "" {
		f.code, f.level = r.Matched, levelOf(r.Matched)
	}
	f.title = MeasureTitle(f.measure)
	if r.Measure == "" {
		f.title = r.MeasureRaw
	}
	switch {
	case r.Form == PartThreePublic:
		f.part = PartThreePublic
	case len(columns) == 1 || f.measure == "amount" && !columns["total"]:
		f.measure, f.title = "total", title(measureNames, "total")
	}
	switch {
	case f.entity != "":
		f.identity = "e:" + f.entity
	case f.code != "" && !f.total:
		f.identity = "c:" + f.code
	default:
		f.identity = "n:" + plain(f.name)
	}
	return f
}

// levelOf is 1 of 201, 2 of 20105, 3 of 2010506, 0 of anything else.
func levelOf(code string) int {
	if n := len(code); n == 3 || n == 5 || n == 7 {
		return (n - 1) / 2
	}
	return 0
}

// index32 is a coordinate as links write it.
func index32(n *int32) int32 { return int32(index(n)) }

// findings reads where the documents contradict themselves.
func (l *loader) findings() error {
	return scan(l, "findings", func(r *findingRow) string { return r.DocumentID }, func(s *source, r *findingRow) {
		if r.Severity == record.SeverityInfo {
			return
		}
		if r.Severity == record.SeverityError {
			s.Errors++
		}
		o := Origin{DocumentID: s.ID, URI: s.URI, Page: int(r.PageNo), Block: int(r.BlockNo), Table: int(r.TableNo),
			Row: index(r.RowNo), Col: index(r.ColNo), Title: s.tables[int(r.TableNo)].Title, Text: r.Text}
		s.findings = append(s.findings, Finding{Year: s.Year, Rule: r.Rule, Severity: r.Severity, Message: r.Message,
			Expected: number(r.Expected), Actual: number(r.Actual), Difference: number(r.Difference), Origin: o})
	})
}
