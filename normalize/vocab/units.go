package vocab

import (
	_ "embed"
	"sync"
)

//go:embed units.tsv
var unitsTSV string

// Unit is a unit as it is printed (计量单位), without a scale: 人次, not 万人次.
type Unit struct {
	// Form is the unit as printed.
	Form string
	// Code is its UCUM or ISO 4217 code; "" if the form has several meanings.
	Code string
	// Counted is the smallest Chinese numeral that makes a quantity with the
	// unit: 1 (一期), 2 (两个, but 一个 is an article), 0 for none (三年 is
	// mostly part of a name).
	Counted int
	// NotBefore holds the runes that make it another word: 项 before 目.
	NotBefore string
	// Flag says what is odd about the form: unit_typo, unit_doubtful.
	Flag string
}

// Units returns all units, in the order of their forms.
var Units = sync.OnceValue(func() []Unit {
	var out []Unit
	for _, r := range rows(unitsTSV) {
		out = append(out, Unit{Form: r[0], Code: r[1], Counted: numberOr(r[2], 0), NotBefore: r[3], Flag: r[4]})
	}
	return out
})
