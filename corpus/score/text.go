package main

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
)

// scoreText scores what part of the true texts stands in the text, blanks
// ignored. The longest are looked for first, and what was found is taken out:
// the 0 of an empty sum is not found in 1,000.
func (r *result) scoreText(want []string, text string) {
	count := map[string]int{}
	total := 0
	for _, w := range want {
		if w != "" {
			count[w]++
			total++
		}
	}
	order := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	found := 0
	rest := []byte(noBlanks(text))
	for _, w := range order {
		n := takeOut(rest, w, count[w])
		found += n
		if n < count[w] {
			r.differ("text_recall", "%q: found %d of %d", w, n, count[w])
		}
	}
	if total > 0 {
		r.add("text_recall", found, total)
	}
}

// takeOut overwrites up to n occurrences of a text, and returns how many.
func takeOut(text []byte, w string, n int) int {
	found, from := 0, 0
	for found < n {
		at := bytes.Index(text[from:], []byte(w))
		if at < 0 {
			break
		}
		clear(text[from+at : from+at+len(w)])
		from += at + len(w)
		found++
	}
	return found
}
