package content

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/pdf/page"
)

// resources are a resource dictionary with what was found in it already.
type resources struct {
	file   *File
	dict   types.Dict
	fonts  map[string]*font
	spaces map[string]*colorSpace
}

func (f *File) resources(o types.Object) *resources {
	return &resources{file: f, dict: f.dict(o), fonts: map[string]*font{}, spaces: map[string]*colorSpace{}}
}

// find looks a resource up.
func (r *resources) find(category, name string) types.Object {
	if name == "" {
		return nil
	}
	return r.file.dict(r.dict[category])[name]
}

func (r *resources) font(f *File, name string) *font {
	if got, ok := r.fonts[name]; ok {
		return got
	}
	got := f.font(r.find("Font", name))
	r.fonts[name] = got
	return got
}

func (r *resources) colorSpace(f *File, name string) *colorSpace {
	if got, ok := r.spaces[name]; ok {
		return got
	}
	got := namedSpace(name)
	if o := r.find("ColorSpace", name); o != nil {
		got = f.colorSpace(o, 0)
	}
	r.spaces[name] = got
	return got
}

func objectOperators() map[string]action {
	return map[string]action{
		"Do": (*interpreter).do,
		"BI": (*interpreter).inlineImage,
		"BMC": func(in *interpreter, _ []token) error {
			in.marks = append(in.marks, mark{})
			return nil
		},
		"BDC": (*interpreter).beginMark,
		"EMC": func(in *interpreter, _ []token) error {
			in.closeMark()
			return nil
		},
		"BX": func(in *interpreter, _ []token) error {
			in.ignore++
			return nil
		},
		"EX": func(in *interpreter, _ []token) error {
			in.ignore = max(in.ignore-1, 0)
			return nil
		},
		"MP": nothing, "DP": nothing, "d0": nothing, "d1": nothing, "ID": nothing, "EI": nothing,
	}
}

// form is a form XObject.
type form struct {
	data   []byte
	whole  bool
	matrix matrix
	box    []float64
	res    *resources // nil: those of who paints it
	busy   bool
}

// do paints an XObject.
func (in *interpreter) do(args []token) error {
	o := in.res.find("XObject", lastName(args))
	sd, ok := in.file.stream(o)
	if !ok {
		return nil
	}
	switch in.file.name(sd.Dict["Subtype"]) {
	case "Image":
		in.image(in.file.resolve(sd.Dict["ImageMask"]) == types.Boolean(true))
	case "Form":
		fm, err := in.file.form(o, &sd)
		if err != nil {
			return err
		}
		return in.paintForm(fm)
	}
	return nil
}

// form reads a form, or remembers it.
func (f *File) form(o types.Object, sd *types.StreamDict) (*form, error) {
	n := objectNumber(o)
	if fm, ok := f.forms[n]; ok && n != 0 {
		return fm, nil
	}
	data, whole, err := f.decode(sd)
	if err != nil {
		return nil, err
	}
	fm := &form{data: data, whole: whole, matrix: identity}
	if m, ok := f.nums(sd.Dict["Matrix"], 6); ok {
		fm.matrix = matrix{m[0], m[1], m[2], m[3], m[4], m[5]}
	}
	if box, ok := f.nums(sd.Dict["BBox"], 4); ok {
		fm.box = box
	}
	if d := f.dict(sd.Dict["Resources"]); d != nil {
		fm.res = f.resources(d)
	}
	if n != 0 {
		f.forms[n] = fm
	}
	return fm, nil
}

// paintForm runs a form in a state of its own. A form that paints itself is
// left alone.
func (in *interpreter) paintForm(fm *form) error {
	if fm.busy || in.depth >= maxForms {
		return nil
	}
	fm.busy = true
	in.depth++
	saved, text, line, stack, floor, marks := in.state, in.text, in.line, len(in.stack), in.floor, len(in.marks)
	path := in.path
	in.path, in.floor = path0(path), stack
	in.state.ctm = fm.matrix.then(in.state.ctm)
	if fm.box != nil {
		in.clip(in.state.ctm.box(normal(fm.box)))
	}
	res := fm.res
	if res == nil {
		res = in.res
	}
	in.page.Damaged = in.page.Damaged || !fm.whole
	err := in.run(fm.data, res)
	for len(in.marks) > marks {
		in.closeMark()
	}
	in.state, in.text, in.line, in.floor, in.path = saved, text, line, floor, path
	in.stack = in.stack[:min(stack, len(in.stack))]
	in.depth--
	fm.busy = false
	return err
}

// path0 is an empty path with the current point of another.
func path0(p path) path { return path{x: p.x, y: p.y} }

