package export

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/export/parquet"
)

const (
	damagedDocuments = "documents/fiscal_year=2020/part-00000.parquet"
	damagedCells     = "cells/fiscal_year=2020/part-00000.parquet"
	damagedProjects  = "projects/fiscal_year=2020/part-00000.parquet"
)

// sound makes a small dataset, to be copied: a commit waits for the disk.
func sound(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 9), Settings{Pipeline: "yusuan/test"})
	return dir
}

// copied copies a dataset, to be damaged.
func copied(t *testing.T, from string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// findings verifies a dataset and prints what was found.
func findings(t *testing.T, dir string) []string {
	t.Helper()
	v, err := Verify(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, p := range v.Problems {
		out = append(out, p.Check+" "+p.File+": "+p.Message)
	}
	return out
}

// TestVerifySound finds nothing wrong with what Commit writes.
func TestVerifySound(t *testing.T) {
	for name, s := range map[string]Settings{"one bucket": {}, "three buckets": {Buckets: 3}} {
		for _, documents := range []int{0, 1, 12} {
			dir := t.TempDir()
			m := mustCommit(t, dir, inventAll(t, documents), s)
			v, err := Verify(context.Background(), dir)
			if err != nil {
				t.Fatal(err)
			}
			var rows int64
			for _, f := range m.Files {
				rows += f.Rows
			}
			if len(v.Problems) > 0 || v.Files != len(m.Files) || v.Rows != rows || v.Documents != int64(3*documents) {
				t.Errorf("%s, %d: %+v", name, documents, v)
			}
		}
	}
}

// edit changes the bytes of a file of a dataset.
func edit(name string, change func([]byte) []byte) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		name := filepath.Join(dir, filepath.FromSlash(name))
		data, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(name, change(data), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// remove removes a file of a dataset.
func remove(name string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
}

// TestVerifyFiles damages files of a dataset and expects each finding, and no
// other.
func TestVerifyFiles(t *testing.T) {
	replace := func(old, new string) func([]byte) []byte {
		return func(data []byte) []byte { return bytes.Replace(data, []byte(old), []byte(new), 1) }
	}
	good := sound(t)
	const hidden = ".others/part.parquet"
	for name, c := range map[string]struct {
		damage func(t *testing.T, dir string)
		want   []string
	}{
		"a part is gone":     {remove(damagedCells), []string{"missing " + damagedCells + ": the file is not there"}},
		"a part is cut":      {edit(damagedCells, func(b []byte) []byte { return b[:len(b)-1] }), []string{"bytes " + damagedCells}},
		"a byte is flipped":  {edit(damagedDocuments, func(b []byte) []byte { b[99] ^= 1; return b }), []string{"hash " + damagedDocuments}},
		"no _SUCCESS":        {remove(successName), []string{"commit _SUCCESS: the last commit was not whole"}},
		"no datapackage":     {remove(datapackageName), []string{"missing datapackage.json"}},
		"another name":       {edit(datapackageName, replace("yusuan", "theirs")), []string{"datapackage datapackage.json: it is not what this version writes for this manifest; they part in line 3"}},
		"another schema":     {edit(manifestName, replace(`"schema": "`, `"schema": "x`)), []string{"schema manifest.json", "datapackage datapackage.json", "croissant croissant.json", "datacontract datacontract.yaml"}},
		"no croissant":       {remove(croissantName), []string{"missing croissant.json"}},
		"another contract":   {edit(contractName, replace("active", "draft")), []string{"datacontract datacontract.yaml: it is not what this version writes for this manifest; they part in line 6"}},
		"a part is unnamed":  {dropFromManifest(damagedCells), []string{"manifest manifest.json: " + damagedCells + " is not named", "stray " + damagedCells}},
		"named twice":        {nameTwice(damagedCells), []string{"manifest manifest.json: " + damagedCells + " stands behind"}},
		"other rows":         {otherRows(damagedCells), []string{"rows " + damagedCells + ": the file has 22 rows, the manifest says 23"}},
		"not Parquet at all": {notParquet(damagedProjects), []string{"unreadable " + damagedProjects}},
		"an interrupted commit": {func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, stagingName), 0o755); err != nil {
				t.Fatal(err)
			}
		}, []string{"commit .yusuan-commit: a commit was interrupted"}},
		"stray parts": {func(t *testing.T, dir string) {
			for _, name := range []string{"cells/fiscal_year=1999/part-00000.parquet", "loose.parquet", hidden} {
				name = filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, nil, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}, []string{"stray cells/fiscal_year=1999/part-00000.parquet", "stray loose.parquet"}},
	} {
		dir := copied(t, good)
		c.damage(t, dir)
		expect(t, name, findings(t, dir), c.want)
	}
}

// expect compares findings with their beginnings; the last of these may stand
// for several.
func expect(t *testing.T, name string, got, want []string) {
	t.Helper()
	for i, g := range got {
		if !strings.HasPrefix(g, want[min(i, len(want)-1)]) {
			t.Errorf("%s: found %q, want %q", name, got, want)
			return
		}
	}
	if len(got) < len(want) {
		t.Errorf("%s: found %q, want %q", name, got, want)
	}
}

// editManifest changes the manifest of a dataset.
func editManifest(t *testing.T, dir string, change func(m *Manifest)) {
	t.Helper()
	m, err := readManifest(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	change(m)
	data, err := encodeJSON(m)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, manifestName), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func dropFromManifest(name string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		editManifest(t, dir, func(m *Manifest) {
			m.Files = slices.DeleteFunc(m.Files, func(f File) bool { return f.Path == name })
		})
	}
}

func nameTwice(name string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		editManifest(t, dir, func(m *Manifest) { m.Files = append(m.Files, *m.file(name)) })
	}
}

