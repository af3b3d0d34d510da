package normalize

import (
	"strings"

	"yusuan/extract/document"
	"yusuan/normalize/form"
)

// leastListed is how many titles one after the other are a list of tables.
const leastListed = 3

// listTables takes the titles of the document's tables from its table of
// contents, by their order, if there are as many as tables: what a list with
// more or fewer titles calls a table is not certain.
func (w *work) listTables() {
	var titles []string
	var blocks []int
	tables := 0
	for b, block := range w.doc.Blocks {
		if _, ok := block.(*document.Table); ok {
			tables++
			continue
		}
		if p := w.plain[b]; tables == 0 && p != nil && form.StatutoryTitle(listEntry(p.Text)) {
			titles = append(titles, listEntry(p.Text))
			blocks = append(blocks, b)
		}
	}
	if tables == len(titles) && tables >= leastListed {
		w.listed, w.listBlocks = titles, blocks
	}
}

// listEntry cuts dots and page number off the end of an entry of a table of
// contents.
func listEntry(text string) string {
	return strings.TrimRight(text, ".．…·0123456789 \t-—")
}
