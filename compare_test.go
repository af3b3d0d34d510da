package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/corpus/compare"
)

// TestCompareCommand lists what the samples have, compares a department of
// them, and writes every kind of file.
func TestCompareCommand(t *testing.T) {
	dataset := sampleDataset(t)
	code, out, errs := command(t, "compare", dataset)
	if code != exitOK || errs != "" || !strings.Contains(out, "五河县卫生健康局") || !strings.Contains(out, "next: yusuan compare") {
		t.Fatalf("exit %d, %s\n%s", code, errs, out)
	}
	code, out, errs = command(t, "compare", dataset, "--department", "五河", "--three-public")
	if code != exitOK || !strings.HasPrefix(errs, "not linked: ") || strings.Count(errs, "\n") != 1 || !strings.Contains(out, "公务接待费") ||
		strings.Contains(out, "绩效指标") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	code, out, _ = command(t, "compare", dataset, "--department", "五河", "--measure", "公务接待费", "--years", "2018-2019", "--json")
	var c compare.Comparison
	if err := json.Unmarshal([]byte(out), &c); code != exitOK || err != nil || len(c.Bodies) != 1 || len(c.Bodies[0].Rows) != 1 || len(c.Years) != 2 {
		t.Fatalf("exit %d, %v\n%s", code, err, out)
	}
	if x := c.Bodies[0].Rows[0].Cells[0]; x.Value.String() != "67400" || x.Origin.Text != "公务接待费6.74万元" {
		t.Errorf("%+v", x)
	}
	dir := t.TempDir()
	page, table := filepath.Join(dir, "report.html"), filepath.Join(dir, "c.parquet")
	if code, out, errs = command(t, "compare", dataset, "--html", page, "--parquet", table); code != exitOK || out != "" {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "<h2>“三公”经费</h2>") {
		t.Errorf("%v: no chart of 三公", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
}

// TestCompareUsage says what is wrong with a command line.
func TestCompareUsage(t *testing.T) {
	dataset := sampleDataset(t)
	for _, x := range []struct {
		code int
		says string
		args []string
	}{
		{exitUsage, "is no year", []string{"--years", "17-19"}},
		{exitUsage, "the first year is after the last", []string{"--years", "2019-2017"}},
		{exitUsage, "give one of them", []string{"--csv", "--json"}},
		{exitUsage, "give the digits", []string{"--region", "江苏"}},
		{exitUsage, "give one of them", []string{"--csv", "--rank"}},
		{exitUsage, "--target less: use lowered, raised", []string{"--target", "less"}},
		{exitUsage, "near it: three_public 三公经费表", []string{"--form", "三公经费总表"}},
		{exitUsage, "near it: official_reception", []string{"--measure", "公务招待费"}},
		{exitUsage, "no department has that in its name; there are: ", []string{"--department", "月球"}},
		{exitUsage, "near it: 五河县卫生健康局", []string{"--department", "五河卫健局"}},
		{exitUsage, "there are: ", []string{"--region", "99"}},
		{exitFailed, "writing", []string{"--html", filepath.Join(t.TempDir(), "none", "x.html")}},
	} {
		if code, _, errs := command(t, append([]string{"compare", dataset}, x.args...)...); code != x.code || !strings.Contains(errs, x.says) {
			t.Errorf("%q: exit %d, %s", x.args, code, errs)
		}
	}
}

// TestCompareNothing says why there is no row, and what there is instead,
// whatever is written.
func TestCompareNothing(t *testing.T) {
	dataset := sampleDataset(t)
	page := filepath.Join(t.TempDir(), "report.html")
	for _, args := range [][]string{{"--form", "state_capital_expenditure"}, {"--form", "fund_expenditure", "--csv"}, {"--projects", "--measure", "公务接待费", "--html", page}} {
		code, _, errs := command(t, append([]string{"compare", dataset, "--department", "五河"}, args...)...)
		lines := strings.Split(strings.TrimSpace(errs), "\n")
		if i := slices.IndexFunc(lines, func(s string) bool { return strings.HasPrefix(s, "no rows: ") }); code != exitSomeFailed || i < 0 ||
			!strings.Contains(lines[i], "五河县卫生健康局 has ") || !strings.Contains(lines[i], "; they have ") || !strings.Contains(lines[i], "三公经费 (") {
			t.Errorf("%q: exit %d, %s", args, code, errs)
		}
	}
	for _, args := range [][]string{nil, {"--csv"}} {
		code, out, errs := command(t, append([]string{"compare", dataset, "--years", "2030-"}, args...)...)
		if code != exitSomeFailed || !strings.Contains(errs, "no document of these years; there are 20") || out == "" {
			t.Errorf("%q: exit %d, %s\n%s", args, code, errs, out)
		}
	}
	if _, err := os.Stat(page); err != nil {
		t.Error(err)
	}
	if _, _, errs := command(t, "compare", dataset, "--department", "五河", "--three-public"); strings.Contains(errs, "no rows") {
		t.Errorf("there are rows: %s", errs)
	}
}

// TestCompareOutside refuses to write into the dataset's folder, whatever the
// path is spelled like, and replaces what stands elsewhere.
func TestCompareOutside(t *testing.T) {
	dataset := sampleDataset(t)
	before, err := filepath.Glob(filepath.Join(dataset, "*"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dataset, "cells"), link); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--parquet", filepath.Join(dataset, "c.parquet")}, {"--html", filepath.Join(dataset, "cells", "..", "r.html")},
		{"--parquet", filepath.Join(link, "c.parquet")}} {
		if code, _, errs := command(t, append([]string{"compare", dataset}, args...)...); code != exitUsage || !strings.Contains(errs, "in the dataset's folder") {
			t.Errorf("%q: exit %d, %s", args, code, errs)
		}
	}
	if after, err := filepath.Glob(filepath.Join(dataset, "*")); err != nil || !slices.Equal(after, before) {
		t.Errorf("%q, %v", after, err)
	}
	one := filepath.Join(dir, "one")
	if code, _, errs := command(t, "compare", dataset, "--parquet", one, "--html", one); code != exitUsage || !strings.Contains(errs, "cannot be both") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if err := os.WriteFile(one, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := command(t, "compare", dataset, "--html", one); code != exitOK {
		t.Errorf("exit %d, %s", code, errs)
	}
	if text, err := os.ReadFile(one); err != nil || !strings.HasPrefix(string(text), "<!doctype html>") {
		t.Errorf("%v", err)
	}
	inside, err := os.Create(filepath.Join(dir, "inside.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer inside.Close()
	if err := (&compareFlags{}).outside(dir, inside); err == nil || !strings.Contains(err.Error(), "inside.csv") {
		t.Errorf("redirected: %v", err)
	}
	if err := (&compareFlags{}).outside(dataset, inside); err != nil {
		t.Error(err)
	}
}

// TestCompareTogether writes every output at once, and they agree: one row of
// the CSV and of the page for each of the JSON.
func TestCompareTogether(t *testing.T) {
	dataset := sampleDataset(t)
	page := filepath.Join(t.TempDir(), "r.html")
	_, text, _ := command(t, "compare", dataset, "--json")
	_, table, _ := command(t, "compare", dataset, "--csv", "--html", page)
	var c compare.Comparison
	if err := json.Unmarshal([]byte(text), &c); err != nil || c.Linked || len(c.Notes) != 1 || c.Notes[0].Code != "unlinked" {
		t.Fatalf("%v, %+v", err, c.Notes)
	}
	lines, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	html, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(html), c.Notes[0].Chinese) {
		t.Errorf("%v: the page does not say that the dataset is not linked", err)
	}
	at := slices.Index(lines[0], "2018_row_no")
	n := 0
	for _, b := range c.Bodies {
		for _, r := range b.Rows {
			n++
			for _, x := range r.Cells {
				want := ""
				if x.Origin != nil && x.Origin.Row >= 0 {
					want = strconv.Itoa(x.Origin.Row)
				}
				if x.Year == 2018 && lines[n][at] != want {
					t.Fatalf("%s: row_no is %q, in JSON %q", r.Name, lines[n][at], want)
				}
			}
		}
	}
	if n != len(lines)-1 {
		t.Errorf("%d rows, %d lines", n, len(lines))
	}
	if code, out, _ := command(t, "compare", dataset, "--rank"); code != exitOK || !strings.Contains(out, "rank  department") {
		t.Errorf("exit %d, %s", code, out)
	}
}

// TestCompareStale says that links are older than the documents.
func TestCompareStale(t *testing.T) {
	dataset := sampleDataset(t)
	if code, _, errs := command(t, "link", dataset); code != exitOK {
		t.Fatal(errs)
	}
	if _, _, errs := command(t, "compare", dataset, "--three-public"); strings.Contains(errs, "link") {
		t.Errorf("linked: %s", errs)
	}
	file := filepath.Join(dataset, "manifest.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	stale := regexp.MustCompile(`"source": "[0-9a-f]{8}`).ReplaceAll(text, []byte(`"source": "00000000`))
	if err := os.WriteFile(file, stale, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := command(t, "compare", dataset, "--three-public"); code != exitOK || !strings.Contains(errs, "links are out of date") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
