package form

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/value"
)

// role is what a column of a statutory table holds.
type role int

const (
	roleNone  role = iota // nothing that a line needs
	roleCode              // codes, or one level of them
	roleName              // names
	roleMoney             // amounts
)

// budgetColumn is a column with the labels above it.
type budgetColumn struct {
	role role
	// labels are the header cells above, the lowest first; ids are their
	// fields, path their texts from the top, joined by "/".
	labels []int
	ids    []string
	path   string
}

// low is the field of the lowest label.
func (c *budgetColumn) low() string {
	if len(c.ids) == 0 {
		return ""
	}
	return c.ids[0]
}

// budgetBlock is a part of the table with names of its own: the revenue or the
// expenditure of a 收支总表.
type budgetBlock struct {
	codes, names, money []int
}

// namesOf are fields whose columns hold texts, never amounts.
var namesOf = []string{"name", "project_name", "item", "item_name", "unit_name", "department", "category", "item_category",
	"economic_subject", "function_subject", "nature", "remark", "reason", "purpose", "description", "procurement_form",
	"procurement_method", "specification", "unit_raw", "unit"}

// asides are fields whose columns hold texts that name no line.
var asides = []string{"remark", "reason", "purpose", "description", "procurement_form", "procurement_method", "nature",
	"specification", "unit_raw", "unit", "department", "project_source", "fund_source"}

// counts are fields whose numbers are not money.
var counts = []string{"serial_no", "share", "change_rate", "execution_rate", "completion_rate", "score_rate", "quantity", "fiscal_year",
	"vehicles_kept", "vehicles_purchased", "reception_persons", "reception_batches", "overseas_groups", "overseas_persons",
	"staff_quota", "staff_actual", "statistics", "weight", "score", "unit_price", "required_date", "unit_code", "department_code",
	"project_code", "catalogue_code", "form_no", "is_service", "period"}

// layOut finds out what every column holds and which belong together. It
// returns false if the header does not fit the columns below.
func (b *budget) layOut() bool {
	b.columns = make([]budgetColumn, b.Table.Cols)
	for col := range b.columns {
		c := &b.columns[col]
		c.labels = b.labelsOf(b.header, col)
		for _, i := range c.labels {
			c.ids = append(c.ids, b.columnID(i))
		}
		c.settleChange()
		var ok bool
		if c.role, ok = b.roleOf(col); !ok {
			b.note(b.origin(b.header.start, col), "form.header_misaligned",
				"numbers stand below the label of a name: the header does not fit its columns, and no line was read")
			return false
		}
	}
	b.split()
	if !b.spread() {
		return false
	}
	b.straighten()
	for col := range b.columns {
		c := &b.columns[col]
		c.path = b.path(c.labels)
		if c.role == roleMoney && b.measure(c) == "" && b.content(col).numbers > 0 {
			b.note(b.origin(b.header.start, col), "form.measure_unknown", "the amounts below "+clip(c.path)+" have no measure that is known")
		}
	}
	return true
}

// roleOf tells what a column holds by its label and its content. It returns
// false if the two contradict each other.
func (b *budget) roleOf(col int) (r role, ok bool) {
	c := &b.columns[col]
	st := b.content(col)
	low := c.low()
	texts := slices.Contains(namesOf, low)
	switch {
	case low == "code" || b.isLevel(c) || st.onlyCodes() && (len(c.labels) == 0 || texts):
		return roleCode, true
	case slices.Contains(counts, low), c.isChangeRate():
		return roleNone, true
	case st.texts > st.numbers || st.numbers == 0 && texts:
		if slices.Contains(asides, low) {
			return roleNone, true
		}
		return roleName, true
	case texts && !b.moneyAbove(c):
		return roleNone, false
	}
	return b.moneyRole(col, st), true
}

// moneyAbove tells whether a label that mostly is one of names stands below one
// of amounts (专项 below 项目支出): what it says of names does not hold then, and
// is forgotten.
func (b *budget) moneyAbove(c *budgetColumn) bool {
	for _, id := range c.ids[1:] {
		if !slices.Contains(sides, id) && !slices.Contains(namesOf, id) && !slices.Contains(counts, id) && id != "code" {
			c.ids[0] = "subtotal"
			return true
		}
	}
	return false
}

// moneyRole tells whether a column of numbers is one of amounts: it must have
// a label, and hold more than years.
func (b *budget) moneyRole(col int, st contentCount) role {
	switch {
	case len(b.columns[col].labels) == 0:
		if st.numbers > st.serials {
			b.note(b.origin(b.header.end, col), "form.column_unlabelled", "a column of numbers has no label; it is left out of the lines")
		}
		return roleNone
	case st.numbers > 1 && st.numbers == st.years:
		b.note(b.origin(b.header.end, col), "form.column_years", "a column of years is left out of the lines")
		return roleNone
	}
	return roleMoney
}

// isLevel tells whether a column is one level of a code that is split: 类, 款,
// 项 below 科目编码.
func (b *budget) isLevel(c *budgetColumn) bool {
	return len(c.labels) > 0 && b.isLevelName(c.labels[0])
}

// contentCount counts what stands in a column below the header.
type contentCount struct{ numbers, serials, texts, codes, years, totals int }

// onlyCodes tells whether nothing but codes, and totals in place of one,
// stands in a column.
func (n contentCount) onlyCodes() bool {
	return n.numbers > 0 && n.numbers == n.codes && n.texts <= n.totals
}

