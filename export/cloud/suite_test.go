package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"

	"yusuan/export"
)

// disks is a kind of store on the disk: disk://NAME/PATH, NAME a folder of the test.
type disks struct {
	mu sync.Mutex
	at map[string]string
}

var testDisks = &disks{at: map[string]string{}}

func (d *disks) OpenBucketURL(_ context.Context, u *url.URL) (*blob.Bucket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return fileblob.OpenBucket(d.at[u.Host], &fileblob.Options{NoTempDir: true})
}

func init() {
	schemes = append(schemes, "disk")
	blob.DefaultURLMux().RegisterBucket("disk", testDisks)
}

// newDisk is the URL of an empty store.
func newDisk(t *testing.T) string {
	testDisks.mu.Lock()
	defer testDisks.mu.Unlock()
	name := fmt.Sprintf("disk%d", len(testDisks.at))
	testDisks.at[name] = t.TempDir()
	return "disk://" + name + "/base"
}

// sub is the URL of a path below another.
func sub(where, path string) string {
	before, query, ok := strings.Cut(where, "?")
	if ok {
		query = "?" + query
	}
	return before + "/" + path + query
}

// bucketAt opens what a URL names.
func bucketAt(t *testing.T, where string) *blob.Bucket {
	t.Helper()
	p, err := parsePlace(where)
	if err != nil {
		t.Fatal(err)
	}
	bucket, err := p.open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bucket.Close() })
	return bucket
}

// impatient has locks of dead publications noticed soon. Those of living ones may
// be taken for dead then, on a machine that is busy.
func impatient(t *testing.T) {
	life, look := leaseLife, leaseLook
	leaseLife, leaseLook = 300*time.Millisecond, 20*time.Millisecond
	t.Cleanup(func() { leaseLife, leaseLook = life, look })
}

// world is a store with what a suite works on.
type world struct {
	t      *testing.T
	where  string
	yusuan string
	// docs is a folder of documents, the same as below where/in.
	docs string
	in   *blob.Bucket
	work string
}

// sampleDocuments are documents of the samples that the suite uses.
var sampleDocuments = []string{"贵溪市图书馆2022年度单位决算说明.txt", "晋州市档案馆2023年单位预算说明.txt", "黄石港区文化广电和旅游局2018年部门预算.doc"}

func newWorld(t *testing.T, where string) *world {
	t.Helper()
	w := &world{t: t, where: where, yusuan: buildYusuan(t), docs: filepath.Join(t.TempDir(), "docs"),
		in: bucketAt(t, sub(where, "in")), work: filepath.Join(t.TempDir(), "work")}
	for _, name := range sampleDocuments[:2] {
		w.add(name)
	}
	return w
}

var yusuanOnce = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "yusuan-cloud-test-")
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "yusuan")
	cmd := exec.Command("go", "build", "-tags", "ne", "-o", name, ".")
	cmd.Dir = filepath.Join("..", "..")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return name, nil
})

// buildYusuan builds the program once for all tests.
func buildYusuan(t *testing.T) string {
	t.Helper()
	name, err := yusuanOnce()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// add puts a document of the samples on the store, in a folder, and into docs.
func (w *world) add(name string) {
	w.t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "corpus", "samples", "handmade", name))
	if err != nil {
		w.t.Fatal(err)
	}
	rel := filepath.Join("某地", name)
	if err := os.MkdirAll(filepath.Join(w.docs, "某地"), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(filepath.Join(w.docs, rel), data, 0o644), w.in.WriteAll(w.t.Context(), "某地/"+name, data, nil)); err != nil {
		w.t.Fatal(err)
	}
}

// drop is the reverse of add.
func (w *world) drop(name string) {
	w.t.Helper()
	if err := errors.Join(os.Remove(filepath.Join(w.docs, "某地", name)), w.in.Delete(w.t.Context(), "某地/"+name)); err != nil {
		w.t.Fatal(err)
	}
}

