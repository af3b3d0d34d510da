package report

import (
	"fmt"
	"strconv"
	"strings"

	"yusuan/corpus/compare"
	"yusuan/normalize/record"
)

// figure is one number of the page, or what stands in its place.
type figure struct {
	// Text is what is shown.
	Text string
	// Source says, line by line, what the number is and where it stands; ""
	// for what is no number.
	Source string
	// Class is num, none or word.
	Class string
	// Mark is *, ° or "".
	Mark string
}

// unit is how amounts are shown: in yuan moved by so many places.
type unit struct {
	exp  int
	name string
}

var (
	yuan       = unit{0, "元"}
	tenThou    = unit{4, "万元"}
	hundredMil = unit{8, "亿元"}
)

// unitFor chooses the unit in which the largest of some amounts reads well and
// the smallest that is not 0 is not shown as 0.
func unitFor(amounts []record.Decimal, largest unit) unit {
	most, least := record.Null, record.Null
	for _, a := range amounts {
		if a.Abs().Cmp(most) > 0 {
			most = a.Abs()
		}
		if !a.IsNull() && !a.IsZero() && (least.IsNull() || a.Abs().Cmp(least) < 0) {
			least = a.Abs()
		}
	}
	for _, u := range []unit{hundredMil, tenThou} {
		if u.exp <= largest.exp && most.Cmp(record.Int(1).Shift(u.exp)) >= 0 &&
			(u == tenThou || least.Cmp(record.Int(1).Shift(u.exp-2)) >= 0) {
			return u
		}
	}
	if most.IsZero() || most.IsNull() {
		return largest // nothing is nothing in any unit
	}
	return yuan
}

// in prints an amount of yuan in a unit, rounded to two places: the exact one
// is in its source.
func (u unit) in(d record.Decimal) string {
	if d.IsNull() {
		return ""
	}
	s := compare.Grouped(d.Shift(-u.exp).Div(record.Int(1), 2))
	whole, frac, _ := strings.Cut(s, ".")
	if u.exp == 0 && frac == "" {
		return whole
	}
	return whole + "." + (frac + "00")[:2]
}

// comparators are the signs of an indicator's value.
var comparators = map[string]string{"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "=", "approx": "≈"}

// exact prints a cell's number with all of its digits and its unit.
func exact(c *compare.Cell) string {
	if c.Unit == "CNY" {
		return comparators[c.Comparator] + compare.Grouped(c.Value) + " 元"
	}
	return strings.TrimSpace(comparators[c.Comparator] + compare.Grouped(c.Value) + " " + compare.UnitTitle(c.Unit))
}

// cellFigure shows a cell; label says what it is of.
func cellFigure(b *compare.Body, c *compare.Cell, label string, u unit) figure {
	f := figure{Class: "num"}
	switch {
	case len(c.Findings) > 0:
		f.Mark = "*"
	case c.Unverified:
		f.Mark = "°"
	}
	switch c.Why {
	case "":
		f.Text = u.in(c.Value)
		if c.Unit != "CNY" {
			f.Text = c.Printed
		}
	case compare.WhyNoNumber:
		f.Text, f.Class = c.Printed, "word"
	case compare.WhyAmbiguous:
		f.Text = "?"
	case compare.WhyNoDocument:
		return figure{Class: "none"}
	default:
		return figure{Text: "–", Class: "none"}
	}
	f.Source = sourceText(b, c, label)
	return f
}

// sourceText says what a number is and where it stands.
func sourceText(b *compare.Body, c *compare.Cell, label string) string {
	lines := []string{fmt.Sprintf("%s · %d", label, c.Year)}
	switch c.Why {
	case "":
		lines = append(lines, exact(c))
	case compare.WhyAmbiguous:
		lines = append(lines, "同一文件中有不同数额，未取其一：")
		for i := range c.Others {
			lines = append(lines, place(&c.Others[i]))
		}
	}
	if c.Origin != nil {
		lines = append(lines, place(c.Origin))
	}
	for _, i := range c.Findings {
		lines = append(lines, "* "+findingText(&b.Findings[i]))
	}
	if c.Unverified {
		lines = append(lines, "° 本表数字不足以相互验证")
	}
	return strings.Join(lines, "\n")
}

// place says where something stands, and what is printed there.
func place(o *compare.Origin) string {
	text := placeOnly(o)
	if o.Text != "" {
		return text + "\n原文：" + o.Text
	}
	if o.Table > 0 && o.Row < 0 {
		return text + "\n原文：未能确定所在单元格"
	}
	return text
}

// placeOnly says where something stands, for a person: rows and columns are
// counted from 1.
func placeOnly(o *compare.Origin) string {
	parts := []string{o.URI}
	for _, p := range []struct {
		form string
		n    int
	}{{"第 %d 页", o.Page}, {"表 %d", o.Table}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf(p.form, p.n))
		}
	}
	if o.Table == 0 && o.Block >= 0 {
		parts = append(parts, fmt.Sprintf("第 %d 段", o.Block+1))
	}
	if o.Title != "" {
		parts = append(parts, "《"+o.Title+"》")
	}
	if o.Row >= 0 {
		parts = append(parts, "第 "+strconv.Itoa(o.Row+1)+" 行")
	}
	if o.Col >= 0 {
		parts = append(parts, "第 "+strconv.Itoa(o.Col+1)+" 列")
	}
	return strings.Join(parts, " · ")
}

