package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// linkAll is a linker that makes a department of every document's name.
func linkAll(ctx context.Context, src *LinkSource, out *LinkSink) error {
	return src.Regions(ctx, func(documents []Mention, _ Organizations) error {
		seen := map[string]bool{}
		for i := range documents {
			m := &documents[i]
			seed := m.RegionCode + "|" + m.Name
			if !seen[seed] {
				seen[seed] = true
				e := &Entity{ID: EntityID(EntityDepartment, seed), Type: EntityDepartment, Name: m.Name, Seed: seed, Aliases: []string{"乙", "甲"}}
				if err := out.Entity(e); err != nil {
					return err
				}
			}
			if err := out.Link(&Link{EntityID: EntityID(EntityDepartment, seed), EntityType: EntityDepartment, DocumentID: m.DocumentID,
				RegionCode: m.RegionCode, FiscalYear: m.FiscalYear, Table: "documents", BlockNo: -1, RowNo: -1, ColNo: -1,
				Name: m.Name, Method: MethodName, Status: StatusLink, Score: ScoreOne}); err != nil {
				return err
			}
		}
		return nil
	})
}

func mustRelink(t *testing.T, dir string, s RelinkSettings) *Manifest {
	t.Helper()
	s.Pipeline = "p"
	m, err := Relink(t.Context(), dir, s, linkAll)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// problems verifies a dataset and returns what is wrong by check.
func problems(t *testing.T, dir string) []string {
	t.Helper()
	v, err := Verify(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range v.Problems {
		out = append(out, p.Check+": "+p.Message)
	}
	return out
}

// TestRelink adds the tables, tells when they are old, keeps decisions, and
// leaves all other files alone.
func TestRelink(t *testing.T) {
	dir := t.TempDir()
	before := mustCommit(t, dir, inventAll(t, 6), Settings{Pipeline: "p"})
	if _, err := Relink(t.Context(), dir, RelinkSettings{OnlyIfThere: true}, linkAll); !errors.Is(err, ErrNoLinks) {
		t.Errorf("a dataset without links: %v", err)
	}
	decided := []Decision{{Verdict: "same", Type: "unit", A: "1", B: "2"}}
	m := mustRelink(t, dir, RelinkSettings{Decisions: decided})
	if got := problems(t, dir); got != nil {
		t.Fatal(got)
	}
	for _, f := range before.Files {
		if now := m.file(f.Path); now == nil || *now != f {
			t.Errorf("%s has changed", f.Path)
		}
	}
	hash1, _ := before.DocumentsHash()
	if hash2, err := m.DocumentsHash(); err != nil || hash1 != hash2 {
		t.Errorf("linking changed the documents: %s, %s, %v", hash1, hash2, err)
	}
	n := 0
	if err := Links(t.Context(), dir, func(l *Link) error { n++; return nil }); err != nil || int64(n) != documentsOf(m) {
		t.Errorf("%d links, %v", n, err)
	}
	if err := Entities(t.Context(), dir, func(e *Entity) error {
		if !slices.Equal(e.Aliases, []string{"乙", "甲"}) && !slices.Equal(e.Aliases, []string{"甲", "乙"}) || !slices.IsSorted(e.Aliases) {
			return fmt.Errorf("aliases %q", e.Aliases)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}

	m = mustCommit(t, dir, inventAll(t, 8), Settings{Pipeline: "p"})
	if got := problems(t, dir); len(got) != 1 || !strings.HasPrefix(got[0], "stale: ") || !m.Stale() {
		t.Errorf("after more documents: %q", got)
	}
	if o, err := Summarize(t.Context(), dir); err != nil || !o.Linked || !o.LinksStale || len(o.Tables) != 16 {
		t.Errorf("%+v, %v", o, err)
	}
	m = mustRelink(t, dir, RelinkSettings{OnlyIfThere: true})
	if got := problems(t, dir); got != nil || !slices.Equal(m.Linkage.Decisions, decided) {
		t.Errorf("%q, decisions %v", got, m.Linkage.Decisions)
	}
	again := mustRelink(t, dir, RelinkSettings{})
	if !slices.Equal(m.Files, again.Files) {
		t.Error("the same documents gave other files")
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".yusuan-*")); err != nil || left != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestRelinkFails leaves the dataset as it was.
func TestRelinkFails(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 3), Settings{Pipeline: "p"})
	m := mustRelink(t, dir, RelinkSettings{})
	broken := errors.New("broken")
	_, err := Relink(t.Context(), dir, RelinkSettings{}, func(ctx context.Context, src *LinkSource, out *LinkSink) error {
		return errors.Join(linkAll(ctx, src, out), broken)
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	now, err := ReadManifest(dir)
	if err != nil || !slices.Equal(m.Files, now.Files) || problems(t, dir) != nil {
		t.Errorf("%v, %q", err, problems(t, dir))
	}
	if _, err := Relink(t.Context(), filepath.Join(dir, "none"), RelinkSettings{}, linkAll); !errors.Is(err, ErrForeign) {
		t.Errorf("of no dataset: %v", err)
	}
}

// TestVerifyLinkage finds rows that belong to nothing.
func TestVerifyLinkage(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 2), Settings{Pipeline: "p"})
	_, err := Relink(t.Context(), dir, RelinkSettings{Pipeline: "p"}, func(ctx context.Context, src *LinkSource, out *LinkSink) error {
		good := EntityID(EntityProject, "good")
		return errors.Join(
			out.Entity(&Entity{ID: good, Type: EntityProject, Seed: "good", ParentID: EntityID(EntityDepartment, "nobody")}),
			out.Entity(&Entity{ID: EntityID(EntityProject, "x"), Type: EntityProject, Seed: "y"}),
			out.Link(&Link{EntityID: good, EntityType: EntityDepartment, DocumentID: strings.Repeat("0", 32)}),
			out.Link(&Link{EntityID: good, EntityType: EntityProject, DocumentID: strings.Repeat("0", 32), Score: 10_001}))
	})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(problems(t, dir), "\n")
	for _, want := range []string{"with the seed \"y\"", "no entity with its parent_id", "is that of no department in entities",
		"is not in documents", "score is 10001"} {
		if !strings.Contains(got, want) {
			t.Errorf("not told: %s\n%s", want, got)
		}
	}
	if err := os.Remove(filepath.Join(dir, linksTable, wholePart)); err != nil {
		t.Fatal(err)
	}
	if got := problems(t, dir); !slices.ContainsFunc(got, func(p string) bool { return strings.HasPrefix(p, "missing: ") }) {
		t.Errorf("a missing file is not told: %q", got)
	}
}

// TestSorter brings more rows than fit into memory into order, those that are
// equal in the order in which they came.
func TestSorter(t *testing.T) {
	type row struct {
		Key int32 `parquet:"key"`
		No  int32 `parquet:"no"`
	}
	s := newSorter(filepath.Join(t.TempDir(), "aside"), "rows", func(a, b *row) int { return int(a.Key - b.Key) })
	s.most = 10
	const n = 5030 // more runs than are merged at the same time, twice over
	for i := range int32(n) {
		if err := s.add(&row{Key: i * 7 % 41, No: i}); err != nil {
			t.Fatal(err)
		}
	}
	next, err := s.merged()
	if err != nil {
		t.Fatal(err)
	}
	last, count := row{Key: -1}, 0
	for {
		r, err := next()
		if err != nil {
			t.Fatal(err)
		}
		if r == nil {
			break
		}
		if r.Key < last.Key || r.Key == last.Key && r.No <= last.No {
			t.Fatalf("%+v comes behind %+v", *r, last)
		}
		last = *r
		count++
	}
	if count != n {
		t.Errorf("%d rows of %d", count, n)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

// documentsOf counts the documents of a manifest.
func documentsOf(m *Manifest) int64 {
	var n int64
	for _, p := range m.parts() {
		n += m.file(p.path("documents")).Rows
	}
	return n
}
