package build

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// A stream is a named stream of a compound file.
type stream struct {
	name  string
	bytes []byte
}

// stream reads a stream that a description adds.
func (f *file) stream(n *node) error {
	if len(n.words) != 3 || n.words[1].kind != textWord {
		return n.errorf("a stream has a name and bytes")
	}
	name, err := streamName(n.words[1].value)
	if err != nil {
		return n.errorf("%w", err)
	}
	s := stream{name: name}
	switch w := n.words[2]; {
	case w.kind == textWord:
		s.bytes = []byte(w.value)
	case w.kind == valueWord && w.key == "hex":
		if s.bytes, err = unhex(w.value); err != nil {
			return n.errorf("%w", err)
		}
	default:
		return n.errorf("%q is neither text nor bytes", w.key)
	}
	f.streams = append(f.streams, s)
	return nil
}

// streamName reads the name of a stream, in which braces hold characters as
// in a text.
func streamName(text string) (string, error) {
	chars, err := parseText(text, nil)
	if err != nil {
		return "", err
	}
	var name []rune
	for _, c := range chars {
		name = append(name, rune(c.code))
	}
	return string(name), nil
}

// The sizes of a compound file of version 3, [MS-CFB] 2.2.
const (
	sectorSize     = 512
	miniSectorSize = 64
	miniCutoff     = 4096 // streams below it are in the mini stream
	entrySize      = 128
	headerFATs     = 109 // sectors of the FAT that the header can list
)

// The values of the FAT that are no sector, [MS-CFB] 2.1.
const (
	freeSector = 0xFFFFFFFF
	endOfChain = 0xFFFFFFFE
	fatSector  = 0xFFFFFFFD
	noStream   = 0xFFFFFFFF
)

// A chainTable is a FAT or the mini FAT while it is filled.
type chainTable []uint32

// add appends a chain of as many sectors as bytes need and returns its start.
func (t *chainTable) add(size, sector int) uint32 {
	n := (size + sector - 1) / sector
	if n == 0 {
		return endOfChain
	}
	start := uint32(len(*t))
	for i := range n {
		next := start + uint32(i) + 1
		if i == n-1 {
			next = endOfChain
		}
		*t = append(*t, next)
	}
	return start
}

