package form

import (
	"slices"
	"strings"

	"yusuan/extract/document"
	"yusuan/normalize/value"
	"yusuan/normalize/vocab"
)

// restored returns the table with the spans of its header and of its totals
// where these are lost (text forms print a merged cell once, and what follows
// moves to the left), or nil where nothing is lost or it cannot be told which of
// several layouts fits (see only). Its cells are those of the table, in their order.
//
// The proof is the table itself: the widths of a row must add up, a label of
// codes or names must stand above codes or names and one of amounts above
// amounts, and a row is moved only where a number would else stand below the
// label of a name.
func (s *sheet) restored() *View {
	if slices.ContainsFunc(s.Table.Cells, func(c document.Cell) bool { return c.RowSpan > 1 || c.ColSpan > 1 }) {
		return nil
	}
	h := s.budgetHeader()
	r := &restorer{sheet: s, header: h, shift: map[int]int{}}
	for row := h.start; row < h.end; row++ {
		cells := s.trimmed(row)
		switch {
		case h.index[row]:
			r.levels = max(r.levels, s.levelsIn(cells))
		case slices.ContainsFunc(cells, s.blank):
			return nil // which of the blanks is part of a merged cell is not certain
		default:
			r.rows = append(r.rows, cells)
		}
	}
	if len(r.rows) == 0 || !slices.ContainsFunc(r.rows, func(cells []int) bool { return len(cells) < s.Table.Cols }) {
		return nil
	}
	r.shiftRows()
	r.kinds = make([]columnKind, s.Table.Cols)
	for col := range r.kinds {
		r.kinds[col] = r.kindOf(col)
	}
	r.shiftTotals()
	r.place(0, []extent{{0, s.Table.Cols, -1}}, nil)
	layout := r.only()
	if layout == nil || r.steps > restoreSteps {
		return nil
	}
	return r.view(layout)
}

// restoreSteps bounds how many cells are placed in search of a layout: a
// 三公 table of twelve columns and three header rows needs some thousands.
const restoreSteps = 20_000

// columnKind is what stands in a column below the header.
type columnKind int

const (
	kindBlank columnKind = iota
	kindCode
	kindName
	kindNumber
)

// extent is a run of columns below a header cell, -1 for the table.
type extent struct{ from, to, above int }

// placed is a header cell with its columns; last is true for one that has no
// cells below.
type placed struct {
	cell, col, width int
	last             bool
}

// restorer looks for the layout of a table.
type restorer struct {
	*sheet
	header *budgetHeader
	// rows are the header's rows of labels; levels is how many of the first
	// columns are levels of a code.
	rows   [][]int
	levels int
	kinds  []columnKind
	// shift is how many columns the first cell of a row of data spans beyond
	// its own.
	shift map[int]int
	// layouts are those that fit, steps how many cells were placed for them.
	layouts [][]placed
	steps   int
}

