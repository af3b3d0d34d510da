package prose

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// corpus is where real disclosures and their truth lie, outside the repository.
const corpus = "../../../shared/corpus"

// fact is an amount of the truth files.
type fact struct {
	Line       int     `json:"line"`
	Metric     string  `json:"metric"`
	Text       string  `json:"text"`
	Comparator string  `json:"comparator"`
	BaseValue  string  `json:"base_value"`
	Unit       string  `json:"unit"`
	Change     string  `json:"change"`
	BasePeriod string  `json:"base_period"`
	Period     string  `json:"period"`
	Per        string  `json:"per"`
	AmountYuan string  `json:"amount_yuan"`
	Value      string  `json:"value"`
	Role       string  `json:"role"`
	In         *string `json:"in"`
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, path))
	if err != nil {
		t.Skipf("the real documents are not here: %v", err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// sameNumber compares numbers, not their digits.
func sameNumber(d record.Decimal, s string) bool {
	if s == "" || d.IsNull() {
		return s == "" && d.IsNull()
	}
	want, err := record.ParseDecimal(s)
	return err == nil && d.Cmp(want) == 0
}

func (f *fact) is(a *record.Amount) bool {
	return sameNumber(a.Base, f.BaseValue) && a.Unit == f.Unit && a.Comparator == f.Comparator && a.Change == f.Change
}

// block is a paragraph of the disclosure, or a cell of prose, with the lines
// that it takes.
type block struct {
	from, to int
	text     string
}

// handanBlocks reads the text form: a cell begins with a tab, the lines below
// it without one continue it. Cells of prose are those that the projects of
// the truth name as purpose or goals.
func handanBlocks(t *testing.T) []block {
	t.Helper()
	var projects []struct {
		Purpose string   `json:"purpose"`
		Goals   []string `json:"goals"`
	}
	readJSON(t, "handan-2020/truth/projects.json", &projects)
	data, err := os.ReadFile(filepath.Join(corpus, "handan-2020/disclosure.txt"))
	if err != nil {
		t.Skipf("the real documents are not here: %v", err)
	}
	prose := func(text string) bool {
		key := func(s string) string { return strings.Join(strings.Fields(s), "") }
		for _, p := range projects {
			if key(text) != "" && (key(text) == key(p.Purpose) || len(p.Goals) > 0 && strings.Contains(key(text), key(p.Goals[0]))) {
				return true
			}
		}
		return false
	}
	var out []block
	lines := strings.Split(string(data), "\n")
	for i := 0; i < len(lines); i++ {
		b := block{from: i + 1, to: i + 1, text: lines[i]}
		if !strings.HasPrefix(b.text, "\t") {
			if strings.TrimSpace(b.text) != "" && !strings.Contains(b.text, " TC ") {
				out = append(out, b)
			}
			continue
		}
		for i+1 < len(lines) && lines[i+1] != "" && !strings.HasPrefix(lines[i+1], "\t") {
			i++
			b.text += "\n" + lines[i]
			b.to = i + 1
		}
		if b.text = b.text[1:]; prose(b.text) {
			out = append(out, b)
		}
	}
	return out
}

// TestHandan scores the narrative of a whole disclosure.
func TestHandan(t *testing.T) {
	var facts []fact
	readJSON(t, "handan-2020/truth/narrative.json", &facts)
	var wanted []fact
	for _, f := range facts {
		if f.In == nil { // the others stand in cells that are no prose
			wanted = append(wanted, f)
		}
	}
	used := make([]bool, len(wanted))
	metrics, periods, rates, extra := 0, 0, 0, 0
	for _, b := range handanBlocks(t) {
		for _, a := range Amounts(b.text, Context{FiscalYear: 2020}) {
			k := -1
			for i := range wanted {
				if f := &wanted[i]; !used[i] && f.Line >= b.from && f.Line <= b.to && f.is(&a) && (k < 0 || f.Metric == a.Metric && wanted[k].Metric != a.Metric) {
					k = i
				}
			}
			if k < 0 {
				extra++
				t.Logf("line %d: not in the truth: %s %q %s %s %s", b.from, a.Metric, a.Text, a.Base, a.Unit, a.Change)
				continue
			}
			f := wanted[k]
			used[k] = true
			count(t, &metrics, f.Metric == a.Metric, f.Line, "metric", a.Metric, f.Metric)
			count(t, &periods, f.Period == "" || f.Period == a.Period, f.Line, "period", a.Period, f.Period)
			count(t, &rates, f.Per == a.Per, f.Line, "per", a.Per, f.Per)
			if f.BasePeriod != a.BasePeriod {
				t.Errorf("line %d: %s: base period %s, want %s", f.Line, f.Text, a.BasePeriod, f.BasePeriod)
			}
		}
	}
	found := 0
	for i, f := range wanted {
		if used[i] {
			found++
		} else {
			t.Logf("line %d: missed %s %q", f.Line, f.Metric, f.Text)
		}
	}
	t.Logf("found %d of %d, metric %d, period %d, per %d, not in the truth %d", found, len(wanted), metrics, periods, rates, extra)
	if found*100 < len(wanted)*95 {
		t.Errorf("found %d of %d", found, len(wanted))
	}
	if extra > 5 {
		t.Errorf("%d that are not in the truth", extra)
	}
}

func count(t *testing.T, n *int, right bool, line int, what, got, want string) {
	if right {
		*n++
		return
	}
	t.Logf("line %d: %s %q, want %q", line, what, got, want)
}
