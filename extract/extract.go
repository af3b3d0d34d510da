package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"strings"

	"yusuan/extract/doc"
	"yusuan/extract/document"
	"yusuan/extract/docx"
	"yusuan/extract/pdf"
	"yusuan/extract/text"
)

// reader reads one format.
//
// Format names it, as in Source.Format. Detect looks at the bytes and at
// nothing else; it is cheap and may be wrong about damaged files. Read gets the
// whole file, keeps none of the bytes and changes none. It returns a document
// or an error, never both and never neither. It fills the blocks, the notes and
// of the source Format, Reader, Pages and Title; the rest is the door's. Its
// errors wrap a sentinel of package document, or are the context's, at which it
// looks now and then. Readers keep no state, may run concurrently, and do not
// recover: a panic is the door's to handle.
type reader interface {
	Format() string
	Detect(data []byte) bool
	Read(ctx context.Context, data []byte, lim document.Limits) (*document.Document, error)
}

// readers are all readers, in the order in which they are asked; a new format
// is a line here. Plain text has no mark of its own, so it is asked only when
// the bytes are no other format that is known (formats.go).
func readers() []reader {
	return []reader{docx.Reader{}, doc.Reader{}, pdf.Reader{}, text.Reader{}}
}

// Settings are the settings of reading. The zero value is recommended.
type Settings struct {
	// Limits bound what one document may cost; zero fields mean the defaults.
	Limits document.Limits

	// readers are asked instead of all readers, where a test says so.
	readers []reader
}

// validate tells whether the settings make sense.
func (s Settings) validate() error {
	l := s.Limits
	if l.FileBytes < 0 || l.ExpandedBytes < 0 || l.ExpandRatio < 0 || l.XMLDepth < 0 || l.TableCells < 0 || l.Pages < 0 || l.Time < 0 || l.Memory < 0 {
		return fmt.Errorf("extract: a limit is negative: %+v", l)
	}
	return nil
}

// Read reads a document with the recommended settings; see Settings.Read.
func Read(ctx context.Context, name string, data []byte) (*document.Document, error) {
	return Settings{}.Read(ctx, name, data)
}

// Read reads the document that the bytes are. The name tells people which file
// it was; the format is found in the bytes, and where the name's extension
// promises another, a note says so. The error is a *document.Error, but for
// settings that make no sense.
func (s Settings) Read(ctx context.Context, name string, data []byte) (*document.Document, error) {
	var doc *document.Document
	err := s.bounded(ctx, name, data, func(ctx context.Context, lim document.Limits) (err error) {
		doc, err = s.read(ctx, name, data, lim)
		if err == nil {
			err = document.Check(doc)
		}
		if err == nil && !hasText(doc) {
			err = fmt.Errorf("the document has no text, perhaps only pictures: %w", document.ErrNoText)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	doc.Source.Name = filepath.ToSlash(name)
	doc.Source.SHA256 = hex.EncodeToString(sum[:])
	doc.Source.Bytes = int64(len(data))
	return doc, nil
}

// DecodeText returns the characters of a text file that stands beside the
// documents, in UTF-8, UTF-16 or GB18030, without a byte order mark. It is false
// if the bytes are no text, or if any of them could not be decoded.
func DecodeText(data []byte) (string, bool) { return text.Decode(data) }

// hasText tells whether a document has anything to read: a scan in a Word file
// has not.
func hasText(doc *document.Document) bool {
	for _, block := range doc.Blocks {
		switch x := block.(type) {
		case *document.Paragraph:
			if strings.TrimSpace(x.Text) != "" {
				return true
			}
		case *document.Table:
			for _, c := range x.Cells {
				if strings.TrimSpace(c.Text) != "" {
					return true
				}
			}
		}
	}
	return false
}

// bounded does something with the bytes of a document within the limits. The
// error is a *document.Error, but for settings that make no sense.
func (s Settings) bounded(ctx context.Context, name string, data []byte, do func(context.Context, document.Limits) error) error {
	if err := s.validate(); err != nil {
		return err
	}
	lim := s.Limits.WithDefaults()
	if int64(len(data)) > lim.FileBytes {
		return positioned(name, fmt.Errorf("the file has %d bytes, the limit is %d: %w", len(data), lim.FileBytes, document.ErrTooLarge))
	}
	timed, cancel := context.WithTimeout(ctx, lim.Time)
	defer cancel()
	err := guarded(ctx, name, func() error { return do(timed, lim) })
	switch {
	case err == nil:
		return nil
	case !errors.Is(ctx.Err(), context.Canceled) && errors.Is(err, context.DeadlineExceeded):
		err = fmt.Errorf("reading took longer than %v: %w", lim.Time, document.ErrTimeLimit)
	}
	return positioned(name, err)
}

// guarded turns a panic into an error: the only recover of the program, so that
// a mistake in a reader costs only the document at hand.
func guarded(ctx context.Context, name string, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.DebugContext(ctx, "a reader panicked", "source", name, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("the reader panicked, which is a mistake of the program: %v: %w", p, document.ErrCrashed)
		}
	}()
	return do()
}

// read finds the reader and lets it read.
func (s Settings) read(ctx context.Context, name string, data []byte, lim document.Limits) (*document.Document, error) {
	r, err := find(name, data, s.all())
	if err != nil {
		return nil, err
	}
	doc, err := r.Read(ctx, data, lim)
	if err != nil {
		return nil, err
	}
	if doc == nil {
		return nil, fmt.Errorf("the reader of %s returned nothing: %w", r.Format(), document.ErrCrashed)
	}
	if promised := promise(name); promised != "" && promised != r.Format() {
		doc.Notes = append(doc.Notes, document.Note{At: document.Nowhere, Code: "extract.extension", Message: fmt.Sprintf(
			"the name ends in %s, but the file is %s; it was read as what it is", filepath.Ext(name), r.Format())})
	}
	return doc, nil
}

// all are the readers that are asked.
func (s Settings) all() []reader {
	if s.readers != nil {
		return s.readers
	}
	return readers()
}

// find returns the reader for the bytes, or says what they are instead.
func find(name string, data []byte, readers []reader) (reader, error) {
	for _, r := range readers {
		if r.Format() == plainText {
			if other, ok := recognise(data); ok {
				return nil, other.refuse(name)
			}
		}
		if r.Detect(data) {
			return r, nil
		}
	}
	return nil, format{name: "none of the formats that this program knows"}.refuse(name)
}

// positioned adds the source to an error.
func positioned(name string, err error) error {
	name = filepath.ToSlash(name)
	if e, ok := errors.AsType[*document.Error](err); ok && e.Source == "" && error(e) == err {
		return &document.Error{Source: name, At: e.At, Err: e.Err}
	}
	return &document.Error{Source: name, At: document.Nowhere, Err: err}
}
