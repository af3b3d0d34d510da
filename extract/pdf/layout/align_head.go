package layout

import (
	"cmp"
	"slices"

	"yusuan/extract/pdf/page"
)

const (
	// sameRow is by how much, in em, the middles of labels of one row of a header
	// may differ.
	sameRow = 0.6
	// inMiddle is by how much, in em, a label may stand beside the middle of its
	// columns, wherever between their texts their edges are.
	inMiddle = 0.75
	// margin is how far, in em, the outer edges of a table may lie outside its
	// texts.
	margin = 3
	// outside is the weight of standing beside the middle, against standing
	// where the middle is not likely to be.
	outside = 10
	// never is the cost of what cannot be.
	never = 1e9
	// headBlocks is the greatest number of labels in a header.
	headBlocks = 60
)

// label is a cell of a header without rules: lines that stand close under each
// other, and the columns and rows that it takes.
type label struct {
	u0, u1, top, bottom float32
	v, size             float32 // the baseline of its last line
	glyphs              []*page.Glyph
	c0, c1, r0, r1      int
}

func (l *label) mid() float32    { return (l.u0 + l.u1) / 2 }
func (l *label) height() float32 { return (l.top + l.bottom) / 2 }

// makeLabels joins the lines of a header's labels. Two lines are one label's if
// each has no other line to stand with.
func makeLabels(rows []strip, pitch float32) []*label {
	var out []*label
	for i, s := range rows {
		for _, p := range s.parts {
			l := labelAbove(out, p, s, pitch)
			if l == nil || several(rows[i:], l, p, s.size) {
				out = append(out, &label{u0: p.u0, u1: p.u1, top: p.top, bottom: p.bottom, v: p.v, size: s.size, glyphs: slices.Clone(p.glyphs)})
				continue
			}
			l.u0, l.u1, l.bottom, l.v = min(l.u0, p.u0), max(l.u1, p.u1), p.bottom, p.v
			l.glyphs = append(l.glyphs, p.glyphs...)
		}
	}
	return out
}

// labelAbove finds the one label whose last line stands close above a part.
func labelAbove(labels []*label, p part, s strip, pitch float32) *label {
	var found *label
	for _, l := range labels {
		if l.v < p.v && overlap(l.u0, l.u1, p.u0, p.u1) > 0 && oneCell(l.v, p.v, s.size, pitch) {
			if found != nil {
				return nil
			}
			found = l
		}
	}
	return found
}

// several tells whether more than one part stands under a label, in the rows
// from one on that are as high as that.
func several(rows []strip, l *label, p part, size float32) bool {
	n := 0
	for _, r := range rows {
		for _, o := range r.parts {
			if abs(o.v-p.v) <= sameRow*size && overlap(l.u0, l.u1, o.u0, o.u1) > 0 {
				n++
			}
		}
	}
	return n > 1
}

// header lays labels over columns: each over those in whose middle it stands.
type header struct {
	cols []stretch
	size float32
	rows int
}

// lay gives the labels their columns and rows; false if they do not stand in
// the middle of any columns that fit together.
func (h *header) lay(labels []*label, c0, c1, row int) bool {
	if len(labels) == 0 {
		return true
	}
	top := slices.MinFunc(labels, func(a, b *label) int { return cmp.Compare(a.height(), b.height()) })
	var first, rest []*label
	for _, l := range labels {
		if l.height()-top.height() <= sameRow*top.size {
			first = append(first, l)
		} else {
			rest = append(rest, l)
		}
	}
	// Labels that stand lower beside those of the first row, and over nothing,
	// take all rows of the header.
	tall, below := h.apart(first, rest)
	if len(tall) > 0 && h.try(slices.Concat(first, tall), below, c0, c1, row) {
		return true
	}
	return h.try(first, rest, c0, c1, row)
}

// tries is the greatest number of ways that are tried to lay the labels of one
// row, the most likely first.
const tries = 30

// try lays the labels of a row so that what stands below them can be laid, too.
func (h *header) try(first, rest []*label, c0, c1, row int) bool {
	slices.SortFunc(first, func(a, b *label) int { return cmp.Compare(a.u0, b.u0) })
	for _, w := range h.shares(first, c0, c1) {
		for i, l := range first {
			l.c0, l.c1 = w.at[i], w.at[i+1]
		}
		if h.layBelow(first, rest, row) {
			return true
		}
	}
	return false
}

// apart parts the labels below those of a row in those that stand under none
// of them, have none below, and stand higher than the lowest, and the others.
func (h *header) apart(first, rest []*label) (tall, below []*label) {
	meets := func(a *label) func(*label) bool {
		return func(b *label) bool { return a != b && overlap(a.u0, a.u1, b.u0, b.u1) > 0 }
	}
	lowest := float32(0)
	for _, l := range rest {
		lowest = max(lowest, l.height())
	}
	for _, l := range rest {
		if lowest-l.height() <= sameRow*h.size/2 || slices.ContainsFunc(first, meets(l)) || slices.ContainsFunc(rest, meets(l)) {
			below = append(below, l)
		} else {
			tall = append(tall, l)
		}
	}
	return tall, below
}

// layBelow lays what stands below the labels of a row, each under one of them.
func (h *header) layBelow(first, rest []*label, row int) bool {
	h.rows = max(h.rows, row+1)
	count := 0
	for _, l := range first {
		l.r0, l.r1 = row, row+1
		var under []*label
		for _, b := range rest {
			if b.mid() >= h.edge(l.c0) && b.mid() < h.edge(l.c1) {
				under = append(under, b)
			}
		}
		count += len(under)
		if !h.lay(under, l.c0, l.c1, row+1) {
			return false
		}
	}
	return count == len(rest)
}

