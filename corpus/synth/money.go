package synth

import (
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// money is an amount in hundreds of yuan, the last digit of 万元 with two
// decimals: every amount of a disclosure is a whole number of them.
type money int64

// yuan is the amount as records hold it.
func (m money) yuan() record.Decimal { return record.Int(int64(m) * 100) }

// moneyStyle is how a table or a sentence prints amounts.
type moneyStyle struct {
	// yuan prints 元 instead of 万元.
	yuan bool
	// comma groups the digits, 1,234.56; a full-width one is 3，518.85.
	comma string
}

// drawStyle draws how a table prints amounts.
func (d *draft) drawStyle() moneyStyle {
	s := moneyStyle{yuan: d.oddly(0.07)}
	if d.oddly(0.15) {
		s.comma = ","
		if d.oddly(0.15) {
			s.comma = "，"
		}
	}
	return s
}

func (s moneyStyle) unit() string {
	if s.yuan {
		return "元"
	}
	return "万元"
}

// cell prints an amount with two decimals, as tables do.
func (s moneyStyle) cell(m money) string {
	whole, rest := int64(m)/100, int64(m)%100
	if s.yuan {
		whole, rest = int64(m)*100, 0
	}
	digits := strconv.FormatInt(whole, 10)
	if s.comma != "" {
		digits = group(digits, s.comma)
	}
	return digits + "." + twoDigits(rest)
}

// wan prints an amount in 万元 without needless zeros, as sentences do.
func (m money) wan() string { return trimZeros(moneyStyle{}.cell(m)) }

// trimZeros cuts zeros from the end of a fraction.
func trimZeros(s string) string { return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") }

func twoDigits(n int64) string {
	s := strconv.FormatInt(n, 10)
	if len(s) < 2 {
		s = "0" + s
	}
	return s
}

// group puts a separator between groups of three digits.
func group(digits, separator string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}

// number is a decimal that this package printed itself, and so must parse; if
// it did not, the null in the truth would fail every test.
func number(s string) record.Decimal {
	d, err := record.ParseDecimal(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		return record.Null
	}
	return d
}
