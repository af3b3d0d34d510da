package docx

import (
	"fmt"
	"strings"

	"yusuan/extract/document"
)

// notes reads the footnotes and then the endnotes that the text refers to, in
// the order in which it does. A note whose reference is deleted is deleted.
func (r *reader) notes(parts related) error {
	if err := r.noteStories(parts.footnotes, "footnote", r.footnotes); err != nil {
		return err
	}
	return r.noteStories(parts.endnotes, "endnote", r.endnotes)
}

func (r *reader) noteStories(part, role string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	missing := 0
	if part == "" {
		missing = len(ids)
	}
	err := r.beside(part, func(x *scanner) error {
		at, err := noteIndex(x)
		for _, id := range ids {
			note, ok := at[id]
			if !ok {
				missing++
			}
			if note == nil {
				continue
			}
			r.x = note
			at[id] = nil // a second reference to a note does not repeat it
			r.noteStory(role)
			if err == nil {
				err = r.x.err
			}
		}
		return err
	})
	if missing > 0 && err == nil {
		r.note(document.Nowhere, "docx.note_missing", fmt.Sprintf("%d %s(s) that the text refers to are not in the file", missing, role))
	}
	return err
}

// noteStory reads one note. The blank between its mark, which is not read, and
// its text goes with the mark.
func (r *reader) noteStory(role string) {
	first := len(r.doc.Blocks)
	r.blocks(r.push(role))
	r.pop()
	if first < len(r.doc.Blocks) {
		if p, ok := r.doc.Blocks[first].(*document.Paragraph); ok {
			p.Text = strings.TrimLeft(p.Text, " \t\u00A0")
		}
	}
}

// noteIndex finds the notes of a part: where each begins, as a scanner that
// stands there. The separators among them are not referred to.
func noteIndex(x *scanner) (map[string]*scanner, error) {
	at := map[string]*scanner{}
	if x.next() == tokenStart {
		for x.child(1) {
			if x.elem == elemFootnote || x.elem == elemEndnote {
				at[x.attrString("id")] = x.snapshot()
			}
		}
	}
	return at, x.end()
}
