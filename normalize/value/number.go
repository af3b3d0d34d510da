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
	// percent says that it begins with 百分之; digits is the offset behind it.
	percent bool
	digits  int
	// zero says that it is 零 without a unit.
	zero bool
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
	if len(s) > longest {
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

// commas says which thousands separators a number may have.
type commas int

const (
	// asciiComma accepts 1,234; and 1，234.00 with two decimals, for a
	// full-width comma in a sentence mostly separates numbers.
	asciiComma commas = iota
	// anyComma accepts 1，234 too.
	anyComma
)

// digits reads an unsigned number that begins at i.
func (t *text) digits(i int, c commas) (number, bool) {
	n := number{start: i}
	end, separators := t.wholeDigits(i, c)
	if end == i {
		return n, false
	}
	n.end = end
	if t.peek(end) == '.' && digit(t.peek(end+1)) {
		for n.end = end + 1; digit(t.peek(n.end)); {
			n.end++
		}
		if year, p := t.fourDigits(end + 1); year != "" && p == n.end && t.peek(t.skipBlank(p)) == '年' {
			n.end = end // 4．2023年部门预算: a list label and a year
		}
	}
	if separators > 0 && t.wideComma(i, end) && c == asciiComma && n.end-end != len(".00") {
		// 12，345人 in a sentence: two numbers.
		for end = i; digit(t.peek(end)); {
			end++
		}
		n.end, separators = end, 0
	}
	n.d = t.decimal(i, n.end, separators)
	n.year = n.end-i == 4 && end == n.end && separators == 0 && (t.r[i] == '1' && t.r[i+1] == '9' || t.r[i] == '2' && t.r[i+1] == '0')
	return n, !n.d.IsNull()
}

// wholeDigits returns the end of the whole part at i and the number of its
// separators: 1 to 3 digits, then groups of exactly 3.
func (t *text) wholeDigits(i int, c commas) (end, separators int) {
	for end = i; digit(t.peek(end)); {
		end++
	}
	if end-i > 3 || end == i || t.r[i] == '0' {
		return end, 0
	}
	for t.peek(end) == ',' && digit(t.peek(end+1)) && digit(t.peek(end+2)) && digit(t.peek(end+3)) && !digit(t.peek(end+4)) {
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
			if t.r[i] != ',' {
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
	n := number{start: i, han: true}
	var total, section, power int64
	last := int64(-1)
	power = 10_000
	for n.end = i; ; n.end++ {
		r := t.peek(n.end)
		if d := hanDigit(r); d >= 0 {
			if last > 0 || last == 0 && d == 0 {
				return n, false
			}
			last = d
			continue
		}
		if p := hanPower(r); p > 0 {
			if p >= power || last < 0 && (p != 10 || n.end > i) || last == 0 {
				return n, false
			}
			section += max(last, 1) * p
			last, power = -1, p
			continue
		}
		if r == '万' && total == 0 && hanDigit(t.peek(n.end+1)) > 0 && n.end > i {
			total, section, last, power = (section+max(last, 0))*10_000, 0, -1, 10_000
			continue
		}
		break
	}
	if n.end == i || last > 0 && power >= 100 && power < 10_000 && hanDigit(t.peek(n.end-2)) != 0 {
		return n, false
	}
	n.d = record.Int(total + section + max(last, 0))
	return n, true
}
