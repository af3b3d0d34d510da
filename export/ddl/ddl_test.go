package ddl

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"yusuan/export"
)

// all is a manifest that names one file of every table.
func all() *export.Manifest {
	m := &export.Manifest{Schema: export.SchemaVersion}
	for _, t := range export.Schema() {
		m.Files = append(m.Files, export.File{Path: t.Name + "/fiscal_year=2019/part-00000.parquet"})
	}
	return m
}

// linked is such a manifest of a dataset with links.
func linked() *export.Manifest {
	m := all()
	m.Linkage = &export.Linkage{}
	for _, t := range export.LinkSchema() {
		m.Files = append(m.Files, export.File{Path: t.Name + "/part-00000.parquet"})
	}
	return m
}

// hostile is a table whose words and place hold everything that a dialect
// gives a meaning to, with a column of every type.
func hostile(t *testing.T) *tableOf {
	words := "it's \"x\" `y` \\ \n-- z; DROP TABLE t"
	out := &tableOf{root: `/data/it's [new] \1`, pattern: "table/*/*.parquet"}
	out.Table = export.Table{Name: "table", Title: words, Description: "述"}
	for i, typ := range []string{"STRING", "INT32", "INT64", "FLOAT", "BOOLEAN", "DATE", "DECIMAL(18,4)", "LIST<STRING>",
		"LIST<STRUCT<through_month INT32, percent DECIMAL(9,4)>>"} {
		c := export.Column{Name: string(rune('a' + i)), Type: typ, Title: "列", Description: "说明", Unit: "CNY", Nullable: i == 1}
		if i == 0 {
			c.Name, c.Description, c.Unit = "from", words, ""
		}
		k, err := export.ParseType(typ)
		if err != nil {
			t.Fatal(err)
		}
		out.Columns, out.kinds = append(out.Columns, c), append(out.kinds, k)
	}
	return out
}

// TestEscaping holds what each dialect makes of words that would end its texts,
// names and comments, and of every type. A statement in which a text ended
// early would not hold these.
func TestEscaping(t *testing.T) {
	sql := "it''s \"x\" `y` \\ \n-- z; DROP TABLE t"
	slashed := "it\\'s \"x\" `y` \\\\ \\n-- z; DROP TABLE t"
	for dialect, want := range map[string][]string{
		"duckdb": {`CREATE OR REPLACE VIEW "table" AS`, `read_parquet('/data/it''s [[]new] \1/table/*/*.parquet', hive_partitioning = false, union_by_name = true);`,
			"COMMENT ON VIEW \"table\" IS '" + sql + "：述';", "COMMENT ON COLUMN \"table\".\"from\" IS '列：" + sql + "';", `"table"."b" IS '列：说明（CNY）';`},
		"spark": {"CREATE TABLE IF NOT EXISTS `table` (\n  `from` STRING COMMENT '列：" + slashed + "',\n  `b` INT COMMENT '列：说明（CNY）'",
			"`c` BIGINT ", "`d` FLOAT ", "`e` BOOLEAN ", "`f` DATE ", "`g` DECIMAL(18,4) ", "`h` ARRAY<STRING> ", "`i` ARRAY<STRUCT<`through_month`: INT, `percent`: DECIMAL(9,4)>> ",
			`LOCATION '/data/it\'s [new] \\1/table'`, "COMMENT '" + slashed + "：述';\nMSCK REPAIR TABLE `table`;"},
		"clickhouse": {"  `from` String COMMENT '列：" + slashed + "',\n  `b` Nullable(Int32) COMMENT", "`c` Int64 ", "`d` Float32 ", "`e` Bool ", "`f` Date32 ",
			"`g` Decimal(18,4) ", "`h` Array(String) ", "`i` Array(Tuple(`through_month` Int32, `percent` Decimal(9,4))) ",
			`FROM file('/data/it\'s [new] \\1/table/*/*.parquet', Parquet, '` + "`from` String, `b` Nullable(Int32), `c` Int64,", "COMMENT '" + slashed + "：述';"},
		"postgres": {"  \"from\" text NOT NULL,\n  \"b\" integer,\n  \"c\" bigint NOT NULL,\n  \"d\" real NOT NULL,\n  \"e\" boolean NOT NULL,\n  \"f\" date NOT NULL,\n" +
			"  \"g\" numeric(18,4) NOT NULL,\n  \"h\" jsonb NOT NULL,\n  \"i\" jsonb NOT NULL\n);", "COMMENT ON TABLE \"table\" IS '" + sql + "：述';",
			"COMMENT ON COLUMN \"table\".\"from\" IS '列：" + sql + "';", `-- duckdb: COPY (SELECT * REPLACE (to_json("h") AS "h", to_json("i") AS "i") FROM read_parquet('/data/it''s [[]new] \1/table/*/*.parquet'`},
		"bigquery": {"`from` STRING OPTIONS (description = \"列：it's \\\"x\\\" `y` \\\\ \\n-- z; DROP TABLE t\")", "`b` INT64 ", "`c` INT64 ", "`d` FLOAT64 ", "`e` BOOL ",
			"`f` DATE ", "`g` NUMERIC(18,4) ", "`h` ARRAY<STRING> ", "`i` ARRAY<STRUCT<`through_month` INT64, `percent` NUMERIC(9,4)>> ", `uris = ["/data/it's [new] \\1/table/*"]`},
	} {
		got := dialects()[dialect].table(hostile(t))
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: not in the statement:\n%s\nthe statement:\n%s", dialect, w, got)
			}
		}
	}
}

