// Package symbol knows the characters of symbol fonts, which Word keeps in the
// private use area of Unicode: the ≥ of an indicator is often U+F0B3 of the font
// Symbol. Every reader of Word files needs it; it knows no file format.
package symbol

import (
	"bytes"
	"strings"
)

// Area is where Word puts the characters of symbol fonts: U+F020 to U+F0FF in
// the private use area.
const Area = 0xF000

// IsPrivate tells whether a character is one of the symbol area that no font
// may leave unexplained.
func IsPrivate(c rune) bool { return c >= Area+0x20 && c <= Area+0xFF }

// Has tells whether a text has a character of the symbol area, U+F000
// to U+F0FF, which are the bytes EF 80 to EF 83 in UTF-8.
func Has(text []byte) bool {
	for {
		i := bytes.IndexByte(text, 0xEF)
		if i < 0 || i+1 >= len(text) {
			return false
		}
		if text[i+1] >= 0x80 && text[i+1] <= 0x83 {
			return true
		}
		text = text[i+2:]
	}
}

// Replace replaces the characters of a symbol font by those that mean the same.
// Characters without a known equivalent stay as they are.
func Replace(text, font string) string {
	if !Has([]byte(text)) {
		return text
	}
	known := table(font)
	return strings.Map(func(c rune) rune {
		if !IsPrivate(c) {
			return c
		}
		if to, ok := known(int(c - Area)); ok {
			return to
		}
		return c
	}, text)
}

// table returns the table of a font.
func table(font string) func(int) (rune, bool) {
	switch strings.ToLower(strings.TrimSpace(font)) {
	case "symbol":
		return symbolFont
	case "wingdings":
		return wingdings
	case "wingdings 2":
		return wingdings2
	}
	return func(int) (rune, bool) { return 0, false }
}

// symbolFont is the encoding of Adobe's Symbol font. Its ≥ and ≤ stand in the
// targets of many indicators.
func symbolFont(code int) (rune, bool) {
	const (
		low = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_" +
			"‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
		high = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉" +
			"∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
		last = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
	)
	switch {
	case code >= 0x20 && code <= 0x7E:
		return []rune(low)[code-0x20], true
	case code >= 0xA0 && code <= 0xEF:
		return []rune(high)[code-0xA0], true
	case code >= 0xF1 && code <= 0xFE:
		return []rune(last)[code-0xF1], true
	}
	return 0, false
}

// wingdings knows the boxes, bullets, ticks, arrows and circled digits.
func wingdings(code int) (rune, bool) {
	switch {
	case code >= 0x80 && code <= 0x8A:
		return []rune("⓪①②③④⑤⑥⑦⑧⑨⑩")[code-0x80], true
	case code >= 0x8B && code <= 0x95:
		return []rune("⓿❶❷❸❹❺❻❼❽❾❿")[code-0x8B], true
	}
	return lookUp(code, "\x28☎\x2A✉\x45☜\x46☞\x4A☺\x4C☹\x6C●\x6D❍\x6E■\x6F□\x71❑\x72❒\x73⬧\x74⧫\x75◆\x76❖\x77⬥",
		"\x1E·\x1F•\x20▪\x21○\x27▪\x28□\x2B★\x58➢\x5F←\x60→\x61↑\x62↓\x68➔\x70⇨\x7B✗\x7C✓\x7D☒\x7E☑")
}

// wingdings2 knows the boxes, ticks and circled digits.
func wingdings2(code int) (rune, bool) {
	switch {
	case code >= 0x69 && code <= 0x73:
		return []rune("⓪①②③④⑤⑥⑦⑧⑨⑩")[code-0x69], true
	case code >= 0x75 && code <= 0x7F:
		return []rune("⓿❶❷❸❹❺❻❼❽❾❿")[code-0x75], true
	}
	return lookUp(code, "\x4F✗\x50✓\x51☒\x52☑\x53☒\x54☒", "\x17●\x18●\x23□\x24□")
}

// lookUp finds a code in two lists of pairs of a code and a character; the
// codes of the second are 0x80 more than they are written, to stay ASCII.
func lookUp(code int, low, high string) (rune, bool) {
	list := low
	if code >= 0x80 {
		list, code = high, code-0x80
	}
	pairs := []rune(list)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == rune(code) {
			return pairs[i+1], true
		}
	}
	return 0, false
}
