package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"yusuan/export"
)

// tries is how often a run begins again because others published meanwhile.
const tries = 5

// checkout is the working copy of a dataset that is on a store.
type checkout struct {
	bucket *blob.Bucket
	index  *index
	o      options
	// base is the manifest on the store when it was brought, nil for none, and
	// manifest what it says.
	base     []byte
	manifest *export.Manifest
	// damaged are parts on the store that are not what the manifest says; whole
	// tells that the store has _SUCCESS.
	damaged map[string]bool
	whole   bool
}

func newCheckout(bucket *blob.Bucket, dir string, o options) *checkout {
	return &checkout{bucket: bucket, index: openIndex(dir), o: o}
}

// bring makes the working copy what is published. Nothing in it is believed: a
// part has the SHA-256 that the published manifest says, or is brought. One that
// has another on the store too is left out; yusuan then finds it missing, and
// writes it anew.
func (c *checkout) bring(ctx context.Context) error {
	for range tries {
		again, err := c.once(ctx)
		if err == nil && !again {
			c.whole = c.whole && len(c.damaged) == 0
			for _, name := range slices.Sorted(maps.Keys(c.damaged)) {
				c.o.say("warning: %s on the store is not what its manifest says, and is written anew", name)
			}
			return c.index.save()
		}
		if err != nil {
			return errors.Join(err, c.index.save())
		}
	}
	return fmt.Errorf("%w, again and again, while it was brought: run again later", errOvertaken)
}

// once brings what is published; again tells that this changed meanwhile.
func (c *checkout) once(ctx context.Context) (again bool, err error) {
	if d, err := decided(ctx, c.bucket); err != nil {
		return false, err
	} else if d != nil {
		if err := c.settle(ctx); err != nil {
			return false, err
		}
	}
	c.damaged, c.whole = map[string]bool{}, false
	if c.base, c.manifest, err = storedManifest(ctx, c.bucket, ""); err != nil {
		return false, err
	}
	if c.manifest == nil {
		_, err := c.index.keep(nil)
		return false, errors.Join(err, os.RemoveAll(c.index.dir), vacant(ctx, c.bucket))
	}
	if err := c.files(ctx); err != nil {
		return false, err
	}
	now, _, err := storedManifest(ctx, c.bucket, "")
	if err != nil || !bytes.Equal(now, c.base) {
		return true, err
	}
	d, err := decided(ctx, c.bucket)
	return d != nil, err
}

// settle brings a publication to its end that was decided, or waits until who
// decided it does.
func (c *checkout) settle(ctx context.Context) (err error) {
	p := &publication{bucket: c.bucket}
	if p.lease, err = takeLease(ctx, c.bucket, c.o); err != nil {
		return err
	}
	return errors.Join(p.recover(ctx, c.o), p.lease.release(ctx))
}

// files brings the files of the dataset.
func (c *checkout) files(ctx context.Context) error {
	there, keep := map[string]object{}, map[string]bool{manifestName: true}
	var beside []object
	for o, err := range objects(ctx, c.bucket, "") {
		if err != nil {
			return err
		}
		if ours(o.key) || o.key == manifestName {
			continue
		}
		there[o.key] = o
		if !strings.Contains(o.key, "/") && fits(o.key, c.index.dir) == nil {
			beside, keep[o.key] = append(beside, o), true
		}
		c.whole = c.whole || o.key == successName
	}
	for _, f := range c.manifest.Files {
		keep[f.Path] = true
	}
	if _, err := c.index.keep(keep); err != nil {
		return err
	}
	if _, err := c.index.update(ctx, c.bucket, beside); err != nil {
		return err
	}
	var mu sync.Mutex
	err := each(ctx, len(c.manifest.Files), func(ctx context.Context, i int) error {
		f := c.manifest.Files[i]
		o, ok := there[f.Path]
		if ok {
			var err error
			if ok, err = c.part(ctx, f, o); err != nil {
				return fmt.Errorf("%s cannot be brought: %w", f.Path, err)
			}
		}
		if !ok {
			mu.Lock()
			defer mu.Unlock()
			c.damaged[f.Path] = true
			_ = os.Remove(c.index.file(f.Path)) // may not be there
		}
		return nil
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.index.dir, manifestName), c.base, 0o644)
}

// part brings a part and tells whether it is what the manifest says.
func (c *checkout) part(ctx context.Context, f export.File, o object) (bool, error) {
	sum, ok := c.index.has(o)
	if !ok && c.index.same(o) {
		sum, ok = c.index.has(o)
	}
	if ok && sum == f.SHA256 {
		return true, nil
	}
	sum, err := c.index.bring(ctx, c.bucket, o)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return false, nil // it went away since it was listed
	}
	return sum == f.SHA256, err
}

// pending tells whether the working copy is not what the store has: a commit
// changed it, or the store needs mending.
func (c *checkout) pending() (bool, error) {
	now, err := os.ReadFile(filepath.Join(c.index.dir, manifestName))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil // a shard commits nothing
	}
	return !bytes.Equal(now, c.base) || !c.whole, err
}

// publish makes the working copy what is published, unless that is no longer
// what was brought. companion is as in a publication.
func (c *checkout) publish(ctx context.Context, companion func(context.Context) error) (string, error) {
	p := &publication{bucket: c.bucket, dir: c.index.dir, base: c.base, based: true, damaged: c.damaged, companion: companion}
	said, err := p.publish(ctx, c.o)
	if err != nil {
		return said, err
	}
	sent := map[string]string{}
	for _, f := range p.manifest.Files {
		if p.had[f.Path] != f.SHA256 {
			sent[f.Path] = f.SHA256
		}
	}
	if err := c.note(ctx, sent); err != nil {
		c.o.say("warning: the next run looks into all files of the working copy: %v", err)
	}
	return said, nil
}

// note takes down of parts that were sent, by their SHA-256, that the working
// copy has what the store has. Of objects without a hash that can only be said
// after a while; see settled.
func (c *checkout) note(ctx context.Context, sent map[string]string) error {
	for young := true; young; {
		young = false
		for o, err := range objects(ctx, c.bucket, "") {
			if err != nil {
				return err
			}
			if sent[o.key] == "" {
				continue
			}
			c.index.note(o, sent[o.key])
			young = young || len(o.md5) == 0 && time.Since(o.mod) < settled
		}
		if young {
			if err := pause(ctx, settled); err != nil {
				return err
			}
		}
	}
	return c.index.save()
}
