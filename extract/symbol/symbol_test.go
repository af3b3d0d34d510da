package symbol

import (
	"testing"
	"unicode/utf8"
)

func TestTables(t *testing.T) {
	for code := range 0x100 {
		for _, font := range []string{"Symbol", "Wingdings", "Wingdings 2", "其他"} {
			c, ok := table(font)(code)
			if ok && (!utf8.ValidRune(c) || c < 0x20 || IsPrivate(c)) {
				t.Errorf("%s %#x is %U", font, code, c)
			}
		}
	}
	for _, c := range []struct {
		font string
		code int
		want rune
	}{
		{"Symbol", 0x61, 'α'}, {"symbol", 0x7E, '∼'}, {"Symbol", 0xA3, '≤'}, {"Symbol", 0xB3, '≥'}, {"Symbol", 0xB7, '•'},
		{"Symbol", 0xD7, '⋅'}, {"Symbol", 0xEF, '⎪'}, {"Symbol", 0xF2, '∫'}, {"Symbol", 0xFE, '⎭'}, {"Symbol", 0x5E, '⊥'},
		{"Wingdings", 0x6C, '●'}, {"Wingdings", 0x81, '①'}, {"Wingdings", 0x95, '❿'}, {"Wingdings", 0xA8, '□'}, {"Wingdings", 0xFE, '☑'},
		{"Wingdings 2", 0x52, '☑'}, {"Wingdings 2", 0x6A, '①'}, {"Wingdings 2", 0xA3, '□'},
	} {
		if got, ok := table(c.font)(c.code); !ok || got != c.want {
			t.Errorf("%s %#x is %q, want %q", c.font, c.code, got, c.want)
		}
	}
	for _, code := range []int{0x7F, 0x9F, 0xF0, 0xFF} {
		if got, ok := table("Symbol")(code); ok {
			t.Errorf("Symbol %#x is %q", code, got)
		}
	}
}
