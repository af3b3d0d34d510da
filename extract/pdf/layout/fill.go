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
	return slices.DeleteFunc(rest, s.spills)
}

// overflow is how far, in em, the middle of a line may lie below a cell without
// a bottom and belong to it: its page had no room for another row, but for this.
const overflow = 1

// spills puts a glyph that stands just below a cell that goes on over the page
// into it, if the cell has text; it tells whether it did.
func (s *sheet) spills(gl *page.Glyph) bool {
	x, y := middle(gl.Box)
	for _, g := range s.grids {
		end := g.box.Y1
		if y < end || y-end > overflow*gl.Size || x < g.box.X0 || x > g.box.X1 {
			continue
		}
		if c := g.cellAt(x, end-touch); c != nil && c.cutBottom && len(c.glyphs) > 0 {
			c.glyphs = append(c.glyphs, gl)
			return true
		}
	}
	return false
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
