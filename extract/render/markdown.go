package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"yusuan/extract/document"
)

// markdownLevels is how deep headings of Markdown go; deeper ones are as deep.
const markdownLevels = 6

// Markdown writes the document in GitHub's Markdown: headings, paragraphs,
// tables with the first row as the header, and the notes at the end.
//
// A merged cell stands at its top left and the places that it covers are
// blank: repeated, an amount would be there twice. A line break in a cell or
// paragraph is <br>, a bar is escaped, and so is everything that Markdown or
// HTML would take for its own. Blanks at the beginning of a paragraph are left
// out, since they would make it code.
func Markdown(w io.Writer, d *document.Document) error {
	b := bufio.NewWriter(w)
	for i, block := range d.Blocks {
		switch x := block.(type) {
		case *document.Paragraph:
			markdownParagraph(b, x)
		case *document.Table:
			if x.Outer >= 0 {
				fmt.Fprintf(b, "*table inside a cell of block %d:*\n\n", x.Outer)
			}
			markdownTable(b, x)
		default:
			return fmt.Errorf("render: block %d is a %T", i, block)
		}
	}
	if len(d.Notes) > 0 {
		fmt.Fprint(b, "---\n\nNotes:\n\n")
	}
	for _, n := range d.Notes {
		at := n.At.String()
		if at != "" {
			at += " "
		}
		fmt.Fprintf(b, "- %s`%s` %s\n", at, n.Code, markdownText(n.Message))
	}
	return b.Flush()
}

func markdownParagraph(w io.Writer, p *document.Paragraph) {
	text := markdownText(strings.TrimLeft(p.Label+p.Text, " \t\n"))
	if text == "" {
		return
	}
	if p.Level > 0 {
		text = strings.Repeat("#", min(p.Level, markdownLevels)) + " " + text
	} else {
		text = markdownStart(text)
	}
	if p.Role != "" {
		text = "*" + p.Role + ":* " + text
	}
	fmt.Fprintf(w, "%s\n\n", text)
}

func markdownTable(w io.Writer, t *document.Table) {
	for r, row := range grid(t) {
		for _, p := range row {
			text := ""
			if p.cell != nil {
				text = markdownText(p.cell.Text)
			}
			fmt.Fprintf(w, "| %s ", text)
		}
		fmt.Fprintln(w, "|")
		if r == 0 {
			fmt.Fprintln(w, strings.Repeat("| --- ", t.Cols)+"|")
		}
	}
	fmt.Fprintln(w)
}

// markdownText escapes what is markup in running text.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimRight(s, " \n") {
		switch r {
		case '\n':
			b.WriteString("<br>")
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '\t':
			b.WriteByte(' ')
		case '\\', '`', '*', '_', '[', ']', '|', '~', '$':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// markdownStart escapes what is markup only at the beginning of a line: marks
// of headings, quotations, rules and lists, and the point of a numbered list.
func markdownStart(s string) string {
	if s == "" {
		return s
	}
	if strings.ContainsRune("#>+-=", rune(s[0])) {
		return `\` + s
	}
	rest := strings.TrimLeft(s, "0123456789")
	if len(rest) < len(s) && rest != "" && (rest[0] == '.' || rest[0] == ')') {
		return s[:len(s)-len(rest)] + `\` + rest
	}
	return s
}
