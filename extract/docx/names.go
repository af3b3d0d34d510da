package docx

import (
	"bytes"
	"encoding/binary"
	"sync"
)

// space is a namespace that the reader knows.
type space uint8

const (
	spaceOther space = iota
	spaceWord
	spaceMath
	spaceCompat
)

// namespace knows the transitional and the strict names of OOXML.
func namespace(uri string) space {
	switch uri {
	case "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
		"http://purl.oclc.org/ooxml/wordprocessingml/main":
		return spaceWord
	case "http://schemas.openxmlformats.org/officeDocument/2006/math",
		"http://purl.oclc.org/ooxml/officeDocument/math":
		return spaceMath
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return spaceCompat
	}
	return spaceOther
}

// declare puts the namespaces that the current tag declares in scope.
func (s *scanner) declare() {
	a := s.bytes(s.attrs)
	for len(a) > 0 {
		var name, value []byte
		if name, value, a = cutAttr(a); name == nil {
			break
		}
		prefix, ok := bytes.CutPrefix(name, []byte("xmlns"))
		if !ok || len(prefix) > 0 && prefix[0] != ':' {
			continue
		}
		if len(prefix) > 0 {
			prefix = prefix[1:]
		}
		s.binds = append(s.binds, binding{prefix: prefix, space: namespace(string(value))})
	}
	s.cached = false
	s.scope++
}

// resolve looks a prefix up; a prefix that is not declared is in no namespace.
func (s *scanner) resolve(prefix []byte) {
	s.prefix, s.space, s.cached = prefix, spaceOther, true
	for i := len(s.binds) - 1; i >= 0; i-- {
		if bytes.Equal(s.binds[i].prefix, prefix) {
			s.space = s.binds[i].space
			return
		}
	}
}

// elem is an element that the reader knows, elemOther one that it does not.
type elem uint8

const (
	elemOther elem = iota
	// The block level.
	elemDocument
	elemBody
	elemP
	elemTbl
	elemAltChunk
	elemSubDoc
	elemSdt
	elemSdtContent
	elemCustomXML
	elemSmartTag
	elemIns
	elemDel
	elemMoveFrom
	elemMoveTo
	// Tables.
	elemTr
	elemTc
	elemTrPr
	elemTcPr
	elemGridBefore
	elemGridSpan
	elemVMerge
	elemHMerge
	elemCellDel
	elemHidden
	// Paragraphs.
	elemPPr
	elemPStyle
	elemNumPr
	elemIlvl
	elemNumID
	elemOutlineLvl
	elemR
	elemHyperlink
	elemFldSimple
	elemBdo
	elemDir
	// Runs.
	elemRPr
	elemRStyle
	elemRFonts
	elemVanish
	elemT
	elemTab
	elemPTab
	elemBr
	elemCr
	elemNoBreakHyphen
	elemSym
	elemFldChar
	elemInstrText
	elemRuby
	elemRubyBase
	elemFootnoteReference
	elemEndnoteReference
	elemDrawing
	elemPict
	elemObject
	elemTxbxContent
	// Form fields.
	elemFFData
	elemCheckBox
	elemChecked
	elemDefault
	elemDDList
	elemResult
	elemListEntry
	// Styles, lists, notes.
	elemStyle
	elemNamed
	elemBasedOn
	elemAbstractNum
	elemNum
	elemAbstractNumID
	elemNumStyleLink
	elemLvl
	elemStart
	elemNumFmt
	elemLvlText
	elemSuff
	elemLvlRestart
	elemIsLgl
	elemLvlOverride
	elemStartOverride
	elemFootnote
	elemEndnote
	// Markup compatibility.
	elemAlternateContent
	elemChoice
	elemFallback
	// Formulas.
	elemOMath
	elemOMathPara
	elemMathRun
	elemMathText
	elemMathNum
	elemMathDen
	elemMathRad
	elemMathD
	elemMathDPr
	elemMathSub
	elemMathSup
	elemMathOther
)

type elemName struct {
	name string
	elem elem
}

