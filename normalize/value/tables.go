package value

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// entry is a vocabulary word ready for matching.
type entry struct {
	form []rune
	id   string
	flag string
	// counted and notBefore are those of vocab.Unit, exp the power of ten of a
	// scale.
	counted, exp int
	notBefore    []rune
}

// index finds words by a rune of theirs, longest first.
type index map[rune][]entry

// tables are the vocabularies of values, by what they are matched for.
type tables struct {
	units, before, notBefore, after, afterTime, more, ranges, ands, scales index
	grades, per, perPhrase, perStart, perJoin, perVerb, qualifiers         index
	rates, notRates, counts, notCounts, changes, booleans, placeholders    index
	names, numeralBefore, verbs, weak, bodies, meetings                    index
	// starts are the runes besides digits that something can begin with.
	starts map[rune]bool
}

var vocabulary = sync.OnceValue(func() *tables {
	t := &tables{units: index{}}
	for _, u := range vocab.Units() {
		form := foldAll(u.Form)
		t.units[form[0]] = append(t.units[form[0]], entry{form: form, id: u.Code, flag: u.Flag,
			counted: u.Counted, notBefore: []rune(u.NotBefore)})
	}
	// Words that end where a number begins are found by their last rune, all
	// others by their first.
	for class, at := range map[string]struct {
		into *index
		last bool
	}{
		"before": {&t.before, true}, "not_before": {&t.notBefore, true}, "qualifier": {&t.qualifiers, true},
		"numeral_before": {&t.numeralBefore, true}, "rate": {&t.rates, true}, "not_rate": {&t.notRates, true},
		"count": {&t.counts, true}, "not_count": {&t.notCounts, true},
		"after": {&t.after, false}, "after_time": {&t.afterTime, false}, "more": {&t.more, false},
		"range": {&t.ranges, false}, "and": {&t.ands, false}, "scale": {&t.scales, false},
		"grade": {&t.grades, false}, "per": {&t.per, false}, "per_phrase": {&t.perPhrase, false},
		"per_start": {&t.perStart, false}, "per_join": {&t.perJoin, false}, "per_verb": {&t.perVerb, false},
		"change": {&t.changes, false}, "boolean": {&t.booleans, false}, "placeholder": {&t.placeholders, false},
		"name": {&t.names, false}, "verb": {&t.verbs, true}, "before_weak": {&t.weak, true},
		"body": {&t.bodies, true}, "meeting": {&t.meetings, false},
	} {
		*at.into = words(class, at.last)
	}
	for _, x := range t.all() {
		for r := range x {
			slices.SortStableFunc(x[r], func(a, b entry) int { return cmp.Compare(len(b.form), len(a.form)) })
		}
	}
	t.starts = map[rune]bool{}
	for _, r := range "百每第零〇○一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾" {
		t.starts[r] = true
	}
	for _, x := range []index{t.names, t.perPhrase, t.perStart} {
		for r := range x {
			t.starts[r] = true
		}
	}
	return t
})

func (t *tables) all() []index {
	return []index{t.units, t.before, t.notBefore, t.after, t.afterTime, t.more, t.ranges, t.ands, t.scales,
		t.grades, t.per, t.perPhrase, t.perStart, t.perJoin, t.perVerb, t.qualifiers, t.rates, t.notRates,
		t.counts, t.notCounts, t.changes, t.booleans, t.placeholders, t.names, t.numeralBefore, t.verbs,
		t.weak, t.bodies, t.meetings}
}

// words indexes a class of words by their last or first rune.
func words(class string, last bool) index {
	x := index{}
	for _, w := range vocab.Words() {
		if w.Class != class {
			continue
		}
		form := foldAll(w.Form)
		key := form[0]
		if last {
			key = form[len(form)-1]
		}
		e := entry{form: form, id: w.ID, flag: w.Flag}
		if class == "scale" {
			e.exp = int(w.ID[0] - '0')
		}
		x[key] = append(x[key], e)
	}
	return x
}

func foldAll(s string) []rune {
	out := make([]rune, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		out = append(out, fold(r))
	}
	return out
}

// at returns the longest word that begins at i.
func (x index) at(t *text, i int) (*entry, bool) {
	list := x[t.peek(i)]
	for k := range list {
		if t.has(i, list[k].form) {
			return &list[k], true
		}
	}
	return nil, false
}

// endingAt returns the longest word that ends at i.
func (x index) endingAt(t *text, i int) (*entry, bool) {
	list := x[t.peek(i-1)]
	for k := range list {
		if t.has(i-len(list[k].form), list[k].form) {
			return &list[k], true
		}
	}
	return nil, false
}

// has tells whether form stands at i.
func (t *text) has(i int, form []rune) bool {
	if i < 0 || i+len(form) > len(t.r) {
		return false
	}
	for k, r := range form {
		if t.r[i+k] != r {
			return false
		}
	}
	return true
}

// after returns the offset behind word if it stands at i, and i if not.
func (t *text) after(i int, word string) int {
	p := i
	for _, r := range word {
		if t.peek(p) != r {
			return i
		}
		p++
	}
	return p
}
