package prose

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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
	AsOf       string  `json:"as_of"`
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
	facts = slices.DeleteFunc(facts, func(f fact) bool { return f.In != nil }) // in cells that are no prose
	s := score{facts: facts, used: make([]bool, len(facts))}
	for _, b := range handanBlocks(t) {
		for _, a := range Amounts(b.text, Context{FiscalYear: 2020}) {
			checkOffsets(t, b.text, &a)
			s.take(t, b, &a)
		}
	}
	found := 0
	for i, f := range facts {
		if s.used[i] {
			found++
		} else {
			t.Logf("line %d: missed %s %q", f.Line, f.Metric, f.Text)
		}
	}
	t.Logf("found %d of %d, metric %d, period %d, per %d, base period %d, not in the truth %d",
		found, len(facts), s.metrics, s.periods, s.rates, s.bases, s.extra)
	if found*100 < len(facts)*95 {
		t.Errorf("found %d of %d", found, len(facts))
	}
	if s.bases*100 < found*95 || s.rates*100 < found*95 {
		t.Errorf("base period of %d, per of %d", s.bases, s.rates)
	}
	if s.extra > 5 {
		t.Errorf("%d that are not in the truth", s.extra)
	}
}

// score counts what was found of the truth.
type score struct {
	facts                                 []fact
	used                                  []bool
	metrics, periods, rates, bases, extra int
}

// take matches an amount of a block with a fact of its lines, the one with
// the same metric if several are equal.
func (s *score) take(t *testing.T, b block, a *record.Amount) {
	k := -1
	for i := range s.facts {
		f := &s.facts[i]
		if s.used[i] || f.Line < b.from || f.Line > b.to || !f.is(a) {
			continue
		}
		if k < 0 || f.Metric == a.Metric && s.facts[k].Metric != a.Metric {
			k = i
		}
	}
	if k < 0 {
		s.extra++
		t.Logf("line %d: not in the truth: %s %q %s %s %s", b.from, a.Metric, a.Text, a.Base, a.Unit, a.Change)
		return
	}
	f := &s.facts[k]
	s.used[k] = true
	count(t, &s.metrics, f.Metric == a.Metric, f.Line, "metric", a.Metric, f.Metric)
	count(t, &s.periods, f.period() == "" || f.period() == a.Period, f.Line, "period", a.Period, f.period())
	count(t, &s.rates, f.Per == a.Per, f.Line, "per", a.Per, f.Per)
	count(t, &s.bases, f.BasePeriod == a.BasePeriod, f.Line, "base period", a.BasePeriod, f.BasePeriod)
}

// period is the period, or the day of a stock.
func (f *fact) period() string {
	return orElse(f.Period, f.AsOf)
}

func count(t *testing.T, n *int, right bool, line int, what, got, want string) {
	if right {
		*n++
		return
	}
	t.Logf("line %d: %s %q, want %q", line, what, got, want)
}

// TestNarratives reads the sentences that the truth of other disclosures
// quotes. Their metrics need the sentences around them and are not compared.
// Limits (单价50万元以上设备) are listed there with a role, and are no amounts.
func TestNarratives(t *testing.T) {
	for _, path := range []string{
		"putuo/truth/wanli-2023.truth.json",
		"putuo/truth/putuo-justice-2026-dept.truth.json",
		"jiangsu/truth/jiangsu-court-2018.truth.json",
	} {
		var doc struct {
			Document  struct{ FiscalYear int }
			Narrative []fact
		}
		readJSON(t, path, &doc)
		found, wanted, bases := 0, 0, 0
		for _, f := range doc.Narrative {
			limit := f.Role != ""
			if !limit {
				wanted++
			}
			value, unit := f.AmountYuan, "CNY"
			if value == "" {
				value, unit = f.Value, f.Unit
			}
			hit := false
			for _, a := range Amounts(f.Text, Context{FiscalYear: doc.Document.FiscalYear}) {
				checkOffsets(t, f.Text, &a)
				if sameNumber(a.Base, value) && a.Unit == unit && a.Change == f.Change {
					hit = true
					if f.BasePeriod != "" && a.BasePeriod == f.BasePeriod {
						bases++
					}
				}
			}
			switch {
			case limit && hit:
				t.Errorf("%s: the limit in %q is no amount", path, f.Text)
			case hit:
				found++
			case !limit:
				t.Logf("%s: missed %q", path, f.Text)
			}
		}
		t.Logf("%s: found %d of %d, base periods %d", path, found, wanted, bases)
		if found*100 < wanted*95 {
			t.Errorf("%s: found %d of %d", path, found, wanted)
		}
	}
}
