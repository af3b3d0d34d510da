package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the runs of tests start this binary as their worker, and tests
// start it as the program.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		if name := os.Getenv(holdName); name != "" {
			holdInput(name)
		}
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// command runs a command line and returns the exit code and what was printed.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), args, &out, &errs)
	return code, out.String(), errs.String()
}

const (
	goodSamples   = "corpus/samples/generated"
	brokenSamples = "corpus/samples/broken"
)

func TestRunCommand(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "dataset")
	code, out, errs := command(t, "run", goodSamples, "-o", dataset)
	if code != exitOK || errs != "" {
		t.Fatalf("exit %d, errors %q", code, errs)
	}
	for _, want := range []string{"9  ok", "performance_target", "indicators", "dataset: " + dataset} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary does not say %q:\n%s", want, out)
		}
	}
	for _, name := range []string{"_SUCCESS", "manifest.json", "datapackage.json", "croissant.json", "datacontract.yaml", "indicators/fiscal_year=2018/part-00000.parquet", "budget_lines/fiscal_year=2018/part-00000.parquet"} {
		if _, err := os.Stat(filepath.Join(dataset, name)); err != nil {
			t.Error(err)
		}
	}
}

// TestRunFailures runs over files that fail, each in its way, beside good
// ones: all are reported, the rest is written, the exit code is 3.
func TestRunFailures(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "dataset")
	missing := filepath.Join(t.TempDir(), "gone.docx")
	code, out, errs := command(t, "run", goodSamples, brokenSamples, missing, "-o", dataset, "--json")
	if code != exitSomeFailed || errs != "" {
		t.Fatalf("exit %d, errors %q", code, errs)
	}
	codes := map[string]string{}
	var last map[string]any
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var e map[string]any
		if err := dec.Decode(&e); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if e["event"] == "document" && e["status"] == "failed" {
			codes[e["uri"].(string)] = e["error_code"].(string)
		}
		last = e
	}
	for uri, want := range map[string]string{
		"empty.txt": "no_text", "blank.docx": "no_text", "truncated.docx": "malformed", "picture.docx": "unsupported_format", "gone.docx": "not_found",
	} {
		if codes[uri] != want {
			t.Errorf("%s failed with %q, want %q", uri, codes[uri], want)
		}
	}
	if last["event"] != "summary" || last["failed"] != 5.0 || last["ok"] != 9.0 {
		t.Errorf("summary %v", last)
	}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"run"}, exitUsage, "requires at least 1 arg"},
		{[]string{"run", goodSamples}, exitUsage, "-o"},
		{[]string{"run", goodSamples, "-o", "x", "--bogus"}, exitUsage, "bogus"},
		{[]string{"run", goodSamples, "-o", "x", "--workers", "-1"}, exitUsage, "negative"},
		{[]string{"run", goodSamples, "-o", "x", "--max-cells", "-1"}, exitUsage, "--max"},
		{[]string{"run", goodSamples, "-o", "x", "--lock-wait", "-1s"}, exitUsage, "--lock-wait"},
		{[]string{"commit", "x", "--lock-wait", "-1s"}, exitUsage, "--lock-wait"},
		{[]string{"gc", "x", "--lock-wait", "-1s"}, exitUsage, "--lock-wait"},
		{[]string{"synth", "-o", "x", "--documents", "-5"}, exitUsage, "negative"},
		{[]string{"synth", "-o", "x", "--format", "odt"}, exitUsage, "gb18030"},
		{[]string{"bogus"}, exitUsage, "bogus"},
		{[]string{"extract", "nowhere.docx"}, exitFailed, "nowhere.docx"},
		{[]string{"extract", goodSamples + "/../handmade", "--format", "pdf"}, exitUsage, "html"},
		{[]string{"extract", brokenSamples + "/picture.docx"}, exitFailed, "PNG"},
		{[]string{"synth"}, exitUsage, "-o"},
		{[]string{"version", "--log-level", "loud"}, exitUsage, "loud"},
	} {
		code, _, errs := command(t, c.args...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%q: exit %d, said %q; want %d and %q", c.args, code, errs, c.code, c.says)
		}
	}
	// An output that is somebody's folder is not touched.
	if code, _, errs := command(t, "run", goodSamples, "-o", "corpus"); code != exitFailed || !strings.Contains(errs, "not a dataset") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

