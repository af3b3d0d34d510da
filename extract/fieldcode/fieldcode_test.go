package fieldcode

import "testing"

func TestMarkLevel(t *testing.T) {
	for instr, want := range map[string]int{
		`"x" \f B \l 2`: 2, `x \l3`: 3, `"a \l 5"`: 1, `"a \l 5" \L "4"`: 4, `x \l`: 1, `x \l 0`: 1, `x \l 12`: 1, `x \`: 1, ``: 1,
	} {
		if got := Parse("TC " + instr).MarkLevel(); got != want {
			t.Errorf("%s: got %d, want %d", instr, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for instr, want := range map[string]string{
		`EQ \o\ac(○,1)`: "①", `eq \o \ac(◯; 20)`: "⑳", `EQ \o\ac(〇,21)`: "㉑", `EQ \o\ac(○,36)`: "㊱", `EQ\o\ac(○,50)`: "㊿",
		`EQ \o\ac(○,51)`: "", `EQ \o\ac(○,0)`: "", `EQ \o\ac(□,1)`: "", `EQ \o\ac(○,甲)`: "", `EQ \o\ac(,1)`: "", `EQ \f(1,2)`: "", `EQ`: "",
		`EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(zhā),查)`: "查", `EQ \o(\s\up 9(a(b)); 核 查)`: " 核 查",
		`EQ \o\ad(\s\up 9(zhā`: "", `EQ \o\ad(\s\up 9(zhā))`: "", `EQ \o\ad(\s\up`: "", `EQ \o\ad(查)`: "", `EQ \s\up 9(zhā),查`: "",
		`SYMBOL 179 \f "Symbol" \s 10`: "≥", `SYMBOL 0xA3 \f Symbol`: "≤", `SYMBOL 8805 \u`: "≥", `SYMBOL 65`: "A", `SYMBOL 163 \f 宋体`: "£",
		`SYMBOL`: "", `SYMBOL x`: "", `SYMBOL 7`: "", `SYMBOL 0xD800`: "", `PAGE`: "", ``: "",
	} {
		if got := Parse(instr).Text(); got != want {
			t.Errorf("%s: got %q, want %q", instr, got, want)
		}
	}
}

func TestSilent(t *testing.T) {
	for instr, want := range map[string]bool{
		``: true, ` tc "附表"`: true, `XE "x"`: true, `SEQ 表 \h`: true, `SEQ 表`: false, `PAGE`: false, "\xff": false,
	} {
		if got := Parse(instr).Silent(); got != want {
			t.Errorf("%q: got %v, want %v", instr, got, want)
		}
	}
}
