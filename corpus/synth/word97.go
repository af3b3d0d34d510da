package synth

import (
	"strconv"
	"strings"

	"yusuan/extract/doc/build"
)

// columnWidth is the width of a grid column of a written table, in twips.
const columnWidth = 720

// Word97 prints the disclosure as a binary Word file (.doc): boundaries of
// cells instead of spans, text in pieces that may stand in any order, tracked
// and hidden text, numbers that the program computes. It returns nil if the
// description of the file is not accepted, which no document makes happen.
func (d *Document) Word97() []byte {
	w := &word97Writer{r: newSource(d.look), auto: d.auto, lists: map[int]int{}}
	w.heading = headingLook(w.r.below(int(headingLooks)))
	for _, b := range d.blocks {
		if b.tab != nil {
			w.table(b.tab)
		} else {
			w.paragraph(b.par)
		}
	}
	data, err := build.Parse([]byte(w.head() + w.b.String()))
	if err != nil {
		return nil
	}
	return data
}

// word97Writer writes the description of a file, in the notation of package
// build. What is not text is drawn from r.
type word97Writer struct {
	b       strings.Builder
	r       *source
	auto    bool
	heading headingLook
	// lists are the instances of the lists, formats their looks in order.
	lists   map[int]int
	formats []labelFormat
}

// head writes what the text refers to.
func (w *word97Writer) head() string {
	var b strings.Builder
	b.WriteString("style 1 \"heading 1\" sti=1\nstyle 2 \"heading 2\" sti=2\n")
	for i, f := range w.formats {
		id := strconv.Itoa(1000 + i)
		b.WriteString("list " + id + " simple\n  level nfc=" + f.number + " follow=nothing " + build.Quote(f.text) + "\nlfo list=" + id + "\n")
	}
	return b.String()
}

func (w *word97Writer) paragraph(p *paragraph) {
	w.b.WriteString("p")
	switch {
	case p.level == 0:
	case w.heading == headingChinese || w.heading == headingEnglish:
		w.b.WriteString(" istd=" + strconv.Itoa(p.level))
	case w.heading == headingOutline:
		w.b.WriteString(" POutLvl=" + strconv.Itoa(p.level-1))
	}
	text := p.label + p.text
	if w.auto && p.list > 0 {
		w.b.WriteString(" PIlvl=0 PIlfo=" + strconv.Itoa(w.list(p)))
		text = p.text
	}
	w.text(text)
	if p.field != "" {
		w.b.WriteString(` [CFVanish=1 "{field} TC {22}`)
		w.b.WriteString(strings.Trim(build.Quote(p.label+p.text), `"`))
		w.b.WriteString(`{22} \f ` + p.field + ` \l 1 {end}"]`)
	}
	w.b.WriteString("\n")
}

// list returns the instance of the list that a paragraph is in.
func (w *word97Writer) list(p *paragraph) int {
	if w.lists[p.list] == 0 {
		w.formats = append(w.formats, formatOf(p.label))
		w.lists[p.list] = len(w.formats)
	}
	return w.lists[p.list]
}

// text writes the runs of a text, sometimes split in the middle of a word, with
// what a word processor leaves between them.
func (w *word97Writer) text(s string) {
	if s != "" && w.r.chance(shareSplit) {
		for pieces := w.r.between(2, 3); pieces > 1; pieces-- {
			at := cutPoint(w.r, s)
			w.run(s[:at])
			w.noise()
			s = s[at:]
		}
	}
	w.run(s)
}

// run writes one run, sometimes with properties that leave the text there.
func (w *word97Writer) run(s string) {
	quoted := build.Quote(s)
	switch {
	case s == "" || !w.r.chance(shareWrapped):
		w.b.WriteString(" " + quoted)
	case w.r.chance(0.5):
		w.b.WriteString(" [CFRMarkIns=1 " + quoted + "]")
	default:
		w.b.WriteString(` "{field} HYPERLINK {22}#_Toc1{22} {sep}" ` + quoted + ` "{end}"`)
	}
}

// noise writes what holds no text that counts, or begins another piece.
func (w *word97Writer) noise() {
	switch {
	case w.r.chance(shareNoise):
		w.b.WriteString(" [CFRMarkDel=1 " + build.Quote(deletedText) + "]")
	case w.r.chance(shareNoise):
		w.b.WriteString(" [CFVanish=1 " + build.Quote(hiddenText) + "]")
	case w.r.chance(shareNoise):
		w.b.WriteString(" piece[16 prm0 CFVanish=1] " + build.Quote(hiddenText) + " piece[16]")
	}
}

func (w *word97Writer) table(t *table) {
	for i, row := range t.rows {
		if i > 0 && w.r.chance(shareDeletedRow) && !continues(row) {
			w.deletedRow(row)
		}
		w.rowHead(row)
		for _, c := range row {
			w.b.WriteString(" |")
			switch c.merge {
			case mergeStart:
				w.b.WriteString(" vert=restart")
			case mergeDown:
				w.b.WriteString(" vert=cont")
			}
			for i, line := range strings.Split(c.text, "\n") {
				if i > 0 {
					w.b.WriteString(" /")
				}
				w.text(line)
			}
		}
		w.b.WriteString("\n")
	}
}

// rowHead writes the boundaries of a row, which differ by a few twips from row
// to row as those of real files do.
func (w *word97Writer) rowHead(row []cell) {
	edge := 0
	w.b.WriteString("row 0")
	for _, c := range row {
		edge += c.span * columnWidth
		w.b.WriteString("," + strconv.Itoa(edge+w.r.below(3)))
	}
}

// deletedRow writes a row whose deletion was tracked: nobody may read it.
func (w *word97Writer) deletedRow(like []cell) {
	w.rowHead(like)
	w.b.WriteString(" CFRMarkDel=1")
	for range like {
		w.b.WriteString(" | " + build.Quote(deletedText))
	}
	w.b.WriteString("\n")
}
