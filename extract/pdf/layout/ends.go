package layout

import (
	"cmp"
	"slices"
)

// closeEnds adds the line that a table lacks at its end, where its other lines
// stick out: no top rule on a page that continues a table, no sides in the
// open style.
func closeEnds(r rules) rules {
	r.level = closeSide(r.level, r.upright)
	r.upright = closeSide(r.upright, r.level)
	return r
}

// closeSide closes the first and the last of the lines in one direction, where
// at least two lines across stick out by more than a stub to about the same
// place.
func closeSide(lines, across []rule) []rule {
	if len(lines) == 0 {
		return lines
	}
	first, last := lines[0].at, lines[0].at
	for _, l := range lines {
		first, last = min(first, l.at), max(last, l.at)
	}
	var before, after []rule
	for _, a := range across {
		if a.virtual {
			continue
		}
		if a.from < first-stub {
			before = append(before, a)
		}
		if a.to > last+stub {
			after = append(after, a)
		}
	}
	lines = slices.Clip(lines)
	if len(before) > 1 {
		lines = append(lines, span(before, slices.MinFunc(before, func(a, b rule) int { return cmp.Compare(a.from, b.from) }).from))
	}
	if len(after) > 1 {
		lines = append(lines, span(after, slices.MaxFunc(after, func(a, b rule) int { return cmp.Compare(a.to, b.to) }).to))
	}
	return lines
}

// span is a virtual line at a position, from the first to the last of others.
func span(others []rule, at float32) rule {
	out := rule{at: at, from: others[0].at, to: others[0].at, virtual: true}
	for _, o := range others {
		out.from, out.to = min(out.from, o.at), max(out.to, o.at)
	}
	return out
}

// virtual tells whether no drawn level line is at a position.
func (r rules) virtual(y float32) bool {
	for _, l := range r.level {
		if !l.virtual && abs(l.at-y) <= narrow {
			return false
		}
	}
	return true
}

// unstack parts tables that stand on each other and share a line but not the
// width.
func unstack(r rules) []rules {
	ys, _ := positions(r.level)
	for i := 1; i+1 < len(ys); i++ {
		if stacked(r, ys[i]) {
			upper, lower := cutAt(r, ys[i])
			return append([]rules{upper}, unstack(lower)...) // above y nothing parts
		}
	}
	return []rules{r}
}

// stacked tells whether a level line at y parts two tables: the outer edges
// above and below differ, and of the lines between columns at most one goes on.
func stacked(r rules, y float32) bool {
	var above, below []float32
	crossing := 0
	for _, v := range r.upright {
		up, down := v.from < y-stub && v.to > y-stub, v.to > y+stub && v.from < y+stub
		if up {
			above = append(above, v.at)
		}
		if down {
			below = append(below, v.at)
		}
		if up && down {
			crossing++
		}
	}
	if crossing > 1 || len(above) < 2 || len(below) < 2 {
		return false
	}
	return abs(slices.Min(above)-slices.Min(below)) > offset || abs(slices.Max(above)-slices.Max(below)) > offset
}

// cutAt parts lines at a level; what lies on it belongs to both sides.
func cutAt(r rules, y float32) (upper, lower rules) {
	for _, h := range r.level {
		if h.at <= y+narrow {
			upper.level = append(upper.level, h)
		}
		if h.at >= y-narrow {
			lower.level = append(lower.level, h)
		}
	}
	for _, v := range r.upright {
		if v.from < y-stub {
			upper.upright = append(upper.upright, rule{v.at, v.from, min(v.to, y), v.virtual})
		}
		if v.to > y+stub {
			lower.upright = append(lower.upright, rule{v.at, max(v.from, y), v.to, v.virtual})
		}
	}
	return upper, lower
}
