package form

import (
	"slices"
	"strings"

	"yusuan/normalize/value"
)

// moneyBlock is the block of a form about one project that sets the budget
// against what was spent (预算执行情况): a header of columns, and below it a row
// for each source of funds.
//
//	项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
//	年度资金总额    |        90 |        95 |        94 |   10 | 98.9% |  9.9
type moneyBlock struct {
	// header are the label cells of the columns from left to right, fields
	// what stands in them.
	header []int
	fields []string
	// budget is the column whose amount is the year's.
	budget int
	// unit is the label of the header's row that names the money unit, -1 if
	// none does.
	unit int
}

// amountFields are the fields of money that the projects have no column for.
var amountFields = map[string]bool{
	"initial_budget": true, "executed": true, "year_other": true, "superior_fiscal": true, "local_fiscal": true,
	"special_account": true, "unit_funds": true, "other_sources": true, "government_fund": true, "general_public_budget": true,
}

// budgetFields are the fields of columns that hold a budget, the one that is
// the year's first: of 全年预算数 and 年初预算数 the former, because the rate of
// execution is measured by it.
var budgetFields = [2]string{"adjusted_budget", "initial_budget"}

// blockFields are the fields of the columns of a block of money.
var blockFields = map[string]bool{
	"initial_budget": true, "adjusted_budget": true, "executed": true, "execution_rate": true, "weight": true, "score": true,
	"score_rate": true, "reason": true, "deviation_reason": true, "remark": true,
}

// fundRows say which amount of the project a row of the block gives, by the
// field of its label; those with "" stay in cells. All of them are the year's.
var fundRows = map[string]string{
	"total": "year_total", "year_total": "year_total", "funds": "year_total",
	"fiscal": "year_fiscal", "year_fiscal": "year_fiscal", "fiscal_appropriation": "year_fiscal",
	"carryover": "carryover", "other": "", "superior_fiscal": "", "local_fiscal": "", "special_account": "", "unit_funds": "",
	"other_sources": "", "government_fund": "", "general_public_budget": "", "state_capital": "", "subtotal": "",
}

// moneyHeader begins a block of money if the row is the header of one.
func (t *target) moneyHeader(row int) bool {
	b := t.moneyColumns(row)
	if b == nil {
		return false
	}
	t.takeSide(row, t.rowCells(row))
	for _, i := range t.filled(row) {
		t.label(i)
	}
	t.block, t.pending = b, nil
	return true
}

// moneyColumns returns the block whose header the row is: labels alone, of
// which two name a budget or what was spent. Without, it returns nil.
func (t *target) moneyColumns(row int) *moneyBlock {
	if !t.namesSpending(row) {
		return nil
	}
	b := &moneyBlock{budget: -1, unit: -1}
	cells := t.filled(row)
	if t.holdsNumber(cells) {
		return nil
	}
	amounts := 0
	for k, i := range cells {
		if _, ok := labelUnit(t.Table.Cells[i].Text); ok && b.unit < 0 {
			b.unit = i
		}
		id := t.columnOfMoney(cells, k)
		switch {
		case blockFields[id]:
			b.header, b.fields = append(b.header, i), append(b.fields, id)
		case amounts > 0:
			return nil
		}
		if spendingFields[id] {
			amounts++
		}
	}
	b.budget = b.column(budgetFields[0])
	if b.budget < 0 {
		b.budget = b.column(budgetFields[1])
	}
	if amounts < 2 || b.budget < 0 {
		return nil
	}
	return b
}

// namesSpending tells whether a label of the row names a budget or what was
// spent.
func (t *target) namesSpending(row int) bool {
	return slices.ContainsFunc(t.grid[row], func(i int) bool { return i >= 0 && spendingFields[t.fieldAt(i)] })
}

// spendingFields are the columns that make a header one of money.
var spendingFields = map[string]bool{"initial_budget": true, "adjusted_budget": true, "executed": true}

// columnOfMoney is the field of the k-th label of a header: 预算数 beside 执行数
// is the budget that the rate of execution is measured by.
func (t *target) columnOfMoney(cells []int, k int) string {
	id := t.fieldAt(cells[k])
	if (id == "total" || id == "year_total") && k+1 < len(cells) && t.fieldAt(cells[k+1]) == "executed" {
		return "adjusted_budget"
	}
	return id
}

// column returns the first column of a field, -1 if there is none.
func (b *moneyBlock) column(id string) int {
	for k, f := range b.fields {
		if f == id {
			return k
		}
	}
	return -1
}

// moneyRow reads a row of the block. It ends the block and returns false at a
// row that is none.
func (t *target) moneyRow(row int) bool {
	cells := t.filled(row)
	if len(cells) == 0 {
		return true
	}
	label, to, known := t.fundRow(row, cells)
	if !known {
		t.block = nil
		return false
	}
	values, ok := t.moneyCells(row, label)
	if !ok {
		if !t.holdsNumber(cells) {
			return true // blank and dashes only
		}
		t.note(t.origin(row, -1), "form.row_short", "the row has fewer cells than the header above it and it cannot be told which are missing; its amounts stay in cells")
		return true
	}
	for k, i := range values {
		if i < 0 {
			continue
		}
		t.out.FieldOf[i] = t.block.fields[k]
		switch {
		case k == t.block.budget && to != "":
			t.take(to, i, t.block.unitLabel(t, k))
			t.out.FieldOf[i] = to
		case k == t.block.budget || amountFields[t.block.fields[k]]:
			t.noteInCells(i)
		}
	}
	return true
}

