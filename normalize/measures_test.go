package normalize

import (
	"strings"
	"testing"

	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// statutoryTable is a document with one table under a caption; rows are apart
// by lines, cells by "|".
func statutoryTable(title, caption, rows string) *document.Document {
	t := &document.Table{Outer: -1}
	for r, line := range strings.Split(rows, "\n") {
		cells := strings.Split(line, "|")
		t.Rows, t.Cols = r+1, max(t.Cols, len(cells))
		for c, text := range cells {
			t.Cells = append(t.Cells, document.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: text})
		}
	}
	return &document.Document{Blocks: []document.Block{
		&document.Paragraph{Text: title}, &document.Paragraph{Text: caption}, &document.Paragraph{Text: "单位：万元"}, t,
	}}
}

// TestMeasureYears holds that columns of different years have different
// measures, and that a year which cannot be placed has none and is noted.
func TestMeasureYears(t *testing.T) {
	const three = "“三公”经费支出表"
	for _, c := range []struct {
		name, title, caption, rows string
		measures                   string // of the columns of the last row
		unknown                    int
	}{
		{"last year beside this", "2024年某市水利局部门预算", three,
			"项目|2023年预算数|2024年预算数|增减额|增减%\n合计|7.00|6.00|-1.00|-14.29\n公务接待费|2.00|1.00|-1.00|-50.00",
			"prior_budget_amount budget_amount change_amount", 0},
		{"execution", "2023年某市水利局部门预算", three,
			"项目|2022年预算数|2022年执行数|2023年预算数|比上年增减%\n合计|7.00|6.50|6.00|-14.29\n公务接待费|2.00|1.50|1.00|-50.00",
			"prior_budget_amount prior_executed budget_amount", 0},
		{"last year in words", "2023年某市水利局部门决算", three,
			"项目|上年数|上年决算数|本年决算数\n合计|7.00|6.50|6.00\n公务接待费|2.00|1.50|1.00",
			"prior_amount prior_final_amount final_amount", 0},
		{"below a year", "2024年某市水利局部门预算", "一般公共预算支出表",
			"科目编码|科目名称|2023年执行数|2024年预算数|2024年预算数比2023年执行数\n科目编码|科目名称|合计|基本支出|增减额\n合计||7.00|6.00|-1.00\n201|一般公共服务支出|2.00|1.00|-1.00",
			"prior_total basic change_amount", 0},
		{"years alone", "2024年某市水利局部门预算", "项目支出表",
			"项目名称|2023年|2024年|2025年\n合计|300|400|500\n防汛抗旱|100|200|300",
			"prior_amount amount -", 1},
		{"no year known", "某市水利局文件", three,
			"项目|2022年预算数|2023年预算数\n合计|7.00|6.00\n公务接待费|2.00|1.00", "- -", 2},
	} {
		d := New().Document(statutoryTable(c.title, c.caption, c.rows))
		if c.name == "no year known" {
			d.Identity.FiscalYear = 0
		}
		last, unknown := 0, 0
		var got []string
		for _, l := range d.BudgetLines {
			if l.Row > last {
				last, got = l.Row, nil
			}
			m := l.Measure
			if m == "" {
				m = "-"
			}
			got = append(got, m)
		}
		for _, n := range d.Notes {
			if n.Code == "form.measure_unknown" {
				unknown++
			}
		}
		if m := strings.Join(got, " "); m != c.measures || unknown != c.unknown {
			t.Errorf("%s: measures %q and %d notes, want %q and %d; %v", c.name, m, unknown, c.measures, c.unknown, d.Notes)
		}
	}
}

// TestHeaderYears holds which year a header names for an amount.
func TestHeaderYears(t *testing.T) {
	for _, c := range []struct {
		measure, raw, want string
	}{
		{"official_reception/budget_amount", "2023年预算数/公务接待费", "official_reception/prior_budget_amount"},
		{"total", "2022年和2023年预算数/合计", ""},
		{"basic/change_amount", "2024年比2023年增减/基本支出", "basic/change_amount"},
		{"prior_final_amount", "2023年上年决算数", "prior_final_amount"},
		{"carryover", "2023年预算数/上年结转", "prior_carryover"},
		{"budget_amount", "2024年三公经费/2023年预算数", "prior_budget_amount"},
		{"carryover", "2023年结转资金", "carryover"},
		{"budget_amount", "2024年预算数（含2023年结转）", "budget_amount"},
		{"budget_amount", "上年（2023年）预算数", "prior_budget_amount"},
		{"budget_amount", "二〇二三年预算数", "prior_budget_amount"},
	} {
		w := &work{ctx: t.Context(), out: &record.Disclosure{Identity: record.Identity{FiscalYear: 2024},
			BudgetLines: []record.BudgetLine{{Measure: c.measure, MeasureRaw: c.raw}}}}
		w.measureYears()
		if got := w.out.BudgetLines[0].Measure; got != c.want {
			t.Errorf("%s of %s is %q, want %q", c.measure, c.raw, got, c.want)
		}
	}
}
