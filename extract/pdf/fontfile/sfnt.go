package fontfile

// sfnt reads the tables of a TrueType or OpenType font whose directory stands
// at an offset.
func (f *Font) sfnt(data table, at int) {
	n := int(data.u16(at + 4))
	for i := range n {
		e := data.from(at + 12 + 16*i)
		if len(e) < 16 {
			return
		}
		t := data.cut(int(e.u32(8)), int(e.u32(12)))
		switch string(e[:4]) {
		case "cmap":
			f.cmap(t)
		case "post":
			f.post(t)
		case "CFF ":
			f.cff(t)
		}
	}
}

// cmap reads the subtables that say something: the best Unicode one, turned
// around, and the one for the codes of simple fonts.
func (f *Font) cmap(t table) {
	unicode, codes := chooseMaps(t)
	if unicode != nil {
		f.Runes = map[uint16]rune{}
		eachCode(unicode, func(code uint32, glyph uint16) {
			if old, dup := f.Runes[glyph]; !dup || better(rune(code), old) {
				f.Runes[glyph] = rune(code)
			}
		})
	}
	if codes != nil {
		f.Codes = map[byte]uint16{}
		eachCode(codes, func(code uint32, glyph uint16) {
			if high := code >> 8; high == 0 || 0xf0 <= high && high <= 0xf2 {
				f.Codes[byte(code)] = glyph
			}
		})
	}
}

// chooseMaps returns the largest Unicode subtable, and the symbol one or else
// the Macintosh one.
func chooseMaps(t table) (unicode, codes table) {
	var haveUnicode, haveCodes int
	for i := range int(t.u16(2)) {
		e := t.from(4 + 8*i)
		if len(e) < 8 {
			break
		}
		forUnicode, forCodes := rank(e.u16(0), e.u16(2))
		if forUnicode > haveUnicode {
			unicode, haveUnicode = t.from(int(e.u32(4))), forUnicode
		}
		if forCodes > haveCodes {
			codes, haveCodes = t.from(int(e.u32(4))), forCodes
		}
	}
	return unicode, codes
}

// rank tells how good a subtable is as a map of Unicode, 2 for all of it, and
// as one of codes, 2 for symbols; 0 is not at all.
func rank(platform, encoding uint16) (unicode, codes int) {
	const unicodePlatform, macintosh, windows = 0, 1, 3
	switch {
	case platform == windows && encoding == 0:
		return 0, 2
	case platform == macintosh && encoding == 0:
		return 0, 1
	case platform == windows && encoding == 10, platform == unicodePlatform && (encoding == 4 || encoding == 6):
		return 2, 0
	case platform == windows && encoding == 1, platform == unicodePlatform && encoding < 4:
		return 1, 0
	}
	return 0, 0
}

// better tells which of two characters with the same glyph is the usual one:
// not a compatibility form, radical or private one, else the lower.
func better(a, b rune) bool {
	if ca, cb := compatible(a), compatible(b); ca != cb {
		return cb
	}
	return a < b
}

// compatible tells the characters that exist beside an equal one: radicals,
// compatibility ideographs and forms, private use, odd blanks and hyphens.
func compatible(r rune) bool {
	return 0x2e80 <= r && r < 0x2fe0 || 0xe000 <= r && r < 0xfb00 || 0xfe30 <= r && r < 0xfe50 ||
		r >= 0x2f800 || r == 0xa0 || r == 0xad || r < ' '
}

// eachCode calls back for every code of a cmap subtable and its glyph, glyph 0
// left out.
func eachCode(t table, yield func(code uint32, glyph uint16)) {
	switch t.u16(0) {
	case 0:
		for c := range 256 {
			if g := t.u8(6 + c); g != 0 {
				yield(uint32(c), uint16(g))
			}
		}
	case 4:
		eachSegment(t, yield)
	case 6:
		first := uint32(t.u16(6))
		for i := range int(t.u16(8)) {
			if g := t.u16(10 + 2*i); g != 0 {
				yield(first+uint32(i), g)
			}
		}
	case 12:
		total := 0
		for i := range min(int(t.u32(12)), len(t)/12) {
			lo, hi, g := t.u32(16+12*i), t.u32(20+12*i), t.u32(24+12*i)
			for c := lo; c <= hi && hi <= 0x10ffff && total < 4*maxGlyphs; c++ {
				if glyph := g + c - lo; 0 < glyph && glyph < maxGlyphs {
					yield(c, uint16(glyph))
				}
				total++
			}
		}
	}
}

// eachSegment is format 4.
func eachSegment(t table, yield func(code uint32, glyph uint16)) {
	n := int(t.u16(6)) / 2
	if len(t) < 16+8*n {
		return // cut short: the differences of missing segments would be 0, and every glyph a character
	}
	total := 0
	for i := range n {
		hi, lo := int(t.u16(14+2*i)), int(t.u16(16+2*n+2*i))
		delta, at := t.u16(16+4*n+2*i), 16+6*n+2*i
		offset := int(t.u16(at))
		for c := lo; c <= hi && c < 0xffff && total < 4*maxGlyphs; c++ {
			g := uint16(c) + delta
			if offset != 0 {
				if g = t.u16(at + offset + 2*(c-lo)); g != 0 {
					g += delta
				}
			}
			if g != 0 {
				yield(uint32(c), g)
			}
			total++
		}
	}
}

// standardMac is the number of glyph names that every post table knows; only
// the names behind them are read, the others have characters in cmap.
const standardMac = 258

// post reads the names of a table of version 2.
func (f *Font) post(t table) {
	if t.u32(0) != 0x00020000 {
		return
	}
	n := int(t.u16(32))
	var own []string
	for at := 34 + 2*n; at < len(t) && len(own) < maxGlyphs; {
		size := t.u8(at)
		own = append(own, string(t.cut(at+1, size)))
		at += 1 + size
	}
	names := map[uint16]string{}
	for g := range n {
		if i := int(t.u16(34+2*g)) - standardMac; 0 <= i && i < len(own) {
			names[uint16(g)] = own[i]
		}
	}
	f.Names = names
}
