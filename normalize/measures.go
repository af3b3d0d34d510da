package normalize

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/form"
	"yusuan/normalize/record"
)

// dateless are measures whose own label may name another year than that of the
// amount: 2023年结转资金 is money of the year that it is carried over to.
var dateless = []string{"carryover", "basic_carryover", "project_carryover", "carryover_next", "use_of_surplus"}

// measureYears tells the amounts of the disclosure's year from those of other
// years that stand beside them: a header that names an earlier year (2023年预算数
// in the budget of 2024) makes its measure one of before, prior_budget_amount.
// Of a later year, of several, or of one when that of the disclosure is not
// known, the measure cannot be told: it stays blank, which is noted once a
// column. The year is known only now that all tables have been read.
func (w *work) measureYears() {
	said := map[string]bool{}
	for i := range w.out.BudgetLines {
		l := &w.out.BudgetLines[i]
		years := headerYears(l)
		if len(years) == 0 {
			continue
		}
		fiscal := w.out.Identity.FiscalYear
		why := ""
		switch {
		case len(years) > 1:
			why = "are of several years"
		case fiscal == 0:
			why = "are of " + strconv.Itoa(years[0]) + ", and the year of the disclosure is not known"
		case years[0] > fiscal:
			why = "are of a later year than the disclosure, which is of " + strconv.Itoa(fiscal)
		case years[0] < fiscal:
			l.Measure = form.PriorMeasure(l.Measure)
		}
		if why == "" {
			continue
		}
		l.Measure = ""
		if k := fmt.Sprint(l.Table, " ", l.MeasureRaw); !said[k] {
			said[k] = true
			w.note(l.Origin, "form.measure_unknown", "the amounts below "+l.MeasureRaw+" "+why+"; their measure stays blank")
		}
	}
}

// inBrackets matches what a label adds in brackets: 2024年预算数（含2023年结转）. The
// year before them is that of the amount.
var inBrackets = regexp.MustCompile(`[（(][^（()）]*[)）]`)

// headerYears returns the years that the lowest label with a year above a line
// names, nil where they do not matter: for a change from year to year, and for
// what is one of the year before by its label.
func headerYears(l *record.BudgetLine) []int {
	item, kind, _ := strings.Cut(l.Measure, "/")
	if item == "" || form.IsChange(l.Measure) || form.IsPrior(item) || form.IsPrior(kind) {
		return nil
	}
	parts := strings.Split(l.MeasureRaw, "/")
	for n, part := range slices.Backward(parts) {
		years := yearsIn(inBrackets.ReplaceAllString(part, ""))
		if len(years) == 0 {
			years = yearsIn(part)
		}
		if len(years) == 0 {
			continue
		}
		if n == len(parts)-1 && slices.Contains(dateless, item) {
			return nil
		}
		return years
	}
	return nil
}

// yearsIn returns the different years of a text in order.
func yearsIn(s string) []int {
	var out []int
	for {
		s = chineseYear(s)
		y := yearIn(s)
		if y == 0 {
			return out
		}
		if !slices.Contains(out, y) {
			out = append(out, y)
		}
		_, s, _ = strings.Cut(s, strconv.Itoa(y))
	}
}
