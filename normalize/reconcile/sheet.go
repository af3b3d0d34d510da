package reconcile

import (
	"slices"
	"strings"
	"unicode"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// The statutory forms that rules ask for by name.
const (
	revenueExpenditure = "revenue_expenditure" // 收支总表
	revenueForm        = "revenue"             // 收入总表
	expenditureForm    = "expenditure"         // 支出总表
	appropriationForm  = "appropriation"       // 财政拨款收支总表
	fiscalExpenditure  = "appropriation_expenditure"
	generalPublic      = "general_public_expenditure"
	basicForm          = "basic_expenditure"
	generalPublicBasic = "general_public_basic_expenditure"
	threePublicForm    = "three_public"
	operatingForm      = "operating_funds"
	procurementForm    = "procurement"
	projectForm        = "project_expenditure"
)

// The sides of a table.
const (
	revenueSide     = "revenue"
	expenditureSide = "expenditure"
)

// sheet is a statutory table with its lines.
type sheet struct {
	*record.Table
	lines []*record.BudgetLine
	usual int
	// incomplete says that amounts of the table were left out of the lines:
	// a sum that does not hold then says nothing.
	incomplete bool
	// guessed says that the table may have been misread: unless it is
	// verified, what does not add up in it is a warning.
	guessed bool
	// items are the names by code, once they were asked for.
	items map[string]string
	// blocks are the columns that share their names, from the left.
	blocks [][]int
}

// leftOut are the codes of notes about amounts that are in no line.
var leftOut = []string{"form.row_short", "form.line_unnamed", "form.not_a_number", "form.column_unlabelled", "form.column_years",
	"form.column_ambiguous", "form.unit_missing", "form.amount_range", "form.header_misaligned"}

// guesses are the codes of notes about tables whose rows or columns were
// guessed at: what does not add up in them may have been misread, unless other
// sums show that it was not.
var guesses = []string{"pdf.borderless_table", "text.rows_guessed", "text.rows_unknown", "text.blank_cells_moved", "text.table_end_guessed",
	"form.header_realigned"}

// noted tells whether a table has a note of one of some codes.
func noted(d *record.Disclosure, table int, codes []string) bool {
	return slices.ContainsFunc(d.Notes, func(n record.Note) bool { return n.Table == table && slices.Contains(codes, n.Code) })
}

// sheets groups the lines of a disclosure by table.
func sheets(d *record.Disclosure) []*sheet {
	lines := map[int][]*record.BudgetLine{}
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		lines[l.Table] = append(lines[l.Table], l)
	}
	lost := lostAmounts(d, lines)
	var out []*sheet
	for i := range d.Tables {
		s := &sheet{Table: &d.Tables[i], lines: lines[d.Tables[i].Table]}
		if len(s.lines) > 0 {
			s.usual = usualDecimals(s.lines)
			s.findBlocks()
			s.incomplete = lost[s.Table.Table] || noted(d, s.Table.Table, leftOut)
			s.guessed = noted(d, s.Table.Table, guesses)
			out = append(out, s)
		}
	}
	return out
}

// lostAmounts tells which tables have numbers in their columns of money that
// are in no line: a row without a name says nothing of what its amount is.
func lostAmounts(d *record.Disclosure, lines map[int][]*record.BudgetLine) map[int]bool {
	type place struct{ table, row, col int }
	money, read := map[place]bool{}, map[place]bool{}
	for table, ls := range lines {
		for _, l := range ls {
			money[place{table, 0, l.Col}], read[place{table, l.Row, l.Col}] = true, true
		}
	}
	out := map[int]bool{}
	for i := range d.Cells {
		c := &d.Cells[i]
		if !c.IsHeader && !c.Number.IsNull() && money[place{c.Table, 0, c.Col}] && !read[place{c.Table, c.Row, c.Col}] {
			out[c.Table] = true
		}
	}
	return out
}

func (s *sheet) figure(l *record.BudgetLine) figure { return lineFigure(l, s.ScaleExp, s.usual) }

