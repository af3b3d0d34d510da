package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/apache/iceberg-go"

	"yusuan/export"
)

const (
	// catalogName is what the catalog calls itself in its database.
	catalogName  = "yusuan"
	sqlitePrefix = "sqlite:"
	yearColumn   = "fiscal_year"
	// firstPartitionField is where Iceberg begins to number partition fields.
	firstPartitionField = 1000
)

func cutSQLite(uri string) (file string, ok bool) { return strings.CutPrefix(uri, sqlitePrefix) }

// numbering hands out the ids of fields: those of columns are their positions,
// those of what is in them come behind.
type numbering struct{ last int }

func (n *numbering) next() int { n.last++; return n.last }

// schemaOf returns the Iceberg schema of a table, with its comments.
func schemaOf(t export.Table) (*iceberg.Schema, error) {
	ids := &numbering{last: len(t.Columns)}
	var fields []iceberg.NestedField
	for i, c := range t.Columns {
		parsed, err := export.ParseType(c.Type)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name, c.Name, err)
		}
		typ, err := typeOf(parsed, ids)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name, c.Name, err)
		}
		fields = append(fields, iceberg.NestedField{ID: i + 1, Name: c.Name, Type: typ, Required: !c.Nullable, Doc: c.Title + "：" + c.Description})
	}
	return iceberg.NewSchema(0, fields...), nil
}

// typeOf returns the Iceberg type of a Parquet type.
func typeOf(t export.Type, ids *numbering) (iceberg.Type, error) {
	switch t.Name {
	case "STRING":
		return iceberg.PrimitiveTypes.String, nil
	case "INT32":
		return iceberg.PrimitiveTypes.Int32, nil
	case "INT64":
		return iceberg.PrimitiveTypes.Int64, nil
	case "FLOAT":
		return iceberg.PrimitiveTypes.Float32, nil
	case "BOOLEAN":
		return iceberg.PrimitiveTypes.Bool, nil
	case "DATE":
		return iceberg.PrimitiveTypes.Date, nil
	case "DECIMAL":
		precision, scale, _ := strings.Cut(t.Digits, ",")
		p, err1 := strconv.Atoi(precision)
		s, err2 := strconv.Atoi(scale)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("DECIMAL(%s) has no precision and scale", t.Digits)
		}
		return iceberg.DecimalTypeOf(p, s), nil
	case "LIST":
		id := ids.next()
		element, err := typeOf(*t.Element, ids)
		return &iceberg.ListType{ElementID: id, Element: element, ElementRequired: true}, err
	case "STRUCT":
		out := &iceberg.StructType{}
		for _, f := range t.Fields {
			id := ids.next()
			typ, err := typeOf(f.Type, ids)
			if err != nil {
				return nil, err
			}
			out.FieldList = append(out.FieldList, iceberg.NestedField{ID: id, Name: f.Name, Type: typ, Required: true})
		}
		return out, nil
	}
	return nil, fmt.Errorf("iceberg has no type for %s", t.Name)
}

// specOf partitions a table by year if the dataset does.
func specOf(s *iceberg.Schema, byYear bool) *iceberg.PartitionSpec {
	year, ok := s.FindFieldByName(yearColumn)
	if !ok || !byYear {
		return iceberg.UnpartitionedSpec
	}
	spec := iceberg.NewPartitionSpec(iceberg.PartitionField{
		SourceIDs: []int{year.ID}, FieldID: firstPartitionField, Name: yearColumn, Transform: iceberg.IdentityTransform{},
	})
	return &spec
}
