package normalize

import (
	"testing"

	"yusuan/extract/document"
	"yusuan/normalize/record"
)

func TestLinkProcurement(t *testing.T) {
	decimal := func(s string) record.Decimal {
		d, err := record.ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	w := &work{ctx: t.Context(), doc: &document.Document{}, out: &record.Disclosure{
		Identity: record.Identity{FiscalYear: 2020},
		Projects: []record.Project{
			{Code: "1", Name: "专业技术资格审查及评审费（初、中、高级）", Total: decimal("700000")},
			{Code: "2", Name: "职称考试考务费", Total: decimal("1200000")},
			{Code: "3", Name: "数据中心运行维护费一", Total: decimal("10000")},
			{Code: "4", Name: "数据中心运行维护费二", Total: decimal("10000")},
		},
		Procurement: []record.Procurement{
			{ProjectName: "职称考试 考务费", CatalogueCode: "A0334"},
			{ProjectName: "专业技术资格评审费（初、中、高级）", ProjectTotal: decimal("700000")},
			{ProjectName: "专业技术资格评审费（初、中、高级）", ProjectTotal: decimal("900000")}, // another budget
			{ProjectName: "数据中心运行维护费", ProjectTotal: decimal("10000")},          // two alike
			{ProjectName: "办公楼租金"},
		},
	}}
	w.link()
	w.editions()
	want := []string{"2", "1", "", "", ""}
	for i, p := range w.out.Procurement {
		if p.ProjectCode != want[i] {
			t.Errorf("row %d (%s) is linked to %q, want %q", i, p.ProjectName, p.ProjectCode, want[i])
		}
	}
	if v := w.out.Procurement[0].CatalogueVersion; v != "2013" {
		t.Errorf("catalogue version %q, want 2013", v)
	}
	codes := map[string]bool{}
	for _, n := range w.found {
		codes[n.Code] = true
	}
	for _, code := range []string{"procurement.link_doubtful", "procurement.link_ambiguous", "procurement.project_unknown"} {
		if !codes[code] {
			t.Errorf("no note %s among %v", code, w.found)
		}
	}
}
