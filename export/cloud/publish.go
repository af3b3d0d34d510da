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
	"io"
	"os"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"yusuan/export"
)

// The objects that publish knows by name.
const (
	manifestName = "manifest.json"
	successName  = "_SUCCESS"
	lockName     = ".yusuan-lock"
)

var (
	// errLocked means that another publication is under way, or died.
	errLocked = errors.New("another publication is under way")
	// errMoved means that the dataset was committed to meanwhile.
	errMoved = errors.New("the dataset is being written to; publish again when its commit has ended")
)

// publication is one on its way.
type publication struct {
	bucket *blob.Bucket
	dir    string
	// manifest is the dataset's, data its bytes.
	manifest *export.Manifest
	data     []byte
	// had is the SHA-256 of each part that is there for sure.
	had map[string]string
	// sign is what its lock holds.
	sign []byte
}

// publish makes the objects of a bucket a copy of the dataset in dir.
func publish(ctx context.Context, bucket *blob.Bucket, dir string) (said string, err error) {
	p := &publication{bucket: bucket, dir: dir, had: map[string]string{}}
	if p.manifest, err = export.ReadManifest(dir); err != nil {
		return "", err
	}
	if p.data, err = os.ReadFile(filepath.Join(dir, manifestName)); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dir, successName)); err != nil {
		return "", fmt.Errorf("%s: %w (there is no %s)", dir, errMoved, successName)
	}
	if err := p.lock(ctx); err != nil {
		return "", err
	}
	defer func() {
		// A publication that was interrupted still gives its lock back; one
		// whose lock was taken away leaves that of the other alone.
		if ctx := context.WithoutCancel(ctx); p.held(ctx) == nil {
			err = errors.Join(err, p.remove(ctx, lockName))
		}
	}()
	if err := p.look(ctx); err != nil {
		return "", err
	}
	return p.carry(ctx)
}

// lock makes the object that one publication alone can make.
func (p *publication) lock(ctx context.Context) error {
	host, _ := os.Hostname()
	p.sign = fmt.Appendf(nil, "process %d on %s, %s", os.Getpid(), host, rand.Text())
	err := p.bucket.WriteAll(ctx, lockName, p.sign, &blob.WriterOptions{IfNotExist: true, ContentType: "text/plain"})
	if gcerrors.Code(err) != gcerrors.FailedPrecondition {
		return err
	}
	holder, err := p.bucket.ReadAll(ctx, lockName)
	if err != nil {
		return fmt.Errorf("%w: try again", errLocked)
	}
	return fmt.Errorf("%w: %s; wait for it, or, if it is sure to be dead, delete the object %s", errLocked, holder, lockName)
}

// held makes sure that nobody took the lock away.
func (p *publication) held(ctx context.Context) error {
	now, err := p.bucket.ReadAll(ctx, lockName)
	if err == nil && !bytes.Equal(now, p.sign) {
		err = fmt.Errorf("%w: %s took the lock of this one", errLocked, now)
	}
	return err
}

// look finds out what is there: a dataset, or nothing.
func (p *publication) look(ctx context.Context) error {
	data, err := p.bucket.ReadAll(ctx, manifestName)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return p.empty(ctx)
	}
	if err != nil {
		return err
	}
	var m export.Manifest
	if err := json.Unmarshal(data, &m); err != nil || m.Format != p.manifest.Format {
		return fmt.Errorf("%w: there is a %s that is not of one; name another path", export.ErrForeign, manifestName)
	}
	whole, err := p.bucket.Exists(ctx, successName)
	for _, f := range m.Files {
		if whole {
			p.had[f.Path] = f.SHA256
		}
	}
	return err
}

// empty refuses a place that holds something else. A publication that was broken
// off before its manifest came has left parts of tables.
func (p *publication) empty(ctx context.Context) error {
	for o, err := range objects(ctx, p.bucket) {
		if err != nil {
			return err
		}
		table, _, _ := strings.Cut(o.Key, "/")
		if p.manifest.Pattern(table) == "" && o.Key != lockName && !p.beside(o.Key) {
			return fmt.Errorf("%w: it has no %s but holds %s; name an empty path", export.ErrForeign, manifestName, o.Key)
		}
	}
	return nil
}

// beside tells whether the dataset has a file of this name beside its tables.
func (p *publication) beside(name string) bool {
	info, err := os.Stat(filepath.Join(p.dir, filepath.FromSlash(name)))
	return err == nil && info.Mode().IsRegular() && !strings.Contains(name, "/")
}

// carry does what is to be done, in the order that readers rely on.
func (p *publication) carry(ctx context.Context) (string, error) {
	if err := p.remove(ctx, successName); err != nil {
		return "", err
	}
	sent := 0
	for _, f := range p.manifest.Files {
		if p.had[f.Path] == f.SHA256 {
			continue
		}
		if err := p.send(ctx, f); err != nil {
			return "", fmt.Errorf("%s: %w", f.Path, err)
		}
		sent++
	}
	if err := p.describe(ctx); err != nil {
		return "", err
	}
	if now, err := os.ReadFile(filepath.Join(p.dir, manifestName)); err != nil || !bytes.Equal(now, p.data) {
		return "", errors.Join(errMoved, err)
	}
	if err := p.held(ctx); err != nil {
		return "", err
	}
	if err := p.bucket.WriteAll(ctx, manifestName, p.data, nil); err != nil {
		return "", err
	}
	removed, err := p.sweep(ctx)
	if err != nil {
		return "", err
	}
	if err := p.bucket.WriteAll(ctx, successName, nil, nil); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d parts sent, %d removed, %d in all", sent, removed, len(p.manifest.Files)), nil
}

// send uploads a part. One that turns out not to be that of the manifest is
// dropped before it becomes an object.
func (p *publication) send(ctx context.Context, f export.File) error {
	in, err := os.Open(filepath.Join(p.dir, filepath.FromSlash(f.Path)))
	if err != nil {
		return fmt.Errorf("%w: %w", errMoved, err)
	}
	defer in.Close()
	ctx, drop := context.WithCancel(ctx)
	defer drop()
	out, err := p.bucket.NewWriter(ctx, f.Path, &blob.WriterOptions{ContentType: "application/vnd.apache.parquet"})
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, sum), in)
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		err = fmt.Errorf("it is not the file that the manifest names: %w", errMoved)
	}
	if err != nil {
		drop()
		_ = out.Close() // fails, as it should
		return err
	}
	return out.Close()
}

// describe uploads what stands beside the tables, but the manifest.
func (p *publication) describe(ctx context.Context) error {
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") || e.Name() == manifestName || e.Name() == successName {
			continue
		}
		data, err := os.ReadFile(filepath.Join(p.dir, e.Name()))
		if err == nil {
			err = p.bucket.WriteAll(ctx, e.Name(), data, nil)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
	}
	return nil
}

// sweep removes the parts that the manifest does not name.
func (p *publication) sweep(ctx context.Context) (int, error) {
	named := map[string]bool{}
	for _, f := range p.manifest.Files {
		named[f.Path] = true
	}
	removed := 0
	for o, err := range objects(ctx, p.bucket) {
		if err != nil {
			return removed, err
		}
		if !strings.HasSuffix(o.Key, ".parquet") || named[o.Key] {
			continue
		}
		if err := p.remove(ctx, o.Key); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// remove deletes an object that may be gone.
func (p *publication) remove(ctx context.Context, name string) error {
	err := p.bucket.Delete(ctx, name)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil
	}
	return err
}
