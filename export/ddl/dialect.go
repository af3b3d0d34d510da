package ddl

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/export"
)

var duckdbHead = []string{
	"DuckDB: a view for each table over the Parquet files, whatever years are added to them.",
	"hive_partitioning = false: fiscal_year is read from the files, where it is an INTEGER.",
	"union_by_name = true: parts of an earlier schema have fewer columns; those are NULL.",
}

func duckdb(t *tableOf) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE OR REPLACE VIEW %s AS\nSELECT * FROM read_parquet(%s, hive_partitioning = false, union_by_name = true);\n",
		name(t.Name), text(t.glob()))
	commentOn(&b, "VIEW", t)
	return b.String()
}

// commentOn prints the comments of DuckDB and Postgres.
func commentOn(b *strings.Builder, what string, t *tableOf) {
	fmt.Fprintf(b, "COMMENT ON %s %s IS %s;\n", what, name(t.Name), text(t.about()))
	for _, c := range t.Columns {
		fmt.Fprintf(b, "COMMENT ON COLUMN %s.%s IS %s;\n", name(t.Name), name(c.Name), text(comment(c)))
	}
}

var sparkHead = []string{
	"Spark: an external table for each table, with partitions by fiscal_year, which Spark puts last.",
	"After new years were committed: MSCK REPAIR TABLE again.",
}

var sparkWords = words{
	plain:   map[string]string{"STRING": "STRING", "INT32": "INT", "INT64": "BIGINT", "FLOAT": "FLOAT", "BOOLEAN": "BOOLEAN", "DATE": "DATE"},
	decimal: "DECIMAL(%s)", list: "ARRAY<%s>", record: "STRUCT<%s>", join: ": ",
}

func spark(t *tableOf) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE IF NOT EXISTS %s (\n%s\n)\nUSING parquet\n", back(t.Name), t.columns(func(c export.Column, k export.Type) string {
		return back(c.Name) + " " + sparkWords.spell(k, back) + " COMMENT " + slash(comment(c))
	}))
	if t.years() {
		fmt.Fprintf(&b, "PARTITIONED BY (%s)\n", back("fiscal_year"))
	}
	fmt.Fprintf(&b, "LOCATION %s\nCOMMENT %s;\n", slash(t.folder()), slash(t.about()))
	if t.years() {
		fmt.Fprintf(&b, "MSCK REPAIR TABLE %s;\n", back(t.Name))
	}
	return b.String()
}

var clickhouseHead = []string{
	"ClickHouse: a view for each table over the Parquet files (clickhouse local; a server reads below",
	"user_files_path only). To hold the rows in ClickHouse itself:",
	"CREATE TABLE t ENGINE = MergeTree ORDER BY (region_code, document_id) AS SELECT * FROM documents",
	"A store that speaks S3 and is not Amazon's is named by its address: --location https://HOST/BUCKET/FOLDER.",
	"use_hive_partitioning = 0: fiscal_year is read from the files; one folder's name is no number.",
}

var clickhouseWords = words{
	plain:   map[string]string{"STRING": "String", "INT32": "Int32", "INT64": "Int64", "FLOAT": "Float32", "BOOLEAN": "Bool", "DATE": "Date32"},
	decimal: "Decimal(%s)", list: "Array(%s)", record: "Tuple(%s)", join: " ",
}

// fewValues are columns of texts of which there are few: codes and kinds that
// the program itself writes.
var fewValues = []string{"region_code", "department", "kind", "format", "status", "error_code", "reader", "pipeline", "issuer_level",
	"form", "side", "scheme", "measure", "comparator", "change_direction", "value_kind", "row_type", "catalogue_version", "method",
	"rule", "severity", "entity_type", "unit"}

