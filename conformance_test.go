package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/extract"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// handan is the folder of the disclosure that the project began with, in
// several formats, with the truth about it. It is not part of the repository.
const handan = "../shared/corpus/handan-2020"

// readHandan reads the disclosure in one format, or skips the test.
func readHandan(t *testing.T, name string) *record.Disclosure {
	t.Helper()
	file := filepath.Join(handan, name)
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Skipf("%s is not here: the real documents are kept outside the repository", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := extract.Read(context.Background(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	return normalize.New().Document(doc)
}

func truth[T any](t *testing.T, name string) T {
	t.Helper()
	var v T
	data, err := os.ReadFile(filepath.Join(handan, "truth", name))
	if err != nil {
		t.Skipf("no truth: %v", err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

// formats are the forms of the disclosure that must give the same records.
var formats = []string{"disclosure.txt", "disclosure.docx", "disclosure.doc", "disclosure.pdf"}

func eachFormat(t *testing.T, f func(t *testing.T, d *record.Disclosure)) {
	for _, name := range formats {
		t.Run(name, func(t *testing.T) { f(t, readHandan(t, name)) })
	}
}

// null turns JSON's null into "".
func null(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func TestConformanceTables(t *testing.T) {
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		forms := map[string]int{}
		for _, table := range d.Tables {
			forms[table.Form]++
		}
		want := map[string]int{"performance_target": 23, "organizations": 1, "procurement": 1, "fixed_assets": 1}
		if !maps.Equal(forms, want) {
			t.Errorf("tables by form: %v, want %v", forms, want)
		}
		id := d.Identity
		got := fmt.Sprint(id.Title, " ", id.Department, " ", id.DepartmentCode, " ", id.RegionCode, " ", id.FiscalYear, " ", id.Kind, " ", id.Level)
		const name = "邯郸市人力资源和社会保障局"
		if got != name+"2020年部门预算公开情况说明 "+name+" 316 130400 2020 budget department" {
			t.Errorf("identity: %s", got)
		}
	})
}

func TestConformanceProjects(t *testing.T) {
	type project struct {
		Code, Name, Purpose string
		NameLabel           string  `json:"name_label"`
		UnitCode            *string `json:"unit_org_code"`
		Unit                *string `json:"unit_org"`
		Budget              *string `json:"budget_yuan"`
		Fiscal              *string `json:"fiscal_yuan"`
		Other               *string `json:"other_yuan"`
		Plan                map[string]*string
		Goals               []string
		Indicators          int `json:"indicator_rows"`
	}
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		want := truth[[]project](t, "projects.json")
		if len(d.Projects) != len(want) {
			t.Fatalf("%d projects, want %d", len(d.Projects), len(want))
		}
		for i, w := range want {
			p := d.Projects[i]
			plan := map[string]string{}
			for _, s := range p.SpendingPlan {
				plan[fmt.Sprint(s.ThroughMonth)] = s.Percent.String()
			}
			wantPlan := map[string]string{}
			for m, v := range w.Plan {
				wantPlan[m] = null(v)
			}
			rows := map[int]bool{}
			for _, ind := range d.Indicators {
				if ind.ProjectNumber == p.Number {
					rows[ind.Row] = true
				}
			}
			category := ""
			if w.NameLabel == "专项资金名称" {
				category = "专项资金"
			}
			for _, c := range [][3]string{
				{"code", p.Code, w.Code}, {"name", p.Name, w.Name}, {"purpose", p.Purpose, w.Purpose},
				{"unit_code", p.UnitCode, null(w.UnitCode)}, {"unit", p.UnitName, null(w.Unit)},
				{"total", number(p.Total), null(w.Budget)}, {"fiscal", number(p.Fiscal), null(w.Fiscal)}, {"other", number(p.Other), null(w.Other)},
				{"plan", fmt.Sprint(plan), fmt.Sprint(wantPlan)}, {"goals", strings.Join(p.Goals, "|"), strings.Join(w.Goals, "|")},
				{"indicators", fmt.Sprint(len(rows)), fmt.Sprint(w.Indicators)}, {"category", p.Category, category},
			} {
				if c[1] != c[2] {
					t.Errorf("project %d %s: %s is %q, want %q", i+1, w.Code, c[0], c[1], c[2])
				}
			}
		}
	})
}

// number prints a decimal without the zeros at its end.
func number(d record.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// judged are flags of the truth that say what a reader thought of the words'
// meaning (a description that speaks of something else, a typing mistake in the
// basis); no rule can tell them, and the program does not pretend to.
var judged = []string{"description_mismatch", "category_mismatch", "basis_typo", "grade_label_lost", "grade_scale_suspect"}

// expected is a value as the truth states it.
type expected struct {
	Kind                                               string
	Comparator, Value, Upper, Unit, Grade, Qualitative *string
	UnitRaw                                            *string `json:"unit_raw"`
	Metric                                             *string
}

// values lists what a value says beside what it should say.
func (e expected) values(g *record.Indicator) [][3]string {
	base := ""
	if !g.Value.Number.IsNull() {
		base = number(g.Value.Number.Shift(g.ScaleExp))
	}
	return [][3]string{
		{"comparator", g.Comparator, null(e.Comparator)}, {"value", g.Value.Number.String(), null(e.Value)},
		{"upper", g.Upper.String(), null(e.Upper)}, {"unit", g.Unit, null(e.Unit)}, {"unit_raw", g.UnitRaw, null(e.UnitRaw)},
		{"grade", g.Grade, null(e.Grade)}, {"qualitative", g.Qualitative, null(e.Qualitative)}, {"base_value", number(g.Base), base},
	}
}

func TestConformanceIndicators(t *testing.T) {
	type indicator struct {
		Table               int    `json:"table_no"`
		Code                string `json:"project_code"`
		Level1, Level2      string
		Level3, Description *string
		Raw                 string
		Basis               *string
		UnitInferred        *string `json:"unit_inferred"`
		Flags               []string
		Expected            expected
		Parts               []expected
	}
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		want := truth[[]indicator](t, "indicators.json")
		cells := cellsOf(d.Indicators)
		if len(cells) != len(want) {
			t.Fatalf("%d indicators, want %d", len(cells), len(want))
		}
		for i, w := range want {
			g := &cells[i][0]
			checks := [][3]string{
				{"project_code", g.ProjectCode, w.Code}, {"level1", g.Level1, w.Level1}, {"level2", g.Level2, w.Level2},
				{"level3", g.Level3, null(w.Level3)}, {"description", g.Description, null(w.Description)}, {"basis", g.Basis, null(w.Basis)},
				{"raw", g.ValueRaw, w.Raw}, {"unit_inferred", g.UnitInferred, null(w.UnitInferred)},
			}
			parts := []expected{w.Expected}
			if w.Expected.Kind == record.Compound {
				parts = w.Parts
				checks = append(checks, [3]string{"compound", fmt.Sprint(g.Has("compound")), "true"})
			} else {
				checks = append(checks, [3]string{"kind", g.Kind, w.Expected.Kind}, [3]string{"flags", sorted(g.Flags), sorted(w.Flags)})
			}
			if len(cells[i]) != len(parts) {
				t.Errorf("indicator %d (%q): %d parts, want %d", i, w.Raw, len(cells[i]), len(parts))
				continue
			}
			for k, part := range parts {
				checks = append(checks, part.values(&cells[i][k])...)
			}
			for _, c := range checks {
				if c[1] != c[2] {
					t.Errorf("indicator %d (table %d, %q): %s is %q, want %q", i, w.Table, w.Raw, c[0], c[1], c[2])
				}
			}
		}
	})
}

// cellsOf groups the parts of each cell.
func cellsOf(list []record.Indicator) (cells [][]record.Indicator) {
	for _, ind := range list {
		if ind.PartNo > 0 {
			cells[len(cells)-1] = append(cells[len(cells)-1], ind)
			continue
		}
		cells = append(cells, []record.Indicator{ind})
	}
	return cells
}

// sorted prints flags in order, without those that are judgements.
func sorted(flags []string) string {
	out := slices.DeleteFunc(slices.Clone(flags), func(f string) bool { return slices.Contains(judged, f) })
	slices.Sort(out)
	return fmt.Sprint(out)
}

func TestConformanceOrganizations(t *testing.T) {
	type organization struct {
		Name, Nature, Grade, Funding string
		Code                         *string
	}
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		want := truth[[]organization](t, "orgs.json")
		if len(d.Organizations) != len(want) {
			t.Fatalf("%d organizations, want %d", len(d.Organizations), len(want))
		}
		for i, w := range want {
			o := d.Organizations[i]
			if got, want := []string{o.Name, o.Nature, o.Grade, o.Funding, o.Code}, []string{w.Name, w.Nature, w.Grade, w.Funding, null(w.Code)}; !slices.Equal(got, want) {
				t.Errorf("organization %d: %q, want %q", i, got, want)
			}
		}
	})
}

