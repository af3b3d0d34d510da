package build

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// A sprm is a single property modifier ([MS-DOC] 2.2.5.1): its opcode and how
// its operand is written. In layout, "b" is a byte, "w" two bytes, "l" four; "n"
// in front stands for the length byte of an operand of variable length, "*"
// behind repeats the last. The two other layouts have a function of their own.
type sprm struct {
	opcode uint16
	layout string
}

// sprms are the properties that a description may name ([MS-DOC] 2.6.1 to 2.6.3).
var sprms = map[string]sprm{
	"CFRMarkDel": {0x0800, "b"}, "CFRMarkIns": {0x0801, "b"}, "CFFldVanish": {0x0802, "b"},
	"CPicLocation": {0x6A03, "l"}, "CIbstRMark": {0x4804, "w"}, "CDttmRMark": {0x6805, "l"},
	"CFData": {0x0806, "b"}, "CSymbol": {0x6A09, "ww"}, "CFOle2": {0x080A, "b"},
	"CHighlight": {0x2A0C, "b"}, "CFWebHidden": {0x0811, "b"}, "CFSpecVanish": {0x0818, "b"},
	"CIbstRMarkDel": {0x4863, "w"}, "CDttmRMarkDel": {0x6864, "l"}, "CIstd": {0x4A30, "w"},
	"CIstdPermute": {0xCA31, "permute"}, "CPlain": {0x2A33, "b"}, "CKcd": {0x2A34, "b"},
	"CFBold": {0x0835, "b"}, "CFItalic": {0x0836, "b"}, "CFStrike": {0x0837, "b"},
	"CFOutline": {0x0838, "b"}, "CFShadow": {0x0839, "b"}, "CFSmallCaps": {0x083A, "b"},
	"CFCaps": {0x083B, "b"}, "CFVanish": {0x083C, "b"}, "CKul": {0x2A3E, "b"},
	"CDxaSpace": {0x8840, "w"}, "CIco": {0x2A42, "b"}, "CHps": {0x4A43, "w"},
	"CHpsPos": {0x4845, "w"}, "CMajority": {0xCA47, "nb*"}, "CIss": {0x2A48, "b"},
	"CRgFtc0": {0x4A4F, "w"}, "CRgFtc1": {0x4A50, "w"}, "CRgFtc2": {0x4A51, "w"},
	"CFDStrike": {0x2A53, "b"}, "CFImprint": {0x0854, "b"}, "CFSpec": {0x0855, "b"},
	"CFObj": {0x0856, "b"}, "CFEmboss": {0x0858, "b"}, "CFBiDi": {0x085A, "b"},
	"CFtcBi": {0x4A5E, "w"}, "CRgLid0_80": {0x486D, "w"}, "CRgLid1_80": {0x486E, "w"},
	"CIdctHint": {0x286F, "b"}, "CCv": {0x6870, "l"}, "CRgLid0": {0x4873, "w"},
	"CRgLid1": {0x4874, "w"}, "CFSdtVanish": {0x2A90, "b"},

	"PIstd": {0x4600, "w"}, "PIstdPermute": {0xC601, "permute"}, "PIncLvl": {0x2602, "b"},
	"PJc80": {0x2403, "b"}, "PFKeep": {0x2405, "b"}, "PFKeepFollow": {0x2406, "b"},
	"PFPageBreakBefore": {0x2407, "b"}, "PIlvl": {0x260A, "b"}, "PIlfo": {0x460B, "w"},
	"PFNoLineNumb": {0x240C, "b"}, "PChgTabsPapx": {0xC60D, "nb*"}, "PDxaRight80": {0x840E, "w"},
	"PDxaLeft80": {0x840F, "w"}, "PDxaLeft180": {0x8411, "w"}, "PDyaBefore": {0xA413, "w"},
	"PDyaAfter": {0xA414, "w"}, "PFInTable": {0x2416, "b"}, "PFTtp": {0x2417, "b"},
	"PDxaAbs": {0x8418, "w"}, "PDyaAbs": {0x8419, "w"}, "PPc": {0x261B, "b"}, "PWr": {0x2423, "b"},
	"POutLvl": {0x2640, "b"}, "PFBiDi": {0x2441, "b"}, "PFNumRMIns": {0x2443, "b"},
	"PHugePapx": {0x6646, "l"}, "PItap": {0x6649, "l"}, "PDtap": {0x664A, "l"},
	"PFInnerTableCell": {0x244B, "b"}, "PFInnerTtp": {0x244C, "b"}, "PJc": {0x2461, "b"},
	"PTableProps": {0x646B, "l"}, "PDxaLeft": {0x845E, "w"},

	"TJc90": {0x5400, "w"}, "TDxaLeft": {0x9601, "w"}, "TDxaGapHalf": {0x9602, "w"},
	"TFCantSplit90": {0x3403, "b"}, "TTableHeader": {0x3404, "b"}, "TDyaRowHeight": {0x9407, "w"},
	"TDefTable": {0xD608, "table"}, "TFBiDi": {0x560B, "w"}, "TInsert": {0x7621, "bbw"},
	"TDelete": {0x5622, "bb"}, "TDxaCol": {0x7623, "bbw"}, "TMerge": {0x5624, "bb"},
	"TSplit": {0x5625, "bb"}, "TTextFlow": {0x7629, "bbw"}, "TVertMerge": {0xD62B, "nbb"},
	"TVertAlign": {0xD62C, "nbbb"}, "TTableWidth": {0xF614, "bw"}, "TFAutofit": {0x3615, "b"},
	"TWidthBefore": {0xF617, "bw"}, "TWidthAfter": {0xF618, "bw"}, "TCellWidth": {0xD635, "nbbbw"},
	"TIstd": {0x563A, "w"}, "TFCellNoWrap": {0xD639, "nbbb"}, "TCellFHideMark": {0xD642, "nbbb"},
}

