package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// benchDocument is the disclosure in ../shared, or, where that is not there,
// a generated document of the same shape.
func benchDocument(b *testing.B) (file, main []byte) {
	file, err := os.ReadFile(shared("handan-2020/disclosure.docx"))
	if err != nil {
		b.Logf("%v: a generated document stands in", err)
		return generated()
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		b.Fatal(err)
	}
	r, err := z.Open("word/document.xml")
	if err != nil {
		b.Fatal(err)
	}
	if main, err = io.ReadAll(r); err != nil {
		b.Fatal(err)
	}
	return file, main
}

// generated is a document of some 80 paragraphs and 26 tables, most of them of
// 12 columns with merged cells.
func generated() (file, main []byte) {
	var w strings.Builder
	w.WriteString(`<w:document xmlns:w="` + wordNS + `"><w:body>`)
	for table := range 26 {
		for p := range 3 {
			fmt.Fprintf(&w, `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>（%d）%s</w:t></w:r></w:p>`, p, strings.Repeat("加强就业服务，落实保障政策。", 8))
		}
		w.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/></w:tblPr><w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="720"/>`, 12) + `</w:tblGrid>`)
		for row := range 13 {
			w.WriteString(`<w:tr>`)
			for col := range 8 {
				merge := `<w:tcW w:type="dxa" w:w="720"/>`
				if col%2 == 1 {
					merge = `<w:tcW w:type="dxa" w:w="1440"/><w:gridSpan w:val="2"/>`
				} else if col == 0 && row > 4 {
					merge += `<w:vMerge/>`
				}
				fmt.Fprintf(&w, `<w:tc><w:tcPr>%s</w:tcPr><w:p><w:r/><w:r><w:t>指标%d</w:t></w:r></w:p></w:tc>`, merge, table*row*col)
			}
			w.WriteString(`</w:tr>`)
		}
		w.WriteString(`</w:tbl>`)
	}
	w.WriteString(`<w:sectPr/></w:body></w:document>`)
	main = []byte(w.String())
	return pack(map[string][]byte{"word/document.xml": main}), main
}

// BenchmarkRead reads a whole file; the bytes counted are those of the main
// part alone, although styles and other parts are read as well.
func BenchmarkRead(b *testing.B) {
	file, main := benchDocument(b)
	b.SetBytes(int64(len(main)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Reader{}).Read(context.Background(), file, document.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScan walks over the main part without reading anything.
func BenchmarkScan(b *testing.B) {
	_, main := benchDocument(b)
	b.SetBytes(int64(len(main)))
	for b.Loop() {
		x := newScanner("document.xml", main, document.DefaultXMLDepth)
		for x.next() != tokenNone {
			continue
		}
		if x.err != nil {
			b.Fatal(x.err)
		}
	}
}

// BenchmarkInflate only unpacks the parts, as the floor under BenchmarkRead.
func BenchmarkInflate(b *testing.B) {
	file, main := benchDocument(b)
	b.SetBytes(int64(len(main)))
	for b.Loop() {
		a, err := openArchive(file, document.Limits{}.WithDefaults())
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"word/document.xml", "word/styles.xml", "word/numbering.xml"} {
			if _, err := a.part(name); err != nil && a.has(name) {
				b.Fatal(err)
			}
		}
		a.close()
	}
}

// BenchmarkEncodingXML is the yardstick: the main part through encoding/xml.
func BenchmarkEncodingXML(b *testing.B) {
	_, data := benchDocument(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
