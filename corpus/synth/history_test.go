package synth

import (
	"slices"
	"strings"
	"testing"
)

// TestHistory makes names change from year to year, with an identity for every
// record that does not.
func TestHistory(t *testing.T) {
	s := Settings{Seed: 2, Departments: 40, Years: 6, FirstYear: 2016, History: true}
	g := New(s)
	names := map[string][]string{} // of departments by identity
	projects := map[string][]string{}
	for i := range 240 {
		d := g.Document(i)
		if len(d.Identity.Projects) != len(d.Truth.Projects) || len(d.Identity.Indicators) != len(d.Truth.Indicators) {
			t.Fatalf("document %d: %d and %d identities for %d projects and %d indicators", i, len(d.Identity.Projects), len(d.Identity.Indicators),
				len(d.Truth.Projects), len(d.Truth.Indicators))
		}
		names[d.Identity.Department] = append(names[d.Identity.Department], d.Truth.Identity.Department)
		for k, p := range d.Identity.Projects {
			if !strings.HasPrefix(p, d.Identity.Department+" ") {
				t.Errorf("project %q is not of %s", p, d.Identity.Department)
			}
			projects[p] = append(projects[p], d.Truth.Projects[k].Name)
		}
	}
	if changed(names) < 5 || changed(projects) < 20 {
		t.Errorf("%d departments and %d projects changed their names", changed(names), changed(projects))
	}
	if d := New(Settings{Seed: 2, Departments: 40, Years: 6, FirstYear: 2016}).Document(7); d.Identity != nil {
		t.Error("without history there are identities")
	}
}

// changed counts what has more than one name.
func changed(names map[string][]string) int {
	n := 0
	for _, list := range names {
		slices.Sort(list)
		if len(slices.Compact(list)) > 1 {
			n++
		}
	}
	return n
}
