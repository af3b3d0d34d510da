package compare

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Topic is what departments can be ranked by: one line of a form, of budgets or
// of accounts, of departments or of units, which are never mixed.
type Topic struct {
	// Title names it in Chinese: 支出总表 · 公共安全支出.
	Title string
	// Scope says of what: 预算 · 部门.
	Scope string
	key   string
	place [4]int
}

// TopicOf is what a row of a body can be ranked by: an item of 三公, a total, or
// a 类 of a statutory table; ok is false for anything finer.
func TopicOf(b *Body, r *Row) (t Topic, ok bool) {
	if r.Unit != "CNY" || strings.Contains(r.Measure, "prior_") {
		return Topic{}, false
	}
	switch {
	case r.Part == PartThreePublic:
		t.Title, t.key = PartTitle(r.Part)+" · "+r.MeasureTitle, r.Part+"\n"+r.Measure
	case rankedLine(r):
		name := r.Name
		if r.IsTotal {
			name = "合计"
		}
		t.Title, t.key = FormTitle(r.Form)+" · "+name, strings.Join([]string{r.Form, r.Side, r.Scheme, cmp.Or(r.Code, name), r.Measure}, "\n")
		if r.Measure != "total" {
			t.Title += " · " + r.MeasureTitle
		}
	default:
		return Topic{}, false
	}
	t.Scope = strings.Join(slices.DeleteFunc([]string{KindTitle(b.Kind), ViewTitle(b.View)}, func(s string) bool { return s == "" }), " · ")
	t.key += "\n" + t.Scope
	t.place = topicPlace(b, r)
	return t, true
}

// rankedLine tells whether a line is a total or a 类 of what was spent.
func rankedLine(r *Row) bool {
	if r.Part != PartLines || !slices.Contains(rankedForms, r.Form) {
		return false
	}
	return r.CodeLevel == 0 && r.IsTotal || r.CodeLevel == 1 && r.Side != "revenue"
}

// topicPlace orders topics. A form that has more than 三公 sums all up first:
// that comes behind 三公.
func topicPlace(b *Body, r *Row) [4]int {
	place := [4]int{order(kindNames, b.Kind)*10 + order(viewNames, b.View), order(partNames, r.Part), order(formNames, r.Form), order(measureNames, itemOf(r.Measure))}
	if r.Part == PartThreePublic {
		place[2] = 0
		if !slices.Contains(threePublicItems, itemOf(r.Measure)) {
			place[2] = 1
		}
	}
	return place
}

// rankedForms are the forms with what was spent in all.
var rankedForms = []string{"expenditure", "general_public_expenditure", "revenue_expenditure", "appropriation_expenditure"}

// Compare orders topics: 三公 first, then forms, in each what all is before what
// is part of it.
func (t Topic) Compare(u Topic) int {
	return cmp.Or(slices.Compare(t.place[:], u.place[:]), cmp.Compare(t.key, u.key))
}

// Key tells topics apart.
func (t Topic) Key() string { return t.key }

// ranked is one department's place in a topic.
type ranked struct {
	name, region string
	cell         Cell
}

// rankWriter prints who spends most on what in one year.
type rankWriter struct {
	w      io.Writer
	year   int
	topics map[string]Topic
	of     map[rankKey][]ranked
}

// rankKey is a topic in a year.
type rankKey struct {
	topic string
	year  int
}

// NewRank prints, for each topic that two departments or more have in a year,
// the departments by amount, with the change from the year before that has one:
// of the last year in which there is such a topic.
func NewRank(w io.Writer) Writer {
	return &rankWriter{w, 0, map[string]Topic{}, map[rankKey][]ranked{}}
}

func (w *rankWriter) Write(b *Body) error {
	for i := range b.Rows {
		r := &b.Rows[i]
		t, ok := TopicOf(b, r)
		if !ok {
			continue
		}
		for j := range r.Cells {
			c := &r.Cells[j]
			if c.Value.IsNull() {
				continue
			}
			if _, seen := w.topics[t.key]; !seen {
				w.topics[t.key] = t
			}
			small := Cell{Value: c.Value, Findings: c.Findings, Unverified: c.Unverified, Unit: c.Unit, Step: c.Step}
			k := rankKey{t.key, c.Year}
			w.of[k] = append(w.of[k], ranked{b.Department, strings.TrimSpace(b.RegionCode + " " + b.RegionName), small})
		}
	}
	return nil
}

func (w *rankWriter) Abort() {}

func (w *rankWriter) Close() error {
	var topics []Topic
	for k, of := range w.of {
		if len(of) > 1 {
			w.year = max(w.year, k.year)
		}
	}
	for k, t := range w.topics {
		if len(w.of[rankKey{k, w.year}]) > 1 {
			topics = append(topics, t)
		}
	}
	slices.SortFunc(topics, Topic.Compare)
	if len(topics) == 0 {
		_, err := io.WriteString(w.w, "nothing stands for two departments or more in one year\n")
		return err
	}
	for i, t := range topics {
		if i > 0 {
			if _, err := io.WriteString(w.w, "\n"); err != nil {
				return err
			}
		}
		if err := w.topic(t); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w.w, "\namounts in yuan; behind a number: * its table contradicts itself, ° does not prove itself\n")
	return err
}

// topic prints one ranking.
func (w *rankWriter) topic(t Topic) error {
	of := w.of[rankKey{t.key, w.year}]
	slices.SortStableFunc(of, func(a, b ranked) int { return b.cell.Value.Cmp(a.cell.Value) })
	g := grid{header: []string{"rank", "department", "region", strconv.Itoa(w.year) + " ", "change", "%", "since"}, right: 3}
	for i := range of {
		x := &of[i]
		since := ""
		if x.cell.Step.From > 0 {
			since = strconv.Itoa(x.cell.Step.From)
		}
		place := i + 1
		for place > 1 && of[place-2].cell.Value.Cmp(x.cell.Value) == 0 {
			place-- // equal amounts share a place
		}
		g.rows = append(g.rows, []string{strconv.Itoa(place), cut(cmp.Or(x.name, "?"), nameWidth), x.region, shown(&x.cell),
			Signed(x.cell.Step.Amount), Percent(x.cell.Step.Percent), since})
	}
	if _, err := fmt.Fprintf(w.w, "%s · %s · %d\n", t.Title, t.Scope, w.year); err != nil {
		return err
	}
	return g.write(w.w)
}
