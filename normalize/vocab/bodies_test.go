package vocab

import (
	"slices"
	"strings"
	"testing"
)

// TestBodies holds the rows of bodies.tsv: sorted, of a known class, short
// names without a year and all others with one, and no name that stands for
// itself.
func TestBodies(t *testing.T) {
	var last string
	for line := range strings.Lines(bodiesTSV) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if line <= last {
			t.Errorf("%q stands behind %q", line, last)
		}
		last = line
		if n := strings.Count(line, "\t"); n != 4 {
			t.Errorf("%q has %d columns, not 5", line, n+1)
		}
	}
	for _, b := range BodyNames() {
		if !slices.Contains([]string{BodyShort, BodyRename, BodyMerger, BodyAbsorbed}, b.Class) || b.Name == b.Other {
			t.Errorf("%+v", b)
		}
		if (b.Year == 0) != (b.Class == BodyShort) || b.Level != "" && b.Class != BodyShort {
			t.Errorf("%+v: renames have a year, short names may have a level", b)
		}
		if Key(b.Name) != b.Name || Key(b.Other) != b.Other {
			t.Errorf("%+v is not its own key", b)
		}
	}
}
