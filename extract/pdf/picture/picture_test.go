package picture

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

func place(number int, x0, y0, x1, y1 float32) document.Place {
	return document.Place{Page: number, Box: document.Box{X0: x0, Y0: y0, X1: x1, Y1: y1}}
}

// blocks are a heading and a text on page 1, a table over pages 1 and 2, one on
// page 2.
func blocks() []document.Block {
	return []document.Block{
		&document.Paragraph{Place: place(1, 30, 10, 80, 20), Level: 1, Text: "一、"},
		&document.Paragraph{Place: place(1, 30, 30, 80, 40), Text: "正文"},
		&document.Table{Place: place(1, 20, 50, 80, 90), LastPage: 2, Rows: 3, Cols: 2, Outer: -1, Cells: []document.Cell{
			{Place: place(1, 20, 50, 80, 70), Row: 0, Col: 0, RowSpan: 1, ColSpan: 2},
			{Place: place(1, 20, 70, 50, 90), Row: 1, Col: 0, RowSpan: 1, ColSpan: 1},
			{Place: place(1, 50, 70, 80, 90), Row: 1, Col: 1, RowSpan: 1, ColSpan: 1},
			{Place: place(2, 20, 10, 50, 30), Row: 2, Col: 0, RowSpan: 1, ColSpan: 1},
		}},
		&document.Table{Place: place(2, 20, 50, 80, 90), LastPage: 2, Rows: 1, Cols: 1, Outer: -1, Cells: []document.Cell{
			{Place: place(2, 20, 50, 80, 90), RowSpan: 1, ColSpan: 1},
		}},
	}
}

// drawn draws a page of 100 x 100 points at some pixels a point.
func drawn(number, scale int, rules ...page.Box) *image.RGBA {
	canvas := image.NewRGBA(image.Rect(0, 0, 100*scale, 100*scale))
	draw.Draw(canvas, canvas.Bounds(), image.White, image.Point{}, draw.Src)
	Draw(canvas, Sheet{Number: number, Width: 100, Height: 100, Rules: rules, Blocks: blocks()})
	return canvas
}

// over is how colours look that lie over each other on white paper.
func over(colours ...color.NRGBA) color.RGBA {
	canvas := image.NewRGBA(image.Rect(0, 0, 1, 1))
	canvas.Set(0, 0, color.White)
	for _, c := range colours {
		draw.Draw(canvas, canvas.Bounds(), image.NewUniform(c), image.Point{}, draw.Over)
	}
	return canvas.RGBAAt(0, 0)
}

func with(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

func TestDraw(t *testing.T) {
	const scale = 10
	first, second := drawn(1, scale, page.Box{X0: 5, Y0: 95, X1: 60, Y1: 95}), drawn(2, scale)
	white := color.RGBA{255, 255, 255, 255}
	for _, c := range []struct {
		what   string
		canvas *image.RGBA
		x, y   float64
		want   color.RGBA
	}{
		{"the heading's box", first, 55, 8.8, over(headingColour)},
		{"inside the heading", first, 55, 15, white},
		{"the text's box", first, 55, 28.8, over(paragraphColour)},
		{"the border of the table", first, 19.2, 80, over(tableColours[0])},
		{"a cell", first, 35, 80, over(with(tableColours[0], wash))},
		{"the outline of a cell", first, 48.2, 80, over(with(tableColours[0], wash), tableColours[0])},
		{"a merged cell", first, 35, 60, over(with(tableColours[0], mergedWash))},
		{"the table on the next page", second, 35, 20, over(with(tableColours[0], wash))},
		{"the next table", second, 35, 70, over(with(tableColours[1], wash))},
		{"a rule", first, 40, 95, over(ruleColour)},
		{"beyond a rule", first, 70, 95, white},
		{"no paragraphs of other pages", second, 55, 8.8, white},
	} {
		if got := c.canvas.RGBAAt(int(c.x*scale), int(c.y*scale)); got != c.want {
			t.Errorf("%s at %g, %g: %v, want %v", c.what, c.x, c.y, got, c.want)
		}
	}
}

// TestDigit reads the level beside a heading dot by dot.
func TestDigit(t *testing.T) {
	canvas := image.NewRGBA(image.Rect(0, 0, 40, 40))
	p := pen{canvas: canvas, x: 1, y: 1}
	p.digit(image.Pt(30, 10), 1, headingColour)
	got := ""
	for y := range 5 {
		for x := range 3 {
			if canvas.RGBAAt(30-8+2*x, 10+2*y).A > 0 {
				got += "#"
			} else {
				got += "."
			}
		}
		got += "\n"
	}
	if want := ".#.\n##.\n.#.\n.#.\n###\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestExtremes draws what a damaged file may hold: nothing may fail.
func TestExtremes(t *testing.T) {
	canvas := image.NewRGBA(image.Rect(0, 0, 50, 50))
	far := []document.Block{
		&document.Paragraph{Place: place(1, -1e30, -1e30, 1e30, 1e30), Level: 9},
		&document.Table{Place: place(1, 0, 0, 1, 1), Cells: []document.Cell{{Place: place(1, 1e9, 1e9, 1e10, 1e10), RowSpan: 1, ColSpan: 1}}},
	}
	Draw(canvas, Sheet{Number: 1, Width: 0, Height: 100, Blocks: far})
	for _, c := range canvas.Pix {
		if c != 0 {
			t.Fatal("a page without a size was drawn on")
		}
	}
	Draw(canvas, Sheet{Number: 1, Width: 1, Height: 1, Blocks: far, Rules: []page.Box{{X0: -1e30, X1: 1e30, Y0: 0.5, Y1: 0.5}}})
	if canvas.RGBAAt(25, 25).A == 0 {
		t.Error("a rule across the page was not drawn")
	}
}
