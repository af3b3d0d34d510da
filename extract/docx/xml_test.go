package docx

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// tokens writes what a scanner meets: <a> </a> and text in quotes.
func tokens(xml string) (string, error) {
	x := newScanner("part", []byte(xml), 100)
	var out strings.Builder
	var open []string
	for {
		switch x.next() {
		case tokenStart:
			open = append(open, string(x.top()))
			out.WriteString("<" + string(x.top()) + ">")
		case tokenEnd:
			out.WriteString("</" + open[len(open)-1] + ">")
			open = open[:len(open)-1]
		case tokenText:
			out.WriteString(`"` + string(x.appendText(nil)) + `"`)
		case tokenNone:
			return out.String(), x.err
		}
	}
}

func TestScanner(t *testing.T) {
	for _, c := range [][2]string{
		{`<a/>`, `<a></a>`},
		{`<a></a >`, `<a></a>`},
		{"\n<?xml version='1.0'?>\n<!-- < -->\n<a\n/>\n", `<a></a>`},
		{`<a b="/>" c = '"'>x</a>`, `<a>"x"</a>`},
		{`<a>1<b>2</b>3<b/></a>`, `<a>"1"<b>"2"</b>"3"<b></b></a>`},
		{`<a>1<!-- <b> -->2<?b ?><![CDATA[<&]]]]></a>`, `<a>"1""2""<&]]"</a>`},
		{`<a>&amp;&#65;&#x4E2d;&lt;</a>`, `<a>"&A中<"</a>`},
		{`<p:a xmlns:p="u"><p:b/></p:a>`, `<p:a><p:b></p:b></p:a>`},
	} {
		if got, err := tokens(c[0]); got != c[1] || err != nil {
			t.Errorf("%s: got %s, %v, want %s", c[0], got, err, c[1])
		}
	}
}

// TestKnownTags reads tags again that have been read before, with other
// attributes and where their prefix means something else.
func TestKnownTags(t *testing.T) {
	x := newScanner("part", []byte(`<w:r xmlns:w="`+wordNS+`"><w:t a="1">x</w:t><w:t a="2"/><w:t/><w:t/><w:t
a="3"/><w:t xmlns:w="other" a="4"><w:t a="5"/><w:t/></w:t><w:t a="6"/><w:t/></w:r>`), 100)
	var got []string
	for t := x.next(); t != tokenNone; t = x.next() {
		if t == tokenStart {
			got = append(got, fmt.Sprintf("%s %v %s", x.localName(), x.elem == elemT, x.attr("a")))
		}
	}
	want := []string{"r false ", "t true 1", "t true 2", "t true ", "t true ", "t true 3",
		"t false 4", "t false 5", "t false ", "t true 6", "t true "}
	if !slices.Equal(got, want) || x.err != nil {
		t.Errorf("got %q, %v, want %q", got, x.err, want)
	}
}

func TestScannerRefuses(t *testing.T) {
	for _, xml := range []string{
		``, ` `, `x`, `<`, `<a`, `<a>`, `<a></b>`, `<a></ab>`, `<ab></a>`, `</a>`, `<a/><b/>`, `<a/>x`, `x<a/>`, `<a></a`,
		`<a><b></a></b>`, `< a/>`, `<>`, `</>`, `<a:/>`, `<a b/>`, `<a b=c/>`, `<a b="/>`, `<a b="1" <c/>`, `<a "b"/>`,
		`<a>&</a>`, `<a>&;</a>`, `<a>&x;</a>`, `<a>&#0;</a>`, `<a>&#xD800;</a>`, `<a>&#x110000;</a>`, `<a>&#-1;</a>`, `<a>&#x;</a>`,
		`<a>&amp</a>`, `<a>& long long long long;</a>`, `<!DOCTYPE a><a/>`, `<a><!ELEMENT b></a>`, `<!-- <a/>`, `<a><![CDATA[</a>`,
		`<![CDATA[x]]><a/>`, `<?x <a/>`, "<a>\x00", "\xFF\xFEx", `<a` + strings.Repeat("><a", 100) + `/>`,
	} {
		got, err := tokens(xml)
		if !errors.Is(err, document.ErrMalformed) && !errors.Is(err, document.ErrTooLarge) {
			t.Errorf("%.60q: got %s, %v", xml, got, err)
		}
	}
}

func TestScannerSaysWhere(t *testing.T) {
	_, err := tokens("<a>123</b>")
	if want := "malformed: part, byte 6: <a> is not closed by its own end tag"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAttr(t *testing.T) {
	x := newScanner("part", []byte(`<a xmlns:val="1" w:value="2"  w:val = '&lt;3"' w:empty="" id="4"/>`), 9)
	if x.next() != tokenStart {
		t.Fatal(x.err)
	}
	for name, want := range map[string]string{"val": `<3"`, "value": "2", "empty": "", "id": "4"} {
		if got := x.attr(name); got == nil || string(got) != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"al", "w:val", "missing"} {
		if got := x.attr(name); got != nil && name != "w:val" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestNumber(t *testing.T) {
	x := newScanner("part", []byte(`<a one="7" more=" -12 " over="99999999999" word="x" none=""/>`), 9)
	x.next()
	for name, want := range map[string]int{"one": 7, "more": -12, "over": 5, "word": 5, "none": 5, "missing": 5} {
		if got := x.number(name, 5); got != want {
			t.Errorf("%s: got %d, want %d", name, got, want)
		}
	}
}

// TestSkip walks over the same element token by token, by child and by leap.
func TestSkip(t *testing.T) {
	for _, inside := range []string{
		``, `text`, `<b/><c d="e"><b>x</b></c>`, `<!-- </skip> --><b/>`, `<![CDATA[</skip>]]>`, `<?p </skip>?>`, `<b e="/>"/>`, `<b>&x;</b>`,
	} {
		for _, leap := range []bool{false, true} {
			x := newScanner("part", []byte("<root><skip>"+inside+"</skip><skip/><last/></root>"), 9)
			x.next()
			var met []string
			for x.child(1) {
				met = append(met, string(x.localName()))
				if leap {
					x.leap()
				}
			}
			if got := strings.Join(met, " "); got != "skip skip last" || x.end() != nil || x.depth != 0 {
				t.Errorf("leap %v over %s: met %s, %v", leap, inside, got, x.err)
			}
		}
	}
	x := newScanner("part", []byte("<root><skip><b></skip></root>"), 9)
	x.next()
	for x.child(1) {
		continue
	}
	if !errors.Is(x.err, document.ErrMalformed) {
		t.Errorf("a mismatch in what is skipped: %v", x.err)
	}
}

func TestEveryNameIsFound(t *testing.T) {
	for sp, names := range map[space][]elemName{spaceWord: wordNames(), spaceCompat: compatNames(), spaceMath: mathNames()} {
		for _, n := range names {
			exact := []byte(n.name)
			if got := elements().find(sp, exact[:len(exact):len(exact)]); got != n.elem {
				t.Errorf("%s: got %d, want %d", n.name, got, n.elem)
			}
			if got := elements().find(sp, append(append([]byte{}, n.name...), "<behind it"...)[:len(n.name)]); got != n.elem {
				t.Errorf("%s in a larger buffer: got %d, want %d", n.name, got, n.elem)
			}
			if got := elements().find(spaceOther, exact); got != elemOther {
				t.Errorf("%s in no namespace: got %d", n.name, got)
			}
			for _, other := range []string{n.name + "x", n.name[:len(n.name)-1] + "\x7F"} {
				if got := elements().find(sp, []byte(other)); got == n.elem {
					t.Errorf("%s was taken for %s", other, n.name)
				}
			}
		}
	}
}
