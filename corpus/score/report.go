package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// overview are the columns of the table of documents: a metric, or all metrics
// with a prefix together.
var overview = []struct{ title, metric string }{
	{"cells F1", "cells_f1"}, {"precision", "cells_precision"}, {"recall", "cells_recall"}, {"whole", "tables_whole"}, {"heads", "tables."},
	{"row cells", "row_cells_f1"}, {"text", "text_recall"}, {"lines F1", "lines_f1"}, {"projects", "projects."}, {"indicators", "indicators."},
	{"others", "organizations.|assets."}, {"narrative", "narrative"}, {"values", "narrative_values"}, {"identity", "identity"}, {"same", "same_records"},
}

// printTable prints a line for every document and tool.
func printTable(w io.Writer, results []*result) {
	rows := [][]string{{"document", "tool"}}
	for _, c := range overview {
		rows[0] = append(rows[0], c.title)
	}
	for _, r := range results {
		line := []string{r.document, r.tool}
		if s, ok := r.get("read"); ok && s.n == 0 {
			rows = append(rows, append(line, "not read"))
			continue
		}
		for _, c := range overview {
			line = append(line, r.together(c.metric))
		}
		rows = append(rows, line)
	}
	printColumns(w, rows)
}

// together prints a metric, or the sum of all metrics with one of some prefixes
// that end in a point; "" if there is none.
func (r *result) together(metric string) string {
	if !strings.HasSuffix(metric, ".") {
		if s, ok := r.get(metric); ok {
			return fmt.Sprintf("%.4f", s.value())
		}
		return ""
	}
	var sum score
	there := false
	for _, prefix := range strings.Split(metric, "|") {
		for _, s := range r.scores {
			if strings.HasPrefix(s.metric, prefix) {
				sum.n, sum.m, there = sum.n+s.n, sum.m+s.m, true
			}
		}
	}
	if !there {
		return ""
	}
	return fmt.Sprintf("%.4f", sum.value())
}

// printColumns prints rows in columns that are as wide as their widest text.
func printColumns(w io.Writer, rows [][]string) {
	var width []int
	for _, row := range rows {
		for i, text := range row {
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], columnsOf(text))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, text := range row {
			b.WriteString(text + strings.Repeat(" ", width[i]-columnsOf(text)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// columnsOf is how many columns of a terminal a text takes: Chinese characters
// take two.
func columnsOf(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x1100 {
			n++
		}
	}
	return n
}

// printImperfect prints every metric that is not 1, of every document.
func printImperfect(w io.Writer, results []*result) {
	rows := [][]string{}
	metrics := 0
	for _, r := range results {
		metrics += len(r.scores)
		for _, s := range r.scores {
			if s.n != s.m {
				rows = append(rows, []string{r.document, r.tool, s.metric, fmt.Sprintf("%.4f", s.value()), fmt.Sprintf("%d/%d", s.n, s.m)})
			}
		}
	}
	fmt.Fprintf(w, "\n%d metrics, %d of them below 1%s\n", metrics, len(rows), map[bool]string{true: ":"}[len(rows) > 0])
	printColumns(w, rows)
}

// printDifferences prints what differs, document by document.
func printDifferences(w io.Writer, results []*result) {
	for _, r := range results {
		if len(r.differences) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s, %s: %d differences\n", r.document, r.tool, len(r.differences))
		for _, d := range r.differences {
			fmt.Fprintln(w, "  "+d)
		}
	}
}

// resultJSON is a result as --json prints it. What was not scored is left out.
type resultJSON struct {
	Tool      string       `json:"tool"`
	Version   string       `json:"version"`
	Document  string       `json:"document"`
	F1        *float64     `json:"cells_f1,omitempty"`
	Precision *float64     `json:"cells_precision,omitempty"`
	Recall    *float64     `json:"cells_recall,omitempty"`
	Whole     *int         `json:"tables_whole,omitempty"`
	Tables    *int         `json:"tables,omitempty"`
	RowCells  *float64     `json:"row_cells_f1,omitempty"`
	Text      *float64     `json:"text_recall,omitempty"`
	Metrics   []metricJSON `json:"metrics"`
}

type metricJSON struct {
	Metric string  `json:"metric"`
	Score  float64 `json:"score"`
	N      int     `json:"n"`
	M      int     `json:"m"`
}

// printJSON prints results as one JSON array.
func printJSON(w io.Writer, results []*result) error {
	out := []resultJSON{}
	for _, r := range results {
		j := resultJSON{Tool: r.tool, Version: r.version, Document: r.document, Metrics: []metricJSON{}}
		for metric, at := range map[string]**float64{"cells_f1": &j.F1, "cells_precision": &j.Precision, "cells_recall": &j.Recall,
			"row_cells_f1": &j.RowCells, "text_recall": &j.Text} {
			if s, ok := r.get(metric); ok {
				v := s.value()
				*at = &v
			}
		}
		if s, ok := r.get("tables_whole"); ok {
			j.Whole, j.Tables = &s.n, &s.m
		}
		for _, s := range r.scores {
			j.Metrics = append(j.Metrics, metricJSON{s.metric, s.value(), s.n, s.m})
		}
		out = append(out, j)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(out)
}
