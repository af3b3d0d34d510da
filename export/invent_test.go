package export

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/export/parquet"
	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// hashOf returns the SHA-256 of an invented file.
func hashOf(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:])
}

func number(t testing.TB, s string) record.Decimal {
	d, err := record.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// invent makes up a disclosure: department n in a year, with cells cells.
func invent(t testing.TB, n, year, cells int) *Result {
	uri := fmt.Sprintf("局%d/%d.docx", n, year)
	at := record.Origin{Block: 4, Table: 2, Row: 1, Col: 0}
	d := &record.Disclosure{
		Source: document.Source{Name: uri, Format: "docx", Reader: "docx/1", SHA256: hashOf(uri), Bytes: int64(1000 + n)},
		Identity: record.Identity{
			Title: "部门预算公开", Department: fmt.Sprintf("第%d局", n), RegionCode: []string{"130400", "", "310107"}[n%3],
			FiscalYear: year, Kind: record.KindBudget, Level: record.LevelDepartment,
		},
		Paragraphs: []record.Paragraph{{Origin: record.Origin{Row: -1, Col: -1}, HeadingLevel: 1, Label: "一、", Text: "收入说明"}},
		Tables:     []record.Table{{Origin: record.Origin{Block: 4, Table: 2, Row: -1, Col: -1}, Form: "other", Rows: cells/4 + 1, Cols: 4}},
		Amounts: []record.Amount{{Origin: record.Origin{Row: -1, Col: -1}, Metric: "收入", Text: "2333万元",
			Value: record.Value{Number: number(t, "2333"), Base: number(t, "23330000"), ScaleExp: 4, UnitRaw: "万元", Unit: "CNY"}}},
		Projects: []record.Project{{Origin: at, Number: 1, Name: "项目", Total: number(t, "25600.00"), Goals: []string{"甲", "乙"},
			SpendingPlan: []record.PlanStep{{ThroughMonth: 3, Percent: number(t, "25.00")}, {ThroughMonth: 6}}, StartDate: "2020-01-01"}},
		Indicators: []record.Indicator{{Origin: at, ProjectNumber: 1, Level1: "产出指标", ValueRaw: "≥95%",
			Value: record.Value{Kind: record.Quantity, Comparator: record.GE, Number: number(t, "95"), Base: number(t, "95"),
				UnitRaw: "%", Unit: "%", Flags: []string{"unit_typo"}}, Weight: number(t, "10")}},
		Findings: []record.Finding{{Origin: at, Rule: "sum.total", Severity: record.SeverityError, Message: "合计不符",
			Expected: number(t, "100"), Actual: number(t, "100.01"), Difference: number(t, "0.01"), Text: "100.01"}},
		Notes:        []record.Note{{Origin: record.Whole, Code: "docx.something", Message: "说明"}},
		ChecksPassed: 3 + n, ChecksFailed: 1,
	}
	d.Tables[0].Verified = n%2 == 0
	for i := range cells {
		c := record.Cell{Origin: record.Origin{Block: 4, Table: 2, Row: i / 4, Col: i % 4}, RowSpan: 1, ColSpan: 1,
			Text: fmt.Sprintf("单元格%d", i*n%97)}
		if i%2 == 1 {
			c.Text, c.Number = fmt.Sprintf("%d.50", i), number(t, fmt.Sprintf("%d.50", i))
		}
		d.Cells = append(d.Cells, c)
	}
	return &Result{Disclosure: d, URI: uri, Status: "ok"}
}

// entry makes an entry that loads r.
func entry(r *Result) Entry {
	id := &r.Disclosure.Identity
	return Entry{DocumentID: r.Disclosure.Source.SHA256[:32], RegionCode: id.RegionCode, FiscalYear: id.FiscalYear,
		Load: func() (*Result, error) { return r, nil }}
}

// inventAll makes up n departments times three years, one of them unknown.
func inventAll(t testing.TB, n int) []Entry {
	var out []Entry
	for i := range n {
		for _, year := range []int{2020, 2021, 0} {
			out = append(out, entry(invent(t, i, year, i%7)))
		}
	}
	return out
}

// dumper is a table whose rows a test can print.
type dumper interface {
	dump(t *testing.T, dir string) []string
}

// dump prints the rows of a table, one line per column, in the order of the
// manifest.
func (x tableOf[T]) dump(t *testing.T, dir string) []string {
	var out []string
	for _, row := range readTable[T](t, dir, x.id) {
		out = append(out, dumpFields(x.id+".", reflect.ValueOf(row))...)
	}
	return out
}

// readTable reads all parts of a table.
func readTable[T any](t *testing.T, dir, table string) []T {
	t.Helper()
	m, err := readManifest(filepath.Join(dir, manifestName))
	if err != nil || m == nil {
		t.Fatalf("manifest: %v", err)
	}
	var out []T
	for _, file := range m.Files {
		if !strings.HasPrefix(file.Path, table+"/") {
			continue
		}
		f, err := os.Open(filepath.Join(dir, file.Path))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, err := parquet.NewReader[T](f, file.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		rows := make([]T, file.Rows+1)
		n, err := r.Read(rows)
		if int64(n) != file.Rows || !errors.Is(err, io.EOF) {
			t.Fatalf("%s: %d rows, %v; the manifest says %d", file.Path, n, err, file.Rows)
		}
		out = append(out, rows[:n]...)
	}
	return out
}

// dumpFields prints a struct as "prefix column = value", null for null.
func dumpFields(prefix string, v reflect.Value) []string {
	var out []string
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			out = append(out, dumpFields(prefix, v.Field(i))...)
			continue
		}
		name, tags, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		out = append(out, prefix+name+" = "+dumpValue(v.Field(i), tags))
	}
	return out
}

