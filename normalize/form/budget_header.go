package form

import (
	"slices"
	"strings"

	"yusuan/normalize/value"
	"yusuan/normalize/vocab"
)

// budgetHeader says which rows of a statutory table are its header.
type budgetHeader struct {
	// start is the first row of labels, end the first row of data.
	start, end int
	// index are the rows that number the columns (栏次 1 2 3).
	index map[int]bool
}

// emptyHeaderRows is the deepest header: 项目, 科目编码, 类款项, 栏次.
const emptyHeaderRows = 4

// budgetHeader finds the header: from the first row that is neither title nor
// unit, to the first row that holds a number which numbers no column. Rows
// before that one that leave all columns of numbers blank are data too: a
// first row whose amount is not filled in.
func (s *sheet) budgetHeader() *budgetHeader {
	h := &budgetHeader{start: s.labelsFrom(), index: map[int]bool{}}
	for h.end = h.start; h.end < s.Table.Rows; h.end++ {
		if s.isIndexRow(h.end) {
			h.index[h.end] = true
		} else if s.hasNumber(h.end) {
			break
		}
	}
	if h.end == s.Table.Rows {
		h.end = s.emptyHeaderEnd(h.start)
		return h
	}
	filled := s.numberColumns(h.end)
	for h.end-1 > h.start && !h.index[h.end-1] && s.blankIn(h.end-1, filled) {
		h.end--
	}
	for row := h.end; row < s.Table.Rows; row++ {
		if s.repeatsIndex(row, h.index) {
			h.index[row] = true
		}
	}
	return h
}

// labelsFrom is the first row that is no title, number, unit or organisation.
func (s *sheet) labelsFrom() int {
	for row := range s.Table.Rows {
		cells := s.filled(row)
		if len(cells) > 0 && !s.isHeading(row, cells) && !slices.ContainsFunc(cells, s.isImprint) {
			return row
		}
	}
	return 0
}

// isHeading tells whether a row holds one text across the table, or, in the
// first rows of a table without spans, one cell and no more.
func (s *sheet) isHeading(row int, cells []int) bool {
	if len(cells) > 1 || s.Table.Cells[cells[0]].RowSpan > 1 {
		return false
	}
	return s.wholeRow(cells[0]) || row < HeadRows && len(s.rowCells(row)) == 1
}

// isImprint tells whether a cell states the table's unit or its number.
// 单位预留机动经费 begins like a unit and is a label: the colon tells them apart.
func (s *sheet) isImprint(cell int) bool {
	t := s.Table.Cells[cell].Text
	return unitLine(t) && strings.ContainsAny(t, "：:") || formNumber(t) != ""
}

// emptyHeaderEnd is the end of the header of a table without numbers: the
// first row that is blank, is a total, or says nothing but 无 and dashes.
func (s *sheet) emptyHeaderEnd(start int) int {
	end := start
	for end < min(start+emptyHeaderRows, s.Table.Rows) {
		cells := s.filled(end)
		if len(cells) == 0 || end > start && (s.saysNothing(cells) ||
			isTotal(s.Table.Cells[cells[0]].Text) && s.saysNothing(cells[1:])) {
			break
		}
		end++
	}
	return end
}

// saysNothing tells whether cells hold nothing but dashes and 无.
func (s *sheet) saysNothing(cells []int) bool {
	return !slices.ContainsFunc(cells, func(i int) bool { return !blankNumber(Line(s.Table.Cells[i].Text)) })
}

// hasNumber tells whether a row holds a number that begins in it.
func (s *sheet) hasNumber(row int) bool {
	return slices.ContainsFunc(s.ownCells(row), s.isNumber)
}

func (s *sheet) isNumber(cell int) bool {
	_, number := value.Number(s.Table.Cells[cell].Text)
	return number
}

// numberColumns are the columns that hold numbers from a row on.
func (s *sheet) numberColumns(from int) map[int]bool {
	out := map[int]bool{}
	for i := range s.Table.Cells {
		if c := &s.Table.Cells[i]; c.Row >= from && s.isNumber(i) {
			out[c.Col] = true
		}
	}
	return out
}

// blankIn tells whether a row has nothing in some columns.
func (s *sheet) blankIn(row int, columns map[int]bool) bool {
	for col := range columns {
		if i := s.cellAt(row, col); i >= 0 && !blankNumber(Line(s.Table.Cells[i].Text)) {
			return false
		}
	}
	return true
}

// indexRowNumbers is how many numbers in sequence prove that a row only
// numbers the columns, if nothing else says so.
const indexRowNumbers = 3

