// Package record is what the normalize stage hands on: a disclosure as typed
// records, each with the place it came from and, beside every normalised
// value, the text as printed.
//
// The records mirror the dataset's tables field by field; the dataset's
// documentation says what each column means, the comments here add what a
// writer of records must know. Money is in yuan and exact.
package record

import "yusuan/extract/document"

// The kinds of disclosure.
const (
	KindBudget       = "budget"        // 部门预算
	KindFinalAccount = "final_account" // 部门决算
	KindOther        = "other"
)

// The levels of an issuer.
const (
	LevelDepartment = "department" // 部门
	LevelUnit       = "unit"       // 单位
)

// Disclosure is one document as typed records, each slice in the order of the
// document.
type Disclosure struct {
	// Source tells which file it was read from.
	Source   document.Source
	Identity Identity

	Paragraphs    []Paragraph
	Tables        []Table
	Cells         []Cell
	Amounts       []Amount
	BudgetLines   []BudgetLine
	Projects      []Project
	Indicators    []Indicator
	Procurement   []Procurement
	Organizations []Organization
	Assets        []Asset
	Fields        []Field
	Findings      []Finding
	Notes         []Note

	// ChecksPassed and ChecksFailed count the identities that could be
	// checked on these records and held, or did not hold.
	ChecksPassed, ChecksFailed int
}

// Identity tells whose disclosure it is and for which year.
type Identity struct {
	Title string
	// Department is the full official name as printed, without layout blanks.
	Department string
	// DepartmentCode is the department's code in the budget system, "316".
	DepartmentCode string
	// RegionCode is a six-digit code of GB/T 2260, "" if not found.
	RegionCode string
	// RegionName is the full name of that region, 河北省邯郸市.
	RegionName string
	// FiscalYear is 0 if unknown.
	FiscalYear int
	// Kind is one of the Kind constants, never "".
	Kind string
	// Level is one of the Level constants, or "".
	Level string
}

// Origin is where a record stands in the document.
type Origin struct {
	// Page is 1-based, 0 for formats without pages.
	Page int
	// Block is the 0-based ordinal of the paragraph or table, -1 for what
	// concerns the whole document.
	Block int
	// Table is the 1-based ordinal of the table, 0 outside tables.
	Table int
	// Row and Col are 0-based grid coordinates, -1 where they do not apply.
	Row, Col int
}

// Whole is the origin of what concerns the whole document.
var Whole = Origin{Block: -1, Row: -1, Col: -1}

// Paragraph is a paragraph of the body.
type Paragraph struct {
	Origin
	// HeadingLevel is 0 for body text, 1 to 9 for headings.
	HeadingLevel int
	// Label is 一、 （一） 1. …, computed or typed.
	Label string
	// Text is without the label.
	Text string
	// Section joins labels and texts of the headings above with " / ".
	Section string
}

// Table describes one table.
type Table struct {
	Origin
	// Form is one of the forms of the vocabulary, "other" if not recognised.
	Form  string
	Title string
	// FormNo is the printed number of the form, 公开01表.
	FormNo string
	// UnitRaw is the printed money unit, 万元; ScaleExp its power of ten.
	UnitRaw  string
	ScaleExp int
	// Rows, Cols and HeaderRows count the grid.
	Rows, Cols, HeaderRows int
	// LastPage is 0 for formats without pages.
	LastPage int
	Section  string
	// Verified says that at least two independent identities hold in the
	// table: it was read as what it is.
	Verified bool
}

// Cell is one cell of a table.
type Cell struct {
	Origin
	RowSpan, ColSpan int
	// Text keeps line breaks as "\n"; the dataset writes it in one line.
	Text     string
	IsHeader bool
	// Field is the canonical field of the cell's column, or of the label at
	// its left, "" if unknown.
	Field string
	// Number is the cell's number as printed, without the table's scale;
	// null if the cell is no plain number.
	Number Decimal
	Box    document.Box
}

