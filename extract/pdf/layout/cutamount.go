package layout

import (
	"regexp"
	"strings"
	"sync"
)

// amountPatterns are the shapes of amounts in figures with ASCII separators: one
// that is whole, one that ends inside a group of thousands or at a separator,
// and the rest of one, which is told from an amount by its first sign only.
var amountPatterns = sync.OnceValue(func() (p struct{ whole, cut, rest *regexp.Regexp }) {
	p.whole = regexp.MustCompile(`^-?(\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d+)$`)
	p.cut = regexp.MustCompile(`^-?\d{1,3}(,\d{3})*(,\d{0,2}|\.)$`)
	p.rest = regexp.MustCompile(`^(,\d{3}|\.\d)`)
	return p
})

// ascii writes the separators and signs of an amount in ASCII, without blanks.
var ascii = strings.NewReplacer("，", ",", "．", ".", "－", "-", "−", "-")

// cutAmount tells whether an amount is cut between two texts: the first ends
// inside a group of thousands (1,500,00), or the second begins with a separator.
// joined tells whether the two are a whole amount together.
func cutAmount(above, below string) (cut, joined bool) {
	if !numeric(above) {
		return false, false
	}
	p := amountPatterns()
	a, b := ascii.Replace(squeeze(above)), ascii.Replace(squeeze(below))
	cut = p.cut.MatchString(a) || p.rest.MatchString(b)
	return cut, cut && p.whole.MatchString(a+b)
}

// grouped tells whether a text is a number with thousands apart.
func grouped(text string) bool {
	return numeric(text) && strings.ContainsAny(text, ",，")
}

// looseFigures is the number of amounts outside of tables on a page from which
// they are told of: a table whose columns could not be found.
const looseFigures = 4

// loose counts the lines that are nothing but an amount.
func loose(lines []line) int {
	n := 0
	for _, l := range lines {
		if amountPatterns().whole.MatchString(ascii.Replace(squeeze(l.text))) {
			n++
		}
	}
	return n
}

// cutsAmount tells whether the page break cuts an amount of the table's last row,
// so that neither that row nor the grid's first says what was printed.
func (t *table) cutsAmount(n *grid) bool {
	below := map[[2]int]string{}
	for _, c := range n.cells {
		if c.r0 == 0 {
			below[[2]int{c.c0, c.c1}] = c.text
		}
	}
	for columns, above := range t.bottom() {
		if cut, _ := cutAmount(above.text, below[columns]); cut {
			return true
		}
	}
	return false
}
