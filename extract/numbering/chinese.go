package numbering

import (
	"strconv"
	"strings"
)

// numerals are the characters and habits of one way to write numbers with
// units: digits 0 to 9, then 十 百 千 万.
type numerals struct {
	digits []rune
	units  []rune
	// bareTen leaves out the 一 of 十 to 十九 (not of 一百一十).
	bareTen bool
	// bareOnes leaves out the 一 before every 十, 百 and 千, as Japanese does.
	bareOnes bool
	// noZero writes no zero for a gap: 百一, not 一百〇一.
	noZero bool
}

// chinese prints the formats that write numbers in Han characters.
func chinese(name string, n int) (string, bool) {
	switch name {
	case "chineseCounting", "taiwaneseCounting":
		// Counts with 十 below 100 and digit by digit from there: 一○一.
		if n < 100 {
			return units(n, numerals{digits: []rune("○一二三四五六七八九"), units: []rune("十百千万"), bareTen: true}), true
		}
		return digits(n, []rune("○一二三四五六七八九")), true
	case "taiwaneseDigital":
		return digits(n, []rune("○一二三四五六七八九")), true
	case "ideographDigital", "japaneseDigitalTenThousand":
		return digits(n, []rune("〇一二三四五六七八九")), true
	case "chineseCountingThousand":
		return units(n, numerals{digits: []rune("〇一二三四五六七八九"), units: []rune("十百千万"), bareTen: true}), true
	case "taiwaneseCountingThousand":
		return units(n, numerals{digits: []rune("零一二三四五六七八九"), units: []rune("十百千萬"), bareTen: true}), true
	case "chineseLegalSimplified":
		return units(n, numerals{digits: []rune("零壹贰叁肆伍陆柒捌玖"), units: []rune("拾佰仟萬")}), true
	case "ideographLegalTraditional":
		return units(n, numerals{digits: []rune("零壹貳參肆伍陸柒捌玖"), units: []rune("拾佰仟萬")}), true
	case "japaneseCounting":
		return units(n, numerals{digits: []rune("〇一二三四五六七八九"), units: []rune("十百千万"), bareOnes: true, noZero: true}), true
	case "japaneseLegal":
		return units(n, numerals{digits: []rune("〇壱弐参四伍六七八九"), units: []rune("拾百阡萬"), noZero: true}), true
	}
	return "", false
}

// digits prints a number digit by digit.
func digits(n int, chars []rune) string {
	var b strings.Builder
	for _, d := range strconv.Itoa(n) {
		b.WriteRune(chars[d-'0'])
	}
	return b.String()
}

// units prints a number with the units 十 百 千 万.
func units(n int, s numerals) string {
	if n == 0 {
		return string(s.digits[0])
	}
	if n > maxChinese {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	if high := n / 10_000; high > 0 {
		b.WriteString(fourDigits(high, s, true))
		b.WriteRune(s.units[3])
	}
	low := n % 10_000
	if n >= 10_000 && low > 0 && low < 1_000 && !s.noZero {
		b.WriteRune(s.digits[0])
	}
	b.WriteString(fourDigits(low, s, n < 10_000))
	return b.String()
}

// fourDigits prints a number below 10,000 and nothing for 0. leads tells that
// nothing stands before it.
func fourDigits(n int, s numerals, leads bool) string {
	var b strings.Builder
	written, gap := false, false
	for unit, value := 2, 1000; value > 0; unit, value = unit-1, value/10 {
		d := n / value % 10
		if d == 0 {
			gap = written
			continue
		}
		if gap && !s.noZero {
			b.WriteRune(s.digits[0])
		}
		bare := d == 1 && value > 1 && (s.bareOnes || s.bareTen && leads && value == 10 && !written)
		if !bare {
			b.WriteRune(s.digits[d])
		}
		if value > 1 {
			b.WriteRune(s.units[unit])
		}
		written, gap = true, false
	}
	return b.String()
}
