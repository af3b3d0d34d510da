package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// QueryError says that a word of a query means nothing in the dataset, or to
// the program, or more than one thing: a mistake of who asked.
type QueryError struct {
	// Flag is what the word was given for: form, measure, department, region.
	Flag string
	Word string
	// Reason says what is wrong, and what there is instead.
	Reason string
}

// Error says what is wrong with which flag.
func (e *QueryError) Error() string { return fmt.Sprintf("--%s %s: %s", e.Flag, e.Word, e.Reason) }

// unknownName is the error of a form or measure that is none.
func unknownName(class, flag, word string) error {
	var names, all []string
	id := map[string]string{}
	for _, n := range allNames() {
		if n.class != class {
			continue
		}
		all = append(all, n.id+" "+n.names[0])
		for _, name := range append([]string{n.id}, n.names...) {
			names, id[name] = append(names, name), n.id+" "+n.names[0]
		}
	}
	reason := "there is no such " + flag
	var near []string
	for _, n := range nearest(word, names) {
		if !slices.Contains(near, id[n]) {
			near = append(near, id[n])
		}
	}
	if len(near) > 0 {
		reason += "; near it: " + strings.Join(near, ", ")
	}
	return &QueryError{flag, word, reason + "; use one of: " + strings.Join(all, ", ")}
}

// mostNear is how many near names are offered, leastAlike how alike they are
// at least: the share of their characters that stand in both in one order.
const (
	mostNear   = 5
	leastAlike = 0.5
)

// nearest are the names most like a word, the most alike first.
func nearest(word string, names []string) []string {
	type scored struct {
		name  string
		alike float64
	}
	var all []scored
	w := []rune(plain(word))
	for _, n := range names {
		r := []rune(plain(n))
		if len(w)+len(r) == 0 {
			continue
		}
		if alike := 2 * float64(common(w, r)) / float64(len(w)+len(r)); alike >= leastAlike {
			all = append(all, scored{n, alike})
		}
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.name, b.name)) })
	var out []string
	for _, s := range all[:min(len(all), mostNear)] {
		out = append(out, s.name)
	}
	return out
}

// common is the length of the longest common subsequence.
func common(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
