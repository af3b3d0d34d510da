package layout

import (
	"slices"

	"yusuan/extract/pdf/page"
)

// fill puts the glyphs of a sheet into the cells in which their centres lie,
// and returns those that lie in none. A glyph that its own cell clips goes to
// the cell of its clip: text that is higher than its row reaches into others.
func (s *sheet) fill() (rest []*page.Glyph) {
	for _, gl := range s.glyphs {
		x, y := middle(gl.Box)
		if !contains(gl.Clip, x, y) || s.clipsOne(gl.Clip) {
			x, y = middle(gl.Clip)
		}
		if c := s.cellAt(x, y); c != nil {
			c.glyphs = append(c.glyphs, gl)
		} else {
			rest = append(rest, gl)
		}
	}
	return rest
}

// clipsOne tells whether a clip is one cell.
func (s *sheet) clipsOne(clip page.Box) bool {
	x, y := middle(clip)
	c := s.cellAt(x, y)
	return c != nil && clip.X0 >= c.box.X0-touch && clip.X1 <= c.box.X1+touch && clip.Y0 >= c.box.Y0-touch && clip.Y1 <= c.box.Y1+touch
}

// cellAt finds the cell at a point, in the smallest grid around it.
func (s *sheet) cellAt(x, y float32) *cell {
	var best *cell
	area := float32(0)
	for _, g := range s.grids {
		if !contains(g.box, x, y) {
			continue
		}
		a := (g.box.X1 - g.box.X0) * (g.box.Y1 - g.box.Y0)
		if best != nil && a >= area {
			continue
		}
		if c := g.cellAt(x, y); c != nil {
			best, area = c, a
		}
	}
	return best
}

func (g *grid) cellAt(x, y float32) *cell {
	r, c := between(g.ys, y), between(g.xs, x)
	if g.index == nil {
		g.index = make([]int, g.rows()*g.cols())
		for i, c := range g.cells {
			for r := c.r0; r < c.r1; r++ {
				for k := c.c0; k < c.c1; k++ {
					g.index[r*g.cols()+k] = i + 1
				}
			}
		}
	}
	if i := g.index[r*g.cols()+c]; i > 0 {
		return &g.cells[i-1]
	}
	return nil
}

// between is the stretch between neighbouring marks that x lies in.
func between(marks []float32, x float32) int {
	i, _ := slices.BinarySearch(marks, x)
	return min(max(i-1, 0), len(marks)-2)
}
