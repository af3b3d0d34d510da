// Package pdf reads PDF files: paragraphs and headings in reading order, and
// tables with spans, with a page and a box for everything.
//
//	bytes ──content──▶ pages ──layout──▶ paragraphs and tables
//	      ╰─pdfium─────╯ for pages that content cannot vouch for
//
// The room content interprets the file by itself; pdfium is slower to start and
// reads what content cannot. Both give pages (room page) in one coordinate
// system, so that layout does not know who read them.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"

	"yusuan/extract/document"
	"yusuan/extract/pdf/content"
	"yusuan/extract/pdf/layout"
	"yusuan/extract/pdf/page"
	"yusuan/extract/pdf/pdfium"
)

const (
	// headerBytes is how far from the beginning the mark of a PDF may stand:
	// readers allow it in the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
	headerBytes = 1024
	// unmappedShare is the share of a page's glyphs without text from which
	// another reader is asked.
	unmappedShare = 0.02
	// pictureArea is the share of a page that an image must cover for a page
	// without text to be a scan.
	pictureArea = 0.25
)

// Reader reads PDF files.
type Reader struct{}

// Format returns "pdf".
func (Reader) Format() string { return "pdf" }

// Detect tells whether the bytes begin like a PDF file.
func (Reader) Detect(data []byte) bool {
	return bytes.Contains(data[:min(len(data), headerBytes)], []byte("%PDF-"))
}

// Read reads a file. Errors wrap the sentinels of package document: one that
// needs a password is encrypted, one that shows only pictures has no text.
func (Reader) Read(ctx context.Context, data []byte, lim document.Limits) (*document.Document, error) {
	lim = lim.WithDefaults()
	r := reader{data: data, lim: lim}
	defer r.close()
	pages, err := r.pages(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.pictures(pages); err != nil {
		return nil, err
	}
	blocks, notes := layout.Blocks(pages, layout.Settings{TableCells: lim.TableCells})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &document.Document{
		Source: document.Source{Format: "pdf", Reader: "pdf/3", Pages: len(pages), Title: r.title},
		Blocks: blocks,
		Notes:  append(r.notes, notes...),
	}, nil
}

// reader is one reading.
type reader struct {
	data  []byte
	lim   document.Limits
	title string
	notes []document.Note
	// second is the other engine, opened when it is needed; broken says that it
	// cannot open the file.
	second *pdfium.File
	broken bool
}

func (r *reader) close() {
	if r.second != nil {
		r.second.Close()
	}
}

func (r *reader) note(pageNo int, code, message string) {
	r.notes = append(r.notes, document.Note{At: document.Position{Page: pageNo, Block: -1, Row: -1, Col: -1}, Code: code, Message: message})
}

// pages reads every page, with the second engine where the first fails.
func (r *reader) pages(ctx context.Context) ([]*page.Page, error) {
	file, err := content.Open(r.data, r.lim)
	if err != nil {
		if errors.Is(err, document.ErrMalformed) {
			return r.all(ctx, err)
		}
		return nil, err
	}
	r.title = file.Title()
	out := make([]*page.Page, 0, file.Pages())
	for n := 1; n <= file.Pages(); n++ {
		p, err := file.Page(ctx, n)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if why := doubt(p, err); why != "" {
			p = r.other(ctx, n, p, why)
		}
		out = append(out, p)
	}
	r.notes = append(r.notes, file.Notes()...)
	if len(out) == 0 {
		return nil, fmt.Errorf("the file has no pages: %w", document.ErrMalformed)
	}
	return out, ctx.Err()
}

// doubt says why a page cannot be vouched for, "" if it can.
func doubt(p *page.Page, err error) string {
	switch {
	case err != nil:
		return err.Error()
	case p.Damaged:
		return "its content is damaged"
	case p.Unmapped > 0 && float32(p.Unmapped) >= unmappedShare*float32(len(p.Glyphs)):
		return fmt.Sprintf("%d of its %d glyphs have no text", p.Unmapped, len(p.Glyphs))
	}
	return ""
}

// engine opens the second engine; nil if it cannot read the file.
func (r *reader) engine() *pdfium.File {
	if r.second == nil && !r.broken {
		file, err := pdfium.Open(r.data, r.lim)
		r.second, r.broken = file, err != nil
	}
	return r.second
}

// other asks the second engine for a page and takes the better of both.
func (r *reader) other(ctx context.Context, n int, first *page.Page, why string) *page.Page {
	if first == nil {
		first = &page.Page{Number: n, Damaged: true}
	}
	if file := r.engine(); file != nil {
		p, err := file.Page(ctx, n)
		if err == nil && known(p) > known(first) {
			r.note(n, "pdf.fallback", fmt.Sprintf("the page was read by PDFium, because %s", why))
			return p
		}
	}
	r.note(n, "pdf.damaged_page", fmt.Sprintf("the page may be incomplete: %s", why))
	return first
}

// known is the number of glyphs with text.
func known(p *page.Page) int { return len(p.Glyphs) - min(p.Unmapped, len(p.Glyphs)) }

// all reads every page with the second engine, after the first refused the
// file; if that fails too, the first one's reason stands.
func (r *reader) all(ctx context.Context, first error) ([]*page.Page, error) {
	file := r.engine()
	if file == nil || file.Pages() == 0 {
		return nil, first
	}
	r.title = file.Title()
	r.note(0, "pdf.fallback", fmt.Sprintf("the file was read by PDFium, because %s", withoutNumbers(first)))
	var out []*page.Page
	for n := 1; n <= file.Pages(); n++ {
		p, err := file.Page(ctx, n)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			r.note(n, "pdf.damaged_page", fmt.Sprintf("the page is lost: %v", err))
			p = &page.Page{Number: n, Damaged: true}
		}
		out = append(out, p)
	}
	return out, nil
}

// pictures refuses a document that shows only pictures, and notes the pages
// that do.
func (r *reader) pictures(pages []*page.Page) error {
	scans, text := 0, 0
	for _, p := range pages {
		switch {
		case len(p.Glyphs) > 0:
			text++
		case p.ImageArea >= pictureArea:
			scans++
			r.note(p.Number, "pdf.lost_page_image", "the page is a picture without text; what it shows was not read")
		}
	}
	if text == 0 && scans > 0 {
		return fmt.Errorf("all %d pages with anything on them are pictures: %w", scans, document.ErrNoText)
	}
	return nil
}

// withoutNumbers takes the numbers of objects out of an error: of several
// damaged objects pdfcpu names whichever it comes upon first, and the same file
// must give the same note.
func withoutNumbers(err error) string {
	return regexp.MustCompile(`(?:obj#|object )[0-9]+`).ReplaceAllString(err.Error(), "an object")
}
