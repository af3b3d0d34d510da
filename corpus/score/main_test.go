package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// invented is a corpus with one disclosure in two formats, whose truth lies
// beside it.
func invented(t *testing.T) string {
	const page = "某县财政局2023年部门预算公开\n\n一、收支情况\n\n2023年收入预算100万元。\n\n项目\t金额\n工资\t60\n会议\t40\n"
	return corpusOf(t, map[string]string{
		"某县/预算.txt": page, "某县/预算.text": page,
		"某县/预算.truth.json": `{"document": {"fiscal_year": 2023, "kind": "budget"},
			"tables": [{"no": 1, "rows": 3, "cols": 2, "first_page": 1, "last_page": 1, "cells": [[0,0,1,1,"项目"],[0,1,1,1,"金额"],[1,0,1,1,"工资"],[1,1,1,1,"60"],[2,0,1,1,"会议"],[2,1,1,1,"40"]]}],
			"narrative": [{"page": 1, "metric": "收入预算", "amount_yuan": "1000000", "text": "2023年收入预算100万元"}]}`,
	})
}

// runScore runs the program on a corpus.
func runScore(t *testing.T, corpus string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	args = append([]string{"-corpus", corpus, "-o", filepath.Join(t.TempDir(), "out", "scores.tsv")}, args...)
	code = run(context.Background(), args, &out, &err)
	return code, out.String(), err.String()
}

