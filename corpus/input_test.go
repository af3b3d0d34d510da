package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/export"
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
