package main

import (
	"context"
	"crypto/md5" // as in index
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"gocloud.dev/blob"
)

// results carries what yusuan keeps beside a dataset, so that a run on another
// machine, or in a fresh container, reads nothing twice: the segments, files that
// nobody changes once a run is over, under their hash, so that runs on several
// machines add theirs without meeting; and the plan, under the hash of the
// manifest that it belongs to, since with another one it says nothing of what
// the dataset has.
type results struct {
	bucket *blob.Bucket
	dir    string
	// work is the working folder: the plan knows the inputs by their place in it.
	work string
	o    options
}

// What a folder of results has. Yusuan numbers its segments; what stands behind
// the number is for this program.
var (
	plainSegment = regexp.MustCompile(`^\d{8}\.segment$`)
	namedSegment = regexp.MustCompile(`^\d{8}-([0-9a-f]{16})\.segment$`)
)

const (
	planName = "plan"
	// hashDigits are those in the names of segments and plans.
	hashDigits = 16
	// workKey is under which a plan says where its run was at work.
	workKey = "work"
)

// planOf is the object of the plan that belongs to a manifest.
func planOf(manifest []byte) string {
	if manifest == nil {
		return planName + "-none"
	}
	sum := sha256.Sum256(manifest)
	return planName + "-" + hex.EncodeToString(sum[:])[:hashDigits]
}

// bring brings the segments that are not there, and the plan of a manifest. It
// returns where the runs that wrote the plan were at work, "" if nobody says.
func (r *results) bring(ctx context.Context, manifest []byte) (work string, err error) {
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return "", err
	}
	there, err := r.look(ctx, manifest)
	if err != nil {
		return "", err
	}
	x := &index{dir: r.dir, at: map[string]copied{}}
	err = each(ctx, len(there.segments), func(ctx context.Context, i int) error {
		key := there.segments[i].key
		sum, err := x.bring(ctx, r.bucket, there.segments[i])
		if err == nil && sum[:hashDigits] != namedSegment.FindStringSubmatch(key)[1] {
			r.o.say("warning: %s among the results on the store was changed; it is left out, what it had is read again", key)
			return os.Remove(x.file(key))
		}
		return err
	})
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(r.dir, planName)); there.plan == nil && errors.Is(err, os.ErrNotExist) {
		there.plan = there.last // it knows at least the files
	}
	if there.plan == nil {
		return "", nil
	}
	return r.bringPlan(ctx, *there.plan)
}

// keptThere is what the store has of results: the segments that are not here, the
// plan of a manifest, and the last one of any other.
type keptThere struct {
	segments   []object
	plan, last *object
}

// look lists what the store has.
func (r *results) look(ctx context.Context, manifest []byte) (*keptThere, error) {
	there := new(keptThere)
	for o, err := range objects(ctx, r.bucket, "") {
		if err != nil {
			return nil, err
		}
		_, missing := os.Stat(filepath.Join(r.dir, filepath.Base(o.key)))
		switch {
		case namedSegment.MatchString(o.key) && missing != nil:
			there.segments = append(there.segments, o)
		case o.key == planOf(manifest):
			there.plan = &o
		case strings.HasPrefix(o.key, planName+"-") && (there.last == nil || o.mod.After(there.last.mod)):
			there.last = &o
		}
	}
	return there, nil
}

// bringPlan brings a plan, unless it is there.
func (r *results) bringPlan(ctx context.Context, o object) (work string, err error) {
	a, err := r.bucket.Attributes(ctx, o.key)
	if err != nil {
		return "", err
	}
	work = a.Metadata[workKey]
	name := filepath.Join(r.dir, planName)
	if sum, err := md5Of(name); err == nil && len(a.MD5) > 0 && sum == hex.EncodeToString(a.MD5) {
		return work, nil
	}
	x := &index{dir: r.dir, at: map[string]copied{}}
	if _, err := x.bring(ctx, r.bucket, o); err != nil {
		return work, err
	}
	return work, os.Rename(x.file(o.key), name)
}

// md5Of is the MD5 of a file.
func md5Of(name string) (string, error) {
	in, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := md5.New()
	_, err = io.Copy(h, in)
	return hex.EncodeToString(h.Sum(nil)), err
}

// save puts the segments on the store that it does not have.
func (r *results) save(ctx context.Context) error {
	there := map[string]bool{}
	for o, err := range objects(ctx, r.bucket, "") {
		if err != nil {
			return err
		}
		there[o.key] = true
	}
	entries, err := os.ReadDir(r.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if plainSegment.MatchString(name) {
			if name, err = r.rename(name); err != nil {
				return err
			}
		}
		if !namedSegment.MatchString(name) || there[name] {
			continue
		}
		if _, err := (target{bucket: r.bucket, key: name}).file(ctx, filepath.Join(r.dir, name), func(string) error { return nil }); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// rename gives a segment its hash as a part of its name.
func (r *results) rename(name string) (string, error) {
	in, err := os.Open(filepath.Join(r.dir, name))
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return "", err
	}
	number, suffix, _ := strings.Cut(name, ".")
	named := number + "-" + hex.EncodeToString(h.Sum(nil))[:hashDigits] + "." + suffix
	return named, os.Rename(filepath.Join(r.dir, name), filepath.Join(r.dir, named))
}

// savePlan puts the plan on the store as that of a manifest.
func (r *results) savePlan(ctx context.Context, manifest []byte) error {
	key, name := planOf(manifest), filepath.Join(r.dir, planName)
	if a, err := r.bucket.Attributes(ctx, key); err == nil && len(a.MD5) > 0 && a.Metadata[workKey] == r.work {
		if sum, err := md5Of(name); err == nil && sum == hex.EncodeToString(a.MD5) {
			return nil
		}
	}
	in, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	to := target{bucket: r.bucket, key: key, metadata: map[string]string{workKey: r.work}}
	if err := to.write(ctx, in); err != nil {
		return fmt.Errorf("the plan cannot be kept on the store as %s: %w", key, err)
	}
	return nil
}

// keepPlan removes the plans of other manifests.
func (r *results) keepPlan(ctx context.Context, manifest []byte) error {
	for o, err := range objects(ctx, r.bucket, planName+"-") {
		if err != nil {
			return err
		}
		if o.key == planOf(manifest) {
			continue
		}
		if err := remove(ctx, r.bucket, o.key); err != nil {
			return err
		}
	}
	return nil
}
