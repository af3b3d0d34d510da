package doc

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"yusuan/extract/doc/build"
	"yusuan/extract/document"
	"yusuan/extract/golden"
)

// TestGolden runs the cases of testdata. A case describes a file in the
// notation of package build.
func TestGolden(t *testing.T) {
	golden.Run(t, "testdata", func(t *testing.T, files map[string][]byte) []byte {
		data, err := build.Parse(files["doc"])
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if !(Reader{}).Detect(data) {
			fmt.Fprintln(&out, "not detected")
		}
		d, err := Reader{}.Read(context.Background(), data, document.Limits{})
		if err != nil {
			return fmt.Appendf(out.Bytes(), "error %s: %v\n", document.Code(err), err)
		}
		checkModel(t, d, len(data), document.Limits{})
		if d.Source.Title != "" {
			fmt.Fprintf(&out, "title %q\n", d.Source.Title)
		}
		if err := document.Dump(&out, d); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	})
}

// goldenFiles returns the files that the cases describe.
func goldenFiles(tb testing.TB) [][]byte {
	tb.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no golden cases (%v)", err)
	}
	var files [][]byte
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		for _, file := range archive.Files {
			if file.Name != "doc" {
				continue
			}
			data, err := build.Parse(file.Data)
			if err != nil {
				tb.Fatalf("%s: %v", path, err)
			}
			files = append(files, data)
		}
	}
	return files
}
