package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// The digits of a code of the procurement catalogue that stands before a name
// in one cell. Fewer digits than four are as likely part of the name (A4复印纸,
// A12型设备), more than ten are no code.
const (
	fewestDigits = 4
	mostDigits   = 10
)

// splitItem moves a code of the catalogue from the front of the item's name to
// the row's code where no column has one: A02010105台式计算机.
func splitItem(p *record.Procurement) {
	code, name := cutCatalogueCode(p.ItemName)
	if code != "" && (p.CatalogueCode == "" || p.CatalogueCode == code) {
		p.CatalogueCode, p.ItemName = code, name
	}
}

// cutCatalogueCode cuts a code of the catalogue from a name that begins with it.
// A letter and digits are one if the catalogue has such a class (A02) and a name
// follows; whether it has the item as well is checked with the other codes.
func cutCatalogueCode(text string) (code, name string) {
	end := 0
	for end < len(text) && (end == 0 || text[end] >= '0' && text[end] <= '9') {
		end++
	}
	if end < 1+fewestDigits || end > 1+mostDigits {
		return "", text
	}
	code = strings.ToUpper(text[:end])
	name = strings.TrimLeft(text[end:], "-—_ :：、")
	first, _ := utf8.DecodeRuneInString(name)
	if !isCatalogueCode(code) || !isClass(code[:len("A02")]) || !unicode.IsLetter(first) {
		return "", text
	}
	return code, name
}

// isClass tells whether a letter and two digits are a class of the catalogue in
// one of its editions.
func isClass(code string) bool {
	_, was := vocab.CatalogueItemOf(vocab.Catalogue2013, code)
	_, is := vocab.CatalogueItemOf(vocab.Catalogue2022, code+"000000")
	return was || is
}
