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

// ErrNothing says that a dataset has nothing that can be compared, whatever is
// asked for.
var ErrNothing = errors.New("the dataset has nothing to compare")

// number is a decimal as the dataset stores it.
func number(n *int64) record.Decimal {
	if n == nil {
		return record.Null
	}
	return record.Int(*n).Shift(-decimalPlaces)
}

// index is a grid coordinate, −1 for null.
func index(n *int32) int32 {
	if n == nil {
		return -1
	}
	return *n
}

// loader reads what a comparison needs: what all documents are first, then
// what some of them say at a time.
type loader struct {
	ctx   context.Context
	dir   string
	query Query
	years []int
	// docs are the documents that the query is about.
	docs  map[string]*source
	links links
	// forms and measures are the ids of the query's.
	forms, measures []string
	// known are the years that the documents of the departments and regions
	// have, whatever years are asked for.
	known []int

	// inHand are the documents that facts are read of, keys where they stand.
	inHand map[string]*source
	keys   []export.DocumentKey
	pool   pool
}

// prepare finds the documents that a query is about.
func prepare(ctx context.Context, dir string, q Query) (*loader, error) {
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
	return l, l.documents()
}

// read reads what some documents say.
func (l *loader) read(docs []*source) error {
	l.inHand, l.keys, l.pool = map[string]*source{}, nil, newPool()
	for _, s := range docs {
		s.tables = map[int32]printedTable{}
		l.inHand[s.ID] = s
		l.keys = append(l.keys, export.DocumentKey{FiscalYear: s.Year, RegionCode: s.region.code, DocumentID: s.ID})
	}
	slices.SortFunc(l.keys, export.DocumentKey.Compare)
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
		if ids == nil && class == measureNames && knownMeasure(w) {
			ids = []string{w} // official_reception/budget_amount
		}
		if ids == nil {
			return nil, unknownName(class, flag, w)
		}
		out = append(out, ids...)
	}
	return out, nil
}

// knownMeasure tells whether all parts of a measure's id are known.
func knownMeasure(id string) bool {
	for part := range strings.SplitSeq(id, "/") {
		if order(measureNames, strings.TrimPrefix(part, "prior_")) == 0 {
			return false
		}
	}
	return true
}

// scan passes the rows that are wanted of a table, of one document in hand at a
// time.
func scan[T any](l *loader, table string, wanted func(*T) bool, f func(*source, []T)) error {
	var s *source
	var rows []T
	flush := func() {
		if len(rows) > 0 {
			f(s, rows)
		}
		rows = rows[:0]
	}
	err := export.ScanDocuments(l.ctx, l.dir, export.Selection{Table: table, Documents: l.keys}, func(r *T) error {
		id := any(r).(interface{ document() string }).document()
		if s == nil || s.ID != id {
			flush()
			s = l.inHand[id]
		}
		if s != nil && (wanted == nil || wanted(r)) {
			rows = append(rows, *r)
		}
		return nil
	})
	flush()
	return err
}

// part tells whether a part is wanted.
func (l *loader) part(id string) bool {
	return len(l.query.Parts) == 0 || slices.Contains(l.query.Parts, id)
}

// keeps tells whether a figure is wanted.
func (l *loader) keeps(t *thing) bool {
	if !l.part(t.part) {
		return false
	}
	// The items of 三公 are of that form wherever they stand.
	if len(l.forms) > 0 && !slices.Contains(l.forms, t.form) && !(t.part == PartThreePublic && slices.Contains(l.forms, PartThreePublic)) {
		return false
	}
	if len(l.measures) == 0 {
		return true
	}
	return slices.Contains(l.measures, t.measure) ||
		slices.ContainsFunc(strings.Split(t.measure, "/"), func(id string) bool { return slices.Contains(l.measures, id) })
}

// add keeps a fact that is wanted.
func (l *loader) add(s *source, t thing, f fact) {
	if !l.keeps(&t) {
		return
	}
	if of, ok := s.tables[f.table]; ok && !of.verified {
		f.unverified = t.part == PartLines || t.part == PartThreePublic && t.form != PartProse
	}
	f.thing = l.pool.thing(t)
	f.printed, f.unit, f.comparator, f.direction = l.pool.text(f.printed), l.pool.text(f.unit), l.pool.text(f.comparator), l.pool.text(f.direction)
	s.facts = append(s.facts, f)
}

