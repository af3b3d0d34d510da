package vocab

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed forms.tsv
var formsTSV string

// Form describes how a form is recognised.
type Form struct {
	// ID is the form's id in the dataset, performance_target.
	ID string
	// Name is its Chinese name.
	Name string
	// Titles are words of its title.
	Titles []string
	// All must be among the table's fields, one of Any must be, and none of
	// None may be.
	All, Any, None []string
	// Whole are words of the title that say that the form is about the whole
	// department and not about one project.
	Whole []string
	// Proof is how many of All and Any are proof when no title says so.
	Proof int
}

// Forms returns the forms that are read into records, by id.
var Forms = sync.OnceValue(func() []Form {
	var out []Form
	for _, r := range rows(formsTSV) {
		out = append(out, Form{ID: r[0], Name: r[1], Titles: list(r[2]), All: list(r[3]), Any: list(r[4]), None: list(r[5]), Proof: numberOr(r[6], 1), Whole: list(r[7])})
	}
	return out
})

// list splits a column of alternatives; an empty column is an empty list.
func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '|' })
}