func (b *budget) content(col int) contentCount {
	var n contentCount
	for row := b.header.end; row < b.Table.Rows; row++ {
		i := b.cellAt(row, col)
		if i < 0 || b.header.index[row] || b.Table.Cells[i].Row != row || b.Table.Cells[i].Col != col {
			continue
		}
		text := Line(b.Table.Cells[i].Text)
		if blankNumber(text) {
			continue
		}
		if _, number := value.Number(text); !number {
			n.texts++
			if isSum(Name(text)) {
				n.totals++
			}
			continue
		}
		n.numbers++
		if text == strconv.Itoa(n.numbers) {
			n.serials++
		}
		if codeLevel(text) > 0 {
			n.codes++
		}
		if len(text) == 4 && (strings.HasPrefix(text, "19") || strings.HasPrefix(text, "20")) {
			n.years++
		}
	}
	return n
}

// split cuts the columns into blocks: one begins where codes or names follow
// amounts. A 政府采购 table is one block: what is bought stands behind the
// project's own amount.
func (b *budget) split() {
	var k *budgetBlock
	for col := range b.columns {
		r := b.columns[col].role
		if r == roleNone {
			continue
		}
		if k == nil || r != roleMoney && len(k.money) > 0 && b.out.Form != ProcurementForm {
			b.blocks = append(b.blocks, budgetBlock{})
			k = &b.blocks[len(b.blocks)-1]
		}
		switch r {
		case roleCode:
			k.codes = append(k.codes, col)
		case roleName:
			k.names = append(k.names, col)
		case roleMoney:
			k.money = append(k.money, col)
		}
	}
	b.blocks = slices.DeleteFunc(b.blocks, func(k budgetBlock) bool { return len(k.money) == 0 })
	for i := range b.blocks {
		b.firstClassification(&b.blocks[i])
	}
}

// firstClassification leaves a block the codes and names of one classification.
// Codes behind names are those of another (政府预算经济分类 beside
// 部门预算经济分类): joined they would be no code at all.
func (b *budget) firstClassification(k *budgetBlock) {
	for n := 1; n < len(k.codes); n++ {
		second := k.codes[n]
		if !slices.ContainsFunc(k.names, func(col int) bool { return k.codes[n-1] < col && col < second }) {
			continue
		}
		b.noteOnce("form.second_classification", "the rows have codes of two classifications; the lines have those of the first")
		k.codes = k.codes[:n]
		k.names = slices.DeleteFunc(k.names, func(col int) bool { return col > second })
		return
	}
}

// spread puts the labels of header rows without spans over the blocks, if
// there is one for each. It returns false where it cannot be told which label
// stands over which block.
func (b *budget) spread() bool {
	for row := b.header.end - 1; row >= b.header.start; row-- {
		if b.header.index[row] || !b.isShortRow(b.header, row) {
			continue
		}
		cells := slices.DeleteFunc(b.filled(row), func(i int) bool {
			return slices.Contains(counts, b.known(b.out.Form, b.Table.Cells[i].Text))
		})
		if len(cells) != len(b.blocks) {
			b.note(b.origin(row, -1), "form.header_misaligned",
				"the cells of a header row do not stand above their columns, and their number does not fit; no line was read")
			return false
		}
		for k := range b.blocks {
			for _, col := range slices.Concat(b.blocks[k].codes, b.blocks[k].names, b.blocks[k].money) {
				c := &b.columns[col]
				c.labels = append(c.labels, cells[k])
				c.ids = append(c.ids, b.columnID(cells[k]))
			}
		}
	}
	return true
}

// straighten takes a label that is drawn too wide away from the amounts of the
// block before: it stands over an amount of that block, over none of its names,
// and over the names of the next block (功能分类 one column wide, 支出用途 three).
// The label beside it, over the block's own names, takes its place. Such headers
// stand in budgets of 2019 whose blocks each are a name and an amount.
func (b *budget) straighten() {
	for k := range len(b.blocks) - 1 {
		own := slices.Concat(b.blocks[k].codes, b.blocks[k].names)
		next := slices.Concat(b.blocks[k+1].codes, b.blocks[k+1].names)
		if len(own) == 0 || len(next) == 0 {
			continue
		}
		for _, col := range b.blocks[k].money {
			for n, i := range b.columns[col].labels {
				if b.over(i, own) || !b.over(i, next) {
					continue
				}
				label := b.cellAt(b.Table.Cells[i].Row, own[0])
				if label < 0 || b.blank(label) || !slices.Contains(b.columns[own[0]].labels, label) {
					continue
				}
				b.columns[col].labels[n] = label
				b.columns[col].ids[n] = b.columnID(label)
				b.note(b.cellOrigin(i), "form.header_straddles", "the label "+Line(b.Table.Cells[i].Text)+
					" reaches over an amount of the names before it; the label of those names was taken for it")
			}
		}
	}
}

// over tells whether a cell stands over one of some columns.
func (b *budget) over(cell int, cols []int) bool {
	c := &b.Table.Cells[cell]
	return slices.ContainsFunc(cols, func(col int) bool { return c.Col <= col && col < c.Col+c.ColSpan })
}

// path joins the texts of labels from the top.
func (b *budget) path(labels []int) string {
	var parts []string
	for _, i := range slices.Backward(labels) {
		if t := Name(b.Table.Cells[i].Text); len(parts) == 0 || parts[len(parts)-1] != t {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, "/")
}
