// Package compare puts the figures of several years beside one another: who
// planned or spent how much on what in 2017, 2018, 2019, with the place that
// each figure came from.
//
// [Open] is the door: it reads a dataset, chooses documents, and
// [Stream.Each] makes of one body after another the [Row]s of everything that
// can be followed over years. It holds the figures of some documents at a time.
// [Compare] collects all bodies. [Stream.List] tells what there is to compare.
// The figures can be printed as a table, CSV, JSON and Parquet (see [Writer]);
// corpus/compare/report makes a page of them.
//
// # Languages
//
// The page is Chinese throughout; what a program reads (CSV, JSON, Parquet) has
// ids, and texts in both languages; the terminal speaks English, as all
// commands do, with the Chinese names of things and the sentence of a finding.
//
// # What is one thing
//
// Budgets (预算) and final accounts (决算), and the disclosure of a department
// (部门) and that of its head unit (单位), are never in one row: each is a
// [Body] of its own. A body is one over years by the entity that yusuan link
// found for its documents; in a dataset without links by its exact name and
// region. A row is one over years by its entity; else by form, side, scheme,
// measure and its code (printed, or the one that its name stands for); else by
// its name without numbering. A project is one by its code, or by its exact
// name where a document has that once.
//
// A side of a form with one column of money has the measure total, whatever
// that column is called.
//
// # Which document
//
// Where several documents of one body and year have a form, one is taken for
// it and a note says which: one that was read without loss, then one whose
// tables of that form are verified, then one in which fewer checks fail, then
// the one with more rows of it, then the first by name. Nothing is added up.
// Where one document prints one thing twice with different figures there is no
// value, and both places are named.
package compare

import (
	"slices"

	"yusuan/normalize/record"
)

// The parts of a comparison.
const (
	PartThreePublic = "three_public" // 三公: items of the form, and of sentences where there is none
	PartLines       = "lines"        // lines of the other statutory tables
	PartProjects    = "projects"     // amounts of projects
	PartIndicators  = "indicators"   // values of performance indicators
	PartProse       = "prose"        // other amounts that sentences state
)

// Query says what to compare. Its zero value compares everything.
type Query struct {
	// Departments are names or parts of names; a whole name beats a part.
	Departments []string
	// Region is a code of GB/T 2260 or the first digits of one.
	Region string
	// From and To are the first and the last year, 0 for no bound.
	From, To int
	// Forms and Measures are ids or Chinese names.
	Forms, Measures []string
	// Parts are the parts wanted, none for all.
	Parts []string
	// Targets keeps only indicators whose target became one of these in any
	// year: lowered, raised, same, changed.
	Targets []string
}

// Comparison is the figures of some bodies over some years.
type Comparison struct {
	// Years are those that a chosen document is for, ascending.
	Years []int `json:"years"`
	// Linked says that the dataset has links.
	Linked bool `json:"linked"`
	// Notes say what makes the whole comparison weaker: unlinked, stale_links,
	// older_schema.
	Notes  []Note `json:"notes"`
	Bodies []Body `json:"bodies"`
}

// Body is one department or unit with its budgets, or with its final accounts.
type Body struct {
	// EntityID is that of the dataset's links, "" without.
	EntityID string `json:"entity_id"`
	// Department is the name in the latest year, Aliases are the others.
	Department string   `json:"department"`
	Aliases    []string `json:"aliases"`
	RegionCode string   `json:"region_code"`
	RegionName string   `json:"region_name"`
	// Kind is budget, final_account or other; View is department, unit or "".
	Kind string `json:"kind"`
	View string `json:"issuer_level"`
	// Documents are all documents of the body, by year and name.
	Documents []Document `json:"documents"`
	Rows      []Row      `json:"rows"`
	Findings  []Finding  `json:"findings"`
	// Notes say what was chosen and what was left out.
	Notes []Note `json:"notes"`
}

// Document is a document that figures may come from.
type Document struct {
	ID    string `json:"document_id"`
	URI   string `json:"uri"`
	Title string `json:"title"`
	Year  int    `json:"fiscal_year"`
	// Department is the name as printed in it.
	Department string `json:"department"`
	Status     string `json:"status"`
	// Errors counts its findings with severity error: where it contradicts
	// itself.
	Errors int `json:"errors"`
	failed int
	region struct{ code, name string }
	kind   string
	view   string
	counts counts
}

// Row is one thing over the years.
type Row struct {
	// Part is one of the Part constants.
	Part string `json:"part"`
	// EntityID is that of the dataset's links, "" without.
	EntityID string `json:"entity_id"`
	// Form is prose for what sentences state.
	Form   string `json:"form"`
	Side   string `json:"side"`
	Scheme string `json:"scheme"`
	// Code is as printed; CodeLevel is 1 类, 2 款, 3 项, 0 none.
	Code      string `json:"code"`
	CodeLevel int    `json:"code_level"`
	// Name is that of the latest year, Names are the others.
	Name  string   `json:"name"`
	Names []string `json:"other_names"`
	// Group is the project of an indicator.
	Group string `json:"group"`
	// Measure is an id; MeasureTitle is Chinese, or as printed.
	Measure      string `json:"measure"`
	MeasureTitle string `json:"measure_title"`
	IsTotal      bool   `json:"is_total"`
	// Unit is CNY for amounts, which are in yuan; of an indicator its UCUM
	// code, "" where years differ.
	Unit string `json:"unit"`
	// Cells has one cell for each year of the comparison.
	Cells []Cell `json:"cells"`
	// Change is from the first year with a value to the last, null if there
	// are not two or if they cannot be compared.
	Change Change `json:"change"`
	place  [4]int32
	// seen is how many rows the body had before it: the last word on order.
	seen int
}

