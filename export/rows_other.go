package export

import "yusuan/normalize/record"

type organizationRow struct {
	key
	PageNo  int32  `parquet:"page_no,optional"`
	BlockNo int32  `parquet:"block_no"`
	TableNo int32  `parquet:"table_no,optional"`
	RowNo   *int32 `parquet:"row_no"`
	Name    string `parquet:"name,dict"`
	Nature  string `parquet:"nature,dict"`
	Grade   string `parquet:"grade,dict"`
	Funding string `parquet:"funding,dict"`
	Code    string `parquet:"code,dict"`
}

func (c *converter) organizations(in []record.Organization) []organizationRow {
	out := make([]organizationRow, len(in))
	for i := range in {
		o := &in[i]
		c.begin("organizations", o.Origin)
		out[i] = organizationRow{
			key: c.key, PageNo: int32(o.Page), BlockNo: int32(o.Block), TableNo: int32(o.Table), RowNo: c.index(o.Row),
			Name: c.text(o.Name), Nature: c.text(o.Nature), Grade: c.text(o.Grade), Funding: c.text(o.Funding),
			Code: c.text(o.Code),
		}
	}
	return out
}

type fieldRow struct {
	key
	TableNo  int32    `parquet:"table_no,optional"`
	RowNo    *int32   `parquet:"row_no"`
	ColNo    *int32   `parquet:"col_no"`
	LabelRaw string   `parquet:"label_raw,dict"`
	Tokens   []string `parquet:"tokens,list" parquet-element:",dict"`
	Concepts []string `parquet:"concepts,list" parquet-element:",dict"`
	Field    string   `parquet:"field,dict"`
	Method   string   `parquet:"method,dict"`
}

func (c *converter) fields(in []record.Field) []fieldRow {
	out := make([]fieldRow, len(in))
	for i := range in {
		f := &in[i]
		c.begin("fields", f.Origin)
		out[i] = fieldRow{
			key: c.key, TableNo: int32(f.Table), RowNo: c.index(f.Row), ColNo: c.index(f.Col),
			LabelRaw: c.text(f.LabelRaw), Tokens: c.texts(f.Tokens), Concepts: c.texts(f.Concepts),
			Field: c.text(f.Canonical), Method: c.text(f.Method),
		}
	}
	return out
}

type findingRow struct {
	key
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

func (c *converter) findings(in []record.Finding) []findingRow {
	out := make([]findingRow, len(in))
	for i := range in {
		f := &in[i]
		c.begin("findings", f.Origin)
		out[i] = findingRow{
			key: c.key, PageNo: int32(f.Page), BlockNo: int32(f.Block), TableNo: int32(f.Table), RowNo: c.index(f.Row), ColNo: c.index(f.Col),
			Rule: c.text(f.Rule), Severity: c.text(f.Severity), Message: c.text(f.Message),
			Expected: c.decimal("expected", f.Expected), Actual: c.decimal("actual", f.Actual),
			Difference: c.decimal("difference", f.Difference), Text: c.text(f.Text),
		}
	}
	return out
}

type noteRow struct {
	key
	PageNo  int32  `parquet:"page_no,optional"`
	BlockNo int32  `parquet:"block_no"`
	TableNo int32  `parquet:"table_no,optional"`
	RowNo   *int32 `parquet:"row_no"`
	ColNo   *int32 `parquet:"col_no"`
	Code    string `parquet:"code,dict"`
	Message string `parquet:"message,dict"`
}

// noteRows converts the notes of the earlier stages; those of this one are
// appended when everything else is converted.
func (c *converter) noteRows(in []record.Note) []noteRow {
	out := make([]noteRow, len(in))
	for i := range in {
		n := &in[i]
		c.begin("notes", n.Origin)
		out[i] = c.noteRow(record.Note{Origin: n.Origin, Code: c.text(n.Code), Message: c.text(n.Message)})
	}
	return out
}

func (c *converter) noteRow(n record.Note) noteRow {
	return noteRow{
		key: c.key, PageNo: int32(n.Page), BlockNo: int32(n.Block), TableNo: int32(n.Table), RowNo: c.index(n.Row),
		ColNo: c.index(n.Col), Code: n.Code, Message: n.Message,
	}
}
