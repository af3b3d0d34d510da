package export

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"yusuan/export/parquet"
)

// Row types as a program of an earlier schema may have had them: without the
// count of a table that it did not have, without texts, decimals, dates and
// lists, nullable and not.
type (
	earlierDocument struct {
		key
		SHA256           string `parquet:"sha256,dict"`
		URI              string `parquet:"uri,dict"`
		ParagraphCount   int32  `parquet:"paragraph_count"`
		TableCount       int32  `parquet:"table_count"`
		CellCount        int32  `parquet:"cell_count"`
		CharacterCount   int64  `parquet:"character_count"`
		AmountCount      int32  `parquet:"amount_count"`
		BudgetLineCount  int32  `parquet:"budget_line_count"`
		ProjectCount     int32  `parquet:"project_count"`
		IndicatorCount   int32  `parquet:"indicator_count"`
		ProcurementCount int32  `parquet:"procurement_count"`
		NoteCount        int32  `parquet:"note_count"`
		Status           string `parquet:"status,dict"`
	}
	earlierProject struct {
		key
		TableNo   int32  `parquet:"table_no,optional"`
		ProjectNo int32  `parquet:"project_no"`
		Name      string `parquet:"name,dict"`
		Fiscal    *int64 `parquet:"fiscal,decimal(4:18)"`
	}
)

// ager writes a file of a table as the program of an earlier schema would.
type ager interface {
	age(t *testing.T, dir, name string)
}

func (x tableOf[T]) age(t *testing.T, dir, name string) {
	same := func(rows []T) []T { return rows }
	o := metadataOf(x.id)
	o.Metadata["yusuan.schema"] = "1"
	switch x.id {
	case "documents":
		rewrite(name, o, func(rows []earlierDocument) []earlierDocument { return rows })(t, dir)
	case "projects":
		rewrite(name, o, func(rows []earlierProject) []earlierProject { return rows })(t, dir)
	default:
		rewrite(name, o, same)(t, dir)
	}
}

