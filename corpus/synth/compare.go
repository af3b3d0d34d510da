package synth

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// Compare returns the differences between a truth and what was read, one
// readable line each, none if the known records agree. It looks at identity,
// projects, indicators, procurement, organisations, assets and amounts, and
// not at where they stand. Decimals are compared by value.
//
// What the truth leaves blank because it is a matter of judgement is not
// compared: identity and period where it says "", the metric of an amount that
// stands before what it counts, names on total rows, the base value where
// there is no unit, and flags other than those of this package. Amounts are
// compared as a set, everything else in the order of the document.
func Compare(want, got *record.Disclosure) []string {
	var c comparison
	c.record("identity", identityFacts(&want.Identity), identityFacts(&got.Identity))
	c.lines = append(c.lines, compareAll("projects", want.Projects, got.Projects, projectFacts)...)
	c.lines = append(c.lines, compareAll("indicators", want.Indicators, got.Indicators, indicatorFacts)...)
	c.lines = append(c.lines, compareAll("procurement", want.Procurement, got.Procurement, procurementFacts)...)
	c.lines = append(c.lines, compareAll("organizations", want.Organizations, got.Organizations, organizationFacts)...)
	c.lines = append(c.lines, compareAll("assets", want.Assets, got.Assets, assetFacts)...)
	c.amounts(want.Amounts, got.Amounts)
	return c.lines
}

// comparison collects lines.
type comparison struct{ lines []string }

// fact is one field of a record in a form that equal values share.
type fact struct {
	name, value string
	// open means that a blank value in the truth says nothing.
	open bool
}

func (f fact) agrees(got fact) bool { return f.value == got.value || f.open && f.value == "" }

func (c *comparison) record(where string, want, got []fact) {
	for i, w := range want {
		if !w.agrees(got[i]) {
			c.lines = append(c.lines, fmt.Sprintf("%s: %s: want %q, got %q", where, w.name, w.value, got[i].value))
		}
	}
}

func compareAll[T any](name string, want, got []T, facts func(*T) []fact) []string {
	var c comparison
	if len(want) != len(got) {
		c.lines = append(c.lines, fmt.Sprintf("%s: want %d records, got %d", name, len(want), len(got)))
	}
	for i := range min(len(want), len(got)) {
		c.record(fmt.Sprintf("%s[%d]", name, i), facts(&want[i]), facts(&got[i]))
	}
	return c.lines
}

// amounts pairs every wanted amount with the first one read that agrees.
func (c *comparison) amounts(want, got []record.Amount) {
	used := make([]bool, len(got))
	for i := range want {
		w := amountFacts(&want[i])
		found := -1
		for k := 0; k < len(got) && found < 0; k++ {
			if !used[k] && agreeAll(w, amountFacts(&got[k])) {
				found = k
			}
		}
		if found < 0 {
			c.lines = append(c.lines, "amounts: missing: "+printFacts(w)+" in "+strconv.Quote(want[i].Text))
			continue
		}
		used[found] = true
	}
	for k := range got {
		if !used[k] {
			c.lines = append(c.lines, "amounts: not wanted: "+printFacts(amountFacts(&got[k]))+" in "+strconv.Quote(got[k].Text))
		}
	}
}

func agreeAll(want, got []fact) bool {
	for i := range want {
		if !want[i].agrees(got[i]) {
			return false
		}
	}
	return true
}

