package doc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

	"yusuan/extract/document"
)

// Reader reads Word documents. It keeps no state and may be used by many
// goroutines at once.
type Reader struct{}

// version is raised whenever the reader's output changes.
const version = "doc/1"

// wordStream is the stream that makes a compound file a Word document.
const wordStream = "WordDocument"

// Format returns "doc".
func (Reader) Format() string { return "doc" }

// Detect tells whether the bytes are a compound file with the stream
// WordDocument, whatever program wrote it: the .wps of Kingsoft Writer is one,
// that of Microsoft Works is not. A file whose directory is damaged counts if
// the name of the stream is in it, so that Read can say what is wrong.
func (Reader) Detect(data []byte) bool {
	if !bytes.HasPrefix(data, []byte(magic)) {
		return false
	}
	c, err := openContainer(data)
	if err != nil {
		return bytes.Contains(data, []byte("W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00\x00"))
	}
	return c.has(wordStream) && !c.has("EncryptedPackage")
}

// Read reads a document: its blocks, notes and the Format, Reader and Title of
// its source. It fails with ErrEncrypted for a document with a password or with
// rights management, with ErrUnsupported for versions before Word 6, with
// ErrMalformed when the structures that hold the text are broken, with
// ErrTooLarge when a limit is passed, and with ErrTimeLimit or the context's
// error when the context ends. Broken structures beside the text cost a note.
func (Reader) Read(ctx context.Context, data []byte, lim document.Limits) (*document.Document, error) {
	c, err := openContainer(data)
	if err != nil {
		return nil, err
	}
	if c.has("DRMContent") {
		return nil, fmt.Errorf("the document is under rights management: %w", document.ErrEncrypted)
	}
	return read(ctx, c, lim)
}

// streams are the streams of a file by name, and whether each is whole.
type streams interface {
	stream(name string) (data []byte, whole bool)
}

func read(ctx context.Context, c streams, lim document.Limits) (*document.Document, error) {
	r := &reader{ctx: ctx, lim: lim.WithDefaults(), noted: map[string]bool{}, kinds: map[string]int{}, boxed: map[int]bool{}, shapeByID: map[int]int{}}
	r.doc = &document.Document{Source: document.Source{Format: "doc", Reader: version}}
	if err := r.open(c); err != nil {
		return nil, err
	}
	r.stories()
	if r.err != nil {
		return nil, r.err
	}
	r.doc.SettleNotes()
	return r.doc, nil
}

// reader is the state of one Read.
type reader struct {
	ctx context.Context
	lim document.Limits
	doc *document.Document
	// err ends the reading.
	err error

	fib *fib
	// word, table and data are the streams.
	word, table, data []byte
	text              *pieces
	// chars and paras find the properties of characters and paragraphs.
	chars, paras *propertyTable
	styles       *styleSheet
	fonts        []string
	lists        *lists
	// sections are the characters that a section begins at.
	sections map[int]bool

	footnotes, endnotes, shapes references
	// shapeByID finds a shape by its id; boxed are those with a text box.
	shapeByID map[int]int
	boxed     map[int]bool
	// passed is how far the stories beside the body have been read, body is
	// where the body ends.
	passed, body int

	// steps counts paragraphs, to look at the context now and then; labels
	// counts the bytes of list labels.
	steps, labels int
	// lastLook is the last that was resolved, from what lastKey says: runs often
	// have what the run before had.
	lastKey  lookKey
	lastLook look
	// noted holds what is noted only once in a document, kinds counts the notes
	// of each code.
	noted map[string]bool
	kinds map[string]int
}

// open reads everything that the text depends on.
func (r *reader) open(c streams) error {
	word, whole := c.stream(wordStream)
	if len(word) == 0 && !whole {
		return fmt.Errorf("the stream WordDocument cannot be read: %w", document.ErrMalformed)
	}
	r.word = word
	f, err := readFIB(word)
	if err != nil {
		return err
	}
	r.fib = f
	if !whole {
		r.note(document.Nowhere, "doc.lost_text", "the file ends before the stream WordDocument does")
	}
	info, _ := c.stream("SummaryInformation")
	r.doc.Source.Title = readTitle(info)
	if f.isWord6() {
		return r.open6()
	}
	return r.open97(c)
}

