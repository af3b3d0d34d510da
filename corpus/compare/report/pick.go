package report

import (
	"slices"
	"strings"

	"yusuan/corpus/compare"
	"yusuan/normalize/record"
)

// most is how many series a chart of lines, and how many small charts a page
// of one body, have at most; the tables have all of them.
const (
	mostLines = 8
	mostSmall = 24
)

// filled counts the cells of a row with a number.
func filled(r *compare.Row) int {
	n := 0
	for i := range r.Cells {
		if !r.Cells[i].Value.IsNull() {
			n++
		}
	}
	return n
}

// pick is the first of the rows that fit the first test, or, if those have
// numbers for fewer years, that fit a later one.
func pick(b *compare.Body, tests ...func(*compare.Row) bool) *compare.Row {
	var best *compare.Row
	for _, fits := range tests {
		for i := range b.Rows {
			r := &b.Rows[i]
			if r.Unit == "CNY" && fits(r) && (best == nil || filled(r) > filled(best)) {
				best = r
			}
		}
	}
	if best == nil || filled(best) == 0 {
		return nil
	}
	return best
}

// plainMeasure tells whether a row is what was planned, or spent, in the year
// itself, not of the year before or a change.
func plainMeasure(m string) bool {
	return m == "total" || m == "amount" || m == "budget_amount" || m == "final_amount"
}

// sheet tells whether a row is a total of a form: of a side, with a name that
// is one of names, or without a name.
func sheet(form, side string, names ...string) func(*compare.Row) bool {
	return func(r *compare.Row) bool {
		return r.Part == compare.PartLines && r.Form == form && r.Side == side && plainMeasure(r.Measure) &&
			(r.IsTotal && len(names) == 0 || slices.Contains(names, r.Name))
	}
}

// column tells whether a row is the column of a form in its total row.
func column(form, measure string) func(*compare.Row) bool {
	return func(r *compare.Row) bool {
		return r.Part == compare.PartLines && r.Form == form && r.Measure == measure && r.Code == "" && (r.IsTotal || r.Name == "")
	}
}

// said tells whether a row is a sentence about one of names.
func said(names ...string) func(*compare.Row) bool {
	return func(r *compare.Row) bool {
		return r.Part == compare.PartProse && slices.Contains(names, strings.Trim(r.Name, "“”"))
	}
}

// scale are the lines of the first chart: what came in, what was spent, and on
// what. A line that is another one is left out.
func scale(b *compare.Body) []series {
	income := pick(b, sheet("revenue_expenditure", "revenue", "收入总计", "收入合计", "收入总额"), column("revenue", "total"),
		sheet("revenue", "revenue", "收入总计", "合计"), said("预算收入", "收入预算", "收入总计", "收入合计"))
	spent := pick(b, sheet("revenue_expenditure", "expenditure", "支出总计", "支出合计", "支出总额"), column("expenditure", "total"),
		said("支出预算", "预算支出", "支出总计", "支出合计", "预算收支安排"))
	basic := pick(b, column("expenditure", "basic"), sheet("revenue_expenditure", "expenditure", "基本支出"), said("基本支出"))
	project := pick(b, column("expenditure", "project"), sheet("revenue_expenditure", "expenditure", "项目支出"), said("项目支出"))
	var out []series
	add := func(name string, r *compare.Row) {
		if r == nil || slices.ContainsFunc(out, func(s series) bool { return sameNumbers(s.row, r) }) {
			return
		}
		out = append(out, series{Name: name, row: r, Color: len(out)})
	}
	add("支出", spent)
	add("收入", income)
	add("基本支出", basic)
	add("项目支出", project)
	return out
}

// sameNumbers tells whether two rows have the same numbers.
func sameNumbers(a, b *compare.Row) bool {
	for i := range a.Cells {
		if a.Cells[i].Value.Cmp(b.Cells[i].Value) != 0 {
			return false
		}
	}
	return true
}

// functionForms are the forms with what was spent by function, the one that is
// shown first if it has as many years as another.
var functionForms = []string{"expenditure", "general_public_expenditure", "revenue_expenditure", "appropriation_expenditure", "appropriation"}

// composition are the layers of what was spent by function (类), with the
// printed total, and the form that they are from.
func composition(b *compare.Body) (layers []series, total *compare.Row, form string) {
	best := 0
	for _, f := range functionForms {
		rows, years := classes(b, f)
		if len(rows) < 2 || years <= best {
			continue
		}
		best, form, layers = years, f, nil
		for _, r := range rows {
			layers = append(layers, series{Name: r.Name, row: r})
		}
		color(layers)
		total = pick(b, column(f, rows[0].Measure), sheet(f, "expenditure", "支出总计", "支出合计", "本年支出合计", "合计"))
	}
	return layers, total, form
}

