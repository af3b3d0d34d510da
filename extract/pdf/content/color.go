package content

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// colorKind is what the components of a colour mean.
type colorKind int

const (
	gray colorKind = iota
	rgb
	cmyk
	lab
	indexed
	tint    // Separation and DeviceN: how much ink
	pattern // no colour of its own
)

// colorSpace is as much of a colour space as luminance needs.
type colorSpace struct {
	kind  colorKind
	comps int
	base  *colorSpace
	table []byte // of indexed
}

// The device spaces never change.
var (
	deviceGray   = &colorSpace{kind: gray, comps: 1}
	deviceRGB    = &colorSpace{kind: rgb, comps: 3}
	deviceCMYK   = &colorSpace{kind: cmyk, comps: 4}
	patternSpace = &colorSpace{kind: pattern}
)

// patternGray is the luminance that a pattern counts with.
const patternGray = 0.5

func colorOperators() map[string]action {
	device := func(cs *colorSpace, stroke bool) action {
		return func(in *interpreter, args []token) error {
			in.setSpace(cs, stroke)
			in.setColor(args, stroke)
			return nil
		}
	}
	space := func(stroke bool) action {
		return func(in *interpreter, args []token) error {
			in.setSpace(in.res.colorSpace(in.file, lastName(args)), stroke)
			return nil
		}
	}
	color := func(stroke bool) action {
		return func(in *interpreter, args []token) error {
			in.setColor(args, stroke)
			return nil
		}
	}
	return map[string]action{
		"g": device(deviceGray, false), "G": device(deviceGray, true),
		"rg": device(deviceRGB, false), "RG": device(deviceRGB, true),
		"k": device(deviceCMYK, false), "K": device(deviceCMYK, true),
		"cs": space(false), "CS": space(true),
		"sc": color(false), "SC": color(true), "scn": color(false), "SCN": color(true),
		"sh": nothing,
	}
}

// setSpace sets a colour space with its initial colour, black but for
// patterns and inks.
func (in *interpreter) setSpace(cs *colorSpace, stroke bool) {
	p := in.paint(stroke)
	p.space = cs
	p.gray = cs.initial()
}

func (in *interpreter) paint(stroke bool) *paint {
	if stroke {
		return &in.state.stroke
	}
	return &in.state.fill
}

func (in *interpreter) setColor(args []token, stroke bool) {
	p := in.paint(stroke)
	var comps [4]float64
	n := 0
	for _, t := range args {
		if t.kind == number && n < len(comps) {
			comps[n] = t.num
			n++
		}
	}
	if lastName(args) != "" {
		p.gray = patternGray
	} else if n > 0 {
		p.gray = p.space.luminance(comps[:n])
	}
}

func (c *colorSpace) initial() float64 {
	switch c.kind {
	case pattern:
		return patternGray
	case indexed:
		return c.luminance([]float64{0})
	}
	return 0
}

// luminance is how light a colour is, 0 to 1 (the weights of ITU-R BT.601).
func (c *colorSpace) luminance(v []float64) float64 {
	at := func(i int) float64 {
		if i >= len(v) {
			return 0
		}
		return max(0, min(1, v[i]))
	}
	switch c.kind {
	case rgb:
		return 0.299*at(0) + 0.587*at(1) + 0.114*at(2)
	case cmyk:
		k := 1 - at(3)
		return k * (0.299*(1-at(0)) + 0.587*(1-at(1)) + 0.114*(1-at(2)))
	case lab:
		if len(v) > 0 {
			return max(0, min(1, v[0]/100))
		}
		return 0
	case tint:
		ink := 0.0
		for i := range v {
			ink = max(ink, at(i))
		}
		return 1 - ink
	case indexed:
		return c.look(v)
	case pattern:
		return patternGray
	}
	return at(0)
}

// look finds an indexed colour.
func (c *colorSpace) look(v []float64) float64 {
	n := c.base.comps
	if len(v) == 0 || n == 0 || !(v[0] >= 0) || v[0] > 255 || (int(v[0])+1)*n > len(c.table) {
		return 0
	}
	var comps [4]float64
	for i := range min(n, len(comps)) {
		comps[i] = float64(c.table[int(v[0])*n+i]) / 255
		if c.base.kind == lab {
			comps[i] *= 100
		}
	}
	return c.base.luminance(comps[:min(n, len(comps))])
}

// maxSpaces bounds how deep colour spaces stand on one another.
const maxSpaces = 4

// colorSpace reads a colour space; what is not known counts by gray.
func (f *File) colorSpace(o types.Object, depth int) *colorSpace {
	o = f.resolve(o)
	if n, ok := o.(types.Name); ok {
		return namedSpace(string(n))
	}
	a, ok := o.(types.Array)
	if !ok || len(a) == 0 || depth > maxSpaces {
		return deviceGray
	}
	family := f.name(a[0])
	if len(a) == 1 {
		return namedSpace(family)
	}
	switch family {
	case "CalRGB":
		return deviceRGB
	case "Lab":
		return &colorSpace{kind: lab, comps: 3}
	case "ICCBased":
		return byComponents(f.int(f.dict(a[1])["N"], 1))
	case "Separation":
		return &colorSpace{kind: tint, comps: 1}
	case "DeviceN":
		return &colorSpace{kind: tint, comps: max(1, len(f.array(a[1])))}
	case "Pattern":
		return patternSpace
	case "Indexed", "I":
		if len(a) >= 4 {
			return &colorSpace{kind: indexed, comps: 1, base: f.colorSpace(a[1], depth+1), table: f.bytes(a[3])}
		}
	}
	return deviceGray
}

// bytes are those of a string or stream.
func (f *File) bytes(o types.Object) []byte {
	if sd, ok := f.stream(o); ok {
		data, _, err := f.decode(&sd)
		if err != nil {
			return nil
		}
		return data
	}
	return f.str(o)
}

func namedSpace(name string) *colorSpace {
	switch name {
	case "DeviceRGB", "RGB", "CalRGB":
		return deviceRGB
	case "DeviceCMYK", "CMYK":
		return deviceCMYK
	case "Pattern":
		return patternSpace
	}
	return deviceGray
}

func byComponents(n int) *colorSpace {
	switch n {
	case 3:
		return deviceRGB
	case 4:
		return deviceCMYK
	}
	return deviceGray
}