// open97 reads the tables of Word 97 and later.
func (r *reader) open97(c streams) error {
	name := r.fib.tableName()
	table, whole := c.stream(name)
	if len(table) == 0 {
		return fmt.Errorf("the stream %s, which says where the text stands, is not in the file: %w", name, document.ErrMalformed)
	}
	if !whole {
		r.note(document.Nowhere, "doc.lost_text", fmt.Sprintf("the file ends before the stream %s does", name))
	}
	r.table = table
	r.data, _ = c.stream("Data")
	clxData, ok := structureAt(table, r.fib.pair(fcClx))
	if !ok {
		return fmt.Errorf("the piece table stands outside its stream: %w", document.ErrMalformed)
	}
	var err error
	if r.text, err = readPieces(clxData, r.word, encoding{wide: true, chinese: r.fib.isChinese()}); err != nil {
		return err
	}
	r.chars = newPropertyTable(r.word, newPLC(r.structure(fcPlcfBteChpx, "properties of characters"), 4), 1)
	r.paras = newPropertyTable(r.word, newPLC(r.structure(fcPlcfBtePapx, "properties of paragraphs"), 4), paragraphEntry)
	r.fonts = readFonts(r.structure(fcSttbfFfn, "fonts"))
	if r.styles, ok = readStyles(r.structure(fcStshf, "styles")); !ok {
		r.unread("styles")
	}
	lists, ok := readLists(r.structure(fcPlfLst, "lists"), behind(table, r.fib.pair(fcPlfLst)), r.structure(fcPlfLfo, "lists"), r.fonts)
	if r.lists = lists; !ok {
		r.unread("lists")
	}
	r.anchors()
	return nil
}

// isChinese tells whether the document is of a simplified Chinese system.
func (f *fib) isChinese() bool {
	const prc, singapore = 0x0804, 0x1004
	return f.lid == prc || f.lid == singapore || f.lidFE == prc || f.lidFE == singapore
}

// structure returns a structure of the table stream; one that is not where the
// FIB says is noted and counts as empty.
func (r *reader) structure(index int, what string) []byte {
	data, ok := structureAt(r.table, r.fib.pair(index))
	if !ok {
		r.unread(what)
	}
	return data
}

func (r *reader) unread(what string) {
	r.noteOnce(document.Nowhere, "doc.part_unread", fmt.Sprintf("the %s could not be read", what))
}

// lost notes text that the file has and that cannot be read. The code makes the
// document a partial one.
func (r *reader) lost(what string) {
	r.noteOnce(document.Nowhere, "doc.lost_text", fmt.Sprintf("the %s could not be read", what))
}

// stories reads the body, then what stands beside it.
func (r *reader) stories() {
	if r.text.guessed {
		r.note(document.Nowhere, "doc.codepage_guessed", "8-bit text was decoded as GBK, since all of its high bytes are Chinese characters so")
	}
	from, to := r.fib.span(subMain)
	to = r.checkCounts(to)
	r.body = to
	r.read(&story{main: true}, from, to)
	r.textboxes()
	r.noteStories(r.footnotes, fcPlcffndTxt, subFootnotes, "footnote")
	r.noteStories(r.endnotes, fcPlcfendTxt, subEndnotes, "endnote")
	r.headers()
	if r.chars.damaged {
		r.note(document.Nowhere, "doc.part_unread", "the properties of some characters could not be read; hidden and deleted text among them stands in the text")
	}
	if r.paras.damaged {
		r.note(document.Nowhere, "doc.part_unread", "the properties of some paragraphs could not be read; tables, headings and numbers among them are plain text")
	}
	r.countNotes()
}

// checkCounts notes where the text has not as many characters as the FIB
// speaks of, and returns where the body ends: a file without anything beside
// the body has no more than that.
func (r *reader) checkCounts(body int) int {
	end, total := r.text.end(), r.fib.total()
	if r.text.lost > 0 {
		r.note(document.Nowhere, "doc.lost_text", fmt.Sprintf("%d characters stand outside the file and are lost", r.text.lost))
	}
	switch {
	case end < total && r.fib.counts[subMain] > 0:
		r.note(document.Nowhere, "doc.lost_text", fmt.Sprintf("the text has %d characters, the file speaks of %d", end, total))
	case end > total+1 && total == body:
		r.note(document.Nowhere, "doc.count_wrong", fmt.Sprintf("the text has %d characters, the file speaks of %d; all were read", end, total))
		return end
	case end > total+1:
		r.note(document.Nowhere, "doc.lost_text", fmt.Sprintf(
			"the text has %d characters, the file speaks of %d; the last were left out: %s", end, total, document.Excerpt(r.plainText(total), headerRunes)))
	}
	return body
}

