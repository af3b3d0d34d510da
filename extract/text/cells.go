package text

import (
	"fmt"
	"strings"
)

// The notation of Apache Tika. Its text handler writes a TAB where a cell
// begins and a line feed where a paragraph, a row and a table ends. So after k
// line feeds inside a table there follows
//
//	k = 1  TAB   the next cell
//	k = 1  text  the next paragraph of the same cell
//	k = 2  TAB   the next row (or the next cell, after a cell that ends in an
//	             empty paragraph: the number of columns decides)
//	k = 2  text  the same cell, after an empty paragraph
//	k ≥ 3  TAB   the next row, after a last cell that ends in empty paragraphs
//	k ≥ 3  text  the end of the table; as does the end of the file
//
// A blank line is therefore neither the end of a row nor of a table.

const (
	// endFeeds is how many line feeds stand between a table and the text
	// after it: the ends of the last paragraph, the last row and the table.
	endFeeds = 3
	// wordColumns is the most columns a Word table can have.
	wordColumns = 63
)

// usesCells tells whether the lines use this notation: more lines are one cell
// (TAB, text) than a row of cells with TABs between them, and either rows end
// in a blank line or no cell follows directly on a line divided by TABs, as the
// rows of a spreadsheet with a blank first cell do.
func usesCells(lines []string) bool {
	cells, rows, ends, mixed := 0, 0, 0, 0
	for i, l := range lines {
		if !strings.HasPrefix(l, "\t") {
			continue
		}
		if strings.LastIndexByte(l, '\t') > 0 {
			rows++
			continue
		}
		cells++
		switch {
		case i > 0 && lines[i-1] == "":
			ends++
		case i > 0 && strings.LastIndexByte(lines[i-1], '\t') > 0:
			mixed++
		}
	}
	return cells > rows && (ends > 0 || mixed == 0)
}

// cellCutter walks over the lines of a text.
type cellCutter struct {
	text string
	out  []piece
	// open tells that the lines are inside a table: rows are its whole rows,
	// the cells from first on are those of the last one, and the last cell is
	// the text from begin to end.
	open       bool
	cells      []string
	rows       [][]string
	first      int
	begin, end int
	// leads are the lines that began a cell. Once text has followed on one
	// it is decided that they are cells, and not indented paragraphs.
	leads   leads
	decided bool
	// trimmed tells that somebody removed repeated blank lines, so that the
	// end of a table looks like an empty paragraph.
	trimmed bool
	ended   bool // a trimmed table end was met, to be noted
	// tables and prose count the tables, and those that may be paragraphs.
	tables, prose int
}

// cutCells cuts text in the notation of Tika, false if every table of it looks
// like paragraphs that somebody indented with a TAB.
func cutCells(text string, lines []string) ([]piece, bool) {
	c := &cellCutter{text: text, trimmed: !hasLongGap(lines)}
	feeds, at := 1, 0
	for _, l := range lines {
		if l == "" {
			feeds++
		} else {
			c.line(l, at, feeds)
			feeds = 1
		}
		at += len(l) + 1
	}
	c.endTable()
	return c.out, c.prose < c.tables
}

// hasLongGap tells whether there is a gap as long as the one behind a table.
func hasLongGap(lines []string) bool {
	feeds := 1
	for _, l := range lines {
		if l != "" {
			feeds = 1
		} else if feeds++; feeds >= endFeeds {
			return true
		}
	}
	return false
}

// line takes the next line that is not empty, from its place in the text and
// after so many line feeds. The lines of a cell stand together in the text.
func (c *cellCutter) line(l string, at, feeds int) {
	if l[0] == '\t' {
		if c.open {
			c.endCell()
			if feeds > 1 {
				c.endRow()
			}
		}
		c.open, c.begin, c.end = true, at+1, at+len(l)
		c.leads.add(l)
		return
	}
	if c.open && (feeds >= endFeeds || feeds == endFeeds-1 && c.trimmed && c.rowComplete()) {
		c.ended = feeds < endFeeds
		c.endTable()
	}
	if c.open && !c.decided && c.leads.indented() {
		c.endProse()
	}
	if !c.open {
		c.out = append(c.out, piece{text: l})
		return
	}
	c.decided = true
	c.end = at + len(l)
}

func (c *cellCutter) endCell() { c.cells = append(c.cells, c.text[c.begin:c.end]) }

func (c *cellCutter) endRow() {
	c.rows = append(c.rows, c.cells[c.first:len(c.cells):len(c.cells)])
	c.first = len(c.cells)
}

