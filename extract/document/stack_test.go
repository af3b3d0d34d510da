package document

import (
	"slices"
	"testing"
)

func TestStackedWidths(t *testing.T) {
	const b, f = true, false
	ones := func(n int) []int { return slices.Repeat([]int{1}, n) }
	for _, c := range []struct {
		n     int
		blank []bool
		want  []int
	}{
		{4, []bool{f, f, b, b, f, f}, []int{2, 1, 1, 2}},
		{3, []bool{f, f, b, b, f, f}, nil}, // four groups over three cells
		{2, []bool{f, f}, nil},             // as long as the row below
		{1, []bool{f, f, f}, []int{3}},
	} {
		got, ok := StackedWidths(c.n, c.blank, ones(len(c.blank)))
		if ok != (c.want != nil) || ok && !slices.Equal(got, c.want) {
			t.Errorf("StackedWidths(%d, %v) = %v, %v; want %v", c.n, c.blank, got, ok, c.want)
		}
	}
}
