package doc

// A sprm is a single property modifier: an opcode that says in its bits what
// it modifies and how long its operand is ([MS-DOC] 2.6.1 Sprm). A list of them
// is a grpprl. Only those that change what stands on the page are named here.
const (
	// Of paragraphs (2.6.2).
	sprmPIstd           = 0x4600
	sprmPIstdPermute    = 0xC601
	sprmPIncLvl         = 0x2602
	sprmPIlvl           = 0x260A
	sprmPIlfo           = 0x460B
	sprmPFInTable       = 0x2416
	sprmPFTtp           = 0x2417
	sprmPChgTabs        = 0xC615
	sprmPOutLvl         = 0x2640
	sprmPHugePapx95     = 0x6645
	sprmPHugePapx       = 0x6646
	sprmPItap           = 0x6649
	sprmPDtap           = 0x664A
	sprmPFInnerTbl      = 0x244B
	sprmPFInnerTtp      = 0x244C
	sprmPTableProps     = 0x646B
	sprmPAnld           = 0xC63E // Word 6's numbering
	sprmPAnld80         = 0xC60C
	sprmGroupParagraphs = 1

	// Of characters (2.6.3 and, for deletions, 2.6.1's table).
	sprmCFRMarkDel  = 0x0800
	sprmCFRMarkIns  = 0x0801
	sprmCPicLoc     = 0x6A03
	sprmCFData      = 0x0806
	sprmCSymbol     = 0x6A09
	sprmCIstd       = 0x4A30
	sprmCPlain      = 0x2A33
	sprmCFVanish    = 0x083C
	sprmCRgFtcASCII = 0x4A4F
	sprmCRgFtcOther = 0x4A51
	sprmCFSpec      = 0x0855

	// Of rows (2.6.5).
	sprmTJc90       = 0x5400
	sprmTJc         = 0x548A
	sprmTDxaLeft    = 0x9601
	sprmTDxaGapHalf = 0x9602
	sprmTDefTable   = 0xD608
	sprmTDefTable10 = 0xD606
	sprmTInsert     = 0x7621
	sprmTDelete     = 0x5622
	sprmTDxaCol     = 0x7623
	sprmTMerge      = 0x5624
	sprmTSplit      = 0x5625
	sprmTVertMerge  = 0xD62B
	sprmGroupTables = 5
)

// sprmGroup returns what a sprm modifies (2.6.1, sgc).
func sprmGroup(op int) int { return op >> 10 & 7 }

// nextSprm takes the first sprm from a grpprl. The operand of one with a
// variable length is without that length. It is false at the end and where the
// list breaks off.
func nextSprm(grpprl []byte) (op int, operand, rest []byte, ok bool) {
	if len(grpprl) < 2 {
		return 0, nil, nil, false
	}
	op = u16(grpprl, 0)
	skip, size := 2, 0
	switch op >> 13 { // spra
	case 0, 1:
		size = 1
	case 2, 4, 5:
		size = 2
	case 3:
		size = 4
	case 7:
		size = 3
	case 6:
		skip, size, ok = variableSize(op, grpprl)
		if !ok {
			return 0, nil, nil, false
		}
	}
	operand, ok = cut(grpprl, skip, size)
	if !ok {
		return 0, nil, nil, false
	}
	return op, operand, grpprl[skip+size:], true
}

// variableSize returns where the operand of a sprm with a variable length
// begins, and its length. Two sprms have ways of their own (2.6.1: sprmTDefTable
// and sprmPChgTabs).
func variableSize(op int, grpprl []byte) (skip, size int, ok bool) {
	switch op {
	case sprmTDefTable, sprmTDefTable10:
		n, ok := cut(grpprl, 2, 2)
		if !ok || u16(n, 0) == 0 {
			return 0, 0, false
		}
		return 4, u16(n, 0) - 1, true
	case sprmPChgTabs:
		n, ok := cut(grpprl, 2, 2)
		if !ok {
			return 0, 0, false
		}
		if n[0] != 255 {
			return 3, int(n[0]), true
		}
		return longTabs(grpprl, 3)
	}
	n, ok := cut(grpprl, 2, 1)
	if !ok {
		return 0, 0, false
	}
	return 3, int(n[0]), true
}

// longTabs returns the operand of sprmPChgTabs when its length does not say how
// long it is: a count, positions and tolerances of tabs that are removed, then a
// count, positions and kinds of those that are added.
func longTabs(grpprl []byte, at int) (skip, size int, ok bool) {
	n, ok := cut(grpprl, at, 1)
	if !ok {
		return 0, 0, false
	}
	removed := 1 + 4*int(n[0])
	added, ok := cut(grpprl, at+removed, 1)
	if !ok {
		return 0, 0, false
	}
	return at, removed + 1 + 3*int(added[0]), true
}
