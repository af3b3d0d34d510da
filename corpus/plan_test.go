package corpus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"yusuan/extract/document"
)

// tree writes files under a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func uris(files []File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.URI)
	}
	return out
}

func TestDiscover(t *testing.T) {
	root := tree(t, map[string]string{
		"b/2020.txt": "乙", "a/2019.txt": "甲", "a/.hidden": "x", "a/~$2019.docx": "x", ".git/config": "x", "Thumbs.db": "x", "预算.txt": "丙",
		"z.zip": archiveOf(t, entryOf{name: "in.txt", data: "丁"}, entryOf{name: "__MACOSX/._in.txt", data: "x"}, entryOf{name: "__MACOSX/a/._b", data: "x"},
			entryOf{name: "a/.x.txt", data: "x"}, entryOf{name: "a/~$x.docx", data: "x"}),
	})
	outside := tree(t, map[string]string{"secret.txt": "外"})
	if err := os.Symlink(filepath.Join(outside, "secret.txt"), filepath.Join(root, "a", "link.txt")); err != nil {
		t.Skip("no links on this system")
	}
	if err := os.Symlink(filepath.Join(root, "a", "2019.txt"), filepath.Join(root, "inside.txt")); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(root, "gone.txt")
	// Named three times: alone, in the folder, and by a link beside it.
	one := filepath.Join(root, "a", "2019.txt")
	files, leftOut, err := Discover([]string{root, missing, one, filepath.Join(root, "a")})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := uris(files), []string{"2019.txt", "b/2020.txt", "gone.txt", "z.zip/in.txt", "预算.txt"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	var got []string
	for _, x := range leftOut {
		got = append(got, x.URI+" "+x.Why)
	}
	if want := []string{".git/ hidden", ".hidden hidden", "Thumbs.db system", "a/link.txt link", "a/~$2019.docx lock",
		"z.zip/__MACOSX/ system", "z.zip/a/.x.txt hidden", "z.zip/a/~$x.docx lock"}; !slices.Equal(got, want) {
		t.Errorf("left out %q, want %q", got, want)
	}
	for _, f := range files {
		if gone := f.URI == "gone.txt"; gone != errors.Is(f.Err, document.ErrNotFound) {
			t.Errorf("%s: %v", f.URI, f.Err)
		}
	}
}

func TestHash(t *testing.T) {
	root := tree(t, map[string]string{"c.txt": "同", "a.txt": "同", "b.txt": "异", "z/d.txt": "同"})
	files, _, err := Discover([]string{root, filepath.Join(root, "gone.txt")})
	if err != nil {
		t.Fatal(err)
	}
	for workers := range 4 {
		got, err := Hash(context.Background(), slices.Clone(files), workers)
		if err != nil {
			t.Fatal(err)
		}
		if u := uris(got); !slices.Equal(u, []string{"a.txt", "b.txt", "gone.txt"}) || !slices.Equal(got[0].Also, []string{"c.txt", "z/d.txt"}) {
			t.Errorf("distinct: %q, with %q", u, got[0].Also)
		}
		if got[0].SHA256 == got[1].SHA256 || len(got[2].SHA256) != 64 || got[0].Bytes != 3 {
			t.Errorf("hashes: %+v", got)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Hash(ctx, files, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
