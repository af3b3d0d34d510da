package report

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-analyze/charts"

	"yusuan/corpus/compare"
	"yusuan/normalize/record"
)

// series is one line, or one layer of the bars, of a chart.
type series struct {
	Name string
	row  *compare.Row
	// Color is the number of its colour, of those of the style sheet.
	Color int
}

// plot is what a chart is drawn of.
type plot struct {
	body   *compare.Body
	years  []int
	series []series
	unit   unit
	// total is the printed total of the layers, nil if there is none.
	total *compare.Row
	// stacked draws bars of layers, else lines.
	stacked bool
	// small charts have no room for years between the first and the last,
	// narrow ones are for a phone.
	small, narrow bool
}

// The library draws with colours; those stand for names of the style sheet,
// which has them for light and dark. Series are rgb(2,0,n).
var (
	axisInk  = charts.Color{R: 1, G: 1, B: 1, A: 255}
	gridInk  = charts.Color{R: 1, G: 1, B: 2, A: 255}
	textInk  = charts.Color{R: 1, G: 1, B: 3, A: 255}
	seriesR  = uint8(2)
	inkNames = strings.NewReplacer("rgb(1,1,1)", "var(--axis)", "rgb(1,1,2)", "var(--grid)", "rgb(1,1,3)", "var(--muted)")
)

// colors is how many colours the style sheet has for series.
const colors = 10

// dot is the radius of a point, by which points are found again.
const dot = 4.5

// The parts of the library's SVG that are changed.
var (
	svgOpen    = regexp.MustCompile(`<svg [^>]*viewBox="0 0 (\d+) (\d+)"[^>]*>`)
	fontFamily = regexp.MustCompile(`;font-family:[^"]*"`)
	background = regexp.MustCompile(`(?s)<path d="M 0 0[^"]*" style="stroke:none;fill:none"/>`)
	seriesInk  = regexp.MustCompile(`rgb\(2,0,(\d+)\)`)
	point      = regexp.MustCompile(`<circle cx="(\d+)" cy="(\d+)" r="4.5" style="[^"]*rgb\(2,0,(\d+)\)[^"]*"/>`)
	bar        = regexp.MustCompile(`(?s)<path d="M (\d+) (\d+)\nL (\d+) \d+\nL \d+ (\d+)\n[^"]*" style="stroke:none;fill:rgb\(2,0,(\d+)\)"/>`)
	yearLabel  = regexp.MustCompile(`<text x="(\d+)" y="(\d+)" style="[^"]*">(\d{4})\*</text>`)
)

// theme has as many series colours as a chart has series.
func theme(n int) charts.ColorPalette {
	o := charts.ThemeOption{AxisStrokeColor: axisInk, AxisSplitLineColor: gridInk, TextColor: textInk, BackgroundColor: charts.ColorTransparent}
	for i := range max(n, 1) {
		o.SeriesColors = append(o.SeriesColors, charts.Color{R: seriesR, B: uint8(i), A: 255})
	}
	return charts.MakeTheme(o)
}

// values are the numbers of a series for the library, which places points with
// them and prints none of them. It takes floats; what is shown of an amount is
// never made from these. They are in yuan, whatever the unit shown: below a
// layer of less than 1 the library begins the axis at −1.
func (p *plot) values(r *compare.Row) []float64 {
	var out []float64
	for i := range r.Cells {
		f, err := strconv.ParseFloat(r.Cells[i].Value.String(), 64)
		if err != nil {
			f = charts.GetNullValue() // there is no number
		}
		out = append(out, f)
	}
	if len(out) == 1 {
		return []float64{charts.GetNullValue(), out[0], charts.GetNullValue()}
	}
	return out
}

// labels are the years; one whose documents contradict themselves has a mark.
func (p *plot) labels() []string {
	var out []string
	for _, y := range p.years {
		label := strconv.Itoa(y)
		if len(yearErrors(p.body, y)) > 0 {
			label += "*"
		}
		out = append(out, label)
	}
	if len(out) == 1 { // a single year stands in the middle, with room around it
		return []string{" ", out[0], " "}
	}
	return out
}

// The least width of a chart, in the pixels that it is shown in: charts are not
// stretched, so that type has one size in all of them.
const (
	wideWidth   = 560
	narrowWidth = 330
)

// size is the size of a chart: as wide as its years need.
func (p *plot) size() (width, height int) {
	switch {
	case p.small:
		return 240, 130
	case p.narrow:
		return max(narrowWidth, 60+46*len(p.years)), 250
	}
	return max(wideWidth, 90+58*len(p.years)), 290
}

// draw draws the chart.
func (p *plot) draw() (template.HTML, error) {
	if p.stacked {
		return p.bars()
	}
	return p.lines()
}

// tick prints a number of the axis in the chart's unit.
func (p *plot) tick(v float64) string {
	d, err := record.ParseDecimal(strconv.FormatFloat(v/math.Pow10(p.unit.exp), 'f', 2, 64))
	if err != nil {
		return "" // no label is better than a wrong one
	}
	if d.IsZero() {
		return "0"
	}
	label := compare.Grouped(d)
	// The library measures with a font of its own; blanks, which are not drawn,
	// keep the end of a long label off the axis.
	return label + strings.Repeat(" ", len(label)/4)
}

