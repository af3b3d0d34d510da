package pdf

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// TestEncodings reads the small files that each have one trait of encoding, of
// damage or of encryption, and looks for the text that they show.
func TestEncodings(t *testing.T) {
	data, err := os.ReadFile(corpus(t, "pdf", "encodings", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	for name, raw := range all {
		var lines []string
		if json.Unmarshal(raw, &lines) != nil {
			continue // a remark
		}
		data, err := os.ReadFile(corpus(t, "pdf", "encodings", name))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Reader{}.Read(context.Background(), data, document.Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got strings.Builder
		for _, b := range doc.Blocks {
			if p, ok := b.(*document.Paragraph); ok {
				got.WriteString(noBlanks(p.Text) + "\n")
			}
		}
		for _, l := range lines {
			if !strings.Contains(got.String(), noBlanks(l)) {
				t.Errorf("%s: %q is not in %q", name, l, got.String())
			}
		}
	}
}
