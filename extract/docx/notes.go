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
	if part == "" {
		return r.missingNotes(role, len(ids))
	}
	return r.beside(part, func(x *scanner) error {
		at, err := noteIndex(x)
		missing := 0
		for _, id := range ids {
			if at[id] == nil {
				missing++
				continue
			}
			r.x = at[id]
			at[id] = nil // a second reference to a note does not repeat it
			r.noteStory(role)
			if err == nil {
				err = r.x.err
			}
		}
		if missing > 0 && err == nil {
			return r.missingNotes(role, missing)
		}
		return err
	})
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

func (r *reader) missingNotes(role string, n int) error {
	r.unread(fmt.Errorf("%w: %d %s(s)", errNoPart, n, role))
	return nil
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
