package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/export"
)

// hearer calls a function as soon as something is written that says a word.
type hearer struct {
	bytes.Buffer
	word string
	then func()
}

func (h *hearer) Write(p []byte) (int, error) {
	if h.then != nil && bytes.Contains(p, []byte(h.word)) {
		h.then()
		h.then = nil
	}
	return h.Buffer.Write(p)
}

// TestLockWaitCommand meets another commit: with --lock-wait 0 the run fails and
// says that nothing is lost, without it waits, telling for whom.
func TestLockWaitCommand(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "d")
	other, err := export.Take(dataset, export.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	code, _, errs := command(t, "run", goodSamples, "-o", dataset, "--lock-wait", "0")
	for _, want := range []string{fmt.Sprintf("process %d on ", os.Getpid()), "what was read of all 9 documents is kept", "yusuan commit " + dataset} {
		if code != exitFailed || !strings.Contains(errs, want) {
			t.Errorf("exit %d, said %q", code, errs)
		}
	}
	out, said := &hearer{word: `"event":"waiting"`, then: func() {
		if err := other.Release(); err != nil {
			t.Error(err)
		}
	}}, new(bytes.Buffer)
	code = run(t.Context(), []string{"run", goodSamples, "-o", dataset, "--json"}, out, said)
	want := fmt.Sprintf("waiting: another commit is under way: process %d on ", os.Getpid())
	if code != exitOK || !strings.HasPrefix(said.String(), want) || strings.Count(said.String(), "\n") != 1 {
		t.Errorf("exit %d, said %q", code, said.String())
	}
	if e := fmt.Sprintf(`"pid":%d`, os.Getpid()); strings.Count(out.String(), e) != 1 {
		t.Errorf("the event does not say %s:\n%s", e, out.String())
	}
	if sum := lastEvent(t, out.String()); sum["reused"] != 9.0 {
		t.Errorf("%v", sum)
	}
}

// TestSeconds tells what a run took, and that what was not done took nothing.
func TestSeconds(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "d")
	for _, again := range []bool{false, true} {
		_, out, _ := command(t, "run", goodSamples, "-o", dataset, "--json")
		took, _ := lastEvent(t, out)["seconds"].(map[string]any)
		seconds := func(name string) float64 { n, _ := took[name].(float64); return n }
		if seconds("hash") <= 0 || seconds("commit") <= 0 || seconds("total") < seconds("hash")+seconds("commit") ||
			(seconds("extract") > 0) == again || (seconds("normalize") > 0) == again {
			t.Errorf("again: %v, %v", again, took)
		}
	}
	if _, out, _ := command(t, "run", goodSamples, "-o", dataset); !strings.Contains(out, "seconds\n") || !strings.Contains(out, "  committing\n") {
		t.Errorf("the summary does not tell:\n%s", out)
	}
}
