package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
)

// LinkSource is what a linker reads.
type LinkSource struct {
	// Decisions are those of the user, to be followed.
	Decisions []Decision

	dataset *dataset
	aside   string
	old     []documentHash // sorted
}

// readOld remembers the ids of the entities that the dataset has.
func (s *LinkSource) readOld() error {
	if s.dataset.old.file(entitiesTable+"/"+wholePart) == nil {
		return nil
	}
	f, err := s.dataset.openOld(entitiesTable + "/" + wholePart)
	if err != nil {
		return err
	}
	defer f.Close()
	err = scanFile(f, func(r *struct {
		ID string `parquet:"entity_id,dict"`
	}) error {
		var id documentHash
		if _, err := hex.Decode(id[:], []byte(r.ID)); err != nil {
			return fmt.Errorf("%w: entity_id %q: %w", ErrDamaged, r.ID, err)
		}
		s.old = append(s.old, id)
		return nil
	})
	slices.SortFunc(s.old, compareIDs)
	return err
}

func compareIDs(a, b documentHash) int { return bytes.Compare(a[:], b[:]) }

// Known tells whether the dataset had an entity of a type with a seed before.
func (s *LinkSource) Known(typ, seed string) bool {
	sum := sha256.Sum256([]byte(typ + "\n" + seed))
	_, known := slices.BinarySearchFunc(s.old, documentHash(sum[:16]), compareIDs)
	return known
}

// Organizations passes the organisations of a region to f, as the documents name
// them, in the order of their documents: see [LinkSource.Regions].
type Organizations func(f func(*Mention) error) error

// Regions passes to f what the documents of one region after the other say of
// themselves, by year and id, with their organisations to be read behind them.
// f may keep the slice.
func (s *LinkSource) Regions(ctx context.Context, f func(documents []Mention, organizations Organizations) error) error {
	all := newSorter(s.aside, "bodies", bodyOrder)
	collect := func() error {
		add := func(m *Mention) error {
			if m.Department == "" || m.Name == "" {
				return nil // nobody knows whose it is
			}
			return all.add(m)
		}
		return firstError(
			func() error { return scan[documentNames](ctx, s.dataset, "documents", add) },
			func() error { return scan[organizationNames](ctx, s.dataset, "organizations", add) })
	}
	return sorted(all, collect, func(next func() (*Mention, error)) error {
		r := &regionReader{next: next}
		r.advance()
		for r.m != nil && r.err == nil {
			r.region = r.m.RegionCode
			var documents []Mention
			if err := r.while("documents", func(m *Mention) error { documents = append(documents, *m); return nil }); err != nil {
				return err
			}
			organizations := func(f func(*Mention) error) error { return r.while("organizations", f) }
			if err := f(documents, organizations); err != nil {
				return err
			}
			// What f did not read is read over.
			if err := errors.Join(ctx.Err(), organizations(func(*Mention) error { return nil })); err != nil {
				return err
			}
		}
		return r.err
	})
}

// regionReader reads sorted mentions one ahead.
type regionReader struct {
	next   func() (*Mention, error)
	m      *Mention // nil at the end
	err    error
	region string
}

func (r *regionReader) advance() { r.m, r.err = r.next() }

// while passes the mentions of a table to f, as long as they are of the region.
func (r *regionReader) while(table string, f func(*Mention) error) error {
	for r.err == nil && r.m != nil && r.m.RegionCode == r.region && r.m.Table == table {
		if err := f(r.m); err != nil {
			return err
		}
		r.advance()
	}
	return r.err
}

// grouped is a mention with the number of its group.
type grouped struct {
	Group int32 `parquet:"group"`
	Mention
}

// Groups passes to f the projects of one group of documents after the other,
// documents by year and id: of each its projects, procurement and the lines
// beside the names of projects, and its indicators. group is the number of a
// document's group, false if it has none. f may keep nothing of the slice.
func (s *LinkSource) Groups(ctx context.Context, group func(documentID string) (int32, bool), f func(group int32, block []Mention) error) error {
	all := newSorter(s.aside, "projects", groupOrder)
	collect := func() error {
		return s.projects(ctx, func(m *Mention) error {
			if g, ok := group(m.DocumentID); ok {
				return all.add(&grouped{g, *m})
			}
			return nil
		})
	}
	return sorted(all, collect, func(next func() (*grouped, error)) error {
		var block []Mention
		of := int32(-1)
		for {
			m, err := next()
			if err != nil {
				return err
			}
			if len(block) > 0 && (m == nil || m.Group != of) {
				if err := errors.Join(ctx.Err(), f(of, block)); err != nil {
					return err
				}
				clear(block)
				block = block[:0]
			}
			if m == nil {
				return nil
			}
			of = m.Group
			block = append(block, m.Mention)
		}
	})
}

// projects passes the mentions of all tables that projects and indicators stand
// in.
func (s *LinkSource) projects(ctx context.Context, add func(*Mention) error) error {
	d := s.dataset
	return firstError(
		func() error { return scan[projectNames](ctx, d, "projects", add) },
		func() error {
			return scan[procurementNames](ctx, d, "procurement", func(m *Mention) error {
				if m.Name == "" {
					return nil
				}
				return add(m)
			})
		},
		func() error { return scan[indicatorNames](ctx, d, "indicators", add) },
		func() error {
			return scan[lineNames](ctx, d, "budget_lines", func(m *Mention) error {
				if !namesProjects(m.Form) {
					return nil
				}
				return add(m)
			})
		})
}

// sorted fills a sorter, reads it and removes what it wrote aside.
func sorted[T any](all *sorter[T], fill func() error, read func(next func() (*T, error)) error) (err error) {
	defer func() { err = errors.Join(err, all.close()) }()
	if err := fill(); err != nil {
		return err
	}
	next, err := all.merged()
	if err != nil {
		return err
	}
	return read(next)
}

// firstError does one thing after the other until one fails.
func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// Lines passes every budget line to f, in the order of the dataset. It may be
// called again.
func (s *LinkSource) Lines(ctx context.Context, f func(*Mention) error) error {
	return scan[lineNames](ctx, s.dataset, "budget_lines", f)
}
