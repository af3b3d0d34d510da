package layout

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/extract/pdf/page"
)

const (
	// edge is by how much the edges of a column may differ from page to page.
	edge = 5
	// matching is the share of the edges of the part with fewer columns that
	// the other must have.
	matching = 0.75
)

// continues tells how a grid on the next page goes on with a table: whether it
// does, by how much it is moved to the right, and how many of its first rows
// repeat the header. Above are the lines between the two, captions the lines
// above the table.
func (t *table) continues(n *table, above, captions []string) (ok bool, dx float32, header int) {
	if n.first != t.last+1 || abs(n.width-t.width) > touch || n.aligned != t.aligned {
		return false, 0, 0
	}
	if t.aligned {
		ok = len(t.sameText(n)) > 0
	} else {
		dx, ok = sameColumns(t.xs, n.xs)
	}
	if !ok {
		return false, 0, 0
	}
	for _, line := range above {
		if !slices.Contains(captions, line) {
			return false, 0, 0
		}
	}
	header = t.repeated(n)
	if header == 0 && (len(above) > 0 || t.begins(n)) {
		return false, 0, 0
	}
	return true, dx, header
}

// begins tells whether a grid begins a table of its own, because its first row
// is a title.
func (t *table) begins(n *table) bool {
	title := n.fullRow(0)
	if title == nil || title.text == "" {
		return false
	}
	own := t.fullRow(0)
	return isTitle(title.text) || own != nil && squeeze(own.text) == squeeze(title.text)
}

// sameColumns tells whether two grids have the same columns, but for those that
// one page does not show, and by how much the second stands further right.
func sameColumns(a, b []float32) (dx float32, ok bool) {
	left, right := b[0]-a[0], b[len(b)-1]-a[len(a)-1]
	if abs(right-left) > 2*edge {
		return 0, false
	}
	dx = (left + right) / 2
	found := 0
	for _, x := range a {
		if slices.ContainsFunc(b, func(y float32) bool { return abs(y-dx-x) <= edge }) {
			found++
		}
	}
	return dx, float32(found) >= matching*float32(min(len(a), len(b)))
}

// repeated counts the first rows that a grid has in common with a table: its
// header. Titles alone, rows of a single cell, are none: forms of the same kind
// follow each other.
func (t *table) repeated(n *table) int {
	header, several := 0, false
	for r := 0; r < min(t.rows(), n.rows()); r++ {
		a, count := t.rowText(r)
		b, _ := n.rowText(r)
		if a != b {
			break
		}
		header = r + 1
		several = several || count > 1
	}
	if !several {
		return 0
	}
	for _, c := range n.cells {
		if c.r0 < header && c.r1 > header {
			return 0 // the header ends in the middle of a cell
		}
	}
	return header
}

// rowText is the text of the cells that begin in a row, and how many have some.
func (g *grid) rowText(r int) (string, int) {
	var b strings.Builder
	n := 0
	for _, c := range g.cells {
		if c.r0 > r {
			break // cells are in the order of their rows
		}
		if c.r0 == r {
			b.WriteString(squeeze(c.text) + "|")
			if c.text != "" {
				n++
			}
		}
	}
	return b.String(), n
}

// add appends a grid to the table: its columns are brought together by where
// they stand, its header is dropped, and what the page break cut is joined.
func (t *table) add(n *table, dx float32, header int) {
	t.unify(n, dx)
	n.cells = slices.DeleteFunc(n.cells, func(c cell) bool { return c.r0 < header })
	for i := range n.cells {
		n.cells[i].r0, n.cells[i].r1 = n.cells[i].r0-header, n.cells[i].r1-header
	}
	t.last = n.last
	rows := n.rows() - header
	if rows == 0 {
		return
	}
	at := t.rows()
	if t.rowGoesOn(n) {
		at--
		t.broken = append(t.broken, at)
	} else if t.cutsAmount(&n.grid) {
		t.cut = append(t.cut, at-1, at)
	}
	bottom := t.bottom()
	var added []cell
	for _, c := range n.cells {
		c.r0, c.r1 = c.r0+at, c.r1+at
		if !t.joinCut(bottom, c, at) {
			added = append(added, c)
		}
	}
	t.cells = append(t.cells, added...)
	for len(t.ys) < at+rows+1 {
		t.ys = append(t.ys, t.ys[len(t.ys)-1]) // only counted from here on
	}
	t.openBottom = n.openBottom
}

// places is the number of places in the grid.
func (t *table) places() int { return t.rows() * t.cols() }

// bottom returns the cells that reach the last row, by their columns.
func (t *table) bottom() map[[2]int]*cell {
	out := map[[2]int]*cell{}
	for i := range t.cells {
		if c := &t.cells[i]; c.r1 == t.rows() {
			out[[2]int{c.c0, c.c1}] = c
		}
	}
	return out
}

// sameText returns the columns of the texts of two grids without rules, if they
// are the same but for those that one of them does not show; nil otherwise.
func (t *table) sameText(n *table) []stretch {
	both := merge(slices.Concat(t.text, n.text))
	if len(both) != max(len(t.text), len(n.text)) {
		return nil
	}
	return both
}

