package normalize

import (
	"slices"
	"strings"

	"yusuan/extract/document"
	"yusuan/normalize/form"
	"yusuan/normalize/vocab"
)

// leastListed is how many titles one after the other are a list of tables.
const leastListed = 3

// listTables takes the titles of the document's tables from its table of
// contents, by their order, if there are as many as tables: what a list with
// more or fewer titles calls a table is not certain. A title that is there again
// is that of the first table itself.
func (w *work) listTables() {
	var titles []string
	var blocks []int
	tables := 0
	seen := map[string]bool{}
	for b, block := range w.doc.Blocks {
		if _, ok := block.(*document.Table); ok {
			tables++
			continue
		}
		p := w.plain[b]
		if tables > 0 || p == nil || !form.StatutoryTitle(listEntry(p.Text)) {
			continue
		}
		if key := vocab.Key(listEntry(p.Text)); !seen[key] {
			seen[key] = true
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

// withoutList drops the titles among the captions of a table when there are so
// many that they are entries of a table of contents, and none of them is there
// twice: a title of the table's own repeats its entry.
func withoutList(captions []string) []string {
	entries := map[string]int{}
	titles := 0
	for _, c := range captions {
		if form.StatutoryTitle(listEntry(c)) {
			titles++
			entries[vocab.Key(listEntry(c))]++
		}
	}
	if titles < leastListed || len(entries) < titles {
		return captions
	}
	return slices.DeleteFunc(captions, func(c string) bool { return entries[vocab.Key(listEntry(c))] > 0 })
}
