package ddl

import (
	"fmt"
	"strings"
)

// kind is a Parquet logical type taken apart.
type kind struct {
	// name is STRING, INT32, INT64, FLOAT, BOOLEAN, DATE, DECIMAL, LIST or
	// STRUCT.
	name string
	// digits are precision and scale of a DECIMAL, as printed: "18,4".
	digits string
	// element is that of a LIST.
	element *kind
	// fields are those of a STRUCT.
	fields []field
}

// field is one of a STRUCT.
type field struct {
	name string
	kind kind
}

// parseKind reads a type as export.Column prints it.
func parseKind(s string) (kind, error) {
	if d, ok := enclosed(s, "DECIMAL(", ")"); ok {
		return kind{name: "DECIMAL", digits: d}, nil
	}
	if e, ok := enclosed(s, "LIST<", ">"); ok {
		element, err := parseKind(e)
		return kind{name: "LIST", element: &element}, err
	}
	if body, ok := enclosed(s, "STRUCT<", ">"); ok {
		k := kind{name: "STRUCT"}
		for _, f := range splitFields(body) {
			name, typ, _ := strings.Cut(f, " ")
			of, err := parseKind(typ)
			if err != nil {
				return kind{}, err
			}
			k.fields = append(k.fields, field{name, of})
		}
		return k, nil
	}
	switch s {
	case "STRING", "INT32", "INT64", "FLOAT", "BOOLEAN", "DATE":
		return kind{name: s}, nil
	}
	return kind{}, fmt.Errorf("no dialect has a type for the Parquet type %q", s)
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

// words are how a dialect spells types: the plain ones by name, the others by
// format with the digits, the element, and the fields, whose names and types
// are joined.
type words struct {
	plain                       map[string]string
	decimal, list, record, join string
}

// spell prints a type in the words of a dialect.
func (w *words) spell(k kind, quote func(string) string) string {
	switch k.name {
	case "DECIMAL":
		return fmt.Sprintf(w.decimal, k.digits)
	case "LIST":
		return fmt.Sprintf(w.list, w.spell(*k.element, quote))
	case "STRUCT":
		var parts []string
		for _, f := range k.fields {
			parts = append(parts, quote(f.name)+w.join+w.spell(f.kind, quote))
		}
		return fmt.Sprintf(w.record, strings.Join(parts, ", "))
	}
	return w.plain[k.name]
}
