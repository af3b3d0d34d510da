package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yusuan/extract/document"
)

// encoding is how a file's bytes stand for characters.
type encoding int

const (
	utf8Text encoding = iota
	utf16LE
	utf16BE
	gb18030
)

func (e encoding) String() string {
	return [...]string{"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"}[e]
}

// replacement stands for what could not be decoded.
const replacement = string(utf8.RuneError)

const (
	// goodPerBad is how many good multi-byte characters a damaged UTF-8 file
	// has for every bad one. GBK text read as UTF-8 has hardly any good ones.
	goodPerBad = 20
	// plausible16 is the share of code units that must be in use in Chinese
	// or English text before zero bytes are taken for UTF-16.
	plausible16 = 0.9
)

// guess tells the encoding, false if the bytes are no text. A byte order mark
// decides; else zero bytes mean UTF-16, which is the only text that has them;
// else it is UTF-8 if the bytes are, but for a few, and GB18030 if not.
func guess(data []byte) (encoding, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return utf8Text, true
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16LE, true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16BE, true
	case bytes.IndexByte(data, 0) >= 0:
		return guess16(data)
	}
	if utf8.Valid(data) {
		return utf8Text, true
	}
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	if good >= goodPerBad*bad {
		return utf8Text, true
	}
	return gb18030, true
}

// guess16 tells the byte order of UTF-16 without a mark: the order in which
// the units are usual characters, at least one of them of ASCII, such as the
// end of a line; that is where the zero bytes come from.
func guess16(data []byte) (encoding, bool) {
	var used, ascii [2]int
	units := len(data) / 2
	for i := 0; i+1 < len(data); i += 2 {
		little := uint16(data[i]) | uint16(data[i+1])<<8
		for order, u := range [2]uint16{little, little<<8 | little>>8} {
			if inUse(u) {
				used[order]++
			}
			if u < 0x80 {
				ascii[order]++
			}
		}
	}
	need := plausible16 * float64(units)
	ok := func(order int) bool { return ascii[order] > 0 && float64(used[order]) >= need }
	switch {
	case ok(0) && (used[0] >= used[1] || !ok(1)):
		return utf16LE, true
	case ok(1):
		return utf16BE, true
	}
	return 0, false
}

// inUse tells whether a UTF-16 code unit is usual in a Chinese document:
// ASCII, Latin-1 and general punctuation, enclosed letters and box drawing,
// CJK punctuation and ideographs, full-width forms.
func inUse(u uint16) bool {
	switch {
	case u < 0x20:
		return u == '\t' || u == '\n' || u == '\r' || u == '\f' || u == '\v' || u == 0x07
	case u < 0x100:
		return u != 0x7f
	}
	return 0x2000 <= u && u < 0x2700 || 0x3000 <= u && u < 0x3400 || 0x4e00 <= u && u < 0xa000 || 0xff00 <= u && u < 0xfff0
}

// Decode returns the characters of a text file in UTF-8, UTF-16 or GB18030,
// without a byte order mark. It is false if the bytes are no text, or if any of
// them could not be decoded.
func Decode(data []byte) (string, bool) {
	enc, ok := guess(data)
	if !ok {
		return "", false
	}
	s, bad := enc.decode(data)
	return s, bad == 0
}

// decode returns the characters and how many places could not be decoded; a
// U+FFFD stands at each of them. A byte order mark is dropped.
func (e encoding) decode(data []byte) (string, int) {
	switch e {
	case utf16LE:
		return decode16(data, unicode.LittleEndian)
	case utf16BE:
		return decode16(data, unicode.BigEndian)
	case gb18030:
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil { // it replaces and does not fail; should it ever, all is lost
			return replacement, 1
		}
		// U+FFFD itself is 84 31 A4 37 in GB18030.
		return string(out), bytes.Count(out, []byte(replacement)) - bytes.Count(data, []byte("\x84\x31\xa4\x37"))
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), 0
	}
	fixed := string(bytes.ToValidUTF8(data, []byte(replacement)))
	return fixed, strings.Count(fixed, replacement) - bytes.Count(data, []byte(replacement))
}

