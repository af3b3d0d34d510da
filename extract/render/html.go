package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"path"
	"sync"

	"yusuan/extract/document"
)

//go:embed page.html
var pageSource string

// page is the template; html/template escapes everything that is put in, as
// the text of a document may be anything.
var page = sync.OnceValues(func() (*template.Template, error) {
	return template.New("page").Parse(pageSource)
})

// pageData is what the template shows.
type pageData struct {
	Title  string
	Source document.Source
	Tables int
	Blocks []blockHTML
	Notes  []noteHTML
}

// blockHTML is a paragraph, or a table if Rows is set.
type blockHTML struct {
	No          int
	Page        int
	Level       int // of the HTML heading, 0 for other paragraphs
	Role        string
	Label, Text string
	IsTable     bool
	Size        string
	Outer       int // -1 for tables that are not nested
	Rows        [][]cellHTML
}

type cellHTML struct {
	RowSpan, ColSpan int
	Text             string
	Number, Missing  bool
}

type noteHTML struct {
	Block             int // -1 for the whole document
	At, Code, Message string
}

// htmlLevel is the level of the HTML heading for level 1 of the document: the
// page's own title is h1.
const (
	htmlLevel  = 2
	htmlLevels = 6
)

// HTML writes the document as one page that needs nothing else: no script, no
// font, no picture. Merged cells span, places of the grid that have no cell are
// hatched, every block has its number as an anchor ("#b12"), headings are
// listed on top, and the notes at the end link to their blocks.
func HTML(w io.Writer, d *document.Document) error {
	t, err := page()
	if err != nil {
		return fmt.Errorf("render: %w", err)
	}
	data := pageData{Title: path.Base(d.Source.Name), Source: d.Source}
	if d.Source.Name == "" {
		data.Title = "document"
	}
	for i, block := range d.Blocks {
		switch x := block.(type) {
		case *document.Paragraph:
			b := blockHTML{No: i, Page: x.Place.Page, Role: x.Role, Label: x.Label, Text: x.Text}
			if x.Level > 0 {
				b.Level = min(x.Level+htmlLevel-1, htmlLevels)
			}
			data.Blocks = append(data.Blocks, b)
		case *document.Table:
			data.Tables++
			data.Blocks = append(data.Blocks, blockHTML{No: i, Page: x.Place.Page, IsTable: true, Outer: x.Outer,
				Size: fmt.Sprintf("%d × %d", x.Rows, x.Cols), Rows: rowsOf(x)})
		default:
			return fmt.Errorf("render: block %d is a %T", i, block)
		}
	}
	for _, n := range d.Notes {
		data.Notes = append(data.Notes, noteHTML{n.At.Block, n.At.String(), n.Code, n.Message})
	}
	return t.Execute(w, data)
}

// rowsOf returns the cells that begin in each row, and a missing cell for every
// place without one.
func rowsOf(t *document.Table) [][]cellHTML {
	out := make([][]cellHTML, t.Rows)
	for r, row := range grid(t) {
		for _, p := range row {
			switch {
			case p.cell != nil:
				out[r] = append(out[r], cellHTML{RowSpan: p.cell.RowSpan, ColSpan: p.cell.ColSpan,
					Text: p.cell.Text, Number: isNumber(p.cell.Text)})
			case !p.covered:
				out[r] = append(out[r], cellHTML{RowSpan: 1, ColSpan: 1, Missing: true})
			}
		}
	}
	return out
}
