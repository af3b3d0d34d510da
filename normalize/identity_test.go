package normalize

import (
	"testing"

	"yusuan/extract/document"
	"yusuan/normalize/record"
)

func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  record.Identity
	}{
		{"department above the title", []string{"青神县教育局", "2021年部门预算公开情况说明", "现将预算说明如下。"},
			record.Identity{Title: "青神县教育局2021年部门预算公开情况说明", Department: "青神县教育局", RegionCode: "511425", RegionName: "四川省眉山市青神县",
				FiscalYear: 2021, Kind: "budget", Level: "department"}},
		{"one line, year in front", []string{"2023年度上海市普陀区民政局部门决算"},
			record.Identity{Title: "2023年度上海市普陀区民政局部门决算", Department: "上海市普陀区民政局", RegionCode: "310107", RegionName: "上海市普陀区",
				FiscalYear: 2023, Kind: "final_account", Level: "department"}},
		{"a unit, year in Chinese", []string{"邯郸市劳动监察支队", "二〇二二年单位预算"},
			record.Identity{Title: "邯郸市劳动监察支队二〇二二年单位预算", Department: "邯郸市劳动监察支队", RegionCode: "130400", RegionName: "河北省邯郸市",
				FiscalYear: 2022, Kind: "budget", Level: "unit"}},
		{"a line that names the department", []string{"2019年部门预算表", "编制部门：江苏省高级人民法院"},
			record.Identity{Title: "2019年部门预算表", Department: "江苏省高级人民法院", RegionCode: "320000", RegionName: "江苏省",
				FiscalYear: 2019, Kind: "budget", Level: "department"}},
		{"nothing of the kind", []string{"通知", "请各单位参加会议。"}, record.Identity{Kind: "other"}},
		{"tables alone", []string{"收支预算总表", "部门：江苏省政协办公厅", "单位：万元"},
			record.Identity{Title: "收支预算总表", Department: "江苏省政协办公厅", RegionCode: "320000", RegionName: "江苏省", Kind: "budget"}},
		{"a party committee, budget and account in one", []string{"中共邯郸市委党校2022年部门预算及2021年部门决算公开"},
			record.Identity{Title: "中共邯郸市委党校2022年部门预算及2021年部门决算公开", Department: "中共邯郸市委党校", RegionCode: "130400", RegionName: "河北省邯郸市",
				FiscalYear: 2022, Kind: "budget", Level: "department"}},
		{"the file's name alone", []string{"通知"}, record.Identity{RegionCode: "510923", RegionName: "四川省遂宁市大英县", FiscalYear: 2023, Kind: "other"}},
	} {
		doc := &document.Document{}
		if c.name == "the file's name alone" {
			doc.Source.Name = "公开/四川-大英县司法局-2023.txt"
		}
		for _, l := range c.lines {
			doc.Blocks = append(doc.Blocks, &document.Paragraph{Text: l})
		}
		if got := New().Document(doc).Identity; got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// TestTableTitle keeps the document's title out of the tables, unless it is
// one.
func TestTableTitle(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"青神县教育局2021年部门预算公开情况说明", ""},
		{"2021年部门预算收支总表", "2021年部门预算收支总表"},
	} {
		doc := &document.Document{Blocks: []document.Block{
			&document.Paragraph{Text: c.line}, &document.Paragraph{Text: "单位：万元"},
			&document.Table{Rows: 1, Cols: 1, Outer: -1, Cells: []document.Cell{{RowSpan: 1, ColSpan: 1, Text: "项目"}}},
		}}
		if got := New().Document(doc).Tables[0].Title; got != c.want {
			t.Errorf("under %q the table's title is %q, want %q", c.line, got, c.want)
		}
	}
}
