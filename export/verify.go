package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a dataset.
type Problem struct {
	// File is relative to the dataset, with "/".
	File string `json:"file"`
	// Check names what was looked at: manifest, commit, datapackage, croissant,
	// datacontract, missing, stray, hash, bytes, rows, schema, metadata, unreadable, partition, key,
	// count, order, decimal.
	Check string `json:"check"`
	// Message says what is wrong.
	Message string `json:"message"`
}

// Verification tells what was checked and what was found.
type Verification struct {
	Files     int   `json:"files"`
	Bytes     int64 `json:"bytes"`
	Rows      int64 `json:"rows"`
	Documents int64 `json:"documents"`
	// Problems are in the order of the manifest.
	Problems []Problem `json:"problems"`
	// Older is the schema of the dataset if it is an earlier one that this
	// program reads, with fewer columns or tables: no problem, the next commit
	// brings it up to date.
	Older string `json:"older_schema,omitempty"`
	// Untold counts problems beyond the first twenty of their kind in a file.
	Untold int `json:"untold"`
}

// maxTold is how many problems of one kind are told of one file: a file that
// is wrong throughout would otherwise need the memory of its rows.
const maxTold = 20

// Verify compares a dataset with its manifest and its tables with one another,
// and lists what is wrong. It reads row by row; what it remembers is the id of
// every document. A folder that is no dataset is an error, as is one that is
// being written to.
func Verify(ctx context.Context, dir string) (*Verification, error) {
	v, err := verify(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("verifying %s: %w", dir, err)
	}
	return v, nil
}

func verify(ctx context.Context, dir string) (*Verification, error) {
	if lock := filepath.Join(dir, lockName); heldNow(lock) {
		return nil, held(lock, diesWithHolder)
	}
	m, err := openManifest(dir)
	if err != nil {
		return nil, err
	}
	v := &verifier{
		dataset: dataset{dir: dir, old: m}, sum: &Verification{Problems: []Problem{}},
		told: map[Problem]int{}, seen: map[documentHash]bool{},
	}
	v.manifest()
	v.beside()
	if err := v.stray(); err != nil {
		return nil, err
	}
	for _, p := range v.parts() {
		if err := v.part(ctx, p); err != nil {
			return nil, err
		}
	}
	if err := v.linkage(ctx); err != nil {
		return nil, err
	}
	return v.sum, nil
}

// openManifest reads the manifest of a dataset that must be there.
func openManifest(dir string) (*Manifest, error) {
	m, err := readManifest(filepath.Join(dir, manifestName))
	if err == nil && m == nil {
		err = fmt.Errorf("%w: there is no %s in it", ErrForeign, manifestName)
	}
	return m, err
}

// documentHash is a document_id in half of its memory.
type documentHash [16]byte

// hashOfID is the hash of a document_id, which is one.
func hashOfID(id string) (h documentHash) {
	_, _ = hex.Decode(h[:], []byte(id))
	return h
}

// verifier goes through a dataset.
type verifier struct {
	dataset
	sum  *Verification
	told map[Problem]int // by file and check, without message
	seen map[documentHash]bool
}

// problem notes that something is wrong.
func (v *verifier) problem(file, check, format string, args ...any) {
	kind := Problem{File: file, Check: check}
	if v.told[kind]++; v.told[kind] > maxTold {
		v.sum.Untold++
		return
	}
	kind.Message = fmt.Sprintf(format, args...)
	v.sum.Problems = append(v.sum.Problems, kind)
}

// manifest checks what the manifest says by itself.
func (v *verifier) manifest() {
	older, err := schemaAge(v.old.Schema)
	if err != nil {
		v.problem(manifestName, "schema", "%v", err)
	}
	if older {
		v.sum.Older = v.old.Schema
	}
	last := ""
	for _, f := range v.old.Files {
		if f.Path <= last {
			v.problem(manifestName, "manifest", "%s stands behind %s: the files are not sorted, or named twice", f.Path, last)
		}
		last = f.Path
	}
	slices.SortStableFunc(v.old.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for _, p := range v.parts() {
		for _, t := range allTables() {
			if v.old.file(p.path(t.name())) == nil && !v.old.lacks(t) {
				v.problem(manifestName, "manifest", "%s is not named, other tables of the part are", p.path(t.name()))
			}
		}
	}
}

// parts are the parts of all tables; those of the manifest are the parts of
// the documents alone.
func (v *verifier) parts() []part {
	all := map[part]bool{}
	var out []part
	for _, f := range v.old.Files {
		if _, p, ok := parsePath(f.Path); ok && !all[p] {
			all[p] = true
			out = append(out, p)
		}
	}
	slices.SortFunc(out, part.compare)
	return out
}

// beside checks the files beside the tables.
func (v *verifier) beside() {
	if _, err := os.Stat(v.file(successName)); err != nil {
		v.problem(successName, "commit", "the last commit was not whole (%v); run it again", cause(err))
	}
	if _, err := os.Stat(v.staging()); err == nil {
		v.problem(stagingName, "commit", "a commit was interrupted; the next one ends it")
	}
	if v.sum.Older != "" {
		return // what an earlier version wrote for it is not known
	}
	for _, d := range descriptions() {
		v.description(d)
	}
}

// description compares a description with what it should be.
func (v *verifier) description(d description) {
	want, err := d.encode(v.old)
	if err != nil {
		v.problem(d.name, d.check, "%v", err)
		return
	}
	got, err := os.ReadFile(v.file(d.name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.problem(d.name, "missing", "the file is not there")
	case err != nil:
		v.problem(d.name, "unreadable", "%v", cause(err))
	case !bytes.Equal(got, want):
		v.problem(d.name, d.check, "it is not what this version writes for this manifest; they part in line %d", firstDifference(got, want))
	}
}

// firstDifference is the line, from 1, in which two texts part.
func firstDifference(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return 1 + bytes.Count(a[:n], []byte("\n"))
}

// stray tells of Parquet files that the manifest does not name.
func (v *verifier) stray() error {
	found, err := v.strays(v.old)
	for _, p := range found {
		v.problem(p.File, p.Check, "%s", p.Message)
	}
	return err
}

// cause is an error of the file system without the path, which is told beside
// it.
func cause(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}

// open opens a file and compares it with the manifest; it is nil, and a
// problem told, unless it is the file that was written.
func (v *verifier) open(ctx context.Context, want *File) (*os.File, error) {
	v.sum.Files++
	f, err := os.Open(v.file(want.Path))
	if errors.Is(err, fs.ErrNotExist) {
		v.problem(want.Path, "missing", "the file is not there")
		return nil, nil
	}
	if err != nil {
		v.problem(want.Path, "unreadable", "%v", cause(err))
		return nil, nil
	}
	sum := sha256.New()
	n, err := io.Copy(sum, &interruptible{ctx, f})
	if ctx.Err() != nil {
		return nil, errors.Join(ctx.Err(), f.Close())
	}
	v.sum.Bytes += n
	switch {
	case err != nil:
		v.problem(want.Path, "unreadable", "%v", cause(err))
	case n != want.Bytes:
		v.problem(want.Path, "bytes", "the file has %d bytes, the manifest says %d", n, want.Bytes)
	case hex.EncodeToString(sum.Sum(nil)) != want.SHA256:
		v.problem(want.Path, "hash", "the SHA-256 is %x, the manifest says %s", sum.Sum(nil), want.SHA256)
	default:
		return f, nil
	}
	return nil, f.Close()
}

// interruptible reads until its context ends.
type interruptible struct {
	ctx context.Context
	in  io.Reader
}

func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}
