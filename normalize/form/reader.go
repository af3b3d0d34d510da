package form

import (
	"strings"
	"unicode/utf8"

	"yusuan/normalize/field"
	"yusuan/normalize/record"
	"yusuan/normalize/value"
	"yusuan/normalize/vocab"
)

// Other is the form of a table that is not recognised.
const Other = "other"

// The forms that are read into records.
const (
	PerformanceTarget     = "performance_target"     // 绩效目标表
	PerformanceEvaluation = "performance_evaluation" // 绩效自评表
	OrganizationsForm     = "organizations"          // 机构设置
	ProcurementForm       = "procurement"            // 政府采购
	FixedAssets           = "fixed_assets"           // 固定资产占用
)

// LabelRunes is the longest text that can be a label. The longest in the
// disclosures looked at, 预算规模及资金用途 with its remarks, has half of that.
const LabelRunes = 24

// LabelRows is how many rows of a table are searched for labels when its form
// is recognised. The indicator header of the longest target form stands in
// row 16.
const LabelRows = 40

// Records are what one table gives.
type Records struct {
	// Form, Title, FormNo and the money unit describe the table.
	Form, Title, FormNo string
	UnitRaw             string
	ScaleExp            int
	HeaderRows          int
	// Header and FieldOf tell of every cell by its index whether it is a
	// header or label, and which canonical field it belongs to.
	Header  map[int]bool
	FieldOf map[int]string

	Projects      []record.Project
	Indicators    []record.Indicator
	BudgetLines   []record.BudgetLine
	Procurement   []record.Procurement
	Organizations []record.Organization
	Assets        []record.Asset
	Fields        []record.Field
	Notes         []record.Note
	// Prose lists the cells whose text is sentences (purpose, goals).
	Prose []int
	// Sentences are the parts of a running text that are sentences.
	Sentences []Span
	// Unit is the organisation named above a form, code and name.
	Unit OrgRef
}

// OrgRef is an organisation as a form's head names it: 316002邯郸市人社局机关.
type OrgRef struct{ Code, Name string }

// Reader recognises and reads tables. It may be used by one goroutine at a
// time; it keeps what labels resolved to, which repeat from table to table and
// from document to document.
type Reader struct {
	fields *field.Resolver
	cache  map[labelKey]field.Result
	// texts holds the texts that Known was asked about.
	texts map[string]*candidate
}

type labelKey struct{ form, label string }

// candidate is a text that may be a label, and what it is known as by form.
type candidate struct {
	text  *field.Candidate
	known []knownAs
}

type knownAs struct{ form, id string }

// maxTexts bounds the texts that a reader remembers when it begins with a
// document; the labels of all forms are some hundreds, the rest are names.
const maxTexts = 1 << 13

// NewReader returns a reader that resolves labels with a resolver.
func NewReader(fields *field.Resolver) *Reader {
	return &Reader{fields: fields, cache: map[labelKey]field.Result{}, texts: map[string]*candidate{}}
}

// Reuse readies the reader for a further document: it forgets what it knows
// when that is too much. What it gives does not depend on what it remembers.
func (r *Reader) Reuse() {
	if len(r.texts) > maxTexts {
		clear(r.texts)
	}
	if len(r.cache) > maxTexts {
		clear(r.cache)
	}
}

// Read recognises a table and reads it.
func (r *Reader) Read(v *View) *Records {
	out := &Records{Form: Other, Header: map[int]bool{}, FieldOf: map[int]string{}}
	s := &sheet{View: v, reader: r, out: out}
	s.describe()
	f := s.recognise()
	if f == "" {
		f = s.statutory()
	}
	if f != "" {
		out.Form = f
	}
	switch out.Form {
	case PerformanceTarget, PerformanceEvaluation:
		if v.Table.Cols == 1 {
			s.unroll()
		}
		s.readTarget()
	case ProcurementForm:
		s.readProcurement()
		s.readProcurementLines()
	case OrganizationsForm:
		s.readOrganizations()
	case FixedAssets:
		s.readAssets()
	case Other:
		s.readOther()
	default:
		s.readStatutory()
	}
	return out
}

// resolve looks a label up in a form, remembering the answer.
func (r *Reader) resolve(form, label string) field.Result {
	k := labelKey{form, label}
	if f, ok := r.cache[k]; ok {
		return f
	}
	f := r.fields.Resolve(form, label)
	r.cache[k] = f
	return f
}

// sheet is one table being read.
type sheet struct {
	*View
	reader *Reader
	out    *Records
	// head is the header that readHeader found, nil before.
	head *columns
}

