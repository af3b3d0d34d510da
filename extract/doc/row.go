package doc

import "slices"

// merge is what a cell says of a merge in one direction.
type merge uint8

const (
	mergeNone merge = iota
	mergeRestart
	mergeContinue
)

// cellShape is what a row's properties say of one cell ([MS-DOC] 2.9.313 TC80,
// 2.9.317 TCGRF).
type cellShape struct {
	// across are the two bits of a horizontal merge, as they stand.
	across   uint8
	vertical merge
}

// shape is the geometry of a row: the boundaries of its cells from left to
// right in twips, one more than there are cells.
type shape struct {
	edges []int
	cells []cellShape
	// gap is half the space between the texts of two cells, by which the first
	// boundary stands left of the text.
	gap int
	// align is the alignment of the row on the page.
	align int
}

// The alignments of a row (2.6.5 sprmTJc).
const (
	alignLeft   = 0
	alignCentre = 1
	alignRight  = 2
)

const (
	// maxRowCells is the most cells that Word puts into a row (2.9.315
	// TDefTableOperand).
	maxRowCells = 63
	// tc80Size and tc6Size are the sizes of a cell's descriptor, in Word 97
	// and before.
	tc80Size, tc6Size = 20, 10
)

// rowShape reads the geometry from the lists of properties of a row's mark.
func rowShape(lists [][]byte, old bool) shape {
	var s shape
	for _, grpprl := range lists {
		for rest := grpprl; ; {
			op, arg, next, ok := nextSprm(rest)
			if !ok {
				break
			}
			rest = next
			if sprmGroup(op) == sprmGroupTables {
				s.apply(op, arg, old)
			}
		}
	}
	return s
}

// apply applies one property of a row (2.6.5).
func (s *shape) apply(op int, arg []byte, old bool) {
	switch op {
	case sprmTDefTable, sprmTDefTable10:
		s.define(arg, old)
	case sprmTDxaLeft:
		if len(s.edges) > 0 {
			s.shift(0, i16(arg, 0)-s.gap-s.edges[0])
		}
	case sprmTJc, sprmTJc90:
		s.align = u16(arg, 0)
	case sprmTDxaGapHalf: // stands in front of the boundaries, which have it
		s.gap = i16(arg, 0)
	case sprmTInsert:
		s.insert(int(arg[0]), int(arg[1]), i16(arg, 2))
	case sprmTDelete:
		s.remove(int(arg[0]), int(arg[1]))
	case sprmTDxaCol:
		s.widen(int(arg[0]), int(arg[1]), i16(arg, 2))
	case sprmTMerge, sprmTSplit:
		s.across(int(arg[0]), int(arg[1]), op == sprmTMerge)
	case sprmTVertMerge:
		if len(arg) == 2 && int(arg[0]) < len(s.cells) {
			s.cells[arg[0]].vertical = verticalMerge(int(arg[1]))
		}
	}
}

// define reads a TDefTableOperand: the number of cells, the boundaries, and a
// descriptor for each cell, of which the last may be missing.
func (s *shape) define(arg []byte, old bool) {
	if len(arg) == 0 {
		return
	}
	n := int(arg[0])
	edges, ok := cut(arg, 1, 2*(n+1))
	if !ok || n == 0 {
		return
	}
	s.edges = make([]int, n+1)
	for i := range s.edges {
		s.edges[i] = i16(edges, 2*i)
	}
	size := tc80Size
	if old {
		size = tc6Size
	}
	s.cells = make([]cellShape, n)
	for i := range s.cells {
		if tc, ok := cut(arg, 1+len(edges)+i*size, 2); ok {
			flags := u16(tc, 0)
			s.cells[i] = cellShape{across: uint8(flags & 3), vertical: verticalMerge(flags >> 5)}
		}
	}
}

// verticalMerge reads a VerticalMergeFlag (2.9.344): one bit for a merge,
// another for its first cell.
func verticalMerge(v int) merge {
	switch v & 3 {
	case 1:
		return mergeContinue
	case 3:
		return mergeRestart
	}
	return mergeNone
}

// shift moves the boundaries from an index on.
func (s *shape) shift(from, by int) {
	for i := from; i < len(s.edges); i++ {
		s.edges[i] += by
	}
}

// insert puts cells of a width before a cell; behind the last, the row is
// filled up first (2.9.316 TInsertOperand).
func (s *shape) insert(at, count, width int) {
	if len(s.edges) == 0 {
		s.edges = []int{0}
	}
	if at > len(s.cells) {
		count += at - len(s.cells)
		at = len(s.cells)
	}
	if len(s.cells)+count > maxRowCells {
		return
	}
	edge := s.edges[at]
	s.shift(at+1, count*width)
	for i := range count {
		s.edges = slices.Insert(s.edges, at+1+i, edge+(i+1)*width)
	}
	s.cells = slices.Insert(s.cells, at, make([]cellShape, count)...)
}

// remove takes cells out, and those behind them move to the left.
func (s *shape) remove(first, lim int) {
	lim = min(lim, len(s.cells))
	if first >= lim {
		return
	}
	s.shift(lim+1, s.edges[first]-s.edges[lim])
	s.edges = slices.Delete(s.edges, first+1, lim+1)
	s.cells = slices.Delete(s.cells, first, lim)
}

// widen gives cells a width.
func (s *shape) widen(first, lim, width int) {
	for i := first; i < min(lim, len(s.cells)); i++ {
		s.shift(i+1, s.edges[i]+width-s.edges[i+1])
	}
}

// across merges cells of the row, or undoes it.
func (s *shape) across(first, lim int, together bool) {
	for i := first; i < min(lim, len(s.cells)); i++ {
		switch {
		case !together:
			s.cells[i].across = 0
		case i == first:
			s.cells[i].across = 1
		default:
			s.cells[i].across = 2
		}
	}
}

// mergesAcross tells for each cell of a row what the bits of its horizontal
// merge mean. The specification of Word 97 has bit 1 for the first cell of a
// merge and bit 2 for the others; [MS-DOC] 2.9.317 has it the other way round.
// A continuation cannot come first, so the first cell of a run shows which.
func mergesAcross(cells []cellShape) []merge {
	out := make([]merge, len(cells))
	first := uint8(0)
	for i, c := range cells {
		switch {
		case c.across == 0:
			first = 0
		case first == 0 || opens(c.across, first):
			first, out[i] = c.across, mergeRestart
		default:
			out[i] = mergeContinue
		}
	}
	return out
}

// opens tells whether a cell in a run of merged ones begins another merge: it
// says what the first of them said.
func opens(across, first uint8) bool {
	if first == 1 {
		return across == 1
	}
	return across != 1
}
