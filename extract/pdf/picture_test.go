package pdf

import (
	"context"
	"errors"
	"image"
	"testing"

	"yusuan/extract/document"
)

// coloured counts the pixels that are no shade of grey.
func coloured(m *image.RGBA, r image.Rectangle) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if c := m.RGBAAt(x, y); c.R != c.G || c.G != c.B {
				n++
			}
		}
	}
	return n
}

func TestPicture(t *testing.T) {
	ctx := context.Background()
	// The table's rows on either page, in points; the repeated header is not of
	// them.
	for n, rows := range map[int][2]int{1: {100, 140}, 2: {90, 110}} {
		m, err := Reader{}.Picture(ctx, sample(), n, 144, document.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		// A4 at two pixels a point.
		if s := m.Bounds().Size(); s != image.Pt(1190, 1684) {
			t.Errorf("page %d has %v pixels", n, s)
		}
		cells := coloured(m, image.Rect(100, 2*rows[0], 700, 2*rows[1]))
		if nothing := coloured(m, image.Rect(100, 400, 700, 1600)); cells < 20_000 || nothing > 0 {
			t.Errorf("page %d: %d coloured pixels in the table, %d below it", n, cells, nothing)
		}
	}
	// A page without text is drawn as it is.
	scan := buildPDF("q 500 0 0 700 50 50 cm /I Do Q\n")
	m, err := Reader{}.Picture(ctx, scan, 1, 72, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if n := coloured(m, m.Bounds()); n != 0 {
		t.Errorf("%d coloured pixels on a scan", n)
	}
}

func TestNoPicture(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name   string
		n, dpi int
		data   []byte
		want   error
	}{
		{"page 0", 0, 72, sample(), ErrNoPage},
		{"page 3 of 2", 3, 72, sample(), ErrNoPage},
		{"no resolution", 1, 0, sample(), document.ErrTooLarge},
		{"too fine", 1, 5000, sample(), document.ErrTooLarge},
		{"damage", 1, 72, []byte("%PDF-1.4\nnothing"), document.ErrMalformed},
	} {
		if m, err := (Reader{}).Picture(ctx, c.data, c.n, c.dpi, document.Limits{}); m != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}
