package vocab

import (
	_ "embed"
	"slices"
	"sync"
	"unicode/utf8"
)

//go:embed prose.tsv
var proseTSV string

// Phrase is a word that structures sentences about amounts.
type Phrase struct {
	// Form is the word as printed.
	Form string
	// Value depends on the kind: for change, change_object and change_noun the
	// direction, for per and zero_unit what is counted, for lead the runes
	// that make it another word when they follow, for trail those that do so
	// when they precede; "" elsewhere.
	Value string
}

// Phrases returns the words of every kind, longest first. The kinds are
//
//   - adverb, degree: between a subject and a change; degree makes a change
//     without number a statement (略有减少)
//   - basis, generic: which figure of a metric is meant (年初预算, 执行数);
//     generic ones can stand for the metric named before
//   - budget_name: names of budgets, whose ending 预算 does not say which
//     version a figure is
//   - change, change_object, change_noun: a change, before its number, with an
//     object between (增加人员经费10万元), as a noun (增幅); change_weak are
//     those that names of projects end in too (促消费提升)
//   - column_year: what columns of one year and the year before are named by
//     where they print no year (上年, 本年)
//   - dependent: words for money that are said of what was counted before them
//   - duration: what names of lengths of time end in
//   - flat, flat_adverb: no change (与上年持平)
//   - following_stop: where the counted noun behind a number ends
//   - head: statutory names that say what is measured whoever's it is
//   - heading_end: what headings say of themselves behind what they are about
//   - lead, scope, subject, trail: what surrounds a metric and is no part of it
//   - level: changes that lead to a level (提高到)
//   - money_noun, zero_unit: nouns that tell the unit where none is printed
//   - org, org_topic: the end of an issuer's name, and what begins behind it
//   - per, year_verb: per what a quantity counts (每年, 年组织)
//   - qualifier: words kept beside the number
//   - relation: a distance from something else (高于)
//   - share: shares of something else (占)
//   - threshold: what limits in definitions begin with (单价)
//   - total: words that sum up what the text is about
//   - version: what a metric ends in that says which figure it is, the one that
//     was planned (budget) or the one that became of it (account)
//   - year_name: what 上年 belongs to as part of a name (上年结转), with a value
//     what 当年 does where the value stands before it (一般公共预算当年拨款)
//   - verb: verbs and particles whose object is counted (举办一期培训班)
var Phrases = sync.OnceValue(func() map[string][]Phrase {
	out := map[string][]Phrase{}
	for _, r := range rows(proseTSV) {
		out[r[0]] = append(out[r[0]], Phrase{Form: r[1], Value: r[2]})
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b Phrase) int {
			return utf8.RuneCountInString(b.Form) - utf8.RuneCountInString(a.Form)
		})
	}
	return out
})
