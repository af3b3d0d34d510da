package export

import (
	"cmp"
	"context"
	"encoding/hex"
	"os"
	"slices"

	"yusuan/export/parquet"
)

// linkage checks the tables entities and links, which a dataset has both of or
// none, after the documents are known.
func (v *verifier) linkage(ctx context.Context) error {
	there := len(v.old.wholeFiles())
	switch {
	case v.old.Linkage == nil && there == 0:
		return nil
	case v.old.Linkage == nil || there < len(wholeTables()):
		v.problem(manifestName, "manifest", "linkage and the tables entities and links belong together, some are named; run yusuan link again")
	case v.old.Stale():
		v.problem(linksTable, "stale", "documents came, went or changed since entities and links were computed; run yusuan link again")
	}
	known := map[documentHash]string{}
	for _, t := range wholeTables() {
		want := v.old.file(t.path())
		if want == nil {
			continue
		}
		if err := v.whole(ctx, t, want, known); err != nil {
			return err
		}
	}
	return nil
}

// whole checks one of the two tables; known are the types of the entities by
// id, which entities fills and links looks up.
func (v *verifier) whole(ctx context.Context, t wholeTable, want *File, known map[documentHash]string) error {
	f, err := v.open(ctx, want)
	if err != nil || f == nil {
		return err
	}
	defer f.Close()
	info, err := parquet.Inspect(f, want.Bytes)
	if err != nil {
		v.problem(want.Path, "unreadable", "%v", err)
		return nil
	}
	v.sum.Rows += info.Rows
	if info.Rows != want.Rows {
		v.problem(want.Path, "rows", "the file has %d rows, the manifest says %d", info.Rows, want.Rows)
	}
	for key, value := range map[string]string{"yusuan.schema": cmp.Or(v.sum.Older, SchemaVersion), "yusuan.table": t.name} {
		if got := info.Metadata[key]; got != value {
			v.problem(want.Path, "metadata", "%s is %q, not %q", key, got, value)
		}
	}
	if !v.columns(want.Path, info.Columns, t.columns) {
		return nil
	}
	if t.name == entitiesTable {
		return v.entities(ctx, f, want.Path, known)
	}
	return v.links(ctx, f, want.Path, known)
}

// parseID reads 32 hexadecimal digits.
func parseID(s string) (h documentHash, ok bool) {
	_, err := hex.Decode(h[:], []byte(s))
	return h, err == nil && isDocumentID(s)
}

// entities checks ids, order and parents.
func (v *verifier) entities(ctx context.Context, f *os.File, file string, known map[documentHash]string) error {
	var last Entity
	parents := map[documentHash]string{} // an entity that names it
	err := scanFile(f, func(e *Entity) error {
		id, ok := parseID(e.ID)
		if !ok || e.ID != EntityID(e.Type, e.Seed) {
			v.problem(file, "key", "entity_id %q is not that of a %s with the seed %q", e.ID, e.Type, e.Seed)
		}
		if c := entityOrder(&last, e); c > 0 {
			v.problem(file, "order", "entity %s comes behind %s", e.ID, last.ID)
		} else if c == 0 {
			v.problem(file, "key", "entity %s is there twice", e.ID)
		}
		known[id] = e.Type
		if e.ParentID != "" {
			parent, _ := parseID(e.ParentID)
			parents[parent] = e.ID
		}
		last = *e
		return ctx.Err()
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		v.problem(file, "unreadable", "%v", err)
		return nil
	}
	var orphans []string
	for parent, of := range parents {
		if known[parent] == "" {
			orphans = append(orphans, of)
		}
	}
	slices.Sort(orphans) // not in the order of a map
	for _, id := range orphans {
		v.problem(file, "key", "entity %s: there is no entity with its parent_id", id)
	}
	return nil
}

// links checks that each row belongs to an entity and a document.
func (v *verifier) links(ctx context.Context, f *os.File, file string, known map[documentHash]string) error {
	var last Link
	err := scanFile(f, func(l *Link) error {
		if id, _ := parseID(l.EntityID); known[id] != l.EntityType {
			v.problem(file, "key", "entity_id %q is that of no %s in entities", l.EntityID, l.EntityType)
		}
		if id, _ := parseID(l.DocumentID); !v.seen[id] && !v.old.Stale() {
			v.problem(file, "key", "document_id %q is not in documents", l.DocumentID)
		}
		if linkOrder(&last, l) > 0 {
			v.problem(file, "order", "a row of entity %s, document %s comes behind one of %s, %s", l.EntityID, l.DocumentID, last.EntityID, last.DocumentID)
		}
		if l.Score < 0 || l.Score > ScoreOne {
			v.problem(file, "decimal", "entity %s: score is %d ten-thousandths, which is not from 0 to 1", l.EntityID, l.Score)
		}
		last = *l
		return ctx.Err()
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		v.problem(file, "unreadable", "%v", err)
	}
	return nil
}
