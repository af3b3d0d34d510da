package layout

import (
	"cmp"
	"slices"

	"yusuan/extract/pdf/page"
)

const (
	// touch is how far two lines may miss each other and still meet: thick
	// lines end at their middle, some producers leave a gap at the corner.
	touch = 3
	// narrow is the width below which there is no column, and no row: two
	// lines closer than this are one line drawn twice or slightly offset.
	narrow = 4
	// offset is how far a line may be moved between the header and the body of
	// a table. Lines that far apart beside each other are two.
	offset = 8
	// stub is how far a line may stick out of its table without a meaning.
	stub = 5
	// covered is the share of a side that must be ruled.
	covered = 0.55
)

// grid is a table on one page: the lines that make it, and its cells.
type grid struct {
	box page.Box
	// xs and ys are the positions of the columns' and rows' edges.
	xs, ys []float32
	// level[i][j] says that row edge i is ruled over column j, upright[i][j]
	// that column edge j is ruled beside row i.
	level, upright [][]bool
	cells          []cell
	// openTop and openBottom say that no line closes the table there.
	openTop, openBottom bool
	// index gives for every place one more than the index of its cell.
	index []int
	// aligned says that there are no rules and columns are by alignment: those
	// of text.
	aligned bool
	text    []stretch
}

// cell covers the grid places from row r0 to before r1, column c0 to before c1.
type cell struct {
	r0, r1, c0, c1 int
	glyphs         []*page.Glyph
	text           string
	page           int
	box            page.Box
	// cutTop and cutBottom say that the cell's edge at the table's end is not
	// ruled.
	cutTop, cutBottom bool
	// full says that the last line of the text reaches the right edge, left is
	// the room on it in em, first the width in em of the first word.
	full        bool
	left, first float32
	// lines is the number of lines of the text, blankEnd says that a blank
	// ends the last.
	lines    int
	blankEnd bool
}

func (g *grid) rows() int { return len(g.ys) - 1 }
func (g *grid) cols() int { return len(g.xs) - 1 }

// drawing is lines that meet in too many places to be a table.
type drawing struct{ rows, cols int }

// findGrids returns the grids that lines make which meet, from top to bottom,
// and those that would have more than a limit of places.
func findGrids(r rules, limit int) (out []*grid, drawings []drawing) {
	for _, part := range connected(r) {
		part = closeEnds(part)
		ys, _ := positions(part.level)
		xs, _ := positions(part.upright)
		switch rows, cols := len(ys)-1, len(xs)-1; {
		case rows < 1 || cols < 1:
		case rows*cols > limit:
			drawings = append(drawings, drawing{rows, cols})
		default:
			out = append(out, newGrids(part)...)
		}
	}
	slices.SortStableFunc(out, func(a, b *grid) int {
		return cmp.Or(cmp.Compare(a.box.Y0, b.box.Y0), cmp.Compare(a.box.X0, b.box.X0))
	})
	return out, drawings
}

// connected parts the lines into groups that meet.
func connected(r rules) []rules {
	n := len(r.level)
	set := newSets(n + len(r.upright))
	byAt := slices.Clone(r.upright)
	order := make([]int, len(byAt))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(r.upright[a].at, r.upright[b].at) })
	for i, k := range order {
		byAt[i] = r.upright[k]
	}
	for i, h := range r.level {
		first, _ := slices.BinarySearchFunc(byAt, h.from-touch, func(v rule, x float32) int { return cmp.Compare(v.at, x) })
		for k := first; k < len(byAt) && byAt[k].at <= h.to+touch; k++ {
			if v := byAt[k]; v.from-touch <= h.at && h.at <= v.to+touch {
				set.join(i, n+order[k])
			}
		}
	}
	adoptLone(r, set)
	parts := map[int]*rules{}
	var roots []int
	part := func(i int) *rules {
		root := set.find(i)
		if parts[root] == nil {
			parts[root] = &rules{}
			roots = append(roots, root)
		}
		return parts[root]
	}
	for i, h := range r.level {
		p := part(i)
		p.level = append(p.level, h)
	}
	for i, v := range r.upright {
		p := part(n + i)
		p.upright = append(p.upright, v)
	}
	var out []rules
	for _, root := range roots {
		if p := parts[root]; len(p.level) > 0 && len(p.upright) > 0 {
			out = append(out, *p)
		}
	}
	return out
}

// newGrids makes the grids of lines that meet: one mostly, more where tables
// of different widths are stacked.
func newGrids(r rules) []*grid {
	var out []*grid
	for _, part := range unstack(r) {
		if g := newGrid(part); g != nil {
			out = append(out, g)
		}
	}
	return out
}

func newGrid(r rules) *grid {
	ys, yOf := positions(r.level)
	xs, xOf := positions(r.upright)
	if len(xs) < 2 || len(ys) < 2 {
		return nil
	}
	g := &grid{xs: xs, ys: ys, box: page.Box{X0: xs[0], Y0: ys[0], X1: xs[len(xs)-1], Y1: ys[len(ys)-1]}}
	g.level = sides(r.level, yOf, xs, len(ys))
	g.upright = transpose(sides(r.upright, xOf, ys, len(xs)))
	g.openTop, g.openBottom = r.virtual(ys[0]), r.virtual(ys[len(ys)-1])
	g.makeCells()
	if len(g.cells) == 0 {
		return nil
	}
	g.compress()
	return g
}

// positions returns the different positions of lines, and for every line which
// of them is its.
func positions(lines []rule) (at []float32, of []int) {
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(lines[a].at, lines[b].at) })
	of = make([]int, len(lines))
	var group []int
	var groups [][]int
	for _, i := range order {
		if len(group) > 0 && !sameLine(lines, group, i) {
			groups = append(groups, group)
			group = nil
		}
		group = append(group, i)
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	for k, group := range groups {
		var sum, weight float32
		for _, i := range group {
			of[i] = k
			sum += lines[i].at * lines[i].length()
			weight += lines[i].length()
		}
		at = append(at, sum/weight)
	}
	return at, of
}

// sameLine tells whether a line belongs to the lines before it.
func sameLine(lines []rule, group []int, i int) bool {
	off := lines[i].at - lines[group[0]].at
	if off <= narrow {
		return true
	}
	if off > offset {
		return false
	}
	for _, k := range group {
		if overlap(lines[k].from, lines[k].to, lines[i].from, lines[i].to) > stub {
			return false
		}
	}
	return true
}

// sides tells which stretches between neighbouring marks a line covers, for
// each of n positions.
func sides(lines []rule, of []int, marks []float32, n int) [][]bool {
	length := make([][]float32, n)
	for i := range length {
		length[i] = make([]float32, len(marks)-1)
	}
	for i, l := range lines {
		for k := range length[of[i]] {
			if o := overlap(l.from, l.to, marks[k], marks[k+1]); o > 0 {
				length[of[i]][k] += o
			}
		}
	}
	out := make([][]bool, n)
	for i := range out {
		out[i] = make([]bool, len(marks)-1)
		for k := range out[i] {
			out[i][k] = length[i][k] >= covered*(marks[k+1]-marks[k])
		}
	}
	return out
}

func transpose(a [][]bool) [][]bool {
	if len(a) == 0 {
		return nil
	}
	out := make([][]bool, len(a[0]))
	for i := range out {
		out[i] = make([]bool, len(a))
		for k := range a {
			out[i][k] = a[k][i]
		}
	}
	return out
}
