package normalize

import (
	"slices"
	"testing"

	"yusuan/extract/document"
)

// TestAmountsOverParagraphs reads sentences that go on in the next paragraph,
// and those that only look so.
func TestAmountsOverParagraphs(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  []string
		noted bool
	}{
		{"a number that did not fit the line", []string{"其中支持规模化发展870.00万元，支持企业协同化发展", "180.00万元，支持企业国际化发展50.00万元。"},
			[]string{"规模化发展 8700000 支持规模化发展870.00万元", "企业协同化发展 1800000 180.00万元", "企业国际化发展 500000 支持企业国际化发展50.00万元"}, true},
		{"a sentence that has ended", []string{"支持企业协同化发展。", "180.00万元。"}, []string{" 1800000 180.00万元"}, false},
		{"half of a number", []string{"支持企业协同化发展1", "180.00万元。"}, []string{" 1800000 180.00万元"}, false},
		{"a change of what the paragraph before is about", []string{"机关运行经费9193.40万元。", "按同口径，比上年减少161.96万元。"},
			[]string{"机关运行经费 91934000 机关运行经费9193.40万元", "机关运行经费 1619600 比上年减少161.96万元"}, false},
		{"under a heading", []string{"一、人民调解项目经费情况说明", "795万元"}, []string{"人民调解项目经费 7950000 795万元"}, false},
	} {
		doc := &document.Document{}
		for _, l := range c.lines {
			doc.Blocks = append(doc.Blocks, &document.Paragraph{Text: l})
		}
		d := New().Document(doc)
		var got []string
		for _, a := range d.Amounts {
			got = append(got, a.Metric+" "+a.Base.String()+" "+a.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		noted := false
		for _, n := range d.Notes {
			noted = noted || n.Code == "amounts.continued"
		}
		if noted != c.noted {
			t.Errorf("%s: noted %t", c.name, noted)
		}
	}
}
