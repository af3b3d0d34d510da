package form

import "slices"

// taskBlock is the block of a whole-department form (部门整体支出绩效目标表) that
// lists the department's tasks (年度主要任务): a header in one row or two, a row
// for each task, and mostly one that adds them up. Only the latter speaks of
// what the form is about.
type taskBlock struct {
	// columns are the money fields by grid column, labels their header cells.
	columns map[int]string
	labels  map[int]int
}

// taskFields are the amounts of a task.
var taskFields = map[string]bool{"total": true, "fiscal": true, "other": true, "year_total": true, "year_fiscal": true, "amount": true, "budget_amount": true}

// taskHeader begins a block of tasks if the row is its header: the label of
// the task's name beside that of its content or its money.
func (t *target) taskHeader(row int) bool {
	if t.groups != nil || !slices.ContainsFunc(t.grid[row], func(i int) bool { return i >= 0 && t.fieldAt(i) == "activity" }) {
		return false
	}
	cells := t.filled(row)
	name := slices.ContainsFunc(cells, func(i int) bool { return t.fieldAt(i) == "activity" && t.Table.Cells[i].Col > 0 })
	beside := slices.ContainsFunc(cells, func(i int) bool { id := t.fieldAt(i); return taskFields[id] || id == "purpose" })
	if !name || !beside || slices.ContainsFunc(cells, func(i int) bool { return t.fieldAt(i) == "" }) {
		return false
	}
	t.takeSide(row, t.rowCells(row))
	t.tasks, t.pending = &taskBlock{columns: map[int]string{}, labels: map[int]int{}}, nil
	t.addTaskLabels(cells)
	return true
}

func (t *target) addTaskLabels(cells []int) {
	for _, i := range cells {
		t.label(i)
		if c := &t.Table.Cells[i]; taskFields[t.fieldAt(i)] {
			t.tasks.columns[c.Col], t.tasks.labels[c.Col] = t.fieldAt(i), i
		}
	}
}

// taskRow reads a row of the block. It ends the block and returns false at the
// next label at the side.
func (t *target) taskRow(row int) bool {
	cells := t.filled(row)
	if len(cells) == 0 {
		return true
	}
	if slices.IndexFunc(cells, func(i int) bool { return t.fieldAt(i) == "" }) < 0 {
		if t.Table.Cells[cells[0]].Col > 0 {
			t.addTaskLabels(cells) // the second row of the header
			return true
		}
	}
	sum := isTotal(t.Table.Cells[cells[0]].Text)
	if id := t.fieldAt(cells[0]); id != "" && !sum {
		t.tasks = nil
		return false
	}
	for _, i := range cells {
		col := t.Table.Cells[i].Col
		id := t.tasks.columns[col]
		switch {
		case id == "":
		case sum:
			t.take(id, i, t.tasks.labels[col])
		default:
			t.out.FieldOf[i] = id
			t.noteOnce("form.tasks_in_cells", "the tasks of this whole-department form have no table of their own; they stay in cells")
		}
	}
	return true
}
