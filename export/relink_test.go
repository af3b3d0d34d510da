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

	"yusuan/normalize/record"
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

// TestLinkSource hands out the issuers of a region by year and id, with all their
// organisations whether they are read or not, and what stands in the documents of
// a group together.
func TestLinkSource(t *testing.T) {
	dir := t.TempDir()
	var entries []Entry
	for i := range 12 {
		r := invent(t, i, 2020+i%2, 1)
		r.Disclosure.Organizations = []record.Organization{{Name: "甲所"}, {Name: "乙所"}}
		entries = append(entries, entry(r))
	}
	mustCommit(t, dir, entries, Settings{})
	type seen struct{ documents, organizations, projects int }
	count := func(read bool) (got seen) {
		_, err := Relink(t.Context(), dir, RelinkSettings{Pipeline: "p"}, func(ctx context.Context, src *LinkSource, _ *LinkSink) error {
			numbers, last := map[string]int32{}, ""
			err := src.Regions(ctx, func(documents []Mention, organizations Organizations) error {
				for i := range documents {
					m := &documents[i]
					if at := fmt.Sprintf("%s %04d %s", m.RegionCode, m.FiscalYear, m.DocumentID); at <= last {
						t.Errorf("%q comes behind %q", at, last)
					} else {
						last = at
					}
					numbers[m.DocumentID] = int32(got.documents % 3)
					got.documents++
				}
				if !read {
					return nil
				}
				return organizations(func(m *Mention) error {
					if m.RegionCode != documents[0].RegionCode {
						t.Errorf("an organisation of %s in %s", m.RegionCode, documents[0].RegionCode)
					}
					got.organizations++
					return nil
				})
			})
			group, before := int32(-1), map[int32]bool{}
			return errors.Join(err, src.Groups(ctx, func(id string) (int32, bool) { n, ok := numbers[id]; return n, ok && n > 0 }, func(g int32, block []Mention) error {
				if group = g; before[g] || g == 0 {
					t.Errorf("group %d comes again, or is none", g)
				}
				before[g] = true
				for i := range block {
					if numbers[block[i].DocumentID] != group {
						t.Errorf("%s in group %d", block[i].DocumentID, group)
					}
					if block[i].Table == "projects" {
						got.projects++
					}
				}
				return nil
			}))
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	all, some := count(true), count(false)
	if all != (seen{12, 24, 8}) || some != (seen{12, 0, 8}) {
		t.Errorf("%+v, %+v", all, some)
	}
}
