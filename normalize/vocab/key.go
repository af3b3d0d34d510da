package vocab

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key returns the form of a text that vocabularies are matched by: NFKC, so
// that full-width and half-width forms agree, without any blanks. It is for
// comparing only and never replaces a text: NFKC also turns ① into 1 and ㎡
// into m2.
func Key(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if Blank(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// Blank tells whether a rune is layout only: white space of any width, or one
// of the invisible marks that word processors leave behind.
func Blank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return unicode.IsSpace(r)
}

// plain tells whether s is its own key: most labels are Han characters alone,
// and for those nothing is allocated.
func plain(s string) bool {
	for _, r := range s {
		ascii := r > ' ' && r < 0x7f
		han := r >= 0x4e00 && r <= 0x9fff
		if !ascii && !han {
			return false
		}
	}
	return true
}
