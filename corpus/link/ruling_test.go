package link

import (
	"strings"
	"testing"

	"yusuan/export"
)

// court is two years of one department: no rule compares the names of its
// projects of the first year, since no two of one document become one.
func court(t *testing.T) *world {
	t.Helper()
	w := &world{}
	a := w.document("晋州市法院", "", 2017)
	w.project(a, "办公设备购置", "", 100)
	w.project(a, "案件审判经费", "", 300)
	b := w.document("晋州市法院", "", 2018)
	w.project(b, "办公设备购置", "", 110)
	w.project(b, "设备购置费", "", 210)
	w.project(b, "案件执行经费", "", 310)
	c := w.document("晋州市法院", "", 2019)
	w.project(c, "设备购置费", "", 220)
	return w
}

// decide is a decision of which a and b are projects of the court.
func decide(verdict, a, b string) export.Decision {
	const of = "130183|晋州市法院|"
	return export.Decision{Verdict: verdict, Type: "project", A: of + a, B: of + b}
}

// TestDecidedSame joins what no rule compares, by name and by id, though two
// stand in one document, and says nothing of names that are not there.
func TestDecidedSame(t *testing.T) {
	w := court(t)
	w.run(t)
	a, _ := w.id(t, "project", "办公设备购置", 2017)
	b, _ := w.id(t, "project", "设备购置费", 2018)
	if a == b {
		t.Fatal("a rule joins them: they prove nothing")
	}
	for name, d := range map[string]export.Decision{
		"names": decide("same", "办公设备购置", "设备购置费"),
		"ids":   {Verdict: "same", Type: "project", A: b, B: a, Note: "一事"},
	} {
		l := w.run(t, d)
		first, _ := w.id(t, "project", "办公设备购置", 2017)
		for _, p := range []struct {
			name string
			year int
		}{{"办公设备购置", 2018}, {"设备购置费", 2018}, {"设备购置费", 2019}} {
			if id, _ := w.id(t, "project", p.name, p.year); id != first {
				t.Errorf("%s: %s of %d is another", name, p.name, p.year)
			}
		}
		if _, how := w.id(t, "project", "设备购置费", 2018); how != export.MethodUser {
			t.Errorf("%s: joined by %s", name, how)
		}
		if x, _ := w.id(t, "project", "案件审判经费", 2017); x == first {
			t.Errorf("%s: another project was joined, too", name)
		}
		if u := l.unfollowed(); len(u) != 0 {
			t.Errorf("%s: %q", name, u)
		}
	}
}

// TestDecidedDifferent holds apart, says nothing of names that are there though
// nothing compares them, and holds apart what is one with either.
func TestDecidedDifferent(t *testing.T) {
	w := court(t)
	w.run(t)
	a, _ := w.id(t, "project", "案件审判经费", 2017)
	b, _ := w.id(t, "project", "案件执行经费", 2018)
	for name, d := range map[string]export.Decision{
		"names": decide("different", "案件审判经费", "案件执行经费"),
		"ids":   {Verdict: "different", Type: "project", A: a, B: b},
	} {
		if u := w.run(t, d).unfollowed(); len(u) != 0 {
			t.Errorf("%s: %q", name, u)
		}
		if w.proposed("案件执行经费", a) {
			t.Errorf("%s: proposed though held apart", name)
		}
	}

	// By name 教师培训经费 and 教师培训经费（新） are one. The user says that the
	// first is 甲, and that 甲 is not the second, in which the first may not end.
	w = &world{}
	x := w.document("晋州市法院", "", 2017)
	w.project(x, "教师培训经费", "", 1)
	y := w.document("晋州市法院", "", 2018)
	w.project(y, "教师培训经费（新）", "", 2)
	z := w.document("晋州市法院", "", 2019)
	w.project(z, "甲工程", "", 3)
	ids := func() (string, string, string) {
		p, _ := w.id(t, "project", "教师培训经费", 2017)
		q, _ := w.id(t, "project", "教师培训经费（新）", 2018)
		r, _ := w.id(t, "project", "甲工程", 2019)
		return p, q, r
	}
	w.run(t)
	if p, q, _ := ids(); p != q {
		t.Fatal("no rule joins them: they prove nothing")
	}
	l := w.run(t, decide("different", "甲工程", "教师培训经费（新）"), decide("same", "甲工程", "教师培训经费"))
	if p, q, r := ids(); p == q || p != r || len(l.unfollowed()) != 0 {
		t.Errorf("%s, %s, %s: %q", p, q, r, l.unfollowed())
	}
}

// TestUnfollowed says why a decision was not followed: a name that is not
// there, entities of different departments, decisions that contradict.
func TestUnfollowed(t *testing.T) {
	w := court(t)
	other := w.document("晋州市教育局", "", 2017)
	w.project(other, "校舍维修", "", 1)
	across := decide("same", "办公设备购置", "")
	across.B = "130183|晋州市教育局|校舍维修"
	for want, ds := range map[string][]export.Decision{
		`no project is called "130183|晋州市法院|登月"`: {decide("same", "登月", "设备购置费")},
		"of different departments":               {across},
		"another decision holds them apart":      {decide("different", "办公设备购置", "设备购置费"), decide("same", "办公设备购置", "设备购置费")},
	} {
		if u := w.run(t, ds...).unfollowed(); len(u) != 1 || !strings.Contains(u[0], want) {
			t.Errorf("%q, want %q", u, want)
		}
	}
}