func TestConformanceAssets(t *testing.T) {
	type row struct {
		Item         string
		Quantity     *string
		QuantityUnit *string `json:"quantity_unit"`
		UnitRaw      *string `json:"quantity_unit_raw"`
		Value        string
		RowType      string `json:"row_type"`
	}
	type assets struct {
		AsOf string `json:"as_of"`
		Rows []row
	}
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		want := truth[assets](t, "assets.json")
		if len(d.Assets) != len(want.Rows) {
			t.Fatalf("%d assets, want %d", len(d.Assets), len(want.Rows))
		}
		for i, w := range want.Rows {
			a := d.Assets[i]
			v, _ := record.ParseDecimal(w.Value)
			got := []string{a.Item, number(a.Quantity), a.Unit, a.UnitRaw, number(a.Worth), a.RowType, a.AsOf}
			if want := []string{w.Item, null(w.Quantity), null(w.QuantityUnit), null(w.UnitRaw), number(v.Shift(4)), w.RowType, want.AsOf}; !slices.Equal(got, want) {
				t.Errorf("asset %d: %q, want %q", i, got, want)
			}
		}
	})
}

// TestConformanceProcurement has no truth file: the counts are those of the
// document, the sums its own totals.
func TestConformanceProcurement(t *testing.T) {
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		types := map[string]int{}
		sums := map[string]record.Decimal{}
		linked := 0
		for _, p := range d.Procurement {
			types[p.RowType]++
			old, ok := sums[p.RowType]
			if !ok {
				old = record.Int(0)
			}
			if !p.Amount.IsNull() {
				sums[p.RowType] = old.Add(p.Amount)
			}
			if p.RowType == "item" && p.ProjectCode != "" {
				linked++
			}
			if p.RowType == "item" && (p.UnitName == "" || p.CatalogueCode == "" || p.Quantity.IsNull() || p.UnitPrice.IsNull() || p.CatalogueVersion != "2013") {
				t.Errorf("row %d lacks something: %+v", p.Row, p)
			}
		}
		if want := map[string]int{"item": 40, "subtotal": 4, "total": 1}; !maps.Equal(types, want) {
			t.Errorf("rows by type: %v, want %v", types, want)
		}
		for kind, sum := range sums {
			if number(sum) != "2614000" {
				t.Errorf("the %s rows add up to %s, want 2614000", kind, number(sum))
			}
		}
		// 金保工程数据中心服务外包服务费 has no target form.
		if linked != 39 {
			t.Errorf("%d items are linked to a project, want 39", linked)
		}
	})
}

