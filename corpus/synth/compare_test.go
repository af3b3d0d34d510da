package synth

import (
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// TestCompareFindsEveryChange changes one field at a time and expects one
// line that names it.
func TestCompareFindsEveryChange(t *testing.T) {
	g := New(Settings{Seed: 1})
	i := 0
	for len(g.Document(i).Truth.Procurement) < 3 || len(g.Document(i).Truth.Organizations) == 0 {
		i++
	}
	one := record.Int(1)
	for _, c := range []struct {
		want   string
		change func(*record.Disclosure)
	}{
		{"identity: department:", func(d *record.Disclosure) { d.Identity.Department = "" }},
		{"identity: fiscal_year:", func(d *record.Disclosure) { d.Identity.FiscalYear++ }},
		{"projects[0]: total:", func(d *record.Disclosure) { d.Projects[0].Total = one }},
		{"projects[0]: carryover:", func(d *record.Disclosure) { d.Projects[0].Carryover = one }},
		{"projects[0]: goals:", func(d *record.Disclosure) { d.Projects[0].Goals = d.Projects[0].Goals[:1] }},
		{"projects[0]: spending_plan:", func(d *record.Disclosure) { d.Projects[0].SpendingPlan[3].Percent = record.Null }},
		{"indicators[1]: level2:", func(d *record.Disclosure) { d.Indicators[1].Level2 = "" }},
		{"indicators[1]: flags:", func(d *record.Disclosure) { d.Indicators[1].Flags = []string{flagTypo, flagCompound} }},
		{"procurement[2]: project_code:", func(d *record.Disclosure) { d.Procurement[2].ProjectCode += "X" }},
		{"procurement[1]: unit_name:", func(d *record.Disclosure) { d.Procurement[1].UnitName = "" }},
		{"organizations: want", func(d *record.Disclosure) { d.Organizations = d.Organizations[1:][:0] }},
		{"assets[0]: as_of:", func(d *record.Disclosure) { d.Assets[0].AsOf = "" }},
		{"amounts: not wanted:", func(d *record.Disclosure) { d.Amounts = append(d.Amounts, d.Amounts[0]) }},
		{"amounts: missing:", func(d *record.Disclosure) { d.Amounts = d.Amounts[1:] }},
	} {
		got := g.Document(i).Truth
		c.change(got)
		lines := Compare(g.Document(i).Truth, got)
		if len(lines) != 1 || !strings.HasPrefix(lines[0], c.want) {
			t.Errorf("want one line %q, got %q", c.want, lines)
		}
	}
}

// TestCompareIsAboutValues checks what does not count as a difference.
func TestCompareIsAboutValues(t *testing.T) {
	printed, err := record.ParseDecimal("23330000.00")
	if err != nil {
		t.Fatal(err)
	}
	want := &record.Disclosure{
		Projects: []record.Project{{Number: 1, Total: record.Int(23330000)}},
		Amounts:  []record.Amount{{Metric: "甲"}, {Value: quantity(record.EQ, "5", "个")}},
	}
	got := &record.Disclosure{
		Identity: record.Identity{Title: "题", DepartmentCode: "316"},
		Projects: []record.Project{{Number: 1, Total: printed, Origin: record.Origin{Block: 7}}},
		Amounts:  []record.Amount{{Metric: "乙", Value: quantity(record.EQ, "5", "个")}, {Metric: "甲"}},
	}
	if lines := Compare(want, got); lines != nil {
		t.Errorf("got %q", lines)
	}
}