// close ends the last row and returns all of them.
func (c *cellCutter) close() [][]string {
	c.endCell()
	c.endRow()
	rows := c.rows
	c.rows, c.open, c.decided, c.leads = nil, false, false, leads{}
	return rows
}

// endProse ends what looked like cells and was indented paragraphs.
func (c *cellCutter) endProse() {
	first := len(c.out)
	for _, row := range c.close() {
		for _, cell := range row {
			c.out = append(c.out, piece{text: "\t" + cell})
		}
	}
	c.out[first].remarks = []remark{{-1, "text.indent_guessed", fmt.Sprintf(
		"%d lines that begin with a TAB are whole sentences and text follows them directly; they were read as indented paragraphs, not as cells", len(c.out)-first)}}
}

// rowComplete tells whether the open row has as many cells as the one before.
func (c *cellCutter) rowComplete() bool {
	n := len(c.rows)
	return n == 0 || len(c.cells)-c.first+1 == len(c.rows[n-1])
}

func (c *cellCutter) endTable() {
	if !c.open {
		return
	}
	n := c.leads
	rows := c.close()
	trimmed := c.ended
	c.ended = false
	c.tables++
	if n.mostlyProse(rows) {
		c.prose++
	}
	p := piece{rows: rows, exact: true}
	if trimmed {
		p.remarks = append(p.remarks, remark{-1, "text.table_end_guessed",
			"repeated blank lines are missing from the file; the table was ended where a blank line followed a whole row"})
	}
	if i := tooLong(rows); i >= 0 {
		p.rows, p.exact = single(rows), false
		p.remarks = append(p.remarks, remark{-1, "text.rows_unknown", fmt.Sprintf(
			"no row ends are visible: a row would have %d cells, and a Word table has at most %d columns; every cell is given as a row", len(rows[i]), wordColumns)})
		c.out = append(c.out, p)
		return
	}
	joined := joinBroken(rows)
	for _, j := range joined.at {
		p.remarks = append(p.remarks, remark{j, "text.row_joined",
			"a cell ends in an empty line, which looks like the end of the row; the row was joined because all rows around it have as many cells"})
	}
	p.rows = joined.rows
	c.out = append(c.out, p)
}

// tooLong returns the first row that no Word table can have, -1 if there is
// none.
func tooLong(rows [][]string) int {
	for i, row := range rows {
		if len(row) > wordColumns {
			return i
		}
	}
	return -1
}

// single makes every cell a row of its own.
func single(rows [][]string) [][]string {
	var out [][]string
	for _, row := range rows {
		for i := range row {
			out = append(out, row[i:i+1:i+1])
		}
	}
	return out
}

// joined are rows of which some were joined, and which.
type joined struct {
	rows [][]string
	at   []int
}

const (
	// fullRows is how many whole rows a table must have for its number of
	// columns to be evidence.
	fullRows = 3
	// fewestColumns is the fewest columns with which short rows are joined:
	// with two, a pair of short rows is rather two headings.
	fewestColumns = 3
)

// joinBroken joins rows that were cut inside because a cell ends in an empty
// line. It does so only where the number of columns leaves no other reading:
// between the first and the last whole row every short row can be joined with
// its neighbours to a whole one. Above and below, and in forms whose rows have
// many lengths, short rows stay as they are: they have merged cells.
func joinBroken(rows [][]string) joined {
	n, first, last, full := commonLength(rows)
	if full < fullRows || n < fewestColumns || last-first+1 == full {
		return joined{rows: rows}
	}
	out := joined{rows: append([][]string(nil), rows[:first]...)}
	for i := first; i <= last; i++ {
		row, parts := rows[i], 1
		most := len(row)
		for len(row) < n && i < last {
			i++
			row = append(row[:len(row):len(row)], rows[i]...)
			most = max(most, len(rows[i]))
			parts++
		}
		if len(row) != n || parts > 1 && most == 1 {
			return joined{rows: rows}
		}
		if parts > 1 {
			out.at = append(out.at, len(out.rows))
		}
		out.rows = append(out.rows, row)
	}
	if len(out.at)*2 > full {
		return joined{rows: rows}
	}
	out.rows = append(out.rows, rows[last+1:]...)
	return out
}

// commonLength returns the length that most rows have, the longer of two, the
// first and last row of that length and their number.
func commonLength(rows [][]string) (n, first, last, count int) {
	counts := map[int]int{}
	for _, row := range rows {
		counts[len(row)]++
	}
	for length, k := range counts {
		if k > count || k == count && length > n {
			n, count = length, k
		}
	}
	first = -1
	for i, row := range rows {
		if len(row) == n {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return n, first, last, count
}
