package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"yusuan/export"
)

// maxCopied is the size of the largest object that every store copies at once.
const maxCopied = 4 << 30

// recover ends a publication that was broken off: forward if it was decided,
// back if not.
func (p *publication) recover(ctx context.Context, o options) error {
	d, err := decided(ctx, p.bucket)
	if err != nil {
		return err
	}
	if d != nil {
		// Without its manifest it was given up before it was decided: what is
		// decided is cleared only when its decision is gone.
		there, err := p.bucket.Exists(ctx, d.Staging+manifestName)
		if err != nil {
			return err
		}
		if !there {
			return errors.Join(remove(ctx, p.bucket, decidedName), p.clear(ctx, stagingName))
		}
		o.say("a publication that was broken off is brought to its end")
		if _, err := p.finish(ctx, d.Staging); err != nil {
			return fmt.Errorf("a publication that was broken off cannot be brought to its end: %w", err)
		}
	}
	return p.clear(ctx, stagingName)
}

// decided reads the decision of a publication that is not at its end, nil if
// there is none.
func decided(ctx context.Context, bucket *blob.Bucket) (*decision, error) {
	data, err := bucket.ReadAll(ctx, decidedName)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", decidedName, err)
	}
	d := new(decision)
	if err := json.Unmarshal(data, d); err != nil || !strings.HasPrefix(d.Staging, stagingName) {
		return nil, fmt.Errorf("%w: %s says nothing that a publication writes; delete it", export.ErrDamaged, decidedName)
	}
	return d, nil
}

// finish puts what was staged into its place, in the order that readers rely on.
// Every step may be repeated, so that after a crash it is simply done again.
func (p *publication) finish(ctx context.Context, staging string) (removed int, err error) {
	data, m, err := storedManifest(ctx, p.bucket, staging)
	if err == nil && m == nil {
		err = fmt.Errorf("%w: %s%s is gone; publish again", export.ErrDamaged, staging, manifestName)
	}
	if err != nil {
		return 0, err
	}
	parts, beside, err := p.staged(ctx, staging)
	if err != nil {
		return 0, err
	}
	if err := remove(ctx, p.bucket, successName); err != nil {
		return 0, err
	}
	for _, list := range [][]object{parts, beside} {
		err := each(ctx, len(list), func(ctx context.Context, i int) error { return p.install(ctx, staging, list[i]) })
		if err != nil {
			return 0, err
		}
	}
	// Whoever slept until another ended this for it must not go on from here.
	if err := p.lease.held(ctx); err != nil {
		return 0, err
	}
	if err := put(ctx, p.bucket, manifestName, data); err != nil {
		return 0, err
	}
	if removed, err = p.sweep(ctx, m); err != nil {
		return 0, err
	}
	if err := put(ctx, p.bucket, successName, nil); err != nil {
		return 0, err
	}
	if err := remove(ctx, p.bucket, decidedName); err != nil {
		return 0, err
	}
	return removed, p.clear(ctx, staging)
}

// staged lists the parts and the descriptions that were staged.
func (p *publication) staged(ctx context.Context, staging string) (parts, beside []object, err error) {
	for o, err := range objects(ctx, p.bucket, staging) {
		o.key = strings.TrimPrefix(o.key, staging)
		switch {
		case err != nil:
			return nil, nil, err
		case strings.HasSuffix(o.key, ".parquet"):
			parts = append(parts, o)
		case o.key != manifestName:
			beside = append(beside, o)
		}
	}
	return parts, beside, nil
}

// install puts a staged object into its place. What is too large for a copy by
// the store goes through this program.
func (p *publication) install(ctx context.Context, staging string, o object) error {
	if o.size <= maxCopied {
		if err := p.bucket.Copy(ctx, o.key, staging+o.key, nil); err != nil {
			return fmt.Errorf("%s cannot be put into its place: %w", o.key, err)
		}
		return nil
	}
	in, err := p.bucket.NewReader(ctx, staging+o.key, nil)
	if err != nil {
		return err
	}
	defer in.Close()
	return target{bucket: p.bucket, key: o.key}.write(ctx, in)
}

// sweep removes the parts that a manifest does not name.
func (p *publication) sweep(ctx context.Context, m *export.Manifest) (int, error) {
	named := map[string]bool{}
	for _, f := range m.Files {
		named[f.Path] = true
	}
	var old []string
	for o, err := range objects(ctx, p.bucket, "") {
		if err != nil {
			return 0, err
		}
		if strings.HasSuffix(o.key, ".parquet") && !named[o.key] && !strings.HasPrefix(o.key, stagingName) {
			old = append(old, o.key)
		}
	}
	return len(old), each(ctx, len(old), func(ctx context.Context, i int) error { return remove(ctx, p.bucket, old[i]) })
}

// clear removes what was staged, the manifest first: without it the rest is
// nothing.
func (p *publication) clear(ctx context.Context, staging string) error {
	var old []string
	for o, err := range objects(ctx, p.bucket, staging) {
		if err != nil {
			return err
		}
		if strings.HasSuffix(o.key, "/"+manifestName) {
			if err := remove(ctx, p.bucket, o.key); err != nil {
				return err
			}
		} else if o.key != decidedName {
			old = append(old, o.key)
		}
	}
	return each(ctx, len(old), func(ctx context.Context, i int) error { return remove(ctx, p.bucket, old[i]) })
}
