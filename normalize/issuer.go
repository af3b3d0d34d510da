package normalize

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"yusuan/normalize/form"
	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// orgRunes is the shortest name of a department: 财政局.
const orgRunes = 3

// departmentClaims collects what names the issuer: the title's organisation and
// a line 编制部门：X; where neither does, what may fill the gap.
func (w *work) departmentClaims(title string, texts []string) []claim {
	claims := []claim{{value: titleOrg(title), from: inTitle}}
	for _, t := range texts {
		if org := labelledOrg(t); org.name != "" {
			claims = append(claims, claim{value: org.name, from: inLabel, weak: org.weak})
			break
		}
	}
	if claims[0].value != "" || len(claims) > 1 {
		return claims
	}
	return append(claims, w.gapDepartment(texts))
}

// gapDepartment names the issuer where neither the title nor a label does: by a
// line with code and name above a form, the head of a form, a short line at the
// top, the first words of the text, a heading or sentence that presents it, the
// head of a form of a project, the file's name.
func (w *work) gapDepartment(texts []string) claim {
	for _, t := range texts {
		if _, name := codedOrg(t); name != "" {
			return claim{value: name, from: inLabel}
		}
	}
	for _, r := range w.read {
		if len(r.Unit.Code) == departmentDigits {
			return claim{value: r.Unit.Name, from: inTables}
		}
	}
	for _, org := range []func() string{
		w.shortLineOrg,
		func() string { return titleOrg(gluedTitle(texts, 0)) },
		w.aboutOrg,
		func() string { return w.formOrg(texts) },
	} {
		if name := org(); name != "" {
			return claim{value: name, from: inText}
		}
	}
	return claim{value: nameOrg(w.baseName()), from: inName}
}

// shortLineOrg is the first short line at the top that is the name of a public
// body.
func (w *work) shortLineOrg() string {
	for _, p := range w.out.Paragraphs[:min(titleBlocks, len(w.out.Paragraphs))] {
		line := form.Name(p.Text)
		if utf8.RuneCountInString(line) <= titleRunes && isOrganisation(line) && !strings.ContainsAny(line, "。，") {
			return line
		}
	}
	return ""
}

// aboutOrg is the body that a heading is about, as 第一部分 某局概况, or that a
// sentence presents: 现将某局2020年部门预算公开如下.
func (w *work) aboutOrg() string {
	for _, p := range w.out.Paragraphs {
		line := form.Name(p.Text)
		if _, rest, ok := strings.Cut(line, presenting); ok && namesAccount(rest) {
			rest, _, _ = strings.Cut(rest, "预算")
			rest, _, _ = strings.Cut(rest, "决算")
			if org := titleOrg(rest); yearIn(rest) != 0 && org != "" && !strings.ContainsAny(org, "，。；、") {
				return org
			}
		}
		if utf8.RuneCountInString(line) > titleRunes {
			continue
		}
		for _, about := range vocab.IdentityWords()["about"] {
			name, ok := strings.CutSuffix(line, about.Form)
			if !ok {
				continue
			}
			if org := orgName(strings.TrimLeft(name, "：: ")); org != "" && !strings.ContainsAny(org, "，。；、") {
				return org
			}
		}
	}
	return ""
}

// presenting is the word before the name of what a sentence makes public.
const presenting = "现将"

// titleOrg returns the organisation that a title names: what stands before
// the year and the words for the account, or between them.
func titleOrg(title string) string {
	s := chineseYear(title)
	for _, mark := range []string{"部门预算", "单位预算", "部门决算", "单位决算", "预算", "决算"} {
		if before, _, ok := strings.Cut(s, mark); ok {
			s = before
			break
		}
	}
	s = strings.TrimRight(s, "（(·")
	// 2023年度上海市… or …2020年
	for {
		i := strings.Index(s, "年")
		if i < 4 || yearAtEnd(s[:i]) == 0 {
			break
		}
		before, after := s[:i-4], strings.TrimPrefix(s[i+len("年"):], "度")
		if utf8.RuneCountInString(before) >= utf8.RuneCountInString(after) {
			s = before
		} else {
			s = after
		}
	}
	if _, rest := splitLabel(s); rest != s {
		s = rest
	}
	return orgName(withoutDecree(s))
}

// withoutDecree drops what a notice says before the title that it is about:
// 关于印发《邯郸市教育局2022年部门预算》的通知.
func withoutDecree(s string) string {
	if i := strings.LastIndex(s, "《"); i >= 0 {
		return s[i+len("《"):]
	}
	for _, w := range vocab.IdentityWords()["decree"] {
		if rest, ok := strings.CutPrefix(s, w.Form); ok && isOrganisation(rest) {
			return withoutDecree(rest)
		}
	}
	return s
}

