package text

import (
	"strings"
	"unicode/utf8"
)

// A TAB at the beginning of a line begins a cell in the notation of Tika, and
// an indented paragraph in text that somebody typed. What tells them apart is
// what the lines say: in a table names and numbers stand beside sentences.

const (
	// sentenceRunes is the length from which a line that ends in a colon or
	// semicolon is taken for running text; below it is a label.
	sentenceRunes = 15
	// proseShare is the share of sentences from which a table is taken for
	// indented prose.
	proseShare = 2.0 / 3
	// fewestIndented is the fewest sentences that are taken for indented
	// paragraphs in a text that has tables: a single one is rather a frame
	// around a paragraph, which Word makes of a table.
	fewestIndented = 2
)

// leads counts the lines that begin with a TAB and say something, and those
// that are blank.
type leads struct{ lines, sentences, titles, blanks int }

// add counts the first line of a cell.
func (n *leads) add(line string) {
	line = strings.TrimSpace(line)
	switch {
	case line == "":
		n.blanks++
		return
	case isSentence(line):
		n.sentences++
	case isTitle(line):
		n.titles++
	}
	n.lines++
}

// indented tells whether all lines are sentences or the titles above them.
func (n *leads) indented() bool {
	return n.sentences >= fewestIndented && n.sentences+n.titles == n.lines && n.blanks == 0
}

// mostlyProse tells whether a supposed table is mostly whole sentences. Titles
// count against that only where the rows make a grid, as those of a table do.
func (n *leads) mostlyProse(rows [][]string) bool {
	lines := n.lines
	if !isGrid(rows) {
		lines -= n.titles
	}
	return float64(n.sentences) > proseShare*float64(lines)
}

// isGrid tells whether there are several rows and columns, and a cell in each.
func isGrid(rows [][]string) bool {
	for _, row := range rows {
		if len(row) != len(rows[0]) {
			return false
		}
	}
	return len(rows) > 1 && len(rows[0]) > 1
}

// isSentence tells whether a line is the end of a sentence.
func isSentence(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	switch last {
	case '。', '！', '？':
		return true
	case '；', '：':
		return utf8.RuneCountInString(line) >= sentenceRunes
	}
	return false
}

// isTitle tells whether a line begins with a section number, 一、 （二） or 3．.
func isTitle(line string) bool {
	rest := strings.TrimPrefix(line, "（")
	for i, r := range rest {
		if '0' <= r && r <= '9' || strings.ContainsRune("一二三四五六七八九十", r) {
			continue
		}
		return i > 0 && strings.ContainsRune("、）)．", r)
	}
	return false
}
