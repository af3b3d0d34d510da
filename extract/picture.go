package extract

import (
	"context"
	"fmt"
	"image"

	"yusuan/extract/document"
	"yusuan/extract/pdf"
)

// ErrNoPage says that there is no such page to draw: the document is shorter,
// or its format has no pages.
var ErrNoPage = pdf.ErrNoPage

// drawer is a reader that can draw the pages that it reads.
type drawer interface {
	Picture(ctx context.Context, data []byte, page, dpi int, lim document.Limits) (*image.RGBA, error)
}

// Picture draws the 1-based page of a document at a resolution in dots per
// inch, with the lines, tables, cells and paragraphs that Read finds laid over.
// The error is a *document.Error, but for settings that make no sense; it wraps
// ErrNoPage where there is nothing to draw.
func (s Settings) Picture(ctx context.Context, name string, data []byte, page, dpi int) (*image.RGBA, error) {
	var out *image.RGBA
	err := s.bounded(ctx, name, data, func(ctx context.Context, lim document.Limits) error {
		r, err := find(name, data, s.all())
		if err != nil {
			return fmt.Errorf("%w: only those of a PDF can be drawn, and %w", ErrNoPage, err)
		}
		d, ok := r.(drawer)
		if !ok {
			return fmt.Errorf("%w: only those of a PDF can be drawn, and the file is %s", ErrNoPage, r.Format())
		}
		out, err = d.Picture(ctx, data, page, dpi, lim)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
