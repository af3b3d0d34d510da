package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/apache/iceberg-go"
	"github.com/apache/iceberg-go/catalog"
	"github.com/apache/iceberg-go/table"

	"yusuan/export"
)

// errMoved means that the dataset was committed to while it was registered.
var errMoved = errors.New("the dataset is being written to; run again when its commit has ended")

// attempts is how often a table is tried whose catalog entry others change at
// the same time; pause is what lies between, once more for each attempt.
const (
	attempts = 6
	pause    = 100 * time.Millisecond
)

// registrar registers one dataset in one catalog.
type registrar struct {
	catalog   catalog.Catalog
	namespace string
	// dataset is its folder, warehouse the absolute one of the data files.
	dataset, warehouse string

	manifest *export.Manifest
	// hash is that of the manifest.
	hash string
}

// register registers all tables and tells what was done, a line for each.
func (r *registrar) register(ctx context.Context) ([]string, error) {
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.registerTables(ctx, r.manifest.Tables())
}

// registerTables registers what the manifest lists of some tables.
func (r *registrar) registerTables(ctx context.Context, tables []export.Table) ([]string, error) {
	err := r.catalog.CreateNamespace(ctx, table.Identifier{r.namespace}, nil)
	if err != nil && !errors.Is(err, catalog.ErrNamespaceAlreadyExists) {
		return nil, fmt.Errorf("namespace %s: %w", r.namespace, err)
	}
	var done []string
	for _, t := range tables {
		if r.manifest.Pattern(t.Name) == "" {
			continue
		}
		files, err := r.link(t.Name)
		if err != nil {
			return done, fmt.Errorf("%s: %w", t.Name, err)
		}
		said, err := r.commit(ctx, t, files)
		if err != nil {
			return done, fmt.Errorf("%s.%s: %w", r.namespace, t.Name, err)
		}
		done = append(done, said)
	}
	return done, nil
}

// read reads the manifest of a dataset whose last commit was whole and is of
// this schema.
func (r *registrar) read() error {
	var err error
	if r.manifest, err = export.ReadManifest(r.dataset); err != nil {
		return err
	}
	if r.manifest.Schema != export.SchemaVersion {
		return fmt.Errorf("%s has the schema %s, this program registers %s: commit to it with yusuan of this version first",
			r.dataset, r.manifest.Schema, export.SchemaVersion)
	}
	if _, err := os.Stat(filepath.Join(r.dataset, "_SUCCESS")); err != nil {
		return fmt.Errorf("%s: %w (there is no _SUCCESS)", r.dataset, errMoved)
	}
	r.hash, err = r.hashOf()
	return err
}

// hashOf returns the hash of the manifest as it is now.
func (r *registrar) hashOf() (string, error) {
	data, err := os.ReadFile(filepath.Join(r.dataset, "manifest.json"))
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}

// link gives the files of a table their names in the warehouse and returns
// these, sorted. A file without rows has no year and is left out.
func (r *registrar) link(name string) ([]string, error) {
	var out []string
	for _, f := range r.manifest.Files {
		folder, ok := strings.CutPrefix(path.Dir(f.Path)+"/", name+"/")
		if !ok || f.Rows == 0 {
			continue
		}
		target := filepath.Join(r.warehouse, r.namespace, name, "data", filepath.FromSlash(folder), f.SHA256+".parquet")
		if err := place(filepath.Join(r.dataset, filepath.FromSlash(f.Path)), target, f.SHA256); err != nil {
			return nil, err
		}
		out = append(out, "file://"+filepath.ToSlash(target))
	}
	slices.Sort(out)
	return out, nil
}

// place makes target the file from, which has to have a hash: by a link, or by
// a copy where none can be made.
func place(from, target, hash string) error {
	if _, err := os.Stat(target); err == nil {
		return nil // it was looked at when it was placed
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(target), ".placing-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	held := filepath.Join(work, "part")
	if os.Link(from, held) != nil {
		data, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(held, data, 0o644)
		}
		if err != nil {
			return err
		}
	}
	data, err := os.ReadFile(held)
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
		return fmt.Errorf("%s is not the file that the manifest names: %w", from, errMoved)
	}
	return os.Rename(held, target)
}

