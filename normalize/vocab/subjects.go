package vocab

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed subjects.tsv
var subjectsTSV string

// The classifications of budget subjects.
const (
	// Function is 支出功能分类: what the money is for.
	Function = "function"
	// Economic is 支出经济分类: what it is spent on.
	Economic = "economic"
)

// Subject is a budget subject (科目) under one of its names.
type Subject struct {
	// Classification is Function or Economic.
	Classification string
	// Code is 201, 20105 or 2010506; "" for what stands in the place of a
	// subject and is none (本年支出).
	Code string
	Name string
	// From and To are the first and the last year of the name, 0 where it is
	// not known to have begun or ended.
	From, To int
}

// In tells whether the name was in force in a year; every name was in an
// unknown one, 0.
func (s Subject) In(year int) bool {
	return year == 0 || s.From <= year && (s.To == 0 || year <= s.To)
}

type subjectTable struct {
	byCode, byName map[[2]string][]Subject
	// recurring are the names of items that recur below the 款 of a
	// classification, by the last two digits of their codes.
	recurring map[[2]string][]string
}

// recurs begins the code of a row that is an item of every 款, and
// anyPart stands for any part of its name.
const (
	recurs  = "*"
	anyPart = "…"
)

var subjects = sync.OnceValue(func() subjectTable {
	t := subjectTable{map[[2]string][]Subject{}, map[[2]string][]Subject{}, map[[2]string][]string{}}
	for _, r := range rows(subjectsTSV) {
		if ending, ok := strings.CutPrefix(r[1], recurs); ok {
			k := [2]string{r[0], ending}
			t.recurring[k] = append(t.recurring[k], r[2])
			continue
		}
		s := Subject{Classification: r[0], Code: r[1], Name: r[2], From: numberOr(r[3], 0), To: numberOr(r[4], 0)}
		if s.Code != "" {
			t.byCode[[2]string{s.Classification, s.Code}] = append(t.byCode[[2]string{s.Classification, s.Code}], s)
		}
		key := [2]string{s.Classification, Key(s.Name)}
		t.byName[key] = append(t.byName[key], s)
	}
	return t
})

// SubjectsOf returns a code's subject under all its names, none if the code is
// not in the vocabulary.
func SubjectsOf(classification, code string) []Subject {
	return subjects().byCode[[2]string{classification, code}]
}

// RecurringSubject tells whether a code that has no row of its own is that of an
// item (项) which recurs below the 款 under the same last digits (01 行政运行): the
// 款 must be known, and both digits and name be those of the item. A name that
// its cell cuts off is the item's when what is missing can only be its end.
func RecurringSubject(classification, code, name string) bool {
	const group = len("20805")
	if len(code) != group+2 || name == "" || len(SubjectsOf(classification, code[:group])) == 0 {
		return false
	}
	key := subjectKey(name)
	for _, item := range subjects().recurring[[2]string{classification, code[group:]}] {
		begins, ends, open := strings.Cut(item, anyPart)
		begins, ends = Key(begins), Key(ends)
		if !open && key == begins || open && len(key) > len(begins)+len(ends) && strings.HasPrefix(key, begins) && strings.HasSuffix(key, ends) {
			return true
		}
		for _, s := range SubjectsOf(classification, code[:group]) {
			full := begins + strings.TrimSuffix(Key(s.Name), ends) + ends
			if open && len(key) > len(begins) && strings.HasPrefix(full, key) {
				return true
			}
		}
	}
	return false
}

// SubjectNamed finds the subject of a name that is printed without its code,
// with or without a list number (一、一般公共服务支出): of several the highest
// in the hierarchy (其他支出 is a 类 and a 款), and of those one whose name was
// in force in the year. It returns false if the vocabulary has no such name, or
// several codes are left (行政运行); what is no subject has no code.
func SubjectNamed(classification, name string, year int) (s Subject, ok bool) {
	list := subjects().byName[[2]string{classification, subjectKey(name)}]
	for _, c := range list {
		switch {
		case !ok || len(c.Code) < len(s.Code) || len(c.Code) == len(s.Code) && c.In(year) && !s.In(year):
			s, ok = c, true
		case len(c.Code) == len(s.Code) && c.In(year) == s.In(year) && c.Code != s.Code:
			return Subject{}, false
		}
	}
	return s, ok
}

// SubjectCalled tells whether a name is one of a subject's: the same, or one
// the beginning of the other, because narrow cells cut names off.
func SubjectCalled(list []Subject, name string) bool {
	key := subjectKey(name)
	for _, s := range list {
		if own := Key(s.Name); strings.HasPrefix(own, key) || strings.HasPrefix(key, own) {
			return true
		}
	}
	return false
}

// subjectKey is the key of a name without its list number (一、 （一） 1.).
func subjectKey(name string) string {
	key := Key(name)
	if rest := strings.TrimLeft(key, "(一二三四五六七八九十0123456789"); rest != key {
		if after := strings.TrimLeft(rest, ")、.．"); after != rest {
			return after
		}
	}
	return key
}
