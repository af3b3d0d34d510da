package layout

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	// headingRunes is the greatest length of a heading: the title of the table of
	// the 三公 in full, with a department's name before it.
	headingRunes = 50
	// larger is the factor to the size of the body from which text is large,
	// large the one from which it is a title without a number.
	larger, large = 1.12, 1.3
)

// numberings are the ways in which Chinese documents number headings, from the
// outermost (GB/T 9704, 7.3.3).
var numberings = sync.OnceValue(func() []*regexp.Regexp {
	const number = `[一二三四五六七八九十百零〇]+`
	return []*regexp.Regexp{
		regexp.MustCompile(`^第(` + number + `|\d+)(部分|章|篇|编)`),
		regexp.MustCompile(`^` + number + `、`),
		regexp.MustCompile(`^[（(]` + number + `[）)]`),
		regexp.MustCompile(`^\d{1,2}[.．、](\D|$)`),
		regexp.MustCompile(`^([（(]\d{1,2}[）)]|[①-⑳])`),
	}
})

// numbered is the depth of the numbering that a text begins with, 0 for none.
func numbered(text string) int {
	if first, _ := utf8.DecodeRuneInString(text); !strings.ContainsRune("第（(一二三四五六七八九十百零〇①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789", first) {
		return 0 // what most texts begin with, told without a pattern
	}
	for i, re := range numberings() {
		if re.MatchString(text) {
			return i + 1
		}
	}
	return 0
}

// headingLevel is the level of a paragraph as a heading, 0 for body text.
func headingLevel(p *paragraph, body float32) int {
	text := strings.TrimSpace(p.text)
	if !canHead(text) {
		return 0
	}
	depth := numbered(text)
	shown := p.size >= larger*body || p.bold
	switch {
	case depth > 0 && depth <= 3 && (shown || p.lines == 1):
		return depth
	case depth > 0 && shown:
		return depth
	case depth == 0 && p.size >= large*body && body > 0:
		return 1
	}
	return 0
}

// canHead tells whether text can be a heading: short, no sentence, no number,
// no line of a contents page.
func canHead(text string) bool {
	if utf8.RuneCountInString(text) > headingRunes || numeric(text) {
		return false
	}
	if strings.Contains(text, "。") || leaders(text) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	return !strings.ContainsRune("；，：,;:、", last)
}
