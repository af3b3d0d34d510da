package report

import (
	"yusuan/corpus/compare"
)

// targetView tells what became of the targets of a body's indicators.
type targetView struct {
	Counts []targetCount
	Total  int
}

type targetCount struct {
	ID, Title string
	Count     int
}

// targetChanges counts the targets that several years have, by what became of
// them from the first year to the last; nil if there are none.
func targetChanges(b *compare.Body) *targetView {
	count := map[string]int{}
	v := &targetView{}
	for i := range b.Rows {
		if t := b.Rows[i].Change.Target; t != "" {
			count[t]++
			v.Total++
		}
	}
	if v.Total == 0 {
		return nil
	}
	for _, id := range []string{compare.TargetLowered, compare.TargetRaised, compare.TargetChanged, compare.TargetSame} {
		v.Counts = append(v.Counts, targetCount{id, compare.TargetTitle(id), count[id]})
	}
	return v
}
