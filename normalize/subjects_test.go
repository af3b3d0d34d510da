package normalize

import (
	"testing"

	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// notesOf returns the notes of a document by code, with how often each is there.
func notesOf(w *work) map[string]int {
	out := map[string]int{}
	for _, n := range w.found {
		out[n.Code]++
	}
	return out
}

func TestMatchSubjects(t *testing.T) {
	type line = record.BudgetLine
	w := &work{ctx: t.Context(), doc: &document.Document{}, out: &record.Disclosure{
		Identity: record.Identity{FiscalYear: 2019},
		BudgetLines: []line{
			{Scheme: "function", Name: "一、一般公共服务支出"},
			{Scheme: "function", Name: "九、医疗卫生与计划生育支出"}, // not in force in 2019: the code is the same
			{Scheme: "function", Code: "20805", CodeLevel: 2, Name: "行政事业单位离退休"},
			{Scheme: "function", Code: "20805", CodeLevel: 2, Name: "行政事业单位养老支出"},
			{Scheme: "function", Name: "本年支出合计", IsTotal: true},
			{Scheme: "function", Name: "年末结转和结余"},
			{Scheme: "function", Name: "二、不存在的支出"},
			{Scheme: "function", Name: "二、不存在的支出"}, // another amount of the row: one note
			{Scheme: "source", Name: "一、财政拨款"},
			{Scheme: "economic", Code: "30201", CodeLevel: 2, Name: "差旅费"},
			{Scheme: "economic", Code: "39801", CodeLevel: 2, Name: "未知"},
			{Scheme: "economic", Code: "39802", CodeLevel: 2, Name: "未知"}, // one note for both
			{Scheme: "function", Code: "2012301", CodeLevel: 3, Name: "行政运行"},
			{Scheme: "item", Code: "2010101", CodeLevel: 3, Name: "行政运行"},
			{Scheme: "economic", Name: "工资福利支出"},
		},
	}}
	w.matchSubjects()
	want := []string{"201", "210", "", "", "", "", "", "", "", "", "", "", "", "", "301"}
	for i, l := range w.out.BudgetLines {
		if l.CodeMatched != want[i] {
			t.Errorf("line %d (%s): matched %q, want %q", i, l.Name, l.CodeMatched, want[i])
		}
	}
	got := notesOf(w)
	if len(got) != 3 || got[codeUnknown] != 1 || got[nameDiffers] != 1 || got[nameUnknown] != 1 {
		t.Errorf("notes %v", w.found)
	}
}

// TestEditions tells the edition of a code by its shape, the name beside it,
// and the year.
func TestEditions(t *testing.T) {
	for _, c := range []struct {
		code, item string
		year       int
		edition    string
		note       string
	}{
		{"C02", "信息技术服务", 2020, "2013", ""},
		{"C02000000", "教育服务", 2024, "2022", ""},
		{"A02010103", "服务器", 2020, "2013", ""},
		{"A02010104", "服务器", 2024, "2022", ""},
		{"A02010103", "服务器", 2024, "2013", "catalogue.edition"}, // the old code in a new budget
		{"A02010103", "", 2024, "2022", ""},
		{"A02010103", "", 0, "", "catalogue.code_unknown"},
		{"A06", "家具用具", 2024, "2013", "catalogue.edition"},
		{"A0201612", "数据录入设备", 2020, "2013", "catalogue.code_unknown"},
		{"C02", "教育服务", 2020, "2013", "catalogue.name_differs"},
		{"A99999999", "某物", 2024, "2022", "catalogue.code_unknown"},
		{"办公", "纸", 2024, "", "catalogue.code_unknown"},
		{"", "纸", 2024, "", ""},
	} {
		w := &work{ctx: t.Context(), doc: &document.Document{}, out: &record.Disclosure{
			Identity:    record.Identity{FiscalYear: c.year},
			Procurement: []record.Procurement{{CatalogueCode: c.code, ItemName: c.item}, {CatalogueCode: c.code, ItemName: c.item}},
		}}
		w.editions()
		if got := w.out.Procurement[0].CatalogueVersion; got != c.edition {
			t.Errorf("%s %s %d: edition %q, want %q", c.code, c.item, c.year, got, c.edition)
		}
		got := notesOf(w)
		if c.note == "" && len(got) > 0 || c.note != "" && (len(got) != 1 || got[c.note] != 1) {
			t.Errorf("%s %s %d: notes %v, want %q", c.code, c.item, c.year, w.found, c.note)
		}
	}
}
