package document

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxGrid bounds the places of a table's grid that Check accepts, far above
// any limit that a reader keeps to: a table of that size is a mistake.
const maxGrid = 1 << 26

// maxLevel is the deepest heading that Word and HTML's relatives know.
const maxLevel = 9

// Check tells whether a document keeps what this package promises about it:
// valid UTF-8 everywhere, cells in order, inside the grid and not overlapping,
// notes and nested tables that point at blocks. A violation is the reader's
// mistake, never the file's, so the error wraps ErrCrashed. The time it takes
// grows with the text and the grids; it allocates one number per column.
func Check(d *Document) error {
	for i, block := range d.Blocks {
		var err *Error
		switch x := block.(type) {
		case *Paragraph:
			if x == nil {
				return violation(AtBlock(i), "a nil paragraph")
			}
			err = checkParagraph(AtBlock(i), x)
		case *Table:
			if x == nil {
				return violation(AtBlock(i), "a nil table")
			}
			err = checkTable(i, x, d.Blocks)
		default:
			return violation(AtBlock(i), fmt.Sprintf("a block of type %T", block))
		}
		if err != nil {
			return err
		}
	}
	for i, n := range d.Notes {
		if err := checkNote(i, n, len(d.Blocks)); err != nil {
			return err
		}
	}
	if !utf8.ValidString(d.Source.Title) {
		return violation(Nowhere, "a title that is not valid UTF-8")
	}
	return nil
}

// violation is the error for a broken promise.
func violation(at Position, what string) *Error {
	return &Error{At: at, Err: fmt.Errorf("the reader made %s: %w", what, ErrCrashed)}
}

func checkParagraph(at Position, p *Paragraph) *Error {
	switch {
	case !utf8.ValidString(p.Text) || !utf8.ValidString(p.Label):
		return violation(at, "a paragraph that is not valid UTF-8")
	case p.Level < 0 || p.Level > maxLevel:
		return violation(at, fmt.Sprintf("a heading of level %d", p.Level))
	}
	switch p.Role {
	case "", "footnote", "endnote", "textbox":
		return nil
	}
	return violation(at, fmt.Sprintf("a paragraph of the unknown role %q", p.Role))
}

func checkTable(block int, t *Table, blocks []Block) *Error {
	at := AtBlock(block)
	switch {
	case t.Rows < 0 || t.Cols < 0 || t.Cols > 0 && t.Rows > maxGrid/t.Cols:
		return violation(at, fmt.Sprintf("a table of %d x %d", t.Rows, t.Cols))
	case t.Outer < -1 || t.Outer >= block:
		return violation(at, fmt.Sprintf("a table nested in block %d", t.Outer))
	}
	if t.Outer >= 0 {
		if _, ok := blocks[t.Outer].(*Table); !ok {
			return violation(at, fmt.Sprintf("a table nested in block %d, which is a paragraph", t.Outer))
		}
	}
	return checkCells(block, t)
}

// checkCells walks over the cells in order and remembers for every column the
// first row that is free.
func checkCells(block int, t *Table) *Error {
	free := make([]int, t.Cols)
	row, col := 0, -1
	for _, c := range t.Cells {
		at := AtCell(block, c.Row, c.Col)
		switch {
		case c.Row < 0 || c.Col < 0 || c.RowSpan < 1 || c.ColSpan < 1 || c.RowSpan > t.Rows-c.Row || c.ColSpan > t.Cols-c.Col:
			return violation(at, fmt.Sprintf("a cell of %d x %d outside the grid of %d x %d", c.RowSpan, c.ColSpan, t.Rows, t.Cols))
		case c.Row < row || c.Row == row && c.Col <= col:
			return violation(at, "a cell out of order")
		case !utf8.ValidString(c.Text):
			return violation(at, "a cell that is not valid UTF-8")
		}
		row, col = c.Row, c.Col
		for k := c.Col; k < c.Col+c.ColSpan; k++ {
			if free[k] > c.Row {
				return violation(at, "a cell that overlaps another")
			}
			free[k] = c.Row + c.RowSpan
		}
	}
	return nil
}

func checkNote(i int, n Note, blocks int) *Error {
	switch {
	case n.At.Block < -1 || n.At.Block >= blocks:
		return violation(Nowhere, fmt.Sprintf("note %d about block %d of %d", i, n.At.Block, blocks))
	case !strings.Contains(n.Code, ".") || n.Message == "":
		return violation(n.At, fmt.Sprintf("note %d without a code or a message", i))
	case !utf8.ValidString(n.Message):
		return violation(n.At, "a note that is not valid UTF-8")
	}
	return nil
}
