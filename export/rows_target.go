package export

import "yusuan/normalize/record"

type projectRow struct {
	key
	PageNo       int32      `parquet:"page_no,optional"`
	TableNo      int32      `parquet:"table_no,optional"`
	ProjectNo    int32      `parquet:"project_no"`
	Code         string     `parquet:"code,dict"`
	Name         string     `parquet:"name,dict"`
	Category     string     `parquet:"category,dict"`
	Nature       string     `parquet:"nature,dict"`
	UnitCode     string     `parquet:"unit_code,dict"`
	UnitName     string     `parquet:"unit_name,dict"`
	Total        *int64     `parquet:"total,decimal(4:18)"`
	Fiscal       *int64     `parquet:"fiscal,decimal(4:18)"`
	Other        *int64     `parquet:"other,decimal(4:18)"`
	Carryover    *int64     `parquet:"carryover,decimal(4:18)"`
	YearTotal    *int64     `parquet:"year_total,decimal(4:18)"`
	YearFiscal   *int64     `parquet:"year_fiscal,decimal(4:18)"`
	Purpose      string     `parquet:"purpose,dict"`
	OverallGoal  string     `parquet:"overall_goal,dict"`
	Goals        []string   `parquet:"goals,list" parquet-element:",dict"`
	SpendingPlan []planStep `parquet:"spending_plan,list"`
	StartDate    *int32     `parquet:"start_date,date"`
	EndDate      *int32     `parquet:"end_date,date"`
}

// planStep is one element of projects.spending_plan.
type planStep struct {
	ThroughMonth int32 `parquet:"through_month"`
	Percent      int32 `parquet:"percent,decimal(4:9)"`
}

func (c *converter) projects(in []record.Project) []projectRow {
	out := make([]projectRow, len(in))
	for i := range in {
		p := &in[i]
		c.begin("projects", p.Origin)
		out[i] = projectRow{
			key: c.key, PageNo: int32(p.Page), TableNo: int32(p.Table), ProjectNo: int32(p.Number),
			Code: c.text(p.Code), Name: c.text(p.Name), Category: c.text(p.Category), Nature: c.text(p.Nature),
			UnitCode: c.text(p.UnitCode), UnitName: c.text(p.UnitName),
			Total: c.decimal("total", p.Total), Fiscal: c.decimal("fiscal", p.Fiscal),
			Other: c.decimal("other", p.Other), Carryover: c.decimal("carryover", p.Carryover),
			YearTotal: c.decimal("year_total", p.YearTotal), YearFiscal: c.decimal("year_fiscal", p.YearFiscal),
			Purpose: c.text(p.Purpose), OverallGoal: c.text(p.OverallGoal), Goals: c.texts(p.Goals),
			SpendingPlan: c.plan(p.SpendingPlan),
			StartDate:    c.date("start_date", p.StartDate), EndDate: c.date("end_date", p.EndDate),
		}
	}
	return out
}

// plan converts a spending plan. A step whose percentage the source leaves
// blank says nothing and is left out: the column has no null, and 0 would be
// a statement.
func (c *converter) plan(in []record.PlanStep) []planStep {
	var out []planStep
	for _, s := range in {
		if s.Percent.IsNull() {
			continue
		}
		if p := c.small("spending_plan.percent", s.Percent, "step left out"); p != nil {
			out = append(out, planStep{ThroughMonth: int32(s.ThroughMonth), Percent: *p})
		}
	}
	return out
}

type indicatorRow struct {
	key
	PageNo            int32    `parquet:"page_no,optional"`
	TableNo           int32    `parquet:"table_no,optional"`
	RowNo             *int32   `parquet:"row_no"`
	ColNo             *int32   `parquet:"col_no"`
	ProjectNo         int32    `parquet:"project_no"`
	ProjectCode       string   `parquet:"project_code,dict"`
	ProjectName       string   `parquet:"project_name,dict"`
	Level1            string   `parquet:"level1,dict"`
	Level2            string   `parquet:"level2,dict"`
	Level3            string   `parquet:"level3,dict"`
	Description       string   `parquet:"description,dict"`
	Basis             string   `parquet:"basis,dict"`
	ValueRaw          string   `parquet:"value_raw,dict"`
	PartNo            int32    `parquet:"part_no"`
	ValueKind         string   `parquet:"value_kind,dict"`
	Comparator        string   `parquet:"comparator,optional,dict"`
	ComparatorImplied bool     `parquet:"comparator_implied"`
	Value             *int64   `parquet:"value,decimal(4:18)"`
	Upper             *int64   `parquet:"upper,decimal(4:18)"`
	UpperInclusive    bool     `parquet:"upper_inclusive"`
	ScaleExp          int32    `parquet:"scale_exp"`
	BaseValue         *int64   `parquet:"base_value,decimal(4:18)"`
	UnitRaw           string   `parquet:"unit_raw,dict"`
	Unit              string   `parquet:"unit,dict"`
	UnitInferred      string   `parquet:"unit_inferred,dict"`
	Grade             string   `parquet:"grade,dict"`
	Qualifier         string   `parquet:"qualifier,dict"`
	Qualitative       string   `parquet:"qualitative,dict"`
	Direction         string   `parquet:"direction,dict"`
	Weight            *int32   `parquet:"weight,decimal(4:9)"`
	ActualRaw         string   `parquet:"actual_raw,dict"`
	Actual            *int64   `parquet:"actual,decimal(4:18)"`
	Flags             []string `parquet:"flags,list" parquet-element:",dict"`
}

func (c *converter) indicators(in []record.Indicator) []indicatorRow {
	out := make([]indicatorRow, len(in))
	for i := range in {
		x := &in[i]
		c.begin("indicators", x.Origin)
		out[i] = indicatorRow{
			key: c.key, PageNo: int32(x.Page), TableNo: int32(x.Table), RowNo: c.index(x.Row), ColNo: c.index(x.Col),
			ProjectNo: int32(x.ProjectNumber), ProjectCode: c.text(x.ProjectCode),
			ProjectName: c.text(x.ProjectName), Level1: c.text(x.Level1), Level2: c.text(x.Level2),
			Level3: c.text(x.Level3), Description: c.text(x.Description), Basis: c.text(x.Basis),
			ValueRaw: c.text(x.ValueRaw), PartNo: int32(x.PartNo), ValueKind: c.text(x.Kind),
			Comparator: c.text(x.Comparator), ComparatorImplied: x.ComparatorImplied,
			Value: c.decimal("value", x.Number), Upper: c.decimal("upper", x.Upper), UpperInclusive: x.UpperInclusive,
			ScaleExp: int32(x.ScaleExp), BaseValue: c.decimal("base_value", x.Base), UnitRaw: c.text(x.UnitRaw),
			Unit: c.text(x.Unit), UnitInferred: c.text(x.UnitInferred), Grade: c.text(x.Grade),
			Qualifier: c.text(x.Qualifier), Qualitative: c.text(x.Qualitative), Direction: c.text(x.Direction),
			Weight: c.small("weight", x.Weight, "written as null"), ActualRaw: c.text(x.ActualRaw), Actual: c.decimal("actual", x.Actual),
			Flags: c.texts(x.Flags),
		}
	}
	return out
}
