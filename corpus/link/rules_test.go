package link

import (
	"testing"

	"yusuan/export"
)

// TestRenamedFirst links a successor with the body that was renamed, though
// others were merged into it, and whatever became of their codes.
func TestRenamedFirst(t *testing.T) {
	w := &world{}
	w.document("晋州市农业局", "302", 2018)
	w.document("晋州市畜牧兽医局", "316", 2018)
	w.document("晋州市农业农村局", "316", 2019)
	w.run(t)
	old, _ := w.id(t, "department", "晋州市农业局", 2018)
	part, _ := w.id(t, "department", "晋州市畜牧兽医局", 2018)
	now, how := w.id(t, "department", "晋州市农业农村局", 2019)
	if now != old || now == part || how != export.MethodRename {
		t.Errorf("%s by %s; 农业局 is %s, 畜牧兽医局 %s", now, how, old, part)
	}
	if !w.proposed("晋州市农业农村局", part) {
		t.Error("the other one is not proposed")
	}
}

// TestTownships holds the ways to write the smallest governments against one
// another, and their names apart.
func TestTownships(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"晋州市城郊乡", "晋州市城郊乡人民政府", true},
		{"晋州市城关镇", "晋州市城关镇政府", true},
		{"晋州市人民政府万里街道办事处", "晋州市万里街道", true},
		{"晋州市城东街道办事处", "晋州市城西街道办事处", false},
		{"晋州市城关镇", "晋州市城关乡", false},
		{"晋州市人民政府办公室", "晋州市办公室", false},
	} {
		if a, b := bodyOf(c.a, "130183"), bodyOf(c.b, "130183"); (a.core == b.core) != c.same {
			t.Errorf("%s is %s, %s is %s", c.a, a.core, c.b, b.core)
		}
	}
}

// TestProjectNames joins names that differ in the region in front and in words
// for money, unless both stand in one document.
func TestProjectNames(t *testing.T) {
	w := &world{}
	a := w.document("晋州市教育局", "", 2018)
	w.project(a, "校园安保", "", 0)
	w.project(a, "物业管理", "", 0)
	w.project(a, "物业管理费", "", 0)
	w.project(a, "离休干部医药费专项经费", "", 0)
	b := w.document("晋州市教育局", "", 2019)
	w.project(b, "晋州市校园安保专项资金", "", 0)
	w.project(b, "物业管理项目", "", 0)
	w.project(b, "退休干部医药费专项经费", "", 0)
	w.run(t)
	for _, c := range []struct {
		old, now string
		same     bool
	}{{"校园安保", "晋州市校园安保专项资金", true}, {"物业管理", "物业管理项目", false}, {"物业管理费", "物业管理项目", false},
		{"离休干部医药费专项经费", "退休干部医药费专项经费", false}} {
		x, _ := w.id(t, "project", c.old, 2018)
		y, _ := w.id(t, "project", c.now, 2019)
		if (x == y) != c.same {
			t.Errorf("%s and %s: %t", c.old, c.now, x == y)
		}
	}
}

// TestUnitsApart keeps projects of one name apart that two units have each, also
// when one of them is missing, and follows one that goes from unit to unit.
func TestUnitsApart(t *testing.T) {
	w := &world{}
	put := func(year int, names ...string) { // unit, name
		id := w.document("晋州市教育局", "", year)
		for i := 0; i < len(names); i += 2 {
			w.project(id, names[i+1], "", 0)
			w.mentions[len(w.mentions)-1].Unit = names[i]
		}
	}
	put(2018, "晋州市第一中学", "公用经费补助", "晋州市教育局", "校园安保")
	put(2019, "晋州市第二中学", "公用经费补助", "晋州市第一中学", "校园安保")
	put(2020, "晋州市第一中学", "公用经费补助", "晋州市第二中学", "公用经费补助")
	w.run(t)
	a, _ := w.id(t, "project", "公用经费补助", 2018)
	b, _ := w.id(t, "project", "公用经费补助", 2019)
	if a == b {
		t.Error("the projects of two schools are one")
	}
	of := map[string]bool{}
	for _, l := range w.links {
		if l.FiscalYear == 2020 && l.EntityType == "project" {
			of[l.EntityID] = true
		}
	}
	if len(of) != 2 || !of[a] || !of[b] {
		t.Errorf("2020 has %v, before there were %s and %s", of, a, b)
	}
	if a, _ := w.id(t, "project", "校园安保", 2018); a != "" {
		if b, _ := w.id(t, "project", "校园安保", 2019); a != b {
			t.Error("a project that went to another unit is two")
		}
	}
}

