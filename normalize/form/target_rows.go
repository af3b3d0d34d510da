package form

import (
	"strconv"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// indicatorFields are the fields of the columns of indicator rows.
var indicatorFields = map[string]bool{
	"level1": true, "level2": true, "level3": true, "description": true, "value": true, "basis": true,
	"weight": true, "direction": true, "unit": true, "actual": true, "score": true, "deviation_reason": true, "remark": true,
}

// indicatorHeader returns the fields by column if the row is the header of
// the indicators: it has the value's column and a level's.
func (t *target) indicatorHeader(row int) map[int]string {
	columns := map[int]string{}
	levels, values := 0, 0
	var labels []int
	for _, i := range t.ownCells(row) {
		c := &t.Table.Cells[i]
		id := t.known(PerformanceTarget, c.Text)
		if !indicatorFields[id] {
			continue
		}
		columns[c.Col] = id
		labels = append(labels, i)
		switch id {
		case "value":
			values++
		case "level1", "level2", "level3":
			levels++
		}
	}
	if values != 1 || levels == 0 {
		return nil
	}
	for _, i := range labels {
		t.label(i)
	}
	return columns
}

// indicatorRow reads a row under the header. It returns false for a row that
// has nothing of its own in the columns of the indicators or begins another
// block.
func (t *target) indicatorRow(row int) bool {
	ind := record.Indicator{Origin: t.origin(row, -1)}
	filled, own, newLevel := 0, 0, false
	for _, i := range t.rowCells(row) {
		cell := &t.Table.Cells[i]
		id, ok := t.columns[cell.Col]
		if !ok {
			continue
		}
		t.out.FieldOf[i] = id
		t.indicatorCell(&ind, id, i, row)
		if strings.TrimSpace(cell.Text) == "" {
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
	if own == 0 || t.startsBlock(row) {
		return false
	}
	t.fillLevels(&ind, newLevel)
	if ind.Level3 == "" && ind.Description == "" && strings.TrimSpace(ind.ValueRaw) == "" {
		return true // a level without an indicator
	}
	t.addIndicator(ind)
	return true
}

// fillLevels repeats the levels above blank and merged cells. A blank third
// level beside a new first or second one is missing, not merged.
func (t *target) fillLevels(ind *record.Indicator, newLevel bool) {
	if ind.Level3 == "" && !newLevel {
		ind.Level3 = t.levels[2]
	}
	ind.Level1, ind.Level2, t.levels[2] = t.fillDown(0, ind.Level1), t.fillDown(1, ind.Level2), ind.Level3
}

// startsBlock tells whether the row begins with a label of the form's head.
func (t *target) startsBlock(row int) bool {
	cells := t.ownCells(row)
	if len(cells) == 0 {
		return false
	}
	id := t.known(PerformanceTarget, t.Table.Cells[cells[0]].Text)
	return id != "" && !indicatorFields[id] && len(cells) == 2
}

func (t *target) indicatorCell(ind *record.Indicator, id string, i, row int) {
	c := &t.Table.Cells[i]
	switch id {
	case "level1":
		ind.Level1 = Name(c.Text)
	case "level2":
		ind.Level2 = Name(c.Text)
	case "level3":
		ind.Level3 = Name(c.Text)
	case "description":
		ind.Description = text(c.Text)
	case "value":
		// The value keeps its own place even when the cell is merged down.
		ind.Row, ind.Col, ind.ValueRaw = row, c.Col, text(c.Text)
	case "basis":
		ind.Basis = Name(c.Text)
	case "weight":
		ind.Weight = t.number(t.cellOrigin(i), c.Text)
	case "direction":
		ind.Direction = direction(c.Text)
	}
}

// fillDown remembers a level and repeats it under blank cells. A new first
// level forgets the second.
func (t *target) fillDown(level int, text string) string {
	if text == "" {
		return t.levels[level]
	}
	if level == 0 && text != t.levels[0] {
		t.levels[1] = ""
	}
	t.levels[level] = text
	return text
}

// addIndicator adds a record for each part of the value.
func (t *target) addIndicator(ind record.Indicator) {
	hint := value.Hint{Name: ind.Level3, Description: ind.Description}
	for n, part := range value.Parse(ind.ValueRaw, hint) {
		one := ind
		one.PartNo, one.Value = n, part
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

// planRow reads a row of the spending plan: the months, or the percentages
// under them.
func (t *target) planRow(row int, cells []int) {
	months := false
	for _, i := range cells {
		c := &t.Table.Cells[i]
		if c.Row != row {
			continue
		}
		if m := throughMonth(c.Text); m > 0 {
			t.label(i)
			t.out.FieldOf[i] = "spending_plan"
			t.project.SpendingPlan = append(t.project.SpendingPlan, record.PlanStep{ThroughMonth: m})
			months = true
		}
	}
	if months {
		return
	}
	steps := t.project.SpendingPlan
	if t.seen["spending_plan"] || len(cells) != len(steps) {
		t.note(t.origin(row, -1), "form.plan_shape", "the percentages of the spending plan do not stand under their months")
		return
	}
	t.seen["spending_plan"] = true
	for k, i := range cells {
		t.out.FieldOf[i] = "spending_plan"
		steps[k].Percent = t.number(t.cellOrigin(i), strings.TrimRight(Line(t.Table.Cells[i].Text), "%％"))
	}
}

// throughMonth reads 3月底, 10月末, 第一季度 as the month through which is
// planned, 0 if the text is none.
func throughMonth(s string) int {
	t := Name(s)
	for q, name := range []string{"一季度", "二季度", "三季度", "四季度"} {
		if strings.TrimPrefix(t, "第") == name {
			return 3 * (q + 1)
		}
	}
	before, after, ok := strings.Cut(t, "月")
	if !ok || strings.Trim(after, "底末份前") != "" {
		return 0
	}
	if m, err := strconv.Atoi(before); err == nil && m >= 1 && m <= 12 {
		return m
	}
	return 0
}

// goals splits a goals cell into its goals, without their list numbers. A
// line without a number continues the goal before it, once one had a number.
func goals(raw string) []string {
	var out []string
	numbered := false
	for _, line := range lines(raw) {
		rest, ok := cutListNumber(line)
		if !ok && numbered {
			out[len(out)-1] += "\n" + line
			continue
		}
		numbered = numbered || ok
		if rest != "" {
			out = append(out, rest)
		}
	}
	return out
}

// cutListNumber cuts "1、", "2.", "（3）" from the front of a line.
func cutListNumber(line string) (string, bool) {
	open := strings.HasPrefix(line, "（") || strings.HasPrefix(line, "(")
	s := strings.TrimPrefix(strings.TrimPrefix(line, "（"), "(")
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 || n > 2 {
		return line, false
	}
	marks := []string{"、", ".", "．", "，"}
	if open {
		marks = []string{"）", ")"}
	}
	for _, m := range marks {
		if rest, ok := strings.CutPrefix(s[n:], m); ok && (m != "." || !startsDigit(rest)) {
			return strings.TrimSpace(rest), true
		}
	}
	return line, false
}

func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// isoDate reads the one date that a cell states, "" if there is none or more.
func isoDate(s string) string {
	dates := value.Dates(Line(s))
	if len(dates) == 1 && len(dates[0].ISO) == len("2006-01-02") {
		return dates[0].ISO
	}
	return ""
}
