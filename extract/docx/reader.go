package docx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yusuan/extract/document"
)

// Reader reads Word documents. It keeps no state and may be used by many
// goroutines at once.
type Reader struct{}

// version is raised whenever the reader's output changes.
const version = "docx/2"

// Format returns "docx".
func (Reader) Format() string { return "docx" }

// Detect tells whether the bytes are a Word document in a zip package: by the
// root element of the part that the package names as its document. A package
// that is cut off or damaged counts if what is left of it names parts of Word,
// so that Read can say what is wrong. Encrypted documents are no zip packages.
func (Reader) Detect(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return false
	}
	a, err := openArchive(data, document.Limits{}.WithDefaults())
	if err != nil {
		return remnant(data)
	}
	found := a.isWord()
	a.close()
	return found
}

func (a *archive) isWord() bool {
	name, guessed, err := a.mainPart()
	if err != nil {
		return false
	}
	x := newScanner(name, a.beginning(name), a.lim.XMLDepth)
	if x.next() == tokenStart {
		return x.elem == elemDocument
	}
	return guessed || strings.HasPrefix(partKey(name), "word/")
}

// Read reads a document: its blocks, notes and the Format, Reader and Title of
// its source. It fails with ErrMalformed when the package or the XML of the
// main part is broken, with ErrTooLarge when a limit is passed, and with
// ErrTimeLimit or the context's error when the context ends. A broken part
// beside the main part costs a note.
func (Reader) Read(ctx context.Context, data []byte, lim document.Limits) (*document.Document, error) {
	lim = lim.WithDefaults()
	a, err := openArchive(data, lim)
	if err != nil {
		return nil, err
	}
	d, err := readArchive(ctx, a, lim)
	a.close()
	return d, err
}