// orgName returns the name of a public body without the words for its own unit
// (某局（本级）) and the 部门 that budget systems put behind departments, "" if
// it is none.
func orgName(s string) string {
	for _, tail := range orgTails() {
		if rest, ok := strings.CutSuffix(s, tail); ok && isOrganisation(withoutOffice(rest)) {
			s = rest
		}
	}
	if utf8.RuneCountInString(s) < orgRunes || !isOrganisation(s) {
		return ""
	}
	return s
}

// orgTails are the words that orgName drops, each plain and in brackets.
var orgTails = sync.OnceValue(func() []string {
	var tails []string
	for _, w := range slices.Concat(vocab.IdentityWords()["own"], vocab.IdentityWords()["office"], []vocab.Phrase{{Form: "部门"}}) {
		tails = append(tails, w.Form, "（"+w.Form+"）", "("+w.Form+")")
	}
	return tails
})

// withoutOffice drops the word for a body's own staff: 教育局机关.
func withoutOffice(s string) string {
	for _, w := range vocab.IdentityWords()["office"] {
		s = strings.TrimSuffix(s, w.Form)
	}
	return s
}

// isOrganisation tells whether a name ends or goes on like that of a public
// body.
func isOrganisation(s string) bool {
	for {
		if hasOrgSuffix(s) {
			return true
		}
		// A bracket may follow the name: 教育局（本级）.
		i := strings.LastIndexAny(s, "（(")
		if i < 0 {
			return false
		}
		s = s[:i]
	}
}