// Cell is the figure of one year.
type Cell struct {
	Year int `json:"fiscal_year"`
	// Value is null where there is none: Why says the reason.
	Value record.Decimal `json:"value"`
	// Printed is the text as it stands in the document.
	Printed string `json:"printed"`
	// Comparator, Unit and Direction are those of an indicator's value.
	Comparator string `json:"comparator,omitempty"`
	Unit       string `json:"unit"`
	Direction  string `json:"direction,omitempty"`
	// Origin is where the figure stands, nil where there is none.
	Origin *Origin `json:"origin"`
	// Why is "" for a value; no_document, not_there (the document does not
	// print it), ambiguous (it prints it with different figures), or
	// no_number (what it prints is no number).
	Why string `json:"why"`
	// Others are the other places with a figure of an ambiguous cell.
	Others []Origin `json:"others,omitempty"`
	// Unverified says that the cell's table does not prove itself, see
	// tables.verified.
	Unverified bool `json:"unverified"`
	// Findings are the indexes, in Body.Findings, of errors in its table.
	Findings []int `json:"findings,omitempty"`
	// Step is the change from the year with a value before.
	Step   Change `json:"step"`
	ranged bool
}

// The reasons for a cell without a value.
const (
	WhyNoDocument = "no_document"
	WhyNotThere   = "not_there"
	WhyAmbiguous  = "ambiguous"
	WhyNoNumber   = "no_number"
)

// Origin is a place in a document, counted as the dataset counts: pages and
// tables from 1, blocks, rows and columns from 0. Page is 0 for formats without
// pages, Table 0 outside tables, Block, Row and Col −1 where they are not known;
// all of these are null in JSON.
type Origin struct {
	DocumentID                   string
	URI                          string
	Page, Block, Table, Row, Col int
	// Title is that of the table.
	Title string
	// Text is what is printed there: the cell, or the clause of a sentence.
	Text string
}

// Note says what was chosen or left out.
type Note struct {
	// Code is documents (several have one form), ambiguous, second_table or
	// wordings; of a whole comparison unlinked, stale_links or older_schema.
	Code string `json:"code"`
	Text string `json:"text"`
	// Chinese is the same in Chinese.
	Chinese string `json:"text_zh"`
}

// Span are the first and the last of a comparison's years for which a body has
// a document, as indexes: of Years and of every row's cells.
func (c *Comparison) Span(b *Body) (first, last int) {
	first, last = -1, -1
	for i, y := range c.Years {
		if slices.ContainsFunc(b.Documents, func(d Document) bool { return d.Year == y }) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return max(first, 0), last
}

// Finding is where a document contradicts itself.
type Finding struct {
	Year     int    `json:"fiscal_year"`
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	// Chinese says the same in Chinese, made of the other columns.
	Chinese    string         `json:"message_zh"`
	Expected   record.Decimal `json:"expected"`
	Actual     record.Decimal `json:"actual"`
	Difference record.Decimal `json:"difference"`
	Origin     Origin         `json:"origin"`
}

// Change is from one year's value to another's.
type Change struct {
	From int `json:"from"`
	To   int `json:"to"`
	// Amount is the later value minus the earlier, exact, null if there is no
	// change to tell.
	Amount record.Decimal `json:"amount"`
	// Percent is Amount in hundredths of the earlier value's size, rounded to
	// percentPlaces places; null from 0. From −100 to 50 is +150 %.
	Percent record.Decimal `json:"percent"`
	// Target is what became of the target of an indicator: lowered, raised,
	// same or changed; "" of anything else.
	Target string `json:"target_change,omitempty"`
}

// percentPlaces is how many decimal places a percentage keeps; what is shown
// is rounded further.
const percentPlaces = 4

// changeOf compares two values of one unit.
func changeOf(a, b *Cell) Change {
	if a.Value.IsNull() || b.Value.IsNull() || a.Unit != b.Unit {
		return Change{}
	}
	c := Change{From: a.Year, To: b.Year, Amount: b.Value.Sub(a.Value)}
	c.Percent = c.Amount.Shift(2).Div(a.Value.Abs(), percentPlaces)
	return c
}

// fillChanges computes the changes of a row.
func fillChanges(cells []Cell) Change {
	var first, last *Cell
	for i := range cells {
		c := &cells[i]
		if c.Value.IsNull() {
			continue
		}
		if last != nil {
			c.Step = changeOf(last, c)
		} else {
			first = c
		}
		last = c
	}
	if first == nil || first == last {
		return Change{}
	}
	return changeOf(first, last)
}
