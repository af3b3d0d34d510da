package synth

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// pdfLine is a line of text as it is set.
type pdfLine struct {
	text  string
	width int
	// ends says that the line ends because the text says so.
	ends bool
	// stretch is the space added after each character.
	stretch int
}

// advance is how far a character moves on: half an em, or one.
func advance(r rune, size int) int {
	if r < utf8.RuneSelf || r == '\u00a0' {
		return size / 2
	}
	return size
}

func widthOf(s string, size int) int {
	n := 0
	for _, r := range s {
		n += advance(r, size)
	}
	return n
}

// The characters that may not begin a line, and those that may not end one, as
// word processors have them.
const (
	neverFirst = "，。、；：？！）】》〉」』〕〗”’％·…～,.;:?!)]}%"
	neverLast  = "（【《〈「『〔〖“‘([{"
)

// setLines breaks a text into lines of a width, the first of which stands in.
// A word of letters and figures is kept whole where a line has room for it.
func setLines(s string, size, first, width int) []pdfLine {
	var out []pdfLine
	for i, part := range strings.Split(plain(s), "\n") {
		room := width
		if i == 0 {
			room -= first
		}
		out = append(out, breakLines(part, size, room, width)...)
	}
	return out
}

// breakLines breaks a text without breaks into lines; first is the width of
// the first.
func breakLines(s string, size, first, width int) []pdfLine {
	var out []pdfLine
	line, taken, room := "", 0, first
	flush := func() {
		text := strings.TrimRight(line, " ")
		out = append(out, pdfLine{text: text, width: widthOf(text, size)})
		line, taken, room = "", 0, width
	}
	for s != "" {
		unit := s[:unitEnd(s)]
		s = s[len(unit):]
		n := widthOf(unit, size)
		if taken+n > room && line != "" && unit != " " {
			flush()
		}
		for n > room { // a word that is longer than a line is broken anywhere
			at := fitting(unit, size, room)
			line = unit[:at]
			flush()
			unit = unit[at:]
			n = widthOf(unit, size)
		}
		line += unit
		taken += n
	}
	flush()
	out[len(out)-1].ends = true
	return out
}

// unitEnd returns where the first piece of a text ends that no line end may
// part.
func unitEnd(s string) int {
	before, at := utf8.DecodeRuneInString(s)
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		word := isWord(before) && isWord(r)
		if !word && !strings.ContainsRune(neverLast, before) && !strings.ContainsRune(neverFirst, r) {
			break
		}
		at += n
		before = r
	}
	return at
}

// isWord tells whether a character is of a word that is not broken.
func isWord(r rune) bool { return r > ' ' && r < utf8.RuneSelf }

// fitting is how many bytes of a word a line has room for, one character at
// least.
func fitting(word string, size, room int) int {
	taken := 0
	for at, r := range word {
		taken += advance(r, size)
		if taken > room && at > 0 {
			return at
		}
	}
	return len(word)
}

// longestWord is the width of the widest piece of a text that is not broken.
func longestWord(s string, size int) int {
	widest := 0
	for s = plain(s); s != ""; {
		end := unitEnd(s)
		widest = max(widest, widthOf(s[:end], size))
		s = s[end:]
	}
	return widest
}

// mostStretch is how far characters are moved apart at most, in parts of an
// em: beyond that a word processor would take another line end.
const mostStretch = 9

// stretchOf is the space after each character that makes a line as wide as its
// room, 0 if that is too much.
func stretchOf(l pdfLine, size, room int) int {
	n := utf8.RuneCountInString(l.text)
	if n < 2 {
		return 0
	}
	s := (room - l.width) / (n - 1)
	if s < 0 || s > size/mostStretch {
		return 0
	}
	return s
}

// inGB2312 tells whether a text is ASCII and GB 2312, breaks aside.
func inGB2312(s string) bool {
	for _, r := range s {
		if _, ok := gb2312()[r]; !ok && r >= utf8.RuneSelf && r != '\u00a0' {
			return false
		}
	}
	return true
}
