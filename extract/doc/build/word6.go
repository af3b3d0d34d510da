package build

import (
	"encoding/binary"
	"fmt"
)

// Files of Word 6 and 95 have the structures of Word 97 in an older form: the
// tables stand in the WordDocument stream, all text has 8 bits, a sprm has a code
// of one byte, and the FIB is shorter. [MS-DOC] leaves them out; they are
// described in "Microsoft Word Binary File Format" of 1995.

// oldCodes are the codes of Word 6 for properties, by the opcodes of Word 97.
var oldCodes = map[string]byte{
	"PIstd": 2, "PIncLvl": 4, "PJc80": 5, "PFKeep": 7, "PFKeepFollow": 8, "PFPageBreakBefore": 9,
	"PFNoLineNumb": 14, "PDxaRight80": 16, "PDxaLeft80": 17, "PDxaLeft180": 19, "PDyaBefore": 21,
	"PDyaAfter": 22, "PFInTable": 24, "PFTtp": 25,
	"CFRMarkDel": 65, "CFRMarkIns": 66, "CFFldVanish": 67, "CPicLocation": 68, "CFData": 71, "CSymbol": 74,
	"CFOle2": 75, "CIstd": 80, "CPlain": 83, "CFBold": 85, "CFItalic": 86, "CFStrike": 87, "CFOutline": 88,
	"CFShadow": 89, "CFSmallCaps": 90, "CFCaps": 91, "CFVanish": 92, "CRgFtc0": 93, "CKul": 94, "CIco": 98,
	"CHps": 99, "CFSpec": 117, "CFObj": 118,
	"TJc90": 182, "TDxaLeft": 183, "TDxaGapHalf": 184, "TFCantSplit90": 185, "TTableHeader": 186,
	"TDyaRowHeight": 189, "TDefTable": 190, "TInsert": 194, "TDelete": 195, "TDxaCol": 196, "TMerge": 197,
	"TSplit": 198,
}

// oldByOpcode is the same table by opcode.
func oldByOpcode(op uint16) (code byte, ok bool) {
	for name, code := range oldCodes {
		if sprms[name].opcode == op {
			return code, true
		}
	}
	return 0, false
}

// old rewrites a property for Word 6. Depths of tables, which Word 6 does not
// know, are left out.
func old(b []byte) ([]byte, error) {
	op := binary.LittleEndian.Uint16(b)
	if op == sprms["PItap"].opcode {
		return nil, nil
	}
	code, ok := oldByOpcode(op)
	if !ok {
		return nil, fmt.Errorf("property %#04x is not one of Word 6", op)
	}
	operand := b[2:]
	switch op {
	case sprms["CPlain"].opcode:
		operand = nil
	case sprms["CPicLocation"].opcode:
		operand = append([]byte{4}, operand...)
	case sprms["CSymbol"].opcode:
		operand = []byte{3, operand[0], operand[1], operand[2]}
	case sprms["TDefTable"].opcode:
		operand = oldDefinition(operand)
	}
	return append([]byte{code}, operand...), nil
}

// oldDefinition shortens the descriptors of cells from 20 bytes to 10.
func oldDefinition(operand []byte) []byte {
	edges := 3 + 2*(int(operand[2])+1)
	out := append([]byte{}, operand[:edges]...)
	for tc := operand[edges:]; len(tc) >= tcSize; tc = tc[tcSize:] {
		out = append(out, tc[:tcSize/2]...)
	}
	binary.LittleEndian.PutUint16(out, uint16(len(out)-1))
	return out
}

