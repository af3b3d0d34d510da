package pdfium

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"

	"yusuan/extract/pdf/page"
)

// matrix is a PDF transformation: x' = Ax + Cy + E, y' = Bx + Dy + F.
type matrix structs.FPDF_FS_MATRIX

func (m matrix) at(x, y float32) (float32, float32) {
	return m.A*x + m.C*y + m.E, m.B*x + m.D*y + m.F
}

// then is m followed by n.
func (m matrix) then(n matrix) matrix {
	e, f := n.at(m.E, m.F)
	return matrix{
		m.A*n.A + m.B*n.C, m.A*n.B + m.B*n.D,
		m.C*n.A + m.D*n.C, m.C*n.B + m.D*n.D, e, f,
	}
}

// box is the rectangle around a transformed one.
func (m matrix) box(b page.Box) page.Box {
	var o outline
	for _, p := range [][2]float32{{b.X0, b.Y0}, {b.X1, b.Y0}, {b.X0, b.Y1}, {b.X1, b.Y1}} {
		o.add(m.at(p[0], p[1]))
	}
	return o.box
}

// outline collects the corners of a subpath.
type outline struct {
	box    page.Box
	points int
	// slanted says that a side is neither level nor upright, or curved.
	slanted bool
	x, y    float32
	// sides are the straight lines of the subpath, level or upright.
	sides []page.Box
	// startX and startY are where it begins, and where it goes when closed.
	startX, startY float32
}

// level is by how many points the ends of a line may differ for it to count as
// level or upright: what float32 and a slightly turned scan leave.
const level = 0.5

func (o *outline) add(x, y float32) {
	if o.points == 0 {
		o.box = page.Box{X0: x, Y0: y, X1: x, Y1: y}
		o.startX, o.startY = x, y
	} else {
		o.box = page.Box{X0: min(o.box.X0, x), Y0: min(o.box.Y0, y), X1: max(o.box.X1, x), Y1: max(o.box.Y1, y)}
		if abs(x-o.x) > level && abs(y-o.y) > level {
			o.slanted = true
		} else {
			o.sides = append(o.sides, page.Box{X0: min(o.x, x), Y0: min(o.y, y), X1: max(o.x, x), Y1: max(o.y, y)})
		}
	}
	o.x, o.y = x, y
	o.points++
}

func abs(x float32) float32 { return max(x, -x) }

func intersect(a, b page.Box) page.Box {
	c := page.Box{X0: max(a.X0, b.X0), Y0: max(a.Y0, b.Y0), X1: min(a.X1, b.X1), Y1: min(a.Y1, b.Y1)}
	c.X1, c.Y1 = max(c.X0, c.X1), max(c.Y0, c.Y1)
	return c
}

// path takes a filled or stroked path as one shape for each subpath.
func (r *reader) path(ref references.FPDF_PAGEOBJECT, to matrix) {
	mode, err := r.pdf.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: ref})
	m, err2 := r.pdf.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: ref})
	if err != nil || err2 != nil {
		r.out.Damaged = true
		return
	}
	clip := r.clip(ref, to)
	own := matrix(m.Matrix).then(to)
	outlines := r.outlines(ref, own)
	if mode.FillMode != enums.FPDF_FILLMODE_NONE {
		if color, err := r.pdf.FPDFPageObj_GetFillColor(&requests.FPDFPageObj_GetFillColor{PageObject: ref}); err == nil {
			r.fill(outlines, clip, color.FillColor)
		}
	}
	if mode.Stroke {
		color, err := r.pdf.FPDFPageObj_GetStrokeColor(&requests.FPDFPageObj_GetStrokeColor{PageObject: ref})
		width, err2 := r.pdf.FPDFPageObj_GetStrokeWidth(&requests.FPDFPageObj_GetStrokeWidth{PageObject: ref})
		if err == nil && err2 == nil {
			half := width.StrokeWidth * max(abs(own.A), abs(own.B)) / 2
			r.stroke(outlines, clip, half, color.StrokeColor)
		}
	}
}

