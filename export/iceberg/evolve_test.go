package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/apache/iceberg-go"
	"github.com/apache/iceberg-go/table"

	"yusuan/export"
)

// isOf tells whether a column of the table projects is one of some.
func isOf(columns []string) func(export.Column) bool {
	return func(c export.Column) bool { return slices.Contains(columns, c.Name) }
}

// registerEarlier registers a dataset as a version did that did not know some
// columns of projects yet, from a copy whose files do not have them.
func (s site) registerEarlier(t *testing.T, dir string, columns ...string) {
	t.Helper()
	earlier := filepath.Join(t.TempDir(), "earlier")
	if err := os.CopyFS(earlier, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	m, err := export.ReadManifest(earlier)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range m.Files {
		if strings.HasPrefix(f.Path, "projects/") {
			m.Files[i].SHA256 = dropColumns(t, filepath.Join(earlier, f.Path), columns)
		}
	}
	data, err := json.Marshal(m)
	if err == nil {
		err = os.WriteFile(filepath.Join(earlier, "manifest.json"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	r := s.registrar(t, earlier)
	if err := r.read(); err != nil {
		t.Fatal(err)
	}
	tables := r.manifest.Tables()
	for i := range tables {
		if tables[i].Name == "projects" {
			tables[i].Columns = slices.DeleteFunc(tables[i].Columns, isOf(columns))
		}
	}
	if _, err := r.registerTables(context.Background(), tables); err != nil {
		t.Fatal(err)
	}
}

// dropColumns writes a Parquet file anew without columns and returns its hash.
func dropColumns(t *testing.T, name string, columns []string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	in, err := pqarrow.ReadTable(context.Background(), strings.NewReader(string(data)), nil, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Release()
	var fields []arrow.Field
	var kept []arrow.Column
	for i, f := range in.Schema().Fields() {
		if !slices.Contains(columns, f.Name) {
			fields, kept = append(fields, f), append(kept, *in.Column(i))
		}
	}
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	without := array.NewTable(arrow.NewSchema(fields, nil), kept, in.NumRows())
	if err := pqarrow.WriteTable(without, out, 1<<20, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps()); err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(name); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// read returns the first row of projects at a snapshot, as texts by column.
func read(t *testing.T, x *table.Table, snapshot int64) map[string]string {
	t.Helper()
	got, err := x.Scan(table.WithSnapshotID(snapshot)).ToArrowTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer got.Release()
	out := map[string]string{}
	for i, f := range got.Schema().Fields() {
		out[f.Name] = got.Column(i).Data().Chunk(0).ValueStr(0)
	}
	return out
}

// TestEvolve registers a dataset in tables of an earlier schema: they get the
// new columns under new ids, and earlier snapshots stay what they were.
func TestEvolve(t *testing.T) { everywhere(t, testEvolve) }

func testEvolve(t *testing.T, s site) {
	columns := []string{"total", "spending_plan", "name"} // may be null, holds others, may not be null
	dir := filepath.Join(t.TempDir(), "dataset")
	commitTo(t, dir, entry(t, 1, 2018))
	s.registerEarlier(t, dir, columns...)
	before := s.load(t, "projects")
	said, err := s.register(t, dir)
	if err != nil || !slices.Contains(said, "projects: 1 files added, 1 removed, 1 in all, 3 new columns") {
		t.Fatalf("%v, %q", err, said)
	}
	after := s.load(t, "projects")
	for _, f := range before.Schema().Fields() {
		if g, ok := after.Schema().FindFieldByName(f.Name); !ok || g.ID != f.ID || g.Required != f.Required {
			t.Errorf("the column %+v became %+v", f, g)
		}
	}
	for _, name := range columns {
		if f, ok := after.Schema().FindFieldByName(name); !ok || f.Required || f.Doc == "" || f.ID <= before.Metadata().LastColumnID() {
			t.Errorf("the new column is %+v", f)
		}
	}
	if got, want := idsOf(after.NameMapping()), slices.Compact(slices.Sorted(slices.Values(after.Schema().FieldIDs()))); !slices.Equal(got, want) {
		t.Errorf("the mapping of names is of the fields %d, want %d", got, want)
	}
	old, now := read(t, after, before.CurrentSnapshot().SnapshotID), read(t, after, after.CurrentSnapshot().SnapshotID)
	if _, ok := old["total"]; ok || old["start_date"] != "2020-01-01" || len(old) != len(now)-len(columns) {
		t.Errorf("the earlier snapshot holds %q", old)
	}
	if now["total"] != "25600" || now["name"] != "项目" || !strings.Contains(now["spending_plan"], "3") || now["start_date"] != "2020-01-01" {
		t.Errorf("the snapshot holds %q", now)
	}
	if said, err := s.register(t, dir); err != nil || !slices.Contains(said, "projects: unchanged, 1 files") {
		t.Errorf("again: %v, %q", err, said)
	}
}

// TestEvolveRefused takes nothing but new columns for an evolution.
func TestEvolveRefused(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "dataset"), site{warehouse: t.TempDir(), namespace: "n"}
	commitTo(t, dir, entry(t, 1, 2018))
	if _, err := s.register(t, dir); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, want string
		change     func(c *export.Column)
	}{
		{"gone", "column start_date of the table: the dataset does not have it", func(c *export.Column) { c.Name = "begins" }},
		{"of another type", "column start_date of the table: it is date there, and string in the dataset", func(c *export.Column) { c.Type = "STRING" }},
		{"of another element", "column goals of the table: it is list<string> there, and list<int> in the dataset", func(c *export.Column) { c.Type = "LIST<INT32>" }},
		{"without a field", "column spending_plan of the table: it is list<struct<", func(c *export.Column) { c.Type = "LIST<STRUCT<through_month INT32>>" }},
		{"null", "column name of the table: it is never null there, and may be in the dataset", func(c *export.Column) { c.Nullable = true }},
	} {
		r := s.registrar(t, dir)
		if err := r.read(); err != nil {
			t.Fatal(err)
		}
		tables := r.manifest.Tables()
		projects := tables[slices.IndexFunc(tables, func(x export.Table) bool { return x.Name == "projects" })]
		for i := range projects.Columns {
			if strings.HasPrefix(c.want, "column "+projects.Columns[i].Name+" ") {
				c.change(&projects.Columns[i])
			}
		}
		_, err := r.registerTables(context.Background(), tables)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "another --namespace") {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	if x := s.load(t, "projects"); len(x.Metadata().Snapshots()) != 1 || len(x.Metadata().Schemas()) != 1 {
		t.Error("what was refused left something in the table")
	}
}

// idsOf returns the ids of a mapping of names, nested ones included.
func idsOf(fields []iceberg.MappedField) []int {
	var out []int
	for _, f := range fields {
		out = append(append(out, f.ID()), idsOf(f.Fields)...)
	}
	slices.Sort(out)
	return out
}