// unifyText gives both the columns of the texts of both.
func (t *table) unifyText(n *table) {
	both := t.sameText(n)
	for _, g := range []*grid{&t.grid, &n.grid} {
		to := make([]int, len(g.text)+1)
		for i, s := range g.text {
			to[i] = slices.IndexFunc(both, func(b stretch) bool { return overlap(b.from, b.to, s.from, s.to) >= 0 })
		}
		for i := range g.cells {
			c := &g.cells[i]
			c.c0, c.c1 = to[c.c0], to[c.c1-1]+1
		}
		g.text, g.xs = both, edges(both)
		g.fillHoles()
	}
}

// fillHoles adds an empty cell at every place that no cell covers.
func (g *grid) fillHoles() {
	taken := make([]bool, g.rows()*g.cols())
	for _, c := range g.cells {
		for r := c.r0; r < c.r1; r++ {
			for k := c.c0; k < c.c1; k++ {
				taken[r*g.cols()+k] = true
			}
		}
	}
	if len(g.cells) == 0 {
		return
	}
	last := g.cells[len(g.cells)-1].page
	for i, t := range taken {
		if r, k := i/g.cols(), i%g.cols(); !t {
			g.cells = append(g.cells, cell{r0: r, r1: r + 1, c0: k, c1: k + 1, page: last, box: page.Box{X0: g.xs[k], Y0: g.ys[r], X1: g.xs[k+1], Y1: g.ys[r+1]}})
		}
	}
	slices.SortFunc(g.cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.r0, b.r0), cmp.Compare(a.c0, b.c0)) })
}

// unify gives both the columns of both.
func (t *table) unify(n *table, dx float32) {
	if t.aligned {
		t.unifyText(n)
		return
	}
	var xs []float32
	toT, toN := make([]int, len(t.xs)), make([]int, len(n.xs))
	for i, k := 0, 0; i < len(t.xs) || k < len(n.xs); {
		at := len(xs)
		switch {
		case i < len(t.xs) && k < len(n.xs) && abs(n.xs[k]-dx-t.xs[i]) <= edge:
			xs = append(xs, t.xs[i])
			toT[i], toN[k] = at, at
			i, k = i+1, k+1
		case k == len(n.xs) || i < len(t.xs) && t.xs[i] < n.xs[k]-dx:
			xs = append(xs, t.xs[i])
			toT[i] = at
			i++
		default:
			xs = append(xs, n.xs[k]-dx)
			toN[k] = at
			k++
		}
	}
	t.xs, n.xs = xs, xs
	for i := range t.cells {
		t.cells[i].c0, t.cells[i].c1 = toT[t.cells[i].c0], toT[t.cells[i].c1]
	}
	for i := range n.cells {
		n.cells[i].c0, n.cells[i].c1 = toN[n.cells[i].c0], toN[n.cells[i].c1]
	}
}

// rowGoesOn tells whether the first row of a grid is the rest of the table's
// last row: all its text goes on with text that had filled its line, and some
// cell has nothing to add, or one completes an amount that the page break cut.
//
// A page ends where a row has no room for a further line: a cell that goes on
// has as many lines there as any other of the row.
func (t *table) rowGoesOn(n *table) bool {
	goesOn, certain := false, false
	bottom := t.bottom()
	most := 0
	for _, c := range bottom {
		if c.r0 == t.rows()-1 {
			most = max(most, c.lines)
		}
	}
	for _, c := range n.cells {
		if c.r0 != 0 {
			continue
		}
		above := bottom[[2]int{c.c0, c.c1}]
		if above == nil {
			return false
		}
		_, joined := cutAmount(above.text, c.text)
		switch {
		case c.text == "":
			certain = certain || above.text != ""
		case joined:
			goesOn, certain = true, true
		case !above.unfinished(c) || above.lines < most || numbered(c.text) > 0 || grouped(above.text):
			return false
		default:
			goesOn = true
		}
	}
	return goesOn && certain
}

// unfinished tells whether a cell's text can go on with the next one's: its last
// line is full, or has no room for the next word, and it is neither a sentence
// nor an amount that is complete.
func (c *cell) unfinished(next cell) bool {
	if c.text == "" || endsSentence(c.text) || !c.full && (numeric(c.text) || c.left >= next.first+spare) {
		return false
	}
	_, decimals, _ := strings.Cut(c.text, ".")
	return !numeric(c.text) || len(decimals) < 2
}

// joinCut joins a cell to the one above it that the page break cut from it;
// bottom are the cells above the break, at is the row that c's part begins in.
func (t *table) joinCut(bottom map[[2]int]*cell, c cell, at int) bool {
	above := bottom[[2]int{c.c0, c.c1}]
	if c.r0 != at || above == nil {
		return false
	}
	merged := above.r1-above.r0 > 1 || c.r1-c.r0 > 1
	switch {
	case at < above.r1: // the row goes on, every cell of it does
	case merged && above.cutBottom && c.cutTop && (above.text == "" || c.text == "" || above.full):
	case merged && above.text != "" && c.text == "":
	default:
		return false
	}
	above.text, above.r1 = glue(above.text, c.text, above.blankEnd), max(above.r1, c.r1)
	above.full, above.left, above.blankEnd = c.full, c.left, c.blankEnd
	return true
}
