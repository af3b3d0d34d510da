package normalize

import (
	"slices"
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
			record.Identity{Title: "收支预算总表", Department: "江苏省政协办公厅", RegionCode: "320000", RegionName: "江苏省", Kind: "budget", Level: "department"}},
		{"a party committee, budget and account in one", []string{"中共邯郸市委党校2022年部门预算及2021年部门决算公开"},
			record.Identity{Title: "中共邯郸市委党校2022年部门预算及2021年部门决算公开", Department: "中共邯郸市委党校", RegionCode: "130400", RegionName: "河北省邯郸市",
				FiscalYear: 2022, Kind: "budget", Level: "department"}},
		{"the file's name alone", []string{"通知"}, record.Identity{Department: "大英县司法局", RegionCode: "510923", RegionName: "四川省遂宁市大英县", FiscalYear: 2023, Kind: "other"}},
		{"the department's own unit", []string{"青神县教育局（本级）", "2021年部门预算公开情况说明"},
			record.Identity{Title: "青神县教育局（本级）2021年部门预算公开情况说明", Department: "青神县教育局", RegionCode: "511425", RegionName: "四川省眉山市青神县",
				FiscalYear: 2021, Kind: "budget", Level: "unit"}},
		{"a level of government is no own unit", []string{"邯郸市教育局", "2021年市本级部门预算"},
			record.Identity{Title: "邯郸市教育局2021年市本级部门预算", Department: "邯郸市教育局", RegionCode: "130400", RegionName: "河北省邯郸市",
				FiscalYear: 2021, Kind: "budget", Level: "department"}},
		{"names of budgets in an account", []string{"邯郸市教育局一般公共预算财政拨款支出决算", "预算单位：邯郸市教育局"},
			record.Identity{Title: "邯郸市教育局一般公共预算财政拨款支出决算", Department: "邯郸市教育局", RegionCode: "130400", RegionName: "河北省邯郸市",
				Kind: "final_account", Level: "unit"}},
		{"the year of the account, not of its publication", []string{"邯郸市教育局", "2022年8月公开2021年度部门决算"},
			record.Identity{Title: "邯郸市教育局2022年8月公开2021年度部门决算", Department: "邯郸市教育局", RegionCode: "130400", RegionName: "河北省邯郸市",
				FiscalYear: 2021, Kind: "final_account", Level: "department"}},
		{"the head of a form whose cells ran together", []string{"项目绩效目标表(2021年度)填报单位(盖章):宁乡市坝塘镇人民政府 项目名称道路主管部门坝塘镇主管部门编码"},
			record.Identity{Department: "宁乡市坝塘镇人民政府", RegionCode: "430182", RegionName: "湖南省长沙市宁乡市", FiscalYear: 2021, Kind: "other"}},
		{"the title of a notice", []string{"附件1", "关于印发《邯郸市教育局2022年部门预算》的通知"},
			record.Identity{Title: "关于印发《邯郸市教育局2022年部门预算》的通知", Department: "邯郸市教育局", RegionCode: "130400", RegionName: "河北省邯郸市",
				FiscalYear: 2022, Kind: "budget", Level: "department"}},
		{"contents are no title", []string{"目 录", "一、邯山区民政局概况", "二、2021年部门预算安排情况说明"},
			record.Identity{Department: "邯山区民政局", RegionCode: "130402", RegionName: "河北省邯郸市邯山区", FiscalYear: 2021, Kind: "budget", Level: "department"}},
		{"a district of many, named elsewhere", []string{"鼓楼区教育局机关（本部）", "2022年度部门决算", "主管部门：江苏省南京市鼓楼区人民政府"},
			record.Identity{Title: "鼓楼区教育局机关（本部）2022年度部门决算", Department: "鼓楼区教育局", RegionCode: "320106", RegionName: "江苏省南京市鼓楼区",
				FiscalYear: 2022, Kind: "final_account", Level: "unit"}},
		{"a line of code and name", []string{"2025年部门预算信息公开目录", "920平山县下口镇财政所", "预算年度:2025"},
			record.Identity{Title: "2025年部门预算信息公开目录", Department: "平山县下口镇财政所", DepartmentCode: "920", RegionCode: "130131", RegionName: "河北省石家庄市平山县",
				FiscalYear: 2025, Kind: "budget", Level: "department"}},
		{"a title that what follows is glued to", []string{"青神县教育局 2020年部门预算 报送日期: 年 月 日 表1 部门收支总表 单位:万元 收 项 入 目 支 2020年预算数 项 出 目 一、一般公共预算拨款收入 16,745.59"},
			record.Identity{Title: "青神县教育局2020年部门预算", Department: "青神县教育局", RegionCode: "511425", RegionName: "四川省眉山市青神县",
				FiscalYear: 2020, Kind: "budget", Level: "department"}},
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

