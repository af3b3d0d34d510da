package form

import (
	"strings"

	"yusuan/normalize/value"
)

// readHeader finds the header rows of a table whose fields stand in columns,
// marks their labels, and returns the field of every column. The header ends
// before the first row that holds a number, or a word in the first column that
// a total bears; rows with unit, organisation or title above it belong to it.
func (s *sheet) readHeader(need string) map[int]string {
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
	return s.columnFields(start, end)
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

// columnFields resolves every column from the lowest label up. A label such
// as 合计 means what the label above it says.
func (s *sheet) columnFields(start, end int) map[int]string {
	fields := map[int]string{}
	taken := map[string]bool{}
	for col := range s.Table.Cols {
		for row := end - 1; row >= start; row-- {
			i := s.cellAt(row, col)
			if i < 0 || strings.TrimSpace(s.Table.Cells[i].Text) == "" {
				continue
			}
			// A cell over several columns names a group. It names this
			// column only when nothing stands below it here.
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

// isTotal tells whether a row's first text is that of a total.
func isTotal(t string) bool {
	switch Name(t) {
	case "合计", "总计", "合计：", "总计：", "合计:", "总计:":
		return true
	}
	return false
}

// isSubtotal tells whether a row's first text is that of a subtotal, and
// whose.
func isSubtotal(t string) (whose string, ok bool) {
	name, ok := strings.CutSuffix(strings.TrimRight(Name(t), "：:"), "小计")
	return name, ok
}
