package vocab

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed fields.tsv
var fieldsTSV string

//go:embed morphemes.tsv
var morphemesTSV string

// The forms of a FieldRule that are more than one.
const (
	// AnyForm means every form.
	AnyForm = "*"
	// StatutoryForms means the forms that list money by code, source or use:
	// all but those whose cells may hold words that are labels there, such as
	// a project named 会议费 or a quantity in the unit 项.
	StatutoryForms = "statutory"
)

// The ways in which a FieldRule matches a header label.
const (
	// ByAlias means that Match is a whole label, as its Key.
	ByAlias = "alias"
	// BySegment means that Match is a pattern of concepts, apart by blanks:
	// A|B is one of two, A? and A|B? may be missing.
	BySegment = "segment"
)

// FieldRule says which canonical field a header label of a form fills.
type FieldRule struct {
	// Method is ByAlias or BySegment.
	Method string
	// Form is the id of one form, AnyForm or StatutoryForms.
	Form string
	// Match is a label's key or a pattern of concepts.
	Match string
	// Field is the canonical field, the name of the column that it fills
	// where it fills one.
	Field string
}

// FieldRules returns the rules in the order of the vocabulary. A rule that
// holds in several forms is there once for each.
var FieldRules = sync.OnceValue(func() []FieldRule {
	var out []FieldRule
	for _, r := range rows(fieldsTSV) {
		for _, form := range strings.Fields(r[1]) {
			out = append(out, FieldRule{Method: r[0], Form: form, Match: r[2], Field: r[3]})
		}
	}
	return out
})

// Noise is the concept of morphemes that say nothing about the field:
// punctuation, particles, 其中.
const Noise = "NOISE"

// Morpheme is a part of header labels (语素) and what it means.
type Morpheme struct {
	// Word is the morpheme as its Key.
	Word string
	// Concept is what it stands for: 品目 is ITEM, 编码 is CODE.
	Concept string
}

// Morphemes returns the morphemes, sorted by word.
var Morphemes = sync.OnceValue(func() []Morpheme {
	var out []Morpheme
	for _, r := range rows(morphemesTSV) {
		out = append(out, Morpheme{Word: r[0], Concept: r[1]})
	}
	return out
})
