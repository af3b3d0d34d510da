package content

import (
	"context"
	"errors"
	"fmt"

	"yusuan/extract/pdf/page"
)

const (
	// maxStates bounds the nesting of q; PDF itself promises 28.
	maxStates = 1 << 12
	// maxForms bounds how deep form XObjects nest.
	maxForms = 24
	// maxOperands bounds the operands of one operator, most of them numbers
	// and strings of a TJ.
	maxOperands = 1 << 18
	// maxOperators bounds the operators of a page: forms within forms can
	// multiply a small file into an endless one.
	maxOperators = 20_000_000
	// maxGlyphs and maxPaths bound what a page holds.
	maxGlyphs = 2_000_000
	maxPaths  = 2_000_000
	// checkEvery is after how many operators the context is asked.
	checkEvery = 1 << 10
)

// interpreter runs the content of one page.
type interpreter struct {
	ctx  context.Context
	file *File
	page *page.Page

	state  state
	stack  []state
	floor  int // of the stack, where the running form began
	text   matrix
	line   matrix
	path   path
	clipAt bool // a W waits for the painting operator
	marks  []mark
	res    *resources
	depth  int
	count  int
	full   bool // a bound was met
	ignore int  // depth of BX … EX

	lex  *lexer
	args []token
}

func newInterpreter(ctx context.Context, f *File, p *page.Page) *interpreter {
	return &interpreter{ctx: ctx, file: f, page: p, args: make([]token, 0, 64)}
}

// start sets the state in which a page begins.
func (in *interpreter) start(base matrix) {
	black := paint{space: deviceGray, alpha: 1}
	in.state = state{
		ctm: base, clip: rect{0, 0, float64(in.page.Width), float64(in.page.Height)},
		lineWidth: 1, fill: black, stroke: black, stretch: 1,
	}
	in.text, in.line = identity, identity
	in.stack, in.floor, in.clipAt, in.path = in.stack[:0], 0, false, path{}
	in.res = in.file.resources(nil)
}

// finish closes what the content left open.
func (in *interpreter) finish() {
	for len(in.marks) > 0 {
		in.closeMark()
	}
	if in.full {
		in.page.Damaged = true
		in.file.note(in.page.Number, "pdf.bound", "the page paints more than is read; the rest is lost")
	}
}

// errFull stops a page that has too much of something.
var errFull = errors.New("a bound was met")

// run runs a content stream with its resources. The error is the context's.
func (in *interpreter) run(data []byte, res *resources) error {
	lex, outer, args := in.lex, in.res, in.args
	in.lex, in.res, in.args = &lexer{data: data}, res, in.args[len(in.args):]
	err := in.loop()
	if in.lex.broken {
		in.page.Damaged = true
	}
	in.lex, in.res, in.args = lex, outer, args
	if errors.Is(err, errFull) {
		in.full = true
		return nil
	}
	return err
}

func (in *interpreter) loop() error {
	ops := in.file.ops
	for {
		t := in.lex.next()
		switch t.kind {
		case end:
			return nil
		case operator:
			if in.count++; in.count%checkEvery == 0 {
				if err := in.check(); err != nil {
					return err
				}
			}
			if op := ops.find(code(t.bytes)); op != nil {
				if err := op(in, in.args); err != nil {
					return err
				}
			} else if in.ignore == 0 && len(t.bytes) > 0 {
				in.unknown(t.bytes)
			}
			in.args = in.args[:0]
		default:
			if len(in.args) < maxOperands {
				in.args = append(in.args, t)
			}
		}
	}
}

// check asks the context and the bounds.
func (in *interpreter) check() error {
	if err := in.ctx.Err(); err != nil {
		return fmt.Errorf("reading page %d: %w", in.page.Number, err)
	}
	if in.count > maxOperators || len(in.page.Glyphs) > maxGlyphs || len(in.page.Paths) > maxPaths {
		return errFull
	}
	return nil
}

// unknown is called for an operator that PDF does not have. Words of letters
// are left alone, since some producers write their own; anything else means
// that the stream is broken.
func (in *interpreter) unknown(op []byte) {
	for _, c := range op {
		if c < '!' || c > '~' {
			in.page.Damaged = true
			return
		}
	}
}

// code packs an operator's name; 0 is no operator.
func code(op []byte) uint32 {
	if len(op) > 3 {
		return 0
	}
	v := uint32(0)
	for _, c := range op {
		v = v<<8 | uint32(c)
	}
	return v
}

