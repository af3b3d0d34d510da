package layout

import (
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
)

const (
	// captions is the number of paragraphs above a table that are looked at for
	// its title: the unit and the department stand between them.
	captions = 3
	// offCentre is how far a title's middle may be from that of its table, as a
	// share of the table's width.
	offCentre = 0.1
)

// relevel corrects the levels that a paragraph by itself does not tell: a title
// above a table is a heading in any size, and the lines of a contents page are
// none.
func relevel(blocks []document.Block) {
	for i, b := range blocks {
		if t, ok := b.(*document.Table); ok {
			titleOf(t, blocks[:i])
		}
	}
	for i, b := range blocks {
		if p, ok := b.(*document.Paragraph); ok && squeeze(p.Text) == "目录" {
			flatten(blocks[i+1:], p.Place.Page)
		}
	}
}

// titleOf finds the title of a table above it and makes it a heading. What a
// number makes one or not is left as it is.
func titleOf(t *document.Table, above []document.Block) {
	for n := 1; n <= captions && n <= len(above); n++ {
		p, ok := above[len(above)-n].(*document.Paragraph)
		if !ok || p.Place.Page != t.Place.Page {
			return
		}
		off := (p.Place.Box.X0 + p.Place.Box.X1 - t.Place.Box.X0 - t.Place.Box.X1) / 2
		if p.Level == 0 && numbered(p.Text) == 0 && isTitle(p.Text) && abs(off) <= offCentre*(t.Place.Box.X1-t.Place.Box.X0) {
			p.Level = 1
		}
	}
}

// flatten takes the levels from the lines of a contents page, and of those after
// it that hold nothing else.
func flatten(blocks []document.Block, number int) {
	for len(blocks) > 0 {
		end := 0
		for end < len(blocks) && blocks[end].At().Page == number {
			end++
		}
		if end == 0 || !contents(blocks[:end]) {
			return
		}
		for _, b := range blocks[:end] {
			b.(*document.Paragraph).Level = 0
		}
		blocks, number = blocks[end:], number+1
	}
}

// contents tells whether blocks are the lines of a contents page: two or more
// short paragraphs, most of them numbered.
func contents(blocks []document.Block) bool {
	count := 0
	for _, b := range blocks {
		p, ok := b.(*document.Paragraph)
		if !ok || !leaders(p.Text) && utf8.RuneCountInString(p.Text) > headingRunes {
			return false
		}
		if numbered(p.Text) > 0 {
			count++
		}
	}
	return count >= 2 && 2*count > len(blocks)
}

// leaders tells whether a line leads to a page number by dots, or ends in them.
func leaders(text string) bool {
	return strings.Contains(text, "……") || strings.Contains(text, "....")
}
