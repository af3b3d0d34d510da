package main

import (
	"bytes"
	"context"
	"crypto/md5" // no guard against ill will: what stores tell of an object
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
)

// objects goes through all objects of a bucket by name.
func objects(ctx context.Context, bucket *blob.Bucket) iter.Seq2[*blob.ListObject, error] {
	return func(yield func(*blob.ListObject, error) bool) {
		list := bucket.List(nil)
		for {
			o, err := list.Next(ctx)
			if errors.Is(err, io.EOF) || !yield(o, err) || err != nil {
				return
			}
		}
	}
}

// fetch brings the objects of a bucket into a folder. One whose MD5 is that of
// the file is there already: times are of seconds in some stores, so that a
// change within one would be missed. Files that are no objects stay.
func fetch(ctx context.Context, bucket *blob.Bucket, dir string) (string, error) {
	brought, there := 0, 0
	for o, err := range objects(ctx, bucket) {
		if err != nil {
			return "", err
		}
		if strings.HasSuffix(o.Key, "/") {
			continue // stands for a folder
		}
		name := filepath.FromSlash(o.Key)
		if !filepath.IsLocal(name) {
			return "", fmt.Errorf("the object %q cannot be a file below %s: rename it, or fetch a path without it", o.Key, dir)
		}
		target := filepath.Join(dir, name)
		if unchanged(o, target) {
			there++
			continue
		}
		if err := bring(ctx, bucket, o, target); err != nil {
			return "", fmt.Errorf("%s: %w", o.Key, err)
		}
		brought++
	}
	return fmt.Sprintf("%d objects fetched, %d were there", brought, there), nil
}

// unchanged tells whether a file holds an object. Of one that was uploaded in
// pieces some stores tell no hash; it is brought again.
func unchanged(o *blob.ListObject, file string) bool {
	if info, err := os.Stat(file); err != nil || info.Size() != o.Size || len(o.MD5) == 0 {
		return false
	}
	in, err := os.Open(file)
	if err != nil {
		return false
	}
	defer in.Close()
	sum := md5.New()
	_, err = io.Copy(sum, in)
	return err == nil && bytes.Equal(sum.Sum(nil), o.MD5)
}

// bring writes one object whole: under another name first, then by rename.
func bring(ctx context.Context, bucket *blob.Bucket, o *blob.ListObject, target string) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(target), ".fetching-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name()) // fails once it is renamed
	err = bucket.Download(ctx, o.Key, out, nil)
	if err = errors.Join(err, out.Close()); err != nil {
		return err
	}
	if err := os.Chmod(out.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(out.Name(), target)
}
