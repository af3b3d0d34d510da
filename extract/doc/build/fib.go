package build

import (
	"encoding/binary"
	"slices"
	"strings"
)

// fibPairs is how many pairs of offset and length the FIB of Word 97 has.
const fibPairs = 93

// pairNames are the names of the pairs ([MS-DOC] 2.5.6) without "fc" and "lcb".
var pairNames = strings.Fields(`
	StshfOrig Stshf PlcffndRef PlcffndTxt PlcfandRef PlcfandTxt PlcfSed PlcPad PlcfPhe SttbfGlsy
	PlcfGlsy PlcfHdd PlcfBteChpx PlcfBtePapx PlcfSea SttbfFfn PlcfFldMom PlcfFldHdr PlcfFldFtn PlcfFldAtn
	PlcfFldMcr SttbfBkmk PlcfBkf PlcfBkl Cmds Unused1 SttbfMcr PrDrvr PrEnvPort PrEnvLand
	Wss Dop SttbfAssoc Clx PlcfPgdFtn AutosaveSource GrpXstAtnOwners SttbfAtnBkmk Unused2 Unused3
	PlcSpaMom PlcSpaHdr PlcfAtnBkf PlcfAtnBkl Pms FormFldSttbs PlcfendRef PlcfendTxt PlcfFldEdn Unused4
	DggInfo SttbfRMark SttbfCaption SttbfAutoCaption PlcfWkb PlcfSpl PlcftxbxTxt PlcfFldTxbx PlcfHdrtxbxTxt PlcffldHdrTxbx
	StwUser SttbTtmbd CookieData PgdMotherOldOld BkdMotherOldOld PgdFtnOldOld BkdFtnOldOld PgdEdnOldOld BkdEdnOldOld SttbfIntlFld
	RouteSlip SttbSavedBy SttbFnm PlfLst PlfLfo PlcfTxbxBkd PlcfTxbxHdrBkd DocUndoWord9 RgbUse Usp
	Uskf PlcupcRgbUse PlcupcUsp SttbGlsyStyle Plgosl Plcocx PlcfBteLvc DateTime PlcfLvcPre10 PlcfAsumy
	PlcfGram SttbListNames SttbfUssr`)

func pairIndex(name string) int { return slices.Index(pairNames, name) }

// pairStart is where the pairs stand in the FIB.
const pairStart = 154

// A fibField is a number in the FIB: its offset and how many bytes it has, or
// the number of its bit.
type fibField struct{ offset, size, bit int }

// fibFields are the fields of FibBase ([MS-DOC] 2.5.2), FibRgW97 (2.5.3) and FibRgLw97 (2.5.4).
var fibFields = map[string]fibField{
	"wIdent": {0, 2, 0}, "nFib": {2, 2, 0}, "unused": {4, 2, 0}, "lid": {6, 2, 0}, "pnNext": {8, 2, 0},
	"fDot": {10, 0, 0}, "fGlsy": {10, 0, 1}, "fComplex": {10, 0, 2}, "fHasPic": {10, 0, 3},
	"fEncrypted": {11, 0, 0}, "fWhichTblStm": {11, 0, 1}, "fReadOnlyRecommended": {11, 0, 2},
	"fWriteReservation": {11, 0, 3}, "fExtChar": {11, 0, 4}, "fLoadOverride": {11, 0, 5},
	"fFarEast": {11, 0, 6}, "fObfuscated": {11, 0, 7},
	"nFibBack": {12, 2, 0}, "lKey": {14, 4, 0}, "envr": {18, 1, 0}, "fcMin": {24, 4, 0}, "fcMac": {28, 4, 0},
	"csw": {32, 2, 0}, "lidFE": {60, 2, 0}, "cslw": {62, 2, 0}, "cbMac": {64, 4, 0},
	"ccpText": {76, 4, 0}, "ccpFtn": {80, 4, 0}, "ccpHdd": {84, 4, 0}, "ccpMcr": {88, 4, 0}, "ccpAtn": {92, 4, 0},
	"ccpEdn": {96, 4, 0}, "ccpTxbx": {100, 4, 0}, "ccpHdrTxbx": {104, 4, 0},
	"cbRgFcLcb": {152, 2, 0}, "cswNew": {pairStart + 8*fibPairs, 2, 0},
}

// findField finds a field of the FIB by name, pairs included.
func findField(name string) (fibField, bool) {
	if f, ok := fibFields[name]; ok {
		return f, true
	}
	for i, prefix := range []string{"fc", "lcb"} {
		if pair, ok := strings.CutPrefix(name, prefix); ok && pairIndex(pair) >= 0 {
			return fibField{pairStart + 8*pairIndex(pair) + 4*i, 4, 0}, true
		}
	}
	return fibField{}, false
}

// set writes a value into its place.
func (f fibField) set(fib []byte, value int) {
	switch f.size {
	case 0:
		fib[f.offset] = fib[f.offset]&^(1<<f.bit) | byte(value&1)<<f.bit
	case 1:
		fib[f.offset] = byte(value)
	case 2:
		binary.LittleEndian.PutUint16(fib[f.offset:], uint16(value))
	default:
		binary.LittleEndian.PutUint32(fib[f.offset:], uint32(value))
	}
}

// writeFib writes the FIB ([MS-DOC] 2.5.1) over the start of the WordDocument
// stream, and then what the description wants otherwise.
func (w *writer) writeFib() error {
	if w.file.word6 {
		return w.writeOldFib()
	}
	const chinese = 0x0804
	for name, value := range map[string]int{
		"wIdent": 0xA5EC, "nFib": 0x00C1, "nFibBack": 0x00BF, "lid": chinese, "lidFE": chinese,
		"fExtChar": 1, "fWhichTblStm": 1, "fFarEast": 1, "fcMin": textStart, "fcMac": int(w.textEnd()),
		"csw": 14, "cslw": 22, "cbMac": len(w.doc), "cbRgFcLcb": fibPairs,
		"ccpText": w.parts[mainPart].length(), "ccpFtn": w.parts[footnotePart].length(),
		"ccpHdd": w.parts[headerPart].length(), "ccpAtn": w.parts[commentPart].length(),
		"ccpEdn": w.parts[endnotePart].length(), "ccpTxbx": w.parts[boxPart].length(),
	} {
		fibFields[name].set(w.doc, value)
	}
	for i, p := range w.pairs {
		binary.LittleEndian.PutUint32(w.doc[pairStart+8*i:], p[0])
		binary.LittleEndian.PutUint32(w.doc[pairStart+8*i+4:], p[1])
	}
	return w.setFields(findField)
}

// textEnd is where the text ends in the WordDocument stream.
func (w *writer) textEnd() uint32 {
	end := w.pieces[0].fc
	for _, p := range w.pieces {
		end = max(end, p.fcOf(p.last))
	}
	return end
}

// setFields writes the fields that the description sets.
func (w *writer) setFields(find func(string) (fibField, bool)) error {
	for _, s := range w.file.fib {
		f, ok := find(s.name)
		if !ok {
			return s.line.errorf("the FIB has no field %q", s.name)
		}
		f.set(w.doc, s.value)
	}
	return nil
}

// tableName is the name of the table stream, which a flag of the FIB chooses.
func (w *writer) tableName() string {
	f := fibFields["fWhichTblStm"]
	if w.doc[f.offset]>>f.bit&1 == 0 {
		return "0Table"
	}
	return "1Table"
}
