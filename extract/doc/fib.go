package doc

import (
	"fmt"

	"yusuan/extract/document"
)

// Of the FIB, the file information block at the beginning of the stream
// WordDocument ([MS-DOC] 2.5.1).
const (
	// fibBase is the size of FibBase, fibW97 the offset of FibRgW97, fibLw97
	// that of FibRgLw97 (2.5.2 to 2.5.4).
	fibBase = 32
	fibW97  = fibBase + 2
	// wordMagic is wIdent of every version since Word 6; the second is that of
	// Word 6 and 95 (the released versions say so in the older specification).
	wordMagic, word6Magic = 0xA5EC, 0xA5DC
	// nFib97 is the first version with this layout, nFib6 and nFib95 are those
	// of Word 6 and 95 (2.5.1).
	nFib97, nFib6, nFib95 = 0xC0, 101, 105
)

// flags of FibBase (2.5.2), at offset 10.
const (
	flagComplex   = 1 << 2
	flagEncrypted = 1 << 8
	flagTable1    = 1 << 9
)

// Indexes into FibRgFcLcb (2.5.5 ff.): where a structure stands in the table
// stream.
const (
	fcStshf        = 1
	fcPlcffndRef   = 2
	fcPlcffndTxt   = 3
	fcPlcfSed      = 6
	fcPlcfHdd      = 11
	fcPlcfBteChpx  = 12
	fcPlcfBtePapx  = 13
	fcSttbfFfn     = 15
	fcClx          = 33
	fcPlcSpaMom    = 40
	fcPlcfendRef   = 46
	fcPlcfendTxt   = 47
	fcPlcftxbxTxt  = 56
	fcPlfLst       = 73
	fcPlfLfo       = 74
	fcLegacyPrefix = 93 // FibRgFcLcb97 has so many pairs
)

// The subdocuments, which follow each other in the text (2.4.1, 2.5.4).
const (
	subMain = iota
	subFootnotes
	subHeaders
	subMacros
	subComments
	subEndnotes
	subTextboxes
	subHeaderBoxes
	subCount
)

// fib is what the reader needs of the FIB.
type fib struct {
	version int
	flags   int
	// lid is the language of the installation, lidFE that of East Asian text.
	lid, lidFE int
	// fcMin and fcMac bound the text of a Word 6 file that has no piece table.
	fcMin, fcMac int
	// counts are the characters of each subdocument.
	counts [subCount]int
	// pairs are the bytes of FibRgFcLcb: offset and length of each structure.
	pairs []byte
}

// readFIB reads the FIB of a stream WordDocument and tells which version wrote
// it. It fails for versions before Word 6, for encrypted files and for bytes
// that are no FIB.
func readFIB(word []byte) (*fib, error) {
	base, ok := cut(word, 0, fibBase)
	if !ok {
		return nil, fmt.Errorf("the stream WordDocument has only %d bytes: %w", len(word), document.ErrMalformed)
	}
	f := &fib{version: u16(base, 2), lid: u16(base, 6), flags: u16(base, 10), fcMin: u32(base, 24), fcMac: u32(base, 28)}
	ident := u16(base, 0)
	switch {
	case ident != wordMagic && ident != word6Magic && !f.isWord6():
		return nil, fmt.Errorf("the stream WordDocument begins with %#04x, not as Word writes it: %w", ident, document.ErrMalformed)
	case f.flags&flagEncrypted != 0:
		return nil, fmt.Errorf("the document has a password: %w", document.ErrEncrypted)
	case f.isWord6():
		return f, f.readWord6(word)
	case f.version < nFib97:
		return nil, fmt.Errorf("the document is of a Word version that is not read (nFib %d, before Word 97): %w", f.version, document.ErrUnsupported)
	}
	return f, f.readWord97(word)
}

func (f *fib) isWord6() bool { return f.version >= nFib6 && f.version <= nFib95 }

// readWord97 reads FibRgW97, FibRgLw97 and FibRgFcLcb, whose lengths are in
// the file because later versions have more.
func (f *fib) readWord97(word []byte) error {
	short := fmt.Errorf("the file information block is cut off: %w", document.ErrMalformed)
	csw, ok := cut(word, fibBase, 2)
	if !ok {
		return short
	}
	w97, ok := cut(word, fibW97, 2*u16(csw, 0))
	if !ok {
		return short
	}
	if len(w97) >= 28 {
		f.lidFE = u16(w97, 26)
	}
	at := fibW97 + len(w97)
	cslw, ok := cut(word, at, 2)
	if !ok {
		return short
	}
	lw97, ok := cut(word, at+2, 4*u16(cslw, 0))
	if !ok || len(lw97) < 44 {
		return short
	}
	for i := range f.counts {
		f.counts[i] = max(i32(lw97, 12+4*i), 0)
	}
	f.counts[subMacros] = 0 // not in use since Word 97
	at += 2 + len(lw97)
	n, ok := cut(word, at, 2)
	if !ok {
		return short
	}
	// A file with fewer pairs than it says is read as far as it goes.
	f.pairs = tail(word, at+2)
	f.pairs = f.pairs[:min(len(f.pairs), 8*max(u16(n, 0), fcLegacyPrefix))]
	return nil
}

// tableName is the name of the stream with the tables (2.5.2, fWhichTblStm).
func (f *fib) tableName() string {
	if f.flags&flagTable1 != 0 {
		return "1Table"
	}
	return "0Table"
}

// pair returns the offset and length of a structure, nil if the FIB has none.
func (f *fib) pair(index int) []byte {
	at := 8 * index
	if f.isWord6() {
		at = f.place6(index)
	}
	pair, ok := cut(f.pairs, at, 8)
	if !ok || u32(pair, 4) == 0 {
		return nil
	}
	return pair
}

// structureAt returns the structure that a pair speaks of, and whether it is
// there; no pair means nothing, which is there.
func structureAt(table, pair []byte) ([]byte, bool) {
	if pair == nil {
		return nil, true
	}
	return cut(table, u32(pair, 0), u32(pair, 4))
}

// behind returns what follows a structure in the table stream.
func behind(table, pair []byte) []byte {
	if pair == nil {
		return nil
	}
	return tail(table, u32(pair, 0)+u32(pair, 4))
}

// total is the number of characters that the FIB speaks of; where anything
// stands beside the body, there is a mark at the end of all (2.4.1).
func (f *fib) total() int {
	_, body := f.span(subMain)
	_, all := f.span(subCount - 1)
	if all > body {
		return all + 1
	}
	return all
}

// span returns the characters of a subdocument.
func (f *fib) span(sub int) (from, to int) {
	for _, n := range f.counts[:sub] {
		from += n
	}
	return from, from + f.counts[sub]
}
