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
	// commas groups the digits: 1,234.56.
	commas bool
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
	if s.commas {
		digits = group(digits)
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

// group puts commas between groups of three digits.
func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
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
