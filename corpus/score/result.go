package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// score is one metric of one document: n of m.
type score struct {
	metric string
	n, m   int
}

// value is the share. Nothing of nothing is right: there was nothing to find,
// and nothing was made up.
func (s score) value() float64 {
	if s.m == 0 {
		return 1
	}
	return float64(s.n) / float64(s.m)
}

// result is how one tool fared on one document.
type result struct {
	tool, version, document string
	scores                  []score
	// differences are lines to read, each with its metric in front.
	differences []string
}

func (r *result) add(metric string, n, m int) { r.scores = append(r.scores, score{metric, n, m}) }

func (r *result) differ(metric, format string, args ...any) {
	r.differences = append(r.differences, metric+": "+fmt.Sprintf(format, args...))
}

// get returns a metric.
func (r *result) get(metric string) (score, bool) {
	i := slices.IndexFunc(r.scores, func(s score) bool { return s.metric == metric })
	if i < 0 {
		return score{}, false
	}
	return r.scores[i], true
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
