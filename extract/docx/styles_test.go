package docx

import "testing"

// TestStyleCircle reads styles that are based on each other in a circle: what
// they inherit is the same every time, whatever the order of a Go map.
func TestStyleCircle(t *testing.T) {
	const styles = `<w:styles xmlns:w="` + wordNS + `">` +
		`<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="c"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>` +
		`</w:styles>`
	const rounds = 50
	for range rounds {
		sheet, err := readStyles(newScanner("word/styles.xml", []byte(styles), 20))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"a", "b", "c"} {
			if st := sheet.byID[id]; st == nil || st.level != sheet.byID["c"].level || st.level == notSet {
				t.Fatalf("style %s: %+v", id, st)
			}
		}
	}
}
