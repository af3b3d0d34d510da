package content

import (
	"math"

	"yusuan/extract/pdf/page"
)

// path is the current path in page coordinates.
type path struct {
	points []vertex
	subs   []subpath
	x, y   float64 // current point in user space
}

// vertex is a point of a path; curve says that a curve leads to it (its
// control points are vertices too).
type vertex struct {
	point
	curve bool
}

// subpath is a run of vertices.
type subpath struct {
	from   int
	closed bool
	curved bool
}

const (
	// straight is how far, in points, the ends of a line may differ in x or
	// y for it to count as axis-parallel; slope is the same as a share of its
	// length, so that the short strokes of a drawn curve do not count.
	straight = 0.5
	slope    = 0.1
	// thin is the thickness in points up to which a filled shape that is no
	// rectangle, such as a rule with round ends, is handed on as its box.
	thin = 3.0
	// maxVertices bounds a path.
	maxVertices = 1 << 20
)

func pathOperators() map[string]action {
	paint := func(fill, stroke, closeIt, evenOdd bool) action {
		return func(in *interpreter, _ []token) error {
			in.paintPath(fill, stroke, closeIt, evenOdd)
			return nil
		}
	}
	return map[string]action{
		"m":  (*interpreter).moveTo,
		"l":  (*interpreter).lineTo,
		"c":  func(in *interpreter, args []token) error { return in.curve(args, 6) },
		"v":  func(in *interpreter, args []token) error { return in.curve(args, 4) },
		"y":  func(in *interpreter, args []token) error { return in.curve(args, 4) },
		"h":  (*interpreter).closePath,
		"re": (*interpreter).rectangle,
		"S":  paint(false, true, false, false), "s": paint(false, true, true, false),
		"f": paint(true, false, false, false), "F": paint(true, false, false, false), "f*": paint(true, false, false, true),
		"B": paint(true, true, false, false), "B*": paint(true, true, false, true),
		"b": paint(true, true, true, false), "b*": paint(true, true, true, true),
		"n": paint(false, false, false, false),
		"W": (*interpreter).clipPath, "W*": (*interpreter).clipPath,
	}
}

func (in *interpreter) vertex(x, y float64, curve bool) {
	if len(in.path.points) >= maxVertices {
		in.full = true
		return
	}
	in.path.points = append(in.path.points, vertex{in.state.ctm.apply(x, y), curve})
}

func (in *interpreter) begin(x, y float64) {
	in.path.subs = append(in.path.subs, subpath{from: len(in.path.points)})
	in.vertex(x, y, false)
	in.path.x, in.path.y = x, y
}

func (in *interpreter) moveTo(args []token) error {
	if x, y, ok := numbers2(args); ok {
		if n := len(in.path.subs); n > 0 && in.path.subs[n-1].from == len(in.path.points)-1 {
			in.path.subs = in.path.subs[:n-1] // a move after a move
			in.path.points = in.path.points[:len(in.path.points)-1]
		}
		in.begin(x, y)
	}
	return nil
}

func (in *interpreter) lineTo(args []token) error {
	x, y, ok := numbers2(args)
	switch {
	case !ok:
	case len(in.path.subs) == 0:
		in.begin(x, y)
	default:
		in.resume()
		in.vertex(x, y, false)
		in.path.x, in.path.y = x, y
	}
	return nil
}

// resume begins a new subpath where a closed one began, as PDF says.
func (in *interpreter) resume() {
	n := len(in.path.subs)
	if in.path.subs[n-1].closed {
		first := in.path.points[in.path.subs[n-1].from]
		in.path.subs = append(in.path.subs, subpath{from: len(in.path.points)})
		in.path.points = append(in.path.points, vertex{first.point, false})
	}
}

// curve adds a Bézier curve by its last n operands; that some control points
// coincide makes no difference to its box.
func (in *interpreter) curve(args []token, n int) error {
	if len(args) < n || len(in.path.subs) == 0 {
		return nil
	}
	in.resume()
	in.path.subs[len(in.path.subs)-1].curved = true
	for args = args[len(args)-n:]; len(args) >= 2; args = args[2:] {
		if x, y, ok := numbers2(args[:2]); ok {
			in.vertex(x, y, true)
			in.path.x, in.path.y = x, y
		}
	}
	return nil
}

func (in *interpreter) closePath([]token) error {
	if n := len(in.path.subs); n > 0 {
		in.path.subs[n-1].closed = true
	}
	return nil
}

func (in *interpreter) rectangle(args []token) error {
	n, ok := numbers4(args)
	if !ok {
		return nil
	}
	x, y, w, h := n[0], n[1], n[2], n[3]
	in.begin(x, y)
	in.vertex(x+w, y, false)
	in.vertex(x+w, y+h, false)
	in.vertex(x, y+h, false)
	in.path.subs[len(in.path.subs)-1].closed = true
	return nil
}

func (in *interpreter) clipPath([]token) error {
	in.clipAt = true
	return nil
}

// paintPath ends the path: it hands on what can be a rule or a background, and
// clips if a W came before.
func (in *interpreter) paintPath(fill, stroke, closeIt, evenOdd bool) {
	p := &in.path
	if closeIt && len(p.subs) > 0 {
		p.subs[len(p.subs)-1].closed = true
	}
	if fill {
		in.fillPath(evenOdd)
	}
	if stroke {
		in.strokePath()
	}
	if in.clipAt && len(p.points) > 0 {
		box := around(p.points[0].point)
		for _, v := range p.points[1:] {
			box.add(v.point)
		}
		in.clip(box)
	}
	in.clipAt = false
	p.points, p.subs = p.points[:0], p.subs[:0]
}

