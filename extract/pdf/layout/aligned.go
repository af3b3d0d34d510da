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
	// emptyRows is the same where empty rows may lie between, but the texts begin
	// or end, but for inLine points, where those above do.
	emptyRows = 12
	inLine    = 1.5
	// alignRows is the least number of rows with figures that make a table,
	// ruledRows the same between level rules.
	alignRows, ruledRows = 3, 2
	// longest is the greatest width of a cell, in em.
	longest = 25
	// alignCols is the least number of columns, ruledCols the same between
	// level rules: a contents page has two.
	alignCols, ruledCols = 3, 2
	// headRows is the greatest number of lines taken as the header.
	headRows = 6
	// fewRows is the number of rows up to which a word in a single row makes a
	// column.
	fewRows = 4
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
	u0, u1, v   float32
	top, bottom float32
	glyphs      []*page.Glyph
	text        string
	number      bool
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
	strips := joinClose(makeStrips(rest))
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
			for _, run := range amountParts(run) {
				s.add(run)
			}
		}
		if len(s.parts) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// add appends a run of glyphs, unless it is blank.
func (s *strip) add(run []mark) {
	l, ok := makeLine(run)
	if !ok {
		return
	}
	p := part{u0: l.u0, u1: l.u1, v: l.v, top: l.box.Y0, bottom: l.box.Y1, text: l.text, number: numeric(l.text)}
	for _, m := range run {
		p.glyphs = append(p.glyphs, m.g)
	}
	if len(s.parts) == 0 {
		s.top, s.bottom = l.box.Y0, l.box.Y1
	}
	s.parts, s.size = append(s.parts, p), max(s.size, l.size)
	s.top, s.bottom = min(s.top, l.box.Y0), max(s.bottom, l.box.Y1)
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
	count, last := followingRows(strips, i, columns)
	if count < rows {
		return 0, 0, false
	}
	first = firstOfHeader(strips, i)
	if first == i && !ruled {
		return 0, 0, false // figures under each other without a header
	}
	return first, last + 1, ruled
}

// followingRows counts the rows of figures from row i on, and finds the last.
func followingRows(strips []strip, i, columns int) (count, last int) {
	count, last = 1, i
	for k := i + 1; k < len(strips); k++ {
		s := strips[k]
		if s.v-strips[k-1].v > emptyRows*s.size || !fits(s, strips[i:last+1]) && (!near(strips[k-1], s) || k-last > 2) {
			break
		}
		if isRow(s, columns) {
			count++
			last = k
		}
	}
	return count, last
}

// firstOfHeader finds the first row of the header above row i; i if there is
// none.
func firstOfHeader(strips []strip, i int) int {
	first := i
	for k := i; k > 0 && i-k < headRows && near(strips[k-1], strips[k]); k-- {
		if isHeader(strips[k-1]) {
			first = k - 1
		} else if first < k || !isLabel(strips[k-1]) {
			break // of two lines with a single label, one is no header
		}
	}
	return first
}

// fits tells whether every part of a strip begins or ends where a part of one of
// the rows does.
func fits(s strip, rows []strip) bool {
	for _, p := range s.parts {
		if !slices.ContainsFunc(rows, func(r strip) bool {
			return slices.ContainsFunc(r.parts, func(o part) bool { return abs(o.u0-p.u0) <= inLine || abs(o.u1-p.u1) <= inLine })
		}) {
			return false
		}
	}
	return true
}

// isRow tells whether a strip is a row of a table with so many columns: no line
// of running text beside a number.
func isRow(s strip, columns int) bool {
	return len(s.parts) >= columns && s.figures() > 0 &&
		!slices.ContainsFunc(s.parts, func(p part) bool { return p.u1-p.u0 > longest*s.size })
}

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

// isLabel tells whether a strip can be a row of a header that has a single part:
// the label of some columns, whose other labels stand a little lower.
func isLabel(s strip) bool {
	return len(s.parts) == 1 && !strings.ContainsAny(s.parts[0].text, "：:。，") && !isTitle(s.parts[0].text)
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
	if len(rows) > fewRows {
		words = supported(words)
	}
	return merge(append(figures, words...))
}

// supported leaves out the stretches that meet no other: a single 合计 beside a
// column of codes makes no column.
func supported(words []stretch) []stretch {
	var out []stretch
	for i, w := range words {
		for k, o := range words {
			if i != k && overlap(w.from, w.to, o.from, o.to) > 0 {
				out = append(out, w)
				break
			}
		}
	}
	return out
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

// alignGrid makes a grid of rows; nil if they have too few columns. The rows
// before the first with figures are the header, unless its labels do not fit over
// the columns.
func alignGrid(rows []strip, ruled bool) *grid {
	cols := columns(rows)
	least := alignCols
	if ruled {
		least = ruledCols
	}
	if len(cols) < least {
		return nil
	}
	head := max(0, slices.IndexFunc(rows, func(s strip) bool { return s.figures() > 0 }))
	body := unwrap(slices.Clone(rows[head:]))
	labels := makeLabels(rows[:head], pitch(body))
	g := &grid{aligned: true}
	if more := withEmpty(cols, labels); !g.alignHead(labels, cols, rows[0].size) && !(len(more) > len(cols) && g.alignHead(labels, more, rows[0].size)) {
		body = slices.Concat(rows[:head], body)
		g.text = cols
	}
	g.xs = edges(g.text)
	g.alignRows(body)
	g.box = page.Box{X0: g.xs[0], Y0: g.ys[0], X1: g.xs[len(g.xs)-1], Y1: g.ys[len(g.ys)-1]}
	for i := range g.cells {
		c := &g.cells[i]
		c.box = page.Box{X0: g.xs[c.c0], Y0: g.ys[c.r0], X1: g.xs[c.c1], Y1: g.ys[c.r1]}
	}
	return g
}

// edges are those of columns: in the middle between their texts.
func edges(cols []stretch) []float32 {
	out := []float32{cols[0].from}
	for i := 1; i < len(cols); i++ {
		out = append(out, (cols[i-1].to+cols[i].from)/2)
	}
	return append(out, cols[len(cols)-1].to)
}

// alignRows makes the cells of rows below those that the grid has.
func (g *grid) alignRows(body []strip) {
	first := len(g.ys)
	g.ys = append(g.ys, body[0].top)
	for i := 1; i < len(body); i++ {
		g.ys = append(g.ys, (body[i-1].bottom+body[i].top)/2)
	}
	g.ys = append(g.ys, body[len(body)-1].bottom)
	for r, s := range body {
		g.alignRow(first+r, s, g.text)
	}
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
