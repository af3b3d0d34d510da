package link_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"yusuan/corpus"
	"yusuan/corpus/link"
	"yusuan/export"
	"yusuan/export/parquet"
)

// jiangsu are six budgets of two departments for three years.
const jiangsu = "../../../shared/corpus/jiangsu"

// jiangsuFiles name them: department and year.
var jiangsuFiles = map[string]string{
	"省法院2017年度部门预算公开.pdf":       "court 2017",
	"省法院2018年度部门预算公开.pdf":       "court 2018",
	"江苏省高级人民法院2019年度部门预算公开.pdf": "court 2019",
	"2017年度部门预算公开表.pdf":         "cppcc 2017",
	"江苏省政协办公厅2018度部门预算公开表.pdf":  "cppcc 2018",
	"江苏省政协办公厅2019年预算公开表.pdf":    "cppcc 2019",
}

// lineAt is where a budget line stands.
type lineAt struct {
	DocumentID string `parquet:"document_id,dict"`
	TableNo    int32  `parquet:"table_no,optional"`
	RowNo      *int32 `parquet:"row_no"`
	Form       string `parquet:"form,dict"`
}

// formsOf reads the form of every row of budget_lines.
func formsOf(t *testing.T, dir string) map[string]string {
	out := map[string]string{}
	files, err := filepath.Glob(filepath.Join(dir, "budget_lines", "*", "*.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		for _, r := range rowsOf[lineAt](t, name) {
			out[placeKey(r.DocumentID, r.TableNo, *r.RowNo)] = r.Form
		}
	}
	return out
}

func placeKey(document string, table, row int32) string {
	return document + " " + strconv.Itoa(int(table)) + " " + strconv.Itoa(int(row))
}

func rowsOf[T any](t *testing.T, name string) []T {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	in, err := parquet.NewReader[T](f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out []T
	for {
		buf := make([]T, 256)
		n, err := in.Read(buf)
		out = append(out, buf[:n]...)
		if err != nil {
			return out
		}
	}
}

// uris are the documents' file names by id.
func uris(t *testing.T, dir string) map[string]string {
	out := map[string]string{}
	err := export.Documents(t.Context(), dir, func(d export.Document) error {
		out[d.ID] = filepath.Base(d.URI)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// links reads all rows of links, proposals apart.
func links(t *testing.T, dir string) (linked, proposed []export.Link) {
	err := export.Links(t.Context(), dir, func(l *export.Link) error {
		if l.Status == export.StatusProposal {
			proposed = append(proposed, *l)
		} else {
			linked = append(linked, *l)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return linked, proposed
}

// mustLink links a dataset.
func mustLink(t *testing.T, dir string) *link.Summary {
	t.Helper()
	sum, err := link.Run(t.Context(), dir, link.Settings{Pipeline: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestConformanceJiangsu holds the links of two departments over three years
// against what their budgets print: every code and every project that stands
// in two years is linked, and nothing else.
func TestConformanceJiangsu(t *testing.T) {
	var files []string
	for name := range jiangsuFiles {
		file := filepath.Join(jiangsu, name)
		if _, err := os.Stat(file); err != nil {
			t.Skipf("skipped: %s is not there", file)
		}
		files = append(files, file)
	}
	dir := filepath.Join(t.TempDir(), "dataset")
	if _, err := corpus.Run(t.Context(), files, dir, corpus.Settings{Pipeline: "test"}); err != nil {
		t.Fatal(err)
	}
	mustLink(t, dir)
	names, forms := uris(t, dir), formsOf(t, dir)
	linked, _ := links(t, dir)
	found := map[string]string{} // department, year, form, code, name → entity
	for i := range linked {
		l := &linked[i]
		if l.Table != "budget_lines" || l.Code == "" && l.EntityType == export.EntityAccount {
			continue
		}
		form := forms[placeKey(l.DocumentID, l.TableNo, l.RowNo)]
		found[strings.Join([]string{jiangsuFiles[names[l.DocumentID]], form, l.Code, plainName(l.Name)}, "\t")] = l.EntityID
	}
	var want []labelled
	for _, row := range truthRows(t, "testdata/jiangsu.tsv") {
		key := strings.Join([]string{row[0] + " " + row[4], row[1], row[2], plainName(row[3])}, "\t")
		id := found[key]
		if id == "" {
			t.Errorf("%s: no link", key)
		}
		delete(found, key)
		want = append(want, labelled{truth: row[5], got: id})
	}
	for key := range found {
		t.Errorf("%s: linked, but not in the truth", key)
	}
	precision, recall, pairs := score(want)
	t.Logf("Jiangsu: precision %.4f, recall %.4f of %d pairs", precision, recall, pairs)
	if precision < 1 || recall < 0.95 {
		t.Errorf("precision %.4f (want 1), recall %.4f (want 0.95)", precision, recall)
	}
}

// plainName makes brackets of both widths one.
func plainName(name string) string {
	return strings.NewReplacer("(", "（", ")", "）").Replace(name)
}

func truthRows(t *testing.T, name string) [][]string {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.Split(strings.TrimRight(line, "\n"), "\t"))
		}
	}
	return out
}

// labelled is a place with the entity that it is of and the one it was linked
// to.
type labelled struct{ truth, got string }

// score counts pairs of places: of those linked the share that is right, and of
// those that should be the share that is.
func score(places []labelled) (precision, recall float64, pairs int) {
	type both struct{ truth, got string }
	byTruth, byGot, byBoth := map[string]int{}, map[string]int{}, map[both]int{}
	for i, p := range places {
		if p.got == "" {
			p.got = "unlinked " + strconv.Itoa(i)
		}
		byTruth[p.truth]++
		byGot[p.got]++
		byBoth[both(p)]++
	}
	count := func(n int) int { return n * (n - 1) / 2 }
	right, linked := 0, 0
	for _, n := range byBoth {
		right += count(n)
	}
	for _, n := range byGot {
		linked += count(n)
	}
	for _, n := range byTruth {
		pairs += count(n)
	}
	return float64(right) / float64(max(linked, 1)), float64(right) / float64(max(pairs, 1)), pairs
}
