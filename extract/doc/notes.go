package doc

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/extract/document"
)

// references are the places in the body that footnotes, endnotes and text
// boxes are anchored at, and which of them are on the page.
type references struct {
	// at are the characters by the index of what is anchored there, seen tells
	// that one is on the page.
	at   []int
	seen []bool
	// order are the indexes in the order of the text, next is how many were
	// passed.
	order []int
	next  int
}

// newReferences takes the n positions of a PLC. They are meant to ascend.
func newReferences(p plc) references {
	refs := references{seen: make([]bool, p.n)}
	for i := range p.n {
		refs.at = append(refs.at, p.at(i))
		refs.order = append(refs.order, i)
	}
	slices.SortStableFunc(refs.order, func(a, b int) int { return refs.at[a] - refs.at[b] })
	return refs
}

// see marks what is anchored in a range of characters that are on the page.
func (refs *references) see(from, to int) {
	for ; refs.next < len(refs.order); refs.next++ {
		i := refs.order[refs.next]
		if refs.at[i] >= to {
			return
		}
		if refs.at[i] >= from {
			refs.seen[i] = true
		}
	}
}

// see tells all references about characters of the body that are on the page.
func (r *reader) see(from, to int) {
	r.footnotes.see(from, to)
	r.endnotes.see(from, to)
	r.shapes.see(from, to)
}

// anchors reads where sections begin and where notes and shapes are anchored
// ([MS-DOC] 2.8.26 PlcfSed, 2.8.18 PlcffndRef, 2.8.14 PlcfendRef, 2.8.37
// PlcfSpa).
func (r *reader) anchors() {
	const shapeSize, noteSize, sectionSize = 26, 2, 12
	sections := newPLC(r.structure(fcPlcfSed, "sections"), sectionSize)
	r.sections = make(map[int]bool, sections.n)
	for i := range sections.n {
		r.sections[sections.at(i+1)] = true
	}
	spa := newPLC(r.structure(fcPlcSpaMom, "anchors of shapes"), shapeSize)
	r.shapes = newReferences(spa)
	for i := range spa.n {
		r.shapeByID[u32(spa.element(i), 0)] = i
	}
	r.footnotes = newReferences(newPLC(r.structure(fcPlcffndRef, "references to footnotes"), noteSize))
	r.endnotes = newReferences(newPLC(r.structure(fcPlcfendRef, "references to endnotes"), noteSize))
}

// noteStories reads the footnotes or endnotes that the body refers to, in its
// order. A note whose reference is deleted is deleted (2.8.19 PlcffndTxt,
// 2.8.15 PlcfendTxt).
func (r *reader) noteStories(refs references, index, sub int, role string) {
	texts := newPLC(r.structure(index, "texts of "+role+"s"), 0)
	r.passed = 0
	missing := 0
	for i, seen := range refs.seen {
		if !seen {
			if refs.at[i] >= r.body { // neither shown nor deleted
				missing++
			}
			continue
		}
		from, to, ok := r.beside(texts, i, sub)
		if !ok {
			missing++
			continue
		}
		r.noteStory(role, from, to)
	}
	if len(refs.seen) == 0 && r.fib.counts[sub] > 0 {
		r.lost("texts of " + role + "s")
	}
	if missing > 0 {
		r.note(document.Nowhere, "doc.lost_note", fmt.Sprintf("%d %s(s) or the places that refer to them are not in the file", missing, role))
	}
}

// noteStory reads one note. The blank between its mark, which is not read, and
// its text goes with the mark.
func (r *reader) noteStory(role string, from, to int) {
	first := len(r.doc.Blocks)
	r.read(&story{role: role}, from, to)
	if first < len(r.doc.Blocks) {
		if p, ok := r.doc.Blocks[first].(*document.Paragraph); ok {
			p.Text = strings.TrimLeft(p.Text, " \t\u00A0")
		}
	}
}

// textboxes reads the text boxes of the body (2.8.32 PlcftxbxTxt, 2.9.93
// FTXBXS). One whose shape is anchored at deleted or hidden text is not on the
// page; a shape that is not found among the anchors is in a group of shapes.
func (r *reader) textboxes() {
	const size, reusableAt, shapeAt = 22, 8, 14
	boxes := newPLC(r.structure(fcPlcftxbxTxt, "text boxes"), size)
	r.passed = 0
	for i := range boxes.n {
		box := boxes.element(i)
		from, to, ok := r.beside(boxes, i, subTextboxes)
		if u16(box, reusableAt) != 0 {
			continue // not in use
		}
		if !ok {
			if i < boxes.n-1 { // the last is a dummy
				r.lost("texts of some text boxes")
			}
			continue
		}
		if shape, ok := r.shapeByID[u32(box, shapeAt)]; ok && r.shapes.at[shape] < r.body {
			r.boxed[shape] = true
			if !r.shapes.seen[shape] {
				continue
			}
		}
		r.read(&story{role: "textbox"}, from, to)
	}
	if boxes.n == 0 && r.fib.counts[subTextboxes] > 0 {
		r.lost("texts of text boxes")
	}
	for i, seen := range r.shapes.seen {
		if seen && !r.boxed[i] {
			r.note(document.Nowhere, "doc.graphic", "a drawing, picture or group of shapes beside the text is not read")
		}
	}
}

// headers notes what the headers and footers of the sections say, once for all
// of them. They are read like the text, so that what is deleted or hidden does
// not count (2.8.22 Plcfhdd: six stories of separators, then six a section).
func (r *reader) headers() {
	first := 6
	if r.fib.isWord6() { // which has other separators; they have no words
		first = 0
	}
	stories := newPLC(r.structure(fcPlcfHdd, "headers"), 0)
	r.passed = 0
	said := map[string]bool{}
	chars, quote := 0, ""
	for i := first; i < stories.n && r.err == nil; i++ {
		from, to, ok := r.beside(stories, i, subHeaders)
		if !ok {
			if i < stories.n-1 { // the last has no end that counts
				r.unread("texts of some headers")
			}
			continue
		}
		// Page numbers and lines are no text; the same may stand on odd and on
		// even pages.
		text := r.words(from, to)
		if said[text] || !strings.ContainsFunc(text, unicode.IsLetter) {
			continue
		}
		said[text] = true
		chars += utf8.RuneCountInString(strings.ReplaceAll(text, " ", ""))
		if quote = strings.TrimSpace(quote + " " + text); len(quote) > utf8.UTFMax*headerRunes {
			quote = document.Excerpt(quote, headerRunes+1)
		}
	}
	if len(said) > 0 {
		r.note(document.Nowhere, "doc.header_left_out", fmt.Sprintf(
			"%d characters of headers and footers are not in the text: %s", chars, document.Excerpt(quote, headerRunes)))
	}
}

// words reads a story and returns its words. It leaves neither blocks nor notes
// behind.
func (r *reader) words(from, to int) string {
	blocks, notes := len(r.doc.Blocks), len(r.doc.Notes)
	r.read(&story{role: "header"}, from, to)
	var words []string
	for _, b := range r.doc.Blocks[blocks:] {
		switch b := b.(type) {
		case *document.Paragraph:
			words = append(words, strings.Fields(b.Text)...)
		case *document.Table:
			for _, c := range b.Cells {
				words = append(words, strings.Fields(c.Text)...)
			}
		}
	}
	r.doc.Blocks = r.doc.Blocks[:blocks]
	r.forgetNotes(notes)
	return strings.Join(words, " ")
}

// headerRunes is how much of the headers a note quotes: a title and a unit.
const headerRunes = 40
