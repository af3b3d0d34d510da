package ddl

import (
	"fmt"
	"strings"

	"yusuan/export"
)

// words are how a dialect spells types: the plain ones by name, the others by
// format with the digits, the element, and the fields, whose names and types
// are joined.
type words struct {
	plain                       map[string]string
	decimal, list, record, join string
}

// spell prints a type in the words of a dialect.
func (w *words) spell(k export.Type, quote func(string) string) string {
	switch k.Name {
	case "DECIMAL":
		return fmt.Sprintf(w.decimal, k.Digits)
	case "LIST":
		return fmt.Sprintf(w.list, w.spell(*k.Element, quote))
	case "STRUCT":
		var parts []string
		for _, f := range k.Fields {
			parts = append(parts, quote(f.Name)+w.join+w.spell(f.Type, quote))
		}
		return fmt.Sprintf(w.record, strings.Join(parts, ", "))
	}
	return w.plain[k.Name]
}
