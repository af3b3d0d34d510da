package main

import (
	"path"
	"testing"

	"yusuan/normalize/record"
)

// identityTruth is whose every document of the corpus is, as a person reads it
// from its first pages; a year of 0 means that the document states none. The
// blank official workbooks are no disclosures and not in the list.
var identityTruth = map[string]record.Identity{
	"putuo/万里街道2023预算.pdf":              {Department: "上海市普陀区人民政府万里街道办事处", RegionCode: "310107", FiscalYear: 2023, Kind: "budget", Level: "department"},
	"putuo/普陀区司法局2026预算-dept.pdf":       {Department: "上海市普陀区司法局", RegionCode: "310107", FiscalYear: 2026, Kind: "budget", Level: "department"},
	"putuo/普陀区司法局2026预算-unit.pdf":       {Department: "上海市普陀区司法局", RegionCode: "310107", FiscalYear: 2026, Kind: "budget", Level: "unit"},
	"putuo/普陀区商务委2025预算-dept.pdf":       {Department: "上海市普陀区商务委员会", RegionCode: "310107", FiscalYear: 2025, Kind: "budget", Level: "department"},
	"putuo/普陀区委社会工作部2024决算.pdf":         {Department: "中共上海市普陀区委社会工作部", RegionCode: "310107", FiscalYear: 2024, Kind: "final_account", Level: "department"},
	"putuo/普陀区政府办2025预算-dept.pdf":       {Department: "上海市普陀区人民政府办公室", RegionCode: "310107", FiscalYear: 2025, Kind: "budget", Level: "department"},
	"putuo/普陀区政府办2025预算-unit.pdf":       {Department: "上海市普陀区人民政府办公室", RegionCode: "310107", FiscalYear: 2025, Kind: "budget", Level: "unit"},
	"putuo/普陀区规划资源局2024决算.pdf":          {Department: "上海市普陀区规划和自然资源局", RegionCode: "310107", FiscalYear: 2024, Kind: "final_account", Level: "department"},
	"jiangsu/2017年度部门预算公开表.pdf":         {Department: "江苏省政协办公厅", RegionCode: "320000", FiscalYear: 2017, Kind: "budget", Level: "department"},
	"jiangsu/江苏省政协办公厅2018度部门预算公开表.pdf":  {Department: "江苏省政协办公厅", RegionCode: "320000", FiscalYear: 2018, Kind: "budget", Level: "department"},
	"jiangsu/江苏省政协办公厅2019年预算公开表.pdf":    {Department: "江苏省政协办公厅", RegionCode: "320000", FiscalYear: 2019, Kind: "budget", Level: "department"},
	"jiangsu/江苏省高级人民法院2019年度部门预算公开.pdf": {Department: "江苏省高级人民法院", RegionCode: "320000", FiscalYear: 2019, Kind: "budget", Level: "department"},
	"jiangsu/省法院2017年度部门预算公开.pdf":       {Department: "江苏省高级人民法院", RegionCode: "320000", FiscalYear: 2017, Kind: "budget", Level: "department"},
	"jiangsu/省法院2018年度部门预算公开.pdf":       {Department: "江苏省高级人民法院", RegionCode: "320000", FiscalYear: 2018, Kind: "budget", Level: "department"},

	"handan-2020/disclosure.txt":  handanIdentity,
	"handan-2020/disclosure.doc":  handanIdentity,
	"handan-2020/disclosure.docx": handanIdentity,
	"handan-2020/disclosure.pdf":  handanIdentity,

	// Excerpts from the web: forms of one project name no budget and no level,
	// and the first holds pages of several departments.
	"pages/三公经费预算表-五个页面.txt":                   {FiscalYear: 2020, Kind: "budget"},
	"pages/四川-中江县水利局-2022-绩效目标自评表-单元格粘连.txt":   {Department: "中江县水利局", RegionCode: "510623", FiscalYear: 2022, Kind: "other"},
	"pages/四川-大英县司法局-2023-项目支出绩效自评表.txt":       {Department: "大英县司法局", RegionCode: "510923", FiscalYear: 2023, Kind: "other"},
	"pages/四川-青神县发改局-2023-项目支出绩效自评表.txt":       {Department: "青神县发展和改革局", RegionCode: "511425", FiscalYear: 2023, Kind: "other"},
	"pages/安徽-池州市贵池区棠溪镇-2022-项目支出绩效自评表.txt":    {Department: "池州市贵池区棠溪镇人民政府", RegionCode: "341702", FiscalYear: 2022, Kind: "other"},
	"pages/某县教育局-2020-预算公开表xls.txt":            {Department: "教育局", FiscalYear: 2020, Kind: "budget", Level: "department"},
	"pages/河北-平山县下口镇财政所-2025-部门预算收支总表.txt":     {Department: "平山县下口镇财政所", DepartmentCode: "920", RegionCode: "130131", FiscalYear: 2025, Kind: "budget", Level: "department"},
	"pages/河北-深泽县退役军人事务局-2026-部门预算收支总表.txt":    {Department: "深泽县退役军人事务局", DepartmentCode: "321", RegionCode: "130128", FiscalYear: 2026, Kind: "budget", Level: "department"},
	"pages/湖南-宁乡市坝塘镇-2021-项目绩效目标表-粘连.txt":      {Department: "宁乡市坝塘镇人民政府", RegionCode: "430182", FiscalYear: 2021, Kind: "other"},
	"pages/重庆-大足区城市管理局-2023-财政拨款收支总表.txt":      {Department: "重庆市大足区城市管理局", RegionCode: "500111", FiscalYear: 2023, Kind: "budget", Level: "department"},
	"pages/重庆-融媒体中心-2021-部门整体绩效自评表-OCR质量差.txt": {Department: "融媒体中心", RegionCode: "500000", FiscalYear: 2021, Kind: "other"},
	"word/flyfish-shanxi.doc": {Kind: "other"},
}

var handanIdentity = record.Identity{Department: "邯郸市人力资源和社会保障局", DepartmentCode: "316", RegionCode: "130400", FiscalYear: 2020, Kind: "budget", Level: "department"}

// nameless are the excerpts whose year, department or region only their file's
// name tells.
var nameless = map[string]int{"pages/重庆-融媒体中心-2021-部门整体绩效自评表-OCR质量差.txt": 3}

// TestConformanceIdentity holds the identity of every document against what a
// person reads, and fails where a value had to be taken from the file's name.
func TestConformanceIdentity(t *testing.T) {
	for name, want := range identityTruth {
		t.Run(path.Base(name), func(t *testing.T) {
			d := readCorpus(t, name)
			got := d.Identity
			got.Title, got.RegionName = "", ""
			if got != want {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
			fromName := 0
			for _, n := range d.Notes {
				switch n.Code {
				case "identity.year_from_name", "identity.department_from_name", "identity.region_from_name":
					fromName++
				case "identity.year_conflict", "identity.department_conflict", "identity.region_conflict", "identity.kind_conflict", "identity.level_conflict":
					t.Errorf("%s: %s", n.Code, n.Message)
				}
			}
			if fromName != nameless[name] {
				t.Errorf("%d values were taken from the file's name, want %d", fromName, nameless[name])
			}
		})
	}
}
