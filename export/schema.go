package export

import (
	_ "embed"
	"strings"

	"yusuan/export/parquet"
)

// SchemaVersion is the version of the dataset's tables and columns, written
// into every file. It changes when a column is added to a table; that a dataset
// has the tables of [LinkSchema] beside the others, or not, changes nothing in
// those, and its manifest says it.
const SchemaVersion = "2"

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