func otherRows(name string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) { editManifest(t, dir, func(m *Manifest) { m.file(name).Rows++ }) }
}

func notParquet(name string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		install(t, dir, name, bytes.Repeat([]byte("no Parquet"), 9))
	}
}

// install puts a file into a dataset as if it had been committed.
func install(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o644); err != nil {
		t.Fatal(err)
	}
	editManifest(t, dir, func(m *Manifest) {
		f := m.file(name)
		f.Bytes, f.SHA256 = int64(len(data)), hashOf(string(data))
	})
}

// rewrite writes a part with other rows, as a mistake of the program would.
func rewrite[T any](name string, o parquet.Options, change func(rows []T) []T) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		f, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		info, _ := f.Stat()
		r, err := parquet.NewReader[T](f, info.Size())
		if err != nil {
			t.Fatal(err)
		}
		rows := make([]T, 1000)
		n, err := r.Read(rows)
		if !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		rows = change(rows[:n])
		var out bytes.Buffer
		w := parquet.NewWriter[T](&out, o)
		if err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		install(t, dir, name, out.Bytes())
		editManifest(t, dir, func(m *Manifest) { m.file(name).Rows = int64(len(rows)) })
	}
}

func metadataOf(table string) parquet.Options {
	return parquet.Options{Metadata: map[string]string{
		"yusuan.schema": SchemaVersion, "yusuan.table": table, "yusuan.pipeline": "yusuan/test"}}
}

