package value

import (
	"testing"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// TestEveryUnit reads 12 of every unit of the vocabulary, alone and with 万
// before it, and finds it again as printed with its code.
func TestEveryUnit(t *testing.T) {
	for _, u := range vocab.Units() {
		v := Parse("≥12"+u.Form, Hint{})
		if len(v) != 1 || v[0].Kind != record.Quantity || v[0].UnitRaw != u.Form || v[0].Unit != u.Code || v[0].Number != record.Int(12) {
			t.Errorf("≥12%s: %+v", u.Form, v)
		}
		v = Parse("≥12万"+u.Form, Hint{})
		if len(v) != 1 || v[0].UnitRaw != "万"+u.Form || v[0].ScaleExp != 4 || v[0].Base != record.Int(120_000) {
			t.Errorf("≥12万%s: %+v", u.Form, v)
		}
	}
}

// TestUnitInsideWord puts every rune behind a unit that makes another word of
// it: the unit may then not be read, though a shorter or longer one may.
func TestUnitInsideWord(t *testing.T) {
	for _, u := range vocab.Units() {
		for _, r := range u.NotBefore {
			for _, q := range Find("共12" + u.Form + string(r)) {
				if q.UnitRaw == u.Form {
					t.Errorf("12%s%c was read as %s", u.Form, r, u.Form)
				}
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]string{
		"1,234.00":             "1234.00",
		"3，518.85":             "3518.85",
		"12，345":               "12345",
		"1,234,567.8":          "1234567.8",
		"１２３．５０":               "123.50",
		" 0.00\u00a0":          "0.00",
		"\n2333.00　":           "2333.00",
		"-12.5":                "-12.5",
		"－12.5":                "-12.5",
		"− 3":                  "-3",
		"007":                  "7",
		"(12.5)":               "",
		"+5":                   "",
		"1.2.3":                "",
		"1,23":                 "",
		"12,3456":              "",
		"1234,567":             "",
		"0,123":                "",
		".5":                   "",
		"5.":                   "",
		"1e3":                  "",
		"1 2":                  "",
		"12元":                  "",
		"12%":                  "",
		"":                     "",
		"——":                   "",
		"/":                    "",
		"无":                    "",
		"①":                    "",
		"12345678901234567890": "",
	} {
		got, ok := Number(in)
		if got.String() != want || ok != (want != "") {
			t.Errorf("Number(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}