// run runs the command and returns its exit code, and both outputs.
func (w *world) run(args ...string) (code int, said string) {
	var out bytes.Buffer
	code = (&program{&stopper{end: func() {}}, &out, &out}).execute(w.t.Context(), append(args, "--yusuan", w.yusuan))
	return code, out.String()
}

// good runs it and fails unless the exit code is 0.
func (w *world) good(args ...string) string {
	w.t.Helper()
	code, said := w.run(args...)
	if code != 0 {
		w.t.Fatalf("%q: exit code %d: %s", args, code, said)
	}
	return said
}

// compare fetches the dataset of the store and holds it against what yusuan run
// makes of the same files on the disk.
func (w *world) compare(what, where string) {
	w.t.Helper()
	back, want := filepath.Join(w.t.TempDir(), "back"), filepath.Join(w.t.TempDir(), "want")
	if out, err := exec.Command(w.yusuan, "run", w.docs, "-o", want).CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %s", err, out)
	}
	if _, err := fetch(w.t.Context(), bucketAt(w.t, where), back, quiet); err != nil {
		w.t.Fatal(err)
	}
	same(w.t, what, local(w.t, back), local(w.t, want))
}

// TestServer runs the suite on the store of YUSUAN_BUCKET, an empty path, and
// skips without it; make oracle-s3, oracle-gs and oracle-azblob start one.
func TestServer(t *testing.T) {
	where := os.Getenv("YUSUAN_BUCKET")
	if where == "" {
		t.Skip("skipped: YUSUAN_BUCKET names no store")
	}
	var azure *container.Client
	if bucketAt(t, where).As(&azure) { // its server has no other way to make one
		if _, err := azure.Create(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	suite(t, where)
}

// TestDisk runs the suite on a folder.
func TestDisk(t *testing.T) { suite(t, newDisk(t)) }

func suite(t *testing.T, where string) {
	for _, s := range []struct {
		name string
		test func(*testing.T, string)
	}{
		{"publish", publishes}, {"lock", locks}, {"runs", runs}, {"two", runsTogether}, {"broken", breaksOff}, {"changed", noticesChange}, {"pieces", largeObjects},
	} {
		t.Run(s.name, func(t *testing.T) { s.test(t, sub(where, s.name)) })
	}
}

// publishes publishes and fetches, twice.
func publishes(t *testing.T, where string) {
	dir, back := filepath.Join(t.TempDir(), "dataset"), filepath.Join(t.TempDir(), "back")
	commitTo(t, dir, 1, 2018, 2019)
	for n := range 2 {
		for _, args := range [][]string{{"publish", dir, where}, {"fetch", where, back}} {
			var out bytes.Buffer
			if code := (&program{quiet.stop, &out, &out}).execute(t.Context(), args); code != 0 {
				t.Fatalf("%q: %s", args, out.String())
			}
		}
		same(t, fmt.Sprintf("round %d", n), local(t, back), local(t, dir))
		commitTo(t, dir, 2, 2019)
	}
}

// locks lets one publication in at a time, and takes a dead one's lock away.
func locks(t *testing.T, where string) {
	impatient(t)
	ctx, dir, bucket := t.Context(), filepath.Join(t.TempDir(), "dataset"), bucketAt(t, where)
	commitTo(t, dir, 1, 2018)
	l, err := takeLease(ctx, bucket, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish(ctx, bucket, dir, quiet); !errors.Is(err, errLocked) || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("the store let two publications in: %v", err)
	}
	if err := l.release(ctx); err != nil {
		t.Fatal(err)
	}
	if err := bucket.WriteAll(ctx, lockName, []byte("process 1 on elsewhere since then, X"), nil); err != nil {
		t.Fatal(err)
	}
	told := ""
	o := options{wait: time.Minute, say: func(f string, args ...any) { told += fmt.Sprintf(f, args...) }}
	if _, err := publish(ctx, bucket, dir, o); err != nil || !strings.Contains(told, "is a dead publication's") || !strings.Contains(told, "process 1 on elsewhere") {
		t.Errorf("%v, %q", err, told)
	}
	same(t, "after a dead one", remote(t, bucket), local(t, dir))
}

// runs reads from the store into the store, from a fresh machine each time: with
// a document more, with one less, and with nothing new.
func runs(t *testing.T, where string) {
	w := newWorld(t, where)
	in, out := sub(where, "in"), sub(where, "out")
	w.good("run", in, "-o", out, "--work", w.work)
	w.compare("first", out)
	fresh := func() {
		if err := os.RemoveAll(w.work); err != nil {
			t.Fatal(err)
		}
	}
	fresh()
	w.add(sampleDocuments[2])
	if said := w.good("run", in, "--work="+w.work, "--output="+out, "--workers", "1"); !strings.Contains(said, "2  of them read by earlier runs") {
		t.Errorf("what the first machine read was read again: %s", said)
	}
	w.compare("one more", out)
	if said := w.good("run", in, "-o"+out, "--work", w.work); !strings.Contains(said, "nothing to publish") || !strings.Contains(said, " 0 brought") {
		t.Errorf("the same again: %s", said)
	}
	fresh()
	w.drop(sampleDocuments[0])
	if said := w.good("run", in, "-o", out, "--work", w.work, "--drop-gone"); !strings.Contains(said, "1  gone from the inputs") {
		t.Errorf("one that is gone: %s", said)
	}
	w.compare("one less", out)
	if code, said := w.run("run", sub(where, "nothing"), "-o", out, "--work", w.work); code != exitFailed || !strings.Contains(said, "there is no object below it") {
		t.Errorf("exit code %d: %s", code, said)
	}
	w.compare("nothing", out)
	if code, said := w.run("run", in, "-o", in, "--work", w.work); code != exitFailed || !strings.Contains(said, export.ErrForeign.Error()) {
		t.Errorf("a dataset among documents: exit code %d: %s", code, said)
	}
}

// runsTogether has two runs into one dataset, of which each must find the other's
// documents there.
func runsTogether(t *testing.T, where string) {
	w := newWorld(t, where)
	out := sub(where, "out")
	var wg sync.WaitGroup
	for i, name := range sampleDocuments[:2] {
		wg.Go(func() {
			code, said := w.run("run", sub(where, "in/某地/"+name), "-o", out, "--work", fmt.Sprint(w.work, i), "--wait", "1m")
			if code != 0 {
				t.Errorf("run %d: exit code %d: %s", i, code, said)
			}
		})
	}
	wg.Wait()
	// Each input is one object: the URI is its last name alone.
	for _, name := range sampleDocuments[:2] {
		if err := os.Rename(filepath.Join(w.docs, "某地", name), filepath.Join(w.docs, name)); err != nil {
			t.Fatal(err)
		}
	}
	w.compare("both", out)
}

// breaksOff ends publications at every point as a kill does. The next run brings
// to its end what was decided, and forgets the rest.
func breaksOff(t *testing.T, where string) {
	impatient(t)
	for n, decides := range []bool{false, true, true, true} {
		ctx, where := t.Context(), sub(where, fmt.Sprint(n))
		bucket := bucketAt(t, where)
		dir, before := filepath.Join(t.TempDir(), "dataset"), filepath.Join(t.TempDir(), "before")
		commitTo(t, dir, 1, 2018, 2019)
		if _, err := publish(ctx, bucket, dir, quiet); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(before, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		commitTo(t, dir, 2, 2018, 2020)
		die(t, bucket, dir, n)
		if _, err := fetch(ctx, bucket, filepath.Join(t.TempDir(), "fetched"), quiet); decides != errors.Is(err, errMoving) {
			t.Errorf("fetched after a death at step %d: %v", n, err)
		}
		c := newCheckout(bucket, filepath.Join(t.TempDir(), "copy"), options{wait: time.Minute, say: quiet.say})
		if err := c.bring(ctx); err != nil {
			t.Fatalf("%d: %v", n, err)
		}
		want := before
		if decides {
			want = dir
		}
		same(t, fmt.Sprint("after a death at step ", n), local(t, c.index.dir), local(t, want))
		if _, err := publish(ctx, bucket, dir, options{wait: time.Minute, say: quiet.say}); err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprint("published again after step ", n), remote(t, bucket), local(t, dir))
	}
}

// die publishes a dataset up to a step, and leaves all as it is then: 0 before
// the decision, 1 after it, 2 with half of the parts in their places, 3 with the
// new manifest.
func die(t *testing.T, bucket *blob.Bucket, dir string, step int) {
	t.Helper()
	ctx := t.Context()
	p := &publication{bucket: bucket, dir: dir, had: map[string]string{}, staging: stagingName + "DEAD/"}
	var err error
	if p.lease, err = takeLease(ctx, bucket, quiet); err != nil {
		t.Fatal(err)
	}
	p.lease.stop()
	p.lease.done.Wait()
	p.manifest, err = export.ReadManifest(dir)
	if err == nil {
		p.data, err = os.ReadFile(filepath.Join(dir, manifestName))
	}
	if err == nil {
		_, err = p.stage(ctx)
	}
	if err == nil && step > 0 {
		err = p.decide(ctx)
	}
	if err == nil && step > 1 {
		err = remove(ctx, bucket, successName)
		for i, f := range p.manifest.Files {
			if i%2 == 0 || step > 2 {
				err = errors.Join(err, p.install(ctx, p.staging, object{key: f.Path, size: f.Bytes}))
			}
		}
	}
	if err == nil && step > 2 {
		err = bucket.WriteAll(ctx, manifestName, p.data, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// noticesChange changes a part and removes another on the store: a run tells of
// both and writes them anew.
func noticesChange(t *testing.T, where string) {
	w := newWorld(t, where)
	in, out := sub(where, "in"), sub(where, "out")
	w.good("run", in, "-o", out, "--work", w.work)
	bucket := bucketAt(t, out)
	changed, gone := "cells/fiscal_year=2022/part-00000.parquet", "notes/fiscal_year=2022/part-00000.parquet"
	data, err := bucket.ReadAll(t.Context(), changed)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1 // of the same size
	if err := errors.Join(bucket.WriteAll(t.Context(), changed, data, nil), bucket.Delete(t.Context(), gone)); err != nil {
		t.Fatal(err)
	}
	said := w.good("run", in, "-o", out, "--work", w.work)
	for _, name := range []string{changed, gone} {
		if !strings.Contains(said, "warning: "+name+" on the store is not what its manifest says") {
			t.Errorf("nothing is said of %s: %s", name, said)
		}
	}
	w.compare("mended", out)
}

// largeObjects publishes and fetches a file that stores take in pieces, and may
// tell no hash of.
func largeObjects(t *testing.T, where string) {
	ctx, bucket, dir := t.Context(), bucketAt(t, where), t.TempDir()
	name := filepath.Join(dir, "large")
	data := make([]byte, 30<<20)
	for i := range data {
		data[i] = byte(i * i >> 7)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := (target{bucket: bucket, key: "staged/large"}).file(ctx, name, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := (&publication{bucket: bucket}).install(ctx, "staged/", object{key: "large", size: int64(len(data))}); err != nil {
		t.Fatal(err)
	}
	x := openIndex(filepath.Join(dir, "back"))
	list, err := listed(ctx, bucket, x.dir, nil)
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %d objects", err, len(list))
	}
	if n, err := x.update(ctx, bucket, list); err != nil || n != 2 {
		t.Fatalf("%v, %d brought", err, n)
	}
	for _, o := range list {
		if got, err := os.ReadFile(x.file(o.key)); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s came otherwise: %v", o.key, err)
		}
		t.Logf("%s: MD5 told: %v", o.key, len(o.md5) > 0)
	}
}
