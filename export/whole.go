package export

import (
	"cmp"
	"io"

	"yusuan/export/parquet"
)

// The tables that are not of one document: they are written as a whole, in one
// file each, without partitions, and only after yusuan link. A dataset has
// both or none.
const (
	entitiesTable = "entities"
	linksTable    = "links"
)

// wholePart is the file of a table that has no partitions.
const wholePart = "part-00000.parquet"

// wholeTable is a table of the dataset as a whole.
type wholeTable struct {
	name     string
	columns  []parquet.Column
	sortedBy []string
	bloom    []string
}

// wholeTables are the tables of the dataset as a whole, in the order of the
// documentation, behind those of allTables.
func wholeTables() []wholeTable {
	return []wholeTable{
		{entitiesTable, parquet.Columns[Entity](), []string{"entity_type", "entity_id"}, []string{"entity_id", "code"}},
		{linksTable, parquet.Columns[Link](), []string{"entity_id", "document_id", "table_name"}, []string{"document_id"}},
	}
}

// path is where the table is.
func (t wholeTable) path() string { return t.name + "/" + wholePart }

// options are those of the table's file.
func (t wholeTable) options(pipeline string) parquet.Options {
	return parquet.Options{
		Name: t.name, Creator: "yusuan", Version: SchemaVersion, SortedBy: t.sortedBy, Bloom: t.bloom,
		Metadata: map[string]string{"yusuan.schema": SchemaVersion, "yusuan.table": t.name, "yusuan.pipeline": pipeline},
	}
}

// wholeNamed returns the table of a path, false if it is that of none.
func wholeNamed(path string) (wholeTable, bool) {
	for _, t := range wholeTables() {
		if t.path() == path {
			return t, true
		}
	}
	return wholeTable{}, false
}

// wholeFiles are the entries of these tables.
func (m *Manifest) wholeFiles() []File {
	var out []File
	for _, t := range wholeTables() {
		if f := m.file(t.path()); f != nil {
			out = append(out, *f)
		}
	}
	return out
}

// writeWhole writes the rows that next hands out until it says that there are
// no more.
func writeWhole[T any](out io.Writer, o parquet.Options, next func() (*T, error)) (int64, error) {
	w := parquet.NewWriter[T](out, o)
	n, err := copyRows(w, next)
	if err != nil {
		return 0, err
	}
	return n, w.Close()
}

// copyRows writes the rows that next hands out, and tells how many.
func copyRows[T any](w *parquet.Writer[T], next func() (*T, error)) (int64, error) {
	buf := make([]T, 0, cursorRows)
	for {
		row, err := next()
		if err != nil {
			return 0, err
		}
		if row != nil {
			buf = append(buf, *row)
		}
		if len(buf) == cap(buf) || row == nil {
			if err := w.Write(buf); err != nil {
				return 0, err
			}
			clear(buf)
			buf = buf[:0]
		}
		if row == nil {
			return w.Rows(), nil
		}
	}
}

func compareText(a, b string) int { return cmp.Compare(a, b) }

// firstOf returns the first comparison that is not equal.
func firstOf(c ...int) int { return cmp.Or(c...) }
