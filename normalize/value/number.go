package value

import (
	"yusuan/normalize/record"
)

// number is a number as it stands in a text.
type number struct {
	start, end int
	d          record.Decimal
	// han says that it is written in Chinese numerals.
	han bool
	// year says that it is four digits that can be a year.
	year bool
	// percent says that it begins with 百分之, or with 千分之, which permille
	// says; digits is the offset behind it.
	percent, permille bool
	digits            int
	// zero says that it is 零 without a unit.
	zero bool
	// compound says that it is the sum of several: 1亿2000万.
	compound bool
}

// figures returns the offset of the number itself.
func (n number) figures() int {
	if n.percent {
		return n.digits
	}
	return n.start
}

// Number reads a cell that holds nothing but a number: full-width digits and
// signs, blanks around it and thousands separators in their places are
// understood, and a minus makes it negative. Anything else is no number,
// brackets, ——, 无 and an empty cell among it; nothing is guessed.
func Number(s string) (record.Decimal, bool) {
	// A cell of prose is no number: long ones are not looked at.
	const longest = 256
	if len(s) > longest || !beginsLikeNumber(s) {
		return record.Null, false
	}
	t := newText(s)
	i, negative := 0, false
	for t.peek(i) == ' ' || t.peek(i) == '\n' {
		i++
	}
	if t.peek(i) == '-' {
		i, negative = t.skipBlank(i+1), true
	}
	n, ok := t.digits(i, anyComma)
	if !ok {
		return record.Null, false
	}
	for i = n.end; i < len(t.r); i++ {
		if t.r[i] != ' ' && t.r[i] != '\n' {
			return record.Null, false
		}
	}
	if negative {
		n.d = n.d.Neg()
	}
	return n.d, true
}

// beginsLikeNumber tells whether the first rune but blanks and signs is a
// digit; most cells are names, and need no folding.
func beginsLikeNumber(s string) bool {
	for _, r := range s {
		switch f := fold(r); {
		case digit(f):
			return true
		case f != ' ' && f != '\n' && f != '-':
			return false
		}
	}
	return false
}

// commas says which thousands separators a number may have.
type commas int

const (
	// asciiComma accepts 1,234; and 1，234.00 with two decimals, for a
	// full-width comma in a sentence mostly separates numbers; and 1 234.
	asciiComma commas = iota
	// anyComma accepts 1，234 too.
	anyComma
)

// digits reads an unsigned number that begins at i.
func (t *text) digits(i int, c commas) (number, bool) {
	n := number{start: i}
	whole, separators := t.wholeDigits(i, c)
	if whole == i {
		return n, false
	}
	n.end = t.fraction(whole)
	if c == asciiComma && separators > 0 && n.end-whole != len(".00") && t.wideComma(i, whole) {
		// 12，345人 in a sentence: two numbers.
		whole, separators = t.digitRun(i), 0
		n.end = whole
	}
	n.d = t.decimal(i, n.end, separators)
	if n.end == whole && whole-i == len("2020") && separators == 0 {
		year, _ := t.fourDigits(i)
		n.year = year != ""
	}
	return n, !n.d.IsNull()
}

// digitRun returns the end of the digits at i.
func (t *text) digitRun(i int) int {
	for digit(t.peek(i)) {
		i++
	}
	return i
}

// fraction returns the end of the fraction at i, or i.
func (t *text) fraction(i int) int {
	if t.peek(i) != '.' || !digit(t.peek(i+1)) {
		return i
	}
	end := t.digitRun(i + 1)
	if year, p := t.fourDigits(i + 1); year != "" && p == end && t.peek(t.skipBlank(p)) == '年' {
		return i // 4．2023年部门预算: a list label and a year
	}
	return end
}