// TestDecidedIndicatorsAndAccounts joins indicators by id and holds accounts of
// one code apart, which no rule compares.
func TestDecidedIndicatorsAndAccounts(t *testing.T) {
	w := &world{}
	for i, name := range []string{"甲", "公众满意程度"} {
		doc := w.document("晋州市教育局", "", 2019+i)
		w.project(doc, "教师培训经费", "", 1)
		w.add(export.Mention{Table: "indicators", DocumentID: doc, RegionCode: "130183", Department: "晋州市教育局", FiscalYear: int32(2019 + i),
			ProjectNo: w.mentions[len(w.mentions)-1].ProjectNo, Level1: "产出", Level2: "数量指标", Name: name})
	}
	w.line("2990101", "甲类活动", 2019)
	w.line("2990102", "水路运输", 2023)
	w.run(t)
	a, _ := w.id(t, "indicator", "甲", 2019)
	b, _ := w.id(t, "indicator", "公众满意程度", 2020)
	c, _ := w.id(t, "account", "甲类活动", 2019)
	d, _ := w.id(t, "account", "水路运输", 2023)
	if a == b || c == d {
		t.Fatal("rules join them: they prove nothing")
	}
	l := w.run(t, export.Decision{Verdict: "same", Type: "indicator", A: a, B: b}, export.Decision{Verdict: "same", Type: "account", A: c, B: "function|2990102"})
	a, _ = w.id(t, "indicator", "甲", 2019)
	b, how := w.id(t, "indicator", "公众满意程度", 2020)
	c, _ = w.id(t, "account", "甲类活动", 2019)
	d, _ = w.id(t, "account", "水路运输", 2023)
	if a != b || how != export.MethodUser || c != d || len(l.unfollowed()) != 0 {
		t.Errorf("%s, %s by %s, %s, %s: %q", a, b, how, c, d, l.unfollowed())
	}
}

// TestDecidedByPrint decides about indicators and projects by what is printed of
// them, and says so where that is not clear.
func TestDecidedByPrint(t *testing.T) {
	w := &world{}
	put := func(year int, code string, indicators ...string) { // level 2, name
		doc := w.document("晋州市教育局", "", year)
		w.project(doc, "教师培训经费", code, 1)
		n := w.mentions[len(w.mentions)-1].ProjectNo
		for i := 0; i < len(indicators); i += 2 {
			w.add(export.Mention{Table: "indicators", DocumentID: doc, RegionCode: "130183", Department: "晋州市教育局", FiscalYear: int32(year),
				ProjectNo: n, Level1: "产出指标", Level2: indicators[i], Name: indicators[i+1], RowNo: int32(i)})
		}
	}
	put(2019, "A1", "数量指标", "甲", "质量指标", "乙", "时效指标", "乙")
	put(2020, "A1", "数量指标", "公众满意程度")
	const of = "130183|教育局|"
	same := func(typ, a, b string) export.Decision {
		return export.Decision{Verdict: "same", Type: typ, A: of + a, B: of + b}
	}
	for _, d := range []export.Decision{
		same("indicator", "教师培训经费|甲", "教师培训经费|公众满意程度"),
		same("indicator", "A1|数量|甲", "A1|产出|数量指标|公众满意程度"),
	} {
		l := w.run(t, d)
		a, _ := w.id(t, "indicator", "甲", 2019)
		if b, how := w.id(t, "indicator", "公众满意程度", 2020); a != b || how != export.MethodUser || len(l.unfollowed()) != 0 {
			t.Errorf("%+v: %s, %s by %s: %q", d, a, b, how, l.unfollowed())
		}
	}
	l := w.run(t, same("indicator", "A1|乙", "A1|公众满意程度"))
	if u := l.unfollowed(); len(u) != 1 || !strings.Contains(u[0], "names several indicators of one document") || !strings.Contains(u[0], "时效|乙") || !strings.Contains(u[0], "with level 2") {
		t.Errorf("%q", u)
	}
	if u := w.run(t, same("indicator", "A1|质量|甲", "A1|公众满意程度")).unfollowed(); len(u) != 1 || !strings.Contains(u[0], "no indicator is called") {
		t.Errorf("%q", u)
	}

	w = &world{}
	doc := w.document("晋州市教育局", "", 2019)
	for _, unit := range []string{"晋州市第一中学", "晋州市第二中学"} {
		w.project(doc, "公用经费", "", 1)
		w.mentions[len(w.mentions)-1].Unit = unit
	}
	w.project(w.document("晋州市教育局", "", 2020), "日常开支", "", 1)
	if u := w.run(t, same("project", "公用经费", "日常开支")).unfollowed(); len(u) != 1 || !strings.Contains(u[0], "names several projects of one document") {
		t.Errorf("%q", u)
	}
	l = w.run(t, same("project", "第二中学|公用经费", "日常开支"))
	if a, how := w.id(t, "project", "日常开支", 2020); how != export.MethodUser || len(l.unfollowed()) != 0 {
		t.Errorf("%s by %s: %q", a, how, l.unfollowed())
	}
}

// TestDecisionParts refuses what cannot name an entity.
func TestDecisionParts(t *testing.T) {
	for _, d := range []export.Decision{
		{Verdict: "same", Type: "indicator", A: "130183|教育局|甲", B: "130183|教育局|项目|乙"},
		{Verdict: "same", Type: "department", A: "教育局", B: "130183|教育局"},
		{Verdict: "same", Type: "project", A: "130183|教育局|甲|乙|丙", B: "130183|教育局|乙"},
	} {
		if err := checkDecision(&d); err == nil || !strings.Contains(err.Error(), "write an entity_id or region code|") {
			t.Errorf("%+v: %v", d, err)
		}
	}
}
