package main

import (
	"fmt"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// projectColumns are the columns of projects in both kinds of truth: a folder
// of truth, and a file about one document. What SCHEMA.md has no column for
// (the year's part of other funds) is not scored.
var projectColumns = []column{
	{"code", asText, []string{"code"}}, {"name", asText, []string{"name"}}, {"nature", asText, []string{"nature"}},
	{"category", asText, []string{"category"}}, {"purpose", asText, []string{"purpose"}},
	{"unit_code", asText, []string{"unit_org_code", "unit_code"}}, {"unit_name", asText, []string{"unit_org", "unit"}},
	{"start_date", asText, []string{"start"}}, {"end_date", asText, []string{"end"}},
	{"total", asNumber, []string{"budget_yuan", "total_yuan"}}, {"fiscal", asNumber, []string{"fiscal_yuan"}}, {"other", asNumber, []string{"other_yuan"}},
	{"year_total", asNumber, []string{"year_total_yuan"}}, {"year_fiscal", asNumber, []string{"year_fiscal_yuan"}},
	{"carryover", asNumber, []string{"carryover_yuan"}}, {"overall_goal", asText, []string{"overall_goal"}}, {"goals", asText, []string{"annual_goal"}},
	{"indicator_rows", asNumber, []string{"indicator_rows"}},
}

// trueProjects returns the projects as the truth states them.
func trueProjects(list []object) []facts {
	var out []facts
	for _, o := range list {
		f := state(o, projectColumns)
		if o.has("goals") {
			f["goals"] = asText(strings.Join(o.list("goals"), ""))
		}
		if plan := o.object("plan"); plan != nil {
			steps := map[int]string{}
			for month := range plan {
				n, _ := strconv.Atoi(month)
				steps[n] = asNumber(plan.text(month))
			}
			f["spending_plan"] = printPlan(steps)
		}
		// The label of the name says that it is a special fund.
		if o.has("name_label") {
			f["category"] = ""
			if o.text("name_label") == "专项资金名称" {
				f["category"] = "专项资金"
			}
		}
		out = append(out, f)
	}
	return present(out, list)
}

// present keeps an empty list, which says that there is nothing, apart from one
// that is not stated.
func present(out []facts, list []object) []facts {
	if out == nil && list != nil {
		return []facts{}
	}
	return out
}

func printPlan(steps map[int]string) string {
	var out []string
	for _, month := range sortedKeys(steps) {
		out = append(out, fmt.Sprintf("%d:%s", month, steps[month]))
	}
	return strings.Join(out, " ")
}

// projectFacts returns the projects as they were read.
func projectFacts(d *record.Disclosure) []facts {
	var out []facts
	for i := range d.Projects {
		p := &d.Projects[i]
		steps := map[int]string{}
		for _, s := range p.SpendingPlan {
			steps[s.ThroughMonth] = number(s.Percent)
		}
		rows := map[[2]int]bool{}
		for k := range d.Indicators {
			if ind := &d.Indicators[k]; ind.ProjectNumber == p.Number {
				rows[[2]int{ind.Table, ind.Row}] = true
			}
		}
		out = append(out, facts{
			"code": p.Code, "name": asText(p.Name), "nature": p.Nature, "category": p.Category, "purpose": asText(p.Purpose),
			"unit_code": p.UnitCode, "unit_name": asText(p.UnitName), "start_date": p.StartDate, "end_date": p.EndDate,
			"total": number(p.Total), "fiscal": number(p.Fiscal), "other": number(p.Other), "year_total": number(p.YearTotal),
			"year_fiscal": number(p.YearFiscal), "carryover": number(p.Carryover), "overall_goal": asText(p.OverallGoal),
			"goals": asText(strings.Join(p.Goals, "")), "indicator_rows": strconv.Itoa(len(rows)), "spending_plan": printPlan(steps),
		})
	}
	return out
}

// number prints a decimal so that equal ones look the same.
func number(d record.Decimal) string { return asNumber(d.String()) }
