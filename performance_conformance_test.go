package main

import (
	"encoding/json"
	"os"
	"path/filepath"
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
