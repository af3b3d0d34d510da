package normalize

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/form"
	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// Given is what is known of a document from elsewhere, as from a catalogue. It
// wins over what the document says; where the two differ, a note says so. The
// zero value of a field means that nothing is known.
type Given struct {
	// Department is the issuer's full official name.
	Department string
	// RegionCode is a six-digit code of GB/T 2260.
	RegionCode string
	// FiscalYear is the year of the budget or account.
	FiscalYear int
	// Kind is one of the Kind constants of package record.
	Kind string
}

// KnownRegion tells whether a region code can be given: it is one of GB/T 2260 in
// some year, or one of a development zone below such a region.
func KnownRegion(code string) bool { return vocab.PlausibleRegion(code) }

// Identity is what the given values alone make of a document that could not be
// read.
func (g Given) Identity() record.Identity {
	region, _ := vocab.RegionByCode(g.RegionCode, g.FiscalYear)
	return record.Identity{
		Department: g.Department, RegionCode: g.RegionCode, RegionName: region.FullName,
		FiscalYear: g.FiscalYear, Kind: cmp.Or(g.Kind, record.KindOther),
	}
}

// The places that say whose a disclosure is and for which year. They are
// listed in the order of trust: a title is written for the whole document,
// while the name of a file may have been given by anybody.
const (
	inTitle  = "the title"
	inLabel  = "a line that names it"
	inTables = "the titles of the tables"
	inText   = "the text"
	inName   = "the file's name"
)

// claim is what one place says about the identity.
type claim struct {
	// value is "" where the place says nothing.
	value string
	from  string
	// weak says that the claim fills a gap but contradicts no other: it may
	// speak of something else, as sentences do that compare years.
	weak bool
}

// settle returns the value of the first claim, "" for none, and notes those
// that contradict it, and a value that stands in the file's name alone. same
// tells whether two values agree although they are not equal; nil means that
// they never do.
func (w *work) settle(what string, claims []claim, same func(a, b string) bool) string {
	var first claim
	for _, c := range claims {
		switch {
		case c.value == "":
		case first.value == "":
			first = c
		case !c.weak && c.value != first.value && (same == nil || !same(c.value, first.value)):
			w.note(record.Whole, "identity."+what+"_conflict",
				fmt.Sprintf("%s: %s says %s, %s says %s; the first is kept", what, first.from, first.value, c.from, c.value))
		}
	}
	if first.from == inName {
		w.note(record.Whole, "identity."+what+"_from_name", "the "+what+" was taken from the file's name")
	}
	return first.value
}

// override returns the value that is given from elsewhere, if any, and notes
// that the document's own differs.
func (w *work) override(what, own, given string, same func(a, b string) bool) string {
	if given == "" {
		return own
	}
	if own != "" && own != given && (same == nil || !same(own, given)) {
		w.note(record.Whole, "identity.catalog",
			fmt.Sprintf("%s: the catalogue says %s, the document %s; the catalogue's is kept", what, given, own))
	}
	return given
}

// identify finds whose disclosure it is and for which year: from the title,
// then from lines that name it, tables and text, then from the file's name.
func (w *work) identify() {
	id := &w.out.Identity
	title, block := w.titleText, w.titleBlock
	texts := w.texts()
	if title == "" {
		if title = gluedTitle(texts, titleRunes); title != "" {
			w.note(record.Whole, "identity.title_glued", "the title was cut from the text that it begins: "+title)
		}
	}
	if title == "" {
		title = w.tableTitle()
	}
	id.Title = title

	year := w.settle("year", w.yearClaims(title, texts), nil)
	given := ""
	if w.given.FiscalYear != 0 {
		given = strconv.Itoa(w.given.FiscalYear)
	}
	id.FiscalYear, _ = strconv.Atoi(w.override("year", year, given, nil)) // digits, or "" for 0

	kind := w.override("kind", w.settle("kind", w.kindClaims(title), nil), w.given.Kind, nil)
	id.Kind = cmp.Or(kind, record.KindOther)
	id.Level = w.settle("level", w.levelClaims(title, texts), nil)
	if strings.Contains(title, "预算") && strings.Contains(title, "决算") {
		w.note(record.Whole, "identity.kind_ambiguous", "the title names a budget and a final account; kind and year are those of the first")
	}

	department := w.settle("department", w.departmentClaims(title, texts), contains)
	id.Department = w.override("department", department, w.given.Department, nil)
	id.DepartmentCode = w.departmentCode(id.Department, texts)
	w.region(block)
	if id.FiscalYear == 0 {
		w.note(record.Whole, "identity.year_missing", "no fiscal year was found in title, headings, tables or file name")
	}
	if id.Department == "" {
		w.note(record.Whole, "identity.department_missing", "no department was found in title, headings, tables or file name")
	}
}

// texts returns the paragraphs and cells that are not empty, in the order of
// the document. Label and text of a paragraph are apart there.
func (w *work) texts() []string {
	var out []string
	cells := w.out.Cells
	take := func(before int) {
		for len(cells) > 0 && cells[0].Block < before {
			if cells[0].Text != "" {
				out = append(out, cells[0].Text)
			}
			cells = cells[1:]
		}
	}
	for _, p := range w.out.Paragraphs {
		take(p.Block)
		if p.Text != "" {
			out = append(out, p.Text)
		}
	}
	take(len(w.doc.Blocks))
	return out
}

