package normalize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// HeadingRunes is the longest text that is taken for a heading when the file
// does not say so: headings of disclosures are phrases of up to 30 characters
// (四、财政拨款“三公”经费预算情况及增减变化原因 has 21).
const HeadingRunes = 40

// outline splits labels from paragraphs, gives them heading levels, and
// remembers the path of headings above every block.
func (w *work) outline() {
	w.sections = make([]string, len(w.doc.Blocks))
	w.plain = make([]*record.Paragraph, len(w.doc.Blocks))
	var path section
	for b, block := range w.doc.Blocks {
		w.sections[b] = path.String()
		p, ok := block.(*document.Paragraph)
		if !ok {
			continue
		}
		r := &record.Paragraph{
			Origin:       record.Origin{Page: p.Place.Page, Block: b, Row: -1, Col: -1},
			HeadingLevel: p.Level, Label: p.Label, Text: p.Text, Section: w.sections[b],
		}
		if r.Label == "" {
			r.Label, r.Text = splitLabel(p.Text)
		}
		depth := labelDepth(r.Label)
		if r.HeadingLevel == 0 && p.Role == "" && depth > 0 && looksLikeHeading(r.Text) {
			r.HeadingLevel = depth
		}
		if r.HeadingLevel > 0 {
			// A TC field or a style may say "level 1" of what the numbering
			// puts below 五、; the deeper of the two keeps the path whole.
			r.Section = path.enter(max(r.HeadingLevel, depth), r.Label+r.Text)
		}
		w.plain[b] = r
		w.out.Paragraphs = append(w.out.Paragraphs, *r)
	}
}

// sectionJoin stands between the headings of a section.
const sectionJoin = " / "

// section is the path of headings above a block.
type section []heading

type heading struct {
	depth int
	text  string
}

// enter closes the headings of the same depth and below, returns the path
// above the new one, and opens it.
func (s *section) enter(depth int, text string) (above string) {
	for len(*s) > 0 && (*s)[len(*s)-1].depth >= depth {
		*s = (*s)[:len(*s)-1]
	}
	above = s.String()
	*s = append(*s, heading{depth, strings.TrimSpace(text)})
	return above
}

func (s section) String() string {
	texts := make([]string, len(s))
	for i, h := range s {
		texts[i] = h.text
	}
	return strings.Join(texts, sectionJoin)
}

// looksLikeHeading tells whether a labelled paragraph is a heading although
// the file does not say so: a short phrase, no sentence, and no statement of a
// quantity (（1）公务接待费10.04万元 is an item of a list).
func looksLikeHeading(text string) bool {
	if text == "" || utf8.RuneCountInString(text) > HeadingRunes || strings.ContainsAny(text, "。；！？;\n") {
		return false
	}
	return !slices.ContainsFunc(value.Find(text), func(f value.Found) bool { return !f.Date })
}

// numerals are the Chinese numerals that labels count with.
const numerals = "一二三四五六七八九十百零〇"

// splitLabel cuts a typed list label (一、 （一） 1. （1） 第一部分) from a
// paragraph. It returns the text unchanged if there is none.
func splitLabel(text string) (label, rest string) {
	trimmed := strings.TrimLeft(text, " \t\u3000\u00a0")
	n := labelLen(trimmed)
	if n == 0 {
		return "", text
	}
	return trimmed[:n], strings.TrimLeft(trimmed[n:], " \t\u3000\u00a0")
}

// labelLen returns the bytes of the label that a text begins with.
func labelLen(s string) int {
	for _, open := range []string{"（", "("} {
		if strings.HasPrefix(s, open) {
			return enclosed(s, open, "）", ")")
		}
	}
	if strings.HasPrefix(s, "第") {
		return enclosed(s, "第", "部分", "章", "条", "节")
	}
	n := countNumber(s)
	if n == 0 {
		return 0
	}
	for _, end := range []string{"、", "．", "."} {
		rest, ok := strings.CutPrefix(s[n:], end)
		if ok && (end == "、" || rest == "" || rest[0] < '0' || rest[0] > '9') {
			return n + len(end)
		}
	}
	return 0
}

// enclosed returns the bytes of a number between an opening and one of the
// endings, 0 if there is none.
func enclosed(s, open string, ends ...string) int {
	inner := s[len(open):]
	n := countNumber(inner)
	for _, end := range ends {
		if n > 0 && strings.HasPrefix(inner[n:], end) {
			return len(open) + n + len(end)
		}
	}
	return 0
}

// labelDigits is the most digits of a list number; more are a year or an
// amount.
const labelDigits = 2

// countNumber returns the bytes of the number that s begins with: up to two
// digits, or Chinese numerals.
func countNumber(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n > 0 {
		if n > labelDigits {
			return 0
		}
		return n
	}
	for _, r := range s {
		if !strings.ContainsRune(numerals, r) {
			break
		}
		n += utf8.RuneLen(r)
	}
	return n
}

// labelDepth returns the depth that a label has in the numbering of official
// documents (GB/T 9704: 一、 then （一） then 1. then （1）), 0 for others.
func labelDepth(label string) int {
	if label == "" {
		return 0
	}
	chinese := strings.ContainsAny(label, numerals)
	switch {
	case strings.HasPrefix(label, "第"):
		return 1
	case strings.ContainsAny(label, "（("):
		if chinese {
			return 2
		}
		return 4
	case chinese:
		return 1
	case strings.ContainsAny(label, "0123456789"):
		return 3
	}
	return 0
}
