package export

import (
	"fmt"
	"strings"
)

// Type is a Parquet logical type taken apart.
type Type struct {
	// Name is STRING, INT32, INT64, FLOAT, BOOLEAN, DATE, DECIMAL, LIST or
	// STRUCT.
	Name string
	// Digits are precision and scale of a DECIMAL, as printed: "18,4".
	Digits string
	// Element is that of a LIST.
	Element *Type
	// Fields are those of a STRUCT.
	Fields []TypeField
}

// TypeField is one of a STRUCT.
type TypeField struct {
	Name string
	Type Type
}

// String is the type as Column.Type prints it.
func (t Type) String() string {
	switch t.Name {
	case "DECIMAL":
		return "DECIMAL(" + t.Digits + ")"
	case "LIST":
		return "LIST<" + t.Element.String() + ">"
	case "STRUCT":
		var fields []string
		for _, f := range t.Fields {
			fields = append(fields, f.Name+" "+f.Type.String())
		}
		return "STRUCT<" + strings.Join(fields, ", ") + ">"
	}
	return t.Name
}

// ParseType reads a type as Column.Type prints it.
func ParseType(s string) (Type, error) {
	if d, ok := enclosed(s, "DECIMAL(", ")"); ok {
		return Type{Name: "DECIMAL", Digits: d}, nil
	}
	if e, ok := enclosed(s, "LIST<", ">"); ok {
		element, err := ParseType(e)
		return Type{Name: "LIST", Element: &element}, err
	}
	if body, ok := enclosed(s, "STRUCT<", ">"); ok {
		k := Type{Name: "STRUCT"}
		for _, f := range splitFields(body) {
			name, typ, _ := strings.Cut(f, " ")
			of, err := ParseType(typ)
			if err != nil {
				return Type{}, err
			}
			k.Fields = append(k.Fields, TypeField{name, of})
		}
		return k, nil
	}
	switch s {
	case "STRING", "INT32", "INT64", "FLOAT", "BOOLEAN", "DATE":
		return Type{Name: s}, nil
	}
	return Type{}, fmt.Errorf("the Parquet type %q is not known", s)
}

// enclosed returns what stands between the two ends of s.
func enclosed(s, begin, end string) (string, bool) {
	s, ok1 := strings.CutPrefix(s, begin)
	s, ok2 := strings.CutSuffix(s, end)
	return s, ok1 && ok2
}

// splitFields splits "a INT32, b DECIMAL(9,4)" at the commas outside brackets.
func splitFields(s string) []string {
	var out []string
	depth, start := 0, 0
	for i, c := range s {
		switch c {
		case '(', '<':
			depth++
		case ')', '>':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, strings.TrimSpace(s[start:i]))
				start = i + 1
			}
		}
	}
	return append(out, strings.TrimSpace(s[start:]))
}
