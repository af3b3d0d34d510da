package corpus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// results keeps what was read of documents, over runs: a folder of segments,
// each a file to which one process appends one result after another. A file
// for each result would cost more to open than to write, and hundreds of
// thousands of them are a burden to every file system. Nothing is ever changed
// in place: a process that is killed leaves at most one result that ends
// early, whose checksum tells, so that it is made again; what came before it is
// whole. Several processes may append at the same time, each to its own
// segment. Of two results with one key that of the later segment counts. The name
// of a segment begins with its number; export/cloud puts a hash behind that, to
// bring segments of several machines together.
//
// It may be used by several goroutines.
type results struct {
	dir string

	mu sync.Mutex
	// segments are the names of the files, in their order.
	segments []string
	at       map[indexKey]place
	// out is the segment that this process writes, nil before the first
	// result; end is its length.
	out *os.File
	end int64
}

// indexKey is the second half of a key, enough to find it in the index; the whole
// key is compared when the result is read. Without a pointer, the index costs the
// collector nothing.
type indexKey [keyBytes / 2]byte

func indexOf(key string) indexKey { return indexKey([]byte(key[keyBytes/2:])) }

// place is where a result stands.
type place struct {
	offset     int64 // of the header
	segment    int32
	meta, blob int32 // lengths, at most maxBlob
}

// meta is what is known of a result without unpacking it.
type meta struct {
	Status string
	// Code and Error tell why it failed; Error does not name the document.
	Code, Error string
	Region      string
	Year        int
	Counts      Counts
	// Limits are those under which it was read.
	Limits document.Limits
	// Retried tells that Retry asked for it: a success then stands for every
	// limit.
	Retried bool
	// Elapsed is how long it took, Extract and Normalize are parts of that.
	Elapsed, Extract, Normalize time.Duration
}

// The layout of a segment: its head, and for each result a header, the meta,
// a checksum of both, and the packed record.Disclosure (nothing for a document
// that failed). All numbers are little-endian.
const (
	segmentSuffix  = ".segment"
	segmentVersion = "yusuan results 1 "
	resultMagic    = "res\n"
	keyBytes       = 32
	headerBytes    = len(resultMagic) + keyBytes + 4 + 4 + 4 // + lengths of meta and blob, checksum of the blob
	checkBytes     = 4
	// peekBytes is what is read of a result to find the next: more than
	// nearly every header with its meta.
	peekBytes = 2 << 10
	// maxBlob keeps a damaged length from being believed.
	maxBlob = 1 << 30
)

var errDamaged = errors.New("the stored result is damaged")

// segmentHead begins every segment: results that other types wrote are not
// read.
func segmentHead() string {
	return segmentVersion + fingerprint(meta{}, record.Disclosure{}) + "\n"
}

// openResults lists what a folder has; the folder is made if it is not there.
func openResults(dir string) (*results, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("the folder for results cannot be made, name another with --work-dir: %w", err)
	}
	return listResults(dir)
}

// listResults lists what a folder has, and changes nothing; one that is not
// there has nothing.
func listResults(dir string) (*results, error) {
	r := &results{dir: dir, at: map[indexKey]place{}}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the results cannot be listed: %w", err)
	}
	for _, e := range entries { // by name
		if strings.HasSuffix(e.Name(), segmentSuffix) {
			r.segments = append(r.segments, e.Name())
		}
	}
	for i := range r.segments {
		if err := r.scan(int32(i)); err != nil {
			return nil, fmt.Errorf("the results cannot be listed: %w", err)
		}
	}
	return r, nil
}

// scan notes where the results of a segment stand, up to the first that is not
// whole.
func (r *results) scan(segment int32) error {
	f, err := os.Open(filepath.Join(r.dir, r.segments[segment]))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	head := segmentHead()
	b := make([]byte, peekBytes)
	if n, _ := f.ReadAt(b[:len(head)], 0); string(b[:n]) != head {
		return nil // another version wrote it
	}
	for offset := int64(len(head)); offset < info.Size(); {
		key, p, err := peek(f, offset, b)
		if err != nil || p.end() > info.Size() {
			return nil
		}
		p.segment = segment
		r.at[indexOf(key)] = p
		offset = p.end()
	}
	return nil
}

// end is where the result ends.
func (p place) end() int64 {
	return p.offset + int64(headerBytes+checkBytes) + int64(p.meta) + int64(p.blob)
}

