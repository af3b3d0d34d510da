package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Missing says in one line why a comparison has no row, and what its documents
// have instead of what was asked for; "" if it has any.
func Missing(ctx context.Context, dir string, q Query, c *Comparison) (string, error) {
	var who []string
	for i := range c.Bodies {
		b := &c.Bodies[i]
		if len(b.Rows) > 0 {
			return "", nil
		}
		if !slices.Contains(who, b.Department) {
			who = append(who, b.Department)
		}
	}
	if named := 3; len(who) > named {
		who = append(who[:named:named], fmt.Sprintf("%d others", len(who)-named))
	}
	asked := q.asked()
	if asked == "" {
		return fmt.Sprintf("no rows: nothing that can be compared was read of the documents of %s", strings.Join(who, ", ")), nil
	}
	q.Forms, q.Measures, q.Parts = nil, nil, nil
	all, err := Compare(ctx, dir, q)
	if err != nil {
		return "", err
	}
	instead := all.sections()
	if instead == "" {
		instead = "nothing that can be compared"
	}
	return fmt.Sprintf("no rows: no document of %s has %s; they have %s", strings.Join(who, ", "), asked, instead), nil
}

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
	}{{"", parts}, {"form ", q.Forms}, {"measure ", q.Measures}} {
		if len(x.names) > 0 {
			out = append(out, x.what+strings.Join(x.names, " or "))
		}
	}
	return strings.Join(out, " with ")
}

// sections lists the headings of a comparison with how many rows stand below
// each.
func (c *Comparison) sections() string {
	count := map[string]int{}
	var order []string
	for i := range c.Bodies {
		for j := range c.Bodies[i].Rows {
			s := section(&c.Bodies[i].Rows[j])
			if count[s] == 0 {
				order = append(order, s)
			}
			count[s]++
		}
	}
	for i, s := range order {
		order[i] = fmt.Sprintf("%s (%d)", s, count[s])
	}
	return strings.Join(order, ", ")
}
