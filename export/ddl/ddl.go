// Package ddl prints the statements with which warehouses open a dataset or
// make tables for it: views and external tables over its Parquet files where
// the warehouse can read them in place, empty tables and how to fill them
// where it cannot. Names, types and comments come from
// [export.Manifest.Tables], so that a column is described in one place.
//
// Every name is quoted (there are words of SQL among them), and every comment is
// escaped as the dialect wants it: what a description says never becomes a
// statement.
package ddl

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"yusuan/export"
)

// Source is what the statements are about.
type Source struct {
	// Manifest lists the files of the dataset.
	Manifest *export.Manifest
	// Location is where the warehouse finds the dataset: an absolute path or
	// the URL of a folder in an object store.
	Location string
}

// ErrLocation means that a dialect cannot read from the location.
var ErrLocation = errors.New("cannot be read from there")

// dialect prints the statements of one warehouse.
type dialect struct {
	// head is a comment above all statements, a line each.
	head []string
	// table prints the statements of one table.
	table func(*tableOf) string
}

// dialects are all that there are. It is a function because they refer to what
// refers to them.
func dialects() map[string]dialect {
	return map[string]dialect{
		"bigquery": {bigqueryHead, bigquery}, "clickhouse": {clickhouseHead, clickhouse},
		"duckdb": {duckdbHead, duckdb}, "postgres": {postgresHead, postgres}, "spark": {sparkHead, spark},
	}
}

// Dialects returns the names of the dialects, sorted.
func Dialects() []string {
	var out []string
	for name := range dialects() {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// tableOf is a table as the dialects see it.
type tableOf struct {
	export.Table
	kinds []export.Type
	// root is the location, pattern that of the files below it.
	root, pattern string
}

// Script returns the statements for all tables of a dataset in a dialect. A
// table of which the dataset has no file is named in a comment.
func Script(s Source, name string) (string, error) {
	d, ok := dialects()[name]
	if !ok {
		return "", fmt.Errorf("there is no dialect %q: use one of %s", name, strings.Join(Dialects(), ", "))
	}
	if strings.ContainsFunc(s.Location, unicode.IsControl) {
		return "", fmt.Errorf("%w: the location %q holds a control character, which no statement can: name the dataset by another path", ErrLocation, s.Location)
	}
	if err := readable(name, s.Location); err != nil {
		return "", err
	}
	var b strings.Builder
	for _, line := range append([]string{"部门预决算公开数据集, schema " + s.Manifest.Schema}, d.head...) {
		fmt.Fprintln(&b, strings.TrimSpace("-- "+line))
	}
	for _, t := range s.Manifest.Tables() {
		x, err := s.table(t)
		if err != nil {
			return "", err
		}
		if x == nil {
			fmt.Fprintf(&b, "\n-- %s: the dataset has no file of this table\n", t.Name)
			continue
		}
		fmt.Fprintf(&b, "\n%s", d.table(x))
	}
	return b.String(), nil
}

// readable tells whether a dialect can read from a location, which may be a path.
func readable(dialect, location string) error {
	scheme, _, remote := strings.Cut(location, "://")
	switch dialect {
	case "clickhouse":
		if strings.ContainsAny(location, "*?{}") {
			return fmt.Errorf("%w: ClickHouse takes * ? { } in %s for a pattern and has no way to quote them: name the dataset by another path", ErrLocation, location)
		}
		// s3a:// and az:// are read as the host of some store.
		if remote && !slices.Contains([]string{"s3", "gs", "oss", "http", "https"}, scheme) {
			return fmt.Errorf("%w: ClickHouse reads s3://, gs:// and oss://, and other stores that speak S3 by their address, not %s: "+
				"name the dataset with --location https://HOST/BUCKET/FOLDER", ErrLocation, location)
		}
	case "bigquery":
		if scheme != "gs" || !remote {
			return fmt.Errorf("%w: BigQuery reads Cloud Storage, not %s: copy the dataset there and name it with --location gs://BUCKET/FOLDER", ErrLocation, location)
		}
	default:
		// All of them look for files, and a web server has no list of them.
		if remote && (scheme == "http" || scheme == "https") {
			return fmt.Errorf("%w: files cannot be looked for at %s: name the store with --location s3://BUCKET/FOLDER (for Spark s3a://) "+
				"and its address in the settings of the reader", ErrLocation, location)
		}
	}
	return nil
}

// table looks a table up in the manifest; it is nil if it has no file.
func (s Source) table(t export.Table) (*tableOf, error) {
	out := &tableOf{Table: t, root: strings.TrimRight(s.Location, "/"), pattern: s.Manifest.Pattern(t.Name)}
	if out.pattern == "" {
		return nil, nil
	}
	for _, c := range t.Columns {
		k, err := export.ParseType(c.Type)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name, c.Name, err)
		}
		out.kinds = append(out.kinds, k)
	}
	return out, nil
}

// years tells whether the files are in folders by fiscal year.
func (t *tableOf) years() bool { return strings.Count(t.pattern, "*") > 1 }

// folder is where the files are.
func (t *tableOf) folder() string { return t.root + "/" + t.Name }

// plainGlob makes a pattern of DuckDB stand for a path letter by letter.
var plainGlob = strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]")

// glob is a pattern of DuckDB for the files of the table.
func (t *tableOf) glob() string { return plainGlob.Replace(t.root) + "/" + t.pattern }

// remote tells whether the location is in an object store.
func (t *tableOf) remote() bool { return strings.Contains(t.root, "://") }

// about is the comment of the table.
func (t *tableOf) about() string { return t.Title + "：" + t.Description }

// comment is the comment of a column.
func comment(c export.Column) string {
	s := c.Title + "：" + c.Description
	if c.Unit != "" {
		s += "（" + c.Unit + "）"
	}
	return s
}

// columns prints a line for each column, with commas between.
func (t *tableOf) columns(line func(c export.Column, k export.Type) string) string {
	var out []string
	for i, c := range t.Columns {
		out = append(out, "  "+line(c, t.kinds[i]))
	}
	return strings.Join(out, ",\n")
}

// doubled quotes a text in which the quote is doubled: standard SQL.
func doubled(quote string) func(string) string {
	return func(s string) string { return quote + strings.ReplaceAll(s, quote, quote+quote) + quote }
}

// escaped quotes a text in which a backslash stands before the quote and
// before itself, and line ends are spelt out.
func escaped(quote string) func(string) string {
	r := strings.NewReplacer(`\`, `\\`, quote, `\`+quote, "\n", `\n`, "\r", `\r`)
	return func(s string) string { return quote + r.Replace(s) + quote }
}

var (
	name   = doubled(`"`) // a name of DuckDB and Postgres
	text   = doubled(`'`) // a text of DuckDB and Postgres
	back   = doubled("`") // a name of Spark
	slash  = escaped(`'`) // a text of Spark and ClickHouse
	tick   = escaped("`") // a name of ClickHouse and BigQuery
	double = escaped(`"`) // a text of BigQuery
)
