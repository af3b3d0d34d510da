package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gocloud.dev/blob/memblob"
)

// fakeKey has the test program play yusuan: it prints its arguments and ends with
// the exit code that the variable names, or, for "wait", after a signal.
const fakeKey = "YUSUAN_CLOUD_TEST_FAKE"

func TestMain(m *testing.M) {
	switch code := os.Getenv(fakeKey); code {
	case "":
		os.Exit(m.Run())
	case "wait":
		signals := make(chan os.Signal, 2)
		signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
		fmt.Println("begun")
		select {
		case s := <-signals:
			fmt.Println("ends after", s)
		case <-time.After(time.Minute):
			os.Exit(exitFailed) // whoever tests it is gone
		}
		select {
		case <-signals:
			fmt.Println("a second signal")
		case <-time.After(300 * time.Millisecond):
		}
		os.Exit(exitInterrupted)
	default:
		fmt.Printf("%q\n", os.Args[1:])
		n, _ := strconv.Atoi(code)
		os.Exit(n)
	}
}

// TestRequest takes command lines apart.
func TestRequest(t *testing.T) {
	for _, c := range []struct{ line, args, output, err string }{
		{"s3://b/in -o s3://b/out", "<s3://b/in> --output=s3://b/out", "s3://b/out", ""},
		{"local gs://b/in --workers 4 --output=azblob://c/out?x=y --json", "local <gs://b/in> --workers 4 --output=azblob://c/out?x=y --json", "azblob://c/out?x=y", ""},
		{"-ofolder --catalog=s3://b/c.csv --catalog s3://b/d.csv x", "--output=folder --catalog=<s3://b/c.csv> --catalog <s3://b/d.csv> x", "folder", ""},
		{"-o=f s3://b/in -- -o s3://b/-x", "--output=f <s3://b/in> -- -o <s3://b/-x>", "f", ""},
		{"--work w --yusuan=y --wait 3s s3://b/in -o f --work-dir d", "<s3://b/in> --output=f --work-dir d", "f", ""},
		{"http://b/in -o f", "", "", "nothing of this is on an object store"},
		{"s3://b/in", "", "", "name the dataset with -o"},
		{"s3://b/in -o", "", "", "needs a value"},
		{"s3://b/in -o f --wait soon", "", "", "use a duration"},
	} {
		r, err := parseRequest(strings.Fields(c.line))
		if c.err != "" {
			var usage usageError
			if !errors.As(err, &usage) || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", c.line, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		args := slices.Clone(r.args)
		for _, u := range r.at {
			args[u.n] = u.head + "<" + u.url + ">"
		}
		if got := strings.Join(args, " "); got != c.args || r.output != c.output {
			t.Errorf("%s: %s, into %s", c.line, got, r.output)
		}
	}
	r, err := parseRequest(strings.Fields("--work w --yusuan=y --wait 3s s3://b/in -o f --work-dir d --drop-gone"))
	if err != nil || r.work != "w" || r.yusuan != "y" || r.wait != 3*time.Second || !r.ownResults || !r.dropGone {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestWorkDir has one working folder for each output, whatever the inputs.
func TestWorkDir(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	seen := map[string]string{}
	for _, output := range []string{"s3://b/out", "s3://b/out/", "s3://b/out?region=x", "s3://c/out", "folder", "./folder"} {
		dir, err := (&request{output: output}).workDir()
		if err != nil || !filepath.IsAbs(dir) {
			t.Fatalf("%s: %q, %v", output, dir, err)
		}
		seen[output] = dir
	}
	if seen["s3://b/out"] != seen["s3://b/out/"] || seen["folder"] != seen["./folder"] {
		t.Errorf("the same has two: %q", seen)
	}
	if len(slices.Compact(slices.Sorted(values(seen)))) != 4 {
		t.Errorf("two have the same: %q", seen)
	}
}

func values(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

// TestExitCode hands on the arguments and the exit code of yusuan.
func TestExitCode(t *testing.T) {
	where, work := newDisk(t), filepath.Join(t.TempDir(), "work")
	if err := bucketAt(t, where).WriteAll(t.Context(), "in/x.docx", []byte("x"), nil); err != nil {
		t.Fatal(err)
	}
	for _, code := range []int{0, 1, 2, 3, 130} {
		t.Setenv(fakeKey, fmt.Sprint(code))
		var out, told bytes.Buffer
		got := (&program{quiet.stop, &out, &told}).execute(t.Context(), []string{"run", sub(where, "in"), "--odd", "flag", "-o", sub(where, "out"), "--work", work, "--yusuan", os.Args[0]})
		// Without a manifest nothing is published, whatever the code.
		if got != code || !strings.Contains(out.String(), `"--odd" "flag" "--output=`+filepath.Join(work, "dataset")+`"`) {
			t.Errorf("exit code %d, want %d: %s%s", got, code, out.String(), told.String())
		}
	}
	t.Setenv(fakeKey, "0")
	for line, want := range map[string]int{"run": exitUsage, "run disk://x/y": exitUsage, "publish": exitUsage, "fetch x y": exitUsage, "run s3://b/in -o s3://b": exitUsage, "publish x disk://nowhere/x": exitFailed} {
		var out bytes.Buffer
		if got := (&program{quiet.stop, &out, &out}).execute(t.Context(), strings.Fields(line)); got != want || out.Len() == 0 {
			t.Errorf("%s: exit code %d, want %d: %s", line, got, want, out.String())
		}
	}
}

// watched tells of lines that are written to it.
type watched struct {
	said  bytes.Buffer // not embedded: it could be read into without a Write
	lines chan string
}

func (w *watched) Write(p []byte) (int, error) {
	s := bufio.NewScanner(bytes.NewReader(p))
	for s.Scan() {
		w.lines <- s.Text()
	}
	return w.said.Write(p)
}

// TestSignal has a signal go to yusuan, once, and its exit code be the end.
func TestSignal(t *testing.T) {
	where := newDisk(t)
	if err := bucketAt(t, where).WriteAll(t.Context(), "in/x.docx", []byte("x"), nil); err != nil {
		t.Fatal(err)
	}
	t.Setenv(fakeKey, "wait")
	ended := false
	stop := &stopper{end: func() { ended = true }}
	out, told := &watched{lines: make(chan string, 10)}, new(bytes.Buffer)
	code := make(chan int)
	go func() {
		code <- (&program{stop, out, told}).execute(t.Context(), []string{"run", sub(where, "in"), "-o", sub(where, "out"), "--work", filepath.Join(t.TempDir(), "work"), "--yusuan", os.Args[0]})
	}()
	if line := <-out.lines; line != "begun" {
		t.Fatal(line)
	}
	stop.got(os.Interrupt)
	if got := <-code; got != exitInterrupted || !ended || !strings.Contains(out.said.String(), "ends after interrupt") || strings.Contains(out.said.String(), "second") {
		t.Errorf("exit code %d: %s%s", got, out.said.String(), told.String())
	}
}

// TestListed tells objects that can be files from those that stand for folders,
// and refuses names that cannot.
func TestListed(t *testing.T) {
	for _, c := range []struct{ objects, want, err string }{
		{"a/ a/x.docx 空/x.docx", "a/x.docx 空/x.docx", ""},
		{"a a/x.docx", "a/x.docx", ""}, // a is empty
		{"b a=1 a/x.docx", "", "since others lie below it"},
		{"../x", "", "cannot be a file"},
		{"a//x", "", "cannot be a file"},
		{".yusuan-lock .yusuan-commit/decided out/x in/x", "in/x", ""},
	} {
		bucket := memblob.OpenBucket(nil)
		for name := range strings.FieldsSeq(c.objects) {
			name, text, _ := strings.Cut(name, "=")
			if err := bucket.WriteAll(t.Context(), name, []byte(text), nil); err != nil {
				t.Fatal(err)
			}
		}
		list, err := listed(t.Context(), bucket, t.TempDir(), func(key string) bool { return strings.HasPrefix(key, "out/") })
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", c.objects, err)
			}
			continue
		}
		var names []string
		for _, o := range list {
			names = append(names, o.key)
		}
		if got := strings.Join(names, " "); err != nil || got != c.want {
			t.Errorf("%s: %s, %v", c.objects, got, err)
		}
	}
}

// TestMirror keeps a folder the copy of what a URL names, brings only what is
// new, and never takes what a run writes for a document.
func TestMirror(t *testing.T) {
	where, work := newDisk(t), t.TempDir()
	bucket := bucketAt(t, where)
	write := func(name, text string) {
		t.Helper()
		if err := bucket.WriteAll(t.Context(), name, []byte(text), nil); err != nil {
			t.Fatal(err)
		}
	}
	out, err := parsePlace(sub(where, "out"))
	if err != nil {
		t.Fatal(err)
	}
	mirrored := func(where string, want map[string]string, tells string) string {
		t.Helper()
		dir, said, err := mirror(t.Context(), work, where, out)
		if err != nil || !strings.Contains(said, tells) {
			t.Fatalf("%s: %v, %q", where, err, said)
		}
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			same(t, where, local(t, dir), want)
		}
		return dir
	}
	write("局/2018.docx", "甲")
	write("x", "乙")
	write("out/documents/fiscal_year=2018/part-00000.parquet", "丙")
	write("out.results/plan-none", "丁")
	dir := mirrored(where, map[string]string{"局/2018.docx": "甲", "x": "乙"}, "2 objects, 2 brought, 0 removed")
	if err := bucket.Delete(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	write("x/y", "戊")
	write("局/2018.docx", "己") // of the same size
	// A mirror that somebody wrote into is none.
	if err := os.WriteFile(filepath.Join(dir, "stray.docx"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	mirrored(where, map[string]string{"局/2018.docx": "己", "x/y": "戊"}, "2 objects, 2 brought, 2 removed")
	mirrored(where, map[string]string{"局/2018.docx": "己", "x/y": "戊"}, "2 objects, 0 brought, 0 removed")
	if one := mirrored(sub(where, "局/2018.docx"), nil, "1 objects, 1 brought"); filepath.Base(one) != "2018.docx" {
		t.Errorf("a single object is at %s", one)
	}
	mirrored(sub(where, "none"), nil, "there is no object below it")
}

// TestResultsCarried brings segments to another machine, leaves a changed one out,
// and keeps the plan of each manifest apart.
func TestResultsCarried(t *testing.T) {
	ctx, bucket := t.Context(), memblob.OpenBucket(nil)
	told := ""
	o := options{say: func(f string, args ...any) { told += fmt.Sprintf(f, args...) }}
	here := &results{bucket: bucket, dir: t.TempDir(), work: "/here/工作", o: o}
	there := &results{bucket: bucket, dir: t.TempDir(), work: "/there", o: o}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(here.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("00000001.segment", "one")
	write("00000002.segment", "two")
	write("plan", "of one")
	if err := errors.Join(here.save(ctx), here.savePlan(ctx, []byte("manifest 1"))); err != nil {
		t.Fatal(err)
	}
	write("plan", "of two")
	if err := here.savePlan(ctx, []byte("manifest 2")); err != nil {
		t.Fatal(err)
	}
	var second string
	for o := range objects(ctx, bucket, "00000002") {
		second = o.key
	}
	if err := bucket.WriteAll(ctx, second, []byte("changed"), nil); err != nil {
		t.Fatal(err)
	}
	work, err := there.bring(ctx, []byte("manifest 1"))
	if err != nil || work != here.work || !strings.Contains(told, second) {
		t.Fatalf("%v, %q, %q", err, work, told)
	}
	got := local(t, there.dir)
	if len(got) != 2 || got["plan"] != "of one" {
		t.Errorf("brought %q", got)
	}
	if err := here.keepPlan(ctx, []byte("manifest 2")); err != nil {
		t.Fatal(err)
	}
	if ok, err := bucket.Exists(ctx, planOf([]byte("manifest 1"))); ok || err != nil {
		t.Errorf("the plan of another manifest is there: %v", err)
	}
	if _, err := there.bring(ctx, []byte("manifest 2")); err != nil || local(t, there.dir)["plan"] != "of two" {
		t.Errorf("%v, %q", err, local(t, there.dir))
	}
}

// TestRefusedUpload drops a file that is not what was expected before it becomes
// an object.
func TestRefusedUpload(t *testing.T) {
	bucket, name := memblob.OpenBucket(nil), filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := (target{bucket: bucket, key: "x"}).file(t.Context(), name, func(string) error { return errMoved }); !errors.Is(err, errMoved) {
		t.Errorf("got %v", err)
	}
	if got := remote(t, bucket); len(got) > 0 {
		t.Errorf("there are %q", got)
	}
}
