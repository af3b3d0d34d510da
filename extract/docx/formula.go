package docx

import "unicode/utf8"

// formula reads an Office formula (m:oMath) into one line: a fraction becomes
// a/b, a power a^b, an index a_b. What a formula means by its shape is lost
// with that, so it is noted.
func (r *reader) formula(st *story) {
	outer := st.run
	st.run = run{hidden: st.para.style.vanish == on}
	defer func() { st.run = outer }()
	if !st.visible() {
		return
	}
	before := len(st.para.buf)
	r.mathParts(st)
	if len(st.para.buf) > before {
		r.note(r.here(st), "docx.formula", "a formula was written in one line")
	}
}

func (r *reader) mathParts(st *story) {
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemMathText:
			r.text(st)
		case elemMathNum:
			r.mathScript(st, "")
		case elemMathDen:
			r.mathScript(st, "/")
		case elemMathSup:
			r.mathScript(st, "^")
		case elemMathSub:
			r.mathScript(st, "_")
		case elemMathRad:
			r.mathScript(st, "√")
		case elemMathD:
			r.mathBrackets(st)
		case elemMathRun, elemMathOther, elemOMath, elemIns, elemMoveTo:
			r.mathParts(st)
		case elemR:
			r.run(st)
		}
	}
}

// mathBrackets reads a part in brackets (m:d), whose brackets are properties.
func (r *reader) mathBrackets(st *story) {
	closing := ")"
	opened := false
	open := func(bracket string) {
		if !opened {
			r.write(st, bracket)
		}
		opened = true
	}
	for depth := r.x.depth; r.x.child(depth); {
		if r.x.elem == elemMathDPr {
			opening := "("
			for depth := r.x.depth; r.x.child(depth); {
				switch string(r.x.localName()) {
				case "begChr":
					opening = r.x.attrString("val")
				case "endChr":
					closing = r.x.attrString("val")
				}
			}
			open(opening)
			continue
		}
		open("(")
		r.mathParts(st)
	}
	r.write(st, closing)
}

// mathScript reads a part of a formula with a sign before it, unless it is
// empty. Several characters stand in brackets.
func (r *reader) mathScript(st *story, sign string) {
	p := &st.para
	from := len(p.buf)
	r.mathParts(st)
	part := string(p.buf[min(from, len(p.buf)):])
	switch {
	case part == "":
		return
	case utf8.RuneCountInString(part) > 1:
		part = "(" + part + ")"
	}
	p.buf = append(append(p.buf[:from], sign...), part...)
}
