package synth

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed words.txt
var wordsTXT string

// vocabulary is words.txt by section: rows of columns.
type vocabulary map[string][][]string

var words = sync.OnceValue(func() vocabulary {
	v := vocabulary{}
	section := ""
	for line := range strings.Lines(wordsTXT) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
		default:
			v[section] = append(v[section], strings.Split(line, "\t"))
		}
	}
	return v
})

// column returns one column of a section.
func (v vocabulary) column(section string, col int) []string {
	out := make([]string, 0, len(v[section]))
	for _, row := range v[section] {
		out = append(out, row[col])
	}
	return out
}

// where returns the rows of a section with a value in the first column.
func (v vocabulary) where(section, first string) [][]string {
	var out [][]string
	for _, row := range v[section] {
		if row[0] == first {
			out = append(out, row)
		}
	}
	return out
}

// atoi reads a number of the vocabulary, 0 if it is none; what is drawn by
// such a number would never be drawn, and a test would say so.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
