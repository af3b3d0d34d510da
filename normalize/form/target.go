package form

import (
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// target is a performance target form (绩效目标表) being read: a head of
// labels and values about one project, then rows of indicators. A table may
// hold the forms of several projects, one below the other.
type target struct {
	*sheet
	project record.Project
	// side is the field of the label in the first column that the row
	// belongs to, from the row where it stands until the next one.
	side     string
	sideCell int
	// groups are the columns of the indicator rows, nil before their header;
	// more than one where two lists of indicators stand side by side.
	groups []*indicatorGroup
	seen   map[string]bool
	rows   []record.Indicator
}

// SpecialFund is the category of projects whose name stands beside the label
// 专项资金名称.
const SpecialFund = "专项资金"

func (s *sheet) readTarget() {
	t := &target{sheet: s}
	t.begin(-1)
	s.out.HeaderRows = 0
	for row := range s.Table.Rows {
		t.row(row)
	}
	t.finish()
}

// begin starts the form of a project at a row, -1 for the whole table's.
func (t *target) begin(row int) {
	t.project = record.Project{Origin: t.origin(row, -1)}
	t.side, t.sideCell, t.groups, t.seen, t.rows = "", -1, nil, map[string]bool{}, nil
}

// finish hands the project and its indicators on.
func (t *target) finish() {
	t.project.UnitCode, t.project.UnitName = firstText(t.project.UnitCode, t.out.Unit.Code), firstText(t.project.UnitName, t.out.Unit.Name)
	if t.project.Name == "" {
		t.note(t.project.Origin, "form.project_unnamed", "no label of this target form gives the project's name")
	}
	if len(t.rows) == 0 {
		t.note(t.project.Origin, "form.no_indicators", "no indicator was read from this target form")
	}
	t.out.Projects = append(t.out.Projects, t.project)
	for _, ind := range t.rows {
		ind.ProjectNumber = len(t.out.Projects) // counted in the table
		ind.ProjectCode, ind.ProjectName = t.project.Code, t.project.Name
		t.out.Indicators = append(t.out.Indicators, ind)
	}
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// row reads one row of the form.
func (t *target) row(row int) {
	cells := t.rowCells(row)
	if len(cells) == 0 {
		return
	}
	if groups := t.indicatorHeader(row); groups != nil {
		t.groups = groups
		return
	}
	if t.groups != nil && t.indicatorRow(row) {
		return
	}
	t.headRow(row, cells)
}

// headRow reads a row above the indicators: pairs of label and value, or a
// value that belongs to the label at the side.
func (t *target) headRow(row int, cells []int) {
	if t.orgLine(cells) {
		return
	}
	rest := t.takeSide(row, cells)
	if t.side == "spending_plan" {
		t.planRow(row, rest)
		return
	}
	var lone []int
	for k := 0; k < len(rest); k++ {
		i := rest[k]
		id := t.known(PerformanceTarget, t.Table.Cells[i].Text)
		if id == "" {
			if strings.TrimSpace(t.Table.Cells[i].Text) != "" && t.Table.Cells[i].Row == row && !t.out.Header[i] {
				lone = append(lone, i)
			}
			continue
		}
		if t.Table.Cells[i].Row != row {
			k++ // a pair merged down from above: read there
			continue
		}
		if id == "project_name" && t.seen[id] && t.groups != nil {
			t.finish() // the form of another project begins
			t.begin(row)
		}
		t.label(i)
		if k+1 < len(rest) && t.known(PerformanceTarget, t.Table.Cells[rest[k+1]].Text) == "" {
			t.take(t.inBlock(id, i), rest[k+1], i)
			k++
			continue
		}
		t.takeBelow(id, i)
	}
	for _, i := range lone {
		t.takeLone(i)
	}
}

// takeSide notes the label in the first column and returns the other cells.
// A blank first cell under it continues it: the text form of a merged cell.
func (t *target) takeSide(row int, cells []int) []int {
	first := cells[0]
	c := &t.Table.Cells[first]
	if c.Col != 0 || len(cells) < 2 {
		return cells
	}
	if strings.TrimSpace(c.Text) == "" || first == t.sideCell {
		if t.side != "" {
			return cells[1:]
		}
		return cells
	}
	t.side, t.sideCell = "", -1
	id := t.known(PerformanceTarget, c.Text)
	if !sideFields[id] || c.Row != row {
		return cells
	}
	t.side, t.sideCell = id, first
	t.label(first)
	return cells[1:]
}

// sideFields are the fields whose label stands at the side of several rows.
// The label of the money block also holds the purpose
// (预算规模及资金用途), and the goals may stand in columns of their own.
var sideFields = map[string]bool{
	"purpose": true, "spending_plan": true, "goals": true, "overall_goal": true, "funds": true,
}

// orgLine takes the organisation and the unit that stand in a line of their
// own above the form: 316002邯郸市人社局机关 | 单位：万元.
func (t *target) orgLine(cells []int) bool {
	found := false
	for _, i := range cells {
		text := Name(t.Table.Cells[i].Text)
		if ref, ok := orgRef(text); ok {
			t.out.Unit = ref
			found = true
		} else if _, _, unit := value.MoneyUnit(text); unit && len(cells) <= 3 {
			found = true
		} else if text != "" {
			return false
		}
	}
	return found
}

// orgCodeDigits is the fewest digits of a unit's budget code.
const orgCodeDigits = 3

// orgRef splits 316002邯郸市人社局机关 or 219001-池州市… into code and name.
func orgRef(text string) (OrgRef, bool) {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	name := strings.TrimLeft(text[n:], " -－—_")
	if n < orgCodeDigits || n > 12 || !startsHan(name) || strings.HasPrefix(name, "年") {
		return OrgRef{}, false
	}
	return OrgRef{Code: text[:n], Name: name}, true
}

func startsHan(s string) bool {
	for _, r := range s {
		return wide(r)
	}
	return false
}

// inBlock tells what a label of money means in its block: under the year's
// total (年度资金总额) 财政拨款 is the year's, and the year's other parts have
// no column of their own. The block's head stands above in the same column, or
// at the left in the same row.
func (t *target) inBlock(id string, label int) string {
	if id != "fiscal" && id != "other" {
		return id
	}
	if t.blockHead(label) != "year_total" {
		return id
	}
	if id == "fiscal" {
		return "year_fiscal"
	}
	return "year_other"
}

// blockHead returns the total that a label of money stands under: total,
// year_total or "".
func (t *target) blockHead(label int) string {
	c := &t.Table.Cells[label]
	for _, i := range t.ownCells(c.Row) {
		if other := &t.Table.Cells[i]; other.Col < c.Col {
			if id := t.known(PerformanceTarget, other.Text); id == "year_total" && t.aloneOnLeft(label) {
				return id
			}
		}
	}
	for row := c.Row - 1; row >= 0 && t.groups == nil; row-- {
		i := t.cellAt(row, c.Col)
		if i < 0 || t.Table.Cells[i].Col != c.Col {
			continue
		}
		if id := t.known(PerformanceTarget, t.Table.Cells[i].Text); id == "total" || id == "year_total" {
			return id
		}
	}
	return ""
}

// aloneOnLeft tells whether a label's row holds the year's block alone: no
// label of the project's own total stands in it.
func (t *target) aloneOnLeft(label int) bool {
	for _, i := range t.ownCells(t.Table.Cells[label].Row) {
		if t.known(PerformanceTarget, t.Table.Cells[i].Text) == "total" {
			return false
		}
	}
	return true
}

// take stores the value of a label; label is -1 where there is none of its
// own.
func (t *target) take(id string, cell, label int) {
	t.out.FieldOf[cell] = id
	raw := t.Table.Cells[cell].Text
	if t.seen[id] && id != "goals" && id != "annual_goal" {
		if strings.TrimSpace(raw) != "" {
			t.note(t.cellOrigin(cell), "form.label_repeated", "this label has a value already; "+clip(Line(raw))+" stays in cells")
		}
		return
	}
	t.seen[id] = true
	switch id {
	case "purpose", "overall_goal", "goals", "annual_goal":
		t.takeProse(id, cell)
	case "unit_name", "department":
		t.takeUnit(id, Name(raw))
	default:
		if !t.takeName(id, cell) {
			t.takeMoney(id, cell, label)
		}
	}
}

// takeProse stores what is written in sentences.
func (t *target) takeProse(id string, cell int) {
	raw := t.Table.Cells[cell].Text
	t.out.Prose = append(t.out.Prose, cell)
	switch id {
	case "purpose":
		t.project.Purpose = text(raw)
	case "overall_goal":
		t.project.OverallGoal = text(raw)
	default:
		t.project.Goals = append(t.project.Goals, goals(raw)...)
	}
}

// takeName stores codes, names and dates; it returns false for other fields.
func (t *target) takeName(id string, cell int) bool {
	p, raw := &t.project, t.Table.Cells[cell].Text
	switch id {
	case "project_code":
		p.Code = Name(raw)
	case "project_name":
		p.Name = Name(raw)
		c := &t.Table.Cells[cell]
		if containsKey(t.textAt(c.Row, c.Col-1), "专项资金名称") {
			p.Category = firstText(p.Category, SpecialFund)
		}
	case "category":
		p.Category = Name(raw)
	case "nature":
		p.Nature = Name(raw)
	case "start_date":
		p.StartDate = isoDate(raw)
	case "end_date":
		p.EndDate = isoDate(raw)
	default:
		return false
	}
	return true
}

func (t *target) takeUnit(id, name string) {
	ref, ok := orgRef(name)
	if !ok {
		ref = OrgRef{Name: name}
	}
	// The unit that carries a project out says more than the department.
	if t.project.UnitName == "" || id == "unit_name" {
		t.project.UnitCode, t.project.UnitName = ref.Code, ref.Name
	}
}

func (t *target) takeMoney(id string, cell, label int) {
	p := &t.project
	for _, m := range []struct {
		id string
		to *record.Decimal
	}{
		{"total", &p.Total}, {"fiscal", &p.Fiscal}, {"other", &p.Other},
		{"carryover", &p.Carryover}, {"year_total", &p.YearTotal}, {"year_fiscal", &p.YearFiscal},
	} {
		if m.id == id {
			*m.to = t.money(t.cellOrigin(cell), t.Table.Cells[cell].Text, label, t.sideCell)
		}
	}
}

// takeBelow stores the value under a label that has none at its right.
func (t *target) takeBelow(id string, label int) {
	c := &t.Table.Cells[label]
	below := t.cellAt(c.Row+c.RowSpan, c.Col)
	if below < 0 || t.Table.Cells[below].Col != c.Col || t.known(PerformanceTarget, t.Table.Cells[below].Text) != "" {
		return
	}
	if strings.TrimSpace(t.Table.Cells[below].Text) == "" {
		return
	}
	t.take(t.inBlock(id, label), below, label)
}

// takeLone stores a text that stands alone beside a label at the side.
func (t *target) takeLone(cell int) {
	if t.out.FieldOf[cell] != "" {
		return // the value of a label above it
	}
	switch t.side {
	case "purpose", "goals", "overall_goal":
		t.take(t.side, cell, -1)
	case "funds":
		t.take("purpose", cell, -1)
	default:
		o := t.cellOrigin(cell)
		if o.Row >= HeadRows {
			t.note(o, "form.unread", "this text of a target form stands beside no known label: "+clip(Line(t.Table.Cells[cell].Text)))
		}
	}
}

// clipRunes is how much of a text a message quotes.
const clipRunes = 40

func clip(s string) string {
	r := []rune(s)
	if len(r) <= clipRunes {
		return s
	}
	return string(r[:clipRunes]) + "…"
}
