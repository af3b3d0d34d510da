package doc

import (
	"fmt"
	"strings"

	"yusuan/extract/document"
	"yusuan/extract/fieldcode"
)

// The characters that make a field ([MS-DOC] 2.8.25 Plcfld): the instruction
// stands between the first and the second, the result between the second and
// the third; a field without a result has no second.
const (
	fieldBegin    = 0x13
	fieldSeparate = 0x14
	fieldEnd      = 0x15
)

// field is a field that is open.
type field struct {
	instr []byte
	// result tells that the separator has been passed.
	result bool
	// at is where the field begins, marks are the paragraphs and cells that end
	// in its instruction.
	at    document.Position
	marks int
	// form is what a form field shows that stores no result: a check box or
	// the chosen entry of a list.
	form string
}

// fieldMark reads one of the three characters. They are minded in deleted text
// too, so that a field which is deleted in part does not swallow what follows.
func (r *reader) fieldMark(st *story, mark uint16, muted bool) {
	n := len(st.fields)
	switch {
	case mark == fieldBegin:
		st.fields = append(st.fields, field{at: r.here(st)})
		st.instr++
	case n == 0:
	case mark == fieldSeparate:
		if f := &st.fields[n-1]; !f.result {
			f.result = true
			st.instr--
			r.swallowed(st, f)
		}
	default:
		f := st.fields[n-1]
		st.fields = st.fields[:n-1]
		if !f.result {
			st.instr--
			r.swallowed(st, &f)
		}
		if !muted && st.instr == 0 {
			r.closeField(st, f)
		}
	}
}

// swallowed notes an instruction that runs over paragraphs or cells: its text
// may not have been meant for one.
func (r *reader) swallowed(st *story, f *field) {
	if f.marks > 0 {
		r.noteHere(st, "doc.field_long", fmt.Sprintf("the instruction of a field runs over %d paragraphs or cells, which are left out: %s",
			f.marks, document.Excerpt(strings.TrimSpace(string(f.instr)), headerRunes)))
	}
}

// strayFields returns the beginnings of fields in a story that have neither a
// separator nor an end. Nothing tells where their instruction stops, so they
// are taken for no fields: text must not be lost in one.
func strayFields(units []uint16, from, to int) map[int]bool {
	type open struct {
		cp        int
		separated bool
	}
	var stack []open
	for cp := from; cp < to; cp++ {
		n := len(stack)
		switch u := units[cp]; {
		case u == fieldBegin:
			stack = append(stack, open{cp: cp})
		case n == 0:
		case u == fieldSeparate:
			stack[n-1].separated = true
		case u == fieldEnd:
			stack = stack[:n-1]
		}
	}
	var stray map[int]bool
	for _, f := range stack {
		if !f.separated {
			if stray == nil {
				stray = map[int]bool{}
			}
			stray[f.cp] = true
		}
	}
	return stray
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
		st.write(code.Text())
	case f.form != "":
		st.write(f.form)
	case !code.Silent():
		r.noteHere(st, "doc.field_without_text", fmt.Sprintf("a field %q stores no result", document.Excerpt(code.Kind, headerRunes)))
	}
}

// openFields notes fields that have no end when their story has one.
func (r *reader) openFields(st *story) {
	for _, f := range st.fields {
		at := f.at
		at.Row, at.Col = -1, -1 // its table may be laid out by now
		r.note(at, "doc.field_open", "a field has no end; its result was taken to go on to the end of the text")
	}
}

// Of a form field in the stream Data (2.9.158 NilPICFAndBinData, 2.9.79
// FFData).
const (
	formCheckBox, formDropDown = 1, 2
	// formDefault says in iRes that nothing was chosen.
	formDefault = 25
)

// formField returns what a form field shows that stores no result: ☑ or ☐, or
// the chosen entry of a list; "" for others.
func formField(data []byte, at int) string {
	head, ok := cut(data, at, 6)
	if !ok {
		return ""
	}
	whole, ok := cut(data, at, u32(head, 0))
	if !ok {
		return ""
	}
	ff := tail(whole, u16(head, 4))
	const fixed = 10 // version, bits, length and size
	if len(ff) < fixed {
		return ""
	}
	bits, rest := u16(ff, 4), ff[fixed:]
	kind, chosen := bits&3, bits>>2&0x1F
	if kind != formCheckBox && kind != formDropDown {
		return ""
	}
	if rest, ok = skipXstz(rest, 1); !ok || len(rest) < 2 {
		return ""
	}
	if chosen == formDefault {
		chosen = u16(rest, 0)
	}
	if kind == formCheckBox {
		if chosen != 0 {
			return "☑"
		}
		return "☐"
	}
	if rest, ok = skipXstz(rest[2:], 5); !ok { // format, help, status, two macros
		return ""
	}
	return listEntry(rest, chosen)
}

// skipXstz passes over strings: a length, characters and a zero (2.9.354 Xstz).
func skipXstz(b []byte, n int) ([]byte, bool) {
	for range n {
		length, ok := cut(b, 0, 2)
		if !ok {
			return nil, false
		}
		s, ok := cut(b, 2, 2*u16(length, 0)+2)
		if !ok {
			return nil, false
		}
		b = b[2+len(s):]
	}
	return b, true
}

// listEntry returns an entry of a list of strings (2.2.4 STTB, extended).
func listEntry(b []byte, index int) string {
	head, ok := cut(b, 0, 6)
	if !ok || u16(head, 0) != 0xFFFF || index >= u16(head, 2) {
		return ""
	}
	extra := u16(head, 4)
	for at, i := 6, 0; ; i++ {
		length, ok := cut(b, at, 2)
		if !ok {
			return ""
		}
		text, ok := cut(b, at+2, 2*u16(length, 0))
		if !ok {
			return ""
		}
		if i == index {
			return utf16Text(text)
		}
		at += 2 + len(text) + extra
	}
}
