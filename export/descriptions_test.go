package export

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestTypes reads every type of the dataset and prints it again.
func TestTypes(t *testing.T) {
	for _, table := range Schema() {
		for _, c := range table.Columns {
			if typ, err := ParseType(c.Type); err != nil || typ.String() != c.Type {
				t.Errorf("%s.%s: %s is read as %s, %v", table.Name, c.Name, c.Type, typ, err)
			}
		}
	}
	for _, s := range []string{"", "UUID", "LIST<UUID>", "STRUCT<a INT32, b>"} {
		if typ, err := ParseType(s); err == nil {
			t.Errorf("%q is read as %s", s, typ)
		}
	}
}

// TestCroissant reads croissant.json as JSON: a set of files and one of records
// for each table, a field for each column that names it, and no id twice.
func TestCroissant(t *testing.T) {
	dir := t.TempDir()
	schema := written(mustCommit(t, dir, inventAll(t, 2), Settings{Pipeline: "p"}))
	type field struct {
		ID       string   `json:"@id"`
		DataType []string `json:"dataType"`
		IsArray  bool     `json:"isArray"`
		Source   struct{ Extract struct{ Column string } }
		SubField []field
	}
	var c struct {
		ConformsTo   string
		Distribution []struct {
			ID       string `json:"@id"`
			Includes string
		}
		RecordSet []struct {
			ID    string `json:"@id"`
			Key   *struct{ ID string }
			Field []field
		}
	}
	if err := json.Unmarshal(read(t, dir, croissantName), &c); err != nil {
		t.Fatal(err)
	}
	types := map[string]field{}
	if len(c.Distribution) != len(schema) || len(c.RecordSet) != len(schema) || !strings.HasSuffix(c.ConformsTo, "croissant/1.1") {
		t.Fatalf("%s: %d sets of files, %d of records for %d tables", c.ConformsTo, len(c.Distribution), len(c.RecordSet), len(schema))
	}
	ids := map[string]bool{}
	for i, table := range schema {
		set, files := c.RecordSet[i], c.Distribution[i]
		if set.ID != table.Name || files.Includes != table.Name+"/*/*.parquet" || (set.Key != nil) != (i == 0) || len(set.Field) != len(table.Columns) {
			t.Errorf("%s: records %s of %s, %d fields, key %v", table.Name, set.ID, files.Includes, len(set.Field), set.Key)
		}
		for k, f := range set.Field {
			if ids[f.ID] || f.ID != table.Name+"/"+table.Columns[k].Name || len(f.SubField) == 0 && f.Source.Extract.Column != table.Columns[k].Name {
				t.Errorf("field %d of %s is %+v", k, table.Name, f)
			}
			ids[f.ID], types[f.ID] = true, f
		}
	}
	for id, want := range map[string]string{"documents/bytes": "cr:Int64", "cells/x0": "cr:Float32", "tables/verified": "sc:Boolean",
		"projects/start_date": "sc:Date", "projects/goals": "sc:Text", "budget_lines/amount": "sc:Float", "cells/row_no": "cr:Int32"} {
		if f := types[id]; len(f.DataType) == 0 || f.DataType[0] != want || f.IsArray != (id == "projects/goals") {
			t.Errorf("%s is %+v, want %s", id, f, want)
		}
	}
	plan := types["projects/spending_plan"]
	if !plan.IsArray || len(plan.DataType) > 0 || len(plan.SubField) != 2 || plan.SubField[1].ID != "projects/spending_plan/percent" ||
		plan.SubField[1].Source.Extract.Column != "spending_plan" {
		t.Errorf("spending_plan is %+v", plan)
	}
}

