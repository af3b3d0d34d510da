package vocab

import (
	"strings"
	"testing"
)

// TestSubjectRows checks the file itself: columns, order, codes, and that
// every name of a code that has several says when it was in force.
func TestSubjectRows(t *testing.T) {
	table := rows(subjectsTSV)
	inOrder(t, table)
	for _, row := range table {
		if len(row) != 5 || row[0] != Function && row[0] != Economic || row[2] == "" {
			t.Fatalf("row %q is not classification, code, name, from, to", row)
		}
		code := row[1]
		if code == "" {
			continue
		}
		if ending, recurring := strings.CutPrefix(code, recurs); recurring {
			if len(ending) != 2 || row[3]+row[4] != "" {
				t.Errorf("row %q is no item that recurs", row)
			}
			continue
		}
		function := strings.HasPrefix(code, "2")
		if strings.Trim(code, "0123456789") != "" || function != (row[0] == Function) || len(code) != 3 && len(code) != 5 && len(code) != 7 {
			t.Errorf("row %q: code", row)
		}
		if len(code) > 3 && len(SubjectsOf(row[0], code[:len(code)-2])) == 0 {
			t.Errorf("row %q: what it belongs to is not there", row)
		}
	}
}

func TestSubjectNamed(t *testing.T) {
	for _, c := range []struct {
		classification, name string
		year                 int
		code                 string
		ok                   bool
	}{
		{Function, "一、一般公共服务支出", 2020, "201", true},
		{Function, "十八、住房保障支出", 0, "221", true},
		{Function, "（九）卫生健康支出", 2023, "210", true},
		{Function, "1.教育支出", 2023, "205", true},
		{Function, "医疗卫生与计划生育支出", 2017, "210", true},
		{Function, "医疗卫生与计划生育支出", 2023, "210", true}, // the name is out of date, the code is not
		{Function, "七、文化体育与传媒支出", 2018, "207", true},
		{Function, "二十一、其他支出", 2019, "229", true}, // not 22999
		{Function, "其他教育支出", 2024, "20599", true},
		{Function, "行政事业单位离退休", 2018, "20805", true},
		{Function, "行政事业单位养老支出", 2023, "20805", true},
		{Function, "行政运行", 2023, "", false},  // of every 款
		{Function, "一、本年支出", 2023, "", true}, // no subject, and known as such
		{Function, "一、财政拨款", 2023, "", false},
		{Economic, "工资福利支出", 2023, "301", true},
		{Economic, "医疗费", 2017, "30307", true},
		{Economic, "医疗费", 2020, "30114", true},
	} {
		s, ok := SubjectNamed(c.classification, c.name, c.year)
		if s.Code != c.code || ok != c.ok {
			t.Errorf("%s in %d: %q %v, want %q %v", c.name, c.year, s.Code, ok, c.code, c.ok)
		}
	}
}

func TestSubjectCalled(t *testing.T) {
	for _, c := range []struct {
		classification, code, name string
		want                       bool
	}{
		{Function, "20805", "行政事业单位离退休", true},
		{Function, "20805", "行政事业单位养老支出", true},
		{Function, "2080505", "机关事业单位基本养老保险缴", true}, // cut off by its cell
		{Function, "20805", "抚恤", false},
		{Economic, "30213", "维修(护)费", true},
		{Economic, "30203", "水费", false},
	} {
		if got := SubjectCalled(SubjectsOf(c.classification, c.code), c.name); got != c.want {
			t.Errorf("%s %s: %v", c.code, c.name, got)
		}
	}
	if s := SubjectsOf(Function, "20805"); len(s) != 2 || !s[0].In(2023) || s[0].In(2019) || !s[1].In(2019) || s[1].In(2023) || !s[1].In(0) {
		t.Errorf("the names of 20805: %+v", s)
	}
}

func TestCatalogue(t *testing.T) {
	table := rows(catalogueTSV)
	inOrder(t, table)
	for _, row := range table {
		if len(row) != 4 || row[0] != Catalogue2013 && row[0] != Catalogue2022 || row[2] == "" || row[3] != "" && row[3] != "start" {
			t.Fatalf("row %q is not edition, code, name, flag", row)
		}
	}
	for _, c := range []struct {
		edition, code, name string
		found, called       bool
	}{
		{Catalogue2013, "C02", "信息技术服务", true, true},
		{Catalogue2022, "C02000000", "教育服务", true, true},
		{Catalogue2022, "C02000000", "信息技术服务", true, false},
		{Catalogue2013, "A06", "家具用具", true, true},
		{Catalogue2022, "A06", "家具用具", false, false},
		{Catalogue2022, "C01031500", "航空、航天科学技术研究服务", true, true},
	} {
		item, ok := CatalogueItemOf(c.edition, c.code)
		if ok != c.found || item.Called(c.name) != c.called {
			t.Errorf("%s %s: %+v %v", c.edition, c.code, item, ok)
		}
	}
}

// TestRecurringSubject knows the items of every 款 by digits and name together.
func TestRecurringSubject(t *testing.T) {
	for _, c := range []struct {
		code, name string
		want       bool
	}{
		{"2012301", "行政运行", true},
		{"2012302", "一般行政管理事务", true},
		{"2012303", "机关服务", true},
		{"2012350", "事业运行", true},
		{"2012399", "其他民族事务支出", true},
		{"2012399", "其他民族", true}, // cut off by its cell
		{"2012399", "其他", false},  // of what, nobody can tell
		{"2012399", "民族事务支出", false},
		{"2012301", "事业运行", false}, // the name of other digits
		{"2012388", "行政运行", false},
		{"2019701", "行政运行", false}, // below no 款
		{"2012301", "", false},
		{"20123", "行政运行", false},
	} {
		if got := RecurringSubject(Function, c.code, c.name); got != c.want {
			t.Errorf("%s %s: %v", c.code, c.name, got)
		}
	}
}

// TestCommonItems holds that items which ordinary budgets name are known.
func TestCommonItems(t *testing.T) {
	for code, name := range map[string]string{
		"2050803": "培训支出", "2081002": "老年福利", "2130305": "水利工程建设", "2200106": "自然资源利用与保护", "2110301": "大气",
		"2050201": "学前教育", "2101103": "公务员医疗补助", "2120801": "征地和拆迁补偿支出", "2240106": "安全监管", "2296002": "用于社会福利的彩票公益金支出",
	} {
		if !SubjectCalled(SubjectsOf(Function, code), name) {
			t.Errorf("%s %s is not known", code, name)
		}
	}
}
