package content

// state is the graphics state, as far as it decides what is read from a page.
// It is a plain value: q copies it, Q puts the copy back.
type state struct {
	ctm  matrix
	clip rect

	lineWidth float64
	lineCap   int
	fill      paint
	stroke    paint

	font    *font
	size    float64
	char    float64 // Tc
	word    float64 // Tw
	stretch float64 // Tz as a factor
	leading float64
	rise    float64
	mode    int // Tr
}

// paint is a colour: its space, its luminance from 0 to 1, its opacity.
type paint struct {
	space *colorSpace
	gray  float64
	alpha float64
}

// hidden tells whether text in this state cannot be seen: rendering modes 3
// and 7.
func (s *state) hidden() bool { return s.mode == 3 || s.mode == 7 }
