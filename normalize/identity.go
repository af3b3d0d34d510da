package normalize

import (
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/form"
	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// identify finds whose disclosure it is and for which year: from the title,
// then from headings and tables, then from the file's name, in this order of
// trust.
func (w *work) identify() {
	id := &w.out.Identity
	title, block := w.titleText, w.titleBlock
	if title == "" {
		title = w.tableTitle()
	}
	id.Title = title
	id.FiscalYear = w.fiscalYear(title)
	id.Kind, id.Level = w.kindAndLevel(title)
	if strings.Contains(title, "预算") && strings.Contains(title, "决算") {
		w.note(record.Whole, "identity.kind_ambiguous", "the title names a budget and a final account; kind and year are those of the first")
	}
	id.Department = w.department(title)
	id.DepartmentCode = w.departmentCode(id.Department)
	w.region(block)
	if id.FiscalYear == 0 {
		w.note(record.Whole, "identity.year_missing", "no fiscal year was found in title, headings, tables or file name")
	}
	if id.Department == "" {
		w.note(record.Whole, "identity.department_missing", "no department was found in title, headings or tables")
	}
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
		if utf8.RuneCountInString(line) > titleRunes || strings.ContainsAny(line, "。；：") {
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

// fiscalYear reads the year of the title, of the headings and tables, of the
// sentences that name a budget, and of the file's name.
func (w *work) fiscalYear(title string) int {
	if y := yearIn(title); y != 0 {
		return y
	}
	for _, r := range w.read {
		if y := yearIn(r.Title); y != 0 && namesAccount(r.Title) {
			return y
		}
	}
	if y := w.commonYear(); y != 0 {
		return y
	}
	y := yearIn(path.Base(w.doc.Source.Name))
	if y != 0 {
		w.note(record.Whole, "identity.year_from_name", "the fiscal year was taken from the file's name")
	}
	return y
}

// commonYear is the year that stands most often right before 部门预算, 预算 or
// 决算 in the text; of equals the earliest met.
func (w *work) commonYear() int {
	count := map[int]int{}
	best := 0
	for _, p := range w.out.Paragraphs {
		for _, word := range []string{"部门预算", "单位预算", "部门决算", "单位决算", "预算", "决算"} {
			before, _, ok := strings.Cut(p.Text, word)
			if !ok {
				continue
			}
			before = strings.TrimSuffix(strings.TrimSuffix(before, "度"), "年")
			if y := yearAtEnd(before); y != 0 {
				count[y]++
				if count[y] > count[best] {
					best = y
				}
			}
			break
		}
	}
	return best
}

// The years that a disclosure can be for: publication began in 2010.
const (
	firstYear = 2005
	lastYear  = 2099
)

// yearIn returns the first year of a text, in digits (2020年, 2020-) or in
// Chinese (二〇二〇年).
func yearIn(s string) int {
	s = chineseYear(s)
	for i := 0; i+4 <= len(s); i++ {
		if i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
			continue
		}
		if y := yearAtEnd(s[:i+4]); y != 0 && (i+4 == len(s) || s[i+4] < '0' || s[i+4] > '9') {
			return y
		}
	}
	return 0
}

func yearAtEnd(s string) int {
	if len(s) < 4 {
		return 0
	}
	y, err := strconv.Atoi(s[len(s)-4:])
	if err != nil || y < firstYear || y > lastYear {
		return 0
	}
	return y
}

// chineseYear writes 二〇二〇年 with digits.
func chineseYear(s string) string {
	i := strings.Index(s, "年")
	if i < 0 {
		return s
	}
	const digits = "〇一二三四五六七八九"
	head := []rune(strings.NewReplacer("○", "〇", "零", "〇", "Ｏ", "〇", "O", "〇").Replace(s[:i]))
	year := ""
	for k := len(head) - 1; k >= 0 && len(year) < 4; k-- {
		d := strings.IndexRune(digits, head[k])
		if d < 0 {
			return s
		}
		year = strconv.Itoa(d/len("〇")) + year
	}
	if len(year) < 4 {
		return s
	}
	return string(head[:len(head)-4]) + year + s[i:]
}

// kindAndLevel reads what is disclosed and on which level. The title decides;
// without one, the words of the headings.
func (w *work) kindAndLevel(title string) (kind, level string) {
	texts := []string{title}
	for _, p := range w.out.Paragraphs {
		if p.HeadingLevel > 0 || utf8.RuneCountInString(p.Text) <= titleRunes {
			texts = append(texts, p.Text)
		}
	}
	for _, t := range append(texts, path.Base(w.doc.Source.Name)) {
		if kind == "" {
			kind = kindOf(t)
		}
		if level == "" {
			level = levelOf(t)
		}
	}
	if kind == "" {
		kind = record.KindOther
	}
	return kind, level
}

func kindOf(t string) string {
	budget, account := strings.Index(t, "预算"), strings.Index(t, "决算")
	switch {
	case strings.Contains(t, "预决算"), strings.Contains(t, "预算法"):
		return ""
	case account >= 0 && (budget < 0 || account < budget):
		return record.KindFinalAccount
	case budget >= 0:
		return record.KindBudget
	}
	return ""
}

func levelOf(t string) string {
	for _, a := range []string{"预算", "决算"} {
		if strings.Contains(t, "部门"+a) {
			return record.LevelDepartment
		}
		if strings.Contains(t, "单位"+a) {
			return record.LevelUnit
		}
	}
	return ""
}

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
	if utf8.RuneCountInString(s) < orgRunes || !isOrganisation(s) {
		return ""
	}
	return s
}

// orgRunes is the shortest name of a department: 财政局.
const orgRunes = 3

// isOrganisation tells whether a name ends or goes on like that of a public
// body.
func isOrganisation(s string) bool {
	for _, suffix := range vocab.OrganizationSuffixes() {
		if strings.HasSuffix(s, suffix) || strings.Contains(s, suffix+"（") || strings.Contains(s, suffix+"(") {
			return true
		}
	}
	return false
}

// department finds the issuer: the title's organisation, a line 编制部门：X, a
// line with code and name above a form, a short line at the top.
func (w *work) department(title string) string {
	if org := titleOrg(title); org != "" {
		return org
	}
	for _, p := range w.out.Paragraphs {
		if org := labelledOrg(p.Text); org != "" {
			return org
		}
	}
	for _, c := range w.out.Cells {
		if org := labelledOrg(c.Text); org != "" {
			return org
		}
	}
	for _, r := range w.read {
		if len(r.Unit.Code) == departmentDigits {
			return r.Unit.Name
		}
	}
	for _, p := range w.out.Paragraphs[:min(titleBlocks, len(w.out.Paragraphs))] {
		if line := form.Name(p.Text); utf8.RuneCountInString(line) <= titleRunes && isOrganisation(line) && !strings.ContainsAny(line, "。，") {
			return line
		}
	}
	return ""
}

// labelledOrg reads 编制部门：邯郸市人力资源和社会保障局.
func labelledOrg(text string) string {
	line := form.Name(text)
	if utf8.RuneCountInString(line) > titleRunes {
		return ""
	}
	for _, label := range []string{"编制部门", "编制单位", "填报单位", "填报部门", "部门名称", "单位名称", "预算部门", "预算单位", "公开部门", "主管部门", "部门", "单位"} {
		rest, ok := strings.CutPrefix(line, label)
		if !ok {
			continue
		}
		rest, colon := strings.CutPrefix(strings.Replace(rest, ":", "：", 1), "：")
		if _, name := cutCode(rest); colon && utf8.RuneCountInString(name) >= orgRunes && isOrganisation(name) {
			return name
		}
	}
	return ""
}

// cutCode cuts a budget code from the front of a name.
func cutCode(s string) (code, name string) {
	name = strings.TrimLeft(s, "0123456789")
	return s[:len(s)-len(name)], strings.TrimLeft(name, "-—_ ")
}

// departmentDigits is the length of a department's budget code; units have
// six digits that begin with it.
const departmentDigits = 3

// departmentCode finds the code printed before the department's name, or the
// first digits that all its units' codes share.
func (w *work) departmentCode(department string) string {
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
	return shared
}

// region finds the issuing government: by the department's name, then by the
// title and the first sentences.
func (w *work) region(titleBlock int) {
	id := &w.out.Identity
	names := []string{id.Department, id.Title}
	for _, p := range w.out.Paragraphs[:min(titleBlocks, len(w.out.Paragraphs))] {
		names = append(names, form.Name(p.Text))
	}
	for _, o := range w.out.Organizations {
		names = append(names, o.Name)
	}
	// File names put marks between the regions: 四川-大英县司法局-2023.
	names = append(names, strings.NewReplacer("-", "", "_", "", " ", "").Replace(path.Base(w.doc.Source.Name)))
	for i, name := range names {
		name = strings.TrimLeft(name, "0123456789年度 ")
		name = strings.TrimPrefix(strings.TrimPrefix(name, "中国共产党"), "中共")
		r, found, ambiguous := vocab.FindRegion(name, id.FiscalYear)
		if ambiguous {
			o := record.Whole
			o.Block = titleBlock
			w.note(o, "identity.region_ambiguous", "several regions bear the name that "+name+" begins with")
			return
		}
		if found {
			id.RegionCode, id.RegionName = r.Code, r.FullName
			if i == len(names)-1 {
				w.note(record.Whole, "identity.region_from_name", "the region was taken from the file's name")
			}
			return
		}
	}
	w.note(record.Whole, "identity.region_missing", "no region of GB/T 2260 begins the department's name, the title or the file's name")
}
