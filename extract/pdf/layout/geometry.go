package layout

import (
	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

func middle(b page.Box) (x, y float32) { return (b.X0 + b.X1) / 2, (b.Y0 + b.Y1) / 2 }

func contains(b page.Box, x, y float32) bool {
	return x >= b.X0 && x <= b.X1 && y >= b.Y0 && y <= b.Y1
}

// union is the rectangle around both; the zero box is nothing.
func union(a, b page.Box) page.Box {
	if a == (page.Box{}) {
		return b
	}
	if b == (page.Box{}) {
		return a
	}
	return page.Box{X0: min(a.X0, b.X0), Y0: min(a.Y0, b.Y0), X1: max(a.X1, b.X1), Y1: max(a.Y1, b.Y1)}
}

func place(n int, b page.Box) document.Place {
	return document.Place{Page: n, Box: document.Box(b)}
}

func abs(x float32) float32 { return max(x, -x) }

// overlap is by how much two stretches overlap, negative for a gap.
func overlap(a0, a1, b0, b1 float32) float32 { return min(a1, b1) - max(a0, b0) }
