package docx

import (
	"archive/zip"
	"context"
	"errors"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"yusuan/extract/document"
)

// FuzzRead reads packages whose parts are the input: whatever they hold, the
// reader neither panics nor breaks the contract of the document model.
func FuzzRead(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no golden cases (%v)", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		files := map[string][]byte{}
		for _, file := range archive.Files {
			files[file.Name] = file.Data
		}
		all := parts(files)
		f.Add(all["word/document.xml"], all["word/styles.xml"], all["word/numbering.xml"], all["word/footnotes.xml"])
	}
	lim := document.Limits{TableCells: 2000, XMLDepth: 100, ExpandedBytes: 1 << 20}
	f.Fuzz(func(t *testing.T, main, styles, numbering, footnotes []byte) {
		all := map[string][]byte{"word/document.xml": main}
		for name, data := range map[string][]byte{"word/styles.xml": styles, "word/numbering.xml": numbering, "word/footnotes.xml": footnotes} {
			if len(data) > 0 {
				all[name] = data
			}
		}
		d, err := Reader{}.Read(context.Background(), packAs(zip.Store, all), lim)
		if err != nil {
			if !errors.Is(err, document.ErrMalformed) && !errors.Is(err, document.ErrTooLarge) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		check(t, d, lim)
	})
}

// FuzzFile reads bytes as they are: the zip package and its parts' names.
func FuzzFile(f *testing.F) {
	f.Add(pack(map[string][]byte{"word/document.xml": body(onePara)}))
	f.Add(packAs(zip.Store, map[string][]byte{"word/document.xml": body(onePara)}))
	f.Add(pack(map[string][]byte{"_rels/.rels": relationships("")}))
	lim := document.Limits{TableCells: 2000, XMLDepth: 100, ExpandedBytes: 1 << 20}
	f.Fuzz(func(t *testing.T, file []byte) {
		Reader{}.Detect(file)
		d, err := Reader{}.Read(context.Background(), file, lim)
		if err == nil {
			check(t, d, lim)
		}
	})
}
