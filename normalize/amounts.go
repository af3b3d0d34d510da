package normalize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/normalize/form"
	"yusuan/normalize/prose"
	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// amounts reads the quantities that sentences state: in the paragraphs, and
// in the purpose and goal cells of target forms, in the order of the document.
func (w *work) amounts() {
	table := 0
	var before *record.Paragraph
	for b, block := range w.doc.Blocks {
		if w.ctx.Err() != nil {
			return
		}
		switch x := block.(type) {
		case *document.Paragraph:
			if r := w.running[b]; r != nil {
				w.runningAmounts(w.plain[b], r, prose.Context{FiscalYear: w.out.Identity.FiscalYear})
				before = nil
				continue
			}
			w.paragraphAmounts(w.plain[b], before)
			before = w.plain[b]
			if before.HeadingLevel > 0 {
				before = nil
			}
		case *document.Table:
			w.cellAmounts(x, b, table)
			table++
			before = nil
		}
	}
}

// paragraphAmounts reads a paragraph; before is the paragraph of the same
// section right before it, nil for none. A paragraph that begins with the
// figure of a sentence that the one before leaves open is read together with
// it.
func (w *work) paragraphAmounts(p, before *record.Paragraph) {
	c := prose.Context{FiscalYear: w.out.Identity.FiscalYear}
	if p.Section != "" {
		c.Headings = strings.Split(p.Section, sectionJoin)
	}
	text, shift := p.Text, 0
	if before != nil {
		c.Before = w.topicOf(before)
		if leftOpen(before.Text) && beginsWithFigure(p) {
			text, shift = before.Text+p.Text, utf8.RuneCountInString(before.Text)
			w.note(p.Origin, "amounts.continued", "the sentence that the paragraph before leaves open was read on, for this one begins with its figure")
		}
	}
	runes := []rune(p.Text)
	for _, a := range prose.Amounts(text, c) {
		if a.End <= shift {
			continue // was read with the paragraph before
		}
		if shift > 0 {
			a.Start, a.End = max(a.Start-shift, 0), a.End-shift
			a.Text = string(runes[a.Start:a.End])
		}
		a.Origin = p.Origin
		w.out.Amounts = append(w.out.Amounts, a)
	}
}

// topicOf returns the first metric of a paragraph that was read just now, ""
// if it has none.
func (w *work) topicOf(p *record.Paragraph) string {
	topic := ""
	for _, a := range slices.Backward(w.out.Amounts) {
		if a.Block != p.Block {
			break
		}
		if a.Metric != "" {
			topic = a.Metric
		}
	}
	return topic
}

// sentenceEnds are the marks behind which a figure continues nothing.
const sentenceEnds = "。！？；：.!?;:）)"

// leftOpen tells whether a paragraph ends within a sentence: with a word or a
// comma. A digit may be half of a number, which is not put together.
func leftOpen(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(text))
	return last != utf8.RuneError && !strings.ContainsRune(sentenceEnds, last) && (last < '0' || last > '9')
}

// beginsWithFigure tells whether a paragraph begins with a quantity that has a
// unit, as where a number that does not fit the line was taken for the
// beginning of a paragraph (支持企业协同化发展 | 180.00万，…).
func beginsWithFigure(p *record.Paragraph) bool {
	if p.HeadingLevel > 0 || p.Label != "" || p.Text == "" || p.Text[0] < '0' || p.Text[0] > '9' {
		return false
	}
	found := value.Find(p.Text)
	return len(found) > 0 && found[0].Start == 0 && !found[0].Date && (found[0].UnitRaw != "" || found[0].ScaleExp > 0)
}

// cellAmounts reads the cells of a table that hold sentences.
func (w *work) cellAmounts(t *document.Table, block, table int) {
	c := prose.Context{FiscalYear: w.out.Identity.FiscalYear}
	for _, i := range w.tableRead[table].Prose {
		cell := &t.Cells[i]
		for _, a := range prose.Amounts(cell.Text, c) {
			a.Origin = record.Origin{Page: cell.Place.Page, Block: block, Table: table + 1, Row: cell.Row, Col: cell.Col}
			w.out.Amounts = append(w.out.Amounts, a)
		}
	}
}

// runningAmounts reads the sentences of a paragraph that holds the cells of a
// form; its other words are no sentences, and numbers of different cells may
// stand glued together.
func (w *work) runningAmounts(p *record.Paragraph, r *form.Records, c prose.Context) {
	runes := []rune(p.Text)
	for _, s := range r.Sentences {
		for _, a := range prose.Amounts(string(runes[s.Start:s.End]), c) {
			a.Origin, a.Start, a.End = p.Origin, a.Start+s.Start, a.End+s.Start
			w.out.Amounts = append(w.out.Amounts, a)
		}
	}
}
