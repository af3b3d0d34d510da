package corpus

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// TestReadList reads lists with lines and with zero bytes.
func TestReadList(t *testing.T) {
	for text, want := range map[string][]string{
		"":                      nil,
		"a.txt\nb c.txt\r\n\n预": {"a.txt", "b c.txt", "预"},
		"a\nb\x00\x00c\r\x00":   {"a\nb", "c\r"},
	} {
		if got, err := ReadList(strings.NewReader(text)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// TestPatterns matches what the shell left.
func TestPatterns(t *testing.T) {
	root := tree(t, map[string]string{"a/1.txt": "1", "b/2.txt": "2", "b/3.doc": "3", "[4].txt": "4"})
	at := func(name string) string { return filepath.Join(root, name) }
	files, _, err := Discover([]string{at("*/*.txt"), at("[4].txt"), at("?"), at("*.pdf")})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := uris(files), []string{"*.pdf", "1.txt", "2.txt", "3.doc", "[4].txt"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if !errors.Is(files[0].Err, document.ErrNotFound) || !strings.Contains(files[0].Err.Error(), "no file matches") {
		t.Errorf("nothing matches: %v", files[0].Err)
	}
}

// TestListed knows the files of a list by the paths of the list.
func TestListed(t *testing.T) {
	root := tree(t, map[string]string{"a/1.txt": "1", "b/1.txt": "2", "c/d/1.txt": "3", "z.zip": archiveOf(t, entryOf{name: "1.txt", data: "5"})})
	t.Chdir(root)
	other := filepath.Join(tree(t, map[string]string{"1.txt": "4"}), "1.txt")
	files, _, err := (&Settings{Listed: []string{"a/1.txt", "./b/1.txt", "c", other, "gone/1.txt", "z.zip"}}).discover(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := uris(files), []string{"1.txt", "a/1.txt", "b/1.txt", "c/d/1.txt", "gone/1.txt", "z.zip/1.txt"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	c, err := ReadCatalog(catalogIn(t, t.TempDir(), "path,kind\nb/1.txt,budget\nc/d/1.txt,other\n"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Plan(t.Context(), nil, filepath.Join(t.TempDir(), "d"), Settings{Listed: []string{"a/1.txt", "./b/1.txt", "c"}, Catalog: c})
	if err != nil || len(p.Unmatched) > 0 || p.Found != 3 {
		t.Errorf("%+v, %v", p, err)
	}
}
