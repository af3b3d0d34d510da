package reconcile

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// builder makes up disclosures.
type builder struct {
	t testing.TB
	d *record.Disclosure
}

func build(t testing.TB) *builder {
	return &builder{t, &record.Disclosure{Identity: record.Identity{FiscalYear: 2024, Kind: record.KindBudget, Department: "某局"}}}
}

func (b *builder) number(s string) record.Decimal {
	b.t.Helper()
	if s == "" {
		return record.Null
	}
	d, err := record.ParseDecimal(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

// table adds a statutory table in 10^scale yuan. The head lists the columns as
// "measure:path", rows are "code|name|amount|amount…", blank where there is
// none. A column whose head begins with "<" or ">" is of the side of revenue
// or expenditure; "/" in a row begins the next block of names.
func (b *builder) table(form string, scale int, head string, rows ...string) *builder {
	b.t.Helper()
	number := len(b.d.Tables) + 1
	o := record.Origin{Block: number, Table: number, Row: -1, Col: -1}
	b.d.Tables = append(b.d.Tables, record.Table{Origin: o, Form: form, ScaleExp: scale})
	heads := strings.Fields(head)
	for r, row := range rows {
		col := 0
		for _, block := range strings.Split(row, "/") {
			cells := strings.Split(block, "|")
			for _, amount := range cells[2:] {
				b.line(form, record.Origin{Block: number, Table: number, Row: r, Col: col}, heads[col], [3]string{cells[0], cells[1], amount}, scale)
				col++
			}
		}
	}
	return b
}

func (b *builder) line(form string, o record.Origin, head string, cells [3]string, scale int) {
	b.t.Helper()
	if cells[2] == "" {
		return
	}
	l := record.BudgetLine{Origin: o, Form: form, Side: expenditureSide, Code: cells[0], CodeLevel: max(0, (len(cells[0])-1)/2),
		Name: cells[1], AmountRaw: cells[2], Amount: b.number(cells[2]).Shift(scale)}
	if rest, ok := strings.CutPrefix(head, "<"); ok {
		l.Side, head = revenueSide, rest
	}
	l.Measure, l.MeasureRaw, _ = strings.Cut(head, ":")
	for _, end := range []string{"合计", "总计", "小计"} {
		l.IsTotal = l.IsTotal || l.Code == "" && strings.HasSuffix(l.Name, end)
	}
	b.d.BudgetLines = append(b.d.BudgetLines, l)
}

// say adds amounts of one paragraph, in 万元 or %: "metric|number|period" for
// a level (with "|qualifier"), "metric|+5.00%|period|base" for a change.
func (b *builder) say(amounts ...string) *builder {
	b.t.Helper()
	block := 1000 + len(b.d.Paragraphs)
	o := record.Origin{Page: 1, Block: block, Row: -1, Col: -1}
	b.d.Paragraphs = append(b.d.Paragraphs, record.Paragraph{Origin: o, Text: strings.Join(amounts, "，")})
	for _, text := range amounts {
		f := append(strings.Split(text, "|"), "", "", "")
		a := record.Amount{Origin: o, Metric: f[0], Text: text, Period: f[2], Value: record.Value{Comparator: record.EQ}}
		n := f[1]
		switch {
		case strings.HasPrefix(n, "+"):
			a.Change, a.BasePeriod = "increase", f[3]
		case strings.HasPrefix(n, "-"):
			a.Change, a.BasePeriod = "decrease", f[3]
		default:
			a.Qualifier = f[3]
		}
		n = strings.TrimLeft(n, "+-")
		switch {
		case strings.HasSuffix(n, "%"):
			a.Number, a.Unit = b.number(strings.TrimSuffix(n, "%")), "%"
		case strings.HasSuffix(n, "?"):
			a.Number, a.Flags = b.number(strings.TrimSuffix(n, "?")), []string{"unit_missing"}
		case strings.HasSuffix(n, "个"):
			a.Number, a.Unit = b.number(strings.TrimSuffix(n, "个")), "{count}"
		default:
			a.Number, a.Unit, a.ScaleExp = b.number(n), "CNY", 4
		}
		a.Base = a.Number.Shift(a.ScaleExp)
		b.d.Amounts = append(b.d.Amounts, a)
	}
	return b
}

// buy adds a row of procurement: "project|item|quantity|unit price|amount|project total",
// in 万元.
func (b *builder) buy(rows ...string) *builder {
	b.t.Helper()
	number := len(b.d.Tables) + 1
	b.d.Tables = append(b.d.Tables, record.Table{Origin: record.Origin{Block: number, Table: number, Row: -1, Col: -1}, Form: "other", ScaleExp: 4})
	for r, row := range rows {
		f := strings.Split(row, "|")
		o := record.Origin{Block: number, Table: number, Row: r, Col: -1}
		for col, field := range []string{"project_name", "item_name", "quantity", "unit_price", "amount"} {
			b.d.Cells = append(b.d.Cells, record.Cell{Origin: record.Origin{Block: number, Table: number, Row: r, Col: col}, Text: f[col], Field: field})
		}
		b.d.Procurement = append(b.d.Procurement, record.Procurement{Origin: o, RowType: "item", ProjectName: f[0], ItemName: f[1],
			Quantity: b.number(f[2]), UnitPrice: b.number(f[3]).Shift(4), Amount: b.number(f[4]).Shift(4), ProjectTotal: b.number(f[5]).Shift(4)})
	}
	return b
}

// grade adds indicators "name|grade|comparator|number".
func (b *builder) grade(rows ...string) *builder {
	b.t.Helper()
	for r, row := range rows {
		f := strings.Split(row, "|")
		n := b.number(f[3])
		b.d.Indicators = append(b.d.Indicators, record.Indicator{Origin: record.Origin{Block: 1, Table: 1, Row: r, Col: 3}, Level3: f[0], ValueRaw: row,
			Value: record.Value{Grade: f[1], Comparator: f[2], Number: n, Base: n}})
	}
	return b
}

// found checks and prints findings as "rule severity place expected actual".
func (b *builder) found() []string {
	var out []string
	for _, f := range Check(b.d).Findings {
		at := strconv.Itoa(f.Block)
		if f.Table > 0 {
			at = fmt.Sprintf("t%d", f.Table)
		}
		if f.Row >= 0 {
			at += fmt.Sprintf("r%d", f.Row)
		}
		if f.Col >= 0 {
			at += fmt.Sprintf("c%d", f.Col)
		}
		out = append(out, strings.TrimSpace(strings.Join([]string{f.Rule, f.Severity, at, f.Expected.String(), f.Actual.String()}, " ")))
	}
	return out
}

// want compares the findings.
func (b *builder) want(name string, findings ...string) {
	b.t.Helper()
	got := b.found()
	if strings.Join(got, "\n") != strings.Join(findings, "\n") {
		b.t.Errorf("%s:\n got %q\nwant %q", name, got, findings)
	}
}
