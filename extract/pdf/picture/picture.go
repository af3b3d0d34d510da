// Package picture draws what was found on a page over a picture of it, so that
// a person sees at a glance what is right and what is not.
//
// Ruling lines are thin and cyan. Every table has a colour of its own: a thick
// border, thin outlines and a light wash for its cells, a stronger wash for
// merged ones. Paragraphs have a thin green box, headings a magenta one with
// their level beside it.
package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// Sheet is what was found on one page, in points from its top left corner.
type Sheet struct {
	// Number is the 1-based number of the page.
	Number int
	// Width and Height are the size of the page.
	Width, Height float32
	// Rules are the ruling lines, boxes without thickness.
	Rules []page.Box
	// Blocks are the blocks of the whole document: a table keeps its colour on
	// every page that it goes over.
	Blocks []document.Block
}

const (
	// hair and border are the widths of lines in points.
	hair, border = 0.8, 2.2
	// wash and mergedWash are the opacities of cells that cover one and more
	// places of the grid, of 255.
	wash, mergedWash = 28, 70
	// strong is the opacity of lines: what they cover shines through.
	strong = 210
	// inset is by how many points a cell's outline stands inside the cell, so
	// that those of neighbours are two.
	inset = 1.4
	// aside is how many points a paragraph's box stands outside its text.
	aside = 1.5
)

// Colours of what is not a table.
var (
	ruleColour      = color.NRGBA{0, 190, 220, strong}
	paragraphColour = color.NRGBA{40, 150, 60, strong}
	headingColour   = color.NRGBA{220, 0, 160, strong}
)

// tableColours are given to tables in turn, so that neighbours differ.
var tableColours = []color.NRGBA{
	{230, 60, 40, strong}, {40, 90, 230, strong}, {240, 150, 0, strong}, {130, 60, 200, strong}, {150, 110, 40, strong},
}

// Draw draws what was found on a page over its picture, which may have any
// resolution.
func Draw(canvas *image.RGBA, s Sheet) {
	if s.Width <= 0 || s.Height <= 0 {
		return
	}
	size := canvas.Bounds().Size()
	p := pen{canvas: canvas, x: float64(size.X) / float64(s.Width), y: float64(size.Y) / float64(s.Height)}
	tables := 0
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case *document.Table:
			p.table(b, s.Number, tableColours[tables%len(tableColours)])
			tables++
		case *document.Paragraph:
			if b.Place.Page == s.Number {
				p.paragraph(b)
			}
		}
	}
	for _, r := range s.Rules {
		p.fill(p.line(r, hair), ruleColour)
	}
}

// pen draws in points.
type pen struct {
	canvas *image.RGBA
	x, y   float64 // pixels in a point
}

// table draws the cells of a table that stand on a page, and its border there:
// what the cells cover, since the table's own box is that of its first page.
func (p pen) table(t *document.Table, number int, c color.NRGBA) {
	var whole document.Box
	for _, cell := range t.Cells {
		b := cell.Place.Box
		if cell.Place.Page != number || b.IsZero() {
			continue
		}
		if whole.IsZero() {
			whole = b
		}
		whole = document.Box{X0: min(whole.X0, b.X0), Y0: min(whole.Y0, b.Y0), X1: max(whole.X1, b.X1), Y1: max(whole.Y1, b.Y1)}
		light := c
		light.A = wash
		if cell.RowSpan > 1 || cell.ColSpan > 1 {
			light.A = mergedWash
		}
		p.fill(p.rectangle(b, -inset), light)
		p.outline(p.rectangle(b, -inset), hair, c)
	}
	if !whole.IsZero() {
		p.outline(p.rectangle(whole, border/2), border, c)
	}
}

func (p pen) paragraph(b *document.Paragraph) {
	c := paragraphColour
	if b.Level > 0 {
		c = headingColour
	}
	r := p.rectangle(b.Place.Box, aside)
	p.outline(r, hair, c)
	if b.Level > 0 {
		p.digit(r.Min, b.Level, c)
	}
}

// rectangle is a box in pixels, larger by some points on every side.
func (p pen) rectangle(b document.Box, more float64) image.Rectangle {
	return image.Rect(
		pixel((float64(b.X0)-more)*p.x), pixel((float64(b.Y0)-more)*p.y),
		pixel((float64(b.X1)+more)*p.x), pixel((float64(b.Y1)+more)*p.y),
	).Add(p.canvas.Bounds().Min)
}

// line is a box without thickness, in pixels and with one.
func (p pen) line(b page.Box, width float64) image.Rectangle {
	w := p.stroke(width)
	r := image.Rect(pixel(float64(b.X0)*p.x), pixel(float64(b.Y0)*p.y), pixel(float64(b.X1)*p.x), pixel(float64(b.Y1)*p.y))
	if r.Dx() < w {
		r.Min.X -= (w - r.Dx()) / 2
		r.Max.X = r.Min.X + w
	}
	if r.Dy() < w {
		r.Min.Y -= (w - r.Dy()) / 2
		r.Max.Y = r.Min.Y + w
	}
	return r.Add(p.canvas.Bounds().Min)
}

// stroke is a width in pixels, at least one.
func (p pen) stroke(points float64) int { return max(1, pixel(points*min(p.x, p.y))) }

// farthest bounds coordinates, which a file may make as large as it likes.
const farthest = 1 << 20

func pixel(v float64) int { return int(math.Round(max(-farthest, min(farthest, v)))) }

// outline draws the four sides of a rectangle, inside it.
func (p pen) outline(r image.Rectangle, width float64, c color.NRGBA) {
	w := p.stroke(width)
	if r.Dx() <= 2*w || r.Dy() <= 2*w {
		p.fill(r, c)
		return
	}
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+w), c)
	p.fill(image.Rect(r.Min.X, r.Max.Y-w, r.Max.X, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y+w, r.Min.X+w, r.Max.Y-w), c)
	p.fill(image.Rect(r.Max.X-w, r.Min.Y+w, r.Max.X, r.Max.Y-w), c)
}

// digits are the digits 0 to 9, three dots wide and five high, a number a row.
var digits = [10][5]uint8{
	{7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 7, 1, 7}, {5, 5, 7, 1, 1},
	{7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 1, 1, 1}, {7, 5, 7, 5, 7}, {7, 5, 7, 1, 7},
}

// dot is the size of a digit's dots in points.
const dot = 1.6

// digit draws a digit to the left of a corner: the standard library has no
// fonts.
func (p pen) digit(corner image.Point, n int, c color.NRGBA) {
	d := p.stroke(dot)
	left := max(corner.X-4*d, p.canvas.Bounds().Min.X)
	for y, row := range digits[n%10] {
		for x := range 3 {
			if row&(4>>x) != 0 {
				at := image.Pt(left+x*d, corner.Y+y*d)
				p.fill(image.Rectangle{Min: at, Max: at.Add(image.Pt(d, d))}, c)
			}
		}
	}
}

// fill lays a colour over a rectangle.
func (p pen) fill(r image.Rectangle, c color.NRGBA) {
	draw.Draw(p.canvas, r, image.NewUniform(c), image.Point{}, draw.Over)
}
