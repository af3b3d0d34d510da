package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDamagedLinks loses and changes the tables of linkage, and the manifest:
// the next run, or yusuan link, brings back the same bytes and says so, the
// user's decisions among them.
func TestDamagedLinks(t *testing.T) {
	d := newDamaged(t)
	decisions := filepath.Join(t.TempDir(), "links.csv")
	if err := os.WriteFile(decisions, []byte("decision,type,a,b,note\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := command(t, "link", d.out, "--links", decisions); code != exitOK {
		t.Fatalf("exit code %d: %s", code, stdout+stderr)
	}
	d.wantManifest = d.read("manifest.json")
	links, entities := filepath.Join(d.out, "links", "part-00000.parquet"), filepath.Join(d.out, "entities", "part-00000.parquet")
	for name, damage := range damages() {
		for _, file := range []string{links, entities} {
			if err := damage(file); err != nil {
				t.Fatal(err)
			}
			if said := d.run(exitSomeFailed); strings.Count(said, "repaired: ") != 1 {
				t.Errorf("%s of %s: %s", name, file, said)
			}
			d.sound()
			if err := damage(file); err != nil {
				t.Fatal(err)
			}
			if code, _, stderr := command(t, "link", d.out); code != exitOK || strings.Count(stderr, "repaired: ") != 1 {
				t.Errorf("link after %s of %s: exit code %d: %s", name, file, code, stderr)
			}
			d.sound()
		}
	}
	if err := os.Remove(filepath.Join(d.out, "manifest.json")); err != nil {
		t.Fatal(err)
	}
	if said := d.run(exitSomeFailed, "--rebuild"); strings.Count(said, "repaired: ") != 1 {
		t.Error(said)
	}
	d.sound()
}
