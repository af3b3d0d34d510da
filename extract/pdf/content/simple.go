package content

import (
	"math"
	"strings"
	"unicode/utf8"

	corefont "github.com/pdfcpu/pdfcpu/pkg/font"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/pdf/cmap"
	"yusuan/extract/pdf/fontfile"
)

// simpleFont is a Type 1, TrueType or Type 3 font: one byte, one glyph.
type simpleFont struct {
	font
	glyphs [256]*glyph

	file      *File
	toUnicode *cmap.Map
	names     map[byte]string // Differences
	base      *[256]rune      // what the file says, nil if it says nothing
	usual     *[256]rune      // where nobody says anything; nil if nothing is usual
	symbolic  bool            // shown by the codes of its own program
	program   func() *fontfile.Font
	widths    [256]float64

	chinese chinese
	pairs   map[uint16]*glyph
}

// chinese tells whether the bytes of a simple font are GBK in truth, as old
// Chinese producers wrote them.
type chinese int

const (
	never  chinese = iota // the file says what the bytes are
	unsure                // the bytes will tell
	surely
)

func (f *File) simple(d types.Dict) *font {
	desc := f.dict(d["FontDescriptor"])
	s := &simpleFont{file: f, toUnicode: f.toUnicode(d), pairs: map[uint16]*glyph{}}
	base := f.name(d["BaseFont"])
	f.describe(&s.font, base, desc)
	s.program = f.embedded(desc)
	factor := 0.001
	if f.name(d["Subtype"]) == "Type3" {
		factor = f.type3(s, d)
	}
	f.simpleWidths(s, d, desc, factor)
	const symbolic = 1 << 2
	s.usual = usual(&s.font, f.name(d["Subtype"]) == "TrueType")
	s.symbolic = f.int(desc["Flags"], 0)&symbolic != 0
	s.readEncoding(d["Encoding"], f.hasProgram(desc))
	if s.toUnicode == nil && !f.hasProgram(desc) && len(s.names) == 0 && f.name(d["Subtype"]) != "Type3" {
		s.chinese = unsure
		if chineseFace(base) {
			s.chinese = surely
		}
	}
	s.next = s.nextGlyph
	return &s.font
}

// readEncoding reads Encoding: a name, or a dictionary with differences from a
// base encoding.
func (s *simpleFont) readEncoding(o types.Object, embedded bool) {
	f := s.file
	if s.symbolic && embedded {
		s.usual = nil
	}
	switch e := f.resolve(o).(type) {
	case types.Name:
		s.base = cmap.Simple(string(e))
	case types.Dict:
		s.base = cmap.Simple(f.name(e["BaseEncoding"]))
		s.names = map[byte]string{}
		code := 0
		for _, part := range f.array(e["Differences"]) {
			switch p := f.resolve(part).(type) {
			case types.Integer:
				code = int(p)
			case types.Name:
				if 0 <= code && code < 256 {
					s.names[byte(code)] = string(p)
				}
				code++
			}
		}
	}
}

// usual are the characters of a font where nobody says anything: the built-in
// encoding of the fonts that every reader has, the standard encoding, with
// that of Windows where it has nothing.
func usual(f *font, trueType bool) *[256]rune {
	if t := cmap.Symbol(f.name); t != nil {
		return t
	}
	t := cmap.Simple("WinAnsiEncoding")
	if trueType {
		return t
	}
	for c, r := range cmap.Simple("StandardEncoding") {
		if r != 0 {
			t[c] = r
		}
	}
	return t
}

// type3 sets what a Type 3 font has of its own: lengths in its own glyph
// space. It returns the factor of widths.
func (f *File) type3(s *simpleFont, d types.Dict) float64 {
	m, ok := f.nums(d["FontMatrix"], 6)
	if !ok {
		return 0.001
	}
	if box, ok := f.nums(d["FontBBox"], 4); ok {
		r := matrix{m[0], m[1], m[2], m[3], 0, 0}.box(normal(box))
		if h := r.y1 - r.y0; h > 0 && h < 1e4 {
			s.ascent, s.descent, s.unit = r.y1, r.y0, h
		}
	}
	if s.name == "" {
		s.name = f.name(d["Name"])
	}
	return math.Abs(m[0])
}

// simpleWidths reads Widths; the standard fonts may come without.
func (f *File) simpleWidths(s *simpleFont, d, desc types.Dict, factor float64) {
	list := f.array(d["Widths"])
	missing := f.numOr(desc["MissingWidth"], 0) * factor
	for c := range s.widths {
		s.widths[c] = missing
	}
	if core := coreName(s.name); len(list) == 0 && core != "" {
		table := cmap.Simple("WinAnsiEncoding")
		for c, r := range table {
			if w, err := corefont.CharWidth(core, r); err == nil && r != 0 {
				s.widths[c] = float64(w) / 1000
			}
		}
	}
	first := f.int(d["FirstChar"], 0)
	for i, o := range list {
		if c := first + i; 0 <= c && c < len(s.widths) {
			s.widths[c] = f.numOr(o, 0) * factor
		}
	}
}

