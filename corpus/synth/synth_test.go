package synth

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"yusuan/normalize/record"
)

// documents is how many disclosures the tests look at.
const documents = 300

// TestDocumentDependsOnSeedAndNumberAlone makes documents in another order,
// by another generator and by several goroutines.
func TestDocumentDependsOnSeedAndNumberAlone(t *testing.T) {
	first := New(Settings{Seed: 3})
	var wg sync.WaitGroup
	for i := 19; i >= 0; i-- {
		wg.Go(func() {
			a, b := first.Document(i), New(Settings{Seed: 3}).Document(i)
			if a.Name != b.Name || !bytes.Equal(a.Docx(), b.Docx()) || !bytes.Equal(a.Docx(), a.Docx()) || len(a.Word97()) == 0 || !bytes.Equal(a.Word97(), b.Word97()) || !bytes.Equal(a.PDF(), b.PDF()) || !bytes.Equal(a.Text(), b.Text()) {
				t.Errorf("document %d differs between two makings", i)
			}
			if lines := Compare(a.Truth, b.Truth); lines != nil {
				t.Errorf("truth of document %d differs: %v", i, lines)
			}
		})
	}
	wg.Wait()
	if bytes.Equal(first.Document(0).Text(), New(Settings{Seed: 4}).Document(0).Text()) {
		t.Error("two seeds gave the same document")
	}
}

// TestDocumentsOfOneDepartment checks that a department keeps its name, code
// and organisations over the years.
func TestDocumentsOfOneDepartment(t *testing.T) {
	g := New(Settings{Departments: 3, Years: 4, FirstYear: 2020})
	names := map[string]bool{}
	for i := range 24 {
		d := g.Document(i)
		if names[d.Name] {
			t.Errorf("document %d has the name of an earlier one: %s", i, d.Name)
		}
		names[d.Name] = true
		id, before := d.Truth.Identity, g.Document(i-i%4).Truth.Identity
		if id.FiscalYear != 2020+i%4 {
			t.Errorf("document %d is for %d", i, id.FiscalYear)
		}
		if id.Department != before.Department || id.RegionCode != before.RegionCode {
			t.Errorf("document %d is of %s, the one before of %s", i, id.Department, before.Department)
		}
		if other := g.Document((i + 4) % 12).Truth.Identity; other.Department == id.Department {
			t.Errorf("departments %d and %d have one name", i/4, (i+4)/4)
		}
	}
}

func TestNamesAreUnique(t *testing.T) {
	g := New(Settings{Years: 1})
	seen := map[string]int{}
	for i := range 2 * departments() {
		name := g.Document(i).Name
		if before, ok := seen[name]; ok {
			t.Fatalf("documents %d and %d are both %s", before, i, name)
		}
		seen[name] = i
	}
}

// TestTruthAddsUp checks the arithmetic that a disclosure claims.
func TestTruthAddsUp(t *testing.T) {
	g := New(Settings{Seed: 1})
	for i := range documents {
		d := g.Document(i)
		checkProjects(t, d)
		checkProcurement(t, d)
		checkAssets(t, d)
		checkValues(t, d)
		if t.Failed() {
			t.Fatalf("in document %d, %s", i, d.Name)
		}
	}
}

func checkProjects(t *testing.T, d *Document) {
	codes := map[string]bool{}
	sum := record.Int(0)
	for i, p := range d.Truth.Projects {
		if p.Number != i+1 || codes[p.Code] || p.Name == "" || len(p.Goals) != 2 || len(p.SpendingPlan) != 4 {
			t.Errorf("project %d is not whole: %+v", i+1, p)
		}
		codes[p.Code] = true
		parts := p.Fiscal
		if !p.Other.IsNull() {
			parts = parts.Add(p.Other)
		}
		if p.Total.IsNull() || parts.Cmp(p.Total) != 0 {
			t.Errorf("project %s: parts are %s, total is %s", p.Code, parts, p.Total)
		}
		sum = sum.Add(p.Total)
		if n := slices.IndexFunc(d.Truth.Indicators, func(x record.Indicator) bool { return x.ProjectNumber == p.Number }); n < 0 {
			t.Errorf("project %s has no indicator", p.Code)
		}
	}
	spending := amountOf(d, "项目支出")
	if spending.Cmp(sum) != 0 {
		t.Errorf("the prose says that projects cost %s, their forms %s", spending, sum)
	}
	if income := amountOf(d, "预算收入"); income.Cmp(amountOf(d, "基本支出").Add(spending)) != 0 {
		t.Errorf("income %s is not spending", income)
	}
}

// amountOf is the first amount stated about a metric, in yuan.
func amountOf(d *Document, metric string) record.Decimal {
	for _, a := range d.Truth.Amounts {
		if a.Metric == metric {
			return a.Base
		}
	}
	return record.Null
}

func checkProcurement(t *testing.T, d *Document) {
	all, sub, total := record.Int(0), record.Int(0), record.Int(0)
	unit := ""
	for i := len(d.Truth.Procurement) - 1; i >= 0; i-- {
		p := d.Truth.Procurement[i]
		switch p.RowType {
		case "item":
			if unit != "" && p.UnitName != unit {
				t.Errorf("item %d is of %s below the subtotal of %s", i, unit, p.UnitName)
			}
			unit = p.UnitName
			sub = sub.Add(p.Amount)
			checkItem(t, d, p)
		case "subtotal":
			if sub.Cmp(p.Amount) != 0 || p.UnitName != unit {
				t.Errorf("subtotal of %s is %s, its items are %s of %s", p.UnitName, p.Amount, sub, unit)
			}
			all, sub, unit = all.Add(sub), record.Int(0), ""
		case "total":
			if !total.IsZero() || i != 0 && i != len(d.Truth.Procurement)-1 {
				t.Errorf("row %d is another total, or one in the middle", i)
			}
			total = p.Amount
		}
	}
	if all.Cmp(total) != 0 {
		t.Errorf("total is %s, subtotals are %s", total, all)
	}
	if len(d.Truth.Procurement) > 0 && amountOf(d, "政府采购预算").Cmp(all) != 0 {
		t.Errorf("the prose says %s, the table %s", amountOf(d, "政府采购预算"), all)
	}
}

