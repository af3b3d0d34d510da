package link

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/export"
)

// world is a dataset in memory: a source and a sink.
type world struct {
	mentions []export.Mention
	known    map[string]bool // ids
	entities []export.Entity
	links    []export.Link
}

func (w *world) Known(typ, seed string) bool   { return w.known[export.EntityID(typ, seed)] }
func (w *world) Entity(e *export.Entity) error { w.entities = append(w.entities, *e); return nil }
func (w *world) Link(l *export.Link) error     { w.links = append(w.links, *l); return nil }
func (w *world) add(m export.Mention) *export.Mention {
	w.mentions = append(w.mentions, m)
	return &w.mentions[len(w.mentions)-1]
}

func (w *world) Lines(_ context.Context, f func(*export.Mention) error) error {
	for i := range w.mentions {
		if w.mentions[i].Table == "budget_lines" {
			if err := f(&w.mentions[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// document adds what a document says of itself, in a region of 晋州市.
func (w *world) document(name, code string, year int) string {
	id := fmt.Sprintf("%032x", len(w.mentions)+1)
	w.add(export.Mention{Table: "documents", DocumentID: id, RegionCode: "130183", Department: name, Name: name, Code: code,
		FiscalYear: int32(year), Level: "department", BlockNo: -1, RowNo: -1, ColNo: -1})
	return id
}

// project adds a project to the document that was added last.
func (w *world) project(document, name, code string, amount int64) {
	of := w.mentions[slices.IndexFunc(w.mentions, func(m export.Mention) bool { return m.DocumentID == document })]
	w.add(export.Mention{Table: "projects", DocumentID: document, RegionCode: of.RegionCode, Department: of.Department, FiscalYear: of.FiscalYear,
		Name: name, Code: code, ProjectNo: int32(len(w.mentions)), Amount: amount, HasAmount: amount != 0})
}

// line adds a budget line.
func (w *world) line(code, name string, year int) {
	w.add(export.Mention{Table: "budget_lines", DocumentID: fmt.Sprintf("%032x", year), FiscalYear: int32(year),
		Code: code, Name: name, Scheme: "function", Form: "expenditure", RowNo: int32(len(w.mentions))})
}

// ordered returns the mentions of some tables by year and document.
func (w *world) ordered(tables ...string) []export.Mention {
	out := slices.DeleteFunc(slices.Clone(w.mentions), func(m export.Mention) bool { return !slices.Contains(tables, m.Table) })
	slices.SortStableFunc(out, func(a, b export.Mention) int {
		return cmp.Or(cmp.Compare(a.FiscalYear, b.FiscalYear), cmp.Compare(a.DocumentID, b.DocumentID))
	})
	return out
}

// regions passes the only region to f, as a source does.
func (w *world) regions(f func([]export.Mention, export.Organizations) error) error {
	documents := w.ordered("documents")
	return f(documents, func(g func(*export.Mention) error) error {
		for _, m := range w.ordered("organizations") {
			if err := g(&m); err != nil {
				return err
			}
		}
		return nil
	})
}

// groups passes what stands in the documents to f, as a source does.
func (w *world) groups(group func(string) (int32, bool), f func(int32, []export.Mention) error) error {
	of := map[int32][]export.Mention{}
	for _, m := range w.ordered("projects", "procurement", "indicators") {
		if g, ok := group(m.DocumentID); ok {
			of[g] = append(of[g], m)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(of)) {
		if err := f(g, of[g]); err != nil {
			return err
		}
	}
	return nil
}

// run links the world.
func (w *world) run(t *testing.T, decisions ...export.Decision) *linker {
	t.Helper()
	w.entities, w.links = nil, nil
	sum := &Summary{Entities: map[string]int{}, Links: map[string]int{}, Proposals: map[string]int{}, Methods: map[string]int{}}
	l := &linker{src: w, out: counted{w, sum}, decisions: newDecisions(decisions), whose: map[string]whose{}}
	if err := errors.Join(w.regions(l.region), w.groups(l.groupOf, l.group)); err != nil {
		t.Fatal(err)
	}
	if err := l.findAccounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	return l
}

// id is the entity that a name in a year was linked to, and how.
func (w *world) id(t *testing.T, typ, name string, year int) (string, string) {
	t.Helper()
	for _, l := range w.links {
		if l.EntityType == typ && l.Name == name && int(l.FiscalYear) == year && l.Status == export.StatusLink {
			return l.EntityID, l.Method
		}
	}
	t.Fatalf("no link of %s %s in %d: %v", typ, name, year, w.links)
	return "", ""
}

// proposed tells whether a name in a year is proposed for an entity.
func (w *world) proposed(name string, entity string) bool {
	return slices.ContainsFunc(w.links, func(l export.Link) bool {
		return l.Status == export.StatusProposal && l.Name == name && l.EntityID == entity
	})
}

// TestRename joins a department with its successor, and says how.
func TestRename(t *testing.T) {
	w := &world{}
	w.document("晋州市卫生和计划生育局", "", 2017)
	w.document("晋州市卫计局", "", 2018)
	w.document("晋州市卫生健康局", "", 2019)
	w.run(t)
	a, _ := w.id(t, "department", "晋州市卫生和计划生育局", 2017)
	b, how := w.id(t, "department", "晋州市卫生健康局", 2019)
	c, _ := w.id(t, "department", "晋州市卫计局", 2018)
	if a != b || a != c || how != export.MethodRename || len(w.entities) != 1 {
		t.Fatalf("%s, %s by %s, %s: %+v", a, b, how, c, w.entities)
	}
	e := w.entities[0]
	if e.Name != "晋州市卫生健康局" || len(e.Aliases) != 2 || e.FirstYear != 2017 || e.LastYear != 2019 {
		t.Errorf("%+v", e)
	}
}

// TestRenameNeedsSuccession leaves names apart that stand in one year after the
// other one came.
func TestRenameNeedsSuccession(t *testing.T) {
	w := &world{}
	w.document("晋州市卫生和计划生育局", "", 2020)
	w.document("晋州市卫生健康局", "", 2019)
	w.run(t)
	a, _ := w.id(t, "department", "晋州市卫生健康局", 2019)
	if b, _ := w.id(t, "department", "晋州市卫生和计划生育局", 2020); a == b {
		t.Error("a name was joined with one that came before")
	}
}

// TestMerger joins the successor with the one predecessor that has its code,
// or that is the only one; the others are proposals.
func TestMerger(t *testing.T) {
	w := &world{}
	w.document("晋州市工商行政管理局", "320", 2018)
	w.document("晋州市质量技术监督局", "331", 2018)
	w.document("晋州市市场监督管理局", "320", 2019)
	w.run(t)
	a, _ := w.id(t, "department", "晋州市工商行政管理局", 2018)
	b, _ := w.id(t, "department", "晋州市质量技术监督局", 2018)
	c, how := w.id(t, "department", "晋州市市场监督管理局", 2019)
	if a != c || how != export.MethodRename || a == b || !w.proposed("晋州市市场监督管理局", b) {
		t.Errorf("%s, %s, %s by %s: %v", a, b, c, how, w.links)
	}
	w = &world{}
	w.document("晋州市工商行政管理局", "", 2018)
	w.document("晋州市质量技术监督局", "", 2018)
	w.document("晋州市市场监督管理局", "", 2019)
	w.run(t)
	if len(w.entities) != 3 {
		t.Errorf("without codes nobody knows which goes on: %+v", w.entities)
	}
	w = &world{}
	w.document("晋州市质量技术监督局", "331", 2018)
	w.document("晋州市市场监督管理局", "320", 2019)
	w.run(t)
	if len(w.entities) != 2 {
		t.Errorf("the codes say that it is another: %+v", w.entities)
	}
}

// TestUnit finds the department of a unit by what names it and by its code.
func TestUnit(t *testing.T) {
	w := &world{}
	whole := w.document("晋州市教育局", "316", 2019)
	w.add(export.Mention{Table: "organizations", DocumentID: whole, RegionCode: "130183", Department: "晋州市教育局", FiscalYear: 2019, Name: "晋州市第一中学"})
	for _, u := range [][2]string{{"晋州市第一中学", ""}, {"晋州市招生考试中心", "316004"}, {"晋州市教育局本级", "316001"}, {"晋州市种子站", "990"}} {
		w.document(u[0], u[1], 2020)
		w.mentions[len(w.mentions)-1].Level = "unit"
	}
	w.run(t)
	dept, _ := w.id(t, "department", "晋州市教育局", 2019)
	for name, want := range map[string]bool{"晋州市第一中学": true, "晋州市招生考试中心": true, "晋州市教育局本级": true, "晋州市种子站": false} {
		got, _ := w.id(t, "department", name, 2020)
		unit, _ := w.id(t, "unit", name, 2020)
		if (got == dept) != want {
			t.Errorf("%s: of the department: %v", name, got == dept)
		}
		for _, e := range w.entities {
			if e.ID == unit && e.ParentID != got {
				t.Errorf("%s: parent %s, not %s", name, e.ParentID, got)
			}
			if e.ID == dept && slices.Contains(e.Aliases, "晋州市第一中学") {
				t.Errorf("the department is called by its unit: %v", e.Aliases)
			}
		}
	}
}

// TestProjects joins by code, by name and by similarity, and no two of one
// document.
func TestProjects(t *testing.T) {
	w := &world{}
	a := w.document("晋州市教育局", "", 2019)
	w.project(a, "城东学校维修", "", 100)
	w.project(a, "教师培训经费", "000-1", 200)
	w.project(a, "校车安全运行补助资金", "", 300)
	w.project(a, "公用经费（第一批）", "", 400)
	w.project(a, "公用经费（第二批）", "", 500)
	b := w.document("晋州市教育局", "", 2020)
	w.project(b, "城西学校维修", "", 100)
	w.project(b, "2020年教师培训经费", "000-1", 250)
	w.project(b, "校车安全运行朴助资金", "", 310)
	w.project(b, "公用经费（第二批）", "", 450)
	w.run(t)
	for _, c := range []struct {
		old, new, method string
		same             bool
	}{
		{"城东学校维修", "城西学校维修", "", false},
		{"教师培训经费", "2020年教师培训经费", export.MethodCode, true},
		{"校车安全运行补助资金", "校车安全运行朴助资金", export.MethodSimilarity, true},
		{"公用经费（第二批）", "公用经费（第二批）", export.MethodName, true},
		{"公用经费（第一批）", "公用经费（第二批）", "", false},
	} {
		x, _ := w.id(t, "project", c.old, 2019)
		y, how := w.id(t, "project", c.new, 2020)
		if (x == y) != c.same || c.same && how != c.method {
			t.Errorf("%s and %s: same %v, by %s", c.old, c.new, x == y, how)
		}
	}
}

// TestAccounts joins the names of one code, if they are those of one account.
func TestAccounts(t *testing.T) {
	w := &world{}
	w.line("20805", "行政事业单位离退休", 2019)
	w.line("20805", "行政事业单位养老支出", 2023)
	w.line("2990101", "甲类活动", 2019)
	w.line("2990101", "水路运输", 2023)
	w.line("210", "医疗卫生与计划生育支出", 2018)
	w.line("210", "卫生健康支出", 2019)
	w.line("30311", "住房公积金", 2017)
	w.line("30311", "代缴社会保险费", 2024)
	for i := range w.mentions[6:] {
		w.mentions[6+i].Scheme = "economic"
	}
	w.run(t)
	old, _ := w.id(t, "account", "医疗卫生与计划生育支出", 2018)
	if now, _ := w.id(t, "account", "卫生健康支出", 2019); old != now {
		t.Errorf("210 is %s and %s", old, now)
	}
	old, _ = w.id(t, "account", "住房公积金", 2017)
	if now, _ := w.id(t, "account", "代缴社会保险费", 2024); old == now || !w.proposed("代缴社会保险费", old) {
		t.Errorf("30311 is %s and %s", old, now)
	}
	a, _ := w.id(t, "account", "行政事业单位离退休", 2019)
	b, how := w.id(t, "account", "行政事业单位养老支出", 2023)
	if a != b || how != export.MethodCode {
		t.Errorf("20805 is %s and %s by %s", a, b, how)
	}
	a, _ = w.id(t, "account", "甲类活动", 2019)
	if b, _ = w.id(t, "account", "水路运输", 2023); a == b || !w.proposed("水路运输", a) {
		t.Errorf("2990101 is %s and %s: %v", a, b, w.links)
	}
}

// TestIDsStay adds documents of earlier years, with names whose keys come
// first: the ids of what was there stay.
func TestIDsStay(t *testing.T) {
	w := &world{}
	x := w.document("晋州市卫生健康局", "", 2019)
	w.project(x, "村医补助资金", "000-2", 1)
	w.run(t)
	dept, _ := w.id(t, "department", "晋州市卫生健康局", 2019)
	project, _ := w.id(t, "project", "村医补助资金", 2019)
	w.known = map[string]bool{dept: true, project: true}
	y := w.document("晋州市卫生和计划生育局", "", 2017)
	w.project(y, "村医补助", "000-2", 1)
	w.run(t)
	if got, _ := w.id(t, "department", "晋州市卫生和计划生育局", 2017); got != dept {
		t.Errorf("the department is %s, was %s", got, dept)
	}
	if got, _ := w.id(t, "project", "村医补助", 2017); got != project {
		t.Errorf("the project is %s, was %s", got, project)
	}
}

// TestDecisions lets the user join and part what the rules do not.
func TestDecisions(t *testing.T) {
	w := &world{}
	a := w.document("晋州市畜牧水产中心", "", 2018)
	w.project(a, "甲工程", "", 1)
	b := w.document("晋州市农业农村局", "", 2019)
	w.project(b, "乙工程", "", 1)
	w.project(b, "丙项目经费", "", 1)
	c := w.document("晋州市农业农村局", "", 2020)
	w.project(c, "丙项目经费（新）", "", 1)
	l := w.run(t,
		export.Decision{Verdict: "same", Type: "department", A: "130183|晋州市畜牧水产中心", B: "130183|晋州市农业农村局", Note: "见三定方案"},
		export.Decision{Verdict: "same", Type: "project", A: "130183|晋州市畜牧水产中心|甲工程", B: "130183|农业农村局|乙工程"},
		export.Decision{Verdict: "different", Type: "project", A: "130183|农业农村局|丙项目经费", B: "130183|农业农村局|丙项目经费（新）"},
		export.Decision{Verdict: "same", Type: "account", A: "function|201", B: "function|202"})
	d1, _ := w.id(t, "department", "晋州市畜牧水产中心", 2018)
	d2, _ := w.id(t, "department", "晋州市农业农村局", 2019)
	p1, _ := w.id(t, "project", "甲工程", 2018)
	p2, how := w.id(t, "project", "乙工程", 2019)
	if d1 != d2 || p1 != p2 || how != export.MethodUser {
		t.Errorf("not joined: %s, %s, %s, %s by %s", d1, d2, p1, p2, how)
	}
	q1, _ := w.id(t, "project", "丙项目经费", 2019)
	if q2, _ := w.id(t, "project", "丙项目经费（新）", 2020); q1 == q2 || w.proposed("丙项目经费（新）", q1) {
		t.Error("not parted")
	}
	if u := l.unfollowed(); len(u) != 2 || !strings.Contains(u[0], "function|201") {
		t.Errorf("not followed: %q", u)
	}
}

// TestReadDecisions names file and line of every mistake.
func TestReadDecisions(t *testing.T) {
	name := filepath.Join(t.TempDir(), "links.csv")
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("\ufeffdecision,type,a,b,note\nsame,department,130183|甲局,130183|乙局,见文件\n\"different\",project,130183|甲局|x,130183|甲局|y,\n")
	got, err := ReadDecisions(name)
	if err != nil || len(got) != 2 || got[0].Note != "见文件" || got[1].Verdict != "different" {
		t.Errorf("%v, %v", got, err)
	}
	write("decision,type,a,b,note\nmaybe,department,1,2,\nsame,body,1,2,\nsame,unit,1,,\nsame,unit,1,1,\n")
	_, err = ReadDecisions(name)
	for line := 2; line <= 5; line++ {
		if want := fmt.Sprintf("links.csv:%d: ", line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	write("decision,type,a\n")
	if _, err = ReadDecisions(name); err == nil || !strings.Contains(err.Error(), `links.csv:1: there is no column "b"`) {
		t.Error(err)
	}
}

// TestNamesUnderOneCode joins a short name that no vocabulary has and a name
// with a wrong character under the same code, and proposes them without one.
func TestNamesUnderOneCode(t *testing.T) {
	for _, code := range []string{"350", ""} {
		w := &world{}
		w.document("晋州市供销合作联合社", code, 2018)
		w.document("晋州市供销社", code, 2019)
		w.document("晋州市地方志编纂办公室", "7"+code, 2018)
		w.document("晋州市地方志编篡办公室", "7"+code, 2019)
		for i := range w.mentions {
			if code == "" {
				w.mentions[i].Code = ""
			}
		}
		w.run(t)
		for old, now := range map[string]string{"晋州市供销合作联合社": "晋州市供销社", "晋州市地方志编纂办公室": "晋州市地方志编篡办公室"} {
			a, _ := w.id(t, "department", old, 2018)
			b, _ := w.id(t, "department", now, 2019)
			if code != "" && a != b {
				t.Errorf("code %s: %s and %s are two", code, old, now)
			}
			if code == "" && (a == b || !w.proposed(now, a)) {
				t.Errorf("without a code %s and %s are one, or not proposed", old, now)
			}
		}
	}
}

// TestIndicators joins indicators of one project by level and name, across a
// level that is called otherwise, and not what counts another thing.
func TestIndicators(t *testing.T) {
	w := &world{}
	add := func(year int, level1, name string) {
		doc := w.document("晋州市教育局", "", year)
		w.project(doc, "教师培训经费", "", 1)
		number := w.mentions[len(w.mentions)-1].ProjectNo
		w.add(export.Mention{Table: "indicators", DocumentID: doc, RegionCode: "130183", Department: "晋州市教育局", FiscalYear: int32(year),
			ProjectNo: number, Level1: level1, Level2: "数量指标", Name: name})
	}
	add(2019, "效果指标", "参加培训的教师人数")
	add(2020, "效益指标", "参加培训的教师人数")
	add(2021, "效益指标", "参加培川的教师人数")
	add(2022, "效益指标", "参加培训的教师人次")
	w.run(t)
	a, _ := w.id(t, "indicator", "参加培训的教师人数", 2019)
	b, _ := w.id(t, "indicator", "参加培训的教师人数", 2020)
	c, how := w.id(t, "indicator", "参加培川的教师人数", 2021)
	d, _ := w.id(t, "indicator", "参加培训的教师人次", 2022)
	if a != b || a != c || how != export.MethodSimilarity || a == d || !w.proposed("参加培训的教师人次", a) {
		t.Errorf("%s, %s, %s by %s, %s", a, b, c, how, d)
	}
	project, _ := w.id(t, "project", "教师培训经费", 2019)
	for _, e := range w.entities {
		if e.Type == "indicator" && e.ParentID != project {
			t.Errorf("%s is of %s, not of %s", e.Name, e.ParentID, project)
		}
	}
}
