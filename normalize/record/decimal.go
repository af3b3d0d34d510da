package record

import (
	"fmt"
	"math"
	"strings"

	"github.com/govalues/decimal"
)

// Decimal is an exact decimal number, or nothing: the zero Decimal is null.
// It keeps the digits as printed (2333.00 stays 2333.00). Numbers have at most
// 19 significant digits. Two Decimals may be compared with == only to ask for
// the same digits; Cmp compares values.
type Decimal struct {
	d     decimal.Decimal
	valid bool
}

// Null is the absent number.
var Null Decimal

// ParseDecimal reads an optional minus sign, digits, and an optional fraction,
// all ASCII: no exponent, no separators, no blanks. Anything else is an error,
// as are more than 19 digits.
func ParseDecimal(s string) (Decimal, error) {
	if !plainNumber(s) {
		return Null, fmt.Errorf("%q is not a plain decimal number", s)
	}
	d, err := decimal.Parse(s)
	if err != nil {
		return Null, fmt.Errorf("%q: %w", s, err)
	}
	// Parse rounds what does not fit; a number must not change silently.
	if intDigits, frac, _ := strings.Cut(strings.TrimPrefix(s, "-"), "."); d.Scale() != len(frac) {
		return Null, fmt.Errorf("%q has too many digits (%d)", s, len(intDigits)+len(frac))
	}
	return Decimal{d, true}, nil
}

// plainNumber tells whether s is -?\d+(\.\d+)?
func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(frac))
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Int returns the whole number n.
func Int(n int64) Decimal { return Decimal{decimal.MustNew(n, 0), true} }

// IsNull tells whether there is no number.
func (a Decimal) IsNull() bool { return !a.valid }

// String prints the number as it was printed, and "" for null.
func (a Decimal) String() string {
	if !a.valid {
		return ""
	}
	return a.d.String()
}

// Shift returns a × 10^exp exactly, or null if a is null or the result does
// not fit. 11.255 shifted by 4 is 112550.
func (a Decimal) Shift(exp int) Decimal {
	if !a.valid || exp == 0 {
		return a
	}
	t := a.d.Trim(0)
	coef, scale := t.Coef(), t.Scale()-exp
	for ; scale < 0; scale++ {
		if coef > math.MaxInt64/10 {
			return Null
		}
		coef *= 10
	}
	if coef > math.MaxInt64 {
		return Null
	}
	n := int64(coef)
	if t.IsNeg() {
		n = -n
	}
	d, err := decimal.New(n, scale)
	if err != nil {
		return Null
	}
	return Decimal{d.Trim(0), true}
}

// Mul returns a × b, null if either is null or the product does not fit.
func (a Decimal) Mul(b Decimal) Decimal { return a.with(b, decimal.Decimal.Mul) }

// Add returns a + b, null if either is null or the sum does not fit.
func (a Decimal) Add(b Decimal) Decimal { return a.with(b, decimal.Decimal.Add) }

// Sub returns a − b, null if either is null or the difference does not fit.
func (a Decimal) Sub(b Decimal) Decimal { return a.with(b, decimal.Decimal.Sub) }

func (a Decimal) with(b Decimal, f func(x, y decimal.Decimal) (decimal.Decimal, error)) Decimal {
	if !a.valid || !b.valid {
		return Null
	}
	r, err := f(a.d, b.d)
	if err != nil {
		return Null
	}
	return Decimal{r, true}
}

// Div returns a ÷ b rounded half to even to a number of decimal places, null if
// either is null, b is 0 or the quotient does not fit.
func (a Decimal) Div(b Decimal, places int) Decimal {
	q := a.with(b, decimal.Decimal.Quo)
	if q.valid {
		q.d = q.d.Round(places)
	}
	return q
}

// Abs returns |a|, null for null.
func (a Decimal) Abs() Decimal {
	if a.valid {
		a.d = a.d.Abs()
	}
	return a
}

// Neg returns −a, null for null.
func (a Decimal) Neg() Decimal {
	if a.valid {
		a.d = a.d.Neg()
	}
	return a
}

// Cmp compares values: -1, 0 or 1. Null is smaller than every number and
// equal to null.
func (a Decimal) Cmp(b Decimal) int {
	switch {
	case !a.valid && !b.valid:
		return 0
	case !a.valid:
		return -1
	case !b.valid:
		return 1
	}
	return a.d.Cmp(b.d)
}

// Scaled returns a × 10^places as a whole number, the way an INT64-backed
// DECIMAL column stores it. ok is false for null, when digits would be lost,
// and when the result has more than 18 digits.
func (a Decimal) Scaled(places int) (n int64, ok bool) {
	if !a.valid {
		return 0, false
	}
	t := a.d.Trim(0)
	if t.Scale() > places {
		return 0, false
	}
	coef := t.Coef()
	for i := t.Scale(); i < places; i++ {
		if coef > maxScaled/10 {
			return 0, false
		}
		coef *= 10
	}
	if coef > maxScaled {
		return 0, false
	}
	if t.IsNeg() {
		return -int64(coef), true
	}
	return int64(coef), true
}

// maxScaled is the largest number of 18 digits.
const maxScaled = 999_999_999_999_999_999

// MarshalText prints the number; null is the empty text.
func (a Decimal) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (a *Decimal) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*a = Null
		return nil
	}
	*a, err = ParseDecimal(string(b))
	return err
}

// MarshalJSON prints the number as a JSON string, so that no reader turns it
// into a float, and null as null.
func (a Decimal) MarshalJSON() ([]byte, error) {
	if !a.valid {
		return []byte("null"), nil
	}
	return []byte(`"` + a.String() + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON printed.
func (a *Decimal) UnmarshalJSON(b []byte) error {
	s := string(b)
	if s == "null" {
		*a = Null
		return nil
	}
	return a.UnmarshalText([]byte(strings.Trim(s, `"`)))
}

// IsZero tells whether the number is 0; null is not.
func (a Decimal) IsZero() bool { return a.valid && a.d.IsZero() }
