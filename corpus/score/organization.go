package main

import "yusuan/normalize/record"

var organizationColumns = []column{
	{"name", asText, []string{"name"}}, {"nature", asText, []string{"nature"}}, {"grade", asText, []string{"grade"}},
	{"funding", asText, []string{"funding"}}, {"code", asText, []string{"code"}},
}

func trueOrganizations(list []object) []facts {
	var out []facts
	for _, o := range list {
		out = append(out, state(o, organizationColumns))
	}
	return present(out, list)
}

func organizationFacts(d *record.Disclosure) []facts {
	var out []facts
	for _, o := range d.Organizations {
		out = append(out, facts{"name": asText(o.Name), "nature": o.Nature, "grade": o.Grade, "funding": o.Funding, "code": o.Code})
	}
	return out
}

var assetColumns = []column{
	{"item", asText, []string{"item"}}, {"row_type", asText, []string{"row_type"}}, {"quantity", asNumber, []string{"quantity"}},
	{"unit_raw", asText, []string{"quantity_unit_raw"}}, {"unit", asText, []string{"quantity_unit"}}, {"as_of", asText, []string{"as_of"}},
}

// trueAssets returns the assets as the truth states them; the values of their
// table are in 万元.
func trueAssets(list []object) []facts {
	var out []facts
	for _, o := range list {
		f := state(o, assetColumns)
		if v, err := record.ParseDecimal(o.text("value")); err == nil {
			f["value"] = number(v.Shift(4))
		}
		out = append(out, f)
	}
	return present(out, list)
}

func assetFacts(d *record.Disclosure) []facts {
	var out []facts
	for _, a := range d.Assets {
		out = append(out, facts{"item": asText(a.Item), "row_type": a.RowType, "quantity": number(a.Quantity), "unit_raw": a.UnitRaw,
			"unit": a.Unit, "as_of": a.AsOf, "value": number(a.Worth)})
	}
	return out
}
