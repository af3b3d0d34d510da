package build

import (
	"encoding/binary"
	"fmt"
)

// A run is a stretch of the WordDocument stream with the same properties.
type run struct {
	from, to uint32
	data     string // what the page stores for it; nothing is stored for ""
}

// The sizes of what a page holds for each run beside its properties.
const (
	pageSize  = 512
	papxEntry = 13 // BxPap, [MS-DOC] 2.9.23
	chpxEntry = 1
	// oldPapxEntry is the BX of Word 6.
	oldPapxEntry = 7
	// maxPapx is how long the properties of a paragraph may be before they go to
	// the Data stream: what is left in a page with one paragraph.
	maxPapx = 480
	maxChpx = 255 // the length of a Chpx is a byte
	maxPrc  = 0x3FA2
)

// formatting writes the pages of character and paragraph properties behind the
// text ([MS-DOC] 2.4.6, 2.9.33, 2.9.174) and the tables that find them.
func (w *writer) formatting() error {
	papx, err := w.paragraphRuns()
	if err != nil {
		return err
	}
	chpx, err := w.characterRuns()
	if err != nil {
		return err
	}
	entry := papxEntry
	if w.file.word6 {
		entry = oldPapxEntry
	}
	w.put("PlcfBtePapx", w.pages(papx, entry, "Papx"))
	w.put("PlcfBteChpx", w.pages(chpx, chpxEntry, "Chpx"))
	return nil
}

// paragraphRuns are the parts of paragraphs in the order in which they are
// stored: a paragraph that lies in several pieces has several.
func (w *writer) paragraphRuns() ([]run, error) {
	stored := make([]string, len(w.chars))
	current, err := w.papx(&para{})
	if err != nil {
		return nil, err
	}
	for i := len(w.chars) - 1; i >= 0; i-- {
		if p := w.chars[i].para; p != nil {
			data, err := w.papx(p)
			if err != nil {
				return nil, err
			}
			current = data
		}
		stored[i] = current
	}
	var out []run
	for _, p := range w.stored {
		for i := p.first; i < p.last; i++ {
			continues := i > p.first && w.chars[i-1].para == nil
			out = appendRun(out, run{p.fcOf(i), p.fcOf(i + 1), stored[i]}, continues)
		}
	}
	return closeGaps(out), nil
}

// characterRuns are the runs of equal character properties.
func (w *writer) characterRuns() ([]run, error) {
	var out []run
	for _, p := range w.stored {
		for i := p.first; i < p.last; i++ {
			grpprl, err := w.grpprl(w.chars[i].prls)
			if err != nil {
				return nil, err
			}
			if len(grpprl) > maxChpx {
				return nil, fmt.Errorf("a run has %d bytes of properties, a page takes %d", len(grpprl), maxChpx)
			}
			data := ""
			if len(grpprl) > 0 {
				data = string(append([]byte{byte(len(grpprl))}, grpprl...))
			}
			continues := i > p.first && out[len(out)-1].data == data
			out = appendRun(out, run{p.fcOf(i), p.fcOf(i + 1), data}, continues)
		}
	}
	return closeGaps(out), nil
}

func appendRun(runs []run, r run, continues bool) []run {
	if continues {
		runs[len(runs)-1].to = r.to
		return runs
	}
	return append(runs, r)
}

// closeGaps lets every run reach to the next, because a page stores one
// boundary between two runs.
func closeGaps(runs []run) []run {
	for i := 1; i < len(runs); i++ {
		runs[i-1].to = runs[i].from
	}
	return runs
}

