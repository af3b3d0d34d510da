package synth

import (
	"slices"
	"strings"
)

// strip is a row, or a part of one, on a page: lines from to before to.
type strip struct{ row, from, to, height int }

// pdfTable is a table on its way onto pages, with what stands on the last one.
type pdfTable struct {
	*pdfGrid
	w      *pdfWriter
	strips []strip
	height int
	// begun says that the table has begun on a page before, fresh that the page
	// holds nothing but the header that comes again.
	begun, fresh bool
}

// table sets a table, over as many pages as it takes.
func (w *pdfWriter) table(t *table) {
	p := &pdfTable{pdfGrid: newPDFGrid(t, w.look, w.page().textWidth()), w: w, fresh: w.blank()}
	for row := 0; row < len(p.heights); {
		end := p.together(row)
		room := w.room() - p.height
		parts := p.parting(row, room)
		switch {
		case sumOf(p.heights[row:end]) <= room || p.fresh && parts == 0:
			for ; row < end; row++ {
				p.add(p.whole(row))
			}
		case parts > 0:
			p.add(strip{row, 0, parts, p.heightOf(parts)})
			p.next()
			p.add(strip{row, parts, allLines, p.heights[row] - parts*p.leading()})
			row++
		default:
			p.next()
		}
	}
	p.draw()
}

// allLines is beyond the last line of every cell.
const allLines = 1 << 20

// whole is the strip of a row that is not parted.
func (p *pdfTable) whole(row int) strip { return strip{row, 0, allLines, p.heights[row]} }

func (p *pdfTable) add(s strip) {
	p.strips = append(p.strips, s)
	p.height += s.height
	p.fresh = false
}

// next goes on to the next page, where the header may come again.
func (p *pdfTable) next() {
	p.draw()
	p.begun = p.begun || len(p.strips) > 0
	p.w.newPage()
	p.strips, p.height = nil, 0
	if p.begun && p.w.look.repeat {
		for row := range p.header {
			p.add(p.whole(row))
		}
	}
	p.fresh = true
}

// together returns the end of the rows that stay on one page with a row: the
// header and a row more, what a merged cell needs for its text, and a row that
// would look like the rest of the one above if a page began with it.
func (g *pdfGrid) together(row int) int {
	end := row + 1
	if row < g.header {
		end = min(g.header+1, len(g.heights))
	}
	for again := true; again; {
		again = end-row < mostTogether && g.looksLikeRest(end)
		if again {
			end++
		}
		for _, c := range g.cells {
			if c.row >= row && c.row < end && c.last > end && g.heightOf(len(c.lines)) > sumOf(g.heights[c.row:end]) {
				end, again = end+1, true
			}
		}
	}
	return end
}

// mostTogether is the number of rows that are kept together at most because
// each looks like the rest of the one before.
const mostTogether = 4

// looksLikeRest tells whether a row could be the rest of the row above it:
// whatever it says stands under text that fills its lines, as many as the row
// above has, and ends no sentence. At the end of a page that is told by nothing
// but the meaning.
func (g *pdfGrid) looksLikeRest(row int) bool {
	if row >= len(g.heights) {
		return false
	}
	says, most := false, 0
	for _, c := range g.cells {
		if c.row == row-1 && c.last == row {
			most = max(most, len(c.lines))
		}
	}
	for _, c := range g.cells {
		if c.row != row || c.text == "" {
			continue
		}
		says = true
		k := slices.IndexFunc(g.cells, func(a pdfCell) bool { return a.last == row && a.col == c.col && a.end == c.end })
		if k < 0 || len(g.cells[k].lines) < most || !g.fillsLine(&g.cells[k]) {
			return false
		}
	}
	return says
}

// fillsLine tells whether a cell's text may go on: its last line is all but full.
func (g *pdfGrid) fillsLine(c *pdfCell) bool {
	last := c.lines[len(c.lines)-1]
	room := g.edges[c.end] - g.edges[c.col] - 2*g.padX
	return c.text != "" && !isMoney(c.text) && !endsSentence(last.text) && last.width+2*g.size > room
}

// parting is after how many lines of a row a page may end: 0 for none. A row is
// parted where its text goes on in the middle of a sentence and of a full line,
// and another cell has ended: elsewhere nobody could tell the rest from a row.
func (p *pdfTable) parting(row, room int) int {
	if !p.w.look.split || row < p.header {
		return 0
	}
	lines := (room - 2*p.padY) / p.leading()
	if lines < 1 {
		return 0
	}
	over, ended := false, false
	for _, c := range p.cells {
		switch {
		case c.row > row || c.last <= row:
		case c.last-c.row > 1:
			return 0
		case len(c.lines) <= lines:
			ended = ended || c.text != ""
		case goesOver(c.lines, lines):
			over = true
		default:
			return 0
		}
	}
	if over && ended {
		return lines
	}
	return 0
}

// goesOver tells whether text goes on after some lines as no new row begins.
func goesOver(lines []pdfLine, n int) bool {
	return !lines[n-1].ends && !endsSentence(lines[n-1].text)
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’）)")
	return strings.HasSuffix(s, "。") || strings.HasSuffix(s, "；")
}