// trimmed returns the cells of a row without the blank ones at its end.
func (s *sheet) trimmed(row int) []int {
	cells := s.rowCells(row)
	for len(cells) > 0 && s.blank(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// levelsIn counts the levels of a code at the beginning of a row: 类 款 项.
func (s *sheet) levelsIn(cells []int) (n int) {
	for n < len(cells) && s.isLevelName(cells[n]) {
		n++
	}
	return n
}

// shiftRows finds rows whose code spans the columns of its levels: a name
// stands where the second level should.
func (r *restorer) shiftRows() {
	for row := r.header.end; r.levels > 1 && row < r.Table.Rows; row++ {
		cells := r.rowCells(row)
		if len(cells) < 2 || len(cells) != r.Table.Cols-r.levels+1 || codeLevel(Line(r.Table.Cells[cells[0]].Text)) == 0 {
			continue
		}
		if text := Line(r.Table.Cells[cells[1]].Text); text != "" && !r.isNumber(cells[1]) {
			r.shift[row] = r.levels - 1
		}
	}
}

// shiftTotals finds totals whose name spans all columns of codes and names: a
// number stands where a name should.
func (r *restorer) shiftTotals() {
	lead := 0
	for lead < len(r.kinds) && (r.kinds[lead] == kindCode || r.kinds[lead] == kindName) {
		lead++
	}
	for row := r.header.end; row < r.Table.Rows; row++ {
		cells := r.rowCells(row)
		if lead < 2 || len(cells) < 2 || len(cells) != r.Table.Cols-lead+1 || !isSum(Name(r.Table.Cells[cells[0]].Text)) || !r.isNumber(cells[1]) {
			continue
		}
		r.shift[row] = lead - 1
	}
}

// kindOf tells what stands in a column of the rows that are complete, or whose
// code is known to span its levels.
func (r *restorer) kindOf(col int) columnKind {
	if col < r.levels {
		return kindCode
	}
	numbers, codes, texts := 0, 0, 0
	for row := r.header.end; row < r.Table.Rows; row++ {
		cells := r.rowCells(row)
		if at := col - r.shift[row]; len(cells)+r.shift[row] == r.Table.Cols && at < len(cells) && !r.header.index[row] {
			text := Line(r.Table.Cells[cells[at]].Text)
			_, number := value.Number(text)
			switch {
			case blankNumber(text):
			case number && codeLevel(text) > 0:
				codes++
			case number:
				numbers++
			default:
				texts++
			}
		}
	}
	switch {
	case codes > 0 && numbers == 0:
		return kindCode
	case numbers+codes > texts:
		return kindNumber
	case texts > 0:
		return kindName
	}
	return kindBlank
}

// place puts the cells of a header row into the columns that are left to it, in
// every way that fits, and goes on with the row below.
func (r *restorer) place(row int, left []extent, done []placed) {
	if len(left) == 0 {
		if row == len(r.rows) {
			r.layouts = append(r.layouts, slices.Clone(done))
		}
		return
	}
	if row < len(r.rows) {
		r.placeCells(row, r.rows[row], left, nil, done)
	}
}

// placeCells puts the first of the cells at the beginning of what is left.
// Done and below are written over by the next way to place it.
func (r *restorer) placeCells(row int, cells []int, left, below []extent, done []placed) {
	if len(cells)+len(left) == 0 && r.groupsFit(below) {
		r.place(row+1, below, done)
	}
	if r.steps++; r.steps > restoreSteps || r.cannotFit(row, cells, left, below) {
		return
	}
	first := left[0]
	for width := 1; first.from+width <= first.to; width++ {
		rest := left[1:]
		if first.from+width < first.to {
			rest = append([]extent{{first.from + width, first.to, first.above}}, rest...)
		}
		p := placed{cells[0], first.from, width, width == 1 || first.from == 0 && width == r.levels}
		switch {
		case p.last && r.leafFits(p, first.above):
			r.placeCells(row, cells[1:], rest, below, append(done, p))
		case !p.last && row+1 < len(r.rows):
			r.placeCells(row, cells[1:], rest, append(below, extent{p.col, p.col + width, p.cell}), append(done, p))
		}
	}
}

// cannotFit tells early that no way to place the rest fits: there are no cells,
// no columns, or more cells than columns, or, above the last row, more columns below labels than
// that row has cells for.
func (r *restorer) cannotFit(row int, cells []int, left, below []extent) bool {
	if len(cells) == 0 || len(left) == 0 || columnsOf(left) < len(cells) {
		return true
	}
	merged := max(0, r.levels-1)
	return row+2 == len(r.rows) && columnsOf(below) > len(r.rows[row+1])+merged
}

// columnsOf counts the columns of extents.
func columnsOf(list []extent) (n int) {
	for _, x := range list {
		n += x.to - x.from
	}
	return n
}

// leafFits tells whether a label without labels below it can stand over its
// column, and below the label above it: one of names holds codes and names.
func (r *restorer) leafFits(p placed, above int) bool {
	kind, label := r.kinds[p.col], r.labelKind(p.cell)
	if label != kindBlank && kind != kindBlank && label != kind {
		return false
	}
	return above < 0 || r.labelKind(above) != kindName || kind == kindCode || kind == kindName
}

// groupsFit tells whether labels with labels below them hold what they can: one
// of amounts or of no known kind holds at least one column of amounts.
func (r *restorer) groupsFit(groups []extent) bool {
	return !slices.ContainsFunc(groups, func(g extent) bool {
		return r.labelKind(g.above) != kindName && !slices.ContainsFunc(r.kinds[g.from:g.to], func(k columnKind) bool { return k == kindNumber || k == kindBlank })
	})
}

// labelKind tells what a label says of its column, kindBlank for nothing.
func (r *restorer) labelKind(cell int) columnKind {
	switch id := r.known(r.out.Form, r.Table.Cells[cell].Text); {
	case id == "" || slices.Contains(counts, id):
		return kindBlank
	case id == "code":
		return kindCode
	case slices.Contains(namesOf, id):
		return kindName
	}
	return kindNumber
}

// only returns the one layout that fits. Of several it is the one in which
// labels have most in common with the label above them (公务用车购置费 below
// 公务用车购置及运行维护费, not below 公务接待费), if there is one alone.
func (r *restorer) only() []placed {
	var best []placed
	most, ties := -1, 0
	for _, layout := range r.layouts {
		if r.repeats(layout) {
			continue
		}
		n := 0
		for _, p := range layout {
			n += r.inCommon(p.cell, r.labelAbove(layout, p))
		}
		switch {
		case n > most:
			best, most, ties = layout, n, 1
		case n == most:
			ties++
		}
	}
	if ties != 1 {
		return nil
	}
	return best
}

// repeats tells whether a label of amounts has two labels of the same words
// right below it: 小计 stands once below each item.
func (r *restorer) repeats(layout []placed) bool {
	type below struct {
		above int
		text  string
	}
	seen := map[below]bool{}
	names := map[int]bool{} // labels with names below them, as over two blocks
	for _, p := range layout {
		if k := r.labelKind(p.cell); k == kindName || k == kindCode {
			names[r.labelAbove(layout, p)] = true
		}
	}
	for _, p := range layout {
		b := below{r.labelAbove(layout, p), vocab.Key(r.Table.Cells[p.cell].Text)}
		if b.above >= 0 && !names[b.above] && seen[b] {
			return true
		}
		seen[b] = true
	}
	return false
}

// labelAbove is the label above one in a layout, -1 if there is none.
func (r *restorer) labelAbove(layout []placed, p placed) int {
	above := -1
	for _, q := range layout {
		if q.col <= p.col && p.col < q.col+q.width && r.Table.Cells[q.cell].Row < r.Table.Cells[p.cell].Row {
			above = q.cell
		}
	}
	return above
}

// inCommon is how many characters in a row a label has in common with the one
// above it. Names have nothing to do with what stands above them.
func (r *restorer) inCommon(cell, above int) int {
	if above < 0 || r.labelKind(above) == kindName {
		return 0
	}
	label, text := []rune(vocab.Key(r.Table.Cells[cell].Text)), vocab.Key(r.Table.Cells[above].Text)
	most := 0
	for from := range label {
		for to := from + most + 1; to <= len(label) && strings.Contains(text, string(label[from:to])); to++ {
			most = to - from
		}
	}
	return most
}

// view returns the table in a layout.
func (r *restorer) view(layout []placed) *View {
	t := *r.Table
	t.Cells = slices.Clone(r.Table.Cells)
	last := r.header.end - 1
	for last > r.header.start && r.header.index[last] {
		last--
	}
	for _, p := range layout {
		c := &t.Cells[p.cell]
		c.Col, c.ColSpan = p.col, p.width
		if p.last {
			c.RowSpan = last - c.Row + 1
		}
	}
	taken := map[int]bool{}
	for _, p := range layout {
		taken[p.cell] = true
	}
	for row, shift := range r.shift {
		for n, i := range r.rowCells(row) {
			if n > 0 {
				t.Cells[i].Col += shift
			} else {
				t.Cells[i].ColSpan += shift
			}
		}
	}
	r.dropBlanks(&t, taken)
	v := *r.View
	v.Table, v.grid = &t, t.Grid()
	return &v
}

// dropBlanks makes blank cells at the end of header rows, whose places are
// taken now, parts of nothing: they keep their index and cover no column.
func (r *restorer) dropBlanks(t *document.Table, taken map[int]bool) {
	for i := range t.Cells {
		if c := &t.Cells[i]; c.Row >= r.header.start && c.Row < r.header.end && !r.header.index[c.Row] && !taken[i] {
			c.RowSpan, c.ColSpan = 0, 0
		}
	}
}
