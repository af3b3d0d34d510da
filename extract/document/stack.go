package document

// StackedWidths returns how many columns each of the n cells of a header row
// spans that stands over a longer one, when their numbers prove it: a blank
// cell of the lower row continues the cell above it, and a run of filled cells
// divides the cell above it; if there are as many blanks and runs as cells
// above, each belongs to one.
//
//	来源        | 品名 | 数量 | 金额
//	项目 | 资金 |      |      | 总计 | 其他
//
// blank and widths describe the cells of the lower row. ok is false if the
// numbers do not agree.
func StackedWidths(n int, blank []bool, widths []int) (upper []int, ok bool) {
	if n >= len(blank) {
		return nil, false
	}
	inRun := false
	for i, b := range blank {
		if b || !inRun {
			upper = append(upper, 0)
		}
		upper[len(upper)-1] += widths[i]
		inRun = !b
	}
	return upper, len(upper) == n
}
