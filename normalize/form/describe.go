package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
	"yusuan/normalize/vocab"
)

// HeadRows is how many rows at the top of a table may hold its title, number
// and unit.
const HeadRows = 3

// TitleRunes is the longest title: names of projects with their document
// numbers reach 60.
const TitleRunes = 80

// describe finds the title, the form number and the money unit: in the
// table's first rows, then in the paragraphs above, nearest first.
func (s *sheet) describe() {
	title := s.describeFromRows()
	for _, caption := range s.Captions {
		s.describeFrom(caption)
		// A first row across the table without the word 表 is a label of the
		// columns (财政拨款“三公”经费) when a caption says that it is a title.
		if isTitle(caption) && (title == "" || !strings.Contains(title, "表") && strings.HasSuffix(Name(caption), "表")) {
			title = caption
		}
	}
	s.out.Title = strings.TrimRight(Name(title), "：:")
	if s.out.UnitRaw == "" {
		s.unitFromLabels()
	}
}

// describeFromRows takes unit and form number from the first rows, and returns
// the title if the first row is one.
func (s *sheet) describeFromRows() (title string) {
	for row := 0; row < min(HeadRows, s.Table.Rows); row++ {
		cells := s.filled(row)
		for _, i := range cells {
			if text := s.Table.Cells[i].Text; unitLine(text) || formNumber(text) != "" {
				s.describeFrom(text)
			}
		}
		if len(cells) == 1 && row == 0 && isTitle(s.Table.Cells[cells[0]].Text) && s.wholeRow(cells[0]) {
			title = s.Table.Cells[cells[0]].Text
		}
	}
	return title
}

// filled returns the cells of a row that hold text.
func (s *sheet) filled(row int) []int {
	var out []int
	for _, i := range s.ownCells(row) {
		if strings.TrimSpace(s.Table.Cells[i].Text) != "" {
			out = append(out, i)
		}
	}
	return out
}

// wholeRow tells whether a cell spans the table.
func (s *sheet) wholeRow(i int) bool {
	return s.Table.Cols > 1 && s.Table.Cells[i].ColSpan == s.Table.Cols
}

// unitLine tells whether a cell states the table's unit, as a line of its own
// (单位：万元, 部门：某局 金额单位：元), and is no label with a unit in brackets.
func unitLine(text string) bool {
	for _, part := range strings.FieldsFunc(text, unicode.IsSpace) {
		part = strings.TrimLeft(part, "（(")
		for _, p := range []string{"单位", "金额单位", "货币单位", "计量单位", "人民币单位"} {
			if strings.HasPrefix(part, p) {
				return true
			}
		}
	}
	return false
}

// describeFrom takes unit and form number from a text unless they are known.
// The text may hold both, and the department, apart by blanks.
func (s *sheet) describeFrom(text string) {
	for _, part := range append([]string{text, beforeOrganisation(text)}, strings.FieldsFunc(text, unicode.IsSpace)...) {
		if s.out.UnitRaw == "" {
			if raw, exp, ok := value.MoneyUnit(part); ok {
				s.out.UnitRaw, s.out.ScaleExp = raw, exp
			}
		}
		if s.out.FormNo == "" {
			s.out.FormNo = formNumber(part)
		}
	}
}

// beforeOrganisation cuts off the organisation that is printed at the other
// end of a line and has come to stand right behind the unit:
// 单位：万元部门名称：某局.
func beforeOrganisation(text string) string {
	for _, label := range []string{"部门名称", "单位名称", "编制部门", "编制单位", "填报单位", "预算单位", "部门：", "部门:"} {
		if at := strings.Index(text, label); at > 0 {
			return text[:at]
		}
	}
	return text
}

// unitFromLabels takes the unit of headers such as 价值（金额单位：万元） for the
// table's, if all that have one agree.
func (s *sheet) unitFromLabels() {
	for i := range s.Table.Cells {
		c := &s.Table.Cells[i]
		if c.Row >= LabelRows {
			break
		}
		u, ok := labelUnit(c.Text)
		if !ok {
			continue
		}
		if s.out.UnitRaw != "" && u.exp != s.out.ScaleExp {
			s.out.UnitRaw, s.out.ScaleExp = "", 0
			return
		}
		s.out.UnitRaw, s.out.ScaleExp = u.raw, u.exp
	}
}

// moneyUnit is a money unit as printed with its power of ten.
type moneyUnit struct {
	raw string
	exp int
}

// labelUnit reads the unit that a label names in brackets or after a colon:
// 项目资金（元）.
func labelUnit(text string) (moneyUnit, bool) {
	if utf8.RuneCountInString(text) > LabelRunes || !strings.ContainsAny(text, "（(：:/") {
		return moneyUnit{}, false
	}
	raw, exp, ok := value.MoneyUnit(Line(text))
	return moneyUnit{raw, exp}, ok
}

// unitOf is the unit of an amount under its labels, nearest first: the first
// that names one, otherwise the table's.
func (s *sheet) unitOf(labels []int) (moneyUnit, bool) {
	for _, i := range labels {
		if i < 0 {
			continue
		}
		if u, ok := labelUnit(s.Table.Cells[i].Text); ok {
			return u, true
		}
	}
	return moneyUnit{s.out.UnitRaw, s.out.ScaleExp}, s.out.UnitRaw != ""
}

