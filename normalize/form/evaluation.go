package form

import (
	"slices"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// What a self-evaluation (绩效自评表) says about an indicator beyond its target:
// its weight and what was reached; and where the cells of a row stand when a
// text form has left some out.

// weight reads the points that an indicator counts for. Points that are
// printed once for several rows are none of a single one's.
func (t *target) weight(cell int) record.Decimal {
	c := &t.Table.Cells[cell]
	if c.RowSpan > 1 {
		t.noteOnce("form.weight_shared", "points are printed once for several indicators; they stay in cells")
		return record.Null
	}
	return t.number(t.cellOrigin(cell), strings.TrimRight(Line(c.Text), "分"))
}

// actual reads what was reached as a number in the unit of the indicator's
// value: a plain number, or one with that unit, also in another power of ten
// (元 beside 万元). A number that is only bounded (≥90%), that has another unit,
// or that stands for several values at once is none; what was reached in words
// (达成预期指标) needs no note.
func (t *target) actual(ind *record.Indicator, several bool) record.Decimal {
	parts := value.Parse(ind.ActualRaw, value.Hint{})
	if !slices.ContainsFunc(parts, func(v record.Value) bool { return !v.Number.IsNull() || v.Has(value.FlagNumberUnread) }) {
		return record.Null
	}
	if len(parts) == 1 && !several && isSingle(&parts[0]) {
		if d := inUnitOf(&parts[0], &ind.Value); !d.IsNull() {
			return d
		}
	}
	t.note(ind.Origin, "form.actual_unread", "what was reached is no single number in the unit of the indicator's value; it stays as printed: "+clip(Line(ind.ActualRaw)))
	return record.Null
}

// isSingle tells whether a value is one number and no bound or range.
func isSingle(v *record.Value) bool {
	return v.Kind == record.Quantity && v.Upper.IsNull() && !v.Has(value.FlagNumberUnread) && v.Comparator == record.EQ
}

// inUnitOf returns what was reached in the unit of what was wanted, null if
// the units do not agree. A bare number is in that unit, as its column says.
func inUnitOf(got, want *record.Value) record.Decimal {
	switch {
	case got.UnitRaw == "":
		if !fraction(got, want) {
			return got.Number
		}
	case want.Number.IsNull():
		if got.ScaleExp == 0 {
			return got.Number
		}
	case got.Unit == want.Unit && (got.Unit != "" || got.UnitRaw == want.UnitRaw):
		return got.Number.Shift(got.ScaleExp - want.ScaleExp)
	}
	return record.Null
}

// fraction tells whether a bare number beside a value in percent may be a
// fraction, as spreadsheets hold it: 0.96 or 1 beside 95%.
func fraction(got, want *record.Value) bool {
	one := record.Int(1)
	return want.Unit == "%" && !got.Number.IsZero() && got.Number.Cmp(one) <= 0 && !want.Number.IsNull() && want.Number.Cmp(one) > 0
}

// noteTerms tells once that a form lists indicators twice for one project, of
// the whole term (长期绩效指标) and of the year: the records do not say which.
func (t *target) noteTerms(row int) {
	if len(t.rows) > 0 && t.list == nil && t.fieldAt(t.rowCells(row)[0]) == "indicators" {
		t.noteOnce("form.indicators_twice", "this form has more than one list of indicators for one project, such as those of the whole term and those of the year; "+
			"which list an indicator stands in is told by its row alone")
	}
}

// placedCell is a cell of an indicator row and the column of the header that it
// belongs to.
type placedCell struct{ cell, col int }

// place lays the cells of a row under the columns of its header. ok is false
// if a text form has left cells out and it cannot be told which.
func (t *target) place(g *indicatorGroup, row int) (placed []placedCell, ok bool) {
	for _, i := range t.rowCells(row) {
		if col := t.Table.Cells[i].Col; g.columns[col] != "" {
			placed = append(placed, placedCell{i, col})
		}
	}
	if len(t.groups) > 1 || t.flat || !g.provable() {
		return placed, true
	}
	cols := g.order()
	if t.cellAt(row, cols[len(cols)-1]) >= 0 || len(t.filled(row)) == 0 {
		return placed, true
	}
	if t.list != nil {
		return nil, false
	}
	cells := t.ownCells(row)
	found := t.layings(g, cells, cols)
	if len(found) != 1 {
		return nil, false
	}
	if found[0][0].col != t.Table.Cells[cells[0]].Col {
		t.noteOnce("form.row_realigned", "rows of this text have lost their merged cells; the cells left were laid under the header where signs, units and points fit")
	}
	return found[0], true
}

// layings are the ways to lay cells under columns in order that fit. Only
// levels are merged down, so only they may have been left out at the left.
func (t *target) layings(g *indicatorGroup, cells, cols []int) [][]placedCell {
	var found [][]placedCell
	for shift := range cols {
		if shift > 0 && g.columns[cols[shift-1]] != "level1" && g.columns[cols[shift-1]] != "level2" {
			break
		}
		if laid := lay(cells, cols[shift:]); laid != nil && t.fits(g, laid) {
			found = append(found, laid)
		}
	}
	return found
}

// lay puts cells under columns in order, nil if there are more cells.
func lay(cells, cols []int) []placedCell {
	if len(cells) > len(cols) {
		return nil
	}
	out := make([]placedCell, len(cells))
	for k, i := range cells {
		out[k] = placedCell{i, cols[k]}
	}
	return out
}

// order are the columns of the group from left to right.
func (g *indicatorGroup) order() []int {
	var cols []int
	for col := range g.columns {
		cols = append(cols, col)
	}
	slices.Sort(cols)
	return cols
}

// provable tells whether the group has a column whose cells prove where a row's
// cells stand.
func (g *indicatorGroup) provable() bool {
	return g.has("weight") || g.has("direction") || g.has("comparator")
}

// fits tells whether every cell is what its column asks for, and one of them,
// points or a sign, proves it.
func (t *target) fits(g *indicatorGroup, laid []placedCell) bool {
	proven := false
	for _, c := range laid {
		text := Line(t.Table.Cells[c.cell].Text)
		ok, proof := fitsColumn(g.columns[c.col], text)
		if !ok {
			return false
		}
		proven = proven || proof
	}
	return proven
}

// fitsColumn tells whether a text can stand in a column, and whether it proves
// the column.
func fitsColumn(id, text string) (ok, proof bool) {
	blank := blankNumber(text)
	_, number := value.Number(strings.TrimRight(text, "分%"))
	switch id {
	case "level1", "level2", "level3":
		return !number && (blank || comparatorSign(text) == ""), false
	case "value":
		return text != "", false
	case "weight", "score":
		return blank || number, number && id == "weight"
	case "direction", "comparator":
		sign := !blank && (comparatorSign(text) != "" || direction(text) != "" || containsKey(text, "定量"))
		return blank || sign, sign
	case "unit":
		return blank || !number, false
	}
	return true, false
}
