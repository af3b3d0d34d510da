package compare

// The rows of the dataset that a comparison reads, with the columns that it
// needs.

// keyRow begins the rows of every table.
type keyRow struct {
	DocumentID string `parquet:"document_id,dict"`
}

// document is the document that a row belongs to.
func (r *keyRow) document() string { return r.DocumentID }

type documentRow struct {
	keyRow
	RegionCode   string `parquet:"region_code,dict"`
	Department   string `parquet:"department,dict"`
	FiscalYear   int32  `parquet:"fiscal_year,optional"`
	Kind         string `parquet:"kind,dict"`
	URI          string `parquet:"uri,dict"`
	Title        string `parquet:"title,dict"`
	RegionName   string `parquet:"region_name,dict"`
	IssuerLevel  string `parquet:"issuer_level,dict"`
	Amounts      int32  `parquet:"amount_count"`
	Lines        int32  `parquet:"budget_line_count"`
	Projects     int32  `parquet:"project_count"`
	Indicators   int32  `parquet:"indicator_count"`
	Findings     int32  `parquet:"finding_count"`
	ChecksFailed int32  `parquet:"checks_failed"`
	Status       string `parquet:"status,dict"`
}

type tableRow struct {
	keyRow
	TableNo  int32  `parquet:"table_no,optional"`
	Form     string `parquet:"form,dict"`
	Title    string `parquet:"title,dict"`
	ScaleExp int32  `parquet:"scale_exp"`
	Verified bool   `parquet:"verified"`
}

type lineRow struct {
	keyRow
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

type projectRow struct {
	keyRow
	PageNo     int32  `parquet:"page_no,optional"`
	TableNo    int32  `parquet:"table_no,optional"`
	ProjectNo  int32  `parquet:"project_no"`
	Code       string `parquet:"code,dict"`
	Name       string `parquet:"name,dict"`
	Total      *int64 `parquet:"total,decimal(4:18)"`
	Fiscal     *int64 `parquet:"fiscal,decimal(4:18)"`
	Other      *int64 `parquet:"other,decimal(4:18)"`
	Carryover  *int64 `parquet:"carryover,decimal(4:18)"`
	YearTotal  *int64 `parquet:"year_total,decimal(4:18)"`
	YearFiscal *int64 `parquet:"year_fiscal,decimal(4:18)"`
}

type indicatorRow struct {
	keyRow
	PageNo      int32  `parquet:"page_no,optional"`
	TableNo     int32  `parquet:"table_no,optional"`
	RowNo       *int32 `parquet:"row_no"`
	ColNo       *int32 `parquet:"col_no"`
	ProjectNo   int32  `parquet:"project_no"`
	ProjectName string `parquet:"project_name,dict"`
	Level1      string `parquet:"level1,dict"`
	Level2      string `parquet:"level2,dict"`
	Level3      string `parquet:"level3,dict"`
	ValueRaw    string `parquet:"value_raw,dict"`
	PartNo      int32  `parquet:"part_no"`
	ValueKind   string `parquet:"value_kind,dict"`
	Comparator  string `parquet:"comparator,optional,dict"`
	BaseValue   *int64 `parquet:"base_value,decimal(4:18)"`
	Upper       *int64 `parquet:"upper,decimal(4:18)"`
	Unit        string `parquet:"unit,dict"`
	Grade       string `parquet:"grade,dict"`
	Direction   string `parquet:"direction,dict"`
	ActualRaw   string `parquet:"actual_raw,dict"`
	Actual      *int64 `parquet:"actual,decimal(4:18)"`
}

type amountRow struct {
	keyRow
	PageNo          int32  `parquet:"page_no,optional"`
	BlockNo         int32  `parquet:"block_no"`
	TableNo         int32  `parquet:"table_no,optional"`
	Metric          string `parquet:"metric,dict"`
	Text            string `parquet:"text,dict"`
	Period          string `parquet:"period,dict"`
	BaseValue       *int64 `parquet:"base_value,decimal(4:18)"`
	Unit            string `parquet:"unit,dict"`
	ChangeDirection string `parquet:"change_direction,dict"`
	BasePeriod      string `parquet:"base_period,dict"`
	Per             string `parquet:"per,dict"`
}

type findingRow struct {
	keyRow
	PageNo     int32  `parquet:"page_no,optional"`
	BlockNo    int32  `parquet:"block_no"`
	TableNo    int32  `parquet:"table_no,optional"`
	RowNo      *int32 `parquet:"row_no"`
	ColNo      *int32 `parquet:"col_no"`
	Rule       string `parquet:"rule,dict"`
	Severity   string `parquet:"severity,dict"`
	Message    string `parquet:"message,dict"`
	Expected   *int64 `parquet:"expected,decimal(4:18)"`
	Actual     *int64 `parquet:"actual,decimal(4:18)"`
	Difference *int64 `parquet:"difference,decimal(4:18)"`
	Text       string `parquet:"text,dict"`
}

type cellRow struct {
	keyRow
	PageNo  int32  `parquet:"page_no,optional"`
	TableNo int32  `parquet:"table_no,optional"`
	RowNo   *int32 `parquet:"row_no"`
	ColNo   *int32 `parquet:"col_no"`
	Text    string `parquet:"text,dict"`
	Field   string `parquet:"field,dict"`
	Number  *int64 `parquet:"number,decimal(4:18)"`
}

// linkRow is a row of the table links, which a dataset has after yusuan link.
type linkRow struct {
	EntityID   string `parquet:"entity_id,dict"`
	EntityType string `parquet:"entity_type,dict"`
	DocumentID string `parquet:"document_id,dict"`
	Table      string `parquet:"table_name,dict"`
	TableNo    int32  `parquet:"table_no"`
	RowNo      int32  `parquet:"row_no"`
	ProjectNo  int32  `parquet:"project_no"`
	PartNo     int32  `parquet:"part_no"`
	Status     string `parquet:"status,dict"`
}

// entityRow is a row of the table entities.
type entityRow struct {
	EntityID      string   `parquet:"entity_id,dict"`
	EntityType    string   `parquet:"entity_type,dict"`
	CanonicalName string   `parquet:"canonical_name,dict"`
	Aliases       []string `parquet:"aliases,list" parquet-element:",dict"`
}
