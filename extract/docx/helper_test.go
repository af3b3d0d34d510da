package docx

import (
	"archive/zip"
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/extract/document"
)

const (
	wordNS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// shared is a file of the documents that are kept beside the repository.
func shared(name string) string {
	return filepath.Join("..", "..", "..", "shared", "corpus", filepath.FromSlash(name))
}

// pack zips the parts of a package. What a case leaves out because it is the
// same everywhere is added: the relationships of the package, and of the main
// part to whatever parts there are.
func pack(parts map[string][]byte) []byte { return packAs(zip.Deflate, parts) }

func packAs(method uint16, parts map[string][]byte) []byte {
	all := map[string][]byte{}
	for name, data := range parts {
		all[name] = data
	}
	if all["_rels/.rels"] == nil {
		rels := relationship("officeDocument", "word/document.xml")
		if all["docProps/core.xml"] != nil {
			rels += relationship("metadata/core-properties", "docProps/core.xml")
		}
		all["_rels/.rels"] = relationships(rels)
	}
	if all["word/_rels/document.xml.rels"] == nil {
		rels := ""
		for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes", "header", "comments"} {
			if all["word/"+kind+".xml"] != nil {
				rels += relationship(kind, kind+".xml")
			}
		}
		all["word/_rels/document.xml.rels"] = relationships(rels)
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = w.Write(all[name])
		}
		if err != nil {
			panic(err) // a bytes.Buffer does not fail
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func relationship(kind, target string) string {
	return `<Relationship Id="r` + strings.ReplaceAll(target, "/", "") + `" Type="` + relNS + "/" + kind + `" Target="` + target + `"/>`
}

func relationships(list string) []byte {
	return []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`)
}

// body wraps block-level XML in a main part.
func body(blocks string) []byte {
	return []byte(`<w:document xmlns:w="` + wordNS + `" xmlns:r="` + relNS + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + blocks + `</w:body></w:document>`)
}

// check fails on everything that the document model does not allow.
func check(t *testing.T, d *document.Document, lim document.Limits) {
	t.Helper()
	lim = lim.WithDefaults()
	text := func(s string) {
		if !utf8.ValidString(s) {
			t.Errorf("text %q is no UTF-8", s)
		}
	}
	for i, b := range d.Blocks {
		switch b := b.(type) {
		case *document.Paragraph:
			text(b.Text)
			text(b.Label)
			if b.Text == "" && b.Label == "" || b.Level < 0 || b.Level > 9 {
				t.Errorf("block %d is %+v", i, b)
			}
		case *document.Table:
			checkTable(t, d, i, lim)
			for _, c := range b.Cells {
				text(c.Text)
			}
		}
	}
	for _, n := range d.Notes {
		text(n.Message)
		if n.At.Block >= len(d.Blocks) || n.Code == "" || n.Message == "" {
			t.Errorf("note %+v with %d blocks", n, len(d.Blocks))
		}
	}
}

func checkTable(t *testing.T, d *document.Document, block int, lim document.Limits) {
	t.Helper()
	table := d.Blocks[block].(*document.Table)
	if table.Outer >= block || table.Outer < -1 {
		t.Errorf("table %d is nested in block %d", block, table.Outer)
	}
	if table.Outer >= 0 {
		if _, ok := d.Blocks[table.Outer].(*document.Table); !ok {
			t.Errorf("table %d is nested in block %d, which is no table", block, table.Outer)
		}
	}
	if table.Rows < 1 || table.Cols < 1 || len(table.Cells) > lim.TableCells {
		t.Fatalf("table %d has %d rows, %d columns, %d cells", block, table.Rows, table.Cols, len(table.Cells))
	}
	covered := make([]bool, table.Rows*table.Cols)
	for i, c := range table.Cells {
		if c.Row < 0 || c.Col < 0 || c.RowSpan < 1 || c.ColSpan < 1 || c.Row+c.RowSpan > table.Rows || c.Col+c.ColSpan > table.Cols {
			t.Fatalf("table %d of %dx%d has the cell %+v", block, table.Rows, table.Cols, c)
		}
		if i > 0 && (c.Row < table.Cells[i-1].Row || c.Row == table.Cells[i-1].Row && c.Col <= table.Cells[i-1].Col) {
			t.Errorf("table %d: cell %+v is out of order", block, c)
		}
		for row := c.Row; row < c.Row+c.RowSpan; row++ {
			for col := c.Col; col < c.Col+c.ColSpan; col++ {
				if covered[row*table.Cols+col] {
					t.Errorf("table %d: cell %+v overlaps another", block, c)
				}
				covered[row*table.Cols+col] = true
			}
		}
	}
}
