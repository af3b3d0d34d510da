package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/normalize/record"
	"yusuan/normalize/value"
	"yusuan/normalize/vocab"
)

// The statutory forms that the rules ask for by name.
const (
	revenueExpenditure = "revenue_expenditure" // 收支总表
	revenueForm        = "revenue"             // 收入总表
	appropriationForm  = "appropriation"       // 财政拨款收支总表
	fundForm           = "fund_expenditure"    // 政府性基金
	capitalForm        = "state_capital_expenditure"
	threePublicForm    = "three_public"        // 三公经费
	projectForm        = "project_expenditure" // 项目支出表
)

// statutory returns the statutory form that the table's title names: its own,
// then one in its first rows, a caption or the heading above, if these say
// that they are titles of tables.
func (s *sheet) statutory() string {
	if id := titledForm(s.out.Title); id != "" {
		return id
	}
	_, last := cutLast(s.Section, " / ")
	for _, text := range slices.Concat(s.loneCells(), s.Captions, []string{last}) {
		if strings.Contains(text, "表") && isTitle(text) {
			if id := titledForm(text); id != "" {
				return id
			}
		}
	}
	if s.Table.Rows > 1 && s.hasBothSides() && s.hasOtherRevenue() {
		return revenueExpenditure
	}
	return s.untitled()
}

// untitled returns the statutory form of a table that has no title of its own:
// the one that the document's list of tables gives it, or the one that a label
// over several columns names (一般公共预算支出). Which of them it was is noted.
func (s *sheet) untitled() string {
	if s.out.Title != "" || !s.hasMoneyColumn() {
		return ""
	}
	if id := titledForm(s.Listed); id != "" {
		s.out.Title = Name(s.Listed)
		s.note(s.origin(-1, -1), "form.title_listed", "the table has no title; the list of tables calls it "+clip(s.Listed))
		return id
	}
	for row := range min(HeadRows, s.Table.Rows) {
		for _, i := range s.filled(row) {
			text := Line(s.Table.Cells[i].Text)
			if id := titledForm(text); id != "" && s.Table.Cells[i].ColSpan > 1 && labelText(text) != "" {
				s.note(s.cellOrigin(i), "form.form_from_label", "the table has no title; its form was taken from the label "+clip(text))
				return id
			}
		}
	}
	return ""
}

// hasMoneyColumn tells whether a label of the first rows is one of amounts in
// statutory tables.
func (s *sheet) hasMoneyColumn() bool {
	for row := range min(emptyHeaderRows, s.Table.Rows) {
		for _, i := range s.filled(row) {
			switch s.known("expenditure", s.Table.Cells[i].Text) {
			case "total", "subtotal", "amount", "budget_amount", "final_amount", "basic", "project":
				return true
			}
		}
	}
	return false
}

// hasBothSides tells whether the first rows have 收入 beside 支出.
func (s *sheet) hasBothSides() bool {
	for row := range min(HeadRows, s.Table.Rows) {
		in := -1
		for n, i := range s.filled(row) {
			switch s.known(revenueExpenditure, s.Table.Cells[i].Text) {
			case "revenue":
				in = n
			case "expenditure":
				return in >= 0 && n == in+1
			}
		}
	}
	return false
}

// hasOtherRevenue tells whether a row names revenue that is no 财政拨款: a table
// of both sides is then that of all revenue, whatever its title.
func (s *sheet) hasOtherRevenue() bool {
	return slices.ContainsFunc(s.Table.Cells, func(c document.Cell) bool {
		return utf8.RuneCountInString(c.Text) <= LabelRunes && hasAny(vocab.Key(c.Text), "事业收入", "经营收入", "财政专户管理资金", "单位资金")
	})
}

// cutLast cuts a text at the last separator.
func cutLast(text, sep string) (before, after string) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):]
	}
	return "", text
}

// StatutoryTitle tells whether a text is the title of a statutory table (收支总表,
// 三公经费表 …), as lists of tables give it.
func StatutoryTitle(text string) bool {
	return strings.Contains(text, "表") && isTitle(text) && titledForm(text) != ""
}

// titledForm returns the statutory form of a title.
func titledForm(title string) string {
	key := vocab.Key(title)
	for _, word := range []string{"绩效", "采购"} {
		if strings.Contains(key, word) {
			return ""
		}
	}
	for _, f := range vocab.Statutory() {
		if f.Titled(key) {
			return f.ID
		}
	}
	return ""
}

