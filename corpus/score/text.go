package main

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
)

// scoreText scores what part of the true texts stands in the text, blanks
// ignored, each as often as it is true. What stands alone on a line or between
// tabs or blanks is found first; then the longest texts are looked for
// anywhere, and what was found is taken out: the 0 of an empty sum is not found
// in 1,000.
func (r *result) scoreText(want []string, text string) {
	missing := map[string]int{}
	total := 0
	for _, w := range want {
		if w != "" {
			missing[w]++
			total++
		}
	}
	if total == 0 {
		return
	}
	rest := takePieces(missing, strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\t' }))
	rest = takePieces(missing, strings.Fields(strings.Join(rest, " ")))
	left := []byte(strings.Join(rest, ""))
	found := total
	order := slices.SortedFunc(maps.Keys(missing), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	for _, w := range order {
		if n := missing[w] - takeOut(left, w, missing[w]); n > 0 {
			found -= n
			r.differ("text_recall", "%q is missing, %d times", w, n)
		}
	}
	r.add("text_recall", found, total)
}

// takePieces takes the pieces that are wanted, and returns the others.
func takePieces(missing map[string]int, pieces []string) (rest []string) {
	for _, p := range pieces {
		if w := noBlanks(p); missing[w] > 0 {
			missing[w]--
		} else {
			rest = append(rest, p)
		}
	}
	return rest
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
