package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// body compares the documents of one body.
func (l *loader) body(docs []*source) Body {
	last := docs[len(docs)-1]
	b := Body{EntityID: last.entity, Department: last.Department, RegionCode: last.region.code, RegionName: last.region.name,
		Kind: last.kind, View: last.view, Aliases: []string{}, Notes: []Note{}, Findings: []Finding{}}
	for _, s := range docs {
		b.Documents = append(b.Documents, s.Document)
		b.Findings = append(b.Findings, s.findings...)
		if s.Department != b.Department && !slices.Contains(b.Aliases, s.Department) {
			b.Aliases = append(b.Aliases, s.Department)
		}
	}
	slices.Sort(b.Aliases)
	p := &pivot{l: l, body: &b, docs: docs, rows: map[rowKey]*Row{}}
	p.identifyProjects()
	for _, year := range l.years {
		p.year(year)
	}
	p.finish()
	return b
}

// pivot makes the rows of one body.
type pivot struct {
	l    *loader
	body *Body
	docs []*source
	rows map[rowKey]*Row
	// seen are the facts that cells of a year were made of, to notice a
	// second one.
	seen map[rowKey]*fact
	// passed counts figures that stand in a second table of their form.
	passed int
}

// rowKey is what makes two facts one row.
type rowKey struct {
	part, form, side, scheme, identity, measure string
	total                                       bool
}

func keyOf(f *thing) rowKey {
	k := rowKey{f.part, f.form, f.side, f.scheme, f.identity, f.measure, f.total}
	switch f.part {
	case PartThreePublic: // of a form in one year, of a sentence in the next
		k.form, k.side, k.scheme, k.total = "", "", "", false
	case PartProjects, PartIndicators: // a target in one year, an evaluation in the next
		k.form, k.scheme = "", ""
	}
	return k
}

// year fills the cells of a year: for each form from one document.
func (p *pivot) year(year int) {
	p.seen = map[rowKey]*fact{}
	var forms []string
	with := map[string][]*source{}
	for _, s := range p.docs {
		if s.Year != year {
			continue
		}
		for i := range s.facts {
			form := sourceOf(s.facts[i].thing)
			if !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
			if !slices.Contains(with[form], s) {
				with[form] = append(with[form], s)
			}
		}
	}
	chosen := map[[2]string][]string{}
	for _, form := range forms {
		docs := with[form]
		slices.SortFunc(docs, func(a, b *source) int { return better(a, b, form) })
		for _, s := range docs[1:] {
			k := [2]string{docs[0].URI, s.URI}
			chosen[k] = append(chosen[k], form)
		}
		p.fill(docs[0], form)
	}
	p.choices(year, chosen)
}

// sourceOf is what a document is chosen for: a form, or a part.
func sourceOf(f *thing) string {
	if f.part == PartThreePublic && f.form == PartProse {
		return PartThreePublic + " " + PartProse
	}
	if f.part == PartLines || f.part == PartThreePublic {
		return f.form
	}
	return f.part
}

// better orders documents that have a form: the first is taken.
func better(a, b *source, form string) int {
	lossless := func(s *source) int {
		if s.Status == "ok" {
			return 0
		}
		return 1
	}
	unverified := func(s *source) int {
		for _, t := range s.tables {
			if t.form == form && !t.verified {
				return 1
			}
		}
		return 0
	}
	size := func(s *source) int {
		n := 0
		for i := range s.facts {
			if sourceOf(s.facts[i].thing) == form {
				n++
			}
		}
		return n
	}
	return cmp.Or(lossless(a)-lossless(b), unverified(a)-unverified(b), a.failed-b.failed, size(b)-size(a),
		cmp.Compare(a.URI, b.URI), cmp.Compare(a.ID, b.ID))
}