// edge is where column i begins: in the middle of the gap before it.
func (h *header) edge(i int) float32 {
	switch i {
	case 0:
		return h.cols[0].from - 1e4
	case len(h.cols):
		return h.cols[i-1].to + 1e4
	}
	return (h.cols[i-1].to + h.cols[i].from) / 2
}

// share is a way to part columns among labels: at are the edges.
type share struct {
	at   []int
	cost float32
}

// shares returns the likeliest ways to share the columns from c0 to before c1
// among labels from left to right, so that each stands in the middle of its own.
func (h *header) shares(labels []*label, c0, c1 int) []share {
	known := map[[2]int][]share{}
	var from func(i, begin int) []share
	from = func(i, begin int) []share {
		if i == len(labels) {
			if begin == c1 {
				return []share{{at: []int{c1}}}
			}
			return nil
		}
		key := [2]int{i, begin}
		if out, ok := known[key]; ok {
			return out
		}
		var out []share
		for end := begin + 1; end <= c1; end++ {
			cost := h.cost(labels[i], begin, end)
			if cost >= never {
				continue
			}
			for _, rest := range from(i+1, end) {
				out = append(out, share{append([]int{begin}, rest.at...), cost + rest.cost})
			}
		}
		slices.SortStableFunc(out, func(a, b share) int { return cmp.Compare(a.cost, b.cost) })
		out = out[:min(len(out), tries)]
		known[key] = out
		return out
	}
	return from(0, c0)
}

// cost is how far a label stands beside the middle of columns, in em; very much
// if it cannot be theirs. Their edges are somewhere between texts, so that their
// middle has some room, too; the middle of that is most likely.
func (h *header) cost(l *label, c0, c1 int) float32 {
	left0, left1 := h.between(c0)
	right0, right1 := h.between(c1)
	from, to := (left0+right0)/2, (left1+right1)/2
	off := max(from-l.mid(), l.mid()-to, 0)
	if off > inMiddle*h.size || l.u0 < left0-h.size || l.u1 > right1+h.size {
		return never
	}
	return (outside*off + abs(l.mid()-(from+to)/2)) / h.size
}

// between is where the left edge of a column can lie.
func (h *header) between(i int) (from, to float32) {
	switch i {
	case 0:
		return h.cols[0].from - margin*h.size, h.cols[0].from
	case len(h.cols):
		return h.cols[i-1].to, h.cols[i-1].to + margin*h.size
	}
	return h.cols[i-1].to, h.cols[i].from
}

// alignHead adds the cells of a header; false if its labels do not fit over the
// columns. It takes the first rows of the grid, whose edges it sets.
func (g *grid) alignHead(labels []*label, cols []stretch, size float32) bool {
	if len(labels) == 0 || len(labels) > headBlocks {
		return false
	}
	h := header{cols: cols, size: size}
	if !h.lay(labels, 0, len(cols), 0) {
		return false
	}
	g.text = cols
	stretchDown(labels, h.rows)
	top, bottom := labels[0].top, labels[0].bottom
	for _, l := range labels {
		top, bottom = min(top, l.top), max(bottom, l.bottom)
	}
	for i := range h.rows {
		g.ys = append(g.ys, top+(bottom-top)*float32(i)/float32(h.rows))
	}
	for _, l := range labels {
		g.cells = append(g.cells, cell{r0: l.r0, r1: l.r1, c0: l.c0, c1: l.c1, glyphs: l.glyphs})
	}
	slices.SortFunc(g.cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.r0, b.r0), cmp.Compare(a.c0, b.c0)) })
	return true
}

// withEmpty adds columns for the labels that have none: where more labels have
// none below them than there are columns, those behind the last column and then
// those furthest from any stand over columns that are empty.
func withEmpty(cols []stretch, labels []*label) []stretch {
	if len(labels) == 0 {
		return cols
	}
	top, bottom := labels[0].top, labels[0].bottom
	for _, l := range labels {
		top, bottom = min(top, l.top), max(bottom, l.bottom)
	}
	var lone []*label
	last := 0
	for _, l := range labels {
		if l.height() < (top+bottom)/2-sameRow*l.size || slices.ContainsFunc(labels, func(o *label) bool { return o.top > l.top && overlap(o.u0, o.u1, l.u0, l.u1) > 0 }) {
			continue
		}
		last++
		if l.apart(cols) > 0 {
			lone = append(lone, l)
		}
	}
	end := cols[len(cols)-1].to
	slices.SortFunc(lone, func(a, b *label) int {
		if behind := b.u0 > end; behind != (a.u0 > end) {
			if behind {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.apart(cols), a.apart(cols))
	})
	out := slices.Clone(cols)
	for _, l := range lone[:max(0, min(len(lone), last-len(cols)))] {
		out = append(out, stretch{l.u0, l.u1})
	}
	return merge(out)
}

// apart is the distance to the nearest column, negative over one.
func (l *label) apart(cols []stretch) float32 {
	nearest := float32(never)
	for _, c := range cols {
		nearest = min(nearest, -overlap(l.u0, l.u1, c.from, c.to))
	}
	return nearest
}

// stretchDown lets the labels that have none below reach the header's end.
func stretchDown(labels []*label, rows int) {
	for _, l := range labels {
		if !slices.ContainsFunc(labels, func(o *label) bool { return o.r0 > l.r0 && o.c0 < l.c1 && l.c0 < o.c1 }) {
			l.r1 = rows
		}
	}
}
