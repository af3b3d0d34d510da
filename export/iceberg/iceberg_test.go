package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/apache/iceberg-go/catalog"
	"github.com/apache/iceberg-go/table"

	"yusuan/export"
	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// entry is an invented document of a year, 0 if that is unknown.
func entry(t *testing.T, n, year int) export.Entry {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d/%d", n, year))
	hash := hex.EncodeToString(sum[:])
	total, err := record.ParseDecimal("25600.00")
	if err != nil {
		t.Fatal(err)
	}
	d := &record.Disclosure{
		Source:   document.Source{Name: "x.docx", Format: "docx", Reader: "docx/1", SHA256: hash},
		Identity: record.Identity{Department: fmt.Sprintf("第%d局", n), RegionCode: "130400", FiscalYear: year, Kind: record.KindBudget},
		Projects: []record.Project{{Origin: record.Origin{Row: -1, Col: -1}, Number: 1, Name: "项目", Total: total, Goals: []string{"甲", "乙"},
			SpendingPlan: []record.PlanStep{{ThroughMonth: 3, Percent: total}}, StartDate: "2020-01-01"}},
	}
	return export.Entry{DocumentID: hash[:32], RegionCode: "130400", FiscalYear: year,
		Load: func() (*export.Result, error) {
			return &export.Result{Disclosure: d, URI: "x.docx", Status: "ok"}, nil
		}}
}

func commitTo(t *testing.T, dir string, entries ...export.Entry) {
	t.Helper()
	if _, err := export.Commit(dir, entries, export.Settings{Pipeline: "yusuan/test"}); err != nil {
		t.Fatal(err)
	}
}

// site is a catalog with a warehouse and a namespace for one test.
type site struct{ uri, warehouse, namespace string }

// everywhere runs a test in a catalog on SQLite, and in the REST catalog of
// YUSUAN_REST, which make oracle-iceberg-rest starts; without it that is
// skipped. What is registered there stays in YUSUAN_REST_WAREHOUSE for others to
// read.
func everywhere(t *testing.T, test func(t *testing.T, s site)) {
	t.Run("sqlite", func(t *testing.T) { test(t, site{warehouse: t.TempDir(), namespace: "n"}) })
	t.Run("rest", func(t *testing.T) {
		uri := os.Getenv("YUSUAN_REST")
		if uri == "" {
			t.Skip("skipped: YUSUAN_REST names no catalog")
		}
		test(t, site{uri, cmp.Or(os.Getenv("YUSUAN_REST_WAREHOUSE"), t.TempDir()), strings.ReplaceAll(t.Name(), "/", "_")})
	})
}

