package corpus

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"yusuan/extract/document"
)

// open opens the content of a file, or of a document in an archive.
func (f *File) open() (io.ReadCloser, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, openError(err)
	}
	m := f.Member
	if m == nil {
		return file, nil
	}
	r := &memberReader{file: file, sum: crc32.NewIEEE(), left: m.Bytes, want: uint32(m.CRC)}
	r.in = io.NewSectionReader(file, m.Offset, m.Packed)
	if m.Method == int(zip.Deflate) {
		r.in = flate.NewReader(r.in)
	}
	return r, nil
}

// memberReader reads a document in an archive, and no more than the archive
// says it has.
type memberReader struct {
	file *os.File
	in   io.Reader
	sum  hash.Hash32
	left int64
	want uint32
}

func (r *memberReader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p[:min(int64(len(p)), r.left+1)])
	r.left -= int64(n)
	_, _ = r.sum.Write(p[:n]) // it never fails
	switch {
	case r.left < 0:
		err = errors.New("it has more bytes than its archive says")
	case err == io.EOF && r.left > 0:
		err = errors.New("it has fewer bytes than its archive says")
	case err == io.EOF && r.sum.Sum32() != r.want:
		err = errors.New("its checksum is not that of its archive")
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: %w", document.ErrMalformed, err)
	}
	return n, err
}

func (r *memberReader) Close() error { return r.file.Close() }

// hash reads a file to its end, or to that of the context, and counts what it
// reads. However large a file is, and whatever the limits: its hash names the
// document.
func (f *File) hash(ctx context.Context, count *atomic.Int64) (sum string, size int64, err error) {
	r, err := f.open()
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	h := sha256.New()
	size, err = io.Copy(h, &stopReader{ctx, r, count})
	if err != nil {
		return "", size, readError(err)
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}

// content returns the bytes that were planned; others, or more than limit, are
// an error, and so nothing comes to stand under the hash of something else.
// What is gone at one place, or cannot be read there any more, may be at
// another.
func (f *File) content(limit int64) ([]byte, error) {
	if f.Bytes > limit {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", document.ErrTooLarge, f.Bytes, limit)
	}
	data, err := f.contentHere()
	for i := 0; err != nil && i < len(f.Copies); i++ {
		if other, otherErr := f.at(i).contentHere(); otherErr == nil {
			return other, nil
		}
	}
	return data, err
}

// at is the file at the place of one of its copies.
func (f *File) at(i int) *File {
	other := *f
	other.Path, other.Member, other.Stat = f.Copies[i].Path, f.Copies[i].Member, f.Copies[i].Stat
	return &other
}

// still tells whether the content that was planned is there, at whatever place.
// The error is that of the context, or why it is not.
func (f *File) still(ctx context.Context) error {
	err := f.stillHere(ctx)
	for i := 0; err != nil && ctx.Err() == nil && i < len(f.Copies); i++ {
		if f.at(i).stillHere(ctx) == nil {
			return nil
		}
	}
	return errors.Join(ctx.Err(), err)
}

// errOther says that a file has other content than was planned.
var errOther = fmt.Errorf("%w: the file changed while it was read; run again", document.ErrNotFound)

func (f *File) stillHere(ctx context.Context) error {
	sum, _, err := f.hash(ctx, new(atomic.Int64))
	if err == nil && sum != f.SHA256 || errors.Is(err, document.ErrMalformed) { // an archive was sound when it was planned
		return errOther
	}
	return err
}

// contentHere returns the bytes that were planned from the place of the file.
func (f *File) contentHere() ([]byte, error) {
	r, err := f.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data := make([]byte, f.Bytes+1)
	n, err := io.ReadFull(r, data)
	data = data[:n]
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err != nil && !errors.Is(err, document.ErrMalformed) { // an archive was sound when it was planned
		return nil, openError(err)
	}
	if sum := sha256.Sum256(data); err != nil || hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, errOther
	}
	return data, nil
}

// readError is the error of reading; one of an archive says itself what it is.
func readError(err error) error {
	if errors.Is(err, document.ErrMalformed) {
		return err
	}
	return openError(err)
}

// place tells a file, or a document in an archive, from all others, whatever
// links lead to it.
func (f *File) place() string {
	p := realPath(f.Path)
	if f.Member != nil {
		p = filepath.Join(p, filepath.FromSlash(f.Member.Name))
	}
	return p
}
