package corpus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"yusuan/export"
	"yusuan/extract/document"
)

// statuses are the documents of a dataset as "URI status code".
func statuses(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := export.Documents(t.Context(), dir, func(d export.Document) error {
		out = append(out, strings.TrimSpace(d.URI+" "+d.Status+" "+d.ErrorCode))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// TestInputsInMotion changes and removes files between the plan and the
// reading: each fails with a row of its own that says what to do, what the
// dataset had of them stays, and a later run completes.
func TestInputsInMotion(t *testing.T) {
	in := tree(t, map[string]string{"gone.txt": "甲局2020年预算收入1万元。", "changed.txt": "乙局2020年预算收入2万元。", "still.txt": "丙局2020年预算收入3万元。"})
	gone, changed := filepath.Join(in, "gone.txt"), filepath.Join(in, "changed.txt")
	out := filepath.Join(t.TempDir(), "d")
	move := func() {
		if err := os.Remove(gone); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(changed, []byte("乙局2020年预算收入9万元。"), 0o644); err != nil {
			t.Error(err)
		}
	}
	failed := []string{"changed.txt failed not_found", "gone.txt failed not_found", "still.txt ok"}
	messages := map[string]string{}
	s := Settings{Planned: func(int) { move() }, Done: func(o Outcome) {
		if o.Err != nil {
			messages[o.URI] = o.Err.Error()
		}
	}}
	if sum := mustRun(t, out, s, in); sum.Failed != 2 {
		t.Errorf("%+v", sum)
	}
	if got := statuses(t, out); !slices.Equal(got, failed) {
		t.Errorf("the dataset has %q", got)
	}
	if !strings.HasSuffix(messages["changed.txt"], "the file changed while it was read; run again") || !strings.Contains(messages["gone.txt"], "gone.txt: ") {
		t.Errorf("said %q", messages)
	}
	if err := os.WriteFile(gone, []byte("甲局2020年预算收入1万元。"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, out, Settings{}, in)
	whole := []string{"changed.txt ok", "gone.txt ok", "still.txt ok"}
	if got := statuses(t, out); !slices.Equal(got, whole) {
		t.Errorf("after a later run the dataset has %q", got)
	}

	// What the dataset has is not lost when its file is.
	mustRun(t, out, Settings{Planned: func(int) {
		for _, name := range []string{gone, changed} {
			if err := os.Remove(name); err != nil {
				t.Error(err)
			}
		}
	}}, in)
	for _, want := range whole {
		if got := statuses(t, out); !slices.Contains(got, want) {
			t.Errorf("%s is lost, the dataset has %q", want, got)
		}
	}
}

// changing is a context that changes a file after the first part of it was
// read.
type changing struct {
	context.Context
	looks  int
	change func()
}

// Err is looked at before every part.
func (c *changing) Err() error {
	if c.looks++; c.looks == 2 {
		c.change()
	}
	return c.Context.Err()
}

// TestChangesWhileRead takes nothing in that is not what was hashed: of a file
// that changes while it is hashed, or before it is read, however it does.
func TestChangesWhileRead(t *testing.T) {
	text := strings.Repeat("甲局2020年预算收入1万元。\n", 10_000)
	for name, change := range map[string]func(name string) error{
		"nothing":    func(string) error { return nil },
		"grows":      func(name string) error { return os.WriteFile(name, []byte(text+"乙"), 0o644) },
		"shrinks":    func(name string) error { return os.Truncate(name, 100) },
		"is emptied": func(name string) error { return os.Truncate(name, 0) },
		"is another": func(name string) error { return os.WriteFile(name, []byte("乙"+text[len("乙"):]), 0o644) },
		"is gone":    os.Remove,
		"is a folder": func(name string) error {
			return errors.Join(os.Remove(name), os.Mkdir(name, 0o755))
		},
	} {
		file := filepath.Join(t.TempDir(), "a.txt")
		mustWrite(t, file, text)
		f := File{Path: file, URI: "a.txt"}
		var err error
		if f.SHA256, f.Bytes, err = f.hash(t.Context(), new(atomic.Int64)); err != nil {
			t.Fatal(err)
		}
		if err := change(file); err != nil {
			t.Fatal(err)
		}
		data, err := f.content(document.DefaultFileBytes)
		if ok := name == "nothing"; ok != (err == nil && string(data) == text) || !ok && (data != nil || !errors.Is(err, document.ErrNotFound)) {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
	in := tree(t, map[string]string{"a.txt": text})
	files, _, err := Discover([]string{in})
	if err != nil {
		t.Fatal(err)
	}
	f := files[0]
	ctx := &changing{Context: t.Context(), change: func() { mustWrite(t, f.Path, "乙"+text[len("乙"):]) }}
	if f.SHA256, f.Bytes, err = f.hash(ctx, new(atomic.Int64)); err != nil || ctx.looks < 3 {
		t.Fatalf("%v after %d looks", err, ctx.looks)
	}
	if _, err := f.content(document.DefaultFileBytes); !errors.Is(err, errOther) {
		t.Errorf("a file that changed while it was hashed: %v", err)
	}
}
