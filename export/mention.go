package export

import (
	"cmp"
	"context"
	"fmt"
	"os"
)

// Mention is a row of the dataset that names a body, a project, an indicator
// or an account, with what linkage needs of it.
type Mention struct {
	// Table is documents, organizations, projects, indicators, procurement or
	// budget_lines; with the numbers it says which row this is.
	Table      string `parquet:"source,dict"`
	DocumentID string `parquet:"document_id,dict"`
	RegionCode string `parquet:"region_code,dict"`
	Department string `parquet:"department,dict"`
	FiscalYear int32  `parquet:"fiscal_year"`
	// Level is the issuer's level, of documents alone.
	Level     string `parquet:"level,dict"`
	BlockNo   int32  `parquet:"block_no"`
	TableNo   int32  `parquet:"table_no"`
	RowNo     int32  `parquet:"row_no"`
	ColNo     int32  `parquet:"col_no"`
	PageNo    int32  `parquet:"page_no"`
	ProjectNo int32  `parquet:"project_no"`
	PartNo    int32  `parquet:"part_no"`
	// Code and Name are as printed: of the department, the project, the
	// account; an indicator has no code.
	Code string `parquet:"code,dict"`
	Name string `parquet:"name,dict"`
	// Unit is that of a project, as printed.
	Unit string `parquet:"unit,dict"`
	// Level1, Level2 and Basis are those of an indicator; Basis is its
	// description.
	Level1 string `parquet:"level1,dict"`
	Level2 string `parquet:"level2,dict"`
	Basis  string `parquet:"basis,dict"`
	// Form, Scheme and Matched are those of a budget line; Matched is the code
	// that the name of a line without one has.
	Form    string `parquet:"form,dict"`
	Scheme  string `parquet:"scheme,dict"`
	Matched string `parquet:"matched,dict"`
	Total   bool   `parquet:"total"`
	// Amount counts ten-thousandths of a yuan; it is nothing unless HasAmount.
	Amount    int64 `parquet:"amount"`
	HasAmount bool  `parquet:"has_amount"`
}

// The columns that linkage reads of each table.
type (
	documentNames struct {
		key
		Code  string `parquet:"department_code,dict"`
		Level string `parquet:"issuer_level,dict"`
	}
	organizationNames struct {
		key
		Name string `parquet:"name,dict"`
		Code string `parquet:"code,dict"`
	}
	projectNames struct {
		key
		PageNo    int32  `parquet:"page_no,optional"`
		TableNo   int32  `parquet:"table_no,optional"`
		ProjectNo int32  `parquet:"project_no"`
		Code      string `parquet:"code,dict"`
		Name      string `parquet:"name,dict"`
		UnitName  string `parquet:"unit_name,dict"`
		Total     *int64 `parquet:"total,decimal(4:18)"`
	}
	indicatorNames struct {
		key
		PageNo      int32  `parquet:"page_no,optional"`
		TableNo     int32  `parquet:"table_no,optional"`
		RowNo       *int32 `parquet:"row_no"`
		ColNo       *int32 `parquet:"col_no"`
		ProjectNo   int32  `parquet:"project_no"`
		Level1      string `parquet:"level1,dict"`
		Level2      string `parquet:"level2,dict"`
		Level3      string `parquet:"level3,dict"`
		Description string `parquet:"description,dict"`
		PartNo      int32  `parquet:"part_no"`
	}
	procurementNames struct {
		key
		TableNo     int32  `parquet:"table_no,optional"`
		RowNo       *int32 `parquet:"row_no"`
		ProjectName string `parquet:"project_name,dict"`
		ProjectCode string `parquet:"project_code,dict"`
	}
	lineNames struct {
		key
		PageNo  int32  `parquet:"page_no,optional"`
		TableNo int32  `parquet:"table_no,optional"`
		RowNo   *int32 `parquet:"row_no"`
		ColNo   *int32 `parquet:"col_no"`
		Form    string `parquet:"form,dict"`
		Scheme  string `parquet:"scheme,dict"`
		Code    string `parquet:"code,dict"`
		Name    string `parquet:"name,dict"`
		Amount  int64  `parquet:"amount,decimal(4:18)"`
		IsTotal bool   `parquet:"is_total"`
		Matched string `parquet:"code_matched,dict"`
	}
)

