package layout

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/extract/pdf/page"
)

const (
	// alignGap is the gap in em that parts the cells of a row without rules.
	alignGap = 0.9
	// rowPitch is the greatest distance of the baselines of such rows, in em.
	rowPitch = 3.5
	// alignRows is the least number of rows with figures that make a table,
	// ruledRows the same between level rules.
	alignRows, ruledRows = 3, 2
	// alignCols is the least number of columns, ruledCols the same between
	// level rules: a contents page has two.
	alignCols, ruledCols = 3, 2
	// headRows is the greatest number of lines taken as the header.
	headRows = 4
	// manyRules is the number of loose level rules on a page from which they
	// are a drawing.
	manyRules = 400
	// sameEnds is by how much the ends of the rules of one table may differ.
	sameEnds = 6
)

// strip is a row of a page without rules: what stands on one baseline.
type strip struct {
	parts       []part
	v, size     float32
	top, bottom float32
}

// part is a run of glyphs without a wide gap.
type part struct {
	u0, u1 float32
	glyphs []*page.Glyph
	text   string
	number bool
}

// figures counts the parts that are numbers.
func (s strip) figures() int {
	n := 0
	for _, p := range s.parts {
		if p.number {
			n++
		}
	}
	return n
}

// alignedGrids finds tables without upright rules: rows of figures that stand
// under each other, with the header above them. Level rules that end at the
// same places are taken as the table's, and then less is asked of the figures.
// It returns the glyphs that are in none.
func alignedGrids(rest []*page.Glyph, level []rule) (grids []*grid, left []*page.Glyph) {
	strips := makeStrips(rest)
	taken := map[*page.Glyph]bool{}
	for i := 0; i < len(strips); {
		first, end, ruled := tableRun(strips, i, level)
		if end == 0 {
			i++
			continue
		}
		if g := alignGrid(strips[first:end], ruled); g != nil {
			grids = append(grids, g)
			for _, c := range g.cells {
				for _, gl := range c.glyphs {
					taken[gl] = true
				}
			}
		}
		i = end
	}
	if len(grids) == 0 {
		return nil, rest
	}
	return grids, slices.DeleteFunc(slices.Clone(rest), func(g *page.Glyph) bool { return taken[g] })
}

