package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// grid makes a table on pages of rows that are written "a|b|c"; every text is a
// cell of its own, an empty one too.
func grid(page, last int, rows ...string) table {
	t := table{Page: page, LastPage: last, Rows: len(rows)}
	for r, row := range rows {
		for k, text := range strings.Split(row, "|") {
			t.Cells = append(t.Cells, cell{r, k, 1, 1, text})
			t.Cols = max(t.Cols, k+1)
		}
	}
	return t
}

// plainGrid is a grid as a tool without sizes and empty cells gives it.
func plainGrid(page, last int, rows ...string) table {
	t := grid(page, last, rows...)
	t.Rows, t.Cols = 0, 0
	t.Cells = slices.DeleteFunc(t.Cells, func(c cell) bool { return c.text == "" })
	return t
}

// with changes one cell of a table.
func with(t table, i int, change func(*cell)) table {
	t.Cells = slices.Clone(t.Cells)
	change(&t.Cells[i])
	return t
}

func TestCells(t *testing.T) {
	one := grid(1, 1, "收入|金额", "财政拨款|100", "合计|")    // 5 filled
	two := grid(2, 3, "支出|金额", "基本支出|60", "项目支出|40") // 6 filled
	span := with(one, 0, func(c *cell) { c.colSpan = 2 })
	truth := []table{one, two}
	for _, c := range []struct {
		name                    string
		got                     []table
		found, predicted, whole int
	}{
		{"perfect", []table{one, two}, 11, 11, 2},
		{"the other order", []table{two, one}, 11, 11, 2},
		{"one text off", []table{with(one, 3, func(c *cell) { c.text = "1000" }), two}, 10, 11, 1},
		{"one cell a column off", []table{with(one, 3, func(c *cell) { c.col = 2 }), two}, 10, 11, 1},
		{"a wrong span", []table{span, two}, 10, 11, 1},
		{"an empty cell with a wrong span", []table{with(one, 5, func(c *cell) { c.colSpan = 2 }), two}, 11, 11, 1},
		{"a table split in two", []table{one, grid(2, 2, "支出|金额", "基本支出|60"), grid(3, 3, "项目支出|40")}, 9, 11, 1},
		{"a table beyond the truth", []table{one, two, grid(4, 4, "目录|1")}, 11, 13, 2},
		{"the same table twice", []table{one, one, two}, 11, 16, 2},
		{"a cell twice", []table{{Page: 1, Cells: append(slices.Clone(one.Cells), one.Cells[0])}, two}, 11, 12, 1},
		{"a missing table", []table{two}, 6, 6, 1},
		{"nothing", nil, 0, 0, 0},
		{"on the wrong page", []table{grid(9, 9, "收入|金额", "财政拨款|100", "合计|"), two}, 6, 11, 1},
		{"no pages, as in Word", []table{grid(0, 0, "收入|金额", "财政拨款|100", "合计|"), grid(0, 0, "支出|金额", "基本支出|60", "项目支出|40")}, 11, 11, 2},
		{"no pages and the other order", []table{grid(0, 0, "支出|金额", "基本支出|60", "项目支出|40"), grid(0, 0, "收入|金额", "财政拨款|100", "合计|")}, 11, 11, 2},
		{"no empty cells and no sizes", []table{plainGrid(1, 0, "收入|金额", "财政拨款|100", "合计|"), two}, 11, 11, 2},
		{"too many rows", []table{{Page: 1, Rows: 4, Cols: 2, Cells: one.Cells}, two}, 11, 11, 1},
		{"on one page of two", []table{one, plainGrid(3, 3, "支出|金额", "基本支出|60", "项目支出|40")}, 11, 11, 2},
	} {
		r := &result{}
		r.scoreCells(truth, c.got)
		want := []score{{"cells_f1", 2 * c.found, 11 + c.predicted}, {"cells_precision", c.found, c.predicted}, {"cells_recall", c.found, 11}, {"tables_whole", c.whole, 2}}
		if !slices.Equal(r.scores, want) {
			t.Errorf("%s: got %v, want %v; %q", c.name, r.scores, want, r.differences)
		}
		if good := c.found == 11 && c.predicted == 11 && c.whole == 2; good != (len(r.differences) == 0) {
			t.Errorf("%s: differences %q", c.name, r.differences)
		}
	}
}

// TestPairTables has two predictions for each of two tables: the whole pairing
// goes by the greatest overlap, not by who comes first.
func TestPairTables(t *testing.T) {
	a, b := grid(1, 1, "甲|乙|丙"), grid(1, 1, "甲|乙|丁")
	if got := pairTables([]table{a, b}, []table{grid(1, 1, "甲|乙|丁"), grid(1, 1, "甲|乙")}); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("got %v", got)
	}
	if got := pairTables([]table{a, a}, []table{a, a}); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("equal tables: got %v", got)
	}
	if got := pairTables([]table{a}, []table{grid(1, 1, "戊")}); !slices.Equal(got, []int{-1}) {
		t.Errorf("nothing in common: got %v", got)
	}
}

func TestCellJSON(t *testing.T) {
	var c cell
	if err := json.Unmarshal([]byte(`[2, 1, 1, 3, "一、 收 入\n合计"]`), &c); err != nil || c != (cell{2, 1, 1, 3, "一、收入合计"}) {
		t.Errorf("%v, %v", c, err)
	}
	if err := json.Unmarshal([]byte(`[2, 1, 0, 0, "x"]`), &c); err != nil || c != (cell{2, 1, 1, 1, "x"}) {
		t.Errorf("spans of 0: %v, %v", c, err)
	}
	for _, bad := range []string{`[1, 2, "x"]`, `[1, 2, 3, 4, "x", 5]`, `["a", 2, 1, 1, "x"]`, `{}`} {
		if json.Unmarshal([]byte(bad), &c) == nil {
			t.Errorf("%s was taken for a cell", bad)
		}
	}
}

func TestRowCells(t *testing.T) {
	want := []table{grid(0, 0, "项目|甲", "|乙"), grid(0, 0, "丙|丙")}
	for _, c := range []struct {
		name     string
		got      []table
		n, total int
	}{
		{"other columns", []table{grid(0, 0, "项目||甲", "乙"), grid(0, 0, "丙|丙")}, 10, 10},
		{"another row", []table{grid(0, 0, "项目|甲|乙"), grid(0, 0, "丙|丙")}, 8, 10},
		{"one of two equal ones", []table{grid(0, 0, "项目|甲", "|乙"), grid(0, 0, "丙")}, 8, 9},
		{"a table too many", []table{grid(0, 0, "项目|甲", "|乙"), grid(0, 0, "丙|丙"), grid(0, 0, "丁")}, 10, 11},
		{"none", nil, 0, 5},
	} {
		r := &result{}
		r.scoreRowCells(want, c.got)
		if s, _ := r.get("row_cells_f1"); s.n != c.n || s.m != c.total {
			t.Errorf("%s: %d of %d, want %d of %d; %q", c.name, s.n, s.m, c.n, c.total, r.differences)
		}
	}
}

func TestMultiset(t *testing.T) {
	r := &result{}
	multiset(r, "lines_f1", []string{"a", "a", "b"}, []string{"a", "c", "b", "b"})
	if r.scores[0] != (score{"lines_f1", 4, 7}) {
		t.Errorf("got %v", r.scores)
	}
	want := `["lines_f1: missed a" "lines_f1: beyond the truth: c" "lines_f1: beyond the truth: b"]`
	if got := fmt.Sprintf("%q", r.differences); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
