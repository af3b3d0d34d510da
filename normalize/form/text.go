package form

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// Line returns a cell's text in one line: line breaks are removed, because a
// narrow cell breaks words anywhere, and a run of blanks is one space.
func Line(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) }) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\v':
		case unicode.IsSpace(r):
			blank = true
		default:
			if blank && b.Len() > 0 {
				b.WriteByte(' ')
			}
			blank = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Name returns a name or title without layout blanks: none next to a Chinese
// character (合　计 is 合计), one elsewhere.
func Name(s string) string {
	s = Line(s)
	if !strings.Contains(s, " ") {
		return s
	}
	runes := []rune(s)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if r == ' ' && (wide(out[len(out)-1]) || wide(runes[i+1])) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// wide tells whether a rune is set in a full square: Chinese characters and
// the punctuation between them.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60 || r == '“' || r == '”'
}

// lines returns the lines of a cell that are not blank, trimmed.
func lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// text returns a longer text: its lines trimmed, blank ones dropped, joined
// with "\n".
func text(s string) string { return strings.Join(lines(s), "\n") }

// unitCodes maps counting words to their unit codes.
var unitCodes = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	for _, u := range vocab.Units() {
		codes[u.Form] = u.Code
	}
	return codes
})

// unitCode returns the code of a printed unit, "" if it is not known.
func unitCode(word string) string { return unitCodes()[word] }
