package form

import (
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// indicatorFields are the fields of the columns of indicator rows.
var indicatorFields = map[string]bool{
	"level1": true, "level2": true, "level3": true, "description": true, "value": true, "basis": true,
	"weight": true, "direction": true, "comparator": true, "unit": true, "actual": true, "score": true, "score_rate": true,
	"completion_rate": true, "is_core": true, "adjusted_value": true, "deviation_reason": true, "remark": true,
}

// levelFields are the fields that begin another list beside the first.
var levelFields = map[string]bool{"level1": true, "level2": true, "level3": true}

// indicatorGroup is a list of indicators: the columns of its rows.
type indicatorGroup struct {
	// columns are the fields by grid column.
	columns map[int]string
	// values are the columns of the value, one mostly; with a grade for each
	// where the value is given for 优 良 中 差.
	values []valueColumn
	levels [3]string
}

// valueColumn is a column of values.
type valueColumn struct {
	col int
	// grade is 优 良 中 差, "" if the column has none.
	grade string
	// unit is the unit that the header gives in brackets: 指标值（%）.
	unit string
	year string
}

// indicatorHeader returns the groups of columns if the row is the header of
// the indicators: each has the value's column and a level's.
func (t *target) indicatorHeader(row int) []*indicatorGroup {
	var groups []*indicatorGroup
	var labels []int
	for _, i := range t.ownCells(row) {
		id := t.fieldAt(i)
		if !indicatorFields[id] {
			continue
		}
		labels = append(labels, i)
		g := last(groups)
		if g == nil || levelFields[id] && g.has(id) && len(g.values) > 0 {
			g = &indicatorGroup{columns: map[int]string{}}
			groups = append(groups, g)
		}
		t.addColumn(g, i, id)
	}
	for _, g := range groups {
		if len(g.values) == 0 || !g.has("level1") && !g.has("level2") && !g.has("level3") {
			return nil
		}
	}
	for _, i := range labels {
		t.label(i)
	}
	for _, g := range groups {
		t.chooseValues(g, row)
	}
	return groups
}

// addColumn adds the column of a label to a group.
func (t *target) addColumn(g *indicatorGroup, label int, id string) {
	c := &t.Table.Cells[label]
	if id == "level3" && g.has(id) && !g.has("description") {
		id = "description" // 三级指标 beside 指标内容
	}
	g.columns[c.Col] = id
	if id == "value" {
		g.values = append(g.values, valueColumn{col: c.Col, unit: unitInBrackets(c.Text), year: t.yearAbove([]int{label})})
	}
}

func last(groups []*indicatorGroup) *indicatorGroup {
	if len(groups) == 0 {
		return nil
	}
	return groups[len(groups)-1]
}

func (g *indicatorGroup) has(id string) bool {
	for _, f := range g.columns {
		if f == id {
			return true
		}
	}
	return false
}

// chooseValues settles which columns hold the value: those of the grades in
// the row below a value that spans them, or the last year's of several.
func (t *target) chooseValues(g *indicatorGroup, row int) {
	if graded := t.gradeColumns(g.values[0].col, row+1); len(graded) > 0 && len(g.values) == 1 {
		for k := range graded {
			g.columns[graded[k].col] = "value"
		}
		g.values = graded
		return
	}
	if len(g.values) < 2 {
		return
	}
	best := g.values[0]
	for _, v := range g.values[1:] {
		if v.year > best.year {
			best = v
		}
	}
	t.note(t.origin(row, -1), "form.column_ambiguous", "this form has several columns of values; the one of the last year was read, or the first")
	for _, v := range g.values {
		if v.col != best.col {
			delete(g.columns, v.col)
		}
	}
	g.values = []valueColumn{best}
}

// gradeColumns returns the columns of 优 良 中 差 in a row from a column on.
func (t *target) gradeColumns(from, row int) []valueColumn {
	if row >= t.Table.Rows {
		return nil
	}
	var out []valueColumn
	for _, i := range t.ownCells(row) {
		c := &t.Table.Cells[i]
		word := Name(c.Text)
		if c.Col < from || word == "" {
			continue
		}
		if !strings.Contains("优良中差", word) {
			return nil
		}
		out = append(out, valueColumn{col: c.Col, grade: word})
	}
	return out
}

// unitInBrackets returns the unit that a label has in brackets, "" if none.
func unitInBrackets(label string) string {
	text := Name(label)
	open := strings.LastIndexAny(text, "（(")
	if open < 0 {
		return ""
	}
	unit := strings.Trim(text[open:], "（）()")
	if unitCode(unit) == "" {
		return ""
	}
	return unit
}

// indicatorRow reads a row under the header. It returns false for a row that
// begins another block.
func (t *target) indicatorRow(row int) bool {
	if t.totalRow(row) {
		return true
	}
	if t.startsBlock(row) {
		return false
	}
	if len(t.gradeColumns(0, row)) > 0 && len(t.gradeColumns(0, row)) == len(t.filled(row)) {
		return true // the second row of the header
	}
	if t.list != nil {
		t.listRow(row)
	}
	found := false
	for _, g := range t.groups {
		found = t.groupRowOf(g, row) || found
	}
	return found
}

// groupRowOf reads a row of one group. It returns false for a row with nothing
// of its own in the group's columns.
func (t *target) groupRowOf(g *indicatorGroup, row int) bool {
	p := indicatorParts{Indicator: record.Indicator{Origin: t.origin(row, -1)}, raw: map[int]int{}, adjusted: -1}
	placed, ok := t.place(g, row)
	if !ok {
		t.note(t.origin(row, -1), "form.row_short", "the row has fewer cells than the header of the indicators and it cannot be told which are missing; its indicator stays in cells")
		return true
	}
	filled, own, newLevel := 0, 0, false
	for _, c := range placed {
		cell, id := &t.Table.Cells[c.cell], g.columns[c.col]
		t.out.FieldOf[c.cell] = id
		t.indicatorCell(&p, c, id)
		if t.blank(c.cell) {
			continue
		}
		filled++
		if cell.Row == row {
			own++
			newLevel = newLevel || id == "level1" || id == "level2"
		}
	}
	if filled == 0 {
		return true // an empty row at the end of a printed form
	}
	if own == 0 {
		return false
	}
	g.fillLevels(&p.Indicator, newLevel)
	t.addValues(g, &p)
	return true
}

// indicatorParts is an indicator row before its values are read.
type indicatorParts struct {
	record.Indicator
	// raw are the cells of the value's columns by column.
	raw map[int]int
	// adjusted is the cell of 调整指标值, -1 if there is none.
	adjusted int
	// sign and unit come from columns of their own.
	sign, unit string
}

// addValues adds the indicator once for each column of values.
func (t *target) addValues(g *indicatorGroup, p *indicatorParts) {
	for _, v := range g.values {
		ind := p.Indicator
		ind.Col = v.col
		i, ok := p.raw[v.col]
		if p.adjusted >= 0 && len(g.values) == 1 && !blankNumber(Line(t.Table.Cells[p.adjusted].Text)) {
			i, ok = p.adjusted, true // what was reached is measured by the adjusted value
		}
		if ok {
			o := t.cellOrigin(i)
			ind.Row, ind.Col, ind.ValueRaw = o.Row, o.Col, text(t.Table.Cells[i].Text)
		}
		if len(g.values) > 1 && ind.ValueRaw == "" {
			continue
		}
		if ind.Level3 == "" && ind.Description == "" && ind.ValueRaw == "" {
			continue // a level without an indicator
		}
		t.addIndicator(ind, composed(ind.ValueRaw, p.sign, firstText(p.unit, v.unit), v.grade))
	}
}

// composed puts a value together with what columns of their own, or its
// header, say about it: the sign of 指标性质, the unit of 度量单位, a grade. A
// value that says more than a number stands for itself.
func composed(raw, sign, unit, grade string) string {
	if _, number := value.Number(raw); !number {
		if grade != "" && raw != "" {
			return raw + grade
		}
		return raw
	}
	return sign + raw + unit + grade
}

// startsBlock tells whether the row begins with a label of a form's head: that
// of another project, or a label with its value and nothing else; or whether
// it is a text across the columns, as remarks at the foot are.
func (t *target) startsBlock(row int) bool {
	cells := t.ownCells(row)
	if len(cells) == 0 {
		return false
	}
	id := t.fieldAt(cells[0])
	if id == "project_name" || id == "project_code" || id != "" && !indicatorFields[id] && len(cells) == 2 {
		return true
	}
	if id, _ := t.inline(cells[0]); id != "" {
		return true
	}
	if filled := t.filled(row); len(filled) == 1 && t.titles(filled[0]) {
		return true
	}
	for _, i := range cells {
		c := &t.Table.Cells[i]
		for _, v := range t.groups[0].values {
			if c.Col < v.col && v.col < c.Col+c.ColSpan && !t.blank(i) {
				return true
			}
		}
	}
	return false
}

// totalRow reads a row that adds points up (总分, 合计): it is no indicator.
func (t *target) totalRow(row int) bool {
	cells := t.filled(row)
	if len(cells) == 0 {
		return false
	}
	id := t.fieldAt(cells[0])
	if id != "total_score" && !isTotal(t.Table.Cells[cells[0]].Text) {
		return false
	}
	t.label(cells[0])
	for _, i := range cells[1:] {
		t.out.FieldOf[i] = "total_score"
	}
	return true
}

func (t *target) indicatorCell(p *indicatorParts, at placedCell, id string) {
	c := &t.Table.Cells[at.cell]
	switch id {
	case "level1":
		p.Level1 = Name(c.Text)
	case "level2":
		p.Level2 = Name(c.Text)
	case "level3":
		p.Level3 = Line(c.Text)
	case "description":
		p.Description = text(c.Text)
	case "value":
		p.raw[at.col] = at.cell
	case "adjusted_value":
		p.adjusted = at.cell
	case "basis":
		p.Basis = Name(c.Text)
	case "weight":
		p.Weight = t.weight(at.cell)
	case "actual":
		p.ActualRaw = text(c.Text)
	case "unit", "unit_raw":
		if u := Name(c.Text); !blankNumber(u) {
			p.unit = u
		}
	case "direction", "comparator":
		// Two columns may say it: the sign in one, 正向 or 反向 in the other.
		p.Direction = firstText(direction(c.Text), p.Direction)
		p.sign = firstText(comparatorSign(c.Text), p.sign)
	}
}

// comparatorSign returns the sign that a cell of 指标性质 holds instead of a
// direction: some governments print ≥, ≤ and ＝ there.
func comparatorSign(s string) string {
	sign := Name(s)
	if strings.Trim(sign, "≥≤≧≦＞＜=＝<>") == "" {
		return sign
	}
	return ""
}

// fillLevels repeats the levels above blank and merged cells. A blank third
// level beside a new first or second one is missing, not merged.
func (g *indicatorGroup) fillLevels(ind *record.Indicator, newLevel bool) {
	if ind.Level3 == "" && !newLevel {
		ind.Level3 = g.levels[2]
	}
	ind.Level1, ind.Level2, g.levels[2] = g.fillDown(0, ind.Level1), g.fillDown(1, ind.Level2), ind.Level3
}

// fillDown remembers a level and repeats it under blank cells. A new first
// level forgets the second.
func (g *indicatorGroup) fillDown(level int, text string) string {
	if text == "" {
		return g.levels[level]
	}
	if level == 0 && text != g.levels[0] {
		g.levels[1] = ""
	}
	g.levels[level] = text
	return text
}

// addIndicator adds a record for each part of the value; printed is the value
// as its row prints it, ValueRaw its cell alone.
func (t *target) addIndicator(ind record.Indicator, printed string) {
	hint := value.Hint{Name: ind.Level3, Description: ind.Description}
	parts := value.Parse(printed, hint)
	for n, part := range parts {
		one := ind
		one.PartNo, one.Value = n, part
		if one.ActualRaw != "" {
			one.Actual = t.actual(&one, len(parts) > 1)
		}
		if one.Level3 == "" {
			one.Flags = append(one.Flags[:len(one.Flags):len(one.Flags)], "level3_missing")
		}
		if one.Direction == "" && part.Kind == record.Qualitative {
			one.Direction = "qualitative"
		}
		t.rows = append(t.rows, one)
	}
}

// direction reads 指标性质: 正向, 反向, 定性.
func direction(s string) string {
	switch {
	case containsKey(s, "正"):
		return "positive"
	case containsKey(s, "反"), containsKey(s, "负"), containsKey(s, "逆"):
		return "negative"
	case containsKey(s, "定性"):
		return "qualitative"
	}
	return ""
}
