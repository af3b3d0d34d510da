package layout

import "yusuan/extract/pdf/page"

// Rules returns the ruling lines that were found on a page, as boxes without
// thickness, for drawing them over a picture of the page.
func Rules(p *page.Page) []page.Box {
	glyphs, _ := visible([]*page.Page{p})
	s := upright(p, glyphs[0])
	found := findRules(s.paths)
	out := make([]page.Box, 0, len(found.level)+len(found.upright))
	for _, r := range found.level {
		out = append(out, s.box(page.Box{X0: r.from, Y0: r.at, X1: r.to, Y1: r.at}))
	}
	for _, r := range found.upright {
		out = append(out, s.box(page.Box{X0: r.at, Y0: r.from, X1: r.at, Y1: r.to}))
	}
	return out
}
