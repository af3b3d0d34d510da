package compare

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"yusuan/export"
	"yusuan/normalize/record"
)

// Writer takes the bodies of a comparison one after another.
type Writer interface {
	// Write adds a body.
	Write(b *Body) error
	// Close ends what was begun; without it nothing is whole.
	Close() error
	// Abort ends it without result, as far as that can be.
	Abort()
}

// All writes a comparison that is there as a whole.
func All(w Writer, c *Comparison) error {
	for i := range c.Bodies {
		if err := w.Write(&c.Bodies[i]); err != nil {
			w.Abort()
			return err
		}
	}
	return w.Close()
}

// jsonWriter prints one object with everything.
type jsonWriter struct {
	w      io.Writer
	bodies int
}

// NewJSON prints a comparison as one JSON object; numbers are strings, so that
// no reader turns them into floats.
func NewJSON(w io.Writer, head *Comparison) (Writer, error) {
	whole := *head
	whole.Bodies = []Body{}
	text, err := plainJSON(&whole)
	if err != nil {
		return nil, err
	}
	text, ok := bytes.CutSuffix(text, []byte("]}"))
	if !ok {
		return nil, fmt.Errorf("the bodies of a comparison do not end it: %s", text)
	}
	_, err = w.Write(text)
	return &jsonWriter{w: w}, err
}

// plainJSON is JSON on one line, with < and > as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

func (j *jsonWriter) Write(b *Body) error {
	text, err := plainJSON(b)
	if err != nil {
		return err
	}
	if j.bodies++; j.bodies > 1 {
		text = append([]byte(","), text...)
	}
	_, err = j.w.Write(text)
	return err
}

func (j *jsonWriter) Close() error {
	_, err := io.WriteString(j.w, "]}\n")
	return err
}

func (j *jsonWriter) Abort() {}

// csvWriter prints a line for each row.
type csvWriter struct{ out *csv.Writer }

// NewCSV prints one line for each row of a comparison: amounts in yuan, for each
// year the value and what the columns of the Parquet file say of it, counted
// alike: pages and tables from 1, blocks, rows and columns from 0.
func NewCSV(w io.Writer, head *Comparison) (Writer, error) {
	out := csv.NewWriter(w)
	header := []string{"department", "region_code", "kind", "issuer_level", "part", "form", "side", "scheme", "code", "name", "project",
		"measure", "measure_title", "unit"}
	for _, y := range head.Years {
		s := strconv.Itoa(y)
		header = append(header, s)
		for _, c := range []string{"printed", "why", "has_finding", "unverified", "document_id", "uri", "page_no", "block_no", "table_no", "row_no", "col_no"} {
			header = append(header, s+"_"+c)
		}
	}
	return &csvWriter{out}, out.Write(append(header, "change_from", "change_to", "change", "percent", "target_change"))
}

func (w *csvWriter) Write(b *Body) error {
	for j := range b.Rows {
		r := &b.Rows[j]
		line := []string{b.Department, b.RegionCode, b.Kind, b.View, r.Part, r.Form, r.Side, r.Scheme, r.Code, r.Name, r.Group,
			r.Measure, r.MeasureTitle, r.Unit}
		for k := range r.Cells {
			x := &r.Cells[k]
			line = append(line, x.Value.String(), x.Printed, x.Why, strconv.FormatBool(len(x.Findings) > 0), strconv.FormatBool(x.Unverified))
			line = append(line, originFields(x.Origin)...)
		}
		from, to := "", ""
		if r.Change.To > 0 {
			from, to = strconv.Itoa(r.Change.From), strconv.Itoa(r.Change.To)
		}
		if err := w.out.Write(append(line, from, to, r.Change.Amount.String(), r.Change.Percent.String(), r.Change.Target)); err != nil {
			return err
		}
	}
	w.out.Flush()
	return w.out.Error()
}

func (w *csvWriter) Close() error {
	w.out.Flush()
	return w.out.Error()
}

func (w *csvWriter) Abort() {}

// originFields are the columns of a place, empty where it is not known.
func originFields(o *Origin) []string {
	if o == nil {
		return make([]string, 7)
	}
	out := []string{o.DocumentID, o.URI}
	for _, n := range o.places() {
		text := ""
		if n != nil {
			text = strconv.Itoa(int(*n))
		}
		out = append(out, text)
	}
	return out
}

// places are page, block, table, row and column as the dataset has them: null
// where they are not known.
func (o *Origin) places() [5]*int32 {
	at := func(n, least int) *int32 {
		if n < least {
			return nil
		}
		v := int32(n)
		return &v
	}
	return [5]*int32{at(o.Page, 1), at(o.Block, 0), at(o.Table, 1), at(o.Row, 0), at(o.Col, 0)}
}

// jsonOrigin is a place in JSON.
type jsonOrigin struct {
	DocumentID string `json:"document_id"`
	URI        string `json:"uri"`
	Page       *int32 `json:"page_no"`
	Block      *int32 `json:"block_no"`
	Table      *int32 `json:"table_no"`
	Row        *int32 `json:"row_no"`
	Col        *int32 `json:"col_no"`
	Title      string `json:"table_title"`
	Text       string `json:"text"`
}

