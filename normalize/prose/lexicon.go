package prose

import (
	"strings"
	"sync"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// lexicon is the vocabulary of sentences about amounts, by kind, longest word
// first.
type lexicon struct {
	words map[string][]vocab.Phrase
	// first and last find the words of a kind by their first or last rune.
	first, last map[place][]vocab.Phrase
}

// place is a kind of words and the rune that they begin or end with.
type place struct {
	kind string
	r    rune
}

var words = sync.OnceValue(func() *lexicon {
	x := &lexicon{words: vocab.Phrases(), first: map[place][]vocab.Phrase{}, last: map[place][]vocab.Phrase{}}
	for kind, list := range x.words {
		for _, p := range list {
			first, _ := utf8.DecodeRuneInString(p.Form)
			last, _ := utf8.DecodeLastRuneInString(p.Form)
			x.first[place{kind, first}] = append(x.first[place{kind, first}], p)
			x.last[place{kind, last}] = append(x.last[place{kind, last}], p)
		}
	}
	return x
})

// suffix returns the longest word of a kind that s ends in. A word whose
// Value names the rune before it is part of another word; guarded says that
// Value is meant so.
func (x *lexicon) suffix(kind, s string, guarded bool) (vocab.Phrase, bool) {
	last, _ := utf8.DecodeLastRuneInString(s)
	for _, p := range x.last[place{kind, last}] {
		rest, ok := strings.CutSuffix(s, p.Form)
		if !ok {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(rest)
		if !guarded || rest == "" || !strings.ContainsRune(p.Value, before) {
			return p, true
		}
	}
	return vocab.Phrase{}, false
}

// prefix returns the longest word of a kind that s begins with, guarded by
// the rune behind it.
func (x *lexicon) prefix(kind, s string, guarded bool) (vocab.Phrase, bool) {
	first, _ := utf8.DecodeRuneInString(s)
	for _, p := range x.first[place{kind, first}] {
		rest, ok := strings.CutPrefix(s, p.Form)
		if !ok {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest)
		if !guarded || rest == "" || !strings.ContainsRune(p.Value, next) {
			return p, true
		}
	}
	return vocab.Phrase{}, false
}

// is tells whether s is a word of a kind.
func (x *lexicon) is(kind, s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	for _, p := range x.first[place{kind, first}] {
		if p.Form == s {
			return true
		}
	}
	return false
}

// trimSuffixes drops words of a kind from the end of s.
func (x *lexicon) trimSuffixes(kind, s string, guarded bool) string {
	for {
		p, ok := x.suffix(kind, s, guarded)
		if !ok {
			return s
		}
		s = s[:len(s)-len(p.Form)]
	}
}

// find finds the last occurrence of a word of a kind in s; of two at the same
// end the longer one.
func (x *lexicon) find(kind, s string) (p vocab.Phrase, at int) {
	at = -1
	for _, w := range x.words[kind] {
		if i := strings.LastIndex(s, w.Form); i >= 0 && i+len(w.Form) > at+len(p.Form) {
			p, at = w, i
		}
	}
	return p, at
}
