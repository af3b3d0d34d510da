package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// The 财政项目支出绩效目标填报表 of Shanghai and the truth about it.
const (
	wanliFile  = "putuo/万里街道2023预算.pdf"
	wanliTruth = "putuo/truth/wanli-2023.truth.json"
)

// wanliFloor is the least share of rows that must be right in each column.
const wanliFloor = 0.98

// columnScore counts for each column how many rows are as in the truth.
type columnScore struct {
	order      []string
	right, all map[string]int
}

func newColumnScore() *columnScore {
	return &columnScore{right: map[string]int{}, all: map[string]int{}}
}

// add holds a row's columns against the truth: name, got, want.
func (s *columnScore) add(t *testing.T, row string, columns [][3]string) {
	t.Helper()
	for _, c := range columns {
		if s.all[c[0]] == 0 {
			s.order = append(s.order, c[0])
		}
		s.all[c[0]]++
		if c[1] == c[2] {
			s.right[c[0]]++
			continue
		}
		t.Logf("%s: %s is %q, want %q", row, c[0], c[1], c[2])
	}
}

// report prints the shares and fails on each below the floor.
func (s *columnScore) report(t *testing.T, floor float64) {
	t.Helper()
	for _, name := range s.order {
		share := float64(s.right[name]) / float64(s.all[name])
		t.Logf("%s: %d of %d, %.4f", name, s.right[name], s.all[name], share)
		if share < floor {
			t.Errorf("%s: %.4f, want %.2f", name, share, floor)
		}
	}
}

// readWanli returns the disclosure and decodes a part of its truth, or skips
// the test.
func readWanli(t *testing.T, truth any) *record.Disclosure {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpusDir(), wanliTruth))
	if err != nil {
		t.Skipf("no truth: %v", err)
	}
	if err := json.Unmarshal(data, truth); err != nil {
		t.Fatalf("%s: %v", wanliTruth, err)
	}
	return readCorpus(t, wanliFile)
}

// TestConformanceWanliProjects scores the projects by column, in order. The
// truth's year_other_yuan is the year's part of 其他资金, which SCHEMA.md has no
// column for; its annual_goal is the one goal in goals.
func TestConformanceWanliProjects(t *testing.T) {
	var truth struct {
		Projects []struct {
			Name, Nature, Category, Unit, Start, End string
			Total                                    string `json:"total_yuan"`
			Fiscal                                   string `json:"fiscal_yuan"`
			Other                                    string `json:"other_yuan"`
			YearTotal                                string `json:"year_total_yuan"`
			YearFiscal                               string `json:"year_fiscal_yuan"`
			Carryover                                string `json:"carryover_yuan"`
			OverallGoal                              string `json:"overall_goal"`
			AnnualGoal                               string `json:"annual_goal"`
		}
	}
	d := readWanli(t, &truth)
	if len(d.Projects) != len(truth.Projects) {
		t.Fatalf("%d projects, want %d", len(d.Projects), len(truth.Projects))
	}
	score := newColumnScore()
	for i, w := range truth.Projects {
		p := d.Projects[i]
		score.add(t, w.Name, [][3]string{
			{"name", p.Name, w.Name}, {"nature", p.Nature, w.Nature}, {"category", p.Category, w.Category}, {"unit", p.UnitName, w.Unit},
			{"start", p.StartDate, w.Start}, {"end", p.EndDate, w.End},
			{"total", number(p.Total), w.Total}, {"fiscal", number(p.Fiscal), w.Fiscal}, {"other", number(p.Other), w.Other},
			{"year_total", number(p.YearTotal), w.YearTotal}, {"year_fiscal", number(p.YearFiscal), w.YearFiscal},
			{"carryover", number(p.Carryover), w.Carryover},
			{"overall_goal", joined(p.OverallGoal), w.OverallGoal}, {"goals", joined(strings.Join(p.Goals, "")), w.AnnualGoal},
		})
	}
	score.report(t, wanliFloor)
}

// joined is a text without the breaks between its paragraphs: the truth joins
// them without a blank.
func joined(s string) string { return strings.ReplaceAll(s, "\n", "") }

// TestConformanceWanliIndicators scores the indicators by column, in order,
// each part of a compound cell as a row of its own. Where the truth's
// convention is not that of SCHEMA.md the latter decides:
//   - a compound cell is one row in the truth, with kind compound and its
//     parts beneath it; SCHEMA.md gives each part a row of its own kind and
//     the flag compound;
//   - a null comparator, unit or grade of the truth is "".
//
// An explicit "=" is eq, 次 is {occurrence}, and 90.00(度) has the unit "" in
// both.
func TestConformanceWanliIndicators(t *testing.T) {
	type indicator struct {
		Project, Level1, Level2, Level3, Raw string
		Expected                             expected
		Parts                                []expected
		Flags                                []string
	}
	var truth struct{ Indicators []indicator }
	d := readWanli(t, &truth)
	cells := cellsOf(d.Indicators)
	if len(cells) != len(truth.Indicators) {
		t.Fatalf("%d indicators, want %d", len(cells), len(truth.Indicators))
	}
	score := newColumnScore()
	for i, w := range truth.Indicators {
		parts := []expected{w.Expected}
		if w.Expected.Kind == record.Compound {
			parts = w.Parts
		}
		if len(cells[i]) != len(parts) {
			t.Errorf("%s %q: %d parts, want %d", w.Level3, w.Raw, len(cells[i]), len(parts))
			continue
		}
		for k, part := range parts {
			g := &cells[i][k]
			if part.Kind == "" {
				part.Kind = record.Quantity // a part of a compound cell of this truth states a quantity
			}
			columns := [][3]string{
				{"project", g.ProjectName, w.Project}, {"level1", g.Level1, w.Level1}, {"level2", g.Level2, w.Level2},
				{"level3", g.Level3, w.Level3}, {"raw", g.ValueRaw, w.Raw}, {"kind", g.Kind, part.Kind},
			}
			if w.Expected.Kind != record.Compound {
				columns = append(columns, [3]string{"flags", sorted(g.Flags), sorted(w.Flags)})
			}
			score.add(t, w.Raw, append(columns, part.values(g)...))
		}
	}
	score.report(t, wanliFloor)
}

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
