package form

import "testing"

// A table with the title of a form about performance, whose labels are not
// where such a form has them, is told of; one with another title is not.
func TestUnrecognised(t *testing.T) {
	g := grid("甲|乙|丙", "一|1.00|2.00")
	expect(t, "notes", codes(read(g, "项目支出绩效目标表").Notes), []string{"form.unrecognised"})
	if r := read(g, "人员情况表"); len(r.Notes) > 0 {
		t.Errorf("notes %v", codes(r.Notes))
	}
}
