package export

import (
	"fmt"
	"reflect"
	"strings"
)

// maxLarge is the largest number of eighteen digits, for DECIMAL(18,4).
const maxLarge = 999_999_999_999_999_999

// documentOrder names the columns by which the rows of a document ascend. Of
// the tables that it does not name, the order of the document is no order of
// columns: a form is read side by side, notes come from several stages.
func documentOrder(table string) []string {
	switch table {
	case "paragraphs", "amounts", "organizations":
		return []string{"block_no"}
	case "tables", "budget_lines", "fields":
		return []string{"table_no"}
	case "cells":
		return []string{"table_no", "row_no", "col_no"}
	case "procurement", "assets":
		return []string{"table_no", "row_no"}
	case "projects", "indicators":
		return []string{"project_no"}
	}
	return nil
}

// rowShape says where in a row type the columns are that are looked at.
type rowShape struct {
	order    []int
	decimals []decimalField
}

// decimalField is a DECIMAL column, or one in the elements of a list.
type decimalField struct {
	name    string
	index   int
	element int // of the struct in the list, -1 if the column is no list
	most    int64
}

// shapeOf finds the columns of a row type by its tags.
func shapeOf[T any](table string) rowShape {
	var s rowShape
	typ := reflect.TypeFor[T]()
	at := map[string]int{}
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		at[name] = i
		if most := largest(f); most > 0 {
			s.decimals = append(s.decimals, decimalField{name, i, -1, most})
		}
		if f.Type.Kind() != reflect.Slice || f.Type.Elem().Kind() != reflect.Struct {
			continue
		}
		for j := range f.Type.Elem().NumField() {
			if most := largest(f.Type.Elem().Field(j)); most > 0 {
				s.decimals = append(s.decimals, decimalField{name, i, j, most})
			}
		}
	}
	for _, name := range documentOrder(table) {
		s.order = append(s.order, at[name])
	}
	return s
}

// largest returns the largest number of a DECIMAL column, 0 for any other.
func largest(f reflect.StructField) int64 {
	switch tag := f.Tag.Get("parquet"); {
	case strings.Contains(tag, "decimal(4:18)"):
		return maxLarge
	case strings.Contains(tag, "decimal(4:9)"):
		return maxSmall
	}
	return 0
}

// place is where a row stands in its document; what is null comes first.
func (s rowShape) place(row any) []int64 {
	if len(s.order) == 0 {
		return nil
	}
	v := reflect.ValueOf(row).Elem()
	out := make([]int64, len(s.order))
	for i, index := range s.order {
		out[i] = -1
		if f := v.Field(index); f.Kind() != reflect.Pointer {
			out[i] = f.Int()
		} else if !f.IsNil() {
			out[i] = f.Elem().Int()
		}
	}
	return out
}

// outOfRange names a decimal that has more digits than its column, "" if there
// is none.
func (s rowShape) outOfRange(row any) string {
	v := reflect.ValueOf(row).Elem()
	for _, d := range s.decimals {
		f := v.Field(d.index)
		if d.element < 0 {
			if n, ok := outside(f, d.most); ok {
				return fmt.Sprintf("%s is %d ten-thousandths, which has too many digits", d.name, n)
			}
			continue
		}
		for i := range f.Len() {
			if n, ok := outside(f.Index(i).Field(d.element), d.most); ok {
				return fmt.Sprintf("%s is %d ten-thousandths, which has too many digits", d.name, n)
			}
		}
	}
	return ""
}

// outside tells whether a number, which may be null, is beyond its limit.
func outside(f reflect.Value, most int64) (int64, bool) {
	if f.Kind() == reflect.Pointer {
		if f.IsNil() {
			return 0, false
		}
		f = f.Elem()
	}
	n := f.Int()
	return n, n > most || n < -most
}

// characters counts those of a row that character_count counts.
func (rowShape) characters(row any) int64 {
	switch r := row.(type) {
	case *paragraphRow:
		return runes(r.Text)
	case *cellRow:
		return runes(r.Text)
	}
	return 0
}