// findingText says what a document gets wrong.
func findingText(f *compare.Finding) string { return compare.RuleTitle(f.Rule) + "：" + f.Chinese }

// changeFigures show a change: its amount and its percentage, both with the
// two numbers that they were computed from.
func changeFigures(b *compare.Body, r *compare.Row, u unit) (amount, percent figure) {
	return changeWith(b, r, u, true)
}

// changeWith leaves out where the two numbers stand, for a table whose row has
// them: the page's script takes it from there.
func changeWith(b *compare.Body, r *compare.Row, u unit, where bool) (amount, percent figure) {
	none := figure{Class: "none"}
	ch := &r.Change
	if ch.Amount.IsNull() {
		return none, none
	}
	var from, to *compare.Cell
	for i := range r.Cells {
		switch r.Cells[i].Year {
		case ch.From:
			from = &r.Cells[i]
		case ch.To:
			to = &r.Cells[i]
		}
	}
	text := compare.Signed(ch.Amount)
	if r.Unit == "CNY" {
		if text = u.in(ch.Amount); ch.Amount.Cmp(record.Int(0)) > 0 {
			text = "+" + text
		}
	}
	source := fmt.Sprintf("%s · %d→%d 变化\n%s %s", label(r), ch.From, ch.To, compare.Signed(ch.Amount), compare.UnitTitle(r.Unit))
	if p := compare.Percent(ch.Percent); p != "" {
		source += "（" + p + "）"
	} else {
		source += "（基数为 0，不计百分比）"
	}
	if where {
		source += "\n" + sourceText(b, from, label(r)) + "\n" + sourceText(b, to, label(r))
	}
	amount = figure{Text: text, Source: source, Class: "num"}
	percent = figure{Text: compare.Percent(ch.Percent), Source: source, Class: "num"}
	if percent.Text == "" {
		percent = none
	}
	return amount, percent
}

// label says what a row is of.
func label(r *compare.Row) string {
	var parts []string
	for _, s := range []string{r.Group, strings.TrimSpace(r.Code + " " + r.Name), r.MeasureTitle} {
		if s != "" && (len(parts) == 0 || s != parts[len(parts)-1]) {
			parts = append(parts, s)
		}
	}
	if r.Part == compare.PartProse {
		parts = parts[:1]
	}
	return strings.Join(parts, " · ")
}
