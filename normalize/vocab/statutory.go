package vocab

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed statutory.tsv
var statutoryTSV string

// Statutory returns the statutory forms (收支总表, 支出总表, 三公经费表 …), the
// one with the highest priority first. They are told by their titles, because
// their headers are the same: a 基本支出表 and a 机关运行经费表 both have 科目编码,
// 科目名称 and an amount.
var Statutory = sync.OnceValue(func() []Form {
	var out []Form
	for priority := highestPriority; priority > 0; priority-- {
		for _, r := range rows(statutoryTSV) {
			if numberOr(r[2], 1) == priority {
				out = append(out, Form{ID: r[0], Name: r[1], Titles: list(r[3]), None: list(r[4])})
			}
		}
	}
	return out
})

// highestPriority is the highest that a row of statutory.tsv may have.
const highestPriority = 99

// Titled tells whether a title is that of the form: it has one of the wordings
// of Titles and none of None. The title is a key (see Key).
func (f Form) Titled(key string) bool {
	for _, wording := range f.None {
		if inSequence(key, wording) {
			return false
		}
	}
	for _, wording := range f.Titles {
		if inSequence(key, wording) {
			return true
		}
	}
	return false
}

// inSequence tells whether a text holds the words of a wording (joined by +)
// one after the other.
func inSequence(text, wording string) bool {
	for word := range strings.SplitSeq(wording, "+") {
		_, after, found := strings.Cut(text, Key(word))
		if !found {
			return false
		}
		text = after
	}
	return true
}
