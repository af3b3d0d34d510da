package form

import (
	"slices"
	"strings"

	"yusuan/normalize/vocab"
)

// wholeDepartment tells whether the form is about all that a department does
// (部门整体): it has no project's name then.
func (t *target) wholeDepartment() bool {
	return slices.ContainsFunc(vocab.Forms(), func(f vocab.Form) bool {
		return f.ID == t.out.Form && slices.ContainsFunc(f.Whole, func(word string) bool { return containsKey(t.out.Title, word) })
	})
}

// titles tells whether a cell is the title of a form, which stands again above
// each of several in one table.
func (t *target) titles(cell int) bool { return performanceTitle(t.Table.Cells[cell].Text) }

// performanceTitle tells whether a text is the title of a form about
// performance.
func performanceTitle(text string) bool {
	return strings.Contains(text, "表") && isTitle(text) && slices.ContainsFunc(vocab.Forms(), func(f vocab.Form) bool {
		return (f.ID == PerformanceTarget || f.ID == PerformanceEvaluation) &&
			slices.ContainsFunc(f.Titles, func(word string) bool { return containsKey(text, word) })
	})
}
