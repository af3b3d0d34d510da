package doc

import (
	"fmt"
	"strings"

	"yusuan/extract/document"
)

// Word 6 and 95 have the same structures in an older form: no tables stream,
// 8-bit text, and properties with codes of one byte. They are described in the
// specification of Word 6 that Microsoft published ("Microsoft Word Binary File
// Format", 1995); [MS-DOC] leaves them out. What is read here is what makes
// text and tables; lists and styles are not.
const ccp6 = 0x34 // the offset of the first count in the FIB

// readWord6 reads the lengths of the subdocuments. The pairs stand all over the
// FIB.
func (f *fib) readWord6(word []byte) error {
	counts, ok := cut(word, ccp6, 4*subCount)
	if !ok {
		return fmt.Errorf("the file information block is cut off: %w", document.ErrMalformed)
	}
	for i := range f.counts {
		f.counts[i] = max(i32(counts, 4*i), 0)
	}
	f.pairs = word
	return nil
}

// place6 returns the offset in the FIB of Word 6 of a pair, -1 for structures
// that it does not have or that are not read.
func (f *fib) place6(index int) int {
	for _, p := range [...]struct{ index, at int }{
		{fcPlcffndRef, 0x68}, {fcPlcffndTxt, 0x70}, {fcPlcfSed, 0x88}, {fcPlcfHdd, 0xB0},
		{fcPlcfBteChpx, 0xB8}, {fcPlcfBtePapx, 0xC0}, {fcSttbfFfn, 0xD0}, {fcClx, 0x160},
	} {
		if p.index == index {
			return p.at
		}
	}
	return -1
}

// open6 reads what the text of a Word 6 file depends on. Everything stands in
// one stream, and the property tables have page numbers of two bytes.
func (r *reader) open6() error {
	r.table = r.word
	clxData := r.structure(fcClx, "piece table")
	if len(clxData) == 0 || r.fib.flags&flagComplex == 0 {
		clxData = onePiece(r.fib)
	}
	var err error
	if r.text, err = readPieces(clxData, r.word, encoding{chinese: r.fib.isChinese()}); err != nil {
		return err
	}
	r.chars = newPropertyTable(r.word, newPLC(r.structure(fcPlcfBteChpx, "properties of characters"), 2), 1)
	r.paras = newPropertyTable(r.word, newPLC(r.structure(fcPlcfBtePapx, "properties of paragraphs"), 2), oldParagraphEntry)
	r.chars.old, r.paras.old = true, true
	r.styles, r.lists = &styleSheet{}, newLists()
	r.fonts = readFonts6(r.structure(fcSttbfFfn, "fonts"))
	r.anchors()
	return nil
}

// readFonts6 reads the names of the fonts: the length of all, then fonts with
// 8-bit names behind their family, weight, character set and alternative.
func readFonts6(data []byte) []string {
	const nameAt = 5
	var names []string
	for at := 2; ; {
		size, ok := cut(data, at, 1)
		if !ok {
			return names
		}
		ffn, ok := cut(data, at+1, int(size[0]))
		if !ok {
			return names
		}
		name, _, _ := strings.Cut(string(tail(ffn, nameAt)), "\x00")
		names = append(names, strings.ToValidUTF8(name, replacementChar))
		at += 1 + len(ffn)
	}
}

// onePiece makes the piece table of a file that was saved whole: the text
// stands in one place.
func onePiece(f *fib) []byte {
	n := max(f.fcMac-f.fcMin, 0)
	return []byte{
		clxPcdt, 16, 0, 0, 0,
		0, 0, 0, 0,
		byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24),
		0, 0, byte(f.fcMin), byte(f.fcMin >> 8), byte(f.fcMin >> 16), byte(f.fcMin >> 24), 0, 0,
	}
}

// variable says in the list below that an operand begins with its length,
// variable2 that the length has two bytes.
const variable, variable2 = -1, -2

