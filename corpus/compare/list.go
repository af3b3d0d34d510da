package compare

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Entry is what a dataset has of one body.
type Entry struct {
	EntityID   string   `json:"entity_id"`
	Department string   `json:"department"`
	Aliases    []string `json:"aliases"`
	RegionCode string   `json:"region_code"`
	RegionName string   `json:"region_name"`
	Kind       string   `json:"kind"`
	View       string   `json:"issuer_level"`
	Years      []Stock  `json:"years"`
}

// Stock is what a dataset has of one body and year, counted over its
// documents.
type Stock struct {
	Year       int `json:"fiscal_year"`
	Documents  int `json:"documents"`
	Lines      int `json:"budget_lines"`
	Projects   int `json:"projects"`
	Indicators int `json:"indicators"`
	Amounts    int `json:"amounts"`
	Findings   int `json:"findings"`
}

// List tells which departments and years of a query a dataset has, and how much
// of each.
func (s *Stream) List() []Entry {
	l := s.l
	var out []Entry
	for _, docs := range l.bodies() {
		last := docs[len(docs)-1]
		e := Entry{EntityID: last.entity, Department: last.Department, Aliases: []string{}, RegionCode: last.region.code,
			RegionName: last.region.name, Kind: last.kind, View: last.view}
		for _, s := range docs {
			if s.Department != e.Department && !slices.Contains(e.Aliases, s.Department) {
				e.Aliases = append(e.Aliases, s.Department)
			}
			if n := len(e.Years); n == 0 || e.Years[n-1].Year != s.Year {
				e.Years = append(e.Years, Stock{Year: s.Year})
			}
			y := &e.Years[len(e.Years)-1]
			y.Documents++
			y.Lines += s.counts.lines
			y.Projects += s.counts.projects
			y.Indicators += s.counts.indicators
			y.Amounts += s.counts.amounts
			y.Findings += s.counts.findings
		}
		slices.Sort(e.Aliases)
		out = append(out, e)
	}
	return out
}

// WriteList prints what List found as a table.
func WriteList(w io.Writer, entries []Entry) error {
	g := grid{header: []string{"department", "region", "kind", "level", "year", "documents", "lines", "projects", "indicators", "amounts", "findings"}}
	for i := range entries {
		e := &entries[i]
		for n, y := range e.Years {
			line := []string{"", "", "", ""}
			if n == 0 {
				line = []string{cmp.Or(e.Department, "?"), strings.TrimSpace(e.RegionCode + " " + e.RegionName), KindTitle(e.Kind), cmp.Or(ViewTitle(e.View), "–")}
			}
			for _, c := range []int{y.Year, y.Documents, y.Lines, y.Projects, y.Indicators, y.Amounts, y.Findings} {
				line = append(line, strconv.Itoa(c))
			}
			g.rows = append(g.rows, line)
		}
	}
	g.right = 4
	if err := g.write(w); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d departments and units\nnext: yusuan compare DATASET --department NAME, or --html report.html for a page of charts\n", len(entries))
	return err
}
