package synth

import "strings"

// PDF prints the disclosure as a PDF file: the pages that a word processor
// would print, in fonts that are not embedded and under a predefined CMap. The
// same document gives the same bytes with the same version of compress/flate.
//
// A page shows less than a Word file says. Blanks at the end of a text are not
// seen, nor is where a field or a tracked change was; a blank line in a cell is
// only space; an unbreakable blank is a blank. The truth says nothing of these.
// Where a page ends, a row and the rest of a row can look the same; there the
// rows are kept together.
func (d *Document) PDF() []byte {
	r := newSource(d.look, 'p')
	w := &pdfWriter{look: drawPDFLook(r), r: r}
	if w.look.gbk && !d.inGB2312() {
		w.look.gbk = false
	}
	w.blocks(d.blocks)
	w.footers()
	return w.file()
}

// inGB2312 tells whether all texts of the document are.
func (d *Document) inGB2312() bool {
	for _, b := range d.blocks {
		if b.par != nil {
			if !inGB2312(b.par.label + b.par.text) {
				return false
			}
			continue
		}
		for _, row := range b.tab.rows {
			for _, c := range row {
				if !inGB2312(c.text) {
					return false
				}
			}
		}
	}
	return true
}

// Lengths on a page are whole hundredths of a point, so that every machine
// rounds alike.
const point = 100

// The size of A4.
const (
	paperWidth  = 595_30
	paperHeight = 841_90
)

// The margins of Word in China: 2.54 cm above and below, 3.18 beside; a page
// that is turned is used more.
const (
	marginTop    = 72 * point
	marginBottom = 72 * point
	marginSide   = 90 * point
	marginTurned = 48 * point
	// footerBase is how far above the edge the page number stands.
	footerBase = 45 * point
	footerSize = 9 * point
)

// pdfHeading is how headings are told from text.
type pdfHeading int

const (
	headingSame    pdfHeading = iota // not at all
	headingLarger                    // by their size
	headingFont                      // by another font
	headingTwice                     // printed twice, a little beside
	headingStroked                   // filled and stroked
	pdfHeadings
)

// pdfRuling is how the lines of tables are drawn.
type pdfRuling int

const (
	rulingStrokes   pdfRuling = iota // lines from end to end
	rulingThinFills                  // a filled rectangle for each side of a cell
	rulingBoxes                      // the outline of each cell
	pdfRulings
)

// pdfLook is how a file looks; it is drawn once for each.
type pdfLook struct {
	// gbk sets text in GBK-EUC-H, not in UniGB-UCS2-H.
	gbk bool
	// body is the size of the text, leading the distance of its baselines.
	body, leading int
	// indent is how far a first line stands in, in em.
	indent  int
	justify bool
	heading pdfHeading
	ruling  pdfRuling
	// cell is the size of text in tables, padX and padY the space around it.
	cell, padX, padY int
	shade            bool
	// repeat repeats the header on every page, open leaves the top of a page
	// that continues a table without a line, split parts rows over pages.
	repeat, open, split bool
	// turned prints wide tables on pages that are turned.
	turned bool
	// footer is what surrounds the page number, one of pdfFooters.
	footer string
	font   pdfFont
}

// pdfFooters are the forms of page numbers: # is the page, * the last page.
func pdfFooters() []string {
	return []string{"#", "- # -", "— # —", "第#页", "第 # 页 共 * 页", ""}
}

func drawPDFLook(r *source) pdfLook {
	l := pdfLook{gbk: r.chance(0.4), body: pick(r, []int{12, 14, 16}) * point}
	l.leading = l.body * r.between(130, 190) / 100
	if r.chance(0.8) {
		l.indent = 2
	}
	l.justify = r.chance(0.5)
	l.heading = pdfHeading(r.below(int(pdfHeadings)))
	l.ruling = pdfRuling(r.below(int(pdfRulings)))
	l.cell = pick(r, []int{900, 1050, 1050, 1200})
	l.padX, l.padY = pick(r, []int{250, 540}), pick(r, []int{100, 200, 400})
	l.shade = r.chance(0.25)
	l.repeat, l.open, l.split = r.chance(0.5), r.chance(0.25), r.chance(0.5)
	l.turned = r.chance(0.8)
	l.footer = pick(r, pdfFooters())
	l.font = pick(r, pdfFonts())
	return l
}

// pdfWriter lays a document out.
type pdfWriter struct {
	look  pdfLook
	r     *source
	pages []*pdfPage
	// top is how far below the upper edge of the last page the next thing
	// begins.
	top int
	// turn says that the next page is a turned one.
	turn bool
	// started says that text that is no title has come.
	started bool
}