// TestScript makes sure that every dialect speaks of every column of every
// table once, with its comment.
func TestScript(t *testing.T) {
	m := linked()
	tables := m.Tables()
	for _, d := range Dialects() {
		got, err := Script(Source{Manifest: m, Location: "gs://bucket/dataset/"}, d)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if n := strings.Count(got, "gs://bucket/dataset/"+table.Name+"/*") + strings.Count(got, "'gs://bucket/dataset/"+table.Name+"'"); n != 1 {
				t.Errorf("%s reads %s %d times", d, table.Name, n)
			}
		}
		columns := 0
		for _, table := range tables {
			for _, c := range table.Columns {
				columns++
				if !strings.Contains(got, comment(c)) {
					t.Errorf("%s says nothing of %s.%s", d, table.Name, c.Name)
				}
			}
		}
		// "：" parts title and description: of every column and every table,
		// and within some descriptions.
		said := 0
		for _, table := range tables {
			said += strings.Count(table.Title+table.Description, "：") + 1
			for _, c := range table.Columns {
				said += strings.Count(comment(c), "：")
			}
		}
		if n := strings.Count(got, "："); n != said {
			t.Errorf("%s has %d comments for %d columns of %d tables, want %d marks", d, n, columns, len(tables), said)
		}
	}
}

// TestLayout tells tables by year from others, and from those without a file.
func TestLayout(t *testing.T) {
	m := linked()
	first, second := export.Schema()[0].Name, export.Schema()[1].Name
	m.Files[0].Path = first + "/part-00000.parquet"
	m.Files = slices.Delete(m.Files, 1, 2)
	for dialect, want := range map[string][2]string{
		"duckdb": {"'/d/" + first + "/*.parquet'", "-- " + second + ": the dataset has no file"},
		"spark":  {"LOCATION '/d/" + first + "'", "-- " + second + ": the dataset has no file"},
	} {
		got, err := Script(Source{Manifest: m, Location: "/d"}, dialect)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %s in\n%.900s", dialect, w, got)
			}
		}
		if n, years := strings.Count(got, "PARTITIONED"), len(m.Files)-1-len(export.LinkSchema()); dialect == "spark" && n != years {
			t.Errorf("%d tables have partitions, want %d", n, years)
		}
	}
	for _, d := range Dialects() {
		got, err := Script(Source{Manifest: all(), Location: "gs://b/d"}, d)
		if err != nil || strings.Contains(got, "entities") {
			t.Errorf("%s speaks of entities that the dataset does not have (%v)", d, err)
		}
	}
}

// TestRefused holds what cannot be printed.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ dialect, location, want string }{
		{"oracle", "/d", "use one of bigquery, clickhouse, duckdb, postgres, spark"},
		{"duckdb", "/d\n; DROP TABLE x", "control character"},
		{"bigquery", "/d", "--location gs://"},
		{"clickhouse", "/d{1}", "pattern"},
		{"clickhouse", "s3a://b/d", "--location https://HOST/BUCKET/FOLDER"},
		{"clickhouse", "az://b/d", "--location https://HOST/BUCKET/FOLDER"},
		{"duckdb", "https://h/b/d", "--location s3://BUCKET/FOLDER"},
		{"postgres", "http://h/b/d", "--location s3://BUCKET/FOLDER"},
		{"spark", "https://h/b/d", "s3a://"},
		{"bigquery", "s3://b/d", "--location gs://"},
	} {
		_, err := Script(Source{Manifest: all(), Location: c.location}, c.dialect)
		if err == nil || !strings.Contains(err.Error(), c.want) || errors.Is(err, ErrLocation) == (c.dialect == "oracle") {
			t.Errorf("%s at %q: %v", c.dialect, c.location, err)
		}
	}
	got, err := Script(Source{Manifest: all(), Location: "https://h/b/d/"}, "clickhouse")
	if want := "FROM s3('https://h/b/d/documents/*/*.parquet', Parquet, '"; err != nil || !strings.Contains(got, want) {
		t.Errorf("%v, no %s in\n%.900s", err, want, got)
	}
	if _, err := export.ParseType("LIST<UUID>"); err == nil {
		t.Error("a type that no dialect knows is taken")
	}
}
