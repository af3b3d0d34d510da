package prose

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/normalize/record"
)

var update = flag.Bool("update", false, "rewrite the expectations of testdata/amounts.txt")

// amountsFile holds the cases: a sentence behind "## ", then one line for
// each amount that it states. A "#" line is a comment.
const amountsFile = "testdata/amounts.txt"

// fiscalYear is the fiscal year of all cases.
const fiscalYear = 2021

// show prints an amount the way the cases are written.
func show(a *record.Amount) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s |", a.Metric)
	if !a.Number.IsNull() {
		fmt.Fprintf(&b, " %s %s%s = %s %s", a.Comparator, a.Number, a.UnitRaw, a.Base, a.Unit)
	}
	for _, x := range []struct{ name, value string }{
		{"", a.Qualitative}, {"change ", a.Change}, {"against ", a.BasePeriod}, {"per ", a.Per},
		{"period ", a.Period}, {"qualifier ", a.Qualifier}, {"inferred ", a.UnitInferred},
	} {
		if x.value != "" {
			b.WriteString(" | " + x.name + x.value)
		}
	}
	for _, f := range a.Flags {
		if strings.HasPrefix(f, "number_") || f == flagUnclear || f == flagMetricUnknown {
			b.WriteString(" | !" + f)
		}
	}
	return b.String() + " | " + a.Text
}

// TestAmounts runs the cases: one sentence for each habit of the real ones.
func TestAmounts(t *testing.T) {
	data, err := os.ReadFile(amountsFile)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	text, want := "", []string(nil)
	check := func() {
		if text == "" {
			return
		}
		var got []string
		for _, a := range Amounts(text, Context{FiscalYear: fiscalYear}) {
			got = append(got, show(&a))
			checkOffsets(t, text, &a)
		}
		if *update {
			out.WriteString("## " + text + "\n")
			for _, g := range got {
				out.WriteString(g + "\n")
			}
		} else if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
			t.Errorf("%s\ngot\n%s\nwant\n%s", text, g, w)
		}
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if next, ok := strings.CutPrefix(line, "## "); ok || strings.HasPrefix(line, "# ") {
			check()
			if text, want = next, nil; !ok {
				text = ""
				out.WriteString(line + "\n")
			}
			continue
		}
		want = append(want, line)
	}
	check()
	if *update {
		if err := os.WriteFile(amountsFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip("expectations rewritten: run again without -update")
	}
}

// checkOffsets checks that an amount's text is where its offsets say.
func checkOffsets(t *testing.T, text string, a *record.Amount) {
	t.Helper()
	runes := []rune(text)
	if a.Start < 0 || a.Start > a.End || a.End > len(runes) {
		t.Fatalf("%q: offsets %d to %d of %d runes", text, a.Start, a.End, len(runes))
	}
	if got := string(runes[a.Start:a.End]); got != a.Text {
		t.Errorf("%q: text[%d:%d] is %q, the amount says %q", text, a.Start, a.End, got, a.Text)
	}
}

// TestOffsetsAcrossBlanks checks offsets where layout blanks, full-width
// digits and line breaks are in the way.
func TestOffsetsAcrossBlanks(t *testing.T) {
	text := "\t收 入　预算 合 计 １２ 万 元，其中：\n财政拨款 3\u200b 万元"
	got := Amounts(text, Context{})
	if len(got) != 2 {
		t.Fatalf("%d amounts, want 2", len(got))
	}
	for i, want := range []struct {
		text, metric string
		start, end   int
	}{
		{"收 入　预算 合 计 １２ 万 元", "收入预算合计", 1, 18},
		{"财政拨款 3\u200b 万元", "财政拨款", 23, 33},
	} {
		a := &got[i]
		checkOffsets(t, text, a)
		if a.Text != want.text || a.Metric != want.metric || a.Start != want.start || a.End != want.end {
			t.Errorf("%q %q %d %d, want %+v", a.Text, a.Metric, a.Start, a.End, want)
		}
	}
}

