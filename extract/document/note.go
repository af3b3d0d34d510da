package document

import "fmt"

// Note is something that a reader lost, guessed or repaired.
type Note struct {
	At Position
	// Code names the kind of note, reader first: "text.spans_unknown".
	Code string
	// Message tells a person what happened, in one sentence.
	Message string
}

// Position is where in a document something is: which block, and in a table
// which cell. Every field is -1, or 0 for Page, where it does not apply.
type Position struct {
	// Page is 1-based, 0 where there are no pages.
	Page int
	// Block is the 0-based index in Document.Blocks.
	Block int
	// Row and Col are 0-based grid coordinates.
	Row, Col int
}

// Nowhere is the position of what concerns the whole document.
var Nowhere = Position{Block: -1, Row: -1, Col: -1}

// AtBlock is the position of a block.
func AtBlock(block int) Position { return Position{Block: block, Row: -1, Col: -1} }

// AtCell is the position of a cell in a table block.
func AtCell(block, row, col int) Position { return Position{Block: block, Row: row, Col: col} }

// String prints the position for a person, "p3 b2 r5c1"; what does not apply
// is left out, and Nowhere is "".
func (p Position) String() string {
	s := ""
	if p.Page > 0 {
		s = fmt.Sprintf("p%d", p.Page)
	}
	if p.Block >= 0 {
		if s != "" {
			s += " "
		}
		s += fmt.Sprintf("b%d", p.Block)
	}
	if p.Row >= 0 {
		s += fmt.Sprintf(" r%d", p.Row)
		if p.Col >= 0 {
			s += fmt.Sprintf("c%d", p.Col)
		}
	}
	return s
}

// Excerpt returns the first characters of a text for a note that quotes it, and
// whether there are more as an ellipsis.
func Excerpt(text string, runes int) string {
	for i := range text {
		if runes--; runes < 0 {
			return text[:i] + "…"
		}
	}
	return text
}

// SettleNotes moves notes that were made where an empty paragraph would have
// stood, at the very end, to the last block that there is.
func (d *Document) SettleNotes() {
	for i := range d.Notes {
		if at := &d.Notes[i].At; at.Block >= len(d.Blocks) {
			at.Block = len(d.Blocks) - 1
		}
	}
}
