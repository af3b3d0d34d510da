package docx

import (
	"fmt"

	"yusuan/extract/fieldcode"
)

// field is a complex field that is open: instruction, separator, result, end.
type field struct {
	instr []byte
	// result tells that the separator has been passed.
	result bool
	// form is what a form field shows that stores no result: a check box or
	// the chosen entry of a list.
	form string
}

// fieldChar reads a w:fldChar: the begin, separator or end of a field. It is
// minded in deleted text too, so that a field which is deleted in part does
// not swallow what follows.
func (r *reader) fieldChar(st *story) {
	switch string(r.x.attr("fldCharType")) {
	case "begin":
		f := field{}
		for depth := r.x.depth; r.x.child(depth); {
			if r.x.elem == elemFFData {
				f.form = r.formField()
			}
		}
		st.fields = append(st.fields, f)
		st.instr++
	case "separate":
		if n := len(st.fields); n > 0 && !st.fields[n-1].result {
			st.fields[n-1].result = true
			st.instr--
		}
	case "end":
		n := len(st.fields)
		if n == 0 {
			return
		}
		f := st.fields[n-1]
		st.fields = st.fields[:n-1]
		if !f.result {
			st.instr--
		}
		if st.muted == 0 && st.instr == 0 {
			r.closeField(st, f)
		}
	}
	if len(st.fields) == 0 {
		st.swallowed = 0
	}
}

// instruction reads a w:instrText. It counts in hidden text as well: Word hides
// the fields that only mark something, such as TC.
func (r *reader) instruction(st *story) {
	n := len(st.fields)
	if n == 0 || st.muted > 0 || st.fields[n-1].result {
		return
	}
	f := &st.fields[n-1]
	f.instr = r.x.content(f.instr)
}

// simpleField reads a w:fldSimple, whose children are its result.
func (r *reader) simpleField(st *story) {
	f := field{instr: []byte(r.x.attrString("instr")), result: true}
	r.inlines(st)
	if st.muted == 0 && st.instr == 0 {
		r.closeField(st, f)
	}
}

// closeField acts on a field that is complete: a table-of-contents mark makes a
// heading, a form field without a result shows its state, and a field that
// should show something but stores nothing is noted.
func (r *reader) closeField(st *story, f field) {
	code := fieldcode.Parse(string(f.instr))
	switch {
	case code.Kind == "TC":
		if st.para.tc == 0 {
			st.para.tc = code.MarkLevel()
		}
	case f.result:
	case code.Text() != "":
		r.write(st, code.Text())
	case f.form != "":
		r.write(st, f.form)
	case !code.Silent():
		r.note(r.here(st), "docx.field_without_text", fmt.Sprintf("a field %q stores no result", code.Kind))
	}
}

// formField reads a w:ffData and returns what the form field shows when it
// stores no result: ☑ or ☐, or the chosen entry of a list.
func (r *reader) formField() string {
	out := ""
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemCheckBox:
			out = r.checkBox()
		case elemDDList:
			out = r.dropDown()
		}
	}
	return out
}

func (r *reader) checkBox() string {
	checked, set := false, false
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemChecked:
			checked, set = r.x.toggle() == on, true
		case elemDefault:
			if !set {
				checked = r.x.toggle() == on
			}
		}
	}
	if checked {
		return "☑"
	}
	return "☐"
}

func (r *reader) dropDown() string {
	chosen, chosenSet := 0, false
	var entries []string
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemResult:
			chosen, chosenSet = r.x.number("val", 0), true
		case elemDefault:
			if !chosenSet {
				chosen = r.x.number("val", 0)
			}
		case elemListEntry:
			entries = append(entries, r.x.attrString("val"))
		}
	}
	if chosen < 0 || chosen >= len(entries) {
		return ""
	}
	return entries[chosen]
}
