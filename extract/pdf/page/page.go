// Package page is what the sources of a PDF hand to the table finder: a page
// as glyphs and rules, in one coordinate system, whoever read it.
//
// All coordinates are points from the page's top left corner as a person sees
// it (after /Rotate and the crop box), y growing downward.
package page

// Page is one page.
type Page struct {
	// Number is 1-based.
	Number int
	// Width and Height are the size as seen.
	Width, Height float32
	// Glyphs are the glyphs in the order of the content stream, those that
	// cannot be seen included (see Glyph.Flags).
	Glyphs []Glyph
	// Paths are the filled and stroked shapes that can be ruling lines or
	// backgrounds.
	Paths []Path
	// Images is the number of images painted, ImageArea the share of the
	// page that the largest covers, 0 to 1.
	Images    int
	ImageArea float32
	// Unmapped counts glyphs whose text is not known, Damaged says that the
	// content stream could not be read to its end.
	Unmapped int
	Damaged  bool
}

// Glyph is one painted glyph.
type Glyph struct {
	// Text is what it stands for: one rune mostly, several for a ligature or
	// an ActualText, "\uFFFD" if unknown.
	Text string
	// Box is the advance box: from the origin along the advance width, with
	// the font's ascent and descent (for vertical writing the cell).
	Box Box
	// X and Y are the origin on the baseline.
	X, Y float32
	// Size is the font size as seen, in points.
	Size float32
	// Font is the base font's name without subset prefix.
	Font string
	Bold bool
	// Angle is the direction of writing as seen in degrees counter-clockwise:
	// 0, 90, 180, 270, or what is nearest.
	Angle int16
	// Vertical says that the font writes top to bottom.
	Vertical bool
	// Clip is the clip rectangle in force, the page's if there was none.
	Clip Box
	// Hidden says that the text is invisible (rendering mode 3 or 7).
	Hidden bool
}

// Path is a filled or stroked rectangle or a stroked straight line.
type Path struct {
	// Box is the shape as painted: for a line its ends, widened by the line
	// width; clipped by the clip in force.
	Box Box
	// Stroke tells a stroke from a fill.
	Stroke bool
	// Gray is the luminance of its colour, 0 black to 1 white; Alpha its
	// opacity.
	Gray, Alpha float32
}

// Box is a rectangle, X0 ≤ X1 and Y0 ≤ Y1.
type Box struct{ X0, Y0, X1, Y1 float32 }