// choices notes which of several documents of a year were taken.
func (p *pivot) choices(year int, chosen map[[2]string][]string) {
	keys := make([][2]string, 0, len(chosen))
	for k := range chosen {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, k := range keys {
		var titles, ids []string
		for _, form := range chosen[k] {
			of := strings.Fields(form)
			t := FormTitle(of[0])
			if t == of[0] {
				t = PartTitle(of[0])
			}
			if len(of) > 1 {
				t += "（正文）"
			}
			titles, ids = append(titles, t), append(ids, strings.Join(of, " "))
		}
		p.note("documents", fmt.Sprintf("%d: more than one document has %s: %s is shown, %s is not", year, strings.Join(ids, ", "), k[0], k[1]),
			fmt.Sprintf("%d 年有不止一个文件含%s：取 %s，未取 %s", year, strings.Join(titles, "、"), k[0], k[1]))
	}
}

func (p *pivot) note(code, text, chinese string) {
	p.body.Notes = append(p.body.Notes, Note{code, text, chinese})
}

// fill puts the facts that a document states in a form into the rows.
func (p *pivot) fill(s *source, form string) {
	for i := range s.facts {
		f := &s.facts[i]
		if sourceOf(f.thing) != form {
			continue
		}
		k := keyOf(f.thing)
		if old := p.seen[k]; old != nil {
			p.again(s, k, old, f)
			continue
		}
		p.seen[k] = f
		r := p.row(k, f)
		r.Cells[slices.Index(p.l.years, s.Year)] = p.cell(s, f)
	}
}

// row is the row of a fact; the latest year names it.
func (p *pivot) row(k rowKey, f *fact) *Row {
	r := p.rows[k]
	if r == nil {
		r = &Row{seen: len(p.rows), Names: []string{}, Cells: make([]Cell, len(p.l.years))}
		for i, year := range p.l.years {
			r.Cells[i] = Cell{Year: year, Why: p.missing(year)}
		}
		p.rows[k] = r
	}
	if r.Name != "" && r.Name != f.name && !slices.Contains(r.Names, r.Name) {
		r.Names = append(r.Names, r.Name)
	}
	r.Names = slices.DeleteFunc(r.Names, func(n string) bool { return n == f.name })
	if f.part != PartThreePublic || f.form != PartProse || r.Form == "" { // a form says more than a sentence
		r.Form, r.Side, r.Scheme = f.form, f.side, f.scheme
	}
	r.Part, r.EntityID = f.part, f.entity
	r.Code, r.CodeLevel, r.Name, r.Group = cmp.Or(f.code, r.Code), max(f.level, r.CodeLevel), f.name, f.group
	r.Measure, r.MeasureTitle, r.IsTotal = f.measure, f.title, f.total
	r.place = [4]int32{f.table, f.row, f.block, f.col}
	return r
}

// missing is why a year has no value.
func (p *pivot) missing(year int) string {
	if slices.ContainsFunc(p.docs, func(s *source) bool { return s.Year == year }) {
		return WhyNotThere
	}
	return WhyNoDocument
}

// cell is the cell of a fact, with what is wrong in its table.
func (p *pivot) cell(s *source, f *fact) Cell {
	c := f.cell(s)
	if c.Origin.Table == 0 {
		return c
	}
	for i := range p.body.Findings {
		x := &p.body.Findings[i]
		if x.Severity == "error" && x.Origin.DocumentID == s.ID && x.Origin.Table == c.Origin.Table {
			c.Findings = append(c.Findings, i)
		}
	}
	return c
}

// again deals with a second figure of one document for one cell. The same
// figure is no news, nor is what a sentence says where a form says it.
func (p *pivot) again(s *source, k rowKey, old, f *fact) {
	if old.says(f) || f.form == PartProse && old.form != PartProse {
		return
	}
	c := &p.rows[k].Cells[slices.Index(p.l.years, s.Year)]
	switch {
	case old.form == PartProse && f.form != PartProse, old.unverified && !f.unverified && old.table != f.table:
		*c = p.cell(s, f) // the better place counts
		p.seen[k] = f
		p.row(k, f)
		p.passed++
		return
	case f.unverified && !old.unverified && old.table != f.table:
		p.passed++
		return
	}
	if c.Why != WhyAmbiguous {
		one := *c.Origin
		*c = Cell{Year: s.Year, Why: WhyAmbiguous, Others: []Origin{one}}
	}
	c.Others = append(c.Others, *f.origin(s))
}

// finish sorts the rows, computes changes and tells what was left out.
func (p *pivot) finish() {
	left, ambiguous := 0, 0
	for _, r := range p.rows {
		r.Change, r.Unit = fillChanges(r.Cells), unitOf(r.Cells)
		if fillTargets(r); len(p.l.query.Targets) > 0 && !r.becomes(p.l.query.Targets) {
			continue
		}
		if r.Part == PartProse && !slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Why == "" }) {
			left++ // sentences repeat words like 其中 for many things
			continue
		}
		for i := range r.Cells {
			if r.Cells[i].Why == WhyAmbiguous {
				ambiguous++
			}
		}
		p.body.Rows = append(p.body.Rows, *r)
	}
	slices.SortFunc(p.body.Rows, compareRows)
	if p.body.Rows == nil {
		p.body.Rows = []Row{}
	}
	if ambiguous > 0 {
		p.note("ambiguous", fmt.Sprintf("figures that stand more than once in their document, each time another: %d; none is shown (?), their places are named", ambiguous),
			fmt.Sprintf("%d 处数字在同一文件中多次出现而不一致：均未取（?），并列出其位置", ambiguous))
	}
	if p.passed > 0 {
		p.note("second_table", fmt.Sprintf("figures that stand in two tables of a form, each time another: %d; the one whose table proves itself is shown", p.passed),
			fmt.Sprintf("%d 处数字在同一文件中两处不一致：取可自证之表", p.passed))
	}
	if left > 0 {
		p.note("wordings", fmt.Sprintf("wordings of sentences that name different amounts in one document: %d, left out", left),
			fmt.Sprintf("正文中 %d 种说法在同一文件中指不同金额，未列出", left))
	}
}