// TestVerifyRows writes parts with rows that no commit writes; the manifest
// fits them, so that only the rows tell.
func TestVerifyRows(t *testing.T) {
	documents := func(change func(rows []documentRow) []documentRow) func(*testing.T, string) {
		return rewrite(damagedDocuments, metadataOf("documents"), change)
	}
	cells := func(change func(rows []cellRow) []cellRow) func(*testing.T, string) {
		return rewrite(damagedCells, metadataOf("cells"), change)
	}
	projects := func(change func(rows []projectRow) []projectRow) func(*testing.T, string) {
		return rewrite(damagedProjects, metadataOf("projects"), change)
	}
	good, most := sound(t), int64(maxLarge+1)
	for name, c := range map[string]struct {
		damage func(t *testing.T, dir string)
		want   []string
	}{
		"nothing":         {cells(func(r []cellRow) []cellRow { return r }), nil},
		"a row is lost":   {cells(func(r []cellRow) []cellRow { return r[1:] }), []string{"count " + damagedDocuments + ": document "}},
		"a count is off":  {documents(func(r []documentRow) []documentRow { r[0].NoteCount++; return r }), []string{"count " + damagedDocuments + ": document "}},
		"characters":      {documents(func(r []documentRow) []documentRow { r[0].CharacterCount++; return r }), []string{"count " + damagedDocuments + ": document "}},
		"no document":     {documents(func(r []documentRow) []documentRow { return r[1:] }), []string{"key "}},
		"twice":           {documents(func(r []documentRow) []documentRow { return append(r[:1:1], r...) }), []string{"key " + damagedDocuments, "count "}},
		"another hash":    {documents(func(r []documentRow) []documentRow { r[0].SHA256 = "x"; return r }), []string{"key " + damagedDocuments + ": document_id"}},
		"another year":    {projects(func(r []projectRow) []projectRow { r[0].FiscalYear = 2021; return r }), []string{"partition " + damagedProjects, "key " + damagedProjects}},
		"no year":         {documents(func(r []documentRow) []documentRow { r[0].FiscalYear = 0; return r }), []string{"partition " + damagedDocuments, "key "}},
		"another office":  {projects(func(r []projectRow) []projectRow { r[0].Department = "x"; return r }), []string{"key " + damagedProjects}},
		"out of order":    {documents(func(r []documentRow) []documentRow { slices.Reverse(r); return r }), []string{"order " + damagedDocuments}},
		"cells reversed":  {cells(func(r []cellRow) []cellRow { slices.Reverse(r); return r }), []string{"order " + damagedCells}},
		"within document": {cells(func(r []cellRow) []cellRow { last := len(r) - 1; r[last], r[last-1] = r[last-1], r[last]; return r }), []string{"order " + damagedCells + ": document "}},
		"too many digits": {projects(func(r []projectRow) []projectRow { r[0].Total = &most; return r }), []string{"decimal " + damagedProjects + ": document "}},
		"in a list":       {projects(func(r []projectRow) []projectRow { r[0].SpendingPlan[0].Percent = -maxSmall - 1; return r }), []string{"decimal " + damagedProjects + ": document "}},
		"no metadata": {rewrite(damagedCells, parquet.Options{}, func(r []cellRow) []cellRow { return r }),
			[]string{"metadata " + damagedCells}},
		"other columns": {rewrite(damagedCells, metadataOf("cells"), func(r []oldDocument) []oldDocument { return r }), []string{"schema " + damagedCells}},
	} {
		dir := copied(t, good)
		c.damage(t, dir)
		expect(t, name, findings(t, dir), c.want)
	}
}

// TestVerifyBuckets notices a document in the bucket of another.
func TestVerifyBuckets(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 12), Settings{Buckets: 2})
	editManifest(t, dir, func(m *Manifest) { m.Buckets = 3 })
	got := findings(t, dir)
	if len(got) == 0 || slices.ContainsFunc(got, func(g string) bool { return !strings.HasPrefix(g, "partition documents/") }) {
		t.Errorf("found %q", got)
	}
}

// TestVerifyTellsSome does not keep what is wrong with every row.
func TestVerifyTellsSome(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, []Entry{entry(invent(t, 1, 2020, 100))}, Settings{})
	rewrite(damagedCells, metadataOf("cells"), func(r []cellRow) []cellRow {
		for i := range r {
			r[i].Kind = "x"
		}
		return r
	})(t, dir)
	v, err := Verify(context.Background(), dir)
	if err != nil || len(v.Problems) != maxTold || v.Untold != 100-maxTold {
		t.Errorf("%v: %d told, %d not", err, len(v.Problems), v.Untold)
	}
}

// TestVerifyNoDataset is an error, no finding.
func TestVerifyNoDataset(t *testing.T) {
	if _, err := Verify(context.Background(), t.TempDir()); !errors.Is(err, ErrForeign) {
		t.Errorf("an empty folder: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Verify(ctx, sound(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
