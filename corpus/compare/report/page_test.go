package report

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/corpus/compare"
	"yusuan/normalize/record"
)

func number(t *testing.T, s string) record.Decimal {
	t.Helper()
	if s == "" {
		return record.Null
	}
	d, err := record.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// row makes a row of amounts in yuan of 2017, 2018, …; "" is none.
func row(t *testing.T, r compare.Row, values ...string) compare.Row {
	r.Unit = "CNY"
	var first, last *compare.Cell
	for i, v := range values {
		c := compare.Cell{Year: 2017 + i, Value: number(t, v), Unit: "CNY", Why: compare.WhyNotThere}
		if v != "" {
			c.Why, c.Printed = "", v
			c.Origin = &compare.Origin{DocumentID: "d", URI: fmt.Sprintf("%d.pdf", c.Year), Page: 3, Table: 4, Row: 1, Col: 2, Text: v + "印"}
		}
		r.Cells = append(r.Cells, c)
	}
	for i := range r.Cells {
		if !r.Cells[i].Value.IsNull() {
			if first == nil {
				first = &r.Cells[i]
			}
			last = &r.Cells[i]
		}
	}
	if first != last {
		r.Change = compare.Change{From: first.Year, To: last.Year, Amount: last.Value.Sub(first.Value)}
		r.Change.Percent = r.Change.Amount.Shift(2).Div(first.Value.Abs(), 4)
	}
	return r
}

// sample is a body with every kind of chart, a finding, and texts that are not
// to become part of the page's code.
func sample(t *testing.T) *compare.Comparison {
	t.Helper()
	line := compare.Row{Part: compare.PartLines, Form: "general_public_expenditure", Side: "expenditure", Scheme: "function", Measure: "total", MeasureTitle: "合计"}
	class := func(code, name string) compare.Row {
		r := line
		r.Code, r.CodeLevel, r.Name = code, 1, name
		return r
	}
	sum := line
	sum.IsTotal, sum.Name = true, "合计"
	use := compare.Row{Part: compare.PartLines, Form: "expenditure", Side: "expenditure", Scheme: "use", Measure: "total", MeasureTitle: "合计"}
	basic := use
	basic.Measure, basic.MeasureTitle = "basic", "基本支出"
	public := func(m string) compare.Row {
		return compare.Row{Part: compare.PartThreePublic, Form: "three_public", Measure: m, MeasureTitle: compare.MeasureTitle(m)}
	}
	project := compare.Row{Part: compare.PartProjects, Form: "performance_target", Name: "办案<b>经费", Measure: "total", MeasureTitle: "合计"}
	indicator := compare.Row{Part: compare.PartIndicators, Form: "performance_target", Name: "完成率", Group: "办案", Measure: "target", MeasureTitle: "目标值"}
	b := compare.Body{Department: `某省"法院"<script>alert(1)</script>`, RegionName: "江苏省", Kind: record.KindBudget, View: record.LevelDepartment,
		Rows: []compare.Row{
			row(t, public("three_public"), "670", "620", "513"), row(t, public("overseas_travel"), "180", "0", "160"), row(t, public("official_reception"), "490", "620", "353"),
			row(t, use, "3000", "4000", "5000"), row(t, basic, "2000", "", "-100"),
			row(t, sum, "300000000", "400000000", "500000000"), row(t, class("204", "公共安全支出"), "200000000", "300000000", "500000000"), row(t, class("208", "社会保障"), "100000000", "100000000", ""),
			row(t, project, "5", "6", "7"), row(t, indicator, "90", "", "95"),
		}}
	for y := 2017; y <= 2019; y++ {
		b.Documents = append(b.Documents, compare.Document{ID: "d", URI: fmt.Sprintf("%d.pdf", y), Title: "预算", Year: y})
	}
	b.Documents[1].Errors = 1
	b.Findings = []compare.Finding{{Year: 2018, Rule: "sum.total", Severity: record.SeverityError, Message: "a total", Chinese: `合计 "620" <不符>`,
		Origin: compare.Origin{URI: "2018.pdf", Page: 3, Table: 4, Row: 1, Col: 2, Text: "620印"}}}
	b.Notes = []compare.Note{{Code: "documents", Text: "one", Chinese: "取其一"}}
	b.Rows[0].Cells[1].Findings = []int{0}
	b.Rows[1].Cells[1].Findings = []int{0}
	ind := &b.Rows[len(b.Rows)-1]
	ind.Unit = "%"
	for i := range ind.Cells {
		ind.Cells[i].Unit = "%"
	}
	other := compare.Body{Department: "别的局", Kind: record.KindFinalAccount, Documents: []compare.Document{{Year: 2018, URI: "x.pdf"}},
		Rows: []compare.Row{row(t, public("three_public"), "", "1", ""), row(t, public("official_reception"), "", "1", "")}}
	return &compare.Comparison{Years: []int{2017, 2018, 2019}, Bodies: []compare.Body{b, other}}
}

func page(t *testing.T, c *compare.Comparison) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	button  = regexp.MustCompile(`(?s)<button[^>]*class="n[^"]*"[^>]*>(.*?)</button>`)
	titled  = regexp.MustCompile(`^<button[^>]* title="([^"]+)"`)
	marked  = regexp.MustCompile(`(?s)<g class="mark ([^"]*)"[^>]*><title>([^<]*)</title>(.*?)</g>`)
	valued  = regexp.MustCompile(`(?s)<td class="r">(.*?)</td>|<p class="key-value">(.*?)</p>|<span class="nums"><button(.*?)</li>|<p class="nums">(.*?)</p>`)
	changed = regexp.MustCompile(`(?s)<td class="r c">(.*?)</td>`)
	narrow  = regexp.MustCompile(`(?s)<div class="plot narrow"[^>]*>(.*?)</div>`)
	tags    = regexp.MustCompile(`<[^>]*>`)
)