// BudgetLine is one filled money cell of a statutory table.
type BudgetLine struct {
	Origin
	Form       string
	Side       string
	Scheme     string
	Code       string
	CodeLevel  int
	Name       string
	Measure    string
	MeasureRaw string
	// Amount is in yuan.
	Amount    Decimal
	AmountRaw string
	IsTotal   bool
	// CodeMatched is the code of the classification that the name stands for
	// where no code is printed, "" where one is or the name is not known.
	CodeMatched string
}

// Project is one project of a target form (绩效目标表).
type Project struct {
	Origin
	// Number is the 1-based ordinal of the project in the document.
	Number   int
	Code     string
	Name     string
	Category string
	Nature   string
	UnitCode string
	UnitName string
	// The six amounts are in yuan, null where the source is blank.
	Total, Fiscal, Other, Carryover, YearTotal, YearFiscal Decimal

	Purpose      string
	OverallGoal  string
	Goals        []string
	SpendingPlan []PlanStep
	// StartDate and EndDate are 2023-01-01, "" if unknown.
	StartDate, EndDate string
}

// PlanStep is one step of a spending plan (资金支出计划).
type PlanStep struct {
	// ThroughMonth is 1 to 12: spent by the end of that month.
	ThroughMonth int
	// Percent is cumulative, null where the source is blank.
	Percent Decimal
}

// Indicator is one value of one performance indicator (绩效指标).
type Indicator struct {
	Origin
	ProjectNumber int
	ProjectCode   string
	ProjectName   string
	// Level1 to Level3 have merged and blank cells filled down.
	Level1, Level2, Level3 string
	Description            string
	Basis                  string
	// ValueRaw is the whole cell as printed, the same for every part.
	ValueRaw string
	// PartNo is 0-based; a cell with one value has part 0 alone.
	PartNo int
	Value
	// Direction is positive, negative, qualitative or "".
	Direction string
	// Weight is the points that the indicator counts for.
	Weight Decimal
	// ActualRaw and Actual are what was reached, in self-evaluations.
	ActualRaw string
	Actual    Decimal
}

// Organization is one subordinate unit (机构设置).
type Organization struct {
	Origin
	Name    string
	Nature  string
	Grade   string
	Funding string
	// Code is the unit's budget code where another table of the document
	// prints it, "" otherwise.
	Code string
}

// Procurement is one row of a procurement table (政府采购). Amounts are in
// yuan, null where the source is blank.
type Procurement struct {
	Origin
	// RowType is "item", "subtotal" or "total".
	RowType     string
	UnitName    string
	ProjectName string
	// ProjectCode is the code of the project that the row names, "" if none.
	ProjectCode      string
	ProjectTotal     Decimal
	ItemName         string
	CatalogueCode    string
	CatalogueVersion string
	// UnitRaw is the unit of the quantity, 台.
	UnitRaw                                        string
	Quantity                                       Decimal
	UnitPrice, Amount, FiscalTotal, GeneralPublic  Decimal
	Fund, SpecialAccount, OtherIncome, OtherSource Decimal
}

// Asset is one row of a fixed-assets table (固定资产占用情况).
type Asset struct {
	Origin
	// RowType is "item" or "total".
	RowType  string
	Item     string
	Quantity Decimal
	UnitRaw  string
	Unit     string
	// Worth is in yuan (column value).
	Worth Decimal
	// AsOf is 2019-12-31, "" if unknown.
	AsOf string
}

// Field is one header label and what it was taken for.
type Field struct {
	Origin
	LabelRaw string
	Tokens   []string
	Concepts []string
	// Canonical is the field's id, "" if none (column field).
	Canonical string
	// Method is alias, segment, review or none.
	Method string
}

// The severities of findings.
const (
	SeverityError   = "error"   // the source contradicts itself
	SeverityWarning = "warning" // it probably does
	SeverityInfo    = "info"    // it differs by no more than rounding explains
)

// Finding is something that does not add up in the source.
type Finding struct {
	Origin
	Rule     string
	Severity string
	Message  string
	Expected Decimal
	Actual   Decimal
	// Difference is Actual − Expected.
	Difference Decimal
	// Text is the text as printed.
	Text string
}

// Note is what the program lost, guessed or repaired.
type Note struct {
	Origin
	Code    string
	Message string
}
