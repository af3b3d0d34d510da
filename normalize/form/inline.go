package form

import "strings"

// inlineFields are the fields whose label and value stand in one cell. Others
// are left out: sentences of goals hold colons behind words that are labels.
var inlineFields = map[string]bool{
	"project_name": true, "project_code": true, "unit_name": true, "department": true,
	"contact": true, "phone": true, "preparation_date": true, "remark": true,
}

// inline reads a cell that holds a label and its value (填报单位：某局).
func (t *target) inline(cell int) (id, val string) {
	label, val, ok := strings.Cut(strings.Replace(Name(t.Table.Cells[cell].Text), ":", "：", 1), "：")
	if !ok {
		return "", ""
	}
	if id = t.known(t.out.Form, label); !inlineFields[id] {
		return "", ""
	}
	return id, val
}

// takeInline stores the name or the unit that a cell gives with its label, and
// tells whether the cell is one of that kind.
func (t *target) takeInline(cell int) bool {
	id, val := t.inline(cell)
	if id == "" {
		return false
	}
	t.out.FieldOf[cell] = id
	if t.seen[id] || val == "" {
		return true
	}
	t.seen[id] = true
	switch id {
	case "project_name":
		code, name := projectRef(val)
		t.project.Code, t.project.Name = firstText(t.project.Code, code), name
	case "project_code":
		t.project.Code = val
	case "unit_name", "department":
		t.takeUnit(id, val)
	}
	return true
}
