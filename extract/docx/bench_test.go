package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
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

// BenchmarkCorpus reads the real .docx files that can be read, and, as the
// floor under that, only unpacks the parts that reading takes. Bytes are those
// of the files.
func BenchmarkCorpus(b *testing.B) {
	files := readableFiles(b)
	size := 0
	for _, f := range files {
		size += len(f.data)
	}
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, f := range files {
				if _, err := (Reader{}).Read(context.Background(), f.data, document.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("inflate", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, f := range files {
				a, err := openArchive(f.data, document.Limits{}.WithDefaults())
				if err != nil {
					b.Fatal(err)
				}
				for _, name := range f.parts {
					if _, err := a.part(name); err != nil {
						b.Fatal(err)
					}
				}
				a.close()
			}
		}
	})
}

// readableFile is a file, and the parts of it that reading takes.
type readableFile struct {
	data  []byte
	parts []string
}

// readableFiles are the files of ../shared that this reader reads.
func readableFiles(b *testing.B) []readableFile {
	b.Helper()
	var names []string
	for _, pattern := range []string{"handan-2020/*.docx", "word/*.docx", "word/*/*.docx"} {
		found, err := filepath.Glob(shared(pattern))
		if err != nil {
			b.Fatal(err)
		}
		names = append(names, found...)
	}
	var files []readableFile
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		if parts := takenParts(data); parts != nil {
			files = append(files, readableFile{data, parts})
		}
	}
	if len(files) == 0 {
		b.Skip("skipped: the shared documents are not part of the repository")
	}
	return files
}

// takenParts are the parts that reading a file takes; nil when it cannot be
// read. The relationships are read before the main part, the others by them.
func takenParts(data []byte) []string {
	if _, err := (Reader{}).Read(context.Background(), data, document.Limits{}); err != nil {
		return nil
	}
	a, err := openArchive(data, document.Limits{}.WithDefaults())
	if err != nil {
		return nil
	}
	defer a.close()
	main, _, err := a.mainPart()
	if err != nil {
		return nil
	}
	dir, base := path.Split(main)
	parts := []string{main}
	for _, name := range []string{"_rels/.rels", dir + "_rels/" + base + ".rels", dir + "styles.xml", dir + "numbering.xml", dir + "footnotes.xml", dir + "endnotes.xml"} {
		if a.has(name) {
			parts = append(parts, name)
		}
	}
	return parts
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
