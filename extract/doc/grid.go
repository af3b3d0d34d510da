package doc

import (
	"bytes"
	"slices"

	"yusuan/extract/document"
)

const (
	// sameEdge is by how much the boundaries of two rows may differ, in twips,
	// and still be one: Word merges cells vertically up to there (the
	// specification of Word 97, TC, fVertMerge).
	sameEdge = 3
	// nearEdge is a millimetre in twips. Boundaries of different rows that are
	// no further apart are taken for one where no cell fills the space between
	// them: they come from columns drawn by hand, and no text stands there. A
	// heuristic, noted beyond sameEdge.
	nearEdge = 57
	// strayWidth is the width in twips of a cell that no boundary is known of.
	strayWidth = 1000
)

// span is a range of a buffer.
type span struct{ from, to int }

// rawCell is a cell as it stands in the file.
type rawCell struct {
	text             span
	across, vertical merge
	// col and width are its place in the grid, once that is known.
	col, width int
}

// rawRow is a row as it stands in the file: its cells among the grid's and
// their boundaries, nil if nothing says where they are.
type rawRow struct {
	cells span
	edges []int
	// align is the row's own alignment on the page.
	align int
}

// grid builds a table: rows are gathered, and when the last is there, their
// boundaries together make the columns.
type grid struct {
	table *document.Table
	block int
	rows  []rawRow
	cells []rawCell
	// text is that of all cells: one string for a table is cheaper than one
	// for every cell.
	text []byte

	// line is the text of the cell in hand; begun tells that it has a first
	// paragraph, which may be empty.
	line  []byte
	begun bool
	// first, from, blocks and notes are where the row in hand began.
	first, from, blocks, notes int
	// stands and shows tell that the row in hand has a cell whose mark is not
	// deleted, and one whose mark is not hidden.
	stands, shows bool
	// count counts all cells in the file, those of dropped rows too.
	count int
	// located are the notes on cells whose column is not known yet.
	located []int
	// joined tells that boundaries were joined that differ by more than
	// sameEdge.
	joined bool
}

// endCell ends the cell in hand.
func (g *grid) endCell() {
	from := len(g.text)
	g.text = append(g.text, bytes.Trim(g.line, "\n")...)
	g.cells = append(g.cells, rawCell{text: span{from, len(g.text)}})
	g.line, g.begun = g.line[:0], false
	g.count++
}

// endRow ends the row in hand with its geometry. It tells whether the row has
// as many cells as that says.
func (g *grid) endRow(s shape) bool {
	n := len(g.cells) - g.first
	row := rawRow{cells: span{g.first, len(g.cells)}, align: s.align}
	if len(s.edges) > 0 {
		row.edges = rising(slices.Clone(s.edges[:min(n+1, len(s.edges))]), n+1)
		merges := mergesAcross(s.cells)
		for i := range min(n, len(s.cells)) {
			c := &g.cells[g.first+i]
			c.across, c.vertical = merges[i], s.cells[i].vertical
		}
	}
	g.rows = append(g.rows, row)
	g.first, g.from = len(g.cells), len(g.text)
	return len(s.cells) == n
}

// rising makes boundaries ascend, by more than rows may differ, and as many as
// there must be.
func rising(edges []int, n int) []int {
	for i := 1; i < len(edges); i++ {
		edges[i] = max(edges[i], edges[i-1]+sameEdge+1)
	}
	for len(edges) < n {
		edges = append(edges, edges[len(edges)-1]+strayWidth)
	}
	return edges
}

// place gives every cell its columns and returns their number.
func (g *grid) place() int {
	g.supply()
	g.alignRows()
	var all []int
	for _, row := range g.rows {
		all = append(all, row.edges...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	column := g.columns(all)
	for _, row := range g.rows {
		at := 0
		for i := range row.edges[1:] {
			c := &g.cells[row.cells.from+i]
			at = index(all, row.edges[i], at)
			c.col = column[at]
			c.width = column[index(all, row.edges[i+1], at)] - c.col
		}
	}
	if len(all) == 0 {
		return 0
	}
	return column[len(all)-1]
}

// index finds a boundary among all, which stands not before another.
func index(all []int, edge, from int) int {
	i, _ := slices.BinarySearch(all[from:], edge)
	return from + i
}

// supply gives rows without boundaries those of a row with as many cells, or
// the first of the row with the most.
func (g *grid) supply() {
	byCount := map[int][]int{}
	var most []int
	for _, row := range g.rows {
		if row.edges == nil {
			continue
		}
		byCount[len(row.edges)] = row.edges
		if len(row.edges) > len(most) {
			most = row.edges
		}
	}
	if most == nil {
		most = []int{0}
	}
	for i := range g.rows {
		row := &g.rows[i]
		if row.edges != nil {
			continue
		}
		n := row.cells.to - row.cells.from + 1
		if row.edges = byCount[n]; row.edges == nil {
			row.edges = rising(slices.Clone(most[:min(n, len(most))]), n)
			byCount[n] = row.edges
		}
	}
}

// alignRows moves the boundaries of rows that are centred or stand at the right
// margin, each by itself: their boundaries count from the left of the row. Rows
// of one table have one alignment; where they differ, nothing is known of how
// they stand to each other.
func (g *grid) alignRows() {
	align := alignLeft
	for i, row := range g.rows {
		if i == 0 {
			align = row.align
		}
		if row.align != align {
			return
		}
	}
	for i := range g.rows {
		edges := slices.Clone(g.rows[i].edges)
		first, last := edges[0], edges[len(edges)-1]
		by := 0
		switch align {
		case alignCentre:
			by = -(first + last) / 2
		case alignRight:
			by = -last
		}
		for k := range edges {
			edges[k] += by
		}
		g.rows[i].edges = edges
	}
}

// columns gives each boundary its column. Boundaries that nearly coincide
// share one, unless a cell would have no width then.
func (g *grid) columns(all []int) []int {
	// least is, for a boundary, the nearest that a cell ends at which begins
	// there.
	least := make([]int, len(all))
	for i := range least {
		least[i] = len(all)
	}
	for _, row := range g.rows {
		at := 0
		for i := range row.edges[1:] {
			at = index(all, row.edges[i], at)
			least[at] = min(least[at], index(all, row.edges[i+1], at))
		}
	}
	column := make([]int, len(all))
	first, nearest := 0, len(all)
	for i := range all {
		if i > 0 {
			column[i] = column[i-1]
			nearest = min(nearest, least[i-1])
			if all[i]-all[first] > nearEdge || nearest <= i {
				column[i]++
				first, nearest = i, len(all)
			} else if all[i]-all[first] > sameEdge {
				g.joined = true
			}
		}
	}
	return column
}
