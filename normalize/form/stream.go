package form

import (
	"slices"
	"strings"

	"yusuan/extract/document"
	"yusuan/normalize/record"
	"yusuan/normalize/value"
	"yusuan/normalize/vocab"
)

// stream is a form about one project whose cells stand one behind the other
// without rows: a table of one column, as the text of some web pages has it, or
// a paragraph of words apart by blanks. Its rows are made again from what is
// known: labels, the header of the indicators, which says how many cells a row
// has, names of levels, signs and points. Rows that these do not prove are
// left out with a note.
type stream struct {
	*sheet
	// texts are the cells in order. blanks tells that blank cells are among
	// them; without, a row is as long as its last points.
	texts  []string
	blanks bool
	// at is the next cell, row the next row of the table being made.
	at, row int
	cells   []document.Cell
	// lost are the runs of cells that are not read.
	lost [][2]int
	// found tells that a header of indicators was met.
	found bool
}

// streamForm is the form whose labels are asked for: those of self-evaluations
// hold all of target forms.
const streamForm = PerformanceEvaluation

// aside is the column beyond every header where cells stand that are not read,
// and so the most cells of a row; the longest header looked at has 13 labels.
const aside = 40

// streamCells is how many cells of a table of one column are searched for
// labels: head and money of the longest self-evaluation looked at have 47.
const streamCells = 160

func (s *stream) id(i int) string {
	if i >= len(s.texts) {
		return ""
	}
	return s.known(streamForm, s.texts[i])
}

// put places a cell; the cells of a stream are placed in order.
func (s *stream) put(i, row, col int) {
	s.cells = append(s.cells, document.Cell{Row: row, Col: col, RowSpan: 1, ColSpan: 1, Text: s.texts[i]})
}

// putRow places cells from one to before another as a row.
func (s *stream) putRow(from, to int) {
	if to-from > aside {
		s.asideRow(from, to)
		return
	}
	for i := from; i < to; i++ {
		s.put(i, s.row, i-from)
	}
	s.row++
}

// table makes the table.
func (s *stream) table() *document.Table {
	for s.at < len(s.texts) {
		if n := s.indicatorLabels(); n > 0 {
			s.found = true
			from := s.at
			s.putRow(from, from+n)
			s.at += n
			s.indicators(from)
			continue
		}
		s.head()
	}
	t := &document.Table{Rows: s.row, Outer: -1, Cells: s.cells}
	for i := range s.cells {
		t.Cols = max(t.Cols, s.cells[i].Col+1)
	}
	return t
}

// indicatorLabels counts the labels that make the header of indicators here, 0
// if there is none: one after the other, with a value's and a level's.
func (s *stream) indicatorLabels() int {
	n, has := 0, map[string]bool{}
	for i := s.at; i < min(s.at+aside, len(s.texts)); i++ {
		id := s.id(i)
		if !indicatorFields[id] && (i > s.at || id != "indicators") {
			break
		}
		has[id] = true
		n++
	}
	if !has["value"] || !has["level1"] && !has["level2"] && !has["level3"] {
		return 0
	}
	return n
}

// head places labels and what follows on them up to the next label.
func (s *stream) head() {
	from := s.at
	for s.at < len(s.texts) && s.id(s.at) != "" && (s.at == from || s.indicatorLabels() == 0) {
		s.at++
	}
	labels := s.at
	for s.at < len(s.texts) && s.id(s.at) == "" {
		s.at++
	}
	if labels == from {
		for ; from < s.at; from++ {
			s.putRow(from, from+1)
		}
		return
	}
	from = s.moneyLabels(from, labels)
	for labels-from > 1 && isFund(s.id(from)) {
		s.putRow(from, from+1) // a source of funds without amounts
		from++
	}
	s.pairs(from, labels)
}

// isFund tells whether a field is that of a row with several amounts or points.
func isFund(id string) bool {
	_, fund := fundRows[id]
	return fund || id == "total_score"
}

// pairs places a run of labels and the values behind it, up to the next cell to
// be read: a label with its values in a row; the last of several labels with
// the one value; or labels in a row and their values in the next. Values whose
// label is in doubt stand aside.
func (s *stream) pairs(from, labels int) {
	switch k, values := labels-from, s.at-labels; {
	case k == 0: // amounts behind the header of a block of money
		s.putRow(labels, s.at)
	case k == 1 && (values == 1 || isFund(s.id(from))):
		s.putRow(from, s.at)
	case k == 1 && values > 1 && s.blanks:
		s.putRow(from, labels+1)
		s.asideRow(labels+1, s.at)
	case values == 1 && !s.goalsAbreast(labels):
		s.putRow(from, labels-1)
		s.putRow(labels-1, s.at)
	case values > 1 && values <= k:
		s.putRow(from, labels)
		s.putRow(labels, s.at)
	default:
		s.putRow(from, labels)
		s.asideRow(labels, s.at)
	}
}

// moneyLabels places the header of a block of money if the labels hold one,
// and returns where the labels behind it begin.
func (s *stream) moneyLabels(from, to int) int {
	amounts, end := 0, 0
	for i := from; i < to; i++ {
		id := s.id(i)
		if spendingFields[id] {
			amounts++
		}
		if blockFields[id] {
			end = i + 1
		} else if amounts > 0 {
			break
		}
	}
	if amounts < 2 {
		return from
	}
	s.putRow(from, end)
	return end
}

