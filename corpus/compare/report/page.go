// Package report makes one page of a comparison: charts, tables, findings and
// sources, with nothing from anywhere else.
//
// Every number of the page says where it stands: document, page, table, row,
// column and the text as printed. What the page needs is in it; a policy in
// its head forbids the browser to fetch anything. The page is Chinese
// throughout; the English message of a finding is its title.
//
// A page of at most plainBytes is whole without JavaScript: sources are the
// titles of numbers, and only the choice of a department and the panel with a
// source are missing. A larger one keeps all departments but the first one shown
// packed (gzip, base64), and its script unpacks them one at a time when they are
// chosen: a browser has the numbers of one department to lay out, and the file
// is a small part of what it was. Without JavaScript such a page says what it
// does not show.
//
// Charts are drawn by go-analyze/charts. Its SVG is then changed: colours
// become those of the style sheet, and each mark is tied to its number.
package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"yusuan/corpus/compare"
	"yusuan/normalize/record"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string
)

type bodyView struct {
	ID, Name, Region, Kind, View, Option string
	Aliases                              []string
	Span                                 string
	Key                                  []keyFigure
	Charts                               []chartView
	Small                                []chartView
	SmallMore                            int
	Targets                              *targetView
	Tables                               []tableView
	Errors, Warnings                     []findingView
	Notes                                []string
	Documents                            []documentView
}

// keyFigure is a number at the top of a body.
type keyFigure struct {
	Label, Unit, Year string
	Value, Change     figure
}

type chartView struct {
	Title, Note, Unit string
	// SVG is for cards that are wide, Narrow for those that are not: type is as
	// large in one as in the other. A long one wants a row of its own.
	SVG, Narrow template.HTML
	Long        bool
	Legend      []legendView
	// Year is the latest, whose numbers the legend has, Since the one that
	// changes are measured from.
	Year, Since string
}

type legendView struct {
	Name  string
	Color int
	Value figure
	// Year is that of the number where it is not the latest.
	Year string
	Rate figure
}

type findingView struct {
	Year                        int
	Title, Text, Where, English string
}

type documentView struct {
	Year       int
	URI, Title string
	Errors     int
}

// longest is for how many years a year without documents has a place of its
// own, so that a line has a gap there.
const longest = 30

// cropped is a body with the years from its first document to its last, those
// between that the dataset has nothing of among them.
func cropped(c *compare.Comparison, b *compare.Body) (years []int, of compare.Body) {
	first, last := c.Span(b)
	known := c.Years[first : last+1]
	for i, y := range known {
		for i > 0 && years[len(years)-1]+1 < y && known[len(known)-1]-known[0] < longest {
			years = append(years, years[len(years)-1]+1)
		}
		years = append(years, y)
	}
	of = *b
	of.Rows = slices.Clone(b.Rows)
	for i := range of.Rows {
		cells := of.Rows[i].Cells[first : last+1]
		of.Rows[i].Cells = nil
		for _, y := range years {
			if cells[0].Year == y {
				of.Rows[i].Cells = append(of.Rows[i].Cells, cells[0])
				cells = cells[1:]
			} else {
				of.Rows[i].Cells = append(of.Rows[i].Cells, compare.Cell{Year: y, Why: compare.WhyNoDocument})
			}
		}
	}
	return years, of
}

func newBody(c *compare.Comparison, whole *compare.Body, n int) (bodyView, error) {
	years, of := cropped(c, whole)
	b := &of
	v := bodyView{ID: "b" + strconv.Itoa(n), Name: b.Department, Region: b.RegionName, Kind: compare.KindTitle(b.Kind),
		View: compare.ViewTitle(b.View), Aliases: b.Aliases}
	for _, n := range b.Notes {
		v.Notes = append(v.Notes, n.Chinese)
	}
	if v.Name == "" {
		v.Name = "（未识别的部门）"
	}
	first, last := b.Documents[0].Year, b.Documents[len(b.Documents)-1].Year
	v.Span = strconv.Itoa(first)
	if last > first {
		v.Span += "–" + strconv.Itoa(last)
	}
	v.Option = strings.Join(slices.DeleteFunc([]string{v.Name, v.Kind, v.View, v.Span}, func(s string) bool { return s == "" }), " · ")
	for _, d := range b.Documents {
		v.Documents = append(v.Documents, documentView{d.Year, d.URI, d.Title, d.Errors})
	}
	for i := range b.Findings {
		f := &b.Findings[i]
		x := findingView{f.Year, compare.RuleTitle(f.Rule), f.Chinese, placeOnly(&f.Origin), f.Message + " [" + f.Rule + "]"}
		if f.Severity == record.SeverityError {
			v.Errors = append(v.Errors, x)
		} else {
			v.Warnings = append(v.Warnings, x)
		}
	}
	d := drawer{years: years, b: b, v: &v}
	d.draw()
	v.Tables = tables(years, b)
	v.Targets = targetChanges(b)
	return v, d.err
}

// drawer draws the charts of a body; it stops at the first error.
type drawer struct {
	years []int
	b     *compare.Body
	v     *bodyView
	err   error
}

