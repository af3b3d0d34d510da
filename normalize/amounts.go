package normalize

import (
	"strings"

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
		switch x := block.(type) {
		case *document.Paragraph:
			p := w.plain[b]
			if p.HeadingLevel > 0 {
				continue // a heading names what follows
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
	for _, i := range w.read[table].Prose {
		cell := &t.Cells[i]
		line, at := oneLine(cell.Text)
		for _, a := range prose.Amounts(cell.Text, c) {
			a.Origin = record.Origin{Page: cell.Place.Page, Block: block, Table: table + 1, Row: cell.Row, Col: cell.Col}
			// Offsets count in the text as the dataset keeps it, in one line.
			if a.Start < 0 || a.Start > a.End || a.End >= len(at) {
				continue
			}
			a.Start, a.End = at[a.Start], at[a.End]
			a.Text = strings.TrimSpace(string(line[a.Start:a.End]))
			w.out.Amounts = append(w.out.Amounts, a)
		}
	}
}

// oneLine returns a cell's text as form.Line writes it, in runes, and for
// every rune of the original, and its end, where it went.
func oneLine(text string) (line []rune, at []int) {
	line = []rune(form.Line(text))
	k := 0
	for _, r := range text {
		// Blanks are dropped or joined; every other rune is kept in order.
		if k < len(line) && line[k] == ' ' && !isBlank(r) {
			k++
		}
		at = append(at, min(k, len(line)))
		if !isBlank(r) {
			k++
		}
	}
	return line, append(at, min(k, len(line)))
}

func isBlank(r rune) bool {
	return strings.TrimSpace(string(r)) == ""
}