// wholeDigits returns the end of the whole part at i and the number of its
// separators: 1 to 3 digits, then groups of exactly 3.
func (t *text) wholeDigits(i int, c commas) (end, separators int) {
	end = t.digitRun(i)
	if end-i > 3 || end == i || t.r[i] == '0' {
		return end, 0
	}
	sep := t.peek(end)
	if sep != ',' && (sep != ' ' || c == anyComma) {
		return end, 0
	}
	for t.peek(end) == sep && t.orig[t.at[end]] != '\t' && t.digitRun(end+1) == end+4 {
		end += 4
		separators++
	}
	return end, separators
}

// wideComma tells whether a full-width comma stands between two offsets.
func (t *text) wideComma(i, end int) bool {
	for ; i < end; i++ {
		if t.r[i] == ',' && t.at[i+1]-t.at[i] > 1 {
			return true
		}
	}
	return false
}

// decimal turns the digits between two offsets into a number, null if there
// are too many of them.
func (t *text) decimal(i, end, separators int) record.Decimal {
	s := t.slice(i, end)
	if separators > 0 || len(s) != end-i {
		var buf [64]byte
		b := buf[:0]
		for ; i < end; i++ {
			if t.r[i] != ',' && t.r[i] != ' ' {
				b = append(b, byte(t.r[i]))
			}
		}
		s = string(b)
	}
	d, err := record.ParseDecimal(s)
	if err != nil {
		return record.Null
	}
	return d
}

// hanDigit is the value of a Chinese digit, formal ones (壹) included, and -1
// for other runes.
func hanDigit(r rune) int64 {
	switch r {
	case '零', '〇':
		return 0
	case '一', '壹':
		return 1
	case '二', '两', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// hanPower is the value of 十 百 千, and 0 for other runes.
func hanPower(r rune) int64 {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	}
	return 0
}

// numerals reads the Chinese numeral that begins at i: 三十五, 一百二十, 两.
// 万 and 亿 at its end are left to the scale. Numerals that are no quantity
// for certain are refused: 三五 (some), 百 without a digit (百人计划), 一百二.
func (t *text) numerals(i int) (number, bool) {
	n := number{start: i, end: i, han: true}
	s := sum{digit: -1, power: firstPower}
	for ; ; n.end++ {
		var ok bool
		r := t.peek(n.end)
		if d := hanDigit(r); d >= 0 {
			ok = s.add(d)
		} else if p := hanPower(r); p > 0 {
			ok = s.times(p, n.end == i)
		} else if r == '万' && hanDigit(t.peek(n.end+1)) > 0 && n.end > i {
			ok = s.tenThousand()
		} else {
			break
		}
		if !ok {
			return n, false
		}
	}
	// A digit right behind 百 or 千 is short for a multiple of ten: 一百二.
	short := s.digit > 0 && s.power >= 100 && s.power < firstPower && hanDigit(t.peek(n.end-2)) != 0
	n.d = record.Int(s.value())
	return n, n.end > i && !short
}

// sum adds up a Chinese numeral from left to right.
type sum struct {
	total, section int64
	// digit is the digit not yet multiplied, -1 for none.
	digit int64
	// power is that of the last 十 百 千, which the next must be below.
	power int64
}

// firstPower is above 千.
const firstPower = 10_000

func (s *sum) value() int64 { return s.total + s.section + max(s.digit, 0) }

// add takes a digit. Two in a row are no numeral, unless the first is 零.
func (s *sum) add(d int64) bool {
	ok := s.digit < 0 || s.digit == 0 && d > 0
	s.digit = d
	return ok
}

// times takes 十, 百 or 千. Only 十 may begin a numeral.
func (s *sum) times(p int64, first bool) bool {
	if p >= s.power || s.digit == 0 || s.digit < 0 && (p != 10 || !first) {
		return false
	}
	s.section += max(s.digit, 1) * p
	s.digit, s.power = -1, p
	return true
}

// tenThousand takes a 万 within a numeral.
func (s *sum) tenThousand() bool {
	if s.total > 0 {
		return false
	}
	s.total, s.section = s.value()*firstPower, 0
	s.digit, s.power = -1, firstPower
	return true
}
