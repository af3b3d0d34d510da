package doc

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"yusuan/extract/document"
)

// seeds calls do with every small document there is: those of the golden cases
// and, where they are, real ones.
func seeds(f *testing.F, do func(data []byte)) {
	const small = 64 << 10
	for _, data := range goldenFiles(f) {
		do(data)
	}
	for _, pattern := range []string{"word/tika/*.doc", "word/*.doc", "word/edge/*.doc"} {
		paths, err := filepath.Glob(shared(pattern))
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			if data, err := os.ReadFile(path); err == nil && len(data) <= small && (Reader{}).Detect(data) {
				do(data)
			}
		}
	}
}

// memory is a file whose streams are given.
type memory map[string][]byte

func (m memory) stream(name string) ([]byte, bool) {
	data, ok := m[name]
	return data, ok
}

// FuzzRead reads streams as they are: whatever they hold, the reader neither
// panics nor breaks the contract of the document model.
func FuzzRead(f *testing.F) {
	seeds(f, func(data []byte) {
		c, err := openContainer(data)
		if err != nil {
			return
		}
		word, _ := c.stream(wordStream)
		table, _ := c.stream("1Table")
		if len(table) == 0 {
			table, _ = c.stream("0Table")
		}
		more, _ := c.stream("Data")
		info, _ := c.stream("SummaryInformation")
		f.Add(word, table, more, info)
	})
	lim := document.Limits{TableCells: 2000}
	f.Fuzz(func(t *testing.T, word, table, data, info []byte) {
		file := memory{wordStream: word, "1Table": table, "0Table": table, "Data": data, "SummaryInformation": info}
		d, err := read(context.Background(), file, lim)
		if err != nil {
			if code := document.Code(err); code != "malformed" && code != "too_large" && code != "encrypted" && code != "unsupported_format" {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		checkModel(t, d, len(word), lim)
	})
}

// FuzzFile reads bytes as they are: the compound file.
func FuzzFile(f *testing.F) {
	seeds(f, func(data []byte) { f.Add(data) })
	lim := document.Limits{TableCells: 2000}
	f.Fuzz(func(t *testing.T, file []byte) {
		Reader{}.Detect(file)
		d, err := Reader{}.Read(context.Background(), file, lim)
		if err == nil {
			checkModel(t, d, len(file), lim)
		} else if errors.Is(err, document.ErrCrashed) {
			t.Error(err)
		}
	})
}

// checkModel fails where a document breaks the model or is out of proportion to
// the file that it was read from.
func checkModel(t *testing.T, d *document.Document, size int, lim document.Limits) {
	t.Helper()
	if err := document.Check(d); err != nil {
		t.Error(err)
	}
	// Each byte of the stream is read once for each cell around it, labels
	// aside; a note quotes no more than its limit or what is left out.
	const most = 4 * (maxDepth + 1)
	if kinds := 64; len(d.Notes) > kinds*(maxNotes+1) || len(d.Blocks) > 2*(size+1) {
		t.Errorf("%d notes and %d blocks from %d bytes", len(d.Notes), len(d.Blocks), size)
	}
	text := 0
	for _, n := range d.Notes {
		text += len(n.Message)
	}
	if text > most*size+64*maxNotes*500 {
		t.Errorf("%d bytes of notes from %d bytes", text, size)
	}
	text = 0
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case *document.Paragraph:
			text += len(b.Text)
		case *document.Table:
			if b.Rows < 1 || b.Cols < 1 || b.Rows*b.Cols > lim.WithDefaults().TableCells*gridSlack {
				t.Errorf("a table of %d x %d", b.Rows, b.Cols)
			}
			for _, c := range b.Cells {
				text += len(c.Text)
			}
		}
	}
	if text > most*size+1<<16 {
		t.Errorf("%d bytes of text from %d bytes", text, size)
	}
}
