package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// pageForms are the self-evaluations among the pages of the corpus. They have
// no truth: what is expected was read off the pages by eye, for those whose
// cells can be told apart. The others must give a note and nothing else.
var pageForms = []struct {
	file string
	// projects are name, unit, year_total and year_fiscal of each.
	projects []string
	// indicators are the third level, value, weight and what was reached.
	indicators []string
	note       string
}{
	{"四川-大英县司法局-2023-项目支出绩效自评表.txt",
		[]string{"   ", "2023年全县安可替代补助资金项目 大英县司法局 33600 33600"}, // the first begins before the excerpt
		[]string{"成本控制数 le 30 90 完成", "完成安可产品购买并按要求支付资金 eq 100  "}, "form.row_realigned"},
	{"四川-青神县发改局-2023-项目支出绩效自评表.txt",
		[]string{"工资性支出 青神县发展和改革局 2518900 2518900"},
		[]string{"发放(缴纳)覆盖率 eq 100 60 ", "足额保障率(参保率) eq 100 30 "}, "form.rows_made"},
	{"安徽-池州市贵池区棠溪镇-2022-项目支出绩效自评表.txt",
		[]string{"委托业务项目 池州市贵池区棠溪镇人民政府 0 ", "村级补助及运转经费 池州市贵池区棠溪镇人民政府 0 "}, // 0 is printed
		[]string{
			"基建工程委托业务项目数量 ge 50 8 50", "委托业务报告合格率 ge 100 8 100", "经费支出合规性   8 达成预期指标", "提交报告及时性   8 达成预期指标",
			"项目总成本 le 90 8 90", "单项业务成本   10 达成预期指标", "对维护基建市场公平的影响程度   10 达成预期指标", "对控制基建项目成本影响程度   10 达成预期指标",
			"对推动基建项目“四项制度”健全和落实的持续性影响   10 达成预期指标",
			"补助村(社区)数量 eq 8 8 8", "保障村干部人数 eq 42 8 42", "补助资格合规性   8 达成预期指标", "经费审批流程规范性   8 达成预期指标",
			"补助经费到位及时性   8 达成预期指标", "项目总成本 le 202.6 10 132.9",
			"对保障村(社区)两委机构正常运行的影响程度   10 达成预期指标", "提高村(社区)干部工作积极性的影响程度   10 达成预期指标",
		}, "form.row_short"},
	{"四川-中江县水利局-2022-绩效目标自评表-单元格粘连.txt", nil, nil, "form.cells_glued"},
	{"湖南-宁乡市坝塘镇-2021-项目绩效目标表-粘连.txt", nil, nil, "form.cells_glued"},
	{"重庆-融媒体中心-2021-部门整体绩效自评表-OCR质量差.txt", nil, nil, "form.cells_glued"},
}

// TestConformanceEvaluationPages reads the self-evaluations of the pages.
func TestConformanceEvaluationPages(t *testing.T) {
	for _, c := range pageForms {
		t.Run(c.file, func(t *testing.T) {
			d := readCorpus(t, filepath.Join("pages", c.file))
			var projects, indicators []string
			for _, p := range d.Projects {
				projects = append(projects, strings.Join([]string{p.Name, p.UnitName, number(p.YearTotal), number(p.YearFiscal)}, " "))
			}
			for _, i := range d.Indicators {
				indicators = append(indicators, strings.Join([]string{i.Level3, i.Comparator, number(i.Value.Number), number(i.Weight), i.ActualRaw}, " "))
			}
			if !slices.Equal(projects, c.projects) {
				t.Errorf("projects\n got %q\nwant %q", projects, c.projects)
			}
			if !slices.Equal(indicators, c.indicators) {
				t.Errorf("indicators\n got %q\nwant %q", indicators, c.indicators)
			}
			if !slices.ContainsFunc(d.Notes, func(n record.Note) bool { return n.Code == c.note }) {
				t.Errorf("no note %s", c.note)
			}
		})
	}
}
