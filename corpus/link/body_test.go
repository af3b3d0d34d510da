package link

import "testing"

// TestBodyOf pairs names that are of one body, in one region.
func TestBodyOf(t *testing.T) {
	for _, c := range []struct{ region, a, b string }{
		{"130400", "邯郸市人社局", "邯郸市人力资源和社会保障局"},
		{"130400", "邯郸市人力资源与社会保障局机关", "邯郸市人力资源和社会保障局（本级）"},
		{"130400", "中共邯郸市委组织部", "中国共产党邯郸市委员会组织部"},
		{"130400", "市委组织部", "邯郸市委组织部"},
		{"130400", "邯郸市法院", "邯郸市中级人民法院"},
		{"320000", "江苏省法院", "江苏省高级人民法院"},
		{"320000", "江苏省高院", "省高级人民法院"},
		{"320000", "江苏省政协办公厅", "中国人民政治协商会议江苏省委员会办公厅"},
		{"320000", "政协江苏省委员会", "江苏省政协"},
		{"320000", "江苏省发改委", "江苏省发展和改革委员会"},
		{"310107", "上海市普陀区司法局", "普陀区司法局"},
		{"420202", "黄石市黄石港区卫健局", "黄石港区卫生健康局"},
		{"130183", "晋州市团委", "共青团晋州市委员会"},
		{"130183", "晋州市人大常委会办公室", "晋州市人民代表大会常务委员会"},
	} {
		a, b := bodyOf(c.a, c.region), bodyOf(c.b, c.region)
		if a.core != b.core || a.core == "" {
			t.Errorf("%s is %q, %s is %q", c.a, a.core, c.b, b.core)
		}
	}
}

// TestBodyOfOthers pairs names that are of two.
func TestBodyOfOthers(t *testing.T) {
	for _, c := range []struct{ region, a, b string }{
		{"130183", "晋州市市场监督管理局", "晋州市监督管理局"},
		{"130183", "晋州市第一中学", "晋州市第二中学"},
		{"130183", "晋州市政府办公室", "晋州市委办公室"},
		{"130183", "晋州市公安局", "晋州市安全局"},
		{"130183", "晋州市人民医院", "晋州市人民法院"},
		{"130183", "晋州市机关事务管理局", "晋州市事务管理局"},
		{"130183", "晋州市卫生健康局", "晋州市卫生和计划生育局"}, // a rename, with a year
	} {
		if a, b := bodyOf(c.a, c.region), bodyOf(c.b, c.region); a.core == b.core {
			t.Errorf("%s and %s are both %q", c.a, c.b, a.core)
		}
	}
}

// TestShortOf looks at names that the vocabulary does not know.
func TestShortOf(t *testing.T) {
	if !shortOf("供销社", "供销合作社") || !shortOf("地震局", "地震工作管理局") {
		t.Error("a short name is not taken for one")
	}
	if shortOf("民政局", "民族宗教局") || shortOf("财政局", "财政局") || shortOf("教育局", "教研育人处") {
		t.Error("a name is taken for a short one of another")
	}
}

// TestProjectName leaves out what changes from year to year.
func TestProjectName(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"2019年义务教育补助资金（第二批）", "2020年度义务教育补助资金"},
		{"关于提前下达2019年专项资金预算的通知（财预〔2018〕145号）", "关于提前下达2020年专项资金预算的通知（财预〔2019〕7号）"},
		{"困难学生“三免”资金", "困难学生三免资金"},
	} {
		if a, b := projectNameOf(c.a).whole, projectNameOf(c.b).whole; a != b {
			t.Errorf("%s is %q, %s is %q", c.a, a, c.b, b)
		}
	}
	a, b := projectNameOf("公用经费（劳动技校）"), projectNameOf("公用经费（高级技校）")
	if a.whole == b.whole || a.bare != b.bare || a.inside == b.inside {
		t.Errorf("%+v, %+v", a, b)
	}
	if !tells("城东学校维修", "城西学校维修") || tells("培训经费", "培川经费") {
		t.Error("tells is wrong")
	}
}
