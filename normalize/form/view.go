package form

import (
	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// View is a table together with what stands around it.
type View struct {
	Table *document.Table
	// Block is the table's index in the document, Number its 1-based ordinal
	// among the tables.
	Block, Number int
	// Captions are the texts of the paragraphs above the table, nearest
	// first, up to the table before or to a few paragraphs.
	Captions []string
	// Section is the path of the headings above.
	Section string
	// Listed is the title that the document's list of tables gives this one,
	// "" if there is no such list.
	Listed string

	// flat says that the rows were made from cells that stood one below the
	// other, see stream; source are the places of these cells.
	flat   bool
	source []record.Origin
	grid   [][]int
}

// NewView prepares a table for reading.
func NewView(t *document.Table, block, number int) *View {
	return &View{Table: t, Block: block, Number: number, grid: t.Grid()}
}

// cellAt returns the index of the cell that covers a place, -1 if none does.
func (v *View) cellAt(row, col int) int {
	if row < 0 || row >= v.Table.Rows || col < 0 || col >= v.Table.Cols {
		return -1
	}
	return v.grid[row][col]
}

// textAt returns the text of the cell that covers a place.
func (v *View) textAt(row, col int) string {
	if i := v.cellAt(row, col); i >= 0 {
		return v.Table.Cells[i].Text
	}
	return ""
}

// rowCells returns the indexes of the cells that cover a row, from left to
// right; a cell merged down from above is among them.
func (v *View) rowCells(row int) []int {
	var out []int
	for _, i := range v.grid[row] {
		if i >= 0 && (len(out) == 0 || out[len(out)-1] != i) {
			out = append(out, i)
		}
	}
	return out
}

// ownCells returns the cells of a row without those merged down from above.
func (v *View) ownCells(row int) []int {
	var out []int
	for _, i := range v.rowCells(row) {
		if v.Table.Cells[i].Row == row {
			out = append(out, i)
		}
	}
	return out
}

// origin is the place of a cell; col -1 means the whole row, row -1 the
// whole table.
func (v *View) origin(row, col int) record.Origin {
	if v.source != nil {
		return v.sourceAt(row, col)
	}
	o := record.Origin{Page: v.Table.Place.Page, Block: v.Block, Table: v.Number, Row: row, Col: col}
	if i := v.cellAt(row, col); i >= 0 && v.Table.Cells[i].Place.Page > 0 {
		o.Page = v.Table.Cells[i].Place.Page
	}
	return o
}

// sourceAt is the place, in the document, of a cell of a view whose rows were
// made: a row is where its first cell is.
func (v *View) sourceAt(row, col int) record.Origin {
	i := v.cellAt(row, col)
	if own := v.ownCellsOf(row); i < 0 && len(own) > 0 {
		i = own[0]
	}
	if i >= 0 {
		return v.source[i]
	}
	return record.Origin{Page: v.Table.Place.Page, Block: v.Block, Table: v.Number, Row: -1, Col: -1}
}

// ownCellsOf is ownCells, nil for a row outside the table.
func (v *View) ownCellsOf(row int) []int {
	if row < 0 || row >= v.Table.Rows {
		return nil
	}
	return v.ownCells(row)
}

// cellOrigin is the place of a cell by its index.
func (v *View) cellOrigin(i int) record.Origin {
	c := &v.Table.Cells[i]
	return v.origin(c.Row, c.Col)
}
