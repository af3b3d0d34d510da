package field

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// label is a header label being resolved.
type label struct {
	text string
	// norm is the label's key (vocab.Key) in lower case, which is what the
	// segmenter makes of it anyway.
	norm string
	// at maps every byte of norm, and its end, to the byte of text where the
	// rune that it came from begins.
	at []int
	// from and to bound the core in norm: without list number and notes.
	from, to int
}

// circled are the runes ① to ⑳; NFKC would make bare digits of them.
const circledFirst, circledLast = '①', '⑳'

func newLabel(text string) *label {
	l := &label{text: text, at: make([]int, 0, len(text)+1)}
	var norm strings.Builder
	norm.Grow(len(text))
	for i, r := range text {
		key := ""
		switch {
		case r >= 0x4e00 && r <= 0x9fff:
			key = text[i : i+utf8.RuneLen(r)]
		case r >= circledFirst && r <= circledLast:
			key = "(" + vocab.Key(string(r)) + ")"
		default:
			key = strings.ToLower(vocab.Key(string(r)))
		}
		norm.WriteString(key)
		for range len(key) {
			l.at = append(l.at, i)
		}
	}
	l.at = append(l.at, len(text))
	l.norm = norm.String()
	l.trim()
	return l
}

// core is the label without its list number and the notes at its end.
func (l *label) core() string { return l.norm[l.from:l.to] }

// keys are the forms in which the label is looked up, most exact first. The
// second keeps the words of a note: 增减(%) is 增减% and not 增减.
func (l *label) keys() [3]string {
	open := l.norm[l.from:]
	if strings.ContainsAny(open, "()") {
		open = brackets.Replace(open)
	}
	return [...]string{matchKey(l.norm), matchKey(open), matchKey(l.core())}
}

var brackets = strings.NewReplacer("(", "", ")", "")

// listNumber matches what stands before a label in a list: 一、 (一) 1. 其中:
// and signs of a sum.
var listNumber = regexp.MustCompile(`^(?:\(?[0-9一二三四五六七八九十]{1,4}[)、.．]+|其中[:,]?|减:|加:|[*★]+)+`)

// note matches what stands in brackets at the end of a label and does not
// change what it means: a unit, a year, a column letter or formula, 盖章.
var note = regexp.MustCompile(`^(?:(?:(?:金额|货币|计量)?单位[:为]?)?(?:人民币)?[0-9.]*(?:` + units + `)|人民币|` +
	`[0-9a-z=+\-*/×÷%.]+|(?:19|20)[0-9]{2}年度?|盖章|签章|公章|签字)$`)

// units are the units that stand in brackets after a label.
const units = `[百千万亿]*元|%|百分比|[个人辆批次台套件项户天份分]|人次|人数|批次|平方米|[台套件个辆]、[台套件个辆]`

// unitTail matches a money unit that follows a label without brackets.
var unitTail = regexp.MustCompile(`(?:(?:金额|货币)?单位)?[:/,](?:人民币)?[百千万亿]*元$`)

// maxNotes is how many notes are taken off the end of a label; two have been
// seen, a column letter and a unit: 年初预算数（A）（万元）.
const maxNotes = 3

// trim finds the core. What would leave nothing is kept: 单位:元 is a label of
// its own.
func (l *label) trim() {
	l.from, l.to = 0, len(l.norm)
	if m := listNumber.FindString(l.norm); m != "" && len(m) < len(l.norm) {
		next := l.norm[len(m)]
		if next < '0' || next > '9' { // 1.5 is a number, not an item of a list
			l.from = len(m)
		}
	}
	for range maxNotes {
		end := l.noteStart()
		for end > l.from && strings.HasSuffix(l.norm[:end], ":") {
			end--
		}
		if end <= l.from || end == l.to {
			return
		}
		l.to = end
	}
}

// noteStart returns where the note at the end of the core begins; without
// one, the core's end.
func (l *label) noteStart() int {
	core := l.core()
	if strings.HasSuffix(core, ")") {
		open := strings.LastIndexByte(core, '(')
		if open > 0 && note.MatchString(core[open+1:len(core)-1]) {
			return l.from + open
		}
		return l.to
	}
	if strings.HasSuffix(core, "元") {
		if m := unitTail.FindStringIndex(core); m != nil {
			return l.from + m[0]
		}
	}
	return l.to
}

// beforeColon returns the key of what stands before a colon, "" without one.
func (l *label) beforeColon() string {
	head, _, found := strings.Cut(l.core(), ":")
	if !found {
		return ""
	}
	return matchKey(head)
}

// quotes are left out of keys: “三公”经费 and 三公经费 are one label.
const quotes = "“”‘’\"'「」『』《》"

// matchKey is the form in which labels are compared.
func matchKey(norm string) string {
	if !strings.ContainsAny(norm, quotes) {
		return norm
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(quotes, r) {
			return -1
		}
		return r
	}, norm)
}
