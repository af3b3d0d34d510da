package corpus

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/normalize"
)

// disclosureText is a small disclosure of a department in a year.
func disclosureText(department, year string) string {
	return department + "\n\n" + year + "年部门预算公开情况说明\n\n现将" + department + year + "年部门预算情况说明如下。收入预算12万元。\n"
}

// catalogIn writes a catalogue into a folder.
func catalogIn(t *testing.T, dir, text string) string {
	t.Helper()
	name := filepath.Join(dir, "catalog.csv")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestReadCatalog reads good catalogues, in every encoding that is known.
func TestReadCatalog(t *testing.T) {
	const text = "Kind,path, department ,fiscal_year,region_code,uri\nbudget,a/1.txt,邯郸市教育局,2020,130400,https://example.org/1\n,2.txt,,,,\n"
	want := []Known{
		{Path: "a/1.txt", URI: "https://example.org/1", Line: 2,
			Given: normalize.Given{Department: "邯郸市教育局", RegionCode: "130400", FiscalYear: 2020, Kind: "budget"}},
		{Path: "2.txt", Line: 3},
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": text, "with a mark": "\ufeff" + text, "GB18030": gb, "CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
		"semicolons": strings.ReplaceAll(text, ",", ";"), "tabs": strings.ReplaceAll(text, ",", "\t")} {
		c, err := ReadCatalog(catalogIn(t, t.TempDir(), data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !slices.Equal(c.rows, want) {
			t.Errorf("%s: %+v", name, c.rows)
		}
	}
}

// TestReadCatalogErrors names every mistake with file and line.
func TestReadCatalogErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "catalog.csv: the catalogue is empty; its first line names the columns: path, uri, department, region_code, fiscal_year, kind"},
		{"path,year\n", `catalog.csv:1: column "year" is not known; a catalogue has path, uri, department, region_code, fiscal_year, kind`},
		{"path,kind,Path\n", `catalog.csv:1: column "Path" stands there twice`},
		{"uri,kind\n", `catalog.csv:1: there is no column "path"`},
		{"path,kind\na.txt,budget\n\n\"b\n.txt\",预算\n,budget\na.txt,\n",
			"catalog.csv:4: kind \"预算\" is none of budget, final_account, other\n" +
				"catalog.csv:6: the row has no path\n" +
				"catalog.csv:7: path \"a.txt\" stands in line 2 already"},
		{"path,region_code,fiscal_year\na.txt,1304,\nb.txt,,二〇二〇\nc.txt,,20201\n",
			"catalog.csv:2: region_code \"1304\" does not have six digits\n" +
				"catalog.csv:3: fiscal_year \"二〇二〇\" is no year\n" +
				"catalog.csv:4: fiscal_year \"20201\" is no year"},
		{"path,region_code\na.txt,999999\nb.txt,130499\nc.txt,130470\nd.txt,139971\n",
			"catalog.csv:2: region_code \"999999\" is no code of GB/T 2260 in any year, nor of a development zone (71 to 99 below a known prefecture)\n" +
				"catalog.csv:4: region_code \"130470\" is no code of GB/T 2260 in any year, nor of a development zone (71 to 99 below a known prefecture)\n" +
				"catalog.csv:5: region_code \"139971\" is no code of GB/T 2260 in any year, nor of a development zone (71 to 99 below a known prefecture)"},
		{"path;year\n", `catalog.csv:1: column "year" is not known; a catalogue has path, uri, department, region_code, fiscal_year, kind`},
		{"path,kind\na.txt\n", "catalog.csv: record on line 2: wrong number of fields"},
		{"\x00\x01\x02", "catalog.csv: the catalogue is no text in UTF-8, UTF-16 or GB18030"},
	} {
		dir := t.TempDir()
		_, err := ReadCatalog(catalogIn(t, dir, c.text))
		if err == nil {
			t.Errorf("%q: no error", c.text)
		} else if got := strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""); got != c.want {
			t.Errorf("%q:\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
	if _, err := ReadCatalog(filepath.Join(t.TempDir(), "gone.csv")); err == nil || !strings.Contains(err.Error(), "gone.csv") {
		t.Errorf("a catalogue that is not there: %v", err)
	}
}

// TestCatalogMatch finds files by the catalogue's folder and by the inputs.
func TestCatalogMatch(t *testing.T) {
	root := tree(t, map[string]string{"in/a/1.txt": "甲", "in/2.txt": "乙", "3.txt": "丙", "in/4.txt": "丁"})
	single := filepath.Join(tree(t, map[string]string{"5.txt": "戊"}), "5.txt")
	inputs := []string{filepath.Join(root, "in"), filepath.Join(root, "3.txt"), single}
	name := catalogIn(t, root, "path,kind\nin/a/1.txt,budget\n2.txt,other\n3.txt,final_account\n5.txt,other\ngone.txt,budget\n")
	c, err := ReadCatalog(name)
	if err != nil {
		t.Fatal(err)
	}
	files, _, err := Discover(inputs)
	if err != nil {
		t.Fatal(err)
	}
	unmatched, err := c.match(inputs, files)
	if err != nil || !slices.Equal(unmatched, []string{name + ":6: no file of the input is gone.txt"}) {
		t.Errorf("unmatched %q, %v", unmatched, err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.URI+" "+f.given().Kind)
	}
	if want := []string{"2.txt other", "3.txt final_account", "4.txt ", "5.txt other", "a/1.txt budget"}; !slices.Equal(got, want) {
		t.Errorf("matched %q, want %q", got, want)
	}
	twice, err := ReadCatalog(catalogIn(t, root, "path\nin/2.txt\n2.txt\n"))
	if err != nil {
		t.Fatal(err)
	}
	files, _, _ = Discover(inputs)
	if _, err := twice.match(inputs, files); err == nil || !strings.HasSuffix(err.Error(), "catalog.csv:3: 2.txt is the file of line 2") {
		t.Errorf("two rows for one file: %v", err)
	}
}

// TestRunCatalog runs a small corpus with a catalogue: its values win, a
// conflict is a note, a document that fails has them too, and a row without a
// file is told.
func TestRunCatalog(t *testing.T) {
	root := tree(t, map[string]string{
		"a.txt":      disclosureText("邯郸市教育局", "2020"),
		"b.txt":      disclosureText("邯郸市财政局", "2020"),
		"same/b.txt": disclosureText("邯郸市财政局", "2020"),
		"scan.txt":   "  \n",
	})
	c, err := ReadCatalog(catalogIn(t, t.TempDir(), "path,uri,department,region_code,fiscal_year,kind\n"+
		"a.txt,https://example.org/a,邯郸市教育局,130400,2021,\nb.txt,,,,2020,\nsame/b.txt,,,,2019,\n"+
		"scan.txt,,邯郸市统计局,130400,2018,final_account\nmissing.txt,,,,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "dataset")
	codes := map[string]map[string]int{}
	sum, err := Run(context.Background(), []string{root}, dir, Settings{Catalog: c, Done: func(o Outcome) { codes[o.URI] = o.Counts.Codes }})
	if err != nil {
		t.Fatal(err)
	}
	if len(sum.Unmatched) != 1 || !strings.HasSuffix(sum.Unmatched[0], ":6: no file of the input is missing.txt") {
		t.Errorf("unmatched %q", sum.Unmatched)
	}
	if codes["a.txt"]["identity.catalog"] != 1 || codes["b.txt"]["identity.catalog"] != 1 {
		t.Errorf("notes of conflicts: %v", codes)
	}
	for _, year := range []string{"2018", "2020", "2021"} {
		if _, err := os.Stat(filepath.Join(dir, "documents", "fiscal_year="+year, "part-00000.parquet")); err != nil {
			t.Error(err)
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, "documents", "fiscal_year=2021", "part-00000.parquet")); err != nil || !strings.Contains(string(data), "https://example.org/a") {
		t.Errorf("the dataset does not have the URI of the catalogue: %v", err)
	}
}
