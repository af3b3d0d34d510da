// Package document is what the extract stage hands on: a disclosure as it
// stands on the page, before anyone has asked what it means.
//
// A [Document] is a list of blocks in reading order. A block is a [Paragraph]
// or a [Table]; a table is a grid of [Cell] values with spans. Everything has a
// [Place], so that a person can find it again, and whatever a reader lost,
// guessed or repaired is a [Note]. The package decides nothing about meaning:
// it knows no header rows, no units and no form names.
//
// It imports the standard library alone and knows no reader.
package document

// Document is one file as it stands on the page.
type Document struct {
	Source Source
	// Blocks are the paragraphs and tables in reading order. The index of a
	// block here is the block_no of the dataset.
	Blocks []Block
	// Notes are the losses, guesses and repairs of the reader, in the order
	// in which they were met.
	Notes []Note
}

// Source tells which file a document was read from, and by whom.
type Source struct {
	// Name is the file as the caller named it, with "/" between folders.
	Name string
	// Format is the format found in the bytes: "docx", "text", …
	Format string
	// Reader is the reader and its version: "docx/1".
	Reader string
	// SHA256 is the hash of the bytes in lower-case hexadecimal digits.
	SHA256 string
	// Bytes is the size of the file.
	Bytes int64
	// Pages is the number of pages, 0 for formats that have none.
	Pages int
	// Title is the title in the file's own properties, often wrong; "" if none.
	Title string
}

// Block is a *Paragraph or a *Table.
type Block interface {
	// At tells where on the page the block begins.
	At() Place
	block()
}

// Paragraph is a run of text that is not in a table.
type Paragraph struct {
	Place Place
	// Level is the heading's depth, 1 to 9, where the file says so by a
	// style, an outline level or a TC field; 0 is body text.
	Level int
	// Label is the list label that the file numbers automatically (一、 （一）
	// 1.), computed. A label that somebody typed stays in Text.
	Label string
	// Role is "" for the body, "footnote", "endnote" or "textbox".
	Role string
	// Text is the text without the computed label. Line breaks are "\n",
	// tabs are "\t".
	Text string
}

// At returns the paragraph's place.
func (p *Paragraph) At() Place { return p.Place }
func (*Paragraph) block()      {}

// Table is a grid of cells.
type Table struct {
	Place Place
	// LastPage is the page the table ends on, 0 for formats without pages.
	LastPage int
	// Rows and Cols are the size of the grid.
	Rows, Cols int
	// Cells are the cells that begin in the grid, by row and then by column.
	// A merged cell stands once, at its top left. No two cells overlap and
	// none reaches out of the grid; a place of the grid may have no cell
	// (rows of uneven length).
	Cells []Cell
	// Outer is the block index of the table in whose cell this one was
	// nested, and -1 for a table of the body. A nested table follows its
	// outer one; its text stands in the outer cell as well.
	Outer int
}

// At returns the table's place.
func (t *Table) At() Place { return t.Place }
func (*Table) block()      {}

// Cell is one cell of a table's grid.
type Cell struct {
	Place Place
	// Row and Col are the 0-based grid coordinates of the top left corner.
	Row, Col int
	// RowSpan and ColSpan are at least 1.
	RowSpan, ColSpan int
	// Text is the text of the cell; its paragraphs and line breaks are
	// separated by "\n".
	Text string
}

// Place is where a person finds something on the page.
type Place struct {
	// Page is the 1-based page, 0 for formats without pages.
	Page int
	// Box is the rectangle on that page, the zero Box if unknown.
	Box Box
}

// Box is a rectangle in points from the page's top left corner.
type Box struct {
	X0, Y0, X1, Y1 float32
}

// IsZero tells whether the box is unknown.
func (b Box) IsZero() bool { return b == Box{} }

// AppendText appends the text of all cells: a line for each row in which a cell
// begins, a tab between cells; nothing for a table without text.
func (t *Table) AppendText(b []byte) []byte {
	empty := true
	for i := range t.Cells {
		empty = empty && t.Cells[i].Text == ""
	}
	if empty {
		return b
	}
	for i := range t.Cells {
		switch {
		case i == 0:
		case t.Cells[i-1].Row == t.Cells[i].Row:
			b = append(b, '\t')
		default:
			b = append(b, '\n')
		}
		b = append(b, t.Cells[i].Text...)
	}
	return b
}

// Grid returns, for every place of the grid by row and column, the index in
// t.Cells of the cell that covers it, and -1 where there is none.
func (t *Table) Grid() [][]int {
	flat := make([]int, t.Rows*t.Cols)
	for i := range flat {
		flat[i] = -1
	}
	grid := make([][]int, t.Rows)
	for r := range grid {
		grid[r] = flat[r*t.Cols : (r+1)*t.Cols]
	}
	for i, c := range t.Cells {
		for r := c.Row; r < c.Row+c.RowSpan && r < t.Rows; r++ {
			for k := c.Col; k < c.Col+c.ColSpan && k < t.Cols; k++ {
				grid[r][k] = i
			}
		}
	}
	return grid
}