func wordNames() []elemName {
	return []elemName{
		{"document", elemDocument}, {"body", elemBody}, {"p", elemP}, {"tbl", elemTbl},
		{"altChunk", elemAltChunk}, {"subDoc", elemSubDoc}, {"sdt", elemSdt}, {"sdtContent", elemSdtContent},
		{"customXml", elemCustomXML}, {"smartTag", elemSmartTag}, {"ins", elemIns}, {"del", elemDel},
		{"moveFrom", elemMoveFrom}, {"moveTo", elemMoveTo},
		{"tr", elemTr}, {"tc", elemTc}, {"trPr", elemTrPr}, {"tcPr", elemTcPr}, {"gridBefore", elemGridBefore},
		{"gridSpan", elemGridSpan}, {"vMerge", elemVMerge}, {"hMerge", elemHMerge}, {"cellDel", elemCellDel},
		{"hidden", elemHidden},
		{"pPr", elemPPr}, {"pStyle", elemPStyle}, {"numPr", elemNumPr}, {"ilvl", elemIlvl}, {"numId", elemNumID},
		{"outlineLvl", elemOutlineLvl}, {"r", elemR}, {"hyperlink", elemHyperlink}, {"fldSimple", elemFldSimple},
		{"bdo", elemBdo}, {"dir", elemDir},
		{"rPr", elemRPr}, {"rStyle", elemRStyle}, {"rFonts", elemRFonts}, {"vanish", elemVanish}, {"t", elemT},
		{"tab", elemTab}, {"ptab", elemPTab}, {"br", elemBr}, {"cr", elemCr}, {"noBreakHyphen", elemNoBreakHyphen},
		{"sym", elemSym}, {"fldChar", elemFldChar}, {"instrText", elemInstrText},
		{"ruby", elemRuby}, {"rubyBase", elemRubyBase}, {"footnoteReference", elemFootnoteReference},
		{"endnoteReference", elemEndnoteReference}, {"drawing", elemDrawing}, {"pict", elemPict},
		{"object", elemObject}, {"txbxContent", elemTxbxContent},
		{"ffData", elemFFData}, {"checkBox", elemCheckBox}, {"checked", elemChecked}, {"default", elemDefault},
		{"ddList", elemDDList}, {"result", elemResult}, {"listEntry", elemListEntry},
		{"style", elemStyle}, {"name", elemNamed}, {"basedOn", elemBasedOn}, {"abstractNum", elemAbstractNum},
		{"num", elemNum}, {"abstractNumId", elemAbstractNumID}, {"numStyleLink", elemNumStyleLink}, {"lvl", elemLvl},
		{"start", elemStart}, {"numFmt", elemNumFmt}, {"lvlText", elemLvlText}, {"suff", elemSuff},
		{"lvlRestart", elemLvlRestart}, {"isLgl", elemIsLgl}, {"lvlOverride", elemLvlOverride},
		{"startOverride", elemStartOverride}, {"footnote", elemFootnote}, {"endnote", elemEndnote},
	}
}

func compatNames() []elemName {
	return []elemName{{"AlternateContent", elemAlternateContent}, {"Choice", elemChoice}, {"Fallback", elemFallback}}
}

func mathNames() []elemName {
	return []elemName{
		{"oMath", elemOMath}, {"oMathPara", elemOMathPara}, {"r", elemMathRun}, {"t", elemMathText},
		{"num", elemMathNum}, {"den", elemMathDen}, {"rad", elemMathRad}, {"d", elemMathD}, {"dPr", elemMathDPr},
		{"sub", elemMathSub}, {"sup", elemMathSup},
	}
}

// elemTable finds elements by namespace and local name: an open hash over the
// first eight bytes of the name, because a look-up stands behind every start
// tag and a map costs several times as much.
type elemTable [tableSize]struct {
	key   uint64
	name  string
	space space
	elem  elem
}

// tableSize is a power of two, about four times the number of names.
const tableSize = 512

// elements is the table, made once.
var elements = sync.OnceValue(func() *elemTable {
	t := &elemTable{}
	fill := func(sp space, names []elemName) {
		for _, n := range names {
			key := nameKey([]byte(n.name))
			at := hashName(key)
			for t[at].name != "" {
				at = (at + 1) % tableSize
			}
			t[at].key, t[at].name, t[at].space, t[at].elem = key, n.name, sp, n.elem
		}
	}
	fill(spaceWord, wordNames())
	fill(spaceCompat, compatNames())
	fill(spaceMath, mathNames())
	return t
})

// nameKey is the first eight bytes of a name, with zeros behind a shorter one.
func nameKey(name []byte) uint64 {
	if n := len(name); n < 8 {
		if cap(name) >= 8 {
			return binary.LittleEndian.Uint64(name[:8]) & (1<<(8*n) - 1)
		}
		var key uint64
		for i, c := range name {
			key |= uint64(c) << (8 * i)
		}
		return key
	}
	return binary.LittleEndian.Uint64(name)
}

// hashName spreads keys over the table by a multiplication with 2^64 divided
// by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
func hashName(key uint64) int { return int(key * 0x9E3779B97F4A7C15 >> (64 - 9)) }

func (t *elemTable) find(sp space, name []byte) elem {
	if sp == spaceOther {
		return elemOther
	}
	key := nameKey(name)
	for at := hashName(key); t[at].name != ""; at = (at + 1) % tableSize {
		e := &t[at]
		if e.key == key && e.space == sp && (len(name) < 8 || e.name == string(name)) {
			return e.elem
		}
	}
	if sp == spaceMath {
		return elemMathOther
	}
	return elemOther
}
