package field

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpus is the folder of real disclosures, which the repository does not hold.
const corpus = "../../../shared/corpus"

// minResolved is the share of distinct labels in header rows that must be
// resolved by alias or segment. All but one are at the time of writing.
const minResolved = 0.97

// header is a label in a form.
type header struct{ form, label string }

func TestCorpus(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(corpus, "*", "truth", "*.truth.json"))
	if err != nil || len(paths) == 0 {
		t.Skip("no truth files in " + corpus)
	}
	labels := map[header]bool{}
	for _, path := range paths {
		headerRows(t, path, labels)
	}
	targetLabels(t, filepath.Join(corpus, "handan-2020", "truth", "blocks.json"), labels)

	r := New()
	methods := map[string]int{}
	for h := range labels {
		got := r.Resolve(h.form, h.label)
		methods[got.Method]++
		if got.Method == None || got.Method == Review {
			t.Logf("%s: %s %q (%s)", got.Method, h.form, h.label, got.Canonical)
		}
	}
	share := float64(methods[Alias]+methods[Segment]) / float64(len(labels))
	t.Logf("%d labels: %v, %.3f resolved", len(labels), methods, share)
	if share < minResolved {
		t.Errorf("%.3f of the labels are resolved, want %.2f", share, minResolved)
	}
}

// headerRows collects the header rows of the tables of a truth file.
func headerRows(t *testing.T, path string, labels map[header]bool) {
	var truth struct {
		Tables []struct {
			Form       string
			HeaderRows int `json:"header_rows"`
			Cells      [][]any
		}
	}
	readJSON(t, path, &truth)
	for _, table := range truth.Tables {
		for _, c := range table.Cells {
			text, ok := c[4].(string)
			row, isNumber := c[0].(float64)
			if !ok || !isNumber {
				t.Fatalf("%s: cell %v", path, c)
			}
			if int(row) < table.HeaderRows && strings.TrimSpace(text) != "" {
				labels[header{table.Form, text}] = true
			}
		}
	}
}

// labelRow is a kind of header row.
type labelRow struct {
	first, form string
	step        int
}

// labelRows maps the first cell of a header row of the flat truth to its form;
// of rows in which labels and values take turns only the labels count.
var labelRows = []labelRow{
	{"单位名称", "organizations", 1}, {"政府采购项目来源", "procurement", 1}, {"项目名称", "procurement", 1},
	{"项   目", "fixed_assets", 1}, {"一级指标", "performance_target", 1}, {"项目编码", "performance_target", 2},
	{"绩效目标", "performance_target", 2}, {"资金支出计划（%）", "performance_target", 1},
}

// targetLabels collects the header rows of the tables in the flat truth.
func targetLabels(t *testing.T, path string, labels map[header]bool) {
	var blocks [][]json.RawMessage
	readJSON(t, path, &blocks)
	found := 0
	for _, b := range blocks {
		var rows [][][]string
		if string(b[0]) != `"t"` || json.Unmarshal(b[1], &rows) != nil {
			continue
		}
		for _, row := range rows {
			first := strings.Join(row[0], "\n")
			i := slices.IndexFunc(labelRows, func(r labelRow) bool { return r.first == first })
			if i < 0 {
				continue
			}
			found++
			for n := 0; n < len(row); n += labelRows[i].step {
				if text := strings.Join(row[n], "\n"); text != "" {
					labels[header{labelRows[i].form, text}] = true
				}
			}
		}
	}
	if found == 0 {
		t.Errorf("%s: no header row", path)
	}
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
