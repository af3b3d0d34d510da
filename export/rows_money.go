package export

import "yusuan/normalize/record"

type amountRow struct {
	key
	PageNo          int32  `parquet:"page_no,optional"`
	BlockNo         int32  `parquet:"block_no"`
	TableNo         int32  `parquet:"table_no,optional"`
	RowNo           *int32 `parquet:"row_no"`
	ColNo           *int32 `parquet:"col_no"`
	Metric          string `parquet:"metric,dict"`
	Text            string `parquet:"text,dict"`
	Period          string `parquet:"period,dict"`
	Comparator      string `parquet:"comparator,optional,dict"`
	Value           *int64 `parquet:"value,decimal(4:18)"`
	ScaleExp        int32  `parquet:"scale_exp"`
	BaseValue       *int64 `parquet:"base_value,decimal(4:18)"`
	UnitRaw         string `parquet:"unit_raw,dict"`
	Unit            string `parquet:"unit,dict"`
	ChangeDirection string `parquet:"change_direction,dict"`
	BasePeriod      string `parquet:"base_period,dict"`
	Per             string `parquet:"per,dict"`
	Qualifier       string `parquet:"qualifier,dict"`
	CharStart       int32  `parquet:"char_start"`
	CharEnd         int32  `parquet:"char_end"`
}

// amounts converts the amounts stated in prose; texts are the cells' texts as
// extracted, to move offsets into the texts as written.
func (c *converter) amounts(in []record.Amount, texts cellTexts) []amountRow {
	out := make([]amountRow, len(in))
	for i := range in {
		a := &in[i]
		c.begin("amounts", a.Origin)
		out[i] = amountRow{
			key: c.key, PageNo: int32(a.Page), BlockNo: int32(a.Block), TableNo: int32(a.Table), RowNo: c.index(a.Row), ColNo: c.index(a.Col),
			Metric: c.text(a.Metric), Text: c.text(a.Text), Period: c.text(a.Period),
			Comparator: c.text(a.Comparator), Value: c.decimal("value", a.Number), ScaleExp: int32(a.ScaleExp),
			BaseValue: c.decimal("base_value", a.Base), UnitRaw: c.text(a.UnitRaw), Unit: c.text(a.Unit),
			ChangeDirection: c.text(a.Change), BasePeriod: c.text(a.BasePeriod), Per: c.text(a.Per),
			Qualifier: c.text(a.Qualifier), CharStart: int32(a.Start), CharEnd: int32(a.End),
		}
		if raw, ok := texts[corner{a.Table, a.Row, a.Col}]; ok {
			out[i].CharStart = int32(squeezedOffset(raw, a.Start))
			out[i].CharEnd = int32(squeezedOffset(raw, a.End))
		}
	}
	return out
}

type budgetLineRow struct {
	key
	PageNo     int32  `parquet:"page_no,optional"`
	TableNo    int32  `parquet:"table_no,optional"`
	RowNo      *int32 `parquet:"row_no"`
	ColNo      *int32 `parquet:"col_no"`
	Form       string `parquet:"form,dict"`
	Side       string `parquet:"side,dict"`
	Scheme     string `parquet:"scheme,dict"`
	Code       string `parquet:"code,dict"`
	CodeLevel  int32  `parquet:"code_level"`
	Name       string `parquet:"name,dict"`
	Measure    string `parquet:"measure,dict"`
	MeasureRaw string `parquet:"measure_raw,dict"`
	Amount     int64  `parquet:"amount,decimal(4:18)"`
	AmountRaw  string `parquet:"amount_raw,dict"`
	IsTotal    bool   `parquet:"is_total"`
	Matched    string `parquet:"code_matched,dict"`
}

func (c *converter) budgetLines(in []record.BudgetLine) []budgetLineRow {
	out := make([]budgetLineRow, 0, len(in))
	for i := range in {
		b := &in[i]
		c.begin("budget_lines", b.Origin)
		amount, ok := c.required("amount", b.Amount)
		if !ok {
			continue
		}
		out = append(out, budgetLineRow{
			key: c.key, PageNo: int32(b.Page), TableNo: int32(b.Table), RowNo: c.index(b.Row), ColNo: c.index(b.Col),
			Form: c.text(b.Form), Side: c.text(b.Side), Scheme: c.text(b.Scheme),
			Code: c.text(b.Code), CodeLevel: int32(b.CodeLevel), Name: c.text(b.Name), Measure: c.text(b.Measure),
			MeasureRaw: c.text(b.MeasureRaw), Amount: amount, AmountRaw: c.text(b.AmountRaw),
			IsTotal: b.IsTotal, Matched: c.text(b.CodeMatched),
		})
	}
	return out
}

