package export

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// schemaLines prints every column as "table.column TYPE".
func schemaLines(tables []Table) []string {
	var out []string
	for _, t := range tables {
		for _, c := range t.Columns {
			line := t.Name + "." + c.Name + " " + c.Type
			if c.Nullable {
				line += "?"
			}
			out = append(out, line)
		}
	}
	return out
}

// TestSchemaGolden holds every column's name, order, type and nullability.
func TestSchemaGolden(t *testing.T) {
	golden(t, "schema.txt", schemaLines(Schema()))
	golden(t, "schema_links.txt", schemaLines(LinkSchema()))
}

// added are columns that the dataset has beyond its documentation, which says
// that columns may be added. One that it has by now does no harm here.
var added = []string{"documents.checks_passed INT32", "documents.checks_failed INT32", "tables.verified BOOLEAN",
	"budget_lines.code_matched STRING"}

// TestSchemaDocumentation holds the row types against the documentation of
// the dataset: columns that were added may be in between.
func TestSchemaDocumentation(t *testing.T) {
	const doc = "../../shared/SCHEMA.md"
	data, err := os.ReadFile(doc)
	if err != nil {
		t.Skipf("skipped: %s is not there", doc)
	}
	isAdded := func(line string) bool { return slices.Contains(added, line) }
	want := slices.DeleteFunc(documentedColumns(t, string(data)), isAdded)
	got := slices.DeleteFunc(schemaLines(Schema()), isAdded)
	for i := 0; i < len(got) && i < len(want); i++ {
		if got[i] != want[i] {
			t.Fatalf("column %d is %s, documented is %s", i+1, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d columns, documented are %d", len(got), len(want))
	}
}

// documentedColumns reads the columns that SCHEMA.md lists, as schemaLines
// prints them. The types of the where-columns stand in a section of their own,
// which says that they are nullable in every table that has them.
func documentedColumns(t *testing.T, doc string) []string {
	known := map[string]string{}
	where, _, _ := strings.Cut(doc[strings.Index(doc, "`page_no` INT32"):], ". Column names")
	for _, x := range splitColumns(where) {
		known[x.name] = x.typ
	}
	var keys, out []string
	cell := regexp.MustCompile(`(?m)^\| (\w+) \| ([A-Z]+[0-9]*\??) \|`)
	for _, m := range cell.FindAllStringSubmatch(doc[:strings.Index(doc, "## Where-columns")], -1) {
		keys = append(keys, m[1]+" "+m[2])
	}
	tables := doc[strings.Index(doc, "## Tables"):strings.Index(doc, "## Units")]
	line := regexp.MustCompile(`(?m)^\*\*(\w+)\*\* — .*?key \+ (.*)$`)
	for _, m := range line.FindAllStringSubmatch(tables, -1) {
		for _, k := range keys {
			out = append(out, m[1]+"."+k)
		}
		for _, x := range splitColumns(m[2]) {
			if x.typ == "" {
				x.typ = known[x.name]
			}
			if x.typ == "" {
				t.Errorf("no type for %s.%s in the documentation", m[1], x.name)
			}
			out = append(out, m[1]+"."+x.name+" "+x.typ)
		}
	}
	return out
}

// whereName matches a where-column without its type.
var whereName = regexp.MustCompile(`^(page|block|table)_no\??$|^(row|col)_no\?$`)

type documentedColumn struct{ name, typ string }

// splitColumns reads "a?, b DECIMAL (money) · c `LIST<STRING>`": a type holds
// for the names before it that have none, within a group between dots or,
// after "all", for all.
func splitColumns(s string) []documentedColumn {
	s = regexp.MustCompile(` \(([^()]|\([^()]*\))*\)`).ReplaceAllString(s, "") // remarks
	s = strings.ReplaceAll(s, "`", "")
	s = strings.ReplaceAll(s, "INT32, percent", "INT32; percent") // the comma inside the STRUCT
	typ := regexp.MustCompile(`^(.*?)\s+((?:STRING|INT32|INT64|FLOAT|BOOLEAN|DATE|DECIMAL|LIST<).*)$`)
	var out []documentedColumn
	group := 0
	for _, part := range strings.Split(s, " · ") {
		for _, item := range strings.Split(part, ", ") {
			item = strings.Trim(item, " .\n")
			m := typ.FindStringSubmatch(item)
			if m == nil {
				out = append(out, documentedColumn{name: item})
				continue
			}
			if m[1] == "all" {
				group = 0
			} else {
				out = append(out, documentedColumn{name: m[1], typ: typeWords(m[2])})
			}
			for i := range out[group:] {
				if x := &out[group:][i]; x.typ == "" && !whereName.MatchString(x.name) {
					x.typ = typeWords(m[2])
				}
			}
		}
		group = len(out)
	}
	for i := range out {
		if name, ok := strings.CutSuffix(out[i].name, "?"); ok {
			out[i].name = name
			if out[i].typ != "" {
				out[i].typ += "?"
			}
		}
	}
	return out
}

func typeWords(s string) string {
	s = strings.ReplaceAll(s, ";", ",")
	if s == "DECIMAL" || s == "DECIMAL?" {
		s = strings.Replace(s, "DECIMAL", "DECIMAL(18,4)", 1)
	}
	return s
}

// TestWords makes sure that columns.tsv says something about every table and
// column, in Chinese, and nothing about others.
func TestWords(t *testing.T) {
	used := map[[2]string]bool{}
	said := readWords(columnsTSV)
	for _, x := range slices.Concat(Schema(), LinkSchema()) {
		used[[2]string{x.Name, ""}] = true
		if x.Title == "" || x.Description == "" {
			t.Errorf("%s has no title or description", x.Name)
		}
		for _, c := range x.Columns {
			if c.Title == "" || c.Description == "" || len(c.Title) == utf8.RuneCountInString(c.Title) {
				t.Errorf("%s.%s: title %q, description %q", x.Name, c.Name, c.Title, c.Description)
			}
			used[[2]string{x.Name, c.Name}], used[[2]string{"*", c.Name}] = true, true
		}
	}
	for k := range said {
		if !used[k] {
			t.Errorf("columns.tsv describes %q, which is no column", k)
		}
	}
	lines := bufio.NewScanner(strings.NewReader(columnsTSV))
	n := 0
	for lines.Scan() {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, "#") {
			n++
			if strings.Count(line, "\t") != 4 {
				t.Errorf("columns.tsv: not five fields: %q", line)
			}
		}
	}
	if n != len(said) {
		t.Errorf("columns.tsv has %d lines for %d columns", n, len(said))
	}
}

// TestDataPackage reads datapackage.json as another program would: every part
// of the manifest is a path of its table, every column has a type.
func TestDataPackage(t *testing.T) {
	dir := t.TempDir()
	m := mustCommit(t, dir, inventAll(t, 2), Settings{Pipeline: "p"})
	data, err := os.ReadFile(filepath.Join(dir, datapackageName))
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Resources []struct {
			Name   string
			Path   []string
			Schema struct {
				Fields []struct {
					Name, Type, Title, Unit string
					Constraints             struct{ Required bool }
				}
			}
		}
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	paths := 0
	types := map[string]string{}
	for i, r := range p.Resources {
		for _, path := range r.Path {
			paths++
			if m.file(path) == nil || !strings.HasPrefix(path, r.Name+"/") {
				t.Errorf("%s lists %s", r.Name, path)
			}
		}
		if n := len(Schema()[i].Columns); len(r.Schema.Fields) != n {
			t.Errorf("%s: %d fields for %d columns", r.Name, len(r.Schema.Fields), n)
		}
		for _, f := range r.Schema.Fields {
			s := f.Type + "/" + f.Unit
			if f.Constraints.Required {
				s += " required"
			}
			types[r.Name+"."+f.Name] = s
		}
	}
	if paths != len(m.Files) {
		t.Errorf("%d paths for %d files", paths, len(m.Files))
	}
	for column, want := range map[string]string{
		"documents.document_id": "string/ required", "documents.fiscal_year": "integer/年", "cells.number": "number/",
		"cells.x0": "number/[pt_us]", "cells.is_header": "boolean/ required", "budget_lines.amount": "number/CNY required",
		"projects.start_date": "date/", "projects.spending_plan": "array/ required", "indicators.comparator": "string/",
	} {
		if types[column] != want {
			t.Errorf("%s is %q, want %q", column, types[column], want)
		}
	}
}

// TestFileMetadata looks for the key-value pairs that every file carries.
func TestFileMetadata(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 1), Settings{Pipeline: "yusuan/9"})
	got := map[string]bool{}
	for name, data := range snapshot(t, dir) {
		if !strings.HasSuffix(name, ".parquet") {
			continue
		}
		table, _, _ := strings.Cut(name, "/")
		for _, s := range []string{"yusuan.schema", "yusuan.table", "yusuan.pipeline", "yusuan/9", table} {
			if !strings.Contains(data, s) {
				t.Errorf("%s does not contain %s", name, s)
			}
		}
		if host, err := os.Hostname(); err == nil && len(host) > 3 && strings.Contains(data, host) || strings.Contains(data, dir) {
			t.Errorf("%s contains the name of the host or of the folder", name)
		}
		got[table] = true
	}
	want := map[string]bool{}
	for _, x := range Schema() {
		want[x.Name] = true
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("tables: %v", got)
	}
}