func clickhouse(t *tableOf) string {
	var structure []string
	columns := t.columns(func(c export.Column, k export.Type) string {
		typ := clickhouseWords.spell(k, tick)
		if c.Nullable {
			typ = "Nullable(" + typ + ")"
		}
		if k.Name == "STRING" && slices.Contains(fewValues, c.Name) {
			typ = "LowCardinality(" + typ + ")"
		}
		structure = append(structure, tick(c.Name)+" "+typ)
		return tick(c.Name) + " " + typ + " COMMENT " + slash(comment(c))
	})
	// The structure makes a part of an earlier schema, which has fewer columns,
	// readable.
	from := fmt.Sprintf("file(%s, Parquet, %s)", slash(t.root+"/"+t.pattern), slash(strings.Join(structure, ", ")))
	if t.remote() {
		from = fmt.Sprintf("s3(%s, Parquet, %s)", slash(t.root+"/"+t.pattern), slash(strings.Join(structure, ", ")))
	}
	return fmt.Sprintf("CREATE OR REPLACE VIEW %s (\n%s\n)\nAS SELECT * FROM %s\nSETTINGS use_hive_partitioning = 0\nCOMMENT %s;\n",
		tick(t.Name), columns, from, slash(t.about()))
}

var postgresHead = []string{
	"PostgreSQL: a table for each table, lists as jsonb. PostgreSQL does not read Parquet: under each table",
	"stands what DuckDB says to write a CSV file and psql to read it.",
}

var postgresWords = words{
	plain:   map[string]string{"STRING": "text", "INT32": "integer", "INT64": "bigint", "FLOAT": "real", "BOOLEAN": "boolean", "DATE": "date"},
	decimal: "numeric(%s)", list: "jsonb",
}

func postgres(t *tableOf) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE IF NOT EXISTS %s (\n%s\n);\n", name(t.Name), t.columns(func(c export.Column, k export.Type) string {
		typ := "jsonb"
		if k.Name != "LIST" {
			typ = postgresWords.spell(k, name)
		}
		if !c.Nullable {
			typ += " NOT NULL"
		}
		return name(c.Name) + " " + typ
	}))
	commentOn(&b, "TABLE", t)
	selected := "*"
	var lists []string
	for i, c := range t.Columns {
		if t.kinds[i].Name == "LIST" {
			lists = append(lists, fmt.Sprintf("to_json(%s) AS %s", name(c.Name), name(c.Name)))
		}
	}
	if len(lists) > 0 {
		selected = "* REPLACE (" + strings.Join(lists, ", ") + ")"
	}
	fmt.Fprintf(&b, "-- duckdb: COPY (SELECT %s FROM read_parquet(%s, hive_partitioning = false, union_by_name = true)) TO '%s.csv' (FORMAT csv, HEADER);\n",
		selected, text(t.glob()), t.Name)
	fmt.Fprintf(&b, "-- psql: \\copy %s FROM '%s.csv' WITH (FORMAT csv, HEADER)\n", name(t.Name), t.Name)
	return b.String()
}

var bigqueryHead = []string{
	"BigQuery: an external table for each table over the Parquet files in Cloud Storage. fiscal_year is read from",
	"the files: BigQuery takes no partitions from folders whose key is a column too. For partitions of its own:",
	"CREATE TABLE t PARTITION BY RANGE_BUCKET(fiscal_year, GENERATE_ARRAY(2000, 2100, 1)) AS SELECT * FROM documents",
}

var bigqueryWords = words{
	plain:   map[string]string{"STRING": "STRING", "INT32": "INT64", "INT64": "INT64", "FLOAT": "FLOAT64", "BOOLEAN": "BOOL", "DATE": "DATE"},
	decimal: "NUMERIC(%s)", list: "ARRAY<%s>", record: "STRUCT<%s>", join: " ",
}

func bigquery(t *tableOf) string {
	columns := t.columns(func(c export.Column, k export.Type) string {
		return tick(c.Name) + " " + bigqueryWords.spell(k, tick) + " OPTIONS (description = " + double(comment(c)) + ")"
	})
	return fmt.Sprintf("CREATE EXTERNAL TABLE IF NOT EXISTS %s (\n%s\n)\nOPTIONS (\n  format = \"PARQUET\",\n  uris = [%s],\n"+
		"  enable_list_inference = TRUE,\n  description = %s\n);\n",
		tick(t.Name), columns, double(t.folder()+"/*"), double(t.about()))
}