// aged commits entries and makes the dataset one of an earlier schema, which
// had no findings.
func aged(t *testing.T, entries []Entry) string {
	dir := t.TempDir()
	m := mustCommit(t, dir, entries, Settings{Pipeline: "yusuan/early"})
	for _, f := range m.Files {
		name, _, _ := parsePath(f.Path)
		for _, table := range allTables() {
			if table.name() == name {
				table.(ager).age(t, dir, f.Path)
			}
		}
	}
	editManifest(t, dir, func(m *Manifest) {
		m.Schema = "1"
		var kept []File
		for _, f := range m.Files {
			if !strings.HasPrefix(f.Path, "findings/") {
				kept = append(kept, f)
			}
		}
		m.Files = kept
	})
	for _, name := range []string{"findings", croissantName, contractName} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestEarlierSchema reads a dataset of an earlier schema and commits to it: what
// it had stays, what it did not have is null or empty, and afterwards it is one
// of this schema in every part.
func TestEarlierSchema(t *testing.T) {
	all := inventAll(t, 6)
	dir := aged(t, all[:4])
	v, err := Verify(context.Background(), dir)
	if err != nil || len(v.Problems) > 0 || v.Older != "1" || v.Documents != 4 {
		t.Fatalf("%v, %+v", err, v)
	}
	before := readTable[earlierProject](t, dir, "projects")
	o, err := Summarize(context.Background(), dir)
	if err != nil || o.Documents != 4 || o.Schema != "1" {
		t.Errorf("%v, %+v", err, o)
	}
	if err := Check(dir, Settings{}); err != nil {
		t.Error(err)
	}
	// The others stand beside old documents or in parts of their own.
	m := mustCommit(t, dir, all[4:], Settings{Pipeline: "yusuan/late"})
	if got := findings(t, dir); len(got) > 0 || m.Schema != SchemaVersion || m.Older() {
		t.Errorf("after the commit, schema %s: %q", m.Schema, got)
	}
	isNew := map[string]bool{}
	for _, e := range all[4:] {
		isNew[e.DocumentID] = true
	}
	for i, r := range readTable[projectRow](t, dir, "projects") {
		full := r.Total != nil && len(r.Goals) == 2 && len(r.SpendingPlan) == 1 && r.StartDate != nil
		none := r.Total == nil && len(r.Goals) == 0 && len(r.SpendingPlan) == 0 && r.StartDate == nil && r.Code == "" && r.PageNo == 0
		if r.Name != "项目" || isNew[r.DocumentID] && !full || !isNew[r.DocumentID] && !none {
			t.Errorf("row %d of document %s is %+v", i, r.DocumentID, r)
		}
		for _, b := range before {
			if b.DocumentID == r.DocumentID && (b.key != r.key || b.TableNo != r.TableNo || !reflect.DeepEqual(b.Fiscal, r.Fiscal)) {
				t.Errorf("%+v became %+v", b, r)
			}
		}
	}
	for _, r := range readTable[documentRow](t, dir, "documents") {
		if r.URI == "" || r.ParagraphCount != 1 || r.ProjectCount != 1 || (r.FindingCount == 1) != isNew[r.DocumentID] {
			t.Errorf("document %+v", r)
		}
	}
	if n := len(readTable[findingRow](t, dir, "findings")); n != len(isNew) {
		t.Errorf("%d findings, want those of %d new documents", n, len(isNew))
	}
}

// TestEarlierSchemaAlone brings a dataset up to date by a commit of nothing.
func TestEarlierSchemaAlone(t *testing.T) {
	dir := aged(t, inventAll(t, 3))
	mustCommit(t, dir, nil, Settings{})
	if got := findings(t, dir); len(got) > 0 {
		t.Errorf("found %q", got)
	}
}

// TestEarlierSchemaRepair repairs a dataset of an earlier schema: a part of which
// a file has changed, and a manifest that is lost. What is written anew is of
// this schema, with all that the documents have; the others have what they had.
func TestEarlierSchemaRepair(t *testing.T) {
	all := inventAll(t, 4)
	dir := aged(t, all)
	last, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	damaged := last.parts()[1]
	flip(t, dir, damaged.path("cells"))
	if _, err := Commit(dir, nil, Settings{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("without a Repairer: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, manifestName)); err != nil {
		t.Fatal(err)
	}
	m := &memory{entries: all, last: last}
	now, err := Commit(dir, nil, Settings{Repair: m, Rebuild: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := findings(t, dir); len(got) > 0 || now.Schema != SchemaVersion || len(m.repaired) != 2 {
		t.Errorf("schema %s, repaired %v, found %q", now.Schema, m.repaired, got)
	}
	for _, r := range readTable[documentRow](t, dir, "documents") {
		if anew := int(r.FiscalYear) == damaged.year; r.FindingCount == 1 != anew {
			t.Errorf("document %s of %d has %d findings", r.DocumentID, r.FiscalYear, r.FindingCount)
		}
	}
}

// TestEarlierSchemaLinks refuses to link a dataset of an earlier schema, whose
// parts the manifest would no longer be right about, until a commit has brought
// it up to date.
func TestEarlierSchemaLinks(t *testing.T) {
	dir := aged(t, inventAll(t, 3))
	before := snapshot(t, dir)
	if _, err := Relink(t.Context(), dir, RelinkSettings{}, linkAll); !errors.Is(err, ErrMismatch) || !strings.Contains(err.Error(), "yusuan commit") {
		t.Errorf("got %v", err)
	}
	same(t, before, snapshot(t, dir))
	n := 0
	if err := Scan(t.Context(), dir, "projects", nil, func(r *projectRow) error { n++; return nil }); err != nil || n != len(readTable[earlierProject](t, dir, "projects")) {
		t.Errorf("%d projects, %v", n, err)
	}
	mustCommit(t, dir, nil, Settings{Pipeline: "p"})
	mustRelink(t, dir, RelinkSettings{})
	if got := findings(t, dir); len(got) > 0 {
		t.Errorf("found %q", got)
	}
}

// TestEarlierSchemaDamage still finds what is wrong with a dataset of an earlier
// schema, and with a part of one in a dataset of this.
func TestEarlierSchemaDamage(t *testing.T) {
	dir := aged(t, inventAll(t, 3))
	m, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	cells := m.parts()[0].path("cells")
	o := metadataOf("cells")
	o.Metadata["yusuan.schema"] = "1"
	rewrite(cells, o, func(r []cellRow) []cellRow { return r[1:] })(t, dir)
	expect(t, "a lost row", findings(t, dir), []string{"count "})
	dir = t.TempDir()
	m = mustCommit(t, dir, inventAll(t, 3), Settings{})
	name := m.parts()[0].path("projects")
	tableOf[projectRow]{id: "projects"}.age(t, dir, name)
	expect(t, "a part of another schema", findings(t, dir), []string{"metadata " + name})
}

// TestSchemaAge holds which versions are read, and what is said of the others.
func TestSchemaAge(t *testing.T) {
	own, err := strconv.Atoi(SchemaVersion)
	if err != nil || own <= firstSchema {
		t.Fatalf("SchemaVersion %q is no number behind %d", SchemaVersion, firstSchema)
	}
	for version, want := range map[string]string{
		SchemaVersion: "", strconv.Itoa(firstSchema): "older", strconv.Itoa(own + 1): "or a newer one",
		"0": "write a new dataset", "": "write a new dataset", "2.1": "write a new dataset",
	} {
		older, err := schemaAge(version)
		if older != (want == "older") || (err != nil) != (want != "" && want != "older") ||
			err != nil && (!errors.Is(err, ErrMismatch) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, %v", version, older, err)
		}
	}
	// A later schema may have tables that are not known here.
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 1), Settings{})
	editManifest(t, dir, func(m *Manifest) {
		m.Schema = strconv.Itoa(own + 1)
		m.Files = append(m.Files, File{Path: "unheard/fiscal_year=2020/part-00000.parquet"})
	})
	for name, err := range map[string]error{"Check": Check(dir, Settings{}), "Verify": func() error { _, err := Verify(context.Background(), dir); return err }()} {
		if !errors.Is(err, ErrMismatch) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMissingColumn refuses a file that lacks a column and is of this schema.
func TestMissingColumn(t *testing.T) {
	dir := t.TempDir()
	m := mustCommit(t, dir, inventAll(t, 1), Settings{})
	f, err := os.Open(filepath.Join(dir, m.parts()[0].path("notes")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	for older, want := range map[bool]string{false: "column project_no: want INT32, the file has none", true: ""} {
		_, err := parquet.NewChoiceReader[earlierProject](f, info.Size(), parquet.Choice{Older: func(map[string]string) bool { return older }})
		if got := errorText(err); !strings.Contains(got, want) || (got == "") != older {
			t.Errorf("older %v: %s", older, got)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
