package form

import (
	"strconv"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

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
