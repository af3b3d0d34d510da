package main

import (
	"fmt"
	"slices"

	"github.com/apache/iceberg-go"
	"github.com/apache/iceberg-go/table"

	"yusuan/export"
)

// evolve stages the columns that a table of an earlier schema lacks and returns
// how many these are. The other columns keep their ids, and earlier snapshots
// their schema. A new column may be null, whatever the dataset says: in what was
// written before it, it is.
//
// Anything but an addition is refused. Iceberg could do some of it, but what the
// column means in earlier snapshots would then be for their readers to guess.
func evolve(tx *table.Transaction, have *table.Table, t export.Table) (int, error) {
	want, err := schemaOf(t)
	if err != nil {
		return 0, err
	}
	added, err := additions(have.Schema(), want)
	if err != nil || len(added) == 0 {
		return 0, err
	}
	var options []table.UpdateSchemaOption
	// The files have names instead of ids. A table has the mapping from its
	// first snapshot on.
	if names := have.NameMapping(); names != nil {
		options = append(options, table.WithNameMapping(names))
	}
	update := tx.UpdateSchema(true, false, options...)
	for _, f := range added {
		update = update.AddColumn([]string{f.Name}, f.Type, f.Doc, false, nil)
	}
	return len(added), update.Commit()
}

// additions returns the columns that a table lacks, and an error if anything
// else tells it from the dataset.
func additions(have, want *iceberg.Schema) ([]iceberg.NestedField, error) {
	for _, h := range have.Fields() {
		w, ok := want.FindFieldByName(h.Name)
		var differs string
		switch {
		case !ok:
			differs = "the dataset does not have it"
		case !sameType(h.Type, w.Type):
			differs = fmt.Sprintf("it is %s there, and %s in the dataset", h.Type, w.Type)
		case h.Required && !w.Required:
			differs = "it is never null there, and may be in the dataset"
		default:
			continue
		}
		return nil, fmt.Errorf("column %s of the table: %s. Tables take new columns, no other changes: register with the version of yusuan-iceberg "+
			"that made the table, or under another --namespace, or drop the table from the catalog, which loses its earlier snapshots", h.Name, differs)
	}
	return slices.DeleteFunc(want.Fields(), func(f iceberg.NestedField) bool {
		_, ok := have.FindFieldByName(f.Name)
		return ok
	}), nil
}

// sameType compares types without their ids.
func sameType(a, b iceberg.Type) bool {
	switch a := a.(type) {
	case *iceberg.ListType:
		b, ok := b.(*iceberg.ListType)
		return ok && a.ElementRequired == b.ElementRequired && sameType(a.Element, b.Element)
	case *iceberg.StructType:
		b, ok := b.(*iceberg.StructType)
		return ok && slices.EqualFunc(a.FieldList, b.FieldList, func(f, g iceberg.NestedField) bool {
			return f.Name == g.Name && f.Required == g.Required && sameType(f.Type, g.Type)
		})
	}
	return a.Equals(b)
}
