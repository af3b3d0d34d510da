package form

import (
	"strings"

	"yusuan/normalize/value"
)

// inlineFields are the fields whose label and value stand in one cell. Others
// are left out: sentences of goals hold colons behind words that are labels.
var inlineFields = map[string]bool{
	"project_name": true, "project_code": true, "unit_name": true, "department": true,
	"contact": true, "phone": true, "preparation_date": true, "remark": true,
}

// inline reads a cell that holds a label and its value (填报单位：某局, 其中：财政拨款：
// 10万元). Of money the value must be an amount and nothing else.
func (t *target) inline(cell int) (id, val string) {
	text := t.Table.Cells[cell].Text
	if !strings.ContainsAny(text, ":：") {
		return "", ""
	}
	text = strings.ReplaceAll(Name(text), ":", "：")
	label, val, ok := strings.Cut(strings.TrimPrefix(text, "其中："), "：")
	if !ok {
		return "", ""
	}
	id = t.known(t.out.Form, label)
	if inlineFields[id] || t.moneyField(id) != nil && isAmount(val) {
		return id, val
	}
	return "", ""
}

// isAmount tells whether a text is a number or an exact amount of yuan.
func isAmount(text string) bool {
	if _, number := value.Number(text); number {
		return true
	}
	v := value.Parse(text, value.Hint{})
	return len(v) == 1 && isExactMoney(&v[0])
}

// takeInline stores what a cell gives with its label, and tells whether the
// cell is one of that kind.
func (t *target) takeInline(cell int) bool {
	id, val := t.inline(cell)
	if id == "" {
		return false
	}
	t.nextProject(id, t.Table.Cells[cell].Row)
	money := t.moneyField(id) != nil
	if money {
		id = t.inBlock(id, cell)
	}
	t.out.FieldOf[cell] = id
	if t.seen[id] && inlineStored[id] {
		t.note(t.cellOrigin(cell), "form.label_repeated", "this label has a value already; "+clip(val)+" stays in cells")
		return true
	}
	switch id {
	case "project_name":
		code, name := projectRef(val)
		t.project.Code, t.project.Name = firstText(t.project.Code, code), name
	case "project_code":
		t.project.Code = val
	case "unit_name", "department":
		if t.project.UnitName == "" {
			// Who fills the form in says less than a label of its own.
			t.takeUnit("department", val)
		}
	default:
		if to := t.moneyField(id); to != nil {
			*to = t.amount(cell, val, cell)
		}
	}
	t.seen[id] = inlineStored[id]
	return true
}

// inlineStored are the fields of which a second value would be lost.
var inlineStored = map[string]bool{
	"project_name": true, "project_code": true, "total": true, "fiscal": true, "other": true,
	"carryover": true, "year_total": true, "year_fiscal": true,
}
