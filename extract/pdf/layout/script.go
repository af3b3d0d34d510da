package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// blank tells whether a glyph is a blank of any width.
func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// spaced tells whether a rune is of a script that parts words by blanks, or a
// figure. Chinese, its punctuation and full-width forms are not.
func spaced(r rune) bool {
	switch {
	case r < 0x80:
		return !unicode.IsSpace(r)
	case unicode.Is(unicode.Han, r), r >= 0x2E80 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE4F, r >= 0xFF00 && r <= 0xFFEF, r >= 0x20000:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// apart tells whether a gap between two glyphs would be a blank: both are of
// scripts that use blanks.
func apart(before, after string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return spaced(a) && spaced(b)
}

// closing tells whether a glyph may not begin a line (GB/T 15834, 5.1).
func closing(s string) bool {
	return strings.ContainsAny(s, "，。、；：？！）】》〉」』〕〗”’％%,.;:?!)]}…")
}

// endsSentence tells whether text ends with a full stop or a semicolon, quoted
// or not.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’」』）)\"")
	return strings.HasSuffix(s, "。") || strings.HasSuffix(s, "；")
}

// opening tells whether a glyph may not end a line (GB/T 15834, 5.1).
func opening(s string) bool { return strings.ContainsAny(s, "（【《〈「『〔〖“‘([{") }

// numeric tells whether text is a number, a sign for none, or blank: figures
// with their separators, signs and brackets.
func numeric(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits++
		case strings.ContainsRune(" ,.，．-－—+%％()（）", r) || unicode.IsSpace(r):
		default:
			return false
		}
	}
	return digits > 0
}

// squeeze is text without blanks, for comparing.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// glue joins the end of a line to the beginning of the next. Chinese is joined
// without a blank. What a line end parts in scripts with blanks is two words if
// a blank ends the line or letters meet; figures and codes that are too long
// for their cell are broken anywhere.
func glue(before, after string, blankBetween bool) string {
	if before == "" || after == "" || !apart(before, after) {
		return before + after
	}
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	if blankBetween || unicode.IsLetter(a) && unicode.IsLower(b) {
		return before + " " + after
	}
	return before + after
}