// registrar opens the catalog for a dataset.
func (s site) registrar(t *testing.T, dir string) *registrar {
	t.Helper()
	cat, err := openCatalog(context.Background(), s.uri, s.warehouse, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c, ok := cat.(catalog.Closer); ok {
		t.Cleanup(func() { c.Close() })
	}
	return &registrar{catalog: cat, namespace: s.namespace, dataset: dir, warehouse: s.warehouse}
}

func (s site) register(t *testing.T, dir string) ([]string, error) {
	t.Helper()
	return s.registrar(t, dir).register(context.Background())
}

func (s site) load(t *testing.T, name string) *table.Table {
	t.Helper()
	x, err := s.registrar(t, "").catalog.LoadTable(context.Background(), table.Identifier{s.namespace, name})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// rowsOf reads how many rows a table has at a snapshot.
func rowsOf(t *testing.T, x *table.Table, snapshot int64) int64 {
	t.Helper()
	got, err := x.Scan(table.WithSnapshotID(snapshot)).ToArrowTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer got.Release()
	return got.NumRows()
}

// TestRegister registers a dataset, again, and again after a commit that
// replaced a part: a snapshot for what changed, and the earlier one can still
// be read.
func TestRegister(t *testing.T) { everywhere(t, testRegister) }

func testRegister(t *testing.T, s site) {
	dir := filepath.Join(t.TempDir(), "dataset")
	commitTo(t, dir, entry(t, 1, 2018), entry(t, 1, 2019), entry(t, 1, 0))
	m, err := export.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	tables := len(slices.DeleteFunc(m.Tables(), func(x export.Table) bool { return m.Pattern(x.Name) == "" }))
	if said, err := s.register(t, dir); err != nil || len(said) != tables || said[0] != "documents: 3 files added, 0 removed, 3 in all" {
		t.Fatalf("%v, %q", err, said)
	}
	first := s.load(t, "documents")
	if n := rowsOf(t, first, first.CurrentSnapshot().SnapshotID); n != 3 {
		t.Errorf("%d documents", n)
	}
	if said, err := s.register(t, dir); err != nil || said[0] != "documents: unchanged, 3 files" {
		t.Errorf("%v, %q", err, said)
	}
	commitTo(t, dir, entry(t, 2, 2019), entry(t, 2, 2020))
	if said, err := s.register(t, dir); err != nil || said[0] != "documents: 2 files added, 1 removed, 4 in all" {
		t.Errorf("%v, %q", err, said)
	}
	second := s.load(t, "documents")
	if n := rowsOf(t, second, second.CurrentSnapshot().SnapshotID); n != 5 {
		t.Errorf("%d documents after the commit", n)
	}
	if n := rowsOf(t, second, first.CurrentSnapshot().SnapshotID); n != 3 || len(second.Metadata().Snapshots()) != 2 {
		t.Errorf("%d documents before it, %d snapshots", n, len(second.Metadata().Snapshots()))
	}
	data, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	sum := sha256.Sum256(data)
	if got := second.CurrentSnapshot().Summary.Properties["yusuan.manifest"]; err != nil || got != hex.EncodeToString(sum[:]) {
		t.Errorf("the snapshot is of the manifest %q, %v", got, err)
	}
	for _, f := range s.load(t, "projects").Schema().Fields() {
		if f.Doc == "" || f.Name == "total" && (f.Required || f.Type.String() != "decimal(18, 4)") || f.Name == "name" && !f.Required {
			t.Errorf("column %+v", f)
		}
	}
}

// TestTogether registers one dataset from several at the same time: no file is
// lost, none is there twice.
func TestTogether(t *testing.T) { everywhere(t, testTogether) }

func testTogether(t *testing.T, s site) {
	dir := filepath.Join(t.TempDir(), "dataset")
	commitTo(t, dir, entry(t, 1, 2018), entry(t, 1, 2019))
	if _, err := s.register(t, dir); err != nil {
		t.Fatal(err)
	}
	commitTo(t, dir, entry(t, 2, 2019), entry(t, 3, 2018))
	const committers = 3
	errs := make([]error, committers)
	var all sync.WaitGroup
	for i := range committers {
		r := s.registrar(t, dir)
		all.Go(func() { _, errs[i] = r.register(context.Background()) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	x := s.load(t, "projects")
	if n := rowsOf(t, x, x.CurrentSnapshot().SnapshotID); n != 4 {
		t.Errorf("%d projects", n)
	}
	if n := len(x.Metadata().Snapshots()); n != 2 {
		t.Errorf("%d snapshots: something was registered twice", n)
	}
}

// TestRefused does not register what is not whole.
func TestRefused(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "dataset"), site{warehouse: t.TempDir(), namespace: "n"}
	if _, err := s.register(t, dir); err == nil {
		t.Error("a folder that is not there was registered")
	}
	commitTo(t, dir, entry(t, 1, 2018))
	part := filepath.Join(dir, "cells", "fiscal_year=2018", "part-00000.parquet")
	if err := os.Rename(filepath.Join(dir, "projects", "fiscal_year=2018", "part-00000.parquet"), part); err != nil {
		t.Fatal(err)
	}
	if _, err := s.register(t, dir); err == nil {
		t.Error("a dataset without a part was registered")
	}
	if err := os.WriteFile(filepath.Join(dir, "projects", "fiscal_year=2018", "part-00000.parquet"), []byte("another"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.register(t, dir); !errors.Is(err, errMoved) {
		t.Errorf("a part of another commit: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "_SUCCESS")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.register(t, dir); !errors.Is(err, errMoved) {
		t.Errorf("a commit that is not whole: %v", err)
	}
}

// TestCommand registers from the command line.
func TestCommand(t *testing.T) {
	dir, warehouse := filepath.Join(t.TempDir(), "dataset"), t.TempDir()
	commitTo(t, dir, entry(t, 1, 2018))
	cmd, out := command(), &bytes.Buffer{}
	cmd.SetOut(out)
	cmd.SetArgs([]string{dir, "--warehouse", warehouse, "--catalog", "sqlite:" + filepath.Join(warehouse, "other.db"), "--namespace", "m"})
	if err := cmd.ExecuteContext(context.Background()); err != nil || !strings.Contains(out.String(), "projects: 1 files added") {
		t.Errorf("%v, %s", err, out)
	}
	if _, err := os.Stat(filepath.Join(warehouse, "other.db")); err != nil {
		t.Error(err)
	}
}

// TestProperties hands what a REST catalog wants to know to its client.
func TestProperties(t *testing.T) {
	var asked *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r
		fmt.Fprint(w, `{"defaults": {}, "overrides": {}}`)
	}))
	defer server.Close()
	if _, err := openCatalog(context.Background(), server.URL, t.TempDir(), map[string]string{"token": "secret", "warehouse": "budgets"}); err != nil {
		t.Fatal(err)
	}
	if got := asked.URL.Query().Get("warehouse"); got != "budgets" {
		t.Errorf("the warehouse is %q", got)
	}
	if got := asked.Header.Get("Authorization"); got != "Bearer secret" {
		t.Errorf("the token is sent as %q", got)
	}
}
