package docx

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/extract/document"
)

// maxLostShare is the share of characters that may be lost before a document
// counts as broken: a few are damage, and one always is, more are another
// encoding. It is the share from which the text reader takes a file for no text.
const maxLostShare = 0.05

// checkLoss fails when so much of the text is no UTF-8 that what is left of it
// is no document any more.
func (r *reader) checkLoss() error {
	if !r.invalid {
		return nil
	}
	lost, all := 0, 0
	for text := range texts(r.doc.Blocks) {
		lost += strings.Count(text, "\uFFFD")
		all += utf8.RuneCountInString(text)
	}
	if lost == 1 && all > 1 || float64(lost) <= maxLostShare*float64(all) {
		return nil
	}
	return fmt.Errorf("%w: the text is in another encoding than its part says: %d of %d characters cannot be decoded", document.ErrMalformed, lost, all)
}

// texts yields all texts of blocks.
func texts(blocks []document.Block) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, b := range blocks {
			switch b := b.(type) {
			case *document.Paragraph:
				if !yield(b.Text) {
					return
				}
			case *document.Table:
				for _, c := range b.Cells {
					if !yield(c.Text) {
						return
					}
				}
			}
		}
	}
}

// headers notes what the headers and footers say, once for all of them. They
// are read like the text, so that what is deleted or hidden does not count.
func (r *reader) headers(parts []string) error {
	var said []string
	var names []string
	for _, part := range parts {
		text := ""
		err := r.beside(part, func(x *scanner) (err error) {
			text, err = r.headerText(x)
			return err
		})
		if err != nil {
			return err
		}
		// Page numbers and lines are no text.
		if !strings.ContainsFunc(text, unicode.IsLetter) {
			continue
		}
		names = append(names, part)
		if !slices.Contains(said, text) { // as on odd and on even pages
			said = append(said, text)
		}
	}
	if len(said) == 0 {
		return nil
	}
	all := strings.Join(said, " ")
	chars := utf8.RuneCountInString(strings.ReplaceAll(all, " ", ""))
	r.note(document.Nowhere, "docx.header_left_out", fmt.Sprintf(
		"%d characters of headers and footers are not in the text (%s): %s", chars, strings.Join(names, ", "), document.Excerpt(all, headerRunes)))
	return nil
}

// headerText reads a header or footer and returns its words. It leaves neither
// blocks nor notes behind.
func (r *reader) headerText(x *scanner) (string, error) {
	blocks, notes := len(r.doc.Blocks), len(r.doc.Notes)
	r.x = x
	if x.next() == tokenStart {
		r.blocks(r.push("header"))
		r.pop()
	}
	var words []string
	for text := range texts(r.doc.Blocks[blocks:]) {
		words = append(words, strings.Fields(text)...)
	}
	r.doc.Blocks, r.doc.Notes = r.doc.Blocks[:blocks], r.doc.Notes[:notes]
	return strings.Join(words, " "), x.end()
}

// headerRunes is how much of the headers a note quotes: a title and a unit.
const headerRunes = 40