// old makes the property list of Word 6.
func (w *writer) oldList(grpprl []prl) ([]byte, error) {
	var out []byte
	for _, p := range grpprl {
		full, err := w.resolve(p)
		if err != nil {
			return nil, err
		}
		b, err := old(full)
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	return out, nil
}

// oldPapx is a PAPX of Word 6, whose length always counts words.
func oldPapx(istd int, grpprl []byte) string {
	body := append(words16(istd), grpprl...)
	if len(body)%2 == 1 {
		body = append(body, 0)
	}
	return string(append([]byte{byte(len(body) / 2)}, body...))
}

// oldTables writes the tables of Word 6: fewer, and with 8-bit names.
func (w *writer) oldTables() error {
	w.put("Stshf", w.oldStyleSheet())
	w.put("SttbfFfn", w.oldFonts())
	w.put("PlcfSed", w.sectionTable())
	w.put("Dop", make([]byte, 84))
	if len(w.pieces) > 1 {
		clx, err := w.clx()
		if err != nil {
			return err
		}
		w.put("Clx", clx)
	}
	w.noteTables()
	w.fieldTables()
	return nil
}

// oldStyleSheet has names, and the headings by their numbers, but no properties.
func (w *writer) oldStyleSheet() []byte {
	slots := map[int]style{}
	count := fixedStyles
	for _, s := range withDefaults(w.file.styles) {
		slots[s.istd] = s
		count = max(count, s.istd+1)
	}
	out := words16(14, count, 8, 1, 0x49, fixedStyles, 0, 0)
	for i := range count {
		s, ok := slots[i]
		if !ok {
			out = append(out, 0, 0)
			continue
		}
		body := append([]byte{byte(len(s.name))}, s.name...)
		body = append(body, 0)
		if len(body)%2 == 1 {
			body = append(body, 0)
		}
		upxs := 1
		if s.kind == 1 {
			upxs = 2
			body = append(body, words16(2, s.istd)...)
		}
		body = append(body, 0, 0)
		size := 8 + len(body)
		out = append(out, words16(size, s.sti, s.kind|s.base<<4, upxs|s.next<<4, size)...)
		out = append(out, body...)
	}
	return out
}

func (w *writer) oldFonts() []byte {
	var out []byte
	for _, t := range []font{{"Times New Roman", 0}, {"Symbol", 2}, {"Arial", 0}} {
		body := append([]byte{0x04}, words16(400)...)
		body = append(body, byte(t.charset), 0)
		body = append(append(body, t.name...), 0)
		out = append(append(out, byte(len(body))), body...)
	}
	return append(words16(len(out)+2), out...)
}

// Offsets in the FIB of Word 6. Its pairs have the order of Word 97 as far as
// the one given here; of the others only endnotes are written.
const (
	oldPairStart = 0x58
	oldLastPair  = 37
	oldCounts    = 0x34
	oldEndnotes  = 0x1D2
)

// writeOldFib moves the tables behind the text and writes the FIB.
func (w *writer) writeOldFib() error {
	tables := len(w.doc)
	w.doc = append(w.doc, w.table...)
	w.pad(sectorSize)
	flags := fibFields["fComplex"]
	if len(w.pieces) > 1 {
		flags.set(w.doc, 1)
	}
	for name, value := range map[string]int{
		"wIdent": 0xA5DC, "nFib": 101, "nFibBack": 101, "lid": 0x0804, "fcMin": textStart, "fcMac": int(w.textEnd()),
	} {
		fibFields[name].set(w.doc, value)
	}
	long := func(at, v int) { binary.LittleEndian.PutUint32(w.doc[at:], uint32(v)) }
	long(0x20, len(w.doc))
	for i, p := range []int{mainPart, footnotePart, headerPart, -1, commentPart, endnotePart, boxPart} {
		if p >= 0 {
			long(oldCounts+4*i, w.parts[p].length())
		}
	}
	for i, p := range w.pairs {
		at := oldPairStart + 8*i
		switch {
		case i == pairIndex("PlcfendRef"):
			at = oldEndnotes
		case i == pairIndex("PlcfendTxt"):
			at = oldEndnotes + 8
		case i > oldLastPair:
			continue
		}
		if p[1] > 0 {
			long(at, tables+int(p[0]))
			long(at+4, int(p[1]))
		}
	}
	return w.setFields(func(name string) (fibField, bool) {
		f, ok := fibFields[name]
		return f, ok && f.offset < 32
	})
}
