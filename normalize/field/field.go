// Package field finds out what the header labels of disclosures mean: it turns
// a label (表头) into the canonical field that its column or the cell beside
// it fills. 指标值, 目标值 and 年度指标值 are all value.
//
// A label is resolved in three steps, from certain to doubtful:
//
//  1. alias: the label stands in the vocabulary, for its form, for any form,
//     or for several forms that agree.
//  2. segment: the label is cut into morphemes whose concepts match a pattern
//     of the vocabulary. 采购项目名称 is PROCUREMENT PROJECT NAME, 品目名称 is
//     ITEM NAME.
//  3. review: something similar is known. It is only a proposal for a person
//     to look at.
//
// Layout blanks, full-width forms, quotation marks, list numbers (一、 （一）)
// and notes in brackets at the end ((万元), (A)) make no difference. The
// package is the only one that imports the segmenter.
package field

import (
	"cmp"
	"sync"
	"unicode/utf8"
)

// The methods by which a label was resolved.
const (
	// Alias means that the vocabulary has the label.
	Alias = "alias"
	// Segment means that the concepts of the label match a pattern.
	Segment = "segment"
	// Review means that the canonical field is only a proposal.
	Review = "review"
	// None means that nothing like the label is known.
	None = "none"
)

// Result is what a label was taken for.
type Result struct {
	// Canonical is the canonical field, a proposal if Method is Review, and
	// "" if Method is None.
	Canonical string
	// Method is one of the method constants.
	Method string
	// Tokens are the label's morphemes as printed; joined they are the label.
	Tokens []string
	// Concepts are the concepts of the tokens, one for each: "" where the
	// morpheme is unknown, NUMBER for digits, NOISE for what says nothing
	// about the field.
	Concepts []string
}

// Resolver resolves labels. It is safe for concurrent use.
type Resolver struct{ t *tables }

// shared loads the vocabulary once for all resolvers.
var shared = sync.OnceValue(load)

// New returns a resolver. The first one loads the vocabulary, which takes a
// few milliseconds.
func New() *Resolver { return &Resolver{t: shared()} }

// Resolve finds the canonical field of a label of a form. form is a form's id
// in the dataset, performance_target; with "" or a form that the vocabulary
// does not know, what holds in any form is found, and what the forms that know
// the label agree on.
func (r *Resolver) Resolve(form, label string) Result {
	l := newLabel(label)
	pieces := r.t.cut(l)
	res := Result{Method: None}
	for _, p := range pieces {
		res.Tokens = append(res.Tokens, label[p.start:p.end])
		res.Concepts = append(res.Concepts, p.concept)
	}
	res.Canonical, res.Method = r.t.decide(form, l, pieces)
	return res
}

// Candidate is a text that may be a label, taken apart once so that it can be
// asked about under several forms. It is not safe for concurrent use.
type Candidate struct {
	t *tables
	l *label
	// pieces are cut when no alias answers.
	pieces []piece
	cut    bool
}

// Candidate takes a text apart.
func (r *Resolver) Candidate(text string) *Candidate { return &Candidate{t: r.t, l: newLabel(text)} }

// Known returns the canonical field that the text is surely a label of in a
// form, by an alias or a pattern, and "" otherwise: Resolve without proposals
// and tokens, many times cheaper for texts that are no labels.
func (c *Candidate) Known(form string) string {
	if f := c.t.byAlias(form, c.l); f != "" || c.l.core() == "" {
		return f
	}
	if !c.cut {
		c.pieces, c.cut = c.t.cut(c.l), true
	}
	f, _ := c.t.byPattern(form, c.l, c.pieces)
	return f
}

// decide runs the three steps.
func (t *tables) decide(form string, l *label, pieces []piece) (canonical, method string) {
	if l.core() == "" {
		return "", None
	}
	if f := t.byAlias(form, l); f != "" {
		return f, Alias
	}
	f, doubtful := t.byPattern(form, l, pieces)
	if f != "" {
		return f, Segment
	}
	if f := cmp.Or(doubtful, t.propose(form, l, pieces)); f != "" {
		return f, Review
	}
	return "", None
}

// byAlias looks the label's keys up.
func (t *tables) byAlias(form string, l *label) string {
	for _, key := range l.keys() {
		if f := t.alias(form, key); f != "" {
			return f
		}
	}
	return ""
}

// byPattern matches the label's concepts; what patterns disagree on is
// doubtful.
func (t *tables) byPattern(form string, l *label, pieces []piece) (certain, doubtful string) {
	for _, v := range l.views() {
		concepts, unknown := v.significant(l, pieces)
		if unknown > 0 {
			continue
		}
		f, sure := t.match(form, concepts)
		if sure {
			return f, ""
		}
		doubtful = cmp.Or(doubtful, f)
	}
	return "", doubtful
}

// maxProposed is the longest label in runes that proposals are looked for:
// longer texts are values or sentences. The longest label of the vocabulary
// has 16 runes.
const maxProposed = 24

// minKnown is the share of a label's runes that its known morphemes must
// cover for their concepts alone to propose a field: half, so that one unknown
// word beside a known head is enough and a name that ends in 支出 is not.
const minKnown = 0.5

// propose looks for a field that is likely but not certain: that of the label
// before a colon, of the concepts that are known, or of a similar label.
func (t *tables) propose(form string, l *label, pieces []piece) string {
	if f := t.alias(form, l.beforeColon()); f != "" {
		return f
	}
	key := matchKey(l.core())
	size := utf8.RuneCountInString(key)
	if size > maxProposed {
		return ""
	}
	if f := t.nearest(form, key, size); f != "" {
		return f
	}
	concepts, unknown := view{to: l.to}.significant(l, pieces)
	if unknown > 0 && float64(size-unknown) >= minKnown*float64(size) {
		f, _ := t.match(form, concepts)
		return f
	}
	return ""
}