func shape(box page.Box, stroke bool, c structs.FPDF_COLOR) page.Path {
	// Luminance by ITU-R BT.601.
	gray := (0.299*float32(c.R) + 0.587*float32(c.G) + 0.114*float32(c.B)) / 255
	return page.Path{Box: box, Stroke: stroke, Gray: gray, Alpha: float32(c.A) / 255}
}

func (r *reader) fill(outlines []outline, clip page.Box, c structs.FPDF_COLOR) {
	for _, o := range outlines {
		if o.points > 1 && !o.slanted && meets(o.box, clip) {
			r.out.Paths = append(r.out.Paths, shape(intersect(o.box, clip), false, c))
		}
	}
}

// stroke takes every straight line that is level or upright.
func (r *reader) stroke(outlines []outline, clip page.Box, half float32, c structs.FPDF_COLOR) {
	for _, o := range outlines {
		for _, side := range o.sides {
			box := page.Box{X0: side.X0 - half, Y0: side.Y0 - half, X1: side.X1 + half, Y1: side.Y1 + half}
			if meets(box, clip) {
				r.out.Paths = append(r.out.Paths, shape(intersect(box, clip), true, c))
			}
		}
	}
}

func meets(a, b page.Box) bool {
	return a.X0 <= b.X1 && b.X0 <= a.X1 && a.Y0 <= b.Y1 && b.Y0 <= a.Y1
}

// outlines are the subpaths of a path.
func (r *reader) outlines(ref references.FPDF_PAGEOBJECT, to matrix) []outline {
	count, err := r.pdf.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: ref})
	if err != nil {
		return nil
	}
	return r.collect(count.Count, to, func(i int) (references.FPDF_PATHSEGMENT, error) {
		s, err := r.pdf.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: ref, Index: i})
		if err != nil {
			return "", err
		}
		return s.PathSegment, nil
	})
}

func (r *reader) collect(n int, to matrix, segment func(int) (references.FPDF_PATHSEGMENT, error)) []outline {
	var out []outline
	for i := range n {
		ref, err := segment(i)
		if err != nil {
			continue
		}
		kind, err := r.pdf.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: ref})
		at, err2 := r.pdf.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: ref})
		if err != nil || err2 != nil {
			continue
		}
		if kind.Type == enums.FPDF_SEGMENT_MOVETO || len(out) == 0 {
			out = append(out, outline{})
		}
		last := &out[len(out)-1]
		last.add(to.at(at.X, at.Y))
		last.slanted = last.slanted || kind.Type == enums.FPDF_SEGMENT_BEZIERTO
		if end, err := r.pdf.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: ref}); err == nil && end.IsClose {
			last.add(last.startX, last.startY)
		}
	}
	return out
}

// clip is the rectangle around the clip of an object.
func (r *reader) clip(ref references.FPDF_PAGEOBJECT, to matrix) page.Box {
	clip := r.whole()
	path, err := r.pdf.FPDFPageObj_GetClipPath(&requests.FPDFPageObj_GetClipPath{PageObject: ref})
	if err != nil {
		return clip
	}
	count, err := r.pdf.FPDFClipPath_CountPaths(&requests.FPDFClipPath_CountPaths{ClipPath: path.ClipPath})
	if err != nil {
		return clip
	}
	for i := range count.Count {
		segments, err := r.pdf.FPDFClipPath_CountPathSegments(&requests.FPDFClipPath_CountPathSegments{ClipPath: path.ClipPath, PathIndex: i})
		if err != nil {
			continue
		}
		outlines := r.collect(segments.Count, to, func(k int) (references.FPDF_PATHSEGMENT, error) {
			s, err := r.pdf.FPDFClipPath_GetPathSegment(&requests.FPDFClipPath_GetPathSegment{ClipPath: path.ClipPath, PathIndex: i, SegmentIndex: k})
			if err != nil {
				return "", err
			}
			return s.PathSegment, nil
		})
		clip = intersect(clip, around(outlines, clip))
	}
	return clip
}

// around is the rectangle around several outlines.
func around(outlines []outline, none page.Box) page.Box {
	var all outline
	for _, o := range outlines {
		if o.points > 0 {
			all.add(o.box.X0, o.box.Y0)
			all.add(o.box.X1, o.box.Y1)
		}
	}
	if all.points == 0 {
		return none
	}
	return all.box
}
