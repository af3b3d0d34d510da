package numbering

import (
	"strconv"
	"strings"
)

// Bounds beyond which a format is printed in decimal. Word's own bounds differ
// a little between versions; these keep a label short whatever a file says.
const (
	// maxLetters is 30 times the alphabet: Word repeats the letter (27 = AA,
	// 53 = AAA) up to 780.
	maxLetters = 780
	// maxRoman is the largest number that Word prints in Roman digits.
	maxRoman = 32767
	// maxChinese is the largest number below the unit 亿 (100 million).
	maxChinese = 99_999_999
)

// Format prints a number in one of the number formats of WordprocessingML
// (ST_NumberFormat), named as in the file. The second result is false for a
// format that is not known here; the number is then printed in decimal. A
// number outside the range of a format is printed in decimal as well, as Word
// does. "none" and "bullet" print nothing.
func Format(name string, n int) (string, bool) {
	switch name {
	case "none", "bullet":
		return "", true
	case "", "decimal", "decimalHalfWidth":
		return strconv.Itoa(n), true
	}
	if n < 0 {
		return strconv.Itoa(n), true
	}
	if text, known := latin(name, n); known {
		return text, true
	}
	if text, known := set(name, n); known {
		return text, true
	}
	if text, known := chinese(name, n); known {
		return text, true
	}
	if width, ok := strings.CutPrefix(name, "zeros"); ok {
		if w, err := strconv.Atoi(width); err == nil && w <= maxZeros {
			return pad(n, w), true
		}
	}
	return strconv.Itoa(n), false
}

// maxZeros is the widest format that [Zeros] makes: Word knows 2 to 5 digits.
const maxZeros = 9

// Zeros returns the name of the format that pads with zeros to a width, which
// WordprocessingML has only as a custom format ("001, 002, 003, ...").
func Zeros(width int) string {
	return "zeros" + strconv.Itoa(min(max(width, 1), maxZeros))
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func latin(name string, n int) (string, bool) {
	switch name {
	case "decimalZero":
		return pad(n, 2), true
	case "upperLetter":
		return letters(n, 'A'), true
	case "lowerLetter":
		return letters(n, 'a'), true
	case "upperRoman":
		return roman(n), true
	case "lowerRoman":
		return strings.ToLower(roman(n)), true
	case "ordinal":
		return strconv.Itoa(n) + ordinalEnding(n), true
	case "hex":
		return strings.ToUpper(strconv.FormatInt(int64(n), 16)), true
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -", true
	case "decimalFullWidth", "decimalFullWidth2":
		return digits(n, []rune("０１２３４５６７８９")), true
	}
	return "", false
}

func letters(n int, first rune) string {
	if n < 1 || n > maxLetters {
		return strconv.Itoa(n)
	}
	n--
	return strings.Repeat(string(first+rune(n%26)), n/26+1)
}

func roman(n int) string {
	if n < 1 || n > maxRoman {
		return strconv.Itoa(n)
	}
	steps := [...]struct {
		value int
		text  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	}
	var b strings.Builder
	for _, s := range steps {
		for ; n >= s.value; n -= s.value {
			b.WriteString(s.text)
		}
	}
	return b.String()
}

func ordinalEnding(n int) string {
	if n/10%10 == 1 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}

// set prints the formats that count through a set of characters and go on in
// decimal behind its end.
func set(name string, n int) (string, bool) {
	var chars string
	switch name {
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		chars = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
	case "decimalEnclosedFullstop":
		chars = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
	case "decimalEnclosedParen":
		chars = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
	case "ideographEnclosedCircle":
		// Word prints parentheses here whatever the name says: [MS-OI29500] 2.1.540.
		chars = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
	case "ideographTraditional":
		chars = "甲乙丙丁戊己庚辛壬癸"
	case "ideographZodiac":
		chars = "子丑寅卯辰巳午未申酉戌亥"
	case "ideographZodiacTraditional":
		return sexagenary(n), true
	default:
		return "", false
	}
	if r := []rune(chars); n >= 1 && n <= len(r) {
		return string(r[n-1]), true
	}
	return strconv.Itoa(n), true
}

// sexagenary prints the pair of stem and branch (甲子, 乙丑, …) of the cycle of 60.
func sexagenary(n int) string {
	if n < 1 || n > 60 {
		return strconv.Itoa(n)
	}
	stems, branches := []rune("甲乙丙丁戊己庚辛壬癸"), []rune("子丑寅卯辰巳午未申酉戌亥")
	return string([]rune{stems[(n-1)%10], branches[(n-1)%12]})
}
