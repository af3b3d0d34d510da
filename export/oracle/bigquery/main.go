// Command bigquery holds statements for BigQuery against GoogleSQL, the parser
// and analyzer that BigQuery is built on: it reads a script from the standard
// input, analyzes each statement, and makes the tables known that a statement
// creates, so that the queries behind are resolved against their columns.
// Nothing is run, and what options a table may have is not looked at.
//
// It is a module of its own: the analyzer is C++ made into a hundred megabytes
// of Go.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/goccy/go-googlesql"
)

func main() {
	script, err := io.ReadAll(os.Stdin)
	if err == nil {
		var c counts
		c, err = analyze(string(script))
		fmt.Printf("%d tables with %d columns and %d queries analyzed\n", c.tables, c.columns, c.queries)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "bigquery: %v\n", err)
		os.Exit(1)
	}
}

// counts are what was analyzed.
type counts struct{ tables, columns, queries int }

// analyzer is GoogleSQL as BigQuery sets it up.
type analyzer struct {
	catalog *googlesql.SimpleCatalog
	options *googlesql.AnalyzerOptions
	types   *googlesql.TypeFactory
}

func newAnalyzer() (*analyzer, error) {
	if err := googlesql.Init(); err != nil {
		return nil, err
	}
	language, err := googlesql.NewLanguageOptions()
	if err != nil {
		return nil, err
	}
	a := &analyzer{}
	for _, step := range []func() error{
		language.EnableMaximumLanguageFeatures,
		language.SetSupportsAllStatementKinds,
		// What Google's customers may write: no INT32, no FLOAT.
		func() error { return language.SetProductMode(googlesql.ProductModeProductExternal) },
		func() (err error) { a.catalog, err = googlesql.NewSimpleCatalog("bigquery", nil); return err },
		func() error {
			return a.catalog.AddBuiltinFunctionsAndTypes(&googlesql.BuiltinFunctionOptions{LanguageOptions: language})
		},
		func() (err error) { a.options, err = googlesql.NewAnalyzerOptions2(); return err },
		func() error { return a.options.SetLanguage(language) },
		func() (err error) { a.types, err = googlesql.NewTypeFactory(); return err },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// analyze analyzes all statements of a script.
func analyze(script string) (counts, error) {
	var c counts
	a, err := newAnalyzer()
	if err != nil {
		return c, err
	}
	at, err := googlesql.NewParseResumeLocationFromString(script)
	if err != nil {
		return c, err
	}
	for {
		n, err := at.BytePosition()
		if err != nil || int(n) >= len(script) {
			return c, err
		}
		out, err := googlesql.AnalyzeNextStatement(at, a.options, a.catalog, a.types)
		if err != nil {
			return c, fmt.Errorf("in the statement behind byte %d: %w", n, err)
		}
		statement, err := out.ResolvedStatement()
		if err != nil {
			return c, err
		}
		switch s := statement.(type) {
		case *googlesql.ResolvedCreateExternalTableStmt:
			columns, err := a.add(s)
			if err != nil {
				return c, err
			}
			c.tables, c.columns = c.tables+1, c.columns+columns
		case *googlesql.ResolvedQueryStmt, *googlesql.ResolvedCreateTableAsSelectStmt:
			c.queries++
		default:
			return c, fmt.Errorf("in the statement behind byte %d: %T is neither an external table nor a query", n, statement)
		}
	}
}

// add makes a table known and returns how many columns it has.
func (a *analyzer) add(s *googlesql.ResolvedCreateExternalTableStmt) (int, error) {
	path, err := s.NamePath()
	if err != nil {
		return 0, err
	}
	name := path[len(path)-1]
	table, err := googlesql.NewSimpleTable(name, 0)
	if err != nil {
		return 0, err
	}
	definitions, err := s.ColumnDefinitionList()
	if err != nil {
		return 0, err
	}
	for _, d := range definitions {
		column, err := d.Name()
		if err != nil {
			return 0, err
		}
		typ, err := d.Type()
		if err != nil {
			return 0, err
		}
		simple, err := googlesql.NewSimpleColumn(name, column, typ, false, true)
		if err != nil {
			return 0, err
		}
		if err := table.AddColumn2(simple, false); err != nil {
			return 0, err
		}
	}
	return len(definitions), a.catalog.AddTable(table)
}