// known returns the canonical field of a text under a form, "" if it is no
// label, or only similar to one.
func (s *sheet) known(form, text string) string {
	if label := labelText(text); label != "" {
		return s.reader.known(form, label)
	}
	return ""
}

// labelText returns a text in one line if it can be a label, and "" if it is
// blank, too long, a number, or holds what stands in values and sentences.
func labelText(text string) string {
	// A label may be broken into lines and spaced out, not ten times over.
	if len(text) > 10*LabelRunes*utf8.UTFMax || strings.ContainsAny(text, noLabel) {
		return ""
	}
	label := Line(text)
	if label == "" || utf8.RuneCountInString(label) > LabelRunes {
		return ""
	}
	if _, number := value.Number(label); number {
		return ""
	}
	return label
}

// noLabel holds runes that stand in values and sentences and never in labels.
const noLabel = "≥≤≧≦＞＜><。；;！？"

// known asks the resolver once for each text and form.
func (r *Reader) known(form, label string) string { return r.candidate(label).as(form) }

// candidate returns what is remembered of a text.
func (r *Reader) candidate(label string) *candidate {
	c := r.texts[label]
	if c == nil {
		c = &candidate{text: r.fields.Candidate(label)}
		r.texts[label] = c
	}
	return c
}

// as returns the field that the text is surely a label of in a form, or "".
func (c *candidate) as(form string) string {
	// There are few forms: a list is searched faster than a map.
	for _, k := range c.known {
		if k.form == form {
			return k.id
		}
	}
	id := c.text.Known(form)
	c.known = append(c.known, knownAs{form, id})
	return id
}

// label marks a cell as a label of its form and lists it among the fields.
func (s *sheet) label(cell int) string {
	c := &s.Table.Cells[cell]
	text := Line(c.Text)
	f := s.reader.resolve(s.out.Form, text)
	if s.out.Header[cell] || text == "" {
		return f.Canonical
	}
	s.out.Header[cell] = true
	canonical := f.Canonical
	if f.Method == field.Review {
		canonical = ""
	}
	s.out.FieldOf[cell] = canonical
	s.out.Fields = append(s.out.Fields, record.Field{
		Origin: s.cellOrigin(cell), LabelRaw: text,
		Tokens: f.Tokens, Concepts: f.Concepts, Canonical: f.Canonical, Method: f.Method,
	})
	return canonical
}

func (s *sheet) note(o record.Origin, code, message string) {
	s.out.Notes = append(s.out.Notes, record.Note{Origin: o, Code: code, Message: message})
}

// recognise returns the form whose labels the table has, "" if there is none.
// Of several, the one with a word of its title wins, then the one with more
// fields.
func (s *sheet) recognise() string {
	forms := vocab.Forms()
	found := s.labelsByForm(forms)
	best, bestScore := "", 0
	for k, f := range forms {
		if score := s.score(f, found[k]); score > bestScore {
			best, bestScore = f.ID, score
		}
	}
	return best
}

// labelsByForm returns for every form the fields whose labels the first rows
// of the table hold.
func (s *sheet) labelsByForm(forms []vocab.Form) []map[string]bool {
	found := make([]map[string]bool, len(forms))
	for k := range found {
		found[k] = map[string]bool{}
	}
	for i := range s.Table.Cells {
		c := &s.Table.Cells[i]
		if c.Row >= LabelRows && s.Table.Cols > 1 || c.Row >= streamCells {
			break
		}
		label := labelText(c.Text)
		if label == "" {
			continue
		}
		text := s.reader.candidate(label)
		for k, f := range forms {
			if id := text.as(f.ID); id != "" {
				found[k][id] = true
			}
		}
	}
	return found
}

// titleScore is what a word of the title is worth against one field found:
// more than all fields of a form together.
const titleScore = 10

// score tells how much of a form is in the table; 0 means that it is not.
func (s *sheet) score(f vocab.Form, found map[string]bool) int {
	count := func(ids []string) (n int) {
		for _, id := range ids {
			if found[id] {
				n++
			}
		}
		return n
	}
	all, some := count(f.All), count(f.Any)
	if all < len(f.All) || some == 0 || count(f.None) > 0 {
		return 0
	}
	score := all + some
	for _, word := range f.Titles {
		if containsKey(s.out.Title, word) || containsKey(s.Section, word) {
			return score + titleScore
		}
	}
	if score < f.Proof {
		return 0
	}
	return score
}
