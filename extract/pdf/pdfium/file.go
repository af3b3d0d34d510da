package pdfium

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"sync"
	"sync/atomic"

	gopdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// File is an open file. Its methods may be called by one goroutine at a time.
type File struct {
	instance gopdfium.Pdfium
	document references.FPDF_DOCUMENT
	pages    int
	title    string
	close    sync.Once
	closed   atomic.Bool
}

// Open opens a file without a password. Errors wrap document.ErrEncrypted,
// document.ErrMalformed or document.ErrTooLarge. The file must be closed.
func Open(data []byte, lim document.Limits) (*File, error) {
	pool, err := engine()
	if err != nil {
		return nil, err
	}
	instance, err := pool.GetInstance(patience)
	if err != nil {
		return nil, fmt.Errorf("PDFium does not start: %w", err)
	}
	f := &File{instance: instance}
	if err := f.open(data, lim.WithDefaults()); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (f *File) open(data []byte, lim document.Limits) error {
	doc, err := f.instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case failed(err, "4") || failed(err, "5"):
		return fmt.Errorf("PDFium needs a password (%v): %w", err, document.ErrEncrypted)
	case err != nil:
		return fmt.Errorf("PDFium cannot open the file (%v): %w", err, document.ErrMalformed)
	}
	f.document = doc.Document
	count, err := f.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.document})
	if err != nil {
		return fmt.Errorf("PDFium cannot count the pages (%v): %w", err, document.ErrMalformed)
	}
	f.pages = count.PageCount
	if f.pages > lim.Pages {
		return fmt.Errorf("the document has %d pages, the limit is %d: %w", f.pages, lim.Pages, document.ErrTooLarge)
	}
	if meta, err := f.instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: f.document, Tag: "Title"}); err == nil {
		f.title = meta.Value
	}
	return nil
}

// Close gives back what the file holds in the engine.
func (f *File) Close() {
	f.close.Do(func() {
		f.closed.Store(true)
		// Closing the instance ends its whole memory; an error is of no use.
		_ = f.instance.Kill()
	})
}

// Pages returns the number of pages.
func (f *File) Pages() int { return f.pages }

// Title returns the title in the file's properties, "" if there is none.
func (f *File) Title() string { return f.title }

// Page reads the 1-based page n. It stops when the context is done; the file
// is then closed.
func (f *File) Page(ctx context.Context, n int) (*page.Page, error) {
	var out *page.Page
	err := f.guarded(ctx, n, func(p requests.Page) error {
		r, err := newReader(f.instance, p, n)
		if err != nil {
			return err
		}
		out, err = r.read()
		return err
	})
	return out, err
}

// Render draws the 1-based page n at a resolution in dots per inch.
func (f *File) Render(ctx context.Context, n, dpi int) (*image.RGBA, error) {
	var out *image.RGBA
	err := f.guarded(ctx, n, func(p requests.Page) error {
		pic, err := f.instance.RenderPageInDPI(&requests.RenderPageInDPI{Page: p, DPI: dpi})
		if err != nil {
			return err
		}
		defer pic.Cleanup()
		// The pixels are the engine's memory until Cleanup.
		out = image.NewRGBA(pic.Result.RenderedImage.Bounds())
		draw.Draw(out, out.Bounds(), pic.Result.RenderedImage, out.Bounds().Min, draw.Src)
		return nil
	})
	return out, err
}

// guarded loads a page, hands it on and closes it; when the context is done it
// ends the instance under the engine's feet.
func (f *File) guarded(ctx context.Context, n int, do func(requests.Page) error) error {
	if f.closed.Load() {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, f.Close)
	defer stop()
	loaded, err := f.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: f.document, Index: n - 1})
	if err == nil {
		err = do(requests.Page{ByReference: &loaded.Page})
		if stop() { // the context has not ended the instance meanwhile
			_, _ = f.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("PDFium cannot read page %d (%v): %w", n, err, document.ErrMalformed)
	}
	return nil
}