func dumpValue(v reflect.Value, tags string) string {
	optional := slices.Contains(strings.Split(tags, ","), "optional")
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil(), v.Kind() != reflect.Pointer && optional && v.IsZero():
		return "null"
	case v.Kind() == reflect.Pointer:
		return dumpValue(v.Elem(), strings.ReplaceAll(tags, "optional", ""))
	case v.Kind() == reflect.String:
		return fmt.Sprintf("%q", v.String())
	case v.Kind() == reflect.Slice:
		var list []string
		for i := range v.Len() {
			list = append(list, dumpValue(v.Index(i), ""))
		}
		return "[" + strings.Join(list, ", ") + "]"
	case v.Kind() == reflect.Struct:
		return "{" + strings.Join(dumpFields("", v), ", ") + "}"
	case strings.Contains(tags, "decimal"):
		return fmt.Sprintf("%de-4", v.Int())
	case strings.Contains(tags, "date"):
		return time.Unix(v.Int()*24*60*60, 0).UTC().Format(time.DateOnly)
	}
	return fmt.Sprint(v.Interface())
}

// snapshot reads every file of a dataset.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// same compares two datasets file by file.
func same(t *testing.T, a, b map[string]string) {
	t.Helper()
	for name := range a {
		if _, ok := b[name]; !ok {
			t.Errorf("%s is only in the first", name)
		} else if a[name] != b[name] {
			t.Errorf("%s differs", name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			t.Errorf("%s is only in the second", name)
		}
	}
}

// valid checks a dataset against its manifest: every file is there, is what
// it should be, and no other part is there.
func valid(t *testing.T, dir string) *Manifest {
	t.Helper()
	m, err := readManifest(filepath.Join(dir, manifestName))
	if err != nil || m == nil {
		t.Fatalf("manifest: %v", err)
	}
	files := snapshot(t, dir)
	for _, f := range m.Files {
		data, ok := files[f.Path]
		if !ok || hashOf(data) != f.SHA256 || int64(len(data)) != f.Bytes {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
	}
	for name := range files {
		if strings.HasSuffix(name, ".parquet") && m.file(name) == nil {
			t.Errorf("%s is not in the manifest", name)
		}
	}
	return m
}

// mustCommit commits and checks the dataset.
func mustCommit(t *testing.T, dir string, entries []Entry, s Settings) *Manifest {
	t.Helper()
	m, err := Commit(dir, entries, s)
	if err != nil {
		t.Fatal(err)
	}
	if got := valid(t, dir); !reflect.DeepEqual(got, m) {
		t.Errorf("manifest.json is not the manifest returned")
	}
	files := snapshot(t, dir)
	if _, ok := files[successName]; !ok {
		t.Errorf("no %s", successName)
	}
	for name := range files {
		if strings.Contains(name, "commit") || strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s was left behind", name)
		}
	}
	return m
}
