package content

import (
	"math"

	"yusuan/extract/pdf/page"
)

func textOperators() map[string]action {
	set := func(field func(*state) *float64, factor float64) action {
		return func(in *interpreter, args []token) error {
			p := field(&in.state)
			*p = last(args, *p/factor) * factor
			return nil
		}
	}
	return map[string]action{
		"BT": func(in *interpreter, _ []token) error {
			in.text, in.line = identity, identity
			return nil
		},
		"ET": nothing,
		"Tc": set(func(s *state) *float64 { return &s.char }, 1),
		"Tw": set(func(s *state) *float64 { return &s.word }, 1),
		"Tz": set(func(s *state) *float64 { return &s.stretch }, 0.01),
		"TL": set(func(s *state) *float64 { return &s.leading }, 1),
		"Ts": set(func(s *state) *float64 { return &s.rise }, 1),
		"Tr": func(in *interpreter, args []token) error {
			in.state.mode = int(last(args, float64(in.state.mode)))
			return nil
		},
		"Tf": (*interpreter).setFont,
		"Td": func(in *interpreter, args []token) error {
			if x, y, ok := numbers2(args); ok {
				in.move(x, y)
			}
			return nil
		},
		"TD": func(in *interpreter, args []token) error {
			if x, y, ok := numbers2(args); ok {
				in.state.leading = -y
				in.move(x, y)
			}
			return nil
		},
		"Tm": func(in *interpreter, args []token) error {
			if n, ok := numbers6(args); ok {
				in.line = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
				in.text = in.line
			}
			return nil
		},
	}
}

func showOperators() map[string]action {
	return map[string]action{
		"T*": func(in *interpreter, _ []token) error {
			in.move(0, -in.state.leading)
			return nil
		},
		"Tj": func(in *interpreter, args []token) error {
			in.showLast(args)
			return nil
		},
		"'": func(in *interpreter, args []token) error {
			in.move(0, -in.state.leading)
			in.showLast(args)
			return nil
		},
		"\"": func(in *interpreter, args []token) error {
			if n := len(args); n >= 3 {
				if w, c, ok := numbers2(args[:n-1]); ok {
					in.state.word, in.state.char = w, c
				}
			}
			in.move(0, -in.state.leading)
			in.showLast(args)
			return nil
		},
		"TJ": (*interpreter).showArray,
	}
}

// move goes to another line, x and y from the start of this one.
func (in *interpreter) move(x, y float64) {
	in.line = matrix{1, 0, 0, 1, x, y}.then(in.line)
	in.text = in.line
}

func (in *interpreter) setFont(args []token) error {
	n := len(args)
	if n < 2 || args[n-2].kind != name {
		return nil
	}
	in.state.size = last(args, in.state.size)
	in.state.font = in.res.font(in.file, string(args[n-2].bytes))
	return nil
}

func (in *interpreter) showLast(args []token) {
	if n := len(args); n > 0 && args[n-1].kind == text {
		in.show(args[n-1].bytes)
	}
}

// showArray shows the strings of a TJ, and moves by its numbers between them.
func (in *interpreter) showArray(args []token) error {
	for _, t := range args {
		switch t.kind {
		case text:
			in.show(t.bytes)
		case number:
			by := -t.num / 1000 * in.state.size
			if f := in.state.font; f != nil && f.vertical {
				in.advance(0, by)
			} else {
				in.advance(by*in.state.stretch, 0)
			}
		}
	}
	return nil
}

// advance moves the text matrix.
func (in *interpreter) advance(x, y float64) {
	in.text.e += x*in.text.a + y*in.text.c
	in.text.f += x*in.text.b + y*in.text.d
}

// show paints a string.
func (in *interpreter) show(s []byte) {
	f := in.state.font
	if f == nil {
		if len(s) > 0 {
			in.page.Damaged = true
			in.page.Unmapped += len(s)
		}
		return
	}
	st := &in.state
	w := in.newWriter()
	for len(s) > 0 {
		g, n := f.next(s)
		s = s[n:]
		w.put(in, g)
		gap := st.char
		if g.blank {
			gap += st.word
		}
		if f.vertical {
			in.advance(0, g.down*st.size+gap)
		} else {
			in.advance((g.width*st.size+gap)*st.stretch, 0)
		}
	}
}

// writer holds what all glyphs of a string have in common.
type writer struct {
	m     matrix // from glyph space to the page, without the position
	proto page.Glyph
}

func (in *interpreter) newWriter() writer {
	st := &in.state
	m := matrix{st.size * st.stretch, 0, 0, st.size, 0, st.rise}.then(in.text).then(st.ctm)
	f := st.font
	w := writer{m: m}
	w.proto = page.Glyph{
		Size: coordinate(math.Hypot(m.c, m.d) * f.unit), Font: f.name, Bold: f.bold || st.mode == 2,
		Angle: angle(m), Vertical: f.vertical, Clip: st.clip.page(), Hidden: st.hidden(),
	}
	return w
}

// angle is the direction of the x axis as seen, counter-clockwise.
func angle(m matrix) int16 {
	if m.a == 0 && m.b == 0 {
		return 0
	}
	deg := int16(math.Round(math.Atan2(-m.b, m.a) * 180 / math.Pi))
	return (deg + 360) % 360
}

// put paints one glyph at the current position.
func (w *writer) put(in *interpreter, g *glyph) {
	st := &in.state
	m := w.m
	at := matrix{e: 0, f: st.rise}.then(in.text).then(st.ctm)
	m.e, m.f = at.e, at.f
	box := rect{0, st.font.descent, g.width, st.font.ascent}
	if st.font.vertical {
		m.e, m.f = m.e-g.vx*m.a-g.vy*m.c, m.f-g.vx*m.b-g.vy*m.d
		box = rect{0, g.vy + g.down, g.width, g.vy}
	}
	out := w.proto
	out.Text = g.text
	out.Box = m.box(box).page()
	out.X, out.Y = coordinate(m.e), coordinate(m.f)
	if g.unmapped {
		in.page.Unmapped++
	}
	in.page.Glyphs = append(in.page.Glyphs, out)
}
