package compare

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// grid is a table for a terminal. Columns from right on are aligned to the
// right; every cell there ends in a mark or a blank.
type grid struct {
	header []string
	rows   [][]string
	right  int
}

// columns is how many places a terminal needs for a text: two for a wide
// character, none for one that combines with the one before it.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// cut shortens a text to some places, with an ellipsis.
func cut(s string, most int) string {
	if columns(s) <= most {
		return s
	}
	n := 1 // of the ellipsis
	for i, r := range s {
		if n += columns(string(r)); n > most {
			return s[:i] + "…"
		}
	}
	return s
}

func (g *grid) write(w io.Writer) error {
	all := append([][]string{g.header}, g.rows...)
	widths := make([]int, len(g.header))
	for _, row := range all {
		for i, c := range row {
			widths[i] = max(widths[i], columns(c))
		}
	}
	var b strings.Builder
	for _, row := range all {
		var line strings.Builder
		for i, c := range row {
			pad := strings.Repeat(" ", widths[i]-columns(c))
			if i > 0 {
				line.WriteString("  ")
			}
			if i >= g.right {
				line.WriteString(pad + c)
			} else {
				line.WriteString(c + pad)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}
