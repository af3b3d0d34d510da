package render

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"yusuan/extract/document"
)

// The shape of the JSON. Fields that do not apply are left out; new fields may
// be added, the ones here do not change.

type sourceJSON struct {
	Name   string `json:"name"`
	Format string `json:"format"`
	Reader string `json:"reader"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Pages  int    `json:"pages,omitempty"`
	Title  string `json:"title,omitempty"`
}

type paragraphJSON struct {
	Type  string      `json:"type"` // "paragraph"
	Page  int         `json:"page,omitempty"`
	Box   *[4]float32 `json:"box,omitempty"` // left, top, right, bottom in points
	Role  string      `json:"role,omitempty"`
	Level int         `json:"level,omitempty"`
	Label string      `json:"label,omitempty"`
	Text  string      `json:"text"`
}

type tableJSON struct {
	Type     string      `json:"type"` // "table"
	Page     int         `json:"page,omitempty"`
	LastPage int         `json:"last_page,omitempty"`
	Box      *[4]float32 `json:"box,omitempty"`
	Rows     int         `json:"rows"`
	Cols     int         `json:"cols"`
	Outer    *int        `json:"outer,omitempty"` // index of the block around it
	Cells    []cellJSON  `json:"cells"`
}

type cellJSON struct {
	Row     int         `json:"row"`
	Col     int         `json:"col"`
	RowSpan int         `json:"row_span"`
	ColSpan int         `json:"col_span"`
	Page    int         `json:"page,omitempty"`
	Box     *[4]float32 `json:"box,omitempty"`
	Text    string      `json:"text"`
}

type noteJSON struct {
	Page    int    `json:"page,omitempty"`
	Block   *int   `json:"block,omitempty"`
	Row     *int   `json:"row,omitempty"`
	Col     *int   `json:"col,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// JSON writes the document as one object with source, blocks and notes; a block
// and a note is a line, so that two documents can be compared line by line.
//
//	{"source": {"name": …, "format": …, "reader": …, "sha256": …, "bytes": …},
//	"blocks": [
//	{"type": "paragraph", "level": 1, "label": "一、", "text": …},
//	{"type": "table", "rows": 2, "cols": 3, "cells": [{"row": 0, "col": 0, "row_span": 1, "col_span": 3, "text": …}, …]}
//	],
//	"notes": [
//	{"block": 1, "code": …, "message": …}
//	]}
//
// Numbers of blocks, rows and columns begin at 0, of pages at 1. The index of a
// block is its block_no in the dataset.
func JSON(w io.Writer, d *document.Document) error {
	j := &lineWriter{w: bufio.NewWriter(w)}
	s := d.Source
	j.raw(`{"source": `)
	j.value(sourceJSON{s.Name, s.Format, s.Reader, s.SHA256, s.Bytes, s.Pages, s.Title})
	j.raw(",\n\"blocks\": [")
	for i, block := range d.Blocks {
		j.item(i)
		switch x := block.(type) {
		case *document.Paragraph:
			j.value(paragraphJSON{"paragraph", x.Place.Page, boxOf(x.Place), x.Role, x.Level, x.Label, x.Text})
		case *document.Table:
			j.value(tableOf(x))
		default:
			j.fail(fmt.Errorf("render: block %d is a %T", i, block))
		}
	}
	j.raw("\n],\n\"notes\": [")
	for i, n := range d.Notes {
		j.item(i)
		j.value(noteJSON{n.At.Page, known(n.At.Block), known(n.At.Row), known(n.At.Col), n.Code, n.Message})
	}
	j.raw("\n]}\n")
	if j.err != nil {
		return j.err
	}
	return j.w.Flush()
}

func tableOf(t *document.Table) tableJSON {
	out := tableJSON{Type: "table", Page: t.Place.Page, LastPage: t.LastPage, Box: boxOf(t.Place),
		Rows: t.Rows, Cols: t.Cols, Outer: known(t.Outer), Cells: make([]cellJSON, len(t.Cells))}
	for i, c := range t.Cells {
		out.Cells[i] = cellJSON{c.Row, c.Col, c.RowSpan, c.ColSpan, c.Place.Page, boxOf(c.Place), c.Text}
	}
	return out
}

func boxOf(p document.Place) *[4]float32 {
	if p.Box.IsZero() {
		return nil
	}
	return &[4]float32{p.Box.X0, p.Box.Y0, p.Box.X1, p.Box.Y1}
}

// known returns nil for an index that does not apply.
func known(i int) *int {
	if i < 0 {
		return nil
	}
	return &i
}

// lineWriter writes JSON and remembers the first error.
type lineWriter struct {
	w   *bufio.Writer
	err error
}

func (j *lineWriter) fail(err error) {
	if j.err == nil {
		j.err = err
	}
}

func (j *lineWriter) raw(s string) {
	if _, err := j.w.WriteString(s); err != nil {
		j.fail(err)
	}
}

// item begins the i-th line of a list.
func (j *lineWriter) item(i int) {
	if i > 0 {
		j.raw(",")
	}
	j.raw("\n")
}

// value writes a value on one line; "<" stays readable, this is no HTML.
func (j *lineWriter) value(v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		j.fail(err)
		return
	}
	j.raw(string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))))
}