// TestIdentityConflicts lets places contradict each other: the one with more
// trust wins, and a note says so.
func TestIdentityConflicts(t *testing.T) {
	for _, c := range []struct {
		name, file string
		lines      []string
		given      Given
		want       record.Identity
		codes      []string
	}{
		{"the file's name", "上海市普陀区司法局2020年决算.pdf", []string{"邯郸市教育局2021年部门预算"}, Given{},
			record.Identity{Department: "邯郸市教育局", RegionCode: "130400", FiscalYear: 2021, Kind: "budget", Level: "department"},
			[]string{"identity.year_conflict", "identity.kind_conflict", "identity.region_conflict"}},
		{"a line that names another", "x.pdf", []string{"邯郸市教育局2021年部门预算", "预算单位：邯郸市财政局"}, Given{},
			record.Identity{Department: "邯郸市教育局", RegionCode: "130400", FiscalYear: 2021, Kind: "budget", Level: "department"},
			[]string{"identity.level_conflict", "identity.department_conflict"}},
		{"the caption of a unit's forms", "x.pdf", []string{"邯郸市教育局2021年单位预算", "部门：邯郸市教育局"}, Given{},
			record.Identity{Department: "邯郸市教育局", RegionCode: "130400", FiscalYear: 2021, Kind: "budget", Level: "unit"}, nil},
		{"a short name", "教育局2021年预算.pdf", []string{"邯郸市教育局2021年部门预算", "部门：教育局"}, Given{},
			record.Identity{Department: "邯郸市教育局", RegionCode: "130400", FiscalYear: 2021, Kind: "budget", Level: "department"}, nil},
		{"the catalogue wins", "x.pdf", []string{"邯郸市教育局2021年部门预算"},
			Given{Department: "邯郸市财政局", RegionCode: "310107", FiscalYear: 2020, Kind: "final_account"},
			record.Identity{Department: "邯郸市财政局", RegionCode: "310107", FiscalYear: 2020, Kind: "final_account", Level: "department"},
			[]string{"identity.catalog", "identity.catalog", "identity.catalog", "identity.catalog"}},
		{"the catalogue agrees, or fills a gap", "x.pdf", []string{"部门预算"}, Given{Department: "邯郸市财政局", FiscalYear: 2020, Kind: "budget"},
			record.Identity{Department: "邯郸市财政局", RegionCode: "130400", FiscalYear: 2020, Kind: "budget", Level: "department"}, nil},
		{"a region that is none", "x.pdf", []string{"教育局2021年部门预算"}, Given{RegionCode: "999999"},
			record.Identity{Department: "教育局", RegionCode: "999999", FiscalYear: 2021, Kind: "budget", Level: "department"}, []string{"identity.region_unknown"}},
	} {
		doc := &document.Document{Source: document.Source{Name: c.file}}
		for _, l := range c.lines {
			doc.Blocks = append(doc.Blocks, &document.Paragraph{Text: l})
		}
		d, err := New().Given(t.Context(), doc, c.given)
		if err != nil {
			t.Fatal(err)
		}
		got := d.Identity
		got.Title, got.RegionName = "", ""
		var codes []string
		for _, n := range d.Notes {
			codes = append(codes, n.Code)
		}
		if got != c.want || !slices.Equal(codes, c.codes) {
			t.Errorf("%s:\n got %+v %q\nwant %+v %q", c.name, got, codes, c.want, c.codes)
		}
	}
}