func readArchive(ctx context.Context, a *archive, lim document.Limits) (*document.Document, error) {
	name, guessed, err := a.mainPart()
	if err != nil {
		return nil, err
	}
	r := &reader{ctx: ctx, lim: lim, archive: a, styles: newStyleSheet(), lists: newLists(), noted: map[string]bool{}}
	r.doc = &document.Document{Source: document.Source{Format: "docx", Reader: version}}
	if guessed {
		r.note(document.Nowhere, "docx.main_part_guessed", fmt.Sprintf("the package names no document; %s was read as one", name))
	}
	if len(a.doubles) > 0 {
		r.note(document.Nowhere, "docx.part_double", fmt.Sprintf(
			"the package holds several parts of one name, of which the first was read: %s", strings.Join(a.doubles, ", ")))
	}
	if err := r.read(name); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// reader is the state of one Read.
type reader struct {
	ctx     context.Context
	lim     document.Limits
	archive *archive
	x       *scanner
	doc     *document.Document
	styles  *styleSheet
	lists   *lists

	// depth and tables are the numbers of stories and of tables in hand.
	depth, tables int
	// produced counts what was read, to tell whether an alternative held
	// anything.
	produced int
	// steps counts paragraphs and rows, to look at the context now and then.
	steps int
	// footnotes and endnotes are the ids referred to, in reading order.
	footnotes, endnotes []string
	// invalid tells that bytes of the text were no UTF-8.
	invalid bool
	// noted holds what is noted only once in a document.
	noted map[string]bool
}

// related are the parts beside the main part.
type related struct {
	styles, numbering, footnotes, endnotes string
	// headers are those of headers and of footers.
	headers []string
}

func (r *reader) read(name string) error {
	parts, err := r.relatedParts(name)
	if err != nil {
		return err
	}
	if err := r.definitions(parts); err != nil {
		return err
	}
	data, err := r.archive.part(name)
	if err != nil {
		return err
	}
	r.x = newScanner(name, data, r.lim.XMLDepth)
	if err := r.main(); err != nil {
		return err
	}
	if err := r.notes(parts); err != nil {
		return err
	}
	if err := r.checkLoss(); err != nil {
		return err
	}
	if err := r.headers(parts.headers); err != nil {
		return err
	}
	if err := r.title(); err != nil {
		return err
	}
	r.doc.SettleNotes()
	return nil
}

func (r *reader) relatedParts(name string) (parts related, err error) {
	relations, err := r.archive.relations(name)
	if err != nil && !errors.Is(err, errNoPart) { // a document may have none
		if err := r.unread(err); err != nil {
			return parts, err
		}
	}
	for _, rel := range relations {
		switch rel.kind {
		case "styles":
			parts.styles = rel.target
		case "numbering":
			parts.numbering = rel.target
		case "footnotes":
			parts.footnotes = rel.target
		case "endnotes":
			parts.endnotes = rel.target
		case "header", "footer":
			if rel.target != "" && !slices.Contains(parts.headers, rel.target) {
				parts.headers = append(parts.headers, rel.target)
			}
		}
	}
	return parts, nil
}

// definitions reads styles and numbering.
func (r *reader) definitions(parts related) error {
	err := r.beside(parts.styles, func(x *scanner) (err error) {
		r.styles, err = readStyles(x)
		return err
	})
	if err != nil {
		return err
	}
	return r.beside(parts.numbering, func(x *scanner) (err error) {
		r.lists, err = readLists(x, r.styles)
		return err
	})
}

// beside reads a part beside the main part, if there is one. Its failure is a
// note, unless it is a limit.
func (r *reader) beside(name string, read func(*scanner) error) error {
	if name == "" {
		return nil
	}
	data, err := r.archive.part(name)
	if err == nil {
		err = read(newScanner(name, data, r.lim.XMLDepth))
	}
	if err != nil {
		return r.unread(err)
	}
	return nil
}

// unread notes that a part beside the main part could not be read. It returns
// the error if that is the end of the document too: a limit, or the context.
func (r *reader) unread(err error) error {
	if errors.Is(err, document.ErrTooLarge) || r.ctx.Err() != nil {
		return err
	}
	r.note(document.Nowhere, "docx.part_unread", fmt.Sprintf("a part could not be read to its end: %v", err))
	return nil
}

// main reads the document itself.
func (r *reader) main() error {
	x := r.x
	if x.next() == tokenStart && x.elem != elemDocument {
		x.malformed("the root element is <%s>, not that of a Word document", x.localName())
	}
	for x.err == nil && x.child(1) {
		if x.elem == elemBody {
			r.blocks(r.push(""))
			r.pop()
		}
	}
	return x.end()
}

// title reads the title among the core properties.
func (r *reader) title() error {
	if err := r.archive.rootErr; err != nil && !errors.Is(err, errNoPart) {
		return r.unread(err)
	}
	for _, rel := range r.archive.root {
		if rel.kind != "core-properties" {
			continue
		}
		return r.beside(rel.target, func(x *scanner) error {
			if x.next() == tokenStart {
				for x.child(1) {
					if string(x.localName()) == "title" {
						r.doc.Source.Title = string(bytes.ToValidUTF8(bytes.TrimSpace(x.content(nil)), []byte("\uFFFD")))
					}
				}
			}
			return x.end()
		})
	}
	return nil
}

// step looks at the context now and then.
func (r *reader) step() {
	const interval = 256 // paragraphs and rows: well under a millisecond
	if r.steps++; r.steps%interval != 0 {
		return
	}
	err := r.ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w: %w", document.ErrTimeLimit, err)
	}
	if err != nil {
		r.x.fail(err)
	}
}

func (r *reader) note(at document.Position, code, message string) {
	message = strings.ToValidUTF8(message, "\uFFFD") // it may quote the file
	r.doc.Notes = append(r.doc.Notes, document.Note{At: at, Code: code, Message: message})
}

// noteOnce notes what would otherwise be noted again and again.
func (r *reader) noteOnce(at document.Position, code, message string) {
	if key := code + message; !r.noted[key] {
		r.noted[key] = true
		r.note(at, code, message)
	}
}

// drop removes a block that turned out empty after others had followed it, and
// moves every reference to those.
func (r *reader) drop(block int) {
	r.doc.Blocks = append(r.doc.Blocks[:block], r.doc.Blocks[block+1:]...)
	for _, b := range r.doc.Blocks[block:] {
		if t, ok := b.(*document.Table); ok && t.Outer > block {
			t.Outer--
		}
	}
	for i := range r.doc.Notes {
		if at := &r.doc.Notes[i].At; at.Block > block {
			at.Block--
		}
	}
}
