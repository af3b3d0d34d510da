package normalize

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// The ways in which a budget line's subject (科目) is not what the vocabulary
// says; they are the codes of notes.
const (
	codeUnknown = "subject.code_unknown" // no subject has the code
	nameDiffers = "subject.name_differs" // the code's subject is called otherwise
	nameUnknown = "subject.name_unknown" // no subject has the name
)

// matchSubjects gives lines without a printed code the code that their name
// stands for (一、一般公共服务支出 is 201), and notes names that the vocabulary does
// not know, each once a table, and the codes that it does not know, once a
// document. What is printed stays.
func (w *work) matchSubjects() {
	type seen struct {
		table            int
		code, name, what string
	}
	said := map[seen]bool{}
	var strange []*record.BudgetLine
	for i := range w.out.BudgetLines {
		l := &w.out.BudgetLines[i]
		var what string
		l.CodeMatched, what = subjectOf(l, w.out.Identity.FiscalYear)
		k := seen{l.Table, l.Code, l.Name, what}
		if what == "" || said[k] {
			continue
		}
		said[k] = true
		switch what {
		case codeUnknown:
			if !slices.ContainsFunc(strange, func(s *record.BudgetLine) bool { return s.Code == l.Code && s.Name == l.Name }) {
				strange = append(strange, l)
			}
		case nameDiffers:
			w.note(l.Origin, what, "the name "+l.Name+" is none that the subject "+l.Code+" is known by")
		case nameUnknown:
			w.note(l.Origin, what, "no code is printed, and the vocabulary of subjects has no "+l.Name)
		}
	}
	w.noteCodes(strange)
}

// codesShown is how many of the unknown codes the note of a document names; all
// of them are listed by Unknowns.
const codesShown = 5

// noteCodes notes the codes that the vocabulary does not know, at the first.
func (w *work) noteCodes(lines []*record.BudgetLine) {
	if len(lines) == 0 {
		return
	}
	var shown []string
	for _, l := range lines[:min(codesShown, len(lines))] {
		shown = append(shown, l.Code+" ("+l.Name+")")
	}
	message := "the code " + shown[0] + " is not in the vocabulary of subjects"
	if len(lines) > 1 {
		message = fmt.Sprintf("%d codes are not in the vocabulary of subjects: %s", len(lines), strings.Join(shown, ", "))
	}
	if len(lines) > codesShown {
		message += " …"
	}
	w.note(lines[0].Origin, codeUnknown, message)
}

// subjectOf returns the code that a line's name stands for if none is printed,
// and what is wrong with its code or name, "" for nothing.
func subjectOf(l *record.BudgetLine, year int) (matched, what string) {
	classification := classificationOf(l)
	if classification == "" {
		return "", ""
	}
	if l.Code != "" {
		known := vocab.SubjectsOf(classification, l.Code)
		switch {
		case len(known) == 0 && vocab.RecurringSubject(classification, l.Code, l.Name):
			return "", ""
		case len(known) == 0:
			return "", codeUnknown
		case l.Name != "" && !vocab.SubjectCalled(known, l.Name):
			return "", nameDiffers
		}
		return "", ""
	}
	if l.IsTotal || l.Name == "" {
		return "", ""
	}
	s, ok := vocab.SubjectNamed(classification, l.Name, year)
	if !ok && strings.HasSuffix(l.Name, "支出") {
		return "", nameUnknown
	}
	return s.Code, ""
}

// classificationOf tells which classification a line's subject is of: by its
// scheme, or, in tables of items, by a code that has its length and its first
// digit.
func classificationOf(l *record.BudgetLine) string {
	switch l.Scheme {
	case vocab.Function, vocab.Economic:
		return l.Scheme
	}
	switch {
	case l.CodeLevel == 0:
		return ""
	case strings.HasPrefix(l.Code, "2"):
		return vocab.Function
	case strings.HasPrefix(l.Code, "3"), strings.HasPrefix(l.Code, "5"):
		return vocab.Economic
	}
	return ""
}
