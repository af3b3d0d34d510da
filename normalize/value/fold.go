package value

import (
	"strings"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// text is a text to match against: one folded rune for every rune of the
// original, and the byte offset of each, so that every match can be given back
// as a slice of the original.
type text struct {
	orig string
	r    []rune
	// at has one more entry than r: the length of orig.
	at []int
}

// newText folds a text. Invalid UTF-8 counts as one U+FFFD for each byte, as
// everywhere in Go, so that rune offsets mean the same to all packages.
func newText(s string) *text {
	t := &text{orig: s, r: make([]rune, 0, len(s)/2+4), at: make([]int, 0, len(s)/2+5)}
	for i, r := range s {
		t.r = append(t.r, fold(r))
		t.at = append(t.at, i)
	}
	t.at = append(t.at, len(s))
	return t
}

// slice returns the original text between two rune offsets.
func (t *text) slice(start, end int) string { return t.orig[t.at[start]:t.at[end]] }

// peek returns the folded rune at i, and 0 outside the text.
func (t *text) peek(i int) rune {
	if i < 0 || i >= len(t.r) {
		return 0
	}
	return t.r[i]
}

// skipBlank returns the first offset from i on that is not a blank within the
// line.
func (t *text) skipBlank(i int) int {
	for i < len(t.r) && t.r[i] == ' ' {
		i++
	}
	return i
}

// backBlank returns the smallest offset such that only blanks stand between it
// and i.
func (t *text) backBlank(i int) int {
	for i > 0 && t.r[i-1] == ' ' {
		i--
	}
	return i
}

// fold maps a rune to the form that the grammar is written in: half-width
// ASCII, one blank, one hyphen, one dash, one tilde. It maps one rune to one
// rune, and unlike NFKC leaves ① and ㎡ what they are.
func fold(r rune) rune {
	switch {
	case r == '\n' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
		return '\n'
	case r > ' ' && r < 0x7f, r >= 0x4e00 && r <= 0x9fff:
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xfee0
	case vocab.Blank(r):
		return ' '
	}
	if i := strings.IndexRune(oddForms, r); i >= 0 {
		n := utf8.RuneCountInString(oddForms[:i])
		for _, plain := range plainForms {
			if n == 0 {
				return plain
			}
			n--
		}
	}
	return r
}

// oddForms are small, typographic and Japanese forms of signs; plainForms, rune
// by rune, what they are read as.
const (
	oddForms   = "‐‑−﹣–―─〜∼∽˜﹪﹤﹥﹦﹐﹔"
	plainForms = "----———~~~~%<>=,;"
)

// digit tells whether a folded rune is a decimal digit.
func digit(r rune) bool { return r >= '0' && r <= '9' }

// letter tells whether a folded rune is a Latin letter.
func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// han tells whether a rune is a Chinese character.
func han(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r == '〇' }