// fundRow returns the label of a row of the block and the amount of the project
// that it gives. Under the header of a whole department (部门预算执行情况) the
// amounts stand in one row without a label, -1: they are the year's total.
func (t *target) fundRow(row int, cells []int) (label int, to string, ok bool) {
	if to, ok = fundRows[t.fieldAt(cells[0])]; ok {
		t.label(cells[0])
		return cells[0], to, true
	}
	first := t.cellAt(row, t.Table.Cells[t.block.header[0]].Col)
	if first == cells[0] && t.holdsNumber(cells[:1]) {
		return -1, "year_total", true
	}
	return -1, "", false
}

// holdsNumber tells whether one of the cells is a number.
func (t *target) holdsNumber(cells []int) bool {
	return slices.ContainsFunc(cells, func(i int) bool {
		_, ok := value.Number(Line(t.Table.Cells[i].Text))
		return ok
	})
}

// unitLabel is the label that names the unit of a column.
func (b *moneyBlock) unitLabel(t *target, k int) int {
	if _, ok := labelUnit(t.Table.Cells[b.header[k]].Text); ok {
		return b.header[k]
	}
	return b.unit
}

// noteInCells tells once that amounts without a column of their own were left
// in cells, if the cell holds one.
func (t *target) noteInCells(cell int) {
	if n, ok := value.Number(Line(t.Table.Cells[cell].Text)); ok && !n.IsZero() {
		t.noteOnce("form.amount_in_cells", "of this form's money the projects have columns for the total, fiscal funds and what was carried over; other funds, "+
			"the initial budget beside an adjusted one, and what was spent stay in cells")
	}
}

// moneyCells returns the cell under each column of the block's header, -1
// where there is none of the row's own. ok is false for a row of a text form
// that has lost cells which cannot be told.
func (t *target) moneyCells(row, label int) (cells []int, ok bool) {
	b := t.block
	lastCol := t.Table.Cells[b.header[len(b.header)-1]].Col
	if t.flat || t.cellAt(row, lastCol) < 0 {
		return t.moneyInOrder(row, label)
	}
	for _, h := range b.header {
		i := t.cellAt(row, t.Table.Cells[h].Col)
		if i == label || i >= 0 && t.Table.Cells[i].Row != row {
			i = -1
		}
		cells = append(cells, i)
	}
	return cells, true
}

// moneyInOrder reads a row that has fewer cells than the header, because a text
// form leaves merged and blank ones out: the cells behind the label are the
// columns in order if there is one for each, or if the one with a percent sign
// stands where the rate of execution does, which proves those before it.
func (t *target) moneyInOrder(row, label int) (cells []int, ok bool) {
	var after, percent []int
	for _, i := range t.ownCells(row) {
		if label >= 0 && t.Table.Cells[i].Col <= t.Table.Cells[label].Col {
			continue
		}
		if strings.HasSuffix(Line(t.Table.Cells[i].Text), "%") {
			percent = append(percent, len(after))
		}
		after = append(after, i)
	}
	if len(after) == len(t.block.header) {
		return after, true
	}
	if rate := t.block.column("execution_rate"); rate < 0 || len(percent) != 1 || percent[0] != rate {
		return nil, false
	}
	for k := range t.block.header {
		if k > percent[0] {
			cells = append(cells, -1)
			continue
		}
		cells = append(cells, after[k])
	}
	return cells, true
}

// ragged tells whether a row has fewer cells than one above it because a text
// form leaves merged cells out of it.
func (t *target) ragged(row, above int) bool {
	cells := t.rowCells(above)
	return len(cells) > 0 && t.cellAt(row, t.Table.Cells[cells[len(cells)-1]].Col) < 0
}

// takePending gives the texts of a row the labels of the row above that found
// no value. A text form leaves out the labels at the side, which are merged
// down: what is left belongs to the last labels, in order.
func (t *target) takePending(row int) bool {
	labels := t.pending
	t.pending = nil
	cells := t.filled(row)
	if len(labels) == 0 || len(cells) > len(labels) || !t.ragged(row, row-1) || t.Table.Cells[labels[0]].Row != row-1 {
		return false
	}
	for _, i := range cells {
		if t.fieldAt(i) != "" {
			return false
		}
	}
	labels = labels[len(labels)-len(cells):]
	for k, i := range cells {
		t.take(t.inBlock(t.fieldAt(labels[k]), labels[k]), i, labels[k])
	}
	t.noteOnce("form.row_realigned", "rows of this text have lost their merged cells; what is left of them was assigned to the last labels above, in order")
	return true
}

// projectCodeRunes is the fewest characters of a project's code that is
// printed before its name: those of the provincial systems, such as
// 51000021R000000019951, have 20 and more.
const projectCodeRunes = 15

// projectRef splits 51092324T000010263357-某项目 into code and name.
func projectRef(text string) (code, name string) {
	n := 0
	for n < len(text) && (text[n] >= '0' && text[n] <= '9' || text[n] >= 'A' && text[n] <= 'Z') {
		n++
	}
	name = strings.TrimLeft(text[n:], " -－—_")
	if n < projectCodeRunes || name == text[n:] || !startsHan(name) && !startsDigit(name) {
		return "", text
	}
	return text[:n], name
}