// coreName is the standard font that a name means, "" if none. The names are
// those of Windows that ISO 32000-1 readers take for them.
func coreName(name string) string {
	if corefont.IsCoreFont(name) {
		return name
	}
	family, _, _ := strings.Cut(strings.ReplaceAll(name, " ", ""), ",")
	family, _, _ = strings.Cut(family, "-")
	bold := boldName(name)
	switch family {
	case "Arial", "ArialMT", "Helvetica":
		if bold {
			return "Helvetica-Bold"
		}
		return "Helvetica"
	case "TimesNewRoman", "TimesNewRomanPS", "TimesNewRomanPSMT", "Times":
		if bold {
			return "Times-Bold"
		}
		return "Times-Roman"
	case "CourierNew", "CourierNewPS", "CourierNewPSMT", "Courier":
		return "Courier"
	}
	return ""
}

// faces are the Chinese fonts of Windows and of office programs whose names
// are written in ASCII.
const faces = "simsun simhei simkai simfang nsimsun fangsong kaiti youyuan stsong stheiti stkaiti stfangsong stzhongsong stxihei lisu dengxian songti heiti"

// chineseFace tells whether a font's name is that of a Chinese font: written
// in GBK itself, in Chinese, or one of faces.
func chineseFace(base string) bool {
	if !utf8.ValidString(base) {
		_, ok := cmap.GBK([]byte(base))
		return ok
	}
	for _, r := range base {
		if r >= 0x2e80 {
			return true
		}
	}
	family, _, _ := strings.Cut(strings.ToLower(fontName(base)), ",")
	family, _, _ = strings.Cut(strings.ReplaceAll(family, "_gb2312", ""), "-")
	for face := range strings.FieldsSeq(faces) {
		if family == face {
			return true
		}
	}
	return false
}

func (s *simpleFont) nextGlyph(b []byte) (*glyph, int) {
	c := b[0]
	if s.chinese != never && c > 0x80 && len(b) > 1 && (s.chinese == surely || s.looksGBK(b)) {
		if g := s.pair(c, b[1]); g != nil {
			return g, 2
		}
	}
	g := s.glyphs[c]
	if g == nil {
		g = s.glyph(c)
		s.glyphs[c] = g
	}
	return g, 1
}

// minPairs is how many characters of GB 2312 in a row, and nothing else above
// ASCII, show that bytes are GBK. Accented words of Western languages have
// their accents one by one.
const minPairs = 2

// looksGBK looks at the bytes above ASCII at the start of b.
func (s *simpleFont) looksGBK(b []byte) bool {
	n := 0
	for n < len(b) && b[n] > 0x80 {
		n++
	}
	if n%2 == 1 || n < 2*minPairs {
		return false
	}
	for i := 0; i < n; i += 2 {
		lead, trail := b[i], b[i+1]
		ideograph, sign := 0xb0 <= lead && lead <= 0xf7, 0xa1 <= lead && lead <= 0xa3
		if !ideograph && !sign || trail < 0xa1 || trail == 0xff {
			return false
		}
	}
	s.chinese = surely
	return true
}

// pair is the glyph of two bytes of GBK, nil if they are none.
func (s *simpleFont) pair(lead, trail byte) *glyph {
	key := uint16(lead)<<8 | uint16(trail)
	if g, ok := s.pairs[key]; ok {
		return g
	}
	var g *glyph
	if text, ok := cmap.GBK([]byte{lead, trail}); ok {
		s.file.note(0, "pdf.gbk", "the font "+s.name+" says nothing of Chinese, but its text was read as GBK")
		g = &glyph{text: text, width: s.widths[lead] + s.widths[trail]}
	}
	s.pairs[key] = g
	return g
}

func (s *simpleFont) glyph(c byte) *glyph {
	g := &glyph{width: s.widths[c], blank: c == ' '}
	g.text = spell(s.textOf(c))
	if g.text == "" {
		g.text, g.unmapped = unknownText, true
	}
	return g
}

// textOf asks everyone who may know, the one who was made to tell first.
func (s *simpleFont) textOf(c byte) string {
	if s.toUnicode != nil {
		if t, ok := s.toUnicode.Text(uint32(c), 1); ok && usable(t) {
			return t
		}
	}
	if name, ok := s.names[c]; ok {
		return s.named(name, c)
	}
	if s.symbolic { // a symbolic font is shown by its own codes, whatever its encoding says
		if t := s.builtIn(c); t != "" {
			return t
		}
	}
	if s.base != nil && s.base[c] != 0 {
		return string(s.base[c])
	}
	if t := s.builtIn(c); t != "" {
		return t
	}
	if s.usual != nil && s.usual[c] != 0 {
		return string(s.usual[c])
	}
	return ""
}

// named is the text of a glyph by its name in Differences.
func (s *simpleFont) named(name string, c byte) string {
	if t, ok := cmap.GlyphText(name); ok {
		return t
	}
	if n, ok := cmap.GlyphNumber(name); ok {
		if t := programText(s.program(), uint16(n)); t != "" {
			return t
		}
	}
	if t := s.builtIn(c); t != "" {
		return t
	}
	if name == ".notdef" && s.usual != nil && s.usual[c] != 0 {
		return string(s.usual[c])
	}
	return ""
}

// builtIn asks the embedded font program.
func (s *simpleFont) builtIn(c byte) string {
	program := s.program()
	if t, ok := cmap.GlyphText(program.CodeNames[c]); ok {
		return t
	}
	if gid, ok := program.Codes[c]; ok {
		return programText(program, gid)
	}
	return ""
}
