// Package text reads disclosures that come as plain text.
//
// Most of them were Word files once: Apache Tika writes every table cell of a
// .doc as a line that begins with a TAB, and this package inverts that exactly
// (cells.go). Text that was copied from a spreadsheet has TABs between the
// cells of a line (columns.go), text that was made from a web page or Markdown
// has vertical bars (pipes.go). Which notation a file uses is seen from its
// content, as is its encoding (decode.go): UTF-8, UTF-16 and GB18030 with its
// subsets GBK and GB 2312 are read.
//
// None of these notations says how many rows and columns a cell spans. What
// the lengths of the rows prove is restored (spans.go), the rest is noted.
package text

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
)

// version changes whenever the same bytes may give another document.
const version = "text/1"

// Reader reads plain text. It keeps no state and may be used concurrently.
type Reader struct{}

// Format returns "text".
func (Reader) Format() string { return "text" }

// sampleBytes is how much of a file Detect looks at.
const sampleBytes = 64 << 10

// Shares of a sample above which it is not text: control characters, which
// text has none of but for what Word leaves (cell and field marks), and bytes
// that no encoding explains.
const (
	maxControlShare = 0.01
	maxBadShare     = 0.05
)

// Detect tells whether the bytes are text in an encoding that Read knows. An
// empty file is an empty text. Markup is text too: a caller that wants to tell
// HTML or RTF apart asks for them first.
func (Reader) Detect(data []byte) bool {
	sample := data
	if len(sample) > sampleBytes {
		sample = sample[:sampleBytes]
	}
	enc, ok := guess(sample)
	if !ok {
		return false
	}
	text, bad := enc.decode(sample)
	if len(sample) < len(data) && bad > 0 {
		bad-- // the sample may end inside a character
	}
	runes := float64(utf8.RuneCountInString(text))
	_, controls := clean(text)
	return float64(controls) <= maxControlShare*runes && float64(bad) <= maxBadShare*runes
}