func decode16(data []byte, order unicode.Endianness) (string, int) {
	out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
	if err != nil { // as above
		return replacement, 1
	}
	own := "\xfd\xff"
	if order == unicode.BigEndian {
		own = "\xff\xfd"
	}
	genuine := 0
	for i := 0; i+1 < len(data); i += 2 {
		if string(data[i:i+2]) == own {
			genuine++
		}
	}
	return string(out), strings.Count(string(out), replacement) - genuine
}

// softBreaks are the line breaks inside a paragraph: vertical tab, which Word
// writes, and the line separator.
const softBreaks = "\v\u2028"

// clean makes every line end a "\n" and removes control characters, which it
// counts. Of the characters that Word keeps among them, the non-breaking hyphen
// (30) becomes a hyphen and the optional one (31) nothing.
func clean(s string) (string, int) {
	if isClean(s) {
		return s, 0
	}
	removed := 0
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 30:
			return '\u2011'
		case r == 31:
			return -1
		case isControl(r):
			removed++
			return -1
		}
		return r
	}, s)
	return lineEnds(s), removed
}

// isClean tells whether there is nothing to do for clean.
func isClean(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 && c != '\n' && c != '\t' && c != '\v' || c == 0x7f {
			return false
		}
	}
	return !strings.Contains(s, "\u2029")
}

// isControl tells whether a character is neither text nor a line end.
func isControl(r rune) bool {
	return r < 0x20 && !strings.ContainsRune("\t\n\v\f\r", r) || r == 0x7f
}

// lineEnds makes every line end a "\n": "\r\n" and the "\r\r\n" of files that
// were converted twice, "\r" and the paragraph separator. A form feed, a page
// break, ends a line and is never an empty one, so that it does not look like
// distance.
func lineEnds(s string) string {
	s = strings.NewReplacer("\r\r\n", "\n", "\r\n", "\n", "\r", "\n", "\u2029", "\n").Replace(s)
	if !strings.Contains(s, "\f") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	last := byte('\n')
	for i := range len(s) {
		c := s[i]
		if c == '\f' {
			if last == '\n' || i+1 < len(s) && s[i+1] == '\n' {
				continue
			}
			c = '\n'
		}
		b.WriteByte(c)
		last = c
	}
	return b.String()
}

// splitLines returns the lines without their ends.
func splitLines(text string) []string {
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// noteLosses notes what the encoding cost: bytes that could not be decoded,
// characters that were lost before the file was written, control characters.
func (b *builder) noteLosses(enc encoding, bad, controls, earlier int) {
	if bad+earlier > 0 {
		at := b.firstLoss()
		if bad > 0 {
			b.note(at, "text.undecodable", fmt.Sprintf(
				"%d places are not valid %s; U+FFFD stands in their place, the first time here", bad, enc))
		}
		if earlier > 0 {
			b.note(at, "text.replacement_character", fmt.Sprintf(
				"%d characters were lost before this file was written: it holds U+FFFD", earlier))
		}
	}
	if controls > 0 {
		b.note(document.Nowhere, "text.control_removed", fmt.Sprintf("%d control characters removed", controls))
	}
}

// firstLoss finds the first U+FFFD of the document.
func (b *builder) firstLoss() document.Position {
	for i, block := range b.doc.Blocks {
		switch x := block.(type) {
		case *document.Paragraph:
			if strings.Contains(x.Text, replacement) {
				return document.AtBlock(i)
			}
		case *document.Table:
			for _, c := range x.Cells {
				if strings.Contains(c.Text, replacement) {
					return document.AtCell(i, c.Row, c.Col)
				}
			}
		}
	}
	return document.Nowhere
}