// page is the last page, the first of all if there is none.
func (w *pdfWriter) page() *pdfPage {
	if len(w.pages) == 0 {
		w.newPage()
	}
	return w.pages[len(w.pages)-1]
}

func (w *pdfWriter) newPage() {
	p := &pdfPage{width: paperWidth, height: paperHeight, side: marginSide}
	if w.turn {
		p.width, p.height, p.side = paperHeight, paperWidth, marginTurned
	}
	w.pages = append(w.pages, p)
	w.top = marginTop
}

// setTurn begins a page if the last one is not turned as asked.
func (w *pdfWriter) setTurn(turned bool) {
	if w.turn == turned {
		return
	}
	if w.turn = turned; len(w.pages) > 0 && w.blank() {
		w.pages = w.pages[:len(w.pages)-1]
	}
	w.newPage()
}

// room is the height that is left on the page.
func (w *pdfWriter) room() int { return w.page().height - marginBottom - w.top }

// blank tells whether nothing stands on the page yet.
func (w *pdfWriter) blank() bool { return w.page() != nil && w.top == marginTop }

func (w *pdfWriter) blocks(blocks []block) {
	for i, b := range blocks {
		w.setTurn(w.turns(blocks[i:]))
		if b.tab != nil {
			w.table(b.tab)
			w.started = true
		} else {
			w.paragraph(b.par)
		}
	}
}

// manyCells is the number of cells in a row beyond which a table is wide.
const manyCells = 8

// turns tells whether blocks stand on a page that is turned: they begin with a
// wide table, or with the short lines above one.
func (w *pdfWriter) turns(blocks []block) bool {
	for _, b := range blocks {
		switch {
		case b.tab != nil:
			return b.tab.wide() && (w.look.turned || !newPDFGrid(b.tab, w.look, paperWidth-2*marginSide).fits)
		case strings.Contains(b.par.text, "。") || b.par.label != "" || b.par.text == "":
			return false
		}
	}
	return false
}

// wide tells whether a table has rows of many cells.
func (t *table) wide() bool {
	for _, row := range t.rows {
		if len(row) > manyCells {
			return true
		}
	}
	return false
}

// The sizes of titles: 二号 for the document's, 四号 for that of a table.
const (
	titleSize = 22 * point
	tableSize = 14 * point
)

// styleOf is how a paragraph is set, and how far its first line stands in.
func (w *pdfWriter) styleOf(p *paragraph) (style pdfStyle, first int) {
	style = pdfStyle{size: w.look.body, leading: w.look.leading}
	switch {
	case p.center && !w.started:
		return pdfStyle{size: titleSize, leading: 2 * titleSize, heading: w.look.heading}, 0
	case p.center:
		return pdfStyle{size: tableSize, leading: 2 * tableSize, heading: w.look.heading}, 0
	case p.level > 0:
		style.heading = w.look.heading
		if w.look.heading == headingLarger {
			style.size += 2 * point
			style.leading += 2 * point
		}
	}
	return style, w.look.indent * w.look.body
}

// paragraph sets a paragraph.
func (w *pdfWriter) paragraph(p *paragraph) {
	if p.label+p.text == "" {
		if !w.blank() {
			w.top += w.look.leading
		}
		return
	}
	w.started = w.started || !p.center
	style, first := w.styleOf(p)
	lines := setLines(p.label+p.text, style.size, first, w.page().textWidth())
	if need := w.together(p, len(lines)) * style.leading; w.room() < need && !w.blank() {
		w.newPage()
	}
	for i, l := range lines {
		if w.room() < style.leading {
			w.newPage()
		}
		page := w.page()
		x := page.side
		switch {
		case p.center:
			x += (page.textWidth() - l.width) / 2
		case i == 0:
			x += first
		}
		if w.look.justify && !p.center && !l.ends {
			l.stretch = stretchOf(l, style.size, page.side+page.textWidth()-x)
		}
		w.lineOn(page, style, l, x, w.top+(style.leading+style.size)/2)
		w.top += style.leading
	}
}

// together is how many lines must find room before a paragraph begins on a
// page: titles and what leads to a table stay with what follows.
func (w *pdfWriter) together(p *paragraph, lines int) int {
	const following = 4
	if p.level > 0 || p.center {
		return lines + following
	}
	return 1
}

// footers prints the page numbers.
func (w *pdfWriter) footers() {
	if w.look.footer == "" {
		return
	}
	for i, p := range w.pages {
		text := strings.NewReplacer("#", itoa(i+1), "*", itoa(len(w.pages))).Replace(w.look.footer)
		l := pdfLine{text: text, width: widthOf(text, footerSize)}
		w.lineOn(p, pdfStyle{size: footerSize}, l, (p.width-l.width)/2, p.height-footerBase)
	}
}
