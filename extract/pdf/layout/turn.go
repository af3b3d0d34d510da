package layout

import "yusuan/extract/pdf/page"

// sheet is a page at work.
type sheet struct {
	number        int
	width, height float32
	glyphs        []*page.Glyph
	paths         []page.Path
	// turned is the direction of writing that was made upright, 0 if none.
	turned int16
	grids  []*grid
	lines  []line
}

// turnShare is the share of a page's glyphs that must run in one direction for
// the page to count as printed sideways.
const turnShare = 0.6

// upright makes a sheet of a page; one that is printed sideways is turned.
func upright(p *page.Page, glyphs []*page.Glyph) *sheet {
	s := &sheet{number: p.Number, width: p.Width, height: p.Height, glyphs: glyphs, paths: p.Paths}
	count := map[int16]int{}
	for _, g := range glyphs {
		if !g.Vertical {
			count[g.Angle]++
		}
	}
	for _, angle := range []int16{90, 180, 270} {
		if float32(count[angle]) > turnShare*float32(len(glyphs)) {
			s.turn(angle)
			break
		}
	}
	return s
}

// turn turns everything so that text running at an angle runs at 0.
func (s *sheet) turn(angle int16) {
	width, height := s.width, s.height
	s.turned = angle
	if angle != 180 {
		s.width, s.height = height, width
	}
	glyphs := make([]page.Glyph, len(s.glyphs))
	for i, g := range s.glyphs {
		t := *g
		t.Box, t.Clip = turnBox(g.Box, angle, width, height), turnBox(g.Clip, angle, width, height)
		t.X, t.Y = turnPoint(g.X, g.Y, angle, width, height)
		t.Angle = (g.Angle - angle + 360) % 360
		glyphs[i] = t
		s.glyphs[i] = &glyphs[i]
	}
	paths := make([]page.Path, len(s.paths))
	for i, p := range s.paths {
		p.Box = turnBox(p.Box, angle, width, height)
		paths[i] = p
	}
	s.paths = paths
}

// turnPoint turns a point of a page clockwise by an angle: text that runs
// upwards (90) then runs to the right.
func turnPoint(x, y float32, angle int16, width, height float32) (float32, float32) {
	switch angle {
	case 90:
		return height - y, x
	case 180:
		return width - x, height - y
	case 270:
		return y, width - x
	}
	return x, y
}

func turnBox(b page.Box, angle int16, width, height float32) page.Box {
	x0, y0 := turnPoint(b.X0, b.Y0, angle, width, height)
	x1, y1 := turnPoint(b.X1, b.Y1, angle, width, height)
	return page.Box{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
}

// box is a box of the sheet on the page as seen.
func (s *sheet) box(b page.Box) page.Box {
	if s.turned == 0 {
		return b
	}
	return turnBox(b, (360-s.turned)%360, s.width, s.height)
}
