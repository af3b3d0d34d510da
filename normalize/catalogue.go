package normalize

import (
	"strconv"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// catalogue2022 is the first budget year planned under the procurement
// catalogue of 2022 (财库〔2022〕31号, September 2022).
const catalogue2022 = 2023

// codeLength2022 is the length of a code of the catalogue of 2022: a letter
// and eight digits at every level. Those of 2013 are as long as they are deep.
const codeLength2022 = 9

// editions tells which edition of the procurement catalogue the codes of
// 政府采购 rows are of, and checks names against codes. What is printed stays.
func (w *work) editions() {
	said := map[string]bool{}
	for i := range w.out.Procurement {
		row := &w.out.Procurement[i]
		row.CatalogueVersion = edition(row, w.out.Identity.FiscalYear)
		what, message := catalogueDoubt(row, w.out.Identity.FiscalYear)
		if what == "" || said[what+row.CatalogueCode+row.ItemName] {
			continue
		}
		said[what+row.CatalogueCode+row.ItemName] = true
		w.note(row.Origin, what, message)
	}
}

// edition tells which edition a row's code is of: by its shape, then by the
// name beside it if it is the code's in one edition only, then by the year. ""
// for what is no code, or cannot be told.
func edition(row *record.Procurement, year int) string {
	code := row.CatalogueCode
	if len(code) < 3 || code[0] < 'A' || code[0] > 'C' || strings.Trim(code[1:], "0123456789") != "" {
		return ""
	}
	if len(code) != codeLength2022 {
		return vocab.Catalogue2013
	}
	was, _ := vocab.CatalogueItemOf(vocab.Catalogue2013, code)
	is, _ := vocab.CatalogueItemOf(vocab.Catalogue2022, code)
	switch old, now := was.Called(row.ItemName), is.Called(row.ItemName); {
	case old && !now:
		return vocab.Catalogue2013
	case now && !old:
		return vocab.Catalogue2022
	case year == 0:
		return ""
	case year >= catalogue2022:
		return vocab.Catalogue2022
	}
	return vocab.Catalogue2013
}

// catalogueDoubt tells what is odd about a row's code, as the code of a note
// and its message; "" for nothing.
func catalogueDoubt(row *record.Procurement, year int) (what, message string) {
	code, version := row.CatalogueCode, row.CatalogueVersion
	if code == "" {
		return "", ""
	}
	if version == "" {
		return "catalogue.code_unknown", "the code " + code + " is none of the procurement catalogue, or its edition cannot be told"
	}
	item, ok := vocab.CatalogueItemOf(version, code)
	switch {
	case !ok && version == vocab.Catalogue2013 && len(code)%2 == 0:
		return "catalogue.code_unknown", "the code " + code + " (" + row.ItemName + ") has an odd number of digits, which no code of the procurement catalogue has"
	case !ok:
		return "catalogue.code_unknown", "the code " + code + " (" + row.ItemName + ") is not in the vocabulary of the catalogue of " + version
	case row.ItemName != "" && !item.Called(row.ItemName):
		return "catalogue.name_differs", "the item " + row.ItemName + " has the code " + code + ", which in the catalogue of " + version + " is " + item.Name
	case version == vocab.Catalogue2022 && year != 0 && year < catalogue2022-1,
		version == vocab.Catalogue2013 && year >= catalogue2022:
		return "catalogue.edition", "the code " + code + " is of the catalogue of " + version + ", the budget of " + strconv.Itoa(year)
	}
	return "", ""
}