func (s *sheet) figures(lines []*record.BudgetLine) []figure {
	var out []figure
	for _, l := range lines {
		out = append(out, s.figure(l))
	}
	return out
}

// column returns the lines of a column.
func (s *sheet) column(cols ...int) []*record.BudgetLine {
	var out []*record.BudgetLine
	for _, l := range s.lines {
		if slices.Contains(cols, l.Col) {
			out = append(out, l)
		}
	}
	return out
}

// findBlocks groups columns: two are of one block if their amounts in a row
// have the same name, and of two if they ever have different ones.
func (s *sheet) findBlocks() {
	type pair struct{ a, b int }
	same, apart := map[pair]bool{}, map[pair]bool{}
	var cols []int
	for i, a := range s.lines {
		if !slices.Contains(cols, a.Col) {
			cols = append(cols, a.Col)
		}
		for _, b := range s.lines[i+1:] {
			if b.Row != a.Row {
				break // lines are in the order of the document
			}
			p := pair{min(a.Col, b.Col), max(a.Col, b.Col)}
			if a.Side == b.Side && a.Code == b.Code && a.Name == b.Name {
				same[p] = true
			} else {
				apart[p] = true
			}
		}
	}
	slices.Sort(cols)
	for _, col := range cols {
		k := slices.IndexFunc(s.blocks, func(block []int) bool {
			return slices.ContainsFunc(block, func(c int) bool { return same[pair{c, col}] }) &&
				!slices.ContainsFunc(block, func(c int) bool { return apart[pair{c, col}] })
		})
		if k < 0 {
			s.blocks = append(s.blocks, nil)
			k = len(s.blocks) - 1
		}
		s.blocks[k] = append(s.blocks[k], col)
	}
}

// series are columns that continue each other: the first money column of every
// block, the second, and so on, if the blocks have as many columns each.
func (s *sheet) series() [][]int {
	n := len(s.blocks[0])
	var out [][]int
	for _, b := range s.blocks {
		if len(b) != n {
			for _, b := range s.blocks {
				for _, col := range b {
					out = append(out, []int{col})
				}
			}
			return out
		}
	}
	for k := range n {
		var cols []int
		for _, b := range s.blocks {
			cols = append(cols, b[k])
		}
		out = append(out, cols)
	}
	return out
}

// bare is a name without its label (一、 （一） 1.), blanks, quotes and
// punctuation.
func bare(name string) string {
	_, rest := label(name)
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return r
	}, vocab.Key(rest))
}

const numerals = "一二三四五六七八九十"

// label cuts the label off a name and returns its level: 1 for 一、, 2 for
// （一） and 1., 0 if there is none.
func label(name string) (level int, rest string) {
	key := vocab.Key(name)
	if head, tail, ok := strings.Cut(key, "、"); ok && head != "" && strings.Trim(head, numerals) == "" {
		return 1, tail
	}
	for _, ends := range []string{")", ".", "、"} {
		head, tail, ok := strings.Cut(key, ends)
		head = strings.TrimPrefix(head, "(")
		if ok && head != "" && strings.Trim(head, numerals+"0123456789") == "" && !isDecimal(head, tail) {
			return 2, tail
		}
	}
	return 0, key
}

// isDecimal tells whether what stands around a point is a number.
func isDecimal(_, tail string) bool { return tail != "" && tail[0] >= '0' && tail[0] <= '9' }

// isGrand tells whether a line is the sum over all rows: 合计, 支出总计,
// 本年支出合计, but neither 小计 nor 人员经费合计.
func isGrand(l *record.BudgetLine) bool {
	if !l.IsTotal {
		return false
	}
	name := bare(cutParenthesis(l.Name))
	return hasSuffix(name, "合计", "总计", "共计") && !hasAny(name, "人员经费", "公用经费")
}

// cutParenthesis drops what stands in parentheses at the end: 合计（万元）.
func cutParenthesis(name string) string {
	if open := strings.LastIndexAny(name, "（("); open > 0 {
		return name[:open]
	}
	return name
}

func hasSuffix(s string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(s, e) })
}

func hasAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(x string) bool { return strings.Contains(s, x) })
}
