package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCatalogFlag runs and normalises with a catalogue: what it says wins, and a
// row that no file belongs to is a warning; a catalogue with mistakes ends the
// run before anything is read.
func TestCatalogFlag(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		name = filepath.Join(root, name)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	file := write("a.txt", "邯郸市教育局\n2020年部门预算公开情况说明\n收入预算12万元。\n")
	catalog := write("list.csv", "path,fiscal_year\na.txt,2021\ngone.txt,2020\n")
	dataset := filepath.Join(root, "dataset")

	code, _, errs := command(t, "run", file, "-o", dataset, "--catalog", catalog)
	if code != exitOK || errs != "warning: "+catalog+":3: no file of the input is gone.txt\n" {
		t.Errorf("run: exit %d, %q", code, errs)
	}
	if _, err := os.Stat(filepath.Join(dataset, "documents", "fiscal_year=2021", "part-00000.parquet")); err != nil {
		t.Error(err)
	}
	code, out, _ := command(t, "run", file, "-o", dataset, "--catalog", catalog, "--json")
	if code != exitOK || !strings.Contains(out, `"event":"warning"`) {
		t.Errorf("run --json: exit %d, %s", code, out)
	}
	code, out, errs = command(t, "normalize", file, "--catalog", catalog)
	if code != exitOK || errs != "" || !strings.Contains(out, `"FiscalYear": 2021`) || !strings.Contains(out, `"identity.catalog"`) {
		t.Errorf("normalize: exit %d, %q, %.300s", code, errs, out)
	}
	other := write("b.txt", "通知\n")
	if code, _, errs = command(t, "normalize", other, "--catalog", catalog); code != exitOK || errs != "warning: "+catalog+" has no row for "+other+"\n" {
		t.Errorf("normalize without a row: exit %d, %q", code, errs)
	}
	bad := write("bad.csv", "path,fiscal_year\na.txt,明年\n")
	none := filepath.Join(root, "none")
	for says, text := range map[string]string{`wrong.csv:1: column "colour" is not known`: "path,colour\na.txt,red\n", `wrong.csv:3: path "a.txt" stands in line 2 already`: "path\na.txt\na.txt\n",
		"wrong.csv:3: ./a.txt is the file of line 2": "path\na.txt\n./a.txt\n"} {
		// A mistake in the catalogue is none of the command line: the run failed.
		for _, c := range []string{"run", "plan"} {
			if code, _, errs := command(t, c, file, "-o", none, "--catalog", write("wrong.csv", text)); code != exitFailed || !strings.Contains(errs, says) || strings.Contains(errs, "yusuan help") {
				t.Errorf("%s: exit %d, %q, want %q", c, code, errs, says)
			}
		}
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a catalogue with mistakes made a dataset")
	}
	for _, args := range [][]string{{"run", file, "-o", dataset}, {"normalize", file}} {
		if code, _, errs := command(t, append(args, "--catalog", bad)...); code != exitFailed || !strings.Contains(errs, `bad.csv:2: fiscal_year "明年" is no year`) {
			t.Errorf("%s: exit %d, %q", args[0], code, errs)
		}
	}
}