// clip narrows the clip; what shares nothing with it leaves a point.
func (in *interpreter) clip(box rect) {
	both := in.state.clip.and(box)
	both.x1, both.y1 = max(both.x0, both.x1), max(both.y0, both.y1)
	in.state.clip = both
}

// vertices of a subpath.
func (p *path) vertices(i int) []vertex {
	end := len(p.points)
	if i+1 < len(p.subs) {
		end = p.subs[i+1].from
	}
	return p.points[min(p.subs[i].from, end):end]
}

// fillPath hands on filled rectangles, and thin shapes of any form. Two
// rectangles one in the other, filled by the even-odd rule, are a frame.
func (in *interpreter) fillPath(evenOdd bool) {
	p := &in.path
	for i := 0; i < len(p.subs); i++ {
		box, exact := p.box(i)
		if evenOdd && exact && i+1 < len(p.subs) {
			if inner, also := p.box(i + 1); also && inside(inner, box) {
				in.frame(box, inner)
				i++
				continue
			}
		}
		if exact || min(box.x1-box.x0, box.y1-box.y0) <= thin {
			in.emit(box, false, in.state.fill)
		}
	}
}

// box is the box around a subpath; exact tells whether the subpath is that
// rectangle itself.
func (p *path) box(i int) (box rect, exact bool) {
	v := p.vertices(i)
	if len(v) == 0 {
		return rect{}, false
	}
	box = around(v[0].point)
	for _, q := range v[1:] {
		box.add(q.point)
	}
	if n := len(v); n > 1 && near(v[0].point, v[n-1].point) {
		v = v[:n-1]
	}
	if p.subs[i].curved || len(v) != 4 {
		return box, false
	}
	for _, q := range v {
		if !(closeTo(q.x, box.x0) || closeTo(q.x, box.x1)) || !(closeTo(q.y, box.y0) || closeTo(q.y, box.y1)) {
			return box, false
		}
	}
	opposite := closeTo(math.Abs(v[0].x-v[2].x), box.x1-box.x0) && closeTo(math.Abs(v[0].y-v[2].y), box.y1-box.y0)
	return box, opposite
}

func closeTo(a, b float64) bool { return math.Abs(a-b) <= straight }

func near(a, b point) bool { return math.Abs(a.x-b.x) < 0.01 && math.Abs(a.y-b.y) < 0.01 }

func inside(inner, outer rect) bool {
	return outer.x0 <= inner.x0 && inner.x1 <= outer.x1 && outer.y0 <= inner.y0 && inner.y1 <= outer.y1 && !inner.empty()
}

// frame hands on the four sides between two rectangles.
func (in *interpreter) frame(outer, inner rect) {
	for _, side := range [...]rect{
		{outer.x0, outer.y0, outer.x1, inner.y0},
		{outer.x0, inner.y1, outer.x1, outer.y1},
		{outer.x0, outer.y0, inner.x0, outer.y1},
		{inner.x1, outer.y0, outer.x1, outer.y1},
	} {
		if !side.empty() {
			in.emit(side, false, in.state.fill)
		}
	}
}

// strokePath hands on the axis-parallel lines of the path. Curves count by
// their box if that is thin.
func (in *interpreter) strokePath() {
	p := &in.path
	w, m := in.state.lineWidth/2, in.state.ctm
	pen := point{w * math.Hypot(m.a, m.c), w * math.Hypot(m.b, m.d)}
	for i := range p.subs {
		v := p.vertices(i)
		for k := 1; k < len(v); k++ {
			if !v[k].curve {
				in.strokeLine(v[k-1].point, v[k].point, pen)
			}
		}
		if n := len(v); p.subs[i].closed && n > 2 {
			in.strokeLine(v[n-1].point, v[0].point, pen)
		}
		if p.subs[i].curved {
			if box, _ := p.box(i); min(box.x1-box.x0, box.y1-box.y0) <= thin {
				in.emit(box, true, in.state.stroke)
			}
		}
	}
}

// strokeLine hands on a line if it is axis-parallel, widened by the pen, which
// reaches that far to every side of a point.
func (in *interpreter) strokeLine(a, b, pen point) {
	dx, dy := math.Abs(a.x-b.x), math.Abs(a.y-b.y)
	if short, long := min(dx, dy), max(dx, dy); short > straight || short > slope*long || long == 0 {
		return
	}
	box := around(a)
	box.add(b)
	if in.state.lineCap != 2 { // only square caps reach beyond the ends
		if dx >= dy {
			pen.x = 0
		} else {
			pen.y = 0
		}
	}
	in.emit(rect{box.x0 - pen.x, box.y0 - pen.y, box.x1 + pen.x, box.y1 + pen.y}, true, in.state.stroke)
}

// emit hands on a shape, cut by the clip.
func (in *interpreter) emit(box rect, stroke bool, p paint) {
	box = box.and(in.state.clip)
	if box.nothing() || len(in.page.Paths) > maxPaths {
		return
	}
	in.page.Paths = append(in.page.Paths, page.Path{
		Box: box.page(), Stroke: stroke, Gray: float32(p.gray), Alpha: float32(p.alpha),
	})
}
