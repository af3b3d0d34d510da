package vocab

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	fieldID   = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	conceptID = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
)

// TestFieldRows checks the file itself: columns, order, keys.
func TestFieldRows(t *testing.T) {
	table := rows(fieldsTSV)
	inOrder(t, table)
	for _, row := range table {
		if len(row) != 4 || !fieldID.MatchString(row[3]) {
			t.Fatalf("row %q is not method, forms, match, field", row)
		}
		if forms := strings.Fields(row[1]); !slices.IsSorted(forms) || strings.Join(forms, " ") != row[1] {
			t.Errorf("row %q: forms are not sorted", row)
		}
		switch row[0] {
		case ByAlias:
			if key := strings.ToLower(Key(row[2])); key != row[2] {
				t.Errorf("row %q: the key of the label is %q", row, key)
			}
		case BySegment:
		default:
			t.Errorf("row %q: unknown method", row)
		}
	}
}

// TestFieldReferences checks that a label or pattern means one thing in a
// form, that the fields of patterns exist, and that concepts do.
func TestFieldReferences(t *testing.T) {
	concepts := map[string]bool{"NUMBER": true} // the resolver's own
	for _, m := range Morphemes() {
		concepts[m.Concept] = true
	}
	fields := map[string]bool{}
	seen := map[FieldRule]string{}
	for _, r := range FieldRules() {
		if r.Method == ByAlias {
			fields[r.Field] = true
		}
		k := FieldRule{Method: r.Method, Form: r.Form, Match: r.Match}
		if field, dup := seen[k]; dup {
			t.Errorf("%v is %s and %s", k, field, r.Field)
		}
		seen[k] = r.Field
	}
	for _, r := range FieldRules() {
		if r.Method != BySegment {
			continue
		}
		if !fields[r.Field] {
			t.Errorf("pattern %q gives the field %s, which no label has", r.Match, r.Field)
		}
		required := 0
		for _, part := range strings.Fields(r.Match) {
			if !strings.HasSuffix(part, "?") {
				required++
			}
			for _, c := range strings.Split(strings.TrimSuffix(part, "?"), "|") {
				if !concepts[c] || c == Noise {
					t.Errorf("pattern %q: no morpheme means %s", r.Match, c)
				}
			}
		}
		if required == 0 {
			t.Errorf("pattern %q matches everything", r.Match)
		}
	}
}

func TestMorphemeRows(t *testing.T) {
	table := rows(morphemesTSV)
	inOrder(t, table)
	words := map[string]bool{}
	for _, row := range table {
		if len(row) != 2 || row[0] == "" || !conceptID.MatchString(row[1]) {
			t.Fatalf("row %q is not word, concept", row)
		}
		if words[row[0]] {
			t.Errorf("%s is there twice", row[0])
		}
		words[row[0]] = true
		if key := strings.ToLower(Key(row[0])); key != row[0] {
			t.Errorf("row %q: the key of the word is %q", row, key)
		}
	}
}

func inOrder(t *testing.T, table [][]string) {
	t.Helper()
	if len(table) == 0 {
		t.Fatal("the vocabulary is empty")
	}
	last := ""
	for _, row := range table {
		line := strings.Join(row, "\t")
		if line <= last {
			t.Errorf("row %q is not in order", line)
		}
		last = line
	}
}
