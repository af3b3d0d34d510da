package value

import (
	"slices"
	"strings"

	"yusuan/normalize/record"
)

// flagNumberSpaced marks a number whose thousands are parted by blanks: read
// as one number (1 234.56万元), though it could be two.
const flagNumberSpaced = "number_spaced"

// middleDots are what a misprinted decimal point looks like.
const middleDots = "·•・"

// broken tells whether a number is only a piece of what is printed: 12,34
// 3·5 9 5 3 .5. end is the offset behind the last piece. Which number is meant
// is not to be known, and a piece read as the whole would be a wrong number.
func (f *finder) broken(n number) (end int, ok bool) {
	if n.han || n.percent {
		return n.end, false
	}
	end = n.end
	for {
		p := f.joint(n, end)
		if p == end {
			break
		}
		end = f.t.fraction(f.t.digitRun(p))
	}
	return end, end > n.end || f.behindPiece(n)
}

// joint returns where the digits begin that go on with the number that ends
// at i, and i if none do. A date behind a number is no part of it.
func (f *finder) joint(n number, i int) int {
	t := f.t
	p := t.skipBlank(i)
	if p == i {
		p = t.mark(n, i)
	} else if t.peek(p) == '.' {
		p = t.skipBlank(p + 1)
	}
	if p == i || !digit(t.peek(p)) || f.dated(p) {
		return i
	}
	return p
}

// mark steps over a mark at i that may stand within a number, and the blanks
// behind it.
func (t *text) mark(n number, i int) int {
	switch r := t.peek(i); r {
	case '.':
		if t.peek(i+1) == ' ' && han(t.peek(n.start-1)) {
			return t.skipBlank(i + 1) // 收入3. 5万元; at the beginning 3. is a label
		}
	case ',':
		if t.at[i+1]-t.at[i] == 1 {
			return t.skipBlank(i + 1)
		}
		// A full-width comma mostly separates; before three digits it may not.
		if t.digitRun(i+1) == i+4 && (i-n.start <= 3 || t.wideComma(n.start, i)) {
			return i + 1
		}
	default:
		if r != 0 && strings.ContainsRune(middleDots, r) {
			return i + 1
		}
	}
	return i
}

// behindPiece tells whether a blank and digits that nothing has been made of,
// or a decimal point without digits before it, stand before a number.
func (f *finder) behindPiece(n number) bool {
	t := f.t
	b := t.backBlank(n.start)
	if b < n.start && b > f.skip && digit(t.peek(b-1)) {
		return true
	}
	if t.peek(n.start-1) != '.' || n.start-1 <= f.skip {
		return false
	}
	r := t.peek(t.backBlank(n.start-1) - 1)
	return han(r) && hanDigit(r) < 0 && hanPower(r) == 0 // 一.5个 has a label
}

// unread records a quantity whose number cannot be read, if a unit, a scale or
// a comparator says that it is one, or sure. It returns where to go on.
func (f *finder) unread(n number, sure bool) int {
	end := n.end
	u := f.tail(number{start: n.start, end: end})
	c := f.before(n.start, false)
	if !sure && u.unit == nil && u.exp == 0 && (!c.ok || c.id == "") {
		return end
	}
	start := c.start
	if start == n.start && f.t.peek(start-1) == '.' && start-1 > f.skip {
		start--
	}
	q := Found{Start: start, NumberStart: n.start, NumberEnd: end, End: u.end, Unread: true}
	q.Text = f.t.slice(q.Start, q.End)
	q.Kind, q.Qualitative, q.Flags = record.Qualitative, q.Text, []string{FlagNumberUnread}
	f.out = append(f.out, q)
	f.skip = q.End
	return q.End
}

// pointed reads a number whose 0 before the point is not printed, where
// nothing else can have stood there: .5% as a cell, ≥.5%.
func (f *finder) pointed(n number) number {
	p := n.start - 1
	if f.t.peek(p) != '.' || p < f.skip || n.end != f.t.digitRun(n.start) {
		return n
	}
	if !(f.cell && p == 0) && !f.before(p, false).sign {
		return n
	}
	d, err := record.ParseDecimal("0." + f.t.ascii(n.start, n.end-n.start))
	if err == nil {
		n.start, n.d, n.year = p, d, false
	}
	return n
}

// spaces counts the blanks within a number in digits.
func (t *text) spaces(n number) int {
	count := 0
	if n.han || n.compound {
		return 0
	}
	for i := n.start; i < n.end; i++ {
		if t.r[i] == ' ' {
			count++
		}
	}
	return count
}

// maxPercent is the largest percentage taken for one: a hundredfold. What is
// above, is two numbers that a broken text has glued (2020与10100.00%).
const maxPercent = 10_000

// doubtful tells whether number and unit cannot belong together: thousands
// parted by a single blank before anything but money may be two cells (8
// 100%), a percentage above maxPercent is glued, and things that are counted
// one by one have no fraction of two digits (16,745.59 支出 cut after 支).
func (f *finder) doubtful(n number, u tail) bool {
	if u.unit == nil {
		return f.t.spaces(n) == 1
	}
	money := len(u.unit.id) == len("CNY") && strings.Contains(currencies, u.unit.id)
	counter := strings.HasPrefix(u.unit.id, "{") && !slices.Contains(fractional, u.unit.id)
	switch {
	case f.t.spaces(n) == 1 && !money:
		return true
	case string(u.unit.form) == tenths:
		return hanDigit(f.t.peek(u.end)) > 0 // 九成五
	case u.unit.id == "%":
		return n.d.Cmp(record.Int(maxPercent)) > 0
	case counter && u.exp == 0 && !f.cell && f.t.peek(n.end) == ' ':
		return fractionDigits(n.d) >= 2
	}
	return false
}

// fractional are the counters that have fractions.
var fractional = []string{"{percentage-point}", "{fold}", "{score}", "{mu}", "{jin}"}

// fractionDigits counts the digits of a fraction, 0 if it is nothing but zeros.
func fractionDigits(d record.Decimal) int {
	_, frac, _ := strings.Cut(d.String(), ".")
	if strings.Trim(frac, "0") == "" {
		return 0
	}
	return len(frac)
}