// bytes writes the table, filled up to whole sectors.
func (t chainTable) bytes() []byte {
	for len(t)*4%sectorSize != 0 {
		t = append(t, freeSector)
	}
	var out []byte
	for _, v := range t {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

// An entry is what the directory says of a stream.
type entry struct {
	stream
	start       uint32
	left, right uint32
}

// compoundFile writes streams into a file, [MS-CFB] 2: the header, the streams
// of at least 4,096 bytes, the mini stream, its table, the directory, the FAT.
func compoundFile(streams []stream) ([]byte, error) {
	var fat, miniFAT chainTable
	var body, mini bytes.Buffer
	entries := make([]entry, len(streams))
	for i, s := range streams {
		entries[i] = entry{stream: s, left: noStream, right: noStream}
		if len(s.bytes) >= miniCutoff {
			entries[i].start = fat.add(len(s.bytes), sectorSize)
			padded(&body, s.bytes, sectorSize)
			continue
		}
		entries[i].start = miniFAT.add(len(s.bytes), miniSectorSize)
		padded(&mini, s.bytes, miniSectorSize)
	}
	miniStart := fat.add(mini.Len(), sectorSize)
	padded(&body, mini.Bytes(), sectorSize)
	miniTable := miniFAT.bytes()
	miniTableStart := fat.add(len(miniTable), sectorSize)
	body.Write(miniTable)
	directory, err := directory(entries, miniStart, mini.Len())
	if err != nil {
		return nil, err
	}
	directoryStart := fat.add(len(directory), sectorSize)
	body.Write(directory)

	first := uint32(len(fat))
	fats := 0
	for fats*sectorSize/4 < len(fat)+fats {
		fats++
	}
	if fats > headerFATs {
		return nil, fmt.Errorf("the file would be larger than %d sectors of FAT can say", headerFATs)
	}
	for range fats {
		fat = append(fat, fatSector)
	}
	body.Write(fat.bytes())
	header := header(first, fats, directoryStart, miniTableStart, len(miniTable)/sectorSize)
	return append(header, body.Bytes()...), nil
}

// padded writes bytes and zeros up to whole sectors.
func padded(to *bytes.Buffer, b []byte, sector int) {
	to.Write(b)
	if rest := len(b) % sector; rest != 0 {
		to.Write(make([]byte, sector-rest))
	}
}

// header is the first sector, [MS-CFB] 2.2.
func header(firstFAT uint32, fats int, directory, miniTable uint32, miniTables int) []byte {
	out := []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	out = append(out, make([]byte, 16)...)
	out = append(out, words16(0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0)...)
	out = append(out, words32(0, fats, int(directory), 0, miniCutoff, int(miniTable), miniTables, endOfChain, 0)...)
	for i := range headerFATs {
		at := uint32(freeSector)
		if i < fats {
			at = firstFAT + uint32(i)
		}
		out = binary.LittleEndian.AppendUint32(out, at)
	}
	return out
}

// directory writes the entries of the root and the streams, [MS-CFB] 2.6. The
// streams form a balanced tree in the order of length and upper-case name; all of
// its nodes are black, which every reader that was tried accepts.
func directory(entries []entry, miniStart uint32, miniSize int) ([]byte, error) {
	slices.SortStableFunc(entries, func(a, b entry) int { return compareNames(a.name, b.name) })
	top := balance(entries, 0, len(entries))
	root, err := dirEntry("Root Entry", 5, [3]uint32{noStream, noStream, top}, miniStart, miniSize)
	if err != nil {
		return nil, err
	}
	// The class of a Word document.
	copy(root[80:], []byte{0x06, 0x09, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46})
	out := root
	for _, e := range entries {
		b, err := dirEntry(e.name, 2, [3]uint32{e.left, e.right, noStream}, e.start, len(e.bytes))
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	for len(out)%sectorSize != 0 {
		empty := make([]byte, entrySize)
		copy(empty[68:], []byte{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})
		out = append(out, empty...)
	}
	return out, nil
}

// balance links the entries from first to last, sorted, into a tree and returns
// its top; an entry's number is one more than its index, because the root is 0.
func balance(entries []entry, first, last int) uint32 {
	if first >= last {
		return noStream
	}
	middle := (first + last) / 2
	entries[middle].left = balance(entries, first, middle)
	entries[middle].right = balance(entries, middle+1, last)
	return uint32(middle) + 1
}

// compareNames is the order of [MS-CFB] 2.6.4: the shorter name first, then by
// upper-case characters.
func compareNames(a, b string) int {
	ua, ub := utf16.Encode([]rune(strings.ToUpper(a))), utf16.Encode([]rune(strings.ToUpper(b)))
	if len(ua) != len(ub) {
		return len(ua) - len(ub)
	}
	return slices.Compare(ua, ub)
}

// dirEntry is an entry of 128 bytes, [MS-CFB] 2.6.1; links are left, right, child.
func dirEntry(name string, kind byte, links [3]uint32, start uint32, size int) ([]byte, error) {
	u := units(name)
	if len(u) > 62 || len(u) == 0 {
		return nil, fmt.Errorf("the name of a stream has 1 to 31 characters: %q", name)
	}
	out := make([]byte, entrySize)
	copy(out, u)
	binary.LittleEndian.PutUint16(out[64:], uint16(len(u)+2))
	out[66], out[67] = kind, 1
	for i, l := range links {
		binary.LittleEndian.PutUint32(out[68+4*i:], l)
	}
	binary.LittleEndian.PutUint32(out[116:], start)
	binary.LittleEndian.PutUint32(out[120:], uint32(size))
	return out, nil
}
