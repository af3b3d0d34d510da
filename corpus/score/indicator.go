package main

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// judged are flags of the truth that say what a reader thought of the words'
// meaning (a description that speaks of something else, a typing mistake in the
// basis); no rule can tell them, and the program does not pretend to.
var judged = []string{"description_mismatch", "category_mismatch", "basis_typo", "grade_label_lost", "grade_scale_suspect"}

// printFlags prints flags in order, without those that are judgements. Of a
// cell with several values only that it is one is stated for each part.
func printFlags(flags []string) string {
	if slices.Contains(flags, record.Compound) {
		return record.Compound
	}
	out := slices.DeleteFunc(slices.Clone(flags), func(f string) bool { return slices.Contains(judged, f) })
	slices.Sort(out)
	return strings.Join(out, " ")
}

var indicatorColumns = []column{
	{"project_code", asText, []string{"project_code"}}, {"project_name", asText, []string{"project"}},
	{"level1", asText, []string{"level1"}}, {"level2", asText, []string{"level2"}}, {"level3", asText, []string{"level3"}},
	{"description", asText, []string{"description"}}, {"basis", asText, []string{"basis"}}, {"value_raw", asText, []string{"raw"}},
	{"unit_inferred", asText, []string{"unit_inferred"}}, {"weight", asNumber, []string{"weight"}}, {"actual_raw", asText, []string{"actual_raw"}},
}

var valueColumns = []column{
	{"comparator", asText, []string{"comparator"}}, {"value", asNumber, []string{"value"}}, {"upper", asNumber, []string{"upper"}},
	{"unit", asText, []string{"unit"}}, {"unit_raw", asText, []string{"unit_raw"}}, {"grade", asText, []string{"grade"}},
	{"qualitative", asText, []string{"qualitative"}}, {"scale_exp", asNumber, []string{"scale_exp"}}, {"base_value", asNumber, []string{"base_value"}},
}

// trueIndicators returns the indicators as the truth states them, a row for
// each value: what the truth keeps as one row with parts is one row a part in
// the dataset, with the part's own kind and the flag "compound".
func trueIndicators(list []object) []facts {
	var out []facts
	for _, o := range list {
		values := []object{o.object("expected")}
		flags := o.list("flags")
		if values[0].text("kind") == record.Compound {
			values = o.objects("parts")
			flags = []string{record.Compound}
		}
		for k, v := range values {
			f := state(o, indicatorColumns)
			for name, value := range state(v, valueColumns) {
				f[name] = value
			}
			f["value_kind"], f["part_no"] = kindOf(v), strconv.Itoa(k)
			if o.has("flags") {
				f["flags"] = printFlags(flags)
			}
			out = append(out, f)
		}
	}
	return present(out, list)
}

// kindOf tells the kind of a value; the parts of a truth do not name theirs.
func kindOf(v object) string {
	switch {
	case v.text("kind") != "":
		return v.text("kind")
	case v.text("value") != "":
		return record.Quantity
	case v.text("grade") != "":
		return record.Graded
	}
	return record.Qualitative
}

func indicatorFacts(d *record.Disclosure) []facts {
	var out []facts
	for i := range d.Indicators {
		g := &d.Indicators[i]
		out = append(out, facts{
			"project_code": g.ProjectCode, "project_name": asText(g.ProjectName), "level1": g.Level1, "level2": g.Level2, "level3": asText(g.Level3),
			"description": asText(g.Description), "basis": asText(g.Basis), "value_raw": asText(g.ValueRaw), "unit_inferred": g.UnitInferred,
			"weight": number(g.Weight), "actual_raw": asText(g.ActualRaw), "comparator": g.Comparator, "value": number(g.Value.Number),
			"upper": number(g.Upper), "unit": g.Unit, "unit_raw": g.UnitRaw, "grade": g.Grade, "qualitative": asText(g.Qualitative),
			"scale_exp": strconv.Itoa(g.ScaleExp), "base_value": number(g.Base), "value_kind": g.Kind, "part_no": strconv.Itoa(g.PartNo),
			"flags": printFlags(g.Flags),
		})
	}
	return out
}