// TestCheck checks a text whose revenue differs from that of its table, a good
// sample, and a file that cannot be read.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.txt")
	text := "某局2024年部门预算公开\n2024年收入预算9.00万元。\n支出预算总表\n单位：万元\n科目编码|科目名称|合计|基本支出|项目支出\n205|教育支出|5.00|2.00|4.00\n20501|教育管理事务|5.00|2.00|3.00\n合计||5.00|2.00|3.00\n"
	if err := os.WriteFile(wrong, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	samples, err := filepath.Glob(goodSamples + "/*/*2019*.txt")
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples (%v)", err)
	}
	for _, c := range []struct {
		args []string
		code int
		says []string
	}{
		{[]string{samples[0]}, exitOK, []string{"checks passed, 0 failed"}},
		{[]string{wrong}, exitSomeFailed, []string{"wrong.txt: t1 r1c4: error: sum.code", "printed “4.00” expected 30000, actual 40000, difference 10000", "1 errors"}},
		{[]string{"--json", wrong, samples[0]}, exitSomeFailed, []string{`{"event":"finding","file":`, `"rule":"sum.code"`, `,"block_no":4,"table_no":1,"row_no":1,"col_no":4,"expected"`, `"expected":"30000"`, `"event":"document"`, `"checks_passed":`}},
		{[]string{samples[0], brokenSamples + "/truncated.docx"}, exitSomeFailed, []string{"checks passed"}},
		{[]string{brokenSamples + "/truncated.docx"}, exitFailed, nil},
		{[]string{brokenSamples + "/truncated.docx", brokenSamples + "/empty.txt"}, exitFailed, nil},
		{nil, exitUsage, nil},
	} {
		code, out, errs := command(t, append([]string{"check"}, c.args...)...)
		if code != c.code {
			t.Errorf("check %q: exit %d, want %d; %s%s", c.args, code, c.code, out, errs)
		}
		for _, s := range c.says {
			if !strings.Contains(out, s) {
				t.Errorf("check %q does not say %q:\n%s", c.args, s, out)
			}
		}
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var errs bytes.Buffer
	dataset := filepath.Join(t.TempDir(), "dataset")
	if code := run(ctx, []string{"run", goodSamples, "-o", dataset}, io.Discard, &errs); code != exitInterrupted {
		t.Errorf("exit %d, said %q", code, errs.String())
	}
	if _, err := os.Stat(dataset); err == nil {
		t.Error("an interrupted run left a dataset behind")
	}
}

func TestLook(t *testing.T) {
	samples, err := filepath.Glob(goodSamples + "/*/*.docx")
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples (%v)", err)
	}
	for _, c := range []struct{ args, says string }{
		{"extract --dump", "\nt "}, {"extract --format html", "<table"}, {"extract --format json", "\"blocks\""},
		{"extract", "| "}, {"normalize", "\"Indicators\""},
	} {
		code, out, errs := command(t, append(strings.Fields(c.args), samples[0])...)
		if code != exitOK || !strings.Contains(out, c.says) {
			t.Errorf("%s: exit %d, %q; nowhere %q", c.args, code, errs, c.says)
		}
	}
}

// TestUnknownCommand lists what the vocabularies do not know, over files, one
// of which cannot be read.
func TestUnknownCommand(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.txt")
	text := "支出预算总表\n单位：元\n科目编码\t科目名称\t合计\t甲类\n201\t一般公共服务支出\t5\t5\n2999901\t某项\t5\t5\n20405\t检察\t5\t5\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := command(t, "normalize", "--unknown", file, file, filepath.Join(dir, "gone.txt"))
	if code != exitSomeFailed || !strings.Contains(errs, "gone.txt") {
		t.Errorf("exit %d, errors %q", code, errs)
	}
	want := "code\t2\t20405 检察\t" + file + " table 1 row 3 column 2\n" +
		"code\t2\t2999901 某项\t" + file + " table 1 row 2 column 2\n" +
		"label\t2\t甲类\t" + file + " table 1 row 0 column 3\n"
	if out != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
	if code, _, _ := command(t, "normalize", "--unknown"); code != exitUsage {
		t.Errorf("no file: exit %d", code)
	}
}

// TestShardsCommitRetryGc takes a dataset through the commands that work on
// what runs have read.
func TestShardsCommitRetryGc(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "dataset")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"retry", dataset}, exitFailed, "no plan of earlier runs"},
		{[]string{"run", goodSamples, brokenSamples, "-o", dataset, "--shard", "3/2"}, exitUsage, "--shard 3/2"},
		{[]string{"run", goodSamples, brokenSamples, "-o", dataset, "--shard", "1/2", "--in-process"}, exitSomeFailed, ""},
		{[]string{"commit", dataset}, exitFailed, "run all shards first"},
		{[]string{"run", goodSamples, brokenSamples, "-o", dataset, "--shard", "2/2"}, exitSomeFailed, ""},
		{[]string{"commit", dataset}, exitSomeFailed, "9  ok"},
		{[]string{"run", goodSamples, brokenSamples, "-o", dataset}, exitSomeFailed, "13  of them read by earlier runs"},
		{[]string{"run", goodSamples, "-o", dataset, "--max-cells", "1"}, exitSomeFailed, "too_large"},
		{[]string{"retry", dataset, "--max-memory", "0"}, exitUsage, "--max-"},
		{[]string{"retry", dataset}, exitSomeFailed, "8  ok"},
		{[]string{"run", goodSamples, "-o", dataset, "--max-cells", "1"}, exitOK, "9  of them read by earlier runs"},
		{[]string{"gc", dataset}, exitOK, "13 results stay"},
	} {
		code, out, errs := command(t, c.args...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%q: exit %d, want %d with %q; it said\n%s%s", c.args, code, c.code, c.says, out, errs)
		}
	}
}