func makeStrips(glyphs []*page.Glyph) []strip {
	marks := make([]mark, 0, len(glyphs))
	for i, g := range glyphs {
		if way(g) == 0 {
			marks = append(marks, along(g, i))
		}
	}
	var out []strip
	for _, row := range bands(marks) {
		s := strip{v: row[0].v}
		for _, run := range partAtGaps(row, alignGap) {
			l, ok := makeLine(run)
			if !ok {
				continue
			}
			p := part{u0: l.u0, u1: l.u1, text: l.text, number: numeric(l.text)}
			for _, m := range run {
				p.glyphs = append(p.glyphs, m.g)
			}
			if len(s.parts) == 0 {
				s.top, s.bottom = l.box.Y0, l.box.Y1
			}
			s.parts, s.size = append(s.parts, p), max(s.size, l.size)
			s.top, s.bottom = min(s.top, l.box.Y0), max(s.bottom, l.box.Y1)
		}
		if len(s.parts) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// tableRun finds the rows of a table whose first row with figures is at i or
// later, if there is one; end is 0 otherwise.
func tableRun(strips []strip, i int, level []rule) (first, end int, ruled bool) {
	if !isRow(strips[i], ruledCols) {
		return 0, 0, false
	}
	ruled = between2Rules(strips[i], level)
	columns, rows := alignCols, alignRows
	if ruled {
		columns, rows = ruledCols, ruledRows
	}
	if !isRow(strips[i], columns) {
		return 0, 0, false
	}
	count, last := 1, i
	for k := i + 1; k < len(strips) && near(strips[k-1], strips[k]) && k-last <= 2; k++ {
		if isRow(strips[k], columns) {
			count++
			last = k
		}
	}
	if count < rows {
		return 0, 0, false
	}
	first = i
	for first > 0 && i-first < headRows && near(strips[first-1], strips[first]) && isHeader(strips[first-1]) {
		first--
	}
	if first == i && !ruled {
		return 0, 0, false // figures under each other without a header
	}
	return first, last + 1, ruled
}

// isRow tells whether a strip is a row of a table with so many columns.
func isRow(s strip, columns int) bool { return len(s.parts) >= columns && s.figures() > 0 }

// isHeader tells whether a strip can be a row of a header: several parts, no
// amounts, and not a line like 编制部门：… 单位：元.
func isHeader(s strip) bool {
	for _, p := range s.parts {
		if strings.ContainsAny(p.text, "：:。") || p.number && strings.ContainsAny(p.text, ".,") {
			return false
		}
	}
	return len(s.parts) > 1
}

func near(a, b strip) bool { return b.v-a.v <= rowPitch*max(a.size, b.size) }

// between2Rules tells whether a strip lies between two level rules that begin
// and end at the same places, which are those of its text or beyond.
func between2Rules(s strip, level []rule) bool {
	if len(level) > manyRules {
		return false
	}
	x0, x1 := s.parts[0].u0, s.parts[len(s.parts)-1].u1
	for _, above := range level {
		if above.at > s.v || above.from > x0+stub || above.to < x1-stub {
			continue
		}
		for _, below := range level {
			if below.at >= s.v && abs(below.from-above.from) <= sameEnds && abs(below.to-above.to) <= sameEnds {
				return true
			}
		}
	}
	return false
}

// stretch is a column of a table without rules.
type stretch struct{ from, to float32 }

// columns finds the columns of rows: where figures stand under each other, and
// where other text stands beside them.
func columns(rows []strip) []stretch {
	var figures, words []stretch
	for _, s := range rows {
		if s.figures() == 0 {
			continue
		}
		for _, p := range s.parts {
			if p.number {
				figures = append(figures, stretch{p.u0, p.u1})
			} else {
				words = append(words, stretch{p.u0, p.u1})
			}
		}
	}
	figures = merge(figures)
	words = slices.DeleteFunc(words, func(w stretch) bool {
		return slices.ContainsFunc(figures, func(f stretch) bool { return overlap(w.from, w.to, f.from, f.to) > 0 })
	})
	return merge(append(figures, words...))
}

// merge joins the stretches that overlap.
func merge(all []stretch) []stretch {
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	var out []stretch
	for _, s := range all {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// alignGrid makes a grid of rows; nil if they have too few columns.
func alignGrid(rows []strip, ruled bool) *grid {
	cols := columns(rows)
	least := alignCols
	if ruled {
		least = ruledCols
	}
	if len(cols) < least {
		return nil
	}
	g := &grid{aligned: true}
	g.xs = append(g.xs, cols[0].from)
	for i := 1; i < len(cols); i++ {
		g.xs = append(g.xs, (cols[i-1].to+cols[i].from)/2)
	}
	g.xs = append(g.xs, cols[len(cols)-1].to)
	g.ys = append(g.ys, rows[0].top)
	for i := 1; i < len(rows); i++ {
		g.ys = append(g.ys, (rows[i-1].bottom+rows[i].top)/2)
	}
	g.ys = append(g.ys, rows[len(rows)-1].bottom)
	for r, s := range rows {
		g.alignRow(r, s, cols)
	}
	g.box = page.Box{X0: g.xs[0], Y0: g.ys[0], X1: g.xs[len(cols)], Y1: g.ys[len(rows)]}
	for i := range g.cells {
		c := &g.cells[i]
		c.box = page.Box{X0: g.xs[c.c0], Y0: g.ys[c.r0], X1: g.xs[c.c1], Y1: g.ys[c.r1]}
	}
	return g
}

// alignRow puts the parts of a row into the columns under which they stand, and
// adds the empty cells between them.
func (g *grid) alignRow(r int, s strip, cols []stretch) {
	free := 0 // the first column without a cell
	for _, p := range s.parts {
		c0, c1 := under(p, cols)
		if c0 < free && free > 0 {
			if c1 <= free || p.u0 < g.xs[free] && c1 == free {
				last := &g.cells[len(g.cells)-1]
				last.glyphs = append(last.glyphs, p.glyphs...)
				continue
			}
			c0 = free
		}
		for ; free < c0; free++ {
			g.cells = append(g.cells, cell{r0: r, r1: r + 1, c0: free, c1: free + 1})
		}
		g.cells = append(g.cells, cell{r0: r, r1: r + 1, c0: c0, c1: c1, glyphs: p.glyphs})
		free = c1
	}
	for ; free < len(cols); free++ {
		g.cells = append(g.cells, cell{r0: r, r1: r + 1, c0: free, c1: free + 1})
	}
}

// under returns the columns that a part overlaps, or the nearest.
func under(p part, cols []stretch) (c0, c1 int) {
	c0 = -1
	nearest, distance := 0, float32(0)
	for i, c := range cols {
		o := overlap(p.u0, p.u1, c.from, c.to)
		if i == 0 || -o < distance {
			nearest, distance = i, -o
		}
		if o > 0 {
			if c0 < 0 {
				c0 = i
			}
			c1 = i + 1
		}
	}
	if c0 < 0 {
		return nearest, nearest + 1
	}
	return c0, c1
}