// printFacts prints the facts that are not blank.
func printFacts(facts []fact) string {
	var b strings.Builder
	for _, f := range facts {
		if f.value != "" && f.value != "0" {
			fmt.Fprintf(&b, "%s=%s ", f.name, f.value)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// plainDecimal prints a decimal so that equal values look the same.
func plainDecimal(d record.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		return trimZeros(s)
	}
	return s
}

func identityFacts(id *record.Identity) []fact {
	year := ""
	if id.FiscalYear != 0 {
		year = strconv.Itoa(id.FiscalYear)
	}
	return []fact{
		{"title", id.Title, true}, {"department", id.Department, true}, {"department_code", id.DepartmentCode, true},
		{"region_code", id.RegionCode, true}, {"region_name", id.RegionName, true},
		{"fiscal_year", year, true}, {"kind", id.Kind, true}, {"level", id.Level, true},
	}
}

func projectFacts(p *record.Project) []fact {
	var plan []string
	for _, s := range p.SpendingPlan {
		plan = append(plan, fmt.Sprintf("%d:%s", s.ThroughMonth, plainDecimal(s.Percent)))
	}
	return []fact{
		{name: "number", value: strconv.Itoa(p.Number)}, {name: "code", value: p.Code}, {name: "name", value: p.Name},
		{name: "category", value: p.Category}, {name: "nature", value: p.Nature},
		{name: "unit_code", value: p.UnitCode}, {name: "unit_name", value: p.UnitName},
		{name: "total", value: plainDecimal(p.Total)}, {name: "fiscal", value: plainDecimal(p.Fiscal)}, {name: "other", value: plainDecimal(p.Other)},
		{name: "carryover", value: plainDecimal(p.Carryover)}, {name: "year_total", value: plainDecimal(p.YearTotal)},
		{name: "year_fiscal", value: plainDecimal(p.YearFiscal)},
		{name: "purpose", value: p.Purpose}, {name: "overall_goal", value: p.OverallGoal, open: true},
		{name: "goals", value: strings.Join(p.Goals, "|")}, {name: "spending_plan", value: strings.Join(plan, " ")},
		{name: "start_date", value: p.StartDate, open: true}, {name: "end_date", value: p.EndDate, open: true},
	}
}

// knownFlags keeps the flags that this package answers for, sorted.
func knownFlags(flags []string) string {
	var out []string
	for _, f := range flags {
		switch f {
		case flagTypo, flagMissing, flagMetricName, flagImplied, flagCompound:
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func indicatorFacts(x *record.Indicator) []fact {
	facts := []fact{
		{name: "project_no", value: strconv.Itoa(x.ProjectNumber)}, {name: "project_code", value: x.ProjectCode}, {name: "project_name", value: x.ProjectName},
		{name: "level1", value: x.Level1}, {name: "level2", value: x.Level2}, {name: "level3", value: x.Level3},
		{name: "description", value: x.Description}, {name: "basis", value: x.Basis},
		{name: "value_raw", value: x.ValueRaw}, {name: "part_no", value: strconv.Itoa(x.PartNo)},
		{name: "kind", value: x.Kind}, {name: "comparator_implied", value: strconv.FormatBool(x.ComparatorImplied)},
		{name: "unit_inferred", value: x.UnitInferred}, {name: "grade", value: x.Grade}, {name: "qualitative", value: x.Qualitative},
		{name: "flags", value: knownFlags(x.Flags)},
	}
	return append(facts, valueFacts(&x.Value)...)
}

// valueFacts are the fields of a number. Without a unit the base value says
// nothing that the number does not.
func valueFacts(v *record.Value) []fact {
	base := ""
	if v.Unit != "" {
		base = plainDecimal(v.Base)
	}
	return []fact{
		{name: "comparator", value: v.Comparator}, {name: "value", value: plainDecimal(v.Number)}, {name: "upper", value: plainDecimal(v.Upper)},
		{name: "scale_exp", value: strconv.Itoa(v.ScaleExp)}, {name: "base_value", value: base, open: true},
		{name: "unit_raw", value: v.UnitRaw}, {name: "unit", value: v.Unit},
	}
}

func amountFacts(a *record.Amount) []fact {
	facts := []fact{
		{"metric", a.Metric, true}, {"period", a.Period, true},
		{name: "change", value: a.Change}, {name: "base_period", value: a.BasePeriod}, {name: "per", value: a.Per},
		{name: "qualitative", value: a.Qualitative},
	}
	return append(facts, valueFacts(&a.Value)...)
}

func procurementFacts(p *record.Procurement) []fact {
	return []fact{
		{name: "row_type", value: p.RowType}, {"unit_name", p.UnitName, true}, {"project_name", p.ProjectName, true},
		{name: "project_code", value: p.ProjectCode}, {name: "project_total", value: plainDecimal(p.ProjectTotal)},
		{"item_name", p.ItemName, true}, {name: "catalogue_code", value: p.CatalogueCode},
		{"catalogue_version", p.CatalogueVersion, true}, {name: "unit_raw", value: p.UnitRaw},
		{name: "quantity", value: plainDecimal(p.Quantity)}, {name: "unit_price", value: plainDecimal(p.UnitPrice)},
		{name: "amount", value: plainDecimal(p.Amount)}, {name: "fiscal_total", value: plainDecimal(p.FiscalTotal)},
		{name: "general_public", value: plainDecimal(p.GeneralPublic)}, {name: "fund", value: plainDecimal(p.Fund)},
		{name: "special_account", value: plainDecimal(p.SpecialAccount)}, {name: "other_income", value: plainDecimal(p.OtherIncome)},
		{name: "other_sources", value: plainDecimal(p.OtherSource)},
	}
}

func organizationFacts(o *record.Organization) []fact {
	return []fact{
		{name: "name", value: o.Name}, {name: "nature", value: o.Nature}, {name: "grade", value: o.Grade},
		{name: "funding", value: o.Funding}, {name: "code", value: o.Code},
	}
}

func assetFacts(a *record.Asset) []fact {
	return []fact{
		{name: "row_type", value: a.RowType}, {name: "item", value: a.Item}, {name: "quantity", value: plainDecimal(a.Quantity)},
		{name: "unit_raw", value: a.UnitRaw}, {name: "unit", value: a.Unit},
		{name: "value", value: plainDecimal(a.Worth)}, {name: "as_of", value: a.AsOf},
	}
}
