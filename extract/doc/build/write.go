package build

import "fmt"

// A writer holds the streams while they are written.
type writer struct {
	file  *file
	chars []char // of all parts, one behind another
	parts [partCount]part

	pieces []*piece // in the order of the text
	stored []*piece // in the order of the stream

	doc, table, data []byte
	labels           map[string]uint32 // places in the Data stream
	places           map[string]uint32 // places in the WordDocument stream that damages may name
	pairs            [fibPairs][2]uint32
	sections         int
}

// The parts of a document in the order of their text, [MS-DOC] 2.3.
const (
	mainPart = iota
	footnotePart
	headerPart
	commentPart
	endnotePart
	boxPart
	partCount
)

// A part is a stretch of the text, and where each story in it begins.
type part struct {
	first, last int
	stories     []int // counted from first
}

// length is the ccp of the part.
func (p part) length() int { return p.last - p.first }

// write puts all together. The order matters: the Data stream is known before
// the properties that point into it, the text before the pages behind it, the
// whole before the FIB.
func (f *file) write() ([]byte, error) {
	w := &writer{file: f, labels: map[string]uint32{}, places: map[string]uint32{"Text": textStart}}
	for _, step := range []func() error{
		w.writeData, w.joinParts, w.splitPieces, w.writeText, w.formatting, w.tables, w.finishText, w.writeFib,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return w.compound()
}

// joinParts puts the parts one behind another. Each part but the main one ends
// with a paragraph mark of its own, and so does the whole if there is another
// part than the main one ([MS-DOC] 2.4.1).
func (w *writer) joinParts() error {
	w.begin(mainPart, w.file.main.chars)
	w.sections = 1
	for i, c := range w.chars {
		if c.ref.kind == sectionRef && i < len(w.chars)-1 {
			w.sections++
		}
	}
	w.storyPart(footnotePart, w.file.notes[footnoteRef])
	w.storyPart(headerPart, w.headerStories())
	w.storyPart(commentPart, w.file.notes[commentRef])
	w.storyPart(endnotePart, w.file.notes[endnoteRef])
	var boxes [][]char
	for _, b := range w.file.boxes {
		boxes = append(boxes, b.text)
	}
	w.storyPart(boxPart, boxes)
	if len(w.chars) > w.parts[mainPart].last {
		w.chars = append(w.chars, guard())
	}
	if len(w.chars) == 0 {
		return fmt.Errorf("the description has no text")
	}
	return nil
}

// guard is a paragraph mark that belongs to no paragraph of the author.
func guard() char { return char{code: paraMark, para: &para{}} }

func (w *writer) begin(p int, chars []char) {
	w.parts[p].first = len(w.chars)
	w.chars = append(w.chars, chars...)
	w.parts[p].last = len(w.chars)
}

// storyPart writes a part that is cut into stories.
func (w *writer) storyPart(p int, stories [][]char) {
	if len(stories) == 0 {
		w.begin(p, nil)
		return
	}
	var all []char
	var starts []int
	for _, s := range stories {
		starts = append(starts, len(all))
		all = append(all, s...)
	}
	starts = append(starts, len(all))
	w.begin(p, append(all, guard()))
	w.parts[p].stories = starts
}

// headerStories are the six separators and six stories for each section, most of
// them empty; one that is not ends with a guard ([MS-DOC] 2.3.3).
func (w *writer) headerStories() [][]char {
	if len(w.file.headers) == 0 {
		return nil
	}
	var out [][]char
	for section := 0; section <= w.sections; section++ {
		for kind := range 6 {
			text := w.file.headers[headerPlace{section, kind}]
			if len(text) > 0 {
				text = append(text, guard())
			}
			out = append(out, text)
		}
	}
	return out
}

func (w *writer) splitPieces() error {
	w.pieces = findPieces(w.chars, w.file.word6)
	var err error
	w.stored, err = storageOrder(w.pieces, w.file.order)
	return err
}

// put appends a structure to the table stream and notes where it is.
func (w *writer) put(name string, structure []byte) {
	if len(w.table)%2 == 1 {
		w.table = append(w.table, 0)
	}
	i := pairIndex(name)
	w.pairs[i] = [2]uint32{uint32(len(w.table)), uint32(len(structure))}
	w.table = append(w.table, structure...)
}

// tables writes the table stream, save the formatting pages' tables.
func (w *writer) tables() error {
	if w.file.word6 {
		return w.oldTables()
	}
	sheet, err := w.styleSheet()
	if err != nil {
		return err
	}
	clx, err := w.clx()
	if err != nil {
		return err
	}
	w.put("Stshf", sheet)
	w.put("SttbfFfn", w.fontTable())
	w.put("PlcfSed", w.sectionTable())
	w.put("Dop", dop())
	w.put("Clx", clx)
	w.noteTables()
	w.boxTables()
	w.fieldTables()
	return w.listTables()
}

// dop is the Dop97 ([MS-DOC] 2.7.3) with what a reader may want: the width of
// default tabs, and text of both directions of notes at their usual place.
func dop() []byte {
	out := make([]byte, 500)
	copy(out[0:], words16(1<<5|1<<1)) // fpc: footnotes at the bottom of the page; widow control
	copy(out[10:], words16(720))      // dxaTab
	return out
}

// finishText makes the WordDocument stream as long as Word does at least: some
// programs read none that is in the mini stream.
func (w *writer) finishText() error {
	w.pad(pageSize)
	for len(w.doc) < miniCutoff {
		w.doc = append(w.doc, 0)
	}
	return nil
}

// sectionTable is the PlcfSed ([MS-DOC] 2.8.26). The sections share one Sepx
// (2.9.245) behind the formatting pages, with a page of A4 and nothing else.
func (w *writer) sectionTable() []byte {
	const pageWidth, pageHeight = 0xB01F, 0xB020
	at := len(w.doc)
	if w.file.word6 {
		at = -1 // no properties
	} else {
		w.places["Sepx"] = uint32(at)
		w.doc = append(w.doc, prcData(words16(pageWidth, 11906, pageHeight, 16838))...)
	}
	sed := append(words16(0), words32(at)...)
	sed = append(sed, words16(0)...)
	sed = append(sed, words32(-1)...)
	var p plc
	main := w.parts[mainPart]
	p.add(0, sed)
	for i := range w.chars[:max(main.last-1, 0)] {
		if w.chars[i].ref.kind == sectionRef {
			p.add(i+1, sed)
		}
	}
	return p.bytes(main.last)
}
