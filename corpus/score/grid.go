package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// cell is a cell of a grid; text is without blanks, which no score counts.
type cell struct {
	row, col, rowSpan, colSpan int
	text                       string
}

// UnmarshalJSON reads [row, col, rowspan, colspan, text].
func (c *cell) UnmarshalJSON(data []byte) error {
	parts := []any{&c.row, &c.col, &c.rowSpan, &c.colSpan, &c.text}
	if err := json.Unmarshal(data, &parts); err != nil {
		return fmt.Errorf("a cell must be [row, col, rowspan, colspan, text]: %w", err)
	}
	if len(parts) != 5 {
		return fmt.Errorf("a cell must be [row, col, rowspan, colspan, text], not %s", data)
	}
	c.rowSpan, c.colSpan, c.text = max(1, c.rowSpan), max(1, c.colSpan), noBlanks(c.text)
	return nil
}

func (c cell) String() string {
	return fmt.Sprintf("r%dc%d %dx%d %q", c.row, c.col, c.rowSpan, c.colSpan, c.text)
}

// noBlanks drops blanks.
func noBlanks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// table is a grid on pages; 0 is an unknown page, and an unknown size.
type table struct {
	Page       int `json:"first_page"`
	LastPage   int `json:"last_page"`
	Rows, Cols int
	Cells      []cell
}

// filled counts the cells that are not empty.
func (t *table) filled() int {
	n := 0
	for _, c := range t.Cells {
		if c.text != "" {
			n++
		}
	}
	return n
}

// meets tells whether two tables may stand at the same place: they share a
// page, or the pages of one are not known.
func (t *table) meets(o *table) bool {
	if t.Page == 0 || o.Page == 0 {
		return true
	}
	return t.Page <= max(o.Page, o.LastPage) && o.Page <= max(t.Page, t.LastPage)
}

// pairTables pairs true tables with predicted ones, each with at most one: of
// all pairs that may stand at the same place, the one whose cells share most
// text goes first, the earlier of equals. It returns for each true table the
// index of the predicted one, -1 for none.
func pairTables(want, got []table) []int {
	type pair struct{ i, j, shared int }
	var pairs []pair
	gotTexts := make([]map[string]int, len(got))
	for j := range got {
		gotTexts[j] = texts(got[j].Cells)
	}
	for i := range want {
		mine := texts(want[i].Cells)
		for j := range got {
			if !want[i].meets(&got[j]) {
				continue
			}
			if n := shared(mine, gotTexts[j]); n > 0 {
				pairs = append(pairs, pair{i, j, n})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.shared, a.shared) })
	out, used := make([]int, len(want)), make([]bool, len(got))
	for i := range out {
		out[i] = -1
	}
	for _, p := range pairs {
		if out[p.i] < 0 && !used[p.j] {
			out[p.i], used[p.j] = p.j, true
		}
	}
	return out
}

func texts(cells []cell) map[string]int {
	m := map[string]int{}
	for _, c := range cells {
		if c.text != "" {
			m[c.text]++
		}
	}
	return m
}

// shared is the length of the texts that two lists have in common.
func shared(a, b map[string]int) int {
	n := 0
	for text, count := range a {
		n += min(count, b[text]) * len(text)
	}
	return n
}

// scoreCells scores the cells of all tables: a true cell is found when the
// predicted table at its place has a cell at the same row and column with the
// same spans and text. It returns the pairs of tables.
func (r *result) scoreCells(want, got []table) []int {
	pairs := pairTables(want, got)
	found, wanted, predicted, whole := 0, 0, 0, 0
	for j := range got {
		predicted += got[j].filled()
		if !slices.Contains(pairs, j) {
			r.differ("cells", "%s is no table of the truth: %d cells", got[j].name(j), got[j].filled())
		}
	}
	for i := range want {
		wanted += want[i].filled()
		if pairs[i] < 0 {
			r.differ("cells", "%s was not found: %d cells", want[i].name(i), want[i].filled())
			continue
		}
		n, same := r.compareGrids(want[i].name(i), &want[i], &got[pairs[i]])
		found += n
		if same {
			whole++
		}
	}
	r.add("cells_f1", 2*found, wanted+predicted)
	r.add("cells_precision", found, predicted)
	r.add("cells_recall", found, wanted)
	r.add("tables_whole", whole, len(want))
	return pairs
}

func (t *table) name(i int) string {
	if t.Page == 0 {
		return fmt.Sprintf("table %d", i+1)
	}
	return fmt.Sprintf("table %d p%d", i+1, t.Page)
}

// compareGrids counts the filled cells of a true table that the predicted one
// has, and tells whether the two match whole: no filled cell is missing or
// beyond the truth, and neither are empty cells, unless the prediction gives
// none at all; sizes are compared where both are known.
func (r *result) compareGrids(name string, want, got *table) (found int, whole bool) {
	have := map[cell]int{}
	empties := false
	for _, c := range got.Cells {
		have[c]++
		empties = empties || c.text == ""
	}
	whole = true
	if want.Rows*got.Rows > 0 && (want.Rows != got.Rows || want.Cols != got.Cols) {
		whole = false
		r.differ("cells", "%s: want %d rows and %d columns, got %d and %d", name, want.Rows, want.Cols, got.Rows, got.Cols)
	}
	for _, c := range want.Cells {
		if c.text == "" && !empties {
			continue
		}
		if have[c] == 0 {
			whole = false
			r.differ("cells", "%s: want %v", name, c)
			continue
		}
		have[c]--
		if c.text != "" {
			found++
		}
	}
	for _, c := range got.Cells {
		if have[c] > 0 {
			have[c]--
			whole = false
			r.differ("cells", "%s: got  %v", name, c)
		}
	}
	return found, whole
}

// rowCell is a cell of which the column is not known.
type rowCell struct {
	// table is the index of the true table, beyond all of them for others.
	table, row int
	text       string
}

func (c rowCell) String() string { return fmt.Sprintf("table %d row %d %q", c.table+1, c.row, c.text) }

// scoreRowCells scores cells by row and text alone, for truth that knows no
// columns and no spans.
func (r *result) scoreRowCells(want, got []table) {
	var wanted, predicted []rowCell
	place := map[int]int{}
	for i, j := range pairTables(want, got) {
		place[j] = i
		for _, c := range want[i].Cells {
			if c.text != "" {
				wanted = append(wanted, rowCell{i, c.row, c.text})
			}
		}
	}
	for j := range got {
		i, paired := place[j]
		if !paired {
			i = len(want) + j
		}
		for _, c := range got[j].Cells {
			if c.text != "" {
				predicted = append(predicted, rowCell{i, c.row, c.text})
			}
		}
	}
	multiset(r, "row_cells_f1", wanted, predicted)
}

// multiset scores two lists in which the order does not matter by F1.
func multiset[K comparable](r *result, metric string, want, got []K) {
	have := map[K]int{}
	for _, k := range got {
		have[k]++
	}
	found := 0
	for _, k := range want {
		if have[k] == 0 {
			r.differ(metric, "missed %v", k)
			continue
		}
		have[k]--
		found++
	}
	for _, k := range got {
		if have[k] > 0 {
			have[k]--
			r.differ(metric, "beyond the truth: %v", k)
		}
	}
	r.add(metric, 2*found, len(want)+len(got))
}
