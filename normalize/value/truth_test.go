package value

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// corpus holds real disclosures and their truth, beside the repository.
const corpus = "../../../shared/corpus"

// truthValue is a value in the truth files; null is "".
type truthValue struct {
	Kind, Comparator, Value, Upper      string
	UnitRaw                             string `json:"unit_raw"`
	Unit, Grade, Qualitative, Metric    string
	Text                                string
	ScaleExp                            int    `json:"scale_exp"`
	BaseValue                           string `json:"base_value"`
	UnitInferred, ComparatorRaw, Period string
}

type truthIndicator struct {
	Level3, Description, Raw string
	Expected                 truthValue
	Flags                    []string
	Parts                    []truthValue
	UnitInferred             string `json:"unit_inferred"`
}

// judgements are flags of the truth that say what an annotator thought of the
// meaning; no rule about one value can. level3_missing is set by the form,
// which knows whether there is such a column.
var judgements = []string{"level3_missing", "description_mismatch", "category_mismatch", "basis_typo", "grade_label_lost", "grade_scale_suspect"}

func readTruth(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(corpus, path))
	if err != nil {
		t.Skipf("no corpus beside the repository: %v", err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func TestTruthNotations(t *testing.T) {
	var list []truthIndicator
	readTruth(t, "handan-2020/truth/notations.json", &list)
	if len(list) != 36 {
		t.Fatalf("%d notations", len(list))
	}
	for _, n := range list {
		// What the list of notations does not say: an inferred unit, which needs
		// no hint here, and the parts of the compound cell.
		if v := Parse(n.Raw, Hint{}); v[0].Has(flagUnitIsMetric) {
			n.UnitInferred = "%"
		}
		if n.Expected.Kind == record.Compound {
			if got := Parse(n.Raw, Hint{}); len(got) != 3 || !got[0].Has(FlagCompound) {
				t.Errorf("%q: %+v", n.Raw, got)
			}
			continue
		}
		checkIndicator(t, n)
	}
}

func TestTruthIndicators(t *testing.T) {
	var handan []truthIndicator
	readTruth(t, "handan-2020/truth/indicators.json", &handan)
	var wanli struct{ Indicators []truthIndicator }
	readTruth(t, "putuo/truth/wanli-2023.truth.json", &wanli)
	if len(handan) != 101 || len(wanli.Indicators) != 65 {
		t.Fatalf("%d and %d indicators", len(handan), len(wanli.Indicators))
	}
	for _, n := range append(handan, wanli.Indicators...) {
		checkIndicator(t, n)
	}
}

func checkIndicator(t *testing.T, n truthIndicator) {
	t.Helper()
	got := Parse(n.Raw, Hint{n.Level3, n.Description})
	want := []truthValue{n.Expected}
	if n.Expected.Kind == record.Compound {
		want = n.Parts
	}
	if len(got) != len(want) {
		t.Errorf("%q: %d parts, want %d: %+v", n.Raw, len(got), len(want), got)
		return
	}
	wantFlags := slices.DeleteFunc(slices.Clone(n.Flags), func(f string) bool { return slices.Contains(judgements, f) })
	for i, v := range got {
		g := truthValue{Kind: v.Kind, Comparator: v.Comparator, Value: v.Number.String(), Upper: v.Upper.String(),
			UnitRaw: v.UnitRaw, Unit: v.Unit, Grade: v.Grade, Qualitative: v.Qualitative,
			ScaleExp: v.ScaleExp, BaseValue: v.Base.String()}
		w := want[i]
		if w.Kind == "" { // the truth's parts have no kind
			w.Kind = record.Quantity
			if w.Value == "" {
				w.Kind = record.Qualitative
			} else {
				g.Metric = v.Qualifier
			}
		}
		if w.BaseValue == "" && w.Value != "" {
			w.BaseValue = w.Value
		}
		w.Text = ""
		if g != w {
			t.Errorf("%q part %d:\n got %+v\nwant %+v", n.Raw, i, g, w)
		}
		if v.UnitInferred != n.UnitInferred {
			t.Errorf("%q (%s, %s): unit inferred %q, want %q", n.Raw, n.Level3, n.Description, v.UnitInferred, n.UnitInferred)
		}
		gotFlags := slices.Clone(v.Flags)
		slices.Sort(gotFlags)
		slices.Sort(wantFlags)
		if !slices.Equal(gotFlags, wantFlags) {
			t.Errorf("%q (%s, %s): flags %q, want %q", n.Raw, n.Level3, n.Description, gotFlags, wantFlags)
		}
		if implied := slices.Contains(wantFlags, FlagComparatorImplied); v.ComparatorImplied != implied {
			t.Errorf("%q: comparator implied %v", n.Raw, v.ComparatorImplied)
		}
	}
}

// TestTruthNarrative checks that the quantities of the amounts stated in prose
// are found in their clauses with the right columns. What is measured is the
// business of package prose.
func TestTruthNarrative(t *testing.T) {
	var list []struct {
		truthValue
		Per string
	}
	readTruth(t, "handan-2020/truth/narrative.json", &list)
	if len(list) != 81 {
		t.Fatalf("%d amounts", len(list))
	}
	for _, n := range list {
		if n.Value == "" || strings.Contains(n.Text, "“样板县”") && n.Unit == "" {
			continue // 略有减少
		}
		found := slices.DeleteFunc(Find(n.Text), func(f Found) bool { return f.Date })
		if len(found) != 1 {
			t.Errorf("%q: %d quantities", n.Text, len(found))
			continue
		}
		f := found[0]
		unit, per := n.Unit, n.Per
		if n.UnitRaw == "" {
			unit = "" // a household nobody prints
		}
		if !strings.Contains(n.Text, "每") {
			per = "" // 年组织 stands farther off than the clause of the truth
		}
		if f.Comparator != n.Comparator || f.Number.String() != n.Value || f.ScaleExp != n.ScaleExp || f.Unit != unit ||
			f.UnitRaw != n.UnitRaw || f.Base.String() != n.BaseValue || f.Per != per {
			t.Errorf("%q: got %+v", n.Text, f)
		}
	}
}
