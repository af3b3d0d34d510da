package doc

import (
	"strings"
	"unicode/utf16"

	"yusuan/extract/numbering"
	"yusuan/extract/symbol"
)

// lists are the numbering definitions of a document ([MS-DOC] 2.9.181 PlfLst,
// 2.9.180 PlfLfo). An instance is an LFO, by its 1-based index.
type lists struct {
	counters *numbering.Lists
	// list is the definition that an instance uses.
	list map[int]int
	// levels finds the level of a definition that is linked to a style.
	levels map[levelLink]int
}

type levelLink struct{ list, istd int }

const (
	lstfSize, lfoSize, lvlfSize = 28, 16, 28
	// istdNone says in a list that a level has no style (2.9.147 LSTF).
	istdNone = 0xFFF
)

func newLists() *lists {
	return &lists{counters: numbering.New(), list: map[int]int{}, levels: map[levelLink]int{}}
}

// listReader reads levels one behind the other.
type listReader struct {
	data  []byte
	fonts []string
	ok    bool
}

// readLists reads the definitions, whose levels stand behind them, and the
// instances. It returns what it could read, and whether that is all.
func readLists(lst, levels, lfo []byte, fonts []string) (*lists, bool) {
	l := newLists()
	head, ok := cut(lst, 0, 2)
	if !ok {
		return l, len(lst) == 0
	}
	byID := map[int]int{}
	r := &listReader{data: levels, fonts: fonts, ok: true}
	count := u16(head, 0)
	for i := range count {
		lstf, ok := cut(lst, 2+i*lstfSize, lstfSize)
		if !ok || !r.ok {
			return l, false
		}
		byID[i32(lstf, 0)] = i
		l.define(i, lstf, r)
	}
	return l, l.instances(lfo, byID, fonts) && r.ok
}

// define reads a definition: one level if it is simple, all nine otherwise
// (2.9.147 LSTF).
func (l *lists) define(id int, lstf []byte, r *listReader) {
	const simple = 1
	n := numbering.Depth
	if lstf[26]&simple != 0 {
		n = 1
	}
	var levels [numbering.Depth]numbering.Level
	for i := range n {
		levels[i] = r.level()
		if istd := u16(lstf, 8+2*i) & 0xFFF; istd != istdNone {
			l.levels[levelLink{id, istd}] = i
		}
	}
	l.counters.Define(id, levels)
}

// instances reads the LFOs and what each overrides.
func (l *lists) instances(data []byte, byID map[int]int, fonts []string) bool {
	head, ok := cut(data, 0, 4)
	if !ok {
		return len(data) == 0
	}
	count := u32(head, 0)
	all, ok := cut(data, 4, count*lfoSize)
	if !ok {
		return false
	}
	r := &listReader{data: data[4+len(all):], fonts: fonts, ok: true}
	for i := range count {
		lfo := all[i*lfoSize : (i+1)*lfoSize]
		var overrides []numbering.Override
		if r.skip(4); r.ok { // a position that is not used (2.9.133 LFOData)
			for range int(lfo[12]) {
				overrides = append(overrides, r.override())
			}
		}
		if id, ok := byID[i32(lfo, 0)]; ok {
			l.list[i+1] = id
			l.counters.Use(i+1, id, overrides...)
		}
	}
	return r.ok
}

// skip passes over bytes and returns them; after the end, ok is false.
func (r *listReader) skip(n int) []byte {
	b, ok := cut(r.data, 0, n)
	if !ok {
		r.ok, r.data = false, nil
		return nil
	}
	r.data = r.data[n:]
	return b
}

// override reads what an instance changes of a level (2.9.134 LFOLVL).
func (r *listReader) override() numbering.Override {
	b := r.skip(8)
	if b == nil {
		return numbering.Override{Level: notSet}
	}
	const startAt, formatting = 1 << 4, 1 << 5
	flags := u32(b, 4)
	o := numbering.Override{Level: flags & 0xF}
	if flags&startAt != 0 {
		o.Restart, o.Start = true, i32(b, 0)
	}
	if flags&formatting != 0 {
		level := r.level()
		o.Definition = &level
		if o.Restart { // the level says where to start
			o.Start = level.Start
		}
	}
	return o
}

// level reads an LVL: a fixed part, properties of the paragraph and of the
// number, and the text with the levels as characters 0 to 8 (2.9.150 LVL,
// 2.9.151 LVLF).
func (r *listReader) level() numbering.Level {
	lvlf := r.skip(lvlfSize)
	if lvlf == nil {
		return numbering.Level{}
	}
	const legal, noRestart = 1 << 2, 1 << 3
	level := numbering.Level{Start: i32(lvlf, 0), Legal: lvlf[5]&legal != 0}
	level.Format = numberFormat(int(lvlf[4]))
	switch lvlf[15] {
	case 1:
		level.Suffix = numbering.Space
	case 2:
		level.Suffix = numbering.Nothing
	}
	if lvlf[5]&noRestart != 0 {
		if level.Restart = int(lvlf[26]); level.Restart == 0 || level.Restart > numbering.Depth {
			level.Restart = numbering.RestartNever
		}
	}
	r.skip(int(lvlf[25]))
	var c look
	c.apply(r.skip(int(lvlf[24])), nil)
	length := r.skip(2)
	if length == nil {
		return level
	}
	font := ""
	if c.fonts.ascii < len(r.fonts) {
		font = r.fonts[c.fonts.ascii]
	}
	level.Text = symbol.Replace(levelText(r.skip(2*u16(length, 0))), font)
	return level
}

// maxLabel is the longest text of a level that is believed, in characters;
// Word's dialogs allow a tenth of it.
const maxLabel = 255

// levelText turns the text of a level into that of package numbering: a
// character below 9 is the number of a level, each of which stands once.
func levelText(text []byte) string {
	text = text[:min(len(text), 2*maxLabel)]
	units := make([]uint16, 0, len(text)/2)
	numbers := 0
	for i := 0; i+1 < len(text); i += 2 {
		if u := u16(text, i); u < numbering.Depth {
			if numbers++; numbers <= numbering.Depth {
				units = append(units, '%', uint16('1'+u))
			}
		} else {
			units = append(units, uint16(u))
		}
	}
	return strings.ToValidUTF8(string(utf16.Decode(units)), "\uFFFD")
}

// numberFormat names a number format as WordprocessingML does ([MS-OSHARED]
// 2.2.1.3 MSONFC). One that is not here has a name that nobody knows, so that
// its numbers are printed in decimal and noted.
func numberFormat(nfc int) string {
	names := [...]string{
		"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText",
		"hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth",
		"japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth",
		"irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen",
		"decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
		"ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
		"taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand", "decimal",
	}
	const dashes, none = 57, 255
	switch {
	case nfc < len(names):
		return names[nfc]
	case nfc == dashes:
		return "numberInDash"
	case nfc == none:
		return "none"
	}
	return "unknown"
}

// place returns the instance and the level that number a paragraph; the
// instance is 0 or less for a paragraph that is not numbered.
func (l *lists) place(p *properties) (ilfo, ilvl int) {
	if p.ilfo <= 0 {
		return 0, 0
	}
	if p.ilvl != notSet {
		return p.ilfo, p.ilvl
	}
	list := l.list[p.ilfo]
	for _, istd := range [...]int{p.istd, p.style.owner} {
		if level, ok := l.levels[levelLink{list, istd}]; ok {
			return p.ilfo, level
		}
	}
	return p.ilfo, 0
}