// image notes an image that covers the unit square. A thin stencil is as good
// a rule as a filled rectangle, and some producers draw rules so.
func (in *interpreter) image(stencil bool) {
	in.page.Images++
	box := in.state.ctm.box(rect{0, 0, 1, 1})
	seen := box.and(in.state.clip)
	if seen.empty() {
		return
	}
	whole := float64(in.page.Width) * float64(in.page.Height)
	if whole > 0 {
		in.page.ImageArea = max(in.page.ImageArea, float32(min(1, (seen.x1-seen.x0)*(seen.y1-seen.y0)/whole)))
	}
	if stencil && min(box.x1-box.x0, box.y1-box.y0) <= thin {
		in.emit(box, false, in.state.fill)
	}
}

// inlineImage passes over BI … ID … EI.
func (in *interpreter) inlineImage([]token) error {
	stencil := false
	for {
		t := in.lex.next()
		if t.kind == end {
			in.page.Damaged = true
			return nil
		}
		if t.kind == operator {
			if string(t.bytes) == "true" {
				stencil = true // ImageMask is the one key that is true
			}
			if string(t.bytes) == "ID" {
				break
			}
		}
	}
	in.image(stencil)
	l := in.lex
	for from := l.at; ; {
		i := bytes.Index(l.data[min(from, len(l.data)):], []byte("EI"))
		if i < 0 {
			l.at = len(l.data)
			in.page.Damaged = true
			return nil
		}
		from += i + 2
		if endsImage(l.data, from) {
			l.at = from
			return nil
		}
	}
}

// lookAhead is how many bytes behind an EI must look like a content stream.
const lookAhead = 16

// endsImage tells whether the EI before at is an operator and not image data:
// white space around it, and readable characters behind.
func endsImage(data []byte, at int) bool {
	if at < 3 || class[data[at-3]] != space || at < len(data) && class[data[at]] != space {
		return false
	}
	for _, c := range data[at:min(at+lookAhead, len(data))] {
		if c > '~' || c < ' ' && (class[c] != space || c == 0) {
			return false
		}
	}
	return true
}

// mark is an open marked-content sequence.
type mark struct {
	actual bool // it has an ActualText
	text   string
	from   int // the first of its glyphs
}

// beginMark opens a sequence; its properties stand in the stream or in the
// resources.
func (in *interpreter) beginMark(args []token) error {
	m := mark{from: len(in.page.Glyphs)}
	if n := len(args); n > 0 && args[n-1].kind == name {
		if raw, ok := in.file.dict(in.res.find("Properties", string(args[n-1].bytes)))["ActualText"]; ok {
			m.actual, m.text = true, textString(in.file.str(raw))
		}
	}
	depth := 0
	for i, t := range args {
		switch t.kind {
		case dictOpen:
			depth++
		case dictClose:
			depth--
		case name:
			if depth == 1 && string(t.bytes) == "ActualText" && i+1 < len(args) && args[i+1].kind == text {
				m.actual, m.text = true, textString(args[i+1].bytes)
			}
		}
	}
	in.marks = append(in.marks, m)
	return nil
}

// closeMark closes the innermost sequence and lets its ActualText speak.
func (in *interpreter) closeMark() {
	n := len(in.marks)
	if n == 0 {
		return
	}
	m := in.marks[n-1]
	in.marks = in.marks[:n-1]
	if m.actual && m.from < len(in.page.Glyphs) {
		in.replace(in.page.Glyphs[m.from:], m.text)
	}
}

// replace gives glyphs the text that they stand for together: each its
// character if the numbers agree; else the first all of it and the others
// none, if they are on one line; over several lines only glyphs without text
// of their own have any use for it.
func (in *interpreter) replace(glyphs []page.Glyph, actual string) {
	unknown, own := 0, strings.Builder{}
	for _, g := range glyphs {
		if g.Text == unknownText {
			unknown++
		}
		own.WriteString(g.Text)
	}
	if own.String() == actual || unknown == 0 && !oneLine(glyphs) {
		return
	}
	in.page.Unmapped -= unknown
	if utf8.RuneCountInString(actual) == len(glyphs) {
		for i, r := range []rune(actual) {
			glyphs[i].Text = string(r)
		}
		return
	}
	box := glyphs[0].Box
	for _, g := range glyphs[1:] {
		box = page.Box{X0: min(box.X0, g.Box.X0), Y0: min(box.Y0, g.Box.Y0), X1: max(box.X1, g.Box.X1), Y1: max(box.Y1, g.Box.Y1)}
	}
	glyphs[0].Text, glyphs[0].Box = strings.ToValidUTF8(actual, unknownText), box
	in.page.Glyphs = in.page.Glyphs[:len(in.page.Glyphs)-len(glyphs)+1]
	if actual == "" {
		in.page.Glyphs = in.page.Glyphs[:len(in.page.Glyphs)-1]
	}
}

// oneLine tells whether glyphs stand on one line of writing.
func oneLine(glyphs []page.Glyph) bool {
	first := glyphs[0]
	down := first.Vertical || first.Angle == 90 || first.Angle == 270
	for _, g := range glyphs[1:] {
		across := g.Y - first.Y
		if down {
			across = g.X - first.X
		}
		if max(across, -across) > first.Size/2 {
			return false
		}
	}
	return true
}