// sprmOf6 returns the sprm that one of Word 6's codes stands for, 0 if it does
// not matter to the text, and the size of its operand.
func sprmOf6(code int) (op, size int) {
	for _, s := range [...]struct{ code, op, size int }{
		{2, sprmPIstd, 2},
		{4, sprmPIncLvl, 1},
		{24, sprmPFInTable, 1},
		{25, sprmPFTtp, 1},
		{65, sprmCFRMarkDel, 1},
		{66, sprmCFRMarkIns, 1},
		{68, sprmCPicLoc, variable},
		{74, sprmCSymbol, variable},
		{71, sprmCFData, 1},
		{83, sprmCPlain, 0},
		{92, sprmCFVanish, 1},
		{117, sprmCFSpec, 1},
		{182, sprmTJc90, 2},
		{183, sprmTDxaLeft, 2},
		{184, sprmTDxaGapHalf, 2},
		{190, sprmTDefTable, variable2},
		{194, sprmTInsert, 4},
		{195, sprmTDelete, 2},
		{196, sprmTDxaCol, 4},
		{197, sprmTMerge, 2},
		{198, sprmTSplit, 2},
	} {
		if s.code == code {
			return s.op, s.size
		}
	}
	return 0, size6(code)
}

// size6 returns the size of the operand of a code that does not matter.
func size6(code int) int {
	switch code {
	case 3, 12, 15, 23, 52, 64, 79, 81, 82, 103, 105, 106, 108, 113, 115, 116, 120, 133, 191:
		return variable
	case 188:
		return variable2
	case 83:
		return 0
	case 73, 95:
		return 3
	case 20, 70, 192, 200:
		return 4
	case 193, 199:
		return 5
	case 187:
		return 12
	case 16, 17, 18, 19, 21, 22, 26, 27, 28, 30, 31, 32, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43, 45, 46, 47, 48, 49,
		69, 72, 80, 93, 96, 97, 99, 101, 107, 109, 110, 111, 112, 121, 122, 123, 124, 189:
		return 2
	}
	return 1
}

// modern translates the properties of Word 6 into sprms. What cannot be
// followed ends the list.
func modern(old []byte) []byte {
	var out []byte
	for len(old) > 0 {
		op, size := sprmOf6(int(old[0]))
		skip, size, ok := operandOf6(old, size)
		if !ok {
			return out
		}
		operand, ok := cut(old, skip, size)
		if !ok {
			return out
		}
		out = appendSprm(out, op, operand)
		old = old[skip+size:]
	}
	return out
}

// operandOf6 returns where the operand of the first code begins and its size.
// The length of one code can be too great for a byte.
func operandOf6(old []byte, size int) (skip, n int, ok bool) {
	const tabs = 23
	switch size {
	case variable:
		length, ok := cut(old, 1, 1)
		switch {
		case !ok:
			return 0, 0, false
		case old[0] == tabs && length[0] == 255:
			return longTabs(old, 2)
		}
		return 2, int(length[0]), true
	case variable2:
		length, ok := cut(old, 1, 2)
		if !ok || u16(length, 0) == 0 {
			return 0, 0, false
		}
		return 3, u16(length, 0) - 1, true
	}
	return 1, size, true
}

// appendSprm adds a sprm if it matters. Operands that have lengths in Word 6
// have none later, and the other way round.
func appendSprm(out []byte, op int, operand []byte) []byte {
	switch op {
	case 0:
		return out
	case sprmCPicLoc:
		if len(operand) < 4 {
			return out
		}
		operand = operand[:4]
	case sprmCSymbol: // font, and a character of one byte
		if len(operand) < 3 {
			return out
		}
		operand = []byte{operand[0], operand[1], operand[2], 0}
	case sprmCPlain:
		operand = []byte{0}
	case sprmTDefTable:
		out = append(out, byte(op&0xFF), byte(op>>8), byte(len(operand)+1), byte((len(operand)+1)>>8))
		return append(out, operand...)
	}
	return append(append(out, byte(op&0xFF), byte(op>>8)), operand...)
}
