package reconcile

import (
	"slices"

	"yusuan/normalize/record"
)

// Report is what the rules found in one disclosure.
type Report struct {
	// Findings are in the order of the document.
	Findings []record.Finding
	// Passed and Failed count the identities that could be checked and are
	// not about zeros alone.
	Passed, Failed int
	// Verified are the numbers of the tables in which two independent
	// identities hold.
	Verified map[int]bool
}

// work is one disclosure being checked.
type work struct {
	d      *record.Disclosure
	sheets []*sheet
	checks []check

	findings       []record.Finding
	passed, failed int
	// told are the counterparts of the metrics of texts.
	told map[string]counterpart
	// held are the wholes of the identities that hold, by table.
	held map[int]map[record.Origin]bool
	// dropped counts, by table, the checks that fail and are not reported
	// because the table may not have been understood.
	dropped map[int]int
	// confirmed are the cells that take part in an identity that holds.
	confirmed map[record.Origin]bool
	// blamed are the cells that are reported, with what was expected.
	blamed map[record.Origin]record.Decimal
}

// identitiesToVerify is how many independent identities must hold in a table
// for it to count as verified. One can hold by chance: in an index row of 三公,
// 7 = 1 + 3 + 3.
const identitiesToVerify = 2

// Check applies every rule to a disclosure. It changes nothing in it.
func Check(d *record.Disclosure) *Report {
	w := &work{d: d, told: map[string]counterpart{}, held: map[int]map[record.Origin]bool{}, dropped: map[int]int{},
		confirmed: map[record.Origin]bool{}, blamed: map[record.Origin]record.Decimal{}}
	w.sheets = sheets(d)
	for _, s := range w.sheets {
		w.codes(s)
		w.sides(s)
		w.across(s)
		w.yearOnYear(s)
		w.lists(s)
	}
	w.crossTables()
	w.prose()
	w.changes()
	w.shares()
	w.procurement()
	w.projects()
	w.grades()
	w.settle()
	r := &Report{Findings: w.findings, Passed: w.passed, Failed: w.failed, Verified: map[int]bool{}}
	for t := range w.held {
		r.Verified[t] = w.verified(t)
	}
	slices.SortStableFunc(r.Findings, func(a, b record.Finding) int { return compareOrigin(a.Origin, b.Origin) })
	return r
}

// equal adds the check that a whole equals the sum of its parts.
func (w *work) equal(rule *Rule, what string, whole figure, parts ...figure) {
	if len(parts) > 0 {
		w.checks = append(w.checks, check{rule: rule, whole: whole, parts: parts, what: what})
	}
}

// within adds the check that parts are not larger than their whole.
func (w *work) within(rule *Rule, what string, whole figure, parts ...figure) {
	w.checks = append(w.checks, check{rule: rule, whole: whole, parts: parts, what: what, atMost: true})
}