// mention begins a Mention with the keys of a row.
func (k key) mention(table string) Mention {
	return Mention{Table: table, DocumentID: k.DocumentID, RegionCode: k.RegionCode, Department: k.Department,
		FiscalYear: k.FiscalYear, BlockNo: -1, RowNo: -1, ColNo: -1}
}

// orNone is a grid coordinate, -1 where there is none.
func orNone(n *int32) int32 {
	if n == nil {
		return -1
	}
	return *n
}

// mention is what linkage takes from a row.
func (r *documentNames) mention() Mention {
	m := r.key.mention("documents")
	m.Name, m.Code, m.Level = r.Department, r.Code, r.Level
	return m
}

func (r *organizationNames) mention() Mention {
	m := r.key.mention("organizations")
	m.Name, m.Code = r.Name, r.Code
	return m
}

func (r *projectNames) mention() Mention {
	m := r.key.mention("projects")
	m.PageNo, m.TableNo, m.ProjectNo = r.PageNo, r.TableNo, r.ProjectNo
	m.Name, m.Code, m.Unit = r.Name, r.Code, r.UnitName
	if r.Total != nil {
		m.Amount, m.HasAmount = *r.Total, true
	}
	return m
}

func (r *indicatorNames) mention() Mention {
	m := r.key.mention("indicators")
	m.PageNo, m.TableNo, m.ProjectNo, m.PartNo = r.PageNo, r.TableNo, r.ProjectNo, r.PartNo
	m.RowNo, m.ColNo = orNone(r.RowNo), orNone(r.ColNo)
	m.Name, m.Level1, m.Level2, m.Basis = r.Level3, r.Level1, r.Level2, r.Description
	return m
}

func (r *procurementNames) mention() Mention {
	m := r.key.mention("procurement")
	m.TableNo, m.RowNo = r.TableNo, orNone(r.RowNo)
	m.Name, m.Code = r.ProjectName, r.ProjectCode
	return m
}

func (r *lineNames) mention() Mention {
	m := r.key.mention("budget_lines")
	m.PageNo, m.TableNo, m.RowNo, m.ColNo = r.PageNo, r.TableNo, orNone(r.RowNo), orNone(r.ColNo)
	m.Name, m.Code, m.Form, m.Scheme, m.Matched, m.Total = r.Name, r.Code, r.Form, r.Scheme, r.Matched, r.IsTotal
	m.Amount, m.HasAmount = r.Amount, true
	return m
}

// mentionRank is the order of the tables among the mentions of a document.
func mentionRank(table string) int {
	for i, t := range []string{"documents", "organizations", "projects", "procurement", "budget_lines", "indicators"} {
		if t == table {
			return i
		}
	}
	return -1
}

// bodyOrder brings the documents of a region together, and behind them their
// organisations, both by year and document.
func bodyOrder(a, b *Mention) int {
	return cmp.Or(cmp.Compare(a.RegionCode, b.RegionCode), cmp.Compare(mentionRank(a.Table), mentionRank(b.Table)),
		cmp.Compare(a.FiscalYear, b.FiscalYear), cmp.Compare(a.DocumentID, b.DocumentID))
}

// groupOrder brings the mentions of a group together, by year and document.
func groupOrder(a, b *grouped) int {
	return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.FiscalYear, b.FiscalYear),
		cmp.Compare(a.DocumentID, b.DocumentID), cmp.Compare(mentionRank(a.Table), mentionRank(b.Table)))
}

// namesProjects tells whether a budget line of a form stands beside the name of
// a project.
func namesProjects(form string) bool { return form == "procurement" || form == "project_expenditure" }

// scan passes the rows of a table in all parts to f as mentions.
func scan[T any, P interface {
	*T
	mention() Mention
}](ctx context.Context, d *dataset, table string, f func(*Mention) error) error {
	for _, p := range d.old.parts() {
		if err := scanPart[T, P](ctx, d, p.path(table), f); err != nil {
			return fmt.Errorf("%s: %w", p.path(table), err)
		}
	}
	return nil
}

func scanPart[T any, P interface {
	*T
	mention() Mention
}](ctx context.Context, d *dataset, name string, f func(*Mention) error) error {
	file, err := os.Open(d.file(name))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer file.Close()
	return scanFile(file, func(row *T) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		m := P(row).mention()
		return f(&m)
	})
}
