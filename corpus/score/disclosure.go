package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// scoreLines scores the lines of the statutory tables as a multiset of form,
// code, name, the measure's last part and the amount in yuan.
func (r *result) scoreLines(t *truth, d *record.Disclosure) error {
	if t.Lines == nil {
		return nil
	}
	forms := map[int]string{}
	for i, table := range t.Tables {
		no, err := strconv.Atoi(table.about.text("no"))
		if err != nil {
			no = i + 1
		}
		forms[no] = table.about.text("form")
	}
	want, got := []string{}, []string{}
	for i, l := range t.Lines {
		form, ok := forms[l.Table]
		if !ok {
			return fmt.Errorf("line %d of the truth is in table %d, which it does not have", i+1, l.Table)
		}
		want = append(want, lineKey(form, l.Code, l.Name, l.Measure, plain(l.Yuan)))
	}
	for _, l := range d.BudgetLines {
		got = append(got, lineKey(l.Form, l.Code, l.Name, l.MeasureRaw, l.Amount.String()))
	}
	multiset(r, "lines_f1", want, got)
	return nil
}

// lineKey is what must be right about a line.
func lineKey(form, code, name, measure, yuan string) string {
	measure = measure[strings.LastIndex(measure, "/")+1:]
	return strings.Join([]string{form, code, asText(name), measure, asNumber(yuan)}, " | ")
}

// scoreIdentity scores whose disclosure it is: as many fields as the truth
// states.
func (r *result) scoreIdentity(document object, id *record.Identity) {
	year := ""
	if id.FiscalYear != 0 {
		year = strconv.Itoa(id.FiscalYear)
	}
	right, all := 0, 0
	for _, c := range []struct{ key, got string }{
		{"department", id.Department}, {"department_code", id.DepartmentCode}, {"fiscal_year", year}, {"kind", id.Kind},
		{"level", id.Level}, {"region", id.RegionName}, {"region_code", id.RegionCode},
	} {
		if !document.has(c.key) {
			continue
		}
		all++
		if want := document.text(c.key); want == c.got {
			right++
		} else {
			r.differ("identity", "%s: want %q, got %q", c.key, want, c.got)
		}
	}
	if all > 0 {
		r.add("identity", right, all)
	}
}

// scoreHeads scores what is said above the tables that were found: form, title,
// number of the form, unit, and how many rows are its header.
func (r *result) scoreHeads(want []trueTable, d *record.Disclosure, pairs []int) {
	columns := []column{{"form", asText, []string{"form"}}, {"title", asTitle, []string{"title"}}, {"form_no", noBlanks, []string{"form_no"}},
		{"unit", asText, []string{"unit"}}, {"header_rows", asNumber, []string{"header_rows"}}}
	right, all := map[string]int{}, map[string]int{}
	for i := range want {
		got := facts{}
		if j := pairs[i]; j >= 0 && j < len(d.Tables) {
			t := &d.Tables[j]
			got = facts{"form": t.Form, "title": asTitle(t.Title), "form_no": noBlanks(t.FormNo), "unit": t.UnitRaw, "header_rows": strconv.Itoa(t.HeaderRows)}
		}
		for name, w := range state(want[i].about, columns) {
			all[name]++
			if w == got[name] {
				right[name]++
			} else {
				r.differ("tables", "%s: %s: want %q, got %q", want[i].grid.name(i), name, w, got[name])
			}
		}
	}
	for _, name := range sortedKeys(all) {
		r.add("tables."+name, right[name], all[name])
	}
}

// titleLabel is the number of a heading that a table's title is.
var titleLabel = regexp.MustCompile(`^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.、])`)

// asTitle drops blanks and the number of a heading, which the dataset keeps
// apart as its label.
func asTitle(s string) string { return titleLabel.ReplaceAllString(noBlanks(s), "") }

// places are the fields of a record that say where it stands: they differ
// between the formats of one disclosure.
var places = []string{"Page", "Block", "Table", "Row", "Col"}

// printRecords prints the records of a disclosure by kind, without their places.
func printRecords(d *record.Disclosure) (map[string][]string, error) {
	out := map[string][]string{}
	for kind, list := range map[string]any{
		"identity": []record.Identity{d.Identity}, "projects": d.Projects, "indicators": d.Indicators, "amounts": d.Amounts,
		"procurement": d.Procurement, "budget_lines": d.BudgetLines, "organizations": d.Organizations, "assets": d.Assets,
	} {
		data, err := json.Marshal(list)
		if err != nil {
			return nil, err
		}
		var records []object
		if err := json.Unmarshal(data, &records); err != nil {
			return nil, err
		}
		for _, o := range records {
			for _, p := range places {
				delete(o, p)
			}
			line, err := json.Marshal(o)
			if err != nil {
				return nil, err
			}
			out[kind] = append(out[kind], string(line))
		}
	}
	return out, nil
}

// scoreSame scores the records of a disclosure against those of another format
// of it: as many as are equal, kind by kind, in order.
func (r *result) scoreSame(other string, want, got map[string][]string) {
	same, all := 0, 0
	kinds := sortedKeys(want)
	for kind := range got {
		if want[kind] == nil {
			kinds = append(kinds, kind)
		}
	}
	for _, kind := range kinds {
		w, g := want[kind], got[kind]
		pairs := align(len(w), len(g), func(i, j int) int {
			if w[i] == g[j] {
				return 1
			}
			return 0
		})
		all += max(len(w), len(g))
		for i, j := range pairs {
			if j >= 0 {
				same++
			} else {
				r.differ("same_records", "only in %s: %s %s", other, kind, w[i])
			}
		}
		for j := range g {
			if !slices.Contains(pairs, j) {
				r.differ("same_records", "not in %s: %s %s", other, kind, g[j])
			}
		}
	}
	r.add("same_records", same, all)
}
