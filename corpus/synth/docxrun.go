package synth

import (
	"strings"
	"unicode/utf8"
)

// The shares of texts, and of table rows, that get each kind of noise. Word
// files of public bodies are full of split runs; tracked changes and content
// controls are rare. The numbers are chosen so that a document has some of
// each kind and a thousand documents have all combinations.
const (
	shareSplit      = 0.2
	shareWrapped    = 0.03
	shareNoise      = 0.04
	shareDeletedRow = 0.01
)

// changeAuthor are the attributes of a tracked change after its id.
const changeAuthor = `" w:author="财务科" w:date="2020-01-01T00:00:00Z"`

// text writes the runs of a text, sometimes split in the middle of a word,
// with what a word processor leaves between them.
func (w *docxWriter) text(s string) {
	if s == "" {
		if w.r.chance(0.2) {
			w.put(`<w:r/>`)
		}
		return
	}
	if !w.r.chance(shareSplit) {
		w.wrapped(s)
		return
	}
	for pieces := w.r.between(2, 3); pieces > 1; pieces-- {
		at := cutPoint(w.r, s)
		w.wrapped(s[:at])
		w.noise()
		s = s[at:]
	}
	w.wrapped(s)
}

// cutPoint draws a place between two characters of s, or its start.
func cutPoint(r *source, s string) int {
	at := r.below(len(s))
	for !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// wrapped writes a run, sometimes inside an element whose text counts.
func (w *docxWriter) wrapped(s string) {
	if s == "" {
		return
	}
	if !w.r.chance(shareWrapped) {
		w.run(s)
		return
	}
	open, end := "", ""
	switch w.r.below(4) {
	case 0:
		open, end = `<w:ins w:id="`+w.id()+changeAuthor+`>`, `</w:ins>`
	case 1:
		open, end = `<w:sdt><w:sdtPr><w:id w:val="`+w.id()+`"/></w:sdtPr><w:sdtContent>`, `</w:sdtContent></w:sdt>`
	case 2:
		open, end = `<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate">`, `</w:smartTag>`
	case 3:
		open, end = `<w:hyperlink w:anchor="_Toc1">`, `</w:hyperlink>`
	}
	w.put(open)
	w.run(s)
	w.put(end)
}

// run writes one run; line breaks of the text become breaks.
func (w *docxWriter) run(s string) {
	w.put(`<w:r>`)
	if w.r.chance(0.3) {
		w.put(`<w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="28"/></w:rPr>`)
	}
	for s != "" {
		line, rest, found := cutByte(s, lineBreak[0])
		if line != "" {
			w.put(`<w:t xml:space="preserve">`)
			w.escape(line)
			w.put(`</w:t>`)
		}
		if found {
			w.put(`<w:br/>`)
		}
		s = rest
	}
	w.put(`</w:r>`)
}

// noise writes an element that holds no text that counts.
func (w *docxWriter) noise() {
	switch {
	case w.r.chance(0.3):
		w.put(`<w:proofErr w:type="spellStart"/>`)
	case w.r.chance(0.1):
		id := w.id()
		w.put(`<w:bookmarkStart w:id="`, id, `" w:name="_GoBack`, id, `"/><w:bookmarkEnd w:id="`, id, `"/>`)
	case w.r.chance(shareNoise):
		w.deletion()
	case w.r.chance(shareNoise):
		w.put(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>`, hiddenText, `</w:t></w:r>`)
	case w.r.chance(shareNoise):
		w.put(`<w:r><w:lastRenderedPageBreak/></w:r>`)
	}
}

// Texts that stand in the file and that no reader may show.
const (
	deletedText = "旧稿删去88.88"
	hiddenText  = "内部批注77.77"
)

func (w *docxWriter) deletion() {
	w.put(`<w:del w:id="`, w.id(), changeAuthor, `><w:r><w:delText xml:space="preserve">`, deletedText, `</w:delText></w:r></w:del>`)
}

// escape writes text between tags.
func (w *docxWriter) escape(s string) {
	for {
		i := strings.IndexAny(s, `&<>"`)
		if i < 0 {
			w.b.WriteString(s)
			return
		}
		w.b.WriteString(s[:i])
		w.b.WriteString(map[byte]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;"}[s[i]])
		s = s[i+1:]
	}
}

func cutByte(s string, c byte) (before, after string, found bool) {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}
