package export

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares lines with a file in testdata.
func golden(t *testing.T, name string, lines []string) {
	t.Helper()
	got := strings.Join(lines, "\n") + "\n"
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	was := strings.Split(string(want), "\n")
	for i, line := range lines {
		if i >= len(was) || was[i] != line {
			t.Fatalf("%s:%d: got %s (run with -update to accept)", file, i+1, line)
		}
	}
	t.Fatalf("%s has more lines than there should be", file)
}

// TestRowsGolden sends a disclosure whose every field is filled, and one that
// is empty, through Parquet; the golden file says which field became which
// column, and what nulls look like.
func TestRowsGolden(t *testing.T) {
	full := &Result{Disclosure: &record.Disclosure{}, URI: "folder/full.pdf", Status: "partial", ErrorCode: "code", Error: "error"}
	n := 0
	fill(t, reflect.ValueOf(full.Disclosure).Elem(), "", &n)
	d := full.Disclosure
	d.Source.SHA256, d.Identity.RegionCode, d.Identity.FiscalYear = hashOf("full"), "130400", 2020
	d.Projects[0].StartDate, d.Projects[0].EndDate, d.Assets[0].AsOf = "2023-01-01", "1969-12-31", "2019-12-31"
	failed := &Result{Disclosure: &record.Disclosure{}, URI: "missing.doc", Status: "failed", ErrorCode: "not_found", Error: "gone"}
	failed.Disclosure.Source.SHA256 = hashOf("failed")
	failed.Disclosure.Notes = []record.Note{{Origin: record.Whole}}
	dir := filepath.Join(t.TempDir(), "new", "dataset")
	mustCommit(t, dir, []Entry{entry(full), entry(failed)}, Settings{Pipeline: "yusuan/test"})
	var got []string
	for _, x := range allTables() {
		got = append(got, x.(dumper).dump(t, dir)...)
	}
	golden(t, "rows.txt", got)
}

// fill gives every field of a record a value of its own, strings their path.
func fill(t *testing.T, v reflect.Value, path string, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[record.Decimal]() {
			v.Set(reflect.ValueOf(number(t, fmt.Sprintf("%d.5", *n))))
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name := path + "." + f.Name
			if f.Anonymous {
				name = path
			}
			fill(t, v.Field(i), strings.TrimPrefix(name, "."), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0), path, n)
	case reflect.String:
		v.SetString(path)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Float32:
		v.SetFloat(float64(*n))
	default:
		t.Fatalf("%s: no value for %s", path, v.Type())
	}
}

// TestSameDocumentsSameBytes writes the same documents in another order, in
// several commits, over other versions of themselves, and again.
func TestSameDocumentsSameBytes(t *testing.T) {
	for _, buckets := range []int{1, 3} {
		s := Settings{Buckets: buckets, Pipeline: "p"}
		all := inventAll(t, 6)
		want := t.TempDir()
		mustCommit(t, want, all, s)

		shuffled := slices.Clone(all)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		dir := t.TempDir()
		mustCommit(t, dir, shuffled, s)
		same(t, snapshot(t, want), snapshot(t, dir))

		mustCommit(t, dir, shuffled[:5], Settings{Pipeline: "p"})
		same(t, snapshot(t, want), snapshot(t, dir))

		dir = t.TempDir()
		mustCommit(t, dir, nil, s)
		for chunk := range slices.Chunk(shuffled, 7) {
			mustCommit(t, dir, chunk, s)
		}
		same(t, snapshot(t, want), snapshot(t, dir))

		// Other versions: another region, more cells, and another year.
		dir = t.TempDir()
		var others []Entry
		for i, e := range shuffled {
			r, _ := e.Load()
			d := *r.Disclosure
			d.Identity.RegionCode, d.Identity.FiscalYear = "999999", []int{2020, 2021, 1999}[i%3]
			d.Cells = append(slices.Clone(d.Cells), d.Cells...)
			others = append(others, entry(&Result{Disclosure: &d, URI: r.URI, Status: "ok"}))
		}
		mustCommit(t, dir, others[:10], s)
		mustCommit(t, dir, all, s)
		same(t, snapshot(t, want), snapshot(t, dir))
	}
}

