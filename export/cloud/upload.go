package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"

	"gocloud.dev/blob"
)

// target is an object that is to be written.
type target struct {
	bucket *blob.Bucket
	key    string
	// metadata is kept with it, new refuses to write over another.
	metadata map[string]string
	new      bool
}

// write makes what is read the object, or leaves all as it is. It goes by Upload,
// as all here does: the writer of Azure's client (gocloud.dev 0.47) panics when it
// is closed after a refusal. Upload alone would keep, on some stores, what came
// before an error; a context that has ended keeps it from that.
func (t target) write(ctx context.Context, in io.Reader) error {
	// The memory of a client is the product of these and of transfers.
	const piece, atOnce = 8 << 20, 2
	ctx, drop := context.WithCancel(ctx)
	defer drop()
	r := &dropReader{in: in, drop: drop}
	err := t.bucket.Upload(ctx, t.key, r, &blob.WriterOptions{ContentType: contentType(t.key), Metadata: t.metadata,
		IfNotExist: t.new, BufferSize: piece, MaxConcurrency: atOnce})
	if r.err != nil {
		return r.err
	}
	return err
}

// dropReader drops what is written from it when it cannot be read to its end.
type dropReader struct {
	in   io.Reader
	drop context.CancelFunc
	err  error
}

func (r *dropReader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
		r.drop()
	}
	return n, err
}

// put makes some bytes an object.
func put(ctx context.Context, bucket *blob.Bucket, key string, data []byte) error {
	return target{bucket: bucket, key: key}.write(ctx, bytes.NewReader(data))
}

// putNew does so unless the object is there; see refused.
func putNew(ctx context.Context, bucket *blob.Bucket, key string, data []byte) error {
	return target{bucket: bucket, key: key, new: true}.write(ctx, bytes.NewReader(data))
}

// file makes a file the object, unless its SHA-256 is refused.
func (t target) file(ctx context.Context, file string, check func(sum string) error) (string, error) {
	in, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer in.Close()
	r := &checkedReader{in: in, sum: sha256.New(), check: check}
	err = t.write(ctx, r)
	return hex.EncodeToString(r.sum.Sum(nil)), err
}

// checkedReader ends with an error if what came through it is refused.
type checkedReader struct {
	in    io.Reader
	sum   hash.Hash
	check func(sum string) error
}

func (r *checkedReader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	r.sum.Write(p[:n])
	if err == io.EOF {
		if no := r.check(hex.EncodeToString(r.sum.Sum(nil))); no != nil {
			err = no
		}
	}
	return n, err
}

// contentType is that of a file of a dataset. Stores would look into the file,
// and take Parquet for nothing in particular.
func contentType(name string) string {
	switch filepath.Ext(name) {
	case ".parquet":
		return "application/vnd.apache.parquet"
	case ".json":
		return "application/json"
	case ".yaml":
		return "application/yaml"
	}
	if name == lockName {
		return "text/plain"
	}
	return "application/octet-stream"
}
