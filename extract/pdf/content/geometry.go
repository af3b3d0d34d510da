package content

import "yusuan/extract/pdf/page"

// matrix is a transformation x' = a x + c y + e, y' = b x + d y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then is the transformation m, and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) apply(x, y float64) point {
	return point{m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f}
}

// box is the box around a transformed rectangle.
func (m matrix) box(r rect) rect {
	out := around(m.apply(r.x0, r.y0))
	out.add(m.apply(r.x1, r.y0))
	out.add(m.apply(r.x0, r.y1))
	out.add(m.apply(r.x1, r.y1))
	return out
}

type point struct{ x, y float64 }

// rect is a rectangle, x0 ≤ x1 and y0 ≤ y1.
type rect struct{ x0, y0, x1, y1 float64 }

func around(p point) rect { return rect{p.x, p.y, p.x, p.y} }

func (r *rect) add(p point) {
	r.x0, r.x1 = min(r.x0, p.x), max(r.x1, p.x)
	r.y0, r.y1 = min(r.y0, p.y), max(r.y1, p.y)
}

// empty tells whether a rectangle has no area, or is none at all.
func (r rect) empty() bool { return !(r.x1 > r.x0) || !(r.y1 > r.y0) }

// and is what two rectangles share; x0 > x1 or y0 > y1 if that is nothing.
func (r rect) and(s rect) rect {
	return rect{max(r.x0, s.x0), max(r.y0, s.y0), min(r.x1, s.x1), min(r.y1, s.y1)}
}

// nothing tells whether and has found nothing, not even a line or point.
func (r rect) nothing() bool { return !(r.x0 <= r.x1) || !(r.y0 <= r.y1) }

// limit keeps coordinates within what float32 tells apart to some point.
const limit = 1e7

// page returns the box to hand on.
func (r rect) page() page.Box {
	return page.Box{X0: coordinate(r.x0), Y0: coordinate(r.y0), X1: coordinate(r.x1), Y1: coordinate(r.y1)}
}

// coordinate makes any number one that can be calculated with.
func coordinate(v float64) float32 {
	if v != v {
		return 0
	}
	return float32(max(-limit, min(limit, v)))
}