// TestContract reads datacontract.yaml as YAML.
func TestContract(t *testing.T) {
	dir := t.TempDir()
	schema := written(mustCommit(t, dir, inventAll(t, 2), Settings{Pipeline: "p"}))
	var c contract
	if err := yaml.Unmarshal(read(t, dir, contractName), &c); err != nil {
		t.Fatal(err)
	}
	if c.APIVersion != "v3.1.0" || c.Kind != "DataContract" || c.ID == "" || c.Version != SchemaVersion+".0.0" || c.Status == "" {
		t.Errorf("the contract begins with %+v", c)
	}
	got := map[string]contractProperty{}
	if len(c.Schema) != len(schema) {
		t.Fatalf("%d tables, want %d", len(c.Schema), len(schema))
	}
	for i, table := range schema {
		x := c.Schema[i]
		if x.Name != table.Name || x.Description != table.Description || len(x.Properties) != len(table.Columns) {
			t.Errorf("table %d is %s with %d properties, %s", i, x.Name, len(x.Properties), x.Description)
		}
		for k, p := range x.Properties {
			if column := table.Columns[k]; p.Name != column.Name || p.Required == column.Nullable || p.Description != column.Description {
				t.Errorf("property %d of %s is %+v", k, table.Name, p)
			}
			got[x.Name+"."+p.Name] = p
		}
	}
	if p := got["documents.document_id"]; !p.PrimaryKey || !p.Unique || len(p.Relationships) != 0 {
		t.Errorf("documents.document_id is %+v", p)
	}
	if p := got["cells.document_id"]; p.PrimaryKey || !slices.Equal(p.Relationships, []relationship{{"foreignKey", "documents.document_id"}}) {
		t.Errorf("cells.document_id is %+v", p)
	}
	if p := got["projects.spending_plan"]; p.LogicalType != "array" || p.Items == nil || p.Items.LogicalType != "object" ||
		p.Items.Properties[1].PhysicalType != "DECIMAL(9,4)" || p.Items.Properties[1].LogicalType != "number" {
		t.Errorf("projects.spending_plan is %+v", p)
	}
	if p := got["budget_lines.amount"]; !slices.Equal(p.Custom, []customProperty{{"unit", "CNY"}}) || !got["cells.fiscal_year"].Partitioned {
		t.Errorf("budget_lines.amount is %+v", p)
	}
}

// TestLinkedDescriptions holds that each description speaks of entities and
// links when the dataset has them, and only then.
func TestLinkedDescriptions(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 3), Settings{Pipeline: "p"})
	for _, d := range descriptions() {
		if text := string(read(t, dir, d.name)); strings.Contains(text, entitiesTable) || strings.Contains(text, SchemaVersion+".1.0") {
			t.Errorf("%s of a dataset without links speaks of them", d.name)
		}
	}
	mustRelink(t, dir, RelinkSettings{})
	var p dataPackage
	var c croissant
	var k contract
	if err := errors.Join(json.Unmarshal(read(t, dir, datapackageName), &p), json.Unmarshal(read(t, dir, croissantName), &c),
		yaml.Unmarshal(read(t, dir, contractName), &k)); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{datapackageName: p.Version, croissantName: c.Version, contractName: k.Version} {
		if got != SchemaVersion+".1.0" {
			t.Errorf("%s: version %s", name, got)
		}
	}
	properties := map[string]contractProperty{}
	for i, table := range LinkSchema() {
		at := len(Schema()) + i
		if len(p.Resources) <= at || len(c.RecordSets) <= at || len(c.Distribution) <= at || len(k.Schema) <= at {
			t.Fatalf("%s is not in all of the descriptions", table.Name)
		}
		if r := p.Resources[at]; r.Name != table.Name || !slices.Equal(r.Path, []string{table.Name + "/part-00000.parquet"}) {
			t.Errorf("%s: resource %s, files %q", table.Name, r.Name, r.Path)
		}
		if s := c.RecordSets[at]; s.ID != table.Name || len(s.Fields) != len(table.Columns) || c.Distribution[at].Includes != table.Name+"/*.parquet" {
			t.Errorf("%s: records %s, files %s", table.Name, s.ID, c.Distribution[at].Includes)
		}
		for _, x := range k.Schema[at].Properties {
			properties[k.Schema[at].Name+"."+x.Name] = x
		}
	}
	if x := properties["entities.entity_id"]; !x.PrimaryKey || !x.Unique || len(x.Relationships) != 0 {
		t.Errorf("entities.entity_id is %+v", x)
	}
	for _, column := range []string{"documents.document_id", "entities.entity_id"} {
		_, name, _ := strings.Cut(column, ".")
		if x := properties["links."+name]; x.PrimaryKey || !slices.Equal(x.Relationships, []relationship{{"foreignKey", column}}) {
			t.Errorf("links.%s is %+v", name, x)
		}
	}
	if properties["links.fiscal_year"].Partitioned {
		t.Error("links is said to have partitions")
	}
}

// written are the tables of which a dataset has files.
func written(m *Manifest) []Table {
	return slices.DeleteFunc(Schema(), func(t Table) bool { return m.Pattern(t.Name) == "" })
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestOlderStaging finishes a commit that a program decided which knew fewer
// descriptions, and died.
func TestOlderStaging(t *testing.T) {
	dir := t.TempDir()
	d := &dataset{dir: dir, pipeline: "p", old: &Manifest{Buckets: 1}}
	jobs, err := d.plan(inventAll(t, 2), Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.stage(jobs); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{croissantName, contractName} {
		if err := os.Remove(d.staged(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.recover(Settings{}); err != nil {
		t.Fatal(err)
	}
	if got := findings(t, dir); len(got) > 0 {
		t.Errorf("found %q", got)
	}
}
