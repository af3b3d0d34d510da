package content

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/pdf/cmap"
	"yusuan/extract/pdf/fontfile"
)

// unknownText stands for a glyph whose text is not known.
const unknownText = string(utf8.RuneError)

// font is a font as the interpreter needs it.
type font struct {
	name            string
	bold            bool
	vertical        bool
	ascent, descent float64 // for a size of 1
	unit            float64 // size of the glyphs for a size of 1; not 1 for some Type 3 fonts

	next func(s []byte) (*glyph, int)
}

// glyph is a glyph of a font; lengths are for a size of 1.
type glyph struct {
	text     string
	unmapped bool
	blank    bool // the one-byte code 32, to which Tw applies
	width    float64
	// vx and vy are where the vertical origin stands from the horizontal
	// one, down the vertical advance, which is negative.
	vx, vy, down float64
}

// font reads a font, or remembers it. A font that is missing is nil, so that
// its text counts as not mapped.
func (f *File) font(o types.Object) *font {
	n := objectNumber(o)
	if n != 0 {
		if got, ok := f.fonts[n]; ok {
			return got
		}
	}
	d := f.dict(o)
	if d == nil {
		return nil
	}
	var got *font
	if f.name(d["Subtype"]) == "Type0" {
		got = f.composite(d)
	} else {
		got = f.simple(d)
	}
	if n != 0 {
		f.fonts[n] = got
	}
	return got
}

const (
	// The ascent and descent of fonts that do not tell theirs: the em square
	// of Chinese fonts.
	usualAscent, usualDescent = 0.88, -0.12
	// Values outside these are mistakes.
	minAscent, maxAscent   = 0.3, 1.5
	minDescent, maxDescent = -1.0, 0.0
)

// describe fills in what the name and the descriptor tell.
func (f *File) describe(out *font, base string, desc types.Dict) {
	out.name = fontName(base)
	out.unit = 1
	out.ascent, out.descent = usualAscent, usualDescent
	up, down := f.numOr(desc["Ascent"], 0)/1000, f.numOr(desc["Descent"], 0)/1000
	if down > 0 { // a usual mistake
		down = -down
	}
	if minAscent <= up && up <= maxAscent && minDescent <= down && down <= maxDescent {
		out.ascent, out.descent = up, down
	}
	const forceBold = 1 << 18
	out.bold = boldName(out.name) || f.int(desc["Flags"], 0)&forceBold != 0 || f.numOr(desc["FontWeight"], 0) >= 600
}

// fontName drops the subset prefix, and decodes names in GBK.
func fontName(base string) string {
	if len(base) > 7 && base[6] == '+' && strings.Trim(base[:6], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		base = base[7:]
	}
	if utf8.ValidString(base) {
		return base
	}
	if s, ok := cmap.GBK([]byte(base)); ok {
		return s
	}
	return strings.ToValidUTF8(base, unknownText)
}

// boldName tells a bold face by its name.
func boldName(name string) bool {
	name = strings.ToLower(name)
	for _, part := range [...]string{"bold", "heavy", "black", "粗"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// hasProgram tells whether a font is embedded.
func (f *File) hasProgram(desc types.Dict) bool {
	for _, key := range programKeys() {
		if _, ok := f.stream(desc[key]); ok {
			return true
		}
	}
	return false
}

func programKeys() [3]string { return [...]string{"FontFile2", "FontFile3", "FontFile"} }

// embedded reads the font program of a descriptor, an empty one if there is
// none. Programs are large and most fonts tell all about themselves without,
// so this is put off until it is needed.
func (f *File) embedded(desc types.Dict) func() *fontfile.Font {
	return sync.OnceValue(func() *fontfile.Font {
		for _, key := range programKeys() {
			if sd, ok := f.stream(desc[key]); ok {
				if data, _, err := f.decode(&sd); err == nil {
					if p := fontfile.Read(data); p != nil {
						return p
					}
				}
			}
		}
		return &fontfile.Font{}
	})
}

// toUnicode reads a font's ToUnicode CMap, nil if it has none. The name
// Identity-H there says that codes are UTF-16.
func (f *File) toUnicode(d types.Dict) *cmap.Map {
	o := f.resolve(d["ToUnicode"])
	if n, ok := o.(types.Name); ok && strings.HasPrefix(string(n), "Identity") {
		return cmap.Predefined("UniGB-UTF16-H")
	}
	sd, ok := o.(types.StreamDict)
	if !ok {
		return nil
	}
	return f.parseCMap(&sd, 0)
}

// maxBases bounds how deep CMaps build on one another.
const maxBases = 8

// parseCMap reads an embedded CMap with those that it builds on.
func (f *File) parseCMap(sd *types.StreamDict, depth int) *cmap.Map {
	data, _, err := f.decode(sd)
	if err != nil || depth > maxBases {
		return nil
	}
	m := cmap.Parse(data, cmap.Predefined)
	switch base := f.resolve(sd.Dict["UseCMap"]).(type) {
	case types.Name:
		m = m.WithBase(cmap.Predefined(string(base)))
	case types.StreamDict:
		m = m.WithBase(f.parseCMap(&base, depth+1))
	}
	if mode, ok := f.num(sd.Dict["WMode"]); ok {
		m = m.WithVertical(mode == 1)
	}
	return m
}

// usable tells text from the fillers that ToUnicode CMaps put where they know
// nothing: NUL, U+FFFD, U+FFFF.
func usable(s string) bool {
	return s != "" && s != "\x00" && !strings.ContainsAny(s, "\uFFFD\uFFFF\x00")
}

// spell writes the letters of the Latin ligatures (U+FB00 to U+FB06) out: they
// are forms of type, not text.
func spell(s string) string {
	const first, last = "\uFB00", "\uFB06"
	if len(s) != len(first) || s < first || s > last {
		return s
	}
	return [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[s[2]-first[2]]
}
