package main

import (
	"slices"
	"strings"
)

// facts are the columns of a record by name, in a form that equal values share.
type facts map[string]string

// scoreRows scores records column by column, in order: rows are paired so that
// no two pairs cross and most columns agree. A missing row and one beyond the
// truth count against every column. A column that the truth leaves out of a
// row is not scored there.
func (r *result) scoreRows(kind string, want, got []facts, label func(facts) string) {
	if want == nil {
		return
	}
	pairs := align(len(want), len(got), func(i, j int) int {
		n := 0
		for column, value := range want[i] {
			if got[j][column] == value {
				n++
			}
		}
		return n
	})
	right, stated := map[string]int{}, map[string]int{}
	paired := 0
	for i, w := range want {
		if pairs[i] < 0 {
			r.differ(kind, "missed row %d: %s", i+1, label(w))
		} else {
			paired++
		}
		for _, column := range sortedKeys(w) {
			stated[column]++
			switch {
			case pairs[i] < 0:
			case got[pairs[i]][column] == w[column]:
				right[column]++
			default:
				r.differ(kind, "row %d (%s): %s: want %q, got %q", i+1, label(w), column, w[column], got[pairs[i]][column])
			}
		}
	}
	beyond := len(got) - paired
	for j, g := range got {
		if !slices.Contains(pairs, j) {
			r.differ(kind, "row %d is beyond the truth: %s", j+1, label(g))
		}
	}
	r.add(kind+".rows", paired, len(want)+beyond)
	for _, column := range sortedKeys(stated) {
		r.add(kind+"."+column, right[column], stated[column]+beyond)
	}
}

// align pairs n things with m others so that pairs do not cross and the sum of
// what they are worth is greatest; nothing is paired for nothing. It returns for
// each of the n the index of the other, -1 for none.
func align(n, m int, worth func(i, j int) int) []int {
	best := make([][]int, n+1) // of the first i and the first j
	gain := make([][]int, n)
	best[0] = make([]int, m+1)
	for i := range n {
		best[i+1], gain[i] = make([]int, m+1), make([]int, m)
		for j := range m {
			gain[i][j] = worth(i, j)
			best[i+1][j+1] = max(best[i][j+1], best[i+1][j], best[i][j]+gain[i][j])
		}
	}
	out := make([]int, n)
	j := m
	for i := n - 1; i >= 0; i-- {
		for j > 0 && best[i+1][j] == best[i+1][j-1] {
			j--
		}
		if j > 0 && gain[i][j-1] > 0 && best[i+1][j] == best[i][j-1]+gain[i][j-1] {
			j--
			out[i] = j
		} else {
			out[i] = -1
		}
	}
	return out
}

// column says where a column stands in the truth, and what kind of value it is.
type column struct {
	name string
	kind func(string) string
	// keys are the fields of the truth that state it.
	keys []string
}

// state returns the columns that a truth states.
func state(o object, columns []column) facts {
	f := facts{}
	for _, c := range columns {
		if o.has(c.keys...) {
			f[c.name] = c.kind(o.text(c.keys...))
		}
	}
	return f
}

// asText leaves out line breaks: the truth joins paragraphs without a blank.
func asText(s string) string { return strings.ReplaceAll(s, "\n", "") }

// asNumber prints a number so that equal ones look the same: no separators, no
// zeros at the end of a fraction.
func asNumber(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}
