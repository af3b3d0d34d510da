package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpusOf writes files into a new folder.
func corpusOf(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// TestFindSubjects has truth in every place where it may lie.
func TestFindSubjects(t *testing.T) {
	sum := sha256.Sum256([]byte("by hash"))
	root := corpusOf(t, map[string]string{
		"a/renamed.pdf": "by hash", "a/other.pdf": "x",
		"a/truth/some.truth.json": fmt.Sprintf(`{"document": {"file": "old/other.pdf", "sha256": %q}, "tables": []}`, hex.EncodeToString(sum[:])),
		"b/named.pdf":             "x", "b/truth/any.truth.json": `{"document": {"file": "somewhere/named.pdf"}, "lines": []}`,
		"c/stem.docx": "x", "c/stem.pdf": "y", "c/stem2.pdf": "z", "c/stem.truth.json": `{"narrative": []}`,
		"d/disclosure.txt": "x", "d/disclosure.doc": "y", "d/truth/projects.json": `[{"name": "甲"}]`, "d/truth/notations.json": `[{"raw": "≥1"}]`,
		"d/truth/orgs.json": `[{"name": "乙"}]`, "d/truth/assets.json": `{"as_of": "2019-12-31", "rows": [{"item": "房屋", "value": "1.5"}]}`,
		"d/truth/blocks.json": `[["p", "一、题 TC 一、题 \\f C \\l 1 "], ["e", ""], ["t", [[["甲", " 乙"], [""]]]]]`,
		"e/truth.json":        `{"one.pdf": ["第 一"], "gone.pdf": ["x"], "remark": "x"}`, "e/one.pdf": "x",
		"f/truth/lost.truth.json": `{"document": {"file": "lost.pdf"}}`,
		"g/far/away.pdf":          "x", "g/truth/1.truth.json": `{"document": {"file": "away.pdf"}}`,
		"h/plain.pdf": "no truth", "h/data.json": "{}", "README.md": "x",
	})
	subjects, warnings, err := findSubjects(root)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*subject{}
	var names []string
	for _, s := range subjects {
		got[s.document] = s
		names = append(names, s.document)
	}
	want := []string{"a/renamed.pdf", "b/named.pdf", "c/stem.docx", "c/stem.pdf", "d/disclosure.doc", "d/disclosure.txt", "e/one.pdf", "g/far/away.pdf"}
	if !slices.Equal(names, want) {
		t.Fatalf("got %q, want %q", names, want)
	}
	if len(warnings) != 2 || !strings.Contains(warnings[0], "e/truth.json: gone.pdf") || !strings.Contains(warnings[1], "f/truth/lost.truth.json") {
		t.Errorf("warnings: %q", warnings)
	}
	if got["c/stem.docx"].disclosure != got["c/stem.pdf"].disclosure || got["c/stem.docx"].truth.Narrative == nil {
		t.Error("two formats of one disclosure were not taken for that")
	}
	d := got["d/disclosure.doc"].truth
	if len(d.Projects) != 1 || len(d.Organizations) != 1 || trueAssets(d.Assets)[0]["as_of"] != "2019-12-31" || trueAssets(d.Assets)[0]["value"] != "15000" {
		t.Errorf("the parts of a folder of truth: %+v", d)
	}
	if !slices.Equal(d.texts, []string{"一、题", "", "甲乙", ""}) || len(d.blocks) != 1 || d.blocks[0].Cells[0].text != "甲乙" {
		t.Errorf("the blocks: %q, %+v", d.texts, d.blocks)
	}
	if texts := got["e/one.pdf"].truth.texts; !slices.Equal(texts, []string{"第一"}) {
		t.Errorf("the lines of a file: %q", texts)
	}
}

// TestFindSubjectsBroken has truth that cannot be read: the error names it.
func TestFindSubjectsBroken(t *testing.T) {
	for name, text := range map[string]string{
		"x.truth.json": `{"tables": [{"cells": [[1, 2]]}]}`, "truth/blocks.json": `[["q", ""]]`, "truth/projects.json": `{}`, "truth/assets.json": `[]`,
	} {
		_, _, err := findSubjects(corpusOf(t, map[string]string{"x.pdf": "x", name: text}))
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
