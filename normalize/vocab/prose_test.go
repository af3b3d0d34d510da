package vocab

import (
	"strings"
	"testing"
)

// TestPhraseRows checks that the rows are whole and in order, and that every
// kind of the documentation has words.
func TestPhraseRows(t *testing.T) {
	last := ""
	for i, r := range rows(proseTSV) {
		if len(r) != 3 || r[0] == "" || r[1] == "" {
			t.Fatalf("row %d: %q", i, r)
		}
		if key := r[0] + "\t" + r[1]; key <= last {
			t.Errorf("row %d: %q is not in order", i, r)
		} else {
			last = key
		}
	}
	for _, kind := range strings.Fields("adverb basis budget_name change change_noun change_object change_weak column_year degree dependent duration flat flat_adverb following_stop generic head heading_end lead level money_noun org org_topic per qualifier relation scope share subject threshold total trail verb version year_name year_verb zero_unit") {
		if len(Phrases()[kind]) == 0 {
			t.Errorf("no words of kind %s", kind)
		}
	}
}

func TestPhrasesLongestFirst(t *testing.T) {
	for kind, list := range Phrases() {
		for i := 1; i < len(list); i++ {
			if len([]rune(list[i].Form)) > len([]rune(list[i-1].Form)) {
				t.Errorf("%s: %s stands before %s", kind, list[i-1].Form, list[i].Form)
			}
		}
	}
}