// axis is where the value axis begins and ends, and how many numbers it has:
// multiples of 1, 2 or 5, and 0 among them.
func (p *plot) axis(low, high float64) charts.ValueAxisOption {
	steps := 4.0
	if p.small {
		steps = 2
	}
	step := niceStep((max(high, 0) - min(low, 0)) / steps)
	from, to := math.Floor(min(low, 0)/step), math.Ceil(max(high, 0)/step)
	if from == to {
		to++
	}
	o := charts.ValueAxisOption{Min: charts.Ptr(from * step), Max: charts.Ptr(to * step), LabelCount: int(to-from) + 1,
		RangeValuePaddingScale: charts.Ptr(0.0), PreferNiceIntervals: charts.Ptr(false), ValueFormatter: p.tick}
	o.LabelFontStyle.FontSize = p.fontSize()
	return o
}

// niceStep is the smallest of 1, 2 and 5, times a power of ten, that is not
// less than a step.
func niceStep(least float64) float64 {
	if least <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= least*0.999 {
			return n * power
		}
	}
	return 10 * power
}

// span is the least and the greatest of some numbers, of layers that of their
// sums in each year.
func span(data [][]float64, stacked bool) (low, high float64) {
	if len(data) == 0 {
		return 0, 0
	}
	for i := range data[0] {
		var up, down float64
		for _, values := range data {
			v := values[i]
			switch {
			case v == charts.GetNullValue():
			case stacked && v < 0:
				down += v
			case stacked:
				up += v
			default:
				up, down = max(up, v), min(down, v)
			}
		}
		low, high = min(low, down), max(high, up)
	}
	return low, high
}

// fontSize is in points.
func (p *plot) fontSize() float64 {
	if p.small {
		return 8.5
	}
	return 9.75 // 13 pixels
}

// lines draws a line for each series, with a gap where there is no number.
func (p *plot) lines() (template.HTML, error) {
	var data [][]float64
	for _, s := range p.series {
		data = append(data, p.values(s.row))
	}
	w, h := p.size()
	t := theme(len(p.series))
	o := charts.NewLineChartOptionWithData(data)
	o.Theme, o.Padding = t, charts.NewBox(4, 12, 12, 4)
	o.XAxis.BoundaryGap = charts.Ptr(true)
	o.XAxis.Labels, o.XAxis.LabelFontStyle.FontSize = p.labels(), p.fontSize()
	o.YAxis[0] = p.axis(span(data, false))
	o.Legend.Show, o.Title.Show = charts.Ptr(false), charts.Ptr(false)
	o.Symbol = charts.Symbol{Shape: charts.SymbolDot, Size: dot}
	o.LineStrokeWidth = 2
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: w, Height: h, Theme: t})
	if err := painter.LineChart(o); err != nil {
		return "", err
	}
	return p.finish(painter, p.point, point)
}

// bars draws a bar for each year, a layer for each series.
func (p *plot) bars() (template.HTML, error) {
	var data [][]float64
	for _, s := range p.series {
		data = append(data, p.values(s.row))
	}
	w, h := p.size()
	t := theme(len(p.series))
	o := charts.NewBarChartOptionWithData(data)
	o.Theme, o.Padding = t, charts.NewBox(4, 22, 12, 4)
	o.StackSeries, o.BarSize = charts.Ptr(true), 0.5
	o.CategoryAxis.Labels, o.CategoryAxis.LabelFontStyle.FontSize = p.labels(), p.fontSize()
	o.ValueAxis[0] = p.axis(span(data, true))
	o.Legend.Show, o.Title.Show = charts.Ptr(false), charts.Ptr(false)
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: w, Height: h, Theme: t})
	if err := painter.BarChart(o); err != nil {
		return "", err
	}
	return p.finish(painter, p.layer, bar)
}