// peek reads the header of the result at an offset and checks it, with its
// meta; b is room to read into.
func peek(f io.ReaderAt, offset int64, b []byte) (key string, p place, err error) {
	n, err := f.ReadAt(b, offset)
	if n < headerBytes || string(b[:len(resultMagic)]) != resultMagic {
		return "", p, errors.Join(errDamaged, err)
	}
	rest := b[len(resultMagic)+keyBytes:]
	metaBytes, blobBytes := binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:])
	if metaBytes > maxBlob || blobBytes > maxBlob {
		return "", p, errDamaged
	}
	p = place{offset: offset, meta: int32(metaBytes), blob: int32(blobBytes)}
	whole := b[:n]
	if need := headerBytes + int(p.meta) + checkBytes; need > n {
		whole = make([]byte, need)
		if _, err := f.ReadAt(whole, offset); err != nil {
			return "", p, errors.Join(errDamaged, err)
		}
	}
	checked := headerBytes + int(p.meta)
	if crc32.ChecksumIEEE(whole[:checked]) != binary.LittleEndian.Uint32(whole[checked:]) {
		return "", p, errDamaged
	}
	return string(b[len(resultMagic) : len(resultMagic)+keyBytes]), p, nil
}

// answer is what was read of a document, packed.
type answer struct {
	Meta meta
	// Blob is the packed record.Disclosure, "" if the document failed.
	Blob string
	// Passing tells that the failure is not the content's: it is not kept.
	Passing bool
}

// put appends a result. After an error nothing of it is there.
func (r *results) put(key string, a *answer) error {
	m, err := encode(&a.Meta)
	if err != nil {
		return err
	}
	b := make([]byte, 0, headerBytes+len(m)+checkBytes+len(a.Blob))
	b = append(append(b, resultMagic...), key...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(a.Blob)))
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(a.Blob)))
	b = append(b, m...)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	b = append(b, a.Blob...)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.out == nil {
		if err := r.create(segmentSuffix); err != nil {
			return fmt.Errorf("store a result: %w", err)
		}
	}
	if _, err := r.out.WriteAt(b, r.end); err != nil {
		// What was written in part must not stand before the next result.
		return errors.Join(fmt.Errorf("store a result; with more space, or another --work-dir, the same command goes on: %w", err), r.out.Truncate(r.end))
	}
	r.at[indexOf(key)] = place{r.end, int32(len(r.segments) - 1), int32(len(m)), int32(len(a.Blob))}
	r.end += int64(len(b))
	return nil
}

// create begins a segment behind those that there are; another process may do
// so at the same time.
func (r *results) create(suffix string) error {
	number := 0
	for _, name := range r.segments {
		_, _ = fmt.Sscanf(name, "%d", &number)
	}
	for {
		number++
		name := fmt.Sprintf("%08d%s", number, suffix)
		f, err := os.OpenFile(filepath.Join(r.dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		head := segmentHead()
		if _, err := f.WriteString(head); err != nil {
			return errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
		r.out, r.end = f, int64(len(head))
		r.segments = append(r.segments, name)
		return nil
	}
}

// close lets go of the segment that was written.
func (r *results) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.out == nil {
		return nil
	}
	err := r.out.Close()
	r.out = nil
	return err
}

// get reads a result; it is nil if there is none, or none that is whole. Of a
// large store only what is asked for is read.
func (r *results) get(key string) *answer {
	r.mu.Lock()
	p, ok := r.at[indexOf(key)]
	name := ""
	if ok {
		name = r.segments[p.segment]
	}
	r.mu.Unlock()
	if !ok {
		return nil
	}
	f, err := os.Open(filepath.Join(r.dir, name))
	if err != nil {
		return nil
	}
	defer f.Close()
	b := make([]byte, p.end()-p.offset)
	if _, err := f.ReadAt(b, p.offset); err != nil {
		return nil
	}
	found, _, err := peek(f, p.offset, b)
	if err != nil || found != key {
		return nil
	}
	blob := b[headerBytes+int(p.meta)+checkBytes:]
	if crc32.ChecksumIEEE(blob) != binary.LittleEndian.Uint32(b[headerBytes-4:]) {
		return nil
	}
	a := &answer{Blob: string(blob)}
	if decode(b[headerBytes:headerBytes+int(p.meta)], &a.Meta) != nil {
		return nil
	}
	return a
}

// sweep copies the results that are needed into one new segment and removes
// all others: whole segments of other versions, results that others have
// replaced. It returns how many results stay, and how many bytes were there
// before and are there now. Nobody else may be at work with the results: what
// another wrote meanwhile would be lost.
func (r *results) sweep(needed map[string]bool) (kept int, before, after int64, err error) {
	old := slices.Clone(r.segments)
	for _, name := range old {
		if info, err := os.Stat(filepath.Join(r.dir, name)); err == nil {
			before += info.Size()
		}
	}
	keys := make([]string, 0, len(needed))
	for key := range needed {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		a := r.get(key)
		if a == nil {
			continue
		}
		kept++
		if err := r.put(key, a); err != nil {
			return 0, 0, 0, err
		}
		after = r.end
	}
	if r.out != nil {
		if err := r.out.Sync(); err != nil {
			return 0, 0, 0, err
		}
	}
	for _, name := range old {
		if err := os.Remove(filepath.Join(r.dir, name)); err != nil {
			return 0, 0, 0, err
		}
	}
	return kept, before, after, nil
}