// papx is the PapxInFkp of a paragraph; properties that are too long or marked
// so go to the Data stream, where a sprmPHugePapx finds them.
func (w *writer) papx(p *para) (string, error) {
	grpprl, err := w.grpprl(p.prls)
	if err != nil {
		return "", err
	}
	if w.file.word6 {
		if p.huge || len(grpprl) > maxPapx {
			return "", fmt.Errorf("a paragraph has %d bytes of properties, and Word 6 has no place for them", len(grpprl))
		}
		return oldPapx(p.istd, grpprl), nil
	}
	if p.huge || len(grpprl) > maxPapx {
		if len(grpprl) > maxPrc {
			return "", fmt.Errorf("a paragraph has %d bytes of properties, the format takes %d", len(grpprl), maxPrc)
		}
		at := len(w.data)
		w.data = append(w.data, prcData(grpprl)...)
		grpprl = binary.LittleEndian.AppendUint32(opcode("PHugePapx"), uint32(at))
	}
	return papxInFkp(p.istd, grpprl), nil
}

// papxInFkp is the structure of [MS-DOC] 2.9.175. The length is counted in words, and
// an even number of bytes needs the longer form of it.
func papxInFkp(istd int, grpprl []byte) string {
	body := append(binary.LittleEndian.AppendUint16(nil, uint16(istd)), grpprl...)
	if len(body)%2 == 1 {
		return string(append([]byte{byte(len(body)/2 + 1)}, body...))
	}
	return string(append([]byte{0, byte(len(body) / 2)}, body...))
}

// prcData is a list of properties with its length, [MS-DOC] 2.9.210.
func prcData(grpprl []byte) []byte {
	return append(binary.LittleEndian.AppendUint16(nil, uint16(len(grpprl))), grpprl...)
}

// pages writes runs into as many pages as they need and returns the PlcBtePapx
// or PlcBteChpx that finds them.
func (w *writer) pages(runs []run, entry int, name string) []byte {
	w.pad(pageSize)
	w.places[name] = uint32(len(w.doc))
	var table plc
	for len(runs) > 0 {
		n := fitting(runs, entry)
		number := words32(len(w.doc) / pageSize)
		if w.file.word6 {
			number = number[:2]
		}
		table.add(int(runs[0].from), number)
		w.doc = append(w.doc, page(runs[:n], entry)...)
		if n == len(runs) {
			return table.bytes(int(runs[n-1].to))
		}
		runs = runs[n:]
	}
	return nil
}

// pad fills the WordDocument stream up to a multiple of size.
func (w *writer) pad(size int) {
	for len(w.doc)%size != 0 {
		w.doc = append(w.doc, 0)
	}
}

// fitting is how many of the runs one page can hold; at least one.
func fitting(runs []run, entry int) int {
	used := 4 + 1 // the last boundary and the count
	seen := map[string]bool{}
	for i, r := range runs {
		used += 4 + entry
		if r.data != "" && !seen[r.data] {
			seen[r.data] = true
			used += len(r.data) + len(r.data)%2
		}
		if used+1 > pageSize && i > 0 {
			return i
		}
	}
	return len(runs)
}

// page writes one page: boundaries, entries, and from the end down what the
// entries point at. Equal properties are stored once.
func page(runs []run, entry int) []byte {
	out := make([]byte, pageSize)
	n := len(runs)
	free := pageSize - 1
	stored := map[string]int{"": 0}
	for i, r := range runs {
		binary.LittleEndian.PutUint32(out[4*i:], r.from)
		at, ok := stored[r.data]
		if !ok {
			free = (free - len(r.data)) &^ 1
			copy(out[free:], r.data)
			at = free / 2
			stored[r.data] = at
		}
		out[4*(n+1)+entry*i] = byte(at)
	}
	binary.LittleEndian.PutUint32(out[4*n:], runs[n-1].to)
	out[pageSize-1] = byte(n)
	return out
}

// grpprl joins properties.
func (w *writer) grpprl(prls []prl) ([]byte, error) {
	if w.file.word6 {
		return w.oldList(prls)
	}
	var out []byte
	for _, p := range prls {
		b, err := w.resolve(p)
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	return out, nil
}

// resolve puts the place in the Data stream into a property that has one.
func (w *writer) resolve(p prl) ([]byte, error) {
	if p.label == "" {
		return p.bytes, nil
	}
	at, ok := w.labels[p.label]
	if !ok {
		return nil, errNoData(p.label)
	}
	return binary.LittleEndian.AppendUint32(p.bytes[:2:2], at), nil
}
