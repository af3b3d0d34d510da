package main

import (
	"strings"
	"testing"
)

// TestAnalyze makes sure that the analyzer takes what BigQuery takes, and
// nothing else.
func TestAnalyze(t *testing.T) {
	table := "CREATE EXTERNAL TABLE IF NOT EXISTS `t` (`a` %, `b` ARRAY<STRUCT<`c` INT64>>) OPTIONS (format = \"PARQUET\");\n"
	for _, c := range []struct{ typ, query, want string }{
		{"NUMERIC(18,4)", "SELECT SUM(a) FROM t", ""},
		{"NUMERIC(18,4)", "SELECT SUM(s.c) FROM t, UNNEST(b) AS s;", ""},
		{"NUMERIC(60,4)", "", "P must be between 4 and 33"},
		{"INT32", "", "Type not found: INT32"},
		{"STRING", "SELECT SUM(a) FROM t", "No matching signature"},
		{"STRING", "SELECT d FROM t", "Unrecognized name: d"},
		{"STRING", "SELECT s.d FROM t, UNNEST(b) AS s", "does not exist in STRUCT"},
		{"STRING", "SELECT a FROM u", "Table not found: u"},
		{"STRING COMMENT 'x'", "", "Syntax error"},
	} {
		got, err := analyze(strings.Replace(table, "%", c.typ, 1) + c.query)
		switch {
		case c.want == "" && (err != nil || got != counts{1, 2, 1}):
			t.Errorf("%s, %s: %v, %+v", c.typ, c.query, err, got)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s, %s: %v, want %s", c.typ, c.query, err, c.want)
		}
	}
}