// plainText returns the characters from a position on as a person reads them.
func (r *reader) plainText(from int) string {
	text := string(utf16.Decode(r.text.units[from:min(len(r.text.units), from+4*headerRunes)]))
	return strings.Join(strings.FieldsFunc(text, func(c rune) bool { return c < ' ' }), " ")
}

// beside returns the characters of a story in a subdocument by its index in a
// PLC. Stories follow each other; one that would repeat another, or that
// reaches out of its subdocument, is none.
func (r *reader) beside(p plc, i, sub int) (from, to int, ok bool) {
	if i >= p.n {
		return 0, 0, false
	}
	begin, end := r.fib.span(sub)
	from, to = begin+p.at(i), begin+p.at(i+1)
	if from < max(begin, r.passed) || to < from || to > end {
		return 0, 0, false
	}
	r.passed = to
	return from, to, true
}

// paragraphProperties resolves the properties of the paragraph that ends in a
// character: its style, its own, and its piece's ([MS-DOC] 2.4.6.1).
func (r *reader) paragraphProperties(p *properties, mark int) {
	piece := r.text.find(mark)
	if piece == nil {
		p.of(r.styles.get(0))
		return
	}
	papx, _ := r.paras.find(piece.offset(mark))
	istd, grpprl := 0, []byte(nil)
	if len(papx) >= 2 {
		istd, grpprl = u16(papx, 0), papx[2:]
	}
	first, grpprl := r.gather(grpprl)
	istd = styleOf(styleOf(istd, grpprl), piece.prm)
	p.of(r.styles.get(istd))
	p.istd = istd
	p.apply(first)
	p.apply(grpprl)
	p.apply(piece.prm)
}

// gather returns what a paragraph's own properties are when some were too many
// for a page and stand in the stream Data, with a length in front (2.9.210
// PrcData): those of a row come first, so that what the page repeats for Word 97
// has the last word; others stand for all.
func (r *reader) gather(grpprl []byte) (first, own []byte) {
	at, replacing, ok := elsewhere(grpprl)
	if !ok {
		return nil, grpprl
	}
	var more []byte
	size, ok := cut(r.data, at, 2)
	if ok {
		more, ok = cut(r.data, at+2, u16(size, 0))
	}
	switch {
	case !ok:
		r.unread("properties of long paragraphs")
		return nil, grpprl
	case replacing:
		return nil, more
	}
	return more, grpprl
}

// step looks at the context now and then.
func (r *reader) step() {
	// Paragraphs and runs: mostly well under a millisecond, and a tenth of a
	// second where each has properties as long as they may be.
	const interval = 256
	if r.steps++; r.steps%interval != 0 {
		return
	}
	err := r.ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w: %w", document.ErrTimeLimit, err)
	}
	if err != nil {
		r.fail(err)
	}
}

// fail ends the reading with the first error.
func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// maxNotes is how many notes of one code a document gets: a file of nothing but
// pictures must not become a list of notes that is longer than the file.
const maxNotes = 1000

func (r *reader) note(at document.Position, code, message string) {
	if r.kinds[code]++; r.kinds[code] > maxNotes {
		return
	}
	message = strings.ToValidUTF8(message, replacementChar) // it may quote the file
	r.doc.Notes = append(r.doc.Notes, document.Note{At: at, Code: code, Message: message})
}

// countNotes says how many notes were left out.
func (r *reader) countNotes() {
	for _, code := range slices.Sorted(maps.Keys(r.kinds)) {
		if more := r.kinds[code] - maxNotes; more > 0 {
			r.doc.Notes = append(r.doc.Notes, document.Note{At: document.Nowhere, Code: code, Message: fmt.Sprintf("%d more notes of this kind were left out", more)})
		}
	}
}

// noteOnce notes what would otherwise be noted again and again.
func (r *reader) noteOnce(at document.Position, code, message string) {
	if key := code + message; !r.noted[key] {
		r.noted[key] = true
		r.note(at, code, message)
	}
}