type procurementRow struct {
	key
	PageNo           int32  `parquet:"page_no,optional"`
	TableNo          int32  `parquet:"table_no,optional"`
	RowNo            *int32 `parquet:"row_no"`
	RowType          string `parquet:"row_type,dict"`
	UnitName         string `parquet:"unit_name,dict"`
	ProjectName      string `parquet:"project_name,dict"`
	ProjectCode      string `parquet:"project_code,dict"`
	ProjectTotal     *int64 `parquet:"project_total,decimal(4:18)"`
	ItemName         string `parquet:"item_name,dict"`
	CatalogueCode    string `parquet:"catalogue_code,dict"`
	CatalogueVersion string `parquet:"catalogue_version,dict"`
	UnitRaw          string `parquet:"unit_raw,dict"`
	Quantity         *int64 `parquet:"quantity,decimal(4:18)"`
	UnitPrice        *int64 `parquet:"unit_price,decimal(4:18)"`
	Amount           *int64 `parquet:"amount,decimal(4:18)"`
	FiscalTotal      *int64 `parquet:"fiscal_total,decimal(4:18)"`
	GeneralPublic    *int64 `parquet:"general_public,decimal(4:18)"`
	Fund             *int64 `parquet:"fund,decimal(4:18)"`
	SpecialAccount   *int64 `parquet:"special_account,decimal(4:18)"`
	OtherIncome      *int64 `parquet:"other_income,decimal(4:18)"`
	OtherSources     *int64 `parquet:"other_sources,decimal(4:18)"`
}

func (c *converter) procurement(in []record.Procurement) []procurementRow {
	out := make([]procurementRow, len(in))
	for i := range in {
		p := &in[i]
		c.begin("procurement", p.Origin)
		out[i] = procurementRow{
			key: c.key, PageNo: int32(p.Page), TableNo: int32(p.Table), RowNo: c.index(p.Row),
			RowType: c.text(p.RowType), UnitName: c.text(p.UnitName),
			ProjectName: c.text(p.ProjectName), ProjectCode: c.text(p.ProjectCode),
			ProjectTotal: c.decimal("project_total", p.ProjectTotal), ItemName: c.text(p.ItemName),
			CatalogueCode: c.text(p.CatalogueCode), CatalogueVersion: c.text(p.CatalogueVersion),
			UnitRaw: c.text(p.UnitRaw), Quantity: c.decimal("quantity", p.Quantity),
			UnitPrice: c.decimal("unit_price", p.UnitPrice), Amount: c.decimal("amount", p.Amount),
			FiscalTotal:    c.decimal("fiscal_total", p.FiscalTotal),
			GeneralPublic:  c.decimal("general_public", p.GeneralPublic),
			Fund:           c.decimal("fund", p.Fund),
			SpecialAccount: c.decimal("special_account", p.SpecialAccount),
			OtherIncome:    c.decimal("other_income", p.OtherIncome),
			OtherSources:   c.decimal("other_sources", p.OtherSource),
		}
	}
	return out
}

type assetRow struct {
	key
	PageNo   int32  `parquet:"page_no,optional"`
	TableNo  int32  `parquet:"table_no,optional"`
	RowNo    *int32 `parquet:"row_no"`
	RowType  string `parquet:"row_type,dict"`
	Item     string `parquet:"item,dict"`
	Quantity *int64 `parquet:"quantity,decimal(4:18)"`
	UnitRaw  string `parquet:"unit_raw,dict"`
	Unit     string `parquet:"unit,dict"`
	Value    *int64 `parquet:"value,decimal(4:18)"`
	AsOf     *int32 `parquet:"as_of,date"`
}

func (c *converter) assets(in []record.Asset) []assetRow {
	out := make([]assetRow, len(in))
	for i := range in {
		a := &in[i]
		c.begin("assets", a.Origin)
		out[i] = assetRow{
			key: c.key, PageNo: int32(a.Page), TableNo: int32(a.Table), RowNo: c.index(a.Row),
			RowType: c.text(a.RowType), Item: c.text(a.Item),
			Quantity: c.decimal("quantity", a.Quantity), UnitRaw: c.text(a.UnitRaw), Unit: c.text(a.Unit),
			Value: c.decimal("value", a.Worth), AsOf: c.date("as_of", a.AsOf),
		}
	}
	return out
}
