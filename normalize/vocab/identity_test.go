package vocab

import "testing"

// TestIdentityRows checks that the rows are whole and in order, and that every
// class of the documentation has words.
func TestIdentityRows(t *testing.T) {
	last := ""
	for i, r := range rows(identityTSV) {
		if len(r) != 3 || r[0] == "" || r[1] == "" {
			t.Fatalf("row %d: %q", i, r)
		}
		if key := r[0] + "\t" + r[1]; key <= last {
			t.Errorf("row %d: %q is not in order", i, r)
		} else {
			last = key
		}
	}
	for _, class := range []string{"about", "budget_name", "contents", "decree", "evaluation", "issuer", "office", "own", "stop", "superior", "year"} {
		if len(IdentityWords()[class]) == 0 {
			t.Errorf("no words of class %s", class)
		}
	}
}
