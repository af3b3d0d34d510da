package text

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"yusuan/extract/document"
)

// A Word field is an instruction and a result. Some programs write both into
// the text; the instruction is residue. That of a TC field, which marks an
// entry of the table of contents, repeats a heading and tells its level.

// fieldKind is a kind of field whose instruction is removed: keyword is what
// every instruction of that kind contains.
type fieldKind struct {
	name, keyword string
	pattern       *regexp.Regexp
}

// fieldKinds are the fields met in texts of this kind, by the syntax of
// ECMA-376 part 1, 17.16.5. A pattern needs more than the keyword: a switch, a
// quoted target or a bookmark, so that a word in the text is left alone.
var fieldKinds = sync.OnceValue(func() []fieldKind {
	const (
		switches = `(?: ?\\[a-zA-Z*@#](?: ?"[^"]*"| [A-Za-z]*(?:FORMAT|FORMATINET|arabic|ARABIC|roman|ROMAN|GB[1-4]|CHINESENUM[1-3]))?)`
		target   = `(?:"[^"]*"|https?://\S+|mailto:\S+|_[A-Za-z]\w*)`
	)
	kind := func(name, pattern string) fieldKind {
		return fieldKind{name: name, keyword: name, pattern: regexp.MustCompile(` ?` + pattern + ` ?`)}
	}
	kinds := []fieldKind{
		kind("HYPERLINK", `\bHYPERLINK`+switches+`*? `+target+switches+`*`),
		kind("PAGEREF", `\bPAGEREF _\w+`+switches+`*`),
		kind("TOC", `\bTOC`+switches+`+`),
		kind("NUMPAGES", `\bNUMPAGES`+switches+`+`),
		kind("PAGE", `\bPAGE`+switches+`+`),
		kind("REF", `\b(?:REF|NOTEREF) _\w+`+switches+`*`),
		kind("SEQ", `\bSEQ \S+`+switches+`+`),
		kind("DATE", `\b(?:DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE)`+switches+`+`),
		kind("INCLUDEPICTURE", `\bINCLUDEPICTURE`+switches+`*? `+target+switches+`*`),
		kind("SHAPE", `\bSHAPE`+switches+`+`),
		kind("EMBED", `\bEMBED [A-Za-z]+\.[\w.]+`+switches+`*`),
	}
	// A formula that only counts, "= 1 \* GB3", has no keyword of its own.
	return append(kinds, fieldKind{"=", `\*`, regexp.MustCompile(`(?:^| )= ?\d+` + switches + `+ ?`)})
})

// fieldCounts collects what was removed, for one note per kind.
type fieldCounts struct {
	order []string
	seen  map[string]*fieldCount
}

type fieldCount struct {
	count int
	at    document.Position
	first string
}

func (f *fieldCounts) add(kind, code string, at document.Position) {
	if f.seen == nil {
		f.seen = map[string]*fieldCount{}
	}
	c := f.seen[kind]
	if c == nil {
		c = &fieldCount{at: at, first: strings.TrimSpace(code)}
		f.seen[kind] = c
		f.order = append(f.order, kind)
	}
	c.count++
}

// remove removes the instructions of fields and keeps their results.
func (f *fieldCounts) remove(text string, at document.Position) string {
	if !strings.ContainsAny(text, `\"`) && !strings.Contains(text, "HYPERLINK") && !strings.Contains(text, "REF _") {
		return text
	}
	for _, kind := range fieldKinds() {
		if strings.Contains(text, kind.keyword) {
			text = kind.pattern.ReplaceAllStringFunc(text, func(code string) string {
				f.add(kind.name, code, at)
				return ""
			})
		}
	}
	return text
}

// tcFields are a TC field after and before the heading that it marks: its
// entry, its switches, and in the second the text behind.
var tcFields = sync.OnceValue(func() [2]*regexp.Regexp {
	const switches = `((?:\s*\\[a-zA-Z](?:\s+"?[^\s\\"]+"?)?)+)`
	return [2]*regexp.Regexp{
		regexp.MustCompile(`^(.*?)` + switches + `\s*$`),
		regexp.MustCompile(`^\s*TC\s+(.*?)` + switches + `\s*(.*)$`),
	}
})

// tcLevel is the level among the switches of a TC field.
var tcLevel = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\\l\s+"?([1-9])"?`) })

// headingBytes is the longest line that is looked at as a heading; a line of
// Chinese text has a tenth of that.
const headingBytes = 2048

// heading removes the residue of a TC field and returns the level it tells, 0
// if there is none. It is residue only if it repeats the text beside it.
func (f *fieldCounts) heading(text string, at document.Position) (string, int) {
	if len(text) > headingBytes || !strings.Contains(text, "TC ") || !strings.Contains(text, `\`) {
		return text, 0
	}
	for from := 0; ; {
		i := strings.Index(text[from:], " TC ")
		if i < 0 {
			break
		}
		i += from
		m := tcFields()[0].FindStringSubmatch(text[i+len(" TC "):])
		if m != nil && sameEntry(text[:i], m[1]) {
			f.add("TC", text[i:], at)
			return strings.TrimRight(text[:i], " "), levelOf(m[2])
		}
		from = i + 1
	}
	if m := tcFields()[1].FindStringSubmatch(text); m != nil && sameEntry(m[3], m[1]) {
		f.add("TC", strings.TrimSuffix(text, m[3]), at)
		return m[3], levelOf(m[2])
	}
	return text, 0
}

// levelOf returns the level of a TC field: 1 where no switch says another.
func levelOf(switches string) int {
	if m := tcLevel().FindStringSubmatch(switches); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			return n
		}
	}
	return 1
}

// sameEntry tells whether the entry of a TC field is the heading: quotation
// marks around it, backslashes before special characters and blanks aside.
func sameEntry(heading, entry string) bool {
	strip := func(s string) string {
		return strings.Join(strings.Fields(strings.ReplaceAll(s, `\`, "")), "")
	}
	h, e := strip(heading), strip(entry)
	return h != "" && (h == e || h == strings.Trim(e, `"“”`))
}

// noteFields writes one note for each kind of field that was removed.
func (b *builder) noteFields() {
	for _, kind := range b.fields.order {
		c := b.fields.seen[kind]
		what := "the result is kept"
		if kind == "TC" {
			what = "its level is kept as the heading's"
		}
		if c.at.Block >= len(b.doc.Blocks) { // it was all that the last paragraphs had
			c.at = document.Nowhere
		}
		b.note(c.at, "text.field_removed", fmt.Sprintf(
			"the instructions of %d %s fields were removed and %s; the first: %s", c.count, kind, what, c.first))
	}
}
