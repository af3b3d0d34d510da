package doc

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/extract/document"
)

// piece is a run of the text that stands in one place of the stream
// ([MS-DOC] 2.8.35 PlcPcd, 2.9.177 Pcd).
type piece struct {
	// from and to are its characters.
	from, to int
	// fc is the offset of the first character in the stream, width the bytes
	// of one.
	fc, width int
	// prm are the properties that a fast save laid over the piece.
	prm []byte
}

// offset returns where in the stream a character of the piece stands.
func (p *piece) offset(cp int) int { return p.fc + (cp-p.from)*p.width }

// pieces is the text of a document.
type pieces struct {
	list []piece
	// units are all characters as UTF-16. In 8-bit text of two bytes to a
	// character the second is 0.
	units []uint16
	// guessed tells that 8-bit text was taken for GBK.
	guessed bool
	// lost counts the characters that stand outside the stream.
	lost int
	// at is the piece that was asked for last.
	at int
}

// find returns the piece that holds a character, nil if there is none.
func (t *pieces) find(cp int) *piece {
	if t.at < len(t.list) && t.list[t.at].from <= cp && cp < t.list[t.at].to {
		return &t.list[t.at]
	}
	lo, hi := 0, len(t.list)
	for lo < hi {
		if mid := (lo + hi) / 2; t.list[mid].to <= cp {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(t.list) || t.list[lo].from > cp {
		return nil
	}
	t.at = lo
	return &t.list[lo]
}

// end is the number of characters.
func (t *pieces) end() int {
	if n := len(t.list); n > 0 {
		return t.list[n-1].to
	}
	return 0
}

// The marks in front of the elements of a Clx (2.9.38 Clx, 2.9.178 Pcdt, 2.9.209
// Prc).
const (
	clxPrc  = 1
	clxPcdt = 2
)

// clx takes the piece table and the property lists of a Clx apart: any number
// of Prc and one Pcdt.
func clx(data []byte) (prcs [][]byte, table []byte, err error) {
	for len(data) > 0 {
		switch data[0] {
		case clxPrc:
			size, ok := cut(data, 1, 2)
			if !ok {
				return nil, nil, fmt.Errorf("the piece table is cut off: %w", document.ErrMalformed)
			}
			grpprl, ok := cut(data, 3, u16(size, 0))
			if !ok {
				return nil, nil, fmt.Errorf("the piece table is cut off: %w", document.ErrMalformed)
			}
			prcs = append(prcs, grpprl)
			data = data[3+len(grpprl):]
		case clxPcdt:
			size, ok := cut(data, 1, 4)
			if !ok {
				return nil, nil, fmt.Errorf("the piece table is cut off: %w", document.ErrMalformed)
			}
			table, ok = cut(data, 5, u32(size, 0))
			if !ok {
				return nil, nil, fmt.Errorf("the piece table has not the %d bytes that it claims: %w", u32(size, 0), document.ErrMalformed)
			}
			return prcs, table, nil
		default:
			return nil, nil, fmt.Errorf("the piece table begins with %#02x: %w", data[0], document.ErrMalformed)
		}
	}
	return nil, nil, fmt.Errorf("there is no piece table: %w", document.ErrMalformed)
}

// encoding says how the characters of pieces are stored.
type encoding struct {
	// wide tells that pieces can be of 16 bits, as since Word 97.
	wide bool
	// chinese tells that the document is of a Chinese system.
	chinese bool
}

// readPieces gathers the text. The pieces of a sound file do not overlap, so
// all of them together have no more characters than the stream has bytes; a
// file that claims more is not believed, which bounds the memory.
func readPieces(clxData, word []byte, enc encoding) (*pieces, error) {
	prcs, table, err := clx(clxData)
	if err != nil {
		return nil, err
	}
	list := newPLC(table, 8)
	if list.n == 0 {
		return nil, fmt.Errorf("the piece table has no pieces: %w", document.ErrMalformed)
	}
	t := &pieces{}
	for i := range list.n {
		p := piece{from: list.at(i), to: list.at(i + 1), width: 1}
		if p.from != t.end() || p.to < p.from || p.to > len(word) {
			return nil, fmt.Errorf("the pieces of the text are not in order (%d to %d behind %d): %w", p.from, p.to, t.end(), document.ErrMalformed)
		}
		pcd := list.element(i)
		p.place(u32(pcd, 2), enc)
		p.prm = prm(u16(pcd, 6), prcs, enc)
		t.list = append(t.list, p)
	}
	t.decode(word, enc)
	return t, nil
}

// place reads where the piece stands: since Word 97 the second highest bit
// says that the characters have 8 bits, and then the offset is doubled
// (2.9.73 FcCompressed).
func (p *piece) place(fc int, enc encoding) {
	const compressed = 1 << 30
	switch {
	case !enc.wide:
		p.fc = fc
	case fc&compressed != 0:
		p.fc = fc & (compressed - 1) / 2
	default:
		p.fc, p.width = fc&(compressed-1), 2
	}
}

// raw returns the bytes of a piece, and whether the stream has all of them.
func (p *piece) raw(word []byte) ([]byte, bool) {
	raw, ok := cut(word, p.fc, (p.to-p.from)*p.width)
	if !ok {
		raw = tail(word, p.fc)
	}
	return raw, ok
}

// decode fills the units. What of a piece reaches out of the stream is lost:
// nothing stands in its place.
func (t *pieces) decode(word []byte, enc encoding) {
	t.units = make([]uint16, 0, t.end())
	gbk := t.isGBK(word, enc)
	t.guessed = gbk && enc.wide
	for i := range t.list {
		p := &t.list[i]
		raw, _ := p.raw(word)
		switch {
		case p.width == 2:
			for k := 0; k+1 < len(raw); k += 2 {
				t.units = append(t.units, uint16(raw[k])|uint16(raw[k+1])<<8)
			}
		case gbk:
			t.units = appendGBK(t.units, raw)
		default:
			for _, c := range raw {
				t.units = append(t.units, windows1252(c))
			}
		}
		t.lost += p.to - len(t.units)
		t.units = append(t.units, make([]uint16, p.to-len(t.units))...)
	}
}

// windows1252 decodes a byte of an 8-bit piece (2.9.73 FcCompressed lists the
// characters of 0x82 to 0x9F; the rest is Latin-1).
func windows1252(c byte) uint16 {
	if c < 0x80 || c > 0x9F {
		return uint16(c)
	}
	return [...]uint16{
		0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
		0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
	}[c-0x80]
}

// minGBKPairs is how many Han the 8-bit text of a document must have before it
// is taken for GBK. The format knows only Windows-1252 there, so a few accented
// letters must not do, but programs that wrote Word 97 files on Chinese systems
// left GBK; a heuristic, and noted.
const minGBKPairs = 4

// isGBK tells whether the high bytes of all 8-bit text belong to characters of
// GBK. Word 6 and 95 have no other text, so there one pair is enough on a
// Chinese system; elsewhere the text must have nothing but common Han.
func (t *pieces) isGBK(word []byte, enc encoding) bool {
	if enc.wide && !enc.chinese {
		return false
	}
	pairs, common := 0, 0
	for i := range t.list {
		p := &t.list[i]
		if p.width != 1 {
			continue
		}
		raw, _ := p.raw(word)
		n, c, ok := countGBK(raw)
		if !ok {
			return false
		}
		pairs, common = pairs+n, common+c
	}
	switch {
	case enc.chinese && !enc.wide:
		return pairs > 0
	case enc.chinese:
		return common >= minGBKPairs && common*10 >= pairs*9
	}
	return common >= 2*minGBKPairs && common == pairs
}

// countGBK counts the pairs of bytes that are characters of GBK, and those of
// them that are Han or signs of GB 2312. It is false if high bytes are left.
// Twice the same byte counts as no Han: ×× and ·· are more likely.
func countGBK(raw []byte) (pairs, common int, ok bool) {
	for i := 0; i < len(raw); i++ {
		lead := raw[i]
		if lead < 0x80 {
			continue
		}
		if i++; i == len(raw) {
			return 0, 0, false
		}
		trail := raw[i]
		if lead == 0x80 || lead == 0xFF || trail < 0x40 || trail == 0x7F || trail == 0xFF {
			return 0, 0, false
		}
		// Rows B0 to F7 are the Han of GB 2312, A1 to A3 its signs.
		if trail >= 0xA1 && lead != trail && (lead >= 0xB0 && lead <= 0xF7 || lead >= 0xA1 && lead <= 0xA3) {
			common++
		}
		pairs++
	}
	return pairs, common, true
}

// appendGBK decodes GBK, one unit for each byte: a character and 0 for a pair.
func appendGBK(units []uint16, raw []byte) []uint16 {
	decoder := simplifiedchinese.GBK.NewDecoder()
	var out [utf8.UTFMax]byte
	for i := 0; i < len(raw); i++ {
		if raw[i] < 0x80 || i+1 == len(raw) {
			units = append(units, uint16(raw[i]))
			continue
		}
		unit := uint16(utf8.RuneError)
		decoder.Reset()
		if n, _, err := decoder.Transform(out[:], raw[i:i+2], true); err == nil {
			if c, _ := utf8.DecodeRune(out[:n]); c < 0x10000 {
				unit = uint16(c)
			}
		}
		units = append(units, unit, 0)
		i++
	}
	return units
}

// prm returns the properties of a piece: one of a short list with a byte of
// value, or a list of the Clx (2.9.214 Prm).
func prm(v int, prcs [][]byte, enc encoding) []byte {
	if v&1 != 0 {
		if i := v >> 1; i < len(prcs) {
			return prcs[i]
		}
		return nil
	}
	op := shortSprm(v>>1&0x7F, enc)
	if op == 0 {
		return nil
	}
	return []byte{byte(op), byte(op >> 8), byte(v >> 8)}
}

// shortSprm returns the sprm for a number of the short list, 0 if it does not
// matter to the text. The numbers are Word 6's codes, but for two (2.9.215
// Prm0).
func shortSprm(code int, enc encoding) int {
	const level, outline = 0x0C, 0x78
	switch {
	case enc.wide && code == level:
		return sprmPIlvl
	case enc.wide && code == outline:
		return sprmPOutLvl
	}
	if op, size := sprmOf6(code); size == 1 || op == sprmCPlain {
		return op
	}
	return 0
}
