package synth

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"slices"
	"strconv"
	"time"
)

// Docx prints the disclosure as a Word file. The parts, their order and their
// times are fixed, so that the same document gives the same bytes with the
// same version of compress/flate.
func (d *Document) Docx() []byte {
	w := &docxWriter{r: newSource(d.look), auto: d.auto, formats: map[int]labelFormat{}}
	w.heading = headingLook(w.r.below(int(headingLooks)))
	w.document(d.blocks)
	return zipped([]part{
		{"[Content_Types].xml", contentTypesXML},
		{"_rels/.rels", packageRelsXML},
		{"docProps/core.xml", coreXML(d.Truth.Identity.Title)},
		{"word/document.xml", w.b.String()},
		{"word/_rels/document.xml.rels", documentRelsXML},
		{"word/styles.xml", w.stylesXML()},
		{"word/numbering.xml", w.numberingXML()},
	})
}

// part is a file of the package.
type part struct{ name, text string }

// zipped packs parts. Writing to memory does not fail; if it did, there would
// be no file, and no reader would take it.
func zipped(parts []part) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	// One compressor serves all parts: a new one for each would cost more than
	// the rest of the work.
	f, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		return nil
	}
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		f.Reset(w)
		return f, nil
	})
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil
		}
		if _, err := io.WriteString(w, p.text); err != nil {
			return nil
		}
	}
	if err := z.Close(); err != nil {
		return nil
	}
	return out.Bytes()
}

// headingLook is how a file marks its headings.
type headingLook int

const (
	headingChinese headingLook = iota // style ids 1 and 2, as Chinese Word writes
	headingEnglish                    // style ids Heading1 and Heading2
	headingOutline                    // an outline level and no style
	headingPlain                      // nothing
	headingLooks
)

// docxWriter writes document.xml. What is not text is drawn from r.
type docxWriter struct {
	b       bytes.Buffer
	r       *source
	auto    bool
	heading headingLook
	ids     int
	// formats are the label formats of the lists that the program numbers.
	formats map[int]labelFormat
	order   []int
}

func (w *docxWriter) put(s ...string) {
	for _, x := range s {
		w.b.WriteString(x)
	}
}

// id returns the next id for bookmarks and changes.
func (w *docxWriter) id() string {
	w.ids++
	return strconv.Itoa(w.ids)
}

func (w *docxWriter) document(blocks []block) {
	w.put(xmlHead, `<w:document xmlns:w="`, wordNamespace, `" xmlns:r="`, relNamespace, `"><w:body>`)
	for _, b := range blocks {
		switch {
		case b.tab != nil:
			w.table(b.tab)
		case w.r.chance(0.02):
			w.put(`<w:sdt><w:sdtPr><w:id w:val="`, w.id(), `"/></w:sdtPr><w:sdtContent>`)
			w.paragraph(b.par)
			w.put(`</w:sdtContent></w:sdt>`)
		default:
			w.paragraph(b.par)
		}
	}
	w.put(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`)
}

// openParagraph writes the start tag, with the revision ids that Word leaves
// behind, some of them blank.
func (w *docxWriter) openParagraph() {
	switch w.r.below(4) {
	case 0:
		w.put(`<w:p w:rsidR="00B3`, strconv.Itoa(1000+w.r.below(9000)), `" w:rsidRDefault="00A27B43">`)
	case 1:
		w.put(`<w:p w:rsidR="" w:rsidRDefault="">`)
	default:
		w.put(`<w:p>`)
	}
}

func (w *docxWriter) paragraph(p *paragraph) {
	w.openParagraph()
	w.put(`<w:pPr>`)
	w.style(p.level)
	text := p.label + p.text
	if w.auto && p.list > 0 {
		w.list(p)
		text = p.text
	}
	if p.center {
		w.put(`<w:jc w:val="center"/>`)
	}
	if p.level > 0 && w.heading == headingOutline {
		w.put(`<w:outlineLvl w:val="`, strconv.Itoa(p.level-1), `"/>`)
	}
	w.put(`</w:pPr>`)
	mark := p.level > 0 && w.r.chance(0.4)
	bookmark := ""
	if mark {
		bookmark = w.id()
		w.put(`<w:bookmarkStart w:id="`, bookmark, `" w:name="_Toc`, bookmark, `"/>`)
	}
	w.text(text)
	if p.field != "" {
		w.tableOfContentsEntry(p)
	}
	if mark {
		w.put(`<w:bookmarkEnd w:id="`, bookmark, `"/>`)
	}
	w.put(`</w:p>`)
}

func (w *docxWriter) style(level int) {
	if level == 0 {
		return
	}
	switch w.heading {
	case headingChinese:
		w.put(`<w:pStyle w:val="`, strconv.Itoa(level), `"/>`)
	case headingEnglish:
		w.put(`<w:pStyle w:val="Heading`, strconv.Itoa(level), `"/>`)
	}
}

// tableOfContentsEntry writes a TC field, whose code is no text.
func (w *docxWriter) tableOfContentsEntry(p *paragraph) {
	w.put(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TC "`)
	w.escape(p.label + p.text)
	w.put(`" \f `, p.field, ` \l 1 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`)
}

