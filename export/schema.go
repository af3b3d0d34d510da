package export

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// SchemaVersion is the version of the dataset's tables and columns, written
// into every file: a whole number, greater by one when a column or a table is
// added. What that means for datasets of earlier versions stands in the comment
// of the package.
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

// Schema returns the tables of the dataset in their order, with all columns.
// Names and types come from the row types, words from columns.tsv.
func Schema() []Table {
	said := readWords(columnsTSV)
	var out []Table
	for _, t := range allTables() {
		w := said[[2]string{t.name(), ""}]
		x := Table{Name: t.name(), Title: w.title, Description: w.description}
		for _, c := range t.columns() {
			w, ok := said[[2]string{t.name(), c.Name}]
			if !ok {
				w = said[[2]string{"*", c.Name}]
			}
			x.Columns = append(x.Columns, Column{Name: c.Name, Type: c.Type, Nullable: c.Nullable,
				Title: w.title, Description: w.description, Unit: w.unit})
		}
		out = append(out, x)
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