// TestEveryNumberHasItsSource looks at what is shown: a digit in a cell, a key
// figure or a legend stands in a button with the place, and so does each mark
// of a chart.
func TestEveryNumberHasItsSource(t *testing.T) {
	text := page(t, sample(t))
	changes := changed.FindAllString(text, -1)
	for _, c := range changes { // the places stand in its row
		if strings.Contains(c, "<button") && !regexp.MustCompile(` title="[^"]*20\d\d→20\d\d 变化`).MatchString(c) {
			t.Errorf("no years: %s", c)
		}
	}
	buttons := button.FindAllString(changed.ReplaceAllString(text, ""), -1)
	for _, b := range buttons {
		m := titled.FindStringSubmatch(b)
		if m == nil || !strings.Contains(m[1], ".pdf · 第 3 页 · 表 4") || !strings.Contains(m[1], "原文：") {
			t.Errorf("no source: %s", b)
		}
	}
	if len(buttons) < 50 {
		t.Errorf("%d numbers", len(buttons))
	}
	for _, m := range valued.FindAllStringSubmatch(text, -1) {
		left := strings.TrimSpace(tags.ReplaceAllString(button.ReplaceAllString(m[0], ""), ""))
		if strings.ContainsAny(left, "0123456789") && !strings.Contains(m[0], `href="#b0-findings"`) && !(len(left) == 4 && left >= "2017" && left <= "2019") {
			t.Errorf("a number without source: %s", m[0])
		}
	}
	marks := marked.FindAllStringSubmatch(text, -1)
	for _, m := range marks {
		if !strings.Contains(m[2], ".pdf · 第 3 页") {
			t.Errorf("a mark without source: %s", m[0])
		}
	}
	if len(marks) < 20 {
		t.Errorf("%d marks", len(marks))
	}
}