// baseName is the file's name without folder and extension.
func (w *work) baseName() string {
	base := path.Base(w.doc.Source.Name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// titleBlocks is how many paragraphs at the top may belong to the title.
const titleBlocks = 12

// titleRunes is the longest line of a title.
const titleRunes = 60

// title joins the lines at the top up to the one that names a budget or an
// account: department, then 2020年部门预算公开情况说明. block is where it ends.
func (w *work) title() (title string, block int) {
	var before []string
	seen := 0
	for b, p := range w.plain {
		if p == nil || seen == titleBlocks {
			break
		}
		line := form.Name(p.Text)
		if line == "" {
			continue
		}
		seen++
		if containsWhole(line, "contents") {
			break // what names a budget below it is a part of the document
		}
		if utf8.RuneCountInString(line) > titleRunes || attachment.MatchString(line) || strings.ContainsAny(line, "。；：") {
			before = nil
			continue
		}
		if !namesAccount(line) {
			before = append(before, line)
			continue
		}
		if org := titleOrg(line); org == "" {
			return strings.Join(append(before, line), ""), b
		}
		return line, b
	}
	return "", -1
}

// attachment matches the line that numbers a document among others: 附件1.
var attachment = regexp.MustCompile(`^附[件表]?\d{0,2}[：:]?$`)

// containsWhole tells whether a line is a word of a class.
func containsWhole(line, class string) bool {
	return slices.ContainsFunc(vocab.IdentityWords()[class], func(w vocab.Phrase) bool { return w.Form == line })
}

// tableTitle is the title of the first table that names a budget or an
// account, or that of the file's properties: a document without a title of its
// own.
func (w *work) tableTitle() string {
	for _, r := range w.read {
		if namesAccount(r.Title) {
			return r.Title
		}
	}
	if t := form.Name(w.doc.Source.Title); namesAccount(t) {
		return t
	}
	return ""
}

func namesAccount(line string) bool {
	return strings.Contains(line, "预算") || strings.Contains(line, "决算")
}

// kindClaims collects what says what is disclosed.
func (w *work) kindClaims(title string) []claim {
	return []claim{
		{value: kindOf(title), from: inTitle},
		{value: w.tablesKind(), from: inTables},
		{value: w.firstLine(kindOf), from: inText, weak: true},
		{value: kindOf(w.baseName()), from: inName},
	}
}

// firstLine returns what the first heading or short paragraph says that says
// something.
func (w *work) firstLine(says func(text string) string) string {
	for _, p := range w.out.Paragraphs {
		if !namesAccount(p.Text) || p.HeadingLevel == 0 && utf8.RuneCountInString(p.Text) > titleRunes {
			continue
		}
		if value := says(p.Text); value != "" {
			return value
		}
	}
	return ""
}

// tablesKind is the kind that most titles of tables name, "" where none does
// more often than the others.
func (w *work) tablesKind() string {
	count := map[string]int{}
	for _, r := range w.read {
		count[kindOf(r.Title)]++
	}
	budget, account := count[record.KindBudget], count[record.KindFinalAccount]
	switch {
	case budget > account:
		return record.KindBudget
	case account > budget:
		return record.KindFinalAccount
	}
	return ""
}

// kindOf reads what a title names: of a budget and an account the first, and
// neither where it is the evaluation of something budgeted.
func kindOf(t string) string {
	t = withoutBudgetNames(t)
	budget, account := strings.Index(t, "预算"), strings.Index(t, "决算")
	switch {
	case account >= 0 && (budget < 0 || account < budget):
		return record.KindFinalAccount
	case budget >= 0 && account < 0 && containsAny(t, "evaluation"):
		return record.KindOther
	case budget >= 0:
		return record.KindBudget
	}
	return ""
}

// withoutBudgetNames takes the terms out of a text that hold 预算 and do not
// say what is disclosed.
func withoutBudgetNames(t string) string {
	if !strings.Contains(t, "预") {
		return t
	}
	for _, w := range vocab.IdentityWords()["budget_name"] {
		t = strings.ReplaceAll(t, w.Form, "")
	}
	return t
}

// containsAny tells whether a text holds a word of a class.
func containsAny(t, class string) bool {
	for _, w := range vocab.IdentityWords()[class] {
		if strings.Contains(t, w.Form) {
			return true
		}
	}
	return false
}

// contains tells whether one name is part of the other, as 司法局 is of
// 上海市普陀区司法局: the same body, called shortly.
func contains(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }

// levelClaims collects what says on which level the issuer stands.
func (w *work) levelClaims(title string, texts []string) []claim {
	claims := []claim{{value: levelOf(title), from: inTitle}}
	for _, t := range texts {
		if org := labelledOrg(t); org.level != "" {
			claims = append(claims, claim{value: org.level, from: inLabel, weak: org.caption})
			break
		}
	}
	return append(claims,
		claim{value: w.firstLine(levelOf), from: inText, weak: true},
		claim{value: levelOf(w.baseName()), from: inName})
}

// levelOf reads the level from the words of a title: 单位预算, 部门决算. A
// department's own unit (某局本级) is a unit, whatever its budget is called.
func levelOf(t string) string {
	if namesAccount(t) && namesOwnUnit(t) {
		return record.LevelUnit
	}
	t = withoutBudgetNames(t)
	for _, a := range []string{"预算", "决算"} {
		// 部门预算项目 is a class of projects, whoever has one.
		if _, behind, ok := strings.Cut(t, "部门"+a); ok && !strings.HasPrefix(behind, "项目") {
			return record.LevelDepartment
		}
		if strings.Contains(t, "单位"+a) {
			return record.LevelUnit
		}
	}
	return ""
}

// namesOwnUnit tells whether a text names a department's own unit: a public
// body with 本级 or 本部 behind it. 市本级 is a level of government.
func namesOwnUnit(t string) bool {
	for _, w := range vocab.IdentityWords()["own"] {
		before, _, ok := strings.Cut(t, w.Form)
		before = withoutOffice(strings.TrimRight(before, "（("))
		if ok && utf8.RuneCountInString(before) >= orgRunes && isOrganisation(before) {
			return true
		}
	}
	return false
}
