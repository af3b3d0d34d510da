package corpus

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/export"
)

// budget is a document that differs from others by its amount.
func budget(amount string) string { return "2020年预算收入" + amount + "万元。" }

func mustPlan(t *testing.T, dir string, s Settings, inputs ...string) *Preview {
	t.Helper()
	p, err := Plan(t.Context(), inputs, dir, s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// goneNames are the documents that a plan calls gone, with why.
func goneNames(p *Preview) []string {
	var out []string
	for _, g := range p.Gone {
		out = append(out, g.URI+": "+g.Why)
	}
	return out
}

func mustRemove(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
}

func mustWrite(t *testing.T, name, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// TestDropGone removes what left the inputs: the dataset is that of a run that
// never saw it, nothing of other inputs is touched, and without the setting all
// stays.
func TestDropGone(t *testing.T) {
	in := tree(t, map[string]string{
		"a.txt": budget("1"), "changed.txt": budget("2"), "sub/gone.txt": budget("3"), "sub/deep/gone.txt": budget("4"),
		"copy.txt": budget("5"), "sub/copy.txt": budget("5"),
		"z.zip": archiveOf(t, entryOf{name: "x.txt", data: budget("6")}, entryOf{name: "y.txt", data: budget("7")}),
	})
	other := tree(t, map[string]string{"other.txt": budget("8")})
	out := filepath.Join(t.TempDir(), "d")
	mustRun(t, out, Settings{}, in, other)
	mustRemove(t, filepath.Join(in, "sub"), filepath.Join(other, "other.txt"))
	mustWrite(t, filepath.Join(in, "changed.txt"), budget("22"))
	mustWrite(t, filepath.Join(in, "z.zip"), archiveOf(t, entryOf{name: "x.txt", data: budget("6")}))

	want := []string{
		"changed.txt: its file has other content now, or is left out", "sub/deep/gone.txt: its file is no longer there",
		"sub/gone.txt: its file is no longer there", "z.zip/y.txt: its archive no longer has it as it was",
	}
	p := mustPlan(t, out, Settings{}, in)
	if got := goneNames(p); !slices.Equal(got, want) || p.Others != 1 {
		t.Errorf("gone are %q, want %q; %d others", got, want, p.Others)
	}
	before := statuses(t, out)
	if sum := mustRun(t, out, Settings{}, in); len(sum.Dropped) != 0 || len(statuses(t, out)) != len(before)+1 {
		t.Errorf("without the setting: %+v, the dataset has %q", sum, statuses(t, out))
	}
	sum := mustRun(t, out, Settings{DropGone: true}, in)
	if want := []string{"changed.txt", "sub/deep/gone.txt", "sub/gone.txt", "z.zip/y.txt"}; !slices.Equal(sum.Dropped, want) {
		t.Errorf("dropped %q, want %q", sum.Dropped, want)
	}
	fresh := filepath.Join(t.TempDir(), "d")
	mustWrite(t, filepath.Join(other, "other.txt"), budget("8"))
	mustRun(t, fresh, Settings{}, in, other)
	if !maps.Equal(hashes(t, out), hashes(t, fresh)) {
		t.Errorf("the dataset has %q, that of a run without what is gone %q", statuses(t, out), statuses(t, fresh))
	}
	if p := mustPlan(t, out, Settings{}, in); len(p.Gone) != 0 {
		t.Errorf("gone after that are %q", goneNames(p))
	}
	// What was dropped is in no plan either: a commit does not bring it back.
	if _, err := Commit(t.Context(), out, Settings{}); err != nil || !maps.Equal(hashes(t, out), hashes(t, fresh)) {
		t.Errorf("a commit brought back %q (%v)", statuses(t, out), err)
	}
	if _, err := Run(t.Context(), []string{in}, out, Settings{DropGone: true, Shard: Shard{1, 2}}); err == nil || !strings.Contains(err.Error(), "shard") {
		t.Errorf("a shard drops: %v", err)
	}
}

// TestNotGone takes nothing for gone that cannot be looked at, or that another
// input may still have.
func TestNotGone(t *testing.T) {
	for name, c := range map[string]struct {
		// change is done to the folders a and b after a run over both.
		change func(t *testing.T, root string)
		inputs []string
	}{
		"a folder that vanished": {func(t *testing.T, root string) { mustRemove(t, filepath.Join(root, "a")) }, []string{"a", "b"}},
		"a share that is not here": {func(t *testing.T, root string) {
			mustRemove(t, filepath.Join(root, "a", "1.txt"), filepath.Join(root, "a", "z.zip"))
		}, []string{"a", "b"}},
		"a file that is an input":  {func(t *testing.T, root string) { mustRemove(t, filepath.Join(root, "a", "1.txt")) }, []string{"a/1.txt", "b"}},
		"a pattern of nothing":     {func(t *testing.T, root string) { mustRemove(t, filepath.Join(root, "a")) }, []string{"a/*.txt", "b"}},
		"another input":            {func(t *testing.T, root string) { mustRemove(t, filepath.Join(root, "a", "1.txt")) }, []string{"b"}},
		"a damaged archive":        {func(t *testing.T, root string) { mustWrite(t, filepath.Join(root, "a", "z.zip"), "PK\x03\x04 cut") }, []string{"a", "b"}},
		"an archive being written": {func(t *testing.T, root string) { mustWrite(t, filepath.Join(root, "a", "z.zip"), "") }, []string{"a", "b"}},
		"a locked document in an archive": {func(t *testing.T, root string) {
			mustWrite(t, filepath.Join(root, "a", "z.zip"), archiveOf(t, entryOf{name: "x.txt", data: budget("6"), flags: 1}))
		}, []string{"a", "b"}},
		"a loop of links": {func(t *testing.T, root string) {
			a := filepath.Join(root, "a")
			mustRemove(t, a)
			if err := os.Symlink(a, a); err != nil {
				t.Skip(err)
			}
		}, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			root := tree(t, map[string]string{"a/1.txt": budget("1"), "a/z.zip": archiveOf(t, entryOf{name: "x.txt", data: budget("6")}), "b/2.txt": budget("2"), "b/3.txt": budget("3")})
			out := filepath.Join(t.TempDir(), "d")
			mustRun(t, out, Settings{}, filepath.Join(root, "a"), filepath.Join(root, "b"))
			before := statuses(t, out)
			c.change(t, root)
			var inputs []string
			for _, in := range c.inputs {
				inputs = append(inputs, filepath.Join(root, in))
			}
			if p := mustPlan(t, out, Settings{DropGone: true}, inputs...); len(p.Gone) != 0 {
				t.Errorf("gone are %q", goneNames(p))
			}
			sum := mustRun(t, out, Settings{DropGone: true}, inputs...)
			after := statuses(t, out)
			for _, d := range before {
				if !slices.Contains(after, d) {
					t.Errorf("%s was dropped (%q)", d, sum.Dropped)
				}
			}
			// What is seen to be gone is dropped all the same.
			mustRemove(t, filepath.Join(root, "b", "3.txt"))
			if sum := mustRun(t, out, Settings{DropGone: true}, inputs...); !slices.Equal(sum.Dropped, []string{"3.txt"}) {
				t.Errorf("dropped %q", sum.Dropped)
			}
		})
	}
}

// TestGoneByPattern drops what a pattern matched, and nothing else of the folder.
func TestGoneByPattern(t *testing.T) {
	in := tree(t, map[string]string{"1.txt": budget("1"), "2.txt": budget("2"), "3.md": budget("3")})
	out := filepath.Join(t.TempDir(), "d")
	mustRun(t, out, Settings{}, in)
	mustRemove(t, filepath.Join(in, "2.txt"), filepath.Join(in, "3.md"))
	if sum := mustRun(t, out, Settings{DropGone: true}, filepath.Join(in, "*.txt")); !slices.Equal(sum.Dropped, []string{"2.txt"}) {
		t.Errorf("dropped %q", sum.Dropped)
	}
}

// TestPlanIsRun changes in turn all that a run goes by, and holds what the plan
// says against what the run then reads.
func TestPlanIsRun(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": budget("1"), "b.txt": budget("2"), "c.txt": budget("3"), "none.docx": "PK\x03\x04"})
	out := filepath.Join(t.TempDir(), "d")
	catalog := func(rows string) *Catalog {
		c, err := ReadCatalog(catalogIn(t, t.TempDir(), "path,kind\n"+rows))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	small := Settings{Pipeline: "p/2", Build: "two"}
	small.Limits.TableCells = 7
	steps := []struct {
		name  string
		setup func()
		s     Settings
		why   []string // of what is changed
		state map[string]int
	}{
		{"nothing is read", nil, Settings{Pipeline: "p/1"}, nil, map[string]int{StateNew: 4}},
		{"all is known", nil, Settings{Pipeline: "p/1"}, nil, map[string]int{StateKnown: 4}},
		{"a version", nil, Settings{Pipeline: "p/2"}, []string{"by p/1", "by p/1", "by p/1", "by p/1"}, map[string]int{StateChanged: 4}},
		{"a build", nil, Settings{Pipeline: "p/2", Build: "two"}, []string{"by another build, or what was read is gone"}, map[string]int{StateChanged: 4}},
		{"a limit", nil, small, []string{"under other limits"}, map[string]int{StateChanged: 4}},
		{"a name", func() {
			if err := os.Rename(filepath.Join(in, "b.txt"), filepath.Join(in, "d.txt")); err != nil {
				t.Fatal(err)
			}
		}, small, []string{"under the name b.txt"}, map[string]int{StateChanged: 1, StateKnown: 3}},
		{"a folder", func() {
			mustRemove(t, filepath.Join(in, "d.txt"))
			mustWrite(t, filepath.Join(in, "sub", "d.txt"), budget("2"))
		}, small, nil, map[string]int{StateKnown: 4}},
		{"a catalogue", nil, Settings{Pipeline: "p/2", Build: "two", Limits: small.Limits, Catalog: catalog("a.txt,other\n")}, []string{"with other values of the catalogue"}, map[string]int{StateChanged: 1, StateKnown: 3}},
		{"content", func() { mustWrite(t, filepath.Join(in, "c.txt"), budget("33")) }, small, nil, map[string]int{StateNew: 1, StateKnown: 3}},
		{"a dataset that is gone", func() { mustRemove(t, out) }, small, nil, map[string]int{StateRead: 4}},
		{"results that are gone", func() { mustRemove(t, out+".results") }, small, []string{"by another build, or what was read is gone"}, map[string]int{StateChanged: 4}},
	}
	for _, c := range steps {
		if c.setup != nil {
			c.setup()
		}
		before := fileNames(t, out, out+".results")
		p := mustPlan(t, out, c.s, in)
		if after := fileNames(t, out, out+".results"); !slices.Equal(before, after) {
			t.Errorf("%s: the plan left %q", c.name, after)
		}
		var says, reads []string
		states := map[string]int{}
		for _, f := range p.Files {
			states[f.State]++
			if f.State == StateNew || f.State == StateChanged {
				says = append(says, f.URI)
			}
			if f.State == StateChanged && !slices.Contains(c.why, f.Why) {
				t.Errorf("%s: %s was read %q, want %q", c.name, f.URI, f.Why, c.why)
			}
		}
		c.s.Workers = 1
		c.s.Done = func(o Outcome) {
			if !o.Reused {
				reads = append(reads, o.URI)
			}
		}
		mustRun(t, out, c.s, in)
		slices.Sort(reads)
		if !slices.Equal(says, reads) || !maps.Equal(states, c.state) {
			t.Errorf("%s: the plan says that %q are read, the run read %q; states %v, want %v", c.name, says, reads, states, c.state)
		}
	}
}

// fileNames are the files below folders.
func fileNames(t *testing.T, folders ...string) []string {
	t.Helper()
	var out []string
	for _, dir := range folders {
		if _, err := os.Stat(dir); err == nil {
			out = append(out, slices.Sorted(maps.Keys(hashes(t, dir)))...)
		}
	}
	return out
}

// TestPlanOfUnread does not call a file gone that could not be opened and can
// be now.
func TestPlanOfUnread(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "d")
	late := filepath.Join(in, "late.txt")
	mustRun(t, out, Settings{}, in, late)
	mustWrite(t, late, budget("1"))
	if p := mustPlan(t, out, Settings{}, late); len(p.Gone) != 0 || p.Others != 0 || p.Files[0].State != StateNew {
		t.Errorf("%+v", p)
	}
	var documents []export.Document
	err := export.Documents(t.Context(), out, func(d export.Document) error {
		documents = append(documents, d)
		return nil
	})
	if err != nil || len(documents) != 1 || documents[0].ErrorCode != "not_found" {
		t.Errorf("a plan changed the dataset: %+v, %v", documents, err)
	}
}

// TestScope tells what inputs cover: not what lies in a folder that cannot be
// listed, whoever runs the test.
func TestScope(t *testing.T) {
	in := realPath(tree(t, map[string]string{"a/1.txt": "1", "a/b/2.txt": "2", "ab/3.txt": "3"}))
	at := func(name string) string { return filepath.Join(in, filepath.FromSlash(name)) }
	found := []File{{Path: at("a/1.txt")}, {Path: at("a/b"), Err: os.ErrPermission}}
	c := new(Settings).scope([]string{at("a"), at("none")}, found)
	for name, want := range map[string]bool{
		"a/1.txt": true, "a/x.txt": true, "a/c/x.txt": true, "a/b/2.txt": false, "a/b/c/x.txt": false, "a/bc/x.txt": true, "ab/3.txt": false, "none/x.txt": false, "x.txt": false,
	} {
		if got := c.covers(at(name), &File{Path: at(name)}); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// TestDropLost removes the row of a file that went away between plan and work,
// and that of one that changed: nothing but the inputs decides what stays.
func TestDropLost(t *testing.T) {
	in := tree(t, map[string]string{"a.txt": budget("1"), "gone.txt": budget("2"), "changed.txt": budget("3")})
	out := filepath.Join(t.TempDir(), "d")
	sum := mustRun(t, out, Settings{Planned: func(int) {
		mustRemove(t, filepath.Join(in, "gone.txt"))
		mustWrite(t, filepath.Join(in, "changed.txt"), budget("33"))
	}}, in)
	if sum.Failed != 2 {
		t.Fatalf("%+v", sum)
	}
	fresh := filepath.Join(t.TempDir(), "d")
	mustRun(t, fresh, Settings{}, in)
	if p := mustPlan(t, out, Settings{}, in); !slices.Equal(goneNames(p), []string{"gone.txt: its file is no longer there"}) {
		t.Errorf("gone are %q", goneNames(p))
	}
	if sum := mustRun(t, out, Settings{DropGone: true}, in); !slices.Equal(sum.Dropped, []string{"gone.txt"}) {
		t.Errorf("dropped %q", sum.Dropped)
	}
	if !maps.Equal(hashes(t, out), hashes(t, fresh)) {
		t.Errorf("the dataset has %q, that of a fresh run %q", statuses(t, out), statuses(t, fresh))
	}
}
