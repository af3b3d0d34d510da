package doc

import "encoding/binary"

// All numbers of the format are little-endian. Every offset and length from a
// file goes through cut before it is used.

// cut returns n bytes of b from an offset, and whether b has them.
func cut(b []byte, at, n int) ([]byte, bool) {
	if at < 0 || n < 0 || at > len(b) || n > len(b)-at {
		return nil, false
	}
	return b[at : at+n : at+n], true
}

// tail returns what of b stands from an offset on, nothing if it ends before.
func tail(b []byte, at int) []byte {
	if at < 0 || at > len(b) {
		return nil
	}
	return b[at:]
}

// u16 returns the number at an offset of bytes whose length was checked.
func u16(b []byte, at int) int { return int(binary.LittleEndian.Uint16(b[at:])) }

// i16 is u16 for numbers with a sign.
func i16(b []byte, at int) int { return int(int16(binary.LittleEndian.Uint16(b[at:]))) }

// u32 returns the number at an offset of bytes whose length was checked.
func u32(b []byte, at int) int { return int(binary.LittleEndian.Uint32(b[at:])) }

// i32 is u32 for numbers with a sign.
func i32(b []byte, at int) int { return int(int32(binary.LittleEndian.Uint32(b[at:]))) }

// plc is a list of n ranges with data for each: n+1 positions of 4 bytes, then
// n elements ([MS-DOC] 2.2.2).
type plc struct {
	data []byte
	n    int
	// size is that of an element.
	size int
}

// newPLC takes bytes for a PLC with elements of a size; bytes that are left
// over are ignored.
func newPLC(data []byte, size int) plc {
	if len(data) < 4 {
		return plc{size: size}
	}
	return plc{data: data, n: (len(data) - 4) / (4 + size), size: size}
}

// at returns the position i, from 0 to n.
func (p plc) at(i int) int { return u32(p.data, 4*i) }

// element returns the element i, from 0 to n-1.
func (p plc) element(i int) []byte {
	from := 4*(p.n+1) + i*p.size
	return p.data[from : from+p.size]
}

// find returns the range that holds a position; -1 if there is none. Positions
// are meant to ascend; where they do not, a range may be missed.
func (p plc) find(pos int) int {
	lo, hi := 0, p.n
	for lo < hi {
		mid := (lo + hi) / 2
		if p.at(mid+1) <= pos {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < p.n && p.at(lo) <= pos {
		return lo
	}
	return -1
}
