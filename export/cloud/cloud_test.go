package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gocloud.dev/blob"
	"gocloud.dev/blob/memblob"

	"yusuan/export"
	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// quiet are options that wait for nobody and tell nobody.
var quiet = options{say: func(string, ...any) {}, stop: &stopper{end: func() {}}}

// commitTo commits documents of years, the n-th of each.
func commitTo(t *testing.T, dir string, n int, years ...int) {
	t.Helper()
	var entries []export.Entry
	for _, year := range years {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d/%d", n, year))
		hash := hex.EncodeToString(sum[:])
		r := &export.Result{URI: "x.docx", Status: "ok", Disclosure: &record.Disclosure{
			Source:   document.Source{Name: "x.docx", Format: "docx", SHA256: hash},
			Identity: record.Identity{Department: fmt.Sprintf("第%d局", n), FiscalYear: year, Kind: record.KindBudget}}}
		entries = append(entries, export.Entry{DocumentID: hash[:32], FiscalYear: year, Load: func() (*export.Result, error) { return r, nil }})
	}
	if _, err := export.Commit(dir, entries, export.Settings{Pipeline: "yusuan/test"}); err != nil {
		t.Fatal(err)
	}
}

// local are the files of a folder by their names.
func local(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// remote are the objects of a bucket by their names.
func remote(t *testing.T, bucket *blob.Bucket) map[string]string {
	t.Helper()
	out := map[string]string{}
	for o, err := range objects(context.Background(), bucket, "") {
		if err != nil {
			t.Fatal(err)
		}
		data, err := bucket.ReadAll(context.Background(), o.key)
		if err != nil {
			t.Fatal(err)
		}
		out[o.key] = string(data)
	}
	return out
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("%s: there are %v, want %v, or they differ inside", what, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

// TestPublish makes a bucket the copy of a dataset, sends what a commit changed,
// and heals what a publication that was broken off left.
func TestPublish(t *testing.T) {
	ctx, dir, bucket := context.Background(), filepath.Join(t.TempDir(), "dataset"), memblob.OpenBucket(nil)
	defer bucket.Close()
	commitTo(t, dir, 1, 2018, 2019)
	m, err := export.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	said, err := publish(ctx, bucket, dir, quiet)
	if want := fmt.Sprintf("%d parts sent, 0 removed, %d in all", len(m.Files), len(m.Files)); err != nil || said != want {
		t.Fatalf("%v, %q, want %q", err, said, want)
	}
	same(t, "first", remote(t, bucket), local(t, dir))
	commitTo(t, dir, 2, 2019)
	// Of the part that was written anew, only documents has other rows.
	if said, err := publish(ctx, bucket, dir, quiet); err != nil || !strings.HasPrefix(said, "1 parts sent, 0 removed") {
		t.Errorf("%v, %q", err, said)
	}
	same(t, "second", remote(t, bucket), local(t, dir))

	// One that was broken off: the manifest is the old one, a part is not, and
	// another is of a year that nobody has.
	part := "documents/fiscal_year=2018/part-00000.parquet"
	for _, name := range []string{part, "documents/fiscal_year=1999/part-00000.parquet"} {
		if err := bucket.WriteAll(ctx, name, []byte("another"), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := bucket.Delete(ctx, successName); err != nil {
		t.Fatal(err)
	}
	if said, err := publish(ctx, bucket, dir, quiet); err != nil || !strings.Contains(said, " 1 removed") {
		t.Errorf("%v, %q", err, said)
	}
	same(t, "healed", remote(t, bucket), local(t, dir))
}

// TestPublishRefused leaves alone what it must not touch.
func TestPublishRefused(t *testing.T) {
	ctx, dir, bucket := context.Background(), filepath.Join(t.TempDir(), "dataset"), memblob.OpenBucket(nil)
	defer bucket.Close()
	commitTo(t, dir, 1, 2018)
	write := func(name, text string) {
		t.Helper()
		if err := bucket.WriteAll(ctx, name, []byte(text), nil); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(what string, want error) {
		t.Helper()
		before := remote(t, bucket)
		if _, err := publish(ctx, bucket, dir, quiet); !errors.Is(err, want) {
			t.Errorf("%s: %v", what, err)
		}
		same(t, what, remote(t, bucket), before)
	}
	write("letter.docx", "x")
	refused("another's folder", export.ErrForeign)
	write(manifestName, `{"format": "another"}`)
	refused("another's manifest", export.ErrForeign)
	for _, name := range []string{"letter.docx", manifestName} {
		if err := bucket.Delete(ctx, name); err != nil {
			t.Fatal(err)
		}
	}
	write(lockName, "process 1 on elsewhere")
	refused("a publication under way", errLocked)
	if err := bucket.Delete(ctx, lockName); err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(dir, "cells", "fiscal_year=2018", "part-00000.parquet")
	if err := os.WriteFile(part, []byte("another"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := publish(ctx, bucket, dir, quiet); !errors.Is(err, errMoved) {
		t.Errorf("a part of another commit: %v", err)
	}
	for name := range remote(t, bucket) {
		if name == manifestName || name == successName || name == lockName || strings.HasPrefix(name, "cells/") {
			t.Errorf("%s is there after a publication that failed", name)
		}
	}
	if err := os.Remove(filepath.Join(dir, successName)); err != nil {
		t.Fatal(err)
	}
	if _, err := publish(ctx, bucket, dir, quiet); !errors.Is(err, errMoved) {
		t.Errorf("a commit that is not whole: %v", err)
	}
}

// TestFetch brings objects into a folder once, and again when they changed.
func TestFetch(t *testing.T) {
	ctx, dir, bucket := context.Background(), filepath.Join(t.TempDir(), "in"), memblob.OpenBucket(nil)
	defer bucket.Close()
	want := map[string]string{"局/2018.docx": "甲", "2019.pdf": "乙"}
	for name, text := range want {
		if err := bucket.WriteAll(ctx, name, []byte(text), nil); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := fetch(ctx, bucket, dir, quiet); err != nil || said != "2 objects fetched, 0 were there" {
		t.Errorf("%v, %q", err, said)
	}
	same(t, "first", local(t, dir), want)
	want["2019.pdf"] = "丙" // of the same size
	if err := bucket.WriteAll(ctx, "2019.pdf", []byte("丙"), nil); err != nil {
		t.Fatal(err)
	}
	if said, err := fetch(ctx, bucket, dir, quiet); err != nil || said != "1 objects fetched, 1 were there" {
		t.Errorf("%v, %q", err, said)
	}
	same(t, "second", local(t, dir), want)
	if err := bucket.WriteAll(ctx, "../outside", []byte("x"), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := fetch(ctx, bucket, dir, quiet); err == nil || !strings.Contains(err.Error(), "outside") {
		t.Errorf("an object was written outside the folder: %v", err)
	}
}