// labelFormat is how the labels of a list look.
type labelFormat struct{ number, text string }

// list hands the label over to the program.
func (w *docxWriter) list(p *paragraph) {
	if _, known := w.formats[p.list]; !known {
		w.formats[p.list] = formatOf(p.label)
		w.order = append(w.order, p.list)
	}
	w.put(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`, strconv.Itoa(p.list), `"/></w:numPr>`)
}

// formatOf returns the format of a list whose first label is given.
func formatOf(label string) labelFormat {
	switch label {
	case "一、":
		return labelFormat{"chineseCountingThousand", "%1、"}
	case "（一）":
		return labelFormat{"chineseCounting", "（%1）"}
	}
	return labelFormat{"decimal", "%1、"}
}

func (w *docxWriter) table(t *table) {
	w.put(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>`)
	for range t.cols {
		w.put(`<w:gridCol w:w="720"/>`)
	}
	w.put(`</w:tblGrid>`)
	for i, row := range t.rows {
		if i > 0 && w.r.chance(shareDeletedRow) && !continues(row) {
			w.deletedRow(row)
		}
		w.put(`<w:tr>`)
		if w.r.chance(0.1) {
			w.put(`<w:trPr><w:cantSplit/></w:trPr>`)
		}
		for _, c := range row {
			w.cell(c)
		}
		w.put(`</w:tr>`)
	}
	w.put(`</w:tbl>`)
}

// continues tells whether a row continues a merge from above.
func continues(row []cell) bool {
	return slices.ContainsFunc(row, func(c cell) bool { return c.merge == mergeDown })
}

func (w *docxWriter) cellProperties(c cell) {
	w.put(`<w:tcPr><w:tcW w:w="`, strconv.Itoa(720*c.span), `" w:type="dxa"/>`)
	if c.span > 1 {
		w.put(`<w:gridSpan w:val="`, strconv.Itoa(c.span), `"/>`)
	}
	switch c.merge {
	case mergeStart:
		w.put(`<w:vMerge w:val="restart"/>`)
	case mergeDown:
		w.put(`<w:vMerge/>`)
	}
	w.put(`</w:tcPr>`)
}

func (w *docxWriter) cell(c cell) {
	w.put(`<w:tc>`)
	w.cellProperties(c)
	rest := c.text
	for {
		line, more, found := cutByte(rest, '\n')
		w.openParagraph()
		w.text(line)
		w.put(`</w:p>`)
		if !found {
			break
		}
		rest = more
	}
	w.put(`</w:tc>`)
}

// deletedRow writes a row whose deletion was tracked: nobody may read it.
func (w *docxWriter) deletedRow(like []cell) {
	w.put(`<w:tr><w:trPr><w:del w:id="`, w.id(), changeAuthor, `/></w:trPr>`)
	for _, c := range like {
		c.merge = single
		w.put(`<w:tc>`)
		w.cellProperties(c)
		w.put(`<w:p>`)
		w.deletion()
		w.put(`</w:p></w:tc>`)
	}
	w.put(`</w:tr>`)
}
