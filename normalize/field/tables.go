package field

import (
	"slices"
	"strings"

	"github.com/go-ego/gse"

	"yusuan/normalize/vocab"
)

// tables is the vocabulary in the shape in which labels are looked up. It is
// read only once loaded.
type tables struct {
	segmenter *gse.Segmenter
	// aliases are the fields by form and key.
	aliases map[string]map[string]string
	// common are the fields of keys that all forms which know them agree on,
	// statutory forms aside.
	common map[string]string
	// patterns are the concept patterns by form.
	patterns map[string][]pattern
	// known are all keys, sorted.
	known []knownKey
}

// knownKey is a key of the vocabulary.
type knownKey struct {
	key   string
	runes []rune
}

func load() *tables {
	t := &tables{
		segmenter: newSegmenter(),
		aliases:   map[string]map[string]string{},
		common:    map[string]string{},
		patterns:  map[string][]pattern{},
	}
	keys, disputed := map[string]bool{}, map[string]bool{}
	for _, r := range vocab.FieldRules() {
		if r.Method == vocab.BySegment {
			t.patterns[r.Form] = append(t.patterns[r.Form], parsePattern(r))
			continue
		}
		key := matchKey(r.Match)
		if t.aliases[r.Form] == nil {
			t.aliases[r.Form] = map[string]string{}
		}
		t.aliases[r.Form][key] = r.Field
		keys[key] = true
		if r.Form != vocab.AnyForm && statutory(r.Form) {
			continue
		}
		if f, ok := t.common[key]; ok && f != r.Field {
			disputed[key] = true
		}
		t.common[key] = r.Field
	}
	for key := range keys {
		t.known = append(t.known, knownKey{key, []rune(key)})
	}
	for key := range disputed {
		delete(t.common, key)
	}
	slices.SortFunc(t.known, func(a, b knownKey) int { return strings.Compare(a.key, b.key) })
	return t
}

// statutory tells whether the rules for statutory forms hold in a form. An
// unknown form is taken for one: the others are recognised by their labels.
func statutory(form string) bool {
	switch form {
	case "performance_target", "performance_evaluation", "procurement", "organizations", "fixed_assets":
		return false
	}
	return true
}

// scopes are the forms whose rules hold in a form, the nearest first.
func scopes(form string) []string {
	if statutory(form) {
		return []string{form, vocab.StatutoryForms, vocab.AnyForm}
	}
	return []string{form, vocab.AnyForm}
}

// alias returns the field of a key in a form: what is said of the form wins
// over what is said of any form, and that over what other forms agree on.
func (t *tables) alias(form, key string) string {
	for _, scope := range scopes(form) {
		if f := t.aliases[scope][key]; f != "" {
			return f
		}
	}
	return t.common[key]
}

// pattern is a sequence of concepts that means a field.
type pattern struct {
	field string
	parts []part
	// required counts the parts that may not be missing.
	required int
}

// part is a place in a pattern: one of several concepts.
type part struct {
	concepts []string
	optional bool
}

func parsePattern(r vocab.FieldRule) pattern {
	p := pattern{field: r.Field}
	for _, word := range strings.Fields(r.Match) {
		word, optional := strings.CutSuffix(word, "?")
		p.parts = append(p.parts, part{strings.Split(word, "|"), optional})
		if !optional {
			p.required++
		}
	}
	return p
}

// matches tells whether the parts can be laid over all the concepts in order.
func matches(parts []part, concepts []string) bool {
	for i, p := range parts {
		if len(concepts) > 0 && slices.Contains(p.concepts, concepts[0]) {
			if !p.optional {
				concepts = concepts[1:]
				continue
			}
			if matches(parts[i+1:], concepts[1:]) {
				return true
			}
		}
		if !p.optional {
			return false
		}
	}
	return len(concepts) == 0
}

// match returns the field of the pattern that says most about the concepts:
// the one with the most required parts, among those of the form first. certain
// is false if two fields are equally good.
func (t *tables) match(form string, concepts []string) (field string, certain bool) {
	if len(concepts) == 0 {
		return "", false
	}
	for _, scope := range scopes(form) {
		best := 0
		for _, p := range t.patterns[scope] {
			if p.required < best || p.required > len(concepts) || !matches(p.parts, concepts) {
				continue
			}
			certain = p.required > best || certain && p.field == field
			if p.required > best {
				best, field = p.required, p.field
			}
		}
		if best > 0 {
			return field, certain
		}
	}
	return "", false
}

// minSimilarity is how alike a label and a known one must be for a proposal:
// one edit in four runes, two in eight. That covers a misprint and a word more
// or less (the 依据 and 根据 of one label); with less, two-rune words of
// different meaning before one head (采购数量, 单位数量) propose each other.
const minSimilarity = 0.75

// nearest returns the field of the known label that is most like the key:
// fewest edits for its length, then the longest common end, because the end
// of a Chinese label is its head.
func (t *tables) nearest(form, key string, size int) string {
	runes := []rune(key)
	best, bestScore, bestTail := "", minSimilarity, 0
	for i := range t.known {
		k := &t.known[i]
		longer := max(size, len(k.runes))
		if float64(longer-abs(size-len(k.runes))) < bestScore*float64(longer) {
			continue
		}
		score := 1 - float64(distance(runes, k.runes))/float64(longer)
		tail := commonTail(runes, k.runes)
		if score < bestScore || score == bestScore && best != "" && tail <= bestTail {
			continue
		}
		if f := t.alias(form, k.key); f != "" {
			best, bestScore, bestTail = f, score, tail
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func commonTail(a, b []rune) int {
	n := 0
	for n < min(len(a), len(b)) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// distance is the number of runes to insert, delete or replace between a and
// b (Levenshtein).
func distance(a, b []rune) int {
	var buf [maxProposed + 1]int
	row := buf[:0]
	for j := range len(b) + 1 {
		row = append(row, j)
	}
	for i, r := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range b {
			change := diagonal
			if r != s {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