// checkItem checks the arithmetic of a procurement row, and that its code is
// that of a project of the document.
func checkItem(t *testing.T, d *Document, p record.Procurement) {
	if p.Quantity.Mul(p.UnitPrice).Cmp(p.Amount) != 0 {
		t.Errorf("%s: %s × %s is not %s", p.ItemName, p.Quantity, p.UnitPrice, p.Amount)
	}
	found := slices.ContainsFunc(d.Truth.Projects, func(x record.Project) bool { return x.Code == p.ProjectCode && x.Total.Cmp(p.ProjectTotal) == 0 })
	if (p.ProjectCode != "") != found {
		t.Errorf("row of %s is linked to %q", p.ProjectName, p.ProjectCode)
	}
}

func checkAssets(t *testing.T, d *Document) {
	sum := record.Int(0)
	for _, a := range d.Truth.Assets[1:] {
		sum = sum.Add(a.Worth)
	}
	if d.Truth.Assets[0].RowType != "total" || d.Truth.Assets[0].Worth.Cmp(sum) != 0 {
		t.Errorf("assets are %s, total is %s", sum, d.Truth.Assets[0].Worth)
	}
}

// checkValues checks that every number that the truth claims is one, and is
// printed where it is claimed to be.
func checkValues(t *testing.T, d *Document) {
	for _, x := range d.Truth.Indicators {
		quantity := x.Kind == record.Quantity || x.Kind == record.Graded
		if x.Number.IsNull() == quantity || (x.Comparator == "") == quantity {
			t.Errorf("indicator %q: %+v", x.ValueRaw, x.Value)
		}
		if quantity && !strings.Contains(strings.ReplaceAll(x.ValueRaw, ",", ""), x.Number.String()+x.UnitRaw) {
			t.Errorf("indicator %q does not print %s%s", x.ValueRaw, x.Number, x.UnitRaw)
		}
		if x.Kind == record.Quantity && x.Unit == "" && !x.Has(flagMissing) && !x.Has(flagMetricName) {
			t.Errorf("indicator %q has no unit and no flag", x.ValueRaw)
		}
	}
	for _, a := range d.Truth.Amounts {
		if a.Kind == record.Quantity && (a.Base.IsNull() || a.Unit == "") {
			t.Errorf("amount %q: %+v", a.Text, a.Value)
		}
	}
}

// TestEveryNotationIsDrawn checks that the documents hold every notation, and
// without oddities none of the odd ones.
func TestEveryNotationIsDrawn(t *testing.T) {
	drawn := map[string]bool{}
	g := New(Settings{Seed: 1})
	for i := range documents {
		for _, x := range g.Document(i).Truth.Indicators {
			form := x.ValueRaw
			if !x.Number.IsNull() {
				form = strings.Replace(form, x.Number.String(), "#", 1)
			}
			drawn[form] = true
		}
	}
	for sort, list := range notations() {
		for _, n := range list {
			form := n.before + "#" + n.after
			if n.blank {
				form = ""
			}
			if !n.commas && !drawn[form] {
				t.Errorf("%d documents hold no %s of sort %s", documents, form, sort)
			}
		}
	}
	tame := New(Settings{Seed: 1, Oddities: -1})
	for i := range documents {
		for _, x := range tame.Document(i).Truth.Indicators {
			if x.Has(flagTypo) || x.Has(flagMetricName) || x.Kind == record.Empty {
				t.Fatalf("document %d without oddities has %q", i, x.ValueRaw)
			}
		}
	}
}

func TestProseKeepsOnlyWhatParagraphsState(t *testing.T) {
	d := New(Settings{}).Document(4)
	p := d.Prose()
	if text := string(p.Text()); strings.Contains(text, "\t") || strings.Contains(text, "绩效目标表") {
		t.Error("prose has a table or a title of one")
	}
	if len(p.Truth.Projects) != 0 || len(p.Truth.Amounts) == 0 || len(p.Truth.Amounts) > len(d.Truth.Amounts) {
		t.Errorf("prose has %d projects and %d of %d amounts", len(p.Truth.Projects), len(p.Truth.Amounts), len(d.Truth.Amounts))
	}
	for _, a := range p.Truth.Amounts {
		if !strings.Contains(string(p.Text()), a.Text) {
			t.Errorf("prose does not state %q", a.Text)
		}
	}
}

func BenchmarkDocx(b *testing.B) {
	g := New(Settings{Seed: 1})
	size := 0
	for i := 0; b.Loop(); i++ {
		size += len(g.Document(i % 1000).Docx())
	}
	b.ReportMetric(float64(size)/float64(b.N), "B/doc")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

func BenchmarkPDF(b *testing.B) {
	g := New(Settings{Seed: 1})
	size := 0
	for i := 0; b.Loop(); i++ {
		size += len(g.Document(i % 1000).PDF())
	}
	b.ReportMetric(float64(size)/float64(b.N), "B/doc")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

func BenchmarkText(b *testing.B) {
	g := New(Settings{Seed: 1})
	for i := 0; b.Loop(); i++ {
		g.Document(i % 1000).Text()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}
