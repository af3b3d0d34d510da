package numbering

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFormat(t *testing.T) {
	cases := []struct {
		format string
		n      int
		want   string
	}{
		{"", 7, "7"},
		{"decimal", -3, "-3"},
		{"decimal", 12, "12"},
		{"decimalHalfWidth", 12, "12"},
		{"decimalZero", 7, "07"},
		{"decimalZero", 10, "10"},
		{"decimalZero", 123, "123"},
		{"decimalFullWidth", 305, "３０５"},
		{"upperLetter", 1, "A"},
		{"upperLetter", 26, "Z"},
		{"upperLetter", 27, "AA"},
		{"upperLetter", 55, "CCC"},
		{"upperLetter", 0, "0"},
		{"upperLetter", 781, "781"},
		{"lowerLetter", 28, "bb"},
		{"upperRoman", 4, "IV"},
		{"upperRoman", 1999, "MCMXCIX"},
		{"upperRoman", 0, "0"},
		{"upperRoman", 32768, "32768"},
		{"lowerRoman", 48, "xlviii"},
		{"ordinal", 1, "1st"},
		{"ordinal", 12, "12th"},
		{"ordinal", 22, "22nd"},
		{"ordinal", 103, "103rd"},
		{"hex", 27, "1B"},
		{"numberInDash", 5, "- 5 -"},
		{"none", 5, ""},
		{"bullet", 5, ""},
		{"decimalEnclosedCircle", 1, "①"},
		{"decimalEnclosedCircle", 20, "⑳"},
		{"decimalEnclosedCircle", 21, "21"},
		{"decimalEnclosedCircleChinese", 3, "③"},
		{"decimalEnclosedFullstop", 2, "⒉"},
		{"decimalEnclosedParen", 20, "⒇"},
		{"ideographEnclosedCircle", 10, "㈩"},
		{"ideographTraditional", 1, "甲"},
		{"ideographTraditional", 10, "癸"},
		{"ideographTraditional", 11, "11"},
		{"ideographZodiac", 12, "亥"},
		{"ideographZodiacTraditional", 1, "甲子"},
		{"ideographZodiacTraditional", 60, "癸亥"},
		{"chineseCounting", 0, "○"},
		{"chineseCounting", 9, "九"},
		{"chineseCounting", 10, "十"},
		{"chineseCounting", 11, "十一"},
		{"chineseCounting", 20, "二十"},
		{"chineseCounting", 99, "九十九"},
		{"chineseCounting", 100, "一○○"},
		{"chineseCounting", 101, "一○一"},
		{"taiwaneseCounting", 35, "三十五"},
		{"taiwaneseDigital", 10, "一○"},
		{"ideographDigital", 10, "一〇"},
		{"chineseCountingThousand", 0, "〇"},
		{"chineseCountingThousand", 10, "十"},
		{"chineseCountingThousand", 19, "十九"},
		{"chineseCountingThousand", 100, "一百"},
		{"chineseCountingThousand", 101, "一百〇一"},
		{"chineseCountingThousand", 110, "一百一十"},
		{"chineseCountingThousand", 1001, "一千〇一"},
		{"chineseCountingThousand", 1010, "一千〇一十"},
		{"chineseCountingThousand", 1100, "一千一百"},
		{"chineseCountingThousand", 10000, "一万"},
		{"chineseCountingThousand", 10001, "一万〇一"},
		{"chineseCountingThousand", 10010, "一万〇一十"},
		{"chineseCountingThousand", 12345, "一万二千三百四十五"},
		{"chineseCountingThousand", 120000, "十二万"},
		{"chineseCountingThousand", 100_000_000, "100000000"},
		{"taiwaneseCountingThousand", 101, "一百零一"},
		{"chineseLegalSimplified", 1, "壹"},
		{"chineseLegalSimplified", 10, "壹拾"},
		{"chineseLegalSimplified", 26, "贰拾陆"},
		{"chineseLegalSimplified", 101, "壹佰零壹"},
		{"ideographLegalTraditional", 1, "壹"},
		{"ideographLegalTraditional", 2, "貳"},
		{"ideographLegalTraditional", 11, "壹拾壹"},
		{"japaneseCounting", 10, "十"},
		{"japaneseCounting", 101, "百一"},
		{"japaneseCounting", 2315, "二千三百十五"},
		{"japaneseCounting", 10000, "一万"},
		{"japaneseLegal", 12, "壱拾弐"},
		{"japaneseDigitalTenThousand", 102, "一〇二"},
		{Zeros(3), 7, "007"},
		{Zeros(3), 1234, "1234"},
		{Zeros(400), 1, "000000001"},
	}
	for _, c := range cases {
		got, known := Format(c.format, c.n)
		if got != c.want || !known {
			t.Errorf("Format(%q, %d) = %q, %v, want %q, true", c.format, c.n, got, known, c.want)
		}
	}
}

func TestFormatUnknownIsDecimalAndSaysSo(t *testing.T) {
	for _, name := range []string{"hebrew1", "zerosx", "zeros99", "甲"} {
		if got, known := Format(name, 12); got != "12" || known {
			t.Errorf("Format(%q, 12) = %q, %v, want 12, false", name, got, known)
		}
	}
}

// outline is the usual three-level list of a disclosure.
func outline() [Depth]Level {
	return [Depth]Level{
		{Start: 1, Format: "chineseCountingThousand", Text: "%1、", Suffix: Nothing},
		{Start: 1, Format: "chineseCounting", Text: "（%2）", Suffix: Nothing},
		{Start: 1, Format: "decimal", Text: "%3."},
		{Start: 1, Format: "decimal", Text: "%1.%2.%3.%4", Legal: true},
	}
}