// TestLongText checks that a text read in portions gives the same amounts as
// its paragraphs do one by one, at offsets of the whole text, whatever marks
// there are to cut it at.
func TestLongText(t *testing.T) {
	for _, sentence := range []string{
		"2021年收入预算1,234.56万元（其中：上年结转12万元），较2020年增长5%。",
		"“三公”经费12万元，", "支出12万元 ", "支出12万元",
	} {
		n := 3*maxPortion/len(sentence) + 1
		text := strings.Repeat(sentence, n)
		one := Amounts(sentence, Context{FiscalYear: fiscalYear})
		all := Amounts(text, Context{FiscalYear: fiscalYear})
		if len(all) != n*len(one) {
			t.Errorf("%s: %d amounts of %d sentences, want %d", sentence, len(all), n, n*len(one))
			continue
		}
		step := len([]rune(sentence))
		for i, a := range all {
			want := one[i%len(one)]
			marked := strings.ContainsAny(sentence, "，。 ")
			if a.Base != want.Base || marked && (a.Start != want.Start+i/len(one)*step || a.Text != strings.TrimSpace(want.Text)) {
				t.Fatalf("%s: amount %d is %s at %d, want %s", sentence, i, show(&a), a.Start, show(&want))
			}
		}
	}
}

// TestPortion checks that no number and no rune is cut, and that every text
// comes to an end.
func TestPortion(t *testing.T) {
	for _, unit := range []string{"1", "款", "12万元", "a", "\xff", "𠀀", "1款"} {
		for text := strings.Repeat(unit, 2*maxPortion/len(unit)); text != ""; {
			n := portion(text)
			if n < 1 || n > maxPortion {
				t.Fatalf("%q: a portion of %d bytes", unit, n)
			}
			if n < len(text) && !utf8.RuneStart(text[n]) && unit != "\xff" {
				t.Errorf("%q: a rune is cut", unit)
			}
			text = text[n:]
		}
	}
}

// TestFiscalYearUnknown checks that no period is invented.
func TestFiscalYearUnknown(t *testing.T) {
	for _, text := range []string{"本年收入12万元。", "上年末资产12万元。", "第二季度拨付12万元。", "全年支出12万元，比上年减少2万元。"} {
		for _, a := range Amounts(text, Context{}) {
			if a.Period != "" || a.BasePeriod != "" {
				t.Errorf("%s: period %q, base period %q of an unknown year", text, a.Period, a.BasePeriod)
			}
		}
	}
}

// FuzzAmounts checks that offsets lie in the text, that texts are valid and
// that what has no number says something else.
func FuzzAmounts(f *testing.F) {
	f.Add("2021年预算收入880.5万元（其中：基金0万元)，较2020年预算增加30.25万元，增长3.56%。", 2021)
	f.Add("“三公”经费比上年略有减少；零就业家庭动态为零\n1、每生每年500元", 0)
	f.Add("（（）“2020年5月至，、减少9.52）占的%", 1)
	f.Add("\xff\xfe5万元\u200b以上\x00台（套）", 2020)
	f.Fuzz(func(t *testing.T, text string, year int) {
		for _, a := range Amounts(text, Context{FiscalYear: year}) {
			checkOffsets(t, text, &a)
			for _, s := range []string{a.Text, a.Metric, a.Period, a.BasePeriod, a.Qualifier, a.Qualitative} {
				if strings.ToValidUTF8(s, "") != s {
					t.Errorf("%q is not valid UTF-8", s)
				}
			}
			if a.Number.IsNull() == (a.Qualitative == "") {
				t.Errorf("number %s and words %q", a.Number, a.Qualitative)
			}
			if a.Change != "" && a.Change != "increase" && a.Change != "decrease" {
				t.Errorf("change %q", a.Change)
			}
		}
	})
}

func BenchmarkAmounts(b *testing.B) {
	const text = "2021年，我局财政拨款“三公”经费预算安排18万元，其中：因公出国（境）费0万元；公务用车购置及运维费15万元（其中：公务用车购置费为0万元，公务用车运行费15万元）；公务接待费3万元。较2020年预算略有减少。"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Amounts(text, Context{FiscalYear: fiscalYear})
	}
}