// finish ties the marks of the library's SVG to the numbers that they stand
// for, and its colours to the style sheet. Marks come series by series, in the
// order of the years, without those that have no number; that as many are
// found as there are numbers is checked, so that another version of the library
// cannot put a number at the wrong place.
func (p *plot) finish(painter *charts.Painter, draw func(m []string, s series, c *compare.Cell) string, mark *regexp.Regexp) (template.HTML, error) {
	data, err := painter.Bytes()
	if err != nil {
		return "", err
	}
	svg := background.ReplaceAllString(string(data), "")
	next := make([]int, len(p.series))
	drawn, want := 0, 0
	tops := map[int][2]int{} // by year: where a bar ends
	svg = mark.ReplaceAllStringFunc(svg, func(text string) string {
		m := mark.FindStringSubmatch(text)
		n, _ := strconv.Atoi(m[len(m)-1])
		if n >= len(p.series) {
			return text
		}
		s := p.series[n]
		for next[n] < len(s.row.Cells) && s.row.Cells[next[n]].Value.IsNull() {
			next[n]++
		}
		if next[n] >= len(s.row.Cells) {
			drawn = -1 // more marks than numbers
			return text
		}
		c := &s.row.Cells[next[n]]
		next[n]++
		drawn++
		if mark == bar {
			left, top, right := atoi(m[1]), atoi(m[2]), atoi(m[3])
			if at, ok := tops[c.Year]; !ok || top < at[1] {
				tops[c.Year] = [2]int{(left + right) / 2, top}
			}
		}
		return draw(m, s, c)
	})
	for _, s := range p.series {
		for i := range s.row.Cells {
			if !s.row.Cells[i].Value.IsNull() {
				want++
			}
		}
	}
	if drawn != want {
		return "", fmt.Errorf("the chart has %d marks for %d numbers", drawn, want)
	}
	svg = strings.Replace(svg, "</svg>", p.totals(tops)+"</svg>", 1)
	svg = yearLabel.ReplaceAllStringFunc(svg, p.yearMark)
	svg = fontFamily.ReplaceAllString(inkNames.Replace(svg), `"`)
	svg = seriesInk.ReplaceAllStringFunc(svg, func(text string) string {
		n, _ := strconv.Atoi(seriesInk.FindStringSubmatch(text)[1])
		return "var(--c" + strconv.Itoa(p.series[min(n, len(p.series)-1)].Color) + ")"
	})
	svg = svgOpen.ReplaceAllString(svg, `<svg viewBox="0 0 $1 $2" role="group" style="--w:$1">`)
	return template.HTML(svg), nil //nolint:gosec // every text in it went through html.EscapeString
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// point is a point of a line: with a larger place to touch, and hollow where
// its table contradicts itself.
func (p *plot) point(m []string, s series, c *compare.Cell) string {
	return p.group("mark dot"+doubt(c), s, c, fmt.Sprintf(`<circle cx="%s" cy="%s" r="14" class="touch"/><circle cx="%s" cy="%s" r="4.5" class="ink" style="--s:var(--c%d)"/>`,
		m[1], m[2], m[1], m[2], s.Color))
}

// layer is a layer of a bar.
func (p *plot) layer(m []string, s series, c *compare.Cell) string {
	left, top, right, bottom := atoi(m[1]), atoi(m[2]), atoi(m[3]), atoi(m[4])
	out := fmt.Sprintf(`<rect x="%d" y="%d" width="%d" height="%d" class="ink" style="--s:var(--c%d)"/>`, left, top, right-left, bottom-top, s.Color)
	if len(c.Findings) > 0 && bottom-top >= 14 { // a thin layer has no room for it
		out += fmt.Sprintf(`<text x="%d" y="%d" class="star">*</text>`, right+3, (top+bottom)/2+6)
	}
	return p.group("mark bar"+doubt(c), s, c, out)
}

// doubt is how a mark is drawn whose table contradicts itself, or does not
// prove itself.
func doubt(c *compare.Cell) string {
	switch {
	case len(c.Findings) > 0:
		return " wrong"
	case c.Unverified:
		return " unsure"
	}
	return ""
}

// group ties what was drawn to its source.
func (p *plot) group(class string, s series, c *compare.Cell, drawn string) string {
	return markGroup(class, sourceText(p.body, c, cmpLabel(s)), drawn)
}

// cmpLabel names a series in the source of its numbers.
func cmpLabel(s series) string {
	if l := label(s.row); l != s.Name {
		return s.Name + "（" + l + "）"
	}
	return s.Name
}

func markGroup(class, source, drawn string) string {
	return `<g class="` + class + `" tabindex="0" role="img"><title>` + html.EscapeString(source) + `</title>` + drawn + `</g>`
}

// totals writes the printed totals above the bars.
func (p *plot) totals(tops map[int][2]int) string {
	if p.total == nil {
		return ""
	}
	var b strings.Builder
	for i := range p.total.Cells {
		c := &p.total.Cells[i]
		at, ok := tops[c.Year]
		if !ok || c.Value.IsNull() {
			continue
		}
		f := cellFigure(p.body, c, label(p.total), p.unit)
		b.WriteString(markGroup("mark total", f.Source, fmt.Sprintf(`<text x="%d" y="%d" class="sum">%s</text>`, at[0], at[1]-6,
			html.EscapeString(f.Text+f.Mark))))
	}
	return b.String()
}

// yearMark makes the mark of a year tell what its documents get wrong.
func (p *plot) yearMark(text string) string {
	m := yearLabel.FindStringSubmatch(text)
	year, _ := strconv.Atoi(m[3])
	lines := []string{m[3] + " 年的文件自相矛盾"}
	for _, f := range yearErrors(p.body, year) {
		lines = append(lines, "* "+findingText(f), place(&f.Origin))
	}
	return markGroup("mark year", strings.Join(lines, "\n"), text)
}

// yearErrors are the errors of the documents of a year.
func yearErrors(b *compare.Body, year int) []*compare.Finding {
	var out []*compare.Finding
	for i := range b.Findings {
		if f := &b.Findings[i]; f.Year == year && f.Severity == "error" {
			out = append(out, f)
		}
	}
	return out
}