// color gives each layer a colour of its own; of more layers than there are
// colours the largest, and all others the last one, which is grey.
func color(layers []series) {
	bySize := make([]int, len(layers))
	for i := range bySize {
		bySize[i] = i
	}
	if len(layers) > colors {
		slices.SortStableFunc(bySize, func(a, b int) int { return largest(layers[b].row).Cmp(largest(layers[a].row)) })
	}
	for n, i := range bySize {
		layers[i].Color = min(n, colors-1)
	}
}

// classes are the rows of a form with what was spent by 类, all of one measure,
// and for how many years there are any.
func classes(b *compare.Body, form string) (rows []*compare.Row, years int) {
	have := map[int]bool{}
	for i := range b.Rows {
		r := &b.Rows[i]
		if r.Part != compare.PartLines || r.Form != form || r.Scheme != "function" || r.Side == "revenue" || r.CodeLevel != 1 || r.IsTotal {
			continue
		}
		if !plainMeasure(r.Measure) || filled(r) == 0 || len(rows) > 0 && r.Measure != rows[0].Measure {
			continue
		}
		rows = append(rows, r)
		for _, c := range r.Cells {
			if !c.Value.IsNull() {
				have[c.Year] = true
			}
		}
	}
	return rows, len(have)
}

// threePublic are the layers of 三公, with the printed total. Vehicles are told
// apart where that is printed wherever their sum is.
func threePublic(b *compare.Body) (layers []series, total *compare.Row) {
	for _, suffix := range []string{"", "/final_amount", "/budget_amount"} {
		of := func(item string) *compare.Row {
			return pick(b, func(r *compare.Row) bool { return r.Part == compare.PartThreePublic && r.Measure == item+suffix })
		}
		items := []string{"overseas_travel", "vehicles", "official_reception"}
		if all, buy, run := of("vehicles"), of("vehicle_purchase"), of("vehicle_operation"); all == nil || apart(all, buy, run) {
			items = []string{"overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception"}
		}
		for _, item := range items {
			if r := of(item); r != nil {
				layers = append(layers, series{Name: compare.MeasureTitle(item), row: r, Color: []int{0, 1, 2, 3}[len(layers)]})
			}
		}
		if len(layers) > 0 {
			if total = of("three_public"); total == nil && suffix != "" {
				total = of("total")
			}
			return layers, total
		}
	}
	return nil, nil
}

// apart tells whether two parts make the whole in every year.
func apart(whole, a, b *compare.Row) bool {
	for i := range whole.Cells {
		sum := record.Int(0)
		for _, r := range []*compare.Row{a, b} {
			if r != nil && !r.Cells[i].Value.IsNull() {
				sum = sum.Add(r.Cells[i].Value)
			}
		}
		if w := whole.Cells[i].Value; !w.IsNull() && w.Cmp(sum) != 0 {
			return false
		}
	}
	return true
}

// projectLines are the largest projects of more than one year.
func projectLines(b *compare.Body) (lines []series, more int) {
	var rows []*compare.Row
	for i := range b.Rows {
		if r := &b.Rows[i]; r.Part == compare.PartProjects && r.Measure == "total" && filled(r) > 1 {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(x, y *compare.Row) int { return largest(y).Cmp(largest(x)) })
	more = max(len(rows)-mostLines, 0)
	for i, r := range rows[:len(rows)-more] {
		lines = append(lines, series{Name: r.Name, row: r, Color: i % colors})
	}
	return lines, more
}

// largest is the largest number of a row.
func largest(r *compare.Row) record.Decimal {
	out := record.Null
	for i := range r.Cells {
		if v := r.Cells[i].Value; v.Cmp(out) > 0 {
			out = v
		}
	}
	return out
}

// targets are the indicators with numbers of one unit in more than one year,
// those first that changed.
func targets(b *compare.Body) (rows []*compare.Row, more int) {
	for i := range b.Rows {
		if r := &b.Rows[i]; r.Part == compare.PartIndicators && filled(r) > 1 && !r.Change.Amount.IsNull() {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(x, y *compare.Row) int {
		a, b := x.Change.Amount.IsZero(), y.Change.Amount.IsZero()
		switch {
		case a == b:
			return 0
		case a:
			return 1
		}
		return -1
	})
	more = max(len(rows)-mostSmall, 0)
	return rows[:len(rows)-more], more
}
