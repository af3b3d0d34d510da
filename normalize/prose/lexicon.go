package prose

import (
	"strings"
	"sync"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// lexicon is the vocabulary of sentences about amounts.
type lexicon map[string][]vocab.Phrase

var words = sync.OnceValue(func() lexicon { return vocab.Phrases() })

// suffix returns the longest word of a kind that s ends in. A word whose
// Value names the rune before it is part of another word; guarded says that
// Value is meant so.
func (x lexicon) suffix(kind, s string, guarded bool) (vocab.Phrase, bool) {
	for _, p := range x[kind] {
		rest, ok := strings.CutSuffix(s, p.Form)
		if !ok {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(rest)
		if guarded && rest != "" && strings.ContainsRune(p.Value, before) {
			continue
		}
		return p, true
	}
	return vocab.Phrase{}, false
}

// prefix returns the longest word of a kind that s begins with, guarded by
// the rune behind it.
func (x lexicon) prefix(kind, s string, guarded bool) (vocab.Phrase, bool) {
	for _, p := range x[kind] {
		rest, ok := strings.CutPrefix(s, p.Form)
		if !ok {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest)
		if guarded && rest != "" && strings.ContainsRune(p.Value, next) {
			continue
		}
		return p, true
	}
	return vocab.Phrase{}, false
}

// is tells whether s is a word of a kind.
func (x lexicon) is(kind, s string) bool {
	for _, p := range x[kind] {
		if p.Form == s {
			return true
		}
	}
	return false
}

// trimSuffixes drops words of a kind from the end of s.
func (x lexicon) trimSuffixes(kind, s string, guarded bool) string {
	for {
		p, ok := x.suffix(kind, s, guarded)
		if !ok {
			return s
		}
		s = s[:len(s)-len(p.Form)]
	}
}

// last finds the last occurrence of a word of a kind in s; of two at the same
// end the longer one.
func (x lexicon) last(kind, s string) (p vocab.Phrase, at int) {
	at = -1
	for _, w := range x[kind] {
		if i := strings.LastIndex(s, w.Form); i >= 0 && i+len(w.Form) > at+len(p.Form) {
			p, at = w, i
		}
	}
	return p, at
}
