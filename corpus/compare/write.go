package compare

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"yusuan/export"
	"yusuan/normalize/record"
)

// WriteJSON prints a comparison as one JSON object; numbers are strings, so
// that no reader turns them into floats.
func WriteJSON(w io.Writer, c *Comparison) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(c)
}

// WriteCSV prints one line for each row of a comparison: amounts in yuan, for
// each year the value, what is printed, and where.
func WriteCSV(w io.Writer, c *Comparison) error {
	out := csv.NewWriter(w)
	header := []string{"department", "region_code", "kind", "issuer_level", "part", "form", "side", "scheme", "code", "name", "project",
		"measure", "measure_title", "unit"}
	for _, y := range c.Years {
		s := strconv.Itoa(y)
		header = append(header, s, s+"_printed", s+"_source", s+"_mark")
	}
	if err := out.Write(append(header, "change_from", "change_to", "change", "percent")); err != nil {
		return err
	}
	for i := range c.Bodies {
		b := &c.Bodies[i]
		for j := range b.Rows {
			r := &b.Rows[j]
			line := []string{b.Department, b.RegionCode, b.Kind, b.View, r.Part, r.Form, r.Side, r.Scheme, r.Code, r.Name, r.Group,
				r.Measure, r.MeasureTitle, r.Unit}
			for k := range r.Cells {
				x := &r.Cells[k]
				line = append(line, x.Value.String(), x.Printed, sourceText(x), markText(x))
			}
			from, to := "", ""
			if r.Change.To > 0 {
				from, to = strconv.Itoa(r.Change.From), strconv.Itoa(r.Change.To)
			}
			if err := out.Write(append(line, from, to, r.Change.Amount.String(), r.Change.Percent.String())); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// sourceText is where a cell comes from, in one text.
func sourceText(c *Cell) string {
	if c.Origin == nil {
		return ""
	}
	return c.Origin.URI + at(c.Origin)
}

// markText says what is wrong with a cell: why it has no value, finding,
// unverified.
func markText(c *Cell) string {
	switch {
	case c.Why != "":
		return c.Why
	case len(c.Findings) > 0:
		return "finding"
	case c.Unverified:
		return "unverified"
	}
	return ""
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
	DocumentID string `parquet:"document_id,dict"`
	URI        string `parquet:"uri,dict"`
	PageNo     int32  `parquet:"page_no,optional"`
	TableNo    int32  `parquet:"table_no,optional"`
	RowNo      *int32 `parquet:"row_no"`
	ColNo      *int32 `parquet:"col_no"`
}

// WriteParquet writes one row for each year of each row of a comparison; a
// change is that from the year with a value before.
func WriteParquet(file string, c *Comparison) error {
	var rows []cellOut
	for i := range c.Bodies {
		b := &c.Bodies[i]
		for j := range b.Rows {
			for k := range b.Rows[j].Cells {
				row, err := parquetRow(b, &b.Rows[j], &b.Rows[j].Cells[k])
				if err != nil {
					return fmt.Errorf("writing %s: %w", file, err)
				}
				rows = append(rows, row)
			}
		}
	}
	return export.WriteRows(file, "comparison", rows)
}

func parquetRow(b *Body, r *Row, c *Cell) (cellOut, error) {
	out := cellOut{EntityID: r.EntityID, Department: b.Department, RegionCode: b.RegionCode, Kind: b.Kind, View: b.View,
		Part: r.Part, Form: r.Form, Side: r.Side, Scheme: r.Scheme, Code: r.Code, Name: r.Name, Project: r.Group,
		Measure: r.Measure, Title: r.MeasureTitle, FiscalYear: int32(c.Year), Unit: c.Unit, Printed: c.Printed, Why: c.Why,
		Finding: len(c.Findings) > 0, Unverified: c.Unverified, Base: int32(c.Step.From)}
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
		out.DocumentID, out.URI, out.PageNo, out.TableNo = o.DocumentID, o.URI, int32(o.Page), int32(o.Table)
		out.RowNo, out.ColNo = coordinate(o.Row), coordinate(o.Col)
	}
	return out, err
}

// coordinate is a grid coordinate, null for −1.
func coordinate(n int) *int32 {
	if n < 0 {
		return nil
	}
	v := int32(n)
	return &v
}
