package docx

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/golden"
)

// TestGolden runs the cases of testdata. A case holds the parts of a package;
// a file "body" stands for a main part with nothing else around it.
func TestGolden(t *testing.T) {
	golden.Run(t, "testdata", func(t *testing.T, files map[string][]byte) []byte {
		data := pack(parts(files))
		d, err := Reader{}.Read(context.Background(), data, document.Limits{})
		if err != nil {
			return fmt.Appendf(nil, "error %s: %v\n", document.Code(err), err)
		}
		check(t, d, document.Limits{})
		var out bytes.Buffer
		if d.Source.Title != "" {
			fmt.Fprintf(&out, "title %q\n", d.Source.Title)
		}
		if err := document.Dump(&out, d); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	})
}

// parts replaces the short form of the main part by the whole.
func parts(files map[string][]byte) map[string][]byte {
	if blocks, ok := files["body"]; ok {
		files["word/document.xml"] = body(string(blocks))
		delete(files, "body")
	}
	return files
}