// narrative is an amount as the truth states it.
type narrative struct {
	Line                                  int
	Metric, Text                          string
	Comparator, Unit, Change, Project, In *string
	Base                                  *string `json:"base_value"`
	Per                                   *string
}

// amountKey is what must be right about an amount.
func amountKey(base, unit, comparator, change string) string {
	if d, err := record.ParseDecimal(base); err == nil {
		base = number(d)
	}
	return strings.Join([]string{base, unit, comparator, change}, " ")
}

func TestConformanceNarrative(t *testing.T) {
	eachFormat(t, func(t *testing.T, d *record.Disclosure) {
		want := truth[[]narrative](t, "narrative.json")
		got := map[string][]record.Amount{}
		for _, a := range d.Amounts {
			unit := cmp.Or(a.Unit, a.UnitInferred)
			k := amountKey(a.Base.String(), unit, a.Comparator, a.Change)
			got[k] = append(got[k], a)
		}
		found, metrics := 0, 0
		for _, w := range want {
			k := amountKey(null(w.Base), null(w.Unit), null(w.Comparator), null(w.Change))
			list := got[k]
			if len(list) == 0 {
				t.Logf("missed, line %d: %s (%s) %s", w.Line, w.Metric, w.Text, k)
				continue
			}
			found++
			at := max(0, slices.IndexFunc(list, func(a record.Amount) bool { return a.Metric == w.Metric }))
			if list[at].Metric == w.Metric {
				metrics++
			} else {
				t.Logf("metric of line %d is %q, truth says %q (%s)", w.Line, list[at].Metric, w.Metric, w.Text)
			}
			got[k] = slices.Delete(list, at, at+1)
		}
		t.Logf("narrative: %d of %d found, %d with the same metric; %d amounts reported", found, len(want), metrics, len(d.Amounts))
		beyond := 0
		for _, list := range got {
			beyond += len(list)
			for _, a := range list {
				t.Logf("beyond truth: block %d r%dc%d %s = %s %s %s (%s)", a.Block, a.Row, a.Col, a.Metric, a.Base, a.Unit, a.Change, a.Text)
			}
		}
		// What the truth does not list may be an amount that it left out, or
		// none at all: more than five would have to be looked at.
		if beyond > 5 {
			t.Errorf("%d amounts are not in the truth, at most 5 may be", beyond)
		}
		if found*100 < 95*len(want) {
			t.Errorf("%d of %d amounts found, want 95 %%", found, len(want))
		}
	})
}