// MarshalJSON prints what is not known as null, as the dataset has it.
func (o Origin) MarshalJSON() ([]byte, error) {
	p := o.places()
	return plainJSON(jsonOrigin{o.DocumentID, o.URI, p[0], p[1], p[2], p[3], p[4], o.Title, o.Text})
}

// UnmarshalJSON reads what MarshalJSON prints.
func (o *Origin) UnmarshalJSON(text []byte) error {
	var j jsonOrigin
	if err := json.Unmarshal(text, &j); err != nil {
		return err
	}
	or := func(n *int32, none int) int {
		if n == nil {
			return none
		}
		return int(*n)
	}
	*o = Origin{j.DocumentID, j.URI, or(j.Page, 0), or(j.Block, -1), or(j.Table, 0), or(j.Row, -1), or(j.Col, -1), j.Title, j.Text}
	return nil
}

// cellOut is a row of the Parquet file: one cell of a comparison.
type cellOut struct {
	EntityID   string `parquet:"entity_id,dict"`
	Department string `parquet:"department,dict"`
	RegionCode string `parquet:"region_code,dict"`
	Kind       string `parquet:"kind,dict"`
	View       string `parquet:"issuer_level,dict"`
	Part       string `parquet:"part,dict"`
	Form       string `parquet:"form,dict"`
	Side       string `parquet:"side,dict"`
	Scheme     string `parquet:"scheme,dict"`
	Code       string `parquet:"code,dict"`
	Name       string `parquet:"name,dict"`
	Project    string `parquet:"project,dict"`
	Measure    string `parquet:"measure,dict"`
	Title      string `parquet:"measure_title,dict"`
	FiscalYear int32  `parquet:"fiscal_year"`
	Value      *int64 `parquet:"value,decimal(4:18)"`
	Unit       string `parquet:"unit,dict"`
	Printed    string `parquet:"printed,dict"`
	Why        string `parquet:"why,dict"`
	Finding    bool   `parquet:"has_finding"`
	Unverified bool   `parquet:"unverified"`
	Base       int32  `parquet:"base_year,optional"`
	Change     *int64 `parquet:"change,decimal(4:18)"`
	Percent    *int64 `parquet:"percent,decimal(4:18)"`
	Target     string `parquet:"target_change,dict"`
	DocumentID string `parquet:"document_id,dict"`
	URI        string `parquet:"uri,dict"`
	PageNo     *int32 `parquet:"page_no"`
	BlockNo    *int32 `parquet:"block_no"`
	TableNo    *int32 `parquet:"table_no"`
	RowNo      *int32 `parquet:"row_no"`
	ColNo      *int32 `parquet:"col_no"`
}

// parquetWriter writes a row for each figure.
type parquetWriter struct {
	file string
	out  *export.RowFile[cellOut]
}

// NewParquet writes one row for each year of each row of a comparison to a
// file; a change is that from the year with a value before.
func NewParquet(file string) (Writer, error) {
	out, err := export.CreateRows[cellOut](file, "comparison")
	return &parquetWriter{file, out}, err
}

func (w *parquetWriter) Write(b *Body) error {
	for j := range b.Rows {
		for k := range b.Rows[j].Cells {
			row, err := parquetRow(b, &b.Rows[j], &b.Rows[j].Cells[k])
			if err != nil {
				return fmt.Errorf("writing %s: %w", w.file, err)
			}
			if err := w.out.Write(row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *parquetWriter) Close() error { return w.out.Close() }

func (w *parquetWriter) Abort() { w.out.Abort() }

func parquetRow(b *Body, r *Row, c *Cell) (cellOut, error) {
	out := cellOut{EntityID: r.EntityID, Department: b.Department, RegionCode: b.RegionCode, Kind: b.Kind, View: b.View,
		Part: r.Part, Form: r.Form, Side: r.Side, Scheme: r.Scheme, Code: r.Code, Name: r.Name, Project: r.Group,
		Measure: r.Measure, Title: r.MeasureTitle, FiscalYear: int32(c.Year), Unit: c.Unit, Printed: c.Printed, Why: c.Why,
		Finding: len(c.Findings) > 0, Unverified: c.Unverified, Base: int32(c.Step.From), Target: c.Step.Target}
	var err error
	for _, x := range []struct {
		name string
		in   record.Decimal
		out  **int64
	}{{"value", c.Value, &out.Value}, {"change", c.Step.Amount, &out.Change}, {"percent", c.Step.Percent, &out.Percent}} {
		if x.in.IsNull() {
			continue
		}
		n, ok := x.in.Scaled(decimalPlaces)
		if !ok && x.name == "percent" {
			continue // from a hundredth to billions: it says nothing
		}
		if !ok {
			err = fmt.Errorf("%s of %s %s in %d, %s, does not fit into DECIMAL(18,4)", x.name, r.Name, r.MeasureTitle, c.Year, x.in)
			break
		}
		*x.out = &n
	}
	if o := c.Origin; o != nil {
		p := o.places()
		out.DocumentID, out.URI = o.DocumentID, o.URI
		out.PageNo, out.BlockNo, out.TableNo, out.RowNo, out.ColNo = p[0], p[1], p[2], p[3], p[4]
	}
	return out, err
}
