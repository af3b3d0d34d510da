package corpus

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"yusuan/corpus/link"
	"yusuan/export"
)

// TestRunKeepsLinksUpToDate links a dataset, runs with a document more, and
// finds the links of both, with the decisions of before.
func TestRunKeepsLinksUpToDate(t *testing.T) {
	in := tree(t, map[string]string{"2020.txt": "青山县教育局2020年部门预算\n\n一、部门职责\n负责教育。\n"})
	dir := filepath.Join(t.TempDir(), "dataset")
	mustRun(t, dir, Settings{}, in)
	if linked, err := export.HasLinks(dir); err != nil || linked {
		t.Fatalf("a new dataset has links: %v, %v", linked, err)
	}
	decided := []export.Decision{{Verdict: "different", Type: "unit", A: "x|y", B: "x|z"}}
	if _, err := link.Run(t.Context(), dir, link.Settings{Decisions: decided}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(in, "2021.txt"), []byte("青山县教育局2021年部门预算\n\n一、部门职责\n负责教育。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir, Settings{}, in)
	v, err := export.Verify(t.Context(), dir)
	if err != nil || len(v.Problems) > 0 {
		t.Fatalf("%+v, %v", v, err)
	}
	years := map[int32]bool{}
	err = export.Links(t.Context(), dir, func(l *export.Link) error {
		if l.EntityType == export.EntityDepartment {
			years[l.FiscalYear] = true
		}
		return nil
	})
	m, err2 := export.ReadManifest(dir)
	if err != nil || err2 != nil || len(years) != 2 || len(m.Linkage.Decisions) != 1 {
		t.Errorf("years %v, %v, %v, linkage %+v", years, err, err2, m.Linkage)
	}
	if hash := manifestHash(dir); hash == "" {
		t.Error("the dataset has no hash")
	} else if l, err := readLedger(dir + ".results"); err != nil || l.Manifest != hash {
		t.Errorf("after linking the ledger does not know the dataset: %v", err)
	}
}

// TestRelinkWaits links after a commit although others have the dataset just
// then: it waits for them, as the commit did.
func TestRelinkWaits(t *testing.T) {
	in := tree(t, map[string]string{"2020.txt": "青山县教育局2020年部门预算\n", "2021.txt": "青山县教育局2021年部门预算\n"})
	dir := filepath.Join(t.TempDir(), "dataset")
	mustRun(t, dir, Settings{}, in)
	if _, err := link.Run(t.Context(), dir, link.Settings{}); err != nil {
		t.Fatal(err)
	}
	removed := false
	_, err := export.Commit(dir, nil, export.Settings{Remove: func(string) bool {
		first := !removed
		removed = true
		return first
	}})
	if m, err2 := export.ReadManifest(dir); err != nil || err2 != nil || !m.Stale() {
		t.Fatalf("the links are not old: %v, %v", err, err2)
	}
	others, err := export.Take(dir, export.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	waited := false
	b := &batch{dir: dir, sum: newSummary(0, 0), settings: Settings{LockWait: time.Minute, Waiting: func(*export.LockedError) {
		waited = true
		if err := others.Release(); err != nil {
			t.Error(err)
		}
	}}}
	if err := b.relink(t.Context()); err != nil || !waited {
		t.Fatalf("waited %t: %v", waited, err)
	}
	if m, err := export.ReadManifest(dir); err != nil || m.Stale() {
		t.Errorf("the links are old: %v", err)
	}
}