// isTitle tells whether a text can be a table's title: short, no sentence, no
// unit line, no line that names the department or a date.
func isTitle(text string) bool {
	t := Name(text)
	if t == "" || utf8.RuneCountInString(t) > TitleRunes || formNumber(t) == t {
		return false
	}
	if strings.ContainsAny(t, "。；") || strings.HasSuffix(t, "如下：") || strings.HasPrefix(t, "（") && strings.HasSuffix(t, "）") {
		return false
	}
	if strings.Contains(t, "单位：") || strings.Contains(t, "单位:") {
		return false
	}
	for _, p := range []string{"编制部门", "编制单位", "填报单位", "部门名称", "预算单位", "公开部门", "部门：", "部门:", "截止时间", "填报日期"} {
		if strings.HasPrefix(t, p) {
			return false
		}
	}
	return true
}

// numberDigits are what the number of a form is written with.
const (
	numberDigits  = "0123456789"
	numberChinese = "一二三四五六七八九十"
)

// formNumber returns the printed number of a form (公开01表, 表1, 附件2-1, 表十一)
// when the text is little else, and "" otherwise.
func formNumber(text string) string {
	core := strings.TrimRight(Name(text), "：:")
	if utf8.RuneCountInString(core) > 10 {
		return ""
	}
	for _, p := range []string{"公开", "附表", "附件", "表", "预算"} {
		rest, ok := strings.CutPrefix(core, p)
		if !ok || !strings.ContainsAny(rest, numberDigits+numberChinese) {
			continue
		}
		if strings.Trim(rest, numberDigits+"-－—.表") == "" || strings.Trim(strings.TrimSuffix(rest, "表"), numberChinese) == "" {
			return core
		}
	}
	return ""
}

// containsKey tells whether a text holds a word, blanks and widths aside.
func containsKey(text, word string) bool {
	return strings.Contains(vocab.Key(text), vocab.Key(word))
}

// readOther marks the header rows of a table that no form claims: the rows at
// the top without a number, if rows with numbers follow; otherwise the first.
func (s *sheet) readOther() {
	s.out.HeaderRows = s.plainHeaderRows()
	s.markColumns()
	if performanceTitle(s.out.Title) {
		s.note(s.origin(-1, -1), "form.unrecognised", "the title says that this is a form about performance, but its labels are not where such a form has them: no project and no indicator was read from it, see its cells")
	}
}

// markColumns marks the cells of the header as labels, and gives the cells
// below them their fields.
func (s *sheet) markColumns() {
	for i := range s.Table.Cells {
		c := &s.Table.Cells[i]
		if c.Row >= s.out.HeaderRows {
			break
		}
		s.label(i)
	}
	s.fillColumns()
}

// fillColumns gives the cells below the header the fields of their columns.
func (s *sheet) fillColumns() {
	if s.out.HeaderRows == 0 {
		return
	}
	for i := range s.Table.Cells {
		if c := &s.Table.Cells[i]; c.Row >= s.out.HeaderRows {
			s.out.FieldOf[i] = s.columnField(c.Col)
		}
	}
}

func (s *sheet) plainHeaderRows() int {
	for row := range s.Table.Rows {
		for _, i := range s.ownCells(row) {
			if _, number := value.Number(s.Table.Cells[i].Text); number {
				return row
			}
		}
	}
	return min(1, max(0, s.Table.Rows-1))
}

// columnField is the field of the lowest header cell of a column that has one.
func (s *sheet) columnField(col int) string {
	for row := s.out.HeaderRows - 1; row >= 0; row-- {
		if i := s.cellAt(row, col); i >= 0 && s.out.FieldOf[i] != "" {
			return s.out.FieldOf[i]
		}
	}
	return ""
}

// money turns a printed number into yuan by the unit of its labels, nearest
// first, or of the table. A blank and a dash are null; so is a number whose
// unit is nowhere printed, because a wrong amount is worse than a missing one.
// Zero needs no unit.
func (s *sheet) money(o record.Origin, text string, labels ...int) record.Decimal {
	d := s.number(o, text)
	if d.IsNull() {
		return record.Null
	}
	u, known := s.unitOf(labels)
	if !known && !d.IsZero() {
		s.noteOnce("form.unit_missing", "no money unit is printed with this table; its amounts stay in cells and are left out of the records")
		return record.Null
	}
	yuan := d.Shift(u.exp)
	if yuan.IsNull() {
		s.note(o, "form.amount_range", "amount "+text+" is too large to be kept exactly")
	}
	return yuan
}

// number reads a plain number; blank and dashes are null.
func (s *sheet) number(o record.Origin, text string) record.Decimal {
	t := Line(text)
	if blankNumber(t) {
		return record.Null
	}
	d, ok := value.Number(t)
	if !ok {
		s.note(o, "form.not_a_number", "a number was expected, printed is "+t)
	}
	return d
}

// blankNumber tells whether a cell says that there is no number.
func blankNumber(t string) bool {
	return strings.Trim(t, "—-－–/无 ") == ""
}

func (s *sheet) noteOnce(code, message string) {
	for _, n := range s.out.Notes {
		if n.Code == code {
			return
		}
	}
	s.note(s.origin(-1, -1), code, message)
}