// unitOf is the unit of all cells with a value, "" where they differ.
func unitOf(cells []Cell) string {
	unit, n := "", 0
	for _, c := range cells {
		if c.Value.IsNull() {
			continue
		}
		if n++; n > 1 && c.Unit != unit {
			return ""
		}
		unit = c.Unit
	}
	return unit
}

// first orders what is before what is not.
func first(is bool) int {
	if is {
		return 0
	}
	return 1
}

// compareRows orders rows as a person reads the forms: totals, then codes,
// then what has none in its place in the latest year.
func compareRows(a, b Row) int {
	by := cmp.Or(order(partNames, a.Part) - order(partNames, b.Part))
	if a.Part == PartThreePublic || by != 0 {
		return cmp.Or(by, order(measureNames, itemOf(a.Measure))-order(measureNames, itemOf(b.Measure)), cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Name, b.Name), a.seen-b.seen)
	}
	if a.Part == PartLines {
		by = cmp.Or(order(formNames, a.Form)-order(formNames, b.Form), -cmp.Compare(a.Side, b.Side), cmp.Compare(a.Scheme, b.Scheme),
			first(a.IsTotal)-first(b.IsTotal), first(a.Code == "")-first(b.Code == ""), cmp.Compare(a.Code, b.Code))
	}
	if a.Form == "procurement" && b.Form == "procurement" {
		by = cmp.Or(by, first(a.Name == "合计")-first(b.Name == "合计"), cmp.Compare(a.Name, b.Name), order(measureNames, a.Measure)-order(measureNames, b.Measure))
	}
	if a.Part == PartProjects {
		by = cmp.Or(cmp.Compare(a.Name, b.Name), order(measureNames, a.Measure)-order(measureNames, b.Measure))
	}
	return cmp.Or(by, cmp.Compare(a.Group, b.Group), slices.Compare(a.place[:], b.place[:]), cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.EntityID, b.EntityID),
		a.seen-b.seen)
}

// itemOf is what a measure of 三公 is a figure of.
func itemOf(measure string) string {
	item, _, _ := strings.Cut(measure, "/")
	return item
}