// isIndexRow tells whether a row numbers the columns: it says 栏次, or holds
// nothing but 1, 2, 3 … one after the other (3=1+2 is 3).
func (s *sheet) isIndexRow(row int) bool {
	cells := slices.DeleteFunc(s.filled(row), func(i int) bool { return s.isLevelName(i) })
	if len(cells) == 0 {
		return false
	}
	if s.saysIndex(cells[0]) {
		return true
	}
	next := 0
	for _, i := range cells {
		text := vocab.Key(s.Table.Cells[i].Text)
		if strings.Trim(text, "甲乙丙丁戊*") == "" {
			continue
		}
		n, ok := ordinal(text)
		if !ok || n != next+1 {
			return false
		}
		next = n
	}
	return next >= indexRowNumbers || next == len(cells) && next == s.Table.Cols && next > 1
}

// saysIndex tells whether a cell says that its row numbers the columns.
func (s *sheet) saysIndex(cell int) bool {
	switch vocab.Key(s.Table.Cells[cell].Text) {
	case "栏次", "栏目", "项次", "行次栏次", "**":
		return true
	}
	return false
}

// isLevelName tells whether a cell is the label of one level of a code that is
// split: 类, 款, 项. In final accounts these stand in the row of 栏次.
func (s *sheet) isLevelName(cell int) bool {
	switch vocab.Key(s.Table.Cells[cell].Text) {
	case "类", "款", "项", "目":
		return true
	}
	return false
}

// repeatsIndex tells whether a row repeats an index row on a further page.
func (s *sheet) repeatsIndex(row int, index map[int]bool) bool {
	for first := range index {
		if s.sameTexts(row, first) {
			return true
		}
	}
	return false
}

func (s *sheet) sameTexts(a, b int) bool {
	return slices.EqualFunc(s.filled(a), s.filled(b), func(i, k int) bool {
		return vocab.Key(s.Table.Cells[i].Text) == vocab.Key(s.Table.Cells[k].Text)
	})
}

// ordinalDigits is the most digits that the number of a column has.
const ordinalDigits = 2

// ordinal reads the number of a column: 3, 3=1+2, (3).
func ordinal(text string) (int, bool) {
	text = strings.Trim(text, "()")
	text, _, _ = strings.Cut(text, "=")
	if text == "" || len(text) > ordinalDigits {
		return 0, false
	}
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

// labelsOf lists the header cells above a column, the lowest first, each once,
// without index rows, cells across the whole table, and rows whose cells do
// not stand above their columns.
func (s *sheet) labelsOf(h *budgetHeader, col int) []int {
	var out []int
	if s.head != nil { // was aligned with the columns already
		for _, i := range s.head.labels[col] {
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
		return out
	}
	for row := h.end - 1; row >= h.start; row-- {
		i := s.cellAt(row, col-s.serialShift(h, row))
		if i < 0 || h.index[row] && !s.isLevelName(i) || s.blank(i) || s.wholeRow(i) || s.isShortRow(h, row) || slices.Contains(out, i) {
			continue
		}
		out = append(out, i)
	}
	return out
}

// isShortRow tells whether a row of the header was printed with merged cells
// whose spans are lost: it has fewer cells than the table has columns, none of
// them spans anything, and further rows of the header follow.
func (s *sheet) isShortRow(h *budgetHeader, row int) bool {
	cells := s.rowCells(row)
	last := s.lastLabelRow(h)
	if s.head != nil || len(cells) == 0 || last <= row {
		return false
	}
	if len(cells) == s.Table.Cols && (len(s.filled(row)) == len(cells) || len(s.filled(last)) < s.Table.Cols) {
		return false
	}
	return !slices.ContainsFunc(cells, func(i int) bool { return s.Table.Cells[i].ColSpan > 1 || s.Table.Cells[i].RowSpan > 1 })
}

// serialShift is 1 for the lowest row of a header without spans that lacks one
// cell, if the row above begins with 序号: that label was merged down, and the
// cells below it stand one column too far to the left.
func (s *sheet) serialShift(h *budgetHeader, row int) int {
	if row == h.start || row != s.lastLabelRow(h) || len(s.rowCells(row)) != s.Table.Cols-1 || !s.isShortRow(h, row-1) {
		return 0
	}
	first := s.rowCells(row - 1)[0]
	if s.Table.Cells[first].RowSpan > 1 || s.known(s.out.Form, s.Table.Cells[first].Text) != "serial_no" {
		return 0
	}
	return 1
}

// lastLabelRow is the lowest row of the header that numbers no columns.
func (s *sheet) lastLabelRow(h *budgetHeader) int {
	row := h.end - 1
	for row > h.start && h.index[row] {
		row--
	}
	return row
}
