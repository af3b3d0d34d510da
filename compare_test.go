package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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
		{exitFailed, "there is no such form", []string{"--form", "四公"}},
		{exitFailed, "no department has that", []string{"--department", "月球"}},
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
		if i := slices.IndexFunc(lines, func(s string) bool { return strings.HasPrefix(s, "no rows: ") }); code != exitOK || i < 0 ||
			!strings.Contains(lines[i], "五河县卫生健康局 has ") || !strings.Contains(lines[i], "; they have ") || !strings.Contains(lines[i], "三公经费 (") {
			t.Errorf("%q: exit %d, %s", args, code, errs)
		}
	}
	if _, err := os.Stat(page); err != nil {
		t.Error(err)
	}
	if _, _, errs := command(t, "compare", dataset, "--department", "五河", "--three-public"); strings.Contains(errs, "no rows") {
		t.Errorf("there are rows: %s", errs)
	}
}
