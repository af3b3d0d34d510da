package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/apache/iceberg-go"
	"github.com/apache/iceberg-go/catalog"
	"github.com/apache/iceberg-go/table"
)

// meddler is a catalog in which something happens once, after a table was
// looked up: what was found is out of date when it is used.
type meddler struct {
	catalog.Catalog
	name string
	once func()
}

func (m *meddler) LoadTable(ctx context.Context, name table.Identifier) (*table.Table, error) {
	x, err := m.Catalog.LoadTable(ctx, name)
	if once := m.once; once != nil && name[len(name)-1] == m.name {
		m.once = nil
		once()
	}
	return x, err
}

// overtake registers a dataset while something else happens between the look at
// a table and its commit.
func (s site) overtake(t *testing.T, dir, name string, meanwhile func()) ([]string, error) {
	t.Helper()
	r := s.registrar(t, dir)
	m := &meddler{r.catalog, name, meanwhile}
	r.catalog = m
	said, err := r.register(context.Background())
	if m.once != nil {
		t.Fatalf("nobody looked at %s", name)
	}
	return said, err
}

// replay lets the library try commits to a table again by itself, as an owner of
// the table may have set it.
func (s site) replay(t *testing.T, name string) {
	t.Helper()
	tx := s.load(t, name).NewTransaction()
	if err := tx.SetProperties(iceberg.Properties{table.CommitNumRetriesKey: "4"}); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// TestOvertaken makes another committer be faster, at every kind of commit: the
// slower one sees what is left to do, and no file is lost or there twice.
func TestOvertaken(t *testing.T) { everywhere(t, testOvertaken) }

func testOvertaken(t *testing.T, s site) {
	dir := filepath.Join(t.TempDir(), "dataset")
	for i, step := range []struct {
		what      string
		years     []int
		documents int64
	}{{"made", []int{2018}, 1}, {"added to", []int{2019, 2020}, 3}, {"replaced", []int{2018}, 4}} {
		for _, year := range step.years {
			commitTo(t, dir, entry(t, i, year))
		}
		said, err := s.overtake(t, dir, "projects", func() {
			if _, err := s.register(t, dir); err != nil {
				t.Error(err)
			}
		})
		if err != nil {
			t.Fatalf("%s: %v, %q", step.what, err, said)
		}
		if i == 0 {
			s.replay(t, "projects")
		}
		for _, name := range []string{"documents", "projects"} {
			x := s.load(t, name)
			if n := rowsOf(t, x, x.CurrentSnapshot().SnapshotID); n != step.documents {
				t.Errorf("%s: %d rows in %s, want %d", step.what, n, name, step.documents)
			}
			if n := len(x.Metadata().Snapshots()); n != i+1 {
				t.Errorf("%s: %d snapshots of %s: something was registered twice", step.what, n, name)
			}
		}
	}
}

// TestOvertakenByLater does not put an earlier state of a dataset on top of a
// later one.
func TestOvertakenByLater(t *testing.T) { everywhere(t, testOvertakenByLater) }

func testOvertakenByLater(t *testing.T, s site) {
	dir := filepath.Join(t.TempDir(), "dataset")
	commitTo(t, dir, entry(t, 1, 2018))
	said, err := s.overtake(t, dir, "projects", func() {
		commitTo(t, dir, entry(t, 2, 2018), entry(t, 2, 2019))
		if _, err := s.register(t, dir); err != nil {
			t.Error(err)
		}
	})
	if !errors.Is(err, errMoved) {
		t.Errorf("%v, %q", err, said)
	}
	x := s.load(t, "projects")
	if n := rowsOf(t, x, x.CurrentSnapshot().SnapshotID); n != 3 {
		t.Errorf("%d projects, want those of the later commit", n)
	}
}