// Read reads the text. The error wraps document.ErrNoText where there is
// nothing but blanks, document.ErrMalformed where the bytes are no text, and
// document.ErrTooLarge where a table is larger than the limits allow.
func (Reader) Read(ctx context.Context, data []byte, lim document.Limits) (*document.Document, error) {
	lim = lim.WithDefaults()
	enc, ok := guess(data)
	if !ok {
		return nil, fmt.Errorf("zero bytes that are not UTF-16: %w", document.ErrMalformed)
	}
	raw, bad := enc.decode(data)
	text, controls := clean(raw)
	if strings.TrimSpace(text) == "" {
		return nil, fmt.Errorf("the file has no characters but blanks: %w", document.ErrNoText)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := &builder{limits: lim, doc: &document.Document{}}
	b.doc.Source.Format, b.doc.Source.Reader = "text", version
	b.breaks = strings.Contains(text, "\v") || strings.Contains(text, "\u2028")
	for i, p := range cut(text) {
		if i%ctxEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := b.add(p); err != nil {
			return nil, err
		}
	}
	if len(b.doc.Blocks) == 0 {
		return nil, fmt.Errorf("the file has nothing but the instructions of fields: %w", document.ErrNoText)
	}
	b.noteFields()
	b.noteLosses(enc, bad, controls, strings.Count(raw, replacement)-bad)
	return b.doc, nil
}

// ctxEvery is after how many blocks the context is looked at.
const ctxEvery = 256

// piece is a paragraph or a table as a notation's reader cut it out.
type piece struct {
	// text is the paragraph, where rows is nil.
	text string
	// rows are the cells of a table, row by row, as many as the text shows.
	rows [][]string
	// exact tells that the rows hold a cell for every cell of the original,
	// so that their lengths prove spans.
	exact   bool
	remarks []remark
}

// remark is a note on a piece before its block number is known; row -1 is the
// whole piece.
type remark struct {
	row           int
	code, message string
}

// cut divides the lines into paragraphs and tables, by the notation that they
// use.
func cut(text string) []piece {
	lines := splitLines(text)
	if usesCells(lines) {
		if out, ok := cutCells(text, lines); ok {
			return out
		}
	}
	return cutMarked(lines)
}

// cutMarked cuts text whose tables are marked inside their lines, by vertical
// bars or by TABs.
func cutMarked(lines []string) []piece {
	var out []piece
	lines = foldPipes(lines)
	for i := 0; i < len(lines); {
		if p, n, ok := cutPipes(lines[i:]); ok {
			out = append(out, p)
			i += n
			continue
		}
		if pieces, n := cutColumns(lines[i:]); n > 0 {
			out = append(out, pieces...)
			i += n
			continue
		}
		out = append(out, piece{text: lines[i]})
		i++
	}
	return out
}

// builder makes blocks of pieces.
type builder struct {
	limits document.Limits
	doc    *document.Document
	fields fieldCounts
	// breaks tells that the text has line breaks inside paragraphs.
	breaks bool
}

func (b *builder) add(p piece) error {
	if p.rows == nil {
		for _, r := range p.remarks {
			b.note(document.AtBlock(len(b.doc.Blocks)), r.code, r.message)
		}
		b.paragraph(p.text)
		return nil
	}
	return b.table(p)
}

// paragraph adds a paragraph unless it is blank: in the text as on the page a
// blank line is only distance.
func (b *builder) paragraph(text string) {
	at := document.AtBlock(len(b.doc.Blocks))
	text, level := b.fields.heading(text, at)
	text = b.lineBreaks(b.fields.remove(text, at))
	if strings.TrimSpace(text) == "" {
		return
	}
	b.doc.Blocks = append(b.doc.Blocks, &document.Paragraph{Level: level, Text: text})
}

func (b *builder) table(p piece) error {
	at := len(b.doc.Blocks)
	cols := 0
	for r, row := range p.rows {
		cols = max(cols, len(row))
		for c := range row {
			row[c] = b.lineBreaks(b.fields.remove(row[c], document.AtCell(at, r, c)))
		}
	}
	if len(p.rows)*cols > b.limits.TableCells {
		return &document.Error{At: document.AtBlock(at), Err: fmt.Errorf("table of %d x %d cells, the limit is %d: %w",
			len(p.rows), cols, b.limits.TableCells, document.ErrTooLarge)}
	}
	t, unknown := layOut(p.rows, p.exact)
	b.doc.Blocks = append(b.doc.Blocks, t)
	for _, r := range p.remarks {
		pos := document.AtBlock(at)
		pos.Row = r.row
		b.note(pos, r.code, r.message)
	}
	if len(unknown) > 0 {
		b.note(document.AtBlock(at), "text.spans_unknown", fmt.Sprintf(
			"%d of %d rows have fewer than %d cells and nothing shows which of them span columns; their cells stand at the first columns (%s)",
			len(unknown), t.Rows, t.Cols, rowList(unknown)))
	}
	return nil
}

func (b *builder) note(at document.Position, code, message string) {
	b.doc.Notes = append(b.doc.Notes, document.Note{At: at, Code: code, Message: message})
}

// lineBreaks turns the line breaks that stand inside a paragraph into "\n".
func (b *builder) lineBreaks(s string) string {
	if !b.breaks {
		return s
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(softBreaks, r) {
			return '\n'
		}
		return r
	}, s)
}

// rowsNamed is how many row numbers a note spells out.
const rowsNamed = 8

// rowList names rows for a person, counted from 1.
func rowList(rows []int) string {
	var s strings.Builder
	s.WriteString("row")
	for i, r := range rows {
		if i == rowsNamed {
			fmt.Fprintf(&s, " and %d more", len(rows)-i)
			break
		}
		fmt.Fprintf(&s, " %d", r+1)
	}
	return s.String()
}