// TestNowhere proposes no more than that two names without a place are of one
// body, and joins those that name theirs.
func TestNowhere(t *testing.T) {
	w := &world{}
	for i, name := range []string{"教育局", "教育局", "鼓楼区教育局", "鼓楼区教育局", "晋州市教育局", "晋州市教育局", "高邮市教育局"} {
		w.document(name, "316", 2018+i%2)
		w.mentions[len(w.mentions)-1].RegionCode = ""
	}
	w.run(t)
	for name, same := range map[string]bool{"教育局": false, "鼓楼区教育局": false, "晋州市教育局": true} {
		a, _ := w.id(t, "department", name, 2018)
		b, _ := w.id(t, "department", name, 2019)
		if (a == b) != same || w.proposed(name, a) == same {
			t.Errorf("%s: %s and %s, proposed %t", name, a, b, w.proposed(name, a))
		}
	}
	a, _ := w.id(t, "department", "晋州市教育局", 2019)
	if b, _ := w.id(t, "department", "高邮市教育局", 2018); a == b {
		t.Error("the code of one place is that of another")
	}
}

// TestForks links a body with neither of two that stand beside each other and
// that it may have become.
func TestForks(t *testing.T) {
	w := &world{}
	w.document("河北省食品药品监督管理局", "", 2018)
	w.document("河北省市场监督管理局", "", 2019)
	w.document("河北省药品监督管理局", "", 2019)
	w.run(t)
	old, _ := w.id(t, "department", "河北省食品药品监督管理局", 2018)
	for _, name := range []string{"河北省市场监督管理局", "河北省药品监督管理局"} {
		if now, _ := w.id(t, "department", name, 2019); now == old || !w.proposed(name, old) {
			t.Errorf("%s is %s, %s", name, now, old)
		}
	}
}

// TestAbsorbed proposes no more than that a body goes on as one that it became
// part of.
func TestAbsorbed(t *testing.T) {
	w := &world{}
	w.document("晋州市人民政府法制办公室", "346", 2018)
	w.document("晋州市司法局", "346", 2019)
	w.run(t)
	old, _ := w.id(t, "department", "晋州市人民政府法制办公室", 2018)
	if now, _ := w.id(t, "department", "晋州市司法局", 2019); now == old || !w.proposed("晋州市司法局", old) {
		t.Errorf("%s and %s", old, now)
	}
}

// TestBranch follows the county's body for the environment into a branch of the
// city's, and tells branches of other counties from it.
func TestBranch(t *testing.T) {
	w := &world{}
	w.document("晋州市环境保护局", "", 2018)
	w.document("石家庄市生态环境局晋州市分局", "", 2019)
	w.document("石家庄市生态环境局鹿泉区分局", "", 2019)
	w.run(t)
	a, _ := w.id(t, "department", "晋州市环境保护局", 2018)
	b, how := w.id(t, "department", "石家庄市生态环境局晋州市分局", 2019)
	if c, _ := w.id(t, "department", "石家庄市生态环境局鹿泉区分局", 2019); a != b || how != export.MethodRename || a == c {
		t.Errorf("%s, %s by %s, %s", a, b, how, c)
	}
}

// TestRecoded proposes that a name goes on under another code, and does not where
// both are used in one year, or in several functions.
func TestRecoded(t *testing.T) {
	w := &world{}
	for _, x := range []struct {
		code, name string
		year       int
	}{{"30104", "甲缴费", 2017}, {"30112", "甲缴费", 2018}, {"30105", "乙补助", 2018}, {"30113", "乙补助", 2018}} {
		w.line(x.code, x.name, x.year)
	}
	w.run(t)
	of := func(name string) (ids []string) {
		for _, l := range w.links {
			if l.Name == name && l.Status == export.StatusLink {
				ids = append(ids, l.EntityID)
			}
		}
		return ids
	}
	if ids := of("甲缴费"); len(ids) != 2 || ids[0] == ids[1] || !w.proposed("甲缴费", ids[0]) && !w.proposed("甲缴费", ids[1]) {
		t.Errorf("甲缴费: %v", ids)
	}
	if ids := of("乙补助"); len(ids) != 2 || w.proposed("乙补助", ids[0]) || w.proposed("乙补助", ids[1]) {
		t.Errorf("乙补助: %v", ids)
	}
}