// goalsAbreast tells whether the last two labels are of goals, which stand
// abreast above their texts: one text alone may be either's.
func (s *stream) goalsAbreast(labels int) bool {
	goal := func(i int) bool { return i >= 0 && strings.Contains(s.id(i), "goal") }
	return goal(labels-1) && goal(labels-2)
}

// asideRow places cells where nothing reads them, and notes what they say.
func (s *stream) asideRow(from, to int) {
	s.row++
	said := false
	for i := from; i < to; i++ {
		said = said || strings.TrimSpace(s.texts[i]) != ""
		s.put(i, s.row, aside)
		s.row++
	}
	if said {
		s.lost = append(s.lost, [2]int{from, to})
	}
}

// indicators places the rows of indicators below the header that begins at a
// cell, up to a label or a total.
func (s *stream) indicators(header int) {
	fields := []string{}
	var rest []int // the columns behind the levels that are merged
	for i := header; i < s.at; i++ {
		id := s.id(i)
		if id != "level1" && id != "level2" && id != "indicators" {
			rest = append(rest, len(fields))
		}
		fields = append(fields, id)
	}
	for !s.endsIndicators() {
		from := s.at
		s.levels(fields)
		if n := s.fitting(fields, rest); n > 0 {
			for k := range n {
				s.put(s.at+k, s.row, rest[k])
			}
			s.at += n
			s.row++
			continue
		}
		if s.at > from && s.endsIndicators() {
			s.row++ // a level without an indicator
			continue
		}
		s.skip()
	}
}

// skip stands the cells up to the next level aside.
func (s *stream) skip() {
	from := s.at
	for s.at++; !s.endsIndicators() && !isLevel(s.texts[s.at]); s.at++ {
	}
	s.asideRow(from, s.at)
}

// endsIndicators tells whether the next cell begins something else: a label
// with a value, a total, nothing.
func (s *stream) endsIndicators() bool {
	if s.at >= len(s.texts) {
		return true
	}
	id := s.id(s.at)
	return id != "" && id != "level3" || isTotal(s.texts[s.at]) || performanceTitle(s.texts[s.at])
}

func isLevel(text string) bool { return vocab.IsLevel(1, text) || vocab.IsLevel(2, text) }

// levels places the names of levels here, the last of each in the row of the
// indicator behind them. 满意度指标 is a first level before a second one.
func (s *stream) levels(fields []string) {
	col1, col2 := slices.Index(fields, "level1"), slices.Index(fields, "level2")
	last := -1
	for ; s.at < len(s.texts) && isLevel(s.texts[s.at]); s.at++ {
		text := s.texts[s.at]
		next := s.at+1 < len(s.texts) && vocab.IsLevel(2, s.texts[s.at+1])
		col := col2
		if col2 < 0 || vocab.IsLevel(1, text) && (next || !vocab.IsLevel(2, text)) {
			col = col1
		}
		if col <= last {
			s.row++
		}
		last = col
		s.put(s.at, s.row, max(col, 0))
	}
}

// fitting returns how many of the next cells are the columns of an indicator,
// 0 if that cannot be told: all of them where blank cells are kept, those up
// to the last points where they are not.
func (s *stream) fitting(fields []string, rest []int) int {
	points := -1
	for k, col := range rest {
		if fields[col] == "weight" || fields[col] == "score" {
			points = k
		}
	}
	n := points + 1
	if s.blanks {
		n = len(rest)
	}
	if n == 0 || s.at+n > len(s.texts) {
		return 0
	}
	proven := false
	for k := range n {
		text := s.texts[s.at+k]
		ok, proof := fitsColumn(fields[rest[k]], text)
		if !ok || isLevel(text) || s.id(s.at+k) != "" {
			return 0
		}
		proven = proven || proof
	}
	if s.at+n < len(s.texts) {
		if _, number := value.Number(s.texts[s.at+n]); number {
			return 0
		}
	}
	if !proven {
		return 0
	}
	return n
}

// notes tells what the stream did.
func (s *stream) notes() {
	s.noteOnce("form.rows_made", "the cells of this form stand one behind the other; rows were made where labels, levels, signs and points prove them")
	for _, run := range s.lost {
		s.note(s.sourceOf(run[0]), "form.row_short", "these cells of a form do not make a row for certain; they were not read: "+
			clip(Line(strings.Join(s.texts[run[0]:run[1]], " "))))
	}
}

// sourceOf is the place of a cell of the stream in the document.
func (s *stream) sourceOf(i int) record.Origin {
	if s.source == nil {
		return s.cellOrigin(i)
	}
	return s.source[i]
}

// unroll gives a table of one column its rows back, if it is a form.
func (s *sheet) unroll() {
	t := s.Table
	st := &stream{sheet: s, blanks: true}
	var source []record.Origin
	for i := range t.Cells {
		st.texts = append(st.texts, t.Cells[i].Text)
		source = append(source, s.cellOrigin(i))
	}
	made := st.table()
	if !st.found {
		return
	}
	made.Place, made.LastPage = t.Place, t.LastPage
	v := NewView(made, s.Block, s.Number)
	v.Captions, v.Section, v.flat, v.source = s.Captions, s.Section, true, source
	s.View = v
	st.notes()
	for i := 0; i < min(HeadRows, len(st.texts)) && s.out.Title == ""; i++ {
		if performanceTitle(st.texts[i]) {
			s.out.Title = Name(st.texts[i])
		}
	}
}