// tables reads what the tables of the documents are.
func (l *loader) tables() error {
	return scan(l, "tables", nil, func(s *source, rows []tableRow) {
		for i := range rows {
			if r := &rows[i]; r.TableNo > 0 {
				s.tables[r.TableNo] = printedTable{l.pool.text(r.Form), l.pool.text(r.Title), r.ScaleExp, r.Verified}
			}
		}
	})
}

// lines reads the lines of the statutory tables.
func (l *loader) lines() error {
	if !l.part(PartLines) && !l.part(PartThreePublic) {
		return nil
	}
	of := func(r *lineRow) bool {
		part := PartLines
		if r.Form == PartThreePublic {
			part = PartThreePublic
		}
		return l.part(part) && (len(l.forms) == 0 || slices.Contains(l.forms, r.Form))
	}
	type side struct{ form, side, scheme string }
	return scan(l, "budget_lines", of, func(s *source, rows []lineRow) {
		columns := map[side]map[string]bool{}
		for i := range rows {
			r := &rows[i]
			k := side{r.Form, r.Side, r.Scheme}
			if columns[k] == nil {
				columns[k] = map[string]bool{}
			}
			columns[k][measureID(r)] = true
		}
		for i := range rows {
			r := &rows[i]
			l.add(s, l.line(s, r, columns[side{r.Form, r.Side, r.Scheme}]), fact{value: r.Amount, has: true, printed: r.AmountRaw, unit: "CNY",
				page: r.PageNo, block: -1, table: r.TableNo, row: index(r.RowNo), col: index(r.ColNo)})
		}
	})
}

// measureID is the measure of a line: its id, or what stands above it.
func measureID(r *lineRow) string {
	if r.Measure != "" {
		return r.Measure
	}
	return plain(r.MeasureRaw)
}

// line is what a line is of. columns are the measures of its side of the form.
func (l *loader) line(s *source, r *lineRow, columns map[string]bool) thing {
	t := thing{
		part: PartLines, form: r.Form, side: r.Side, scheme: r.Scheme, code: r.Code, level: int(r.CodeLevel),
		name: unnumbered(r.Name), measure: measureID(r), total: r.IsTotal,
		entity: l.links.at(s.ID, place{placeLine, r.TableNo, index(r.RowNo), 0}),
	}
	if t.code == "" {
		t.code, t.level = r.Matched, levelOf(r.Matched)
	}
	t.title = MeasureTitle(t.measure)
	if r.Measure == "" {
		t.title = r.MeasureRaw
	}
	switch {
	case r.Form == PartThreePublic:
		t.part = PartThreePublic
	case len(columns) == 1 || t.measure == "amount" && !columns["total"]:
		t.measure, t.title = "total", title(measureNames, "total")
	}
	switch {
	case t.entity != "":
		t.identity = "e:" + t.entity
	case t.code != "" && !t.total:
		t.identity = "c:" + t.code
	default:
		t.identity = "n:" + plain(t.name)
	}
	return t
}

// levelOf is 1 of 201, 2 of 20105, 3 of 2010506, 0 of anything else.
func levelOf(code string) int {
	if n := len(code); n == 3 || n == 5 || n == 7 {
		return (n - 1) / 2
	}
	return 0
}

// findings reads where the documents contradict themselves.
func (l *loader) findings() error {
	return scan(l, "findings", func(r *findingRow) bool { return r.Severity != record.SeverityInfo }, func(s *source, rows []findingRow) {
		s.Errors = 0
		for i := range rows {
			r := &rows[i]
			if r.Severity == record.SeverityError {
				s.Errors++
			}
			f := Finding{Year: s.Year, Rule: r.Rule, Severity: r.Severity, Message: r.Message,
				Expected: number(r.Expected), Actual: number(r.Actual), Difference: number(r.Difference),
				Origin: Origin{DocumentID: s.ID, URI: s.URI, Page: int(r.PageNo), Block: int(r.BlockNo), Table: int(r.TableNo),
					Row: int(index(r.RowNo)), Col: int(index(r.ColNo)), Title: s.tables[r.TableNo].title, Text: r.Text}}
			f.Chinese = sentence(&f)
			s.findings = append(s.findings, f)
		}
	})
}

// unreadable is the error of a dataset without documents to compare.
func (l *loader) unreadable() error {
	return fmt.Errorf("%s: %w: no document with a year could be read; yusuan status tells what is there", l.dir, ErrNothing)
}
