// Package content reads the pages of a PDF: it takes the objects from pdfcpu,
// runs the content streams itself, and hands on what they paint as page.Page.
// It guesses nothing about lines, words or tables.
package content

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// File is an open PDF. It is not safe for concurrent use: objects, fonts and
// forms are read when they are needed, and kept.
type File struct {
	objects
	ops   *actions
	pages []leaf
	title string

	fonts map[int]*font // by object number
	forms map[int]*form
	notes []document.Note
	noted map[string]bool
}

// Open reads the structure of a PDF, repairs it if need be, and decrypts it if
// it opens without a password. Errors wrap ErrEncrypted, ErrTooLarge,
// ErrTimeLimit or ErrMalformed. The data must not change while the file is in
// use.
func Open(data []byte, lim document.Limits) (*File, error) {
	lim = lim.WithDefaults()
	ctx, cancel := context.WithTimeout(context.Background(), lim.Time)
	defer cancel()
	raw, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), configuration(lim))
	if err != nil {
		return nil, openError(err)
	}
	f := &File{
		ops:     operators(),
		objects: objects{table: raw.XRefTable, size: int64(len(data)), lim: lim},
		fonts:   map[int]*font{}, forms: map[int]*form{}, noted: map[string]bool{},
	}
	if err := f.findPages(); err != nil {
		return nil, err
	}
	if raw.Info != nil {
		f.title = strings.TrimSpace(textString(f.str(f.dict(*raw.Info)["Title"])))
	}
	return f, nil
}

// configuration is made by hand, so that pdfcpu looks for no configuration
// folder; it writes nothing, and nothing is verified over the network.
func configuration(lim document.Limits) *model.Configuration {
	limits := model.DefaultResourceLimits()
	limits.MaxStreamBytes = min(limits.MaxStreamBytes, lim.FileBytes)
	limits.MaxDecodeBytes = min(limits.MaxDecodeBytes, lim.ExpandedBytes)
	return &model.Configuration{
		Reader15:       true,
		ValidationMode: model.ValidationRelaxed,
		Eol:            types.EolLF,
		Offline:        true,
		Cmd:            model.EXTRACTCONTENT,
		Limits:         limits,
	}
}

// openError turns pdfcpu's errors into those of package document.
func openError(err error) error {
	cause := document.ErrMalformed
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		cause = document.ErrTimeLimit
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrEncrypted),
		errors.Is(err, pdfcpu.ErrOwnerPasswordRequired), errors.Is(err, pdfcpu.ErrPermissionDenied),
		errors.Is(err, pdfcpu.ErrUnsupportedEncryptionFeature):
		cause = document.ErrEncrypted
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the file ends too early: %w", cause)
	}
	return fmt.Errorf("%s: %w", strings.ToValidUTF8(err.Error(), "\uFFFD"), cause)
}

// Pages is the number of pages.
func (f *File) Pages() int { return len(f.pages) }

// Title is the title in the document information, "" if there is none.
func (f *File) Title() string { return f.title }

// Notes are what was guessed or lost in the pages read so far, each once; none
// has a place but the page.
func (f *File) Notes() []document.Note { return slices.Clone(f.notes) }

// note records something once for a file.
func (f *File) note(pageNo int, code, message string) {
	if key := code + "\x00" + message; !f.noted[key] {
		f.noted[key] = true
		at := document.Nowhere
		at.Page = pageNo
		f.notes = append(f.notes, document.Note{At: at, Code: code, Message: message})
	}
}

// Page reads a page, numbered from 1. A page whose content is broken is
// returned as far as it could be read, with Damaged set; the error is the
// context's, or wraps ErrTooLarge where the content unpacks to more than the
// limits allow, or ErrMalformed where there is no such page.
func (f *File) Page(ctx context.Context, n int) (*page.Page, error) {
	if n < 1 || n > len(f.pages) {
		return nil, fmt.Errorf("page %d of %d: %w", n, len(f.pages), document.ErrMalformed)
	}
	l := f.pages[n-1]
	p := &page.Page{Number: n}
	base := l.geometry(p)
	data, err := f.contents(l.dict["Contents"], p)
	if err != nil {
		return nil, err
	}
	p.Glyphs = make([]page.Glyph, 0, min(len(data)/bytesPerGlyph, 1<<14))
	in := newInterpreter(ctx, f, p)
	in.start(base)
	if err := in.run(data, f.resources(l.resources)); err != nil {
		return nil, err
	}
	in.start(base)
	if err := in.annotations(l.dict["Annots"]); err != nil {
		return nil, err
	}
	in.finish()
	return p, nil
}

// bytesPerGlyph is about how much content paints a glyph: measured, 15 to 40
// bytes of it on pages of text.
const bytesPerGlyph = 32

// contents joins the content streams of a page, each followed by a line end,
// since no token goes over the end of a stream.
func (f *File) contents(o types.Object, p *page.Page) ([]byte, error) {
	o = f.resolve(o)
	list, many := o.(types.Array)
	if !many {
		return f.contentStream(o, p)
	}
	var all []byte
	for _, part := range list {
		data, err := f.contentStream(f.resolve(part), p)
		if err != nil {
			return nil, err
		}
		all = append(append(all, data...), '\n')
	}
	return all, nil
}

func (f *File) contentStream(o types.Object, p *page.Page) ([]byte, error) {
	sd, ok := o.(types.StreamDict)
	if !ok {
		p.Damaged = p.Damaged || o != nil
		return nil, nil
	}
	data, whole, err := f.decode(&sd)
	p.Damaged = p.Damaged || !whole
	return data, err
}