func (d *drawer) draw() {
	money := scale(d.b)
	layers, total, form := composition(d.b)
	public, publicTotal := threePublic(d.b)
	projects, more := projectLines(d.b)
	if len(money) > 0 {
		d.key(money[0].Name+"合计", money[0].row)
	}
	if publicTotal != nil {
		d.key("三公经费", publicTotal)
	}
	d.chart(chartView{Title: "收支规模"}, money, nil, false)
	note := compare.FormTitle(form) + "，类级科目；柱顶为表中合计"
	if len(layers) > colors {
		note += "；灰色为其余各类"
	}
	d.chart(chartView{Title: "支出构成（按功能分类）", Note: note}, layers, total, true)
	d.chart(chartView{Title: "“三公”经费", Note: "柱顶为表中合计"}, public, publicTotal, true)
	note = ""
	if more > 0 {
		note = fmt.Sprintf("金额最大的 %d 个；另有 %d 个见下表", len(projects), more)
	}
	d.chart(chartView{Title: "跨年项目", Note: note}, projects, nil, false)
	arrange(d.v.Charts)
	d.small()
}

// arrange puts charts that want a row of their own behind the others, which
// stand two in a row; one that is left over gets a row, too.
func arrange(charts []chartView) {
	slices.SortStableFunc(charts, func(a, b chartView) int {
		switch {
		case a.Long == b.Long:
			return 0
		case b.Long:
			return -1
		}
		return 1
	})
	short := 0
	for short < len(charts) && !charts[short].Long {
		short++
	}
	if short%2 == 1 {
		charts[short-1].Long = true
	}
}

// key adds a number to the top of the body: that of the latest year.
func (d *drawer) key(name string, r *compare.Row) {
	for i := len(r.Cells) - 1; i >= 0; i-- {
		c := &r.Cells[i]
		if c.Value.IsNull() {
			continue
		}
		u := unitFor([]record.Decimal{c.Value}, hundredMil)
		_, rate := changeFigures(d.b, r, u)
		k := keyFigure{Label: name, Unit: u.name, Year: strconv.Itoa(c.Year), Value: cellFigure(d.b, c, label(r), u), Change: rate}
		if rate.Text != "" {
			k.Year = fmt.Sprintf("%d，较 %d", c.Year, r.Change.From)
		}
		d.v.Key = append(d.v.Key, k)
		return
	}
}

// chart draws a chart if there is something to see on it: lines of more than
// one year, bars of at least one.
func (d *drawer) chart(v chartView, s []series, total *compare.Row, stacked bool) {
	if d.err != nil || len(s) == 0 || !stacked && !slices.ContainsFunc(s, func(s series) bool { return filled(s.row) > 1 }) {
		return
	}
	p := plot{body: d.b, years: d.years, series: s, total: total, stacked: stacked}
	var all []record.Decimal
	for _, x := range append(slices.Clone(s), series{row: total}) {
		for i := 0; x.row != nil && i < len(x.row.Cells); i++ {
			all = append(all, x.row.Cells[i].Value)
		}
	}
	p.unit = unitFor(all, hundredMil)
	v.Unit = p.unit.name
	narrow := p
	narrow.narrow = true
	if v.SVG, d.err = p.draw(); d.err == nil {
		v.Narrow, d.err = narrow.draw()
	}
	w, _ := p.size()
	v.Long = w > wideWidth || len(s) > mostLines
	v.Year = strconv.Itoa(d.years[len(d.years)-1])
	for _, x := range s {
		l := d.legend(x, p.unit)
		if from := x.row.Change.From; l.Rate.Text != "" && (v.Since == "" || strconv.Itoa(from) < v.Since) {
			v.Since = strconv.Itoa(from)
		}
		v.Legend = append(v.Legend, l)
	}
	d.v.Charts = append(d.v.Charts, v)
}

// legend names a series, with its latest number and its change.
func (d *drawer) legend(s series, u unit) legendView {
	l := legendView{Name: s.Name, Color: s.Color}
	for i := len(s.row.Cells) - 1; i >= 0; i-- {
		if c := &s.row.Cells[i]; !c.Value.IsNull() {
			l.Value = cellFigure(d.b, c, cmpLabel(s), u)
			if c.Year != d.years[len(d.years)-1] {
				l.Year = strconv.Itoa(c.Year)
			}
			break
		}
	}
	_, l.Rate = changeFigures(d.b, s.row, u)
	return l
}

// small draws a small chart for each indicator with numbers in several years.
func (d *drawer) small() {
	rows, more := targets(d.b)
	d.v.SmallMore = more
	for i, r := range rows {
		if d.err != nil {
			return
		}
		p := plot{body: d.b, years: d.years, series: []series{{Name: r.Name, row: r, Color: i % 4}}, small: true}
		name := compare.UnitTitle(r.Unit)
		if r.Unit == "CNY" {
			var all []record.Decimal
			for j := range r.Cells {
				all = append(all, r.Cells[j].Value)
			}
			p.unit = unitFor(all, hundredMil)
			name = p.unit.name
		}
		v := chartView{Title: r.Name, Note: r.Group, Unit: name}
		v.SVG, d.err = p.draw()
		l := d.legend(p.series[0], p.unit)
		l.Year = strconv.Itoa(r.Change.To)
		v.Legend = []legendView{l}
		d.v.Small = append(d.v.Small, v)
	}
}
