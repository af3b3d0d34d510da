package layout

import (
	"cmp"
	"slices"

	"yusuan/extract/pdf/page"
)

// makeCells joins the places of the grid that no line parts to cells. Places
// that are open to the outside are not part of the table.
func (g *grid) makeCells() {
	rows, cols := g.rows(), g.cols()
	set := newSets(rows * cols)
	for r := range rows {
		for c := range cols {
			if c > 0 && !g.upright[r][c] {
				set.join(r*cols+c, r*cols+c-1)
			}
			if r > 0 && !g.level[r][c] {
				set.join(r*cols+c, (r-1)*cols+c)
			}
		}
	}
	done := make([]bool, rows*cols)
	for r := range rows {
		for c := range cols {
			if !done[r*cols+c] {
				g.carve(set, done, r, c)
			}
		}
	}
	g.cells = slices.DeleteFunc(g.cells, g.outside)
	slices.SortFunc(g.cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.r0, b.r0), cmp.Compare(a.c0, b.c0)) })
	g.measure()
}

// carve makes the largest cell that begins at a place and stays in its set: as
// wide as it goes, then as high. A set that is no rectangle, because a line
// ends in the middle of a cell, gives several.
func (g *grid) carve(set sets, done []bool, r, c int) {
	cols, root := g.cols(), set.find(r*g.cols()+c)
	free := func(r, c int) bool { return !done[r*cols+c] && set.find(r*cols+c) == root }
	c1 := c + 1
	for c1 < cols && free(r, c1) {
		c1++
	}
	r1 := r + 1
grow:
	for ; r1 < g.rows(); r1++ {
		for k := c; k < c1; k++ {
			if !free(r1, k) {
				break grow
			}
		}
	}
	for i := r; i < r1; i++ {
		for k := c; k < c1; k++ {
			done[i*cols+k] = true
		}
	}
	g.cells = append(g.cells, cell{r0: r, r1: r1, c0: c, c1: c1})
}

// outside tells whether a would-be cell at the rim is open to the outside. A
// cell that a page break cuts is open as well, but both its sides are ruled.
func (g *grid) outside(c cell) bool {
	left, right := g.ruledBeside(c, c.c0), g.ruledBeside(c, c.c1)
	top, bottom := g.ruledAlong(c, c.r0), g.ruledAlong(c, c.r1)
	return !(left && right) && !(top && bottom && (left || right))
}

func (g *grid) ruledBeside(c cell, edge int) bool {
	n := 0
	for r := c.r0; r < c.r1; r++ {
		if g.upright[r][edge] {
			n++
		}
	}
	return 2*n > c.r1-c.r0
}

func (g *grid) ruledAlong(c cell, edge int) bool {
	n := 0
	for k := c.c0; k < c.c1; k++ {
		if g.level[edge][k] {
			n++
		}
	}
	return 2*n > c.c1-c.c0
}

// measure sets what follows from the places of the cells.
func (g *grid) measure() {
	for i := range g.cells {
		c := &g.cells[i]
		c.box = page.Box{X0: g.xs[c.c0], Y0: g.ys[c.r0], X1: g.xs[c.c1], Y1: g.ys[c.r1]}
		c.cutTop = c.r0 == 0 && (g.openTop || !g.ruledAlong(*c, 0))
		c.cutBottom = c.r1 == g.rows() && (g.openBottom || !g.ruledAlong(*c, g.rows()))
	}
}

// compress removes edges at which no cell begins or ends: lines that part
// nothing.
func (g *grid) compress() {
	usedX, usedY := make([]bool, len(g.xs)), make([]bool, len(g.ys))
	for _, c := range g.cells {
		usedX[c.c0], usedX[c.c1], usedY[c.r0], usedY[c.r1] = true, true, true, true
	}
	var toX, toY []int
	g.xs, toX = keep(g.xs, usedX)
	g.ys, toY = keep(g.ys, usedY)
	for i := range g.cells {
		c := &g.cells[i]
		c.c0, c.c1, c.r0, c.r1 = toX[c.c0], toX[c.c1], toY[c.r0], toY[c.r1]
	}
	g.level, g.upright = nil, nil // no longer true of the new edges
}

func keep(at []float32, used []bool) (kept []float32, to []int) {
	to = make([]int, len(at))
	for i, x := range at {
		to[i] = len(kept)
		if used[i] {
			kept = append(kept, x)
		}
	}
	return kept, to
}

// trim removes the empty rows at the ends of a table that only its frame makes:
// it reaches beyond the last cells to where the page breaks.
func (g *grid) trim() {
	if c := g.fullRow(g.rows() - 1); c != nil && c.text == "" && c.cutBottom && g.rows() > 1 {
		g.cells = slices.DeleteFunc(g.cells, func(o cell) bool { return o.r0 == g.rows()-1 })
		g.ys = g.ys[:g.rows()]
	}
	if c := g.fullRow(0); c != nil && c.text == "" && c.cutTop && g.rows() > 1 {
		g.cells = slices.DeleteFunc(g.cells, func(o cell) bool { return o.r0 == 0 })
		g.ys = g.ys[1:]
		for i := range g.cells {
			g.cells[i].r0, g.cells[i].r1 = g.cells[i].r0-1, g.cells[i].r1-1
		}
	}
}
