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