// labels asks for the labels of (instance, level) pairs.
func labels(l *Lists, pairs ...[2]int) string {
	var out []string
	for _, p := range pairs {
		label, ok := l.Next(p[0], p[1])
		if !ok {
			label.Text = "!"
		}
		out = append(out, label.Text)
	}
	return strings.Join(out, " ")
}

func TestNextRestartsDeeperLevels(t *testing.T) {
	l := New()
	l.Define(0, outline())
	l.Use(1, 0)
	got := labels(l, [2]int{1, 0}, [2]int{1, 1}, [2]int{1, 2}, [2]int{1, 2}, [2]int{1, 1}, [2]int{1, 2}, [2]int{1, 0}, [2]int{1, 1}, [2]int{1, 3})
	want := "一、 （一） 1. 2. （二） 1. 二、 （一） 2.1.1.1"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNextBeginsTheLevelsThatWereSkipped(t *testing.T) {
	l := New()
	levels := outline()
	levels[0].Start = 3
	l.Define(0, levels)
	l.Use(1, 0)
	if got, want := labels(l, [2]int{1, 3}, [2]int{1, 0}), "3.1.1.1 四、"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNextRestartRules(t *testing.T) {
	for _, c := range []struct {
		name    string
		restart int
		want    string
	}{
		// Pairs below: level 0, 1, 2, then 1, 2 and 0, 2.
		{"after any level above", 0, "1 1 1 2 1 2 1"},
		{"never", RestartNever, "1 1 1 2 2 2 3"},
		{"after level 0 only", 1, "1 1 1 2 2 2 1"},
		{"after level 1 or above", 2, "1 1 1 2 1 2 1"},
	} {
		l := New()
		levels := [Depth]Level{{Start: 1, Text: "%1"}, {Start: 1, Text: "%2"}, {Start: 1, Text: "%3", Restart: c.restart}}
		l.Define(0, levels)
		l.Use(1, 0)
		got := labels(l, [2]int{1, 0}, [2]int{1, 1}, [2]int{1, 2}, [2]int{1, 1}, [2]int{1, 2}, [2]int{1, 0}, [2]int{1, 2})
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestInstancesShareTheCounterUnlessTheyRestart(t *testing.T) {
	l := New()
	l.Define(0, outline())
	l.Use(1, 0)
	l.Use(2, 0)
	l.Use(3, 0, Override{Level: 0, Restart: true, Start: 5})
	l.Use(4, 0, Override{Level: 1, Restart: true, Start: 1})
	got := labels(l, [2]int{1, 0}, [2]int{2, 0}, [2]int{3, 0}, [2]int{3, 0}, [2]int{1, 0}, [2]int{1, 1}, [2]int{4, 1})
	if want := "一、 二、 五、 六、 七、 （一） （一）"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOverrideReplacesALevel(t *testing.T) {
	l := New()
	l.Define(0, outline())
	l.Use(1, 0,
		Override{Level: 0, Definition: &Level{Start: 1, Format: "upperLetter", Text: "附%1", Suffix: Space}},
		Override{Level: 99})
	label, ok := l.Next(1, 0)
	if !ok || label != (Label{Text: "附A", Suffix: Space}) {
		t.Errorf("got %+v, %v", label, ok)
	}
}

func TestLabelText(t *testing.T) {
	for _, c := range []struct {
		level Level
		want  Label
	}{
		{Level{Start: 1, Format: "bullet", Text: "●"}, Label{Text: "●"}},
		{Level{Start: 1, Format: "none", Text: "附件："}, Label{Text: "附件："}},
		{Level{Start: 1, Format: "none", Text: "第%1条"}, Label{Text: "第条"}},
		{Level{Start: 1, Format: "decimal", Text: ""}, Label{}},
		{Level{Start: 1, Format: "decimal", Text: "100%"}, Label{Text: "100%"}},
		{Level{Start: 1, Format: "decimal", Text: "%0%x%1"}, Label{Text: "%0%x1"}},
		{Level{Start: 1, Format: "decimal", Text: "%1.%2"}, Label{Text: "1."}},
		{Level{Start: 1, Format: "decimal", Text: "第%1条", Suffix: Space}, Label{Text: "第1条", Suffix: Space}},
		{Level{Start: 2, Format: "hebrew1", Text: "%1"}, Label{Text: "2", Guessed: true}},
		{Level{Start: 2, Format: "hebrew1", Text: "%1", Legal: true}, Label{Text: "2"}},
	} {
		l := New()
		l.Define(0, [Depth]Level{c.level})
		l.Use(1, 0)
		if got, _ := l.Next(1, 0); got != c.want {
			t.Errorf("%+v: got %+v, want %+v", c.level, got, c.want)
		}
	}
}

func TestNextWithoutDefinition(t *testing.T) {
	l := New()
	l.Use(1, 7)
	l.Define(0, outline())
	l.Use(2, 0)
	if got, want := labels(l, [2]int{0, 0}, [2]int{1, 0}, [2]int{2, -1}, [2]int{2, Depth}, [2]int{2, 0}), "! ! ! ! 一、"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzFormat(f *testing.F) {
	for _, name := range []string{"chineseCountingThousand", "upperRoman", "zeros3", "ideographTraditional", "ordinal"} {
		f.Add(name, 101)
	}
	f.Fuzz(func(t *testing.T, name string, n int) {
		text, _ := Format(name, n)
		if !utf8.ValidString(text) {
			t.Errorf("Format(%q, %d) = %q is no UTF-8", name, n, text)
		}
		if len(text) > 200 {
			t.Errorf("Format(%q, %d) has %d bytes", name, n, len(text))
		}
	})
}
