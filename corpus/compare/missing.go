package compare

import (
	"fmt"
	"strings"
)

// asked names what a query wants of the documents, as the flags of the program
// and the headings of a comparison do.
func (q *Query) asked() string {
	var parts, out []string
	for _, p := range q.Parts {
		parts = append(parts, PartTitle(p))
	}
	for _, x := range []struct {
		what  string
		names []string
	}{{"", parts}, {"form ", q.Forms}, {"measure ", q.Measures}, {"target ", q.Targets}} {
		if len(x.names) > 0 {
			out = append(out, x.what+strings.Join(x.names, " or "))
		}
	}
	return strings.Join(out, " with ")
}

// sectionCount counts the rows below each heading of a comparison.
type sectionCount struct {
	rows  map[string]int
	order []string
}

// add counts the rows of a body.
func (c *sectionCount) add(b *Body) error {
	if c.rows == nil {
		c.rows = map[string]int{}
	}
	for i := range b.Rows {
		s := section(&b.Rows[i])
		if c.rows[s] == 0 {
			c.order = append(c.order, s)
		}
		c.rows[s]++
	}
	return nil
}

// String lists the headings with how many rows stand below each.
func (c *sectionCount) String() string {
	var out []string
	for _, s := range c.order {
		out = append(out, fmt.Sprintf("%s (%d)", s, c.rows[s]))
	}
	if len(out) == 0 {
		return "nothing that can be compared"
	}
	return strings.Join(out, ", ")
}
