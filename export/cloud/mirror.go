package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// mirror makes a folder below work the copy of what a URL names, an object or
// all objects below it, and returns what to hand to yusuan: the file or the
// folder. What a run writes to out, nil for a folder on the disk, is left out.
func mirror(ctx context.Context, work, where string, out *place) (string, string, error) {
	p, err := parsePlace(where)
	if err != nil {
		return "", "", err
	}
	local, said, err := p.mirror(ctx, work, out)
	if err != nil {
		err = fmt.Errorf("%s: %w", where, err)
	}
	return local, said, err
}

func (p *place) mirror(ctx context.Context, work string, out *place) (local, said string, err error) {
	bucket, err := p.root(ctx)
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, bucket.Close()) }()
	dir := filepath.Join(work, "inputs", stableName(p.where, path.Base(p.path)))
	local = dir
	one, err := p.single(ctx, bucket)
	if err != nil {
		return "", "", err
	}
	var list []object
	if one != nil {
		if up := path.Dir(p.path); up != "." {
			bucket = blob.PrefixedBucket(bucket, up+"/") // which closes the other
		}
		list, local = []object{*one}, filepath.Join(dir, one.key)
		err = fits(one.key, dir)
	} else {
		if p.path != "" {
			bucket = blob.PrefixedBucket(bucket, p.path+"/")
		}
		list, err = listed(ctx, bucket, dir, func(key string) bool {
			return out != nil && out.store == p.store && out.below(path.Join(p.path, key))
		})
	}
	if err != nil {
		return "", "", err
	}
	x := openIndex(dir)
	keys := make(map[string]bool, len(list))
	for _, o := range list {
		keys[o.key] = true
	}
	removed, err := x.keep(keys)
	if err != nil {
		return "", "", err
	}
	brought, err := x.update(ctx, bucket, list)
	if err := errors.Join(err, x.save()); err != nil { // what came is not brought again
		return "", "", err
	}
	if len(list) == 0 {
		return local, fmt.Sprintf("warning: %s: there is no object below it; nothing counts as gone for that", p.where), nil
	}
	return local, fmt.Sprintf("%s: %d objects, %d brought, %d removed", p.where, len(list), brought, removed), nil
}

// single returns the object that the place itself names, nil if it names what
// lies below it. An empty object with others below it stands for a folder.
func (p *place) single(ctx context.Context, root *blob.Bucket) (*object, error) {
	if p.folder || p.path == "" {
		return nil, nil
	}
	a, err := root.Attributes(ctx, p.path)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if a.Size == 0 {
		for _, err := range objects(ctx, root, p.path+"/") {
			return nil, err
		}
	}
	return &object{path.Base(p.path), a.Size, a.MD5, a.ModTime}, nil
}

// stableName is the name of a folder for what is known by a longer one: a part
// of that for people, and its hash.
func stableName(whole, part string) string {
	const digits, longest = 12, 40
	sum := sha256.Sum256([]byte(whole))
	part = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|. `, r) {
			return '-'
		}
		return r
	}, part)
	if r := []rune(part); len(r) > longest {
		part = string(r[:longest])
	}
	return strings.Trim(part+"-"+hex.EncodeToString(sum[:])[:digits], "-")
}
