package form

import (
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// readHeader finds the header rows of a table whose fields stand in columns,
// marks their labels, and returns the field of every column. The header ends
// before the first row that holds a number, or a word in the first column that
// a total bears; rows with unit, organisation or title above it belong to it.
func (s *sheet) readHeader(need string) *columns {
	start := s.headerStart(need)
	if start < 0 {
		return nil
	}
	end := start + 1
	for end < s.Table.Rows && s.isHeaderRow(end) {
		end++
	}
	s.out.HeaderRows = end
	for row := range start {
		for _, i := range s.filled(row) {
			s.out.Header[i] = true
		}
	}
	for row := start; row < end; row++ {
		for _, i := range s.filled(row) {
			s.label(i)
		}
	}
	s.head = s.columnFields(start, end)
	return s.head
}

// columns say what the columns of a table hold.
type columns struct {
	// fields are the canonical fields by grid column.
	fields map[int]string
	// labels are the label cells above each column, the lowest first.
	labels [][]int
}

// headerStart is the first row with two labels of the form, or with the
// column that the form cannot do without.
func (s *sheet) headerStart(need string) int {
	for row := range min(LabelRows, s.Table.Rows) {
		n := 0
		for _, i := range s.filled(row) {
			id := s.known(s.out.Form, s.Table.Cells[i].Text)
			if id == need {
				n += 2
			} else if id != "" {
				n++
			}
		}
		if n >= 2 {
			return row
		}
	}
	return -1
}

// isHeaderRow tells whether a row still belongs to the header: it holds no
// number, begins no total, and half of its filled cells are labels.
func (s *sheet) isHeaderRow(row int) bool {
	cells := s.filled(row)
	labels := 0
	for k, i := range cells {
		t := Line(s.Table.Cells[i].Text)
		if _, number := value.Number(t); number || blankNumber(t) {
			return false
		}
		if k == 0 && s.Table.Cells[i].Col == 0 && isTotal(t) {
			return false
		}
		if s.known(s.out.Form, t) != "" {
			labels++
		}
	}
	return len(cells) > 0 && labels*2 >= len(cells)
}

// columnFields resolves the columns by the labels above them: where the cells
// stand, or, when the header is stacked without spans and the data fit that
// better, where the lengths of its rows put them.
func (s *sheet) columnFields(start, end int) *columns {
	as := &columns{labels: s.labelsAbove(start, end)}
	as.fields = s.fieldsOf(as.labels)
	stacked := s.stackedLabels(start, end)
	if stacked != nil {
		other := &columns{labels: stacked, fields: s.fieldsOf(stacked)}
		if s.fit(other.fields, end) > s.fit(as.fields, end) {
			s.note(s.origin(start, -1), "form.header_realigned",
				"the header's cells do not stand above their columns; they were assigned by the lengths of its rows, which the data below bear out")
			as = other
		}
	}
	s.dropAmbiguous(as)
	return as
}

// fieldsOf resolves every column from the lowest label up; a label such as
// 合计 means what the label above it says when another column has its field.
func (s *sheet) fieldsOf(labels [][]int) map[int]string {
	fields := map[int]string{}
	taken := map[string]bool{}
	for col, above := range labels {
		for _, i := range above {
			id := s.out.FieldOf[i]
			if id == "" || taken[id] {
				continue
			}
			fields[col] = id
			taken[id] = true
			break
		}
	}
	return fields
}

// dropAmbiguous takes the field from columns that stand in several groups of
// different years (2020年预算 beside 2021年预算): which of them is meant, the
// table does not say.
func (s *sheet) dropAmbiguous(c *columns) {
	years := map[string]map[string]bool{}
	for _, above := range c.labels {
		if year := s.yearAbove(above); year != "" {
			id := s.out.FieldOf[above[0]]
			if years[id] == nil {
				years[id] = map[string]bool{}
			}
			years[id][year] = true
		}
	}
	for col, id := range c.fields {
		if len(years[id]) > 1 {
			delete(c.fields, col)
			s.noteOnce("form.column_ambiguous", "columns of the same kind stand under several years; their figures stay in cells and are left out of the records")
		}
	}
}

// yearAbove returns the year that a column's labels name, "" if there is none.
func (s *sheet) yearAbove(labels []int) string {
	for _, i := range labels {
		text := s.Table.Cells[i].Text
		if at := strings.Index(text, "年"); at >= 4 && strings.Trim(text[at-4:at], "0123456789") == "" {
			return text[at-4 : at]
		}
	}
	return ""
}

// labelsAbove lists for every column the filled header cells above it, the
// lowest first, by the grid.
func (s *sheet) labelsAbove(start, end int) [][]int {
	out := make([][]int, s.Table.Cols)
	for col := range out {
		for row := end - 1; row >= start; row-- {
			if i := s.cellAt(row, col); i >= 0 && !s.blank(i) {
				out[col] = append(out[col], i)
			}
		}
	}
	return out
}

func (s *sheet) blank(i int) bool { return strings.TrimSpace(s.Table.Cells[i].Text) == "" }

// stackedLabels lists the same by the lengths of the header's rows: Word
// files made from text have every row's cells side by side from the left. It
// returns nil if the lowest row does not have a cell for every column or the
// rows do not prove each other.
func (s *sheet) stackedLabels(start, end int) [][]int {
	lower := s.rowCells(end - 1)
	if end-start < 2 || len(lower) != s.Table.Cols {
		return nil
	}
	widths := make([]int, len(lower))
	out := make([][]int, len(lower))
	for col, i := range lower {
		widths[col] = 1
		if !s.blank(i) {
			out[col] = append(out[col], i)
		}
	}
	for row := end - 2; row >= start; row-- {
		upper := s.rowCells(row)
		blank := make([]bool, len(lower))
		for k, i := range lower {
			blank[k] = s.blank(i) || s.Table.Cells[i].Row <= row
		}
		spans, ok := document.StackedWidths(len(upper), blank, widths)
		if !ok {
			return nil
		}
		col := 0
		for k, i := range upper {
			for range spans[k] {
				if !s.blank(i) && s.Table.Cells[i].Row == row {
					out[col] = append(out[col], i)
				}
				col++
			}
		}
		lower, widths = upper, spans
	}
	return out
}

// fitRows is how many rows of data are looked at to tell how columns are to
// be read.
const fitRows = 30

// fit counts the data cells that are what their column's field asks for, less
// those that are not.
func (s *sheet) fit(fields map[int]string, first int) int {
	score := 0
	for row := first; row < min(first+fitRows, s.Table.Rows); row++ {
		for col, id := range fields {
			text := Line(s.textAt(row, col))
			if blankNumber(text) {
				continue
			}
			_, number := value.Number(text)
			fits := number == numeric(id)
			if id == "catalogue_code" {
				fits = isCatalogueCode(text)
			}
			if fits {
				score++
			} else {
				score--
			}
		}
	}
	return score
}

// numeric tells whether a field holds numbers.
func numeric(id string) bool {
	return id == "quantity" || id == "value" || moneyOf(new(record.Procurement), id) != nil
}

// isCatalogueCode tells whether a text is a code of the procurement catalogue
// (A02010601): a letter A to C and digits.
func isCatalogueCode(s string) bool {
	return len(s) >= 3 && s[0] >= 'A' && s[0] <= 'C' && strings.Trim(s[1:], "0123456789") == ""
}

// isTotal tells whether a row's first text is that of a total: 合计, 总计, with
// what is added up or in which unit before or behind it (采购合计, 合计（万元）).
func isTotal(t string) bool {
	name := Name(t)
	if open := strings.IndexAny(name, "（(：:"); open > 0 {
		name = name[:open]
	}
	if utf8.RuneCountInString(name) > totalRunes {
		return false
	}
	for _, word := range []string{"合计", "总计", "共计"} {
		if strings.HasPrefix(name, word) || strings.HasSuffix(name, word) {
			return true
		}
	}
	return false
}

// totalRunes is the longest name of a total: 政府采购合计.
const totalRunes = 6

// isSubtotal tells whether a row's first text is that of a subtotal, and
// whose.
func isSubtotal(t string) (whose string, ok bool) {
	name, ok := strings.CutSuffix(strings.TrimRight(Name(t), "：:"), "小计")
	return name, ok
}
