package synth

import "yusuan/normalize/record"

// columnOrders are the orders of the indicator columns after the three
// levels; the first is by far the most frequent.
func columnOrders() [][3]string {
	return [][3]string{
		{"绩效指标描述", "指标值", "指标值确定依据"},
		{"指标值", "绩效指标描述", "指标值确定依据"},
		{"绩效指标描述", "指标值确定依据", "指标值"},
	}
}

// otherLabel is another name of an indicator column.
func otherLabel(label string) string {
	switch label {
	case "绩效指标描述":
		return "指标描述"
	case "指标值":
		return "目标值"
	}
	return "确定依据"
}

// indicatorSpans are the widths of the six columns in the form's grid of 12.
func indicatorSpans() []int { return []int{2, 2, 2, 3, 1, 2} }

// The ways in which a form prints a level that is that of the row above.
const (
	levelMerged = iota
	levelBlank
	levelRepeated
	levelWays
)

// indicators writes the header and the rows of the indicators.
func (f *targetForm) indicators() {
	f.order = columnOrders()[0]
	if f.oddly(0.12) {
		f.order = pick(f.r, columnOrders())
	}
	header := []string{f.label("一级指标"), f.label("二级指标"), f.label("三级指标")}
	for _, label := range f.order {
		if f.oddly(0.1) {
			label = otherLabel(label)
		}
		header = append(header, f.label(label))
	}
	f.table.row(indicatorSpans(), header...)
	w := &levelWriter{ways: [3]int{f.r.below(levelWays), levelRepeated, levelRepeated}}
	if f.r.chance(0.2) {
		w.ways[1] = f.r.below(levelWays)
	}
	if w.ways[0] != levelRepeated && w.ways[1] != levelRepeated && f.r.chance(0.5) {
		w.ways[2] = f.r.below(levelWays)
	}
	basis := f.r.chance(0.4)
	for i := range f.p.metrics {
		m := &f.p.metrics[i]
		for _, line := range f.lines(m) {
			if basis && f.r.chance(0.7) {
				line.basis = f.fill(pick(f.r, words().column("basis", 0)))
			}
			f.indicatorRow(w, m, line)
		}
	}
	if f.oddly(0.05) {
		f.table.row(indicatorSpans(), make([]string, 6)...) // the form was longer than the project
	}
}

// indicatorLine is one row: a printed value and its parts.
type indicatorLine struct {
	raw   string
	parts []record.Value
	basis string
}

// lines draws the values of a metric: one row, or three for a graded metric.
func (f *targetForm) lines(m *metric) []indicatorLine {
	switch m.sort {
	case "grade":
		raws, values := grades(f.r)
		var out []indicatorLine
		for i := range raws {
			out = append(out, indicatorLine{raw: raws[i], parts: values[i : i+1]})
		}
		return out
	case "compound":
		raw, parts := compound(f.r)
		return []indicatorLine{{raw: raw, parts: parts}}
	case "text":
		raw, v := qualitative(f.r, f.odd)
		return []indicatorLine{{raw: raw, parts: []record.Value{v}}}
	}
	raw, v := draw(f.r, notations()[m.sort], f.odd).value(m, f.r)
	return []indicatorLine{{raw: raw, parts: []record.Value{v}}}
}

// indicatorRow writes one row and its records, one for each part.
func (f *targetForm) indicatorRow(w *levelWriter, m *metric, line indicatorLine) {
	description := f.breaks(m.description)
	basis := line.basis
	if basis != "" && f.oddly(0.1) {
		basis = " " + basis // as printed in the disclosure that the project began with
	}
	texts := map[string]string{"绩效指标描述": description, "指标值": line.raw, "指标值确定依据": basis}
	cells := f.table.row(indicatorSpans(), m.level1, m.level2, m.name, texts[f.order[0]], texts[f.order[1]], texts[f.order[2]])
	w.levels(f.table.rows, cells)
	for n, part := range line.parts {
		f.truth.Indicators = append(f.truth.Indicators, record.Indicator{
			ProjectNumber: f.p.Number, ProjectCode: f.p.Code, ProjectName: f.p.Name,
			Level1: m.level1, Level2: m.level2, Level3: m.name,
			Description: plain(description), Basis: line.basis,
			ValueRaw: line.raw, PartNo: n, Value: part,
		})
	}
}

// levelWriter prints levels that are those of the row above: as a merged
// cell, as a blank one, or again. The third level is left out only below
// levels that are left out, for otherwise a blank would say that there is none.
type levelWriter struct {
	ways  [3]int
	above [3]string
}

// levels changes the first three cells of the last row, and marks those of
// the row above that they continue.
func (w *levelWriter) levels(rows [][]cell, cells []cell) {
	same := true
	for col, way := range w.ways {
		text := cells[col].text
		same = same && text == w.above[col]
		w.above[col] = text
		if same {
			repeatLevel(rows, col, way)
		}
	}
}

func repeatLevel(rows [][]cell, col, way int) {
	above, here := &rows[len(rows)-2][col], &rows[len(rows)-1][col]
	switch way {
	case levelMerged:
		if above.merge == single {
			above.merge = mergeStart
		}
		here.merge, here.text = mergeDown, ""
	case levelBlank:
		here.text = ""
	}
}
