package report

import (
	"strings"

	"yusuan/corpus/compare"
	"yusuan/normalize/record"
)

// tableView is a table of the page.
type tableView struct {
	Title, Unit string
	Years       []yearView
	Rows        []rowView
	Open        bool
	// HasCode and HasChange say which columns have anything in them,
	// HasMeasure that there is more than one.
	HasCode, HasMeasure, HasChange, HasTarget bool
}

type yearView struct {
	Year   int
	Source string
}

type rowView struct {
	Code, Name, Measure, Also, Group string
	Level                            int
	Total                            bool
	Cells                            []figure
	Change, Percent                  figure
	// Target and TargetTitle say what became of the target of an indicator.
	Target, TargetTitle string
}

// tables makes a table of each form and part.
func tables(years []int, b *compare.Body) []tableView {
	var out []tableView
	for start := 0; start < len(b.Rows); {
		end := start + 1
		for end < len(b.Rows) && section(&b.Rows[end]) == section(&b.Rows[start]) {
			end++
		}
		t := newTable(years, b, b.Rows[start:end])
		t.Open = len(out) == 0
		out = append(out, t)
		start = end
	}
	return out
}

// section is the heading that a row stands below.
func section(r *compare.Row) string {
	switch r.Part {
	case compare.PartLines:
		return compare.FormTitle(r.Form)
	case compare.PartProse:
		return "正文中的金额"
	}
	return compare.PartTitle(r.Part)
}

func newTable(years []int, b *compare.Body, rows []compare.Row) tableView {
	t := tableView{Title: section(&rows[0])}
	amounts := amountsOf(rows)
	u := unitFor(amounts, tenThou) // the unit of the forms themselves
	if len(amounts) > 0 {
		t.Unit = u.name
	}
	for _, y := range years {
		v := yearView{Year: y}
		for _, f := range yearErrors(b, y) {
			v.Source += "* " + findingText(f) + "\n" + place(&f.Origin) + "\n"
		}
		t.Years = append(t.Years, v)
	}
	for i := range rows {
		v := newRow(b, &rows[i], u)
		t.Rows = append(t.Rows, v)
		t.HasCode = t.HasCode || v.Code != ""
		t.HasMeasure = t.HasMeasure || v.Measure != t.Rows[0].Measure
		t.HasChange = t.HasChange || v.Change.Text != ""
		t.HasTarget = t.HasTarget || v.Target != ""
	}
	return t
}

// amountsOf are the amounts of money of rows.
func amountsOf(rows []compare.Row) []record.Decimal {
	var out []record.Decimal
	for i := range rows {
		for j := range rows[i].Cells {
			if x := &rows[i].Cells[j]; x.Unit == "CNY" {
				out = append(out, x.Value)
			}
		}
	}
	return out
}

func newRow(b *compare.Body, r *compare.Row, u unit) rowView {
	v := rowView{Code: r.Code, Name: r.Name, Measure: r.MeasureTitle, Group: r.Group, Level: r.CodeLevel, Total: r.IsTotal,
		Also: strings.Join(r.Names, "、")}
	if r.Part == compare.PartProse || r.Part == compare.PartIndicators && r.Measure == "target" {
		v.Measure = ""
	}
	if r.Name == "" {
		v.Name, v.Measure = r.MeasureTitle, ""
	}
	for j := range r.Cells {
		v.Cells = append(v.Cells, cellFigure(b, &r.Cells[j], label(r), u))
	}
	v.Change, v.Percent = changeWith(b, r, u, false)
	if v.Target = r.Change.Target; v.Target != "" {
		v.TargetTitle = compare.TargetTitle(v.Target)
	}
	return v
}
