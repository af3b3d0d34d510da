package docx

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"yusuan/extract/document"
)

// read reads a document of block-level XML.
func read(t *testing.T, blocks string, lim document.Limits) (*document.Document, error) {
	t.Helper()
	return Reader{}.Read(context.Background(), pack(map[string][]byte{"word/document.xml": body(blocks)}), lim)
}

// dump reads a package and returns its dump.
func dump(t *testing.T, file []byte) string {
	t.Helper()
	d, err := Reader{}.Read(context.Background(), file, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	check(t, d, document.Limits{})
	var out strings.Builder
	if err := document.Dump(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const onePara = `<w:p><w:r><w:t>预算</w:t></w:r></w:p>`

func TestReadNamesItself(t *testing.T) {
	d, err := read(t, onePara, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if f := (Reader{}).Format(); f != "docx" || d.Source.Format != f || !strings.HasPrefix(d.Source.Reader, "docx/") {
		t.Errorf("format %q, source %+v", f, d.Source)
	}
}

func TestDetect(t *testing.T) {
	word := pack(map[string][]byte{"word/document.xml": body(onePara)})
	elsewhere := pack(map[string][]byte{"_rels/.rels": relationships(relationship("officeDocument", "x/y.xml")), "x/y.xml": body(onePara)})
	sheet := pack(map[string][]byte{
		"_rels/.rels":     relationships(relationship("officeDocument", "xl/workbook.xml")),
		"xl/workbook.xml": []byte(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`),
	})
	broken := pack(map[string][]byte{"word/document.xml": []byte("<w:docu")})
	types := pack(map[string][]byte{"[Content_Types].xml": []byte(`<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` + noise(5000) + `</Types>`)})
	for _, c := range []struct {
		name string
		data []byte
		want bool
	}{
		{"document", word, true},
		{"main part elsewhere", elsewhere, true},
		{"junk before the zip", append([]byte("PK junk"), word...), true},
		{"broken main part", broken, true},
		{"cut off behind the main part's name", word[:len(word)-40], true},
		{"cut off inside the content types", types[:600], true},
		{"cut off at once", word[:20], false},
		{"workbook", sheet, false},
		{"workbook cut off", sheet[:len(sheet)-40], false},
		{"zip of something else", pack(map[string][]byte{"_rels/.rels": []byte("<x/>"), "a.txt": []byte("a")}), false},
		{"empty", nil, false},
		{"text", []byte("PKW 预算"), false},
		{"OLE container", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), false},
	} {
		if got := (Reader{}).Detect(c.data); got != c.want {
			t.Errorf("%s: Detect = %v, want %v", c.name, got, c.want)
		}
	}
}

// noise is XML that does not compress.
func noise(n int) string {
	var b strings.Builder
	random := rand.New(rand.NewPCG(1, 2))
	for b.Len() < n {
		fmt.Fprintf(&b, "<x>%x</x>", random.Uint64())
	}
	return b.String()
}

func TestReadCutOffPackage(t *testing.T) {
	file := pack(map[string][]byte{"word/document.xml": body(onePara)})
	for n := range len(file) {
		_, err := Reader{}.Read(context.Background(), file[:n], document.Limits{})
		if !errors.Is(err, document.ErrMalformed) {
			t.Fatalf("%d of %d bytes: %v", n, len(file), err)
		}
	}
}

func TestReadDamagedMainPart(t *testing.T) {
	file := pack(map[string][]byte{"word/document.xml": body(strings.Repeat(onePara, 3) + noise(3000))})
	at := bytes.Index(file, []byte("word/document.xml")) + 200
	file[at] ^= 0xFF
	if _, err := (Reader{}).Read(context.Background(), file, document.Limits{}); !errors.Is(err, document.ErrMalformed) {
		t.Errorf("got %v", err)
	}
}

func TestReadEncodings(t *testing.T) {
	utf8 := string(body(onePara + "<w:p><w:r><w:t>𠮷</w:t></w:r></w:p>"))
	wide := func(order binary.AppendByteOrder, s string) []byte {
		var out []byte
		for _, u := range utf16.Encode([]rune(s)) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	want := "p 0 \"预算\"\np 1 \"𠮷\"\n"
	for name, main := range map[string][]byte{
		"UTF-8":                   []byte(utf8),
		"UTF-8 with a mark":       []byte("\uFEFF" + utf8),
		"UTF-16LE with a mark":    wide(binary.LittleEndian, "\uFEFF"+utf8),
		"UTF-16BE with a mark":    wide(binary.BigEndian, "\uFEFF"+utf8),
		"UTF-16LE without a mark": wide(binary.LittleEndian, utf8),
		"UTF-16BE without a mark": wide(binary.BigEndian, utf8),
		"with a declaration":      []byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\r\n" + utf8 + "\n"),
	} {
		if got := dump(t, pack(map[string][]byte{"word/document.xml": main})); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
	odd := append(wide(binary.LittleEndian, "\uFEFF"+utf8), 'x')
	if _, err := (Reader{}).Read(context.Background(), pack(map[string][]byte{"word/document.xml": odd}), document.Limits{}); !errors.Is(err, document.ErrMalformed) {
		t.Errorf("half a character of UTF-16: %v", err)
	}
}

func TestReadInvalidUTF8(t *testing.T) {
	got := dump(t, pack(map[string][]byte{"word/document.xml": body("<w:p><w:r><w:t>坏\xFF的</w:t></w:r></w:p>")}))
	if want := "p 0 \"坏�的\"\nn b0 docx.invalid_text \"bytes that are no characters were replaced by U+FFFD\"\n"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestReadLimits(t *testing.T) {
	row := "<w:tr>" + strings.Repeat("<w:tc><w:p/></w:tc>", 10) + "</w:tr>"
	table := "<w:tbl>" + strings.Repeat(row, 10) + "</w:tbl>"
	deep := strings.Repeat("<w:sdt>", 50) + strings.Repeat("</w:sdt>", 50)
	wide := `<w:tbl>` + strings.Repeat("<w:tr><w:tc><w:p/></w:tc></w:tr>", 50) + `<w:tr><w:tc><w:tcPr><w:gridSpan w:val="40"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`
	bomb := "<w:p/>" + strings.Repeat(" ", document.RatioAfterBytes)
	for _, c := range []struct {
		name, blocks string
		lim          document.Limits
		tooLarge     bool
	}{
		{"cells within", table, document.Limits{TableCells: 100}, false},
		{"cells beyond", table, document.Limits{TableCells: 99}, true},
		{"grid beyond", wide, document.Limits{TableCells: 60}, true},
		{"depth within", deep, document.Limits{XMLDepth: 52}, false},
		{"depth beyond", deep, document.Limits{XMLDepth: 51}, true},
		{"size within", onePara, document.Limits{ExpandedBytes: 2000}, false},
		{"size beyond", onePara, document.Limits{ExpandedBytes: 600}, true},
		{"ratio not looked at yet", "<w:p/>" + strings.Repeat(" ", document.RatioAfterBytes/2), document.Limits{}, false},
		{"ratio beyond", bomb, document.Limits{}, true},
		{"ratio raised", bomb, document.Limits{ExpandRatio: 1100}, false},
	} {
		d, err := read(t, c.blocks, c.lim)
		if c.tooLarge != errors.Is(err, document.ErrTooLarge) || !c.tooLarge && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if err == nil {
			check(t, d, c.lim)
		}
	}
}

func TestReadLimitsInOtherParts(t *testing.T) {
	deep := strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300)
	for _, part := range []string{"word/footnotes.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "docProps/core.xml"} {
		file := pack(map[string][]byte{"word/document.xml": body(onePara + `<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`), part: []byte(deep)})
		_, err := Reader{}.Read(context.Background(), file, document.Limits{})
		if !errors.Is(err, document.ErrTooLarge) {
			t.Errorf("%s: %v", part, err)
		}
	}
}

func TestReadStopsWithTheContext(t *testing.T) {
	file := pack(map[string][]byte{"word/document.xml": body(strings.Repeat(onePara, 2000))})
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Reader{}).Read(cancelled, file, document.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	if _, err := (Reader{}).Read(late, file, document.Limits{}); !errors.Is(err, document.ErrTimeLimit) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("late: %v", err)
	}
}

func TestReadIsTheSameConcurrently(t *testing.T) {
	file, _ := generated()
	want := dump(t, file)
	got := make(chan string)
	for range 4 {
		go func() {
			d, err := Reader{}.Read(context.Background(), file, document.Limits{})
			var out strings.Builder
			if err == nil {
				err = document.Dump(&out, d)
			}
			if err != nil {
				got <- err.Error()
				return
			}
			got <- out.String()
		}()
	}
	for range 4 {
		if g := <-got; g != want {
			t.Errorf("got %.200s", g)
		}
	}
}

func TestPartNames(t *testing.T) {
	// Some writers name parts with backslashes or in other letters.
	got := dump(t, pack(map[string][]byte{
		"_rels/.rels":         relationships(relationship("officeDocument", "Word/Haupt%20Teil.xml")),
		`word\haupt teil.xml`: body(onePara),
	}))
	if want := "p 0 \"预算\"\n"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestResolveTarget(t *testing.T) {
	for _, c := range [][3]string{
		{"word/", "styles.xml", "word/styles.xml"},
		{"word/", "/word/styles.xml", "word/styles.xml"},
		{"word/", "../x/y.xml", "x/y.xml"},
		{"word/", "../../../etc/passwd", "etc/passwd"},
		{"word/", "/../../etc/passwd", "etc/passwd"},
		{"word/", `..\x.xml`, "x.xml"},
		{"word/", "a%20b.xml#c", "word/a b.xml"},
		{"word/", "%zz.xml", "word/%zz.xml"},
		{"word/", "", ""},
		{"", "word/document.xml", "word/document.xml"},
	} {
		if got := resolveTarget(c[0], c[1]); got != c[2] {
			t.Errorf("resolveTarget(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
