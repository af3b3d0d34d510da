package synth

import "strings"

// Inside texts of this package lineBreak is a line break (w:br) and "\n" ends
// a paragraph; readers show both as "\n".
const lineBreak = "\v"

// plain returns a text as a reader shows it.
func plain(s string) string { return strings.ReplaceAll(s, lineBreak, "\n") }

// block is a paragraph or a table.
type block struct {
	par *paragraph
	tab *table
}

// paragraph is a paragraph of the body.
type paragraph struct {
	// label is the list label in front of text, 一、. A Word file may leave
	// it to the program that shows the file.
	label, text string
	// list groups the paragraphs that are counted together, 0 for none.
	list int
	// level is 1 for headings, 2 for headings under them, 0 for body text.
	level int
	// field is the letter of the TC field that a heading carries, "" for none.
	field  string
	center bool
}

// merge tells whether a cell is part of a vertical merge.
type merge int

const (
	single merge = iota
	mergeStart
	mergeDown
)

// cell is one cell of a table as Word stores it: a cell that continues the one
// above is there, and blank.
type cell struct {
	text  string
	span  int
	merge merge
}

type table struct {
	cols int
	rows [][]cell
	// header is the number of rows that a file may repeat on every page.
	header int
}

// row appends a row; spans pair with texts.
func (t *table) row(spans []int, texts ...string) []cell {
	cells := make([]cell, len(texts))
	for i, s := range texts {
		cells[i] = cell{text: s, span: spans[i]}
	}
	t.rows = append(t.rows, cells)
	return cells
}

// ones are the spans of a row of n cells that span nothing.
func ones(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 1
	}
	return out
}
