package normalize

import (
	"slices"

	"yusuan/normalize/form"
	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// The kinds of Unknown.
const (
	UnknownLabel     = "label"     // a header label that is no field, or only like one
	UnknownTitle     = "title"     // the title of a table whose form was not recognised
	UnknownCode      = "code"      // the code of no subject, or of one with another name
	UnknownName      = "name"      // a name without a code that no subject has
	UnknownCatalogue = "catalogue" // a procurement code or its name that the catalogue does not have
	UnknownUnit      = "unit"      // a unit without a unit code
)

// Unknown is something that stands in a document and not in the vocabularies.
type Unknown struct {
	record.Origin
	// Kind is one of the Unknown constants.
	Kind string
	// Text is as printed: a code together with its name.
	Text string
}

// Unknowns lists what the vocabularies do not know of a disclosure, by kind in
// the order of the document, as often as it is there. It is for whoever keeps
// the vocabularies.
func Unknowns(d *record.Disclosure) []Unknown {
	return slices.Concat(unknownLabels(d), unknownSubjects(d), unknownItems(d), unknownUnits(d))
}

func unknownLabels(d *record.Disclosure) []Unknown {
	var out []Unknown
	for _, f := range d.Fields {
		if f.Canonical == "" || f.Method == "review" {
			out = append(out, Unknown{f.Origin, UnknownLabel, f.LabelRaw})
		}
	}
	for _, t := range d.Tables {
		if t.Form == form.Other && t.Title != "" {
			out = append(out, Unknown{t.Origin, UnknownTitle, t.Title})
		}
	}
	return out
}

// unknownSubjects lists codes and names once for each row, however many
// amounts it has.
func unknownSubjects(d *record.Disclosure) []Unknown {
	var out []Unknown
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		if i > 0 {
			if b := &d.BudgetLines[i-1]; b.Block == l.Block && b.Row == l.Row && b.Code == l.Code && b.Name == l.Name {
				continue
			}
		}
		switch _, what := subjectOf(l, d.Identity.FiscalYear); what {
		case codeUnknown, nameDiffers:
			out = append(out, Unknown{l.Origin, UnknownCode, l.Code + " " + l.Name})
		case nameUnknown:
			out = append(out, Unknown{l.Origin, UnknownName, l.Name})
		}
	}
	return out
}

func unknownItems(d *record.Disclosure) []Unknown {
	var out []Unknown
	for i := range d.Procurement {
		p := &d.Procurement[i]
		if what, _ := catalogueDoubt(p, d.Identity.FiscalYear); what == "catalogue.code_unknown" || what == "catalogue.name_differs" {
			out = append(out, Unknown{p.Origin, UnknownCatalogue, p.CatalogueCode + " " + p.ItemName})
		}
	}
	return out
}

func unknownUnits(d *record.Disclosure) []Unknown {
	known := map[string]bool{"": true}
	for _, u := range vocab.Units() {
		known[u.Form] = u.Code != ""
	}
	var out []Unknown
	for i := range d.Indicators {
		if v := &d.Indicators[i]; v.UnitRaw != "" && v.Unit == "" {
			out = append(out, Unknown{v.Origin, UnknownUnit, v.UnitRaw})
		}
	}
	for i := range d.Procurement {
		if p := &d.Procurement[i]; !known[p.UnitRaw] {
			out = append(out, Unknown{p.Origin, UnknownUnit, p.UnitRaw})
		}
	}
	for i := range d.Assets {
		if a := &d.Assets[i]; a.UnitRaw != "" && a.Unit == "" {
			out = append(out, Unknown{a.Origin, UnknownUnit, a.UnitRaw})
		}
	}
	return out
}