// TestCommitTouchesOnlyWhatChanged replaces one document and looks at the
// files of the others.
func TestCommitTouchesOnlyWhatChanged(t *testing.T) {
	dir := t.TempDir()
	all := inventAll(t, 4)
	mustCommit(t, dir, all, Settings{})
	old := map[string]os.FileInfo{}
	for name := range snapshot(t, dir) {
		old[name], _ = os.Stat(filepath.Join(dir, name))
	}
	r := invent(t, 1, 2021, 50)
	m := mustCommit(t, dir, []Entry{entry(r)}, Settings{})
	for _, f := range m.Files {
		now, err := os.Stat(filepath.Join(dir, f.Path))
		if err != nil {
			t.Fatal(err)
		}
		changed := !os.SameFile(old[f.Path], now)
		want := f.Path == "documents/fiscal_year=2021/part-00000.parquet" || // cell_count
			f.Path == "cells/fiscal_year=2021/part-00000.parquet" || f.Path == "tables/fiscal_year=2021/part-00000.parquet"
		if changed != want {
			t.Errorf("%s: written again: %v, want %v", f.Path, changed, want)
		}
	}
	if n := len(readTable[documentRow](t, dir, "documents")); n != len(all) {
		t.Errorf("%d documents, want %d", n, len(all))
	}
}

// TestLoadOnceInOrder makes sure that documents are loaded one by one, in the
// order of the rows, each once.
func TestLoadOnceInOrder(t *testing.T) {
	var loaded, want []string
	var entries []Entry
	for i := range 9 {
		e := entry(invent(t, i, 2020, 3))
		load := e.Load
		e.Load = func() (*Result, error) {
			loaded = append(loaded, e.DocumentID)
			return load()
		}
		entries = append(entries, e)
	}
	dir := t.TempDir()
	mustCommit(t, dir, entries, Settings{})
	type regionAndID struct {
		RegionCode string `parquet:"region_code,dict"`
		DocumentID string `parquet:"document_id,dict"`
	}
	last := regionAndID{}
	for _, d := range readTable[regionAndID](t, dir, "documents") {
		if compare(last.RegionCode, last.DocumentID, d.RegionCode, d.DocumentID) >= 0 {
			t.Errorf("%v comes after %v", d, last)
		}
		last = d
		want = append(want, d.DocumentID)
	}
	if !slices.Equal(loaded, want) {
		t.Errorf("loaded %q, want %q", loaded, want)
	}
}

// TestMovedDocument moves the only document of a year to another year, and
// the parts of the first year go.
func TestMovedDocument(t *testing.T) {
	dir := t.TempDir()
	r := invent(t, 1, 2019, 5)
	mustCommit(t, dir, []Entry{entry(r), entry(invent(t, 2, 2020, 5))}, Settings{})
	r.Disclosure.Identity.FiscalYear = 2021
	mustCommit(t, dir, []Entry{entry(r)}, Settings{})
	for _, x := range allTables() {
		got, err := os.ReadDir(filepath.Join(dir, x.name()))
		if err != nil || len(got) != 2 || got[0].Name() != "fiscal_year=2020" || got[1].Name() != "fiscal_year=2021" {
			t.Errorf("%s: %v, %v", x.name(), got, err)
		}
	}
	if n := len(readTable[cellRow](t, dir, "cells")); n != 10 {
		t.Errorf("%d cells, want 10", n)
	}
}