// action carries out an operator.
type action func(in *interpreter, args []token) error

// operators are all operators that change what is read from a page.
func operators() *actions {
	m := &actions{}
	for _, group := range []map[string]action{stateOperators(), textOperators(), showOperators(), pathOperators(), colorOperators(), objectOperators()} {
		for name, a := range group {
			m.put(code([]byte(name)), a)
		}
	}
	return m
}

// actions is a table of operators by code. One is looked up for every few
// bytes of a page: a map costs a tenth of the interpreter.
type actions [256]struct {
	code   uint32
	action action
}

// slot is where the search for a code begins. The table is larger than the
// number of operators, so that a search ends.
func (a *actions) slot(code uint32) uint8 { return uint8(code ^ code>>5 ^ code>>11) }

func (a *actions) put(code uint32, do action) {
	i := a.slot(code)
	for a[i].action != nil && a[i].code != code {
		i++
	}
	a[i].code, a[i].action = code, do
}

// find returns the action of a code, nil if there is none.
func (a *actions) find(code uint32) action {
	for i := a.slot(code); ; i++ {
		if e := &a[i]; e.action == nil || e.code == code {
			return e.action
		}
	}
}

func stateOperators() map[string]action {
	return map[string]action{
		"q": (*interpreter).save,
		"Q": (*interpreter).restore,
		"cm": func(in *interpreter, args []token) error {
			if n, ok := numbers6(args); ok {
				in.state.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(in.state.ctm)
			}
			return nil
		},
		"w": func(in *interpreter, args []token) error {
			in.state.lineWidth = max(last(args, in.state.lineWidth), 0)
			return nil
		},
		"J": func(in *interpreter, args []token) error {
			in.state.lineCap = int(last(args, 0))
			return nil
		},
		"gs": (*interpreter).extState,
		"j":  nothing, "M": nothing, "d": nothing, "ri": nothing, "i": nothing,
	}
}

// nothing is an operator that changes nothing that is read.
func nothing(*interpreter, []token) error { return nil }

func (in *interpreter) save([]token) error {
	if len(in.stack) < maxStates {
		in.stack = append(in.stack, in.state)
	}
	return nil
}

func (in *interpreter) restore([]token) error {
	if n := len(in.stack); n > in.floor {
		in.state = in.stack[n-1]
		in.stack = in.stack[:n-1]
	}
	return nil
}

// extState sets what a graphics state dictionary names.
func (in *interpreter) extState(args []token) error {
	f := in.file
	d := f.dict(in.res.find("ExtGState", lastName(args)))
	if w, ok := f.num(d["LW"]); ok {
		in.state.lineWidth = max(w, 0)
	}
	in.state.lineCap = f.int(d["LC"], in.state.lineCap)
	in.state.fill.alpha = f.numOr(d["ca"], in.state.fill.alpha)
	in.state.stroke.alpha = f.numOr(d["CA"], in.state.stroke.alpha)
	if a := f.array(d["Font"]); len(a) == 2 {
		in.state.font = f.font(a[0])
		in.state.size = f.numOr(a[1], in.state.size)
	}
	return nil
}

// numbers6 are the last six operands, if they are numbers.
func numbers6(args []token) (n [6]float64, ok bool) {
	if len(args) < 6 {
		return n, false
	}
	for i, t := range args[len(args)-6:] {
		if t.kind != number {
			return n, false
		}
		n[i] = t.num
	}
	return n, true
}

// numbers4 are the last four operands, if they are numbers.
func numbers4(args []token) (n [4]float64, ok bool) {
	if len(args) < 4 {
		return n, false
	}
	for i, t := range args[len(args)-4:] {
		if t.kind != number {
			return n, false
		}
		n[i] = t.num
	}
	return n, true
}

// numbers2 are the last two operands, if they are numbers.
func numbers2(args []token) (x, y float64, ok bool) {
	n := len(args)
	if n < 2 || args[n-1].kind != number || args[n-2].kind != number {
		return 0, 0, false
	}
	return args[n-2].num, args[n-1].num, true
}

// last is the last operand, if it is a number.
func last(args []token, or float64) float64 {
	if n := len(args); n > 0 && args[n-1].kind == number {
		return args[n-1].num
	}
	return or
}

// lastName is the last operand, if it is a name.
func lastName(args []token) string {
	if n := len(args); n > 0 && args[n-1].kind == name {
		return string(args[n-1].bytes)
	}
	return ""
}