// TestConformanceFormats holds the formats of one disclosure against each
// other: the same records, places aside.
func TestConformanceFormats(t *testing.T) {
	first := withoutPlaces(t, readHandan(t, formats[0]))
	for _, name := range formats[1:] {
		other := withoutPlaces(t, readHandan(t, name))
		for kind, want := range first {
			got := other[kind]
			for i := range max(len(want), len(got)) {
				var w, g string
				if i < len(want) {
					w = want[i]
				}
				if i < len(got) {
					g = got[i]
				}
				if w != g {
					t.Errorf("%s %d:\n%s: %s\n%s: %s", kind, i, formats[0], w, name, g)
					break
				}
			}
		}
	}
}

// withoutPlaces prints every record without its origin.
func withoutPlaces(t *testing.T, d *record.Disclosure) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	add := func(kind string, v any) {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(data, &m); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"Page", "Block", "Table", "Row", "Col"} {
			delete(m, key)
		}
		data, err = json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = append(out[kind], string(data))
	}
	for _, x := range d.Projects {
		add("project", x)
	}
	for _, x := range d.Indicators {
		add("indicator", x)
	}
	for _, x := range d.Amounts {
		add("amount", x)
	}
	for _, x := range d.Procurement {
		add("procurement", x)
	}
	for _, x := range d.BudgetLines {
		add("line", x)
	}
	for _, x := range d.Organizations {
		add("organization", x)
	}
	for _, x := range d.Assets {
		add("asset", x)
	}
	add("identity", d.Identity)
	return out
}
