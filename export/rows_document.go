package export

import (
	"cmp"
	"path"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// key are the columns that every table begins with.
type key struct {
	DocumentID string `parquet:"document_id,dict"`
	RegionCode string `parquet:"region_code,dict"`
	Department string `parquet:"department,dict"`
	FiscalYear int32  `parquet:"fiscal_year,optional"`
	Kind       string `parquet:"kind,dict"`
}

// document returns the id of the document that a row belongs to.
func (k key) document() string { return k.DocumentID }

// keys returns the key columns of a row.
func (k key) keys() key { return k }

type documentRow struct {
	key
	SHA256           string `parquet:"sha256,dict"`
	URI              string `parquet:"uri,dict"`
	FileName         string `parquet:"file_name,dict"`
	Format           string `parquet:"format,dict"`
	Bytes            int64  `parquet:"bytes"`
	Title            string `parquet:"title,dict"`
	DepartmentCode   string `parquet:"department_code,dict"`
	RegionName       string `parquet:"region_name,dict"`
	IssuerLevel      string `parquet:"issuer_level,dict"`
	PageCount        int32  `parquet:"page_count,optional"`
	ParagraphCount   int32  `parquet:"paragraph_count"`
	TableCount       int32  `parquet:"table_count"`
	CellCount        int32  `parquet:"cell_count"`
	CharacterCount   int64  `parquet:"character_count"`
	AmountCount      int32  `parquet:"amount_count"`
	BudgetLineCount  int32  `parquet:"budget_line_count"`
	ProjectCount     int32  `parquet:"project_count"`
	IndicatorCount   int32  `parquet:"indicator_count"`
	ProcurementCount int32  `parquet:"procurement_count"`
	FindingCount     int32  `parquet:"finding_count"`
	NoteCount        int32  `parquet:"note_count"`
	ChecksPassed     int32  `parquet:"checks_passed"`
	ChecksFailed     int32  `parquet:"checks_failed"`
	Status           string `parquet:"status,dict"`
	ErrorCode        string `parquet:"error_code,dict"`
	Error            string `parquet:"error,dict"`
	Reader           string `parquet:"reader,dict"`
	Pipeline         string `parquet:"pipeline,dict"`
}

// document comes last: it counts the rows of the other tables.
func (c *converter) document(r *Result, out *rows) []documentRow {
	c.begin("documents", record.Whole)
	src, id := &r.Disclosure.Source, &r.Disclosure.Identity
	row := documentRow{
		key: c.key, SHA256: c.text(src.SHA256), URI: c.text(r.URI), FileName: c.text(path.Base(cmp.Or(src.Name, r.URI))),
		Format: c.text(src.Format), Bytes: src.Bytes, Title: c.text(id.Title),
		DepartmentCode: c.text(id.DepartmentCode), RegionName: c.text(id.RegionName), IssuerLevel: c.text(id.Level),
		PageCount:      int32(src.Pages),
		ParagraphCount: int32(len(out.paragraphs)), TableCount: int32(len(out.tables)), CellCount: int32(len(out.cells)),
		AmountCount: int32(len(out.amounts)), BudgetLineCount: int32(len(out.budgetLines)),
		ProjectCount: int32(len(out.projects)), IndicatorCount: int32(len(out.indicators)),
		ProcurementCount: int32(len(out.procurement)), FindingCount: int32(len(out.findings)),
		ChecksPassed: int32(r.Disclosure.ChecksPassed), ChecksFailed: int32(r.Disclosure.ChecksFailed),
		Status: c.text(r.Status), ErrorCode: c.text(r.ErrorCode), Error: c.text(r.Error),
		Reader: c.text(src.Reader), Pipeline: c.text(c.pipeline),
	}
	for i := range out.paragraphs {
		row.CharacterCount += int64(utf8.RuneCountInString(out.paragraphs[i].Text))
	}
	for i := range out.cells {
		row.CharacterCount += int64(utf8.RuneCountInString(out.cells[i].Text))
	}
	row.NoteCount = int32(len(out.notes) + len(c.notes))
	return []documentRow{row}
}

type paragraphRow struct {
	key
	PageNo       int32  `parquet:"page_no,optional"`
	BlockNo      int32  `parquet:"block_no"`
	HeadingLevel int32  `parquet:"heading_level"`
	Label        string `parquet:"label,dict"`
	Text         string `parquet:"text,dict"`
	Section      string `parquet:"section,dict"`
}

func (c *converter) paragraphs(in []record.Paragraph) []paragraphRow {
	out := make([]paragraphRow, len(in))
	for i := range in {
		p := &in[i]
		c.begin("paragraphs", p.Origin)
		out[i] = paragraphRow{
			key: c.key, PageNo: int32(p.Page), BlockNo: int32(p.Block), HeadingLevel: int32(p.HeadingLevel),
			Label: c.text(p.Label), Text: c.text(p.Text), Section: c.text(p.Section),
		}
	}
	return out
}

type tableRow struct {
	key
	BlockNo        int32  `parquet:"block_no"`
	TableNo        int32  `parquet:"table_no,optional"`
	Form           string `parquet:"form,dict"`
	Title          string `parquet:"title,dict"`
	FormNo         string `parquet:"form_no,dict"`
	UnitRaw        string `parquet:"unit_raw,dict"`
	ScaleExp       int32  `parquet:"scale_exp"`
	RowCount       int32  `parquet:"row_count"`
	ColumnCount    int32  `parquet:"column_count"`
	HeaderRowCount int32  `parquet:"header_row_count"`
	FirstPage      int32  `parquet:"first_page,optional"`
	LastPage       int32  `parquet:"last_page,optional"`
	Section        string `parquet:"section,dict"`
	Verified       bool   `parquet:"verified"`
}

func (c *converter) tables(in []record.Table) []tableRow {
	out := make([]tableRow, len(in))
	for i := range in {
		t := &in[i]
		c.begin("tables", t.Origin)
		out[i] = tableRow{
			key: c.key, BlockNo: int32(t.Block), TableNo: int32(t.Table), Form: c.text(t.Form), Title: c.text(t.Title),
			FormNo: c.text(t.FormNo), UnitRaw: c.text(t.UnitRaw), ScaleExp: int32(t.ScaleExp),
			RowCount: int32(t.Rows), ColumnCount: int32(t.Cols), HeaderRowCount: int32(t.HeaderRows),
			FirstPage: int32(t.Page), LastPage: int32(t.LastPage), Section: c.text(t.Section), Verified: t.Verified,
		}
	}
	return out
}

type cellRow struct {
	key
	PageNo   int32    `parquet:"page_no,optional"`
	TableNo  int32    `parquet:"table_no,optional"`
	RowNo    *int32   `parquet:"row_no"`
	ColNo    *int32   `parquet:"col_no"`
	RowSpan  int32    `parquet:"row_span"`
	ColSpan  int32    `parquet:"col_span"`
	Text     string   `parquet:"text,dict"`
	IsHeader bool     `parquet:"is_header"`
	Field    string   `parquet:"field,dict"`
	Number   *int64   `parquet:"number,decimal(4:18)"`
	X0       *float32 `parquet:"x0"`
	Y0       *float32 `parquet:"y0"`
	X1       *float32 `parquet:"x1"`
	Y1       *float32 `parquet:"y1"`
}

func (c *converter) cells(in []record.Cell) []cellRow {
	out := make([]cellRow, len(in))
	for i := range in {
		x := &in[i]
		c.begin("cells", x.Origin)
		out[i] = cellRow{
			key: c.key, PageNo: int32(x.Page), TableNo: int32(x.Table), RowNo: c.index(x.Row), ColNo: c.index(x.Col),
			RowSpan: int32(x.RowSpan), ColSpan: int32(x.ColSpan),
			Text: squeeze(c.text(x.Text)), IsHeader: x.IsHeader, Field: c.text(x.Field),
			Number: c.decimal("number", x.Number),
		}
		if b := &x.Box; !b.IsZero() {
			box := *b // a copy of its own, so that the disclosure can be let go
			out[i].X0, out[i].Y0, out[i].X1, out[i].Y1 = &box.X0, &box.Y0, &box.X1, &box.Y1
		}
	}
	return out
}
