package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"strings"
	"sync/atomic"

	"gocloud.dev/blob"

	"yusuan/export"
)

// fetch brings the objects of a bucket into a folder. One whose MD5 is that of
// the file is there already: times are of seconds in some stores, so that a
// change within one would be missed. Files that are no objects stay.
func fetch(ctx context.Context, bucket *blob.Bucket, dir string, _ options) (string, error) {
	list, err := listed(ctx, bucket, dir, nil)
	if err != nil {
		return "", err
	}
	x := &index{dir: dir, at: map[string]copied{}}
	brought, err := x.update(ctx, bucket, list)
	if err != nil {
		return "", err
	}
	if err := settledThere(ctx, bucket, x); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d objects fetched, %d were there", brought, len(list)-brought), nil
}

// errMoving means that what was fetched may be a mixture.
var errMoving = errors.New("the dataset was being published, and what was fetched may be partly the old and partly the new one: fetch again; if nobody publishes any more, a run or a publication brings it to its end")

// settledThere makes sure, of a dataset, that all of it was fetched from one
// publication.
func settledThere(ctx context.Context, bucket *blob.Bucket, x *index) error {
	now, m, err := storedManifest(ctx, bucket, "")
	if errors.Is(err, export.ErrForeign) || err == nil && m == nil {
		return nil // documents
	}
	if err != nil {
		return err
	}
	whole, err := bucket.Exists(ctx, successName)
	if err != nil {
		return err
	}
	d, err := decided(ctx, bucket)
	if err != nil {
		return err
	}
	if got, err := os.ReadFile(x.file(manifestName)); err != nil || !whole || d != nil || !bytes.Equal(got, now) {
		return errMoving
	}
	return nil
}

// listed are the objects of a bucket that can be files below a folder, but those
// that are left out and those that stand for folders: their names end in "/", or
// they are empty and others lie below them.
func listed(ctx context.Context, bucket *blob.Bucket, dir string, leftOut func(key string) bool) ([]object, error) {
	var out []object
	folders := map[string]bool{}
	for o, err := range objects(ctx, bucket, "") {
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(o.key, "/") || ours(o.key) || leftOut != nil && leftOut(o.key) {
			continue
		}
		if err := fits(o.key, dir); err != nil {
			return nil, err
		}
		for up := path.Dir(o.key); up != "." && !folders[up]; up = path.Dir(up) {
			folders[up] = true
		}
		out = append(out, o)
	}
	kept := out[:0]
	for _, o := range out {
		if !folders[o.key] {
			kept = append(kept, o)
		} else if o.size > 0 {
			return nil, fmt.Errorf("the object %q cannot be a file below %s, since others lie below it as in a folder: rename it, or name a path without it", o.key, dir)
		}
	}
	return kept, nil
}

// ours tells whether an object is what a publication needs for itself.
func ours(key string) bool { return key == lockName || strings.HasPrefix(key, stagingName) }

// update brings the objects of which the folder has no copy, and returns how
// many.
func (x *index) update(ctx context.Context, bucket *blob.Bucket, list []object) (int, error) {
	if err := os.MkdirAll(x.dir, 0o755); err != nil {
		return 0, err
	}
	var brought atomic.Int64
	err := each(ctx, len(list), func(ctx context.Context, i int) error {
		o := list[i]
		if _, ok := x.has(o); ok || x.same(o) {
			return nil
		}
		brought.Add(1)
		if _, err := x.bring(ctx, bucket, o); err != nil {
			return fmt.Errorf("the object %s cannot be brought: %w", o.key, err)
		}
		return nil
	})
	return int(brought.Load()), err
}
