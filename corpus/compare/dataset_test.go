package compare

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"yusuan/export"
	"yusuan/extract/document"
	"yusuan/normalize/record"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("%s differs; -update rewrites it. Got:\n%s", file, got)
	}
}

// draft is a disclosure that a test writes down.
type draft struct {
	uri, department string
	year            int
	kind, level     string
	status          string
	d               record.Disclosure
}

func amount(t *testing.T, s string) record.Decimal {
	t.Helper()
	if s == "" {
		return record.Null
	}
	n, err := record.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// table adds a table in 万元.
func (d *draft) table(no int, form string, verified bool) {
	d.d.Tables = append(d.d.Tables, record.Table{Origin: record.Origin{Page: no, Block: no, Table: no, Row: -1, Col: -1},
		Form: form, Title: form + "表", UnitRaw: "万元", ScaleExp: 4, Rows: 9, Cols: 9, Verified: verified})
}

// line adds a line of 万元 to a table.
func (d *draft) line(t *testing.T, no, row int, code, name, measure, printed string) {
	t.Helper()
	form := ""
	for _, x := range d.d.Tables {
		if x.Table == no {
			form = x.Form
		}
	}
	level := levelOf(code)
	scheme, side := "function", "expenditure"
	if form == PartThreePublic {
		scheme = PartThreePublic
	}
	d.d.BudgetLines = append(d.d.BudgetLines, record.BudgetLine{Origin: record.Origin{Page: no, Block: no, Table: no, Row: row, Col: 2},
		Form: form, Side: side, Scheme: scheme, Code: code, CodeLevel: level, Name: name, Measure: measure, MeasureRaw: measure,
		Amount: amount(t, printed).Shift(4), AmountRaw: printed, IsTotal: name == "合计"})
}

// says adds an amount of a sentence.
func (d *draft) says(t *testing.T, metric, printed, text string) {
	t.Helper()
	d.d.Amounts = append(d.d.Amounts, record.Amount{Origin: record.Origin{Block: 1, Row: -1, Col: -1}, Metric: metric, Text: text,
		Value: record.Value{Number: amount(t, printed), Base: amount(t, printed).Shift(4), ScaleExp: 4, UnitRaw: "万元", Unit: "CNY"}})
}

// target adds a project with one indicator, as table no prints it.
func (d *draft) target(t *testing.T, no int, code, name, total, value string) {
	t.Helper()
	d.table(no, "performance_target", false)
	at := record.Origin{Page: no, Block: no, Table: no, Row: -1, Col: -1}
	n := len(d.d.Projects) + 1
	d.d.Projects = append(d.d.Projects, record.Project{Origin: at, Number: n, Code: code, Name: name, Total: amount(t, total).Shift(4)})
	cell := at
	cell.Row, cell.Col = 1, 3
	d.d.Cells = append(d.d.Cells, record.Cell{Origin: cell, RowSpan: 1, ColSpan: 1, Text: total, Field: "total", Number: amount(t, total)})
	cell.Row = 5
	d.d.Indicators = append(d.d.Indicators, record.Indicator{Origin: cell, ProjectNumber: n, ProjectCode: code, ProjectName: name,
		Level1: "产出指标", Level2: "质量指标", Level3: "完成率", ValueRaw: "≥" + value + "%",
		Value: record.Value{Kind: record.Quantity, Comparator: record.GE, Number: amount(t, value), Base: amount(t, value), UnitRaw: "%", Unit: "%"}})
}

// commit writes the drafts into a new dataset.
func commit(t *testing.T, drafts ...*draft) string {
	t.Helper()
	dir := t.TempDir()
	var entries []export.Entry
	for _, x := range drafts {
		sum := sha256.Sum256([]byte(x.uri))
		hash := hex.EncodeToString(sum[:])
		d := x.d
		d.Source = document.Source{Name: x.uri, Format: "pdf", Reader: "pdf/1", SHA256: hash, Pages: 20}
		d.Identity = record.Identity{Department: x.department, RegionCode: "320000", RegionName: "江苏省", FiscalYear: x.year, Kind: x.kind, Level: x.level,
			Title: x.department + "预算"}
		status := x.status
		if status == "" {
			status = "ok"
		}
		entries = append(entries, export.Entry{DocumentID: hash[:32], RegionCode: "320000", FiscalYear: x.year,
			Load: func() (*export.Result, error) { return &export.Result{Disclosure: &d, URI: x.uri, Status: status}, nil }})
	}
	if _, err := export.Commit(dir, entries, export.Settings{Pipeline: "test/1"}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// court are three years of a court, with most of what can go wrong.
func court(t *testing.T) []*draft {
	const name = "某省高级人民法院"
	a := &draft{uri: "2017.pdf", department: name, year: 2017, kind: record.KindBudget, level: record.LevelDepartment}
	a.table(1, "general_public_expenditure", true)
	a.line(t, 1, 1, "", "合计", "amount", "120.00")
	a.line(t, 1, 2, "204", "公共安全支出", "amount", "100.00")
	a.line(t, 1, 3, "20405", "法院", "amount", "100.00")
	a.line(t, 1, 4, "208", "社会保障和就业支出", "amount", "20.00")
	a.table(2, PartThreePublic, true)
	a.line(t, 2, 1, "", "", "three_public", "6.00")
	a.line(t, 2, 1, "", "", "overseas_travel", "0.00")
	a.line(t, 2, 1, "", "", "official_reception", "6.00")
	a.target(t, 3, "A-1", "办案经费", "50.5", "90")

	b := &draft{uri: "2018.pdf", department: name, year: 2018, kind: record.KindBudget, level: record.LevelDepartment}
	b.table(1, "general_public_expenditure", false)
	b.line(t, 1, 1, "", "合计", "total", "90.00")
	b.line(t, 1, 2, "204", "公共安全支出", "total", "90.00")
	b.line(t, 1, 3, "20405", "法院经费", "total", "-10.00")
	b.table(2, PartThreePublic, true)
	b.line(t, 2, 1, "", "", "three_public", "7.50")
	b.line(t, 2, 1, "", "", "overseas_travel", "1.50")
	b.line(t, 2, 1, "", "", "official_reception", "6.00")
	b.target(t, 3, "A-1", "办案业务经费", "60", "95")
	b.d.Findings = []record.Finding{{Origin: record.Origin{Page: 2, Block: 2, Table: 2, Row: 1, Col: 2}, Rule: "sum.total", Severity: record.SeverityError,
		Message: "a total equals its rows", Expected: amount(t, "70000"), Actual: amount(t, "75000"), Difference: amount(t, "5000"), Text: "7.50"}}
	copied := &draft{uri: "2018-copy.pdf", department: name, year: 2018, kind: record.KindBudget, level: record.LevelDepartment, status: "partial"}
	copied.table(1, PartThreePublic, true)
	copied.line(t, 1, 1, "", "", "three_public", "999.00")

	c := &draft{uri: "2019.txt", department: name, year: 2019, kind: record.KindBudget, level: record.LevelDepartment}
	c.says(t, "“三公”经费", "9", "“三公”经费9万元")
	c.says(t, "因公出国（境）费", "0", "因公出国（境）费0万元")
	c.says(t, "其中", "1", "其中1万元")
	c.says(t, "其中", "2", "其中2万元")
	c.table(2, "expenditure", true)
	c.line(t, 2, 1, "204", "公共安全支出", "total", "1.00")
	c.line(t, 2, 2, "204", "公共安全支出", "total", "2.00")
	return []*draft{a, b, copied, c}
}

// readBack reads the file that WriteParquet wrote.
func readBack(file string) (rows []cellOut, err error) {
	err = export.ReadRows(file, func(r *cellOut) error {
		rows = append(rows, *r)
		return nil
	})
	return rows, err
}
