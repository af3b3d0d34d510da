package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// row is a line of a file of scores.
type row struct {
	document, metric string
	value            float64
	// detail is n/m.
	detail string
}

func (r row) key() [2]string { return [2]string{r.document, r.metric} }

// rowsOf returns the rows of results, sorted by document and metric.
func rowsOf(results []*result) []row {
	var out []row
	for _, r := range results {
		for _, s := range r.scores {
			out = append(out, row{r.document, s.metric, s.value(), fmt.Sprintf("%d/%d", s.n, s.m)})
		}
	}
	slices.SortFunc(out, func(a, b row) int {
		return cmp.Or(strings.Compare(a.document, b.document), strings.Compare(a.metric, b.metric))
	})
	return out
}

// header is the first line of a file of scores.
const header = "document\tmetric\tscore\tdetail"

func writeRows(file string, rows []row) error {
	var b bytes.Buffer
	fmt.Fprintln(&b, header)
	for _, r := range rows {
		fmt.Fprintf(&b, "%s\t%s\t%.6f\t%s\n", r.document, r.metric, r.value, r.detail)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// readRows reads a file of scores. The share is worked out from the detail,
// which is exact.
func readRows(file string) ([]row, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	if lines[0] != header {
		return nil, fmt.Errorf("%s:1: the columns must be %q", file, header)
	}
	var out []row
	for i, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("%s:%d: %d columns, want 4: rewrite it with --update", file, i+2, len(f))
		}
		a, b, _ := strings.Cut(f[3], "/")
		n, err1 := strconv.Atoi(a)
		m, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("%s:%d: the detail %q is not n/m: rewrite it with --update", file, i+2, f[3])
		}
		out = append(out, row{f[0], f[1], score{f[1], n, m}.value(), f[3]})
	}
	return out, nil
}

// tolerance is what two equal shares may differ by in floating point.
const tolerance = 1e-9

// comparison holds scores against committed ones.
type comparison struct {
	// there tells whether a document could be scored: its truth and its file
	// are in the corpus, and it was asked for.
	there func(document string) bool
	out   io.Writer
}

// compare prints what changed and tells whether nothing dropped or vanished.
// What is committed of a document that is not in the corpus is passed over.
func (c *comparison) compare(committed, now []row) bool {
	have := map[[2]string]row{}
	for _, r := range now {
		have[r.key()] = r
	}
	known := map[[2]string]bool{}
	absent := map[string]bool{}
	good := true
	for _, old := range committed {
		known[old.key()] = true
		r, ok := have[old.key()]
		switch {
		case !c.there(old.document):
			absent[old.document] = true
		case !ok:
			good = false
			fmt.Fprintf(c.out, "VANISHED  %s  %s  was %.4f (%s)\n", old.document, old.metric, old.value, old.detail)
		case r.value < old.value-tolerance:
			good = false
			fmt.Fprintf(c.out, "DROPPED   %s  %s  %.4f (%s), was %.4f (%s)\n", r.document, r.metric, r.value, r.detail, old.value, old.detail)
		case r.value > old.value+tolerance:
			fmt.Fprintf(c.out, "better    %s  %s  %.4f (%s), was %.4f (%s)\n", r.document, r.metric, r.value, r.detail, old.value, old.detail)
		case r.detail != old.detail:
			fmt.Fprintf(c.out, "changed   %s  %s  %s, was %s\n", r.document, r.metric, r.detail, old.detail)
		}
	}
	for _, r := range now {
		if !known[r.key()] {
			fmt.Fprintf(c.out, "new       %s  %s  %.4f (%s)\n", r.document, r.metric, r.value, r.detail)
		}
	}
	c.skipped(sortedKeys(absent))
	return good
}

// namedSkips is how many skipped documents are named one by one.
const namedSkips = 10

// skipped tells which documents of the committed scores were not scored.
func (c *comparison) skipped(docs []string) {
	for i, doc := range docs {
		if i == namedSkips {
			fmt.Fprintf(c.out, "skipped   %d further documents\n", len(docs)-i)
			return
		}
		fmt.Fprintf(c.out, "skipped   %s: it is not here, or was not asked for\n", doc)
	}
}
