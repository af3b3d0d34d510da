package normalize

import (
	"yusuan/extract/document"
	"yusuan/normalize/form"
	"yusuan/normalize/prose"
	"yusuan/normalize/record"
)

// amounts reads the quantities that sentences state: in the paragraphs, and
// in the purpose and goal cells of target forms, in the order of the document.
func (w *work) amounts() {
	c := prose.Context{FiscalYear: w.out.Identity.FiscalYear}
	table := 0
	for b, block := range w.doc.Blocks {
		if w.ctx.Err() != nil {
			return
		}
		switch x := block.(type) {
		case *document.Paragraph:
			p := w.plain[b]
			if r := w.running[b]; r != nil {
				w.runningAmounts(p, r, c)
				continue
			}
			for _, a := range prose.Amounts(p.Text, c) {
				a.Origin = p.Origin
				w.out.Amounts = append(w.out.Amounts, a)
			}
		case *document.Table:
			w.cellAmounts(x, b, table, c)
			table++
		}
	}
}

// cellAmounts reads the cells of a table that hold sentences.
func (w *work) cellAmounts(t *document.Table, block, table int, c prose.Context) {
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