// hasOrgSuffix tells whether a name ends like that of a public body.
func hasOrgSuffix(s string) bool {
	for _, suffix := range vocab.OrganizationSuffixes() {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// issuer is a labelled name of an issuer.
type issuer struct {
	name string
	// level is the level that the label implies, "" for none.
	level string
	// weak says that the label may name somebody else: 单位：X above a form
	// of one of several units.
	weak bool
	// caption says that the label stands above forms of units too (部门：X), so
	// that it contradicts no title.
	caption bool
}

// labelledOrg reads 编制部门：邯郸市人力资源和社会保障局.
func labelledOrg(text string) issuer {
	if len(text) > maxLine || !strings.ContainsAny(text, ":：") {
		return issuer{}
	}
	line := strings.Replace(form.Name(text), ":", "：", 1)
	for _, label := range vocab.IdentityWords()["issuer"] {
		rest, ok := strings.CutPrefix(line, label.Form)
		if !ok {
			continue
		}
		rest, colon := strings.CutPrefix(withoutRemark(rest), "：")
		if !colon {
			continue
		}
		if _, name := cutCode(rest); orgName(name) != "" {
			level, caption := strings.CutSuffix(label.Value, "?")
			return issuer{name: orgName(name), level: level, weak: level == "", caption: caption}
		}
	}
	return issuer{}
}

// withoutRemark drops a remark in brackets behind a label: 填报单位（盖章）.
func withoutRemark(s string) string {
	if !strings.HasPrefix(s, "（") && !strings.HasPrefix(s, "(") {
		return s
	}
	if i := strings.IndexAny(s, "）)"); i > 0 && i <= maxRemark {
		return strings.TrimLeft(s[i:], "）)")
	}
	return s
}

// maxRemark is the length in bytes of the longest remark behind a label, with
// its brackets: （单位盖章）.
const maxRemark = 24

// maxLine is the length in bytes beyond which a text is no line of a title
// page: titleRunes of three bytes, with layout blanks between them.
const maxLine = 3 * 2 * titleRunes

// cutCode cuts a budget code from the front of a name.
func cutCode(s string) (code, name string) {
	name = strings.TrimLeft(s, "0123456789")
	return s[:len(s)-len(name)], strings.TrimLeft(name, "-—_[]【】 ")
}

// departmentDigits is the length of a department's budget code; units have
// six digits that begin with it.
const departmentDigits = 3

// unitDigits is the length of a unit's budget code, and subunitDigits of one
// below it.
const (
	unitDigits    = 6
	subunitDigits = 9
)

// codedOrg reads a line of code and name: 920平山县下口镇财政所. A date before
// a name is none.
func codedOrg(text string) (code, name string) {
	if text == "" || text[0] < '0' || text[0] > '9' || len(text) > maxLine {
		return "", ""
	}
	code, name = cutCode(form.Name(text))
	if n := len(code); n != departmentDigits && n != unitDigits && n != subunitDigits {
		return "", ""
	}
	if strings.ContainsAny(name, "，。；：、0123456789") {
		return "", ""
	}
	return code, orgName(name)
}

// gluedTitle reads a title that what follows it is glued to: 教育局
// 2020年部门预算 报送日期：…. It looks at the first texts alone, and a sentence is
// no title. Texts of up to longer runes are left out.
func gluedTitle(texts []string, longer int) string {
	for _, t := range texts[:min(len(texts), titleBlocks)] {
		head := []rune(t)
		if len(head) <= longer {
			continue
		}
		line := form.Name(string(head[:min(len(head), titleRunes)]))
		for _, mark := range []string{"部门预算", "单位预算", "部门决算", "单位决算"} {
			before, _, ok := strings.Cut(line, mark)
			if ok && yearIn(before) != 0 && !strings.ContainsAny(before, "，。；：、,:《") {
				if titleOrg(before+mark) != "" {
					return before + mark
				}
			}
		}
	}
	return ""
}

// formOrg reads the department from the heads of forms of projects, 主管部门 and
// 实施单位: the first of them that has a name, or that of another that is fuller
// (坝塘镇, 宁乡市坝塘镇人民政府). Forms of several departments name none.
func (w *work) formOrg(texts []string) string {
	name := ""
	for _, label := range vocab.IdentityWords()["superior"] {
		found := ""
		for i, t := range texts {
			next := ""
			if i+1 < len(texts) {
				next = texts[i+1]
			}
			org := formOrgAt(t, next, label.Form)
			if org != "" && found != "" && org != found {
				w.note(record.Whole, "identity.department_ambiguous", "the forms name several departments, "+found+" and "+org+"; none was taken from them")
				return ""
			}
			if org != "" {
				found = org
			}
		}
		if name == "" || strings.Contains(found, name) {
			name = found
		}
	}
	return name
}

// formOrgAt reads the name behind a label of a form: in the next cell or line,
// or in the same text, if its cells ran together.
func formOrgAt(text, next, label string) string {
	if !strings.Contains(text, label) {
		return ""
	}
	if org := superiorIn(text, label); org != "" {
		return org
	}
	rest, ok := strings.CutPrefix(form.Name(text), label)
	if !ok || strings.TrimRight(withoutRemark(rest), ":：") != "" {
		return ""
	}
	_, name := cutCode(form.Name(next))
	return orgName(name)
}

// superiorIn reads the name behind a label in a text whose cells ran together:
// 主管部门中江县水利局实施单位中江县水利局资金情况.
func superiorIn(text, label string) string {
	_, rest, ok := strings.Cut(text, label)
	if !ok {
		return ""
	}
	_, rest = cutCode(strings.TrimLeft(withoutRemark(rest), ":： "))
	end := len(rest)
	if i := strings.IndexAny(rest, " \t\n，。；、,;（("); i >= 0 {
		end = i
	}
	for _, stop := range vocab.IdentityWords()["stop"] {
		if i := strings.Index(rest[:end], stop.Form); i >= 0 {
			end = i
		}
	}
	if end > maxLine {
		return ""
	}
	return orgName(rest[:end])
}

// nameOrg reads the department from the parts of a file's name:
// 四川-大英县司法局-2023-绩效自评表.
func nameOrg(base string) string {
	for _, part := range strings.FieldsFunc(base, func(r rune) bool { return strings.ContainsRune("-_—－ .", r) }) {
		if i := strings.Index(part, "20"); i > 0 && yearIn(part[i:]) != 0 {
			part = part[:i]
		}
		if org := titleOrg(part); org != "" {
			return org
		}
	}
	return ""
}

// departmentCode finds the code printed before the department's name, or the
// first digits that all its units' codes share.
func (w *work) departmentCode(department string, texts []string) string {
	shared := ""
	for _, r := range w.read {
		code := r.Unit.Code
		if code == "" {
			continue
		}
		if r.Unit.Name == department && len(code) == departmentDigits {
			return code
		}
		if len(code) < departmentDigits || shared != "" && shared != code[:departmentDigits] {
			return ""
		}
		shared = code[:departmentDigits]
	}
	if shared != "" || department == "" {
		return shared
	}
	for _, t := range texts {
		if code, name := codedOrg(t); name == department {
			return code[:departmentDigits]
		}
	}
	return ""
}