// draw draws the strips that stand on the page.
func (p *pdfTable) draw() {
	if len(p.strips) == 0 {
		return
	}
	w := p.w
	d := &pdfDrawing{w: w, g: p.pdfGrid, strips: p.strips, p: w.page(), open: p.begun && w.look.open && !w.look.repeat}
	d.tops = []int{w.top}
	for _, s := range p.strips {
		d.tops = append(d.tops, d.tops[len(d.tops)-1]+s.height)
	}
	d.place()
	if w.look.shade {
		d.shade()
	}
	d.p.put("0 g 0 G", 50, "w")
	if w.look.ruling == rulingBoxes {
		d.boxes()
	} else {
		d.sides()
	}
	for i := range d.placed {
		d.text(&d.placed[i])
	}
	w.top = d.tops[len(p.strips)] + p.leading()/2
}

// placedCell is a cell as far as it is on a page: strips from to before to.
type placedCell struct {
	*pdfCell
	from, to int
}

// pdfDrawing is the part of a table that stands on one page.
type pdfDrawing struct {
	w      *pdfWriter
	g      *pdfGrid
	p      *pdfPage
	strips []strip
	// tops are the upper edges of the strips, and the lower one of the last.
	tops   []int
	placed []placedCell
	// open says that no line closes the table at the top.
	open bool
}

// place finds the cells that are on the page. A header that is repeated stands
// before rows that do not follow it.
func (d *pdfDrawing) place() {
	for i := range d.g.cells {
		c := &d.g.cells[i]
		from := slices.IndexFunc(d.strips, func(s strip) bool { return s.row >= c.row && s.row < c.last })
		if from < 0 {
			continue
		}
		to := from
		for to < len(d.strips) && d.strips[to].row >= c.row && d.strips[to].row < c.last {
			to++
		}
		d.placed = append(d.placed, placedCell{c, from, to})
	}
}

func (d *pdfDrawing) x(col int) int { return d.p.side + d.g.edges[col] }

// shade paints the cells of the header.
func (d *pdfDrawing) shade() {
	d.p.put("0.85 0.88 0.93 rg")
	for _, c := range d.placed {
		if c.row < d.g.header {
			d.p.box(d.x(c.col), d.tops[c.from], d.x(c.end)-d.x(c.col), d.tops[c.to]-d.tops[c.from], "f")
		}
	}
}

// boxes draws the outline of each cell.
func (d *pdfDrawing) boxes() {
	for _, c := range d.placed {
		d.p.box(d.x(c.col), d.tops[c.from], d.x(c.end)-d.x(c.col), d.tops[c.to]-d.tops[c.from], "S")
	}
}

// thin is the thickness of lines.
const thin = 48

// sides draws the sides of the cells, each once: an upper and a left one for
// each cell, and those at the end of the table. Strokes go on as far as they
// can.
func (d *pdfDrawing) sides() {
	rows, cols := len(d.strips), len(d.g.edges)-1
	level, upright := make([][]bool, rows+1), make([][]bool, cols+1)
	for i := range level {
		level[i] = make([]bool, cols)
	}
	for i := range upright {
		upright[i] = make([]bool, rows)
	}
	for _, c := range d.placed {
		for k := c.col; k < c.end; k++ {
			level[c.from][k], level[c.to][k] = true, true
		}
		for k := c.from; k < c.to; k++ {
			upright[c.col][k], upright[c.end][k] = true, true
		}
	}
	if d.open {
		clear(level[0])
	}
	for i, row := range level {
		for _, run := range d.runs(row) {
			d.rule(d.x(run[0]), d.tops[i], d.x(run[1]), d.tops[i])
		}
	}
	for i, column := range upright {
		for _, run := range d.runs(column) {
			d.rule(d.x(i), d.tops[run[0]], d.x(i), d.tops[run[1]])
		}
	}
}

// runs are the stretches of sides that are drawn as one line.
func (d *pdfDrawing) runs(sides []bool) [][2]int {
	var out [][2]int
	for i, ruled := range sides {
		switch n := len(out); {
		case !ruled:
		case n > 0 && out[n-1][1] == i && d.w.look.ruling == rulingStrokes:
			out[n-1][1] = i + 1
		default:
			out = append(out, [2]int{i, i + 1})
		}
	}
	return out
}

// rule draws a line.
func (d *pdfDrawing) rule(x0, top0, x1, top1 int) {
	if d.w.look.ruling == rulingStrokes {
		d.p.put(x0, d.p.height-top0, "m", x1, d.p.height-top1, "l S")
		return
	}
	d.p.box(x0-thin/2, top0-thin/2, x1-x0+thin, top1-top0+thin, "f")
}

// text sets the text of a cell: all of it where the cell begins, or the part
// that is on the page.
func (d *pdfDrawing) text(c *placedCell) {
	first := d.strips[c.from]
	if first.row != c.row {
		return // it stands on the page before
	}
	from, to := min(first.from, len(c.lines)), min(first.to, len(c.lines))
	lines := c.lines[from:to]
	top := d.tops[c.from] + d.g.padY
	if len(lines) == len(c.lines) && first.from == 0 && first.to >= len(c.lines) {
		top = (d.tops[c.from] + d.tops[c.to] - len(lines)*d.g.leading()) / 2
	}
	room := d.x(c.end) - d.x(c.col) - 2*d.g.padX
	for i, l := range lines {
		x := d.x(c.col) + d.g.padX
		switch c.align {
		case alignCentre:
			x += (room - l.width) / 2
		case alignRight:
			x += room - l.width
		default:
			if d.w.look.justify && !l.ends {
				l.stretch = stretchOf(l, d.g.size, room)
			}
		}
		d.w.lineOn(d.p, pdfStyle{size: d.g.size}, l, x, top+i*d.g.leading()+(d.g.leading()+d.g.size)/2)
	}
}
