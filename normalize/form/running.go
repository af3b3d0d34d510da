package form

import (
	"strings"
	"sync"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// Span is a part of a text in runes, the end not included.
type Span struct{ Start, End int }

// word is a word of a running text with its place.
type word struct {
	text string
	Span
}

// Running reads a form that has come as running text: a paragraph that holds
// the cells of a form one behind the other. Where blanks stand between them the
// form is read as far as labels, levels and points prove what is what, and
// Sentences are the parts of the text that are sentences; where the cells are
// glued together nothing is read but a note. It returns nil for a text that is
// no form.
func (r *Reader) Running(text string, at record.Origin) *Records {
	if n := utf8.RuneCountInString(text); n < runningRunes || n > runningMax || !strings.Contains(text, "指标") {
		return nil
	}
	out := &Records{Form: Other, Header: map[int]bool{}, FieldOf: map[int]string{}}
	s := &sheet{View: &View{Table: &document.Table{}}, reader: r, out: out}
	words := s.words(text)
	st := &stream{sheet: s}
	for _, w := range words {
		st.texts = append(st.texts, w.text)
	}
	made := st.table()
	if !st.found {
		if !r.glued(text) {
			return nil
		}
		return Glued(at)
	}
	made.Place.Page = at.Page
	source := make([]record.Origin, len(words))
	for i := range source {
		source[i] = at
	}
	s.View = NewView(made, at.Block, 0)
	s.flat, s.source = true, source
	s.describe()
	if out.Form = s.recognise(); out.Form != PerformanceTarget && out.Form != PerformanceEvaluation {
		return nil
	}
	st.notes()
	s.readTarget()
	for _, i := range out.Prose {
		out.Sentences = append(out.Sentences, words[i].Span)
	}
	out.Prose, out.Fields = nil, nil // there are no cells that they could be of
	return out
}

// Glued returns the records of a text whose cells are glued together: a note.
func Glued(at record.Origin) *Records {
	return &Records{Form: Other, Notes: []record.Note{{Origin: at, Code: "form.cells_glued",
		Message: "the cells of a performance form run together in this text and cannot be told apart; nothing was read from it"}}}
}

// GoesOn tells whether a text behind one whose cells are glued together may be
// more of it, on the next page: it holds numbers, and no sentence ends in it.
func GoesOn(text string) bool {
	return strings.ContainsAny(text, "0123456789") && !strings.ContainsAny(text, "。；，")
}

// runningRunes is the shortest text that can hold a form: header and one row of
// the shortest form looked at have 70 runes.
const runningRunes = 40

// runningMax is the longest text that is looked at, in runes: a form of 200
// indicators has fewer than 20,000.
const runningMax = 50_000

// words cuts a text at its blanks. What stands in brackets of its own behind a
// label belongs to it (项目资金 (万元)), and what stands before the first label or
// title belongs to no form.
func (s *sheet) words(text string) []word {
	var out []word
	at, begun := 0, false
	for len(text) > 0 {
		rest := strings.TrimLeftFunc(text, vocab.Blank)
		at += utf8.RuneCountInString(text[:len(text)-len(rest)])
		end := strings.IndexFunc(rest, vocab.Blank)
		if end < 0 {
			end = len(rest)
		}
		w := word{rest[:end], Span{at, at + utf8.RuneCountInString(rest[:end])}}
		text, at = rest[end:], w.End
		if w.text == "" {
			break
		}
		begun = begun || s.known(streamForm, w.text) != "" || performanceTitle(w.text)
		if n := len(out) - 1; n >= 0 && strings.ContainsAny(w.text[:1], "(（") && s.known(streamForm, out[n].text+w.text) != "" {
			out[n].text, out[n].End = out[n].text+w.text, w.End
			continue
		}
		if begun {
			out = append(out, w)
		}
	}
	return out
}

// gluedLabels is how many labels of a header of indicators must follow each
// other without anything between them before a text is taken for a form whose
// cells were glued together. Sentences name three at most (一级指标、二级指标、三级指标),
// with punctuation between.
const gluedLabels = 4

// labelKeys are the labels of self-evaluations by key, and the length of the
// longest in runes.
var labelKeys = sync.OnceValues(func() (map[string]string, int) {
	keys, longest := map[string]string{}, 0
	for _, r := range vocab.FieldRules() {
		if r.Method != vocab.ByAlias || r.Form != streamForm && r.Form != vocab.AnyForm {
			continue
		}
		if _, ok := keys[r.Match]; !ok || r.Form == streamForm {
			keys[r.Match] = r.Field
		}
		longest = max(longest, utf8.RuneCountInString(r.Match))
	}
	return keys, longest
})

// glued tells whether a text holds the header of indicators, its labels glued
// together or apart by blanks.
func (r *Reader) glued(text string) bool {
	runes := []rune(vocab.Key(text))
	for from := range runes {
		n, has := 0, map[string]bool{}
		for at := from; at < len(runes); {
			size, id := longestLabel(runes[at:])
			if size == 0 {
				break
			}
			has[id] = true
			at += size
			n++
		}
		if n >= gluedLabels && has["value"] && (has["level3"] || has["level2"]) {
			return true
		}
	}
	return false
}

// longestLabel returns the length of the longest label that a text begins
// with, if it is one of the header of indicators, and its field.
func longestLabel(runes []rune) (size int, id string) {
	keys, longest := labelKeys()
	for n := min(longest, len(runes)); n > 0; n-- {
		if f, ok := keys[string(runes[:n])]; ok && indicatorFields[f] {
			return n, f
		}
	}
	return 0, ""
}
