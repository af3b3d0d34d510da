package document

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// Dump writes the document in the form that all golden cases and
// `yusuan extract --dump` use: one line per block and per cell, notes last.
// Text is quoted as in Go, so that blanks and line breaks are visible.
//
//	p 0 h1 label="一、" "收入说明"
//	t 1 2x3
//	  r0c0 1x2 "项目"
//	n b1 text.spans_unknown "…"
func Dump(w io.Writer, d *Document) error {
	b := bufio.NewWriter(w)
	for i, block := range d.Blocks {
		switch x := block.(type) {
		case *Paragraph:
			dumpParagraph(b, i, x)
		case *Table:
			dumpTable(b, i, x)
		}
	}
	for _, n := range d.Notes {
		at := n.At.String()
		if at == "" {
			at = "-"
		}
		fmt.Fprintf(b, "n %s %s %s\n", at, n.Code, strconv.Quote(n.Message))
	}
	return b.Flush()
}

func dumpParagraph(w io.Writer, i int, p *Paragraph) {
	fmt.Fprintf(w, "p %d%s", i, dumpPage(p.Place))
	if p.Level > 0 {
		fmt.Fprintf(w, " h%d", p.Level)
	}
	if p.Role != "" {
		fmt.Fprintf(w, " %s", p.Role)
	}
	if p.Label != "" {
		fmt.Fprintf(w, " label=%s", strconv.Quote(p.Label))
	}
	fmt.Fprintf(w, " %s\n", strconv.Quote(p.Text))
}

func dumpTable(w io.Writer, i int, t *Table) {
	fmt.Fprintf(w, "t %d%s %dx%d", i, dumpPage(t.Place), t.Rows, t.Cols)
	if t.Outer >= 0 {
		fmt.Fprintf(w, " in=%d", t.Outer)
	}
	fmt.Fprintln(w)
	for _, c := range t.Cells {
		fmt.Fprintf(w, "  r%dc%d", c.Row, c.Col)
		if c.RowSpan > 1 || c.ColSpan > 1 {
			fmt.Fprintf(w, " %dx%d", c.RowSpan, c.ColSpan)
		}
		fmt.Fprintf(w, " %s\n", strconv.Quote(c.Text))
	}
}

func dumpPage(p Place) string {
	if p.Page == 0 {
		return ""
	}
	return fmt.Sprintf(" p%d", p.Page)
}