// loneCells returns the texts of the first rows that hold one filled cell:
// text forms put the title there.
func (s *sheet) loneCells() []string {
	var out []string
	for row := range min(HeadRows, s.Table.Rows) {
		if cells := s.filled(row); len(cells) == 1 {
			out = append(out, s.Table.Cells[cells[0]].Text)
		}
	}
	return out
}

// readStatutory reads a statutory table: its header, and its lines.
func (s *sheet) readStatutory() {
	v := s.restored()
	if v == nil {
		s.readTable()
		return
	}
	s.note(s.origin(-1, -1), "form.spans_restored", "merged cells of the header or of totals were printed as one cell; their spans were restored by the labels' kinds and words and by what stands below them")
	inner := *s
	inner.View = v
	lines, fields, notes := len(s.out.BudgetLines), len(s.out.Fields), len(s.out.Notes)
	inner.readTable()
	// Places are those of the table as it was read.
	back := func(o *record.Origin) {
		if i := v.cellAt(o.Row, o.Col); i >= 0 {
			o.Col = s.Table.Cells[i].Col
		}
	}
	for i := range s.out.BudgetLines[lines:] {
		back(&s.out.BudgetLines[lines+i].Origin)
	}
	for i := range s.out.Fields[fields:] {
		back(&s.out.Fields[fields+i].Origin)
	}
	for i := range s.out.Notes[notes:] {
		back(&s.out.Notes[notes+i].Origin)
	}
}

// readTable reads a statutory table as its cells stand.
func (s *sheet) readTable() {
	h := s.budgetHeader()
	s.out.HeaderRows = h.end
	s.markHeader(h)
	s.fillColumns()
	notes := len(s.out.Notes)
	s.readLines(h)
	if len(s.out.BudgetLines) == 0 && len(s.out.Notes) == notes {
		s.noteEmpty(h)
	}
}

// markHeader marks the labels of the header. What stands above them (title,
// unit, organisation) and numbers of columns belong to it and are no labels.
func (s *sheet) markHeader(h *budgetHeader) {
	for i := range s.Table.Cells {
		c := &s.Table.Cells[i]
		switch {
		case c.Row >= h.end:
			return
		case c.Row < h.start, h.index[c.Row] && !s.isLevelName(i):
			if !s.blank(i) {
				s.out.Header[i] = true
			}
		default:
			s.label(i)
		}
	}
}

// noteEmpty tells a table that states no amounts, and what it says instead,
// from one whose amounts could not be read.
func (s *sheet) noteEmpty(h *budgetHeader) {
	message := "the table states no amount"
	for row := h.end; row < s.Table.Rows; row++ {
		if cells := s.filled(row); len(cells) == 1 && strings.ContainsAny(s.Table.Cells[cells[0]].Text, "无空") {
			message += "; it says " + clip(Line(s.Table.Cells[cells[0]].Text))
			break
		}
	}
	s.note(s.origin(-1, -1), "form.no_amounts", message)
}

// readProcurementLines makes the lines of a 政府采购 table beside its records.
// What cannot be read in it the records have noted already, but for rows
// without a name or code that is known.
func (s *sheet) readProcurementLines() {
	if s.head == nil {
		return
	}
	notes := len(s.out.Notes)
	s.readLines(&budgetHeader{start: 0, end: s.out.HeaderRows, index: map[int]bool{}})
	added := slices.Clone(s.out.Notes[notes:])
	s.out.Notes = append(s.out.Notes[:notes], slices.DeleteFunc(added, func(n record.Note) bool {
		return !strings.HasPrefix(n.Code, "form.line_") && !strings.HasPrefix(n.Code, "form.name_")
	})...)
}

// readLines makes a line of every filled money cell below the header.
func (s *sheet) readLines(h *budgetHeader) {
	b := &budget{sheet: s, header: h}
	if !b.layOut() {
		return
	}
	for row := h.end; row < s.Table.Rows; row++ {
		if h.index[row] || b.isShort(row) {
			continue
		}
		for k := range b.blocks {
			b.readRow(row, &b.blocks[k])
		}
	}
}

