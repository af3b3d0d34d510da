package text

import (
	"fmt"
	"strings"
)

// The notation of web pages and Markdown: a vertical bar behind every cell,
// and in Markdown before the row as well. Programs that make text of a page
// differ in where they break lines:
//
//	a | b | c |      a row per line; || at the end fills up the columns
//	a |              a cell per line; the ends of rows are lost, but for
//	b | ||           rows that are filled up
//	a                the bar on a line of its own
//	|

// fewestCells is how many cells lines with bars must have together before they
// are a table: less is the bar of a menu.
const fewestCells = 4

// foldPipes joins a bar that stands alone on a line with the cell before it.
func foldPipes(lines []string) []string {
	var out []string
	for _, l := range lines {
		if strings.TrimSpace(l) == "|" && len(out) > 0 {
			if prev := strings.TrimRight(out[len(out)-1], " "); prev != "" && !strings.HasSuffix(prev, "|") {
				out[len(out)-1] = prev + " |"
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// barLine is a line divided at its bars.
type barLine struct {
	cells []string
	// filled is how many cells at the end were bars without anything between.
	filled int
	// whole tells that the line begins with a bar, as rows of Markdown do.
	whole bool
	// closed tells that the line ends in a bar.
	closed bool
}

// divide divides a line at the bars that no backslash escapes.
func divide(l string) barLine {
	var d barLine
	l = strings.TrimSpace(l)
	d.whole = len(l) > 1 && l[0] == '|'
	if d.whole {
		l = l[1:]
	}
	bare := strings.TrimRight(l, "|")
	if d.filled = len(l) - len(bare) - 1; d.filled < 0 || strings.HasSuffix(bare, `\`) {
		d.filled = 0
	}
	var cell strings.Builder
	for i := 0; i < len(l); i++ {
		switch {
		case l[i] == '\\' && i+1 < len(l) && l[i+1] == '|':
			cell.WriteByte('|')
			i++
		case l[i] == '|':
			d.cells = append(d.cells, strings.TrimSpace(cell.String()))
			cell.Reset()
		default:
			cell.WriteByte(l[i])
		}
	}
	if rest := strings.TrimSpace(cell.String()); rest != "" {
		d.cells = append(d.cells, rest)
	} else {
		d.closed = true
	}
	return d
}

// cutPipes cuts a table off the front of the lines and returns how many lines
// it took.
func cutPipes(lines []string) (piece, int, bool) {
	var block []barLine
	n, cells, alone := 0, 0, 0
	for n < len(lines) && strings.Contains(lines[n], "|") {
		d := divide(lines[n])
		block = append(block, d)
		cells += len(d.cells)
		if len(d.cells) == 1 && d.closed {
			alone++
		}
		n++
	}
	if n < fewestRows || cells < fewestCells {
		return piece{}, 0, false
	}
	if 2*alone > n {
		p, ok := wrappedRows(block)
		if !ok && n == len(lines)-1 && strings.TrimSpace(lines[n]) != "" {
			// The last cell of all may have lost its bar.
			if whole, ok := wrappedRows(append(block, divide(lines[n]))); ok {
				return whole, n + 1, true
			}
		}
		return p, n, true
	}
	n = nextTable(block)
	return lineRows(block[:n]), n, true
}

// nextTable returns where, in lines that are rows filled up to full width, the
// width changes for good and another table begins.
func nextTable(block []barLine) int {
	width := len(block[0].cells)
	for i := fewestRows; i+1 < len(block); i++ {
		next := len(block[i].cells)
		if block[i].filled > 0 && next != width && next == len(block[i+1].cells) {
			return i
		}
	}
	return len(block)
}

// lineRows makes a table of lines that are rows.
func lineRows(block []barLine) piece {
	var p piece
	filled, gap := false, false
	for _, d := range block {
		if isRule(d) {
			continue
		}
		filled = filled || d.filled > 0 && !d.whole
		last := lastText(d.cells)
		for _, c := range d.cells[:last+1] {
			gap = gap || c == ""
		}
		p.rows = append(p.rows, d.cells)
	}
	if p.rows == nil {
		p.rows = [][]string{block[0].cells}
	}
	// Rows that are filled up at the end and have no blank cell before it
	// have lost their blank cells: the others moved to the left.
	if !filled || gap {
		return p
	}
	for i, row := range p.rows {
		p.rows[i] = row[:max(1, lastText(row)+1)]
	}
	p.remarks = append(p.remarks, remark{-1, "text.blank_cells_moved",
		"the file has no blank cell inside a row, only bars at its end: cells behind a blank one stand further left than on the page"})
	return p
}

// lastText returns the index of the last cell that is not blank, -1 if all are.
func lastText(row []string) int {
	for i := len(row) - 1; i >= 0; i-- {
		if row[i] != "" {
			return i
		}
	}
	return -1
}

// isRule tells whether a line is Markdown's rule below the header.
func isRule(d barLine) bool {
	for _, c := range d.cells {
		if strings.Trim(c, ":-") != "" || !strings.Contains(c, "-") {
			return false
		}
	}
	return d.whole || len(d.cells) > 1
}

// wrappedRows makes a table of lines that are cells. Where rows are filled up,
// they tell the number of columns; else the cells may, if they are regular. It
// is false where neither does.
func wrappedRows(block []barLine) (piece, bool) {
	var cells []string
	for _, d := range block {
		cells = append(cells, d.cells...)
	}
	if n := filledWidth(block, len(cells)); n > 0 {
		return piece{rows: chunkFilled(block, n), remarks: []remark{{-1, "text.rows_restored", fmt.Sprintf(
			"the file has a line for every cell; the rows that are filled up show that a row has %d", n)}}}, true
	}
	if n := regularWidth(cells); n > 0 {
		return piece{rows: chunk(cells, n), remarks: []remark{{-1, "text.rows_guessed", fmt.Sprintf(
			"the file has a line for every cell and no row ends; rows of %d were guessed because numbers and names then stand in columns of their own", n)}}}, true
	}
	return piece{rows: chunk(cells, 1), remarks: []remark{{-1, "text.rows_unknown",
		"the file has a line for every cell and no row ends; every cell is given as a row"}}}, false
}

// filledWidth returns how many cells a row has by the rows that are filled up:
// the first tells, all others must agree, and the number of all cells too. It
// is 0 if they do not.
func filledWidth(block []barLine, cells int) int {
	width, seen := 0, 0
	for _, d := range block {
		seen += len(d.cells)
		if !endsRow(d) {
			continue
		}
		if width == 0 {
			width = seen
		}
		if seen%width != 0 {
			return 0
		}
	}
	if width < 2 || cells%width != 0 {
		return 0
	}
	return width
}

// endsRow tells whether a line is filled up: behind its text there are blank
// cells.
func endsRow(d barLine) bool { return len(d.cells) > 1 && lastText(d.cells) < len(d.cells)-1 }

// chunkFilled divides cells into rows of n, and leaves out those that only
// fill a row up.
func chunkFilled(block []barLine, n int) [][]string {
	var rows [][]string
	var row []string
	places := 0
	for _, d := range block {
		keep := d.cells
		if endsRow(d) {
			keep = keep[:lastText(keep)+1]
		}
		row = append(row, keep...)
		if places += len(d.cells); places%n == 0 {
			rows = append(rows, row)
			row = nil
		}
	}
	if row != nil {
		rows = append(rows, row)
	}
	return rows
}

func chunk(cells []string, n int) [][]string {
	var rows [][]string
	for ; len(cells) > n; cells = cells[n:] {
		rows = append(rows, cells[:n:n])
	}
	return append(rows, cells)
}

// Bounds of what regularWidth tries: the widest of the statutory tables that
// are printed cell by cell, and the fewest rows that show a regularity.
const (
	widestGuess  = 16
	fewestGuess  = 3
	fewestNumber = 2 // numbers in a column before it is a column of numbers
)

// regularWidth returns the smallest number of columns with which the cells
// make a table of names and numbers: below a header without numbers, every
// column has only numbers and blanks or no number at all, there are both kinds,
// and the first is never blank. It is 0 if there is none.
func regularWidth(cells []string) int {
	for n := 2; n <= widestGuess && fewestGuess*n <= len(cells); n++ {
		if len(cells)%n == 0 && regular(cells, n) {
			return n
		}
	}
	return 0
}

func regular(cells []string, n int) bool {
	numeric, named := 0, 0
	for col := range n {
		numbers, names, blanks := 0, 0, 0
		for i := col; i < len(cells); i += n {
			switch {
			case cells[i] == "":
				blanks++
			case isNumber(cells[i]) && i < n:
				return false
			case isNumber(cells[i]):
				numbers++
			case i >= n:
				names++
			}
		}
		switch {
		case numbers > 0 && names > 0, col == 0 && blanks > 0:
			return false
		case numbers >= fewestNumber:
			numeric++
		case names > 0:
			named++
		}
	}
	return numeric > 0 && named > 0
}
