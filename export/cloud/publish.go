package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"yusuan/export"
)

// The objects that publish knows by name.
const (
	manifestName = "manifest.json"
	successName  = "_SUCCESS"
	lockName     = ".yusuan-lock"
	// stagingName is above what a publication sends before it decides, each in a
	// folder of its own, and decidedName is the decision, which names that folder.
	stagingName = ".yusuan-commit/"
	decidedName = stagingName + "decided"
)

var (
	// errMoved means that the dataset was committed to meanwhile.
	errMoved = errors.New("the dataset is being written to; publish again when its commit has ended")
	// errOvertaken means that the dataset on the store is not the one that this
	// one was made from.
	errOvertaken = errors.New("somebody else published meanwhile")
)

// publication is one on its way.
type publication struct {
	bucket *blob.Bucket
	dir    string
	// base is the manifest that the dataset was made from, nil for none; it
	// counts where based says so.
	base  []byte
	based bool
	// damaged are parts on the store that are not what its manifest says.
	damaged map[string]bool
	// companion puts what belongs to the dataset but is not in it into its
	// place, just before the decision; nil for nothing.
	companion func(ctx context.Context) error

	lease *lease
	// manifest is the dataset's, data its bytes.
	manifest *export.Manifest
	data     []byte
	// had is the SHA-256 of each part that is there for sure.
	had map[string]string
	// staging is the folder of what this one sends.
	staging string
}

// publish makes the objects of a bucket a copy of the dataset in dir.
func publish(ctx context.Context, bucket *blob.Bucket, dir string, o options) (string, error) {
	return (&publication{bucket: bucket, dir: dir}).publish(ctx, o)
}

func (p *publication) publish(ctx context.Context, o options) (said string, err error) {
	p.had, p.staging = map[string]string{}, stagingName+rand.Text()+"/"
	if p.manifest, err = export.ReadManifest(p.dir); err != nil {
		return "", err
	}
	if p.data, err = os.ReadFile(filepath.Join(p.dir, manifestName)); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(p.dir, successName)); err != nil {
		return "", fmt.Errorf("%s: %w (there is no %s)", p.dir, errMoved, successName)
	}
	if p.lease, err = takeLease(ctx, p.bucket, o); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, p.lease.release(ctx)) }()
	if err := p.recover(ctx, o); err != nil {
		return "", err
	}
	if err := p.look(ctx); err != nil {
		return "", err
	}
	return p.carry(ctx)
}

// look finds out what is there: a dataset, or nothing.
func (p *publication) look(ctx context.Context) error {
	data, m, err := storedManifest(ctx, p.bucket, "")
	if err != nil {
		return err
	}
	if p.based && !bytes.Equal(data, p.base) {
		return errOvertaken
	}
	if m == nil {
		return vacant(ctx, p.bucket)
	}
	whole, err := p.bucket.Exists(ctx, successName)
	for _, f := range m.Files {
		if whole && !p.damaged[f.Path] {
			p.had[f.Path] = f.SHA256
		}
	}
	return err
}

// storedManifest reads the manifest of a dataset on a store, of which the names
// begin as given; it is nil if there is none.
func storedManifest(ctx context.Context, bucket *blob.Bucket, under string) ([]byte, *export.Manifest, error) {
	data, err := bucket.ReadAll(ctx, under+manifestName)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", manifestName, err)
	}
	m, err := export.ParseManifest(data, manifestName)
	return data, m, err
}

// vacant refuses a place without a manifest that holds something else.
func vacant(ctx context.Context, bucket *blob.Bucket) error {
	for o, err := range objects(ctx, bucket, "") {
		if err != nil {
			return err
		}
		if o.key != lockName && o.key != successName && !strings.HasPrefix(o.key, stagingName) {
			return fmt.Errorf("%w: it has no %s but holds %s; name an empty path", export.ErrForeign, manifestName, o.key)
		}
	}
	return nil
}

// carry sends what is to be sent, decides, and puts it into its place.
func (p *publication) carry(ctx context.Context) (string, error) {
	sent, err := p.stage(ctx)
	if err == nil {
		err = p.decide(ctx)
	}
	if err != nil {
		ctx := context.WithoutCancel(ctx)
		if d, unknown := decided(ctx, p.bucket); unknown == nil && (d == nil || d.Staging != p.staging) {
			err = errors.Join(err, p.clear(ctx, p.staging))
		}
		return "", err
	}
	removed, err := p.finish(ctx, p.staging)
	if err != nil {
		return "", fmt.Errorf("it is decided but not at its end, and the next run or publication ends it: %w", err)
	}
	return fmt.Sprintf("%d parts sent, %d removed, %d in all", sent, removed, len(p.manifest.Files)), nil
}

// stage sends the parts that are new or changed, the descriptions and the
// manifest into the folder of this publication.
func (p *publication) stage(ctx context.Context) (int, error) {
	var sent atomic.Int64
	err := each(ctx, len(p.manifest.Files), func(ctx context.Context, i int) error {
		f := p.manifest.Files[i]
		if p.had[f.Path] == f.SHA256 {
			return nil
		}
		sent.Add(1)
		return p.send(ctx, f.Path, f.SHA256)
	})
	if err != nil {
		return 0, err
	}
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") || e.Name() == manifestName || e.Name() == successName {
			continue
		}
		if err := p.send(ctx, e.Name(), ""); err != nil {
			return 0, err
		}
	}
	sum := sha256.Sum256(p.data)
	return int(sent.Load()), p.send(ctx, manifestName, hex.EncodeToString(sum[:]))
}

// send uploads a file into the folder of the publication. One that turns out to
// have another hash, if one is given, is dropped before it becomes an object.
func (p *publication) send(ctx context.Context, name, hash string) error {
	got, err := target{bucket: p.bucket, key: p.staging + name}.file(ctx, filepath.Join(p.dir, filepath.FromSlash(name)), func(got string) error {
		if hash != "" && got != hash {
			return fmt.Errorf("it is not the file that the manifest names: %w", errMoved)
		}
		return nil
	})
	if errors.Is(err, os.ErrNotExist) {
		err = fmt.Errorf("%w: %w", errMoved, err)
	}
	if err != nil {
		return fmt.Errorf("%s (%.12s): %w", name, got, err)
	}
	return nil
}

// decision is what the object of a decision says.
type decision struct {
	Staging string `json:"staging"`
}

// decide makes the one object that says which publication it is to be.
func (p *publication) decide(ctx context.Context) error {
	if now, err := os.ReadFile(filepath.Join(p.dir, manifestName)); err != nil || !bytes.Equal(now, p.data) {
		return errors.Join(errMoved, err)
	}
	if p.companion != nil {
		if err := p.companion(ctx); err != nil {
			return err
		}
	}
	if err := p.lease.held(ctx); err != nil {
		return err
	}
	data, err := json.Marshal(decision{p.staging})
	if err != nil {
		return err
	}
	err = putNew(ctx, p.bucket, decidedName, data)
	if err == nil {
		return nil
	}
	// Clients ask again when an answer is lost, and are then refused for what they
	// did themselves.
	switch d, unknown := decided(ctx, p.bucket); {
	case unknown == nil && d != nil && d.Staging == p.staging:
		return nil
	case refused(err):
		return errOvertaken
	}
	return fmt.Errorf("%s cannot be written: %w", decidedName, err)
}