// TestMarksStandForTheirNumbers holds the places of marks against the numbers
// in their sources: years go to the right, and a bar is as high as its number.
func TestMarksStandForTheirNumbers(t *testing.T) {
	text := narrow.ReplaceAllString(page(t, sample(t)), "")
	rect := regexp.MustCompile(`<rect x="(\d+)" y="(\d+)" width="\d+" height="(\d+)"`)
	said := regexp.MustCompile(`· (\d{4})\n([\d,]+) 元`)
	x := map[string]int{}
	checked := 0
	for _, m := range marked.FindAllStringSubmatch(text, -1) {
		r, s := rect.FindStringSubmatch(m[3]), said.FindStringSubmatch(html.UnescapeString(m[2]))
		if r == nil || !strings.HasPrefix(m[2], "公共安全支出") && !strings.HasPrefix(m[2], "社会保障") {
			continue
		}
		at, _ := strconv.Atoi(r[1])
		if old, ok := x[s[1]]; ok && old != at {
			t.Errorf("layers of %s stand at %d and %d", s[1], old, at)
		}
		x[s[1]] = at
		height, _ := strconv.Atoi(r[3])
		amount, _ := strconv.Atoi(strings.ReplaceAll(s[2], ",", ""))
		if want := amount / 2_500_000; height < want*80/100 || height > want*120/100 { // 500 million are about 200
			t.Errorf("%s is %d high", s[0], height)
		}
		checked++
	}
	if checked != 5 || x["2017"] >= x["2018"] || x["2018"] >= x["2019"] {
		t.Errorf("%d layers, years at %v", checked, x)
	}
}

// TestDoubts marks the years and the numbers of a document that contradicts
// itself, and says why.
func TestDoubts(t *testing.T) {
	text := page(t, sample(t))
	for _, m := range marked.FindAllStringSubmatch(text, -1) {
		if strings.Contains(m[1], "year") && (!strings.Contains(m[2], "合计与各行之和不符") || !strings.Contains(m[3], ">2018*<")) {
			t.Errorf("%s", m[0])
		}
		if strings.Contains(m[1], "wrong") && !strings.Contains(html.UnescapeString(m[2]), `合计 "620" <不符>`) {
			t.Errorf("%s", m[0])
		}
	}
	if n := strings.Count(text, `class="mark year"`); n < 4 {
		t.Errorf("%d years are marked", n)
	}
	if !strings.Contains(text, "mark bar wrong") || !strings.Contains(text, `class="findings"`) || !strings.Contains(text, "取其一") {
		t.Error("findings or notes are missing")
	}
}

