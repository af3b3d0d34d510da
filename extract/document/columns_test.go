package document

import (
	"slices"
	"testing"
)

func TestSettleColumns(t *testing.T) {
	cell := func(row, col, span int) Cell { return Cell{Row: row, Col: col, RowSpan: 1, ColSpan: span} }
	for name, c := range map[string]struct {
		cols   int
		cells  []Cell
		want   []Cell
		column []int
	}{
		"nothing to leave out": {2, []Cell{cell(0, 0, 1), cell(0, 1, 1)}, []Cell{cell(0, 0, 1), cell(0, 1, 1)}, nil},
		"no cells":             {2, nil, nil, nil},
		"never divided":        {4, []Cell{cell(0, 0, 3), cell(0, 3, 1), cell(1, 0, 4)}, []Cell{cell(0, 0, 1), cell(0, 1, 1), cell(1, 0, 2)}, []int{0, 0, 0, 1}},
		"never filled":         {5, []Cell{cell(0, 1, 2), cell(1, 1, 1), cell(1, 2, 1)}, []Cell{cell(0, 0, 2), cell(1, 0, 1), cell(1, 1, 1)}, []int{0, 0, 1, 2, 2}},
		"a gap stays":          {4, []Cell{cell(0, 0, 1), cell(0, 3, 1)}, []Cell{cell(0, 0, 1), cell(0, 2, 1)}, []int{0, 1, 1, 2}},
	} {
		table := Table{Rows: 2, Cols: c.cols, Cells: slices.Clone(c.cells)}
		column := table.settleColumns()
		if !slices.Equal(column, c.column) || !slices.Equal(table.Cells, c.want) {
			t.Errorf("%s: got %v %+v, want %v %+v", name, column, table.Cells, c.column, c.want)
		}
		if last := len(c.want) - 1; last >= 0 && column != nil && table.Cols < c.want[last].Col+c.want[last].ColSpan {
			t.Errorf("%s: %d columns are left", name, table.Cols)
		}
	}
}

func TestSettleColumnsMovesNotes(t *testing.T) {
	d := Document{
		Blocks: []Block{&Paragraph{}, &Table{Rows: 1, Cols: 3, Cells: []Cell{{RowSpan: 1, ColSpan: 2}, {Col: 2, RowSpan: 1, ColSpan: 1}}}},
		Notes:  []Note{{At: AtCell(1, 0, 2)}, {At: AtCell(1, 0, -1)}, {At: AtCell(0, 0, 2)}, {At: Nowhere}},
	}
	d.SettleColumns(1)
	if got := []int{d.Notes[0].At.Col, d.Notes[1].At.Col, d.Notes[2].At.Col, d.Notes[3].At.Col}; !slices.Equal(got, []int{1, -1, 2, -1}) {
		t.Errorf("the notes are at %v", got)
	}
}
