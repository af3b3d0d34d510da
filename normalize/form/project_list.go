package form

import (
	"maps"
	"slices"
)

// projectList is a table that lists the indicators of several projects
// (部门预算项目绩效目标表): what is said of a project stands in columns beside
// those of its indicators, merged down over them or in its first row.
type projectList struct {
	// columns are the project's fields by grid column, labels their header
	// cells.
	columns map[int]string
	labels  map[int]int
	// begun tells that a project was met.
	begun bool
	// unit is the organisation that stands above the table for all projects.
	unit OrgRef
}

// listFields are the fields of a project that can stand in columns, and what
// they mean there.
var listFields = map[string]string{
	"project_name": "project_name", "project_code": "project_code", "unit_name": "unit_name", "department": "department",
	"category": "category", "nature": "nature", "annual_goal": "annual_goal", "overall_goal": "overall_goal", "goals": "goals", "purpose": "purpose",
	"total": "total", "funds": "total", "fiscal": "fiscal", "other": "other", "carryover": "carryover",
	"year_total": "year_total", "year_fiscal": "year_fiscal", "start_date": "start_date", "end_date": "end_date",
}

// beginList takes the header of the indicators for that of a list of projects
// if a project's name is a column of it, too.
func (t *target) beginList(row int) {
	list := &projectList{columns: map[int]string{}, labels: map[int]int{}}
	for _, i := range t.rowCells(row) {
		if to := listFields[t.fieldAt(i)]; to != "" {
			list.columns[t.Table.Cells[i].Col], list.labels[t.Table.Cells[i].Col] = to, i
		}
	}
	cols := slices.Sorted(maps.Keys(list.columns))
	if !slices.ContainsFunc(cols, func(col int) bool { return list.columns[col] == "project_name" }) {
		return
	}
	for _, col := range cols {
		t.label(list.labels[col])
	}
	if t.list != nil {
		list.begun = t.list.begun // the header again, on another page
		list.unit = t.list.unit
	} else if len(t.rows) == 0 {
		// What was taken from below the labels is the first project's alone.
		list.unit = OrgRef{Code: t.project.UnitCode, Name: t.project.UnitName}
		t.begin(-1)
	}
	t.list = list
}

// listRow takes what a row says of its project. A name other than that of the
// project being read begins another.
func (t *target) listRow(row int) {
	cols := slices.Sorted(maps.Keys(t.list.columns))
	own := func(col int) int {
		i := t.cellAt(row, col)
		if i < 0 || t.Table.Cells[i].Row != row || t.Table.Cells[i].Col != col || t.blank(i) {
			return -1
		}
		return i
	}
	for _, col := range cols {
		i := own(col)
		if t.list.columns[col] != "project_name" || i < 0 {
			continue
		}
		_, name := projectRef(Name(t.Table.Cells[i].Text))
		switch {
		case !t.list.begun:
			t.project.Origin = t.origin(row, -1)
		case name != t.project.Name:
			t.another(row)
		}
		t.list.begun = true
	}
	for _, col := range cols {
		id, i := t.list.columns[col], own(col)
		if i < 0 {
			continue
		}
		t.out.FieldOf[i] = id
		if !t.seen[id] { // a text form repeats it in every row
			t.take(id, i, t.list.labels[col])
		}
	}
	t.project.UnitCode = firstText(t.project.UnitCode, t.list.unit.Code)
	t.project.UnitName = firstText(t.project.UnitName, t.list.unit.Name)
}

// another begins the next project of a list.
func (t *target) another(row int) {
	groups := t.groups
	t.finish()
	t.begin(row)
	for _, g := range groups {
		g.levels = [3]string{}
	}
	t.groups = groups
}
