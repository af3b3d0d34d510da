package build

import "strings"

// noteTables writes what finds notes and headers: the places of the references
// and of the texts, [MS-DOC] 2.8.16 to 2.8.22 and 2.8.7.
func (w *writer) noteTables() {
	w.noteTable(footnoteRef, footnotePart, "Plcffnd")
	w.noteTable(endnoteRef, endnotePart, "Plcfend")
	w.noteTable(commentRef, commentPart, "Plcfand")
	if starts := w.parts[headerPart].stories; starts != nil {
		w.put("PlcfHdd", storyTable(starts))
	}
}

func (w *writer) noteTable(kind refKind, p int, name string) {
	var refs plc
	count := 0
	for i, c := range w.chars[:w.parts[mainPart].last] {
		if c.ref.kind != kind {
			continue
		}
		count++
		switch {
		case kind == commentRef:
			refs.add(i, commentData())
		case c.ref.auto:
			refs.add(i, words16(count))
		default:
			refs.add(i, words16(0))
		}
	}
	if count > 0 {
		w.put(name+"Ref", refs.bytes(w.parts[mainPart].last))
	}
	if starts := w.parts[p].stories; starts != nil {
		w.put(name+"Txt", storyTable(starts))
	}
}

// storyTable lists where stories begin; the position after the end of the last
// is written, and one more that nobody reads.
func storyTable(starts []int) []byte {
	var p plc
	last := starts[len(starts)-1]
	return p.bytes(append(append([]int{}, starts...), last+3)...)
}

// commentData is the ATRDPre10 of [MS-DOC]: initials, author, no bookmark.
func commentData() []byte {
	out := append(words16(1), units("A")...)
	out = append(out, make([]byte, 16)...)
	out = append(out, words16(0, 0, 0)...)
	return append(out, words32(-1)...)
}

// fieldTables writes the places of field characters for every part, [MS-DOC] 2.8.25.
func (w *writer) fieldTables() {
	for _, t := range []struct {
		part int
		name string
	}{
		{mainPart, "PlcfFldMom"}, {footnotePart, "PlcfFldFtn"}, {headerPart, "PlcfFldHdr"},
		{commentPart, "PlcfFldAtn"}, {endnotePart, "PlcfFldEdn"}, {boxPart, "PlcfFldTxbx"},
	} {
		part := w.parts[t.part]
		if table := fieldTable(w.chars[part.first:part.last]); table != nil {
			w.put(t.name, table)
		}
	}
}

// The characters that mark a field.
const (
	fieldBegin = 0x13
	fieldSep   = 0x14
	fieldEnd   = 0x15
)

// fieldTypes are numbers of fields, Fld.flt ([MS-DOC] 2.9.90).
var fieldTypes = map[string]byte{
	"REF": 3, "XE": 4, "SET": 6, "IF": 7, "INDEX": 8, "TC": 9, "STYLEREF": 10, "SEQ": 12, "TOC": 13,
	"NUMPAGES": 26, "DATE": 31, "TIME": 32, "PAGE": 33, "PAGEREF": 37, "EQ": 49, "SYMBOL": 57,
	"FORMTEXT": 70, "FORMCHECKBOX": 71, "NOTEREF": 72, "FORMDROPDOWN": 83, "HYPERLINK": 88,
}

// fieldTable lists the special characters of fields in one part.
func fieldTable(chars []char) []byte {
	var p plc
	var seps []bool // of the fields that are open: whether there was a separator
	found := false
	for i, c := range chars {
		if c.code < fieldBegin || c.code > fieldEnd || !isSpecial(c) {
			continue
		}
		found = true
		flags := byte(0xFF)
		switch c.code {
		case fieldBegin:
			flags = fieldType(chars[i+1:])
			seps = append(seps, false)
		case fieldSep:
			if len(seps) > 0 {
				seps[len(seps)-1] = true
			}
		default:
			flags = 0
			if len(seps) > 0 && seps[len(seps)-1] {
				flags |= 1 << 7 // fHasSep
			}
			seps = seps[:max(len(seps)-1, 0)]
			if len(seps) > 0 {
				flags |= 1 << 6 // fNested
			}
		}
		p.add(i, []byte{byte(c.code), flags})
	}
	if !found {
		return nil
	}
	return p.bytes(len(chars))
}

func isSpecial(c char) bool {
	for _, p := range c.prls {
		if p.opcode() == sprms["CFSpec"].opcode {
			return len(p.bytes) > 2 && p.bytes[2] == 1
		}
	}
	return false
}

// fieldType reads the first word of an instruction.
func fieldType(chars []char) byte {
	var instruction []rune
	for _, c := range chars {
		if c.code < 0x20 {
			break
		}
		instruction = append(instruction, rune(c.code))
	}
	first := strings.Fields(string(instruction) + " ?")[0]
	if t, ok := fieldTypes[strings.ToUpper(first)]; ok {
		return t
	}
	return 1 // a field that Word does not know
}
