package record

import (
	"encoding/json"
	"testing"
)

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2333.00", "2333.00"}, {"-0.5", "-0.5"}, {"0", "0"}, {"0.00", "0.00"},
		{"1234567890123456789", "1234567890123456789"},
	} {
		d, err := ParseDecimal(c.in)
		if err != nil || d.String() != c.want || d.IsNull() {
			t.Errorf("ParseDecimal(%q) = %q, %v", c.in, d, err)
		}
	}
	for _, in := range []string{"", "1e3", "1,000", " 1", "+1", ".5", "5.", "NaN", "１", "12345678901234567890", "1.12345678901234567890", "--1"} {
		if d, err := ParseDecimal(in); err == nil {
			t.Errorf("ParseDecimal(%q) = %q, want an error", in, d)
		}
	}
}

func dec(t *testing.T, s string) Decimal {
	t.Helper()
	d, err := ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestShift(t *testing.T) {
	for _, c := range []struct {
		in   string
		exp  int
		want string
	}{
		{"11.255", 4, "112550"}, {"2333.00", 4, "23330000"}, {"0.015", 4, "150"}, {"16.4", 8, "1640000000"},
		{"95", 0, "95"}, {"150", -4, "0.015"}, {"-2.5", 1, "-25"},
		{"9999999999999999999", 1, ""}, // does not fit: null, never rounded
		{"0.0000000000000000001", -1, ""},
	} {
		if got := dec(t, c.in).Shift(c.exp); got.String() != c.want {
			t.Errorf("%s shifted by %d is %q, want %q", c.in, c.exp, got, c.want)
		}
	}
	if !Null.Shift(4).IsNull() {
		t.Error("null shifted is not null")
	}
}

func TestScaled(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int64
		ok   bool
	}{
		{"74.21", 742100, true}, {"-1.5", -15000, true}, {"2.3330000", 23330, true},
		{"0.00001", 0, false}, // a digit would be lost
		{"99999999999999.9999", 999999999999999999, true},
		{"100000000000000", 0, false}, // 19 digits
	} {
		if n, ok := dec(t, c.in).Scaled(4); n != c.want || ok != c.ok {
			t.Errorf("%s scaled is %d, %v; want %d, %v", c.in, n, ok, c.want, c.ok)
		}
	}
}

func TestDecimalArithmetic(t *testing.T) {
	a, b := dec(t, "0.1"), dec(t, "0.2")
	if got := a.Add(b); got.Cmp(dec(t, "0.3")) != 0 {
		t.Errorf("0.1 + 0.2 = %s", got)
	}
	if got := b.Sub(a); got.Cmp(a) != 0 {
		t.Errorf("0.2 − 0.1 = %s", got)
	}
	if got := dec(t, "40").Mul(dec(t, "0.015")); got.Cmp(dec(t, "0.6")) != 0 {
		t.Errorf("40 × 0.015 = %s", got)
	}
	if got := dec(t, "7979").Div(dec(t, "7799"), 4); got.String() != "1.0231" {
		t.Errorf("7979 ÷ 7799 = %s", got)
	}
	if !a.Div(Int(0), 2).IsNull() || !a.Div(Null, 2).IsNull() {
		t.Error("a quotient by 0 or null is not null")
	}
	if got := dec(t, "-0.5").Abs(); got.String() != "0.5" || !Null.Abs().IsNull() {
		t.Errorf("|-0.5| = %s", got)
	}
	if !a.Add(Null).IsNull() || Null.Cmp(a) != -1 || a.Cmp(Null) != 1 || Null.Cmp(Null) != 0 {
		t.Error("null does not stay null, or does not sort first")
	}
}

func TestDecimalJSON(t *testing.T) {
	in := []Decimal{dec(t, "2333.00"), Null}
	data, err := json.Marshal(in)
	if err != nil || string(data) != `["2333.00",null]` {
		t.Fatalf("%s, %v", data, err)
	}
	var out []Decimal
	if err := json.Unmarshal(data, &out); err != nil || out[0] != in[0] || out[1] != in[1] {
		t.Errorf("%v, %v", out, err)
	}
}
