package corpus

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"yusuan/extract/document"
)

// DefaultArchiveEntries is how many entries a zip archive may have when
// Settings do not say: the disclosures of a province have room, and an archive
// of nothing but names costs no more than a large document.
const DefaultArchiveEntries = 50_000

// The records of a zip archive that tell of its entries.
const (
	endSignature   = "PK\x05\x06"
	endBytes       = 22
	end64Locator   = "PK\x06\x07"
	locatorBytes   = 20
	end64Signature = "PK\x06\x06"
	end64Bytes     = 56
	entrySignature = "PK\x01\x02"
	entryBytes     = 46
	// tailBytes is how far before the end of a file readers look for the end
	// of its list: a comment may follow, and whatever else was put there.
	tailBytes = 65 << 10
)

// directory is what the end of an archive says of the list of its entries.
type directory struct {
	// end is where the record stands that says it.
	end int64
	// entries is their number; with the short record, that number modulo 65536.
	entries, size, offset uint64
}

// tooMany refuses an archive with more entries than the limit, before any of
// them is kept in memory. What the archive says is looked at first, since that
// costs nothing; and then the entries are counted up to the limit, since it may
// lie. An archive without a list of entries is left to the reader.
func tooMany(r io.ReaderAt, size int64, limit int) error {
	// A large archive says it twice; which of both a reader believes depends
	// on the reader.
	for _, d := range findDirectories(r, size) {
		if d.entries > uint64(limit) {
			return fmt.Errorf("%w: the archive says that it has %d entries, the limit is %d (--max-entries)", document.ErrTooLarge, d.entries, limit)
		}
		// Archives may have something before them that their offsets do not
		// count: readers try both places.
		for _, at := range []uint64{d.offset, uint64(d.end) - d.size} {
			if at < uint64(size) && countEntries(io.NewSectionReader(r, int64(at), size-int64(at)), limit) > limit {
				return fmt.Errorf("%w: the archive has more than %d entries, which is the limit (--max-entries)", document.ErrTooLarge, limit)
			}
		}
	}
	return nil
}

// countEntries counts the entries of a list, up to one more than the limit.
func countEntries(r io.Reader, limit int) int {
	in := bufio.NewReader(r)
	var head [entryBytes]byte
	for n := 0; ; n++ {
		if _, err := io.ReadFull(in, head[:]); n > limit || err != nil || string(head[:4]) != entrySignature {
			return n
		}
		more := 0
		for at := 28; at <= 32; at += 2 { // name, extra field, comment
			more += int(binary.LittleEndian.Uint16(head[at:]))
		}
		if _, err := in.Discard(more); err != nil {
			return n
		}
	}
}

// findDirectories finds what the end of an archive says of its entries.
func findDirectories(r io.ReaderAt, size int64) []directory {
	tail := make([]byte, min(size, tailBytes))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF || len(tail) < endBytes {
		return nil
	}
	at := bytes.LastIndex(tail[:len(tail)-endBytes+len(endSignature)], []byte(endSignature))
	if at < 0 {
		return nil
	}
	b := tail[at:]
	d := directory{
		end:     size - int64(len(tail)) + int64(at),
		entries: uint64(binary.LittleEndian.Uint16(b[10:])),
		size:    uint64(binary.LittleEndian.Uint32(b[12:])),
		offset:  uint64(binary.LittleEndian.Uint32(b[16:])),
	}
	if d64, ok := findDirectory64(r, d.end); ok {
		if d.entries == math.MaxUint16 {
			d.entries = d64.entries // it only says that the other record tells
		}
		return []directory{d, d64}
	}
	return []directory{d}
}

// findDirectory64 finds what a large archive says of its entries.
func findDirectory64(r io.ReaderAt, end int64) (d directory, ok bool) {
	var locator [locatorBytes]byte
	if _, err := r.ReadAt(locator[:], max(end-locatorBytes, 0)); err != nil || string(locator[:4]) != end64Locator {
		return d, false
	}
	d.end = int64(binary.LittleEndian.Uint64(locator[8:]))
	var b [end64Bytes]byte
	if d.end < 0 {
		return d, false
	}
	if _, err := r.ReadAt(b[:], d.end); err != nil || string(b[:4]) != end64Signature {
		return d, false
	}
	d.entries = binary.LittleEndian.Uint64(b[32:])
	d.size, d.offset = binary.LittleEndian.Uint64(b[40:]), binary.LittleEndian.Uint64(b[48:])
	return d, true
}