func TestRun(t *testing.T) {
	corpus := invented(t)
	code, out, errs := runScore(t, corpus)
	if code != 0 || errs != "" || !strings.Contains(out, "nothing to compare with") || !strings.Contains(out, " 0 of them below 1") {
		t.Fatalf("%d\n%s\n%s", code, out, errs)
	}
	if code, out, errs = runScore(t, corpus, "-update"); code != 0 {
		t.Fatalf("%d\n%s\n%s", code, out, errs)
	}
	if code, out, errs = runScore(t, corpus); code != 0 || !strings.Contains(out, "no score dropped") {
		t.Fatalf("%d\n%s\n%s", code, out, errs)
	}
	scores := filepath.Join(corpus, "scores.tsv")
	data, err := os.ReadFile(scores)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"某县/预算.text\tcells_f1\t1.000000\t12/12\n", "某县/预算.txt\tnarrative\t1.000000\t1/1\n", "某县/预算.txt\tsame_records\t1.000000\t"} {
		if !strings.Contains(string(data), line) {
			t.Errorf("%q is not in\n%s", line, data)
		}
	}

	// A truth that says otherwise, and one that says no more.
	truth := filepath.Join(corpus, "某县", "预算.truth.json")
	text, err := os.ReadFile(truth)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), `"60"`, `"61"`)
	changed = strings.ReplaceAll(changed, `"narrative"`, `"otherwise"`)
	if err := os.WriteFile(truth, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, errs = runScore(t, corpus, "-diff")
	for _, want := range []string{"DROPPED   某县/预算.txt  cells_f1  0.8333 (10/12), was 1.0000 (12/12)", "VANISHED  某县/预算.txt  narrative", `cells: table 1 p1: want r1c1 1x1 "61"`, `cells: table 1 p1: got  r1c1 1x1 "60"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if code != 1 || !strings.Contains(errs, "--update") {
		t.Errorf("%d %s", code, errs)
	}
	// Only what is asked for is scored, and what is not there is passed over.
	if err := os.Remove(filepath.Join(corpus, "某县", "预算.text")); err != nil {
		t.Fatal(err)
	}
	if code, out, _ = runScore(t, corpus, "预算.txt"); code != 1 || !strings.Contains(out, "skipped   某县/预算.text") || strings.Contains(out, "DROPPED   某县/预算.text") {
		t.Errorf("%d\n%s", code, out)
	}
}

// TestRunTools scores two other tools in the same table.
func TestRunTools(t *testing.T) {
	corpus := invented(t)
	tools := corpusOf(t, map[string]string{
		"good/某县/预算.txt.json": `{"tool": "good", "version": "1.2", "text": "项目 金额 工资 60 会议 40", "tables": [{"page": 0, "cells": [[0,0,1,1,"项 目"],[0,1,1,1,"金额"],[1,0,1,1,"工资"],[1,1,1,1,"60"],[2,0,1,1,"会议"],[2,1,1,1,"40"]]}]}`,
		"poor/某县/预算.txt.json": `{"tables": [{"page": 1, "cells": [[0,0,1,2,"项目"],[1,0,1,1,"工资"]]}, {"page": 7, "cells": [[0,0,1,1,"40"]]}]}`,
		"notes.txt":           "x",
	})
	code, out, errs := runScore(t, corpus, "-tables", tools, "-json")
	if code != 0 {
		t.Fatalf("%d %s", code, errs)
	}
	var got []struct {
		Tool, Version, Document string
		F1                      float64 `json:"cells_f1"`
		Precision               float64 `json:"cells_precision"`
		Recall                  float64 `json:"cells_recall"`
		Text                    float64 `json:"text_recall"`
		Whole                   int     `json:"tables_whole"`
		Tables                  int
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if len(got) != 4 || got[0].Tool != own || got[2].Tool != "good" || got[3].Tool != "poor" {
		t.Fatalf("got %+v", got)
	}
	if g := got[2]; g.F1 != 1 || g.Text != 1 || g.Whole != 1 || g.Tables != 1 || g.Version != "1.2" || g.Document != "某县/预算.txt" {
		t.Errorf("good: %+v", g)
	}
	if g := got[3]; g.F1 != 2./9 || g.Precision != 1./3 || g.Recall != 1./6 || g.Text != .5 || g.Whole != 0 {
		t.Errorf("poor: %+v", g)
	}
	if code, out, _ = runScore(t, corpus, "-tables", tools); code != 0 || !strings.Contains(out, "poor    0.2222") {
		t.Errorf("%d\n%s", code, out)
	}
	broken := corpusOf(t, map[string]string{"bad/某县/预算.txt.json": `{"tables": [{"cells": [1]}]}`})
	if code, _, errs = runScore(t, corpus, "-tables", broken); code != 1 || !strings.Contains(errs, "预算.txt.json") {
		t.Errorf("%d %s", code, errs)
	}
}

// TestRunEnds has what ends the program early.
func TestRunEnds(t *testing.T) {
	// Seen from this folder, the corpus beside the repository is not there.
	if code, _, errs := runScore(t, defaultCorpus); code != 0 || !strings.Contains(errs, "skipped") {
		t.Errorf("no corpus: %d %s", code, errs)
	}
	if code, _, errs := runScore(t, filepath.Join(t.TempDir(), "gone")); code != 1 || !strings.Contains(errs, "gone") {
		t.Errorf("a corpus that was asked for is not there: %d %s", code, errs)
	}
	if code, _, _ := runScore(t, t.TempDir(), "-nonsense"); code != 2 {
		t.Errorf("an unknown flag: %d", code)
	}
	if code, _, _ := runScore(t, t.TempDir(), "-update", "some"); code != 2 {
		t.Errorf("a part of the scores cannot be rewritten: %d", code)
	}
	// Scores of nothing are no proof, and rewrite nothing.
	empty := t.TempDir()
	if code, _, errs := runScore(t, empty, "-update"); code != 1 || !strings.Contains(errs, empty+": no document with truth") {
		t.Errorf("no truth: %d %s", code, errs)
	}
	if _, err := os.Stat(filepath.Join(empty, "scores.tsv")); err == nil {
		t.Error("scores of nothing were written")
	}
	if code, _, errs := runScore(t, invented(t), "某省"); code != 1 || !strings.Contains(errs, "某省 in its path") {
		t.Errorf("no such document: %d %s", code, errs)
	}
	for name, text := range map[string]string{"a header": "x\n", "columns": header + "\na\tb\n", "a detail": header + "\na\tb\t1\tx\n"} {
		corpus := invented(t)
		if err := os.WriteFile(filepath.Join(corpus, "scores.tsv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errs := runScore(t, corpus); code != 1 || !strings.Contains(errs, "scores.tsv:") {
			t.Errorf("%s: %d %s", name, code, errs)
		}
	}
	// A document that cannot be read is scored as that.
	corpus := corpusOf(t, map[string]string{"x.xlsx": "PK\x03\x04", "x.truth.json": `{"document": {}, "tables": []}`})
	code, out, errs := runScore(t, corpus, "-diff")
	if code != 0 || !strings.Contains(out, "not read") || !strings.Contains(out, "0/1") || !strings.Contains(out, "read: x.xlsx") {
		t.Errorf("%d %s %s", code, out, errs)
	}
}

func TestCompare(t *testing.T) {
	old := []row{{"a", "m", .5, "1/2"}, {"a", "n", .5, "1/2"}, {"a", "v", 1, "1/1"}, {"a", "w", 1, "1/1"}, {"gone", "m", 1, "1/1"}}
	now := []row{{"a", "m", .5, "2/4"}, {"a", "n", .75, "3/4"}, {"a", "v", 1, "1/1"}, {"a", "w", 1, "1/1"}, {"a", "x", 0, "0/1"}}
	var out strings.Builder
	c := comparison{out: &out, there: func(document string) bool { return document != "gone" }}
	if !c.compare(old, now) {
		t.Errorf("nothing dropped:\n%s", out.String())
	}
	want := "changed   a  m  2/4, was 1/2\nbetter    a  n  0.7500 (3/4), was 0.5000 (1/2)\nnew       a  x  0.0000 (0/1)\nskipped   gone: it is not here, or was not asked for\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	for name, change := range map[string][]row{"dropped": append([]row{{"a", "m", .5 - 1e-6, "1/2"}}, now[1:]...), "vanished": now[1:]} {
		out.Reset()
		if c.compare(old, change) {
			t.Errorf("%s: it was not noticed:\n%s", name, out.String())
		}
	}
}

// TestRealScores holds the scores of the real documents against the committed
// ones.
func TestRealScores(t *testing.T) {
	const real = "../../../shared/corpus"
	if _, err := os.Stat(real); err != nil {
		t.Skipf("%s is not here: the real documents are kept outside the repository", real)
	}
	if code, out, errs := runScore(t, real, "-scores", "../scores.tsv"); code != 0 || strings.Contains(out, "nothing to compare") || strings.Contains(out, "skipped") {
		t.Errorf("%d\n%s\n%s", code, out, errs)
	}
}
