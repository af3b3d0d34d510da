package reconcile

import (
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// figure is a number with its place and its precision.
type figure struct {
	at record.Origin
	// text is the number as printed.
	text string
	// value is in yuan, or in the unit of what is counted.
	value record.Decimal
	// half is half a unit of the last printed digit, in the unit of value:
	// how far rounding can have moved it.
	half record.Decimal
}

// tolerance is how far a sum may be off when each of its figures was rounded
// by itself: half a unit of the last printed digit for every one of them.
func tolerance(figures ...figure) record.Decimal {
	sum := record.Int(0)
	for _, f := range figures {
		sum = sum.Add(f.half)
	}
	return sum
}

// total adds figures up; null if one is null.
func total(figures []figure) record.Decimal {
	sum := record.Int(0)
	for _, f := range figures {
		sum = sum.Add(f.value)
	}
	return sum
}

// halfUnit is half a unit of the last of some decimals, of a number that is
// given in 10^scale.
func halfUnit(scale, decimals int) record.Decimal { return record.Int(5).Shift(scale - decimals - 1) }

// printedDecimals counts the decimals of a printed number; ok is false if it
// is no plain number.
func printedDecimals(text string) (number record.Decimal, decimals int, ok bool) {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r == '.' || r == '-':
			return r
		case r == ',' || r == '，':
			return -1
		}
		return 'x'
	}, vocab.Key(text))
	d, err := record.ParseDecimal(plain)
	if err != nil {
		return record.Null, 0, false
	}
	_, fraction, _ := strings.Cut(plain, ".")
	return d, len(fraction), true
}

// scales are the powers of ten that money is printed in: 元, 千元, 万元, 亿元.
var scales = []int{0, 4, 8, 3}

// scaleOf finds the power of ten between a printed number and its amount. A
// zero fits any, so that of the table is taken.
func scaleOf(printed, amount record.Decimal, table int) int {
	if printed.Shift(table).Cmp(amount) == 0 {
		return table
	}
	for _, s := range scales {
		if printed.Shift(s).Cmp(amount) == 0 {
			return s
		}
	}
	return table
}

// precisionShare is the part of the figures of a table that must have a number
// of decimals, for the others to be taken as exact to that number, too: a table
// that prints 80 beside 79.50 does not round to whole units, one noisy cell with
// eight decimals does not make the rest exact. Chosen; real tables have either
// nearly all figures with two decimals, or nearly none.
const precisionShare = 10

// usualDecimals is the precision of a table: the most decimals that at least
// one in precisionShare of its figures have.
func usualDecimals(lines []*record.BudgetLine) int {
	counts := map[int]int{}
	most, n := 0, 0
	for _, l := range lines {
		if _, d, ok := printedDecimals(l.AmountRaw); ok && !l.Amount.IsZero() {
			counts[d]++
			most = max(most, d)
			n++
		}
	}
	have := 0
	for d := most; d > 0; d-- {
		have += counts[d]
		if have*precisionShare >= n {
			return d
		}
	}
	return 0
}

// lineFigure is the figure of a budget line in a table. Figures in yuan without
// decimals beside others with them are rounded to the yuan; those in 万元 are
// not rounded to 万元, their zeros were left out.
func lineFigure(l *record.BudgetLine, scale, usual int) figure {
	f := figure{at: l.Origin, text: l.AmountRaw, value: l.Amount}
	n, d, ok := printedDecimals(l.AmountRaw)
	if ok {
		scale = scaleOf(n, l.Amount, scale)
	}
	if scale > 0 {
		d = max(d, usual)
	}
	f.half = halfUnit(scale, d)
	return f
}

// amountFigure is the figure of a quantity that a sentence states.
func amountFigure(a *record.Amount) figure {
	_, d, _ := printedDecimals(a.Number.String())
	return figure{at: a.Origin, text: a.Text, value: a.Base, half: halfUnit(a.ScaleExp, d)}
}