// TestEmptyDataset can be read table by table, and leaves no trace when
// documents come.
func TestEmptyDataset(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		if m := mustCommit(t, dir, nil, Settings{}); len(m.Files) != len(allTables()) {
			t.Errorf("%d files", len(m.Files))
		}
	}
	if n := len(readTable[cellRow](t, dir, "cells")); n != 0 {
		t.Errorf("%d cells", n)
	}
}

// TestFailedLoad leaves the dataset as it was, _SUCCESS and all.
func TestFailedLoad(t *testing.T) {
	dir := t.TempDir()
	all := inventAll(t, 5)
	mustCommit(t, dir, all[:9], Settings{})
	want := snapshot(t, dir)

	broken := errors.New("broken")
	bad := slices.Clone(all)
	bad[10].Load = func() (*Result, error) { return nil, broken }
	_, err := Commit(dir, bad, Settings{})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), bad[10].DocumentID) {
		t.Errorf("got %v", err)
	}
	valid(t, dir)
	same(t, want, snapshot(t, dir))

	mustCommit(t, dir, all, Settings{})
	whole := t.TempDir()
	mustCommit(t, whole, all, Settings{})
	same(t, snapshot(t, whole), snapshot(t, dir))
}

// TestCrash stops a commit after every step that is visible in the folder.
// Before the decision the old dataset stands, after it the next commit
// finishes the new one.
func TestCrash(t *testing.T) {
	all := inventAll(t, 4)
	before, after := t.TempDir(), t.TempDir()
	mustCommit(t, before, all[:6], Settings{})
	old, _ := all[0].Load()
	moved := *old.Disclosure
	moved.Identity.FiscalYear = 1999
	second := append(slices.Clone(all[6:]), entry(&Result{Disclosure: &moved, URI: old.URI, Status: "ok"}))
	mustCommit(t, after, all[:6], Settings{})
	mustCommit(t, after, second, Settings{})

	prepare := func(first, second []Entry) (*dataset, *Manifest) {
		dir := t.TempDir()
		if first != nil {
			mustCommit(t, dir, first, Settings{})
		}
		d, err := openDataset(dir, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		jobs, err := d.plan(second, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := d.stage(jobs)
		if err != nil {
			t.Fatal(err)
		}
		return d, m
	}

	// Not decided: the staged manifest is missing.
	d, _ := prepare(all[:6], second)
	if err := os.Remove(d.staged(manifestName)); err != nil {
		t.Fatal(err)
	}
	mustCommit(t, d.dir, nil, Settings{})
	same(t, snapshot(t, before), snapshot(t, d.dir))

	// Decided: none, one, some or all of the renames were done.
	for _, done := range []int{0, 1, 20, 3 * len(allTables())} {
		d, m := prepare(all[:6], second)
		for _, f := range m.Files[:done] {
			if err := d.install(f.Path); err != nil {
				t.Fatal(err)
			}
		}
		mustCommit(t, d.dir, nil, Settings{})
		same(t, snapshot(t, after), snapshot(t, d.dir))
	}

	// Decided: the first commit into a new folder.
	d, m := prepare(nil, all[:6])
	for _, f := range m.Files[:9] {
		if err := d.install(f.Path); err != nil {
			t.Fatal(err)
		}
	}
	mustCommit(t, d.dir, nil, Settings{})
	same(t, snapshot(t, before), snapshot(t, d.dir))

	// All done but the clearing up.
	d, m = prepare(all[:6], second)
	if err := d.publish(m); err != nil {
		t.Fatal(err)
	}
	data, _ := encodeJSON(m)
	if err := os.Mkdir(d.staging(), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.staged(manifestName), data, 0o644); err != nil {
		t.Fatal(err)
	}
	mustCommit(t, d.dir, nil, Settings{})
	same(t, snapshot(t, after), snapshot(t, d.dir))
}

// TestRefused gives Commit what it must not accept.
func TestRefused(t *testing.T) {
	good := entry(invent(t, 1, 2020, 3))
	change := func(f func(*Entry)) []Entry {
		e := good
		f(&e)
		return []Entry{good, e}
	}
	other := entry(invent(t, 2, 2020, 3))
	for want, entries := range map[string][]Entry{
		"was given twice":               {good, good},
		"is not 32 hexadecimal":         change(func(e *Entry) { e.DocumentID = "ABC" }),
		"fiscal year -1":                change(func(e *Entry) { e.DocumentID, e.FiscalYear = other.DocumentID, -1 }),
		"there is no Load":              change(func(e *Entry) { e.DocumentID, e.Load = other.DocumentID, nil }),
		"nothing was loaded":            {{DocumentID: other.DocumentID, Load: func() (*Result, error) { return nil, nil }}},
		`(region "999999", year 20`:     {{DocumentID: other.DocumentID, RegionCode: "999999", FiscalYear: 2020, Load: other.Load}},
		`(region "310107", year 21`:     {{DocumentID: other.DocumentID, RegionCode: "310107", FiscalYear: 21, Load: other.Load}},
		"loaded was " + good.DocumentID: {{DocumentID: other.DocumentID, RegionCode: good.RegionCode, FiscalYear: 2020, Load: good.Load}},
	} {
		_, err := Commit(t.TempDir(), entries, Settings{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	for _, n := range []int{-1, maxBuckets + 1} {
		if _, err := Commit(t.TempDir(), nil, Settings{Buckets: n}); err == nil {
			t.Errorf("%d buckets were accepted", n)
		}
	}
}

// TestForeignFolder touches nothing that it did not make.
func TestForeignFolder(t *testing.T) {
	for name, content := range map[string]string{
		"thesis.txt": "mine", manifestName: `{"files": []}`, "documents/fiscal_year=2020/part-00000.parquet": "x",
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Commit(dir, inventAll(t, 1), Settings{})
		if !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v", name, err)
		}
		if got := snapshot(t, dir); len(got) != 1 || got[name] != content {
			t.Errorf("%s: now there is %q", name, got)
		}
		if _, err := Commit(file, nil, Settings{}); err == nil {
			t.Error("a file was taken for a folder")
		}
	}
}

// TestMismatch refuses other buckets and another schema.
func TestMismatch(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 2), Settings{Buckets: 3})
	want := snapshot(t, dir)
	_, err := Commit(dir, nil, Settings{Buckets: 2})
	if !errors.Is(err, ErrMismatch) || !strings.Contains(err.Error(), "3 buckets, not 2") {
		t.Errorf("got %v", err)
	}
	same(t, want, snapshot(t, dir))
	m := mustCommit(t, dir, nil, Settings{})
	if m.Buckets != 3 {
		t.Errorf("%d buckets", m.Buckets)
	}
	m.Schema = "0"
	data, _ := encodeJSON(m)
	if err := os.WriteFile(filepath.Join(dir, manifestName), data, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Commit(dir, nil, Settings{}); !errors.Is(err, ErrMismatch) {
		t.Errorf("got %v", err)
	}
}

// TestDamagedPart refuses to copy rows from a part that is not the one that
// was written.
func TestDamagedPart(t *testing.T) {
	for _, how := range []string{"changed", "gone"} {
		for _, table := range []string{"documents", "cells"} {
			dir := t.TempDir()
			mustCommit(t, dir, inventAll(t, 2), Settings{})
			file := filepath.Join(dir, table, "fiscal_year=2020", "part-00000.parquet")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			data[100] ^= 1
			if how == "changed" {
				err = os.WriteFile(file, data, 0o644)
			} else {
				err = os.Remove(file)
			}
			if err != nil {
				t.Fatal(err)
			}
			_, err = Commit(dir, []Entry{entry(invent(t, 1, 2020, 1))}, Settings{})
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), table+"/") || strings.Contains(err.Error(), "out of order") {
				t.Errorf("%s %s: %v", table, how, err)
			}
		}
	}
}
