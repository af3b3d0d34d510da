package text

import (
	"strconv"
	"strings"
)

// The notation of spreadsheets, also what Tika makes of them and of HTML: a
// line is a row, and TABs stand between its cells. Tika begins every row with
// a TAB as well.

// fewestRows is how many lines in a row must look alike before they are a
// table.
const fewestRows = 2

// cutColumns cuts a table off the front of the lines, or a table of contents,
// which is paragraphs, and returns how many lines it took.
func cutColumns(lines []string) ([]piece, int) {
	n, divided := 0, 0
	leading := true
	for n < len(lines) && strings.Contains(lines[n], "\t") && strings.TrimSpace(lines[n]) != "" {
		if strings.LastIndexByte(lines[n], '\t') > 0 {
			divided++
		}
		leading = leading && lines[n][0] == '\t'
		n++
	}
	if divided < fewestRows || isContents(lines[:n]) {
		out := make([]piece, n)
		for i, l := range lines[:n] {
			out[i].text = l
		}
		return out, n
	}
	p := piece{rows: make([][]string, n)}
	for i, l := range lines[:n] {
		if leading {
			l = l[1:]
		}
		p.rows[i] = strings.Split(l, "\t")
	}
	return []piece{p}, n
}

// contentsLines is the fewest lines of a table of contents.
const contentsLines = 3

// isContents tells whether lines are a table of contents: every one ends in a
// page number, and the numbers do not fall.
func isContents(lines []string) bool {
	if len(lines) < contentsLines {
		return false
	}
	page := 0
	for _, l := range lines {
		_, number, _ := strings.Cut(strings.TrimSpace(l), "\t")
		if at := strings.LastIndexAny(number, "\t "); at >= 0 {
			if !strings.Contains(l, "PAGEREF") {
				return false
			}
			number = number[at+1:]
		}
		next, err := strconv.Atoi(number)
		if err != nil || next < page || len(number) > 3 {
			return false
		}
		page = next
	}
	return true
}
