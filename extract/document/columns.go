package document

// SettleColumns leaves out the columns of a table in which no cell begins or
// ends, as there are where a file counts more columns than the page shows:
// formats that store boundaries instead of counts do not have them. The notes
// on the table's cells follow.
func (d *Document) SettleColumns(block int) {
	column := d.Blocks[block].(*Table).settleColumns()
	if column == nil {
		return
	}
	for i := range d.Notes {
		if at := &d.Notes[i].At; at.Block == block && at.Col >= 0 && at.Col < len(column) {
			at.Col = column[at.Col]
		}
	}
}

// settleColumns returns the new column for each old one, and nil if nothing
// changed.
func (t *Table) settleColumns() []int {
	used := make([]bool, t.Cols+1)
	for i := range t.Cells {
		c := &t.Cells[i]
		used[c.Col], used[c.Col+c.ColSpan] = true, true
	}
	column := make([]int, len(used))
	n := -1
	for i, u := range used {
		if u {
			n++
		}
		column[i] = max(n, 0)
	}
	if n == t.Cols || n < 0 {
		return nil
	}
	for i := range t.Cells {
		c := &t.Cells[i]
		end := column[c.Col+c.ColSpan]
		c.Col = column[c.Col]
		c.ColSpan = end - c.Col
	}
	t.Cols = n
	return column[:len(used)-1]
}
