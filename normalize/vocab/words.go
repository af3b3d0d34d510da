package vocab

import (
	_ "embed"
	"sync"
)

//go:embed words.tsv
var wordsTSV string

// Word is a word or sign of the grammar of values: a comparator, a scale, a
// grade, a part of a per-phrase.
type Word struct {
	// Class groups the words: before and after (comparators, by their side of
	// the number), after_time (comparators after units of time only),
	// not_before (words that only look like comparators), before_weak
	// (comparators that another one beside the number overrules), body and
	// meeting (全国人大三次会议: an ordinal), more (余, 多), range,
	// and, scale, grade, per, per_phrase, per_start, per_join, per_verb,
	// qualifier, verb, rate and count (what names of such metrics end in), not_rate,
	// not_count, change, boolean, placeholder, name (numerals that belong to a
	// name), numeral_before (what makes the numeral behind it an ordinal or
	// an article).
	Class string
	// Form is the word as printed, in half-width forms.
	Form string
	// ID is what it stands for: ge, 4, 优, student.
	ID string
	// Flag says what is odd about the form: sign_misprint.
	Flag string
}

// Words returns the words of values, in the order of their classes and forms.
var Words = sync.OnceValue(func() []Word {
	var out []Word
	for _, r := range rows(wordsTSV) {
		out = append(out, Word{Class: r[0], Form: r[1], ID: r[2], Flag: r[3]})
	}
	return out
})
