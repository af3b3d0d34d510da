package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/extract/document"
)

// declared is a document whose XML says that it is in an encoding.
func declared(encoding, text string) string {
	return `<?xml version="1.0" encoding="` + encoding + `"?>` + string(body(`<w:p><w:r><w:t>`+text+`</w:t></w:r></w:p>`))
}

func inGB18030(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReadOtherEncodings(t *testing.T) {
	const text = "一般公共预算收入合计壹仟万元"
	const want = "p 0 \"" + text + "\"\n"
	for name, main := range map[string]string{
		"GBK":                       inGB18030(t, declared("GBK", text)),
		"GB 2312 in single quotes":  inGB18030(t, strings.Replace(declared("gb2312", text), `"gb2312"`, `'gb2312'`, 1)),
		"GB18030":                   inGB18030(t, declared("GB18030", text)),
		"GBK said, UTF-8 meant":     declared("GBK", text),
		"Big5 said, UTF-8 meant":    declared("Big5", text),
		"a mark before another one": "\ufeff" + declared("GBK", text),
	} {
		file := pack(map[string][]byte{"word/document.xml": []byte(main)})
		if !(Reader{}).Detect(file) {
			t.Errorf("%s: not detected", name)
		}
		if got := dump(t, file); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestReadUnknownEncodings: a document of replacement characters is worse than
// none.
func TestReadUnknownEncodings(t *testing.T) {
	const text = "一般公共预算收入合计壹仟万元"
	for name, c := range map[string]struct{ main, message string }{
		"not allowed": {inGB18030(t, declared("Big5", text)), `the encoding "Big5"`},
		"not said":    {inGB18030(t, string(body(`<w:p><w:r><w:t>`+text+`</w:t></w:r></w:p>`))), "cannot be decoded"},
		"said wrong":  {inGB18030(t, declared("UTF-8", text)), "cannot be decoded"},
		"GBK, but not": {
			strings.Replace(declared("GBK", "@"), "@", strings.Repeat("\xff", 9), 1), "cannot be decoded"},
	} {
		_, err := Reader{}.Read(context.Background(), pack(map[string][]byte{"word/document.xml": []byte(c.main)}), document.Limits{})
		if !errors.Is(err, document.ErrMalformed) || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReadDamagedGBK: a little damage is a note in every encoding.
func TestReadDamagedGBK(t *testing.T) {
	text := strings.Repeat("预算", 20)
	main := strings.Replace(inGB18030(t, declared("GBK", text+"@")), "@", "\xff", 1)
	want := "p 0 \"" + text + "\uFFFD\"\nn b0 docx.invalid_text \"bytes that are no characters were replaced by U+FFFD\"\n"
	if got := dump(t, pack(map[string][]byte{"word/document.xml": []byte(main)})); got != want {
		t.Errorf("got %s", got)
	}
}

func TestReadDoubleParts(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, data string }{
		{"_rels/.rels", string(relationships(relationship("officeDocument", "word/document.xml")))},
		{"word/", ""},
		{"word/document.xml", string(body(onePara))},
		{"Word/document.xml", string(body(""))},
		{"word/document.xml", string(body(""))},
		{"word/", ""},
	} {
		w, err := z.Create(part.name)
		if err == nil {
			_, err = w.Write([]byte(part.data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	want := "p 0 \"预算\"\nn - docx.part_double \"the package holds several parts of one name, of which the first was read: word/document.xml\"\n"
	if got := dump(t, out.Bytes()); got != want {
		t.Errorf("got %s", got)
	}
}
