package export

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"yusuan/export/parquet"
)

// SchemaVersion is the version of the dataset's tables and columns, written
// into every file: a whole number, greater by one when a column is added, or a
// table that every dataset has. What that means for datasets of earlier versions
// stands in the comment of the package. The tables of [LinkSchema] are optional:
// that a dataset has them or not changes nothing in the others and nothing in
// the version; its manifest and its descriptions say it.
const SchemaVersion = "2"

// firstSchema is the oldest version whose datasets are read: since then tables
// and columns were only added. Whatever else changes moves it to SchemaVersion.
const firstSchema = 1

// schemaAge tells whether a version is an earlier one that is read; one that is
// not is an ErrMismatch that says what to do.
func schemaAge(version string) (older bool, err error) {
	own, _ := strconv.Atoi(SchemaVersion) // a test makes sure that it is a number
	n, err := strconv.Atoi(version)
	switch {
	case err == nil && n > own:
		return false, fmt.Errorf("%w: its schema is %s, this program reads %d to %s: use the version of yusuan that wrote it, or a newer one",
			ErrMismatch, version, firstSchema, SchemaVersion)
	case err != nil || n < firstSchema:
		return false, fmt.Errorf("%w: its schema is %q, this program reads %d to %s: write a new dataset from the documents",
			ErrMismatch, version, firstSchema, SchemaVersion)
	}
	return n < own, nil
}

// Table is a table of the dataset as a person reads about it.
type Table struct {
	// Name is the table's name and its folder.
	Name string
	// Title and Description are Chinese.
	Title, Description string
	Columns            []Column
}

// Column is a column of a table.
type Column struct {
	Name string
	// Type is a Parquet logical type: STRING, INT32, DECIMAL(18,4),
	// LIST<STRING>.
	Type string
	// Nullable says that the column may be null; any other is "" or 0 where
	// the source says nothing.
	Nullable bool
	// Title and Description are Chinese.
	Title, Description string
	// Unit is the UCUM or ISO 4217 code of the column's numbers, "" if they
	// have none or if another column says it.
	Unit string
}

// columnsTSV holds the titles, units and descriptions of all columns.
//
//go:embed columns.tsv
var columnsTSV string

// words are what columns.tsv says about a table or a column.
type words struct{ title, unit, description string }

// Schema returns the tables that every dataset has in their order, with all
// columns.
// Names and types come from the row types, words from columns.tsv.
func Schema() []Table {
	said := readWords(columnsTSV)
	var out []Table
	for _, t := range allTables() {
		out = append(out, describeTable(said, t.name(), t.columns()))
	}
	return out
}

// LinkSchema returns the tables that a dataset has after its documents were
// linked: entities and links.
func LinkSchema() []Table {
	said := readWords(columnsTSV)
	var out []Table
	for _, t := range wholeTables() {
		out = append(out, describeTable(said, t.name, t.columns))
	}
	return out
}

// Tables returns the tables that a dataset has: those of Schema, and those of
// LinkSchema if it is linked.
func (m *Manifest) Tables() []Table {
	out := Schema()
	if m.Linkage != nil {
		out = append(out, LinkSchema()...)
	}
	return out
}

// version is what the dataset's descriptions call its version: they count in
// three parts. Tables that not every dataset has are a minor change.
func (m *Manifest) version() string {
	if m.Linkage != nil {
		return m.Schema + ".1.0"
	}
	return m.Schema + ".0.0"
}

// keyOf is the column whose values are those of one row each of a table, ""
// where there is none.
func keyOf(table string) string {
	switch table {
	case documentsName:
		return "document_id"
	case entitiesTable:
		return "entity_id"
	}
	return ""
}

// keyTables are the tables that others refer to by the columns of their keys.
func keyTables(m *Manifest) map[string]string {
	out := map[string]string{}
	for _, t := range m.Tables() {
		if key := keyOf(t.Name); key != "" {
			out[key] = t.Name
		}
	}
	return out
}

// describeTable adds what columns.tsv says to the columns of a table.
func describeTable(said map[[2]string]words, name string, columns []parquet.Column) Table {
	w := said[[2]string{name, ""}]
	out := Table{Name: name, Title: w.title, Description: w.description}
	for _, c := range columns {
		w, ok := said[[2]string{name, c.Name}]
		if !ok {
			w = said[[2]string{"*", c.Name}]
		}
		out.Columns = append(out.Columns, Column{Name: c.Name, Type: c.Type, Nullable: c.Nullable,
			Title: w.title, Description: w.description, Unit: w.unit})
	}
	return out
}

// readWords reads the lines of columns.tsv by table and column.
func readWords(tsv string) map[[2]string]words {
	out := map[[2]string]words{}
	for line := range strings.Lines(tsv) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 5 {
			continue // a test makes sure that there is no such line
		}
		out[[2]string{f[0], f[1]}] = words{title: f[2], unit: f[3], description: f[4]}
	}
	return out
}
