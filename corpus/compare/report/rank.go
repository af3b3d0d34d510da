package report

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"yusuan/corpus/compare"
	"yusuan/normalize/record"
)

// ranks collects what departments can be ranked by.
type ranks struct {
	topics map[string]*rankTopic
}

// rankTopic is one topic with the departments that have it, by year.
type rankTopic struct {
	compare.Topic
	years map[int][]rankEntry
}

// rankEntry is one department's number. The texts of its sources are made when
// the body is at hand.
type rankEntry struct {
	body   int
	value  record.Decimal
	mark   string
	source string
	rate   string
	since  int
}

// add collects from a body.
func (k *ranks) add(b *compare.Body, n int) {
	if k.topics == nil {
		k.topics = map[string]*rankTopic{}
	}
	for i := range b.Rows {
		r := &b.Rows[i]
		t, ok := compare.TopicOf(b, r)
		if !ok {
			continue
		}
		of := k.topics[t.Key()]
		if of == nil {
			of = &rankTopic{t, map[int][]rankEntry{}}
			k.topics[t.Key()] = of
		}
		for j := range r.Cells {
			c := &r.Cells[j]
			if c.Value.IsNull() {
				continue
			}
			f := cellFigure(b, c, label(r), yuan)
			of.years[c.Year] = append(of.years[c.Year], rankEntry{n, c.Value, f.Mark, f.Source, compare.Percent(c.Step.Percent), c.Step.From})
		}
	}
}

// rankView is the rankings of a page: one for each topic and year.
type rankView struct {
	Topics []rankOption
	Years  []string
	// Chosen is the first one shown.
	Chosen string
	Ranks  []chunk
	// First says that the page begins with the rankings.
	First bool
}

type rankOption struct {
	ID, Title string
	// Years are those that it has, with blanks between.
	Years string
}

// rankTable is one ranking.
type rankTable struct {
	Title, Scope, Unit, Year, Since string
	Rows                            []rankRow
}

type rankRow struct {
	Place      int
	Body, Name string
	Value      figure
	Rate       string
	Width      string // of the bar, in percent of the largest
	Minus      bool
	Since      string
}

// mostRanked is how many departments a ranking must have to come first.
const mostRanked = 5

// view makes the rankings that two departments or more have a place in.
func (k *ranks) view(bodies []chunk, packed bool) (*rankView, error) {
	topics := k.shared()
	if len(topics) == 0 {
		return nil, nil
	}
	v := &rankView{}
	for i, t := range topics {
		id := "r" + strconv.Itoa(i)
		o := rankOption{ID: id, Title: t.Title + "（" + t.Scope + "）"}
		for _, y := range slices.Sorted(maps.Keys(t.years)) {
			text := strconv.Itoa(y)
			o.Years += text + " "
			if !slices.Contains(v.Years, text) {
				v.Years = append(v.Years, text)
			}
			c := chunk{ID: id + "-" + text}
			var err error
			if c.HTML, err = render("rank", t.table(y, bodies)); err != nil {
				return nil, err
			}
			v.Ranks = append(v.Ranks, c)
			if i == 0 {
				v.Chosen, v.First = c.ID, len(t.years[y]) >= mostRanked
			}
		}
		v.Topics = append(v.Topics, o)
	}
	slices.Sort(v.Years)
	for i := range v.Ranks {
		if packed && v.Ranks[i].ID != v.Chosen {
			if err := v.Ranks[i].pack(); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}

// shared are the topics that two departments or more have a place in, in their
// order, with the years in which they have.
func (k *ranks) shared() []*rankTopic {
	var topics []*rankTopic
	for _, t := range k.topics {
		for y, of := range t.years {
			if len(of) < 2 {
				delete(t.years, y)
			}
		}
		if len(t.years) > 0 {
			topics = append(topics, t)
		}
	}
	slices.SortFunc(topics, func(a, b *rankTopic) int { return a.Compare(b.Topic) })
	return topics
}

// table is the ranking of one year.
func (t *rankTopic) table(year int, bodies []chunk) *rankTable {
	of := t.years[year]
	slices.SortStableFunc(of, func(a, b rankEntry) int { return b.value.Cmp(a.value) })
	var amounts []record.Decimal
	largest := 0.0
	since := 0
	for _, e := range of {
		amounts = append(amounts, e.value)
		largest = max(largest, math.Abs(position(e.value)))
		since = max(since, e.since)
	}
	u := unitFor(amounts, hundredMil)
	out := &rankTable{Title: t.Title, Scope: t.Scope, Unit: u.name, Year: strconv.Itoa(year)}
	if since > 0 {
		out.Since = strconv.Itoa(since)
	}
	for i, e := range of {
		row := rankRow{Place: i + 1, Body: bodies[e.body].ID, Name: bodies[e.body].Name, Rate: e.rate, Minus: position(e.value) < 0,
			Value: figure{Text: u.in(e.value), Source: e.source, Class: "num", Mark: e.mark}, Width: "0"}
		if i > 0 && of[i-1].value.Cmp(e.value) == 0 {
			row.Place = out.Rows[i-1].Place // equal amounts share a place
		}
		if largest > 0 {
			row.Width = fmt.Sprintf("%.1f", 100*math.Abs(position(e.value))/largest)
		}
		if e.since > 0 && e.since != since {
			row.Since = strconv.Itoa(e.since)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// position is where a number stands on a scale; it is never printed.
func position(d record.Decimal) float64 {
	f, err := strconv.ParseFloat(d.String(), 64)
	if err != nil {
		return 0 // no number has no place
	}
	return f
}
