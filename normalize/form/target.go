package form

import (
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// target is a form about one project being read, 绩效目标表 or 绩效自评表: a
// head of labels and values, in a self-evaluation a block of money in columns,
// then rows of indicators. A table may hold the forms of several projects, one
// below the other.
type target struct {
	*sheet
	project record.Project
	// block is the block of money in columns, nil outside it.
	block *moneyBlock
	// tasks is the block of a department's tasks, nil outside it.
	tasks *taskBlock
	// list says which columns hold what is said of a project, nil unless the
	// table lists several.
	list *projectList
	// pending are the labels of the row above that found no value.
	pending []int
	// side is the field of the label in the first column that the row
	// belongs to, from the row where it stands until the next one.
	side     string
	sideCell int
	// groups are the columns of the indicator rows, nil before their header;
	// more than one where two lists of indicators stand side by side.
	groups []*indicatorGroup
	seen   map[string]bool
	rows   []record.Indicator
	// fields are the answers of fieldAt to the cells that were asked about.
	fields []string
	asked  []bool
}

// fieldAt is the canonical field of the label in a cell, "" if it is none. A
// row is asked about many times, so the answers are kept.
func (t *target) fieldAt(cell int) string {
	if t.fields == nil {
		t.fields = make([]string, len(t.Table.Cells))
		t.asked = make([]bool, len(t.Table.Cells))
	}
	if !t.asked[cell] {
		t.fields[cell], t.asked[cell] = t.known(t.out.Form, t.Table.Cells[cell].Text), true
	}
	return t.fields[cell]
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
	t.block, t.tasks, t.pending = nil, nil, nil
}

// finish hands the project and its indicators on.
func (t *target) finish() {
	t.project.UnitCode, t.project.UnitName = firstText(t.project.UnitCode, t.out.Unit.Code), firstText(t.project.UnitName, t.out.Unit.Name)
	if t.project.Name == "" && !t.wholeDepartment() {
		t.note(t.project.Origin, "form.project_unnamed", "no label of this form gives the project's name")
	}
	if len(t.rows) == 0 {
		t.note(t.project.Origin, "form.no_indicators", "no indicator was read from this form")
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
	if len(cells) == 0 || t.moneyHeader(row) || t.block != nil && t.moneyRow(row) {
		return
	}
	if groups := t.indicatorHeader(row); groups != nil {
		t.beginList(row)
		t.noteTerms(row)
		t.groups, t.block, t.tasks, t.pending = groups, nil, nil, nil
		return
	}
	if t.taskHeader(row) || t.tasks != nil && t.taskRow(row) {
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
	if t.takePending(row) {
		return
	}
	var lone []int
	for k := 0; k < len(rest); k++ {
		i := rest[k]
		id := t.fieldAt(i)
		own := t.Table.Cells[i].Row == row
		if id == "" {
			if own && !t.saidInline(i) {
				lone = append(lone, i)
			}
			continue
		}
		right := -1
		if k+1 < len(rest) {
			right = rest[k+1]
		}
		if !own {
			if right >= 0 && t.Table.Cells[right].Row != row {
				k++ // a pair merged down from above: read there
			}
			continue
		}
		t.nextProject(id, row)
		if t.takePair(id, i, right) {
			k++
		}
	}
	for _, i := range lone {
		t.takeLone(i)
	}
}

// saidInline tells whether there is nothing to be read from a cell that is no
// label, or it was read with the label in it.
func (t *target) saidInline(cell int) bool {
	return t.blank(cell) || t.out.Header[cell] || t.takeInline(cell)
}

// nextProject begins the form of another project at its name.
func (t *target) nextProject(id string, row int) {
	if id == "project_name" && t.groups != nil && (t.seen[id] || len(t.rows) > 0) {
		t.finish()
		t.begin(row)
	}
}

// takePair reads a label with the cell at its right, or below it, and tells
// whether the former is its value.
func (t *target) takePair(id string, label, right int) bool {
	t.label(label)
	if right >= 0 && t.fieldAt(right) == "" {
		t.take(t.inBlock(id, label), right, label)
		return true
	}
	if !t.takeBelow(id, label) {
		t.pending = append(t.pending, label)
	}
	return false
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
	id := t.fieldAt(first)
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
			if id := t.fieldAt(i); id == "year_total" && t.aloneOnLeft(label) {
				return id
			}
		}
	}
	for row := c.Row - 1; row >= 0 && t.groups == nil; row-- {
		i := t.cellAt(row, c.Col)
		if i < 0 || t.Table.Cells[i].Col != c.Col {
			continue
		}
		if id := t.fieldAt(i); id == "total" || id == "year_total" {
			return id
		}
	}
	return ""
}

// aloneOnLeft tells whether a label's row holds the year's block alone: no
// label of the project's own total stands in it.
func (t *target) aloneOnLeft(label int) bool {
	for _, i := range t.ownCells(t.Table.Cells[label].Row) {
		if t.fieldAt(i) == "total" {
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
	case "purpose", "overall_goal", "goals", "annual_goal", "adjusted_goal", "goal_actual":
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
	case "adjusted_goal": // stands for the goal that was set first
		if list := goals(raw); len(list) > 0 {
			t.project.Goals = list
		}
	case "goal_actual": // what was reached has no column: its amounts are read, its text is in cells
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
		code, name := projectRef(Name(raw))
		p.Code, p.Name = firstText(p.Code, code), name
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

// takeMoney stores an amount. The adjusted budget of a self-evaluation
// (全年预算数) is the year's: its rate of execution is measured by it.
func (t *target) takeMoney(id string, cell, label int) {
	if to := t.moneyField(id); to != nil {
		*to = t.amount(cell, t.Table.Cells[cell].Text, label)
	} else if amountFields[id] {
		t.noteInCells(cell)
	}
}

// moneyField is the project's amount for a field, nil if it has none.
func (t *target) moneyField(id string) *record.Decimal {
	p := &t.project
	switch id {
	case "total":
		return &p.Total
	case "fiscal":
		return &p.Fiscal
	case "other":
		return &p.Other
	case "carryover":
		return &p.Carryover
	case "year_total", "adjusted_budget":
		return &p.YearTotal
	case "year_fiscal":
		return &p.YearFiscal
	}
	return nil
}

// takeBelow stores the value under a label that has none at its right, and
// tells whether something stands there.
func (t *target) takeBelow(id string, label int) bool {
	c := &t.Table.Cells[label]
	below := t.cellAt(c.Row+c.RowSpan, c.Col)
	if below < 0 {
		return false
	}
	if t.Table.Cells[below].Col != c.Col || t.fieldAt(below) != "" || t.blank(below) || t.ragged(c.Row+c.RowSpan, c.Row) {
		return false
	}
	t.take(t.inBlock(id, label), below, label)
	return true
}

// amount reads an amount of money that a cell holds: a number in the unit of its
// labels or of the table, or one with its own unit and nothing else (100万元).
func (t *target) amount(cell int, text string, label int) record.Decimal {
	text = Line(text)
	if _, number := value.Number(text); !number && !blankNumber(text) {
		if v := value.Parse(text, value.Hint{}); len(v) == 1 && isExactMoney(&v[0]) {
			return v[0].Base
		}
	}
	return t.money(t.cellOrigin(cell), text, label, t.sideCell)
}

// isExactMoney tells whether a value is a number of yuan without a word that
// changes it.
func isExactMoney(v *record.Value) bool {
	plain := v.Qualifier == "" && v.Per == "" && !v.Has("quantity_in_text") && !v.Has(value.FlagNumberUnread)
	return plain && v.Kind == record.Quantity && v.ComparatorImplied && v.Upper.IsNull() && v.Unit == "CNY"
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
		if o.Row >= HeadRows && !t.titles(cell) {
			t.note(o, "form.unread", "this text of a form stands beside no known label: "+clip(Line(t.Table.Cells[cell].Text)))
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
