package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// resultsSuffix stands behind the path of a dataset where the results are, on a
// store as on a disk.
const resultsSuffix = ".results"

// place is what a URL names on an object store.
type place struct {
	// where is the URL as it was given, for people.
	where string
	// store is the URL of the bucket alone, path what follows it, without "/" at
	// its ends; folder tells that there was one behind it.
	store, path string
	folder      bool
}

// schemes are the stores that are compiled in; tests add theirs.
var schemes = []string{"s3", "gs", "azblob"}

// isURL tells the URL of an object store from a name on the disk.
func isURL(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && slices.Contains(schemes, scheme)
}

// parsePlace takes a URL apart.
func parsePlace(where string) (*place, error) {
	u, err := url.Parse(where)
	if err != nil || u.Host == "" || !isURL(where) {
		return nil, fmt.Errorf("%q is no URL of an object store: use s3://BUCKET/PATH, gs://BUCKET/PATH or azblob://CONTAINER/PATH", where)
	}
	if u.Fragment != "" {
		return nil, fmt.Errorf("%s: write %%23 for a # in a path", where)
	}
	p := &place{where: where, path: strings.Trim(u.Path, "/"), folder: strings.HasSuffix(u.Path, "/")}
	u.Path, u.RawPath = "", ""
	p.store = u.String()
	return p, nil
}

// root opens the bucket itself.
func (p *place) root(ctx context.Context) (*blob.Bucket, error) {
	bucket, err := blob.OpenBucket(ctx, p.store)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", p.where, err)
	}
	return bucket, nil
}

// open opens the objects below the place, with more behind its path.
func (p *place) open(ctx context.Context, more string) (*blob.Bucket, error) {
	bucket, err := p.root(ctx)
	if err != nil || p.path+more == "" {
		return bucket, err
	}
	return blob.PrefixedBucket(bucket, p.path+more+"/"), nil
}

// below tells whether an object of the bucket is what a run itself writes into
// its output: a dataset and its results are no documents.
func (p *place) below(key string) bool {
	return strings.HasPrefix(key, p.path+"/") || strings.HasPrefix(key, p.path+resultsSuffix+"/")
}

// object is what a store tells of an object in a list.
type object struct {
	key  string
	size int64
	md5  []byte // nil where the store does not know it
	mod  time.Time
}

// objects goes through all objects of a bucket by name.
func objects(ctx context.Context, bucket *blob.Bucket, prefix string) iter.Seq2[object, error] {
	return func(yield func(object, error) bool) {
		list := bucket.List(&blob.ListOptions{Prefix: prefix})
		for {
			o, err := list.Next(ctx)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				why := "the objects cannot be listed"
				if gcerrors.Code(err) == gcerrors.NotFound {
					why += ", since there is no such bucket or none that you may see"
				}
				yield(object{}, fmt.Errorf("%s: %w", why, err))
				return
			}
			if !yield(object{o.Key, o.Size, o.MD5, o.ModTime}, nil) {
				return
			}
		}
	}
}

// transfers is how many objects are carried at the same time: one at a time, a
// store that is far away would be waited for most of the time.
const transfers = 8

// each calls do for 0 to n-1, several at a time, until one fails, and returns
// the first error.
func each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(n, transfers) {
		wg.Go(func() {
			for i := range next {
				if err := do(ctx, i); err != nil {
					stop(err)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}
