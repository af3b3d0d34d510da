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
		if g.Angle != 0 && !g.Vertical {
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
	from := point{s.width, s.height}
	s.turned = angle
	if angle != 180 {
		s.width, s.height = from.y, from.x
	}
	glyphs := make([]page.Glyph, len(s.glyphs))
	for i, g := range s.glyphs {
		t := *g
		t.Box, t.Clip = turnBox(g.Box, angle, from), turnBox(g.Clip, angle, from)
		at := turnPoint(point{g.X, g.Y}, angle, from)
		t.X, t.Y = at.x, at.y
		t.Angle = (g.Angle - angle + 360) % 360
		glyphs[i] = t
		s.glyphs[i] = &glyphs[i]
	}
	paths := make([]page.Path, len(s.paths))
	for i, p := range s.paths {
		p.Box = turnBox(p.Box, angle, from)
		paths[i] = p
	}
	s.paths = paths
}

// point is a place on a page, or its size.
type point struct{ x, y float32 }

// turnPoint turns a point of a page of some size clockwise by an angle: text
// that runs upwards (90) then runs to the right.
func turnPoint(p point, angle int16, page point) point {
	switch angle {
	case 90:
		return point{page.y - p.y, p.x}
	case 180:
		return point{page.x - p.x, page.y - p.y}
	case 270:
		return point{p.y, page.x - p.x}
	}
	return p
}

func turnBox(b page.Box, angle int16, size point) page.Box {
	p, q := turnPoint(point{b.X0, b.Y0}, angle, size), turnPoint(point{b.X1, b.Y1}, angle, size)
	return page.Box{X0: min(p.x, q.x), Y0: min(p.y, q.y), X1: max(p.x, q.x), Y1: max(p.y, q.y)}
}

// box is a box of the sheet on the page as seen.
func (s *sheet) box(b page.Box) page.Box {
	if s.turned == 0 {
		return b
	}
	return turnBox(b, (360-s.turned)%360, point{s.width, s.height})
}
