package text

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/extract/document"
	"yusuan/extract/golden"
)

// TestGolden runs the cases of testdata: "in.txt" is the file.
func TestGolden(t *testing.T) {
	golden.Run(t, "testdata", func(t *testing.T, files map[string][]byte) []byte {
		doc, err := Reader{}.Read(context.Background(), files["in.txt"], document.Limits{})
		if err != nil {
			return []byte("error " + document.Code(err) + ": " + err.Error() + "\n")
		}
		if err := document.Check(doc); err != nil {
			t.Error(err)
		}
		var out bytes.Buffer
		if err := document.Dump(&out, doc); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	})
}

const sample = "部门预算\n单位：万元\n\t项目\n\t金额\n\n\t合计\n\t12.50\n\n\n上文完。\n"

// TestEncodings reads one text in every encoding; all must give one document.
func TestEncodings(t *testing.T) {
	gb := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	sixteen := func(s string, high, low int) string {
		var out []byte
		for _, u := range utf16.Encode([]rune(s)) {
			pair := [2]byte{}
			pair[high], pair[low] = byte(u>>8), byte(u)
			out = append(out, pair[:]...)
		}
		return string(out)
	}
	want := dump(t, sample)
	for name, in := range map[string]string{
		"UTF-8 with a mark":     "\ufeff" + sample,
		"GB18030":               gb(sample),
		"UTF-16LE":              sixteen(sample, 1, 0),
		"UTF-16BE":              sixteen(sample, 0, 1),
		"UTF-16LE with a mark":  "\xff\xfe" + sixteen(sample, 1, 0),
		"UTF-16BE with a mark":  "\xfe\xff" + sixteen(sample, 0, 1),
		"CRLF":                  strings.ReplaceAll(sample, "\n", "\r\n"),
		"CRLF twice":            strings.ReplaceAll(sample, "\n", "\r\r\n"),
		"CR":                    strings.ReplaceAll(sample, "\n", "\r"),
		"no line end at last":   strings.TrimSuffix(sample, "\n"),
		"GB18030 and CRLF":      gb(strings.ReplaceAll(sample, "\n", "\r\n")),
		"form feed before text": strings.Replace(sample, "上文", "\f上文", 1),
	} {
		if !(Reader{}).Detect([]byte(in)) {
			t.Errorf("%s: not detected", name)
		}
		if got := dump(t, in); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func dump(t *testing.T, in string) string {
	t.Helper()
	doc, err := Reader{}.Read(context.Background(), []byte(in), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := document.Dump(&out, doc); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestUndecodable counts bytes that no character has, and says where they are.
func TestUndecodable(t *testing.T) {
	gb, err := simplifiedchinese.GBK.NewEncoder().String("一二三四五")
	if err != nil {
		t.Fatal(err)
	}
	many := strings.Repeat("中", 100)
	for name, c := range map[string]struct{ in, text, note string }{
		"UTF-8":   {"甲\n" + many + "\xff乙\n", many + "\ufffd乙", `n b1 text.undecodable "1 places are not valid UTF-8; U+FFFD`},
		"GB18030": {gb + "\n" + gb + "\xff" + gb, "一二三四五\ufffd一二三四五", `n b1 text.undecodable "1 places are not valid GB18030; U+FFFD`},
		"UTF-16":  {"\xff\xfe2N\n\x00\x00\xd8", "\ufffd", `n b1 text.undecodable "1 places are not valid UTF-16LE; U+FFFD`},
		"earlier": {many + "\ufffd", many + "\ufffd", `n b0 text.replacement_character "1 characters were lost`},
	} {
		got := dump(t, c.in)
		if !strings.Contains(got, c.text) || !strings.Contains(got, c.note) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

// TestDetect tells text from other things.
func TestDetect(t *testing.T) {
	long := strings.Repeat("预算", sampleBytes) // the sample ends inside a character
	for in, want := range map[string]bool{
		"":                                 true,
		" \n":                              true,
		"plain":                            true,
		"a" + long:                         true,
		"ab" + long:                        true,
		"\x89PNG\r\n\x1a\n\x00":            false,
		"\x00\x01\x02\x03":                 false,
		strings.Repeat("a\x02\x03", 40):    false,
		strings.Repeat("\xff\xfd\x81", 40): false,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00": false,
	} {
		if got := (Reader{}).Detect([]byte(in)); got != want {
			t.Errorf("Detect(%.20q) = %v", in, got)
		}
	}
}

// TestErrors holds the full messages of everything that can fail.
func TestErrors(t *testing.T) {
	wide := strings.Repeat("\ta\n", 10)
	for in, want := range map[string]string{
		"":                         "the file has no characters but blanks: no text",
		"\ufeff \n\t\n\u3000\n":    "the file has no characters but blanks: no text",
		" TOC \\o \"1-3\" \\h":     "the file has nothing but the instructions of fields: no text",
		"a\x00b\x01\xff\x00":       "zero bytes that are not UTF-16: malformed",
		"甲\n" + wide + "\n" + wide: "b1: table of 2 x 10 cells, the limit is 19: too large",
	} {
		_, err := Reader{}.Read(context.Background(), []byte(in), document.Limits{TableCells: 19})
		if err == nil || err.Error() != want {
			t.Errorf("Read(%.20q) = %v, want %s", in, err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Reader{}).Read(ctx, []byte(sample), document.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gives %v", err)
	}
	if got := (Reader{}).Format(); got != "text" {
		t.Errorf("Format() = %q", got)
	}
}

// TestIsNumber tells cells that only hold a number.
func TestIsNumber(t *testing.T) {
	for in, want := range map[string]bool{
		"12": true, " 1,234.00 ": true, "３，５１８．８５": true, "-3": true, "90%": true,
		"": false, "—": false, "/": false, "A0325": false, "2020年": false, "合计": false, ".": false,
	} {
		if got := isNumber(in); got != want {
			t.Errorf("isNumber(%q) = %v", in, got)
		}
	}
}

// FuzzRead reads anything: no panic, and a document that keeps the promises of
// its model, with every letter and digit of the input still there.
func FuzzRead(f *testing.F) {
	for _, s := range []string{sample, "a\tb\nc\td\n", "|a|b|\n|-|-|\n|c|d|\n", "a |\nb | ||\n1 |\n2 |\n3 |\n4 |\n",
		"甲 TC 甲 \\f B \\l 2 ", "甲\n TOC \\o \"1-3\" \\h ", "\xff\xfe2N\n\x00", "\t\n\n\n\ta\n\f\tb\n\n\n\n", "a\n|\n|\n1\n|\n2\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Reader{}.Read(context.Background(), data, document.Limits{})
		if err != nil {
			if doc != nil || document.Code(err) == "" {
				t.Fatalf("document %v with error %v", doc, err)
			}
			return
		}
		if len(doc.Blocks) == 0 {
			t.Fatal("nothing read and no error")
		}
		if err := document.Check(doc); err != nil {
			t.Fatal(err)
		}
		enc, _ := guess(data)
		text, _ := enc.decode(data)
		text, _ = clean(text)
		if doc := digits(plainText(doc)); !strings.ContainsAny(text, `\"`) && !strings.Contains(text, " _") && !strings.Contains(text, "://") && doc != digits(text) {
			t.Fatalf("digits %q of the text are %q in the document", digits(text), doc)
		}
	})
}

// digits keeps the decimal digits of a text: no amount may be lost.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
