package layout

import (
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// fuzzPages makes pages of bytes: each five are a glyph, a line or a new page.
func fuzzPages(data []byte) []*page.Page {
	p := &page.Page{Number: 1, Width: 300, Height: 300}
	pages := []*page.Page{p}
	texts := []string{"中", "1", "a", " ", "。", "（", "一、", "表", ",", "\u3000"}
	for ; len(data) >= 5; data = data[5:] {
		x, y, w, h := float32(data[1]), float32(data[2]), float32(data[3]), float32(data[4])
		box := page.Box{X0: x, Y0: y, X1: x + w/8, Y1: y + h/8}
		switch kind := data[0]; {
		case kind < 100:
			p.Glyphs = append(p.Glyphs, page.Glyph{
				Text: texts[int(kind)%len(texts)], Box: box, X: x, Y: y + h/10, Size: 1 + h/8, Angle: int16(kind%5) / 4 * 90,
				Vertical: kind == 99, Hidden: kind == 98, Clip: page.Box{X1: 300, Y1: 300 - float32(kind%3)*50},
			})
		case kind < 240:
			if kind%2 == 0 {
				box.X1, box.Y1 = x+w, y+1
			} else {
				box.X1, box.Y1 = x+1, y+h
			}
			p.Paths = append(p.Paths, page.Path{Box: box, Alpha: 1, Stroke: kind%3 == 0})
		case len(pages) < 8:
			p = &page.Page{Number: len(pages) + 1, Width: 300, Height: 300}
			pages = append(pages, p)
		}
	}
	return pages
}

// FuzzBlocks lays out whatever comes: no panic, and the model's promises kept.
func FuzzBlocks(f *testing.F) {
	table := []byte{}
	for i := range byte(4) {
		table = append(table, 100, 10, 10+40*i, 200, 0, 101, 10+60*i, 10, 0, 120, i, 20+60*(i%3), 20+40*(i/2), 80, 80, 6, 70, 30+40*i, 80, 80)
	}
	f.Add(table)
	f.Add(append(append(table[:len(table):len(table)], 250, 0, 0, 0, 0), table...))
	f.Add(append(append(table[:40:40], 250, 0, 0, 0, 0), table[5:]...))
	f.Fuzz(func(t *testing.T, data []byte) {
		blocks, notes := Blocks(fuzzPages(data), Settings{TableCells: 2000})
		if err := document.Check(&document.Document{Blocks: blocks, Notes: notes}); err != nil {
			t.Fatal(err)
		}
	})
}