// commit makes the files the content of a table, trying again while others
// commit to it.
func (r *registrar) commit(ctx context.Context, t export.Table, files []string) (string, error) {
	var err error
	for i := range attempts {
		var have *table.Table
		if have, err = r.open(ctx, t); err == nil {
			var said string
			if said, err = r.try(ctx, have, t, files); err == nil {
				return t.Name + ": " + said, nil
			}
		}
		if !errors.Is(err, catalog.ErrTableAlreadyExists) && !r.overtaken(ctx, have, err) {
			return "", err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Duration(i+1) * pause):
		}
	}
	return "", fmt.Errorf("others committed to it %d times meanwhile; run again: %w", attempts, err)
}

// overtaken tells whether a commit failed because the table is no longer the one
// that it was prepared for. Catalogs do not agree on the error for that, so the
// table itself is looked at.
func (r *registrar) overtaken(ctx context.Context, had *table.Table, err error) bool {
	if errors.Is(err, table.ErrCommitFailed) {
		return true
	}
	if had == nil || errors.Is(err, errMoved) {
		return false
	}
	now, err := r.catalog.LoadTable(ctx, had.Identifier())
	return err == nil && now.MetadataLocation() != had.MetadataLocation()
}

// try does it once, to the table as it was loaded.
func (r *registrar) try(ctx context.Context, have *table.Table, t export.Table, files []string) (string, error) {
	there, err := filesOf(ctx, have)
	if err != nil {
		return "", err
	}
	// Whoever registered a later commit did so before the table was loaded, and
	// then the manifest is another one already, or makes this commit fail.
	if now, err := r.hashOf(); err != nil || now != r.hash {
		return "", errors.Join(err, errMoved)
	}
	added := slices.DeleteFunc(slices.Clone(files), func(f string) bool { return there[f] })
	for _, f := range files {
		delete(there, f)
	}
	removed := slices.Sorted(maps.Keys(there))
	tx := have.NewTransaction()
	// A table may be set to have commits tried again by the library, which puts
	// the same changes on top of what others did meanwhile: files that they
	// added, too, would be there twice.
	if err := tx.AssertRefSnapshotID(table.MainBranch); err != nil {
		return "", err
	}
	columns, err := evolve(tx, have, t)
	if err != nil {
		return "", err
	}
	if len(added)+len(removed)+columns == 0 {
		return fmt.Sprintf("unchanged, %d files", len(files)), nil
	}
	if err := r.replace(ctx, tx, removed, added); err != nil {
		return "", err
	}
	if _, err := tx.Commit(ctx); err != nil {
		return "", err
	}
	said := fmt.Sprintf("%d files added, %d removed, %d in all", len(added), len(removed), len(files))
	if columns > 0 {
		said += fmt.Sprintf(", %d new columns", columns)
	}
	return said, nil
}

// replace stages a snapshot without the removed files and with the added ones.
func (r *registrar) replace(ctx context.Context, tx *table.Transaction, removed, added []string) error {
	props := iceberg.Properties{"yusuan.schema": r.manifest.Schema, "yusuan.pipeline": r.manifest.Pipeline, "yusuan.manifest": r.hash}
	switch {
	case len(removed) > 0:
		return tx.ReplaceDataFiles(ctx, removed, added, props)
	case len(added) > 0:
		return tx.AddFiles(ctx, added, props, false)
	}
	return nil
}

// open loads a table, or makes it.
func (r *registrar) open(ctx context.Context, t export.Table) (*table.Table, error) {
	name := table.Identifier{r.namespace, t.Name}
	want, err := schemaOf(t)
	if err != nil {
		return nil, err
	}
	have, err := r.catalog.LoadTable(ctx, name)
	if errors.Is(err, catalog.ErrNoSuchTable) {
		location := "file://" + filepath.ToSlash(filepath.Join(r.warehouse, r.namespace, t.Name))
		return r.catalog.CreateTable(ctx, name, want, catalog.WithLocation(location),
			catalog.WithPartitionSpec(specOf(want, strings.Count(r.manifest.Pattern(t.Name), "*") > 1)),
			catalog.WithProperties(iceberg.Properties{"comment": t.Title + "：" + t.Description}))
	}
	return have, err
}

// filesOf returns the data files of a table's newest snapshot.
func filesOf(ctx context.Context, t *table.Table) (map[string]bool, error) {
	out := map[string]bool{}
	if t.CurrentSnapshot() == nil {
		return out, nil
	}
	tasks, err := t.Scan().PlanFiles(ctx)
	for _, task := range tasks {
		out[task.File.FilePath()] = true
	}
	return out, err
}