// The kinds of a sprm, its sgc ([MS-DOC] 2.2.5.1), by the letter that its name begins with.
const (
	kindParagraph = 1
	kindCharacter = 2
	kindTable     = 5
)

// A prl is a sprm with its operand, [MS-DOC] 2.2.5.2. Where the operand is a
// place in the Data stream it is known only when that stream is written:
// label names the place, and the last four bytes wait for it.
type prl struct {
	bytes []byte
	label string
}

func (p prl) kind() int { return int(binary.LittleEndian.Uint16(p.bytes)>>10) & 7 }

func (p prl) opcode() uint16 { return binary.LittleEndian.Uint16(p.bytes) }

// parsePrl reads a word as a property. found is false where the word names none.
func parsePrl(w word) (p prl, found bool, err error) {
	if w.kind != valueWord {
		return prl{}, false, nil
	}
	if strings.HasPrefix(w.key, "0x") {
		p, err = rawPrl(w)
		return p, true, err
	}
	s, ok := sprms[w.key]
	if !ok {
		return prl{}, false, nil
	}
	p.bytes = binary.LittleEndian.AppendUint16(nil, s.opcode)
	if label, ok := strings.CutPrefix(w.value, "@"); ok && s.layout == "l" {
		return prl{append(p.bytes, 0, 0, 0, 0), label}, true, nil
	}
	operand, err := s.operand(w.value)
	if err != nil {
		return prl{}, true, fmt.Errorf("%s: %w", w.key, err)
	}
	p.bytes = append(p.bytes, operand...)
	return p, true, nil
}

func rawPrl(w word) (prl, error) {
	opcode, err := strconv.ParseUint(w.key, 0, 16)
	if err != nil {
		return prl{}, fmt.Errorf("%q is no opcode", w.key)
	}
	operand, err := hex.DecodeString(w.value)
	if err != nil {
		return prl{}, fmt.Errorf("the operand of %s is not hexadecimal", w.key)
	}
	return prl{bytes: append(binary.LittleEndian.AppendUint16(nil, uint16(opcode)), operand...)}, nil
}

// operand writes the values of a sprm in its layout.
func (s sprm) operand(text string) ([]byte, error) {
	switch s.layout {
	case "table":
		return tableOperand(text)
	case "permute":
		return permuteOperand(text)
	}
	values, err := numbers(text)
	if err != nil {
		return nil, err
	}
	layout, counted := strings.CutPrefix(s.layout, "n")
	for strings.HasSuffix(layout, "*") {
		layout = strings.Repeat(layout[:1], len(values))
	}
	if len(values) != len(layout) {
		return nil, fmt.Errorf("%d values, not %d", len(layout), len(values))
	}
	var out []byte
	for i, v := range values {
		switch layout[i] {
		case 'b':
			out = append(out, byte(v))
		case 'w':
			out = binary.LittleEndian.AppendUint16(out, uint16(v))
		default:
			out = binary.LittleEndian.AppendUint32(out, uint32(v))
		}
	}
	if counted {
		out = append([]byte{byte(len(out))}, out...)
	}
	return out, nil
}

// permuteOperand is the SPPOperand, [MS-DOC] 2.9.257: a range of styles and the
// styles that replace them.
func permuteOperand(text string) ([]byte, error) {
	values, err := numbers(text)
	if err != nil {
		return nil, err
	}
	out := []byte{byte(2 + 2*len(values)), 0, 0}
	for _, v := range values {
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	return out, nil
}

// tableOperand reads the boundaries and, behind a semicolon, the TCGRF of cells.
func tableOperand(text string) ([]byte, error) {
	left, right, given := strings.Cut(text, ";")
	edges, err := numbers(left)
	if err != nil {
		return nil, err
	}
	if len(edges) == 0 || len(edges) > maxCells+1 {
		return nil, fmt.Errorf("a row has 1 to %d boundaries", maxCells+1)
	}
	flags, err := numbers(right)
	if err != nil {
		return nil, err
	}
	if !given {
		flags = make([]int, len(edges)-1)
	}
	return tableDefinition(edges, flags), nil
}

// tcSize is the size of a TC80.
const tcSize = 20

// tableDefinition is the TDefTableOperand, [MS-DOC] 2.9.321, with a TC80 of
// 20 bytes ([MS-DOC] 2.9.313) for each of the flags. Its length is written
// as one more than there are bytes behind it.
func tableDefinition(edges, flags []int) []byte {
	size := 1 + 2*len(edges) + tcSize*len(flags)
	out := binary.LittleEndian.AppendUint16(nil, uint16(size+1))
	out = append(out, byte(len(edges)-1))
	for _, e := range edges {
		out = binary.LittleEndian.AppendUint16(out, uint16(e))
	}
	for _, f := range flags {
		out = binary.LittleEndian.AppendUint16(out, uint16(f))
		out = append(out, make([]byte, tcSize-2)...)
	}
	return out
}