// budget is a statutory table being read.
type budget struct {
	*sheet
	header  *budgetHeader
	columns []budgetColumn
	blocks  []budgetBlock
}

// isShort tells whether a row lacks cells at its end, so that it cannot be told
// which of several columns its amounts belong to: a text form that drops blank
// cells moves those behind them to the left.
func (b *budget) isShort(row int) bool {
	money := 0
	for k := range b.blocks {
		money += len(b.blocks[k].money)
	}
	short := money > 1 && b.cellAt(row, b.Table.Cols-1) < 0
	if short && b.hasNumber(row) {
		b.note(b.origin(row, -1), "form.row_short", "the row has fewer cells than the table; its amounts stay in cells and are left out of the lines")
	}
	return short
}

// readRow makes the lines of one row of a block.
func (b *budget) readRow(row int, k *budgetBlock) {
	var who *budgetName
	for _, col := range k.money {
		i := b.cellAt(row, col)
		if i < 0 || b.Table.Cells[i].Row != row || b.Table.Cells[i].Col != col || !b.isAmount(row, i) {
			continue
		}
		if who == nil {
			who = b.nameOf(row, k)
		}
		if who.name == "" && who.code == "" && len(k.names)+len(k.codes) > 0 {
			b.note(b.origin(row, col), "form.line_unnamed", "the row of the amount "+Line(b.Table.Cells[i].Text)+" has no name; it stays in cells")
			continue
		}
		if b.isCount(who.name) {
			b.noteOnce("form.rows_counted", "rows that count persons, vehicles or shares are no money; their figures stay in cells")
			continue
		}
		b.addLine(row, k, i, who)
	}
}

// isCount tells whether the name of a row of a 三公 table is that of a figure
// that is no money: a label that is one in columns (公务用车保有量), or one with such a unit in
// brackets (公务接待人数（人）, 增减率（%）).
func (b *budget) isCount(name string) bool {
	if b.out.Form != threePublicForm {
		return false // a project or an item may be named after its unit
	}
	bare, _ := cutListNumber(Name(name))
	if open := strings.LastIndexAny(bare, "（("); open > 0 {
		inner := strings.Trim(bare[open:], "（）()")
		if code := unitCode(inner); code != "" && code != "CNY" {
			return true
		}
	}
	return slices.Contains(counts, b.known(threePublicForm, bare))
}

// isAmount tells whether a cell of a money column holds a number. Blank,
// dashes and 无 are no amounts; a text is noted unless it is a header that is
// repeated on a new page or a sentence across the row.
func (b *budget) isAmount(row, cell int) bool {
	c := &b.Table.Cells[cell]
	text := Line(c.Text)
	if blankNumber(text) {
		return false
	}
	if _, number := value.Number(text); number {
		return true
	}
	repeated := slices.ContainsFunc(b.columns[c.Col].labels, func(i int) bool { return Line(b.Table.Cells[i].Text) == text })
	if !repeated && c.ColSpan == 1 && len(b.filled(row)) > 1 {
		b.note(b.cellOrigin(cell), "form.not_a_number", "a number was expected, printed is "+text)
	}
	return false
}

func (b *budget) addLine(row int, k *budgetBlock, cell int, who *budgetName) {
	c := &b.Table.Cells[cell]
	col := &b.columns[c.Col]
	o := b.origin(row, c.Col)
	amount := b.money(o, c.Text, col.labels...)
	if amount.IsNull() {
		return
	}
	b.out.BudgetLines = append(b.out.BudgetLines, record.BudgetLine{
		Origin: o, Form: b.out.Form, Side: b.side(k, col), Scheme: b.scheme(k, col, who),
		Code: who.code, CodeLevel: codeLevel(who.code), Name: who.name,
		Measure: b.measure(col), MeasureRaw: col.path,
		Amount: amount, AmountRaw: Line(c.Text), IsTotal: who.code == "" && isSum(who.name),
	})
}

// isSum tells whether a name is that of a sum over other rows: 合计, 收入总计,
// 人员经费合计, 小计.
func isSum(name string) bool {
	before := name
	if open := strings.LastIndexAny(name, "（("); open > 0 {
		before = name[:open]
	}
	for _, word := range []string{"合计", "总计", "共计", "小计"} {
		if strings.HasSuffix(name, word) || strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}
