package synth

import (
	"strconv"
	"strings"
)

// The fixed parts of a Word file.
const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relNamespace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRels   = "http://schemas.openxmlformats.org/package/2006/relationships"
	wordTypes     = "application/vnd.openxmlformats-officedocument.wordprocessingml."

	contentTypesXML = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordTypes + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordTypes + `styles+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="` + wordTypes + `numbering+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`</Types>`

	packageRelsXML = xmlHead + `<Relationships xmlns="` + packageRels + `">` +
		`<Relationship Id="rId1" Type="` + relNamespace + `/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`</Relationships>`

	documentRelsXML = xmlHead + `<Relationships xmlns="` + packageRels + `">` +
		`<Relationship Id="rId1" Type="` + relNamespace + `/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + relNamespace + `/numbering" Target="numbering.xml"/>` +
		`</Relationships>`
)

// coreXML holds the file's own title, which in real files is often that of an
// older document.
func coreXML(title string) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + title + `</dc:title></cp:coreProperties>`
}

func (w *docxWriter) stylesXML() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles xmlns:w="` + wordNamespace + `">` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>`)
	for level := 1; level <= 2; level++ {
		n := strconv.Itoa(level)
		id := "Heading" + n
		if w.heading == headingChinese {
			id = n
		}
		b.WriteString(`<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="heading ` + n + `"/><w:basedOn w:val="a"/>` +
			`<w:pPr><w:outlineLvl w:val="` + strconv.Itoa(level-1) + `"/></w:pPr></w:style>`)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

// numberingXML defines one list instance for every list of the document; each
// has a definition of its own, so that counting starts at one.
func (w *docxWriter) numberingXML() string {
	var defs, nums strings.Builder
	for _, list := range w.order {
		n, f := strconv.Itoa(list), w.formats[list]
		defs.WriteString(`<w:abstractNum w:abstractNumId="` + n + `"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>` +
			`<w:numFmt w:val="` + f.number + `"/><w:suff w:val="nothing"/><w:lvlText w:val="` + f.text + `"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>`)
		nums.WriteString(`<w:num w:numId="` + n + `"><w:abstractNumId w:val="` + n + `"/></w:num>`)
	}
	return xmlHead + `<w:numbering xmlns:w="` + wordNamespace + `">` + defs.String() + nums.String() + `</w:numbering>`
}