// TestNothingFromOutside allows no address and nothing that fetches.
func TestNothingFromOutside(t *testing.T) {
	text := page(t, sample(t))
	for _, bad := range []string{"http:", "https:", "//cdn", "<link", "<img", "<iframe", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "xlink"} {
		if i := strings.Index(text, bad); i >= 0 {
			t.Errorf("%q in the page: …%s", bad, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	if !strings.Contains(text, `content="default-src &#39;none&#39;; style-src`) && !strings.Contains(text, `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"`) {
		t.Error("the policy is missing")
	}
}

// TestEscaped lets no text of a document become code.
func TestEscaped(t *testing.T) {
	text := page(t, sample(t))
	if strings.Contains(text, "<script>alert") || strings.Contains(text, "办案<b>") {
		t.Error("a department's name is code")
	}
	if n := strings.Count(text, "<script"); n != 1 {
		t.Errorf("%d scripts", n)
	}
}

// TestStructure has a section for each body, the richest chosen, and cuts the
// years that a body has no documents for.
func TestStructure(t *testing.T) {
	text := page(t, sample(t))
	for part, n := range map[string]int{
		`<section class="body" id="b`: 2, `<option value="b0" selected>`: 1, "<h2>收支规模</h2>": 1, "<h2>支出构成（按功能分类）</h2>": 1, "<h2>“三公”经费</h2>": 2,
		"<h2>跨年项目</h2>": 1, `<figure class="card small">`: 1, "<h2>来源</h2>": 2, `<th scope="col" class="r">2017`: 5, "单位：亿元": 1,
	} {
		if got := strings.Count(text, part); got != n {
			t.Errorf("%d times %s", got, part)
		}
	}
	if page(t, sample(t)) != text {
		t.Error("the same comparison gives another page")
	}
}

// TestGap keeps a place for a year that the dataset has nothing of.
func TestGap(t *testing.T) {
	c := sample(t)
	c.Bodies = c.Bodies[:1]
	b := &c.Bodies[0]
	b.Findings = nil
	c.Years, b.Documents = []int{2017, 2019}, []compare.Document{b.Documents[0], b.Documents[2]}
	for i := range b.Rows {
		b.Rows[i].Cells = []compare.Cell{b.Rows[i].Cells[0], b.Rows[i].Cells[2]}
	}
	years, of := cropped(c, b)
	if !slices.Equal(years, []int{2017, 2018, 2019}) || of.Rows[0].Cells[1].Why != compare.WhyNoDocument || of.Rows[0].Cells[2].Value.String() != "513" {
		t.Errorf("%v, %+v", years, of.Rows[0].Cells)
	}
	if text := page(t, c); !strings.Contains(text, ">2018</text>") {
		t.Error("2018 has no place in the charts")
	}
}

// TestTargetChanges counts what became of targets, and marks their rows.
func TestTargetChanges(t *testing.T) {
	c := sample(t)
	c.Bodies[0].Rows[len(c.Bodies[0].Rows)-1].Change.Target = compare.TargetLowered
	text := page(t, c)
	for _, want := range []string{`data-filter="lowered" aria-pressed="false">降低 <b>1</b>`, `data-filter="raised" aria-pressed="false" disabled>提高 <b>0</b>`,
		`<tr data-target="lowered">`, `<span class="tag">降低</span>`, "1 项指标有两年以上的目标值"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestLanguage has no English in what the page says; the message of a finding
// is a title.
func TestLanguage(t *testing.T) {
	c := sample(t)
	c.Notes = []compare.Note{{Code: "unlinked", Text: "not linked", Chinese: "尚未关联"}}
	text := page(t, c)
	if !strings.Contains(text, `<html lang="zh-CN">`) || !strings.Contains(text, `<li title="a total [sum.total]">`) || !strings.Contains(text, `<p class="remark">尚未关联</p>`) {
		t.Error("a language, a title or a remark is missing")
	}
	shown := regexp.MustCompile(`(?s)<style>.*?</style>|<script.*?</script>|<title>.*?</title>`).ReplaceAllString(text, "")
	shown = strings.NewReplacer(".pdf", "", "alert(1)", "", "script", "", "/b", "", "b", "").Replace(html.UnescapeString(tags.ReplaceAllString(shown, " ")))
	if m := regexp.MustCompile(`[A-Za-z]{3,}`).FindAllString(shown, -1); len(m) > 0 {
		t.Errorf("English in the page: %q", m)
	}
}

// TestEmpty says that there is nothing.
func TestEmpty(t *testing.T) {
	text := page(t, &compare.Comparison{})
	if !strings.Contains(text, "没有可比较的数字") {
		t.Error("an empty page")
	}
	c := sample(t)
	c.Bodies = c.Bodies[:1]
	c.Bodies[0].Rows = nil
	if text := page(t, c); !strings.Contains(text, "没有读出可比较的数字") {
		t.Error("a body without rows")
	}
}

// TestHardCharts draws what is seldom: twenty departments' worth of layers, one
// year, only negative numbers, very different ones, nothing at all, thirty
// years.
func TestHardCharts(t *testing.T) {
	draw := func(values [][]string, years int, stacked bool) string {
		b := compare.Body{Department: "局"}
		p := plot{body: &b, stacked: stacked}
		for y := range years {
			p.years = append(p.years, 2017+y)
		}
		for i, v := range values {
			r := row(t, compare.Row{Part: compare.PartLines, Name: "很长的名称" + strconv.Itoa(i)}, v...)
			p.series = append(p.series, series{Name: r.Name, row: &r, Color: i % colors})
		}
		for _, p.narrow = range []bool{false, true} {
			svg, err := p.draw()
			if err != nil {
				t.Errorf("%v: %v", values, err)
				return ""
			}
			want := 0
			for _, s := range p.series {
				want += filled(s.row)
			}
			if got := len(marked.FindAllString(string(svg), -1)); got != want {
				t.Errorf("%d marks for %d numbers", got, want)
			}
			if strings.Contains(string(svg), "NaN") || strings.Contains(string(svg), "rgb(") {
				t.Errorf("%s", svg)
			}
		}
		return ""
	}
	var twenty [][]string
	for i := range 20 {
		twenty = append(twenty, []string{strconv.Itoa(i + 1), "", strconv.Itoa(100 * i)})
	}
	long := make([]string, 30)
	for i := range long {
		long[i] = strconv.Itoa(i * i)
	}
	for _, stacked := range []bool{false, true} {
		draw(twenty, 3, stacked)
		draw([][]string{{"5"}, {"7"}}, 1, stacked)
		draw([][]string{{"-5", "-7", "-1"}}, 3, stacked)
		draw([][]string{{"-5", "7", ""}, {"3", "-1", "4"}}, 3, stacked)
		draw([][]string{{"1", "2", "3"}, {"900000000000", "800000000000", "1"}}, 3, stacked)
		draw([][]string{{"", "", ""}, {"", "", ""}}, 3, stacked)
		draw([][]string{{"", "", ""}, {"1", "", "2"}}, 3, stacked)
		draw([][]string{long}, 30, stacked)
	}
}

// TestColors gives the largest of many layers colours of their own, and one
// grey to all others; ticks have their thousands apart.
func TestColors(t *testing.T) {
	var layers []series
	for i := range 14 {
		r := row(t, compare.Row{}, strconv.Itoa(100+i))
		layers = append(layers, series{row: &r})
	}
	color(layers)
	var got []int
	for _, l := range layers {
		got = append(got, l.Color)
	}
	if want := []int{9, 9, 9, 9, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	color(layers[:3])
	if layers[0].Color != 0 || layers[2].Color != 2 {
		t.Error("few layers have the colours in order")
	}
	for v, want := range map[float64]string{1e8: "10,000", 0: "0", -25000: "−2.5", 5000: "0.5"} {
		if got := strings.TrimSpace((&plot{unit: tenThou}).tick(v)); got != want {
			t.Errorf("%g is %s", v, got)
		}
	}
}

// TestArrange leaves no hole beside a chart.
func TestArrange(t *testing.T) {
	charts := []chartView{{Title: "a"}, {Title: "b", Long: true}, {Title: "c"}, {Title: "d"}}
	arrange(charts)
	got := ""
	for _, c := range charts {
		got += c.Title + strconv.FormatBool(c.Long) + " "
	}
	if got != "afalse cfalse dtrue btrue " {
		t.Error(got)
	}
}

// TestUnit chooses the unit by size, and not so large that a number is gone.
func TestUnit(t *testing.T) {
	for _, x := range []struct{ a, b, want string }{
		{"9999", "1", "元"}, {"10000", "500", "万元"}, {"100000000", "2000000", "亿元"}, {"100000000", "500000", "万元"}, {"0", "", "亿元"},
	} {
		if got := unitFor([]record.Decimal{number(t, x.a), number(t, x.b)}, hundredMil).name; got != x.want {
			t.Errorf("%s and %s in %s", x.a, x.b, got)
		}
	}
	for in, want := range map[string]string{"371883400": "37,188.34", "-10000": "−1.00", "12345.678": "1.23", "": ""} {
		if got := tenThou.in(number(t, in)); got != want {
			t.Errorf("%s is %s", in, got)
		}
	}
}

// TestAxis has 0 on it, round steps and room for all numbers.
func TestAxis(t *testing.T) {
	for _, x := range []struct{ low, high, min, max float64 }{
		{0, 3.72, 0, 4}, {0, 670, 0, 800}, {-30, 100, -50, 100}, {0, 0, 0, 1}, {-5, 0, -6, 0},
	} {
		o := (&plot{}).axis(x.low, x.high)
		if *o.Min != x.min || *o.Max != x.max {
			t.Errorf("%g to %g: %g to %g", x.low, x.high, *o.Min, *o.Max)
		}
	}
}
