package pdf

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yusuan/extract/document"
)

// corpus is the folder of the real documents, which are not part of the
// repository.
func corpus(t testing.TB, elements ...string) string {
	root := os.Getenv("YUSUAN_CORPUS")
	if root == "" {
		root = "../../../shared/corpus"
	}
	path := filepath.Join(append([]string{root}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not here: the real documents are kept outside the repository", path)
	}
	return path
}

// TestCorpus reads every PDF of the corpus: none may panic or hang, an error
// wraps a sentinel, and a document keeps the promises of its model.
func TestCorpus(t *testing.T) {
	root := corpus(t)
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(strings.ToLower(path), ".pdf") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(context.Background(), document.DefaultTime)
		defer cancel()
		start := time.Now()
		doc, err := Reader{}.Read(ctx, data, document.Limits{})
		name, _ := filepath.Rel(root, path)
		switch {
		case ctx.Err() != nil:
			t.Errorf("%s took longer than %v", name, document.DefaultTime)
		case err != nil:
			t.Logf("%s: %s: %v", name, document.Code(err), err)
		default:
			if err := document.Check(doc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			t.Logf("%s: %d pages, %d blocks, %v", name, doc.Source.Pages, len(doc.Blocks), time.Since(start).Round(time.Millisecond))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
