package docx

import (
	"fmt"
	"strconv"
	"strings"
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
	kind, rest, _ := strings.Cut(strings.TrimSpace(string(f.instr)), " ")
	kind = strings.ToUpper(kind)
	switch {
	case kind == "TC":
		if st.para.tc == 0 {
			st.para.tc = markLevel(rest)
		}
	case f.result:
	case kind == "EQ" && enclosed(rest) != "":
		r.write(st, enclosed(rest))
	case f.form != "":
		r.write(st, f.form)
	case !showsNothing(kind, rest):
		r.note(r.here(st), "docx.field_without_text", fmt.Sprintf("a field %q stores no result", strings.ToValidUTF8(kind, "\uFFFD")))
	}
}

// enclosed returns the character that an EQ field draws by laying a circle over
// a number, as Word does for 带圈字符 (EQ \o\ac(○,12)), "" for other equations.
func enclosed(instr string) string {
	instr = strings.ReplaceAll(instr, " ", "")
	_, args, ok := strings.Cut(instr, `\o\ac(`)
	if !ok {
		return ""
	}
	args = strings.TrimSuffix(args, ")")
	circle, digits, _ := strings.Cut(strings.ReplaceAll(args, ";", ","), ",")
	n, err := strconv.Atoi(digits)
	if err != nil || !strings.Contains("○〇◯", circle) || circle == "" {
		return ""
	}
	switch { // Unicode has circled numbers to 50, in three places
	case n >= 1 && n <= 20:
		return string(rune(0x2460 + n - 1))
	case n >= 21 && n <= 35:
		return string(rune(0x3251 + n - 21))
	case n >= 36 && n <= 50:
		return string(rune(0x32B1 + n - 36))
	}
	return ""
}

// showsNothing tells whether a field of this kind is not meant to show
// anything: index and table marks, instructions to the program, and numbers
// that are only counted (SEQ \h).
func showsNothing(kind, rest string) bool {
	switch kind {
	case "SEQ":
		return strings.Contains(rest, `\h`)
	case "", "TC", "XE", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "NEXT", "NEXTIF", "SKIPIF", "BIBLIOGRAPHY":
		return true
	}
	return false
}

// markLevel returns the level that the switches of a TC field give: "\l 2". The
// quoted text of the entry is passed over; Word's default is 1.
func markLevel(instr string) int {
	quoted := false
	for i := 0; i+1 < len(instr); i++ {
		switch c := instr[i]; {
		case c == '"':
			quoted = !quoted
		case quoted || c != '\\' || instr[i+1] != 'l' && instr[i+1] != 'L':
		default:
			digits := strings.TrimLeft(instr[i+2:], " \"")
			end := strings.IndexFunc(digits, func(c rune) bool { return c < '0' || c > '9' })
			if end >= 0 {
				digits = digits[:end]
			}
			if n, err := strconv.Atoi(digits); err == nil && n >= 1 && n <= 9 {
				return n
			}
		}
	}
	return 1
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
