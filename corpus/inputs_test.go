package corpus

import (
	"errors"
	"maps"
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

// TestNoneThere makes no dataset when none of the inputs is there, whatever kind
// they are of, and leaves one that there is as it was; beside one that is there,
// the others are documents that failed.
func TestNoneThere(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": budget("1")})
	at := func(name string) string { return filepath.Join(in, name) }
	one, out := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "d")
	mustRun(t, out, Settings{}, at("a.txt"))
	before := hashes(t, out)
	many := make([]string, 12)
	for i := range many {
		many[i] = at("none")
	}
	for name, c := range map[string]struct {
		inputs, listed []string
		says           string
	}{
		"mistyped":       {[]string{at("b.txt")}, nil, `none of the inputs is there: "` + at("b.txt") + `" (no such file or directory); nothing`},
		"several":        {[]string{at("b"), at("*.pdf")}, []string{at("a.txt/x")}, `"` + at("*.pdf") + `" (no such file or directory), "` + at("a.txt/x") + `" (not a directory)`},
		"many":           {many, nil, "and 2 more; nothing"},
		"an empty list":  {nil, []string{}, "the list of files is empty"},
		"only in a list": {nil, []string{at("b.txt")}, "none of the inputs"},
	} {
		for _, dir := range []string{one, out} {
			s := Settings{Listed: c.listed}
			_, planned := Plan(t.Context(), c.inputs, dir, s)
			_, err := Run(t.Context(), c.inputs, dir, s)
			if err == nil || planned == nil || err.Error() != planned.Error() || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: run: %v; plan: %v; want %q", name, err, planned, c.says)
			}
		}
	}
	if left, err := filepath.Glob(one + "*"); err != nil || len(left) > 0 {
		t.Errorf("it made %q, %v", left, err)
	}
	if after := hashes(t, out); !maps.Equal(before, after) {
		t.Errorf("the dataset changed: %v, %v", before, after)
	}
	if sum := mustRun(t, out, Settings{}, at("b.txt"), at("a.txt")); sum.OK != 1 || sum.Failed != 1 {
		t.Errorf("%+v", sum)
	}
}

// TestSameURI keeps two documents apart that have one URI, each in its input, and
// gives a file another URI when it is named as itself or in a list: what the help
// of run says.
func TestSameURI(t *testing.T) {
	in := tree(t, map[string]string{"a/d/x.txt": budget("1"), "b/d/x.txt": budget("2")})
	t.Chdir(in)
	for want, c := range map[string]struct{ inputs, listed []string }{
		"d/x.txt ok, d/x.txt ok":     {[]string{"a", "b"}, nil},
		"a/d/x.txt ok, b/d/x.txt ok": {nil, []string{"a", "b/d/x.txt"}},
		"x.txt ok, x.txt ok":         {[]string{"a/d/x.txt", "b/d/x.txt"}, nil},
	} {
		out := filepath.Join(t.TempDir(), "d")
		mustRun(t, out, Settings{Listed: c.listed}, c.inputs...)
		if got := strings.Join(statuses(t, out), ", "); got != want {
			t.Errorf("%q, %q: the dataset has %s, want %s", c.inputs, c.listed, got, want)
		}
	}
}
