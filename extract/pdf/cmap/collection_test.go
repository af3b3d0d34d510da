package cmap

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	update    = flag.Bool("update", false, "write the collections anew")
	resources = flag.String("resources", "", "a folder with Adobe's mapping resources (Adobe-GB1/Adobe-GB1-UCS2 …)")
)

// perLine is the number of texts on a line of a collection's file.
const perLine = 64

// TestCollectionFiles makes the files of the collections from Adobe's mapping
// resources, where they are at hand, and compares.
func TestCollectionFiles(t *testing.T) {
	if *resources == "" {
		t.Skip("skipped: no folder with Adobe's mapping resources (-resources)")
	}
	for _, ordering := range []string{"GB1", "CNS1", "Japan1", "Korea1"} {
		name := "Adobe-" + ordering
		data, err := os.ReadFile(filepath.Join(*resources, name, name+"-UCS2"))
		if err != nil {
			t.Fatal(err)
		}
		want := collectionFile(t, name, Parse(data, nil))
		file := filepath.Join("collection", strings.ToLower(ordering)+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s is not what %s gives (%v)", file, name, err)
		}
	}
}

func collectionFile(t *testing.T, name string, m *Map) string {
	last := 0
	for cid := range 0x10000 {
		if s, ok := m.Text(uint32(cid), 2); ok && s != string(utf8.RuneError) {
			last = cid
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: what its CIDs 0 to %d stand for, in order; U+FFFD is nothing, several characters\n"+
		"# stand between U+E000 and U+E001. Taken from Adobe's %s-UCS2; see LICENSE.\n", name, last, name)
	for cid := range last + 1 {
		s, ok := m.Text(uint32(cid), 2)
		if !ok || cid == 0 {
			s = string(utf8.RuneError)
		}
		if strings.ContainsAny(s, "\n\r\uE000\uE001") {
			t.Fatalf("%s: CID %d is %q", name, cid, s)
		}
		if utf8.RuneCountInString(s) != 1 {
			s = "\uE000" + s + "\uE001"
		}
		b.WriteString(s)
		if (cid+1)%perLine == 0 || cid == last {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// compareWith reports CMaps that differ from Adobe's in more than tolerated of
// their codes: the character sets of x/text and those of the CMaps disagree on
// some signs, and a few CMaps prefer other glyphs of a character.
func compareWith(t *testing.T, name, ordering string) {
	const tolerated = 0.16
	folder := filepath.Join(*resources, "Adobe-"+ordering)
	var base func(string) *Map
	base = func(other string) *Map {
		data, err := os.ReadFile(filepath.Join(folder, other))
		if err != nil {
			return nil
		}
		return Parse(data, base)
	}
	theirs, ours := base(name), Predefined(name)
	if theirs == nil {
		t.Logf("%s: not at hand", name)
		return
	}
	total, other, missing := 0, 0, 0
	for m := theirs; m != nil; m = m.base {
		for _, r := range m.cids {
			for code := r.lo; code <= r.hi; code++ {
				total++
				var b [4]byte
				for i := range r.n {
					b[i] = byte(code >> (8 * (r.n - 1 - i)))
				}
				if _, n := ours.Next(b[:r.n]); n != r.n {
					other++
					continue
				}
				want, _ := theirs.CID(code, r.n)
				got, ok := ours.CID(code, r.n)
				wantText, _ := CollectionOf(ordering).Text(want)
				text, _ := ours.Text(code, r.n)
				if !ok && text == "" {
					missing++
				} else if got != want && text != wantText {
					other++
				}
			}
		}
	}
	t.Logf("%s: %d codes, %d without, %d other", name, total, missing, other)
	if float64(other) > tolerated*float64(total) {
		t.Errorf("%s: %d of %d codes are other characters", name, other, total)
	}
}
