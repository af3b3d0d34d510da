package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"

	"yusuan/extract/document"
	"yusuan/extract/pdf/layout"
	"yusuan/extract/pdf/picture"
)

// ErrNoPage says that a document has no page of that number.
var ErrNoPage = errors.New("there is no such page")

// pointsPerInch is the unit of a page.
const pointsPerInch = 72

// maxPixels bounds a picture: 256 MiB of memory, an A0 poster at 120 dpi. A
// page may call itself as large as it likes.
const maxPixels = 64 << 20

// Picture draws the 1-based page n at a resolution in dots per inch, with what
// Read finds on it laid over. Errors wrap ErrNoPage or the sentinels of package
// document. A page without text is drawn as it is.
func (Reader) Picture(ctx context.Context, data []byte, n, dpi int, lim document.Limits) (*image.RGBA, error) {
	lim = lim.WithDefaults()
	r := reader{data: data, lim: lim}
	defer r.close()
	pages, err := r.pages(ctx)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(pages) {
		return nil, fmt.Errorf("%w: page %d of a document of %d pages", ErrNoPage, n, len(pages))
	}
	p := pages[n-1]
	scale := float64(dpi) / pointsPerInch
	if dpi < 1 || float64(p.Width)*scale*float64(p.Height)*scale > maxPixels {
		return nil, fmt.Errorf("page %d of %g x %g points at %d dpi makes no picture of 1 to %d pixels: %w", n, p.Width, p.Height, dpi, maxPixels, document.ErrTooLarge)
	}
	blocks, _ := layout.Blocks(pages, layout.Settings{TableCells: lim.TableCells})
	file := r.engine()
	if file == nil {
		return nil, fmt.Errorf("PDFium, which draws the pages, cannot open the file: %w", document.ErrMalformed)
	}
	canvas, err := file.Render(ctx, n, dpi)
	if err != nil {
		return nil, err
	}
	picture.Draw(canvas, picture.Sheet{Number: n, Width: p.Width, Height: p.Height, Rules: layout.Rules(p), Blocks: blocks})
	return canvas, nil
}
